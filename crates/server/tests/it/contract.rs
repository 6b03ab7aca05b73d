//! Every answer that a test gets is one that the API's description has.

use std::sync::LazyLock;

use reqwest::Url;
use reqwest::header::HeaderMap;
use serde_json::{Map, Value};

use crate::client::Answer;
use crate::schema::{Unknown, check, resolve};

/// The description, as it is served.
pub(crate) static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(server::routes::description()).unwrap());

const PROBLEM: &str = "application/problem+json";

/// Headers of answers that all may have, whatever is asked: HTTP's own, and those for browsers and proxies.
const UNSAID: [&str; 16] = [
    "access-control-allow-origin",
    "access-control-expose-headers",
    "cache-control",
    "connection",
    "content-length",
    "content-security-policy",
    "content-type",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "date",
    "permissions-policy",
    "referrer-policy",
    "transfer-encoding",
    "vary",
    "x-accel-buffering",
    "x-content-type-options",
];

/// Headers that are described, and need not be there.
const SOMETIMES: [&str; 2] = ["Content-Disposition", "Idempotency-Replayed"];

/// What is answered before anybody looks at where a request goes.
const ANYWHERE: [&str; 5] =
    ["HeadersTooLarge", "MalformedRequest", "MisdirectedRequest", "RequestTimeout", "TooManyConnections"];

/// A request, as far as the description speaks of it.
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Value>,
}

/// Panics if this is not an answer that the description has for that request.
pub(crate) fn hold(asked: &Asked, answer: &Answer) {
    let (method, path) = (&asked.method, asked.url.path());
    if let Err(error) = compare(asked, answer) {
        panic!("{method} {path} {}: the API's description is wrong: {error}\n{}", answer.status, answer.text);
    }
}

/// Panics if this is not an answer that the description has for what goes to no route, wherever it was sent.
pub(crate) fn hold_unread(answer: &Answer) {
    if let Err(error) = component("GET", answer, &ANYWHERE) {
        panic!("{}: the API's description is wrong: {error}\n{}", answer.status, answer.text);
    }
}

/// Panics if this is not a message of `/live` that the description has.
pub(crate) fn hold_message(name: &str, data: &Value) {
    let schema = match name {
        "event" => "LiveEvent",
        "gone" => "LiveGone",
        _ => panic!("the message {name} is not described"),
    };
    let checked = check(&DOCUMENT, &DOCUMENT["components"]["schemas"][schema], data, Unknown::Refused);
    checked.unwrap_or_else(|error| panic!("{name}: the API's description is wrong: {error}\n{data}"));
}

/// Whether this is a document of the page, which is no part of the API. Browsers get one wherever they ask.
fn is_document(asked: &Asked, answer: &Answer) -> bool {
    let asks = asked.headers.get("accept").is_some_and(|accept| accept.to_str().unwrap().starts_with("text/html"));
    asks && answer.header("content-type").is_some_and(|of| of.starts_with("text/html"))
}

fn compare(asked: &Asked, answer: &Answer) -> Result<(), String> {
    if is_document(asked, answer) {
        return if matches!(answer.status, 200 | 404) { Ok(()) } else { Err("a document with this status".to_owned()) };
    }
    let Some(item) = item(asked.url.path()) else {
        return if answer.status < 400 {
            file(answer)
        } else {
            component(&asked.method, answer, &["NoSuchPath", "MethodNotAllowed", "UnreadableFile"])
        };
    };
    let method = if asked.method == "HEAD" { "get".to_owned() } else { asked.method.to_ascii_lowercase() };
    match item.get(&method) {
        Some(operation) => {
            if answer.status < 400 {
                request(operation, asked)?;
            }
            let response = operation["responses"].get(answer.status.to_string());
            let response = response.ok_or_else(|| "this status is not described".to_owned())?;
            response_holds(response, &asked.method, answer)
        }
        None => component(&asked.method, answer, &["MethodNotAllowed"]),
    }
}

/// The path's item: the one with the most segments that are said and not taken from the path.
fn item(path: &str) -> Option<&'static Value> {
    let segments: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let template: Vec<&str> = template.split('/').collect();
        let said = |part: &&str| !part.starts_with('{');
        // What follows a value in its segment, such as `.ics`.
        let end = |part: &&str| part.split_once('}').map_or(String::new(), |(_, end)| end.to_owned());
        let is_taken = |part: &&str, segment: &str| segment.strip_suffix(&*end(part)).is_some_and(|id| !id.is_empty());
        (template.len() == segments.len()
            && template
                .iter()
                .zip(&segments)
                .all(|(part, segment)| !said(part) && is_taken(part, segment) || part == segment))
        .then(|| {
            let ends = template.iter().filter(|part| !said(part)).map(|part| end(part).len()).sum::<usize>();
            (template.iter().filter(|part| said(part)).count(), ends)
        })
    };
    let items = DOCUMENT["paths"].as_object().unwrap().iter();
    let fitting = items.filter_map(|(template, item)| fits(template).map(|said| (said, item)));
    fitting.max_by_key(|(said, _)| *said).map(|(_, item)| item)
}

