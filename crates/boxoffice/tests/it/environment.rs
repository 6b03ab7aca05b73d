//! Faults of the environment and of the box office itself: a full disk, a database that cannot write, a search that
//! finds nothing, an observer that panics.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use boxoffice::observer::{BatchFailure, Notice, Observer};
use boxoffice::{BoxOffice, Limits, Unanswered};
use diesel_async::SimpleAsyncConnection;
use futures_util::future::join_all;
use repository::pools::PoolSettings;
use repository::settlement::Deadlines;
use testdb::patience::{LIMIT, eventually, scaled};
use testdb::{Fault, Wire};

use crate::stage::{
    Stage, key, observed_office_at, office_at, patient, patient_limits, register, register_with, registered,
    sells_again,
};

/// A box office, and what it says about batches that it could not settle.
fn watched(url: &str, limits: Limits) -> (BoxOffice, Arc<Mutex<Vec<BatchFailure>>>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let telling = Arc::clone(&told);
    let observer: Observer = Arc::new(move |notice| {
        if let Notice::Unsettled(failure) = notice {
            telling.lock().unwrap().push(failure);
        }
    });
    (observed_office_at(url, limits, &patient(), observer), told)
}

/// Refuses every new registration as PostgreSQL does with this SQLSTATE.
async fn refuse_with(stage: &Stage, sqlstate: &str) {
    let fail = format!(
        "create or replace function refuse() returns trigger language plpgsql as $$ begin \
         raise exception 'on purpose' using errcode = '{sqlstate}'; end $$; \
         create or replace trigger refuse before insert on registrations for each row execute function refuse()"
    );
    stage.connection().await.batch_execute(&fail).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_environment_refuses_is_busy_after_a_few_transactions_and_not_taken_apart() {
    const BUYERS: usize = 64;
    let stage = Stage::set().await;
    let people = stage.people(BUYERS).await;
    // No space, no memory, read-only, a system's error, an internal one.
    for sqlstate in ["53100", "53200", "25006", "58030", "XX000"] {
        let event = stage.event(&stage.office(), 100).await;
        let (office, told) = watched(&stage.url, patient_limits());
        refuse_with(&stage, sqlstate).await;
        let mut stranger = stage.hold(event).await;
        // One batch waits for the lock, and one for that batch.
        let asking = join_all(people.iter().map(|user| office.submit(event, register(*user))));
        let (answers, ()) = tokio::join!(asking, async {
            eventually("a queue", async || (office.occupancy().queued == BUYERS - 1).then_some(())).await;
            stranger.batch_execute("rollback").await.unwrap();
        });
        for answer in answers {
            assert!(matches!(answer, Err(Unanswered::Busy { .. })), "{sqlstate}: {answer:?}");
        }
        let told = told.lock().unwrap().clone();
        assert!((1..=6).contains(&told.len()), "{sqlstate}: {told:?}");
        stage.connection().await.batch_execute("drop trigger refuse on registrations").await.unwrap();
        sells_again(&office, event, people[0]).await;
    }
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_with_one_row_that_a_constraint_refuses_is_taken_apart() {
    let stage = Stage::set().await;
    let people = stage.people(32).await;
    let (office, told) = watched(&stage.url, patient_limits());
    let event = stage.event(&office, 100).await;
    let refuse = format!("alter table registrations add constraint refuse check (user_id <> '{}')", people[20]);
    stage.connection().await.batch_execute(&refuse).await.unwrap();
    let mut stranger = stage.hold(event).await;
    let asking = join_all(people.iter().map(|user| office.submit(event, register(*user))));
    let (answers, ()) = tokio::join!(asking, async {
        eventually("a queue", async || (office.occupancy().queued == 31).then_some(())).await;
        stranger.batch_execute("rollback").await.unwrap();
    });
    for (user, answer) in people.iter().zip(answers) {
        if *user == people[20] {
            assert_eq!(answer.unwrap_err(), Unanswered::Failed);
        } else {
            registered(answer);
        }
    }
    assert!(told.lock().unwrap().iter().all(|failure| *failure == BatchFailure::RolledBack));
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_that_is_missing_is_busy_and_not_taken_apart() {
    const BUYERS: usize = 64;
    let stage = Stage::set().await;
    let people = stage.people(BUYERS + 1).await;
    let limits = Limits { connections: 4, ..patient_limits() };
    let (office, told) = watched(&stage.url, limits);
    let event = stage.event(&office, 100).await;
    // Opens a connection, which prepares its statements.
    registered(office.submit(event, register(people[BUYERS])).await);
    let mut stranger = stage.hold(event).await;
    let asking = join_all(people[..BUYERS].iter().map(|user| office.submit(event, register(*user))));
    let (answers, ()) = tokio::join!(asking, async {
        eventually("a queue", async || (office.occupancy().queued == BUYERS - 1).then_some(())).await;
        let rename = "alter table registrations rename column idempotency_key to gone; commit";
        stranger.batch_execute(rename).await.unwrap();
    });
    for answer in answers {
        assert!(matches!(answer, Err(Unanswered::Busy { .. })), "{answer:?}");
    }
    let told = told.lock().unwrap().clone();
    assert!((1..=6).contains(&told.len()), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_outcome_is_looked_for_no_longer_than_the_bound_whatever_the_search_waits_for() {
    let stage = Stage::set().await;
    let sound = stage.office();
    let event = stage.event(&sound, 3).await;
    let person = stage.people(1).await[0];
    let (wire, through) = Wire::to(&stage.url).await.unwrap();
    // No lock timeout and no deadline ends the search before the test does.
    let never = 10 * LIMIT;
    let deadlines = Deadlines { lock: never, write: never, commit: never };
    let limits = Limits { resolve: scaled(Duration::from_millis(100)), deadlines, ..patient_limits() };
    let settings = PoolSettings { lock_timeout: never, statement_timeout: never, ..patient() };
    let office = office_at(&through, limits, &settings);
    let command = register_with(person, key("a"));

    wire.arm(Fault::Hold, "insert into registrations");
    let asking = tokio::time::timeout(LIMIT, office.submit(event, command.clone()));
    let (answer, mut stranger) = tokio::join!(asking, async {
        wire.struck().await;
        // Somebody else is next to get the lock, and keeps it.
        let mut stranger = stage.connection().await;
        let hold = format!("begin; select from events where id = '{event}' for update");
        let holding = tokio::spawn(async move {
            stranger.batch_execute(&hold).await.unwrap();
            stranger
        });
        stage.wait_for_a_waiter().await;
        wire.arm(Fault::CutAfter, "commit");
        wire.release();
        wire.struck().await;
        holding.await.unwrap()
    });

    // It comes while the lock is still held.
    assert_eq!(answer.expect("the search has an end").unwrap_err(), Unanswered::OutcomeUnknown);
    stranger.batch_execute("rollback").await.unwrap();
    registered(sound.submit(event, command).await);
    assert_eq!(stage.registrations(event).await.len(), 1);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_waits_for_a_second_lock_gives_up_as_it_does_at_the_first() {
    let stage = Stage::set().await;
    let lock_timeout = scaled(Duration::from_millis(200));
    let settings = PoolSettings { lock_timeout, ..patient() };
    let office = stage.office_with(patient_limits(), &settings);
    let event = stage.event(&office, 3).await;
    let person = stage.people(1).await[0];
    // The event is free, and the row that the registration's foreign key locks is not.
    let mut stranger = stage.connection().await;
    stranger.batch_execute(&format!("begin; select from users where id = '{person}' for update")).await.unwrap();
    let answer = office.submit(event, register(person)).await;
    assert!(matches!(answer, Err(Unanswered::Busy { .. })), "{answer:?}");
    assert_eq!(stage.registrations(event).await, []);
    // The event's lock is free again.
    let free = format!("select from events where id = '{event}' for update nowait");
    stage.connection().await.batch_execute(&free).await.unwrap();
    stranger.batch_execute("rollback").await.unwrap();
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_observer_that_panics_does_not_end_the_box_offices_clock() {
    let stage = Stage::set().await;
    let is_first = AtomicBool::new(true);
    let observer: Observer = Arc::new(move |notice| {
        if let Notice::Refused(_) = notice {
            assert!(!is_first.swap(false, Ordering::Relaxed), "on purpose");
        }
    });
    let limits = Limits { queued: scaled(Duration::from_millis(50)), ..patient_limits() };
    let office = observed_office_at(&stage.url, limits, &patient(), observer);
    let event = stage.event(&stage.office(), 3).await;
    let people = stage.people(3).await;
    let mut stranger = stage.hold(event).await;
    // The first is in flight. The others wait until the clock refuses them.
    let (in_flight, ()) = tokio::join!(office.submit(event, register(people[0])), async {
        eventually("a batch", async || (office.occupancy().in_flight == 1).then_some(())).await;
        office.submit(event, register(people[1])).await.unwrap_err();
        let refused = tokio::time::timeout(LIMIT, office.submit(event, register(people[2]))).await;
        assert!(matches!(refused, Ok(Err(Unanswered::Busy { .. }))), "{refused:?}");
        stranger.batch_execute("rollback").await.unwrap();
    });
    registered(in_flight);
}
