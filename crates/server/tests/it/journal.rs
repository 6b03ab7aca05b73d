//! The journal: what follows from its rows, when they are read late, and when what they name cannot be read.

use reqwest::Method;
use serde_json::{Value, json};
use testdb::patience::eventually;

use crate::client::{Client, send};
use crate::stage::Stage;

/// Leaves what is written down from now on to [`READ_NOW`].
pub(crate) const READ_LATER: &str = "alter table journal alter column retry_at set default now() + interval '1 hour'";

const READ_NOW: &str = "alter table journal alter column retry_at drop default; update journal set retry_at = null";

/// Waits until nothing is left to be told, by messages or by announcements.
async fn all_is_told(stage: &Stage) {
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let left = "select (select count(*) from journal) + (select count(*) from messages where state = 'DUE') \
                + (select count(*) from announcements where walked_at is null)";
    eventually("nothing is left to be told", async || {
        let left: i64 = client.query_one(left, &[]).await.unwrap().get(0);
        (left == 0).then_some(())
    })
    .await;
}

/// The kinds of somebody's messages, the latest first.
async fn kinds(person: &Client) -> Vec<String> {
    let messages = person.get("/me/messages").await.expect(200);
    messages["items"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_cannot_be_followed_holds_up_no_other_and_is_followed_once_it_can_be() {
    let stage = Stage::set().await;
    let event = stage.organizer().await.published(3).await;
    let (first, second) = (stage.audience().await, stage.audience().await);
    let is_told = |count: usize| {
        let (first, second) = (&first, &second);
        async move || {
            let mut told = 0;
            for client in [first, second] {
                told += client.get("/me/messages").await.expect(200)["items"].as_array().unwrap().len();
            }
            (told == count).then_some(())
        }
    };
    // Nothing is read for now. The price of the first booking is lost meanwhile.
    stage.execute(READ_LATER).await;
    let corrupt = first.book(&event).await.expect(201);
    second.book(&event).await.expect(201);
    let id = corrupt["id"].as_str().unwrap();
    let without_split = "alter table registrations drop constraint registrations_split";
    stage.execute(&format!("{without_split}; update registrations set price = null where id = '{id}'")).await;
    stage.execute(READ_NOW).await;
    eventually("the other one is told", is_told(1)).await;
    assert_eq!(second.get("/me/messages").await.expect(200)["items"][0]["kind"], "CONFIRMED");

    let mend = format!("update registrations set price = 1 where id = '{id}'; update journal set retry_at = null");
    stage.execute(&mend).await;
    eventually("both are told", is_told(2)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_row_with_a_booking_that_cannot_be_read_all_others_are_told() {
    let stage = Stage::set().await;
    let event = stage.organizer().await.published(3).await;
    let (first, second) = (stage.audience().await, stage.audience().await);
    stage.execute(READ_LATER).await;
    let unsound = first.book(&event).await.expect(201);
    second.book(&event).await.expect(201);
    let id = unsound["id"].as_str().unwrap();
    stage
        .execute(&format!(
            "alter table registrations drop constraint registrations_split; \
             update registrations set price = null where id = '{id}'; \
             update journal set registrations = registrations || '{id}'::uuid \
             where registrations <> array['{id}'::uuid]"
        ))
        .await;
    stage.execute(READ_NOW).await;
    eventually("the other one is told", async || (kinds(&second).await == ["CONFIRMED"]).then_some(())).await;
    stage.execute(&format!("update registrations set price = 1 where id = '{id}'")).await;
    stage.execute("update journal set retry_at = null").await;
    eventually("both are told", async || (kinds(&first).await == ["CONFIRMED"]).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_books_after_a_move_is_not_told_of_it() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(3).await;
    let (early, late) = (stage.audience().await, stage.audience().await);
    early.book(&event).await.expect(201);
    all_is_told(&stage).await;
    stage.execute(READ_LATER).await;
    let path = format!("/organizer/events/{event}");
    let tag = organizer.get(&path).await.header("etag").unwrap().to_owned();
    let edit = json!({ "location": "Another hall" });
    send(organizer.request(Method::PATCH, &path).header("If-Match", tag).json(&edit)).await.expect(200);
    late.book(&event).await.expect(201);
    stage.execute(READ_NOW).await;
    all_is_told(&stage).await;
    assert_eq!(kinds(&early).await, ["MOVED", "CONFIRMED"]);
    assert_eq!(kinds(&late).await, ["CONFIRMED"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_with_two_bookings_gets_an_announcement_once() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(3).await;
    organizer
        .change_tickets(&event, |document| {
            let mut other = document["ticket_types"][0].clone();
            other["name"] = json!("Balcony");
            other["number"] = Value::Null;
            other["prices"][0]["number"] = Value::Null;
            document["ticket_types"].as_array_mut().unwrap().push(other);
        })
        .await;
    let buyer = stage.audience().await;
    for number in [1, 2] {
        let choice = json!({ "ticket_type": number, "seats": [{ "price": number, "count": 1 }], "amount": 0 });
        buyer.choose(&event, &choice).await.expect(201);
    }
    all_is_told(&stage).await;
    let path = format!("/organizer/events/{event}/announcements");
    let words = json!({ "audience": "BOTH", "subject": "Doors", "text": "They open at six.", "people": 1 });
    send(organizer.request(Method::POST, &path).header("Idempotency-Key", "a-key").json(&words)).await.expect(201);
    all_is_told(&stage).await;
    assert_eq!(kinds(&buyer).await, ["ANNOUNCEMENT", "CONFIRMED", "CONFIRMED"]);
}
