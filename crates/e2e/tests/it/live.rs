//! What others do is seen at once, and again after the connection was lost.

use e2e::{ALICE, BOB, ORGANIZER, story, until};
use serde_json::json;

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_booking_is_seen_by_others_without_their_asking() {
    story(async |stage| {
        let event = stage.api(ORGANIZER).await.publish("Watched", 10).await;
        let (on_the_list, on_the_page) = (stage.browser().await, stage.browser().await);
        on_the_list.open("/events").await;
        on_the_page.open(&format!("/events/{event}")).await;
        let card = on_the_list.part("Watched");
        card.see("10 of 10 seats available").await;
        on_the_page.see("10 of 10 seats available").await;
        // Once a page has shown the stream's numbers, it has read the rest of the event.
        stage.api(BOB).await.book(&event).await;
        card.see("9 of 10 seats available").await;
        on_the_page.see("9 of 10 seats available").await;
        assert_eq!(stage.wire.streams(), 2);
        let asked = stage.wire.requests("GET /events").len();
        stage.api(ALICE).await.book(&event).await;
        card.see("8 of 10 seats available").await;
        on_the_page.see("8 of 10 seats available").await;
        assert_eq!(stage.wire.requests("GET /events").len(), asked, "the page asked instead of listening");
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn an_answer_that_comes_late_does_not_undo_what_the_stream_has_told() {
    story(async |stage| {
        let event = stage.api(ORGANIZER).await.publish("Late answers", 10).await;
        let path = format!("/events/{event}");
        let alice = stage.browser_of(ALICE).await;
        alice.open(&path).await;
        stage.api(ORGANIZER).await.book(&event).await;
        // Once a page has shown the stream's numbers, it has read the rest of the event.
        alice.see("9 of 10 seats available").await;

        let taken = alice.answers(&path).await;
        stage.wire.keep_answers(&format!("GET {path}"));
        alice.press("Book a seat").await;
        alice.see("You have a seat").await;
        until("the page reading the event again", async || match stage.wire.answers_kept() {
            1 => Ok(()),
            count => Err(format!("{count} answers are kept back")),
        })
        .await;
        stage.api(BOB).await.book(&event).await;
        alice.see("7 of 10 seats available").await;

        stage.wire.release_answers();
        until("the page taking the late answer", async || match alice.answers(&path).await {
            count if count > taken => Ok(()),
            _ => Err("it has not come".to_owned()),
        })
        .await;
        assert!(alice.shows("7 of 10 seats available").await, "the page shows older numbers again");
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_page_recovers_when_the_server_is_back() {
    story(async |stage| {
        stage.expect("", "net::ERR_");
        let event = stage.api(ORGANIZER).await.publish("Back again", 10).await;
        let path = format!("/events/{event}");
        let (visitor, alice) = (stage.browser().await, stage.browser_of(ALICE).await);
        visitor.open(&path).await;
        visitor.see("10 of 10 seats available").await;
        alice.open(&path).await;
        alice.see("10 of 10 seats available").await;

        stage.stop_server().await;
        visitor.see("Connection lost").await;
        alice.press("Book a seat").await;
        alice.see("No answer came. Trying again").await;

        stage.start_server().await;
        alice.see("You have a seat").await;
        visitor.see_no("Connection lost").await;
        visitor.see("9 of 10 seats available").await;
        assert_eq!(stage.api(ALICE).await.places(&event).await.len(), 1);
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_page_opened_while_offline_opens_when_the_network_is_back() {
    story(async |stage| {
        stage.expect("", "net::ERR_");
        let visitor = stage.browser().await;
        visitor.open("/events").await;
        visitor.see("Seats are live").await;
        stage.wire.cut();
        visitor.see("Connection lost: these numbers may be old.").await;
        visitor.follow("Golang Microservices Summit").await;
        visitor.see("We can’t reach the server.").await;
        stage.wire.mend();
        visitor.press("Try again").await;
        visitor.arrive("Golang Microservices Summit").await;
        visitor.back().await;
        visitor.see("Seats are live").await;
        stage.api(ALICE).await.book(&stage.api(BOB).await.event_titled("Golang Microservices Summit").await).await;
        visitor.part("Golang Microservices Summit").see("9 of 10 seats available").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_page_without_a_network_says_that_its_numbers_are_old_and_a_booking_goes_through_later() {
    story(async |stage| {
        stage.expect("", "net::ERR_");
        let event = stage.api(ORGANIZER).await.publish("In a tunnel", 10).await;
        let (visitor, alice) = (stage.browser().await, stage.browser_of(ALICE).await);
        visitor.open("/events").await;
        visitor.see("Seats are live").await;
        alice.open(&format!("/events/{event}")).await;
        alice.see("Book a seat").await;

        visitor.lose_network().await;
        alice.lose_network().await;
        visitor.see("Connection lost: these numbers may be old.").await;
        alice.see("Connection lost: these numbers may be old.").await;
        alice.press("Book a seat").await;
        alice.see("Trying again in").await;

        alice.regain_network().await;
        alice.see("You have a seat").await;
        alice.see_no("Connection lost").await;
        visitor.regain_network().await;
        visitor.see("Seats are live").await;
        assert_eq!(stage.api(ALICE).await.places(&event).await.len(), 1);
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn seven_windows_share_one_stream_and_all_see_a_booking() {
    story(async |stage| {
        // The second window does not know yet of the place that the first has booked.
        stage.expect("/register", "409");
        let event = stage.api(ORGANIZER).await.publish("Seven windows", 10).await;
        let alice = stage.browser_of(ALICE).await;
        let mut windows = vec![alice.window().await];
        alice.open(&format!("/events/{event}")).await;
        while windows.len() < 7 {
            windows.push(alice.new_window().await);
            alice.open(&format!("/events/{event}")).await;
            alice.see("10 of 10 seats available").await;
        }
        until("one stream being open", async || match stage.wire.streams() {
            1 => Ok(()),
            count => Err(format!("{count} streams")),
        })
        .await;
        stage.api(BOB).await.book(&event).await;
        for window in &windows {
            alice.enter(window).await;
            alice.see("9 of 10 seats available").await;
        }
        alice.press("Book a seat").await;
        alice.see("You have a seat").await;
        for window in &windows {
            alice.enter(window).await;
            alice.see("8 of 10 seats available").await;
        }
        assert_eq!(stage.wire.streams(), 1);

        alice.enter(&windows[1]).await;
        alice.press("Book a seat").await;
        alice.see("You already have a booking for this event.").await;
        alice.see("You have a seat").await;
        assert_eq!(stage.api(ALICE).await.places(&event).await.len(), 1);
        alice.enter(&windows[2]).await;
        alice.reload().await;
        alice.see("You have a seat").await;

        // The window that led has gone; another takes the stream over.
        alice.enter(&windows[0]).await;
        alice.close_window().await;
        stage.api(ORGANIZER).await.book(&event).await;
        for window in &windows[1..] {
            alice.enter(window).await;
            alice.see("7 of 10 seats available").await;
        }
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn own_bookings_say_when_their_event_is_moved_or_cancelled() {
    story(async |stage| {
        let organizer = stage.api(ORGANIZER).await;
        let event = organizer.publish("Uncertain", 10).await;
        stage.api(ALICE).await.book(&event).await;
        let alice = stage.browser_of(ALICE).await;
        alice.open("/tickets").await;
        let card = alice.part("Uncertain");
        card.see("Confirmed").await;
        organizer.edit(&event, &json!({ "location": "Another hall" })).await;
        card.see("Another hall").await;
        organizer.cancel(&event).await;
        card.see("Event cancelled").await;
    })
    .await;
}
