//! Headers of answers, for the document.

use utoipa::openapi::Ref;
use utoipa::openapi::header::Header;
use utoipa::openapi::schema::{ObjectBuilder, Type};

use crate::http::extractors::RESPOND_ASYNC;
use crate::http::schemas::{custom, integer, string};

/// A header of answers. Each is described once, among the components.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnswerHeader {
    Allow,
    ContentDisposition,
    ETag,
    IdempotencyReplayed,
    Location,
    PreferenceApplied,
    RequestId,
    RetryAfter,
    WwwAuthenticate,
}

impl AnswerHeader {
    pub(crate) const ALL: [Self; 9] = [
        Self::Allow,
        Self::ContentDisposition,
        Self::ETag,
        Self::IdempotencyReplayed,
        Self::Location,
        Self::PreferenceApplied,
        Self::RequestId,
        Self::RetryAfter,
        Self::WwwAuthenticate,
    ];

    /// Its name, here and among the components.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::ContentDisposition => "Content-Disposition",
            Self::ETag => "ETag",
            Self::IdempotencyReplayed => "Idempotency-Replayed",
            Self::Location => "Location",
            Self::PreferenceApplied => "Preference-Applied",
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
            Self::ContentDisposition => ("Only if the answer is a file: its name.", string()),
            Self::ETag => ("The version of the answer, for `If-None-Match`; of events also for `If-Match`.", string()),
            Self::IdempotencyReplayed => (
                "Only if an earlier request with the same key made what the answer tells of: `true`.",
                ObjectBuilder::new().schema_type(Type::Boolean).enum_values(Some([true])),
            ),
            Self::Location => ("The path of the new resource.", string().format(Some(custom("uri-reference")))),
            Self::PreferenceApplied => {
                ("The preference that the server followed (RFC 7240).", string().enum_values(Some([RESPOND_ASYNC])))
            }
            Self::RequestId => ("The request's id in the server's log: the one that was sent, or a new one.", string()),
            Self::RetryAfter => ("Seconds to wait before the next try.", integer(1, None)),
            Self::WwwAuthenticate => ("How to authenticate (RFC 6750).", string()),
        };
        let mut header = Header::new(schema.build());
        header.description = Some(says.to_owned());
        header
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::http::cross_origin::ANSWER_HEADERS;

    #[test]
    fn pages_of_other_origins_may_read_every_header() {
        let names: BTreeSet<_> = AnswerHeader::ALL.map(|header| header.name().to_ascii_lowercase()).into();
        let exposed: BTreeSet<_> = ANSWER_HEADERS.to_str().unwrap().split(", ").map(str::to_owned).collect();
        assert_eq!(exposed, names);
    }
}
