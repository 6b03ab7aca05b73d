//! Tickets that come with the mail that confirms a booking.

use mail_parser::{MessageParser, MimeHeaders};
use reqwest::Method;
use serde_json::json;
use testdb::patience::eventually;

use crate::check_ins::{allow_parties, book_party, choose};
use crate::client::Audience;
use crate::mail_server::{Mail, MailServer};
use crate::messages::{client, stage_with_mail};
use crate::stage::{Person, Stage};

/// The media types and names of a mail's files, with their contents.
fn files(mail: &Mail) -> Vec<(String, String, Vec<u8>)> {
    let message = MessageParser::default().parse(mail.text.as_bytes()).unwrap();
    assert_eq!((message.text_bodies().count(), message.html_bodies().count()), (1, 1), "the words are there as well");
    let text = message.body_text(0).unwrap();
    assert!(text.contains("https://onsale.example/tickets"), "the link is there in any case: {text}");
    let file = |file: &mail_parser::MessagePart<'_>| {
        let kind = file.content_type().unwrap();
        let media_type = format!("{}/{}", kind.ctype(), kind.subtype().unwrap());
        (media_type, file.attachment_name().unwrap().to_owned(), file.contents().to_vec())
    };
    message.attachments().map(file).collect()
}

const NONE: [(String, String); 0] = [];

fn named(mail: &Mail) -> Vec<(String, String)> {
    files(mail).into_iter().map(|(media_type, name, _)| (media_type, name)).collect()
}

fn calendar() -> (String, String) {
    ("text/calendar".to_owned(), "booking.ics".to_owned())
}

fn tickets() -> (String, String) {
    ("application/pdf".to_owned(), "tickets.pdf".to_owned())
}

/// A person whose address is proven.
async fn proven(stage: &Stage) -> (Person, Audience) {
    let (person, client) = client(stage).await;
    stage.execute(&format!("update users set verified_at = now() where id = '{}'", person.id)).await;
    (person, client)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_comes_with_its_tickets_if_the_organizer_wants_that_and_else_without() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let organizer = stage.organizer().await;
    let event = organizer.published(4).await;
    allow_parties(&organizer, &event, 3).await;
    let ((before, early), (person, buyer)) = (proven(&stage).await, proven(&stage).await);
    early.book(&event).await.expect(201);
    assert_eq!(named(&server.mails_to(&before.email, 1).await[0]), [calendar()]);

    choose(&organizer, &event, &json!({ "attach_tickets": true })).await.expect(200);
    assert_eq!(stage.count("event_doors where ticket_key is not null").await, 0);
    let booked = book_party(&buyer, &event, 3).await;
    let mail = server.mails_to(&person.email, 1).await.remove(0);
    assert_eq!(named(&mail), [calendar(), tickets()]);
    let (_, _, file) = files(&mail).pop().unwrap();
    assert!(file.starts_with(b"%PDF-"), "{} bytes", file.len());
    let (id, at) = (booked["id"].as_str().unwrap(), format!("/events/{event}/registrations"));
    let printed = buyer.request(Method::GET, &format!("{at}/{id}/tickets.pdf")).send().await.unwrap();
    assert!(file == printed.bytes().await.unwrap(), "the same tickets that the page prints");
    assert!(mail.text.len() < 2_000_000, "{} bytes", mail.text.len());
    // The first ticket of the event was in a mail.
    assert_eq!(stage.count("event_doors where ticket_key is not null").await, 1);

    // Fewer seats, a waitlist and an announcement bring no tickets; a seat from the line does.
    let (next, waits) = proven(&stage).await;
    waits.book(&event).await.expect(202);
    assert_eq!(named(&server.mails_to(&next.email, 1).await[0]), NONE);
    buyer.reduce(&booked, &json!([{ "price": 1, "count": 2 }]), "CONFIRMED").await.expect(200);
    assert_eq!(named(&server.mails_to(&person.email, 2).await[1]), [calendar()]);
    assert_eq!(named(&server.mails_to(&next.email, 2).await[1]), [calendar(), tickets()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_brings_the_tickets_and_a_hold_does_not() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    choose(&organizer, &event, &json!({ "attach_tickets": true })).await.expect(200);
    organizer
        .change_tickets(&event, |document| {
            document["currency"] = json!("EUR");
            document["hold_minutes"] = json!(60);
            document["ticket_types"][0]["prices"][0]["amount"] = json!(2_500);
        })
        .await;
    let (person, buyer) = proven(&stage).await;
    let choice = json!({ "seats": [{ "price": 1, "count": 1 }], "amount": 2_500 });
    let held = buyer.choose(&event, &choice).await.expect(201);
    assert_eq!(named(&server.mails_to(&person.email, 1).await[0]), NONE);
    organizer.mark_paid(&event, held["id"].as_str().unwrap(), 2_500, "paid-1").await.expect(200);
    assert_eq!(named(&server.mails_to(&person.email, 2).await[1]), [calendar(), tickets()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn tickets_that_cannot_be_printed_keep_no_mail() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    choose(&organizer, &event, &json!({ "attach_tickets": true })).await.expect(200);
    // The table is not there while the tickets are made.
    stage.execute("alter table ticket_names rename to hidden").await;
    let (person, buyer) = proven(&stage).await;
    buyer.book(&event).await.expect(201);
    assert_eq!(named(&server.mails_to(&person.email, 1).await[0]), [calendar()]);
    eventually("the message is told", async || (stage.count("messages where state = 'SENT'").await == 1).then_some(()))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tickets_go_to_no_address_that_may_be_somebody_elses() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    choose(&organizer, &event, &json!({ "attach_tickets": true })).await.expect(200);
    let (person, buyer) = client(&stage).await;
    buyer.book(&event).await.expect(201);
    assert_eq!(named(&server.mails_to(&person.email, 1).await[0]), [calendar()]);
}
