//! The stress test, and its undo.

use std::iter;
use std::time::Duration;

use boxoffice::simulation::{ClassicMissing, HistoryReport, SimulationError, Simulations};
use chrono::Utc;
use diesel_async::SimpleAsyncConnection;
use domain::accounts::{AccountKind, Email, PersonName, Role};
use domain::commands::{Authority, Command, Order, Refusal};
use domain::events::EventStatus;
use domain::ids::EventId;
use domain::model::Model;
use domain::registrations::Registration;
use domain::tickets::Choice;
use repository::pools::{Pool, PoolSettings, Purpose};
use repository::rehearsals;
use repository::simulations::{self, Failure, Progress, REMEMBERED_PER_EVENT, State};
use repository::users::{self, NewUser};
use repository::{Error, databases};
use serde_json::Value;
use testdb::Wire;
use testdb::patience::{QUIET, eventually, scaled};
use tokio::runtime::Handle;
use uuid::Uuid;

use crate::stage::{Stage, connect, done, ended, id, outcome, patient, register, registered, simulations};
use crate::tickets::{event_with, price, ticket_type, tickets_of};

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_buyers_get_ten_seats_and_a_line_and_the_undo_gives_the_seats_back() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 10).await;
    let simulations = simulations(&stage, &office);

    let report = simulations.run(event, 1_000, stage.organizer).await.unwrap();
    assert!(!report.rehearsal);
    assert_eq!((report.total_attempted, report.success_count), (1_000, 10));
    assert_eq!((report.waitlisted_count, report.failed_count, report.final_seats_remaining), (990, 0, 0));
    assert_eq!(report.promises.iter().map(|kept| kept.promise).collect::<Vec<_>>(), ["P1", "P2", "P3", "P4"]);
    assert!(report.promises.iter().all(|kept| kept.passed && !kept.checks.is_empty()), "{report:?}");
    let history = report.history.clone().unwrap();
    let HistoryReport { passed, decisions, answers, violations, ref examples } = history;
    assert_eq!((passed, violations, examples.len()), (true, 0, 0), "{history:?}");
    // The event was made, published and put under test.
    assert_eq!((decisions, answers), (1_003, 1_000));
    assert!(report.batches > 1 && report.batches < 500, "{report:?}");
    let machine = report.machine.clone().unwrap();
    let durability = databases::durability(&mut stage.pool.connection().await.unwrap()).await.unwrap();
    let settings: Vec<_> = machine.settings.iter().map(|one| (one.name.clone(), one.value.clone())).collect();
    assert_eq!((&machine.postgresql, &settings), (&durability.version, &durability.settings));
    assert_eq!((machine.durable, machine.cores > 0), (durability.is_durable(), true), "{machine:?}");

    let person = stage.people(1_001).await[1_000];
    let refused = outcome(office.submit(event, register(person)).await);
    assert_eq!(refused, Err(Refusal::EventUnderTest));

    let again = simulations.run(event, 1_000, stage.organizer).await.unwrap();
    assert!(again.rehearsal);
    assert_eq!((again.success_count, again.waitlisted_count, again.failed_count), (10, 990, 0));
    let copies = rehearsals::list(&mut stage.connection().await, None).await.unwrap();
    assert_eq!(copies, [], "the copy is gone");

    let undone = simulations.undo(event, stage.organizer).await.unwrap();
    assert_eq!((undone.removed, undone.rehearsals_removed), (1_000, 0));
    let row = stage.row(event).await;
    assert_eq!((row.seats.remaining(), row.seats.waiting(), row.under_test_since), (10, 0, None));
    assert_eq!(stage.registrations(event).await, []);
    stage.assert_promises().await;

    registered(office.submit(event, register(person)).await);
    assert_eq!(simulations.undo(event, stage.organizer).await.unwrap().removed, 0, "nothing of real people is undone");
    assert_eq!(stage.registrations(event).await.len(), 1);
    stage.assert_promises().await;
}

