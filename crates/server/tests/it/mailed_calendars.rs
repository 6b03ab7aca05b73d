//! Calendar files that come with mail, read by another program than the one that wrote them.

use ical::IcalParser;
use ical::parser::ical::component::{IcalCalendar, IcalEvent};
use ical::property::Property;
use mail_parser::{MessageParser, MimeHeaders};
use serde_json::json;

use crate::mail_server::{Mail, MailServer};
use crate::messages::{client, stage_with_mail};

/// The calendar file of a mail, and the method that the mail says it has. Nothing else is ever attached.
fn attached(mail: &Mail) -> Option<(String, IcalCalendar)> {
    let message = MessageParser::default().parse(mail.text.as_bytes()).unwrap();
    let mut attachments = message.attachments();
    let file = attachments.next()?;
    assert!(attachments.next().is_none());
    assert_eq!(message.text_bodies().count(), 1, "the words are there as well");
    let media_type = file.content_type().unwrap();
    assert_eq!((media_type.ctype(), media_type.subtype()), ("text", Some("calendar")));
    assert_eq!(media_type.attribute("charset"), Some("utf-8"));
    assert_eq!(file.attachment_name(), Some("booking.ics"));
    let mut calendars = IcalParser::new(file.contents());
    let calendar = calendars.next().unwrap().unwrap();
    assert!(calendars.next().is_none());
    Some((media_type.attribute("method").unwrap().to_owned(), calendar))
}

/// The only entry of a mail's file, which asks for that.
fn entry(mail: &Mail, method: &str) -> IcalEvent {
    let (said, mut calendar) = attached(mail).expect("a calendar file");
    assert_eq!((said.as_str(), value(&calendar.properties, "METHOD")), (method, method));
    assert_eq!(calendar.events.len(), 1);
    calendar.events.remove(0)
}

fn value<'a>(properties: &'a [Property], name: &str) -> &'a str {
    let found: Vec<_> = properties.iter().filter(|property| property.name == name).collect();
    assert_eq!(found.len(), 1, "{name}");
    found[0].value.as_deref().unwrap_or_default()
}

fn sequence(entry: &IcalEvent) -> i64 {
    value(&entry.properties, "SEQUENCE").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_comes_with_an_entry_that_a_move_moves_and_a_cancelled_event_takes_away() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let organizer = stage.organizer().await;
    let event = organizer.published(1).await;
    organizer.patch_json("/auth/me", &json!({ "name": "Ada; \"A\"" })).await.expect(200);
    let (person, buyer) = client(&stage).await;
    let booked = buyer.book(&event).await.expect(201);
    let first = entry(&server.mails_to(&person.email, 1).await[0], "PUBLISH");
    for (name, expected) in [
        ("UID", booked["id"].as_str().unwrap()),
        ("STATUS", "CONFIRMED"),
        ("ORGANIZER", "mailto:tickets@onsale.example"),
    ] {
        assert_eq!(value(&first.properties, name), expected, "{name}");
    }
    assert!(value(&first.properties, "URL").starts_with("https://onsale.example/e/"));
    assert!(first.properties.iter().all(|property| property.name != "ATTENDEE"), "nobody is asked for an answer");

    // The feed has the same entry, so nobody who has both sees two.
    let feed = buyer.post("/auth/me/calendar").await.expect(201)["path"].as_str().unwrap().to_owned();
    let feed = stage.anonymous().get(&feed).await;
    let feed = IcalParser::new(feed.text.as_bytes()).next().unwrap().unwrap();
    for name in ["UID", "SEQUENCE", "DTSTART", "DTEND"] {
        assert_eq!(value(&first.properties, name), value(&feed.events[0].properties, name), "{name}");
    }

    let later = json!({ "starts_at": "2090-03-02T19:00:00Z", "ends_at": "2090-03-02T22:00:00Z" });
    organizer.edit(&event, &later).await.expect(200);
    let moved = entry(&server.mails_to(&person.email, 2).await[1], "PUBLISH");
    assert_eq!(value(&moved.properties, "UID"), value(&first.properties, "UID"));
    assert_eq!(value(&moved.properties, "DTSTART"), "20900302T190000Z");
    assert_ne!(value(&first.properties, "DTSTART"), "20900302T190000Z");
    assert!(sequence(&moved) > sequence(&first));

    organizer.cancel(&event).await.expect(200);
    let cancelled = entry(&server.mails_to(&person.email, 3).await[2], "CANCEL");
    assert_eq!(value(&cancelled.properties, "UID"), value(&first.properties, "UID"));
    assert_eq!(value(&cancelled.properties, "STATUS"), "CANCELLED");
    assert!(sequence(&cancelled) > sequence(&moved));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_seats_make_an_entry_and_whoever_loses_them_loses_it() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let organizer = stage.organizer().await;
    let event = organizer.published(1).await;
    let ((_, seated), (person, waiting)) = (client(&stage).await, client(&stage).await);
    let seat = seated.book(&event).await.expect(201);
    let waits = waiting.book(&event).await.expect(202);
    assert!(attached(&server.mails_to(&person.email, 1).await[0]).is_none(), "who waits may never come");
    seated.give_up(&seat).await.expect(200);
    let promoted = entry(&server.mails_to(&person.email, 2).await[1], "PUBLISH");
    let id = waits["id"].as_str().unwrap();
    assert_eq!(value(&promoted.properties, "UID"), id);
    let path = format!("/organizer/events/{event}/registrations/{id}/remove");
    organizer.post_json(&path, &json!({ "reason": "Not a member" })).await.expect(200);
    let removed = entry(&server.mails_to(&person.email, 3).await[2], "CANCEL");
    assert_eq!(value(&removed.properties, "UID"), id);
    assert!(sequence(&removed) > sequence(&promoted));
}

#[tokio::test(flavor = "multi_thread")]
async fn seats_that_are_held_make_an_entry_once_they_are_paid_and_a_lapse_takes_it_away() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    organizer
        .change_tickets(&event, |document| {
            document["currency"] = json!("EUR");
            document["hold_minutes"] = json!(60);
            document["ticket_types"][0]["prices"][0]["amount"] = json!(1_250);
        })
        .await;
    let (person, buyer) = client(&stage).await;
    let choice = json!({ "seats": [{ "price": 1, "count": 1 }], "amount": 1_250 });
    let held = buyer.choose(&event, &choice).await.expect(201);
    let id = held["id"].as_str().unwrap();
    assert!(attached(&server.mails_to(&person.email, 1).await[0]).is_none());
    organizer.mark_paid(&event, id, 1_250, "a-key").await.expect(200);
    let paid = entry(&server.mails_to(&person.email, 2).await[1], "PUBLISH");
    assert_eq!(value(&paid.properties, "UID"), id);
    let attendees = organizer.attendees(&event, "").await.expect(200);
    let payment = attendees["items"][0]["payment_id"].as_str().unwrap().to_owned();
    organizer.not_paid(&event, id, &payment).await.expect(200);
    stage
        .execute(
            "update registrations set held_until = now() - interval '1 s', lapses_at = now() - interval '1 s' \
             where status = 'HELD'",
        )
        .await;
    let lapsed = entry(server.mails_to(&person.email, 3).await.last().unwrap(), "CANCEL");
    assert_eq!(value(&lapsed.properties, "UID"), id);
    assert!(sequence(&lapsed) > sequence(&paid));
}
