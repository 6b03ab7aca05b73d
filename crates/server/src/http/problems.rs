//! What is answered instead of what was asked for: problem details (RFC 9457), one stable type per cause, mapped here
//! and nowhere else.

mod causes;
mod describe;
#[cfg(test)]
mod tests;

use std::error::Error as StdError;

use actix_web::http::header::{ALLOW, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpResponse, ResponseError};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::limits::{EVENTS_PER_ORGANIZER_MAX, GIVEN_UP_PER_PERSON_MAX};
use domain::text::InvalidField;
use serde::Serialize;
use serde_json::{Map, Value, json};
use thiserror::Error;
use utoipa::ToSchema;

use crate::resources::bookings::RegistrationBody;

pub(crate) use self::describe::samples;

/// The media type of every problem.
pub const CONTENT_TYPE: &str = "application/problem+json";

/// After how long to come back when the database is away: some time more than a restart of it takes.
const UNAVAILABLE_RETRY_SECONDS: u64 = 2;

/// What went wrong, by what the caller can do about it. The text of each is what callers read.
#[derive(Debug, Error)]
pub enum Problem {
    /// The body cannot be read as JSON.
    #[error("The body cannot be read as JSON: {reason}.")]
    MalformedJson {
        /// What the parser says.
        reason: String,
    },
    /// What came is no HTTP request.
    #[error("What arrived cannot be read as a request.")]
    MalformedRequest,
    /// The request is for somebody else.
    #[error("This server is not known by the name that the request has for it (server.allowed_hosts).")]
    MisdirectedRequest,
    /// The request's head is too long.
    #[error("The head of the request is too long, or has too many headers.")]
    HeadersTooLarge,
    /// A header cannot be understood.
    #[error("The header {header} {reason}.")]
    MalformedHeader {
        /// Its name.
        header: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// No token, or one that is not accepted.
    #[error("{0}")]
    Unauthenticated(NoSession),
    /// The token was ours and is too old.
    #[error("The session is over. Sign in again.")]
    TokenExpired,
    /// No account has this address and password.
    #[error("There is no account with this e-mail address and password.")]
    WrongCredentials,
    /// The role does not allow it.
    #[error("The account's role does not allow this.")]
    Forbidden,
    /// There is no such thing, or the caller may not know of it.
    #[error("There is no such {0}.")]
    NotFound(&'static str),
    /// The path is known, with other methods.
    #[error("This path takes {allow} only.")]
    MethodNotAllowed {
        /// Which.
        allow: String,
    },
    /// The client takes none of the types that the answer can have.
    #[error("This can be had as {offered}, and the header Accept takes none of these.")]
    NotAcceptable {
        /// Which.
        offered: String,
    },
    /// It did not come in time.
    #[error("The request did not arrive in time.")]
    RequestTimeout,
    /// The person has a place or waits already.
    #[error("This person has a place at the event, or waits for one.")]
    AlreadyRegistered(Box<RegistrationBody>),
    /// The person has given up as many places at the event as one may.
    #[error("This person has given up {GIVEN_UP_PER_PERSON_MAX} places at the event, and cannot book it any more.")]
    TooManyRegistrations,
    /// The caller runs as many events as one may.
    #[error("This account has made {EVENTS_PER_ORGANIZER_MAX} events, and cannot make more.")]
    TooManyEvents,
    /// The event is a draft, and the caller may know of it.
    #[error("The event is a draft: it has to be published first.")]
    EventNotPublished,
    /// The event was called off.
    #[error("The event has been cancelled: its places and times do not change any more.")]
    EventCancelled,
    /// The event is over.
    #[error("The event has ended: its places and times do not change any more.")]
    EventEnded,
    /// The sale has not begun.
    #[error("The sale opens at {}.", rfc3339(*.opens_at))]
    SalesNotOpen {
        /// When it will.
        opens_at: DateTime<Utc>,
    },
    /// The sale is over.
    #[error("The sale closed at {}.", rfc3339(*.closed_at))]
    SalesClosed {
        /// Since when.
        closed_at: DateTime<Utc>,
    },
    /// A stress test has the event.
    #[error("The event is under test: it takes real bookings again when the stress test has been undone.")]
    EventUnderTest,
    /// Fewer seats than people who have one.
    #[error("{confirmed} people have a seat: the capacity cannot be less.")]
    CapacityBelowConfirmed {
        /// How many have a seat.
        confirmed: i32,
    },
    /// More people would be promoted at once than one transaction may.
    #[error("Too many people who wait would be promoted at once: raise to {capacity_at_most} at most, then further.")]
    CapacityRaiseTooLarge {
        /// The highest capacity that can be had in this step.
        capacity_at_most: i32,
    },
    /// Another account has the address.
    #[error("There is an account with this e-mail address.")]
    EmailTaken,
    /// Nobody would be left who may administer.
    #[error("This is the last active admin: make somebody else an admin first.")]
    LastAdmin,
    /// A stress test is running.
    #[error("A stress test is running: wait until it has ended.")]
    SimulationRunning,
    /// Somebody else edited the event.
    #[error("The event was edited in between: read it again. Its edit version is {current_version} now.")]
    EditConflict {
        /// The version that it has now.
        current_version: i64,
    },
    /// The body is too long.
    #[error("The body has more than {limit_bytes} bytes.")]
    BodyTooLarge {
        /// How long it may be.
        limit_bytes: usize,
    },
    /// The body is of another kind.
    #[error("The body must be JSON, with the header Content-Type: application/json.")]
    UnsupportedMediaType,
    /// The body is compressed.
    #[error("The body must not be compressed: leave the header Content-Encoding out.")]
    UnsupportedEncoding,
    /// A field holds what it cannot.
    #[error("{0}.")]
    InvalidField(InvalidField),
    /// A parameter of the query holds what it cannot, or is not known.
    #[error("{name}: {reason}.")]
    InvalidParameter {
        /// Its name.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The body is JSON of another shape.
    #[error("{reason}.")]
    InvalidBody {
        /// The field, if it is one.
        field: Option<String>,
        /// What is wrong.
        reason: String,
    },
    /// Too many failed tries to sign in.
    #[error("Too many tries have failed. Try again in {retry_after_seconds} seconds.")]
    TooManyAttempts {
        /// When a try will be let through again.
        retry_after_seconds: u64,
    },
    /// Too much is going on. Nothing was changed.
    #[error("Too much is going on. Nothing was changed: ask again in {retry_after_seconds} seconds.")]
    Busy {
        /// When to come back.
        retry_after_seconds: u64,
    },
    /// The answer was lost.
    #[error("It is not known whether this was done. Ask again, with the same Idempotency-Key if there was one.")]
    OutcomeUnknown,
    /// The database is away, or too slow.
    #[error("The service is not available at the moment. Ask again in {UNAVAILABLE_RETRY_SECONDS} seconds.")]
    Unavailable(#[source] Cause),
    /// This server should be asked nothing at the moment.
    #[error("This server should not be asked at the moment ({failed}).")]
    NotReady {
        /// The check that failed: database, migrations, or stopping.
        failed: &'static str,
    },
    /// A bug, or a broken promise.
    #[error("Something went wrong on our side. The request id helps to find out what.")]
    Internal(#[source] Cause),
}

/// Why there is no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NoSession {
    /// No token came with the request.
    #[error("This needs a session. Sign in, and send the token as Authorization: Bearer.")]
    NoToken,
    /// The token is not ours, was changed, or cannot be read.
    #[error("The token is not valid. Sign in again.")]
    InvalidToken,
    /// Password or role changed, or the account was deactivated, since the token was issued.
    #[error("The account has changed since this token was issued. Sign in again.")]
    AccessChanged,
    /// The password was right, and the account may do nothing.
    #[error("This account has been deactivated.")]
    Deactivated,
}

/// What the log says of a problem whose callers learn nothing more.
pub type Cause = Box<dyn StdError + Send + Sync>;

struct Kind {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
}

#[derive(Serialize)]
struct Body<'a> {
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

impl Problem {
    fn kind(&self) -> Kind {
        let (status, code, title) = match self {
            Self::MalformedJson { .. } => (400, "malformed-json", "The body is not JSON"),
            Self::MalformedRequest => (400, "malformed-request", "Not a request"),
            Self::MalformedHeader { .. } => (400, "malformed-header", "A header cannot be understood"),
            Self::Unauthenticated(_) => (401, "unauthenticated", "Not signed in"),
            Self::TokenExpired => (401, "token-expired", "The session is over"),
            Self::WrongCredentials => (401, "wrong-credentials", "Wrong e-mail address or password"),
            Self::Forbidden => (403, "forbidden", "Not allowed"),
            Self::NotFound(_) => (404, "not-found", "Not found"),
            Self::MethodNotAllowed { .. } => (405, "method-not-allowed", "Method not allowed"),
            Self::NotAcceptable { .. } => (406, "not-acceptable", "No such type"),
            Self::RequestTimeout => (408, "request-timeout", "The request took too long to arrive"),
            Self::AlreadyRegistered(_) => (409, "already-registered", "Already registered"),
            Self::TooManyRegistrations => (409, "too-many-registrations", "Too many registrations"),
            Self::TooManyEvents => (409, "too-many-events", "Too many events"),
            Self::EventNotPublished => (409, "event-not-published", "The event is not published"),
            Self::EventCancelled => (409, "event-cancelled", "The event has been cancelled"),
            Self::EventEnded => (409, "event-ended", "The event has ended"),
            Self::SalesNotOpen { .. } => (409, "sales-not-open", "The sale has not opened yet"),
            Self::SalesClosed { .. } => (409, "sales-closed", "The sale has closed"),
            Self::EventUnderTest => (409, "event-under-test", "The event is under test"),
            Self::CapacityBelowConfirmed { .. } => {
                (409, "capacity-below-confirmed", "More people have a seat than that")
            }
            Self::CapacityRaiseTooLarge { .. } => (409, "capacity-raise-too-large", "Too many seats at once"),
            Self::EmailTaken => (409, "email-taken", "The e-mail address has an account"),
            Self::LastAdmin => (409, "last-admin", "No admin would be left"),
            Self::SimulationRunning => (409, "simulation-running", "A stress test is running"),
            Self::EditConflict { .. } => (412, "edit-conflict", "The event was edited in between"),
            Self::BodyTooLarge { .. } => (413, "body-too-large", "The body is too long"),
            Self::UnsupportedMediaType => (415, "unsupported-media-type", "The body is not JSON"),
            Self::UnsupportedEncoding => (415, "unsupported-encoding", "The body is compressed"),
            Self::MisdirectedRequest => (421, "misdirected-request", "Not this server"),
            Self::InvalidField(_) | Self::InvalidParameter { .. } => (422, "invalid-field", "A field is not valid"),
            Self::InvalidBody { .. } => (422, "invalid-body", "The body has the wrong shape"),
            Self::TooManyAttempts { .. } => (429, "too-many-attempts", "Too many failed tries"),
            Self::HeadersTooLarge => (431, "headers-too-large", "The head is too long"),
            Self::Internal(_) => (500, "internal", "Something went wrong"),
            Self::Busy { .. } => (503, "busy", "Too much is going on"),
            Self::OutcomeUnknown => (503, "outcome-unknown", "The outcome is not known"),
            Self::NotReady { .. } => (503, "not-ready", "Not ready"),
            Self::Unavailable(_) => (503, "unavailable", "Not available at the moment"),
        };
        Kind { status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), code, title }
    }

    /// Its stable name: the end of its `type`.
    pub fn code(&self) -> &'static str {
        self.kind().code
    }

    /// What it is, in a few words.
    pub(crate) fn title(&self) -> &'static str {
        self.kind().title
    }

    /// What a problem tells beyond the four standard members.
    fn members(&self) -> Map<String, Value> {
        let members = match self {
            Self::AlreadyRegistered(registration) => json!({ "registration": registration }),
            Self::SalesNotOpen { opens_at } => json!({ "opens_at": opens_at }),
            Self::SalesClosed { closed_at } => json!({ "closed_at": closed_at }),
            Self::CapacityBelowConfirmed { confirmed } => json!({ "confirmed": confirmed }),
            Self::CapacityRaiseTooLarge { capacity_at_most } => json!({ "capacity_at_most": capacity_at_most }),
            Self::EditConflict { current_version } => json!({ "current_version": current_version }),
            Self::BodyTooLarge { limit_bytes } => json!({ "limit_bytes": limit_bytes }),
            Self::InvalidField(invalid) => json!({ "field": invalid.field }),
            Self::InvalidParameter { name, .. } => json!({ "field": name }),
            Self::InvalidBody { field: Some(field), .. } => json!({ "field": field }),
            Self::NotReady { failed } => json!({ "failed": failed }),
            Self::MalformedHeader { header, .. } => json!({ "header": header }),
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
            | Self::InvalidBody { field: None, .. }
            | Self::TooManyAttempts { .. }
            | Self::Busy { .. }
            | Self::OutcomeUnknown
            | Self::Unavailable(_)
            | Self::Internal(_) => Value::Null,
        };
        match members {
            Value::Object(members) => members,
            _ => Map::new(),
        }
    }

    fn retry_after_seconds(&self) -> Option<u64> {
        match self {
            Self::TooManyAttempts { retry_after_seconds } | Self::Busy { retry_after_seconds } => {
                Some(*retry_after_seconds)
            }
            Self::OutcomeUnknown => Some(1),
            Self::Unavailable(_) | Self::NotReady { .. } => Some(UNAVAILABLE_RETRY_SECONDS),
            _ => None,
        }
    }

    fn challenge(&self) -> Option<&'static str> {
        match self {
            Self::Unauthenticated(NoSession::InvalidToken | NoSession::AccessChanged) | Self::TokenExpired => {
                Some("Bearer error=\"invalid_token\"")
            }
            Self::Unauthenticated(NoSession::NoToken | NoSession::Deactivated) | Self::WrongCredentials => {
                Some("Bearer")
            }
            _ => None,
        }
    }

