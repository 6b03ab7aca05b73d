//! Messages about bookings, and organizers' words to attendees.

use e2e::{ADMIN, ALICE, BOB, ORGANIZER, story, until};

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_booking_is_told_under_messages_and_so_is_what_the_organizer_writes() {
    story(async |stage| {
        let event = stage.api(ORGANIZER).await.publish("A talk on locks", 1).await;
        stage.api(ALICE).await.book(&event).await;
        stage.api(BOB).await.book(&event).await;
        let alice = stage.browser_of(ALICE).await;
        alice.follow("Your messages").await;
        alice.arrive("Messages").await;
        until("the booking is told", async || {
            alice.press("Refresh").await;
            alice.shows("You have a seat").await.then_some(()).ok_or_else(|| "not yet".to_owned())
        })
        .await;

        let organizer = stage.browser_of(ORGANIZER).await;
        organizer.open(&format!("/studio/{event}/messages")).await;
        organizer.arrive("A talk on locks").await;
        organizer.press("Send…").await;
        organizer.see("This field is required.").await;
        organizer.choose("To", "Both (2)").await;
        organizer.fill("Subject", "A new door").await;
        organizer.fill("Text", "Please come in by the <b>north</b> door.").await;
        organizer.press("Send…").await;
        organizer.see("Send this to 2 people?").await;
        organizer.press("Send to 2 people").await;
        organizer.see("Done: 2 people were told.").await;
        organizer.choose("Remind people", "1 day before the start").await;
        organizer.press("Save").await;
        organizer.see("Saved.").await;

        until("the organizer's words have come", async || {
            alice.press("Refresh").await;
            alice.shows("A new door").await.then_some(()).ok_or_else(|| "not yet".to_owned())
        })
        .await;
        // The newest message is open.
        alice.reload().await;
        alice.see("Please come in by the <b>north</b> door.").await;

        let admin = stage.browser_of(ADMIN).await;
        admin.open("/admin/messages").await;
        admin.see("Mail is off").await;
        admin.see("Bob Engineer").await;
    })
    .await;
}
