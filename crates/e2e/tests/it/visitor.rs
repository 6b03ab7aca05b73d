//! Somebody who has not signed in.

use e2e::{ORGANIZER, story};
use serde_json::json;

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_visitor_finds_an_event_and_is_asked_to_sign_in() {
    story(async |stage| {
        let visitor = stage.browser().await;
        visitor.open("/events").await;
        visitor.see("Seats are live").await;
        visitor.see_no("Rust for Event-Driven Systems").await;
        visitor.fill("Search events", "postgresql").await;
        visitor.see_no("Golang Microservices Summit").await;
        visitor.follow("Introduction to PostgreSQL Locking").await;
        visitor.arrive("Introduction to PostgreSQL Locking").await;
        visitor.see("5 of 5 seats available").await;
        visitor.see_no_button("Book a seat").await;
        visitor.follow("Sign in to book").await;
        visitor.arrive("Sign in").await;
        visitor.back().await;
        visitor.back().await;
        visitor.arrive("Events").await;
        visitor.see("Introduction to PostgreSQL Locking").await;
        visitor.see_no("Golang Microservices Summit").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_visitor_finds_an_event_whatever_letters_they_type() {
    story(async |stage| {
        let organizer = stage.api(ORGANIZER).await;
        organizer.publish("Cafe\u{301} \u{130}zmir", 5).await;
        organizer.publish("ΜΟΥΣΙΚΗΣ ΟΔΟΣ", 5).await;
        let visitor = stage.browser().await;
        visitor.open("/events").await;
        for (typed, title, other) in [
            ("cafe izmir", "Caf\u{e9} \u{130}zmir", "ΜΟΥΣΙΚΗΣ ΟΔΟΣ"),
            ("μουσικής οδός", "ΜΟΥΣΙΚΗΣ ΟΔΟΣ", "Caf\u{e9} \u{130}zmir"),
            ("CAF\u{c9} \u{130}ZM\u{130}R", "Caf\u{e9} \u{130}zmir", "ΜΟΥΣΙΚΗΣ ΟΔΟΣ"),
        ] {
            visitor.fill("Search events", typed).await;
            visitor.see_no(other).await;
            visitor.see(title).await;
        }
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_visitor_filters_the_events_and_finds_the_same_list_again() {
    story(async |stage| {
        let organizer = stage.api(ORGANIZER).await;
        organizer.publish("A free evening", 5).await;
        let prices = json!([{ "name": "Seat", "amount": 4000 }]);
        let types = json!([{ "name": "Balcony", "capacity": 2, "prices": prices }]);
        organizer.sell("A paid evening", &json!({ "currency": "EUR", "ticket_types": types })).await;
        let visitor = stage.browser().await;
        visitor.open("/events").await;
        visitor.see("March 2090").await;
        visitor.fill("Location", "campus").await;
        visitor.see_no("A free evening").await;
        visitor.see("Golang Microservices Summit").await;
        visitor.open("/events").await;
        visitor.see("A free evening").await;
        visitor.choose("Price", "Paid").await;
        visitor.see_no("A free evening").await;
        visitor.see("A paid evening").await;

        visitor.reload().await;
        visitor.see("A paid evening").await;
        visitor.see_no("A free evening").await;
        visitor.follow("A paid evening").await;
        visitor.arrive("A paid evening").await;
        visitor.back().await;
        visitor.arrive("Events").await;
        visitor.see("A paid evening").await;
        visitor.see_no("A free evening").await;

        visitor.choose("When", "Today").await;
        visitor.see("No matches.").await;
        visitor.follow("Clear filters").await;
        visitor.see("Golang Microservices Summit").await;
        visitor.see("A free evening").await;
    })
    .await;
}