    fn body<'a>(&self, request_id: &'a str) -> Body<'a> {
        let Kind { status, code, title } = self.kind();
        Body {
            kind: format!("/problems/{code}"),
            title,
            status: status.as_u16(),
            detail: self.to_string(),
            members: self.members(),
            request_id,
        }
    }

    /// The whole answer, to the request of that id.
    pub fn response(&self, request_id: &str) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        response.content_type(CONTENT_TYPE).insert_header(("cache-control", "no-store"));
        if let Some(seconds) = self.retry_after_seconds() {
            response.insert_header((RETRY_AFTER, seconds));
        }
        if let Some(challenge) = self.challenge() {
            response.insert_header((WWW_AUTHENTICATE, HeaderValue::from_static(challenge)));
        }
        if let Self::MethodNotAllowed { allow } = self {
            response.insert_header((ALLOW, allow.as_str()));
        }
        response.body(serde_json::to_string(&self.body(request_id)).unwrap_or_default())
    }

    /// What it would be told as, were it the answer: for something that failed after its request was answered.
    pub(crate) fn in_short(&self) -> InShort {
        let Kind { code, title, .. } = self.kind();
        InShort { kind: format!("/problems/{code}"), title, detail: self.to_string() }
    }

    /// What the log should say of its cause, if that is not the caller's doing: the error and what led to it.
    pub fn cause(&self) -> Option<String> {
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

    /// A bug, for which there is no error but these words.
    pub(crate) fn internal(words: impl Into<String>) -> Self {
        Self::Internal(words.into().into())
    }

    /// The field `field` cannot be taken.
    pub(crate) fn field(field: &'static str, reason: impl Into<String>) -> Self {
        Self::InvalidField(InvalidField::new(field, reason))
    }

    /// The path takes other methods.
    pub(crate) fn method_not_allowed<'a>(allowed: impl IntoIterator<Item = &'a Method>) -> Self {
        let names: Vec<&str> = allowed.into_iter().map(Method::as_str).collect();
        Self::MethodNotAllowed { allow: names.join(", ") }
    }
}

fn rfc3339(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// The answer is written where the request's id is known, see `crate::http::requests`.
impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.kind().status
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}
