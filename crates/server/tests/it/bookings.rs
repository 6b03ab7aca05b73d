//! Places: booked in a rush, again, given up, and seen.

use std::collections::BTreeSet;

use auth::tokens::Subject;
use chrono::Utc;
use domain::accounts::Role;
use domain::limits::GIVEN_UP_PER_PERSON_MAX;
use futures_util::future::join_all;
use serde_json::{Value, json};
use testdb::patience::eventually;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use uuid::Uuid;

use crate::client::{Audience, event_body};
use crate::stage::{Stage, issue, tokens};

#[tokio::test(flavor = "multi_thread")]
async fn own_registrations_are_found_by_event_and_status() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let (first, second) = (organizer.published(5).await, organizer.published(0).await);
    let (person, other) = (stage.audience().await, stage.audience().await);
    let gone = person.book(&first).await.expect(201);
    person.give_up(&gone).await.expect(200);
    let seat = person.book(&first).await.expect(201);
    let place = person.book(&second).await.expect(202);
    other.book(&first).await.expect(201);
    let none = uuid::Uuid::now_v7();
    let [gone, seat, place] = [gone, seat, place].map(|one| one["id"].clone());
    for (query, expected) in [
        (String::new(), vec![&place, &seat, &gone]),
        (format!("?event_id={first}"), vec![&seat, &gone]),
        (format!("?event_id={second}"), vec![&place]),
        (format!("?event_id={none}"), vec![]),
        ("?status=CONFIRMED".to_owned(), vec![&seat]),
        ("?status=WAITLISTED".to_owned(), vec![&place]),
        (format!("?event_id={first}&status=CANCELLED"), vec![&gone]),
        (format!("?event_id={second}&status=CANCELLED"), vec![]),
    ] {
        let page = person.get(&format!("/me/registrations{query}")).await.expect(200);
        let found: Vec<_> = page["items"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
        assert_eq!(found, expected, "{query}");
    }
    let page = person.get(&format!("/me/registrations?event_id={first}&limit=1")).await.expect(200);
    let rest = format!("/me/registrations?event_id={first}&limit=1&cursor={}", page["next_cursor"].as_str().unwrap());
    let rest = person.get(&rest).await.expect(200);
    assert_eq!((&rest["items"][0]["id"], &rest["next_cursor"]), (&gone, &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_racers_share_fifty_seats_and_one_line() {
    let stage = Stage::set().await;
    let event = stage.organizer().await.published(50).await;
    let racers = stage.crowd(200).await;
    let answers = join_all(racers.iter().map(|racer| racer.book(&event))).await;

    let (mut seated, mut positions) = (0, BTreeSet::new());
    for answer in answers {
        let status = answer.status;
        let registration = answer.body;
        match (status, registration["status"].as_str()) {
            (201, Some("CONFIRMED")) => {
                assert_eq!(registration["position"], Value::Null);
                seated += 1;
            }
            (202, Some("WAITLISTED")) => {
                let position = registration["position"].as_i64().unwrap();
                assert!(positions.insert(position), "{position} twice");
            }
            _ => panic!("{status} {registration}"),
        }
    }
    assert_eq!(seated, 50);
    assert!(positions.iter().copied().eq(1..=150), "{positions:?}");
    assert_eq!(stage.registrations(&event).await.len(), 200);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_sell_one_event_as_one() {
    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let event = stage.organizer().await.published(30).await;
    let people = stage.people(Role::Audience, 120).await;
    let racers: Vec<_> = people
        .iter()
        .enumerate()
        .map(|(n, person)| {
            let server = if n % 2 == 0 { &stage.server } else { &other };
            Audience(server.session(stage.token(person)))
        })
        .collect();
    let answers = join_all(racers.iter().map(|racer| racer.book(&event))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 30);
    let positions: BTreeSet<_> = answers.iter().filter_map(|answer| answer.body["position"].as_i64()).collect();
    assert!(positions.iter().copied().eq(1..=90), "{positions:?}");
    stage.assert_promises().await;
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_again_gets_the_same_registration_as_it_stands_now() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(1).await;
    let (first, second) = (stage.audience().await, stage.audience().await);

    let seat = first.book_with_key(&event, "k1").await;
    assert_eq!(seat.header("idempotency-replayed"), None);
    let seat = seat.expect(201);
    let again = first.book_with_key(&event, "k1").await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.expect(201), seat);

    let waiting = second.book_with_key(&event, "k2").await.expect(202);
    assert_eq!(waiting["position"], 1);
    let again = second.book_with_key(&event, "k2").await.expect(202);
    assert_eq!(again, waiting, "with its place in line");

    // Promoted.
    first.give_up(&seat).await.expect(200);
    let promoted = second.book_with_key(&event, "k2").await.expect(201);
    assert_eq!((&promoted["id"], &promoted["status"]), (&waiting["id"], &json!("CONFIRMED")));
    assert_eq!(promoted["position"], Value::Null);
    // Given up.
    let given_up = first.book_with_key(&event, "k1").await.expect(200);
    assert_eq!((&given_up["id"], &given_up["status"]), (&seat["id"], &json!("CANCELLED")));
    // The event cancelled.
    organizer.cancel(&event).await.expect(200);
    let mut for_nothing = promoted;
    for_nothing["event_cancelled"] = json!(true);
    assert_eq!(second.book_with_key(&event, "k2").await.expect(201), for_nothing);
    stage.audience().await.book_with_key(&event, "k2").await.expect_problem(409, "event-cancelled");
    assert_eq!(stage.registrations(&event).await.len(), 2);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_a_second_booking_is_told_of_the_first() {
    let stage = Stage::set().await;
    let event = stage.organizer().await.published(1).await;
    let (first, second, third) = (stage.audience().await, stage.audience().await, stage.audience().await);
    let seat = first.book(&event).await.expect(201);
    assert_eq!(first.book(&event).await.expect_problem(409, "already-registered")["registration"], seat);
    assert_eq!(
        first.book_with_key(&event, "new").await.expect_problem(409, "already-registered")["registration"],
        seat
    );
    second.book(&event).await.expect(202);
    let waiting = third.book(&event).await.expect(202);
    assert_eq!(waiting["position"], 2);
    let problem = third.book(&event).await.expect_problem(409, "already-registered");
    assert_eq!(problem["registration"], waiting, "with the place in line");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_given_up_goes_to_the_first_in_line() {
    let stage = Stage::set().await;
    let event = stage.organizer().await.published(1).await;
    let people = stage.crowd(4).await;
    let mut made = Vec::new();
    for person in &people {
        made.push(person.book(&event).await.body);
    }
    // Waiting can be given up, too.
    people[2].give_up(&made[2]).await.expect(200);
    let given_up = people[0].give_up(&made[0]).await.expect(200);
    assert_eq!((&given_up["status"], &given_up["position"]), (&json!("CANCELLED"), &Value::Null));
    assert!(given_up["cancelled_at"].is_string());

    let own = people[1].own_registrations().await.expect(200);
    assert_eq!(own["items"][0]["status"], "CONFIRMED");
    let own = people[3].own_registrations().await.expect(200);
    assert_eq!((&own["items"][0]["status"], &own["items"][0]["position"]), (&json!("WAITLISTED"), &json!(1)));
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn giving_up_again_changes_nothing_and_does_not_touch_a_later_booking() {
    let stage = Stage::set().await;
    let event = stage.organizer().await.published(5).await;
    let audience = stage.audience().await;
    let first = audience.book(&event).await.expect(201);
    let given_up = audience.give_up(&first).await.expect(200);
    assert_eq!(audience.give_up(&first).await.expect(200), given_up);
    let second = audience.book(&event).await.expect(201);
    assert_ne!(second["id"], first["id"]);
    assert_eq!(audience.give_up(&first).await.expect(200), given_up);
    let problem = audience.book(&event).await.expect_problem(409, "already-registered");
    assert_eq!(problem["registration"], second);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_up_what_is_somebody_elses() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let (event, other_event) = (organizer.published(5).await, organizer.published(5).await);
    let owner = stage.audience().await;
    let seat = owner.book(&event).await.expect(201);
    stage.audience().await.give_up(&seat).await.expect_problem(404, "not-found");
    organizer.give_up(&seat).await.expect_problem(404, "not-found");
    stage.admin().await.give_up(&seat).await.expect_problem(404, "not-found");
    let elsewhere = json!({ "id": seat["id"], "event_id": other_event });
    owner.give_up(&elsewhere).await.expect_problem(404, "not-found");
    assert_eq!(owner.own_registrations().await.expect(200)["items"][0]["status"], "CONFIRMED");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_sees_ones_own_registrations_with_their_events_page_by_page() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let (audience, other) = (stage.audience().await, stage.audience().await);
    let mut made = Vec::new();
    for _ in 0..3 {
        let event = organizer.published(1).await;
        other.book(&event).await.expect(201);
        made.insert(0, audience.book(&event).await.expect(202));
    }
    let whole = audience.own_registrations().await;
    assert_eq!(whole.header("cache-control"), Some("no-store"));
    let whole = whole.expect(200);
    assert_eq!(whole["next_cursor"], Value::Null);
    for (item, made) in whole["items"].as_array().unwrap().iter().zip(&made) {
        for member in ["id", "event_id", "status", "position", "decision", "registered_at"] {
            assert_eq!(item[member], made[member]);
        }
        assert_eq!(item["event"]["id"], made["event_id"]);
        assert_eq!((&item["event"]["seats_remaining"], &item["event"]["waiting"]), (&json!(0), &json!(1)));
    }
    let (mut seen, mut path) = (Vec::new(), "/me/registrations?limit=2".to_owned());
    loop {
        let page = audience.get(&path).await.expect(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/me/registrations?limit=2&cursor={cursor}");
    }
    assert_eq!(seen, made.iter().map(|made| made["id"].clone()).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_its_window_nothing_is_sold() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let audience = stage.audience().await;
    let published = async |member: &str, at: &str| {
        let mut body = event_body(5);
        body[member] = json!(at);
        let event = organizer.create(&body).await.expect(201)["id"].as_str().unwrap().to_owned();
        organizer.publish(&event).await.expect(200);
        event
    };
    let early = published("sales_open_at", "2080-01-01T10:00:00Z").await;
    let problem = audience.book(&early).await.expect_problem(409, "sales-not-open");
    assert_eq!(problem["opens_at"], "2080-01-01T10:00:00Z");
    let late = published("sales_close_at", "2020-01-01T10:00:00Z").await;
    let problem = audience.book(&late).await.expect_problem(409, "sales-closed");
    assert_eq!(problem["closed_at"], "2020-01-01T10:00:00Z");
}

#[tokio::test(flavor = "multi_thread")]
async fn bookings_can_be_cancelled_until_the_time_that_the_organizer_sets_and_never_after_the_start() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(1).await;
    assert_eq!(organizer.own_event(&event).await.expect(200)["cancel_until"], Value::Null);
    let (first, second, third) = (stage.audience().await, stage.audience().await, stage.audience().await);
    let seat = first.book(&event).await.expect(201);
    let waiting = second.book(&event).await.expect(202);
    let last = third.book(&event).await.expect(202);

    let passed = json!({ "cancel_until": "2020-01-01T10:00:00Z" });
    assert_eq!(organizer.edit(&event, &passed).await.expect(200)["cancel_until"], "2020-01-01T10:00:00Z");
    for (person, place) in [(&first, &seat), (&second, &waiting)] {
        let problem = person.give_up(place).await.expect_problem(409, "cancelling-ended");
        assert_eq!(problem["ended_at"], "2020-01-01T10:00:00Z");
    }
    organizer.edit(&event, &json!({ "capacity": 2 })).await.expect(200);
    assert_eq!(second.own_registrations().await.expect(200)["items"][0]["status"], "CONFIRMED", "the line moves");
    organizer.edit(&event, &json!({ "cancel_until": null })).await.expect(200);
    first.give_up(&seat).await.expect(200);

    // The event has started, and goes on.
    stage.execute("update events set starts_at = now() - interval '1 s', ends_at = now() + interval '1 day'").await;
    let started = organizer.own_event(&event).await.expect(200)["starts_at"].clone();
    let problem = third.give_up(&last).await.expect_problem(409, "cancelling-ended");
    assert_eq!(problem["ended_at"], started);
    assert_eq!(first.give_up(&seat).await.expect(200)["status"], "CANCELLED", "a repeat gets its answer");
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_cannot_be_booked_and_is_no_secret_to_those_who_run_it() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let draft = organizer.draft(5).await;
    stage.audience().await.book(&draft).await.expect_problem(404, "not-found");
    stage.organizer().await.book(&draft).await.expect_problem(404, "not-found");
    organizer.book(&draft).await.expect_problem(409, "event-not-published");
    stage.admin().await.book(&draft).await.expect_problem(409, "event-not-published");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_cancellation_places_stay_as_they_were() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    let audience = stage.audience().await;
    let seat = audience.book(&event).await.expect(201);
    organizer.cancel(&event).await.expect(200);
    stage.audience().await.book(&event).await.expect_problem(409, "event-cancelled");
    audience.give_up(&seat).await.expect_problem(409, "event-cancelled");
    assert_eq!(audience.own_registrations().await.expect(200)["items"][0]["status"], "CONFIRMED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_hangs_up_is_booked_and_finds_the_booking_by_its_key() {
    let stage = Stage::set().await;
    let event = stage.organizer().await.published(1).await;
    let person = stage.person(Role::Audience).await;
    let mut stream = TcpStream::connect(stage.server.base.strip_prefix("http://").unwrap()).await.unwrap();
    let head = format!(
        "POST /events/{event}/register HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nIdempotency-Key: k\r\n\r\n",
        stage.token(&person)
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    drop(stream);
    let audience = Audience(stage.session(&person));
    let item = eventually("the booking", async || {
        let own = audience.own_registrations().await.expect(200);
        own["items"].as_array().unwrap().first().cloned()
    })
    .await;
    let again = audience.book_with_key(&event, "k").await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.expect(201)["id"], item["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_nobody_is_refused_and_the_buyers_around_it_notice_nothing() {
    let stage = Stage::set().await;
    let event = stage.organizer().await.published(50).await;
    let racers = stage.crowd(60).await;
    let subject = Subject { user: Uuid::now_v7().into(), role: Role::Audience, access_version: 1, is_verified: false };
    let ghost = Audience(stage.server.session(issue(&tokens(), subject, Utc::now())));

    let (answers, refused) = tokio::join!(
        join_all(racers.iter().map(|racer| racer.book(&event))),
        join_all((0..10).map(|_| ghost.book(&event)))
    );

    assert!(answers.iter().all(|answer| matches!(answer.status, 201 | 202)));
    for answer in refused {
        assert_eq!((answer.status, answer.problem()), (401, "unauthenticated"), "{}", answer.text);
    }
    assert_eq!(stage.registrations(&event).await.len(), 60);
}

#[tokio::test(flavor = "multi_thread")]
async fn booking_and_cancelling_in_a_loop_is_refused_in_the_end() {
    let stage = Stage::set().await;
    let event = stage.organizer().await.published(5).await;
    let (person, other) = (stage.audience().await, stage.audience().await);
    for n in 0..GIVEN_UP_PER_PERSON_MAX {
        let place = person.book_with_key(&event, &format!("key-{n}")).await.expect(201);
        person.give_up(&place).await.expect(200);
    }
    person.book(&event).await.expect_problem(409, "too-many-registrations");
    assert_eq!(person.book_with_key(&event, "key-0").await.expect(200)["status"], "CANCELLED", "a replay is none");
    other.book(&event).await.expect(201);
    assert_eq!(stage.registrations(&event).await.len(), GIVEN_UP_PER_PERSON_MAX + 1);
    stage.assert_promises().await;
}
