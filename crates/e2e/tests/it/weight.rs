//! The cost of a visit: requests, bytes and moving content.

use e2e::{ORGANIZER, Visit, story};

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
