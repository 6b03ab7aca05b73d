//! Faults: locks that others hold, commits whose answer is lost, a database that goes away.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use boxoffice::observer::{BatchFailure, Notice, Observer};
use boxoffice::{BoxOffice, Limits, Unanswered};
use chrono::TimeDelta;
use diesel_async::SimpleAsyncConnection;
use domain::accounts::AccountKind;
use domain::admission::Attempt;
use domain::commands::{Command, Done, Origin, Refusal};
use domain::events::{EventChanges, EventDetails};
use domain::ids::EventId;
use futures_util::future::join_all;
use repository::AsyncPgConnection;
use repository::pools::{Pool, PoolSettings, Purpose};
use repository::settlement::settle;
use testdb::{Fault, Wire};
use tokio::runtime::Handle;

use crate::stage::{
    Stage, details, done, id, key, observed_office_at, office_at, outcome, quick, register, register_with, registered,
};

/// Locks the event's row in a transaction of its own.
async fn hold(stage: &Stage, event: EventId) -> AsyncPgConnection {
    let mut stranger = stage.connection().await;
    stranger.batch_execute(&format!("begin; select from events where id = '{event}' for update")).await.unwrap();
    stranger
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_held_by_a_stranger_is_busy_within_the_bound_and_changes_nothing() {
    let stage = Stage::set().await;
    let office = stage.office_with(Limits::default(), &quick());
    let (held, other) = (stage.event(&office, 5).await, stage.event(&office, 5).await);
    let people = stage.people(20).await;
    let before = stage.row(held).await;
    let mut stranger = hold(&stage, held).await;

    let asked_at = Instant::now();
    let stuck = join_all(people.iter().map(|user| office.submit(held, register(*user))));
    let sold = join_all(people.iter().map(|user| office.submit(other, register(*user))));
    let (stuck, sold) = tokio::join!(stuck, async {
        let sold = sold.await;
        (sold, asked_at.elapsed())
    });

    assert!(sold.1 < quick().lock_timeout, "other events sell on meanwhile");
    sold.0.into_iter().for_each(|answer| drop(registered(answer)));
    for answer in stuck {
        assert!(matches!(answer, Err(Unanswered::Busy { .. })), "{answer:?}");
    }
    // During the backoff, new commands are refused at once.
    assert!(matches!(office.submit(held, register(people[0])).await, Err(Unanswered::Busy { .. })));
    assert_eq!(office.occupancy().in_flight, 0, "and nobody was sent to try");
    stranger.batch_execute("rollback").await.unwrap();
    assert_eq!(stage.row(held).await, before);
    assert_eq!(stage.registrations(held).await, []);

    // The event recovers by itself.
    tokio::time::sleep(Limits::default().backoff).await;
    registered(office.submit(held, register(people[0])).await);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_events_whose_locks_are_held_do_not_keep_an_eleventh_from_selling() {
    let stage = Stage::set().await;
    // More stuck events than connections.
    let office = stage.office_with(Limits { connections: 4, ..Limits::default() }, &quick());
    let user = stage.people(1).await[0];
    let mut held = Vec::new();
    for _ in 0..10 {
        held.push(stage.event(&office, 5).await);
    }
    let eleventh = stage.event(&office, 1_000).await;
    let mut strangers = Vec::new();
    for event in &held {
        strangers.push(hold(&stage, *event).await);
    }

    // Buyers retry, for longer than the lock timeout.
    let until = Instant::now() + quick().lock_timeout * 4;
    let stuck = held.iter().map(|event| async {
        let mut busy = 0;
        while Instant::now() < until {
            let answer = office.submit(*event, register(user)).await;
            assert!(matches!(answer, Err(Unanswered::Busy { .. })), "{answer:?}");
            busy += 1;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        busy
    });
    let people = stage.people(300).await;
    let selling = async {
        let mut sold = 0;
        for user in &people {
            if Instant::now() < until {
                registered(office.submit(eleventh, register(*user)).await);
                sold += 1;
            }
        }
        sold
    };
    let (busy, sold) = tokio::join!(join_all(stuck), selling);

    assert!(busy.iter().all(|times| *times > 1), "{busy:?}");
    assert!(sold > 10, "the eleventh sold {sold}");
    for event in &held {
        assert_eq!(stage.registrations(*event).await, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_hangs_inside_its_transaction_loses_the_event_to_the_others() {
    let stage = Stage::set().await;
    let (wire, through) = Wire::to(&stage.url).await.unwrap();
    let hanging = office_at(&through, Limits::default(), &quick());
    let sound = stage.office_with(Limits::default(), &quick());
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
            let sound = stage.office_with(Limits::default(), &quick());
            let event = stage.event(&sound, 3).await;
            let people = stage.people(6).await;
            let first = registered(sound.submit(event, register(people[0])).await);
            let (wire, through) = Wire::to(&stage.url).await.unwrap();
            let office = office_at(&through, Limits::default(), &quick());

            wire.arm(fault, "commit");
            let mut commands: Vec<_> = people[1..]
                .iter()
                .enumerate()
                .map(|(n, user)| register_with(*user, if keyed { key(&n.to_string()) } else { None }))
                .collect();
            commands.push(crate::stage::give_up(&first));
            let answers = join_all(commands.into_iter().map(|command| office.submit(event, command))).await;
            tokio::time::timeout(Duration::from_secs(1), wire.struck()).await.expect("the commit was cut");

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
async fn who_listens_is_told_of_what_is_committed_and_of_nothing_else() {
    let stage = Stage::set().await;
    let event = stage.event(&stage.office_with(Limits::default(), &quick()), 3).await;
    let people = stage.people(20).await;
    let (wire, through) = Wire::to(&stage.url).await.unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let telling = Arc::clone(&told);
    let observer: Observer = Arc::new(move |notice| {
        if let Notice::Settled { event, .. } = notice {
            telling.lock().unwrap().push(event.clone());
        }
    });
    let office = observed_office_at(&through, Limits::default(), &quick(), observer);
    let newest = || told.lock().unwrap().iter().max_by_key(|event| event.last_decision).cloned();

    let stranger = hold(&stage, event).await;
    let refused = office.submit(event, register(people[0])).await;
    assert!(matches!(refused, Err(Unanswered::Busy { .. })), "{refused:?}");
    assert_eq!(newest(), None);
    drop(stranger);
    tokio::time::sleep(Limits::default().backoff).await;

    // A batch whose answer was lost is reported too.
    wire.arm(Fault::CutAfter, "commit");
    registered(office.submit(event, register(people[0])).await);
    join_all(people[1..].iter().map(|user| office.submit(event, register(*user)))).await;
    let row = stage.row(event).await;
    let began = Instant::now();
    while newest().as_ref() != Some(&row) {
        assert!(began.elapsed() < Duration::from_secs(10), "{:?} is not {row:?}", newest());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!((row.seats.waiting(), row.last_decision), (17, 22));
    // One notice for each batch, with the event after the batch.
    let told = told.lock().unwrap();
    assert!(told.len() < people.len() && told.iter().all(|event| event.seats.taken() <= 3), "{told:?}");
    assert!(told.iter().any(|event| event.last_decision == 3), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_refused_has_been_counted_when_the_answer_comes() {
    let stage = Stage::set().await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let telling = Arc::clone(&told);
    let observer: Observer = Arc::new(move |notice| {
        if let Notice::Refused(why) = notice {
            // A slow observer.
            std::thread::sleep(Duration::from_millis(100));
            telling.lock().unwrap().push(why);
        }
    });
    let office = observed_office_at(&stage.url, Limits::default(), &quick(), observer);
    let refused = office.submit(id(), Command::Publish).await;
    assert!(matches!(refused, Err(Unanswered::NoSuchEvent)), "{refused:?}");
    assert_eq!(*told.lock().unwrap(), [Unanswered::NoSuchEvent]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_outcome_that_cannot_be_looked_for_is_called_unknown_and_the_key_tells_later() {
    let stage = Stage::set().await;
    let sound = stage.office_with(Limits::default(), &quick());
    let event = stage.event(&sound, 3).await;
    let people = stage.people(2).await;
    let (wire, through) = Wire::to(&stage.url).await.unwrap();
    let settings = PoolSettings { connect_timeout: Duration::from_secs(2), ..quick() };
    let limits = Limits { resolve: Duration::from_millis(700), ..Limits::default() };
    let office = office_at(&through, limits, &settings);
    let command = register_with(people[0], key("a"));

    wire.arm(Fault::CutAfter, "commit");
    let (answer, ()) = tokio::join!(office.submit(event, command.clone()), async {
        wire.struck().await;
        drop(wire);
    });

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
    let office = stage.office_with(Limits::default(), &quick());
    let now = stage.row(stage.draft(1).await).await.created_at;
    let opens_at = now + TimeDelta::milliseconds(500);
    let event = stage.draft_of(5, EventDetails { sales_open_at: Some(opens_at), ..details() }).await;
    done(office.submit(event, Command::Publish).await);
    let user = stage.people(1).await[0];
    let mut stranger = hold(&stage, event).await;

    let (answer, ()) = tokio::join!(office.submit(event, register(user)), async {
        stranger
            .batch_execute(&format!(
                "select pg_sleep(extract(epoch from timestamptz '{opens_at}' - clock_timestamp()))"
            ))
            .await
            .unwrap();
        stranger.batch_execute("rollback").await.unwrap();
    });

    assert!(registered(answer).registered_at >= opens_at, "it began before the sale opened, and was decided after");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_survives_a_lost_commit() {
    let stage = Stage::set().await;
    let (wire, through) = Wire::to(&stage.url).await.unwrap();
    let office = office_at(&through, Limits::default(), &quick());
    let event = stage.draft(2).await;
    let more = domain::events::EventChanges::of_capacity(7);
    let commands = [
        Command::Publish,
        Command::BeginSimulation,
        Command::UndoSimulation { at_most: 10 },
        Command::Edit { changes: Box::new(more), expected_version: Some(2) },
        Command::Cancel,
    ];
    for command in commands {
        wire.arm(Fault::CutAfter, "commit");
        let again = outcome(office.submit(event, command.clone()).await);
        tokio::time::timeout(Duration::from_secs(1), wire.struck()).await.expect("the commit was cut");
        assert!(again.is_ok(), "{command:?}: {again:?}");
    }
    let row = stage.row(event).await;
    assert_eq!((row.seats.capacity(), row.status), (7, domain::events::EventStatus::Cancelled));
    assert_eq!(row.last_decision, 6, "each took one number");
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_opens_and_closes_on_the_databases_clock() {
    let stage = Stage::set().await;
    let (one, other) = (stage.office(), stage.office());
    let people = stage.people(4_000).await;
    // The database's present time, from the event's first row.
    let now = stage.row(stage.draft(1).await).await.created_at;
    let window = EventDetails {
        sales_open_at: Some(now + TimeDelta::milliseconds(1_000)),
        sales_close_at: Some(now + TimeDelta::milliseconds(2_000)),
        ..details()
    };
    let opens_at = window.sales_open_at.unwrap();
    let closed_at = window.sales_close_at.unwrap();
    let event = stage.draft_of(100_000, window).await;
    done(one.submit(event, Command::Publish).await);

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
        if late > 3 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    assert!(early > 0 && sold > 0 && late > 3, "{early} early, {sold} sold, {late} late");
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_edit_does_not_undo_a_later_one() {
    let stage = Stage::set().await;
    let office = stage.office_with(Limits::default(), &quick());
    let event = stage.event(&office, 5).await;
    let edit = |capacity| Command::Edit {
        changes: Box::new(domain::events::EventChanges::of_capacity(capacity)),
        expected_version: None,
    };
    let order = domain::commands::Order { id: crate::stage::id(), by: Some(stage.organizer), command: edit(7) };
    let pool = Pool::new(&stage.url, Purpose::BoxOffice, &quick(), Handle::current()).unwrap();
    let settle = async |attempt| {
        let mut connection = pool.connection().await.unwrap();
        let settled = settle(&mut connection, event, &[&order], attempt, Limits::default().deadlines).await;
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
    let office = stage.office_with(Limits::default(), &quick());
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
    let office = stage.office_with(Limits::default(), &quick());
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
    let office = stage.office_with(Limits { batch: 10, ..Limits::default() }, &quick());
    let event = stage.event(&office, 1_000).await;
    let people = stage.people(500).await;
    let mut stranger = hold(&stage, event).await;
    let asked: Vec<_> = people
        .iter()
        .map(|user| {
            let (office, command) = (office.clone(), register(*user));
            tokio::spawn(async move { office.submit(event, command).await })
        })
        .collect();
    // The first batch waits for the lock, and the other commands wait behind it.
    while office.occupancy().queued < 490 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let closing = office.clone();
    let closing = tokio::spawn(async move { closing.close().await });
    while office.occupancy().queued > 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
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
    let limits = Limits { queue_per_event: 50, queue_total: 80, ..Limits::default() };
    let office = stage.office_with(limits, &quick());
    let (one, other) = (stage.event(&office, 1_000).await, stage.event(&office, 1_000).await);
    let people = stage.people(200).await;
    let (mut a, mut b) = (hold(&stage, one).await, hold(&stage, other).await);
    let asked = join_all(
        people.iter().flat_map(|user| [office.submit(one, register(*user)), office.submit(other, register(*user))]),
    );
    let (answers, ()) = tokio::join!(asked, async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(office.occupancy().queued, 80);
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
    let spare = std::sync::Arc::new(testdb::Database::new().await);
    let stage = Stage::at(url, spare).await;
    let office = stage.office_with(Limits::default(), &quick());
    let event = stage.event(&office, 300).await;
    let people = stage.people(600).await;

    let asking = people.iter().enumerate().map(|(n, user)| {
        let (office, command) = (office.clone(), register_with(*user, key(&n.to_string())));
        async move {
            tokio::time::sleep(Duration::from_millis(n as u64 * 3)).await;
            loop {
                match office.submit(event, command.clone()).await {
                    Ok(answer) => return registered(Ok(answer)),
                    Err(Unanswered::Busy { .. } | Unanswered::OutcomeUnknown) => {
                        tokio::time::sleep(Duration::from_millis(100)).await;
                    }
                    other => panic!("{other:?}"),
                }
            }
        }
    });
    let cluster = std::sync::Arc::new(cluster);
    let crashing = {
        let cluster = std::sync::Arc::clone(&cluster);
        async move {
            for _ in 0..2 {
                tokio::time::sleep(Duration::from_millis(500)).await;
                let cluster = std::sync::Arc::clone(&cluster);
                tokio::task::spawn_blocking(move || {
                    cluster.kill();
                    cluster.start_again().unwrap();
                })
                .await
                .unwrap();
            }
        }
    };
    let (answers, ()) = tokio::join!(join_all(asking), crashing);

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
async fn what_goes_with_the_commit_was_prepared_when_the_connection_opened() {
    let stage = Stage::set().await;
    let pool =
        Pool::new(&stage.url, Purpose::BoxOffice, &PoolSettings { size: 1, ..quick() }, Handle::current()).unwrap();
    let office = BoxOffice::open(pool.clone(), Limits { connections: 1, ..Limits::default() }, Handle::current());
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
async fn a_write_that_does_not_touch_what_is_meant_takes_the_commit_with_it() {
    let stage = Stage::set().await;
    let sound = stage.office_with(Limits::default(), &quick());
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
    let office = observed_office_at(&through, Limits::default(), &quick(), observer);

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
