//! Texts that would be scripts and elements if any page took them for markup.

use e2e::{ADMIN, ALICE, Api, BOB, Browser, ORGANIZER, story};
use reqwest::Method;
use serde_json::{Value, json};

use crate::pages::id_of;

/// A text that is an element wherever it is taken for markup, and runs a script. It would end quotes and scripts.
fn hostile(name: &str) -> String {
    format!("{name}'\"</script><img class=struck src=x onerror=struck=1>")
}

/// The same, where there is little room.
fn short(name: &str) -> String {
    format!("{name}<b class=struck onclick=a>")
}

/// What everybody has typed.
struct Typed {
    event: String,
    place: String,
}

async fn type_all(organizer: &Api, alice: &Api, bob: &Api) -> Typed {
    let tickets = json!({
        "currency": "EUR",
        "hold_minutes": 60,
        "payment_instructions": hostile("Pay"),
        "ticket_types": [{
            "number": 1,
            "name": hostile("Type"),
            "capacity": 4,
            "prices": [
                { "number": 1, "name": hostile("Free"), "amount": 0 },
                { "name": hostile("Full"), "amount": 2500 },
            ],
        }],
    });
    let event = organizer.sell(&hostile("Title"), &tickets).await;
    let details = json!({ "location": hostile("Place"), "description": hostile("About") });
    organizer.edit(&event, &details).await;
    organizer.give_picture(&event, "docs/screenshots/events.png").await;
    organizer.open_door(&event, BOB).await;
    let send = async |person: &Api, method: Method, path: String, body: Value| person.send(method, &path, &body).await;
    send(organizer, Method::PATCH, "/auth/me".into(), json!({ "name": hostile("Host") })).await;
    let booked = alice.book_seats(&event, &json!({ "seats": [{ "price": 1, "count": 1 }] })).await;
    let place = id_of(&booked);
    let names = format!("/events/{event}/registrations/{place}/tickets/names");
    send(alice, Method::PUT, names, json!({ "names": [hostile("Guest")] })).await;
    let held = json!({ "seats": [{ "price": 2, "count": 1 }], "amount": 2500 });
    let held = bob.book_seats(&event, &held).await;
    let remove = format!("/organizer/events/{event}/registrations/{}/remove", id_of(&held));
    send(organizer, Method::POST, remove, json!({ "reason": hostile("Reason"), "may_book_again": true })).await;
    bob.book_seats(&event, &json!({ "seats": [{ "price": 2, "count": 1 }], "amount": 2500 })).await;
    let code = alice.codes(&booked).await.remove(0);
    let scan = json!({
        "code": code, "gate": short("Gate"), "device": short("Device"), "scanned_at": "2026-11-28T12:00:00Z",
    });
    let admitted = send(organizer, Method::POST, format!("/events/{event}/check-ins"), scan).await;
    let undo = format!("/events/{event}/check-ins/{}/undo", id_of(&admitted));
    send(organizer, Method::POST, undo, json!({ "reason": hostile("Undone") })).await;
    let announcement =
        json!({ "audience": "BOTH", "subject": hostile("Subject"), "text": hostile("News"), "people": 2 });
    send(organizer, Method::POST, format!("/organizer/events/{event}/announcements"), announcement).await;
    let key = json!({ "name": hostile("Key"), "permissions": ["BOOK"], "current_password": ALICE.password });
    send(alice, Method::POST, "/auth/me/api-keys".into(), key).await;
    let webhook = json!({
        "url": "https://hooks.invalid/'\"><b/class=struck>",
        "kinds": ["event.cancelled"],
        "current_password": ORGANIZER.password,
    });
    send(organizer, Method::POST, "/organizer/webhooks".into(), webhook).await;
    Typed { event, place }
}

/// Opens a page that shows these texts, and waits for each of them as it was typed. No element came of any.
async fn visit(browser: &Browser, path: &str, texts: &[&str]) {
    browser.open(path).await;
    for text in texts {
        browser.see(text).await;
    }
    browser.assert_unharmed().await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn what_people_type_is_shown_as_they_typed_it_and_is_never_markup() {
    story(async |stage| {
        let (organizer, alice, bob) = (stage.api(ORGANIZER).await, stage.api(ALICE).await, stage.api(BOB).await);
        // Signed in before their names are others.
        let (host, guest, staff) =
            (stage.browser_of(ORGANIZER).await, stage.browser_of(ALICE).await, stage.browser_of(BOB).await);
        let admin = stage.browser_of(ADMIN).await;
        let Typed { event, place } = type_all(&organizer, &alice, &bob).await;
        let text = |name: &str| hostile(name);
        let [title, location, about, kind, free, full, pay, named, guest_name, reason, undone, subject, news, key] = [
            "Title", "Place", "About", "Type", "Free", "Full", "Pay", "Host", "Guest", "Reason", "Undone", "Subject",
            "News", "Key",
        ]
        .map(text);

        let visitor = stage.browser().await;
        visit(&visitor, "/events", &[&title, &location]).await;
        visit(&visitor, &format!("/events/{event}"), &[&title, &location, &about, &free, &full, &named]).await;
        let sought = "%3Cimg%20class%3Dstruck%20src%3Dx%20onerror%3Dstruck%3D1%3E";
        visit(&visitor, &format!("/events?q={sought}zz"), &["No matches."]).await;

        visit(&guest, "/tickets", &[&title]).await;
        visit(&guest, &format!("/tickets/{event}/{place}"), &[&title, &guest_name]).await;
        visit(&guest, "/messages", &[&subject, &news]).await;
        visit(&guest, "/account/api-keys", &[&key]).await;
        visit(&staff, &format!("/events/{event}"), &[&pay]).await;
        visit(&staff, "/messages", &[&subject]).await;
        staff.open("/tickets").await;
        staff.press("Past and cancelled").await;
        staff.see(&reason).await;
        staff.assert_unharmed().await;

        visit(&host, "/studio", &[&title]).await;
        for (page, texts) in [
            ("", &[&title, &kind][..]),
            ("/details", &[&title]),
            ("/tickets", &[&title]),
            ("/attendees", &[&guest_name]),
            ("/door", &[&undone, &short("Gate")]),
            ("/messages", &[&subject]),
        ] {
            let texts: Vec<&str> = texts.iter().map(|text| text.as_str()).collect();
            visit(&host, &format!("/studio/{event}{page}"), &texts).await;
        }
        visit(&host, "/studio/webhooks", &["https://hooks.invalid/"]).await;
        visit(&host, "/account", &[&named]).await;

        visit(&admin, "/admin", &[&title]).await;
        visit(&admin, "/admin/people", &[&named]).await;
        visit(&admin, "/admin/messages", &[&title]).await;
        visit(&admin, "/admin/log", &[&title]).await;
        visit(&admin, &format!("/admin/tests/{event}"), &[&title]).await;
        visit(&staff, "/door", &[&title]).await;
    })
    .await;
}