/// So many buyers have an answer.
fn progress(answered: u32) -> Progress {
    Progress { answered, ..Progress::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_curve_is_stored_that_ends_with_what_the_report_counts() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 10).await;
    let simulations = simulations(&stage, &office);
    let report = simulations.run(event, 1_000, stage.organizer).await.unwrap();
    let latest = simulations::latest(&mut stage.connection().await, event).await.unwrap().unwrap();
    let curve = latest.curve.unwrap();
    let column =
        |name: &str| curve[name].as_array().unwrap().iter().map(|one| one.as_f64().unwrap()).collect::<Vec<_>>();
    let times = column("at_milliseconds");
    assert!(times.is_sorted() && times.len() > 1 && times.len() <= 240, "{times:?}");
    assert_eq!((column("seats_left")[0], column("answered")[0]), (10.0, 0.0));
    for (name, last) in [
        ("answered", report.total_attempted),
        ("seated", report.success_count),
        ("waiting", report.waitlisted_count),
        ("refused", report.failed_count),
        ("seats_left", 0),
    ] {
        let column = column(name);
        assert_eq!((column.len(), column.last()), (times.len(), Some(&f64::from(last))), "{name}");
    }
    let buckets = curve["latencies"].as_array().unwrap();
    assert_eq!(buckets.iter().map(|bucket| bucket["buyers"].as_u64().unwrap()).sum::<u64>(), 1_000);
    let (first, last) = (&buckets[0], &buckets[buckets.len() - 1]);
    let longest = report.latency_milliseconds.max;
    assert!(
        (last["from_milliseconds"].as_f64().unwrap()..last["to_milliseconds"].as_f64().unwrap()).contains(&longest)
    );
    assert!(first["to_milliseconds"].as_f64().unwrap() <= last["to_milliseconds"].as_f64().unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_stopped_asks_nobody_else_and_reports_those_who_asked() {
    const BUYERS: u32 = 20_000;
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 10).await;
    // One after the other, so that the end is far away.
    let simulations = Simulations::new(office.clone(), stage.pool.clone(), &stage.url, 1, Handle::current());
    let mut connection = stage.connection().await;
    let id = simulations.start(event, BUYERS, stage.organizer).await.unwrap();
    eventually("somebody is answered", async || {
        let running = simulations::latest(&mut stage.connection().await, event).await.unwrap().unwrap();
        (running.answered > 0).then_some(())
    })
    .await;

    let stopping = simulations::stop(&mut connection, event, id, stage.organizer).await.unwrap().unwrap();
    assert!(stopping.state == State::Running && stopping.stop_requested_at.is_some(), "{stopping:?}");
    let stopped = ended(&mut connection, event).await;
    assert_eq!(stopped.stop_requested_at, stopping.stop_requested_at);
    let State::Done(report) = &stopped.state else { panic!("{stopped:?}") };
    assert_eq!((&report["stopped"], &report["total_attempted"]), (&true.into(), &stopped.answered.into()));
    assert!((10..BUYERS).contains(&stopped.answered), "{}", stopped.answered);
    let counted = ["success_count", "waitlisted_count", "failed_count"].map(|name| report[name].as_u64().unwrap());
    assert_eq!(counted, [10, u64::from(stopped.answered) - 10, 0]);
    assert!(report["promises"].as_array().unwrap().iter().all(|kept| kept["passed"] == true), "{report}");
    assert_eq!(report["history"]["answers"], stopped.answered);

    let again = simulations::stop(&mut connection, event, id, stage.organizer).await.unwrap().unwrap();
    assert_eq!(again.stop_requested_at, stopping.stop_requested_at, "it stays as it is");
    let asked = usize::try_from(stopped.answered).unwrap();
    assert_eq!(simulations.undo(event, stage.organizer).await.unwrap().removed, asked);
    assert!(simulations::stop(&mut connection, event, Uuid::now_v7(), stage.organizer).await.unwrap().is_none());
    let report = simulations.run(event, 20, stage.organizer).await.unwrap();
    assert!(!report.stopped, "the next one runs to its end");
    let done = simulations::latest(&mut connection, event).await.unwrap().unwrap();
    let late = simulations::stop(&mut connection, event, done.id, stage.organizer).await.unwrap().unwrap();
    assert_eq!(late.stop_requested_at, None, "it was over");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_classic_way_sells_the_same_on_a_copy_that_is_deleted() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 10).await;
    let simulations = simulations(&stage, &office);
    let mut connection = stage.connection().await;
    let report = simulations.run(event, 5, stage.organizer).await.unwrap();
    let latest = simulations::latest(&mut connection, event).await.unwrap().unwrap();
    assert_eq!((report.classic, latest.classic_curve), (None, None), "only on request");
    simulations.undo(event, stage.organizer).await.unwrap();

    let report = simulations.with_classic(true).run(event, 300, stage.organizer).await.unwrap();
    assert_eq!((report.success_count, report.waitlisted_count, report.rehearsal), (10, 290, false));
    assert_eq!(report.classic_missing, None);
    let classic = report.classic.unwrap();
    assert_eq!((classic.success_count, classic.waitlisted_count, classic.failed_count), (10, 290, 0));
    assert_eq!((classic.served_count, classic.not_served_count, classic.passed), (300, 0, true));
    assert_eq!(classic.connections, patient().size);
    assert!(classic.ratio.unwrap() > 0.0, "{classic:?}");
    let [begin, lock, check, insert, update, commit] = classic.statements.as_slice() else { panic!("{classic:?}") };
    assert!(begin.starts_with("begin") && lock.ends_with("for update") && commit == "commit", "{classic:?}");
    assert!(check.starts_with("select") && insert.starts_with("insert") && update.contains("update events"));
    let latest = simulations::latest(&mut connection, event).await.unwrap().unwrap();
    let curve = latest.classic_curve.unwrap();
    for (column, last) in [("answered", 300), ("seated", 10), ("waiting", 290), ("seats_left", 0)] {
        assert_eq!(curve[column].as_array().unwrap().last(), Some(&last.into()), "{column}");
    }
    assert_eq!(rehearsals::list(&mut connection, None).await.unwrap(), [], "the copy is gone");
    assert_eq!(simulations.undo(event, stage.organizer).await.unwrap().removed, 300, "none of them is the event's");
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_classic_way_keeps_the_promises_with_prices_limits_and_parties() {
    let stage = Stage::set().await;
    let office = stage.office();
    let mut limited = price("Early", 500);
    limited.limit = Some(4);
    let types = vec![
        ticket_type("Hall", 20, 3, vec![price("Full", 1_000), limited]),
        ticket_type("Balcony", 7, 2, vec![price("Free", 0)]),
    ];
    let event = event_with(&stage, &office, types).await;
    let simulations = simulations(&stage, &office).with_mix(true).with_dry_run(true).with_classic(true);
    let report = simulations.run(event, 400, stage.organizer).await.unwrap();
    let classic = report.classic.unwrap();
    assert!(classic.passed, "{classic:?}");
    assert_eq!((classic.served_count, report.total_attempted), (400, 400));
    assert!(classic.success_count > 10 && classic.waitlisted_count > 0 && classic.failed_count > 0, "{classic:?}");
    assert_eq!(rehearsals::list(&mut stage.connection().await, None).await.unwrap(), [], "its copies are gone");
}

/// Makes each statement that inserts registrations slow: few for the box office, one for each buyer the classic way.
async fn slow_inserts(stage: &Stage) {
    let slow = "create function slowly() returns trigger language plpgsql as \
                'begin perform pg_sleep(0.03); return null; end'; \
                create trigger slowly before insert on registrations for each statement execute function slowly()";
    stage.connection().await.batch_execute(slow).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_served_in_time_the_classic_way_counts_as_such() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 10).await;
    slow_inserts(&stage).await;
    let simulations = simulations(&stage, &office).with_classic(true);
    let report = simulations.run(event, 2_000, stage.organizer).await.unwrap();
    assert_eq!((report.total_attempted, report.failed_count), (2_000, 0));
    let classic = report.classic.unwrap();
    assert!(classic.served_count > 0 && classic.not_served_count > 0, "{classic:?}");
    assert_eq!(classic.served_count + classic.not_served_count, 2_000);
    assert_eq!((classic.failed_count, classic.passed), (0, true), "{classic:?}");
}

