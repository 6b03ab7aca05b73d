//! The description of the API says what there is.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use serde_json::{Value, json};
use server::routes;

use crate::client::send;
use crate::contract::{DOCUMENT, hold_message};
use crate::schema::{Unknown, check, resolve};
use crate::stage::Stage;

/// All operations, with method and path.
fn operations() -> BTreeMap<(String, String), &'static Value> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let of_path = |(path, item): (&String, &'static Value)| {
        let path = path.clone();
        item.as_object().unwrap().iter().map(move |(method, operation)| ((method.clone(), path.clone()), operation))
    };
    paths.iter().flat_map(of_path).collect()
}

/// Calls `look` with every value in the document, and where it is.
fn walk(value: &Value, at: &str, look: &mut impl FnMut(&str, &Value)) {
    look(at, value);
    match value {
        Value::Object(members) => members.iter().for_each(|(name, member)| walk(member, &format!("{at}/{name}"), look)),
        Value::Array(items) => items.iter().enumerate().for_each(|(n, item)| walk(item, &format!("{at}/{n}"), look)),
        _ => {}
    }
}

#[test]
fn every_route_is_described_and_nothing_else() {
    let table: BTreeSet<_> = routes::table()
        .iter()
        .map(|endpoint| (endpoint.method.as_str().to_ascii_lowercase(), endpoint.path.to_owned()))
        .collect();
    let described: BTreeSet<_> = operations().into_keys().collect();
    assert_eq!(described, table);
}

#[test]
fn every_operation_says_what_it_is_for_and_has_a_name_of_its_own() {
    let mut names = BTreeSet::new();
    for ((method, path), operation) in operations() {
        for member in ["summary", "description", "operationId"] {
            assert!(operation[member].as_str().is_some_and(|text| !text.is_empty()), "{method} {path}: {member}");
        }
        assert!(names.insert(operation["operationId"].as_str().unwrap()), "{method} {path}");
        let tag = &operation["tags"][0];
        assert!(DOCUMENT["tags"].as_array().unwrap().iter().any(|known| known["name"] == *tag), "{tag}");
        let mut ids: BTreeSet<&str> =
            path.split('/').filter_map(|part| Some(part.strip_prefix('{')?.split_once('}')?.0)).collect();
        for parameter in
            operation["parameters"].as_array().unwrap().iter().filter(|parameter| parameter["in"] == "path")
        {
            assert!(ids.remove(parameter["name"].as_str().unwrap()), "{method} {path}: {parameter}");
            assert_eq!(parameter["required"], true);
        }
        assert!(ids.is_empty(), "{method} {path}: {ids:?} is not described");
        let successes = operation["responses"].as_object().unwrap().keys().filter(|status| status.starts_with('2'));
        assert!(successes.count() > 0, "{method} {path} never succeeds");
    }
}

/// The schema of a problem.
fn of_code(code: &str) -> &'static Value {
    let schemas = DOCUMENT["components"]["schemas"].as_object().unwrap();
    let kind = format!("/problems/{code}");
    schemas.values().find(|schema| schema["properties"]["type"]["enum"][0] == *kind).unwrap_or(&Value::Null)
}

#[test]
fn every_reference_leads_somewhere() {
    let mut count = 0;
    walk(&DOCUMENT, "", &mut |at, value| {
        if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            count += 1;
            resolve(&DOCUMENT, reference).unwrap_or_else(|error| panic!("{at}: {error}"));
        }
    });
    assert!(count > 100, "{count}");
}

/// Whether the body is a file, whatever its type. It has no fields.
fn is_file(request: &Value) -> bool {
    let mut content = request["content"].as_object().unwrap().values();
    content.all(|content| content["schema"] == json!({ "type": "string", "format": "binary" }))
}

