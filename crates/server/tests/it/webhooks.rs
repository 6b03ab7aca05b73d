//! Webhooks: other programs are told of each change, in a way that they can trust and order.

use std::collections::HashSet;

use domain::accounts::Role;
use reqwest::Method;
use serde_json::{Value, json};
use testdb::patience::eventually;
use uuid::Uuid;

use crate::client::{Admin, Answer, Audience, Client, Organizer, send};
use crate::mail_server::MailServer;
use crate::messages::with_mail;
use crate::receiver::{Call, Receiver};
use crate::stage::{PASSWORD, Person, Server, Stage};

/// Endpoints on this machine are allowed.
const ON_THIS_MACHINE: [(&str, &str); 2] =
    [("ONSALE__WEBHOOKS__ALLOWED_NETWORKS", "127.0.0.0/8"), ("ONSALE__WEBHOOKS__TLS", "optional")];

pub(crate) const ALL_KINDS: [&str; 10] = [
    "registration.confirmed",
    "registration.waitlisted",
    "registration.held",
    "registration.promoted",
    "registration.paid",
    "registration.reduced",
    "registration.cancelled",
    "event.published",
    "event.updated",
    "event.cancelled",
];

pub(crate) async fn stage() -> Stage {
    Stage::set_with(&ON_THIS_MACHINE).await
}

/// A webhook that is to be made.
pub(crate) fn wanted(url: &str, kinds: &Value) -> Value {
    json!({ "url": url, "kinds": kinds, "current_password": PASSWORD })
}

/// Gives a webhook another secret.
pub(crate) async fn rotate(owner: &Client, id: &str) -> Answer {
    owner.post_json(&format!("/organizer/webhooks/{id}/secret"), &json!({ "current_password": PASSWORD })).await
}

/// Makes a webhook of somebody. Its id and its secret.
pub(crate) async fn webhook(owner: &Client, url: &str, kinds: &[&str]) -> (String, String) {
    let made = owner.post_json("/organizer/webhooks", &wanted(url, &json!(kinds))).await.expect(201);
    (made["webhook"]["id"].as_str().unwrap().to_owned(), made["secret"].as_str().unwrap().to_owned())
}

pub(crate) async fn ping(owner: &Client, id: &str) -> Value {
    owner.post(&format!("/organizer/webhooks/{id}/test")).await.expect(202)
}

