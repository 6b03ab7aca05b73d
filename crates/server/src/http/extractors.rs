//! Bodies, ids and headers of requests, checked before a handler sees them.

use std::str::FromStr;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, IF_MATCH};
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpRequest};
use chrono::{DateTime, SubsecRound, Utc};
use domain::ids::{EventId, RegistrationId, UserId};
use domain::limits::IDEMPOTENCY_KEY_CHARACTERS_MAX;
use domain::registrations::IdempotencyKey;
use futures_util::StreamExt;
use futures_util::future::{Either, LocalBoxFuture, Ready, ready};
use serde::de::{DeserializeOwned, Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use crate::http::arguments::{Argument, Part};
use crate::http::problems::Problem;
use crate::http::schemas::{Presence, string, text};

/// The most that is passed on of a parser's message. It may repeat parts of the body.
const REASON_CHARACTERS_MAX: usize = 300;

/// A body that is a JSON object of this shape.
#[derive(Debug)]
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let head = check_head(request);
        let body = payload.take();
        Box::pin(async move {
            let bytes = read(body, head?).await?;
            Ok(Self(object(&bytes)?))
        })
    }
}

impl<T: ToSchema> Argument for Json<T> {
    fn parts() -> Vec<Part> {
        let wrong_shape = Problem::InvalidBody {
            field: Some("capacity".to_owned()),
            reason: "capacity: invalid type: string \"many\", expected i64".to_owned(),
        };
        let body = [Part::body::<T>(Presence::Required)];
        body.into_iter().chain(problems_of_bodies()).chain([Part::Problem(wrong_shape)]).collect()
    }
}

/// No body, or an empty JSON object.
#[derive(Debug)]
pub(crate) struct NoBody;

/// An empty object.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmptyObject)]
pub(crate) struct Nothing {}

impl FromRequest for NoBody {
    type Error = Problem;
    type Future = Either<Ready<Result<Self, Problem>>, LocalBoxFuture<'static, Result<Self, Problem>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = payload.take();
        if matches!(body, Payload::None) {
            return Either::Left(ready(Ok(Self)));
        }
        let limits = limits(request);
        let is_json = is_json(request.headers());
        Either::Right(Box::pin(async move {
            let bytes = read(body, limits?).await?;
            if bytes.trim_ascii().is_empty() {
                return Ok(Self);
            }
            if !is_json {
                return Err(Problem::UnsupportedMediaType);
            }
            let Nothing {} = object(&bytes)?;
            Ok(Self)
        }))
    }
}

impl Argument for NoBody {
    fn parts() -> Vec<Part> {
        let wrong_shape = Problem::InvalidBody {
            field: Some("force".to_owned()),
            reason: "force: unknown field `force`, there are no fields".to_owned(),
        };
        let body = [Part::body::<Nothing>(Presence::Optional)];
        body.into_iter().chain(problems_of_bodies()).chain([Part::Problem(wrong_shape)]).collect()
    }
}

fn problems_of_bodies() -> impl Iterator<Item = Part> {
    let problems = [
        Problem::MalformedJson { reason: "expected value at line 1 column 10".to_owned() },
        Problem::RequestTimeout,
        Problem::BodyTooLarge { limit_bytes: 131_072 },
        Problem::UnsupportedMediaType,
        Problem::UnsupportedEncoding,
    ];
    problems.into_iter().map(Part::Problem)
}

/// The limits of a request's body. The server sets them on every route.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BodyLimits {
    /// The longest body, in bytes.
    pub(crate) bytes: usize,
    /// The time that a client may take to send it.
    pub(crate) time: Duration,
}

fn limits(request: &HttpRequest) -> Result<BodyLimits, Problem> {
    let limits = request.app_data::<BodyLimits>().copied();
    let limits = limits.ok_or_else(|| Problem::internal("a route has no body limits"))?;
    // Compressed bodies are refused, since a small one could unpack to a huge one.
    if request.headers().get_all(CONTENT_ENCODING).any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Err(Problem::UnsupportedEncoding);
    }
    let length = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    match length.map(usize::try_from) {
        Some(Ok(length)) if length <= limits.bytes => Ok(limits),
        None => Ok(limits),
        Some(_) => Err(Problem::BodyTooLarge { limit_bytes: limits.bytes }),
    }
}

fn check_head(request: &HttpRequest) -> Result<BodyLimits, Problem> {
    if is_json(request.headers()) { limits(request) } else { Err(Problem::UnsupportedMediaType) }
}

fn is_json(headers: &HeaderMap) -> bool {
    let essence = |value: &str| value.split(';').next().map(|essence| essence.trim().to_ascii_lowercase());
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).and_then(essence);
    media_type.as_deref() == Some("application/json")
}

