//! A seat of a full event that is passed on by a link: from the giver's page to the ticket of whoever takes it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use e2e::{ADMIN, ALICE, BOB, Browser, ORGANIZER, Stage, story};
use serde_json::{Value, json};

/// A full event with two seats, both of which Alice has, and the organizer in line: its id, and her booking.
async fn full_event(stage: &Stage) -> (String, Value) {
    let floor = json!({
        "ticket_types": [{
            "number": 1,
            "name": "Floor",
            "capacity": 2,
            "seats_per_registration": 2,
            "prices": [{ "number": 1, "name": "Visitor", "amount": 0 }],
        }],
    });
    let organizer = stage.api(ORGANIZER).await;
    let event = organizer.sell("A full floor", &floor).await;
    let place = stage.api(ALICE).await.book_seats(&event, &json!({ "seats": [{ "price": 1, "count": 2 }] })).await;
    organizer.book(&event).await;
    (event, place)
}

/// Opens the giver's tickets on a phone, with the panel for passing one on.
async fn open_panel(alice: &Browser, place: &Value) {
    alice.phone().await;
    let (event, id) = (place["event_id"].as_str().unwrap(), place["id"].as_str().unwrap());
    alice.open(&format!("/tickets/{event}/{id}")).await;
    alice.press("Pass a ticket on").await;
}

/// Makes a link on the giver's page, and gives its path.
async fn make_link(alice: &Browser) -> String {
    alice.press("Make a link").await;
    let link = alice.text_in("Link for one ticket. It’s shown only now.").await;
    link.split_once("/take/").map(|(_, rest)| format!("/take/{rest}")).unwrap()
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_ticket_of_a_full_event_is_passed_on_by_a_link() {
    story(async |stage| {
        let (event, place) = full_event(stage).await;
        let alice = stage.browser_of(ALICE).await;
        open_panel(&alice, &place).await;
        alice.see("When somebody takes it, your ticket 2 ends at once").await;
        let link = make_link(&alice).await;
        alice.see("Can be taken until").await;
        alice.assert_fits("passing a ticket on").await;

        // Somebody who is signed out sees what it is, and signs in first. A phone may load the tab again meanwhile.
        let bob = stage.browser().await;
        bob.phone().await;
        bob.open(&link).await;
        bob.see("Alice Student passes a ticket on to you.").await;
        bob.see("A full floor").await;
        bob.see("Floor: 1 × Visitor").await;
        assert!(!bob.address().await.contains('#'), "the secret stays in the address");
        bob.reload().await;
        bob.follow("Sign in to take it").await;
        bob.fill("E-mail", BOB.email).await;
        bob.fill("Password", BOB.password).await;
        bob.press("Sign in").await;
        bob.arrive("A ticket for you").await;
        bob.assert_fits("a ticket that is offered").await;
        bob.press("Take this ticket").await;
        bob.see("The ticket is yours.").await;
        bob.arrive("Tickets").await;
        bob.see("One ticket").await;
        let taken = &stage.api(BOB).await.places(&event).await[0];
        bob.see(&stage.api(BOB).await.codes(taken).await[0]).await;

        // The giver's page, which is open all the while, says so.
        alice.see("Taken by Bob Engineer").await;
        alice.see("One ticket").await;
        alice.see("It is your only ticket").await;
        alice.see_no("It’s shown only now.").await;
        let own = &stage.api(ALICE).await.places(&event).await[0];
        assert_eq!((&own["seat_count"], &own["status"]), (&json!(1), &json!("CONFIRMED")));
        let waiting = &stage.api(ORGANIZER).await.places(&event).await[0];
        assert_eq!(waiting["status"], "WAITLISTED", "the waitlist stays");

        // The link works once. The person who has used it finds their ticket by it.
        bob.open(&link).await;
        bob.see("You already have a booking of this ticket type").await;
        bob.follow("Show tickets").await;
        bob.arrive("Tickets").await;
        stage.expect("/transfers/accept", "409");
        let late = stage.browser_of(ADMIN).await;
        late.open(&link).await;
        late.press("Take this ticket").await;
        late.see("This ticket is no longer offered").await;
        late.see_no_button("Take this ticket").await;
        let secret = link.split_once('#').unwrap().1;
        let asked = stage.wire.requests("GET /");
        assert!(asked.iter().all(|request| !request.line.contains(secret)), "{asked:?}");
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_link_that_is_withdrawn_gives_no_ticket_and_the_last_one_ends_the_booking() {
    story(async |stage| {
        let (event, place) = full_event(stage).await;
        let alice = stage.browser_of(ALICE).await;
        open_panel(&alice, &place).await;
        let link = make_link(&alice).await;
        alice.part("Can be taken until").press("Withdraw").await;
        alice.see("Link withdrawn.").await;
        alice.see_no("Can be taken until").await;
        alice.see_no("It’s shown only now.").await;
        stage.expect("/transfers/accept", "409");
        let bob = stage.browser_of(BOB).await;
        bob.phone().await;
        bob.open(&link).await;
        bob.press("Take this ticket").await;
        bob.see("This ticket is no longer offered").await;

        // Both seats go, the second one to somebody else.
        for account in [BOB, ADMIN] {
            let link = make_link(&alice).await;
            let taker = stage.browser_of(account).await;
            taker.open(&link).await;
            taker.press("Take this ticket").await;
            taker.arrive("Tickets").await;
            alice.see(&format!("Taken by {}", account.name)).await;
        }
        alice.see("This booking was cancelled.").await;
        assert_eq!(stage.api(ALICE).await.places(&event).await, Vec::<Value>::new());
        alice.open("/tickets").await;
        alice.press("Past and cancelled").await;
        alice.see("Passed on").await;
    })
    .await;
}
