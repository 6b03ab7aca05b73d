//! Somebody who has not signed in.

use e2e::story;

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
        visitor.see("5 of 5 seats left").await;
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
