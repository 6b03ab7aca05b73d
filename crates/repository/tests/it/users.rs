use chrono::{TimeDelta, Utc};
use domain::accounts::Role;
use repository::errors::{Conflict, Error};
use repository::users;
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
