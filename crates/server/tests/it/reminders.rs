//! Reminders: whoever has seats hears of the start once, if the organizer chose so.

use serde_json::{Value, json};
use testdb::patience::eventually;

use crate::client::{Client, Organizer};
use crate::mail_server::MailServer;
use crate::messages::{client, kinds, make_due, stage_with_mail};
use crate::stage::Stage;

/// Puts an event's start that far from now, with all seats given two days ago.
async fn start_in(stage: &Stage, event: &str, hours: i32) {
    stage
        .execute(&format!(
            "update events set starts_at = now() + interval '{hours} h', ends_at = now() + interval '99 h' where id = '{event}'; \
             update registrations set seated_at = now() - interval '2 d' where event_id = '{event}' and seated_at is not null"
        ))
        .await;
}

async fn choose(organizer: &Organizer, event: &str, hours: Value) {
    let path = format!("/organizer/events/{event}/reminder");
    let chosen = organizer.put_json(&path, &json!({ "hours": hours })).await.expect(200);
    assert_eq!((&chosen, &chosen["hours"]), (&organizer.get(&path).await.expect(200), &hours));
}

/// The kinds of somebody's messages, as the organizer sees them, also those that are not told yet.
async fn made(organizer: &Organizer, event: &str, person: &str) -> Vec<String> {
    let all = organizer.get(&format!("/organizer/events/{event}/messages?limit=100")).await.expect(200);
    let of_person = all["items"].as_array().unwrap().iter().filter(|one| one["person"]["id"] == person);
    of_person.map(|one| one["kind"].as_str().unwrap().to_owned()).collect()
}

async fn reminders(person: &Client, count: usize) {
    eventually(format!("{count} reminders"), async || {
        let all = person.get("/me/messages").await.expect(200);
        let found = all["items"].as_array().unwrap().iter().filter(|one| one["kind"] == "REMINDER").count();
        (found >= count).then(|| assert_eq!(found, count))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_with_seats_are_reminded_of_each_start_once_whatever_the_number_of_servers() {
    let stage = Stage::set().await;
    let _other = stage.another_server().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(2).await;
    let [(first, early), (_, second), (waiter, waits)] =
        [client(&stage).await, client(&stage).await, client(&stage).await];
    early.book(&event).await.expect(201);
    second.book(&event).await.expect(201);
    waits.book(&event).await.expect(202);
    start_in(&stage, &event, 3).await;
    // A day before, which has passed.
    choose(&organizer, &event, json!(24)).await;
    for seated in [&early, &second] {
        reminders(seated, 1).await;
        assert_eq!(kinds(seated, 2).await, ["CONFIRMED", "REMINDER"]);
    }
    // The other start is told as well, and once.
    start_in(&stage, &event, 5).await;
    reminders(&early, 2).await;
    reminders(&second, 2).await;
    assert_eq!(made(&organizer, &event, &waiter.id.to_string()).await, ["IN_LINE"]);
    choose(&organizer, &event, json!(48)).await;
    assert_eq!(made(&organizer, &event, &first.id.to_string()).await, ["REMINDER", "REMINDER", "CONFIRMED"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_pays_at_the_door_is_reminded_and_whoever_has_a_deadline_hears_of_that() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(2).await;
    let hold_for = async |minutes: Value| {
        organizer
            .change_tickets(&event, |document| {
                document["currency"] = json!("EUR");
                document["hold_minutes"] = minutes;
                document["ticket_types"][0]["prices"][0]["amount"] = json!(1_250);
            })
            .await;
    };
    let [(_, at_the_door), (later, pays_later)] = [client(&stage).await, client(&stage).await];
    let choice = json!({ "seats": [{ "price": 1, "count": 1 }], "amount": 1_250 });
    hold_for(Value::Null).await;
    at_the_door.choose(&event, &choice).await.expect(201);
    hold_for(json!(20_000)).await;
    pays_later.choose(&event, &choice).await.expect(201);
    start_in(&stage, &event, 3).await;
    choose(&organizer, &event, json!(24)).await;
    reminders(&at_the_door, 1).await;
    assert_eq!(made(&organizer, &event, &later.id.to_string()).await, ["ABOUT_TO_LAPSE", "HELD"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_gets_seats_after_the_time_of_the_reminder_is_not_reminded() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let (event, none) = (organizer.published(5).await, organizer.published(5).await);
    let [(_, early), (late, late_buyer), (other, others)] =
        [client(&stage).await, client(&stage).await, client(&stage).await];
    early.book(&event).await.expect(201);
    others.book(&none).await.expect(201);
    start_in(&stage, &none, 3).await;
    start_in(&stage, &event, 3).await;
    late_buyer.book(&event).await.expect(201);
    choose(&organizer, &event, json!(24)).await;
    reminders(&early, 1).await;
    kinds(&late_buyer, 1).await;
    assert_eq!(made(&organizer, &event, &late.id.to_string()).await, ["CONFIRMED"]);
    assert_eq!(made(&organizer, &none, &other.id.to_string()).await, ["CONFIRMED"], "nobody chose a reminder");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_of_another_start_or_for_somebody_who_gave_up_is_not_sent() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    let ((stays, stayer), (_, leaver)) = (client(&stage).await, client(&stage).await);
    stayer.book(&event).await.expect(201);
    let seat = leaver.book(&event).await.expect(201);
    server.mails_to(&stays.email, 1).await;
    eventually("both are told", async || (server.count() == 2).then_some(())).await;
    server.refuse("example.com", Some("450 come back later"));
    start_in(&stage, &event, 3).await;
    choose(&organizer, &event, json!(24)).await;
    let path = format!("/organizer/events/{event}/messages?limit=100");
    let states = async |is_told: fn(&Value) -> bool, what: &str| {
        eventually(what, async || {
            let all = organizer.get(&path).await.expect(200);
            let reminders: Vec<_> =
                all["items"].as_array().unwrap().iter().filter(|one| one["kind"] == "REMINDER").cloned().collect();
            (reminders.len() == 2 && reminders.iter().all(is_told)).then_some(())
        })
        .await;
    };
    states(|one| !one["last_error"].is_null(), "the reminders are put off").await;
    leaver.give_up(&seat).await.expect(200);
    // It is not chosen any more, so that this start is not told.
    choose(&organizer, &event, Value::Null).await;
    start_in(&stage, &event, 40).await;
    server.refuse("example.com", None);
    make_due(&stage).await;
    states(|one| one["state"] == "OBSOLETE", "the reminders are not sent").await;
    assert_eq!(server.count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_is_chosen_within_bounds_by_those_who_run_the_event_and_goes_with_a_draft() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let draft = organizer.draft(5).await;
    let path = format!("/organizer/events/{draft}/reminder");
    assert_eq!(organizer.get(&path).await.expect(200), json!({ "hours": null }));
    for hours in [json!(0), json!(337), json!(-1), json!(1e15)] {
        let refused = organizer.put_json(&path, &json!({ "hours": hours })).await.expect_problem(422, "invalid-field");
        assert_eq!(refused["field"], "hours");
    }
    for hours in [1, 336] {
        choose(&organizer, &draft, json!(hours)).await;
    }
    stage.organizer().await.put_json(&path, &json!({ "hours": 24 })).await.expect_problem(404, "not-found");
    organizer.delete_draft(&draft).await.expect(204);
    organizer.get(&path).await.expect_problem(404, "not-found");
}
