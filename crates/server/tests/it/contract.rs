//! Every answer that a test gets is one that the API's description has.

use std::sync::LazyLock;

use reqwest::Url;
use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::client::Answer;
use crate::schema::{Unknown, check, resolve};

/// The description, as it is served.
pub(crate) static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(server::openapi::document()).unwrap());

const PROBLEM: &str = "application/problem+json";

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

fn compare(asked: &Asked, answer: &Answer) -> Result<(), String> {
    let Some(item) = item(asked.url.path()) else {
        return if answer.status < 400 {
            file(answer)
        } else {
            component(asked, answer, &["NoSuchPath", "MethodNotAllowed"])
        };
    };
    let method = if asked.method == "HEAD" { "get".to_owned() } else { asked.method.to_ascii_lowercase() };
    match item.get(&method) {
        Some(operation) => {
            if answer.status < 400 {
                request(operation, asked)?;
            }
            let response = operation["responses"].get(answer.status.to_string());
            response_holds(response.ok_or_else(|| "this status is not described".to_owned())?, asked, answer)
        }
        None => component(asked, answer, &["MethodNotAllowed"]),
    }
}

/// The path's item: the one with the most segments that are said and not taken from the path.
fn item(path: &str) -> Option<&'static Value> {
    let segments: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let template: Vec<&str> = template.split('/').collect();
        let said = |part: &&str| !part.starts_with('{');
        (template.len() == segments.len()
            && template
                .iter()
                .zip(&segments)
                .all(|(part, segment)| !said(part) && !segment.is_empty() || part == segment))
        .then(|| template.iter().filter(|part| said(part)).count())
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

fn component(asked: &Asked, answer: &Answer, names: &[&str]) -> Result<(), String> {
    let tries = names.iter().map(|name| response_holds(&DOCUMENT["components"]["responses"][name], asked, answer));
    let errors: Vec<String> = tries.filter_map(Result::err).collect();
    if errors.len() < names.len() { Ok(()) } else { Err(errors.join("; ")) }
}

fn response_holds(response: &Value, asked: &Asked, answer: &Answer) -> Result<(), String> {
    for (name, header) in response["headers"].as_object().into_iter().flatten() {
        let described = resolve(&DOCUMENT, header["$ref"].as_str().unwrap())?;
        // A number is not text: headers are compared as what they would be in JSON.
        if let Some(text) = answer.header(name) {
            let value = serde_json::from_str(text).ok().filter(Value::is_number).unwrap_or_else(|| text.into());
            check(&DOCUMENT, &described["schema"], &value, Unknown::Refused)
                .map_err(|error| format!("{name}: {error}"))?;
        } else if ["X-Request-Id", "Retry-After", "Allow", "WWW-Authenticate", "Location", "ETag"]
            .contains(&name.as_str())
        {
            return Err(format!("the header {name} is not there"));
        }
    }
    for name in ["retry-after", "allow", "www-authenticate", "etag", "location", "idempotency-replayed"] {
        let is_described =
            response["headers"].as_object().is_some_and(|all| all.keys().any(|known| known.eq_ignore_ascii_case(name)));
        if answer.headers.contains_key(name) && !is_described {
            return Err(format!("the header {name} is not described"));
        }
    }
    let Some(content) = response["content"].as_object() else {
        return if answer.text.is_empty() { Ok(()) } else { Err("there is no body in the description".to_owned()) };
    };
    let media_type = answer.header("content-type").unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default();
    let described = content.get(essence).ok_or_else(|| format!("the media type {media_type} is not described"))?;
    if asked.method == "HEAD" {
        return Ok(());
    }
    let value = if essence.ends_with("json") { answer.body.clone() } else { answer.text.clone().into() };
    let is_known = |option: &Value| check(&DOCUMENT, option, &value, Unknown::Refused);
    let options = match described["schema"]["oneOf"].as_array() {
        // A problem: the option is the one of its code, so that the error names what is wrong with it.
        Some(options) if essence == PROBLEM => options.iter().collect(),
        _ => vec![&described["schema"]],
    };
    if essence == PROBLEM {
        let kind = value["type"].as_str().unwrap_or_default();
        let of_kind = options.into_iter().find(|option| {
            let schema = resolve(&DOCUMENT, option["$ref"].as_str().unwrap()).unwrap();
            schema["properties"]["type"]["enum"][0] == kind
        });
        return is_known(of_kind.ok_or_else(|| format!("the problem {kind} is not described"))?);
    }
    options.into_iter().try_for_each(is_known)
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
        let value = serde_json::from_str(&text).ok().filter(|value: &Value| value.is_number() || value.is_boolean());
        let candidates = [value.unwrap_or_default(), text.clone().into_owned().into()];
        let tries = candidates.iter().map(|value| check(&DOCUMENT, &parameter["schema"], value, Unknown::BySchema));
        if tries.clone().all(|tried| tried.is_err()) {
            return Err(format!("the parameter {name} was taken with {text}"));
        }
    }
    for name in ["Idempotency-Key", "If-Match", "If-None-Match", "Prefer"] {
        if asked.headers.contains_key(name) && named("header", name).is_none() {
            return Err(format!("the request's header {name} is not described"));
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
