//! All problems, one row each.

use std::borrow::Cow;
use std::error::Error as StdError;

use actix_web::http::{Method, StatusCode};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::limits::{EVENTS_PER_ORGANIZER_MAX, GIVEN_UP_PER_PERSON_MAX};
use domain::registrations::RegistrationStatus;
use domain::text::InvalidField;
use serde::Serialize;
use serde_json::{Map, Value};
use thiserror::Error;

use super::rows::Advice::{self, Allow, Challenge, RetryAfter};
use super::rows::{Kind, Member, always, always_as, if_any, problems, tell};
use crate::http::registrations::{PlacedRegistration, RegistrationBody};
use crate::http::samples::{registration, sale, start};
use crate::http::schemas::{integer, one_of, string, time};

/// After how long to come back when the database is away: some time more than a restart of it takes.
const UNAVAILABLE_RETRY_SECONDS: u64 = 2;

/// The cause of a problem that callers learn nothing about. It is for the log.
pub(crate) type Cause = Box<dyn StdError + Send + Sync>;

/// Why there is no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum NoSession {
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

const CHALLENGE: &str = "Bearer";
const CHALLENGE_AFTER_TOKEN: &str = "Bearer error=\"invalid_token\"";

impl NoSession {
    fn challenge(self) -> &'static str {
        match self {
            Self::NoToken | Self::Deactivated => CHALLENGE,
            Self::InvalidToken | Self::AccessChanged => CHALLENGE_AFTER_TOKEN,
        }
    }
}

/// A check of the server's readiness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Check {
    /// The database answers.
    Database,
    /// The database's migrations are those of this program.
    Migrations,
    /// The server is not about to stop.
    Stopping,
}

impl Check {
    const ALL: [Self; 3] = [Self::Database, Self::Migrations, Self::Stopping];

    fn as_str(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Migrations => "migrations",
            Self::Stopping => "stopping",
        }
    }
}

