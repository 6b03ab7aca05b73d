use chrono::{TimeDelta, Utc};
use domain::accounts::Role;
use domain::ids::UserId;
use repository::AsyncPgConnection;
use repository::audit::{self, Filter};
use repository::errors::{Conflict, Error};
use repository::users::{self, AccessChanges};
use uuid::Uuid;

use crate::stage::{connect, new_user};

fn id<T: From<Uuid>>() -> T {
    Uuid::now_v7().into()
}

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

    let nobody = users::set_access(&mut connection, id(), Role::Audience, false).await;
    assert!(matches!(nobody, Err(Error::NotFound)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_own_password_is_changed_once_and_only_as_long_as_the_account_is_what_it_was() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let alice = users::insert(&mut connection, &new_user("alice@example.com")).await.unwrap();
    let (order, other) = (id(), id());
    let changed = users::change_password(&mut connection, alice.id, 1, "new", order).await.unwrap();
    assert_eq!(changed, Some(2));
    let again = users::change_password(&mut connection, alice.id, 1, "new", order).await.unwrap();
    assert_eq!(again, Some(2), "the answer was lost, and it asks again");
    let late = users::change_password(&mut connection, alice.id, 1, "other", other).await.unwrap();
    assert_eq!(late, None, "another one verified the old password, too");
    assert_eq!(users::change_password(&mut connection, id(), 1, "new", id()).await.unwrap(), None);
    let stored = users::find(&mut connection, alice.id).await.unwrap().unwrap();
    assert_eq!((stored.password_hash.as_str(), stored.access_version), ("new", 2));
    assert_eq!(entries_about(&mut connection, alice.id).await, [("USER_PASSWORD_CHANGED".to_owned(), Some(alice.id))]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_reset_once_an_order() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let alice = users::insert(&mut connection, &new_user("alice@example.com")).await.unwrap();
    let admin = users::insert(&mut connection, &new_user("admin@example.com")).await.unwrap();
    let order = id();
    for _ in 0..2 {
        let reset = users::reset_password(&mut connection, alice.id, "new", admin.id, order).await.unwrap().unwrap();
        assert_eq!((reset.password_hash.as_str(), reset.access_version), ("new", 2));
    }
    assert_eq!(entries_about(&mut connection, alice.id).await, [("USER_PASSWORD_RESET".to_owned(), Some(admin.id))]);
    let simulated = users::simulated(&mut connection, 1, id).await.unwrap()[0];
    for nobody in [id(), simulated] {
        assert!(users::reset_password(&mut connection, nobody, "new", admin.id, id()).await.unwrap().is_none());
    }
}

async fn entries_about(connection: &mut AsyncPgConnection, user: UserId) -> Vec<(String, Option<UserId>)> {
    let filter = Filter { subject: Some(user.into()), ..Filter::default() };
    let entries = audit::list(connection, filter, None, 100).await.unwrap();
    entries.into_iter().rev().map(|entry| (entry.action, entry.actor.map(|actor| actor.id))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_access_is_written_down_once_and_what_holds_already_is_no_change() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let alice = users::insert(&mut connection, &new_user("alice@example.com")).await.unwrap();
    let admin = users::insert(&mut connection, &new_user("admin@example.com")).await.unwrap().id;
    let both = AccessChanges { role: Some(Role::Audience), is_active: Some(false) };
    let changed = users::administer(&mut connection, alice.id, both, admin).await.unwrap().unwrap();
    assert_eq!((changed.role, changed.is_active, changed.access_version), (Role::Audience, false, 2));
    assert!(changed.updated_at > alice.updated_at);
    for nothing in [both, AccessChanges::default()] {
        let same = users::administer(&mut connection, alice.id, nothing, admin).await.unwrap().unwrap();
        assert_eq!((same.access(), same.updated_at), (changed.access(), changed.updated_at));
    }
    let back = AccessChanges { is_active: Some(true), ..AccessChanges::default() };
    users::administer(&mut connection, alice.id, back, admin).await.unwrap().unwrap();
    let told = ["USER_ROLE_CHANGED", "USER_DEACTIVATED", "USER_ACTIVATED"];
    assert_eq!(entries_about(&mut connection, alice.id).await, told.map(|action| (action.to_owned(), Some(admin))));
    let simulated = users::simulated(&mut connection, 1, id).await.unwrap()[0];
    for nobody in [id(), simulated] {
        assert!(users::administer(&mut connection, nobody, both, admin).await.unwrap().is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn admins_who_take_each_other_away_at_the_same_moment_leave_one() {
    const ADMINS: usize = 4;
    const ROUNDS: usize = 60;
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let mut sessions = Vec::new();
    let mut admins = Vec::new();
    for n in 0..ADMINS {
        let admin = users::insert(&mut connection, &new_user(&format!("admin{n}@example.com"))).await.unwrap().id;
        admins.push(admin);
        sessions.push(connect(&database.url()).await);
    }
    for round in 0..ROUNDS {
        for admin in &admins {
            users::set_access(&mut connection, *admin, Role::Admin, true).await.unwrap();
        }
        let changes = match round % 2 {
            0 => AccessChanges { role: Some(Role::Organizer), is_active: None },
            _ => AccessChanges { role: None, is_active: Some(false) },
        };
        // Each takes the next one away.
        let pairs = sessions.iter_mut().zip(admins.iter().zip(admins.iter().cycle().skip(1)));
        let tries = pairs.map(|(session, (by, whom))| users::administer(session, *whom, changes, *by));
        let outcomes = futures_util::future::join_all(tries).await;
        let refused = |outcome: &&Result<_, Error>| matches!(outcome, Err(Error::Conflict(Conflict::LastAdmin)));
        let (done, refused) = (outcomes.iter().filter(|o| o.is_ok()).count(), outcomes.iter().filter(refused).count());
        assert_eq!((done, refused), (ADMINS - 1, 1), "round {round}: {outcomes:?}");
        let mut left = 0;
        for admin in &admins {
            let admin = users::find(&mut connection, *admin).await.unwrap().unwrap();
            left += usize::from(admin.role == Role::Admin && admin.is_active);
        }
        assert_eq!(left, 1, "round {round}");
    }
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
