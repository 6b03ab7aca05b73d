//! All problems, one row each.

use std::borrow::Cow;
use std::error::Error as StdError;

use actix_web::http::{Method, StatusCode};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::limits::{EDITS_PER_EVENT_MAX, EVENTS_PER_ORGANIZER_MAX, GIVEN_UP_PER_PERSON_MAX};
use domain::registrations::RegistrationStatus;
use domain::text::InvalidField;
use serde::Serialize;
use serde_json::{Map, Value};
use thiserror::Error;

use super::rows::Advice::{self, Allow, Challenge, RetryAfter, RetryAfterAbout};
use super::rows::{Kind, Member, always, always_as, if_any, problems, tell};
use super::spread::spread;
use crate::http::registrations::{PlacedRegistration, RegistrationBody};
use crate::http::samples::{registration, sale, start};
use crate::http::schemas::{integer, one_of, string, time};

/// `Retry-After` while the database is away: a little longer than it takes to restart.
const UNAVAILABLE_RETRY_SECONDS: u64 = 2;

/// The cause of a problem that callers learn nothing about. It is for the log.
pub(crate) type Cause = Box<dyn StdError + Send + Sync>;

/// Why there is no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum NoSession {
    /// The request has no token.
    #[error("Sign in first, and send the token as Authorization: Bearer.")]
    NoToken,
    /// The token cannot be read, or its signature is wrong.
    #[error("The token is not valid. Sign in again.")]
    InvalidToken,
    /// The person signed out, or password or role changed, or the account was deactivated or erased, since the token
    /// was issued.
    #[error("This session has ended, or your account has changed since the token was issued. Sign in again.")]
    AccessChanged,
    /// The password is right, but the account has been deactivated.
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
    /// Changes of accounts' access are heard of in time.
    Access,
    /// The server is not about to stop.
    Stopping,
}

