//! Somebody who runs an event.

use std::path::Path;

use e2e::{ADMIN, ALICE, BOB, ORGANIZER, story, until};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn an_organizer_makes_an_event_and_runs_it_to_its_cancelling() {
    story(async |stage| {
        let organizer = stage.browser_of(ORGANIZER).await;
        organizer.follow("Studio").await;
        organizer.arrive("Studio").await;
        organizer.follow("New event").await;
        organizer.arrive("New event").await;
        organizer.press("Save as draft").await;
        organizer.see("This field is required.").await;
        organizer.fill("Title", "An evening of locks").await;
        organizer.fill("Location", "The old town hall").await;
        organizer.fill("Description", "Keys, chains and transactions.").await;
        organizer.fill_time("Starts", "2090-03-01T19:00").await;
        organizer.fill_time("Ends", "2090-03-01T18:00").await;
        organizer.fill_time("Sale opens", "2020-03-01T18:00").await;
        organizer.see("This is in the past: the sale will be open as soon as the event is published.").await;
        organizer.fill("Seats", "1").await;
        organizer.press("Save as draft").await;
        organizer.see("The end must be after the start.").await;
        organizer.fill_time("Ends", "2090-03-01T22:00").await;
        organizer.press("Save as draft").await;
        organizer.arrive("An evening of locks").await;
        organizer.see("Draft").await;

        organizer.press("Delete draft").await;
        organizer.see("Delete this draft?").await;
        organizer.press("Keep it").await;
        organizer.press("Publish").await;
        organizer.see("Publish this event?").await;
        organizer.part("Publish this event?").press("Publish").await;
        organizer.see("Published.").await;
        organizer.see_no_button("Publish").await;
        organizer.see("On sale").await;
        organizer.see("Link to share").await;

        let visitor = stage.browser().await;
        visitor.open("/events").await;
        visitor.follow("An evening of locks").await;
        visitor.arrive("An evening of locks").await;
        visitor.see("1 of 1 seat available").await;

        organizer.follow("Details").await;
        organizer.fill("Title", "A night of locks").await;
        organizer.press("Save changes").await;
        organizer.see("Saved.").await;
        visitor.arrive("A night of locks").await;

        let event = stage.api(ORGANIZER).await.own_event_titled("A night of locks").await;
        stage.api(ALICE).await.book(&event).await;
        stage.api(BOB).await.book(&event).await;
        organizer.follow("Dashboard").await;
        organizer.see("100% full").await;
        organizer.see("On the waitlist 1").await;
        visitor.see("0 of 1 seat available").await;

        organizer.fill("Number of seats", "2").await;
        organizer.press("Update capacity").await;
        organizer.see("Give seats to 1 person on the waitlist?").await;
        organizer.press("Change to 2 seats").await;
        organizer.see("Saved. 1 person on the waitlist got a seat.").await;
        organizer.see("On the waitlist 0").await;

        organizer.follow("Attendees").await;
        organizer.see("2 confirmed, 0 on the waitlist").await;
        organizer.part("Alice Student").see("Confirmed").await;
        organizer.fill("Search attendees", "bob").await;
        organizer.see_no("Alice Student").await;
        organizer.part("Bob Engineer").see("Got a seat").await;
        organizer.choose("Show", "On the waitlist").await;
        organizer.see("No matches.").await;
        organizer.follow("Clear filters").await;
        organizer.see("Alice Student").await;
        organizer.press("Download CSV").await;
        organizer.see("List of attendees saved.").await;

        organizer.press("Remove… Bob Engineer").await;
        organizer.see("Remove Bob Engineer’s booking?").await;
        organizer.press("Remove the booking").await;
        organizer.see("This field is required.").await;
        organizer.fill("Reason", "This evening is for members.").await;
        organizer.press("Remove the booking").await;
        organizer.see("Bob Engineer’s booking is removed.").await;
        organizer.part("Bob Engineer").see("Removed").await;
        organizer.see_no_button("Remove… Bob Engineer").await;
        let bob = stage.browser_of(BOB).await;
        bob.open("/tickets").await;
        bob.press("Past and cancelled").await;
        bob.see("“This evening is for members.” You can’t book again.").await;

        organizer.press("Cancel event").await;
        organizer.see("1 person has a seat").await;
        organizer.press("Cancel the event").await;
        organizer.see("The event is cancelled.").await;
        organizer.see("Cancelled").await;
        visitor.see("The organizer has cancelled this event.").await;
        organizer.follow("Details").await;
        organizer.see("This event is cancelled.").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_time_that_the_clocks_show_twice_is_chosen_and_kept() {
    const WHICH: &str = "Clocks are set back and show this time twice. Which one?";
    story(async |stage| {
        let organizer = stage.browser_of(ORGANIZER).await;
        organizer.follow("Studio").await;
        organizer.follow("New event").await;
        organizer.fill("Title", "The longest night").await;
        organizer.fill("Location", "A bar").await;
        organizer.fill("Time zone", "Europe/Berlin").await;
        organizer.fill_time("Starts", "2090-10-29T02:30").await;
        organizer.choose(WHICH, "The second (CET)").await;
        organizer.fill_time("Ends", "2090-10-29T05:00").await;
        organizer.fill("Seats", "1").await;
        organizer.press("Save as draft").await;
        organizer.arrive("The longest night").await;

        let api = stage.api(ORGANIZER).await;
        let event = api.own_event_titled("The longest night").await;
        assert_eq!(api.own_event(&event).await["starts_at"], "2090-10-29T01:30:00Z");
        organizer.follow("Details").await;
        organizer.see(WHICH).await;
        organizer.press("Save changes").await;
        organizer.see("Nothing to save.").await;
        organizer.choose(WHICH, "The first (CEST)").await;
        organizer.press("Save changes").await;
        organizer.see("Saved.").await;
        assert_eq!(api.own_event(&event).await["starts_at"], "2090-10-29T00:30:00Z");
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_time_zone_is_understood_by_its_city() {
    story(async |stage| {
        let organizer = stage.browser_of(ORGANIZER).await;
        organizer.follow("Studio").await;
        organizer.follow("New event").await;
        organizer.fill("Title", "Carnaval").await;
        organizer.fill("Location", "A street").await;
        organizer.fill("Time zone", "s\u{e3}o paulo").await;
        organizer.fill_time("Starts", "2090-02-28T20:00").await;
        organizer.fill_time("Ends", "2090-02-28T23:00").await;
        organizer.fill("Seats", "1").await;
        organizer.press("Save as draft").await;
        organizer.arrive("Carnaval").await;
        let api = stage.api(ORGANIZER).await;
        let event = api.own_event_titled("Carnaval").await;
        let made = api.own_event(&event).await;
        assert_eq!(made["time_zone"], "America/Sao_Paulo");
        assert_eq!(made["starts_at"], "2090-02-28T23:00:00Z");
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn an_event_is_handed_over_and_is_then_somebody_elses() {
    story(async |stage| {
        let event = stage.api(ORGANIZER).await.publish("A night of keys", 2).await;
        stage.api(ALICE).await.book(&event).await;
        let organizer = stage.browser_of(ORGANIZER).await;
        organizer.open(&format!("/studio/{event}")).await;
        organizer.arrive("A night of keys").await;
        organizer.press("Hand over…").await;
        organizer.see("Somebody else runs “A night of keys” from then on, and you can no longer change it.").await;
        organizer.press("Hand the event over").await;
        organizer.see("This field is required.").await;
        organizer.fill("E-mail of the new organizer", "somebody").await;
        organizer.press("Hand the event over").await;
        organizer.see("Enter an e-mail address like name@example.com.").await;
        organizer.fill("E-mail of the new organizer", ADMIN.email).await;
        organizer.press("Hand the event over").await;
        organizer.see("The event is handed over to admin@eventbrite.local.").await;
        organizer.arrive("Studio").await;
        organizer.see_no("A night of keys").await;

        let admin = stage.browser_of(ADMIN).await;
        admin.open(&format!("/studio/{event}")).await;
        admin.arrive("A night of keys").await;
        admin.follow("Attendees").await;
        admin.see("Alice Student").await;
        admin.follow("Log").await;
        admin.see("Event handed over").await;
        // Back again: an administrator runs the events of others, too.
        admin.open(&format!("/studio/{event}")).await;
        admin.press("Hand over…").await;
        admin.fill("E-mail of the new organizer", ORGANIZER.email).await;
        admin.press("Hand the event over").await;
        admin.see("The event is handed over to events@techcorp.com.").await;
        admin.arrive("A night of keys").await;
        organizer.open(&format!("/studio/{event}")).await;
        organizer.arrive("A night of keys").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn an_event_is_duplicated_with_its_prices_and_without_its_dates() {
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
        let event = stage.api(ORGANIZER).await.sell("Concert", &tickets).await;
        let organizer = stage.browser_of(ORGANIZER).await;
        organizer.open(&format!("/studio/{event}")).await;
        organizer.see("Say how to pay.").await;
        organizer.follow("Duplicate").await;
        organizer.arrive("New event").await;
        organizer.see("those of “Concert”. Choose new dates. Nothing is saved yet.").await;
        organizer.fill("Title", "Second concert").await;
        organizer.fill_time("Starts", "2090-03-01T19:00").await;
        organizer.fill_time("Ends", "2090-03-01T22:00").await;
        organizer.fill("Seats", "12").await;
        organizer.press("Save as draft").await;
        organizer.arrive("Second concert").await;
        organizer.see("Before you publish").await;

        let api = stage.api(ORGANIZER).await;
        let copy = api.own_event_titled("Second concert").await;
        let path = format!("/organizer/events/{copy}/tickets");
        let saved = api.send(Method::GET, &path, &json!(null)).await;
        let hall = &saved["document"]["ticket_types"][0];
        assert_eq!((&hall["name"], &hall["capacity"]), (&json!("Hall"), &json!(12)));
        assert_eq!((&hall["prices"][0]["amount"], &hall["prices"][1]["amount"]), (&json!(2500), &json!(1000)));
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_page_that_is_left_while_it_loads_does_not_come_back() {
    story(async |stage| {
        let organizer = stage.browser_of(ORGANIZER).await;
        organizer.open("/events").await;
        organizer.see("Golang Microservices Summit").await;
        stage.wire.keep_answers("/views-studio-routes.js");
        organizer.follow("Studio").await;
        organizer.back().await;
        organizer.arrive("Events").await;
        until("the studio's scripts being on their way", async || match stage.wire.answers_kept() {
            1 => Ok(()),
            kept => Err(format!("{kept} answers are kept")),
        })
        .await;
        stage.wire.release_answers();
        organizer.fill("Search events", "golang").await;
        organizer.see_no("Introduction to PostgreSQL Locking").await;
        organizer.see("Golang Microservices Summit").await;
        organizer.follow("Studio").await;
        organizer.arrive("Studio").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn an_organizer_gives_an_event_a_picture_and_buyers_see_it() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    story(async |stage| {
        let event = stage.api(ORGANIZER).await.publish("A gallery", 5).await;
        let organizer = stage.browser_of(ORGANIZER).await;
        organizer.open(&format!("/studio/{event}/details")).await;
        organizer.see("Add picture").await;
        organizer.see_no_button("Remove picture").await;
        // A text is no picture, and nothing is lost by it.
        stage.expect("/picture", "415");
        organizer.attach(&project.join("README.md")).await;
        organizer.see("This file can’t be used. Choose a JPEG or PNG picture of at most 25 megapixels.").await;
        organizer.attach(&project.join("docs/screenshots/events.png")).await;
        organizer.see("The picture has been saved.").await;
        let first = organizer.see_picture().await;
        let visitor = stage.browser().await;
        visitor.open(&format!("/events/{event}")).await;
        visitor.arrive("A gallery").await;
        assert_eq!(visitor.see_picture().await.rsplit_once('/').unwrap().0, first.rsplit_once('/').unwrap().0);

        organizer.see("Replace picture").await;
        organizer.attach(&project.join("docs/screenshots/stress-test.png")).await;
        until("another picture", async || {
            if organizer.see_picture().await == first { Err("it is the first one".to_owned()) } else { Ok(()) }
        })
        .await;
        organizer.press("Remove picture").await;
        organizer.see("The picture has been removed.").await;
        organizer.see("Add picture").await;
        visitor.reload().await;
        visitor.arrive("A gallery").await;
        assert_eq!(stage.api(ORGANIZER).await.event(&event).await["picture"], json!(null));
    })
    .await;
}
