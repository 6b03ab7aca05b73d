//! What lost stress tests leave, and how it is cleaned up.

use std::time::Duration;

use boxoffice::simulation::SimulationError;
use boxoffice::simulation::leftovers::Leftovers;
use boxoffice::{Limits, Unanswered};
use diesel_async::SimpleAsyncConnection;
use domain::accounts::AccountKind;
use domain::commands::Command;
use domain::tickets::Choice;
use repository::pools::PoolSettings;
use repository::rehearsals;
use repository::settlement::Deadlines;
use repository::simulations::State;
use testdb::patience::{eventually, scaled};
use testdb::{Fault, Wire};

use crate::stage::{
    Stage, connect, connected, done, ended, id, office_at, patient, patient_limits, register, registered, simulations,
};

#[tokio::test(flavor = "multi_thread")]
async fn copies_that_a_crash_left_are_cleaned_up_and_running_ones_stay() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 3).await;
    let row = stage.row(event).await;
    let (left, running) = (id(), id());
    let mut at_work = connect(&stage.url).await;
    rehearsals::create(&mut at_work, &row, left).await.unwrap();
    assert!(rehearsals::claim(&mut at_work, running).await.unwrap());
    rehearsals::create(&mut at_work, &row, running).await.unwrap();
    done(office.submit(left, Command::BeginSimulation).await);
    for user in stage.people(5).await {
        let command = Command::Register {
            registration: id(),
            user,
            buyer: AccountKind::Simulated,
            is_verified: true,
            key: None,
            choice: Choice::default(),
        };
        registered(office.submit(left, command).await);
    }
    let simulations = simulations(&stage, &office);

    let expected = Leftovers { copies_removed: 1, ..Leftovers::default() };
    assert_eq!(simulations.clean_up().await.unwrap(), expected);

    let copies = rehearsals::list(&mut stage.connection().await, None).await.unwrap();
    assert_eq!(copies, [running]);
    assert!(matches!(simulations.undo(running, stage.organizer).await, Err(SimulationError::NoSuchEvent)));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_cannot_be_written_down_leaves_its_event_to_real_people() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 3).await;
    let person = stage.people(1).await[0];
    let simulations = simulations(&stage, &office);
    let mut connection = stage.connection().await;
    connection.batch_execute("alter table simulations rename to not_there").await.unwrap();

    let refused = simulations.run(event, 2, stage.organizer).await;
    assert!(matches!(refused, Err(SimulationError::Database(_))), "{refused:?}");
    let refused = simulations.start(event, 2, stage.organizer).await;
    assert!(matches!(refused, Err(SimulationError::Database(_))), "{refused:?}");

    assert_eq!(stage.row(event).await.under_test_since, None);
    registered(office.submit(event, register(person)).await);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_beginning_is_lost_leaves_its_event_to_real_people() {
    let stage = Stage::set().await;
    let person = stage.people(1).await[0];
    let (wire, through) = Wire::to(&stage.url).await.unwrap();
    // A lost outcome is not looked for.
    let limits = Limits { resolve: Duration::ZERO, ..patient_limits() };
    let office = office_at(&through, limits, &patient());
    let event = stage.event(&office, 3).await;

    wire.arm(Fault::CutAfter, "commit");
    let lost = simulations(&stage, &office).run(event, 2, stage.organizer).await;
    wire.struck().await;

    assert!(
        matches!(lost, Err(SimulationError::Unanswered(Unanswered::OutcomeUnknown))),
        "nobody can say whether it began: {lost:?}"
    );
    assert_eq!(stage.row(event).await.under_test_since, None);
    registered(office.submit(event, register(person)).await);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_beginning_is_lost_with_the_database_leaves_its_event_to_real_people_later() {
    let stage = Stage::set().await;
    let sound = stage.office();
    let event = stage.event(&sound, 3).await;
    let (wire, through) = Wire::to(&stage.url).await.unwrap();
    // The box office loses the database for good. The stress test's own connections are sound.
    let settings = PoolSettings { connect_timeout: scaled(Duration::from_millis(100)), ..patient() };
    let limits = Limits { resolve: Duration::ZERO, ..patient_limits() };
    let office = office_at(&through, limits, &settings);
    // That is short for opening one, so the beginning finds one open.
    connected(&office, event).await;
    wire.arm(Fault::CutForGood, "commit");
    let lost = simulations(&stage, &office).run(event, 2, stage.organizer).await;
    wire.struck().await;
    assert!(matches!(lost, Err(SimulationError::Unanswered(Unanswered::OutcomeUnknown))), "{lost:?}");
    assert!(stage.row(event).await.under_test_since.is_some(), "it did begin");

    // Another server looks when it starts. The first one may be looking at this moment.
    let other = simulations(&stage, &sound);
    let reopened = eventually("the event is reopened", async || {
        let found = other.clean_up().await.unwrap();
        (!found.reopened.is_empty()).then_some(found)
    })
    .await;
    assert_eq!(reopened, Leftovers { reopened: vec![event], ..Leftovers::default() });
    assert_eq!(stage.row(event).await.under_test_since, None);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_begins_after_it_was_given_up_leaves_its_event_to_real_people() {
    let stage = Stage::set().await;
    let person = stage.people(1).await[0];
    let sound = stage.office();
    let event = stage.event(&sound, 3).await;
    let (wire, through) = Wire::to(&stage.url).await.unwrap();
    wire.linger();
    let short = scaled(Duration::from_millis(50));
    let deadlines = Deadlines { lock: short, commit: short, ..patient_limits().deadlines };
    let limits = Limits { queued: short, resolve: Duration::ZERO, deadlines, ..patient_limits() };
    let office = office_at(&through, limits, &patient());
    wire.arm(Fault::Hold, "commit");

    let lost = simulations(&stage, &office).run(event, 2, stage.organizer).await;
    assert!(matches!(lost, Err(SimulationError::Unanswered(Unanswered::OutcomeUnknown))), "{lost:?}");
    assert_eq!(stage.row(event).await.under_test_since, None, "its commit is on its way");
    wire.release();

    eventually("real people may book", async || {
        sound.submit(event, register(person)).await.ok().and_then(|answer| answer.decided.outcome.ok())
    })
    .await;
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_left_at_a_stop_is_known_to_be_lost() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 3).await;
    // No simulated buyer can be made.
    let mut stranger = stage.connection().await;
    stranger.batch_execute("begin; lock table users in share row exclusive mode").await.unwrap();
    let simulations = simulations(&stage, &office);
    simulations.start(event, 2, stage.organizer).await.unwrap();
    stage.wait_for_a_waiter().await;

    office.close().await;
    simulations.close(Duration::ZERO).await;

    assert_eq!(ended(&mut stage.connection().await, event).await.state, State::Lost);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lost_tests_have_left_is_told_and_running_ones_and_their_results_stay() {
    let stage = Stage::set().await;
    let office = stage.office();
    let simulations = simulations(&stage, &office);
    let (empty, running, done_with) =
        (stage.event(&office, 3).await, stage.event(&office, 3).await, stage.event(&office, 3).await);
    simulations.run(done_with, 5, stage.organizer).await.unwrap();
    let mut at_work = connect(&stage.url).await;
    assert!(rehearsals::claim(&mut at_work, running).await.unwrap());
    for event in [empty, running] {
        done(office.submit(event, Command::BeginSimulation).await);
    }

    let found = simulations.clean_up().await.unwrap();

    assert_eq!(found, Leftovers { copies_removed: 0, reopened: vec![empty], under_test: vec![done_with] });
    assert_eq!(stage.row(empty).await.under_test_since, None);
    assert!(stage.row(running).await.under_test_since.is_some());
    assert_eq!(stage.registrations(done_with).await.len(), 5);
    assert_eq!(simulations.clean_up().await.unwrap().reopened, []);
}
