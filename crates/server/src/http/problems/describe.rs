//! What each problem means, for the document of the API.

use domain::registrations::RegistrationStatus;
use serde_json::Value;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};

use super::{NoSession, Problem};
use crate::http::extractors::ExpectedVersion;
use crate::http::negotiation::Format;
use crate::openapi::formats::{custom, integer, string};
use crate::openapi::samples::{sale, start};
use crate::openapi::{AnswerHeader, Named, named};
use crate::resources::bookings::RegistrationBody;
use crate::resources::bookings::describe::registration;
use crate::services::readiness;

/// The id of the request that the examples answer.
const REQUEST_ID: &str = "01923a4b5c6d7e8f8a1b2c3d4e5f6070-42";

/// A member that a problem has beyond the standard ones.
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) presence: Presence,
    says: &'static str,
    schema: RefOr<Schema>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Always,
    Sometimes,
}

fn member(name: &'static str, says: &'static str, schema: impl Into<RefOr<Schema>>) -> Member {
    Member { name, presence: Presence::Always, says, schema: schema.into() }
}

/// One of each code, as it may well be.
pub(crate) fn samples() -> Vec<Problem> {
    vec![
        Problem::MalformedJson { reason: "expected value at line 1 column 10".to_owned() },
        Problem::MalformedRequest,
        ExpectedVersion::malformed(),
        Problem::Unauthenticated(NoSession::NoToken),
        Problem::TokenExpired,
        Problem::WrongCredentials,
        Problem::Forbidden,
        Problem::NotFound("event"),
        Problem::MethodNotAllowed { allow: "GET, HEAD, POST".to_owned() },
        Format::not_acceptable(),
        Problem::RequestTimeout,
        Problem::AlreadyRegistered(Box::new(registration(RegistrationStatus::Confirmed))),
        Problem::TooManyRegistrations,
        Problem::TooManyEvents,
        Problem::EventNotPublished,
        Problem::EventCancelled,
        Problem::EventEnded,
        Problem::SalesNotOpen { opens_at: sale() },
        Problem::SalesClosed { closed_at: start() },
        Problem::EventUnderTest,
        Problem::CapacityBelowConfirmed { confirmed: 100 },
        Problem::CapacityRaiseTooLarge { capacity_at_most: 20_100 },
        Problem::EmailTaken,
        Problem::LastAdmin,
        Problem::SimulationRunning,
        Problem::EditConflict { current_version: 4 },
        Problem::BodyTooLarge { limit_bytes: 131_072 },
        Problem::UnsupportedMediaType,
        Problem::UnsupportedEncoding,
        Problem::MisdirectedRequest,
        Problem::field("title", "must not be empty"),
        Problem::InvalidBody { field: Some("capacity".to_owned()), reason: "missing field `capacity`".to_owned() },
        Problem::TooManyAttempts { retry_after_seconds: 30 },
        Problem::HeadersTooLarge,
        Problem::Busy { retry_after_seconds: 1 },
        Problem::OutcomeUnknown,
        Problem::NotReady { failed: readiness::DATABASE },
        Problem::Unavailable("the database is away".into()),
        Problem::internal("a bug"),
    ]
}

