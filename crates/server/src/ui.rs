//! The page: files of `static/`, and what there is where there is nothing.

use std::path::Path;

use actix_files::Files;
use actix_web::guard::{GuardContext, fn_guard};
use actix_web::http::Method;
use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, web};

use crate::problems::Problem;

/// Serves the files of `home/static`; what cannot be read is an error that `crate::requests` tells apart. To be mounted after the routes, which come first.
pub(crate) fn mount(home: &Path, config: &mut ServiceConfig) {
    let is_read = |context: &GuardContext<'_>| matches!(context.head().method, Method::GET | Method::HEAD);
    let files = Files::new("/", home.join("static"))
        .index_file("index.html")
        .prefer_utf8(true)
        .disable_content_disposition()
        .guard(fn_guard(is_read));
    config.service(files).default_service(web::to(async || HttpResponse::from_error(Problem::NotFound("page"))));
}
