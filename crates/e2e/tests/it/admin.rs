//! Somebody who looks after the system.

use e2e::{ADMIN, BOB, story};

/// The choice of a stress test that visitors see.
const EVENT_ITSELF: &str =
    "The event itself Visitors see its seats go and the label “Under test”. Bookings are paused until you undo it.";

/// The wish for a comparison.
const COMPARED: &str = "Compare with the classic way The same crowd again, on a hidden copy, with one transaction for \
                        each buyer. It sells for ten seconds at most.";

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn an_admin_sends_a_crowd_by_the_red_button_and_undoes_it() {
    story(async |stage| {
        let admin = stage.browser_of(ADMIN).await;
        let visitor = stage.browser().await;
        visitor.open("/events").await;
        let summit = visitor.part("Golang Microservices Summit");
        summit.see("On sale").await;

        admin.follow("Admin").await;
        admin.arrive("Stress test").await;
        admin.follow("Golang Microservices Summit").await;
        admin.see("This event is public and has no bookings yet.").await;
        admin.fill("Simulated buyers", "500").await;
        admin.press("Run Concurrency Sim").await;
        admin.see("Dry run on a hidden copy of the event.").await;
        summit.see("On sale").await;

        admin.tick(EVENT_ITSELF).await;
        admin.press("Run Concurrency Sim").await;
        admin.see("Test the event that visitors see?").await;
        admin.press("Not now").await;
        summit.see("On sale").await;
        admin.press("Run Concurrency Sim").await;
        admin.press("Test the event itself").await;
        admin.see("All guarantees hold").await;
        for figure in ["Buyers 500", "Seats sold 10 of 10", "Oversold 0", "On the waitlist 490", "Failed 0"] {
            admin.see(figure).await;
        }
        // The course is told in words beside each drawing, and in tables.
        admin.see("500 buyers answered: 10 seated, 490 on the waitlist.").await;
        admin.see("From request to answer, buyers waited").await;
        admin.press("As tables").await;
        admin.see("Seats left").await;
        admin.see("P1 Never oversold").await;
        admin.see("Answers compared: 500.").await;
        admin.see("Run on the event itself.").await;
        admin.see("with PostgreSQL ").await;
        admin.see("Commits are ").await;
        summit.see("Under test").await;
        summit.see("490 on the waitlist").await;

        // Another run meets an event that has people, and so a copy of it.
        admin.tick(COMPARED).await;
        admin.press("Run Concurrency Sim").await;
        admin.see("Dry run on a hidden copy of the event.").await;
        admin.see("times as many buyers per second.").await;
        admin.see("It keeps the guarantees as well.").await;
        admin.press("Its transaction, in SQL").await;
        admin.see("for update").await;
        admin.press("History (3)").await;
        admin.see("A hidden copy (dry run)").await;
        admin.part("The event itself").press("Show the course").await;
        admin.see("The test of ").await;

        admin.press("Undo the stress test").await;
        admin.see("Removed 500 simulated bookings").await;
        admin.see_no_button("Undo the stress test").await;
        summit.see("On sale").await;
        summit.see("10 of 10 seats available").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn an_admin_leaves_a_running_stress_test_comes_back_and_stops_it() {
    story(async |stage| {
        let admin = stage.browser_of(ADMIN).await;
        admin.follow("Admin").await;
        admin.arrive("Stress test").await;
        admin.follow("Golang Microservices Summit").await;
        // It takes many seconds to make so many buyers, and then to serve them.
        admin.fill("Simulated buyers", "100000").await;
        admin.press("Run Concurrency Sim").await;
        admin.see("It goes on if you leave this page.").await;
        admin.follow("Users").await;
        admin.arrive("Users").await;
        admin.follow("Stress test").await;
        admin.arrive("Stress test").await;
        admin.follow("Golang Microservices Summit").await;
        admin.see("The crowd is booking.").await;
        admin.press("Stop the stress test").await;
        admin.see("Stopped early: ").await;
        admin.see("All guarantees hold").await;
        admin.press("History (1)").await;
        admin.see("stopped early").await;
        admin.see_no_button("Stop the stress test").await;
        admin.follow("Log").await;
        admin.see("Simulation stopped").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn an_admin_looks_after_people_and_reads_the_log() {
    story(async |stage| {
        // Bob is told that his session has ended.
        stage.expect("/me/registrations", "401");
        let bob = stage.browser_of(BOB).await;
        let admin = stage.browser_of(ADMIN).await;
        admin.open("/admin/people").await;
        admin.fill("Search users", "bob").await;
        admin.see_no("Alice Student").await;
        admin.press("Manage Bob Engineer").await;
        admin.choose("Role", "Organizer").await;
        admin.press("Change role").await;
        admin.see("Bob Engineer is now an organizer.").await;
        admin.choose("Role", "Administrator").await;
        admin.press("Change role").await;
        admin.see("Make Bob Engineer an administrator?").await;
        admin.press("Not now").await;
        admin.press("Deactivate…").await;
        admin.see("Deactivate Bob Engineer?").await;
        admin.press("Deactivate").await;
        admin.see("Bob Engineer is deactivated.").await;

        bob.follow("My tickets").await;
        bob.see("Your session has ended.").await;
        bob.arrive("Sign in").await;

        admin.press("Activate again").await;
        admin.see("Bob Engineer can sign in again.").await;
        admin.fill("New password", "correct horse battery").await;
        admin.press("Set password").await;
        admin.see("Password set.").await;
        admin.press("Close").await;
        admin.part("Bob Engineer").see("Organizer").await;
        admin.part("Bob Engineer").see("Active").await;
        bob.sign_in(e2e::Account { password: "correct horse battery", ..BOB }).await;
        bob.follow("Studio").await;
        bob.see("No events yet.").await;

        admin.follow("Log").await;
        admin.arrive("Log").await;
        admin.choose("Action", "User deactivated").await;
        admin.see_no("Active no → yes").await;
        let entry = admin.part("by Only entries by Ada Admin");
        entry.see("Bob Engineer").await;
        entry.press("Only entries about Bob Engineer <bob@engineer.com>").await;
        admin.press("About Bob Engineer <bob@engineer.com> : remove this filter").await;
        admin.choose("Action", "Any action").await;
        admin.see("User password reset").await;
    })
    .await;
}