impl Problem {
    /// When callers meet it, and what they can do.
    fn meaning(&self) -> &'static str {
        match self {
            Self::MalformedJson { .. } => "The body cannot be read as JSON.",
            Self::MalformedRequest => "What arrived cannot be read as a request. The connection ends.",
            Self::MalformedHeader { .. } => "A header cannot be understood. `header` names it.",
            Self::Unauthenticated(_) => {
                "There is no token, or one that is not taken: it is not ours, the account has changed since it was issued, \
                 or the account was deactivated. Sign in."
            }
            Self::TokenExpired => "The token was ours and is too old. Sign in again.",
            Self::WrongCredentials => "No account has this address and password.",
            Self::Forbidden => "The account's role does not allow it.",
            Self::NotFound(_) => "There is no such thing, or the caller may not know of it.",
            Self::MethodNotAllowed { .. } => "The path is known, with other methods: those in `Allow`.",
            Self::NotAcceptable { .. } => "`Accept` takes none of the media types that the answer can have.",
            Self::RequestTimeout => "The request did not arrive in time.",
            Self::AlreadyRegistered(_) => {
                "The person has a place at the event, or waits for one: the `registration`. Nothing was changed."
            }
            Self::TooManyEvents => "The account has made as many events as one may, whatever has become of them.",
            Self::TooManyRegistrations => {
                "The person has given places up at this event so often that it takes no more from them. Nothing was \
                 changed."
            }
            Self::EventNotPublished => "The event is a draft of the caller's: it has to be published first.",
            Self::EventCancelled => "The event was called off: its places and times do not change any more.",
            Self::EventEnded => "The event is over: its places and times do not change any more.",
            Self::SalesNotOpen { .. } => "The sale has not begun: ask again at `opens_at`.",
            Self::SalesClosed { .. } => "The sale is over since `closed_at`.",
            Self::EventUnderTest => "A stress test has the event: it takes real bookings again after the undo.",
            Self::CapacityBelowConfirmed { .. } => "The capacity cannot be less than the people who have a seat.",
            Self::CapacityRaiseTooLarge { .. } => {
                "More people would be promoted than one transaction may. Raise to `capacity_at_most`, then further."
            }
            Self::EmailTaken => "Another account has the address.",
            Self::LastAdmin => "No active admin would be left. Make somebody else an admin first.",
            Self::SimulationRunning => "A stress test is running. Ask again when it has ended.",
            Self::EditConflict { .. } => {
                "Somebody else edited the event since the version of `If-Match`. Read it again, then edit."
            }
            Self::BodyTooLarge { .. } => "The body has more than `limit_bytes`.",
            Self::UnsupportedMediaType => "There is a body that is not `application/json`.",
            Self::UnsupportedEncoding => "The body is compressed: leave `Content-Encoding` out.",
            Self::MisdirectedRequest => "The name in `Host` is none that this server answers to.",
            Self::InvalidField(_) | Self::InvalidParameter { .. } => {
                "What is in `field` (of the body, the query or a header) cannot be taken. `detail` says why."
            }
            Self::InvalidBody { .. } => {
                "The body is JSON of another shape: a field is missing, unknown, there twice, or of another type. `field` \
                 names it, unless it is the body as a whole."
            }
            Self::TooManyAttempts { .. } => {
                "Too many tries from this address or at this account. Wait for `Retry-After`."
            }
            Self::HeadersTooLarge => {
                "The head of the request is too long, or has too many headers. The connection ends."
            }
            Self::Internal(_) => "A bug. The log has more under the `request_id`.",
            Self::Busy { .. } => {
                "Too much is going on. Nothing was changed, for certain. Ask again after `Retry-After`."
            }
            Self::OutcomeUnknown => {
                "The answer was lost: it may have been done, or not. Ask again, with the same `Idempotency-Key` if there \
                 was one."
            }
            Self::NotReady { .. } => {
                "This server should be asked nothing at the moment: the check that `failed` says why. Others may well be \
                 ready."
            }
            Self::Unavailable(_) => "The database is away, or too slow. Ask again after `Retry-After`.",
        }
    }

    /// What it tells beyond the standard members.
    pub(super) fn described_members(&self) -> Vec<Member> {
        let time = || string().format(Some(custom("date-time")));
        let field = || member("field", "The field, as callers name it.", string());
        match self {
            Self::MalformedHeader { .. } => vec![member("header", "Its name.", string())],
            Self::AlreadyRegistered(_) => {
                vec![member("registration", "What stands.", named::<RegistrationBody>().0)]
            }
            Self::SalesNotOpen { .. } => vec![member("opens_at", "When it opens.", time())],
            Self::SalesClosed { .. } => vec![member("closed_at", "When it closed.", time())],
            Self::CapacityBelowConfirmed { .. } => {
                vec![member("confirmed", "How many have a seat.", integer(1, None))]
            }
            Self::CapacityRaiseTooLarge { .. } => {
                vec![member("capacity_at_most", "The highest capacity that can be had at once.", integer(1, None))]
            }
            Self::EditConflict { .. } => {
                vec![member("current_version", "The event's `edit_version` now.", integer(1, None))]
            }
            Self::BodyTooLarge { .. } => vec![member("limit_bytes", "How long it may be.", integer(1, None))],
            Self::InvalidField(_) | Self::InvalidParameter { .. } => vec![field()],
            Self::NotReady { .. } => {
                vec![member("failed", "Which check.", string().enum_values(Some(readiness::CHECKS)))]
            }
            Self::InvalidBody { .. } => vec![Member { presence: Presence::Sometimes, ..field() }],
            Self::MalformedJson { .. }
            | Self::MalformedRequest
            | Self::MisdirectedRequest
            | Self::HeadersTooLarge
            | Self::UnsupportedEncoding
            | Self::Unauthenticated(_)
            | Self::TokenExpired
            | Self::WrongCredentials
            | Self::Forbidden
            | Self::NotFound(_)
            | Self::MethodNotAllowed { .. }
            | Self::NotAcceptable { .. }
            | Self::RequestTimeout
            | Self::TooManyRegistrations
            | Self::TooManyEvents
            | Self::EventNotPublished
            | Self::EventCancelled
            | Self::EventEnded
            | Self::EventUnderTest
            | Self::EmailTaken
            | Self::LastAdmin
            | Self::SimulationRunning
            | Self::UnsupportedMediaType
            | Self::TooManyAttempts { .. }
            | Self::Busy { .. }
            | Self::OutcomeUnknown
            | Self::Unavailable(_)
            | Self::Internal(_) => Vec::new(),
        }
    }

    /// Headers that come with it.
    pub(crate) fn headers(&self) -> Vec<AnswerHeader> {
        let is_allow = matches!(self, Self::MethodNotAllowed { .. });
        [
            is_allow.then_some(AnswerHeader::Allow),
            self.retry_after_seconds().and(Some(AnswerHeader::RetryAfter)),
            self.challenge().and(Some(AnswerHeader::WwwAuthenticate)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The name of its schema: `AlreadyRegisteredProblem`.
    pub(crate) fn schema_name(&self) -> String {
        let capitalized = |word: &str| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
        };
        self.code().split('-').map(capitalized).chain(["Problem".to_owned()]).collect()
    }

    /// What an answer with it looks like.
    pub(crate) fn example(&self) -> Value {
        serde_json::to_value(self.body(REQUEST_ID)).unwrap_or_default()
    }

    /// Its schema, and those that it names.
    pub(crate) fn schemas(&self) -> Vec<Named> {
        let mut object = ObjectBuilder::new().description(Some(self.meaning()));
        for member in self.standard_members().into_iter().chain(self.described_members()) {
            object = object.property(member.name, described(member.schema, member.says));
            if member.presence == Presence::Always {
                object = object.required(member.name);
            }
        }
        let mut schemas = vec![(self.schema_name(), object.into())];
        if matches!(self, Self::AlreadyRegistered(_)) {
            schemas.extend(named::<RegistrationBody>().1);
        }
        schemas
    }

    fn standard_members(&self) -> [Member; 5] {
        let kind = self.kind();
        let uri = string().format(Some(custom("uri-reference")));
        let status = ObjectBuilder::new().schema_type(Type::Integer).enum_values(Some([kind.status.as_u16()]));
        [
            member("type", "What callers can rely on.", uri.enum_values(Some([format!("/problems/{}", kind.code)]))),
            member("title", "What it is, in a few words.", string().enum_values(Some([kind.title]))),
            member("status", "The answer's status.", status),
            member("detail", "What went wrong this time, for people.", string()),
            member("request_id", "The request's name in the log: `X-Request-Id`.", string()),
        ]
    }
}

fn described(schema: RefOr<Schema>, says: &str) -> RefOr<Schema> {
    match schema {
        RefOr::Ref(mut reference) => {
            reference.description = says.to_owned();
            RefOr::Ref(reference)
        }
        RefOr::T(Schema::Object(mut object)) => {
            object.description = Some(says.to_owned());
            RefOr::T(Schema::Object(object))
        }
        other => other,
    }
}
