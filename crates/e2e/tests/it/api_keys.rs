//! A key for a program of one's own.

use e2e::{ORGANIZER, story};

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn an_organizer_makes_a_key_for_one_event_and_revokes_it() {
    story(async |stage| {
        stage.api(ORGANIZER).await.publish("Doors at six", 5).await;
        let organizer = stage.browser_of(ORGANIZER).await;
        organizer.open("/account").await;
        organizer.follow("Manage API keys").await;
        organizer.arrive("API keys").await;
        organizer.see("No keys yet.").await;
        organizer.fill("Name", "Door list").await;
        organizer.tick("Run your events Create, change and cancel your events, and see attendees.").await;
        organizer.tick("Chosen events These and nothing else, up to 50.").await;
        organizer.tick("Doors at six").await;
        organizer.choose("Expires", "In 30 days").await;
        organizer.fill("Your password", ORGANIZER.password).await;
        organizer.press("Create key").await;
        organizer.see("Copy it now.").await;
        organizer.press("Copy key").await;
        organizer.see("Key copied.").await;
        organizer.see("Run your events · 1 event").await;

        organizer.reload().await;
        organizer.see("Door list").await;
        organizer.see("Never used").await;
        organizer.see_no("Copy it now.").await;
        organizer.press("Revoke the key Door list").await;
        organizer.see("Revoke this key?").await;
        organizer.press("Revoke key").await;
        organizer.see("No keys yet.").await;
    })
    .await;
}
