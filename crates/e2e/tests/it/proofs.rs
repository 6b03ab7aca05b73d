//! Links in mails: an address is confirmed, and a forgotten password reset.

use e2e::{ORGANIZER, story_with_mail};

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_new_person_confirms_the_address_books_and_resets_a_forgotten_password() {
    story_with_mail(async |stage, mailbox| {
        let event = stage.api(ORGANIZER).await.publish("For confirmed people", 5).await;
        let person = stage.browser().await;
        person.open("/sign-up").await;
        person.fill("Name", "Carla Neumann").await;
        person.fill("E-mail", "carla@example.com").await;
        person.fill("Password", "correct horse battery").await;
        person.press("Create account").await;
        person.see("Carla Neumann").await;
        stage.expect("/register", "409");
        person.open(&format!("/events/{event}")).await;
        person.see("This event is for people with a confirmed e-mail address.").await;
        person.press("Book a seat").await;
        person.see("Confirm your e-mail address first").await;
        person.press("Send the link again").await;
        person.see("An e-mail is on its way.").await;

        let link = mailbox.link("carla@example.com", "/verify").await;
        // On another device the reader signs in first, and the link is not lost by that.
        let phone = stage.browser().await;
        phone.open(&link).await;
        phone.see("Sign in to your account first").await;
        phone.follow("Sign in to confirm").await;
        phone.arrive("Sign in").await;
        phone.fill("E-mail", "carla@example.com").await;
        phone.fill("Password", "correct horse battery").await;
        phone.press("Sign in").await;
        phone.arrive("Confirm your e-mail address").await;
        phone.see("Press the button to confirm").await;
        person.open(&link).await;
        person.arrive("Confirm your e-mail address").await;
        assert!(!person.address().await.contains('#'), "the secret does not stay in the address");
        person.press("Confirm address").await;
        person.see("Your e-mail address is confirmed.").await;
        // A server that has just said no remembers that for two seconds, and hears of the proof itself.
        person.open(&format!("/events/{event}")).await;
        person.press("Book a seat").await;
        person.see("Booked. See you there!").await;

        let elsewhere = stage.browser().await;
        elsewhere.open("/sign-in").await;
        elsewhere.follow("Forgot your password?").await;
        elsewhere.arrive("Forgot your password?").await;
        elsewhere.fill("E-mail", "carla@example.com").await;
        elsewhere.press("Send link").await;
        elsewhere.see("an e-mail is on its way").await;
        let link = mailbox.link("carla@example.com", "/reset-password").await;
        elsewhere.open(&link).await;
        elsewhere.arrive("Choose a new password").await;
        elsewhere.fill("New password", "another one, longer").await;
        elsewhere.press("Save password").await;
        elsewhere.arrive("Sign in").await;
        elsewhere.fill("E-mail", "carla@example.com").await;
        elsewhere.fill("Password", "another one, longer").await;
        elsewhere.press("Sign in").await;
        elsewhere.see("Carla Neumann").await;
    })
    .await;
}