/// Waits until the crowd goes the classic way. The report of the crowd is stored by then, and does not count yet.
async fn classic_way_begins(stage: &Stage, event: EventId) {
    eventually("the classic way has begun", async || {
        let running = simulations::latest(&mut stage.connection().await, event).await.unwrap().unwrap();
        assert_eq!(running.state, State::Running, "whatever it has already");
        running.classic_curve
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_ends_the_classic_way_as_well() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 10).await;
    slow_inserts(&stage).await;
    let mut connection = stage.connection().await;
    let simulations = simulations(&stage, &office).with_classic(true);
    let id = simulations.start(event, 2_000, stage.organizer).await.unwrap();
    classic_way_begins(&stage, event).await;
    simulations::stop(&mut connection, event, id, stage.organizer).await.unwrap().unwrap();
    let State::Done(report) = ended(&mut connection, event).await.state else { panic!("it has no report") };
    assert_eq!((&report["stopped"], &report["total_attempted"]), (&false.into(), &2_000.into()));
    assert!(report["classic"]["not_served_count"].as_u64().unwrap() > 1_000, "{}", report["classic"]);
    assert_eq!(report["classic"]["passed"], true);
    assert_eq!(rehearsals::list(&mut connection, None).await.unwrap(), [], "the copy is gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_server_stops_during_the_classic_way_has_the_report_of_its_crowd() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 10).await;
    slow_inserts(&stage).await;
    let simulations = simulations(&stage, &office).with_classic(true);
    simulations.start(event, 2_000, stage.organizer).await.unwrap();
    classic_way_begins(&stage, event).await;
    simulations.close(Duration::ZERO).await;
    let left = ended(&mut stage.connection().await, event).await;
    let State::Done(report) = left.state else { panic!("{left:?}") };
    assert_eq!((&report["success_count"], &report["waitlisted_count"]), (&10.into(), &1_990.into()));
    assert_eq!((&report["classic"], &report["classic_missing"]), (&Value::Null, &"LOST".into()));
    assert_eq!(left.finished_at, None, "it did not come to its end");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_says_why_the_crowd_did_not_go_the_classic_way() {
    let stage = Stage::set().await;
    let office = stage.office();
    let simulations = simulations(&stage, &office).with_classic(true);
    let mut closed = price("Full", 1_000);
    closed.is_closed = true;
    let event = event_with(&stage, &office, vec![ticket_type("Hall", 20, 1, vec![closed])]).await;
    let report = simulations.run(event, 5, stage.organizer).await.unwrap();
    assert_eq!((report.classic, report.classic_missing), (None, Some(ClassicMissing::NothingToBook)));

    let event = stage.event(&office, 3).await;
    let fails_on_a_copy = "create function fail_on_a_copy() returns trigger language plpgsql as $$ begin \
                           if exists (select from events where id = new.event_id and rehearsal_of is not null) \
                           then raise division_by_zero; end if; return new; end $$; \
                           create trigger fail_on_a_copy before insert on registrations for each row \
                           execute function fail_on_a_copy()";
    stage.connection().await.batch_execute(fails_on_a_copy).await.unwrap();
    let report = simulations.run(event, 5, stage.organizer).await.unwrap();
    assert_eq!((report.success_count, &report.classic), (3, &None));
    assert_eq!(report.classic_missing, Some(ClassicMissing::Internal));
    let mut connection = stage.connection().await;
    let stored = simulations::latest(&mut connection, event).await.unwrap().unwrap();
    assert_eq!((stored.state, stored.classic_curve), (State::Done(serde_json::to_value(&report).unwrap()), None));
    assert_eq!(rehearsals::list(&mut connection, None).await.unwrap(), [], "the copies are gone");

    let event = stage.event(&office, 3).await;
    stage.connection().await.batch_execute("drop trigger fail_on_a_copy on registrations").await.unwrap();
    slow_inserts(&stage).await;
    let id = simulations.start(event, 20_000, stage.organizer).await.unwrap();
    simulations::stop(&mut connection, event, id, stage.organizer).await.unwrap().unwrap();
    let stopped = ended(&mut connection, event).await;
    let State::Done(report) = &stopped.state else { panic!("{stopped:?}") };
    assert_eq!((&report["stopped"], &report["classic_missing"]), (&true.into(), &"STOPPED".into()));
    assert_eq!(stopped.classic_curve, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stress_test_or_an_undo_that_has_ended_is_in_nobodys_way() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 10).await;
    // PostgreSQL may take its time to notice that a session was closed.
    let (wire, through) = Wire::to(&stage.url).await.unwrap();
    wire.linger();
    let simulations = Simulations::new(office.clone(), stage.pool.clone(), &through, 500, Handle::current());
    let by = stage.organizer;

    assert!(!simulations.run(event, 1, by).await.unwrap().rehearsal);
    assert!(simulations.run(event, 1, by).await.unwrap().rehearsal);
    assert_eq!(simulations.undo(event, by).await.unwrap().removed, 1);
    assert_eq!(simulations.undo(event, by).await.unwrap().removed, 0);
    assert!(!simulations.run(event, 1, by).await.unwrap().rehearsal);
    done(office.submit(event, Command::Cancel).await);
    assert!(matches!(simulations.run(event, 1, by).await, Err(SimulationError::EventCancelled)));
    assert_eq!(simulations.undo(event, by).await.unwrap().removed, 1);

    let started = stage.event(&office, 10).await;
    simulations.start(started, 1, by).await.unwrap();
    ended(&mut stage.connection().await, started).await;
    assert_eq!(simulations.undo(started, by).await.unwrap().removed, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_in_many_chunks_keeps_every_promise_at_every_commit() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 10).await;
    let simulations = simulations(&stage, &office);
    simulations.run(event, 40, stage.organizer).await.unwrap();
    for chunk in 1.. {
        let undo = Command::UndoSimulation { at_most: 7 };
        let undone = done(office.submit(event, undo).await);
        stage.assert_promises().await;
        if matches!(undone, domain::commands::Done::SimulationUndone { finished: true, .. }) {
            break;
        }
        assert!(chunk < 40, "it takes nobody out: {undone:?}");
    }
    assert_eq!(stage.row(event).await.seats.remaining(), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_in_part_leaves_the_seats_that_the_model_leaves() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 3).await;
    let mut model = Model::new(stage.row(event).await, tickets_of(&stage, event).await);
    // Registrations have their ids in the order in which they are made, and these people have theirs in the other one.
    let mut people = stage.people(3).await;
    people.sort_unstable();
    people.reverse();
    let buys = people.into_iter().map(|user| Command::Register {
        registration: id(),
        user,
        buyer: AccountKind::Simulated,
        is_verified: true,
        key: None,
        choice: Choice::default(),
    });
    let undo = Command::UndoSimulation { at_most: 1 };
    for command in iter::once(Command::BeginSimulation).chain(buys).chain([undo]) {
        let order = Order { id: id(), by: None, authority: Authority::Any, command: command.clone() };
        model.carry_out(&order, Utc::now()).outcome.unwrap();
        done(office.submit(event, command).await);
    }

    let ids = |left: &[Registration]| left.iter().map(|registration| registration.id).collect::<Vec<_>>();
    assert_eq!(ids(&stage.registrations(event).await), ids(model.registrations()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_with_a_real_booking_is_rehearsed_on_a_copy_and_untouched() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 10).await;
    let person = stage.people(1).await[0];
    registered(office.submit(event, register(person)).await);
    let before = (stage.row(event).await, stage.registrations(event).await);
    let simulations = simulations(&stage, &office);

    let report = simulations.run(event, 200, stage.organizer).await.unwrap();

    assert!(report.rehearsal);
    assert_eq!((report.success_count, report.waitlisted_count), (10, 190));
    assert_eq!((stage.row(event).await, stage.registrations(event).await), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_rehearsed_and_a_cancelled_event_is_not() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.draft(3).await;
    let simulations = simulations(&stage, &office);
    let report = simulations.run(event, 10, stage.organizer).await.unwrap();
    assert!(report.rehearsal && report.success_count == 3);
    assert_eq!(stage.row(event).await.status, EventStatus::Draft);

    done(office.submit(event, Command::Cancel).await);
    assert!(matches!(simulations.run(event, 10, stage.organizer).await, Err(SimulationError::EventCancelled)));
    assert!(matches!(simulations.run(id(), 10, stage.organizer).await, Err(SimulationError::NoSuchEvent)));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_report_is_written_down_as_it_was_given_and_the_oldest_are_forgotten() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 3).await;
    let simulations = simulations(&stage, &office);
    let mut connection = stage.connection().await;
    assert!(simulations::latest(&mut connection, event).await.unwrap().is_none());
    let mut ids = Vec::new();
    for buyers in 1..=12 {
        let report = simulations.run(event, buyers, stage.organizer).await.unwrap();
        let latest = simulations::latest(&mut connection, event).await.unwrap().unwrap();
        assert_eq!(latest.state, State::Done(serde_json::to_value(&report).unwrap()));
        assert_eq!((latest.users, latest.answered), (buyers, buyers));
        assert!(latest.finished_at.unwrap() >= latest.started_at);
        ids.push(latest.id);
    }
    let remembered = ids.len() - usize::try_from(REMEMBERED_PER_EVENT).unwrap();
    for (n, id) in ids.into_iter().enumerate() {
        let found = simulations::find(&mut connection, event, id).await.unwrap();
        assert_eq!(found.is_some(), n >= remembered, "{n}: {found:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_a_server_begins_whose_clock_is_behind_is_the_latest_and_is_remembered() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 3).await;
    let mut connection = stage.connection().await;
    // Ids from a server whose clock is far ahead.
    let ahead: Vec<Uuid> = (0..11).map(|n| Uuid::from_u128(u128::MAX - 100 + n)).collect();
    for id in &ahead {
        simulations::begin(&mut connection, event, *id, 1, None).await.unwrap();
    }
    let report = simulations(&stage, &office).run(event, 2, stage.organizer).await.unwrap();

    let latest = simulations::latest(&mut connection, event).await.unwrap().unwrap();
    assert_eq!((latest.users, latest.answered), (2, 2));
    assert_eq!(latest.state, State::Done(serde_json::to_value(&report).unwrap()));
    // The same after the database's own clock was set back.
    let later = "update simulations set started_at = started_at + interval '1 hour'";
    connection.batch_execute(later).await.unwrap();
    let id = id();
    simulations::begin(&mut connection, event, id, 3, None).await.unwrap();
    assert_eq!(simulations::find(&mut connection, event, id).await.unwrap().unwrap().users, 3);
    for forgotten in &ahead[..2] {
        assert!(simulations::find(&mut connection, event, *forgotten).await.unwrap().is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_about_a_forgotten_test_is_not_taken_for_stored() {
    let stage = Stage::set().await;
    let event = stage.event(&stage.office(), 3).await;
    let mut connection = stage.connection().await;
    let (forgotten, known) = (id(), id());
    let failure = Err(Failure::Internal);
    let told = simulations::progress(&mut connection, event, forgotten, progress(1)).await;
    assert!(matches!(told, Err(Error::NotFound)), "{told:?}");
    let told = simulations::finish(&mut connection, event, forgotten, progress(1), failure.clone()).await;
    assert!(matches!(told, Err(Error::NotFound)), "{told:?}");

    simulations::begin(&mut connection, event, known, 2, None).await.unwrap();
    simulations::progress(&mut connection, event, known, progress(1)).await.unwrap();
    simulations::finish(&mut connection, event, known, progress(2), failure).await.unwrap();
    // Again, as after a lost answer.
    simulations::finish(&mut connection, event, known, progress(1), Ok("late".into())).await.unwrap();
    let latest = simulations::latest(&mut connection, event).await.unwrap().unwrap();
    assert_eq!((latest.answered, latest.state), (2, State::Failed(Failure::Internal)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_waits_for_another_one_and_for_a_clean_up() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 3).await;
    let simulations = simulations(&stage, &office);
    simulations.run(event, 5, stage.organizer).await.unwrap();
    let mut at_work = connect(&stage.url).await;
    assert!(rehearsals::claim(&mut at_work, event).await.unwrap());

    let undo = simulations.undo(event, stage.organizer);
    tokio::pin!(undo);
    assert!(tokio::time::timeout(QUIET, &mut undo).await.is_err(), "the event is in use");
    rehearsals::release(&mut at_work, event).await.unwrap();

    assert_eq!(undo.await.unwrap().removed, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_that_is_refused_is_not_taken_for_done() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 3).await;
    let simulations = simulations(&stage, &office);
    simulations.run(event, 5, stage.organizer).await.unwrap();

    // The account is gone since its token was issued.
    let refused = simulations.undo(event, id()).await;

    assert!(matches!(refused, Err(SimulationError::Refused(Refusal::NoSuchUser))), "{refused:?}");
    assert!(stage.row(event).await.under_test_since.is_some());
    assert_eq!(simulations.undo(event, stage.organizer).await.unwrap().removed, 5);
    let refused = simulations.run(event, 5, id()).await;
    assert!(matches!(refused, Err(SimulationError::Refused(Refusal::NoSuchUser))), "{refused:?}");
    assert_eq!(stage.row(event).await.under_test_since, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn making_a_crowd_may_take_longer_than_one_statement() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 3).await;
    // Each part of the crowd takes most of the time that a statement has, and all of them more than it and the pool's
    // margin.
    let (limit, part) = (scaled(Duration::from_secs(1)), scaled(Duration::from_millis(625)));
    let slow = format!(
        "create function slowly() returns trigger language plpgsql as \
         'begin perform pg_sleep({}); return null; end'; \
         create trigger slowly before insert on users for each statement execute function slowly()",
        part.as_secs_f64()
    );
    stage.connection().await.batch_execute(&slow).await.unwrap();
    let settings = PoolSettings { statement_timeout: limit, ..patient() };
    let pool = Pool::new(&stage.url, Purpose::General, &settings, Handle::current()).unwrap();
    let simulations = Simulations::new(office.clone(), pool, &stage.url, 500, Handle::current());
    let buyers = 2 * users::SIMULATED_AT_ONCE + 1;
    let report = simulations.run(event, buyers, stage.organizer).await.unwrap();
    assert_eq!((report.success_count, report.failed_count), (3, 0), "{report:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_server_is_gone_is_lost_and_one_that_is_worked_at_is_not() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 3).await;
    let test = id();
    let mut at_work = connect(&stage.url).await;
    simulations::claim(&mut at_work, test).await.unwrap();
    simulations::begin(&mut at_work, event, test, 10, None).await.unwrap();
    simulations::progress(&mut at_work, event, test, progress(4)).await.unwrap();
    let mut connection = stage.connection().await;
    let latest = simulations::latest(&mut connection, event).await.unwrap().unwrap();
    assert_eq!((latest.state, latest.users, latest.answered), (State::Running, 10, 4));

    drop(at_work);
    // PostgreSQL ends the session once it has noticed that the client is gone.
    let lost = ended(&mut connection, event).await;
    assert_eq!((lost.id, lost.state, lost.answered, lost.finished_at), (test, State::Lost, 4, None));
    simulations(&stage, &office).run(event, 5, stage.organizer).await.unwrap();
    let latest = simulations::latest(&mut connection, event).await.unwrap().unwrap();
    assert!(matches!(latest.state, State::Done(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_fails_half_way_says_so_and_the_next_one_may_run() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 3).await;
    let simulations = simulations(&stage, &office);
    let mut connection = stage.connection().await;
    // A person has the address of the second buyer.
    let thief = NewUser {
        id: id(),
        name: PersonName::parse("Thief").unwrap(),
        email: Email::parse("simulated-000002@simulation.invalid").unwrap(),
        password_hash: "!".into(),
        role: Role::Audience,
    };
    users::insert(&mut connection, &thief).await.unwrap();
    let started = simulations.start(event, 2, stage.organizer).await.unwrap();
    let failed = ended(&mut connection, event).await;
    assert_eq!((failed.id, failed.state, failed.answered), (started, State::Failed(Failure::Internal), 0));
    assert!(failed.finished_at.is_some());
    // A started stress test gives its turn back only after it has written down its end.
    let report =
        eventually("the turn is given back", async || match simulations.run(event, 1, stage.organizer).await {
            Err(SimulationError::Running) => None,
            report => Some(report.unwrap()),
        })
        .await;
    assert_eq!(report.success_count, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_breaks_the_counts_reports_a_broken_promise() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 1).await;
    stage
        .connection()
        .await
        .batch_execute(
            "alter table ticket_types drop constraint ticket_types_line, drop constraint ticket_types_idle; \
             create function a_seat_too_many() returns trigger language plpgsql as \
             'begin new.seats_remaining := 1; return new; end'; \
             create trigger a_seat_too_many before update on events \
             for each row when (new.waiting > 0) execute function a_seat_too_many(); \
             create trigger a_seat_too_many before update on ticket_types \
             for each row when (new.waiting > 0) execute function a_seat_too_many()",
        )
        .await
        .unwrap();

    let report = simulations(&stage, &office).run(event, 2, stage.organizer).await.unwrap();
    assert_eq!((report.capacity, report.final_seats_remaining), (1, 1));
    let broken: Vec<_> = report.promises.iter().filter(|kept| !kept.passed).map(|kept| kept.promise).collect();
    assert_eq!(broken, ["P1", "P2"]);
    let history = report.history.unwrap();
    assert!(!history.passed && history.violations > 0, "{history:?}");
    assert!(history.examples[0].starts_with("P1 at number"), "{history:?}");
}
