//! Commits whose outcome the box office does not learn at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use boxoffice::{Limits, Unanswered};
use domain::admission::Attempt;
use domain::commands::{Authority, Command, Done, Order, Origin};
use futures_util::future::join_all;
use futures_util::{StreamExt, stream};
use repository::pools::{Pool, PoolSettings, Purpose};
use repository::settlement::settle;
use testdb::patience::{eventually, scaled};
use testdb::{Fault, Wire};
use tokio::runtime::Handle;

use crate::stage::{
    Stage, connected, done, key, office_at, outcome, patient, patient_limits, person, register, register_with,
    registered,
};

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
    // That is short for opening one, so the command finds one open.
    connected(&office, event).await;

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
