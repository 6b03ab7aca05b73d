use chrono::{TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{self, Text};
use diesel_async::RunQueryDsl;
use domain::accounts::Role;
use domain::ids::UserId;
use repository::errors::{Conflict, Error};
use repository::{AsyncPgConnection, users};
use uuid::Uuid;

use crate::stage::{connect, new_user};

#[tokio::test(flavor = "multi_thread")]
async fn an_address_has_one_account_however_it_is_capitalised() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let alice = users::insert(&mut connection, &new_user("Alice@Example.com")).await.unwrap();
    let again = users::insert(&mut connection, &new_user("alice@example.COM")).await;
    assert!(matches!(again, Err(Error::Conflict(Conflict::EmailTaken))), "{again:?}");
    let found = users::find_by_email(&mut connection, "ALICE@EXAMPLE.COM").await.unwrap().unwrap();
    assert_eq!((found.id, found.email.as_str()), (alice.id, "Alice@Example.com"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_access_is_seen_by_those_who_ask_since_before() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let alice = users::insert(&mut connection, &new_user("alice@example.com")).await.unwrap();
    let long_ago = Utc::now() - TimeDelta::days(1);
    let (changed, asked_at) = users::access_changed_since(&mut connection, long_ago).await.unwrap();
    assert_eq!(changed, [], "a new account is no change");

    let access = users::set_access(&mut connection, alice.id, Role::Audience, false).await.unwrap();
    let (changed, _) = users::access_changed_since(&mut connection, asked_at).await.unwrap();
    assert_eq!(changed, [access]);
    assert!(access.access_version > alice.access_version && !access.is_active);

    let version = users::change_password(&mut connection, alice.id, "new").await.unwrap();
    assert_eq!(version, access.access_version + 1);
    let nobody = users::change_password(&mut connection, Uuid::now_v7().into(), "new").await;
    assert!(matches!(nobody, Err(Error::NotFound)));
}

#[tokio::test(flavor = "multi_thread")]
async fn simulated_buyers_are_made_once() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let few = users::simulated(&mut connection, 10, || Uuid::now_v7().into()).await.unwrap();
    let many = users::simulated(&mut connection, 6_000, || Uuid::now_v7().into()).await.unwrap();
    assert_eq!((few.len(), many.len()), (10, 6_000));
    assert_eq!(few, many[..10]);
}

/// What the audit log says of an account, oldest first: who, what, before, after.
async fn told(connection: &mut AsyncPgConnection, account: UserId) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text)]
        line: String,
    }
    let lines = diesel::sql_query(
        "select concat_ws(' ', coalesce(actor_id::text, 'itself'), action, subject_kind, \
         coalesce(before::text, 'nothing'), after::text) as line from audit_log where subject_id = $1 order by id",
    );
    let lines: Vec<Line> = lines.bind::<sql_types::Uuid, _>(Uuid::from(account)).load(connection).await.unwrap();
    lines.into_iter().map(|line| line.line).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_is_made_with_an_entry_and_an_address_that_is_taken_leaves_none() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    assert!(!users::any_active_admin(&mut connection).await.unwrap());
    let admin = users::insert_admin(&mut connection, &new_user("ada@example.com")).await.unwrap();
    assert!(admin.is_active_admin() && users::any_active_admin(&mut connection).await.unwrap());
    let entry = r#"itself USER_CREATED USER nothing {"role": "ADMIN", "is_active": true}"#;
    assert_eq!(told(&mut connection, admin.id).await, [entry]);

    let twice = new_user("ADA@example.com");
    let refused = users::insert_admin(&mut connection, &twice).await;
    assert!(matches!(refused, Err(Error::Conflict(Conflict::EmailTaken))), "{refused:?}");
    assert!(told(&mut connection, twice.id).await.is_empty());
    users::set_access(&mut connection, admin.id, Role::Admin, false).await.unwrap();
    assert!(!users::any_active_admin(&mut connection).await.unwrap(), "an administrator who may do nothing is none");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promotion_leaves_the_password_alone_unless_it_is_asked_for_one() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let alice = users::insert(&mut connection, &new_user("alice@example.com")).await.unwrap();
    users::set_access(&mut connection, alice.id, Role::Organizer, false).await.unwrap();

    let before = users::promote(&mut connection, "ALICE@example.com", None).await.unwrap();
    assert_eq!((before.role, before.is_active), (Role::Organizer, false));
    let promoted = users::find(&mut connection, alice.id).await.unwrap().unwrap();
    assert!(promoted.is_active_admin() && promoted.access_version > before.access_version);
    assert_eq!(promoted.password_hash, alice.password_hash);

    users::promote(&mut connection, "alice@example.com", None).await.unwrap();
    let same = users::find(&mut connection, alice.id).await.unwrap().unwrap();
    assert_eq!(same.access_version, promoted.access_version, "there was nothing to do");

    users::promote(&mut connection, "alice@example.com", Some("another hash")).await.unwrap();
    let reset = users::find(&mut connection, alice.id).await.unwrap().unwrap();
    assert_eq!(reset.password_hash, "another hash");
    assert!(reset.access_version > promoted.access_version, "sessions from before have ended");

    assert_eq!(
        told(&mut connection, alice.id).await,
        [
            "itself USER_PROMOTED USER {\"role\": \"ORGANIZER\", \"is_active\": false} \
             {\"role\": \"ADMIN\", \"is_active\": true, \"password_changed\": false}",
            "itself USER_PROMOTED USER {\"role\": \"ADMIN\", \"is_active\": true} \
             {\"role\": \"ADMIN\", \"is_active\": true, \"password_changed\": true}",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_and_simulated_buyers_are_not_promoted() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    users::simulated(&mut connection, 1, || Uuid::now_v7().into()).await.unwrap();
    for email in ["nobody@example.com", "simulated-000001@simulation.invalid"] {
        let refused = users::promote(&mut connection, email, None).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{email}: {refused:?}");
    }
    assert!(!users::any_active_admin(&mut connection).await.unwrap());
}
