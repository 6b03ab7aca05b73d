//! What the API's description lets callers send is taken, and nothing else is.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{event_body, send};
use crate::contract::DOCUMENT;
use crate::schema::{Unknown, check, resolve};
use crate::stage::{PASSWORD, Stage};

/// The schema of a parameter.
fn parameter(path: &str, method: &str, name: &str) -> &'static Value {
    let parameters = DOCUMENT["paths"][path][method]["parameters"].as_array().unwrap().iter();
    let mut parameters = parameters.map(|parameter| match parameter["$ref"].as_str() {
        Some(reference) => resolve(&DOCUMENT, reference).unwrap(),
        None => parameter,
    });
    &parameters.find(|parameter| parameter["name"] == name).unwrap()["schema"]
}

fn body(path: &str, method: &str) -> &'static Value {
    &DOCUMENT["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"]
}

fn query(path: &str, name: &str, text: &str) -> String {
    format!("{path}?{name}={}", utf8_percent_encode(text, NON_ALPHANUMERIC))
}

/// Whether the server takes it, which must be what the description says.
async fn agree(schema: &Value, value: &Value, request: RequestBuilder) -> bool {
    let described = check(&DOCUMENT, schema, value, Unknown::BySchema);
    let answer = send(request).await;
    // A tag that matches nothing has been understood.
    let is_taken = answer.status < 300 || answer.status == 412;
    assert!(is_taken || [400, 422].contains(&answer.status), "{value}: {}", answer.text);
    assert_eq!(is_taken, described.is_ok(), "{value} of {schema}: {described:?}, {}", answer.text);
    is_taken
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_are_taken_as_they_are_described() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let (id, simple) = (Uuid::now_v7().to_string(), Uuid::now_v7().simple().to_string());
    let (long, braced, urn) = (format!("1_{simple}"), format!("{{{id}}}"), format!("urn:uuid:{id}"));
    let (zero, large) = (format!("01_{simple}"), format!("999999999999999999_{simple}"));
    let too_large = format!("1{large}");
    let cursors = ["", "x", &id, &simple, &braced, &urn, &long, &zero, &large, &too_large];
    let lists = ["/events", "/me/registrations", "/organizer/events", "/admin/users", "/admin/audit"];
    let mut cases: Vec<(&str, &str, &str)> = Vec::new();
    for list in lists {
        cases.extend(cursors.map(|cursor| (list, "cursor", cursor)));
    }
    let ids = ["", "x", &id, &simple, &braced, &urn];
    for (path, name) in
        [("/me/registrations", "event_id"), ("/admin/audit", "actor_id"), ("/admin/audit", "subject_id")]
    {
        cases.extend(ids.map(|id| (path, name, id)));
    }
    let upper = id.to_uppercase();
    let [two, most, too_many] = [2, 100, 101].map(|count| vec![id.as_str(); count].join(","));
    let trailing = format!("{id},");
    for ids in ["", "x", &id, &upper, &simple, &braced, &urn, &two, &trailing, &most, &too_many] {
        cases.push(("/live", "events", ids));
    }
    for status in ["", "CONFIRMED", "confirmed", "WAITLISTED", "CANCELLED", "KING"] {
        cases.push(("/me/registrations", "status", status));
    }
    for status in ["", "DRAFT", "PUBLISHED", "CANCELLED", "draft"] {
        cases.push(("/organizer/events", "status", status));
    }
    for sort in ["", "-created_at", "starts_at", "-starts_at", "created_at", "title"] {
        cases.push(("/organizer/events", "sort", sort));
    }
    let mut taken = 0;
    for (path, name, text) in cases {
        let request = admin.request(Method::GET, &query(path, name, text));
        taken += usize::from(agree(parameter(path, "get", name), &text.into(), request).await);
    }
    for limit in ["1", "100", "0", "101", "05", "+5", "-1", "", "x"] {
        let request = admin.request(Method::GET, &query("/events", "limit", limit));
        let value = serde_json::from_str(limit).unwrap_or_else(|_| limit.into());
        taken += usize::from(agree(parameter("/events", "get", "limit"), &value, request).await);
    }
    assert_eq!(taken, 3 + 2 * 2 + 3 + 4 + 3 + 3 + 3 + 2, "each of them has some that are taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_are_taken_as_they_are_described() {
    let stage = Stage::set().await;
    let (organizer, audience) = (stage.organizer().await, stage.audience().await);
    let (event, path) = (organizer.published(5).await, "/organizer/events/{id}");
    for tags in
        ["*", "\"2.2\"", "W/\"2.2\"", "\"a\", W/\"b,c\"", ", \"\",", "", "2.2", "\"2.2", "*, \"2.2\"", "w/\"2\""]
    {
        let request = organizer.request(Method::PATCH, &path.replace("{id}", &event)).json(&json!({ "capacity": 6 }));
        agree(parameter(path, "patch", "If-Match"), &tags.into(), request.header("If-Match", tags)).await;
    }
    let path = "/events/{id}/register";
    for key in ["a", "!~", "", "a b", &"k".repeat(128), &"k".repeat(129)] {
        // Another event, since nobody books twice.
        let request = audience.request(Method::POST, &path.replace("{id}", &organizer.published(5).await));
        agree(parameter(path, "post", "Idempotency-Key"), &key.into(), request.header("Idempotency-Key", key)).await;
    }
    for id in ["a", "", "a b", &"x".repeat(65), "\"\u{e9}\""] {
        let request = stage.anonymous().request(Method::GET, "/events").header("X-Request-Id", id);
        assert!(agree(parameter("/events", "get", "X-Request-Id"), &id.into(), request).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_are_taken_as_they_are_described() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let roles = [
        json!("AUDIENCE"),
        json!("ORGANIZER"),
        json!("ADMIN"),
        json!("audience"),
        json!(null),
        json!({ "ORGANIZER": null }),
        json!(["ORGANIZER"]),
        json!(1),
    ];
    for (n, role) in roles.into_iter().enumerate() {
        let account = json!({ "name": "A", "email": format!("{n}@example.com"), "password": PASSWORD, "role": role });
        let request = stage.anonymous().request(Method::POST, "/auth/register").json(&account);
        agree(body("/auth/register", "post"), &account, request).await;
    }
    let admin = stage.admin().await;
    for role in [json!("ORGANIZER"), json!({ "ORGANIZER": null }), json!("KING"), json!(null)] {
        let person = stage.person(domain::accounts::Role::Audience).await.id;
        let changes = json!({ "role": role });
        let request = admin.request(Method::PATCH, &format!("/admin/users/{person}")).json(&changes);
        agree(body("/admin/users/{id}", "patch"), &changes, request).await;
    }
    for capacity in ["5", "5.0", "5e0", "0.5e1", "5.5", "\"5\"", "null", "1000000", "1000001", "1e30", "-1", "-0.0"] {
        let capacity: Value = serde_json::from_str(capacity).unwrap();
        let mut event = event_body(1);
        event["capacity"] = capacity.clone();
        let request = organizer.request(Method::POST, "/organizer/events").json(&event);
        agree(body("/organizer/events", "post"), &event, request).await;
        let changes = json!({ "capacity": capacity });
        let draft = organizer.draft(1).await;
        let request = organizer.request(Method::PATCH, &format!("/organizer/events/{draft}")).json(&changes);
        agree(body("/organizer/events/{id}", "patch"), &changes, request).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_type_of_problem_is_the_address_of_a_page_that_explains_it() {
    let stage = Stage::set().await;
    let anonymous = stage.anonymous();
    let schemas = DOCUMENT["components"]["schemas"].as_object().unwrap().values();
    let types: Vec<_> = schemas.filter_map(|schema| schema["properties"]["type"]["enum"][0].as_str()).collect();
    assert!(types.len() > 30, "{types:?}");
    for kind in types {
        let answer = anonymous.get(kind).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/html; charset=utf-8")), "{kind}");
        assert!(answer.text.contains(kind) && answer.text.contains("<h1>"), "{}", answer.text);
    }
    for unknown in ["/problems/x", "/problems/BUSY", "/problems/%3Cscript%3E"] {
        let problem = anonymous.get(unknown).await.expect_problem(404, "not-found");
        assert_eq!(anonymous.get(problem["type"].as_str().unwrap()).await.status, 200);
    }
}
