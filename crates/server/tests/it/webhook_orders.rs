//! Orders of owners at their webhooks: each takes the password where it must, is in the audit log, and has its limits.

use domain::accounts::Role;
use serde_json::{Value, json};
use testdb::patience::eventually;

use crate::client::{Admin, Answer, Audience, Client, Organizer};
use crate::receiver::Receiver;
use crate::stage::{PASSWORD, Stage};
use crate::webhooks::{self, ALL_KINDS, delivery, ping, rotate, shown, wanted, webhook};

const ROOT: &str = "/organizer/webhooks";

const URL: &str = "https://hooks.example.org/onsale";

async fn query(stage: &Stage, sql: &str) -> i64 {
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.query_one(sql, &[]).await.unwrap().get(0)
}

async fn entries(admin: &Admin, owner: &str) -> Vec<Value> {
    admin.audit(&format!("?subject_id={owner}")).await.expect(200)["items"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_another_address_and_another_secret_take_the_password() {
    let stage = Stage::set().await;
    let owner = stage.organizer().await;
    let (id, secret) = webhook(&owner, URL, &["event.published"]).await;
    let path = format!("{ROOT}/{id}");
    let wrong = "not the password";
    let other = "https://other.example.org/";
    let refused = [
        owner.post_json(ROOT, &json!({ "url": other, "kinds": ["event.updated"], "current_password": wrong })).await,
        owner.patch_json(&path, &json!({ "url": other })).await,
        owner.patch_json(&path, &json!({ "url": other, "current_password": wrong })).await,
        owner.post_json(&format!("{path}/secret"), &json!({ "current_password": wrong })).await,
    ];
    for answer in refused {
        assert_eq!(answer.expect_problem(422, "invalid-field")["field"], "current_password");
    }
    owner
        .post_json(ROOT, &json!({ "url": other, "kinds": ["event.updated"] }))
        .await
        .expect_problem(422, "invalid-body");
    owner.post(&format!("{path}/secret")).await.expect_problem(415, "unsupported-media-type");
    let unchanged = owner.get(ROOT).await.expect(200);
    assert_eq!((unchanged["items"].as_array().unwrap().len(), &unchanged["items"][0]["url"]), (1, &json!(URL)));
    assert_eq!(unchanged["items"][0]["former_secret_until"], Value::Null);

    owner.patch_json(&path, &json!({ "kinds": ["event.updated"], "state": "OFF" })).await.expect(200);
    let moved = owner.patch_json(&path, &json!({ "url": other, "current_password": PASSWORD })).await.expect(200);
    assert_eq!(moved["url"], other);
    assert_ne!(rotate(&owner, &id).await.expect(200)["secret"], secret);

    // Guesses are counted with those at the door.
    let guess = async || owner.post_json(&format!("{path}/secret"), &json!({ "current_password": wrong })).await;
    let mut guesses = 0;
    while guess().await.status != 429 {
        guesses += 1;
        assert!(guesses < 30, "wrong passwords are not counted");
    }
    rotate(&owner, &id).await.expect_problem(429, "too-many-attempts");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_owner_does_is_in_the_audit_log_with_the_host_alone() {
    let stage = Stage::set().await;
    let (person, admin) = (stage.person(Role::Organizer).await, stage.admin().await);
    let owner = stage.session(&person);
    let (id, secret) = webhook(&owner, "https://one.example.org/hidden-path?hidden-query", &["event.published"]).await;
    let path = format!("{ROOT}/{id}");
    let change = async |body: Value| owner.patch_json(&path, &body).await.expect(200);
    change(json!({})).await;
    change(json!({ "kinds": ["event.cancelled"], "state": "OFF" })).await;
    change(json!({ "kinds": ["event.cancelled"], "state": "OFF" })).await;
    change(json!({ "url": "https://two.example.org/hidden-path", "current_password": PASSWORD })).await;
    change(json!({ "url": "https://two.example.org:8443/hidden-other", "current_password": PASSWORD })).await;
    let second = rotate(&owner, &id).await.expect(200)["secret"].as_str().unwrap().to_owned();
    owner.delete(&path).await.expect(204);

    let mut entries = entries(&admin, &person.id.to_string()).await;
    entries.reverse();
    let told: Vec<(&str, &Value, &Value)> =
        entries.iter().map(|entry| (entry["action"].as_str().unwrap(), &entry["before"], &entry["after"])).collect();
    let expected = [
        (
            "WEBHOOK_CREATED",
            Value::Null,
            json!({ "webhook": id, "host": "one.example.org", "kinds": ["event.published"], "all_events": false }),
        ),
        (
            "WEBHOOK_CHANGED",
            json!({ "kinds": ["event.published"], "state": "ON" }),
            json!({ "webhook": id, "host": "one.example.org", "kinds": ["event.cancelled"], "state": "OFF" }),
        ),
        (
            "WEBHOOK_CHANGED",
            json!({ "host": "one.example.org" }),
            json!({ "webhook": id, "host": "two.example.org", "has_other_address": true }),
        ),
        ("WEBHOOK_CHANGED", json!({}), json!({ "webhook": id, "host": "two.example.org", "has_other_address": true })),
        ("WEBHOOK_SECRET_CHANGED", json!({}), json!({ "webhook": id, "host": "two.example.org" })),
        ("WEBHOOK_DELETED", json!({ "webhook": id, "host": "two.example.org" }), Value::Null),
    ];
    let expected: Vec<_> = expected.iter().map(|(action, before, after)| (*action, before, after)).collect();
    assert_eq!(told, expected);
    for entry in &entries {
        assert_eq!((&entry["actor"]["id"], &entry["subject_kind"]), (&json!(person.id), &json!("USER")));
        for hidden in ["hidden", &secret, &second, "8443"] {
            assert!(!entry.to_string().contains(hidden), "{entry}");
        }
    }
    let of_one_kind = admin.audit("?action=WEBHOOK_CHANGED").await.expect(200);
    assert_eq!(of_one_kind["items"].as_array().unwrap().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrators_webhook_is_in_the_log_as_one_of_all_events() {
    let stage = Stage::set().await;
    let person = stage.person(Role::Admin).await;
    let admin = Admin(Organizer(Audience(stage.session(&person))));
    webhook(&admin, URL, &ALL_KINDS).await;
    assert_eq!(entries(&admin, &person.id.to_string()).await[0]["after"]["all_events"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_webhook_is_gone_at_once_and_what_it_has_left_soon() {
    let (receiver, stage) = (Receiver::start().await, webhooks::stage().await);
    let owner = stage.organizer().await;
    let (id, _) = webhook(&owner, &receiver.at("/500"), &ALL_KINDS).await;
    let (kept, _) = webhook(&owner, &receiver.at("/ok"), &ALL_KINDS).await;
    rotate(&owner, &id).await.expect(200);
    ping(&owner, &id).await;
    let test = delivery(&owner, &id, |one| one["last_status"] == 500).await;
    let path = format!("{ROOT}/{id}");
    owner.delete(&path).await.expect(204);

    let told =
        format!("select num_nonnulls(url, secret, former_secret)::bigint from webhook_endpoints where id = '{id}'");
    // It may be gone as a whole already.
    let told = format!("select coalesce(({told}), 0)");
    assert_eq!(query(&stage, &told).await, 0);
    let left = owner.get(ROOT).await.expect(200);
    let left: Vec<&Value> = left["items"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert_eq!(left, [&json!(kept)]);
    let resend = format!("{path}/deliveries/{}/resend", test["id"].as_str().unwrap());
    for answer in [
        owner.get(&format!("{path}/deliveries")).await,
        owner.patch_json(&path, &json!({ "state": "ON" })).await,
        rotate(&owner, &id).await,
        owner.post(&format!("{path}/test")).await,
        owner.post(&resend).await,
        owner.delete(&path).await,
    ] {
        answer.expect_problem(404, "not-found");
    }
    eventually("nothing is left of it", async || {
        let rows = format!(
            "select (select count(*) from webhook_endpoints where id = '{id}') \
             + (select count(*) from webhook_deliveries where endpoint_id = '{id}')"
        );
        (query(&stage, &rows).await == 0).then_some(())
    })
    .await;
    ping(&owner, &kept).await;
    receiver.calls("/ok", 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_has_one_webhook_at_an_address() {
    let stage = Stage::set().await;
    let owner = stage.organizer().await;
    let (id, _) = webhook(&owner, URL, &["event.published"]).await;
    let (other, _) = webhook(&owner, "https://hooks.example.org/other", &["event.published"]).await;
    let taken = |answer: Answer| {
        let problem = answer.expect_problem(422, "invalid-field");
        assert_eq!(problem["field"], "url");
        assert!(problem["detail"].as_str().unwrap().contains("another webhook of yours"), "{problem}");
    };
    let body = |url: &str| wanted(url, &json!(["event.cancelled"]));
    taken(owner.post_json(ROOT, &body("https://HOOKS.example.org:443/onsale")).await);
    let change = json!({ "url": URL, "current_password": PASSWORD });
    taken(owner.patch_json(&format!("{ROOT}/{other}"), &change).await);
    // Its own is none of another.
    owner.patch_json(&format!("{ROOT}/{id}"), &change).await.expect(200);
    stage.organizer().await.post_json(ROOT, &body(URL)).await.expect(201);
    owner.delete(&format!("{ROOT}/{id}")).await.expect(204);
    owner.patch_json(&format!("{ROOT}/{other}"), &change).await.expect(200);
}

/// Sends a delivery again.
async fn resend(owner: &Client, webhook: &str, delivery: &str) -> Answer {
    owner.post(&format!("{ROOT}/{webhook}/deliveries/{delivery}/resend")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn many_deliveries_are_sent_again_at_once_and_then_one_a_second() {
    let (receiver, stage) = (Receiver::start().await, webhooks::stage().await);
    let owner = stage.organizer().await;
    let (id, _) = webhook(&owner, &receiver.at("/ok"), &ALL_KINDS).await;
    ping(&owner, &id).await;
    let test = delivery(&owner, &id, |one| one["state"] == "DELIVERED").await["id"].as_str().unwrap().to_owned();
    let after = |seconds: i32| {
        format!("update webhook_endpoints set resends_until = now() + interval '{seconds} seconds' where id = '{id}'")
    };
    stage.execute(&after(300)).await;
    let refused = resend(&owner, &id, &test).await;
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    // 300, without the minute that may come at once, and the time that this took.
    assert!((1..=242).contains(&wait), "{wait}");
    refused.expect_problem(429, "webhook-too-often");
    assert_eq!(receiver.calls_at("/ok").len(), 1);
    // Tests have a rate of their own, and so have the others of the account.
    ping(&owner, &id).await;
    let (other, _) = webhook(&owner, &receiver.at("/other/ok"), &ALL_KINDS).await;
    ping(&owner, &other).await;
    let of_other = delivery(&owner, &other, |one| one["state"] == "DELIVERED").await;
    resend(&owner, &other, of_other["id"].as_str().unwrap()).await.expect(204);

    stage.execute(&after(30)).await;
    resend(&owner, &id, &test).await.expect(204);
    receiver.calls("/ok", 2).await;
    let counted = format!("select count(*) from webhook_endpoints where id = '{id}' and resends_until > now()");
    assert_eq!(query(&stage, &counted).await, 1);
    // One that is refused for another reason is not counted.
    let unknown = uuid::Uuid::now_v7().to_string();
    let count = format!("select extract(epoch from resends_until)::bigint from webhook_endpoints where id = '{id}'");
    let before = query(&stage, &count).await;
    resend(&owner, &id, &unknown).await.expect_problem(404, "not-found");
    assert_eq!(query(&stage, &count).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loop_of_changes_is_refused_before_it_fills_the_audit_log() {
    let stage = Stage::set().await;
    let (person, admin) = (stage.person(Role::Organizer).await, stage.admin().await);
    let owner = stage.session(&person);
    let (id, _) = webhook(&owner, URL, &["event.published"]).await;
    stage.execute("update webhook_endpoints set changes_until = now() + interval '2 hours'").await;
    let path = format!("{ROOT}/{id}");
    let off = owner.patch_json(&path, &json!({ "state": "OFF" })).await;
    assert!(off.header("retry-after").is_some());
    off.expect_problem(429, "webhook-too-often");
    assert_eq!(shown(&owner, &id).await["state"], "ON");
    // Nothing changes by it, so nothing is written.
    owner.patch_json(&path, &json!({ "state": "ON" })).await.expect(200);
    stage.execute("update webhook_endpoints set changes_until = now() + interval '30 minutes'").await;
    owner.patch_json(&path, &json!({ "state": "OFF" })).await.expect(200);
    assert_eq!(entries(&admin, &person.id.to_string()).await.len(), 2);
}
