//! The page's files in `static/`, and the answer to unknown paths.

use std::path::Path;

use actix_files::Files;
use actix_web::dev::{ServiceRequest, fn_service};
use actix_web::guard::{GuardContext, fn_guard};
use actix_web::http::Method;
use actix_web::web::ServiceConfig;
use actix_web::{Error, HttpResponse, web};
use futures_util::future::ready;

use crate::http::problems::Problem;

/// Serves the files of `home/static`. Call this after the routes are mounted, since it takes all remaining paths.
pub(crate) fn mount(home: &Path, config: &mut ServiceConfig) {
    let is_read = |context: &GuardContext<'_>| matches!(context.head().method, Method::GET | Method::HEAD);
    let folder = home.join("static");
    let unread = folder.clone();
    let files = Files::new("/", folder)
        .index_file("index.html")
        .prefer_utf8(true)
        .disable_content_disposition()
        .default_handler(fn_service(move |request: ServiceRequest| {
            let problem = unread_file(&unread, request.path());
            ready(Ok::<_, Error>(request.error_response(problem)))
        }))
        .guard(fn_guard(is_read));
    config.service(files).default_service(web::to(async || HttpResponse::from_error(Problem::NotFound("page"))));
}

/// The reason why no file was served: it does not exist, or it cannot be opened.
fn unread_file(folder: &Path, path: &str) -> Problem {
    let is_name =
        |segment: &str| !segment.is_empty() && !segment.starts_with('.') && !segment.contains(['%', '\\', '\0']);
    let is_path = path.strip_prefix('/').is_some_and(|path| path.split('/').all(is_name));
    if !is_path {
        return Problem::NotFound("page");
    }
    let file = folder.join(path.trim_start_matches('/'));
    match file.symlink_metadata() {
        Ok(found) if !found.is_dir() => {
            Problem::Unavailable(format!("the file {} cannot be opened", file.display()).into())
        }
        _ => Problem::NotFound("page"),
    }
}
