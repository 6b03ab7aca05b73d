//! A problem as an answer (RFC 9457), as a part of another answer, and in the log.

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::rows::{Advice, Kind};
use super::spread::spread;
use super::table::Problem;

/// The media type of every problem.
pub(crate) const CONTENT_TYPE: &str = "application/problem+json";

/// The body of an answer that is a problem.
#[derive(Serialize)]
pub(crate) struct Body<'a> {
    #[serde(rename = "type")]
    kind: String,
    title: &'static str,
    status: u16,
    detail: String,
    #[serde(flatten)]
    members: Map<String, Value>,
    request_id: &'a str,
}

/// A problem that is part of another answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProblemInShort)]
pub(crate) struct InShort {
    /// What callers can rely on: one of the problems' types.
    #[serde(rename = "type")]
    kind: String,
    /// What it is, in a few words.
    title: &'static str,
    /// What went wrong, for people.
    detail: String,
}

impl Kind {
    /// The `type` of a problem of this kind: a reference that callers rely on.
    pub(crate) fn uri(&self) -> String {
        format!("/problems/{}", self.code)
    }
}

impl Problem {
    /// The end of its `type`. Stable: callers rely on it.
    pub(crate) fn code(&self) -> &'static str {
        self.kind().code
    }

    /// The body of the answer to the request of that id.
    pub(crate) fn body<'a>(&self, request_id: &'a str) -> Body<'a> {
        let kind = self.kind();
        Body {
            kind: kind.uri(),
            title: kind.title,
            status: kind.status.as_u16(),
            detail: self.to_string(),
            members: self.members(),
            request_id,
        }
    }

    /// The whole answer to the request of that id.
    pub(crate) fn response(&self, request_id: &str) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        response.content_type(CONTENT_TYPE).insert_header(("cache-control", "no-store"));
        match self.advice() {
            Some(Advice::RetryAfter(seconds)) => response.insert_header((RETRY_AFTER, seconds)),
            Some(Advice::RetryAfterAbout(seconds)) => response.insert_header((RETRY_AFTER, spread(seconds))),
            Some(Advice::Challenge(challenge)) => response.insert_header((WWW_AUTHENTICATE, challenge)),
            Some(Advice::Allow(methods)) => response.insert_header((ALLOW, methods)),
            None => &mut response,
        };
        response.body(serde_json::to_string(&self.body(request_id)).unwrap_or_default())
    }

    /// The problem without its members, for work that failed after its request was answered.
    pub(crate) fn in_short(&self) -> InShort {
        let kind = self.kind();
        InShort { kind: kind.uri(), title: kind.title, detail: self.to_string() }
    }

    /// The cause, if it is not the caller's doing, with all errors that led to it. It is for the log.
    pub(crate) fn cause(&self) -> Option<String> {
        let (Self::Unavailable(cause) | Self::Internal(cause)) = self else { return None };
        let mut text = cause.to_string();
        let mut source = cause.source();
        while let Some(error) = source {
            text.push_str(": ");
            text.push_str(&error.to_string());
            source = error.source();
        }
        Some(text)
    }
}

/// `crate::http::requests` writes the answer, because it knows the request's id.
impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.kind().status
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}
