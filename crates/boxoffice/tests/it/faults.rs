//! Faults: locks that others hold, commits whose answer is lost, a database that goes away.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use boxoffice::observer::{BatchFailure, Notice, Observer};
use boxoffice::{BoxOffice, Limits, Unanswered};
use chrono::TimeDelta;
use diesel_async::SimpleAsyncConnection;
use domain::accounts::AccountKind;
use domain::admission::Attempt;
use domain::commands::{Authority, Command, Done, Order, Origin, Refusal};
use domain::events::{EventChanges, EventDetails};
use futures_util::future::join_all;
use futures_util::{StreamExt, stream};
use repository::pools::{Pool, PoolSettings, Purpose};
use repository::settlement::settle;
use testdb::patience::{POLL, eventually, scaled};
use testdb::{Fault, Wire};
use tokio::runtime::Handle;

use crate::stage::{
    Stage, details, done, id, key, observed_office_at, office_at, outcome, patient, patient_limits, person, quick_lock,
    register, register_with, registered,
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
    eventually("the event sells again", async || match office.submit(event, register(people[0])).await {
        Err(Unanswered::Busy { .. }) => None,
        answer => Some(registered(answer)),
    })
    .await;
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
async fn a_commit_whose_answer_is_lost_is_found_under_the_lock() {
    for (fault, expected) in [(Fault::CutAfter, Origin::Replayed), (Fault::CutBefore, Origin::Made)] {
        for keyed in [true, false] {
            let stage = Stage::set().await;
            let sound = stage.office();
            let event = stage.event(&sound, 3).await;
            let people = stage.people(6).await;
            let first = registered(sound.submit(event, register(people[0])).await);
            let (wire, through) = Wire::to(&stage.url).await.unwrap();
            let office = office_at(&through, patient_limits(), &patient());

            wire.arm(fault, "commit");
            let mut commands: Vec<_> = people[1..]
                .iter()
                .enumerate()
                .map(|(n, user)| register_with(*user, if keyed { key(&n.to_string()) } else { None }))
                .collect();
            commands.push(crate::stage::give_up(&first));
            let answers = join_all(commands.into_iter().map(|command| office.submit(event, command))).await;
            wire.struck().await;

            let mut made = 0;
            for answer in answers {
                match done(answer) {
                    Done::Registered { origin, .. } if origin == expected => made += 1,
                    Done::Registered { .. } | Done::GivenUp(_) => {}
                    other => panic!("{other:?}"),
                }
            }
            assert!(made > 0, "{fault:?}: a batch was decided again");
            assert_eq!(stage.registrations(event).await.len(), 6);
            assert_eq!(stage.row(event).await.seats.remaining(), 0);
            stage.assert_promises().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_observer_hears_of_commits_and_of_nothing_else() {
    let stage = Stage::set().await;
    let event = stage.event(&stage.office(), 3).await;
    let people = stage.people(20).await;
    let (wire, through) = Wire::to(&stage.url).await.unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let telling = Arc::clone(&told);
    let observer: Observer = Arc::new(move |notice| {
        if let Notice::Settled { event, report, .. } = notice {
            telling.lock().unwrap().push((report.size, event.clone()));
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
    eventually("the event sells again", async || match office.submit(event, register(people[0])).await {
        Err(Unanswered::Busy { .. }) => None,
        answer => Some(registered(answer)),
    })
    .await;
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
async fn a_lost_outcome_that_cannot_be_looked_for_is_called_unknown_and_the_key_tells_later() {
    let stage = Stage::set().await;
    let sound = stage.office();
    let event = stage.event(&sound, 3).await;
    let people = stage.people(2).await;
    let (wire, through) = Wire::to(&stage.url).await.unwrap();
    // The first look for the outcome fails when no connection can be opened, and the time for looking is over by then.
    let settings = PoolSettings { connect_timeout: scaled(Duration::from_millis(400)), ..patient() };
    let limits = Limits { resolve: Duration::from_millis(1), ..patient_limits() };
    let office = office_at(&through, limits, &settings);
    let command = register_with(people[0], key("a"));

    wire.arm(Fault::CutForGood, "commit");
    let answer = office.submit(event, command.clone()).await;
    wire.struck().await;

    assert_eq!(answer.unwrap_err(), Unanswered::OutcomeUnknown, "it may not be called unchanged");
    // No commit was sent for this one.
    let refused = office.submit(event, register(people[1])).await;
    assert!(matches!(refused, Err(Unanswered::Busy { .. })), "{refused:?}");
    let Done::Registered { origin, .. } = done(sound.submit(event, command).await) else { panic!() };
    assert_eq!(origin, Origin::Replayed);
    assert_eq!(stage.registrations(event).await.len(), 1);
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
async fn every_command_survives_a_lost_commit() {
    let stage = Stage::set().await;
    let (wire, through) = Wire::to(&stage.url).await.unwrap();
    let office = office_at(&through, patient_limits(), &patient());
    let event = stage.draft(2).await;
    let more = domain::events::EventChanges::of_capacity(7);
    let to = person(&mut stage.connection().await, "receiver").await;
    let commands = [
        Command::Publish,
        Command::HandOver { to, expected_version: Some(2) },
        Command::BeginSimulation,
        Command::UndoSimulation { at_most: 10 },
        Command::Edit { changes: Box::new(more), expected_version: Some(3) },
        Command::Cancel,
    ];
    for command in commands {
        wire.arm(Fault::CutAfter, "commit");
        let again = outcome(office.submit(event, command.clone()).await);
        wire.struck().await;
        assert!(again.is_ok(), "{command:?}: {again:?}");
    }
    let row = stage.row(event).await;
    let expected = (7, domain::events::EventStatus::Cancelled, to);
    assert_eq!((row.seats.capacity(), row.status, row.organizer), expected);
    assert_eq!(row.last_decision, 6, "each took one number, but for the handing over");
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_opens_and_closes_on_the_databases_clock() {
    let stage = Stage::set().await;
    let (one, other) = (stage.office(), stage.office());
    let people = stage.people(4_000).await;
    let later = stage.row(stage.draft(1).await).await.created_at + TimeDelta::hours(1);
    let window =
        EventDetails { sales_open_at: Some(later), sales_close_at: Some(later + TimeDelta::hours(1)), ..details() };
    let event = stage.draft_of(100_000, window).await;
    done(one.submit(event, Command::Publish).await);
    // Moves an end of the window to a moment that comes while the test asks.
    let soon = async |column: &str| {
        let statement =
            format!("update events set {column} = clock_timestamp() + interval '200 ms' where id = '{event}'");
        stage.connection().await.batch_execute(&statement).await.unwrap();
        let window = stage.row(event).await.details;
        (window.sales_open_at.unwrap(), window.sales_close_at.unwrap())
    };
    let (mut opens_at, mut closed_at) = (later, later + TimeDelta::hours(1));

    let (mut early, mut sold, mut late) = (0, 0, 0);
    for user in people {
        let (a, b) = tokio::join!(one.submit(event, register(user)), other.submit(event, register(user)));
        // The two commands of a round are decided in either order.
        let sold_in_earlier_rounds = sold;
        for answer in [outcome(a), outcome(b)] {
            match answer {
                Err(Refusal::SalesNotOpen { opens_at: told }) => {
                    assert_eq!((told, sold_in_earlier_rounds, late), (opens_at, 0, 0));
                    early += 1;
                }
                Ok(Done::Registered { registration, .. }) => {
                    assert!(registration.registered_at >= opens_at && registration.registered_at < closed_at);
                    assert!(late <= 1, "sold in a round after the close");
                    sold += 1;
                }
                Err(Refusal::AlreadyRegistered(_)) => {}
                Err(Refusal::SalesClosed { closed_at: told }) => {
                    assert_eq!(told, closed_at);
                    late += 1;
                }
                other => panic!("{other:?}"),
            }
        }
        if early > 0 && opens_at == later {
            (opens_at, closed_at) = soon("sales_open_at").await;
        }
        if sold > 0 && closed_at > later {
            (opens_at, closed_at) = soon("sales_close_at").await;
        }
        if late > 3 {
            break;
        }
    }
    assert!(early > 0 && sold > 0 && late > 3, "{early} early, {sold} sold, {late} late");
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_edit_does_not_undo_a_later_one() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 5).await;
    let edit = |capacity| Command::Edit {
        changes: Box::new(domain::events::EventChanges::of_capacity(capacity)),
        expected_version: None,
    };
    let (id, by) = (crate::stage::id(), Some(stage.organizer));
    let order = Order { id, by, authority: Authority::Any, command: edit(7) };
    let pool = Pool::new(&stage.url, Purpose::BoxOffice, &patient(), Handle::current()).unwrap();
    let settle = async |attempt| {
        let mut connection = pool.connection().await.unwrap();
        let settled = settle(&mut connection, event, &[&order], attempt, patient_limits().deadlines).await;
        settled.unwrap().answers.remove(0).outcome
    };
    assert!(settle(Attempt::First).await.is_ok());
    // Another server's edit commits before this server looks for the outcome of its own.
    done(office.submit_by(event, edit(9), stage.organizer).await);

    assert!(settle(Attempt::Again).await.is_ok(), "it was carried out");

    assert_eq!(stage.row(event).await.seats.capacity(), 9, "and is not carried out again");
    stage.assert_promises().await;
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
    connection.batch_execute(&format!("update events set waiting = 5 where id = '{event}'")).await.unwrap();
    let before = (stage.row(event).await, stage.registrations(event).await);

    let answer = office.submit(event, crate::stage::give_up(&place)).await;

    assert_eq!(answer.unwrap_err(), Unanswered::Failed);
    assert_eq!((stage.row(event).await, stage.registrations(event).await), before);
    assert_eq!(office.occupancy().queues, 0);
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

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_of_the_database_takes_no_answer_back() {
    let cluster = localpg::Cluster::temporary(localpg::Durability::Durable).unwrap();
    let admin = cluster.url("postgres");
    repository::databases::create(&mut crate::stage::connect(&admin).await, "onsale").await.unwrap();
    let url = cluster.url("onsale");
    repository::migrations::run(crate::stage::connect(&url).await).await.unwrap();
    let spare = Arc::new(testdb::Database::new().await);
    let stage = Stage::at(url, spare).await;
    let office = stage.office_with(Limits::default(), &PoolSettings::default());
    let event = stage.event(&office, 300).await;
    let people = stage.people(600).await;

    // So many ask at once that every crash meets requests on their way, and so few that there are many batches.
    let answered = AtomicUsize::new(0);
    let asking = stream::iter(people.iter().enumerate()).map(async |(n, user)| {
        let command = register_with(*user, key(&n.to_string()));
        let answer = eventually("an answer", async || match office.submit(event, command.clone()).await {
            Err(Unanswered::Busy { .. } | Unanswered::OutcomeUnknown) => None,
            answer => Some(registered(answer)),
        })
        .await;
        answered.fetch_add(1, Ordering::Relaxed);
        answer
    });
    let asking = asking.buffer_unordered(10).collect::<Vec<_>>();
    let cluster = Arc::new(cluster);
    let crashing = async {
        for before in [100, 300] {
            eventually("a sale under way", async || (answered.load(Ordering::Relaxed) >= before).then_some(())).await;
            let cluster = Arc::clone(&cluster);
            tokio::task::spawn_blocking(move || {
                cluster.kill();
                cluster.start_again().unwrap();
            })
            .await
            .unwrap();
        }
    };
    let (answers, ()) = tokio::join!(asking, crashing);

    let found = stage.registrations(event).await;
    assert_eq!(found.len(), 600);
    for answer in answers {
        let now = found.iter().find(|place| place.id == answer.id).expect("every answer stands");
        assert_eq!((now.user, now.decision, now.status), (answer.user, answer.decision, answer.status));
    }
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
    let simulated = Command::Register { registration: id(), user: people[0], buyer: AccountKind::Simulated, key: None };
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

    // Somebody edits the tables by hand between the lookups and the writes.
    wire.arm(Fault::Hold, "with touched as (update registrations");
    let (answer, ()) = tokio::join!(office.submit(event, crate::stage::give_up(&place)), async {
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