impl Check {
    const ALL: [Self; 4] = [Self::Database, Self::Migrations, Self::Access, Self::Stopping];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Migrations => "migrations",
            Self::Access => "access",
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
            /// Where it is wrong.
            reason: String = "it is wrong at line 1, column 10".to_owned();
        },
    }

    MalformedRequest {
        status: BAD_REQUEST,
        code: "malformed-request",
        title: "Malformed request",
        detail: ("This is not an HTTP request that the server can read."),
        meaning: "The server cannot read the request. It closes the connection.",
    }

    MalformedHeader {
        status: BAD_REQUEST,
        code: "malformed-header",
        title: "Malformed header",
        detail: ("The header {header} {reason}."),
        meaning: "The server does not understand the header that `header` names.",
        fields: {
            /// The name of the header.
            header: &'static str = "If-Match" => always(string());
            /// What is wrong with it.
            reason: &'static str = "must be * or ETags, in quotes and separated by commas";
        },
    }

    Unauthenticated(why: NoSession = NoSession::NoToken) {
        status: UNAUTHORIZED,
        code: "unauthenticated",
        title: "Not signed in",
        detail: ("{0}"),
        meaning: "The request has no token, or an invalid one, or its session has ended, or the account has changed or \
                  was deactivated since the token was issued. Sign in.",
        advice: Challenge(why.challenge()),
    }

    TokenExpired {
        status: UNAUTHORIZED,
        code: "token-expired",
        title: "Session expired",
        detail: ("Your session has expired. Sign in again."),
        meaning: "The token has expired. Sign in again.",
        advice: Challenge(CHALLENGE_AFTER_TOKEN),
    }

    WrongCredentials {
        status: UNAUTHORIZED,
        code: "wrong-credentials",
        title: "Wrong e-mail address or password",
        detail: ("The e-mail address or the password is wrong."),
        meaning: "No account has this e-mail address and password.",
        advice: Challenge(CHALLENGE),
    }

    Forbidden {
        status: FORBIDDEN,
        code: "forbidden",
        title: "Not allowed",
        detail: ("Your account's role does not allow this."),
        meaning: "The caller's role does not allow the request.",
    }

    NotFound(what: &'static str = "event") {
        status: NOT_FOUND,
        code: "not-found",
        title: "Not found",
        detail: ("There is no such {0}."),
        meaning: "It does not exist, or the caller may not see it.",
    }

    MethodNotAllowed {
        status: METHOD_NOT_ALLOWED,
        code: "method-not-allowed",
        title: "Method not allowed",
        detail: ("This path takes {allow} only."),
        meaning: "The path does not take this method. `Allow` lists the methods that it takes.",
        fields: {
            /// The methods, separated by commas.
            allow: String = "GET, HEAD, POST".to_owned();
        },
        advice: Allow(allow),
    }

    NotAcceptable {
        status: NOT_ACCEPTABLE,
        code: "not-acceptable",
        title: "Not acceptable",
        detail: ("The answer is available as {offered}, but the header Accept excludes that."),
        meaning: "`Accept` excludes every media type that the answer is available in.",
        fields: {
            /// The media types.
            offered: String = "application/json or text/csv".to_owned();
        },
    }

    RequestTimeout {
        status: REQUEST_TIMEOUT,
        code: "request-timeout",
        title: "Request timeout",
        detail: ("The request did not arrive in time."),
        meaning: "The request did not arrive in time. Send it again.",
    }

    AlreadyRegistered {
        status: CONFLICT,
        code: "already-registered",
        title: "Already registered",
        detail: ("You have already booked this event, or are on its waitlist."),
        meaning: "The caller already has a seat at the event, or is on its waitlist: the `registration`.",
        fields: {
            /// The registration that the person has.
            registration: Box<PlacedRegistration> = Box::new(registration(RegistrationStatus::Confirmed))
                => always_as::<RegistrationBody>();
        },
    }

    TooManyRegistrations {
        status: CONFLICT,
        code: "too-many-registrations",
        title: "Too many registrations",
        detail: ("{GIVEN_UP_PER_PERSON_MAX} bookings of yours at this event have been cancelled. You cannot book it again."),
        meaning: "Too many bookings of the caller at this event have been cancelled to book it again. Nothing was changed.",
    }

    RegistrationRemoved {
        status: CONFLICT,
        code: "registration-removed",
        title: "Booking removed",
        detail: ("The organizer has removed your booking of this event. You cannot book it again."),
        meaning: "The organizer has removed the caller's booking of the event, and does not allow another one. The \
                  caller's registrations have the reason.",
    }

    TooManyEvents {
        status: CONFLICT,
        code: "too-many-events",
        title: "Too many events",
        detail: ("The account has reached the limit of {EVENTS_PER_ORGANIZER_MAX} events."),
        meaning: "The account has created as many events as one account may, whatever has become of them. Or it runs as many, \
                  so that it cannot be handed another one.",
    }

    NotADraft {
        status: CONFLICT,
        code: "not-a-draft",
        title: "The event is not a draft",
        detail: ("Only drafts can be deleted. This event has been published or cancelled."),
        meaning: "Only drafts can be deleted. The event has been published or cancelled.",
    }

    EventNotPublished {
        status: CONFLICT,
        code: "event-not-published",
        title: "The event is not published",
        detail: ("The event is a draft. Publish it first."),
        meaning: "The event is a draft, and the caller runs it. Publish it first.",
    }

    EventCancelled {
        status: CONFLICT,
        code: "event-cancelled",
        title: "The event has been cancelled",
        detail: ("The event has been cancelled. Its bookings, capacity and times no longer change."),
        meaning: "The event has been cancelled. Its bookings, capacity and times no longer change.",
    }

    EventEnded {
        status: CONFLICT,
        code: "event-ended",
        title: "The event has ended",
        detail: ("The event has ended. Its bookings, capacity and times no longer change."),
        meaning: "The event has ended. Its bookings, capacity and times no longer change.",
    }

    SalesNotOpen {
        status: CONFLICT,
        code: "sales-not-open",
        title: "Sales have not opened yet",
        detail: ("Sales open at {}.", rfc3339(*.opens_at)),
        meaning: "Sales have not opened yet. Ask again at `opens_at`.",
        fields: {
            /// When sales open.
            opens_at: DateTime<Utc> = sale() => always(time());
        },
    }

    SalesClosed {
        status: CONFLICT,
        code: "sales-closed",
        title: "Sales have closed",
        detail: ("Sales closed at {}.", rfc3339(*.closed_at)),
        meaning: "Sales closed at `closed_at`.",
        fields: {
            /// When sales closed.
            closed_at: DateTime<Utc> = start() => always(time());
        },
    }

    CancellingEnded {
        status: CONFLICT,
        code: "cancelling-ended",
        title: "Bookings can no longer be cancelled",
        detail: ("Bookings could be cancelled until {}.", rfc3339(*.ended_at)),
        meaning: "Bookings of the event can no longer be cancelled, since `ended_at`: its start, or an earlier time that \
                  the organizer has set.",
        fields: {
            /// Since when bookings can no longer be cancelled.
            ended_at: DateTime<Utc> = start() => always(time());
        },
    }

    EventUnderTest {
        status: CONFLICT,
        code: "event-under-test",
        title: "The event is under test",
        detail: ("A stress test is using this event. It takes bookings again when an admin has undone the test."),
        meaning: "A stress test is using the event. It takes bookings again when an admin has undone the test.",
    }

    CapacityBelowConfirmed {
        status: CONFLICT,
        code: "capacity-below-confirmed",
        title: "Capacity below the confirmed bookings",
        detail: ("{confirmed} people have a seat. The capacity cannot be lower."),
        meaning: "The capacity cannot be lower than the number of people who have a seat.",
        fields: {
            /// How many have a seat.
            confirmed: i32 = 100 => always(integer(1, None));
        },
    }

    CapacityRaiseTooLarge {
        status: CONFLICT,
        code: "capacity-raise-too-large",
        title: "Too many seats at once",
        detail: ("One edit cannot give out so many seats. Raise the capacity to {capacity_at_most} first."),
        meaning: "One edit cannot give seats to so many people on the waitlist. Raise the capacity to \
                  `capacity_at_most` first, then further.",
        fields: {
            /// The highest capacity that one edit can set.
            capacity_at_most: i32 = 20_100 => always(integer(1, None));
        },
    }

    EmailTaken {
        status: CONFLICT,
        code: "email-taken",
        title: "E-mail address taken",
        detail: ("An account with this e-mail address already exists."),
        meaning: "Another account has this e-mail address.",
    }

    LastAdmin {
        status: CONFLICT,
        code: "last-admin",
        title: "Last active admin",
        detail: ("This is the last active admin. Make somebody else an admin first."),
        meaning: "The change would leave no active admin. Make somebody else an admin first.",
    }

    TooManyEdits {
        status: CONFLICT,
        code: "too-many-edits",
        title: "Too many edits",
        detail: ("This event has been edited {EDITS_PER_EVENT_MAX} times, which is the limit."),
        meaning: "The event has reached the limit of edits. It can still be published or cancelled.",
    }

    ComingEvents {
        status: CONFLICT,
        code: "coming-events",
        title: "Coming events",
        detail: (
            "This account has events that are still to come. Hand them over to another organizer, or cancel them, or delete \
             the drafts."
        ),
        meaning: "An account with events that are neither over nor cancelled is not erased. Hand the events over to another \
                  organizer, or cancel them, or delete the drafts.",
    }

    OwnPassword {
        status: CONFLICT,
        code: "own-password",
        title: "Own password",
        detail: ("This is your own account. Change its password with the old one, by POST /auth/password."),
        meaning: "An admin's own password is changed with the old one, by `POST /auth/password`. A token alone does not \
                  replace it.",
    }

    SimulationRunning {
        status: CONFLICT,
        code: "simulation-running",
        title: "A stress test is running",
        detail: ("A stress test is running. Try again when it has ended."),
        meaning: "A stress test is running. Try again when it has ended.",
    }

    EditConflict {
        status: PRECONDITION_FAILED,
        code: "edit-conflict",
        title: "Edit conflict",
        detail: ("Somebody else has edited the event. Read it again: its edit version is now {current_version}."),
        meaning: "Somebody else has edited the event since the versions in `If-Match`. Read it again, then edit it.",
        fields: {
            /// The event's current `edit_version`.
            current_version: i64 = 4 => always(integer(1, None));
        },
    }

    BodyTooLarge {
        status: PAYLOAD_TOO_LARGE,
        code: "body-too-large",
        title: "Body too large",
        detail: ("The body is larger than {limit_bytes} bytes."),
        meaning: "The body is larger than `limit_bytes`.",
        fields: {
            /// The largest size of a body, in bytes.
            limit_bytes: usize = 131_072 => always(integer(1, None));
        },
    }

    UnsupportedMediaType {
        status: UNSUPPORTED_MEDIA_TYPE,
        code: "unsupported-media-type",
        title: "The body is not JSON",
        detail: ("The body must be JSON, with the header Content-Type: application/json."),
        meaning: "The body's `Content-Type` is not `application/json`.",
    }

    UnsupportedEncoding {
        status: UNSUPPORTED_MEDIA_TYPE,
        code: "unsupported-encoding",
        title: "The body is compressed",
        detail: ("The body must not be compressed. Leave the header Content-Encoding out."),
        meaning: "The body is compressed. Send it as it is, without `Content-Encoding`.",
    }

    MisdirectedRequest {
        status: MISDIRECTED_REQUEST,
        code: "misdirected-request",
        title: "Unknown host",
        detail: ("The Host header does not name this server (server.allowed_hosts)."),
        meaning: "The `Host` header does not name this server.",
    }

    InvalidField {
        status: UNPROCESSABLE_ENTITY,
        code: "invalid-field",
        title: "Invalid field",
        detail: ("{field}: {reason}."),
        meaning: "The value of `field` (in the body, the query or a header) is not valid. `detail` says why.",
        fields: {
            /// The name of the field.
            field: Cow<'static, str> = "title".into() => always(string());
            /// What is wrong with it.
            reason: String = "must not be empty".to_owned();
        },
    }

    InvalidBody {
        status: UNPROCESSABLE_ENTITY,
        code: "invalid-body",
        title: "Invalid body",
        detail: ("{reason}."),
        meaning: "A field of the body is missing, unknown, given twice, or of the wrong type. `field` names it, unless \
                  the body as a whole is wrong.",
        fields: {
            /// The name of the field.
            field: Option<String> = Some("capacity".to_owned()) => if_any(string());
            /// What is wrong.
            reason: String = "capacity: is missing".to_owned();
        },
    }

    TooManyAttempts {
        status: TOO_MANY_REQUESTS,
        code: "too-many-attempts",
        title: "Too many attempts",
        detail: ("Too many attempts have failed. Try again in {retry_after_seconds} seconds."),
        meaning: "Too many attempts from this address or at this account. Try again after `Retry-After`.",
        fields: {
            /// Seconds until the next attempt is allowed.
            retry_after_seconds: u64 = 30;
        },
        advice: RetryAfter(*retry_after_seconds),
    }

    TooManyAccounts {
        status: TOO_MANY_REQUESTS,
        code: "too-many-accounts",
        title: "Too many new accounts",
        detail: (
            "This address has created {limit} accounts in {window_minutes} minutes, which is the limit. Try again in \
             {retry_after_seconds} seconds."
        ),
        meaning: "The address has created as many accounts as one address may, which `limit` says. Try again after \
                  `Retry-After`.",
        fields: {
            /// The most accounts that one address may create within `window_minutes`.
            limit: usize = 200 => always(integer(1, None));
            /// The minutes in which new accounts are counted.
            window_minutes: u64 = 15 => always(integer(1, None));
            /// Seconds until the next account may be created.
            retry_after_seconds: u64 = 30;
        },
        advice: RetryAfter(*retry_after_seconds),
    }

    HeadersTooLarge {
        status: REQUEST_HEADER_FIELDS_TOO_LARGE,
        code: "headers-too-large",
        title: "Headers too large",
        detail: ("The request's headers are too large, or too many."),
        meaning: "The request's headers are too large, or too many. The server closes the connection.",
    }

    Internal(#[source] cause: Cause = "a bug".into()) {
        status: INTERNAL_SERVER_ERROR,
        code: "internal",
        title: "Something went wrong",
        detail: ("Something went wrong on our side. Please report the request id."),
        meaning: "An error in the server. Its log has the cause under the `request_id`.",
    }

    Busy {
        status: SERVICE_UNAVAILABLE,
        code: "busy",
        title: "Busy",
        detail: ("The server is busy. Nothing was changed. Try again in {retry_after_seconds} seconds."),
        meaning: "The server is busy. Nothing was changed. Try again after `Retry-After`.",
        fields: {
            /// Seconds until the next try.
            retry_after_seconds: u64 = 1;
        },
        advice: RetryAfter(*retry_after_seconds),
    }

    OutcomeUnknown {
        status: SERVICE_UNAVAILABLE,
        code: "outcome-unknown",
        title: "Outcome unknown",
        detail: ("We do not know whether this was done. Try again, with the same Idempotency-Key if there was one."),
        meaning: "The database's answer was lost, so the change may have been made or not. Try again, with the same \
                  `Idempotency-Key` if there was one.",
        advice: RetryAfterAbout(1),
    }

    NotReady {
        status: SERVICE_UNAVAILABLE,
        code: "not-ready",
        title: "Not ready",
        detail: ("This server is not ready. The check that failed: {}.", .failed.as_str()),
        meaning: "This server is not ready. `failed` names the check that failed. Other servers may be ready.",
        fields: {
            /// The check that failed.
            failed: Check = Check::Database => always(one_of(Check::ALL.map(Check::as_str)));
        },
        advice: RetryAfter(UNAVAILABLE_RETRY_SECONDS),
    }

    Unavailable(#[source] cause: Cause = "the database is away".into()) {
        status: SERVICE_UNAVAILABLE,
        code: "unavailable",
        title: "Unavailable",
        detail: ("The service is not available at the moment. Try again in a few seconds."),
        meaning: "The database cannot be reached, or is too slow. Try again after `Retry-After`.",
        advice: RetryAfterAbout(UNAVAILABLE_RETRY_SECONDS),
    }
}

impl Problem {
    /// A bug for which there is no error but these words. They are for the log.
    pub(crate) fn internal(words: impl Into<String>) -> Self {
        Self::Internal(words.into().into())
    }

    /// Nothing was changed. The client should stay away for at least `seconds`; the problem tells some clients more, so
    /// that a crowd does not come back at once.
    pub(crate) fn busy(seconds: u64) -> Self {
        Self::Busy { retry_after_seconds: spread(seconds) }
    }

    /// The field `field` is refused because of `reason`.
    pub(crate) fn field(field: &'static str, reason: impl Into<String>) -> Self {
        InvalidField::new(field, reason).into()
    }

    /// No event can be handed over to this address. It may have no account, or one that cannot run events: one answer
    /// for all, so that nobody finds out which addresses have accounts.
    pub(crate) fn cannot_run_events() -> Self {
        Self::field("email", "must be the address of an active organizer or administrator")
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
