//! Seats that are passed on, through the API: the link, the two bookings, the tickets, and what people are told.

use domain::accounts::Role;
use serde_json::{Value, json};
use testdb::patience::eventually;

use crate::check_ins::{codes_of, open_event, scan};
use crate::client::{Audience, Client, Organizer};
use crate::stage::Stage;

fn offers_of(registration: &Value) -> String {
    let (event, id) = (registration["event_id"].as_str().unwrap(), registration["id"].as_str().unwrap());
    format!("/events/{event}/registrations/{id}/transfers")
}

/// Offers a seat: the offer, and the body that its link's page sends.
pub(crate) async fn offer(giver: &Client, registration: &Value) -> (Value, Value) {
    let made = giver.post_json(&offers_of(registration), &json!({})).await.expect(201);
    (made["transfer"].clone(), json!({ "token": made["token"] }))
}

/// A full event with an open door, the booking of two of its three seats, and somebody who waits.
struct Hall {
    stage: Stage,
    organizer: Organizer,
    event: String,
    giver: Audience,
    booked: Value,
    waiting: Audience,
}

impl Hall {
    async fn full() -> Self {
        let stage = Stage::set().await;
        let runner = stage.person(Role::Organizer).await;
        let organizer = Organizer(Audience(stage.session(&runner)));
        let event = open_event(&organizer, 3).await;
        let allow = |document: &mut Value| document["ticket_types"][0]["seats_per_registration"] = json!(2);
        organizer.change_tickets(&event, allow).await;
        let mut crowd = stage.crowd(3).await;
        let (waiting, other, giver) = (crowd.remove(0), crowd.remove(0), crowd.remove(0));
        let booked = giver.choose(&event, &json!({ "seats": [{ "price": 1, "count": 2 }] })).await.expect(201);
        other.book(&event).await.expect(201);
        waiting.book(&event).await.expect(202);
        Self { stage, organizer, event, giver, booked, waiting }
    }

    fn path(&self, of: &str) -> String {
        format!("/events/{}/transfers/{of}", self.event)
    }