pub(crate) async fn shown(owner: &Client, id: &str) -> Value {
    let all = owner.get("/organizer/webhooks").await.expect(200);
    all["items"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone()
}

/// The newest delivery of a webhook, as soon as it is so.
pub(crate) async fn delivery(owner: &Client, id: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    let path = format!("/organizer/webhooks/{id}/deliveries");
    eventually("the delivery has come so far", async || {
        let newest = owner.get(&path).await.expect(200)["items"][0].clone();
        (!newest.is_null() && is_so(&newest)).then_some(newest)
    })
    .await
}

fn kinds(calls: &[Call]) -> Vec<String> {
    calls.iter().map(Call::kind).collect()
}

/// Waits until all that has happened is written down, and has it tried at once.
async fn make_due(stage: &Stage) {
    stage.execute("update webhook_deliveries set due_at = now() where state = 'DUE'").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_change_is_told_once_to_those_who_run_the_event_signed_and_numbered() {
    let (receiver, stage) = (Receiver::start().await, stage().await);
    let (organizer, other, admin) = (stage.organizer().await, stage.organizer().await, stage.admin().await);
    let (_, secret) = webhook(&organizer, &receiver.at("/mine/ok"), &ALL_KINDS).await;
    webhook(&organizer, &receiver.at("/some/ok"), &["registration.cancelled"]).await;
    let (of_other, _) = webhook(&other, &receiver.at("/other/ok"), &ALL_KINDS).await;
    webhook(&admin, &receiver.at("/all/ok"), &ALL_KINDS).await;

    let event = organizer.published(1).await;
    assert_eq!(kinds(&receiver.calls("/mine/ok", 1).await), ["event.published"]);
    let (first, second) = (stage.audience().await, stage.audience().await);
    let seat = first.book(&event).await.expect(201);
    receiver.calls("/mine/ok", 2).await;
    let waiting = second.book(&event).await.expect(202);
    receiver.calls("/mine/ok", 3).await;
    first.give_up(&seat).await.expect(200);
    receiver.calls("/mine/ok", 5).await;
    organizer.edit(&event, &json!({ "location": "Another hall" })).await.expect(200);
    receiver.calls("/mine/ok", 6).await;
    organizer.cancel(&event).await.expect(200);
    let mine = receiver.calls("/mine/ok", 7).await;

    let mut told = kinds(&mine);
    // One batch gave the seat up and on.
    told[3..5].sort();
    let expected = [
        "event.published",
        "registration.confirmed",
        "registration.waitlisted",
        "registration.cancelled",
        "registration.promoted",
        "event.updated",
        "event.cancelled",
    ];
    assert_eq!(told, expected);
    let ids: HashSet<&str> = mine.iter().map(Call::id).collect();
    assert_eq!(ids.len(), mine.len());
    let mut number = 0;
    for call in &mine {
        assert_eq!(call.signatures_by(&secret), (1, true));
        let data = &call.json()["data"];
        assert_eq!(data["event_id"], event);
        assert!(data["number"].as_i64().unwrap() >= number, "{data}");
        number = data["number"].as_i64().unwrap();
        assert!(call.body.len() < 1_000);
    }
    let promoted = mine.iter().find(|call| call.kind() == "registration.promoted").unwrap().json();
    let data = &promoted["data"];
    assert_eq!(
        (&data["registration_id"], &data["status"], &data["seats"], &data["ticket_type"], &data["cancellation"]),
        (&waiting["id"], &json!("CONFIRMED"), &json!(1), &json!(1), &Value::Null)
    );
    let given_up = mine.iter().find(|call| call.kind() == "registration.cancelled").unwrap().json();
    assert_eq!(
        (&given_up["data"]["registration_id"], &given_up["data"]["cancellation"]),
        (&seat["id"], &json!("GIVEN_UP"))
    );
    let versions: Vec<i64> = mine.iter().filter_map(|call| call.json()["data"]["version"].as_i64()).collect();
    assert!(versions.is_sorted() && versions.len() == 3, "{versions:?}");

    assert_eq!(kinds(&receiver.calls("/some/ok", 1).await), ["registration.cancelled"]);
    assert_eq!(receiver.calls("/all/ok", 7).await.len(), 7);
    // News for others would have come before.
    ping(&other, &of_other).await;
    assert_eq!(kinds(&receiver.calls("/other/ok", 1).await), ["ping"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_and_fewer_seats_are_told() {
    let (receiver, stage) = (Receiver::start().await, stage().await);
    let organizer = stage.organizer().await;
    let event = organizer.published(9).await;
    webhook(&organizer, &receiver.at("/ok"), &ALL_KINDS).await;
    organizer
        .change_tickets(&event, |document| {
            document["currency"] = json!("EUR");
            document["ticket_types"][0]["prices"][0]["amount"] = json!(500);
            document["ticket_types"][0]["seats_per_registration"] = json!(4);
        })
        .await;
    let buyer = stage.audience().await;
    let seats = |count: i32| json!([{ "price": 1, "count": count }]);
    let held = buyer.choose(&event, &json!({ "ticket_type": 1, "seats": seats(3), "amount": 1_500 })).await.expect(201);
    receiver.calls("/ok", 1).await;
    let fewer = buyer.reduce(&held, &seats(2), "HELD").await.expect(200);
    receiver.calls("/ok", 2).await;
    organizer.mark_paid(&event, held["id"].as_str().unwrap(), 1_000, "transfer").await.expect(200);
    let calls = receiver.calls("/ok", 3).await;
    assert_eq!(kinds(&calls), ["registration.held", "registration.reduced", "registration.paid"]);
    let told: Vec<Value> = calls.iter().map(|call| call.json()["data"].clone()).collect();
    let standing: Vec<_> = told.iter().map(|data| (data["status"].as_str().unwrap(), data["seats"].as_i64())).collect();
    assert_eq!(standing, [("HELD", Some(3)), ("HELD", Some(2)), ("CONFIRMED", Some(2))]);
    assert_eq!(fewer["id"], told[1]["registration_id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_stress_test_is_told() {
    let (receiver, stage) = (Receiver::start().await, stage().await);
    let admin = stage.admin().await;
    let event = admin.published(5).await;
    let (id, _) = webhook(&admin, &receiver.at("/ok"), &ALL_KINDS).await;
    for dry_run in ["false", "true"] {
        let path = format!("/admin/events/{event}/simulate?users=20&dry_run={dry_run}");
        admin.post(&path).await.expect(200);
        admin.undo(&event).await.expect(200);
    }
    stage.audience().await.book(&event).await.expect(201);
    assert_eq!(kinds(&receiver.calls("/ok", 1).await), ["registration.confirmed"]);
    let log = admin.get(&format!("/organizer/webhooks/{id}/deliveries")).await.expect(200);
    assert_eq!(log["items"].as_array().unwrap().len(), 1, "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_was_replaced_signs_along_for_a_day() {
    let (receiver, stage) = (Receiver::start().await, stage().await);
    let owner = stage.organizer().await;
    let (id, first) = webhook(&owner, &receiver.at("/ok"), &ALL_KINDS).await;
    let path = format!("/organizer/webhooks/{id}");
    let rotated = rotate(&owner, &id).await.expect(200);
    let second = rotated["secret"].as_str().unwrap();
    assert_ne!(first, second);
    assert!(rotated["webhook"]["former_secret_until"].is_string());
    ping(&owner, &id).await;
    let call = receiver.calls("/ok", 1).await.remove(0);
    assert_eq!((call.signatures_by(&first), call.signatures_by(second)), ((2, true), (2, true)));
    stage.execute("update webhook_endpoints set former_until = now()").await;
    let test = delivery(&owner, &id, |one| one["state"] == "DELIVERED").await;
    owner.post(&format!("{path}/deliveries/{}/resend", test["id"].as_str().unwrap())).await.expect(204);
    let again = receiver.calls("/ok", 2).await.remove(1);
    assert_eq!((again.signatures_by(&first), again.signatures_by(second)), ((1, false), (1, true)));
    assert_eq!((again.id(), &again.body), (call.id(), &call.body), "it is the same delivery");
    // Never told again.
    for text in [owner.get("/organizer/webhooks").await.text, owner.patch_json(&path, &json!({})).await.text] {
        assert!(!text.contains("whsec_") && !text.contains(second), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_does_not_take_a_webhook_is_tried_again_when_it_is_time() {
    let (receiver, stage) = (Receiver::start().await, stage().await);
    let owner = stage.organizer().await;
    let tried = async |path: &str| {
        let (id, _) = webhook(&owner, &receiver.at(path), &ALL_KINDS).await;
        ping(&owner, &id).await;
        delivery(&owner, &id, |one| one["tries"] == 1 && !one["last_status"].is_null()).await
    };
    let at = |value: &Value| value.as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    let pause = |one: &Value| (at(&one["next_try_at"]) - at(&one["created_at"])).num_seconds();

    let refused = tried("/500").await;
    assert_eq!((&refused["state"], &refused["last_status"]), (&json!("DUE"), &json!(500)));
    assert_eq!(
        (&refused["last_answer"], &refused["last_error"]),
        (&json!("no\n"), &json!("the endpoint answered 500"))
    );
    let moved = tried("/301").await;
    assert_eq!((&moved["state"], &moved["last_status"]), (&json!("DUE"), &json!(301)));
    assert!(receiver.calls_at("/ok").is_empty(), "a redirect is followed to nowhere");
    // It asked for two hours. The first pause of its own would be some seconds.
    let busy = tried("/429").await;
    assert_eq!(busy["last_status"], 429);
    assert!(pause(&busy) >= 7_200, "{busy}");
    let endless = tried("/gigabyte").await;
    assert_eq!((&endless["state"], &endless["last_status"]), (&json!("DELIVERED"), &json!(200)));
    assert_eq!(endless["last_answer"].as_str().unwrap().len(), 1_024);
    // The others are tried again, with the ids that they had.
    make_due(&stage).await;
    for path in ["/500", "/301", "/429"] {
        let calls = receiver.calls(path, 2).await;
        assert_eq!(calls[0].id(), calls[1].id());
        assert_eq!(calls[0].body, calls[1].body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_is_gone_or_takes_nothing_for_days_is_switched_off_and_its_owner_told() {
    let (receiver, mails) = (Receiver::start().await, MailServer::start().await);
    let of_mail = with_mail(&mails);
    let variables: Vec<(&str, &str)> =
        of_mail.iter().map(|(name, value)| (*name, value.as_str())).chain(ON_THIS_MACHINE).collect();
    let stage = Stage::set_with(&variables).await;
    let person = stage.person(Role::Organizer).await;
    let owner = Organizer(Audience(stage.session(&person)));
    let (gone, _) = webhook(&owner, &receiver.at("/410"), &ALL_KINDS).await;
    ping(&owner, &gone).await;
    let off = async |id: &str| {
        eventually("it is off", async || {
            let webhook = shown(&owner, id).await;
            (webhook["state"] == "OFF").then_some(webhook)
        })
        .await
    };
    assert_eq!(off(&gone).await["off_reason"], "GONE");
    let mail = mails.mails_to(&person.email, 1).await.remove(0);
    assert_eq!(mail.header("subject").unwrap(), "A webhook was switched off");
    assert!(mail.text.contains("https://onsale.example/studio/webhooks"));
    owner.post(&format!("/organizer/webhooks/{gone}/test")).await.expect_problem(409, "webhook-off");
    let failed = delivery(&owner, &gone, |one| one["state"] == "FAILED").await;
    let resend = format!("/organizer/webhooks/{gone}/deliveries/{}/resend", failed["id"].as_str().unwrap());
    owner.post(&resend).await.expect_problem(409, "webhook-off");

    let (failing, _) = webhook(&owner, &receiver.at("/500"), &ALL_KINDS).await;
    ping(&owner, &failing).await;
    delivery(&owner, &failing, |one| one["last_status"] == 500).await;
    assert!(shown(&owner, &failing).await["failing_since"].is_string());
    // The last try, while the endpoint has failed for a moment: it stays on.
    stage.execute("update webhook_deliveries set tries = 9, due_at = now() where state = 'DUE'").await;
    delivery(&owner, &failing, |one| one["state"] == "FAILED").await;
    assert_eq!(shown(&owner, &failing).await["state"], "ON");
    // The last try of another one, after more than two days. With three, the first try would have been enough, and the
    // delivery would wait for the endpoint to be on again.
    stage.execute("update webhook_endpoints set failing_since = now() - interval '61 h' where off_since is null").await;
    let failed = delivery(&owner, &failing, |one| one["state"] == "FAILED").await;
    owner
        .post(&format!("/organizer/webhooks/{failing}/deliveries/{}/resend", failed["id"].as_str().unwrap()))
        .await
        .expect(204);
    delivery(&owner, &failing, |one| one["state"] == "DUE" && one["tries"] == 1).await;
    stage.execute("update webhook_deliveries set tries = 9, due_at = now() where state = 'DUE'").await;
    assert_eq!(off(&failing).await["off_reason"], "FAILING");

    // While it is off, nothing is written down for it. It starts anew.
    owner.published(1).await;
    let path = format!("/organizer/webhooks/{failing}");
    let body = json!({ "state": "ON", "url": receiver.at("/ok"), "current_password": PASSWORD });
    let on = owner.patch_json(&path, &body).await.expect(200);
    assert_eq!((&on["state"], &on["off_reason"], &on["failing_since"]), (&json!("ON"), &Value::Null, &Value::Null));
    // Within ten seconds, another test would be the one before.
    stage.execute("update webhook_deliveries set number = 0 where kind = 'ping'").await;
    ping(&owner, &failing).await;
    receiver.calls("/ok", 1).await;
    assert_eq!(kinds(&receiver.calls_at("/ok")), ["ping"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_endpoint_delays_no_other_and_gets_no_more_than_four_at_once() {
    const PEOPLE: usize = 40;
    let (receiver, stage) = (Receiver::start().await, stage().await);
    let organizer = stage.organizer().await;
    let event = organizer.published(50).await;
    receiver.hold("/slow/ok");
    webhook(&organizer, &receiver.at("/slow/ok"), &ALL_KINDS).await;
    webhook(&organizer, &receiver.at("/fast/ok"), &ALL_KINDS).await;
    for person in stage.crowd(PEOPLE).await {
        person.book(&event).await.expect(201);
    }
    assert_eq!(receiver.calls("/fast/ok", PEOPLE).await.len(), PEOPLE);
    assert_eq!(receiver.calls_at("/slow/ok").len(), 4);
    receiver.let_go();
    let slow = receiver.calls("/slow/ok", PEOPLE).await;
    let ids: HashSet<&str> = slow.iter().map(Call::id).collect();
    assert_eq!((ids.len(), receiver.most_at_once("/slow/ok")), (PEOPLE, 4));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_takes_nothing_has_one_place_and_delays_no_other() {
    const PEOPLE: usize = 40;
    let (receiver, stage) = (Receiver::start().await, stage().await);
    let organizer = stage.organizer().await;
    let event = organizer.published(50).await;
    receiver.hold("/slow/ok");
    let (slow, _) = webhook(&organizer, &receiver.at("/slow/ok"), &ALL_KINDS).await;
    webhook(&organizer, &receiver.at("/fast/ok"), &ALL_KINDS).await;
    stage.execute(&format!("update webhook_endpoints set failing_since = now() where id = '{slow}'")).await;
    for person in stage.crowd(PEOPLE).await {
        person.book(&event).await.expect(201);
    }
    assert_eq!(receiver.calls("/fast/ok", PEOPLE).await.len(), PEOPLE);
    receiver.calls("/slow/ok", 1).await;
    assert_eq!(receiver.most_at_once("/slow/ok"), 1);
    // The first one that it takes gives it the places of every other.
    receiver.let_go();
    assert_eq!(receiver.calls("/slow/ok", PEOPLE).await.len(), PEOPLE);
    assert_eq!(shown(&organizer, &slow).await["failing_since"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_has_taken_nothing_for_72_hours_is_switched_off_by_any_failure() {
    // The pause after a second failure is longer still.
    const LONGER_THAN_A_LEASE: i64 = 250;
    let (receiver, stage) = (Receiver::start().await, stage().await);
    let owner = stage.organizer().await;
    let (id, _) = webhook(&owner, &receiver.at("/500"), &ALL_KINDS).await;
    ping(&owner, &id).await;
    let tried = async |tries: i64| {
        delivery(&owner, &id, |one| one["tries"] == tries && one["last_status"] == 500 && !one["last_error"].is_null())
            .await
    };
    tried(1).await;
    let fails_for = async |hours: i32| {
        let since = format!("update webhook_endpoints set failing_since = now() - interval '{hours} hours'");
        stage.execute(&since).await;
    };
    fails_for(71).await;
    make_due(&stage).await;
    receiver.calls("/500", 2).await;
    let second = delivery(&owner, &id, |one| one["tries"] == 2 && pause_of(one) > LONGER_THAN_A_LEASE).await;
    assert_eq!((&second["state"], &shown(&owner, &id).await["state"]), (&json!("DUE"), &json!("ON")));
    fails_for(73).await;
    make_due(&stage).await;
    let off = eventually("it is off", async || {
        let webhook = shown(&owner, &id).await;
        (webhook["state"] == "OFF").then_some(webhook)
    });
    assert_eq!(off.await["off_reason"], "FAILING");
    // It was not the last try.
    assert_eq!(tried(3).await["state"], "DUE");
}

/// The seconds from the making of a delivery to its next try.
fn pause_of(delivery: &Value) -> i64 {
    let at = |name: &str| delivery[name].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    (at("next_try_at") - at("created_at")).num_seconds()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_who_is_none_any_more_hears_and_sees_nothing_of_others_events() {
    let (receiver, stage) = (Receiver::start().await, stage().await);
    let organizer = stage.organizer().await;
    let person = stage.person(Role::Admin).await;
    let admin = Admin(Organizer(Audience(stage.session(&person))));
    let (id, _) = webhook(&admin, &receiver.at("/demoted/500"), &ALL_KINDS).await;
    let (theirs, own) = (organizer.published(1).await, admin.published(1).await);
    receiver.calls("/demoted/500", 2).await;
    let log = format!("/organizer/webhooks/{id}/deliveries");
    let all = eventually("both have failed once", async || {
        let all = admin.get(&log).await.expect(200)["items"].as_array().unwrap().clone();
        (all.len() == 2 && all.iter().all(|one| one["last_status"] == 500)).then_some(all)
    })
    .await;
    let of_theirs = all.iter().find(|one| one["event_id"] == theirs).unwrap()["id"].as_str().unwrap().to_owned();

    let access = stage.set_access(&person, Role::Organizer, true).await;
    let person = Person { role: Role::Organizer, ..person };
    let client = stage.server.session(stage.token_of_version(&person, access.access_version));
    let listed = client.get(&log).await.expect(200)["items"].as_array().unwrap().clone();
    assert_eq!(listed.iter().map(|one| &one["event_id"]).collect::<Vec<_>>(), [&json!(own)]);
    client.post(&format!("{log}/{of_theirs}/resend")).await.expect_problem(404, "not-found");
    // Those that were due already are sent no more. A test shows that the sender has looked.
    let calls_of_own = async |count: usize| {
        eventually("the own one is tried again", async || {
            // Until then: a try that is written down after this puts the next one off again.
            make_due(&stage).await;
            let calls = receiver.calls_at("/demoted/500");
            let own = calls.iter().filter(|call| call.json()["data"]["event_id"] == own).count();
            (own >= count).then_some(calls)
        })
        .await
    };
    let calls = calls_of_own(2).await;
    let calls_later = calls_of_own(3).await;
    assert_eq!(calls_later.iter().filter(|call| call.json()["data"]["event_id"] == theirs).count(), 1);
    assert!(calls_later.len() > calls.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_between_sending_and_writing_down_repeats_it_with_the_same_id() {
    let (receiver, stage) = (Receiver::start().await, stage().await);
    let owner = stage.organizer().await;
    let (_, secret) = webhook(&owner, &receiver.at("/ok"), &ALL_KINDS).await;
    receiver.hold("/ok");
    owner.published(1).await;
    let first = receiver.calls("/ok", 1).await.remove(0);
    let Stage { database, server, .. } = stage;
    server.stop().await;
    receiver.let_go();
    let (client, connection) = tokio_postgres::connect(&database.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    // The lease that the server had ends.
    client.batch_execute("update webhook_deliveries set due_at = now() where state = 'DUE'").await.unwrap();
    let _server = Server::start(&database.url(), &ON_THIS_MACHINE).await;
    let second = receiver.calls("/ok", 2).await.remove(1);
    assert_eq!((first.id(), &first.body), (second.id(), &second.body));
    assert_eq!((first.signatures_by(&secret), second.signatures_by(&secret)), ((1, true), (1, true)));
    eventually("it is delivered", async || {
        let row = client.query_one("select state, tries from webhook_deliveries", &[]).await.unwrap();
        (row.get::<_, String>(0) == "DELIVERED").then(|| assert_eq!(row.get::<_, i16>(1), 2))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_send_each_webhook_once() {
    const PEOPLE: usize = 60;
    let (receiver, stage) = (Receiver::start().await, stage().await);
    let _other = Server::start(&stage.database.url(), &ON_THIS_MACHINE).await;
    let organizer = stage.organizer().await;
    let event = organizer.published(PEOPLE.try_into().unwrap()).await;
    let (id, _) = webhook(&organizer, &receiver.at("/ok"), &ALL_KINDS).await;
    for person in stage.crowd(PEOPLE).await {
        person.book(&event).await.expect(201);
    }
    receiver.calls("/ok", PEOPLE).await;
    let path = format!("/organizer/webhooks/{id}/deliveries?state=DUE");
    eventually("nothing is due", async || {
        let due = organizer.get(&path).await.expect(200);
        due["items"].as_array().unwrap().is_empty().then_some(())
    })
    .await;
    let calls = receiver.calls_at("/ok");
    let ids: HashSet<&str> = calls.iter().map(Call::id).collect();
    assert_eq!((calls.len(), ids.len()), (PEOPLE, PEOPLE));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_is_its_owners_alone_and_ends_with_the_account() {
    let (receiver, stage) = (Receiver::start().await, stage().await);
    let person = stage.person(Role::Organizer).await;
    let owner = Organizer(Audience(stage.session(&person)));
    let (id, _) = webhook(&owner, &receiver.at("/ok"), &ALL_KINDS).await;
    let test = ping(&owner, &id).await;
    let path = format!("/organizer/webhooks/{id}");
    let delivery = test["id"].as_str().unwrap();
    let (other, admin) = (stage.organizer().await, stage.admin().await);
    let others: [&Client; 2] = [&other, &admin];
    for client in others {
        assert_eq!(client.get("/organizer/webhooks").await.expect(200)["items"], json!([]));
        client.patch_json(&path, &json!({ "state": "OFF" })).await.expect_problem(404, "not-found");
        rotate(client, &id).await.expect_problem(404, "not-found");
        for action in ["test", &format!("deliveries/{delivery}/resend")] {
            client.post(&format!("{path}/{action}")).await.expect_problem(404, "not-found");
        }
        client.get(&format!("{path}/deliveries")).await.expect_problem(404, "not-found");
        client.delete(&path).await.expect_problem(404, "not-found");
    }
    let unknown = Uuid::now_v7();
    owner.post(&format!("{path}/deliveries/{unknown}/resend")).await.expect_problem(404, "not-found");
    owner.erase(PASSWORD).await.expect(204);
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let told = "select count(*) from webhook_endpoints \
                where deleted_at is null or num_nonnulls(url, secret, former_secret) > 0";
    assert_eq!(client.query_one(told, &[]).await.unwrap().get::<_, i64>(0), 0, "the secrets are gone at once");
    let left = "select (select count(*) from webhook_endpoints) + (select count(*) from webhook_deliveries)";
    eventually("nothing is left", async || {
        (client.query_one(left, &[]).await.unwrap().get::<_, i64>(0) == 0).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_has_ten_webhooks_and_each_can_be_deleted() {
    let (receiver, stage) = (Receiver::start().await, stage().await);
    let owner = stage.organizer().await;
    let mut ids = Vec::new();
    for nth in 0..10 {
        ids.push(webhook(&owner, &receiver.at(&format!("/{nth}/ok")), &["event.published"]).await.0);
    }
    let body = wanted(&receiver.at("/another/ok"), &json!(["event.published"]));
    owner.post_json("/organizer/webhooks", &body).await.expect_problem(409, "too-many-webhooks");
    ping(&owner, &ids[0]).await;
    receiver.calls("/0/ok", 1).await;
    owner.delete(&format!("/organizer/webhooks/{}", ids[0])).await.expect(204);
    owner.post_json("/organizer/webhooks", &body).await.expect(201);
    owner.published(1).await;
    for nth in 1..10 {
        receiver.calls(&format!("/{nth}/ok"), 1).await;
    }
    assert_eq!(kinds(&receiver.calls("/another/ok", 1).await), ["event.published"]);
    assert_eq!(kinds(&receiver.calls_at("/0/ok")), ["ping"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_runs_no_events_any_more_is_told_nothing() {
    let (receiver, stage) = (Receiver::start().await, stage().await);
    let (organizer, admin) = (stage.organizer().await, stage.admin().await);
    let demoted = stage.person(Role::Admin).await;
    let was_admin = Admin(Organizer(Audience(stage.session(&demoted))));
    webhook(&was_admin, &receiver.at("/demoted/ok"), &ALL_KINDS).await;
    webhook(&admin, &receiver.at("/all/ok"), &ALL_KINDS).await;
    stage.set_access(&demoted, Role::Organizer, true).await;
    organizer.published(1).await;
    receiver.calls("/all/ok", 1).await;
    assert!(receiver.calls_at("/demoted/ok").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_and_kinds_that_cannot_be_are_refused() {
    let stage = Stage::set().await;
    let owner = stage.organizer().await;
    let kinds = json!(["event.published"]);
    for url in [
        "",
        "hooks.example.org",
        "ftp://hooks.example.org",
        "http://hooks.example.org",
        "https://",
        "https://user@hooks.example.org",
        "https://:password@hooks.example.org",
        "https://hooks.example.org/#part",
        "https://hooks.example.org:25",
        "https://hooks.example.org/a\r\nb: c",
        "https://127.0.0.1",
        "https://2130706433",
        "https://0x7f.1",
        "https://0177.0.0.1",
        "https://10.0.0.1",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]",
        "https://[::ffff:127.0.0.1]",
        "https://[fd00::1]",
        &format!("https://hooks.example.org/{}", "x".repeat(1_000)),
    ] {
        let body = wanted(url, &kinds);
        let refused = owner.post_json("/organizer/webhooks", &body).await;
        assert_eq!(refused.expect_problem(422, "invalid-field")["field"], "url", "{url}");
    }
    for kinds in [json!([]), json!(["ping"]), json!(vec!["event.published"; 11])] {
        let body = wanted("https://hooks.example.org", &kinds);
        let refused = owner.post_json("/organizer/webhooks", &body).await;
        assert_eq!(refused.expect_problem(422, "invalid-field")["field"], "kinds", "{kinds}");
    }
    let body = wanted(" https://HOOKS.example.org:443 ", &json!(["event.updated", "event.updated"]));
    let made = owner.post_json("/organizer/webhooks", &body).await.expect(201);
    assert_eq!(made["webhook"]["url"], "https://hooks.example.org/");
    assert_eq!(made["webhook"]["kinds"], json!(["event.updated"]));
    let path = format!("/organizer/webhooks/{}", made["webhook"]["id"].as_str().unwrap());
    let changes = json!({ "url": "https://192.168.0.1" });
    send(owner.request(Method::PATCH, &path).json(&changes)).await.expect_problem(422, "invalid-field");
}
