//! Every page, with its dialogs and errors, in both themes and on a phone.

use e2e::{ADMIN, ALICE, BOB, Browser, ORGANIZER, Stage, story};
use serde_json::{Value, json};

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn axe_finds_nothing_on_any_page_in_light() {
    story(async |stage| tour(stage, async |_| {}, async |browser, page| browser.assert_accessible(page).await).await)
        .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn axe_finds_nothing_on_any_page_in_dark() {
    story(async |stage| {
        let prepare = async |browser: &Browser| {
            browser.open("/events").await;
            browser.press("Switch to dark").await;
        };
        tour(stage, prepare, async |browser, page| browser.assert_accessible(page).await).await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn every_page_fits_a_phone() {
    story(async |stage| {
        let prepare = async |browser: &Browser| browser.phone().await;
        tour(stage, prepare, async |browser, page| browser.assert_fits(page).await).await;
    })
    .await;
}

/// Goes to every page and into every state that looks different, and checks each. A new page is one more line here.
async fn tour(stage: &Stage, prepare: impl AsyncFn(&Browser), check: impl AsyncFn(&Browser, &str)) {
    let events = Events::make(stage).await;
    let visitor = stage.browser().await;
    prepare(&visitor).await;
    public_pages(stage, &visitor, &events, &check).await;
    account_pages(&person(stage, ALICE, &prepare).await, &events, &check).await;
    let bob = person(stage, BOB, &prepare).await;
    waiting_pages(&bob, &events, &check).await;
    studio_pages(&person(stage, ORGANIZER, &prepare).await, &events, &check).await;
    stage.api(ORGANIZER).await.open_door(&events.full, BOB).await;
    scanner_pages(&bob, &check).await;
    admin_pages(&person(stage, ADMIN, &prepare).await, &events, &check).await;
    lost_pages(stage, &visitor, &events, &check).await;
}

async fn person(stage: &Stage, account: e2e::Account, prepare: &impl AsyncFn(&Browser)) -> Browser {
    let browser = stage.browser().await;
    prepare(&browser).await;
    browser.sign_in(account).await;
    browser
}

/// The paths of events in different states.
struct Events {
    /// With a picture, and one seat, which Alice has, and Bob in line.
    full: String,
    /// With seats; Alice has one of them.
    open: String,
    /// Alice's booking of it.
    place: String,
    /// The link to her seat of it.
    link: String,
    /// The demo's draft.
    draft: String,
    /// Called off, with Alice's seat.
    cancelled: String,
    /// With two ticket types and several prices. Alice has two seats that are not paid, Bob waits for three.
    sold: String,
    /// Alice's booking of it.
    held: String,
}

impl Events {
    async fn make(stage: &Stage) -> Self {
        let organizer = stage.api(ORGANIZER).await;
        let (alice, bob) = (stage.api(ALICE).await, stage.api(BOB).await);
        let full = organizer.publish("A full house", 1).await;
        organizer.give_picture(&full, "docs/screenshots/events.png").await;
        let open = organizer.publish("Plenty of seats", 40).await;
        let cancelled = organizer.publish("Called off", 5).await;
        for event in [&full, &cancelled] {
            alice.book(event).await;
        }
        let booked = alice.book(&open).await;
        let (place, link) = (id_of(&booked), alice.offer_seat(&booked).await);
        bob.book(&full).await;
        let gone = bob.book(&open).await;
        bob.give_up(&gone).await;
        organizer.cancel(&cancelled).await;
        let draft = organizer.own_event_titled("Rust for Event-Driven Systems").await;
        let sold = organizer.sell("Concert", &concert()).await;
        let pair = json!({ "ticket_type": 1, "seats": [{ "price": 1, "count": 2 }], "amount": 5000 });
        let held = id_of(&alice.book_seats(&sold, &pair).await);
        let party = json!({
            "ticket_type": 1,
            "seats": [{ "price": 1, "count": 2 }, { "price": 2, "count": 1 }],
            "amount": 6000,
        });
        bob.book_seats(&sold, &party).await;
        Self { full, open, place, link, draft, cancelled, sold, held }
    }
}

pub(super) fn id_of(place: &Value) -> String {
    place["id"].as_str().unwrap_or_default().to_owned()
}

/// Two ticket types, the first with four seats at two prices.
pub(super) fn concert() -> Value {
    json!({
        "currency": "EUR",
        "hold_minutes": 60,
        "payment_instructions": "Please transfer the sum,\nwith your name.",
        "ticket_types": [
            {
                "number": 1,
                "name": "Standing",
                "capacity": 4,
                "seats_per_registration": 4,
                "prices": [{ "number": 1, "name": "Adult", "amount": 2500 }, { "name": "Child", "amount": 1000, "limit": 5 }],
            },
            { "name": "Balcony", "capacity": 2, "prices": [{ "name": "Seat", "amount": 4000 }] },
        ],
    })
}

async fn public_pages(stage: &Stage, visitor: &Browser, events: &Events, check: &impl AsyncFn(&Browser, &str)) {
    visitor.open("/events").await;
    visitor.see("Seats are live").await;
    check(visitor, "the events").await;
    visitor.fill("Search events", "nothing like that").await;
    visitor.see("No matches.").await;
    check(visitor, "a search that finds nothing").await;
    for (page, event, text) in [
        ("an event", &events.open, "39 of 40 seats available"),
        ("a full event", &events.full, "1 on the waitlist"),
        ("a cancelled event", &events.cancelled, "The organizer has cancelled this event."),
    ] {
        visitor.open(&format!("/events/{event}")).await;
        visitor.see(text).await;
        check(visitor, page).await;
    }
    visitor.open(&format!("/events/{}", events.sold)).await;
    visitor.tick("Standing").await;
    visitor.press("One more: Adult").await;
    visitor.press("I have a code").await;
    visitor.press("Apply code").await;
    visitor.see("Enter a code.").await;
    check(visitor, "choosing seats").await;
    visitor.open("/sign-in").await;
    check(visitor, "signing in").await;
    visitor.press("Sign in").await;
    visitor.see("This field is required.").await;
    check(visitor, "signing in without a name").await;
    stage.expect("/auth/login", "401");
    visitor.fill("E-mail", "nobody@example.com").await;
    visitor.fill("Password", "wrong").await;
    visitor.press("Sign in").await;
    visitor.see("E-mail or password is wrong.").await;
    check(visitor, "signing in with a wrong password").await;
    visitor.open("/sign-up").await;
    check(visitor, "signing up").await;
    visitor.fill("E-mail", "nobody").await;
    visitor.press("Create account").await;
    visitor.see("Enter an e-mail address like name@example.com.").await;
    check(visitor, "signing up with faults").await;
    visitor.open("/forgot-password").await;
    visitor.press("Send link").await;
    visitor.see("This field is required.").await;
    check(visitor, "a forgotten password").await;
    let token = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
    visitor.open(&format!("/reset-password#{token}")).await;
    visitor.see("Choose a new password").await;
    check(visitor, "a new password").await;
    visitor.open(&format!("/verify#{token}")).await;
    visitor.see("Sign in to your account first").await;
    check(visitor, "confirming an address, signed out").await;
    let nobody = "00000000-0000-7000-8000-000000000000";
    visitor.open(&format!("/unsubscribe/{nobody}/{nobody}/{token}")).await;
    visitor.see("Press the button to get no more messages").await;
    check(visitor, "refusing messages").await;
    stage.expect("/transfers/look", "404");
    visitor.open(&format!("/take/{nobody}#{token}")).await;
    visitor.see("There’s no such link.").await;
    check(visitor, "a ticket that nobody offers").await;
    visitor.open(&events.link).await;
    visitor.see("The link is kept for you.").await;
    check(visitor, "a ticket that is offered, signed out").await;
    visitor.open(&format!("/invitation#{token}")).await;
    visitor.see("You’re invited.").await;
    check(visitor, "an invitation").await;
    stage.expect("/nowhere", "404");
    visitor.open("/nowhere").await;
    visitor.see("Page not found").await;
    check(visitor, "no page").await;
    stage.expect("/events/00000000-0000-7000-8000-000000000000", "404");
    visitor.open("/events/00000000-0000-7000-8000-000000000000").await;
    visitor.see("Page not found").await;
    check(visitor, "no event").await;
}

async fn account_pages(alice: &Browser, events: &Events, check: &impl AsyncFn(&Browser, &str)) {
    alice.open("/verify#0123456789ABCDEFGHIJKLMNOPQRSTUV").await;
    alice.see("Press the button to confirm").await;
    check(alice, "confirming an address").await;
    alice.open("/account").await;
    alice.press("Change name").await;
    alice.see("Your name has been changed.").await;
    check(alice, "a message").await;
    alice.open("/tickets").await;
    alice.see("Event cancelled").await;
    check(alice, "own places").await;
    alice.part("Plenty of seats").press("Cancel my booking").await;
    alice.see("Cancel your booking?").await;
    check(alice, "cancelling a booking").await;
    alice.press("Keep my booking").await;
    alice.open(&format!("/events/{}", events.open)).await;
    alice.see("You have a seat").await;
    check(alice, "an event with an own seat").await;
    alice.press("Share").await;
    alice.see("Link copied.").await;
    check(alice, "a link that is copied").await;
    alice.open(&format!("/events/{}", events.sold)).await;
    alice.see("Your 2 seats are held").await;
    check(alice, "an event with seats that are held").await;
    alice.open(&format!("/tickets/{}/{}", events.open, events.place)).await;
    alice.see("One ticket").await;
    check(alice, "a ticket").await;
    alice.press("Pass a ticket on").await;
    alice.press("Make a link").await;
    alice.see("It’s shown only now.").await;
    alice.see("Can be taken until").await;
    check(alice, "passing a ticket on").await;
    alice.open(&events.link).await;
    alice.see("You already have a booking of this ticket type").await;
    check(alice, "a ticket that is offered to somebody who has one").await;
    alice.open(&format!("/tickets/{}/{}", events.sold, events.held)).await;
    alice.see("Your seats are held, and not paid yet.").await;
    check(alice, "a booking without tickets").await;
    alice.open(&format!("/events/{}", events.sold)).await;
    alice.press("Fewer seats…").await;
    alice.see("Seats you keep").await;
    check(alice, "giving some seats back").await;
    alice.press("Keep as it is").await;
    alice.open("/messages").await;
    alice.see("News about your bookings, newest first").await;
    check(alice, "messages").await;
    alice.open("/account").await;
    check(alice, "the account").await;
    alice.press("Create address").await;
    alice.see("Copy it now.").await;
    check(alice, "the address of a calendar").await;
    alice.press("Revoke address…").await;
    alice.press("Revoke address").await;
    alice.see("No address yet.").await;
    alice.press("Change password").await;
    alice.see("This field is required.").await;
    check(alice, "the account with faults").await;
    alice.open("/account/api-keys").await;
    alice.see("No keys yet.").await;
    alice.press("Create key").await;
    alice.see("Choose at least one.").await;
    check(alice, "API keys with faults").await;
    alice.open("/studio").await;
    alice.see("You don’t have access").await;
    check(alice, "a page for others").await;
}

async fn waiting_pages(bob: &Browser, events: &Events, check: &impl AsyncFn(&Browser, &str)) {
    bob.open("/tickets").await;
    bob.see("You’re next on the waitlist").await;
    bob.press("Past and cancelled").await;
    bob.see("Cancelled on").await;
    check(bob, "own places, waiting and past").await;
    bob.open(&events.link).await;
    bob.see("Take this ticket").await;
    check(bob, "a ticket that is offered").await;
    bob.open(&format!("/events/{}", events.full)).await;
    bob.see("You’re next on the waitlist").await;
    check(bob, "an event with an own place on the waitlist").await;
    bob.open(&format!("/events/{}", events.sold)).await;
    bob.press("Take the 2 available seats…").await;
    bob.see("Seats you take").await;
    check(bob, "taking the seats that are available").await;
    bob.press("Keep as it is").await;
}

async fn studio_pages(organizer: &Browser, events: &Events, check: &impl AsyncFn(&Browser, &str)) {
    organizer.open("/studio").await;
    check(organizer, "the studio").await;
    organizer.follow("Webhooks").await;
    organizer.see("No webhooks yet.").await;
    organizer.press("Create webhook").await;
    organizer.see("This field is required.").await;
    check(organizer, "webhooks with faults").await;
    organizer.fill("Address of the endpoint", "https://hooks.invalid/").await;
    organizer.fill("Your password", ORGANIZER.password).await;
    organizer.press("Create webhook").await;
    organizer.see("Copy it now.").await;
    check(organizer, "a new webhook with its secret").await;
    organizer.press("New secret…").await;
    organizer.see("Make a new secret?").await;
    check(organizer, "the dialog of a new secret").await;
    organizer.press("Close").await;
    organizer.press("Send test").await;
    organizer.see("A test is on its way.").await;
    organizer.reload().await;
    organizer.press("Log").await;
    organizer.see("Test").await;
    check(organizer, "a webhook with its log").await;
    organizer.open("/studio/new").await;
    check(organizer, "a new event").await;
    organizer.fill_time("Starts", "2020-03-01T19:00").await;
    organizer.fill_time("Ends", "2020-03-01T18:00").await;
    organizer.press("Save as draft").await;
    organizer.see("This field is required.").await;
    organizer.see("The end must be after the start.").await;
    check(organizer, "a new event with faults").await;
    // The browser asks before it leaves a page with typed text.
    organizer.fill_time("Starts", "").await;
    organizer.fill_time("Ends", "").await;
    organizer.open(&format!("/studio/new?from={}", events.sold)).await;
    organizer.see("Choose new dates.").await;
    check(organizer, "a copy of an event").await;
    organizer.open(&format!("/studio/{}", events.sold)).await;
    organizer.see("Bookings with seats").await;
    organizer.press("As a table").await;
    check(organizer, "the dashboard of an event with prices").await;
    organizer.open(&format!("/studio/{}", events.draft)).await;
    organizer.see("0% full").await;
    check(organizer, "a draft's dashboard").await;
    organizer.press("Publish").await;
    organizer.see("Publish this event?").await;
    check(organizer, "publishing").await;
    organizer.press("Not now").await;
    organizer.open(&format!("/studio/{}", events.full)).await;
    organizer.see("100% full").await;
    organizer.see("Cancelled 0").await;
    check(organizer, "a dashboard").await;
    organizer.fill("Number of seats", "2").await;
    organizer.press("Update capacity").await;
    organizer.see("Give seats to 1 person on the waitlist?").await;
    check(organizer, "seating people").await;
    organizer.press("Not now").await;
    organizer.press("Cancel event").await;
    organizer.see("Cancel this event?").await;
    check(organizer, "calling an event off").await;
    organizer.press("Keep it").await;
    organizer.follow("Details").await;
    organizer.see("Save changes").await;
    check(organizer, "an event's details").await;
    organizer.open(&format!("/studio/{}/tickets", events.open)).await;
    organizer.see("As buyers will see it").await;
    check(organizer, "an event's tickets").await;
    organizer.press("Add a ticket type").await;
    organizer.press("Save tickets").await;
    organizer.see("This field is required.").await;
    check(organizer, "tickets with faults").await;
    organizer.press("Delete this ticket type").await;
    organizer.open(&format!("/studio/{}", events.full)).await;
    organizer.follow("Attendees").await;
    organizer.see("1 confirmed, 1 on the waitlist").await;
    check(organizer, "attendees").await;
    organizer.press("Remove… Alice Student").await;
    organizer.see("Remove Alice Student’s booking?").await;
    check(organizer, "a removal").await;
    organizer.press("Close").await;
    organizer.fill("Search attendees", "nobody").await;
    organizer.see("No matches.").await;
    check(organizer, "no attendees").await;
    organizer.open(&format!("/studio/{}/door", events.full)).await;
    organizer.see("No check-ins yet.").await;
    organizer.press("Add to the door").await;
    organizer.see("This field is required.").await;
    check(organizer, "a door with faults").await;
    organizer.press("Renew all codes…").await;
    organizer.see("All tickets that were shown, printed or saved before end at once.").await;
    check(organizer, "renewing the codes").await;
    organizer.press("Not now").await;
    organizer.open(&format!("/studio/{}/door", events.draft)).await;
    organizer.see("Tickets are taken once the event is published.").await;
    check(organizer, "a draft's door").await;
    organizer.open(&format!("/studio/{}/messages", events.full)).await;
    organizer.see("Sent messages").await;
    check(organizer, "an event's messages").await;
    organizer.open(&format!("/studio/{}", events.cancelled)).await;
    organizer.see("The number of seats no longer changes.").await;
    check(organizer, "a cancelled event's dashboard").await;
    organizer.follow("Details").await;
    organizer.see("This event is cancelled.").await;
    check(organizer, "a cancelled event's details").await;
}

async fn scanner_pages(staff: &Browser, check: &impl AsyncFn(&Browser, &str)) {
    staff.open("/door").await;
    staff.fill("Gate", "").await;
    staff.press("Start scanning").await;
    staff.see("This field is required.").await;
    check(staff, "the choice of a door with faults").await;
    staff.fill("Gate", "North").await;
    staff.press("Start scanning").await;
    staff.see("1 ticket on this device").await;
    check(staff, "the scanner").await;
    staff.fill("Code or name", "alice").await;
    staff.see("1 booking found").await;
    check(staff, "the scanner with a name that was found").await;
    staff.press("Let in ticket 1").await;
    staff.see("Let in. Alice Student.").await;
    check(staff, "the scanner with an answer").await;
    staff.press("Undo").await;
    staff.press("Undo check-in").await;
    staff.see("Choose or type a reason.").await;
    check(staff, "undoing a check-in with faults").await;
    staff.press("Wrong ticket").await;
    staff.press("Undo check-in").await;
    staff.see("Check-in undone.").await;
}

async fn admin_pages(admin: &Browser, events: &Events, check: &impl AsyncFn(&Browser, &str)) {
    admin.open("/admin").await;
    check(admin, "the events to test").await;
    admin.open(&format!("/admin/tests/{}", events.open)).await;
    admin.see("This event has bookings").await;
    check(admin, "a stress test to run").await;
    admin.fill("Simulated buyers", "0").await;
    admin.press("Run Concurrency Sim").await;
    admin.see("Enter 1 or more.").await;
    admin.fill("Simulated buyers", "100").await;
    let compared = "Compare with the classic way The same crowd again, on a hidden copy, with one transaction for each \
                    buyer. It sells for ten seconds at most.";
    admin.tick(compared).await;
    admin.press("Run Concurrency Sim").await;
    admin.see("All guarantees hold").await;
    admin.see("It keeps the guarantees as well.").await;
    admin.press("Its transaction, in SQL").await;
    check(admin, "a stress test's report").await;
    admin.press("As tables").await;
    check(admin, "a stress test's course as tables").await;
    admin.press("SQL of the check: nobody holds two active bookings of one ticket type").await;
    admin.see("select count(*) as violations").await;
    admin.press("All figures").await;
    admin.press("History (1)").await;
    admin.press("Show the course").await;
    admin.see("The test of ").await;
    check(admin, "a stress test's guarantees, their SQL and history").await;
    admin.open("/admin/organizers").await;
    admin.see("This server sends no mail").await;
    check(admin, "the invitations").await;
    admin.open("/admin/people").await;
    check(admin, "the users").await;
    admin.press("Manage Bob Engineer").await;
    admin.see("Change role").await;
    check(admin, "a user").await;
    admin.choose("Role", "Administrator").await;
    admin.press("Change role").await;
    admin.see("Make Bob Engineer an administrator?").await;
    check(admin, "promoting a user").await;
    admin.press("Not now").await;
    admin.press("Deactivate…").await;
    admin.see("Deactivate Bob Engineer?").await;
    check(admin, "deactivating a user").await;
    admin.press("Keep it active").await;
    admin.press("Close").await;
    admin.open("/admin/messages").await;
    admin.see("What people were told about their bookings, newest first").await;
    check(admin, "all messages").await;
    admin.open("/admin/log").await;
    admin.see("Simulation begun").await;
    check(admin, "the log").await;
    admin.choose("Action", "Event cancelled").await;
    admin.press("Only entries about Called off").await;
    admin.see("About Called off").await;
    check(admin, "the log with filters").await;
}

async fn lost_pages(stage: &Stage, visitor: &Browser, events: &Events, check: &impl AsyncFn(&Browser, &str)) {
    stage.expect("", "net::ERR_");
    visitor.open(&format!("/events/{}", events.open)).await;
    visitor.see("39 of 40 seats available").await;
    stage.wire.cut();
    visitor.see("Connection lost").await;
    check(visitor, "an event without a connection").await;
    visitor.follow("← All events").await;
    visitor.see("Something went wrong").await;
    check(visitor, "a page that did not come").await;
    stage.wire.mend();
}
