//! Names on tickets: filled in by their buyer, shown on the tickets and at the door.

use domain::accounts::Role;
use reqwest::Method;
use serde_json::{Value, json};
use testdb::patience::eventually;

use crate::check_ins::{
    allow_parties, book_party, choose, codes_of, open_event, scan, scan_of, settings_with, tickets_of,
};
use crate::client::{Answer, Audience, Client, Organizer};
use crate::stage::Stage;

fn path(registration: &Value) -> String {
    let (event, id) = (registration["event_id"].as_str().unwrap(), registration["id"].as_str().unwrap());
    format!("/events/{event}/registrations/{id}/tickets/names")
}

async fn fill_in(buyer: &Client, registration: &Value, names: &Value) -> Answer {
    buyer.put_json(&path(registration), &json!({ "names": names })).await
}

/// The names of a booking's tickets, as its buyer sees them.
async fn names_of(buyer: &Client, registration: &Value) -> Value {
    tickets_of(buyer, registration).await.iter().map(|ticket| ticket["name"].clone()).collect()
}

/// A booking of so many seats at an event whose door is open.
async fn party(stage: &Stage, organizer: &Organizer, seats: i32) -> (String, Audience, Value) {
    let event = open_event(organizer, 20).await;
    allow_parties(organizer, &event, seats).await;
    let buyer = stage.audience().await;
    let booked = book_party(&buyer, &event, seats).await;
    (event, buyer, booked)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_buyer_fills_in_names_and_the_tickets_and_the_door_have_them() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let (event, buyer, booked) = party(&stage, &organizer, 3).await;
    assert_eq!(names_of(&buyer, &booked).await, json!([null, null, null]));
    let named = fill_in(&buyer, &booked, &json!(["  Ada Lovelace ", null, "<b>=1+1</b>"])).await;
    assert_eq!(named.header("cache-control"), Some("no-store"), "it has the tickets' codes");
    let named = named.expect(200);
    assert!(named["names_until"].is_string());
    let names = json!(["Ada Lovelace", null, "<b>=1+1</b>"]);
    assert_eq!(named["tickets"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect::<Value>(), names);
    assert_eq!(names_of(&buyer, &booked).await, names);

    let listed = organizer.get(&format!("/events/{event}/door/tickets")).await.expect(200);
    let mut at_door: Vec<(i64, Value)> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["number"].as_i64().unwrap(), one["ticket_name"].clone()))
        .collect();
    at_door.sort_by_key(|(number, _)| *number);
    assert_eq!(at_door.into_iter().map(|(_, name)| name).collect::<Value>(), names);

    let codes = codes_of(&buyer, &booked).await;
    let scanned = scan(&organizer, &event, &codes[0]).await;
    assert_eq!((&scanned["outcome"], &scanned["ticket"]["ticket_name"]), (&json!("ADMITTED"), &json!("Ada Lovelace")));
    assert_ne!(scanned["ticket"]["name"], "Ada Lovelace", "the buyer's stands beside it");
    assert_eq!(scan(&organizer, &event, &codes[1]).await["ticket"]["ticket_name"], Value::Null);
    let kept = organizer.get(&format!("/organizer/events/{event}/check-ins")).await.expect(200);
    let kept: Value = kept["items"].as_array().unwrap().iter().map(|one| one["ticket_name"].clone()).collect();
    assert_eq!(kept, json!([null, "Ada Lovelace"]));

    let paper = path(&booked).replace("tickets/names", "tickets.pdf");
    let paper = buyer.request(Method::GET, &paper).send().await.unwrap();
    assert_eq!(paper.status(), 200);

    // The buyer is found by them, and by no others.
    let found = organizer.attendees(&event, "?q=lovel").await.expect(200);
    assert_eq!(found["items"][0]["ticket_names"], json!(["Ada Lovelace", "<b>=1+1</b>"]));
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    let none = organizer.attendees(&event, "?q=grace").await.expect(200);
    assert_eq!(none["items"], json!([]));

    // The names are replaced as a whole.
    fill_in(&buyer, &booked, &json!(["Ada Lovelace", null])).await.expect(200);
    assert_eq!(names_of(&buyer, &booked).await, json!(["Ada Lovelace", null, null]));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_fills_in_names_and_none_that_is_no_line() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let (_, buyer, booked) = party(&stage, &organizer, 2).await;
    let one = json!(["Ada"]);
    for other in [&stage.audience().await, &organizer.0, &stage.admin().await.0.0] {
        fill_in(other, &booked, &one).await.expect_problem(404, "not-found");
    }
    for names in [
        json!([""]),
        json!(["Ada\nLovelace"]),
        json!(["a".repeat(121)]),
        json!(["A\u{202e}da"]),
        json!(["Ada", null, null]),
        json!(vec!["Ada"; 11]),
    ] {
        let refused = fill_in(&buyer, &booked, &names).await.expect_problem(422, "invalid-field");
        assert_eq!(refused["field"], "names", "{names}");
    }
    for body in [json!({}), json!({ "names": "Ada" }), json!({ "names": [1] }), json!({ "names": [], "more": 1 })] {
        buyer.put_json(&path(&booked), &body).await.expect_problem(422, "invalid-body");
    }
    assert_eq!(names_of(&buyer, &booked).await, json!([null, null]));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_tickets_have_names_and_only_until_the_organizer_says() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(1).await;
    let (seated, waits) = (stage.audience().await, stage.audience().await);
    let (seat, waiting) = (seated.book(&event).await.expect(201), waits.book(&event).await.expect(202));
    fill_in(&waits, &waiting, &json!(["Bob"])).await.expect_problem(409, "booking-not-confirmed");
    fill_in(&seated, &seat, &json!(["Ada"])).await.expect(200);

    choose(&organizer, &event, &json!({ "names_minutes_before": null })).await.expect(200);
    fill_in(&seated, &seat, &json!(["Eve"])).await.expect_problem(409, "names-off");
    // An event that starts within the minutes.
    choose(&organizer, &event, &json!({ "names_minutes_before": 43_200 })).await.expect(200);
    stage
        .execute(&format!(
            "update events set starts_at = now() + interval '29 days', ends_at = now() + interval '30 days', \
             sales_close_at = null, sales_open_at = null where id = '{event}'"
        ))
        .await;
    let refused = fill_in(&seated, &seat, &json!(["Eve"])).await.expect_problem(409, "names-closed");
    assert!(refused["closed_at"].is_string(), "{refused}");
    choose(&organizer, &event, &json!({})).await.expect(200);
    fill_in(&seated, &seat, &json!(["Eve"])).await.expect(200);

    let gone = seated.give_up(&seat).await;
    gone.expect(200);
    fill_in(&seated, &seat, &json!(["Ada"])).await.expect_problem(409, "booking-not-confirmed");
    // The next in line has the seat now.
    assert_eq!(names_of(&waits, &waiting).await, json!([null]));
    organizer.cancel(&event).await.expect(200);
    fill_in(&waits, &waiting, &json!(["Bob"])).await.expect_problem(409, "event-cancelled");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_is_in_keeps_its_name() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let (event, buyer, booked) = party(&stage, &organizer, 2).await;
    fill_in(&buyer, &booked, &json!(["Ada", null])).await.expect(200);
    let codes = codes_of(&buyer, &booked).await;
    scan(&organizer, &event, &codes[0]).await;
    for names in [json!(["Eve", "Bob"]), json!([null, "Bob"]), json!([])] {
        let refused = fill_in(&buyer, &booked, &names).await.expect_problem(409, "ticket-checked-in");
        assert_eq!(refused["ticket"], 1, "{names}");
    }
    fill_in(&buyer, &booked, &json!(["Ada", "Bob"])).await.expect(200);
    assert_eq!(names_of(&buyer, &booked).await, json!(["Ada", "Bob"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_seats_that_were_given_up_are_shown_nowhere() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let (event, buyer, booked) = party(&stage, &organizer, 3).await;
    fill_in(&buyer, &booked, &json!(["Ada", "Bob", "Eve"])).await.expect(200);
    let codes = codes_of(&buyer, &booked).await;
    buyer.reduce(&booked, &json!([{ "price": 1, "count": 1 }]), "CONFIRMED").await.expect(200);
    assert_eq!(names_of(&buyer, &booked).await, json!(["Ada"]));
    let attendees = organizer.attendees(&event, "").await.expect(200);
    assert_eq!(attendees["items"][0]["ticket_names"], json!(["Ada"]));
    let scanned = scan(&organizer, &event, &codes[1]).await;
    assert_eq!((&scanned["outcome"], &scanned["ticket"]["ticket_name"]), (&json!("GIVEN_UP"), &Value::Null));
    let mut alone = scan_of(&codes[2]);
    alone["let_in"] = json!(true);
    organizer.post_json(&format!("/events/{event}/check-ins"), &alone).await.expect(200);
    let kept = organizer.get(&format!("/organizer/events/{event}/check-ins")).await.expect(200);
    assert_eq!(kept["items"][0]["ticket_name"], Value::Null, "{kept}");
    fill_in(&buyer, &booked, &json!(["Ada"])).await.expect(200);
    assert_eq!(stage.count("ticket_names").await, 1, "names that are written over go");
    buyer.give_up(&booked).await.expect(200);
    let scanned = scan(&organizer, &event, &codes[0]).await;
    assert_eq!((&scanned["outcome"], &scanned["ticket"]["ticket_name"]), (&json!("GIVEN_UP"), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn names_go_with_the_account_of_their_buyer() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    let person = stage.person(Role::Audience).await;
    let (buyer, other) = (Audience(stage.session(&person)), stage.audience().await);
    let (booked, kept) = (buyer.book(&event).await.expect(201), other.book(&event).await.expect(201));
    fill_in(&buyer, &booked, &json!(["Ada"])).await.expect(200);
    fill_in(&other, &kept, &json!(["Bob"])).await.expect(200);
    buyer.erase(crate::stage::PASSWORD).await.expect(204);
    assert_eq!(stage.count("ticket_names where name = 'Ada'").await, 0);
    assert_eq!(stage.count("ticket_names where name = 'Bob'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organizer_chooses_the_settings_of_tickets_and_the_audit_log_has_them() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.draft(5).await;
    let path = format!("/organizer/events/{event}/door");
    let shown = organizer.get(&path).await.expect(200);
    let defaults = settings_with(&json!({}));
    for (name, value) in defaults.as_object().unwrap() {
        assert_eq!(&shown[name], value, "{name}");
    }
    let wanted = json!({ "names_minutes_before": 120, "transfers": false, "attach_tickets": true });
    let chosen = choose(&organizer, &event, &wanted).await.expect(200);
    for (name, value) in wanted.as_object().unwrap() {
        assert_eq!(&chosen[name], value, "{name}");
    }
    let admin = stage.admin().await;
    let log = eventually("the change is in the log", async || {
        let log = admin.audit("?action=DOOR_CHANGED").await.expect(200);
        log["items"].get(0).cloned()
    });
    let entry = log.await;
    assert_eq!((&entry["after"]["names_minutes_before"], &entry["after"]["transfers"]), (&json!(120), &json!(false)));
    assert_eq!(entry["before"]["attach_tickets"], false);
    for wrong in [json!({ "names_minutes_before": -1 }), json!({ "names_minutes_before": 43_201 })] {
        let refused = choose(&organizer, &event, &wrong).await.expect_problem(422, "invalid-field");
        assert_eq!(refused["field"], "names_minutes_before");
    }
    for name in defaults.as_object().unwrap().keys() {
        let mut without = defaults.clone();
        without.as_object_mut().unwrap().remove(name);
        organizer.put_json(&path, &without).await.expect_problem(422, "invalid-body");
    }
    organizer.delete_draft(&event).await.expect(204);
}
