//! Bodies, ids and headers of requests, checked before a handler sees them.

mod bodies;
mod fields;
mod uploads;

use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::http::header::{HeaderName, IF_MATCH};
use actix_web::{FromRequest, HttpRequest};
use auth::secrets::{AddressSecret, SECRET_CHARACTERS};
use domain::ids::{
    AccountMailId, ApiKeyId, DeliveryId, EventId, MessageId, PaymentId, PictureId, RegistrationId, ScanId,
    SimulationId, TransferId, UserId, WebhookId,
};
use domain::limits::IDEMPOTENCY_KEY_CHARACTERS_MAX;
use domain::pictures::{PictureSize, UnknownSize};
use domain::registrations::IdempotencyKey;
use futures_util::future::{Ready, ready};

pub(crate) use self::bodies::{BodyLimits, Json, NoBody, OptionalJson};
pub(crate) use self::fields::{Timestamp, WholeNumber, nullable, present};
pub(crate) use self::uploads::PictureFile;
use crate::http::arguments::{Argument, Part};
use crate::http::etags::{self, Tags};
use crate::http::problems::Problem;
use crate::http::schemas::{one_of, string, text};

/// The event that the path names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EventPath(pub(crate) EventId);

impl FromRequest for EventPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, "id", "event").map(Self))
    }
}

impl Argument for EventPath {
    fn parts() -> Vec<Part> {
        vec![Part::id::<EventId>("id", "The event."), Part::Problem(Problem::NotFound("event"))]
    }
}

/// The person that the path names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UserPath(pub(crate) UserId);

impl FromRequest for UserPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, "id", "user").map(Self))
    }
}

impl Argument for UserPath {
    fn parts() -> Vec<Part> {
        vec![Part::id::<UserId>("id", "The person."), Part::Problem(Problem::NotFound("user"))]
    }
}

/// The registration that the path names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RegistrationPath(pub(crate) RegistrationId);

impl FromRequest for RegistrationPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, "registration_id", "registration").map(Self))
    }
}

impl Argument for RegistrationPath {
    fn parts() -> Vec<Part> {
        vec![
            Part::id::<RegistrationId>("registration_id", "The registration."),
            Part::Problem(Problem::NotFound("registration")),
        ]
    }
}

/// The payment that the path names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PaymentPath(pub(crate) PaymentId);

impl FromRequest for PaymentPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, "payment_id", "payment").map(Self))
    }
}

impl Argument for PaymentPath {
    fn parts() -> Vec<Part> {
        vec![Part::id::<PaymentId>("payment_id", "The payment."), Part::Problem(Problem::NotFound("payment"))]
    }
}

/// The offer of a seat that the path names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TransferPath(pub(crate) TransferId);

impl FromRequest for TransferPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, "transfer_id", "transfer").map(Self))
    }
}

impl Argument for TransferPath {
    fn parts() -> Vec<Part> {
        vec![
            Part::id::<TransferId>("transfer_id", "The offer of a seat."),
            Part::Problem(Problem::NotFound("transfer")),
        ]
    }
}

/// The message that the path names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MessagePath(pub(crate) MessageId);

impl FromRequest for MessagePath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, "message_id", "message").map(Self))
    }
}

impl Argument for MessagePath {
    fn parts() -> Vec<Part> {
        vec![Part::id::<MessageId>("message_id", "The message."), Part::Problem(Problem::NotFound("message"))]
    }
}

/// The stress test that the path names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SimulationPath(pub(crate) SimulationId);

impl FromRequest for SimulationPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, "simulation_id", "stress test").map(Self))
    }
}

impl Argument for SimulationPath {
    fn parts() -> Vec<Part> {
        vec![
            Part::id::<SimulationId>("simulation_id", "The stress test."),
            Part::Problem(Problem::NotFound("stress test")),
        ]
    }
}

/// The webhook that the path names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WebhookPath(pub(crate) WebhookId);

impl FromRequest for WebhookPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, "webhook_id", "webhook").map(Self))
    }
}

impl Argument for WebhookPath {
    fn parts() -> Vec<Part> {
        vec![Part::id::<WebhookId>("webhook_id", "The webhook."), Part::Problem(Problem::NotFound("webhook"))]
    }
}

/// The delivery that the path names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DeliveryPath(pub(crate) DeliveryId);

impl FromRequest for DeliveryPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, "delivery_id", "delivery").map(Self))
    }
}

impl Argument for DeliveryPath {
    fn parts() -> Vec<Part> {
        vec![Part::id::<DeliveryId>("delivery_id", "The delivery."), Part::Problem(Problem::NotFound("delivery"))]
    }
}

/// The invitation that the path names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct InvitationPath(pub(crate) AccountMailId);

