//! Somebody without a mouse.

use e2e::{ALICE, Key, story};

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn all_of_a_booking_is_done_by_keys() {
    story(async |stage| {
        let alice = stage.browser().await;
        alice.open("/events").await;
        alice.key(Key::Tab).await;
        assert_eq!(alice.focused().await, "Skip to the content");
        alice.key(Key::Enter).await;
        alice.tab_to("Golang Microservices Summit").await;

        alice.open("/events").await;
        alice.reload().await;
        alice.tab_to("Sign in").await;
        alice.key(Key::Enter).await;
        alice.arrive("Sign in").await;
        assert_eq!(alice.focused().await, "Sign in");
        alice.tab_to("E-mail").await;
        alice.type_text(ALICE.email).await;
        alice.tab_to("Password").await;
        alice.type_text(ALICE.password).await;
        alice.key(Key::Enter).await;
        alice.see("Alice Student").await;
        alice.arrive("Events").await;

        alice.tab_to("Golang Microservices Summit").await;
        alice.key(Key::Enter).await;
        alice.arrive("Golang Microservices Summit").await;
        alice.see("10 of 10 seats available").await;
        alice.tab_to("Book a seat").await;
        alice.key(Key::Space).await;
        alice.see("You have a seat").await;

        alice.tab_to("Cancel my booking").await;
        alice.key(Key::Enter).await;
        alice.see("Cancel your booking?").await;
        assert_eq!(alice.focused().await, "Keep my booking");
        alice.key(Key::Escape).await;
        alice.see_no("Cancel your booking?").await;
        assert_eq!(alice.focused().await, "Cancel my booking");
        alice.key(Key::Space).await;
        alice.see("Cancel your booking?").await;
        alice.tab_to("Cancel my booking").await;
        alice.key(Key::Enter).await;
        alice.see("Your booking is cancelled.").await;
        alice.see("10 of 10 seats available").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn choices_and_lists_follow_the_arrow_keys() {
    story(async |stage| {
        let person = stage.browser().await;
        person.open("/sign-up").await;
        person.tab_to("Name").await;
        person.type_text("Dora Neumann").await;
        person.tab_to("E-mail").await;
        person.type_text("dora@example.com").await;
        person.tab_to("Password").await;
        person.type_text("correct horse battery").await;
        person.tab_to("Attend events Book seats and keep your tickets in one place.").await;
        person.key(Key::Down).await;
        assert_eq!(person.focused().await, "Host events Book seats, and publish your own events.");
        person.key(Key::Enter).await;
        person.see("Dora Neumann").await;
        person.tab_to("Studio").await;
        person.key(Key::Enter).await;
        person.arrive("Studio").await;
        person.tab_to("New event").await;
        person.key(Key::Enter).await;
        person.arrive("New event").await;
    })
    .await;
}
