//! API keys: made, used, and ended in each way.

use auth::api_keys::{ApiKey, PREFIX};
use chrono::{DateTime, TimeDelta, Utc};
use domain::accounts::Role;
use domain::api_keys::KeyPermission;
use domain::ids::ApiKeyId;
use reqwest::Method;
use serde_json::{Value, json};
use testdb::patience::eventually;
use uuid::Uuid;

use crate::client::{Answer, Audience, Client, Organizer, event_body, send};
use crate::proofs::link;
use crate::stage::{PASSWORD, Person, Stage};

const KEYS: &str = "/auth/me/api-keys";

/// A key that is put into the database.
pub(crate) struct Key {
    pub(crate) permissions: Vec<KeyPermission>,
    pub(crate) events: Option<Vec<String>>,
    pub(crate) is_expired: bool,
    pub(crate) access_version: i64,
}

impl Key {
    /// A key with these permissions that works.
    pub(crate) fn of(permissions: &[KeyPermission]) -> Self {
        Self { permissions: permissions.to_vec(), events: None, is_expired: false, access_version: 1 }
    }
}

/// A key that is in the database.
pub(crate) struct StoredKey {
    pub(crate) id: ApiKeyId,
    pub(crate) text: String,
}

impl Stage {
    /// A key of this person, also with permissions that the role does not have.
    pub(crate) async fn api_key(&self, owner: &Person, key: &Key) -> StoredKey {
        let (id, made) = (ApiKeyId::from(Uuid::now_v7()), ApiKey::random().unwrap());
        let digest: String = made.digest().iter().map(|byte| format!("{byte:02x}")).collect();
        let permissions: Vec<&str> = key.permissions.iter().map(|permission| permission.as_str()).collect();
        let events = match &key.events {
            None => "null".to_owned(),
            Some(events) => format!("'{{{}}}'", events.join(",")),
        };
        let expires = if key.is_expired { "now() - interval '1 hour'" } else { "now() + interval '1 hour'" };
        self.execute(&format!(
            "insert into api_keys (id, user_id, name, digest, shown, permissions, event_ids, access_version, \
             created_at, expires_at) values ('{id}', '{}', 'A program', '\\x{digest}', '{}', '{{{}}}', {events}, {}, \
             now() - interval '1 day', {expires})",
            owner.id,
            made.shown(),
            permissions.join(","),
            key.access_version,
        ))
        .await;
        StoredKey { id, text: made.expose().to_owned() }
    }

    fn with_key(&self, key: &str) -> Client {
        self.server.session(key.to_owned())
    }
}

fn wanted(permissions: &[&str]) -> Value {
    json!({ "name": "A program", "permissions": permissions, "current_password": PASSWORD })
}

/// Makes a key by the API.
async fn make(session: &Client, body: &Value) -> (String, Value) {
    let made = session.post_json(KEYS, body).await.expect(201);
    (made["key"].as_str().unwrap().to_owned(), made["api_key"].clone())
}

async fn listed(session: &Client) -> Vec<Value> {
    session.get(KEYS).await.expect(200)["items"].as_array().unwrap().clone()
}

