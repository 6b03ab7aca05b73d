//! The time to pay for seats from the line runs from when their person is told, however long the mail server was away.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use testdb::patience::eventually;

use crate::client::Audience;
use crate::mail_server::MailServer;
use crate::messages::{client, kinds, make_due, stage_with_mail};
use crate::stage::Stage;

/// Moves the deadlines of all holds: an hour's is due a minute ago.
async fn let_an_hour_pass(stage: &Stage) {
    let ago = "interval '61 minutes'";
    stage
        .execute(&format!(
            "update registrations set held_until = held_until - {ago}, lapses_at = lapses_at - {ago} \
             where status = 'HELD'"
        ))
        .await;
}

async fn own(person: &Audience) -> Value {
    person.get("/me/registrations").await.expect(200)["items"][0].clone()
}

async fn lapses(person: &Audience) {
    eventually("the hold lapses", async || (own(person).await["cancellation"] == "LAPSED").then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn seats_from_the_line_are_kept_until_their_person_was_told_and_then_for_the_whole_time() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let organizer = stage.organizer().await;
    let event = organizer.published(2).await;
    organizer
        .change_tickets(&event, |document| {
            document["currency"] = json!("EUR");
            document["hold_minutes"] = json!(60);
            document["line_hold_minutes"] = json!(60);
            document["ticket_types"][0]["prices"][0]["amount"] = json!(1_250);
        })
        .await;
    let ((_, first), (_, second), (person, third)) = (client(&stage).await, client(&stage).await, client(&stage).await);
    let choice = json!({ "seats": [{ "price": 1, "count": 1 }], "amount": 1_250 });
    let seat = first.choose(&event, &choice).await.expect(201);
    second.choose(&event, &choice).await.expect(201);
    third.choose(&event, &choice).await.expect(202);
    server.mails_to(&person.email, 1).await;

    server.refuse("example.com", Some("450 come back later"));
    first.give_up(&seat).await.expect(200);
    let admin = stage.admin().await;
    eventually("it cannot be told", async || {
        let page = admin.get("/admin/outbox/messages?state=DUE").await.expect(200);
        let untold = |one: &&Value| one["kind"] == "PROMOTED" && !one["last_error"].is_null();
        page["items"].as_array().unwrap().iter().find(untold).map(|_| ())
    })
    .await;
    let_an_hour_pass(&stage).await;
    // Of two holds that are due, only that of somebody who knew of it lapses.
    lapses(&second).await;
    assert_eq!(own(&third).await["status"], "HELD");

    server.refuse("example.com", None);
    make_due(&stage).await;
    server.mails_to(&person.email, 2).await;
    let held = own(&third).await;
    let until: DateTime<Utc> = held["held_until"].as_str().unwrap().parse().unwrap();
    assert!(until > Utc::now() + TimeDelta::minutes(50), "{held}");
    assert_eq!(kinds(&third, 3).await, ["IN_LINE", "PROMOTED", "HELD"], "the new deadline is told as well");
    let_an_hour_pass(&stage).await;
    lapses(&third).await;
    stage.assert_promises().await;
}
