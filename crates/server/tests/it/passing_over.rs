//! A party that keeps others from free seats goes to the end of its line, and is told so.

use serde_json::{Value, json};
use testdb::patience::eventually;

use crate::client::Audience;
use crate::mail_server::MailServer;
use crate::messages::{make_due, stage_with_mail};
use crate::stage::Stage;

/// A party of four at the head of a line, which leaves a seat idle while somebody waits behind it: everybody, the party
/// second, and the party's booking.
async fn blocked_line(stage: &Stage) -> (Vec<Audience>, Value) {
    let organizer = stage.organizer().await;
    let event = organizer.published(4).await;
    organizer
        .change_tickets(&event, |document| {
            assert_eq!(document["line_hold_minutes"], 24 * 60, "seats from the line are held for a day");
            assert_eq!(document["line_patience_minutes"], 24 * 60);
            document["ticket_types"][0]["seats_per_registration"] = json!(4);
        })
        .await;
    let clients = stage.crowd(3).await;
    let choice = |count: i32| json!({ "seats": [{ "price": 1, "count": count }], "amount": 0 });
    clients[0].choose(&event, &choice(3)).await.expect(201);
    let family = clients[1].choose(&event, &choice(4)).await.expect(202);
    clients[2].choose(&event, &choice(1)).await.expect(202);
    (clients, family)
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_gives_up_after_being_passed_over_is_not_told_of_a_place_in_line() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    server.refuse("example.com", Some("450 come back later"));
    let (clients, family) = blocked_line(&stage).await;
    let a_day_ago = "update ticket_types set idle_since = idle_since - interval '1 day' where idle_since is not null";
    stage.execute(a_day_ago).await;
    let successor = eventually("the family stands at the end of the line", async || {
        let own = clients[1].get("/me/registrations").await.expect(200)["items"][0].clone();
        (own["id"] != family["id"]).then_some(own)
    })
    .await;
    let of_event = async |state: &str| {
        let admin = stage.admin().await;
        let all = admin.get(&format!("/admin/outbox/messages?limit=100&state={state}")).await.expect(200);
        let kinds: Vec<Value> = all["items"].as_array().unwrap().clone();
        kinds.into_iter().filter(|one| one["kind"] == "PASSED").collect::<Vec<_>>()
    };
    eventually("it cannot be told", async || {
        of_event("DUE").await.iter().any(|one| !one["last_error"].is_null()).then_some(())
    })
    .await;
    clients[1].give_up(&successor).await.expect(200);
    server.refuse("example.com", None);
    make_due(&stage).await;
    eventually("it is not told", async || (of_event("OBSOLETE").await.len() == 1).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_next_but_wants_too_much_for_too_long_lets_others_pass_and_is_told() {
    let stage = Stage::set().await;
    let (clients, family) = blocked_line(&stage).await;
    let a_day_ago = "update ticket_types set idle_since = idle_since - interval '1 day' where idle_since is not null";
    stage.execute(a_day_ago).await;

    let seated = eventually("the single seat is given", async || {
        let own = clients[2].get("/me/registrations").await.expect(200);
        (own["items"][0]["status"] == "CONFIRMED").then_some(own)
    })
    .await;
    assert_eq!(seated["items"][0]["seat_count"], 1);
    let own = clients[1].get("/me/registrations").await.expect(200);
    let [after, before] = [&own["items"][0], &own["items"][1]];
    assert_eq!(
        (&before["id"], &before["status"], &before["cancellation"]),
        (&family["id"], &json!("CANCELLED"), &json!("PASSED"))
    );
    assert_eq!((&after["status"], &after["seat_count"]), (&json!("WAITLISTED"), &json!(4)));
    let mut told = eventually("it is told", async || {
        let messages = clients[1].get("/me/messages").await.expect(200);
        let kinds = messages["items"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap().to_owned());
        let kinds: Vec<_> = kinds.collect();
        (kinds.len() > 2).then_some(kinds)
    })
    .await;
    told.sort_unstable();
    assert_eq!(told, ["IN_LINE", "IN_LINE", "PASSED"], "also where it stands now");
}