fn time(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_told_once_and_does_what_its_owner_may() {
    let stage = Stage::set().await;
    let organizer = stage.person(Role::Organizer).await;
    let session = stage.session(&organizer);
    let (key, told) = make(&session, &wanted(&["MANAGE_OWN_EVENTS", "BOOK"])).await;
    assert!(key.starts_with(PREFIX) && key.starts_with(told["shown"].as_str().unwrap()), "{told}");
    assert_eq!(told["permissions"], json!(["BOOK", "MANAGE_OWN_EVENTS"]));
    assert_eq!(
        (&told["events"], &told["last_used_at"], &told["state"]),
        (&json!(null), &json!(null), &json!("ACTIVE"))
    );
    assert_eq!(time(&told["expires_at"]) - time(&told["created_at"]), TimeDelta::days(90));
    let again = listed(&session).await;
    assert_eq!(again, std::slice::from_ref(&told));
    assert!(!again[0].to_string().contains(&key));

    let program = Organizer(Audience(stage.with_key(&key)));
    let event = program.published(5).await;
    assert_eq!(session.get(&format!("/organizer/events/{event}")).await.expect(200)["id"], event);
    // A draft is shown where others see nothing.
    let draft = program.draft(5).await;
    program.event(&draft).await.expect(200);
    program.book(&event).await.expect(201);
    let bookings = stage.session(&organizer).get("/me/registrations").await.expect(200);
    assert_eq!(bookings["items"].as_array().unwrap().len(), 1);
    assert!(time(&listed(&session).await[0]["last_used_at"]) > time(&told["created_at"]));
    // It is not its owner: not what concerns the account.
    for path in [KEYS, "/auth/me", "/auth/me/calendar"] {
        program.get(path).await.expect_problem(403, "key-forbidden");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_has_no_more_than_its_owner_and_what_was_chosen() {
    let stage = Stage::set().await;
    let (audience, admin) = (stage.audience().await, stage.admin().await);
    for permission in ["MANAGE_OWN_EVENTS", "RUN_ANY_EVENT", "SIMULATE", "READ_AUDIT"] {
        let refused = audience.post_json(KEYS, &wanted(&[permission])).await.expect_problem(422, "invalid-field");
        assert_eq!(refused["field"], "permissions", "{permission}");
    }
    // An admin's key for own events is for no others, and not for drafts of others.
    let organizer = stage.organizer().await;
    let (theirs, draft) = (organizer.published(5).await, organizer.draft(5).await);
    let (own, _) = make(&admin, &wanted(&["MANAGE_OWN_EVENTS"])).await;
    let (any, told) = make(&admin, &wanted(&["RUN_ANY_EVENT"])).await;
    assert_eq!(told["permissions"], json!(["MANAGE_OWN_EVENTS", "RUN_ANY_EVENT"]));
    for path in [format!("/organizer/events/{theirs}"), format!("/events/{draft}")] {
        stage.with_key(&own).get(&path).await.expect_problem(404, "not-found");
        stage.with_key(&any).get(&path).await.expect(200);
    }
    let all = |key: &str| {
        let client = stage.with_key(key);
        async move { client.get("/organizer/events").await.expect(200)["items"].as_array().unwrap().len() }
    };
    assert_eq!([all(&own).await, all(&any).await], [0, 2]);
    // A key that may not run events sees of them as much as everybody.
    let (books, _) = make(&organizer, &wanted(&["BOOK"])).await;
    stage.with_key(&books).get(&format!("/events/{draft}")).await.expect_problem(404, "not-found");
    stage.with_key(&books).get(&format!("/events/{theirs}")).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_for_chosen_events_is_for_these_alone() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let (chosen, draft, other) = (organizer.published(5).await, organizer.draft(5).await, organizer.draft(5).await);
    let mut body = wanted(&["MANAGE_OWN_EVENTS"]);
    body["events"] = json!([chosen, draft, chosen]);
    let (key, told) = make(&organizer, &body).await;
    assert_eq!(told["events"], json!([chosen, draft]));
    let program = stage.with_key(&key);
    for event in [&chosen, &draft] {
        program.get(&format!("/organizer/events/{event}/attendees")).await.expect(200);
        program.get(&format!("/events/{event}")).await.expect(200);
    }
    let refused = program.get(&format!("/organizer/events/{other}")).await.expect_problem(403, "key-forbidden");
    assert!(refused["detail"].as_str().unwrap().contains("chosen events"), "{refused}");
    program.get("/organizer/events").await.expect_problem(403, "key-forbidden");
    program.post_json("/organizer/events", &event_body(5)).await.expect_problem(403, "key-forbidden");
    // Public events stay public. A hidden one says why it is not shown.
    program.get("/events").await.expect(200);
    program.get(&format!("/events/{other}")).await.expect_problem(403, "key-forbidden");

    for (events, why) in [
        (json!([]), "none"),
        (json!((0..51).map(|_| Uuid::now_v7()).collect::<Vec<_>>()), "too many"),
        (json!([Uuid::now_v7()]), "unknown"),
        (json!([stage.organizer().await.draft(5).await]), "somebody else's draft"),
    ] {
        body["events"] = events;
        let refused = organizer.post_json(KEYS, &body).await.expect_problem(422, "invalid-field");
        assert_eq!(refused["field"], "events", "{why}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_ends_at_once_and_on_every_server_soon() {
    let stage = Stage::set().await;
    let another = stage.another_server().await;
    let person = stage.person(Role::Audience).await;
    let session = stage.session(&person);
    let (key, told) = make(&session, &wanted(&["BOOK"])).await;
    let (kept, _) = make(&session, &wanted(&["BOOK"])).await;
    let elsewhere = another.session(key.clone());
    for client in [&stage.with_key(&key), &elsewhere] {
        client.get("/me/registrations").await.expect(200);
    }
    let path = format!("{KEYS}/{}", told["id"].as_str().unwrap());
    stage.audience().await.delete(&path).await.expect_problem(404, "not-found");
    session.delete(&path).await.expect(204);
    let refused = stage.with_key(&key).get("/me/registrations").await.expect_problem(401, "unauthenticated");
    assert!(refused["detail"].as_str().unwrap().contains("revoked"), "{refused}");
    eventually("the other server knows it", async || {
        (elsewhere.get("/me/registrations").await.status == 401).then_some(())
    })
    .await;
    session.delete(&path).await.expect_problem(404, "not-found");
    stage.with_key(&kept).get("/me/registrations").await.expect(200);
    session.get("/me/registrations").await.expect(200);
    assert_eq!(listed(&session).await.len(), 1);
}

/// A person with a key, which another server knows as well.
async fn holder(stage: &Stage, role: Role) -> (Person, Client) {
    let person = stage.person(role).await;
    let (key, _) = make(&stage.session(&person), &wanted(&["BOOK"])).await;
    let program = stage.with_key(&key);
    program.get("/me/registrations").await.expect(200);
    (person, program)
}

async fn has_ended(program: &Client, why: &str) {
    let refused = eventually(why, async || {
        let answer = program.get("/me/registrations").await;
        (answer.status == 401).then_some(answer)
    });
    let refused = refused.await.expect_problem(401, "unauthenticated");
    assert!(refused["detail"].as_str().unwrap().contains("ended"), "{why}: {refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_its_owners_access_ends_a_key_for_good() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let new = "another one, longer";

    let (person, program) = holder(&stage, Role::Audience).await;
    Audience(stage.session(&person)).sign_out().await.expect(204);
    program.get("/me/registrations").await.expect(200);
    Audience(stage.session(&person)).sign_out_everywhere().await.expect(204);
    has_ended(&program, "signed out everywhere").await;
    let again = stage.anonymous().login(&person.email, PASSWORD).await.expect(200);
    let session = stage.server.session(again["token"].as_str().unwrap().to_owned());
    assert_eq!(listed(&session).await[0]["state"], "ENDED");

    let (person, program) = holder(&stage, Role::Audience).await;
    Audience(stage.session(&person)).change_password(PASSWORD, new).await.expect(200);
    has_ended(&program, "another password").await;

    let (person, program) = holder(&stage, Role::Audience).await;
    admin.reset_password(person.id, new).await.expect(204);
    has_ended(&program, "a password by an admin").await;

    let (person, program) = holder(&stage, Role::Audience).await;
    let reset = json!({ "token": link(&stage, "RESET_PASSWORD", &person).await, "new_password": new });
    stage.anonymous().post_json("/auth/password-resets/use", &reset).await.expect(204);
    has_ended(&program, "a forgotten password").await;

    let (person, program) = holder(&stage, Role::Organizer).await;
    admin.change_user(person.id, &json!({ "role": "AUDIENCE" })).await.expect(200);
    has_ended(&program, "another role").await;
    admin.change_user(person.id, &json!({ "role": "ORGANIZER" })).await.expect(200);
    has_ended(&program, "the old role again").await;

    let (person, program) = holder(&stage, Role::Audience).await;
    admin.deactivate(person.id).await.expect(200);
    has_ended(&program, "deactivated").await;
    admin.change_user(person.id, &json!({ "is_active": true })).await.expect(200);
    has_ended(&program, "active again").await;

    // By a command, or on another server.
    let (person, program) = holder(&stage, Role::Audience).await;
    stage.set_access(&person, Role::Audience, false).await;
    has_ended(&program, "deactivated elsewhere").await;

    let (person, program) = holder(&stage, Role::Audience).await;
    Audience(stage.session(&person)).erase(PASSWORD).await.expect(204);
    eventually("erased", async || (program.get("/me/registrations").await.status == 401).then_some(())).await;
    let of_nobody =
        format!("do $$ begin assert not exists (select from api_keys where user_id = '{}'); end $$", person.id);
    stage.execute(&of_nobody).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_key_says_so_and_its_days_are_the_owners_choice() {
    let stage = Stage::set().await;
    let person = stage.person(Role::Audience).await;
    let session = stage.session(&person);
    let expired = stage.api_key(&person, &Key { is_expired: true, ..Key::of(&[KeyPermission::Book]) }).await;
    let refused = stage.with_key(&expired.text).get("/me/registrations").await.expect_problem(401, "unauthenticated");
    assert!(refused["detail"].as_str().unwrap().contains("expired"), "{refused}");
    assert_eq!(listed(&session).await[0]["state"], "EXPIRED");
    assert_eq!(listed(&session).await[0]["last_used_at"], json!(null), "it was not used");

    let mut body = wanted(&["BOOK"]);
    for (days, lasts) in [(json!(1), Some(1)), (json!(366), Some(366)), (json!(null), None)] {
        body["expires_in_days"] = days;
        let (key, told) = make(&session, &body).await;
        let lasted = (!told["expires_at"].is_null()).then(|| time(&told["expires_at"]) - time(&told["created_at"]));
        assert_eq!(lasted, lasts.map(TimeDelta::days));
        stage.with_key(&key).get("/me/registrations").await.expect(200);
    }
    for days in [json!(0), json!(-1), json!(367), json!(1.5), json!("1")] {
        body["expires_in_days"] = days;
        assert!([400, 422].contains(&session.post_json(KEYS, &body).await.status), "{body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_has_twenty_keys_at_most_and_needs_the_password_for_each() {
    let stage = Stage::set().await;
    let person = stage.person(Role::Audience).await;
    let session = stage.session(&person);
    let mut wrong = wanted(&["BOOK"]);
    wrong["current_password"] = json!("not the password");
    let refused = session.post_json(KEYS, &wrong).await.expect_problem(422, "invalid-field");
    assert_eq!(refused["field"], "current_password");
    for _ in 0..19 {
        stage.api_key(&person, &Key::of(&[KeyPermission::Book])).await;
    }
    // Two at once: the lock lets one of them in.
    let body = wanted(&["BOOK"]);
    let (one, other) = tokio::join!(session.post_json(KEYS, &body), session.post_json(KEYS, &body));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    session.post_json(KEYS, &body).await.expect_problem(409, "too-many-keys");
    let newest = listed(&session).await[0]["id"].as_str().unwrap().to_owned();
    session.delete(&format!("{KEYS}/{newest}")).await.expect(204);
    session.post_json(KEYS, &body).await.expect(201);

    for (field, value) in [
        ("name", json!("")),
        ("name", json!("x".repeat(101))),
        ("permissions", json!([])),
        ("permissions", json!(vec!["BOOK"; KeyPermission::ALL.len() + 1])),
    ] {
        let mut body = body.clone();
        body[field] = value;
        assert_eq!(session.post_json(KEYS, &body).await.expect_problem(422, "invalid-field")["field"], field);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_taken_from_the_header_alone() {
    let stage = Stage::set().await;
    let (person, program) = holder(&stage, Role::Audience).await;
    let key = stage.api_key(&person, &Key::of(&[KeyPermission::Book])).await.text;
    let anonymous = stage.anonymous();
    for name in ["key", "q", "limit", &key] {
        for path in ["/me/registrations", "/events", "/health/live"] {
            let refused = anonymous.get(&format!("{path}?{name}={key}")).await.expect_problem(422, "invalid-field");
            let detail = refused["detail"].as_str().unwrap();
            assert!(detail.contains("revoke this key") && !detail.contains(&key), "{detail}");
        }
    }
    let in_cookie = anonymous.request(Method::GET, "/me/registrations").header("Cookie", format!("token={key}"));
    send(in_cookie).await.expect_problem(401, "unauthenticated");
    for made_up in [&key[..49], &format!("{key}0"), &key.replace("live", "test"), &format!("{}0", &key[..49])] {
        if *made_up != key {
            stage.with_key(made_up).get("/me/registrations").await.expect_problem(401, "unauthenticated");
        }
    }
    let unknown = ApiKey::random().unwrap();
    stage.with_key(unknown.expose()).get("/me/registrations").await.expect_problem(401, "unauthenticated");
    // Public reads are answered also with a key that is none.
    stage.with_key(unknown.expose()).get("/events").await.expect(200);
    program.get("/me/registrations").await.expect(200);
    let metrics = anonymous.get("/metrics").await.text;
    for reason in ["malformed", "unknown"] {
        assert!(metrics.contains(&format!("onsale_api_key_refusals_total{{reason=\"{reason}\"}}")), "{metrics}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_does_not_pass_its_checksum_asks_no_database() {
    let (stage, wire) = Stage::set_behind_a_wire(&[]).await;
    let key = ApiKey::random().unwrap();
    let mistyped = format!("{}{}", &key.expose()[..49], if key.expose().ends_with('0') { '1' } else { '0' });
    wire.freeze();
    stage.with_key(&mistyped).get("/me/registrations").await.expect_problem(401, "unauthenticated");
    wire.thaw();
    stage.with_key(key.expose()).get("/me/registrations").await.expect_problem(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn making_and_revoking_a_key_is_in_the_audit_log_without_the_key() {
    let stage = Stage::set().await;
    let person = stage.person(Role::Audience).await;
    let session = stage.session(&person);
    let (key, told) = make(&session, &wanted(&["BOOK"])).await;
    session.delete(&format!("{KEYS}/{}", told["id"].as_str().unwrap())).await.expect(204);
    let log = stage.admin().await.audit(&format!("?subject_id={}", person.id)).await.expect(200);
    let entries = log["items"].as_array().unwrap();
    let actions: Vec<&Value> = entries.iter().map(|entry| &entry["action"]).collect();
    assert_eq!(actions, ["API_KEY_REVOKED", "API_KEY_CREATED"]);
    assert_eq!(entries[1]["after"]["api_key"], told["id"]);
    assert_eq!(entries[1]["after"]["permissions"], json!(["BOOK"]));
    for secret in [&key, &key[..16], "A program"] {
        assert!(!log.to_string().contains(secret), "{log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_counts_like_its_owners_sessions() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    organizer
        .change_tickets(&event, |document| document["ticket_types"][0]["prices"][0]["code"] = json!("MEMBERS"))
        .await;
    let (person, program) = holder(&stage, Role::Audience).await;
    let guess = async |client: &Client| -> Answer {
        client.post_json(&format!("/events/{event}/code"), &json!({ "code": "GUESSED" })).await
    };
    let mut refused = 0;
    while guess(&program).await.status != 429 {
        refused += 1;
        assert!(refused < 20, "wrong codes are not counted");
    }
    guess(&stage.session(&person)).await.expect_problem(429, "too-many-attempts");
    guess(&stage.audience().await.0).await.expect_problem(409, "wrong-code");
}
