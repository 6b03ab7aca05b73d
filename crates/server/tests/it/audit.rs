//! Who did what, told.

use domain::accounts::Role;
use serde_json::{Value, json};
use tokio_postgres::NoTls;

use crate::client::{Audience, Organizer};
use crate::stage::{PASSWORD, Stage};

fn items(page: &Value) -> &Vec<Value> {
    page["items"].as_array().unwrap()
}

fn actions(page: &Value) -> Vec<&str> {
    items(page).iter().map(|entry| entry["action"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn admin_actions_are_audited_with_actor_and_subject_and_without_a_hash() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let me = admin.me().await.expect(200);
    let person = stage.person(Role::Audience).await;
    let both = json!({ "role": "ORGANIZER", "is_active": false });
    admin.change_user(person.id, &both).await.expect(200);
    admin.change_user(person.id, &both).await.expect(200);
    admin.change_user(person.id, &json!({ "is_active": true })).await.expect(200);
    admin.reset_password(person.id, "quite another one").await.expect(204);
    let session = stage.anonymous().login(&person.email, "quite another one").await.expect(200);
    let own = Audience(stage.anonymous().with_token(session["token"].as_str().unwrap()));
    own.change_password("quite another one", PASSWORD).await.expect(200);

    let log = admin.audit(&format!("?subject_id={}", person.id)).await.expect(200);
    let told =
        ["USER_PASSWORD_CHANGED", "USER_PASSWORD_RESET", "USER_ACTIVATED", "USER_DEACTIVATED", "USER_ROLE_CHANGED"];
    assert_eq!(actions(&log), told);
    assert!(!log.to_string().contains("$2"), "no hash: {log}");
    for entry in items(&log) {
        assert_eq!(entry["subject_kind"], "USER");
        assert_eq!(entry["subject_name"], format!("Somebody <{}>", person.email));
    }
    let by: Vec<&Value> = items(&log).iter().map(|entry| &entry["actor"]["id"]).collect();
    let (me, whom) = (&me["id"], &json!(person.id));
    assert_eq!(by, [whom, me, me, me, me]);
    let changed = |n: usize| (items(&log)[n]["before"].clone(), items(&log)[n]["after"].clone());
    assert_eq!(changed(4), (json!({ "role": "AUDIENCE" }), json!({ "role": "ORGANIZER" })));
    assert_eq!(changed(3), (json!({ "is_active": true }), json!({ "is_active": false })));
    assert_eq!(changed(1), (Value::Null, Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_read_newest_first_page_by_page_and_by_actor_subject_and_action() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let person = stage.person(Role::Organizer).await;
    let organizer = Organizer(Audience(stage.session(&person)));
    let event = organizer.published(5).await;
    organizer.edit(&event, &json!({ "title": "Another title", "capacity": 7 })).await.expect(200);
    let of_admin = admin.published(3).await;
    admin.cancel(&of_admin).await.expect(200);

    let all = admin.audit("").await.expect(200);
    let told =
        ["EVENT_CANCELLED", "EVENT_PUBLISHED", "EVENT_CREATED", "EVENT_EDITED", "EVENT_PUBLISHED", "EVENT_CREATED"];
    assert_eq!(actions(&all), told);
    let edit = &items(&all)[3];
    assert_eq!(edit["actor"], json!({ "id": person.id, "name": "Somebody", "email": person.email }));
    assert_eq!((&edit["subject_kind"], &edit["subject_id"]), (&json!("EVENT"), &json!(event)));
    assert_eq!(edit["subject_name"], "Another title");
    assert_eq!(edit["before"], json!({ "title": "A concert", "capacity": 5 }));
    assert_eq!(edit["after"], json!({ "title": "Another title", "capacity": 7 }));
    assert_eq!(items(&all)[5]["subject_name"], "Another title", "as it is now");

    let first = admin.audit("?limit=4").await.expect(200);
    let cursor = first["next_cursor"].as_str().unwrap();
    let last = admin.audit(&format!("?limit=4&cursor={cursor}")).await.expect(200);
    assert_eq!([items(&first).clone(), items(&last).clone()].concat(), *items(&all));
    assert_eq!(last["next_cursor"], Value::Null);
    for (query, found) in [
        (format!("?actor_id={}", person.id), &told[3..]),
        (format!("?subject_id={of_admin}"), &told[..3]),
        (format!("?action=EVENT_EDITED&actor_id={}", person.id), &told[3..4]),
        (format!("?action=EVENT_EDITED&subject_id={of_admin}"), &[]),
        ("?action=EVENT_PUBLISHED".to_owned(), &["EVENT_PUBLISHED", "EVENT_PUBLISHED"]),
    ] {
        assert_eq!(actions(&admin.audit(&query).await.expect(200)), found, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_description_that_is_edited_again_and_again_does_not_fill_the_log() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.draft(5).await;
    for n in 0..3 {
        let description = format!("{}{n}", "long ".repeat(1_900));
        admin.edit(&event, &json!({ "description": description })).await.expect(200);
    }
    let log = admin.audit(&format!("?subject_id={event}&action=EVENT_EDITED")).await.expect(200);
    assert_eq!(items(&log).len(), 3);
    for (entry, n) in items(&log).iter().zip([2, 1]) {
        let after = entry["after"]["description"].as_str().unwrap();
        assert!(after.chars().count() < 350, "{after}");
        assert!(after.ends_with(&format!("long {n} (9501 characters)")), "{after}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_copy_of_a_stress_test_is_gone_and_its_entries_say_of_what_it_was_one() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.draft(2).await;
    admin.simulate(&event, 5).await.expect(200);
    let log = admin.audit("?action=SIMULATION_BEGUN").await.expect(200);
    let begun = &items(&log)[0];
    assert_eq!((&begun["subject_name"], &begun["after"]["rehearsal_of"]), (&Value::Null, &json!(event)));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_entry_is_changed_or_taken_out() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    admin.deactivate(stage.person(Role::Audience).await.id).await.expect(200);
    let before = admin.audit("").await.text;
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), NoTls).await.unwrap();
    let driving = tokio::spawn(connection);
    for harm in ["update audit_log set actor_id = null", "delete from audit_log", "truncate audit_log"] {
        let refused = client.batch_execute(harm).await.unwrap_err();
        assert!(refused.as_db_error().unwrap().message().contains("append only"), "{harm}: {refused}");
    }
    assert_eq!(admin.audit("").await.text, before);
    driving.abort();
}
