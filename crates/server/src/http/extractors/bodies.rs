//! JSON bodies, with limits on their size and time, and errors in this program's own words.

use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use futures_util::future::{Either, LocalBoxFuture, Ready, ready};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use utoipa::ToSchema;

use super::fields::WHOLE_NUMBER;
use crate::http::arguments::{Argument, Part};
use crate::http::problems::Problem;
use crate::http::schemas::Presence;

/// The most that an answer repeats of the name of a field.
const QUOTED_CHARACTERS_MAX: usize = 100;

const JSON: &str = "application/json";

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
            let bytes = read(body, head?, incomplete).await?;
            Ok(Self(object(&bytes)?))
        })
    }
}

impl<T: ToSchema> Argument for Json<T> {
    fn parts() -> Vec<Part> {
        let wrong_shape = Problem::InvalidBody {
            field: Some("capacity".to_owned()),
            reason: "capacity: must be a whole number".to_owned(),
        };
        let body = [Part::body::<T>(Presence::Required)];
        body.into_iter().chain(problems_of_bodies()).chain([Part::Problem(wrong_shape)]).collect()
    }
}

/// No body, or an empty JSON object.
#[derive(Debug)]
pub(crate) struct NoBody;

/// An empty object.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmptyObject)]
pub(crate) struct Nothing {}

impl FromRequest for NoBody {
    type Error = Problem;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        optional(request, payload, |body: Option<Nothing>| {
            let (None | Some(Nothing {})) = body;
            Self
        })
    }
}

/// A body that is a JSON object of this shape, or no body.
#[derive(Debug)]
pub(crate) struct OptionalJson<T>(pub(crate) Option<T>);

impl<T: DeserializeOwned + 'static> FromRequest for OptionalJson<T> {
    type Error = Problem;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        optional(request, payload, Self)
    }
}

impl<T: ToSchema> Argument for OptionalJson<T> {
    fn parts() -> Vec<Part> {
        let wrong_shape = Problem::InvalidBody {
            field: Some("ticket_type".to_owned()),
            reason: "ticket_type: must be a whole number".to_owned(),
        };
        let body = [Part::body::<T>(Presence::Optional)];
        body.into_iter().chain(problems_of_bodies()).chain([Part::Problem(wrong_shape)]).collect()
    }
}

/// Reading a body: at once if there is none.
type Reading<T> = Either<Ready<Result<T, Problem>>, LocalBoxFuture<'static, Result<T, Problem>>>;

/// Reads a body that may be missing. Without one, nothing waits.
fn optional<T: DeserializeOwned + 'static, Extracted: 'static>(
    request: &HttpRequest,
    payload: &mut Payload,
    extract: impl FnOnce(Option<T>) -> Extracted + 'static,
) -> Reading<Extracted> {
    let body = payload.take();
    if matches!(body, Payload::None) {
        return Either::Left(ready(Ok(extract(None))));
    }
    let limits = limits(request);
    let is_json = is_json(request.headers());
    Either::Right(Box::pin(async move {
        let bytes = read(body, limits?, incomplete).await?;
        if bytes.trim_ascii().is_empty() {
            return Ok(extract(None));
        }
        if !is_json {
            return Err(Problem::UnsupportedMediaType { expected: JSON });
        }
        Ok(extract(Some(object(&bytes)?)))
    }))
}

impl Argument for NoBody {
    fn parts() -> Vec<Part> {
        let wrong_shape = Problem::InvalidBody {
            field: Some("force".to_owned()),
            reason: "force: is not known; the body takes no fields".to_owned(),
        };
        let body = [Part::body::<Nothing>(Presence::Optional)];
        body.into_iter().chain(problems_of_bodies()).chain([Part::Problem(wrong_shape)]).collect()
    }
}

fn problems_of_bodies() -> impl Iterator<Item = Part> {
    let problems = [
        Problem::MalformedJson { reason: "it is wrong at line 1, column 10".to_owned() },
        Problem::RequestTimeout,
        Problem::BodyTooLarge { limit_bytes: 131_072 },
        Problem::UnsupportedMediaType { expected: JSON },
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
    check_length(request, limits.ok_or_else(|| Problem::internal("a route has no body limits"))?)
}

/// These limits, unless it is certain from the head that the body is not within them.
pub(super) fn check_length(request: &HttpRequest, limits: BodyLimits) -> Result<BodyLimits, Problem> {
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
    if is_json(request.headers()) { limits(request) } else { Err(Problem::UnsupportedMediaType { expected: JSON }) }
}

fn is_json(headers: &HeaderMap) -> bool {
    media_type(headers).as_deref() == Some(JSON)
}

/// The media type of the body, without parameters.
pub(super) fn media_type(headers: &HeaderMap) -> Option<String> {
    let essence = |value: &str| value.split(';').next().map(|essence| essence.trim().to_ascii_lowercase());
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).and_then(essence)
}

/// Reads a body within its limits. `broken` is the problem of one that breaks off.
pub(super) async fn read(
    mut body: Payload,
    limits: BodyLimits,
    broken: impl Fn() -> Problem,
) -> Result<Bytes, Problem> {
    let reading = async {
        let mut whole = BytesMut::new();
        while let Some(part) = body.next().await {
            let part = part.map_err(|_| broken())?;
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
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        serde_json::from_slice::<IgnoredAny>(bytes).map_err(|error| malformed(&error))?;
        return Err(Problem::InvalidBody { field: None, reason: "The body must be a JSON object".to_owned() });
    }
    let mut parser = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut parser).map_err(|error| {
        if error.inner().is_data() {
            wrong_shape(&error.path().to_string(), &error.inner().to_string())
        } else {
            malformed(error.inner())
        }
    })?;
    parser.end().map_err(|error| malformed(&error))?;
    Ok(value)
}

