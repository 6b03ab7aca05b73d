//! Notices, contradicting rows, full queues and closing: a box office under which something fails.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use boxoffice::observer::{BatchFailure, Notice, Observer};
use boxoffice::{BoxOffice, Limits, Unanswered};
use diesel_async::SimpleAsyncConnection;
use domain::accounts::AccountKind;
use domain::commands::{Command, Refusal};
use domain::events::EventChanges;
use domain::tickets::Choice;
use futures_util::future::join_all;
use repository::pools::{Pool, PoolSettings, Purpose};
use testdb::patience::{eventually, scaled};
use testdb::{Fault, Wire};
use tokio::runtime::Handle;

use crate::stage::{
    Stage, done, id, key, observed_office_at, outcome, patient, patient_limits, quick_lock, register, register_with,
    registered, sells_again,
};

#[tokio::test(flavor = "multi_thread")]
async fn an_observer_hears_of_commits_and_of_nothing_else() {
    let stage = Stage::set().await;
    let event = stage.event(&stage.office(), 3).await;
    let people = stage.people(20).await;
    let (wire, through) = Wire::to(&stage.url).await.unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let telling = Arc::clone(&told);
    let observer: Observer = Arc::new(move |notice| {
        if let Notice::Settled { after, report, .. } = notice {
            telling.lock().unwrap().push((report.size, after.event.clone()));
        }
    });
    let office = observed_office_at(&through, patient_limits(), &quick_lock(), observer);

    let mut stranger = stage.hold(event).await;
    let refused = office.submit(event, register(people[0])).await;
    assert!(matches!(refused, Err(Unanswered::Busy { .. })), "{refused:?}");
    assert_eq!(*told.lock().unwrap(), []);
    stranger.batch_execute("rollback").await.unwrap();

    // A batch whose answer was lost is reported too.
    wire.arm(Fault::CutAfter, "commit");
    sells_again(&office, event, people[0]).await;
    join_all(people[1..].iter().map(|user| office.submit(event, register(*user)))).await;
    let row = stage.row(event).await;
    // The buyers of a batch are answered before the observer is told, and notices may come in any order.
    let told = eventually("a notice of every batch", async || {
        let told = told.lock().unwrap().clone();
        (told.iter().map(|(size, _)| size).sum::<usize>() == people.len()).then_some(told)
    })
    .await;
    let told: Vec<_> = told.into_iter().map(|(_, event)| event).collect();
    assert_eq!(told.iter().max_by_key(|event| event.last_decision), Some(&row));
    assert_eq!((row.seats.waiting(), row.last_decision), (17, 22));
    // One notice for each batch, with the event after the batch.
    assert!(told.len() < people.len() && told.iter().all(|event| event.seats.taken() <= 3), "{told:?}");
    assert!(told.iter().any(|event| event.last_decision == 3), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_counted_before_its_answer_is_sent() {
    let stage = Stage::set().await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let telling = Arc::clone(&told);
    let observer: Observer = Arc::new(move |notice| {
        if let Notice::Refused(why) = notice {
            // An answer that did not wait for the count would come during this pause.
            std::thread::sleep(scaled(Duration::from_millis(25)));
            telling.lock().unwrap().push(why);
        }
    });
    let office = observed_office_at(&stage.url, patient_limits(), &patient(), observer);
    let refused = office.submit(id(), Command::Publish).await;
    assert!(matches!(refused, Err(Unanswered::NoSuchEvent)), "{refused:?}");
    assert_eq!(*told.lock().unwrap(), [Unanswered::NoSuchEvent]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_log_tells_who_changed_what_and_cannot_be_changed() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.draft(5).await;
    done(office.submit_by(event, Command::Publish, stage.organizer).await);
    let changes = Box::new(domain::events::EventChanges::of_capacity(7));
    done(office.submit_by(event, Command::Edit { changes, expected_version: None }, stage.organizer).await);
    done(office.submit_by(event, Command::Publish, stage.organizer).await);

    let mut connection = stage.connection().await;
    connection
        .batch_execute(&format!(
            "do $$ begin assert (select array_agg(action || ':' || coalesce(before->>'capacity', '') || ':' \
             || coalesce(after->>'capacity', '') order by id) from audit_log \
             where subject_id = '{event}' and actor_id = '{}') \
             = array['EVENT_CREATED::5', 'EVENT_PUBLISHED::', 'EVENT_EDITED:5:7']; end $$",
            stage.organizer
        ))
        .await
        .unwrap();
    for harm in ["update audit_log set actor_id = null", "delete from audit_log", "truncate audit_log"] {
        let refused = connection.batch_execute(harm).await.unwrap_err().to_string();
        assert!(refused.contains("append only"), "{harm}: {refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_contradicts_itself_fails_loudly_and_nothing_is_written() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 1).await;
    let people = stage.people(3).await;
    let place = registered(office.submit(event, register(people[0])).await);
    let mut connection = stage.connection().await;
    // The event counts a line that its ticket type does not have; then the type does, too, and there is none.
    for harm in [
        format!("update events set waiting = 5 where id = '{event}'"),
        format!("update ticket_types set waiting = 5, seats_wanted = 5, head_wants = 1 where event_id = '{event}'"),
    ] {
        connection.batch_execute(&harm).await.unwrap();
        let before = (stage.row(event).await, stage.registrations(event).await);

        let answer = office.submit(event, crate::stage::give_up(&place)).await;

        assert_eq!(answer.unwrap_err(), Unanswered::Failed, "{harm}");
        assert_eq!((stage.row(event).await, stage.registrations(event).await), before);
        assert_eq!(office.occupancy().queues, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closing_box_office_refuses_what_is_queued_and_finishes_what_is_in_flight() {
    let stage = Stage::set().await;
    let office = stage.office_with(Limits { batch: 10, ..patient_limits() }, &patient());
    let event = stage.event(&office, 1_000).await;
    let people = stage.people(500).await;
    let mut stranger = stage.hold(event).await;
    let asked: Vec<_> = people
        .iter()
        .map(|user| {
            let (office, command) = (office.clone(), register(*user));
            tokio::spawn(async move { office.submit(event, command).await })
        })
        .collect();
    // The first batch waits for the lock, and all others behind it.
    eventually("the others queue", async || (office.occupancy().queued >= 490).then_some(())).await;
    let closing = office.clone();
    let closing = tokio::spawn(async move { closing.close().await });
    eventually("the queue is refused", async || (office.occupancy().queued == 0).then_some(())).await;
    assert!(!closing.is_finished(), "one batch is in flight");
    stranger.batch_execute("rollback").await.unwrap();
    closing.await.unwrap();

    let mut sold = 0;
    for answer in asked {
        match answer.await.unwrap() {
            Ok(answer) => sold += usize::from(answer.decided.outcome.is_ok()),
            Err(Unanswered::Busy { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!((1..=10).contains(&sold), "what was in flight was finished: {sold}");
    assert_eq!(stage.registrations(event).await.len(), sold, "every yes is in the table, and nothing else");
    let late = office.submit(event, register(people[0])).await;
    assert!(matches!(late, Err(Unanswered::Busy { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_refuses_and_changes_nothing() {
    let stage = Stage::set().await;
    let limits = Limits { queue_per_event: 50, queue_total: 80, ..patient_limits() };
    let refused = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&refused);
    let observer: Observer = Arc::new(move |notice| {
        if let Notice::Refused(Unanswered::Busy { .. }) = notice {
            counted.fetch_add(1, Ordering::Relaxed);
        }
    });
    let office = observed_office_at(&stage.url, limits, &patient(), observer);
    let (one, other) = (stage.event(&office, 1_000).await, stage.event(&office, 1_000).await);
    let people = stage.people(200).await;
    let (mut a, mut b) = (stage.hold(one).await, stage.hold(other).await);
    let asked = join_all(
        people.iter().flat_map(|user| [office.submit(one, register(*user)), office.submit(other, register(*user))]),
    );
    let (answers, ()) = tokio::join!(asked, async {
        // All of the others: while some have yet to ask, a queue that is let go has room for them.
        eventually("the others are refused", async || (refused.load(Ordering::Relaxed) == 400 - 82).then_some(()))
            .await;
        assert_eq!((office.occupancy().queued, office.occupancy().in_flight), (80, 2));
        a.batch_execute("rollback").await.unwrap();
        b.batch_execute("rollback").await.unwrap();
    });

    let sold = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(sold, 82, "the queue's 80, and the two that were in flight");
    assert_eq!(stage.registrations(one).await.len() + stage.registrations(other).await.len(), sold);
    stage.assert_promises().await;
}

/// The commit is pipelined behind the writes, and would overtake a write that had to be prepared first.

#[tokio::test(flavor = "multi_thread")]
async fn statements_sent_with_the_commit_are_prepared_when_the_connection_opens() {
    let stage = Stage::set().await;
    let pool =
        Pool::new(&stage.url, Purpose::BoxOffice, &PoolSettings { size: 1, ..patient() }, Handle::current()).unwrap();
    let office = BoxOffice::open(pool.clone(), Limits { connections: 1, ..patient_limits() }, Handle::current());
    let event = stage.draft(1).await;
    let people = stage.people(3).await;
    pool.connection()
        .await
        .unwrap()
        .batch_execute("create temporary table at_first as select statement from pg_prepared_statements")
        .await
        .unwrap();

    done(office.submit(event, Command::Publish).await);
    let begin = office.submit_by(event, Command::BeginSimulation, stage.organizer).await;
    done(begin);
    let simulated = Command::Register {
        registration: id(),
        user: people[0],
        buyer: AccountKind::Simulated,
        is_verified: true,
        key: None,
        choice: Choice::default(),
    };
    registered(office.submit(event, simulated).await);
    done(office.submit_by(event, Command::UndoSimulation { at_most: 10 }, stage.organizer).await);
    let seat = registered(office.submit(event, register_with(people[0], key("a"))).await);
    registered(office.submit(event, register(people[1])).await);
    done(office.submit(event, crate::stage::give_up(&seat)).await);
    let changes = Box::new(EventChanges { capacity: Some(3), ..EventChanges::default() });
    done(office.submit_by(event, Command::Edit { changes, expected_version: None }, stage.organizer).await);
    assert_eq!(outcome(office.submit(event, register(id())).await), Err(Refusal::NoSuchUser));

    // Statements outside of that pipeline: the edit of the event's row, the audit log, and the lookup of accounts.
    let later = r#"^(UPDATE "events" SET|INSERT INTO "audit_log"|SELECT "users"."id"|insert into at_first)"#;
    let look = format!(
        "do $$ declare new text; begin \
         select statement into new from pg_prepared_statements \
         where statement not in (select statement from at_first) and statement !~ '{later}'; \
         if new is not null or (select count(*) from at_first) < 10 then raise exception 'prepared late: %', new; end if; \
         end $$"
    );
    pool.connection().await.unwrap().batch_execute(&look).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_that_contradict_each_other_fail_the_whole_batch_as_inconsistent() {
    let stage = Stage::set().await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let telling = Arc::clone(&told);
    let observer: Observer = Arc::new(move |notice| {
        if let Notice::Unsettled(failure) = notice {
            telling.lock().unwrap().push(failure);
        }
    });
    let office = observed_office_at(&stage.url, patient_limits(), &patient(), observer);
    let event = stage.event(&office, 2).await;
    let person = stage.people(1).await[0];
    let by_hand = format!(
        "alter table events drop constraint events_seats_range; \
         update events set seats_remaining = 3 where id = '{event}'"
    );
    stage.connection().await.batch_execute(&by_hand).await.unwrap();

    let answer = office.submit(event, register(person)).await;
    assert!(matches!(answer, Err(Unanswered::Failed)), "{answer:?}");
    assert_eq!(*told.lock().unwrap(), [BatchFailure::Inconsistent]);
    assert_eq!(stage.registrations(event).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_does_not_touch_what_is_meant_takes_the_commit_with_it() {
    let stage = Stage::set().await;
    let sound = stage.office();
    let event = stage.event(&sound, 2).await;
    let people = stage.people(2).await;
    let place = registered(sound.submit(event, register(people[0])).await);
    let before = stage.row(event).await;
    let (wire, through) = Wire::to(&stage.url).await.unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let telling = Arc::clone(&told);
    let observer: Observer = Arc::new(move |notice| {
        if let Notice::Unsettled(failure) = notice {
            telling.lock().unwrap().push(failure);
        }
    });
    let office = observed_office_at(&through, patient_limits(), &patient(), observer);

    // Somebody edits the tables by hand between the lookups and the writes. Removals lock no registration.
    wire.arm(Fault::Hold, "with touched as (update registrations");
    let (answer, ()) = tokio::join!(office.submit(event, crate::stage::remove(place.id, true)), async {
        wire.struck().await;
        let gone = format!("delete from registrations where event_id = '{event}'");
        stage.connection().await.batch_execute(&gone).await.unwrap();
        wire.release();
    });

    assert_eq!(*told.lock().unwrap(), [BatchFailure::RolledBack]);
    // On the next attempt there is nothing to cancel.
    assert_eq!(outcome(answer), Err(Refusal::NoSuchRegistration));
    assert_eq!(stage.row(event).await, before);
    assert_eq!(registered(office.submit(event, register(people[1])).await).decision, before.last_decision + 1);
}
