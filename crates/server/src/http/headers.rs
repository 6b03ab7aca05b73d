//! The headers of every answer.

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};

use crate::http::request_ids::{self, RequestId};

/// The page may load from this server only, except for pictures in `data:` URLs. Scripts make nothing of text but what
/// the named policies let through.
macro_rules! policy {
    ($trusted:literal) => {
        HeaderValue::from_static(concat!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
             connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
             require-trusted-types-for 'script'; trusted-types ",
            $trusted
        ))
    };
}

macro_rules! permissions {
    ($camera:literal) => {
        HeaderValue::from_static(concat!(
            "camera=",
            $camera,
            ", display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
        ))
    };
}

const POLICY: HeaderValue = policy!("'none'");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// In place of the common ones, for the scanner's document alone: it sees with the camera, and registers its worker.
/// The address of a worker must come from a named policy (`scripts/door/offline.js`).
pub(crate) const OF_DOOR: [(HeaderName, HeaderValue); 2] =
    [(CONTENT_SECURITY_POLICY, policy!("onsale-worker")), (PERMISSIONS_POLICY, permissions!("(self)"))];

/// Which sites may show an answer.
pub(crate) const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Headers with a fixed value.
const ALWAYS: [(HeaderName, HeaderValue); 3] = [
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
];

/// Adds the common headers to an answer.
pub(crate) fn add(headers: &mut HeaderMap, id: RequestId) {
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
    headers.insert(request_ids::HEADER, id.into_value());
    // A page that the program does not make itself may need another policy, and the scanner needs the camera.
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    }
    if !headers.contains_key(PERMISSIONS_POLICY) {
        headers.insert(PERMISSIONS_POLICY, permissions!("()"));
    }
    if !headers.contains_key(RESOURCE_POLICY) {
        headers.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    }
    // Browsers may keep files but must revalidate them, so that a new version of the page shows at once.
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
}
