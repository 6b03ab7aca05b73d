use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{self, Text};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use domain::accounts::Role;
use domain::ids::{SessionId, UserId};
use domain::limits::ENDED_SESSIONS_MAX;
use repository::access_changes::{self, Page, Place};
use repository::administration::{self, AccessChanges};
use repository::audit::{self, Filter};
use repository::errors::{Conflict, Error};
use repository::users::{self, SIMULATED_AT_ONCE};
use repository::{AsyncPgConnection, own_accounts, sign_outs};
use uuid::Uuid;

use crate::stage::{connect, new_user};

fn id<T: From<Uuid>>() -> T {
    Uuid::now_v7().into()
}

async fn changes_since(connection: &mut AsyncPgConnection, time: DateTime<Utc>) -> Page {
    access_changes::page(connection, Place::since(time), 100).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_has_one_account_however_it_is_capitalised() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let alice = users::insert(&mut connection, &new_user("Alice@Example.com")).await.unwrap();
    let again = users::insert(&mut connection, &new_user("alice@example.COM")).await;
    assert!(matches!(again, Err(Error::Conflict(Conflict::EmailTaken))), "{again:?}");
    let others = [new_user("bob@example.com"), new_user("ALICE@example.com")];
    let all = users::insert_all(&mut connection, &others).await;
    assert!(matches!(all, Err(Error::Conflict(Conflict::EmailTaken))), "{all:?}");
    assert!(users::find_by_email(&mut connection, "bob@example.com").await.unwrap().is_none(), "all or none");
    let found = users::find_by_email(&mut connection, "ALICE@EXAMPLE.COM").await.unwrap().unwrap();
    assert_eq!((found.id, found.email.as_str()), (alice.id, "Alice@Example.com"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_taken_is_no_error_to_postgresql_which_would_log_it() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    users::insert(&mut connection, &new_user("alice@example.com")).await.unwrap();
    // After an error, PostgreSQL takes nothing more in a transaction.
    connection.batch_execute("begin").await.unwrap();
    let again = users::insert(&mut connection, &new_user("alice@example.com")).await;
    assert!(matches!(again, Err(Error::Conflict(Conflict::EmailTaken))), "{again:?}");
    let found = users::find_by_email(&mut connection, "alice@example.com").await.unwrap();
    assert!(found.is_some());
    connection.batch_execute("rollback").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_access_is_seen_by_those_who_ask_since_before() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let alice = users::insert(&mut connection, &new_user("alice@example.com")).await.unwrap();
    let long_ago = Utc::now() - TimeDelta::days(1);
    let before = changes_since(&mut connection, long_ago).await;
    assert_eq!((before.changes, before.next), (Vec::new(), None), "a new account is no change");

    let access = administration::set_access(&mut connection, alice.id, Role::Audience, false).await.unwrap();
    let after = changes_since(&mut connection, before.read_at).await;
    assert_eq!((after.changes, after.next), (vec![access.into()], None));
    assert!(access.access_version > alice.access_version && !access.is_active);

    let nobody = administration::set_access(&mut connection, id(), Role::Audience, false).await;
    assert!(matches!(nobody, Err(Error::NotFound)));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_changes_have_each_account_once_also_where_their_times_are_equal() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    // Two changes in each of four microseconds, and one account that is new.
    connection
        .batch_execute(
            "insert into users (id, name, email, password_hash, role, kind, access_version, access_changed_at) \
             select gen_random_uuid(), 'Somebody', n || '@example.com', '!', 'AUDIENCE', 'PERSON', 2, \
             '2030-01-01'::timestamptz + (n % 4) * interval '1 microsecond' from generate_series(1, 8) n; \
             insert into users (id, name, email, password_hash, role, kind, access_changed_at) values \
             (gen_random_uuid(), 'New', 'new@example.com', '!', 'AUDIENCE', 'PERSON', '2030-01-01')",
        )
        .await
        .unwrap();
    let mut after = Place::since(DateTime::UNIX_EPOCH);
    let (mut sizes, mut seen) = (Vec::new(), Vec::new());
    loop {
        let page = access_changes::page(&mut connection, after, 3).await.unwrap();
        sizes.push(page.changes.len());
        seen.extend(page.changes.iter().map(|change| change.access.user));
        match page.next {
            Some(next) => after = next,
            None => break,
        }
    }
    assert_eq!(sizes, [3, 3, 2]);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_session_is_seen_until_its_token_has_expired_and_too_many_end_all() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let alice = users::insert(&mut connection, &new_user("alice@example.com")).await.unwrap().id;
    let sessions: Vec<SessionId> = (0..ENDED_SESSIONS_MAX + 1).map(|_| id()).collect();
    let from_the_beginning = SessionId::from(Uuid::nil());
    let first = sign_outs::end_session(&mut connection, alice, sessions[0], from_the_beginning).await.unwrap();
    assert_eq!((first.access.access_version, &first.ended_sessions), (1, &vec![sessions[0]]));
    let again = sign_outs::end_session(&mut connection, alice, sessions[0], from_the_beginning).await.unwrap();
    assert_eq!(again, first, "the answer was lost, and it asks again");
    let changed = changes_since(&mut connection, Utc::now() - TimeDelta::days(1)).await;
    assert_eq!(changed.changes, [first]);

    let second = sign_outs::end_session(&mut connection, alice, sessions[1], sessions[1]).await.unwrap();
    assert_eq!(second.ended_sessions, [sessions[1]], "the first has expired");
    for session in &sessions[2..] {
        let change = sign_outs::end_session(&mut connection, alice, *session, from_the_beginning).await.unwrap();
        assert_eq!(change.access.access_version, 1);
    }
    let one_more = sign_outs::end_session(&mut connection, alice, id(), from_the_beginning).await.unwrap();
    assert_eq!((one_more.access.access_version, one_more.ended_sessions.len()), (2, 0));

    let all = sign_outs::end_all_sessions(&mut connection, alice).await.unwrap();
    assert_eq!(all.access.access_version, 3);
    let nobody = sign_outs::end_all_sessions(&mut connection, id()).await;
    assert!(matches!(nobody, Err(Error::NotFound)), "{nobody:?}");
    let nobody = sign_outs::end_session(&mut connection, id(), sessions[0], from_the_beginning).await;
    assert!(matches!(nobody, Err(Error::NotFound)), "{nobody:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_own_password_is_changed_once_and_only_as_long_as_the_account_is_what_it_was() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let alice = users::insert(&mut connection, &new_user("alice@example.com")).await.unwrap();
    let (order, other) = (id(), id());
    let changed = own_accounts::change_password(&mut connection, alice.id, 1, "new", order).await.unwrap();
    assert_eq!(changed, Some(2));
    let again = own_accounts::change_password(&mut connection, alice.id, 1, "new", order).await.unwrap();
    assert_eq!(again, Some(2), "the answer was lost, and it asks again");
    let late = own_accounts::change_password(&mut connection, alice.id, 1, "other", other).await.unwrap();
    assert_eq!(late, None, "another one verified the old password, too");
    assert_eq!(own_accounts::change_password(&mut connection, id(), 1, "new", id()).await.unwrap(), None);
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
        let reset =
            administration::reset_password(&mut connection, alice.id, "new", admin.id, order).await.unwrap().unwrap();
        assert_eq!((reset.password_hash.as_str(), reset.access_version), ("new", 2));
    }
    assert_eq!(entries_about(&mut connection, alice.id).await, [("USER_PASSWORD_RESET".to_owned(), Some(admin.id))]);
    let simulated = users::simulated(&mut connection, 1..=1, id).await.unwrap()[0];
    for nobody in [id(), simulated] {
        assert!(
            administration::reset_password(&mut connection, nobody, "new", admin.id, id()).await.unwrap().is_none()
        );
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
    let changed = administration::administer(&mut connection, alice.id, both, admin).await.unwrap().unwrap();
    assert_eq!((changed.role, changed.is_active, changed.access_version), (Role::Audience, false, 2));
    assert!(changed.updated_at > alice.updated_at);
    for nothing in [both, AccessChanges::default()] {
        let same = administration::administer(&mut connection, alice.id, nothing, admin).await.unwrap().unwrap();
        assert_eq!((same.access(), same.updated_at), (changed.access(), changed.updated_at));
    }
    let back = AccessChanges { is_active: Some(true), ..AccessChanges::default() };
    administration::administer(&mut connection, alice.id, back, admin).await.unwrap().unwrap();
    let told = ["USER_ROLE_CHANGED", "USER_DEACTIVATED", "USER_ACTIVATED"];
    assert_eq!(entries_about(&mut connection, alice.id).await, told.map(|action| (action.to_owned(), Some(admin))));
    let simulated = users::simulated(&mut connection, 1..=1, id).await.unwrap()[0];
    for nobody in [id(), simulated] {
        assert!(administration::administer(&mut connection, nobody, both, admin).await.unwrap().is_none());
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
            administration::set_access(&mut connection, *admin, Role::Admin, true).await.unwrap();
        }
        let changes = match round % 2 {
            0 => AccessChanges { role: Some(Role::Organizer), is_active: None },
            _ => AccessChanges { role: None, is_active: Some(false) },
        };
        // Each admin demotes the next one.
        let pairs = sessions.iter_mut().zip(admins.iter().zip(admins.iter().cycle().skip(1)));
        let tries = pairs.map(|(session, (by, whom))| administration::administer(session, *whom, changes, *by));
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
    let few = users::simulated(&mut connection, 1..=10, || Uuid::now_v7().into()).await.unwrap();
    let many = users::simulated(&mut connection, 1..=SIMULATED_AT_ONCE, || Uuid::now_v7().into()).await.unwrap();
    assert_eq!((few.len(), many.len()), (10, usize::try_from(SIMULATED_AT_ONCE).unwrap()));
    assert_eq!(few, many[..10]);
}

/// The audit log of an account, the oldest entry first: actor, action, before, after.
async fn told(connection: &mut AsyncPgConnection, account: UserId) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text)]
        line: String,
    }
    let lines = diesel::sql_query(
        "select concat_ws(' ', coalesce(actor_id::text, 'itself'), action, subject_kind, \
         coalesce(before::text, 'nothing'), coalesce(after::text, 'nothing')) as line from audit_log where subject_id = $1 order by id",
    );
    let lines: Vec<Line> = lines.bind::<sql_types::Uuid, _>(Uuid::from(account)).load(connection).await.unwrap();
    lines.into_iter().map(|line| line.line).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_is_made_with_an_entry_and_an_address_that_is_taken_leaves_none() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    assert!(!administration::any_active_admin(&mut connection).await.unwrap());
    let admin = administration::insert_admin(&mut connection, &new_user("ada@example.com")).await.unwrap();
    assert!(admin.is_active_admin() && administration::any_active_admin(&mut connection).await.unwrap());
    let entry = r#"itself USER_CREATED USER nothing {"role": "ADMIN", "is_active": true}"#;
    assert_eq!(told(&mut connection, admin.id).await, [entry]);

    let twice = new_user("ADA@example.com");
    let refused = administration::insert_admin(&mut connection, &twice).await;
    assert!(matches!(refused, Err(Error::Conflict(Conflict::EmailTaken))), "{refused:?}");
    assert!(told(&mut connection, twice.id).await.is_empty());
    administration::set_access(&mut connection, admin.id, Role::Admin, false).await.unwrap();
    assert!(
        !administration::any_active_admin(&mut connection).await.unwrap(),
        "an administrator who may do nothing is none"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promotion_leaves_the_password_alone_unless_it_is_asked_for_one() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let alice = users::insert(&mut connection, &new_user("alice@example.com")).await.unwrap();
    administration::set_access(&mut connection, alice.id, Role::Organizer, false).await.unwrap();

    let before = administration::promote(&mut connection, "ALICE@example.com", None).await.unwrap();
    assert_eq!((before.role, before.is_active), (Role::Organizer, false));
    let promoted = users::find(&mut connection, alice.id).await.unwrap().unwrap();
    assert!(promoted.is_active_admin() && promoted.access_version > before.access_version);
    assert_eq!(promoted.password_hash, alice.password_hash);

    administration::promote(&mut connection, "alice@example.com", None).await.unwrap();
    let same = users::find(&mut connection, alice.id).await.unwrap().unwrap();
    assert_eq!(same.access_version, promoted.access_version, "there was nothing to do");

    administration::promote(&mut connection, "alice@example.com", Some("another hash")).await.unwrap();
    let reset = users::find(&mut connection, alice.id).await.unwrap().unwrap();
    assert_eq!(reset.password_hash, "another hash");
    assert!(reset.access_version > promoted.access_version, "sessions from before have ended");

    assert_eq!(
        told(&mut connection, alice.id).await,
        [
            "itself USER_ROLE_CHANGED USER {\"role\": \"ORGANIZER\"} {\"role\": \"ADMIN\"}",
            "itself USER_ACTIVATED USER {\"is_active\": false} {\"is_active\": true}",
            "itself USER_PASSWORD_RESET USER nothing nothing",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_and_simulated_buyers_are_not_promoted() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    users::simulated(&mut connection, 1..=1, || Uuid::now_v7().into()).await.unwrap();
    for email in ["nobody@example.com", "simulated-000001@simulation.invalid"] {
        let refused = administration::promote(&mut connection, email, None).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{email}: {refused:?}");
    }
    assert!(!administration::any_active_admin(&mut connection).await.unwrap());
}