impl FromRequest for InvitationPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, "invitation_id", "invitation").map(Self))
    }
}

impl Argument for InvitationPath {
    fn parts() -> Vec<Part> {
        vec![
            Part::id::<AccountMailId>("invitation_id", "The invitation."),
            Part::Problem(Problem::NotFound("invitation")),
        ]
    }
}

/// The API key that the path names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ApiKeyPath(pub(crate) ApiKeyId);

impl FromRequest for ApiKeyPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, "key_id", "API key").map(Self))
    }
}

impl Argument for ApiKeyPath {
    fn parts() -> Vec<Part> {
        vec![Part::id::<ApiKeyId>("key_id", "The API key."), Part::Problem(Problem::NotFound("API key"))]
    }
}

/// The check-in that the path names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CheckInPath(pub(crate) ScanId);

impl FromRequest for CheckInPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, "check_in_id", "check-in").map(Self))
    }
}

impl Argument for CheckInPath {
    fn parts() -> Vec<Part> {
        vec![Part::id::<ScanId>("check_in_id", "The check-in."), Part::Problem(Problem::NotFound("check-in"))]
    }
}

/// The account of the door staff that the path names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MemberPath(pub(crate) UserId);

impl FromRequest for MemberPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, "user_id", "member").map(Self))
    }
}

impl Argument for MemberPath {
    fn parts() -> Vec<Part> {
        vec![Part::id::<UserId>("user_id", "The account."), Part::Problem(Problem::NotFound("member"))]
    }
}

/// The secret in the path.
#[derive(Debug)]
pub(crate) struct SecretPath(pub(crate) AddressSecret);

impl FromRequest for SecretPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let secret = AddressSecret::parse(request.match_info().query("secret"));
        ready(secret.map(Self).ok_or(Problem::NotFound("address")))
    }
}

impl Argument for SecretPath {
    fn parts() -> Vec<Part> {
        let secret = text(SECRET_CHARACTERS, SECRET_CHARACTERS).pattern(Some("^[0-9A-Za-z]+$"));
        let (says, schema) = ("The secret of the address.", secret.into());
        vec![
            Part::Id { name: "secret", says, schema, schemas: Vec::new() },
            Part::Problem(Problem::NotFound("address")),
        ]
    }
}

/// The picture that the path names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PicturePath(pub(crate) PictureId);

impl FromRequest for PicturePath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, "picture_id", "picture").map(Self))
    }
}

impl Argument for PicturePath {
    fn parts() -> Vec<Part> {
        vec![Part::id::<PictureId>("picture_id", "The picture."), Part::Problem(Problem::NotFound("picture"))]
    }
}

/// The size of a picture that the path names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PictureSizePath(pub(crate) PictureSize);

impl FromRequest for PictureSizePath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let size = request.match_info().query("size").parse();
        ready(size.map(Self).map_err(|UnknownSize| Problem::NotFound("picture")))
    }
}

impl Argument for PictureSizePath {
    fn parts() -> Vec<Part> {
        let (says, schema) = ("Its size.", one_of(PictureSize::ALL.map(PictureSize::as_str)).into());
        vec![Part::Id { name: "size", says, schema, schemas: Vec::new() }, Part::Problem(Problem::NotFound("picture"))]
    }
}

/// The id in a path segment. A malformed id is not found, like an unknown one.
fn id<T: FromStr>(request: &HttpRequest, segment: &str, what: &'static str) -> Result<T, Problem> {
    request.match_info().query(segment).parse().map_err(|_| Problem::NotFound(what))
}

const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The header of an answer with something that an earlier request with the same key has made.
pub(crate) const IDEMPOTENCY_REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The caller's idempotency key for this request, if it has one.
#[derive(Debug)]
pub(crate) struct RequestKey(pub(crate) Option<IdempotencyKey>);

impl FromRequest for RequestKey {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut keys = request.headers().get_all(IDEMPOTENCY_KEY);
        let key = match (keys.next(), keys.next()) {
            (None, _) => Ok(None),
            // A key that is not visible ASCII is refused like one with a space.
            (Some(key), None) => IdempotencyKey::parse(key.to_str().unwrap_or(" ")).map(Some).map_err(Problem::from),
            (Some(_), Some(_)) => Err(Problem::field("Idempotency-Key", "must be given once")),
        };
        ready(key.map(Self))
    }
}

impl Argument for RequestKey {
    fn parts() -> Vec<Part> {
        let says = "A key that makes the request safe to repeat. The same request with the same key makes nothing new: the \
                    answer is what the first one made, as it is now. Keys of new events count per person, keys of bookings per person and event, keys of stress \
                    tests per event.";
        let key = text(1, IDEMPOTENCY_KEY_CHARACTERS_MAX);
        let schema = key.pattern(Some("^[!-~]+$")).description(Some("Visible ASCII characters."));
        vec![Part::Header { name: "Idempotency-Key", says, schema }]
    }
}

