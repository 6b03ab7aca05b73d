//! Locks that others hold, and the clock that is read under one's own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use boxoffice::observer::{BatchFailure, Notice, Observer};
use boxoffice::{Limits, Unanswered};
use diesel_async::SimpleAsyncConnection;
use domain::commands::{Command, Refusal};
use futures_util::future::join_all;
use repository::pools::PoolSettings;
use testdb::patience::{POLL, scaled};
use testdb::{Fault, Wire};

use crate::stage::{
    Stage, done, key, observed_office_at, office_at, outcome, patient, patient_limits, person, quick_lock, register,
    register_with, registered, sells_again,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_held_by_a_stranger_is_busy_within_the_bound_and_changes_nothing() {
    let stage = Stage::set().await;
    // Long enough for the next command to come while the event is still left alone.
    let backoff = scaled(Duration::from_millis(500));
    let office = stage.office_with(Limits { backoff, ..patient_limits() }, &quick_lock());
    let event = stage.event(&office, 5).await;
    let people = stage.people(20).await;
    let before = stage.row(event).await;
    let mut stranger = stage.hold(event).await;

    for answer in join_all(people.iter().map(|user| office.submit(event, register(*user)))).await {
        assert!(matches!(answer, Err(Unanswered::Busy { .. })), "{answer:?}");
    }
    // The event is left alone for a moment: the next command is refused at once.
    assert!(matches!(office.submit(event, register(people[0])).await, Err(Unanswered::Busy { .. })));
    assert_eq!(office.occupancy().in_flight, 0, "and no transaction tries");
    stranger.batch_execute("rollback").await.unwrap();
    assert_eq!(stage.row(event).await, before);
    assert_eq!(stage.registrations(event).await, []);

    // The event sells again by itself.
    sells_again(&office, event, people[0]).await;
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_events_sell_while_one_waits_for_its_lock() {
    let stage = Stage::set().await;
    let office = stage.office();
    let (held, other) = (stage.event(&office, 5).await, stage.event(&office, 5).await);
    let people = stage.people(20).await;
    let mut stranger = stage.hold(held).await;

    let stuck = join_all(people.iter().map(|user| office.submit(held, register(*user))));
    let (stuck, ()) = tokio::join!(stuck, async {
        let sold = join_all(people.iter().map(|user| office.submit(other, register(*user)))).await;
        sold.into_iter().for_each(|answer| drop(registered(answer)));
        assert_eq!((office.occupancy().in_flight, office.occupancy().queued), (1, 19), "the held event still waits");
        stranger.batch_execute("rollback").await.unwrap();
    });

    stuck.into_iter().for_each(|answer| drop(registered(answer)));
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_events_whose_locks_are_held_do_not_keep_an_eleventh_from_selling() {
    const SALES: usize = 100;
    let stage = Stage::set().await;
    let lost_waits = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&lost_waits);
    let observer: Observer = Arc::new(move |notice| {
        if let Notice::Unsettled(BatchFailure::NoLock) = notice {
            counted.fetch_add(1, Ordering::Relaxed);
        }
    });
    // Fewer connections than events that are stuck.
    let limits = Limits { connections: 4, ..patient_limits() };
    let office = observed_office_at(&stage.url, limits, &quick_lock(), observer);
    let people = stage.people(SALES).await;
    let mut held = Vec::new();
    for _ in 0..10 {
        held.push(stage.event(&office, 5).await);
    }
    let eleventh = stage.event(&office, 1_000).await;
    let mut strangers = Vec::new();
    for event in &held {
        strangers.push(stage.hold(*event).await);
    }

    // Asked again and again, as people do, until the eleventh has sold.
    let is_sold = AtomicBool::new(false);
    let stuck = held.iter().map(|event| async {
        let mut busy = 0;
        while busy < 2 || !is_sold.load(Ordering::Relaxed) {
            let answer = office.submit(*event, register(people[0])).await;
            assert!(matches!(answer, Err(Unanswered::Busy { .. })), "{answer:?}");
            busy += 1;
            // Refusals come at once while an event is left alone: without a pause they would take the processor.
            tokio::time::sleep(POLL).await;
        }
    });
    let selling = async {
        // Nobody knows yet that the ten are stuck, and the first one may have to wait for them.
        registered(office.submit(eleventh, register(people[0])).await);
        let before = lost_waits.load(Ordering::Relaxed);
        for user in &people[1..] {
            registered(office.submit(eleventh, register(*user)).await);
        }
        is_sold.store(true, Ordering::Relaxed);
        lost_waits.load(Ordering::Relaxed) - before
    };
    let (_, waits_while_selling) = tokio::join!(join_all(stuck), selling);

    // Each sale that has to wait for a connection of a stuck event waits until a wait for a lock is given up.
    assert!(waits_while_selling < SALES / 2, "{waits_while_selling} waits were given up during {SALES} sales");
    for event in &held {
        assert_eq!(stage.registrations(*event).await, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_hangs_inside_its_transaction_loses_the_event_to_the_others() {
    let stage = Stage::set().await;
    let (wire, through) = Wire::to(&stage.url).await.unwrap();
    // Long enough for the other server to wait for the lock by then.
    let idle_in_transaction_timeout = scaled(Duration::from_millis(400));
    let settings = PoolSettings { idle_in_transaction_timeout, ..patient() };
    let hanging = office_at(&through, patient_limits(), &settings);
    let sound = stage.office();
    let event = stage.event(&sound, 5).await;
    let people = stage.people(3).await;
    // Opens the connection, which prepares the statement that will hang.
    assert_eq!(registered(hanging.submit(event, register(people[2])).await).decision, 3);

    wire.arm(Fault::Hold, "insert into registrations");
    let (stuck, event_sold) = tokio::join!(hanging.submit(event, register_with(people[0], key("a"))), async {
        wire.struck().await;
        let answer = sound.submit(event, register(people[1])).await;
        wire.release();
        answer
    });

    let sold = registered(event_sold);
    assert_eq!(sold.decision, 4, "what hung was rolled back");
    // The hanging server decided again once its connection was gone, so its answer is correct.
    let late = registered(stuck);
    assert_eq!(late.decision, 5);
    assert_eq!(stage.registrations(event).await.len(), 3);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_is_read_after_the_lock_is_had() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 5).await;
    let user = stage.people(1).await[0];
    let mut stranger = stage.hold(event).await;

    let (answer, ()) = tokio::join!(office.submit(event, register(user)), async {
        stage.wait_for_a_waiter().await;
        // The sale opens while the command already waits for the lock.
        let open = format!("update events set sales_open_at = clock_timestamp() where id = '{event}'; commit");
        stranger.batch_execute(&open).await.unwrap();
    });

    let opened_at = stage.row(event).await.details.sales_open_at.unwrap();
    assert!(registered(answer).registered_at >= opened_at, "it began before the sale opened, and was decided after");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_in_use_gets_no_event_and_the_buyers_of_that_event_do_not_wait() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 5).await;
    let mut connection = stage.connection().await;
    let (to, buyer) = (person(&mut connection, "receiver").await, stage.people(1).await[0]);
    let hold = format!("begin; select from users where id = '{to}' for update");
    connection.batch_execute(&hold).await.unwrap();
    let hand_over = Command::HandOver { to, expected_version: None };

    let refused = outcome(office.submit_by(event, hand_over.clone(), stage.organizer).await);
    assert_eq!(refused, Err(Refusal::ReceiverInUse));
    registered(office.submit(event, register(buyer)).await);

    connection.batch_execute("rollback").await.unwrap();
    done(office.submit_by(event, hand_over, stage.organizer).await);
    assert_eq!(stage.row(event).await.organizer, to);
}
