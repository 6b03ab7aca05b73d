//! Tickets: shown at a gate, also without a network, and the door that takes them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use e2e::{ALICE, Api, BOB, Key, ORGANIZER, story};
use reqwest::Method;
use serde_json::{Value, json};

/// A scan of a code at a gate, by the server's clock.
async fn scan(door: &Api, event: &str, code: &str, gate: &str, let_in: bool) -> Value {
    let now = door.send(Method::GET, &format!("/events/{event}/door"), &Value::Null).await["now"].clone();
    let scan = json!({
        "code": code, "gate": gate, "device": "A phone", "scanned_at": now, "let_in": let_in,
    });
    door.send(Method::POST, &format!("/events/{event}/check-ins"), &scan).await
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_buyer_shows_all_tickets_of_a_booking_also_when_the_network_is_gone() {
    story(async |stage| {
        let party = json!({
            "ticket_types": [{
                "number": 1,
                "name": "Floor",
                "capacity": 10,
                "seats_per_registration": 3,
                "prices": [{ "number": 1, "name": "Visitor", "amount": 0 }],
            }],
        });
        let event = stage.api(ORGANIZER).await.sell("Floor show", &party).await;
        let buyer = stage.api(ALICE).await;
        let place = buyer.book_seats(&event, &json!({ "seats": [{ "price": 1, "count": 3 }] })).await;
        let codes = buyer.codes(&place).await;
        assert_eq!(codes.len(), 3);

        let alice = stage.browser_of(ALICE).await;
        alice.phone().await;
        alice.open(&format!("/events/{event}")).await;
        alice.follow("Show tickets").await;
        alice.arrive("Tickets").await;
        for code in &codes {
            alice.see(code).await;
        }
        alice.see("Ticket 1 of 3").await;
        // The buttons at the ends do nothing, so each press tells where the strip is.
        alice.press("Next ticket").await;
        alice.press("Previous ticket").await;
        alice.key(Key::End).await;
        alice.press("Previous ticket").await;
        alice.key(Key::Left).await;
        alice.press("Next ticket").await;
        alice.follow("← My tickets").await;
        alice.arrive("My tickets").await;

        stage.expect("", "net::ERR_");
        stage.wire.cut();
        alice.follow("Show tickets").await;
        alice.see(&codes[0]).await;
        alice.see("No connection to the server. These tickets were loaded on").await;
        // The list of bookings is one of what is kept.
        alice.follow("← My tickets").await;
        alice.see("These tickets were shown on this device before.").await;
        alice.follow("Show tickets").await;
        alice.see(&codes[2]).await;
        stage.wire.mend();
        alice.back().await;
        alice.see_no("These tickets were shown on this device before.").await;
        alice.follow("Show tickets").await;
        alice.arrive("Tickets").await;
        alice.see_no("These tickets were loaded on").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_buyer_fills_in_who_comes_and_the_door_finds_them() {
    story(async |stage| {
        let party = json!({
            "ticket_types": [{
                "number": 1,
                "name": "Floor",
                "capacity": 10,
                "seats_per_registration": 2,
                "prices": [{ "number": 1, "name": "Visitor", "amount": 0 }],
            }],
        });
        let organizer = stage.api(ORGANIZER).await;
        let event = organizer.sell("Floor show", &party).await;
        organizer.open_door(&event, BOB).await;
        let buyer = stage.api(ALICE).await;
        let place = buyer.book_seats(&event, &json!({ "seats": [{ "price": 1, "count": 2 }] })).await;

        let alice = stage.browser_of(ALICE).await;
        alice.open(&format!("/tickets/{event}/{}", place["id"].as_str().unwrap())).await;
        alice.press("Names on the tickets").await;
        // A fault is named beside its field, and nothing that was typed is lost.
        alice.fill("Ticket 1 of 2", &"a".repeat(121)).await;
        alice.fill("Ticket 2 of 2", "Ada Lovelace").await;
        alice.press("Save names").await;
        alice.see("Use at most 120 characters.").await;
        alice.fill("Ticket 1 of 2", "").await;
        alice.press("Save names").await;
        alice.see("Names saved.").await;
        alice.see("booked by Alice Student").await;
        alice.reload().await;
        alice.see("Ada Lovelace").await;

        let gate = stage.browser_of(BOB).await;
        gate.phone().await;
        gate.open("/door").await;
        gate.fill("Gate", "North").await;
        gate.press("Start scanning").await;
        gate.see("2 tickets on this device").await;
        gate.fill("Code or name", "lovel").await;
        gate.see("1 booking found").await;
        gate.press("Let in ticket 2").await;
        gate.see("Let in. Ada Lovelace. Floor · ticket 2 of 2 · booked by Alice Student.").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_booking_without_a_seat_says_why_it_has_no_tickets() {
    story(async |stage| {
        let event = stage.api(ORGANIZER).await.publish("A full house", 1).await;
        let first = stage.api(ORGANIZER).await.book(&event).await;
        let place = stage.api(ALICE).await.book(&event).await;
        let alice = stage.browser_of(ALICE).await;
        alice.open(&format!("/tickets/{event}/{}", place["id"].as_str().unwrap())).await;
        alice.see("You’re on the waitlist. The tickets are here as soon as you get a seat.").await;
        stage.api(ORGANIZER).await.give_up(&first).await;
        let codes = stage.api(ALICE).await.codes(&place).await;
        alice.see(&codes[0]).await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn an_organizer_opens_the_door_settles_a_double_and_renews_the_codes() {
    story(async |stage| {
        let door = stage.api(ORGANIZER).await;
        let event = door.publish("Doors at six", 5).await;
        let buyer = stage.api(ALICE).await;
        let place = buyer.book(&event).await;
        let before = buyer.codes(&place).await;

        let organizer = stage.browser_of(ORGANIZER).await;
        organizer.open(&format!("/studio/{event}")).await;
        organizer.follow("Door").await;
        organizer.see("Nothing to settle.").await;
        organizer.see("No check-ins yet.").await;
        organizer.choose("Tickets are taken", "At any time").await;
        organizer.press("Save").await;
        organizer.see("Tickets are taken at any time.").await;
        organizer.fill("E-mail of their account", ALICE.email).await;
        organizer.press("Add to the door").await;
        organizer.see("Alice Student may scan tickets now.").await;

        assert_eq!(scan(&door, &event, &before[0], "North", false).await["outcome"], "ADMITTED");
        assert_eq!(scan(&door, &event, &before[0], "South", true).await["outcome"], "DOUBLE");
        organizer.see("1 of 1 in").await;
        let double = organizer.part("Does not count");
        double.see("Somebody was in with this ticket already.").await;
        double.see("North").await;
        double.see("South").await;
        double.press("Settle… Alice Student, Ticket 1").await;
        organizer.fill("Reason", "Seen at the gate").await;
        organizer.press("Settle").await;
        organizer.see("Nothing to settle.").await;
        organizer.press("Refresh").await;
        organizer.see("“Seen at the gate”").await;

        organizer.press("Renew all codes…").await;
        organizer.press("Renew all codes").await;
        organizer.see("All tickets have new codes.").await;
        assert_ne!(buyer.codes(&place).await, before);
        assert_eq!(scan(&door, &event, &before[0], "North", false).await["outcome"], "UNKNOWN");

        organizer.follow("Attendees").await;
        organizer.see("1 of 1 in").await;
        organizer.choose("Arrival", "Not yet").await;
        organizer.see("No matches.").await;
        organizer.choose("Arrival", "Arrived").await;
        organizer.see("1 of 1 in").await;
    })
    .await;
}
