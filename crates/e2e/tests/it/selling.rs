//! Somebody who sells seats: ticket types, prices, lines and money.

use diesel_async::SimpleAsyncConnection;
use e2e::{ADMIN, ALICE, BOB, ORGANIZER, Stage, story};
use repository::pools;
use reqwest::Method;
use serde_json::{Value, json};
use testdb::patience;

/// Lets the time to pay for a place be over, as if the people had waited.
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
async fn let_lapse(stage: &Stage, place: &Value) {
    let id = place["id"].as_str().unwrap();
    let mut connection = pools::connect_once(&stage.database_url(), patience::LIMIT).await.unwrap();
    let statement = format!(
        "update registrations set held_until = now() - interval '1 second', \
         lapses_at = now() - interval '1 second' where id = '{id}'"
    );
    connection.batch_execute(&statement).await.unwrap();
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn an_organizer_sells_a_hundred_seats_at_two_prices_and_marks_what_is_paid() {
    story(async |stage| {
        let event = stage.api(ORGANIZER).await.publish("A hundred seats", 100).await;
        let organizer = stage.browser_of(ORGANIZER).await;
        organizer.open(&format!("/studio/{event}")).await;
        organizer.follow("Ticket types and prices…").await;
        organizer.see("As buyers will see it").await;
        organizer.fill("Name of the price", "Adult").await;
        organizer.fill("Price of a seat", "25").await;
        organizer.press("Save tickets").await;
        organizer.see("“Adult” has a price, so enter a currency.").await;
        organizer.fill("Currency", "EUR").await;
        organizer.fill("Time to pay", "2").await;
        organizer.press("Add a price").await;
        organizer.part("New price").fill("Price of a seat", "15.00").await;
        organizer.part("New price").fill("Name of the price", "Early bird").await;
        organizer.part("Price: Early bird").press("Times, limit and code").await;
        organizer.part("Price: Early bird").fill("Limit of seats", "20").await;
        organizer.see("“Early bird” of “Admission” is a new price: €15.00, 20 seats at most.").await;
        organizer.press("Save tickets").await;
        organizer.see("Saved.").await;

        let wanted = json!({ "ticket_type": 1, "seats": [{ "price": 1, "count": 1 }], "amount": 2500 });
        stage.api(ALICE).await.send(Method::POST, &format!("/events/{event}/register"), &wanted).await;
        organizer.reload().await;
        organizer.part("Price: Adult").see("Somebody has booked at this price").await;
        organizer.part("Price: Adult").see_no_button("Delete this price").await;
        organizer.fill("Seats", "0").await;
        organizer.see("1 seat is taken, so there cannot be fewer.").await;
        organizer.fill("Seats", "100").await;

        organizer.follow("Dashboard").await;
        organizer.see("Held, not paid €25.00").await;
        organizer.follow("Attendees").await;
        organizer.see("1 seat taken, 0 bookings on the waitlist").await;
        organizer.part("Alice Student").see("Held, not paid").await;
        organizer.press("Mark as paid… Alice Student").await;
        organizer.see("Has Alice Student paid €25.00?").await;
        organizer.press("Mark as paid").await;
        organizer.see("Paid: Alice Student’s seats are confirmed.").await;
        organizer.part("Alice Student").see("Confirmed").await;
        organizer.press("Not paid… Alice Student").await;
        organizer.see("Mark Alice Student as not paid?").await;
        organizer.press("Mark as not paid").await;
        organizer.part("Alice Student").see("Held, not paid").await;
        organizer.choose("Show", "Held, not paid").await;
        organizer.part("Alice Student").see("€25.00").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_seat_stays_empty_while_a_pair_waits_and_the_dashboard_says_with_whom() {
    let tickets = json!({
        "ticket_types": [{
            "number": 1,
            "name": "Floor",
            "capacity": 3,
            "seats_per_registration": 3,
            "prices": [{ "number": 1, "name": "Visitor", "amount": 0 }],
        }],
    });
    let pair = json!({ "seats": [{ "price": 1, "count": 2 }] });
    story(async |stage| {
        let event = stage.api(ORGANIZER).await.sell("Floor show", &tickets).await;
        let first = stage.api(ALICE).await.book_seats(&event, &pair).await;
        let organizer = stage.browser_of(ORGANIZER).await;
        organizer.open(&format!("/studio/{event}")).await;
        organizer.arrive("Floor show").await;
        organizer.see_no("Waitlists").await;
        stage.api(BOB).await.book_seats(&event, &pair).await;
        organizer.see("Waitlists").await;
        organizer.see("1 booking waits for 2 seats, the first one for").await;
        organizer.see("1 seat is empty, and the first one wants 2 seats together.").await;
        stage.api(ALICE).await.give_up(&first).await;
        organizer.see_no("Waitlists").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn two_people_change_the_prices_of_one_event_and_both_changes_stay() {
    let tickets = json!({
        "currency": "EUR",
        "ticket_types": [{
            "number": 1,
            "name": "Hall",
            "capacity": 9,
            "prices": [{ "number": 1, "name": "Adult", "amount": 2500 }, { "name": "Child", "amount": 1000 }],
        }],
    });
    story(async |stage| {
        stage.expect("/tickets", "412");
        let event = stage.api(ORGANIZER).await.sell("Concert", &tickets).await;
        let (organizer, admin) = (stage.browser_of(ORGANIZER).await, stage.browser_of(ADMIN).await);
        for browser in [&organizer, &admin] {
            browser.open(&format!("/studio/{event}")).await;
            browser.follow("Ticket types and prices…").await;
        }
        organizer.part("Price: Child").fill("Price of a seat", "12.00").await;
        admin.part("Price: Adult").fill("Price of a seat", "30.00").await;
        admin.press("Save tickets").await;
        admin.see("Saved.").await;

        organizer.press("Save tickets").await;
        organizer.see("Somebody else changed this event").await;
        organizer.see("Your changes are not saved yet.").await;
        organizer.see("€30.00").await;
        organizer.press("Keep my changes").await;
        organizer.see("Saved.").await;
        let path = format!("/organizer/events/{event}/tickets");
        let saved = stage.api(ORGANIZER).await.send(Method::GET, &path, &json!(null)).await;
        let prices = &saved["document"]["ticket_types"][0]["prices"];
        assert_eq!((&prices[0]["amount"], &prices[1]["amount"]), (&json!(3000), &json!(1200)));
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_hold_that_nobody_pays_goes_to_the_next_in_line_and_late_money_is_refused() {
    let tickets = json!({
        "currency": "EUR",
        "hold_minutes": 15,
        "ticket_types": [{
            "number": 1,
            "name": "Box",
            "capacity": 1,
            "prices": [{ "number": 1, "name": "Seat", "amount": 4000 }],
        }],
    });
    let seat = json!({ "seats": [{ "price": 1, "count": 1 }], "amount": 4000 });
    story(async |stage| {
        stage.expect("/payments", "409");
        let event = stage.api(ORGANIZER).await.sell("Opera", &tickets).await;
        let hold = stage.api(ALICE).await.book_seats(&event, &seat).await;
        stage.api(BOB).await.book_seats(&event, &seat).await;
        let (alice, bob) = (stage.browser_of(ALICE).await, stage.browser_of(BOB).await);
        for browser in [&alice, &bob] {
            browser.open(&format!("/events/{event}")).await;
        }
        alice.see("Your seat is held").await;
        bob.see("You’re next on the waitlist").await;

        let_lapse(stage, &hold).await;
        alice.see("The time to pay is over. Your hold has ended").await;
        bob.see("Good news: a seat is held for you. Please pay to keep it.").await;
        alice.open("/tickets").await;
        alice.press("Past and cancelled").await;
        alice.see("Not paid in time").await;

        let organizer = stage.browser_of(ORGANIZER).await;
        organizer.open(&format!("/studio/{event}")).await;
        organizer.follow("Attendees").await;
        organizer.choose("Show", "Cancelled").await;
        organizer.press("Mark as paid… Alice Student").await;
        organizer.see("Their hold has ended.").await;
        organizer.press("Mark as paid").await;
        organizer.see("its seats are taken or go to the waitlist. If money came for it, pay it back.").await;
    })
    .await;
}
