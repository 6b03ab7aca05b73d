//! The cost of a visit: requests, bytes and moving content.

use e2e::{ALICE, BOB, ORGANIZER, Visit, story};
use serde_json::json;

use crate::pages::concert;

const EVENT: &str = "Golang Microservices Summit";

/// The most that a buyer's first visit may load.
const FIRST_VISIT: (u64, u64) = (20, 100_000);

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_first_visit_is_light_and_nothing_on_it_moves() {
    story(async |stage| {
        let event = stage.api(ORGANIZER).await.own_event_titled(EVENT).await;
        for path in ["/events".to_owned(), format!("/e/{event}")] {
            let visitor = stage.browser().await;
            visitor.phone().await;
            visitor.slow_processor(4).await;
            visitor.open(&path).await;
            visitor.see(EVENT).await;
            visitor.see("10 of 10 seats available").await;
            let visit = visitor.visit().await;
            println!("{path}: {visit:?}");
            let Visit { requests, bytes, layout_shift, .. } = visit;
            assert!(requests <= FIRST_VISIT.0 && bytes <= FIRST_VISIT.1, "{path}: {visit:?}");
            assert!(layout_shift < 0.001, "{path}: {visit:?}");
        }
    })
    .await;
}

/// From the smallest phone to a desktop. At 960 an event's page gets its second column.
const WIDTHS: [u32; 5] = [360, 412, 800, 960, 1280];

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn nothing_moves_for_whoever_has_a_booking_or_watches_a_waitlist() {
    story(async |stage| {
        let organizer = stage.api(ORGANIZER).await;
        let (alice, bob) = (stage.api(ALICE).await, stage.api(BOB).await);
        let full = organizer.publish("A full house", 1).await;
        let sold = organizer.sell("Concert", &concert()).await;
        let wish = |count: u32, amount: u32| {
            json!({ "ticket_type": 1, "seats": [{ "price": 1, "count": count }], "amount": amount })
        };
        alice.book(&full).await;
        bob.book(&full).await;
        alice.book_seats(&sold, &wish(2, 5000)).await;
        bob.book_seats(&sold, &wish(3, 7500)).await;
        for (account, path, text) in [
            (ALICE, format!("/events/{full}"), "You have a seat"),
            (BOB, format!("/events/{full}"), "You’re next on the waitlist"),
            (ALICE, format!("/events/{sold}"), "How to pay"),
            (ORGANIZER, format!("/studio/{sold}"), "Held, not paid"),
        ] {
            let person = stage.browser_of(account).await;
            person.slow_processor(4).await;
            for width in WIDTHS {
                person.high_screen(width).await;
                person.open(&path).await;
                person.see(text).await;
                let visit = person.visit().await;
                assert!(visit.layout_shift < 0.001, "{path} of {} at {width}: {visit:?}", account.name);
            }
        }
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_repeat_visit_loads_the_documents_head_and_the_answers_of_the_api() {
    story(async |stage| {
        let visitor = stage.browser().await;
        visitor.open("/events").await;
        visitor.see(EVENT).await;
        visitor.open("/events").await;
        visitor.see(EVENT).await;
        let visit = visitor.visit().await;
        assert!(visit.document_is_known, "{visit:?}");
        assert!(visit.loaded.iter().all(|path| !path.starts_with("/assets/")), "{visit:?}");
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_page_that_is_not_there_says_so_and_the_server_as_well() {
    story(async |stage| {
        stage.expect("/nothing/here", "404");
        let visitor = stage.browser().await;
        visitor.open("/nothing/here").await;
        visitor.arrive("Page not found").await;
        visitor.follow("Browse events").await;
        visitor.arrive("Events").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_link_of_former_times_leads_to_its_page() {
    story(async |stage| {
        let event = stage.api(ORGANIZER).await.own_event_titled(EVENT).await;
        let visitor = stage.browser().await;
        visitor.open(&format!("/#/events/{event}")).await;
        visitor.arrive(EVENT).await;
        let address = visitor.address().await;
        assert!(address.starts_with("/e/golang-microservices-summit-"), "{address}");
        visitor.open(&format!("/events/{event}")).await;
        visitor.arrive(EVENT).await;
        assert_eq!(visitor.address().await, address);
    })
    .await;
}