problems! {
    MalformedJson {
        status: BAD_REQUEST,
        code: "malformed-json",
        title: "The body is not JSON",
        detail: ("The body cannot be read as JSON: {reason}."),
        meaning: "The body cannot be read as JSON.",
        fields: {
            /// The parser's words.
            reason: String = "expected value at line 1 column 10".to_owned();
        },
    }

    MalformedRequest {
        status: BAD_REQUEST,
        code: "malformed-request",
        title: "Not a request",
        detail: ("What arrived cannot be read as a request."),
        meaning: "What arrived cannot be read as a request. The connection ends.",
    }

    MalformedHeader {
        status: BAD_REQUEST,
        code: "malformed-header",
        title: "A header cannot be understood",
        detail: ("The header {header} {reason}."),
        meaning: "A header cannot be understood. `header` names it.",
        fields: {
            /// Its name.
            header: &'static str = "If-Match" => always(string());
            /// What is wrong with it.
            reason: &'static str = "must be * or one ETag of the event, in quotes";
        },
    }

    Unauthenticated(why: NoSession = NoSession::NoToken) {
        status: UNAUTHORIZED,
        code: "unauthenticated",
        title: "Not signed in",
        detail: ("{0}"),
        meaning: "There is no token, or one that is not taken: it is not ours, the account has changed since it was \
                  issued, or the account was deactivated. Sign in.",
        advice: Challenge(why.challenge()),
    }

    TokenExpired {
        status: UNAUTHORIZED,
        code: "token-expired",
        title: "The session is over",
        detail: ("The session is over. Sign in again."),
        meaning: "The token was ours and is too old. Sign in again.",
        advice: Challenge(CHALLENGE_AFTER_TOKEN),
    }

    WrongCredentials {
        status: UNAUTHORIZED,
        code: "wrong-credentials",
        title: "Wrong e-mail address or password",
        detail: ("There is no account with this e-mail address and password."),
        meaning: "No account has this address and password.",
        advice: Challenge(CHALLENGE),
    }

    Forbidden {
        status: FORBIDDEN,
        code: "forbidden",
        title: "Not allowed",
        detail: ("The account's role does not allow this."),
        meaning: "The account's role does not allow it.",
    }

    NotFound(what: &'static str = "event") {
        status: NOT_FOUND,
        code: "not-found",
        title: "Not found",
        detail: ("There is no such {0}."),
        meaning: "There is no such thing, or the caller may not know of it.",
    }

    MethodNotAllowed {
        status: METHOD_NOT_ALLOWED,
        code: "method-not-allowed",
        title: "Method not allowed",
        detail: ("This path takes {allow} only."),
        meaning: "The path is known, with other methods: those in `Allow`.",
        fields: {
            /// The methods, separated by commas.
            allow: String = "GET, HEAD, POST".to_owned();
        },
        advice: Allow(allow),
    }

    NotAcceptable {
        status: NOT_ACCEPTABLE,
        code: "not-acceptable",
        title: "No such type",
        detail: ("This can be had as {offered}, and the header Accept takes none of these."),
        meaning: "`Accept` takes none of the media types that the answer can have.",
        fields: {
            /// The media types.
            offered: String = "application/json or text/csv".to_owned();
        },
    }

    RequestTimeout {
        status: REQUEST_TIMEOUT,
        code: "request-timeout",
        title: "The request took too long to arrive",
        detail: ("The request did not arrive in time."),
        meaning: "The request did not arrive in time.",
    }

    AlreadyRegistered {
        status: CONFLICT,
        code: "already-registered",
        title: "Already registered",
        detail: ("This person has a place at the event, or waits for one."),
        meaning: "The person has a place at the event, or waits for one: the `registration`. Nothing was changed.",
        fields: {
            /// What stands.
            registration: Box<PlacedRegistration> = Box::new(registration(RegistrationStatus::Confirmed))
                => always_as::<RegistrationBody>();
        },
    }

    TooManyRegistrations {
        status: CONFLICT,
        code: "too-many-registrations",
        title: "Too many registrations",
        detail: ("This person has given up {GIVEN_UP_PER_PERSON_MAX} places at the event, and cannot book it any more."),
        meaning: "The person has given places up at this event so often that it takes no more from them. Nothing was \
                  changed.",
    }

    TooManyEvents {
        status: CONFLICT,
        code: "too-many-events",
        title: "Too many events",
        detail: ("This account has made {EVENTS_PER_ORGANIZER_MAX} events, and cannot make more."),
        meaning: "The account has made as many events as one may, whatever has become of them.",
    }

    EventNotPublished {
        status: CONFLICT,
        code: "event-not-published",
        title: "The event is not published",
        detail: ("The event is a draft: it has to be published first."),
        meaning: "The event is a draft of the caller's: it has to be published first.",
    }

    EventCancelled {
        status: CONFLICT,
        code: "event-cancelled",
        title: "The event has been cancelled",
        detail: ("The event has been cancelled: its places and times do not change any more."),
        meaning: "The event was called off: its places and times do not change any more.",
    }

    EventEnded {
        status: CONFLICT,
        code: "event-ended",
        title: "The event has ended",
        detail: ("The event has ended: its places and times do not change any more."),
        meaning: "The event is over: its places and times do not change any more.",
    }

    SalesNotOpen {
        status: CONFLICT,
        code: "sales-not-open",
        title: "The sale has not opened yet",
        detail: ("The sale opens at {}.", rfc3339(*.opens_at)),
        meaning: "The sale has not begun: ask again at `opens_at`.",
        fields: {
            /// When it opens.
            opens_at: DateTime<Utc> = sale() => always(time());
        },
    }

    SalesClosed {
        status: CONFLICT,
        code: "sales-closed",
        title: "The sale has closed",
        detail: ("The sale closed at {}.", rfc3339(*.closed_at)),
        meaning: "The sale is over since `closed_at`.",
        fields: {
            /// When it closed.
            closed_at: DateTime<Utc> = start() => always(time());
        },
    }

    EventUnderTest {
        status: CONFLICT,
        code: "event-under-test",
        title: "The event is under test",
        detail: ("The event is under test: it takes real bookings again when the stress test has been undone."),
        meaning: "A stress test has the event: it takes real bookings again after the undo.",
    }

    CapacityBelowConfirmed {
        status: CONFLICT,
        code: "capacity-below-confirmed",
        title: "More people have a seat than that",
        detail: ("{confirmed} people have a seat: the capacity cannot be less."),
        meaning: "The capacity cannot be less than the people who have a seat.",
        fields: {
            /// How many have a seat.
            confirmed: i32 = 100 => always(integer(1, None));
        },
    }

    CapacityRaiseTooLarge {
        status: CONFLICT,
        code: "capacity-raise-too-large",
        title: "Too many seats at once",
        detail: ("Too many people who wait would be promoted at once: raise to {capacity_at_most} at most, then further."),
        meaning: "More people would be promoted than one transaction may. Raise to `capacity_at_most`, then further.",
        fields: {
            /// The highest capacity that can be had at once.
            capacity_at_most: i32 = 20_100 => always(integer(1, None));
        },
    }

    EmailTaken {
        status: CONFLICT,
        code: "email-taken",
        title: "The e-mail address has an account",
        detail: ("There is an account with this e-mail address."),
        meaning: "Another account has the address.",
    }

    LastAdmin {
        status: CONFLICT,
        code: "last-admin",
        title: "No admin would be left",
        detail: ("This is the last active admin: make somebody else an admin first."),
        meaning: "No active admin would be left. Make somebody else an admin first.",
    }

    SimulationRunning {
        status: CONFLICT,
        code: "simulation-running",
        title: "A stress test is running",
        detail: ("A stress test is running: wait until it has ended."),
        meaning: "A stress test is running. Ask again when it has ended.",
    }

    EditConflict {
        status: PRECONDITION_FAILED,
        code: "edit-conflict",
        title: "The event was edited in between",
        detail: ("The event was edited in between: read it again. Its edit version is {current_version} now."),
        meaning: "Somebody else edited the event since the version of `If-Match`. Read it again, then edit.",
        fields: {
            /// The event's `edit_version` now.
            current_version: i64 = 4 => always(integer(1, None));
        },
    }

    BodyTooLarge {
        status: PAYLOAD_TOO_LARGE,
        code: "body-too-large",
        title: "The body is too long",
        detail: ("The body has more than {limit_bytes} bytes."),
        meaning: "The body has more than `limit_bytes`.",
        fields: {
            /// How long it may be.
            limit_bytes: usize = 131_072 => always(integer(1, None));
        },
    }

    UnsupportedMediaType {
        status: UNSUPPORTED_MEDIA_TYPE,
        code: "unsupported-media-type",
        title: "The body is not JSON",
        detail: ("The body must be JSON, with the header Content-Type: application/json."),
        meaning: "There is a body that is not `application/json`.",
    }

    UnsupportedEncoding {
        status: UNSUPPORTED_MEDIA_TYPE,
        code: "unsupported-encoding",
        title: "The body is compressed",
        detail: ("The body must not be compressed: leave the header Content-Encoding out."),
        meaning: "The body is compressed: leave `Content-Encoding` out.",
    }

    MisdirectedRequest {
        status: MISDIRECTED_REQUEST,
        code: "misdirected-request",
        title: "Not this server",
        detail: ("This server is not known by the name that the request has for it (server.allowed_hosts)."),
        meaning: "The name in `Host` is none that this server answers to.",
    }

    InvalidField {
        status: UNPROCESSABLE_ENTITY,
        code: "invalid-field",
        title: "A field is not valid",
        detail: ("{field}: {reason}."),
        meaning: "What is in `field` (of the body, the query or a header) cannot be taken. `detail` says why.",
        fields: {
            /// The field, as callers name it.
            field: Cow<'static, str> = "title".into() => always(string());
            /// What is wrong with it.
            reason: String = "must not be empty".to_owned();
        },
    }

    InvalidBody {
        status: UNPROCESSABLE_ENTITY,
        code: "invalid-body",
        title: "The body has the wrong shape",
        detail: ("{reason}."),
        meaning: "The body is JSON of another shape: a field is missing, unknown, there twice, or of another type. \
                  `field` names it, unless it is the body as a whole.",
        fields: {
            /// The field, as callers name it.
            field: Option<String> = Some("capacity".to_owned()) => if_any(string());
            /// What is wrong.
            reason: String = "missing field `capacity`".to_owned();
        },
    }

    TooManyAttempts {
        status: TOO_MANY_REQUESTS,
        code: "too-many-attempts",
        title: "Too many failed tries",
        detail: ("Too many tries have failed. Try again in {retry_after_seconds} seconds."),
        meaning: "Too many tries from this address or at this account. Wait for `Retry-After`.",
        fields: {
            /// When a try will be let through again.
            retry_after_seconds: u64 = 30;
        },
        advice: RetryAfter(*retry_after_seconds),
    }

    HeadersTooLarge {
        status: REQUEST_HEADER_FIELDS_TOO_LARGE,
        code: "headers-too-large",
        title: "The head is too long",
        detail: ("The head of the request is too long, or has too many headers."),
        meaning: "The head of the request is too long, or has too many headers. The connection ends.",
    }

    Internal(#[source] cause: Cause = "a bug".into()) {
        status: INTERNAL_SERVER_ERROR,
        code: "internal",
        title: "Something went wrong",
        detail: ("Something went wrong on our side. The request id helps to find out what."),
        meaning: "A bug. The log has more under the `request_id`.",
    }

    Busy {
        status: SERVICE_UNAVAILABLE,
        code: "busy",
        title: "Too much is going on",
        detail: ("Too much is going on. Nothing was changed: ask again in {retry_after_seconds} seconds."),
        meaning: "Too much is going on. Nothing was changed, for certain. Ask again after `Retry-After`.",
        fields: {
            /// When to come back.
            retry_after_seconds: u64 = 1;
        },
        advice: RetryAfter(*retry_after_seconds),
    }

    OutcomeUnknown {
        status: SERVICE_UNAVAILABLE,
        code: "outcome-unknown",
        title: "The outcome is not known",
        detail: ("It is not known whether this was done. Ask again, with the same Idempotency-Key if there was one."),
        meaning: "The answer was lost: it may have been done, or not. Ask again, with the same `Idempotency-Key` if \
                  there was one.",
        advice: RetryAfter(1),
    }

    NotReady {
        status: SERVICE_UNAVAILABLE,
        code: "not-ready",
        title: "Not ready",
        detail: ("This server should not be asked at the moment ({}).", .failed.as_str()),
        meaning: "This server should be asked nothing at the moment: the check that `failed` says why. Others may well \
                  be ready.",
        fields: {
            /// Which check.
            failed: Check = Check::Database => always(one_of(Check::ALL.map(Check::as_str)));
        },
        advice: RetryAfter(UNAVAILABLE_RETRY_SECONDS),
    }

    Unavailable(#[source] cause: Cause = "the database is away".into()) {
        status: SERVICE_UNAVAILABLE,
        code: "unavailable",
        title: "Not available at the moment",
        detail: ("The service is not available at the moment. Ask again in {UNAVAILABLE_RETRY_SECONDS} seconds."),
        meaning: "The database is away, or too slow. Ask again after `Retry-After`.",
        advice: RetryAfter(UNAVAILABLE_RETRY_SECONDS),
    }
}

impl Problem {
    /// A bug for which there is no error but these words. They are for the log.
    pub(crate) fn internal(words: impl Into<String>) -> Self {
        Self::Internal(words.into().into())
    }

    /// The field `field` is refused because of `reason`.
    pub(crate) fn field(field: &'static str, reason: impl Into<String>) -> Self {
        InvalidField::new(field, reason).into()
    }

    /// The path takes these methods only.
    pub(crate) fn method_not_allowed<'a>(allowed: impl IntoIterator<Item = &'a Method>) -> Self {
        let names: Vec<&str> = allowed.into_iter().map(Method::as_str).collect();
        Self::MethodNotAllowed { allow: names.join(", ") }
    }
}

impl From<InvalidField> for Problem {
    fn from(InvalidField { field, reason }: InvalidField) -> Self {
        Self::InvalidField { field: field.into(), reason }
    }
}

fn rfc3339(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
