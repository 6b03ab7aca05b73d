//! `/docs`: the API's description, readable. Swagger UI is a part of the program, so that it works without a network.

use std::borrow::Cow;
use std::sync::Arc;

use actix_web::http::header::{
    CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderValue, LOCATION, VARY,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{self, Bytes, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, guard};
use utoipa_swagger_ui::{Config, serve};

use crate::http::etags::{is_known, public, tag_of};
use crate::http::problems::Problem;

/// The policy of the page's own does not fit: Swagger UI sets styles itself, and makes its nodes from markup. It may
/// still load from this server only, and no text of people is on this page.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// The description that the page shows.
const DESCRIPTION: &str = "/openapi.json";

/// Serves the page. `counter` returns the counter of each path.
pub(crate) fn mount<Counter: 'static>(counter: impl Fn(&'static str) -> Counter, config: &mut ServiceConfig) {
    const PAGE: &str = "/docs";
    const FILE: &str = "/docs/{file:[^/]*}";
    let read = || guard::Any(guard::Get()).or(guard::Head());
    let refused = || async { HttpResponse::from_error(Problem::method_not_allowed(&[Method::GET, Method::HEAD])) };
    let page = web::resource(PAGE).app_data(counter(PAGE));
    // The page's links are relative to the folder.
    let page =
        page.route(web::route().guard(read()).to(async || {
            HttpResponse::build(StatusCode::PERMANENT_REDIRECT).insert_header((LOCATION, "/docs/")).finish()
        }));
    let file = web::resource(FILE).app_data(counter(FILE)).route(web::route().guard(read()).to(show));
    config.service(page.default_service(web::to(refused))).service(file.default_service(web::to(refused)));
}

async fn show(request: HttpRequest, file: Path<String>) -> Result<HttpResponse, Problem> {
    let config = Arc::new(Config::from(DESCRIPTION).use_base_layout());
    let found = serve(&file, config).map_err(|error| Problem::internal(error.to_string()))?;
    let found = found.ok_or(Problem::NotFound("page"))?;
    let etag = tag_of(&found.bytes);
    let mut response = public();
    if is_known(&etag, request.headers()) {
        response.status(StatusCode::NOT_MODIFIED);
        return Ok(response.insert_header((ETAG, etag)).finish());
    }
    response.insert_header((ETAG, etag)).insert_header((CONTENT_TYPE, found.content_type));
    response.insert_header((CONTENT_SECURITY_POLICY, POLICY));
    if found.gzpipped {
        // The files are kept in this form alone. Every browser reads it.
        response.insert_header((CONTENT_ENCODING, "gzip")).insert_header((VARY, "accept-encoding"));
    }
    Ok(response.body(match found.bytes {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    }))
}
