//! Somebody who books.

use e2e::story;

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_new_person_signs_up_books_finds_the_place_and_gives_it_up() {
    story(async |stage| {
        let person = stage.browser().await;
        person.open("/events").await;
        person.follow("Sign in").await;
        person.arrive("Sign in").await;
        person.follow("Create account").await;
        person.arrive("Create account").await;
        person.fill("Name", "Carla Neumann").await;
        person.fill("E-mail", "carla@example.com").await;
        person.fill("Password", "correct horse battery").await;
        person.press("Create account").await;
        person.see("Carla Neumann").await;

        person.arrive("Events").await;
        person.follow("Golang Microservices Summit").await;
        person.arrive("Golang Microservices Summit").await;
        person.see("10 of 10 seats available").await;
        person.press("Book a seat").await;
        person.see("Booked. See you there!").await;
        person.see("You have a seat").await;
        person.see("9 of 10 seats available").await;

        person.follow("My tickets").await;
        person.arrive("My tickets").await;
        let place = person.part("Golang Microservices Summit");
        place.see("Confirmed").await;
        place.press("Cancel my booking").await;
        person.see("Cancel your booking?").await;
        person.press("Keep my booking").await;
        person.see_no("Cancel your booking?").await;
        place.see("Confirmed").await;
        place.press("Cancel my booking").await;
        person.see("Cancel your booking?").await;
        person.press("Cancel my booking").await;
        person.see("Your booking is cancelled.").await;
        person.see("No upcoming bookings.").await;
        person.press("Past and cancelled").await;
        person.see("Cancelled on").await;

        person.follow("Golang Microservices Summit").await;
        person.see("10 of 10 seats available").await;
        person.see("Book a seat").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_person_changes_the_password_and_signs_out() {
    story(async |stage| {
        let alice = stage.browser_of(e2e::ALICE).await;
        alice.follow("Account of Alice Student").await;
        alice.arrive("Alice Student").await;
        alice.fill("Current password", "user123").await;
        alice.fill("New password", "correct horse battery").await;
        alice.press("Change password").await;
        alice.see("Your password has been changed.").await;
        alice.press("Sign out").await;
        alice.see("You’re signed out.").await;
        let account = e2e::Account { password: "correct horse battery", ..e2e::ALICE };
        alice.sign_in(account).await;
        alice.follow("Account of Alice Student").await;
        alice.arrive("Alice Student").await;
        alice.press("Sign out everywhere").await;
        alice.see("You’re signed out in all browsers.").await;
        alice.sign_in(account).await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_person_changes_the_name_and_erases_the_account() {
    story(async |stage| {
        let bob = stage.browser_of(e2e::BOB).await;
        bob.follow("Account of Bob Engineer").await;
        bob.arrive("Bob Engineer").await;
        bob.fill("Name", " Robert Engineer ").await;
        bob.press("Change name").await;
        bob.see("Your name has been changed.").await;
        bob.see("Robert Engineer").await;
        bob.fill("Your password", "user123").await;
        bob.press("Erase my account…").await;
        bob.see("Erase your account?").await;
        bob.press("Keep my account").await;
        bob.see_no("Erase your account?").await;
        bob.press("Erase my account…").await;
        bob.see("Erase your account?").await;
        bob.press("Erase my account").await;
        bob.see("Your account has been erased.").await;
    })
    .await;
}