fn incomplete() -> Problem {
    Problem::MalformedJson { reason: "it is incomplete".to_owned() }
}

/// The parser's words are not passed on: they are about its insides.
fn malformed(error: &serde_json::Error) -> Problem {
    let reason = if error.is_eof() {
        "it ends too early".to_owned()
    } else {
        format!("it is wrong at line {}, column {}", error.line(), error.column())
    };
    Problem::MalformedJson { reason }
}

/// The problem of a body that is JSON of another shape. serde tells in one text what it found. Only the names of this
/// program's own fields, and the words of this program's own types, are taken from it.
fn wrong_shape(path: &str, message: &str) -> Problem {
    let quoted = |start: &str| message.strip_prefix(start).and_then(|rest| rest.split('`').next());
    // For the first two errors, the path is that of the enclosing object.
    let (field, reason) = if let Some(field) = quoted("missing field `") {
        (Some(field), "is missing".to_owned())
    } else if let Some(field) = quoted("duplicate field `") {
        (Some(field), "is given twice".to_owned())
    } else {
        let known = known_fields(path, message).map(|known| format!("is not known; the body takes {known}"));
        ((path != ".").then_some(path), known.unwrap_or_else(|| expected(message).to_owned()))
    };
    let field = field.map(shortened);
    let reason = match &field {
        Some(field) => format!("{field}: {reason}"),
        None => format!("The body {reason}"),
    };
    Problem::InvalidBody { field, reason }
}

/// The fields that the body may have, if the message is about one that it may not have.
fn known_fields(unknown: &str, message: &str) -> Option<String> {
    let rest = message.strip_prefix("unknown field `")?.strip_prefix(unknown)?.strip_prefix('`')?;
    // Every second part stands between backticks.
    let names: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    Some(if names.is_empty() { "no fields".to_owned() } else { names.join(", ") })
}

/// What the value must be.
fn expected(message: &str) -> &str {
    let message = message.rsplit_once(" at line ").map_or(message, |(message, _)| message);
    if message.starts_with("must ") {
        return message;
    }
    match message.rsplit_once(", expected ") {
        Some((_, "a string")) => "must be a string",
        Some((_, "a boolean")) => "must be true or false",
        Some((_, WHOLE_NUMBER)) => "must be a whole number",
        _ => "has the wrong type",
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(QUOTED_CHARACTERS_MAX) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::accounts::Role;

    use crate::http::extractors::{Timestamp, WholeNumber};

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only read from JSON")]
    struct Sample {
        name: String,
        #[serde(default)]
        role: Option<Role>,
        #[serde(default)]
        seats: Option<WholeNumber>,
        #[serde(default)]
        at: Option<Timestamp>,
        #[serde(default)]
        is_on: Option<bool>,
    }

    #[test]
    fn a_wrong_body_is_told_in_the_words_of_this_program() {
        for (body, words) in [
            ("{", "The body cannot be read as JSON: it ends too early."),
            ("{\"name\": nope}", "The body cannot be read as JSON: it is wrong at line 1, column 11."),
            ("{\"name\": \"a\"} x", "The body cannot be read as JSON: it is wrong at line 1, column 15."),
            ("{}", "name: is missing."),
            ("{\"name\": \"a\", \"name\": \"b\"}", "name: is given twice."),
            ("{\"name\": 5}", "name: must be a string."),
            ("{\"name\": null}", "name: must be a string."),
            ("{\"name\": \"a\", \"role\": \"KING\"}", "role: must be one of AUDIENCE, ORGANIZER, ADMIN."),
            ("{\"name\": \"a\", \"role\": {\"ORGANIZER\": null}}", "role: must be a string."),
            ("{\"name\": \"a\", \"role\": 1}", "role: must be a string."),
            ("{\"name\": \"a\", \"seats\": \"10, expected a string\"}", "seats: must be a whole number."),
            ("{\"name\": \"a\", \"seats\": 1.5}", "seats: must be a whole number."),
            ("{\"name\": \"a\", \"seats\": 1e30}", "seats: must be a smaller number."),
            ("{\"name\": \"a\", \"is_on\": 1}", "is_on: must be true or false."),
            ("{\"name\": [\"a\"]}", "name: must be a string."),
            (
                "{\"name\": \"a\", \"a`, expected `b\": 1}",
                "a`, expected `b: is not known; the body takes name, role, seats, at, is_on.",
            ),
        ] {
            let problem = object::<Sample>(body.as_bytes()).unwrap_err();
            assert_eq!(problem.to_string(), words, "{body}");
        }
        let problem = object::<Sample>(b"{\"name\": \"a\", \"at\": \"noon\"}").unwrap_err();
        assert!(problem.to_string().starts_with("at: must be a date and time like"), "{problem}");
        let problem = object::<Nothing>(b"{\"force\": 1}").unwrap_err();
        assert_eq!(problem.to_string(), "force: is not known; the body takes no fields.");
    }

    #[test]
    fn a_whole_number_may_be_written_with_a_point() {
        for (number, expected) in [("5", 5), ("5.0", 5), ("5e2", 500), ("-0.0", 0), ("-3.0", -3), ("0.5e1", 5)] {
            let read = object::<Sample>(format!("{{\"name\": \"a\", \"seats\": {number}}}").as_bytes()).unwrap();
            assert_eq!(read.seats, Some(WholeNumber(expected)), "{number}");
        }
    }
}