    async fn own(&self, client: &Client) -> Value {
        client.get("/me/registrations").await.expect(200)["items"][0].clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_is_passed_on_by_a_link_and_the_old_ticket_ends_at_once() {
    let hall = Hall::full().await;
    let codes = codes_of(&hall.giver, &hall.booked).await;
    let (offered, link) = offer(&hall.giver, &hall.booked).await;
    assert_eq!((&offered["state"], &offered["taken_by"]), (&json!("OPEN"), &Value::Null));

    let seen = hall.stage.anonymous().post_json(&hall.path("look"), &link).await.expect(200);
    let mine = hall.giver.get("/auth/me").await.expect(200);
    assert_eq!((&seen["from"], &seen["event"]["id"]), (&mine["name"], &json!(hall.event)));

    let taker = hall.stage.audience().await;
    let taken = taker.post_json(&hall.path("accept"), &link).await.expect(201);
    assert_eq!((&taken["status"], &taken["seat_count"]), (&json!("CONFIRMED"), &json!(1)));
    let again = taker.post_json(&hall.path("accept"), &link).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.expect(201)["id"], taken["id"]);
    let late = hall.stage.audience().await.post_json(&hall.path("accept"), &link).await;
    late.expect_problem(409, "transfer-over");

    assert_eq!(hall.own(&hall.giver).await["seat_count"], 1);
    assert_eq!(hall.own(&hall.waiting).await["position"], 1, "the line does not move");
    let left = codes_of(&hall.giver, &hall.booked).await;
    assert_eq!(left, codes[..1], "the ticket with the highest number has ended");
    let old = scan(&hall.organizer, &hall.event, &codes[1]).await;
    assert_eq!(old["outcome"], "GIVEN_UP", "{old}");
    let new = codes_of(&taker, &taken).await;
    assert_eq!(scan(&hall.organizer, &hall.event, &new[0]).await["outcome"], "ADMITTED");

    let listed = hall.giver.get(&offers_of(&hall.booked)).await.expect(200)["items"][0].clone();
    let name = taker.get("/auth/me").await.expect(200)["name"].clone();
    assert_eq!((&listed["state"], &listed["taken_by"]), (&json!("TAKEN"), &name));
    let path = format!("{}/{}", offers_of(&hall.booked), offered["id"].as_str().unwrap());
    hall.giver.delete(&path).await.expect_problem(409, "transfer-over");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_seat_ends_the_booking_and_both_are_told() {
    let hall = Hall::full().await;
    let taker = hall.stage.audience().await;
    let (_, link) = offer(&hall.giver, &hall.booked).await;
    taker.post_json(&hall.path("accept"), &link).await.expect(201);
    let second = hall.stage.audience().await;
    let (_, link) = offer(&hall.giver, &hall.booked).await;
    second.post_json(&hall.path("accept"), &link).await.expect(201);
    let over = hall.own(&hall.giver).await;
    assert_eq!((&over["status"], &over["cancellation"]), (&json!("CANCELLED"), &json!("PASSED_ON")));
    let kinds = async |client: &Client| -> Vec<String> {
        let all = client.get("/me/messages").await.expect(200)["items"].clone();
        all.as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect()
    };
    eventually("the giver is told", async || kinds(&hall.giver).await.contains(&"PASSED_ON".to_owned()).then_some(()))
        .await;
    eventually("the taker is told", async || (kinds(&second).await == ["CONFIRMED"]).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_does_not_work_says_why_and_changes_nothing() {
    let hall = Hall::full().await;
    let taker = hall.stage.audience().await;
    for wrong in ["", "x", "0123456789ABCDEFGHIJKLMNOPQRSTUV", "0123456789ABCDEFGHIJKLMNOPQRSTU'"] {
        let body = json!({ "token": wrong });
        taker.post_json(&hall.path("accept"), &body).await.expect_problem(404, "not-found");
        hall.stage.anonymous().post_json(&hall.path("look"), &body).await.expect_problem(404, "not-found");
    }
    let (offered, link) = offer(&hall.giver, &hall.booked).await;
    hall.stage.anonymous().post_json(&hall.path("accept"), &link).await.expect_problem(401, "unauthenticated");
    hall.giver.post_json(&hall.path("accept"), &link).await.expect_problem(409, "already-registered");
    hall.waiting.post_json(&hall.path("accept"), &link).await.expect_problem(409, "already-registered");
    let elsewhere = hall.organizer.published(5).await;
    let elsewhere = format!("/events/{elsewhere}/transfers/accept");
    taker.post_json(&elsewhere, &link).await.expect_problem(404, "not-found");

    let path = format!("{}/{}", offers_of(&hall.booked), offered["id"].as_str().unwrap());
    taker.delete(&path).await.expect_problem(404, "not-found");
    hall.giver.delete(&path).await.expect(204);
    hall.giver.delete(&path).await.expect(204);
    taker.post_json(&hall.path("accept"), &link).await.expect_problem(409, "transfer-over");
    assert_eq!(hall.own(&hall.giver).await["seat_count"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn seats_are_offered_by_their_person_alone_and_as_far_as_the_organizer_allows_it() {
    let hall = Hall::full().await;
    let path = offers_of(&hall.booked);
    for other in [&hall.waiting, &hall.stage.audience().await] {
        other.post_json(&path, &json!({})).await.expect_problem(404, "not-found");
        other.get(&path).await.expect_problem(404, "not-found");
    }
    let waits = hall.own(&hall.waiting).await;
    let refused = hall.waiting.post_json(&offers_of(&waits), &json!({})).await;
    refused.expect_problem(409, "booking-not-confirmed");
    for price in [json!(0), json!(2), json!(70_000)] {
        let refused = hall.giver.post_json(&path, &json!({ "price": price })).await;
        assert_eq!(refused.expect_problem(422, "invalid-field")["field"], "price");
    }
    let (_, link) = offer(&hall.giver, &hall.booked).await;

    let door = format!("/organizer/events/{}/door", hall.event);
    let mut settings = hall.organizer.get(&door).await.expect(200);
    settings["transfers"] = json!(false);
    settings.as_object_mut().unwrap().remove("key_since");
    hall.organizer.put_json(&door, &settings).await.expect(200);
    hall.giver.post_json(&path, &json!({})).await.expect_problem(409, "transfers-off");
    let taker = hall.stage.audience().await;
    taker.post_json(&hall.path("accept"), &link).await.expect_problem(409, "transfers-off");
    settings["transfers"] = json!(true);
    hall.organizer.put_json(&door, &settings).await.expect(200);

    for _ in 1..20 {
        offer(&hall.giver, &hall.booked).await;
    }
    hall.giver.post_json(&path, &json!({})).await.expect_problem(409, "too-many-transfers");
    assert_eq!(hall.giver.get(&path).await.expect(200)["items"].as_array().unwrap().len(), 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_with_somebody_in_is_neither_given_up_nor_reduced_nor_passed_on() {
    let hall = Hall::full().await;
    let (_, link) = offer(&hall.giver, &hall.booked).await;
    let codes = codes_of(&hall.giver, &hall.booked).await;
    assert_eq!(scan(&hall.organizer, &hall.event, &codes[1]).await["outcome"], "ADMITTED");
    let fewer = json!({ "seats": [{ "price": 1, "count": 1 }], "status": "CONFIRMED" });
    let path = format!("/events/{}/registrations/{}", hall.event, hall.booked["id"].as_str().unwrap());
    hall.giver.patch_json(&path, &fewer).await.expect_problem(409, "checked-in");
    hall.giver.give_up(&hall.booked).await.expect_problem(409, "checked-in");
    let taker = hall.stage.audience().await;
    taker.post_json(&hall.path("accept"), &link).await.expect_problem(409, "checked-in");
    assert_eq!(hall.own(&hall.giver).await["seat_count"], 2);
}
