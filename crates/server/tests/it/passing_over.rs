//! A party that keeps others from free seats goes to the end of its line, and is told so.

use domain::accounts::Role;
use serde_json::json;
use testdb::patience::eventually;

use crate::client::{Audience, Client};
use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn who_is_next_but_wants_too_much_for_too_long_lets_others_pass_and_is_told() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(4).await;
    organizer
        .change_tickets(&event, |document| {
            assert_eq!(document["line_hold_minutes"], 24 * 60, "seats from the line are held for a day");
            assert_eq!(document["line_patience_minutes"], 24 * 60);
            document["ticket_types"][0]["seats_per_registration"] = json!(4);
        })
        .await;
    let clients = stage.people(Role::Audience, 3).await;
    let clients: Vec<_> =
        clients.iter().map(|person| Audience(Client::new(&stage.server.base, Some(stage.token(person))))).collect();
    let choice = |count: i32| json!({ "seats": [{ "price": 1, "count": count }], "amount": 0 });
    clients[0].choose(&event, &choice(3)).await.expect(201);
    let family = clients[1].choose(&event, &choice(4)).await.expect(202);
    clients[2].choose(&event, &choice(1)).await.expect(202);
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
