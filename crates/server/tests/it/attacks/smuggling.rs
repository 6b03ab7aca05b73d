//! Members that would give more rights, or things of others, in every body that the API takes.

use std::collections::BTreeSet;

use auth::access::may;
use domain::accounts::Role;
use serde_json::{Value, json};
use server::http::endpoints::Endpoint;
use server::routes;
use uuid::Uuid;

use super::stored::stored;
use crate::contract::DOCUMENT;
use crate::mail_server::MailServer;
use crate::messages::stage_with_mail;
use crate::roles::{outcome, prepare_for};
use crate::schema::resolve;

/// Names of columns and of rights, with what somebody would like them to be.
fn smuggled() -> Vec<(&'static str, Value)> {
    let id = json!(Uuid::nil());
    let ids = ["id", "user_id", "owner_id", "organizer_id", "event_id", "registration_id", "payment_id"];
    let mut all: Vec<(&str, Value)> = ids.map(|name| (name, id.clone())).into();
    all.extend([
        ("role", json!("ADMIN")),
        ("kind", json!("SIMULATED")),
        ("status", json!("CONFIRMED")),
        ("state", json!("SENT")),
        ("permissions", json!(["RUN_ANY_EVENT"])),
        ("is_active", json!(true)),
        ("is_verified", json!(true)),
        ("paid", json!(true)),
        ("owed", json!(0)),
        ("seats_remaining", json!(1_000)),
        ("decision", json!(1)),
        ("access_version", json!(1)),
        ("password_hash", json!("!")),
        ("__proto__", json!({ "role": "ADMIN" })),
    ]);
    all
}

/// The schema of the route's body, if it takes JSON.
fn schema(endpoint: &Endpoint) -> Option<&'static Value> {
    let operation = &DOCUMENT["paths"][endpoint.path][endpoint.method.as_str().to_ascii_lowercase()];
    operation["requestBody"]["content"]["application/json"].get("schema")
}

/// The names of all members that the schema knows of, at any depth.
fn known(schema: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                known(resolve(&DOCUMENT, reference).unwrap(), names);
            }
            if let Some(properties) = members.get("properties").and_then(Value::as_object) {
                names.extend(properties.keys().cloned());
            }
            members.values().for_each(|member| known(member, names));
        }
        Value::Array(items) => items.iter().for_each(|item| known(item, names)),
        _ => {}
    }
}

/// The objects in a body, the body itself among them, by their JSON pointers.
fn objects(body: &Value, at: &str, found: &mut Vec<String>) {
    match body {
        Value::Object(members) => {
            found.push(at.to_owned());
            members.iter().for_each(|(name, member)| objects(member, &format!("{at}/{name}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, item)| objects(item, &format!("{at}/{n}"), found));
        }
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_that_a_body_does_not_have_is_refused_wherever_it_stands() {
    let mails = MailServer::start().await;
    let stage = stage_with_mail(&mails).await;
    let mut tried = 0;
    for endpoint in routes::table() {
        let Some(schema) = schema(&endpoint) else { continue };
        let role = if may(Role::Organizer, endpoint.permission) { Role::Organizer } else { Role::Admin };
        let person = stage.person(role).await;
        let (session, prepared) = (stage.session(&person), prepare_for(&stage, &endpoint, &person).await);
        let body = prepared.body().cloned().unwrap_or_else(|| json!({}));
        let (mut names, mut places) = (BTreeSet::new(), Vec::new());
        known(schema, &mut names);
        objects(&body, "", &mut places);
        let before = stored(&stage).await;
        for (name, value) in smuggled().into_iter().filter(|(name, _)| !names.contains(*name)) {
            for place in &places {
                let mut changed = body.clone();
                changed.pointer_mut(place).unwrap()[name] = value.clone();
                let answer = prepared.with(changed).send(&session).await;
                let what = format!("{} {} with {place}/{name}", endpoint.method, endpoint.path);
                assert_eq!((answer.status, answer.problem()), (422, "invalid-body"), "{what}: {}", answer.text);
                tried += 1;
            }
        }
        assert_eq!(stored(&stage).await, before, "{} {}", endpoint.method, endpoint.path);
        // All else about the request was sound.
        let answer = prepared.with(body).send(&session).await;
        assert!(answer.status < 300, "{} {}: {}", endpoint.method, endpoint.path, outcome(&answer));
    }
    assert!(tried > 500, "{tried}");
}