const PREFER: &str = "prefer";

/// The preference for an answer before the work is done (RFC 7240, section 4.1).
pub(crate) const RESPOND_ASYNC: &str = "respond-async";

/// Whether the caller prefers an immediate answer to one with the outcome. Other preferences are ignored.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RespondAsync(pub(crate) bool);

impl FromRequest for RespondAsync {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut preferences = request.headers().get_all(PREFER).filter_map(|value| value.to_str().ok());
        ready(Ok(Self(preferences.any(prefers_async))))
    }
}

impl Argument for RespondAsync {
    fn parts() -> Vec<Part> {
        let says = "`respond-async`: answer as soon as the work has begun, instead of when it is done (RFC 7240). Other \
                    preferences are ignored.";
        let schema = string().description(Some("Preferences, separated by commas."));
        vec![Part::Header { name: "Prefer", says, schema }]
    }
}

/// Commas separate preferences, and semicolons their parameters. A quoted value may hold either.
fn prefers_async(preferences: &str) -> bool {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let mut preferences = preferences.split(|c| {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            _ => {}
        }
        c == ',' && !is_quoted
    });
    preferences.any(|preference| {
        let name = preference.split(';').next().unwrap_or_default();
        name.trim().eq_ignore_ascii_case(RESPOND_ASYNC)
    })
}

/// The edit versions that the caller has seen, from `If-Match`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ExpectedVersions {
    /// Any version may be edited: there is no such header, or it is `*`.
    Any,
    /// One of these. The list is empty if no tag is one of an event.
    Listed(Vec<i64>),
}

impl FromRequest for ExpectedVersions {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let expected = Tags::of(request.headers(), &IF_MATCH).map(|tags| match tags {
            None | Some(Tags::Any) => Self::Any,
            Some(Tags::Listed(tags)) => Self::Listed(tags.iter().filter_map(|tag| version(tag)).collect()),
        });
        ready(expected.map_err(|_| Self::malformed()))
    }
}

impl Argument for ExpectedVersions {
    fn parts() -> Vec<Part> {
        let says = "The event's ETag, or several. The edit is refused if somebody else has edited the event since all of \
                    them. With `*` or without the header, any version is edited. Bookings do not count as edits, and a \
                    weak tag counts as the strong one.";
        let schema = string().pattern(Some(etags::PATTERN)).description(Some("ETags, in quotes, or `*`."));
        let problems = [Self::malformed(), Problem::EditConflict { current_version: 4 }];
        let header = [Part::Header { name: "If-Match", says, schema }];
        header.into_iter().chain(problems.map(Part::Problem)).collect()
    }
}

impl ExpectedVersions {
    /// No event has this version.
    const NONE: i64 = 0;

    /// The version to edit, if that is the event's current one. `None` edits any version.
    pub(crate) fn newest(&self) -> Option<i64> {
        match self {
            Self::Any => None,
            Self::Listed(versions) => Some(versions.iter().copied().max().unwrap_or(Self::NONE)),
        }
    }

    /// Whether the caller has seen this version.
    pub(crate) fn names(&self, version: i64) -> bool {
        match self {
            Self::Any => true,
            Self::Listed(versions) => versions.contains(&version),
        }
    }

    /// The problem of an `If-Match` header that cannot be read.
    pub(crate) fn malformed() -> Problem {
        Problem::MalformedHeader { header: "If-Match", reason: "must be * or ETags, in quotes and separated by commas" }
    }
}

/// The edit version in an event's ETag. The number after it counts bookings, which do not matter for edits, and neither
/// does the organizer's name, which the rest stands for. `None` for a tag of something else.
fn version(tag: &[u8]) -> Option<i64> {
    let (version, rest) = std::str::from_utf8(tag).ok()?.split_once('.')?;
    let last_decision = rest.split_once('-').map_or(rest, |(last_decision, _)| last_decision);
    last_decision.parse::<i64>().ok()?;
    version.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn respond_async_is_found_among_other_preferences() {
        for value in [
            "respond-async",
            "Respond-Async",
            "wait=10, respond-async",
            "respond-async ; x=1,wait=10",
            "a=\"\\\"\", respond-async",
        ] {
            assert!(prefers_async(value), "{value}");
        }
        for value in ["", "wait=10", "respond-asynchronously", "a=\"b, respond-async\"", "a=\"\\\", respond-async\""] {
            assert!(!prefers_async(value), "{value}");
        }
    }
}
