//! People who want no announcements get none, and hear of their bookings all the same.

use reqwest::Method;
use serde_json::{Value, json};
use testdb::patience::eventually;

use crate::client::{Client, Organizer, send};
use crate::mail_server::{Mail, MailServer};
use crate::messages::{client, make_due, stage_with_mail};
use crate::stage::PASSWORD;

async fn announce(organizer: &Organizer, event: &str, subject: &str, people: i64) -> Value {
    let path = format!("/organizer/events/{event}/announcements");
    let words = json!({ "audience": "BOTH", "subject": subject, "text": "At six.", "people": people });
    send(organizer.request(Method::POST, &path).header("Idempotency-Key", subject).json(&words)).await.expect(201)
}

async fn audience(organizer: &Organizer, event: &str) -> i64 {
    organizer.get(&format!("/organizer/events/{event}/audience")).await.expect(200)["both"].as_i64().unwrap()
}

/// The path of the address at which the receiver refuses.
fn refusal(mail: &Mail) -> String {
    let header = mail.header("list-unsubscribe").unwrap();
    let url = header.strip_prefix("<https://onsale.example").and_then(|rest| rest.strip_suffix('>')).unwrap();
    url.to_owned()
}

/// As mail programs do it (RFC 8058): without a session, and with a form.
async fn one_click(person: &Client, path: &str) -> u16 {
    let form = "List-Unsubscribe=One-Click";
    let media_type = "application/x-www-form-urlencoded";
    send(person.request(Method::POST, path).header("Content-Type", media_type).body(form)).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_refuses_announcements_gets_none_until_that_is_taken_back_and_hears_of_the_booking() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    let ((one, refuses), (other, stays)) = (client(&stage).await, client(&stage).await);
    refuses.book(&event).await.expect(201);
    stays.book(&event).await.expect(201);
    for person in [&one, &other] {
        server.mails_to(&person.email, 1).await;
    }
    announce(&organizer, &event, "First", 2).await;
    let mails = server.mails_to(&one.email, 2).await;
    assert!(mails[0].header("list-unsubscribe").is_none(), "a booking's own messages cannot be refused");
    assert_eq!(mails[1].header("list-unsubscribe-post").unwrap(), "List-Unsubscribe=One-Click");
    let path = refusal(&mails[1]);
    assert!(mails[1].text.contains("Stop these messages"));

    let anonymous = stage.anonymous();
    let opened = send(anonymous.request(Method::GET, &path).header("Accept", "text/html")).await;
    assert_eq!((opened.status, audience(&organizer, &event).await), (200, 2), "opening the link refuses nothing");
    let other_end = if path.ends_with('x') { 'y' } else { 'x' };
    for wrong in [format!("{}{other_end}", &path[..path.len() - 1]), path.replace(&event, "no-event")] {
        assert_eq!(one_click(&anonymous, &wrong).await, 404, "{wrong}");
    }
    let another = refusal(&server.mails_to(&other.email, 2).await[1]);
    let mixed = format!("{}/{}", path.rsplit_once('/').unwrap().0, another.rsplit_once('/').unwrap().1);
    assert_eq!(one_click(&anonymous, &mixed).await, 404, "another booking's secret");
    assert_eq!(audience(&organizer, &event).await, 2);

    for _ in 0..2 {
        assert_eq!(one_click(&anonymous, &path).await, 204);
    }
    assert_eq!(audience(&organizer, &event).await, 1);
    announce(&organizer, &event, "Second", 1).await;
    server.mails_to(&other.email, 3).await;
    organizer.edit(&event, &json!({ "location": "Another hall" })).await.expect(200);
    let told = server.mails_to(&one.email, 3).await;
    assert!(told[2].text.contains("Another hall"), "what must be heard is told: {told:?}");

    anonymous.delete(&path).await.expect(204);
    announce(&organizer, &event, "Third", 2).await;
    let told = server.mails_to(&one.email, 4).await;
    let subjects: Vec<String> = told.iter().map(|mail| mail.header("subject").unwrap()).collect();
    assert!(subjects[3].contains("Third") && !subjects.concat().contains("Second"), "{subjects:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_announcement_that_is_refused_before_it_is_sent_is_not_sent() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    let (person, buyer) = client(&stage).await;
    buyer.book(&event).await.expect(201);
    server.mails_to(&person.email, 1).await;
    announce(&organizer, &event, "First", 1).await;
    let path = refusal(&server.mails_to(&person.email, 2).await[1]);
    server.refuse("example.com", Some("450 come back later"));
    announce(&organizer, &event, "Second", 1).await;
    let states = format!("/organizer/events/{event}/messages?state=");
    let state_of_one = async |state: &str| {
        eventually(format!("an announcement is {state}"), async || {
            let all = organizer.get(&format!("{states}{state}")).await.expect(200);
            (!all["items"][0]["last_error"].is_null() || state != "DUE")
                .then(|| all["items"].clone())
                .filter(|items| !items[0].is_null())
        })
        .await
    };
    state_of_one("DUE").await;
    assert_eq!(one_click(&stage.anonymous(), &path).await, 204);
    server.refuse("example.com", None);
    make_due(&stage).await;
    state_of_one("OBSOLETE").await;
    assert_eq!(server.count(), 2);
    // An account that is erased leaves no refusal behind.
    buyer.erase(PASSWORD).await.expect(204);
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let left: i64 = client.query_one("select count(*) from announcement_refusals", &[]).await.unwrap().get(0);
    assert_eq!(left, 0);
}