async fn read(mut body: Payload, limits: BodyLimits) -> Result<Bytes, Problem> {
    let reading = async {
        let mut whole = BytesMut::new();
        while let Some(part) = body.next().await {
            let part = part.map_err(|_| Problem::MalformedJson { reason: "the body is incomplete".to_owned() })?;
            if whole.len() + part.len() > limits.bytes {
                return Err(Problem::BodyTooLarge { limit_bytes: limits.bytes });
            }
            whole.extend_from_slice(&part);
        }
        Ok(whole.freeze())
    };
    tokio::time::timeout(limits.time, reading).await.map_err(|_| Problem::RequestTimeout)?
}

/// Parses a JSON object. The first byte is checked, since serde would accept an array for a struct.
fn object<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let malformed = |error: serde_json::Error| Problem::MalformedJson { reason: shortened(&error.to_string()) };
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        serde_json::from_slice::<IgnoredAny>(bytes).map_err(malformed)?;
        return Err(Problem::InvalidBody { field: None, reason: "The body must be a JSON object".to_owned() });
    }
    let mut parser = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut parser).map_err(|error| {
        let path = error.path().to_string();
        match error.inner() {
            inner if inner.is_data() => wrong_shape(&error),
            // If an enum's name is not a string, serde_json reports a syntax error, although the JSON is valid.
            _ if serde_json::from_slice::<serde_json::Value>(bytes).is_ok() => {
                Problem::InvalidBody { reason: shortened(&format!("{path}: must be a string")), field: Some(path) }
            }
            _ => malformed(error.into_inner()),
        }
    })?;
    parser.end().map_err(malformed)?;
    Ok(value)
}

fn wrong_shape(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let reason = error.inner().to_string();
    let path = error.path().to_string();
    // For these two errors, serde names the field in its message, and the path is that of the enclosing object.
    let about_fields = ["missing field `", "duplicate field `"];
    let quoted =
        about_fields.iter().find_map(|start| reason.strip_prefix(start)).and_then(|rest| rest.split('`').next());
    let field = match quoted {
        Some(field) => Some(field.to_owned()),
        None if path == "." => None,
        None => Some(path),
    };
    let named = field.as_deref().filter(|_| quoted.is_none());
    let reason = named.map_or_else(|| reason.clone(), |field| format!("{field}: {reason}"));
    Problem::InvalidBody { field: field.map(|field| shortened(&field)), reason: shortened(&reason) }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(REASON_CHARACTERS_MAX) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A time as callers write it (RFC 3339), in whole microseconds, which is what the database keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(value_type = DateTime<Utc>)]
pub(crate) struct Timestamp(pub(crate) DateTime<Utc>);

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match DateTime::parse_from_rfc3339(&text) {
            Ok(time) => Ok(Self(time.with_timezone(&Utc).trunc_subsecs(6))),
            Err(_) => Err(D::Error::custom("must be a date and time like 2030-03-01T19:30:00Z (RFC 3339)")),
        }
    }
}

/// Reads a field that may be left out but must not be null. It needs `serde(default)` as well.
pub(crate) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

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
        let schema = key.description(Some("Visible ASCII characters."));
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

/// The edit version that the caller has seen, from `If-Match`. `None` accepts any version.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ExpectedVersion(pub(crate) Option<i64>);

impl FromRequest for ExpectedVersion {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut tags = request.headers().get_all(IF_MATCH);
        let version = match (tags.next(), tags.next()) {
            (None, _) => Some(None),
            (Some(tag), None) => tag.to_str().ok().and_then(|tag| version(tag.trim())),
            (Some(_), Some(_)) => None,
        };
        ready(version.map(Self).ok_or_else(Self::malformed))
    }
}

impl Argument for ExpectedVersion {
    fn parts() -> Vec<Part> {
        let says = "The event's ETag. The edit is refused if somebody else has edited the event since. With `*` or without \
                    the header, any version is edited. Bookings do not count as edits.";
        let schema = string().description(Some("An event's ETag, in quotes, or `*`."));
        let problems = [Self::malformed(), Problem::EditConflict { current_version: 4 }];
        let header = [Part::Header { name: "If-Match", says, schema }];
        header.into_iter().chain(problems.map(Part::Problem)).collect()
    }
}

impl ExpectedVersion {
    /// The problem of an `If-Match` header that holds no version.
    pub(crate) fn malformed() -> Problem {
        Problem::MalformedHeader { header: "If-Match", reason: "must be * or one ETag of the event, in quotes" }
    }
}

/// The edit version in an ETag, or `None` for `*`. The number after it counts bookings, which do not matter for edits.
fn version(tag: &str) -> Option<Option<i64>> {
    if tag == "*" {
        return Some(None);
    }
    let tag = tag.strip_prefix('"')?.strip_suffix('"')?;
    let (version, last_decision) = tag.split_once('.')?;
    last_decision.parse::<i64>().ok()?;
    version.parse().ok().map(Some)
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