#[test]
fn every_example_is_what_its_schema_says() {
    let mut count = 0;
    let mut valid = |at: &str, schema: &Value, example: &Value, unknown| {
        count += 1;
        check(&DOCUMENT, schema, example, unknown).unwrap_or_else(|error| panic!("{at}: {error}"));
    };
    for (code, example) in DOCUMENT["components"]["examples"].as_object().unwrap() {
        valid(code, of_code(code), &example["value"], Unknown::Refused);
    }
    for ((method, path), operation) in operations() {
        let at = format!("{method} {path}");
        let request = &operation["requestBody"];
        if request["required"] == true && !is_file(request) {
            let content = &request["content"]["application/json"];
            assert!(content["example"].is_object(), "{at}: a body without an example");
            valid(&at, &content["schema"], &content["example"], Unknown::BySchema);
        }
        for (status, response) in operation["responses"].as_object().unwrap() {
            for (media_type, content) in response["content"].as_object().into_iter().flatten() {
                let at = format!("{at} {status} {media_type}");
                let named = content["examples"].as_object().into_iter().flatten().map(|(_, example)| {
                    let reference = example["$ref"].as_str();
                    &reference.map_or(example, |reference| resolve(&DOCUMENT, reference).unwrap())["value"]
                });
                let examples: Vec<&Value> = named.chain(content.get("example")).collect();
                assert!(!examples.is_empty(), "{at} has no example");
                for example in examples {
                    valid(&at, &content["schema"], example, Unknown::Refused);
                }
            }
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn the_example_of_a_stream_has_the_messages_that_are_described() {
    let content = &DOCUMENT["paths"]["/live"]["get"]["responses"]["200"]["content"]["text/event-stream"];
    let messages = content["example"].as_str().unwrap().split("\n\n").filter_map(|text| text.strip_prefix("event: "));
    let messages: Vec<_> = messages.map(|message| message.split_once("\ndata: ").unwrap()).collect();
    for (name, data) in &messages {
        hold_message(name, &serde_json::from_str(data).unwrap());
    }
    assert_eq!(messages.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["event", "gone"]);
}

/// What may be left out of an answer would not be missed by the tests that compare answers with the description.
#[test]
fn answers_have_all_their_fields_and_each_is_described() {
    let mut pending: Vec<(String, &Value)> = Vec::new();
    for ((method, path), operation) in operations() {
        for (status, response) in operation["responses"].as_object().unwrap() {
            for (media_type, content) in response["content"].as_object().into_iter().flatten() {
                pending.push((format!("{method} {path} {status} {media_type}"), &content["schema"]));
            }
        }
    }
    for message in ["LiveEvent", "LiveGone"] {
        pending.push((message.to_owned(), &DOCUMENT["components"]["schemas"][message]));
    }
    let mut seen = BTreeSet::new();
    while let Some((at, schema)) = pending.pop() {
        if let Some(reference) = schema["$ref"].as_str() {
            let target = resolve(&DOCUMENT, reference).unwrap();
            assert!(target["description"].is_string() || target["allOf"].is_array(), "{reference} is not described");
            if seen.insert(reference) {
                pending.push((reference.to_owned(), target));
            }
        }
        let properties = schema["properties"].as_object().into_iter().flatten();
        for (name, property) in properties {
            let at = format!("{at}/{name}");
            let is_required = schema["required"].as_array().is_some_and(|all| all.contains(&name.as_str().into()));
            assert!(is_required || at == "#/components/schemas/InvalidBodyProblem/field", "{at} may be left out");
            pending.push((at, property));
        }
        for part in ["oneOf", "allOf"] {
            pending.extend(schema[part].as_array().into_iter().flatten().map(|part| (at.clone(), part)));
        }
        pending.extend(schema.get("items").map(|items| (at.clone(), items)));
    }
    assert!(seen.len() > 30, "{seen:?}");
}

#[test]
fn every_field_of_a_request_is_described() {
    for ((method, path), operation) in operations() {
        let Some(content) = operation["requestBody"]["content"].as_object() else { continue };
        if is_file(&operation["requestBody"]) {
            continue;
        }
        let reference = content["application/json"]["schema"]["$ref"].as_str().unwrap();
        let schema = resolve(&DOCUMENT, reference).unwrap();
        assert_eq!(schema["additionalProperties"], false, "{method} {path}: {reference}");
        assert!(schema["description"].is_string(), "{reference}");
    }
}

#[test]
fn the_description_is_the_one_that_was_agreed() {
    // The order of the members means nothing, and depends on the features that other crates ask of serde_json.
    let mut settings = insta::Settings::clone_current();
    settings.set_sort_maps(true);
    settings.bind(|| insta::assert_json_snapshot!("the_description_is_the_one_that_was_agreed", *DOCUMENT));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_is_served_to_everybody_and_not_again_to_those_who_have_it() {
    let stage = Stage::set().await;
    let anonymous = stage.anonymous();
    let answer = anonymous.get("/openapi.json").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
    let tag = answer.header("etag").unwrap().to_owned();
    assert_eq!(answer.body, *DOCUMENT);
    assert_eq!(answer.body["openapi"], "3.1.0");
    assert_eq!(answer.body["info"]["version"], env!("CARGO_PKG_VERSION"));
    let same = send(anonymous.request(Method::GET, "/openapi.json").header("If-None-Match", &tag)).await;
    assert_eq!((same.status, same.text.as_str()), (304, ""));
    let other = stage.another_server().await;
    assert_eq!(other.anonymous().get("/openapi.json").await.header("etag"), Some(tag.as_str()));
}