/// Files of the page are not described.
fn file(answer: &Answer) -> Result<(), String> {
    let is_json = answer.header("content-type").is_some_and(|media_type| media_type.contains("json"));
    if is_json { Err("this path is not described".to_owned()) } else { Ok(()) }
}

fn component(method: &str, answer: &Answer, names: &[&str]) -> Result<(), String> {
    let tries = names.iter().map(|name| response_holds(&DOCUMENT["components"]["responses"][name], method, answer));
    let errors: Vec<String> = tries.filter_map(Result::err).collect();
    if errors.len() < names.len() { Ok(()) } else { Err(errors.join("; ")) }
}

fn response_holds(response: &Value, method: &str, answer: &Answer) -> Result<(), String> {
    headers_hold(response, answer)?;
    let Some(content) = response["content"].as_object() else {
        return if answer.text.is_empty() { Ok(()) } else { Err("a body is not described".to_owned()) };
    };
    let media_type = answer.header("content-type").unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default();
    let schema =
        &content.get(essence).ok_or_else(|| format!("the media type {media_type} is not described"))?["schema"];
    match essence {
        _ if method == "HEAD" => Ok(()),
        PROBLEM => check(&DOCUMENT, problem(schema, &answer.body)?, &answer.body, Unknown::Refused),
        "application/json" => check(&DOCUMENT, schema, &answer.body, Unknown::Refused),
        _ => check(&DOCUMENT, schema, &answer.text.clone().into(), Unknown::Refused),
    }
}

/// The one of the described problems that this is: an error then names what is wrong with it.
fn problem<'a>(schema: &'a Value, body: &Value) -> Result<&'a Value, String> {
    let options = schema["oneOf"].as_array().map_or(std::slice::from_ref(schema), Vec::as_slice);
    let kind = &body["type"];
    let is_it = |option: &&Value| {
        let described = resolve(&DOCUMENT, option["$ref"].as_str().unwrap()).unwrap();
        described["properties"]["type"]["enum"][0] == *kind
    };
    options.iter().find(is_it).ok_or_else(|| format!("the problem {kind} is not described"))
}

/// What is described is there, and nothing else is.
fn headers_hold(response: &Value, answer: &Answer) -> Result<(), String> {
    let none = Map::new();
    let described = response["headers"].as_object().unwrap_or(&none);
    for (name, header) in described {
        let schema = &resolve(&DOCUMENT, header["$ref"].as_str().unwrap())?["schema"];
        match answer.header(name) {
            Some(text) => {
                check(&DOCUMENT, schema, &as_json(text), Unknown::Refused).map_err(|e| format!("{name}: {e}"))?
            }
            None if SOMETIMES.contains(&name.as_str()) => {}
            None => return Err(format!("the header {name} is not there")),
        }
    }
    let is_known =
        |name: &str| UNSAID.contains(&name) || described.keys().any(|known| known.eq_ignore_ascii_case(name));
    match answer.headers.keys().find(|name| !is_known(name.as_str())) {
        Some(name) => Err(format!("the header {name} is not described")),
        None => Ok(()),
    }
}

/// A header or a parameter as the value that schemas speak of.
fn as_json(text: &str) -> Value {
    serde_json::from_str(text)
        .ok()
        .filter(|value: &Value| value.is_number() || value.is_boolean())
        .unwrap_or_else(|| text.into())
}

/// What was taken must be something that the description lets callers send.
fn request(operation: &Value, asked: &Asked) -> Result<(), String> {
    let parameters: Vec<&Value> = operation["parameters"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|parameter| parameter["$ref"].as_str().map_or(Ok(parameter), |reference| resolve(&DOCUMENT, reference)))
        .collect::<Result<_, _>>()?;
    let named = |place: &str, name: &str| {
        parameters.iter().find(|parameter| parameter["in"] == place && parameter["name"] == name).copied()
    };
    for (name, text) in asked.url.query_pairs() {
        let parameter = named("query", &name).ok_or_else(|| format!("the parameter {name} is not described"))?;
        // What looks like a number may be meant as text.
        let readings = [as_json(&text), Value::from(&*text)];
        if readings.iter().all(|value| check(&DOCUMENT, &parameter["schema"], value, Unknown::BySchema).is_err()) {
            return Err(format!("the parameter {name} was taken with {text}"));
        }
    }
    for name in ["Idempotency-Key", "If-Match", "If-None-Match", "Prefer", "X-Request-Id"] {
        for value in asked.headers.get_all(name) {
            let header =
                named("header", name).ok_or_else(|| format!("the request's header {name} is not described"))?;
            let text: Value = String::from_utf8_lossy(value.as_bytes()).into();
            check(&DOCUMENT, &header["schema"], &text, Unknown::BySchema)
                .map_err(|error| format!("the request's header {name} was taken: {error}"))?;
        }
    }
    match &asked.body {
        Some(body) => {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            check(&DOCUMENT, schema, body, Unknown::BySchema).map_err(|error| format!("the body was taken: {error}"))
        }
        None => Ok(()),
    }
}
