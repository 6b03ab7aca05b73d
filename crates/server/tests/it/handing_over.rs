//! Events that are handed over from one organizer to another.

use domain::accounts::Role;
use domain::limits::EVENTS_PER_ORGANIZER_MAX;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use testdb::patience::eventually;
use uuid::Uuid;

use crate::client::{Audience, Client, Organizer, event_body, send};
use crate::stage::{PASSWORD, Person, Stage};

/// SQL that adds events of this organizer that are over, or hidden copies of such.
pub(crate) fn events_of(person: &Person, count: i64, original: &str) -> String {
    format!(
        "insert into events (id, organizer_id, title, description, location, starts_at, ends_at, time_zone, capacity, \
         seats_remaining, status, rehearsal_of) select gen_random_uuid(), '{}', 'Event', '', 'Hall', \
         now() - interval '2 hours', now() - interval '1 hour', 'UTC', 5, 5, 'PUBLISHED', {original} \
         from generate_series(1, {count})",
        person.id
    )
}

fn organizer(client: Client) -> Organizer {
    Organizer(Audience(client))
}

fn ids(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|event| event["id"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_is_handed_over_is_its_new_organizers_at_once_on_every_server() {
    let stage = Stage::set().await;
    let other_server = stage.another_server().await;
    let (carol, dave) = (stage.person(Role::Organizer).await, stage.person(Role::Organizer).await);
    let before = [organizer(stage.session(&carol)), organizer(other_server.session(stage.token(&carol)))];
    let after = [organizer(stage.session(&dave)), organizer(other_server.session(stage.token(&dave)))];
    let event = before[0].published(1).await;
    let (seated, waiting) = (stage.audience().await, stage.audience().await);
    let seat = seated.book(&event).await.expect(201);
    waiting.book(&event).await.expect(202);
    // Both servers have what they cache.
    for organizer in &before {
        organizer.analytics(&event).await.expect(200);
        organizer.event(&event).await.expect(200);
    }

    let handed_over = before[0].hand_over(&event, &dave.email.to_uppercase()).await;
    assert_eq!((handed_over.status, handed_over.text.as_str()), (204, ""));

    for former in &before {
        former.own_event(&event).await.expect_problem(404, "not-found");
        former.edit(&event, &json!({ "title": "Mine" })).await.expect_problem(404, "not-found");
        former.analytics(&event).await.expect_problem(404, "not-found");
        former.attendees(&event, "").await.expect_problem(404, "not-found");
        let file = send(former.attendees_accepting(&event, "", "text/csv")).await;
        file.expect_problem(404, "not-found");
        former.remove(&seat, &json!({ "reason": "x" })).await.expect_problem(404, "not-found");
        former.publish(&event).await.expect_problem(404, "not-found");
        former.cancel(&event).await.expect_problem(404, "not-found");
        former.delete_draft(&event).await.expect_problem(404, "not-found");
        former.hand_over(&event, &carol.email).await.expect_problem(404, "not-found");
        assert_eq!(former.get("/organizer/events").await.expect(200)["items"], json!([]));
    }
    for organizer in &after {
        let own = organizer.own_event(&event).await;
        assert!(own.header("etag").unwrap().starts_with("\"3.4-"));
        let own = own.expect(200);
        assert_eq!((&own["organizer_id"], &own["edit_version"]), (&json!(dave.id), &json!(3)));
        organizer.analytics(&event).await.expect(200);
        assert_eq!(organizer.attendees(&event, "").await.expect(200)["items"].as_array().unwrap().len(), 2);
        assert_eq!(ids(&organizer.get("/organizer/events").await.expect(200)), [event.as_str()]);
    }
    let public = stage.anonymous().event(&event).await.expect(200);
    assert_eq!((&public["organizer_id"], &public["confirmed"]), (&json!(dave.id), &json!(1)));
    eventually("the other server's cached event is old enough to be read again", async || {
        let public = other_server.anonymous().event(&event).await.expect(200);
        (public["organizer_id"] == json!(dave.id)).then_some(())
    })
    .await;
    after[1].edit(&event, &json!({ "capacity": 2 })).await.expect(200);
    assert_eq!(waiting.own_registrations().await.expect(200)["items"][0]["status"], "CONFIRMED");

    // Whoever lost the answer asks again, and does not take the event from anybody.
    before[1].hand_over(&event, &dave.email).await.expect(204);
    let log = stage.admin().await.audit(&format!("?subject_id={event}&action=EVENT_HANDED_OVER")).await.expect(200);
    let entries = log["items"].as_array().unwrap();
    assert_eq!(entries.len(), 1, "{log}");
    assert_eq!(entries[0]["actor"]["id"], json!(carol.id));
    assert_eq!(entries[0]["before"], json!({ "organizer_id": carol.id }));
    assert_eq!(entries[0]["after"], json!({ "organizer_id": dave.id }));
    stage.assert_promises().await;
    other_server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_goes_to_an_active_organizer_or_admin_and_all_others_get_one_answer() {
    let stage = Stage::set().await;
    let (owner, stranger, admin) = (stage.organizer().await, stage.organizer().await, stage.admin().await);
    let event = owner.draft(5).await;
    let (inactive, erased) = (stage.person(Role::Organizer).await, stage.person(Role::Organizer).await);
    stage.set_access(&inactive, Role::Organizer, false).await;
    Audience(stage.session(&erased)).erase(PASSWORD).await.expect(204);
    let simulated = "simulated-000001@simulation.invalid";
    let tested = owner.published(3).await;
    admin.simulate(&tested, 3).await.expect(200);
    let mut answers = Vec::new();
    for email in [
        "nobody@example.com",
        &stage.person(Role::Audience).await.email,
        &inactive.email,
        &erased.email,
        &format!("erased-{}@erased.invalid", erased.id),
        simulated,
        "no address",
        "",
    ] {
        let problem = owner.hand_over(&event, email).await.expect_problem(422, "invalid-field");
        assert_eq!(problem["field"], "email", "{email}");
        answers.push(problem["detail"].clone());
    }
    assert!(answers.iter().all(|answer| answer == &answers[0]), "{answers:?}");
    for body in [json!({}), json!({ "email": null }), json!({ "email": "a@x.org", "to": "b" }), json!({ "email": 1 })] {
        let path = format!("/organizer/events/{event}/hand-over");
        owner.post_json(&path, &body).await.expect_problem(422, "invalid-body");
    }
    // Somebody who does not run it learns nothing of any address.
    let next = stage.person(Role::Admin).await;
    for email in ["nobody@example.com", &next.email] {
        stranger.hand_over(&event, email).await.expect_problem(404, "not-found");
        stranger.hand_over(&Uuid::now_v7().to_string(), email).await.expect_problem(404, "not-found");
        Organizer(stage.audience().await).hand_over(&event, email).await.expect_problem(403, "forbidden");
    }

    // To oneself it is no change. An admin hands over what others run, and still runs it.
    let me = owner.me().await.expect(200)["email"].as_str().unwrap().to_owned();
    owner.hand_over(&event, &me).await.expect(204);
    assert_eq!(owner.own_event(&event).await.expect(200)["edit_version"], 1);
    admin.hand_over(&event, &next.email).await.expect(204);
    assert_eq!(admin.own_event(&event).await.expect(200)["organizer_id"], json!(next.id));
    owner.own_event(&event).await.expect_problem(404, "not-found");
    owner.hand_over(&event, &next.email).await.expect_problem(404, "not-found");

    stage.assert_promises().await;

    // Events without a history, which the promises do not know.
    let full = stage.person(Role::Organizer).await;
    stage.execute(&events_of(&full, EVENTS_PER_ORGANIZER_MAX - 1, "null")).await;
    let (one, two) = (owner.draft(5).await, owner.draft(5).await);
    // Whoever finds the account locked by the other one is told to ask again.
    let hand_over = async |event: &str| loop {
        let answer = owner.hand_over(event, &full.email).await;
        if answer.status != 503 {
            return answer;
        }
    };
    let both = join_all([&one, &two].map(|event| hand_over(event))).await;
    let mut statuses: Vec<u16> = both.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 409], "two events at once");
    both.into_iter().find(|answer| answer.status == 409).unwrap().expect_problem(409, "too-many-events");
    organizer(stage.session(&full)).create(&event_body(5)).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handing_over_of_another_version_than_the_caller_saw_is_refused() {
    let stage = Stage::set().await;
    let (admin, owner) = (stage.admin().await, stage.organizer().await);
    let event = owner.draft(5).await;
    let (one, two) = (stage.person(Role::Organizer).await, stage.person(Role::Organizer).await);
    let hand_over = |tag: &'static str, email: &str| {
        let request = admin.request(Method::POST, &format!("/organizer/events/{event}/hand-over"));
        send(request.header("If-Match", tag).json(&json!({ "email": email })))
    };
    hand_over("\"1.1\"", &one.email).await.expect(204);
    let stale = hand_over("\"1.1\"", &two.email).await;
    assert_eq!(stale.expect_problem(412, "edit-conflict")["current_version"], 2);
    // Such a request tells nothing about an address.
    hand_over("\"1.1\"", "nobody@example.com").await.expect_problem(412, "edit-conflict");
    hand_over("\"1.1\"", &one.email).await.expect(204);
    hand_over("x", &one.email).await.expect_problem(400, "malformed-header");
    hand_over("\"1.1\", W/\"2.1\"", &two.email).await.expect(204);
    assert_eq!(admin.own_event(&event).await.expect(200)["organizer_id"], json!(two.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_equal_requests_at_once_each_learns_that_the_event_was_handed_over() {
    let stage = Stage::set().await;
    let (owner, to) = (stage.organizer().await, stage.person(Role::Organizer).await);
    for _ in 0..5 {
        let event = owner.draft(5).await;
        let answers = join_all((0..4).map(|_| owner.hand_over(&event, &to.email))).await;
        assert_eq!(answers.iter().map(|answer| answer.status).collect::<Vec<_>>(), [204; 4]);
    }
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_without_events_of_its_own_can_be_erased() {
    let stage = Stage::set().await;
    let person = stage.person(Role::Organizer).await;
    let owner = organizer(stage.session(&person));
    let (draft, coming, past) = (owner.draft(1).await, owner.published(1).await, owner.published(1).await);
    let made = owner.create_with_key(&event_body(5), "dana-scully-1").await.expect(201);
    let made = made["id"].as_str().unwrap();
    stage
        .execute(&format!(
            "update events set starts_at = now() - interval '2 days', ends_at = now() - interval '1 day' where id = '{past}'"
        ))
        .await;
    let called_off = owner.draft(1).await;
    owner.cancel(&called_off).await.expect(200);
    let next = stage.person(Role::Organizer).await;
    for event in [&draft, &coming, made] {
        owner.erase(PASSWORD).await.expect_problem(409, "coming-events");
        owner.hand_over(event, &next.email).await.expect(204);
    }
    // Also those that keep nobody from leaving.
    for event in [&past, &called_off] {
        owner.hand_over(event, &next.email).await.expect(204);
    }
    owner.erase(PASSWORD).await.expect(204);
    let of_next = organizer(stage.session(&next)).get("/organizer/events").await.expect(200);
    assert_eq!(of_next["items"].as_array().unwrap().len(), 5);
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let keys = "select count(*) from events where idempotency_key is not null";
    assert_eq!(client.query_one(keys, &[]).await.unwrap().get::<_, i64>(0), 0);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_made_an_event_makes_no_second_one_after_its_handing_over() {
    let stage = Stage::set().await;
    let (one, two) = (stage.person(Role::Organizer).await, stage.person(Role::Organizer).await);
    let (first, second) = (organizer(stage.session(&one)), organizer(stage.session(&two)));
    let body = event_body(5);
    let event = first.create_with_key(&body, "k").await.expect(201);
    let id = event["id"].as_str().unwrap();
    first.hand_over(id, &two.email).await.expect(204);
    first.create_with_key(&body, "k").await.expect_problem(404, "not-found");
    assert_eq!(first.get("/organizer/events").await.expect(200)["items"], json!([]));
    // A key is that of the account that sent it.
    let other = second.create_with_key(&body, "k").await.expect(201);
    assert_ne!(other["id"], event["id"]);
    second.hand_over(id, &one.email).await.expect(204);
    let again = first.create_with_key(&body, "k").await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.expect(201)["id"], event["id"]);
    assert_eq!(second.create_with_key(&body, "k").await.expect(201)["id"], other["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_never_left_with_an_account_that_is_erased_at_the_same_moment() {
    let stage = Stage::set().await;
    let owner = stage.organizer().await;
    for _ in 0..12 {
        let event = owner.draft(5).await;
        let person = stage.person(Role::Organizer).await;
        let leaver = Audience(stage.session(&person));
        // While the erasure has the account, the other one is told to come back.
        let handing_over = eventually("an answer", async || {
            Some(owner.hand_over(&event, &person.email).await).filter(|answer| answer.status != 503)
        });
        let (handed_over, erased) = tokio::join!(handing_over, leaver.erase(PASSWORD));
        match (handed_over.status, erased.status) {
            (204, 409) | (422, 204) => {}
            other => panic!("{other:?}"),
        }
    }
    stage.assert_promises().await;
}
