//! Headers of answers, for the document.

use utoipa::openapi::Ref;
use utoipa::openapi::header::Header;
use utoipa::openapi::schema::{ObjectBuilder, Type};

use super::formats::{custom, integer, string};

/// A header of answers. Each is described once, among the components.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnswerHeader {
    Allow,
    ETag,
    IdempotencyReplayed,
    Location,
    RequestId,
    RetryAfter,
    WwwAuthenticate,
}

impl AnswerHeader {
    pub(crate) const ALL: [Self; 7] = [
        Self::Allow,
        Self::ETag,
        Self::IdempotencyReplayed,
        Self::Location,
        Self::RequestId,
        Self::RetryAfter,
        Self::WwwAuthenticate,
    ];

    /// Its name, here and among the components.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::ETag => "ETag",
            Self::IdempotencyReplayed => "Idempotency-Replayed",
            Self::Location => "Location",
            Self::RequestId => "X-Request-Id",
            Self::RetryAfter => "Retry-After",
            Self::WwwAuthenticate => "WWW-Authenticate",
        }
    }

    pub(super) fn reference(self) -> Ref {
        Ref::new(format!("#/components/headers/{}", self.name()))
    }

    pub(super) fn object(self) -> Header {
        let (says, schema): (_, ObjectBuilder) = match self {
            Self::Allow => ("The methods that the path takes.", string()),
            Self::ETag => {
                ("The version of what is in the answer, for `If-None-Match` and, of events, for `If-Match`.", string())
            }
            Self::IdempotencyReplayed => (
                "There, and `true`, if the answer is about the registration that an earlier request with the same key made.",
                ObjectBuilder::new().schema_type(Type::Boolean).enum_values(Some([true])),
            ),
            Self::Location => ("Where what was made is.", string().format(Some(custom("uri-reference")))),
            Self::RequestId => {
                ("The name of the request in the server's log: the one that was sent, or a new one.", string())
            }
            Self::RetryAfter => ("After how many seconds to ask again.", integer(1, None)),
            Self::WwwAuthenticate => ("How to say who asks (RFC 6750).", string()),
        };
        let mut header = Header::new(schema.build());
        header.description = Some(says.to_owned());
        header
    }
}
