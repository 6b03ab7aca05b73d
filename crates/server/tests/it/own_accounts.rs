//! What people do with their own accounts: another name, or no account any more.

use domain::accounts::Role;
use domain::registrations::RegistrationStatus;
use serde_json::{Value, json};
use testdb::patience::eventually;

use crate::client::{Audience, Organizer};
use crate::stage::{PASSWORD, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn everybody_changes_their_own_name_and_it_shows_wherever_they_are() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(1).await;
    let person = stage.person(Role::Audience).await;
    let audience = Audience(stage.session(&person));
    audience.book(&event).await.expect(201);

    let changed = audience.patch_json("/auth/me", &json!({ "name": " Ren\u{e9}e\u{200e} " })).await.expect(200);
    assert_eq!(changed["name"], "Ren\u{e9}e");
    assert_eq!(audience.me().await.expect(200), changed);
    assert_eq!(audience.patch_json("/auth/me", &json!({})).await.expect(200), changed, "nothing is left as it is");
    let attendees = organizer.attendees(&event, "").await.expect(200);
    assert_eq!(attendees["items"][0]["name"], "Ren\u{e9}e");

    for name in [json!(""), json!("a\nb"), json!("x".repeat(121))] {
        let refused = audience.patch_json("/auth/me", &json!({ "name": name })).await;
        assert_eq!(refused.expect_problem(422, "invalid-field")["field"], "name");
    }
    for body in [json!({ "name": null }), json!({ "role": "ADMIN" }), json!({ "email": "a@example.com" })] {
        audience.patch_json("/auth/me", &body).await.expect_problem(422, "invalid-body");
    }
    assert_eq!(audience.me().await.expect(200), changed);
}

/// Every text in every table that has this one in it.
async fn places_of(stage: &Stage, text: &str) -> Vec<String> {
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), tokio_postgres::NoTls).await.unwrap();
    let driving = tokio::spawn(connection);
    let tables = "select table_name::text from information_schema.tables where table_schema = 'public'";
    let mut places = Vec::new();
    for table in client.query(tables, &[]).await.unwrap() {
        let table: String = table.get(0);
        let rows = format!("select entry::text from \"{table}\" as entry where entry::text ilike '%' || $1 || '%'");
        for row in client.query(&rows, &[&text]).await.unwrap() {
            places.push(format!("{table}: {}", row.get::<_, String>(0)));
        }
    }
    driving.abort();
    places
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_account_leaves_nothing_of_its_person_and_all_of_the_history() {
    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let admin = stage.admin().await;
    let (past, coming) = (admin.published(2).await, admin.published(1).await);
    let person = stage.person(Role::Audience).await;
    let leaver = Audience(stage.session(&person));
    let profile = json!({ "name": "Dana Scully", "public_contact": "https://scully.example.org" });
    leaver.patch_json("/auth/me", &profile).await.expect(200);
    leaver.book_with_key(&past, "dana-scully-1").await.expect(201);
    leaver.book_with_key(&coming, "dana-scully-2").await.expect(201);
    stage.audience().await.book(&coming).await.expect(202);
    stage
        .execute(&format!(
            "update events set starts_at = now() - interval '2 days', ends_at = now() - interval '1 day' where id = '{past}'"
        ))
        .await;
    let elsewhere = Audience(other.session(stage.token(&person)));
    elsewhere.me().await.expect(200);
    let found = |text: &'static str| places_of(&stage, text);
    assert_eq!((found("scully").await.len(), places_of(&stage, &person.email).await.len()), (3, 1));

    leaver.erase("a wrong one, really").await.expect_problem(422, "invalid-field");
    leaver.erase(PASSWORD).await.expect(204);

    assert_eq!(found("scully").await, [""; 0]);
    assert_eq!(places_of(&stage, &person.email).await, [""; 0]);
    let statuses = async |event: &str| {
        stage.registrations(event).await.iter().map(|registration| registration.status).collect::<Vec<_>>()
    };
    assert_eq!(statuses(&past).await, [RegistrationStatus::Confirmed], "what is over stays as it was");
    assert_eq!(statuses(&coming).await, [RegistrationStatus::Cancelled, RegistrationStatus::Confirmed]);
    let attendees = admin.attendees(&past, "").await.expect(200);
    assert_eq!(attendees["items"][0]["name"], "Erased account");
    let nobody = format!("erased-{}@erased.invalid", person.id);
    assert_eq!(attendees["items"][0]["email"], nobody.as_str());

    leaver.me().await.expect_problem(401, "unauthenticated");
    stage.anonymous().login(&person.email, PASSWORD).await.expect_problem(401, "wrong-credentials");
    stage.anonymous().login(&nobody, PASSWORD).await.expect_problem(401, "wrong-credentials");
    eventually("the other server hears of it", async || (elsewhere.me().await.status == 401).then_some(())).await;
    let log = admin.audit("?action=USER_ERASED").await.expect(200);
    let entry = &log["items"][0];
    assert_eq!((&entry["actor"]["id"], &entry["subject_id"]), (&json!(person.id), &json!(person.id)));
    assert_eq!((&entry["before"], &entry["after"]), (&Value::Null, &Value::Null));

    // Nobody brings the account back.
    assert!(!admin.users("").await.expect(200).to_string().contains("Erased"));
    admin.change_user(person.id, &json!({ "is_active": true })).await.expect_problem(404, "not-found");
    admin.reset_password(person.id, "quite another one").await.expect_problem(404, "not-found");
    // The address is free again.
    let again = json!({ "name": "Dana", "email": person.email, "password": PASSWORD });
    stage.anonymous().register(&again).await.expect(201);
    stage.assert_promises().await;
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_about_a_person_after_the_erasure_is_gone_soon() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    let person = stage.person(Role::Audience).await;
    let leaver = Audience(stage.session(&person));
    leaver.book(&event).await.expect(201);
    leaver.erase(PASSWORD).await.expect(204);
    // As an organizer writes it who removes the booking before it is cancelled, and a request that was admitted before.
    stage
        .execute(&format!(
            "update registrations set cancellation = 'REMOVED', removal_reason = 'Dana Scully was rude', \
             may_book_again = false, idempotency_key = 'dana-scully-3' where user_id = '{}'",
            person.id
        ))
        .await;
    let is_gone = async || places_of(&stage, "scully").await.is_empty().then_some(());
    eventually("the sweeper has erased it", is_gone).await;
    let gone = organizer.attendees(&event, "?status=CANCELLED").await.expect(200);
    assert_eq!(gone["items"][0]["removal_reason"], "(erased)");
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn organizers_with_coming_events_and_the_last_admin_are_not_erased() {
    let stage = Stage::set().await;
    let person = stage.person(Role::Organizer).await;
    let organizer = Organizer(Audience(stage.session(&person)));
    let (draft, published) = (organizer.draft(1).await, organizer.published(1).await);
    for event in [&published, &draft] {
        organizer.erase(PASSWORD).await.expect_problem(409, "coming-events");
        organizer.cancel(event).await.expect(200);
    }
    organizer.erase(PASSWORD).await.expect(204);
    organizer.me().await.expect_problem(401, "unauthenticated");

    let last = stage.person(Role::Admin).await;
    let admin = Audience(stage.session(&last));
    admin.erase(PASSWORD).await.expect_problem(409, "last-admin");
    admin.me().await.expect(200);
    stage.person(Role::Admin).await;
    admin.erase(PASSWORD).await.expect(204);
    stage.assert_promises().await;
}
