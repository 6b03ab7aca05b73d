//! Which pages of other origins may read this server's answers (CORS), as the Fetch standard has it. None may, unless
//! the settings say so.
//!
//! The headers go on every answer of the layer in front of all routes, refusals too: a page must be able to read why
//! its request was refused, and when to come back. Answers never allow credentials: tokens come in `Authorization`,
//! which the page adds itself.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::Method;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HeaderMap, HeaderValue,
    ORIGIN, VARY,
};

use crate::settings::AllowedOrigins;

/// The methods of all routes.
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE");

/// The headers of requests that the API reads, and that pages may not send without being allowed to.
const REQUEST_HEADERS: HeaderValue = HeaderValue::from_static(
    "authorization, content-type, idempotency-key, if-match, if-none-match, prefer, x-request-id",
);

/// The headers of answers that the API's description has. A test compares both.
pub(crate) const ANSWER_HEADERS: HeaderValue = HeaderValue::from_static(
    "allow, content-disposition, etag, idempotency-replayed, location, preference-applied, retry-after, \
     www-authenticate, x-request-id",
);

/// How long a browser may remember what is allowed, in seconds: two hours, the most that Chromium takes.
const REMEMBERED_SECONDS: HeaderValue = HeaderValue::from_static("7200");

/// The origins whose pages may read answers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origins(Arc<AllowedOrigins>);

/// What an answer says about the request's origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sharing {
    /// Nothing: no other origin is allowed.
    Closed,
    /// The origin may not read the answer. Others may, so a cache must not mix them up.
    Refused,
    /// Every page may read the answer.
    Everybody,
    /// Pages of this origin may read the answer.
    With(HeaderValue),
}

impl Origins {
    pub(crate) fn new(allowed: AllowedOrigins) -> Self {
        Self(Arc::new(allowed))
    }

    /// What the answer to a request with these headers says.
    pub(crate) fn sharing(&self, headers: &HeaderMap) -> Sharing {
        match &*self.0 {
            AllowedOrigins::Listed(origins) if origins.is_empty() => Sharing::Closed,
            AllowedOrigins::Any => Sharing::Everybody,
            AllowedOrigins::Listed(origins) => {
                let origin = headers.get(ORIGIN);
                let known = origin.filter(|origin| origins.iter().any(|known| known.as_bytes() == origin.as_bytes()));
                known.map_or(Sharing::Refused, |origin| Sharing::With(origin.clone()))
            }
        }
    }
}

impl Sharing {
    /// The answer to a browser that asks whether a page may send a request; `None` if the request is something else, or
    /// the page may not. The path does not matter: the request itself will be answered.
    pub(crate) fn preflight(&self, method: &Method, headers: &HeaderMap) -> Option<HttpResponse> {
        let asks = method == Method::OPTIONS
            && headers.contains_key(ORIGIN)
            && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
        if !asks || !matches!(self, Self::Everybody | Self::With(_)) {
            return None;
        }
        let mut allowed = HttpResponse::NoContent();
        allowed.insert_header((ACCESS_CONTROL_ALLOW_METHODS, METHODS));
        allowed.insert_header((ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS));
        allowed.insert_header((ACCESS_CONTROL_MAX_AGE, REMEMBERED_SECONDS));
        Some(allowed.finish())
    }

    /// Adds the headers to an answer.
    pub(crate) fn add(self, headers: &mut HeaderMap) {
        let origin = match self {
            Self::Closed => return,
            Self::Refused => None,
            Self::Everybody => Some(HeaderValue::from_static("*")),
            Self::With(origin) => Some(origin),
        };
        if origin.as_ref().is_none_or(|origin| origin != "*") {
            headers.append(VARY, HeaderValue::from_static("origin"));
        }
        if let Some(origin) = origin {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, ANSWER_HEADERS);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: &str = "https://shop.example";

    fn asked(origin: Option<&'static str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Some(origin) = origin {
            headers.insert(ORIGIN, HeaderValue::from_static(origin));
        }
        headers
    }

    fn listed() -> Origins {
        Origins::new(AllowedOrigins::Listed(vec![SHOP.to_owned(), "http://localhost:3000".to_owned()]))
    }

    #[test]
    fn only_origins_that_are_listed_may_read() {
        let with = |origin| Sharing::With(HeaderValue::from_static(origin));
        assert_eq!(listed().sharing(&asked(Some(SHOP))), with(SHOP));
        assert_eq!(listed().sharing(&asked(Some("http://localhost:3000"))), with("http://localhost:3000"));
        for other in
            ["https://shop.example.evil.example", "http://shop.example", "https://shop.example:444", "null", ""]
        {
            assert_eq!(listed().sharing(&asked(Some(other))), Sharing::Refused, "{other}");
        }
        assert_eq!(listed().sharing(&asked(None)), Sharing::Refused);
        assert_eq!(Origins::default().sharing(&asked(Some(SHOP))), Sharing::Closed);
        assert_eq!(Origins::new(AllowedOrigins::Any).sharing(&asked(Some("null"))), Sharing::Everybody);
    }

    #[test]
    fn answers_say_who_may_read_them_and_caches_keep_them_apart() {
        for (sharing, origin, vary) in [
            (Sharing::Closed, None, None),
            (Sharing::Refused, None, Some("origin")),
            (Sharing::Everybody, Some("*"), None),
            (Sharing::With(HeaderValue::from_static(SHOP)), Some(SHOP), Some("origin")),
        ] {
            let mut headers = HeaderMap::new();
            sharing.clone().add(&mut headers);
            let text = |name| headers.get(name).map(|value| value.to_str().unwrap());
            assert_eq!((text(ACCESS_CONTROL_ALLOW_ORIGIN), text(VARY)), (origin, vary), "{sharing:?}");
            assert_eq!(headers.contains_key(ACCESS_CONTROL_EXPOSE_HEADERS), origin.is_some());
            assert!(!headers.contains_key("access-control-allow-credentials"));
        }
    }

    #[test]
    fn a_preflight_is_answered_for_allowed_origins_only() {
        let mut asks = asked(Some(SHOP));
        assert!(listed().sharing(&asks).preflight(&Method::OPTIONS, &asks).is_none(), "no preflight");
        asks.insert(ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("PATCH"));
        let allowed = listed().sharing(&asks).preflight(&Method::OPTIONS, &asks).unwrap();
        assert_eq!(allowed.status(), 204);
        assert_eq!(allowed.headers().get(ACCESS_CONTROL_MAX_AGE), Some(&REMEMBERED_SECONDS));
        assert!(listed().sharing(&asks).preflight(&Method::GET, &asks).is_none());
        assert!(Sharing::Refused.preflight(&Method::OPTIONS, &asks).is_none());
        assert!(Sharing::Closed.preflight(&Method::OPTIONS, &asks).is_none());
    }
}
