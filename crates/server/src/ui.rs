//! The page: files of `static/`, and what there is where there is nothing.

use std::path::Path;

use actix_files::Files;
use actix_web::dev::{ServiceRequest, ServiceResponse, fn_service};
use actix_web::guard::{GuardContext, fn_guard};
use actix_web::http::Method;
use actix_web::web::ServiceConfig;
use actix_web::{Error, HttpResponse, web};

use crate::problems::Problem;

/// Serves the files of `home/static` for every path outside `reserved` (first segments, which belong to the API).
pub(crate) fn mount(home: &Path, reserved: Vec<&'static str>, config: &mut ServiceConfig) {
    let is_page = move |context: &GuardContext<'_>| {
        let head = context.head();
        let first = head.uri.path().split('/').nth(1).unwrap_or_default();
        matches!(head.method, Method::GET | Method::HEAD) && !reserved.contains(&first)
    };
    let files = Files::new("/", home.join("static"))
        .index_file("index.html")
        .prefer_utf8(true)
        .disable_content_disposition()
        .default_handler(fn_service(nothing))
        .guard(fn_guard(is_page));
    config.service(files).default_service(web::to(async || HttpResponse::from_error(Problem::NotFound("page"))));
}

async fn nothing(request: ServiceRequest) -> Result<ServiceResponse, Error> {
    Ok(request.error_response(Problem::NotFound("page")))
}
