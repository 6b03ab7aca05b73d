//! Answers that browsers may keep. Clients that have the current version get 304 (RFC 9110, section 13).

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, ETAG, HeaderMap, IF_NONE_MATCH};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};

/// An answer that browsers may keep but must revalidate before each use.
pub(crate) fn public() -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, "no-cache"));
    response
}

/// JSON for everybody, or 304 for clients that have this version.
pub(crate) fn unless_known(request: &HttpRequest, etag: &str, body: &Bytes) -> HttpResponse {
    if is_known(etag, request.headers()) {
        let mut known = HttpResponse::build(StatusCode::NOT_MODIFIED);
        return known.insert_header((CACHE_CONTROL, "no-cache")).insert_header((ETAG, etag)).finish();
    }
    public().content_type("application/json").insert_header((ETAG, etag)).body(body.clone())
}

fn is_known(etag: &str, headers: &HeaderMap) -> bool {
    let known = headers.get_all(IF_NONE_MATCH).filter_map(|tags| tags.to_str().ok());
    // Splitting at commas is safe: this server's tags contain none.
    known
        .flat_map(|tags| tags.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}
