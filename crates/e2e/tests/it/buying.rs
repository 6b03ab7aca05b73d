//! Somebody who buys seats: ticket types, prices, parties, codes and holds.

use e2e::{ALICE, BOB, Key, ORGANIZER, story};
use serde_json::{Value, json};

/// Two ticket types. The first has two prices for everybody and one for members, for up to four seats in a booking.
fn concert() -> Value {
    json!({
        "currency": "EUR",
        "hold_minutes": 60,
        "payment_instructions": "Please pay at\nthe office.",
        "ticket_types": [
            {
                "number": 1,
                "name": "Standing",
                "capacity": 20,
                "seats_per_registration": 4,
                "prices": [
                    { "number": 1, "name": "Adult", "amount": 2500 },
                    { "name": "Child", "amount": 1000, "limit": 5 },
                    { "name": "Members", "amount": 500, "code": "CLUB" },
                ],
            },
            { "name": "Balcony", "capacity": 2, "prices": [{ "name": "Seat", "amount": 4000 }] },
        ],
    })
}

/// One ticket type for nothing, with so many seats, for up to so many in a booking.
fn free(capacity: u32, at_most: u32) -> Value {
    json!({
        "ticket_types": [{
            "number": 1,
            "name": "Floor",
            "capacity": capacity,
            "seats_per_registration": at_most,
            "prices": [{ "number": 1, "name": "Visitor", "amount": 0 }],
        }],
    })
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn seats_are_chosen_by_keys_and_kept_over_a_reload_and_signing_in() {
    story(async |stage| {
        let event = stage.api(ORGANIZER).await.sell("Concert", &concert()).await;
        let alice = stage.browser().await;
        alice.open(&format!("/events/{event}")).await;
        alice.see("Nothing chosen yet.").await;
        alice.tab_to("Standing").await;
        alice.key(Key::Space).await;
        alice.see("5 seats left at this price").await;
        alice.tab_to("Adult €25.00").await;
        alice.key(Key::Up).await;
        alice.key(Key::Up).await;
        alice.see("2 seats: €50.00").await;
        alice.tab_to("One more: Child").await;
        alice.key(Key::Enter).await;
        alice.see("3 seats: €60.00").await;
        assert_eq!(alice.focused().await, "One more: Child");

        alice.reload().await;
        alice.see("3 seats: €60.00").await;
        alice.follow("Sign in to book").await;
        alice.arrive("Sign in").await;
        alice.fill("E-mail", ALICE.email).await;
        alice.fill("Password", ALICE.password).await;
        alice.press("Sign in").await;
        alice.arrive("Concert").await;
        alice.see("3 seats: €60.00").await;

        alice.tab_to("Reserve 3 seats for €60.00").await;
        alice.key(Key::Enter).await;
        alice.see("Your 3 seats are held").await;
        alice.see("Standing: 2 × Adult, 1 × Child. €60.00").await;
        alice.see("Please pay €60.00 by").await;
        alice.see("Please pay at the office.").await;
        // The other ticket type is still to be had, after another press.
        alice.see_no_button("Reserve 1 seat for €40.00").await;
        alice.press("Book another ticket type").await;
        alice.see("1 seat: €40.00").await;
        let places = stage.api(ALICE).await.places(&event).await;
        assert_eq!((places.len(), &places[0]["status"], &places[0]["amount"]), (1, &json!("HELD"), &json!(6000)));
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_hold_counts_down_in_every_browser_until_it_is_paid() {
    story(async |stage| {
        let organizer = stage.api(ORGANIZER).await;
        let event = organizer.sell("Concert", &concert()).await;
        let wanted = json!({ "ticket_type": 2, "seats": [{ "price": 4, "count": 1 }], "amount": 4000 });
        let place = stage.api(ALICE).await.book_seats(&event, &wanted).await;
        let (phone, desk) = (stage.browser_of(ALICE).await, stage.browser_of(ALICE).await);
        phone.phone().await;
        phone.open(&format!("/events/{event}")).await;
        desk.open("/tickets").await;
        for browser in [&phone, &desk] {
            browser.see("59:").await;
            browser.see("Please pay €40.00 by").await;
            browser.see("your seat goes to whoever books next").await;
            browser.see("Please pay at the office.").await;
        }
        desk.see("Held, not paid").await;
        organizer.mark_paid(&place).await;
        phone.see("Your payment has arrived: your seat is confirmed.").await;
        phone.see("You have a seat").await;
        phone.see_no("How to pay").await;
        desk.see("Confirmed").await;
        desk.see_no("Held, not paid").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_sold_out_event_asks_to_join_the_waitlist_and_one_without_seats_says_so() {
    story(async |stage| {
        let organizer = stage.api(ORGANIZER).await;
        let (full, empty) = (organizer.publish("Wanted", 1).await, organizer.publish("Announced", 0).await);
        stage.api(ALICE).await.book(&full).await;
        let visitor = stage.browser().await;
        visitor.phone().await;
        visitor.open(&format!("/events/{empty}")).await;
        visitor.see("This event has no seats yet.").await;
        visitor.open(&format!("/events/{full}")).await;
        visitor.see("Sold out").await;
        visitor.follow("Sign in to join the waitlist").await;
        visitor.arrive("Sign in").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn the_head_of_a_line_takes_the_seats_that_are_free() {
    story(async |stage| {
        let event = stage.api(ORGANIZER).await.sell("Floor show", &free(3, 3)).await;
        stage.api(BOB).await.book_seats(&event, &json!({ "seats": [{ "price": 1, "count": 2 }] })).await;
        let alice = stage.browser_of(ALICE).await;
        alice.open(&format!("/events/{event}")).await;
        alice.press("One more: Visitor").await;
        alice.see("Only 1 seat is available.").await;
        alice.press("Join the waitlist").await;
        alice.see("You’re next on the waitlist").await;
        alice.see("As soon as 2 seats are available together").await;
        // Whoever comes now cannot have the seat that is kept for her.
        alice.see("0 of 3 seats available").await;

        alice.press("Take the available seat…").await;
        alice.see("You get 1 seat now, and leave the waitlist for the other 1.").await;
        alice.press("Keep as it is").await;
        alice.see("You’re next on the waitlist").await;
        alice.press("Take the available seat…").await;
        alice.press("Take 1").await;
        alice.see("You now have 1 seat.").await;
        alice.see("You have a seat").await;
        let places = stage.api(ALICE).await.places(&event).await;
        assert_eq!((&places[0]["status"], &places[0]["seat_count"]), (&json!("CONFIRMED"), &json!(1)));
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_party_gives_one_seat_back_and_the_next_in_line_gets_it() {
    story(async |stage| {
        let event = stage.api(ORGANIZER).await.sell("Floor show", &free(3, 3)).await;
        stage.api(ALICE).await.book_seats(&event, &json!({ "seats": [{ "price": 1, "count": 3 }] })).await;
        stage.api(BOB).await.book_seats(&event, &json!({ "seats": [{ "price": 1, "count": 1 }] })).await;
        let (alice, bob) = (stage.browser_of(ALICE).await, stage.browser_of(BOB).await);
        bob.open(&format!("/events/{event}")).await;
        bob.see("You’re next on the waitlist").await;
        alice.open(&format!("/events/{event}")).await;
        alice.see("You have 3 seats").await;
        alice.press("Fewer seats…").await;
        alice.press("Keep 3").await;
        alice.see("These are all of your seats.").await;
        alice.press("One less: Visitor").await;
        alice.see("You keep 2 of 3 seats and give 1 seat back.").await;
        alice.press("Keep 2").await;
        alice.see("You now have 2 seats.").await;
        alice.see("You have 2 seats").await;
        bob.see("Good news: you’ve got a seat.").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_code_of_a_link_unlocks_its_price_and_does_not_stay_in_the_address() {
    story(async |stage| {
        stage.expect("/code", "409");
        let event = stage.api(ORGANIZER).await.sell("Concert", &concert()).await;
        let path = format!("/e/{event}");
        let alice = stage.browser().await;
        alice.open(&format!("{path}#code=club")).await;
        alice.see("Sign in to use the code.").await;
        let address = alice.address().await;
        assert!(address.starts_with("/e/concert-") && !address.contains("club"), "{address}");
        alice.sign_in(ALICE).await;
        alice.open(&path).await;
        // The only price that the code unlocks is one of this type.
        alice.see("With your code").await;
        alice.press("One more: Members").await;
        alice.see("1 seat: €5.00").await;
        alice.press("Reserve 1 seat for €5.00").await;
        alice.see("Standing: 1 × Members. €5.00").await;
        alice.press("Book another ticket type").await;
        alice.press("Remove code").await;
        alice.fill("Code", "CLUB2").await;
        alice.press("Apply code").await;
        alice.see("This code doesn’t unlock anything here.").await;
        let asked = stage.wire.requests("GET /");
        assert!(asked.iter().all(|request| !request.line.to_lowercase().contains("club")), "{asked:?}");
    })
    .await;
}
