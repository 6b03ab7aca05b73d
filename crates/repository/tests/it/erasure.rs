//! Accounts that are erased, and what is written about their people meanwhile.

use diesel_async::SimpleAsyncConnection;
use domain::accounts::Role;
use domain::ids::{OrderId, UserId};
use repository::users::NewUser;
use repository::{AsyncPgConnection, administration, own_accounts, users};
use testdb::patience::{LIMIT, eventually};
use uuid::Uuid;

use crate::stage::{connect, count, event, new_user};

/// How long ago an erasure must be before nothing more is written about its person.
const QUIET_SECONDS: i32 = 300;

async fn person(connection: &mut AsyncPgConnection, name: &str, role: Role) -> UserId {
    let new = NewUser { role, ..new_user(&format!("{name}@example.com")) };
    users::insert(connection, &new).await.unwrap().id
}

async fn erase(connection: &mut AsyncPgConnection, id: UserId) {
    let order = OrderId::from(Uuid::now_v7());
    own_accounts::erase(connection, id, None, None, order).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_about_an_erased_person_goes_until_nothing_can_be_written_any_more() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let sale = event(&mut connection, 5).await.id;
    let dana = person(&mut connection, "dana", Role::Organizer).await;
    let other = person(&mut connection, "other", Role::Audience).await;
    erase(&mut connection, dana).await;
    // A booking that was admitted before, and a removal of another one. An event that another account runs now.
    let written = format!(
        "update events set status = 'PUBLISHED', seats_remaining = 3, last_decision = 9 where id = '{sale}'; \
         insert into registrations (event_id, id, user_id, status, decision, seated_decision, cancelled_decision, \
         idempotency_key, registered_at, seated_at, cancelled_at, cancellation, removal_reason, may_book_again) values \
         ('{sale}', gen_random_uuid(), '{dana}', 'CONFIRMED', 2, 2, null, 'dana-1', now(), now(), null, null, null, null), \
         ('{sale}', gen_random_uuid(), '{dana}', 'CANCELLED', 3, 3, 4, 'dana-2', now(), now(), now(), 'REMOVED', \
         'Dana was rude', true), \
         ('{sale}', gen_random_uuid(), '{other}', 'CANCELLED', 5, 5, 6, 'kept', now(), now(), now(), 'REMOVED', \
         'Was late', true); \
         update events set idempotency_key = 'dana-3', key_of = '{dana}' where id = '{sale}'"
    );
    connection.batch_execute(&written).await.unwrap();
    let clear = async |connection: &mut AsyncPgConnection| {
        own_accounts::clear_erased(connection, QUIET_SECONDS, None, 10).await.unwrap()
    };
    let kept = "registrations where idempotency_key like 'dana%' or removal_reason like 'Dana%'";
    let done = "users where cleared_at is not null";

    assert_eq!(clear(&mut connection).await, Some(dana));
    assert_eq!(count(&mut connection, kept).await, 0);
    assert_eq!(count(&mut connection, "events where idempotency_key is not null").await, 0);
    assert_eq!(count(&mut connection, "registrations where removal_reason = 'Was late'").await, 1, "of somebody else");
    assert_eq!(count(&mut connection, "registrations where idempotency_key = 'kept'").await, 1);
    assert_eq!(count(&mut connection, done).await, 0, "a request from before may still be decided");
    let long_ago = format!("update users set erased_at = now() - interval '1 hour' where id = '{dana}'");
    connection.batch_execute(&long_ago).await.unwrap();
    assert_eq!(clear(&mut connection).await, Some(dana));
    assert_eq!(count(&mut connection, done).await, 0, "an organizer may still remove the booking");
    let removed = "update registrations set status = 'CANCELLED', cancelled_decision = 7, cancelled_at = now(), \
                   cancellation = 'REMOVED', removal_reason = 'Dana is gone', may_book_again = false \
                   where status = 'CONFIRMED'";
    connection.batch_execute(removed).await.unwrap();
    // An event whose row a batch has locked is left for the next time.
    let key = format!("update events set idempotency_key = 'dana-4' where id = '{sale}'");
    connection.batch_execute(&key).await.unwrap();
    let mut batch = connect(&database.url()).await;
    batch.batch_execute(&format!("begin; select from events where id = '{sale}' for update")).await.unwrap();
    assert_eq!(clear(&mut connection).await, Some(dana));
    assert_eq!((count(&mut connection, kept).await, count(&mut connection, done).await), (0, 0));
    batch.batch_execute("rollback").await.unwrap();
    assert_eq!(clear(&mut connection).await, Some(dana));
    assert_eq!(count(&mut connection, "events where idempotency_key is not null").await, 0);
    assert_eq!(count(&mut connection, done).await, 1);
    assert_eq!(clear(&mut connection).await, None, "it is done");
}

#[tokio::test(flavor = "multi_thread")]
async fn erased_people_are_looked_at_in_pages_and_by_one_server_at_a_time() {
    let database = testdb::Database::new().await;
    let (mut one, mut two) = (connect(&database.url()).await, connect(&database.url()).await);
    let mut people = Vec::new();
    for n in 0..3 {
        let leaver = person(&mut one, &format!("leaver{n}"), Role::Audience).await;
        erase(&mut one, leaver).await;
        people.push(leaver);
    }
    let page = own_accounts::clear_erased(&mut one, QUIET_SECONDS, None, 2).await.unwrap();
    assert_eq!(page, Some(people[1]));
    let page = own_accounts::clear_erased(&mut one, QUIET_SECONDS, page, 2).await.unwrap();
    assert_eq!(page, Some(people[2]));
    assert_eq!(own_accounts::clear_erased(&mut one, QUIET_SECONDS, page, 2).await.unwrap(), None);

    two.batch_execute(&format!("begin; select from users where id = '{}' for update", people[2])).await.unwrap();
    let page = own_accounts::clear_erased(&mut one, QUIET_SECONDS, None, 10).await.unwrap();
    assert_eq!(page, Some(people[1]), "another server is at work on the last one");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_waits_for_no_other_account_unless_the_last_admin_may_be_at_stake() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let admin = person(&mut connection, "admin", Role::Admin).await;
    let leaver = person(&mut connection, "leaver", Role::Audience).await;
    let second = person(&mut connection, "second", Role::Admin).await;
    let mut holder = connect(&database.url()).await;
    holder.batch_execute(&format!("begin; select from users where id = '{admin}' for update")).await.unwrap();
    // If it waits, that is an error.
    connection.batch_execute("set lock_timeout = '100 ms'").await.unwrap();
    erase(&mut connection, leaver).await;

    // Another admin's erasure waits for the first one, who may stop being an admin.
    connection.batch_execute(&format!("set lock_timeout = '{} ms'", LIMIT.as_millis())).await.unwrap();
    let erasing = tokio::spawn(async move {
        let order = OrderId::from(Uuid::now_v7());
        own_accounts::erase(&mut connection, second, None, None, order).await
    });
    let mut watcher = connect(&database.url()).await;
    let waits = "do $$ begin \
         assert exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'); \
         end $$";
    eventually("the erasure waits for the lock", async || watcher.batch_execute(waits).await.ok()).await;
    administration::set_access(&mut holder, admin, Role::Organizer, true).await.unwrap();
    holder.batch_execute("commit").await.unwrap();
    let refused = erasing.await.unwrap();
    assert!(
        matches!(refused, Err(repository::Error::Conflict(repository::errors::Conflict::LastAdmin))),
        "the only admin that is left: {refused:?}"
    );
}
