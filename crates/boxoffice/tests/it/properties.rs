//! Random commands on the real box office and real PostgreSQL, beside the sequential model of `domain`.
//!
//! What ran, on two servers that share the database, is brought into the order of the numbers that were stored with it
//! and played to the model in that order: every answer and the final tables must be the model's.
//!
//! `ONSALE_OPERATIONS=n` runs so many operations in each of the two kinds (default 6,000); `ONSALE_SEED=n` repeats a run
//! whose failure printed that seed.

use std::env;

use boxoffice::{BoxOffice, Limits};
use chrono::{DateTime, Utc};
use domain::accounts::AccountKind;
use domain::commands::{Command, Decided, Done, Refusal};
use domain::events::{Event, EventChanges};
use domain::ids::{EventId, UserId};
use domain::model::Model;
use domain::registrations::Registration;
use futures_util::future::join_all;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use tokio::runtime::Runtime;

use crate::stage::{Stage, id, key, patient, patient_limits};

/// People and keys are few, so that commands meet.
const PEOPLE: usize = 12;

/// A command, with people and registrations by number: which ones they are is known only when it runs.
#[derive(Debug, Clone)]
enum Move {
    Register {
        person: usize,
        key: Option<u8>,
    },
    Simulated {
        person: usize,
    },
    /// Gives up the n-th registration so far, as its person or as somebody else.
    GiveUp {
        nth: usize,
        stranger: bool,
    },
    Capacity(i32),
    Publish,
    Cancel,
    BeginSimulation,
    UndoSimulation {
        at_most: usize,
    },
}

fn moves() -> impl Strategy<Value = Move> {
    let person = 0..PEOPLE;
    prop_oneof![
        30 => (person.clone(), prop::option::of(0..3_u8)).prop_map(|(person, key)| Move::Register { person, key }),
        6 => person.prop_map(|person| Move::Simulated { person }),
        22 => (0..64_usize, prop::bool::weighted(0.1)).prop_map(|(nth, stranger)| Move::GiveUp { nth, stranger }),
        8 => (0..8_i32).prop_map(Move::Capacity),
        4 => Just(Move::Publish),
        1 => Just(Move::Cancel),
        3 => Just(Move::BeginSimulation),
        4 => (1..6_usize).prop_map(|at_most| Move::UndoSimulation { at_most }),
    ]
}

fn environment(name: &str, default: u64) -> u64 {
    env::var(name).map(|text| text.parse().unwrap()).unwrap_or(default)
}

/// One event's run.
struct Run<'a> {
    stage: &'a Stage,
    servers: &'a [BoxOffice],
    event: EventId,
    people: &'a [UserId],
    /// Registrations that answers have told of, in that order.
    known: Vec<Registration>,
    played: Vec<(Command, Decided)>,
    before: Event,
}

impl<'a> Run<'a> {
    async fn start(stage: &'a Stage, servers: &'a [BoxOffice], people: &'a [UserId]) -> Self {
        let event = stage.draft(3).await;
        let before = stage.row(event).await;
        let mut run = Self { stage, servers, event, people, known: Vec::new(), played: Vec::new(), before };
        run.play(vec![Command::Publish]).await;
        run
    }

    fn command(&self, step: &Move) -> Command {
        match *step {
            Move::Register { person, key: number } => Command::Register {
                registration: id(),
                user: self.people[person],
                buyer: AccountKind::Person,
                key: number.and_then(|number| key(&format!("key-{number}"))),
            },
            Move::Simulated { person } => Command::Register {
                registration: id(),
                user: self.people[person],
                buyer: AccountKind::Simulated,
                key: None,
            },
            Move::GiveUp { nth, stranger } => match self.known.get(nth % self.known.len().max(1)) {
                Some(place) => {
                    let user = if stranger { self.stage.organizer } else { place.user };
                    Command::GiveUp { registration: place.id, user }
                }
                None => Command::GiveUp { registration: id(), user: self.people[0] },
            },
            Move::Capacity(capacity) => {
                Command::Edit { changes: Box::new(EventChanges::of_capacity(capacity)), expected_version: None }
            }
            Move::Publish => Command::Publish,
            Move::Cancel => Command::Cancel,
            Move::BeginSimulation => Command::BeginSimulation,
            Move::UndoSimulation { at_most } => Command::UndoSimulation { at_most },
        }
    }

    /// Plays these at once.
    async fn play(&mut self, commands: Vec<Command>) {
        let asked = commands.iter().enumerate().map(|(n, command)| {
            let server = &self.servers[n % self.servers.len()];
            server.submit(self.event, command.clone())
        });
        let answers = join_all(asked).await;
        for (command, answer) in commands.into_iter().zip(answers) {
            let decided = answer.unwrap().decided;
            if let Ok(Done::Registered { registration, .. }) = &decided.outcome {
                self.known.push(registration.clone());
            }
            self.played.push((command, decided));
        }
    }

    /// Compares everything with the model.
    async fn check(mut self) -> Result<(), TestCaseError> {
        self.played.sort_by_key(|(_, decided)| decided.as_of);
        let mut model = Model::new(self.before.clone());
        for same_number in self.played.chunk_by(|(_, a), (_, b)| a.as_of == b.as_of) {
            // One of these made the change; the others saw it, or saw what it left. Any order that explains all will do.
            let mut left: Vec<_> = same_number.iter().collect();
            while !left.is_empty() {
                let explained = left.iter().position(|(command, decided)| {
                    let answer = model.clone().apply(command, Utc::now());
                    timeless(&answer) == timeless(decided)
                });
                let Some(next) = explained else {
                    let (command, decided) = left[0];
                    let expected = model.apply(command, Utc::now());
                    prop_assert_eq!(timeless(decided), timeless(&expected), "{:?}", command);
                    break;
                };
                model.apply(&left.remove(next).0, Utc::now());
            }
        }
        let found = self.stage.registrations(self.event).await;
        let found: Vec<_> = found.into_iter().map(timeless_registration).collect();
        let expected: Vec<_> = model.registrations().iter().cloned().map(timeless_registration).collect();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(timeless_event(self.stage.row(self.event).await), timeless_event(model.event()));
        Ok(())
    }
}

fn timeless_registration(registration: Registration) -> Registration {
    let never = DateTime::UNIX_EPOCH;
    Registration {
        registered_at: never,
        confirmed_at: registration.confirmed_at.map(|_| never),
        cancelled_at: registration.cancelled_at.map(|_| never),
        ..registration
    }
}

fn timeless_event(event: Event) -> Event {
    Event { updated_at: DateTime::UNIX_EPOCH, ..event }
}

fn timeless(decided: &Decided) -> Decided {
    let outcome = match decided.outcome.clone() {
        Ok(Done::Registered { registration, origin, position }) => {
            Ok(Done::Registered { registration: timeless_registration(registration), origin, position })
        }
        Ok(Done::GivenUp(registration)) => Ok(Done::GivenUp(timeless_registration(registration))),
        Ok(Done::Changed(event)) => Ok(Done::Changed(Box::new(timeless_event(*event)))),
        Err(Refusal::AlreadyRegistered(registration)) => {
            Err(Refusal::AlreadyRegistered(Box::new(timeless_registration(*registration))))
        }
        other => other,
    };
    Decided { outcome, ..decided.clone() }
}

/// Runs random moves, so many in all, `at_once` of them at a time, and shrinks what fails.
fn agrees_with_the_model(at_once: usize, limits: Limits) {
    const MOVES: usize = 60;
    let operations = environment("ONSALE_OPERATIONS", 6_000);
    let seed = environment("ONSALE_SEED", u64::from(std::process::id()));
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let cases = u32::try_from(operations.div_ceil(MOVES as u64)).unwrap();
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 300, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, rng);

    let runtime = Runtime::new().unwrap();
    let (stage, people) = runtime.block_on(async {
        let stage = Stage::set().await;
        let people = stage.people(PEOPLE).await;
        (stage, people)
    });
    let office = || stage.office_with(limits, &patient());
    let servers = runtime.block_on(async { [office(), office()] });
    let result = runner.run(&vec(moves(), MOVES), |moves| {
        runtime.block_on(async {
            let mut run = Run::start(&stage, &servers, &people).await;
            for together in moves.chunks(at_once) {
                let commands = together.iter().map(|step| run.command(step)).collect();
                run.play(commands).await;
            }
            run.check().await
        })
    });
    match result {
        Ok(()) => runtime.block_on(stage.assert_promises()),
        Err(TestError::Fail(reason, moves)) => panic!("ONSALE_SEED={seed}: {reason}\nwith {moves:#?}"),
        Err(error) => panic!("ONSALE_SEED={seed}: {error}"),
    }
}

#[test]
fn one_command_at_a_time_agrees_with_the_model() {
    agrees_with_the_model(1, patient_limits());
}

#[test]
fn commands_at_once_agree_with_the_model_in_the_order_of_their_numbers() {
    agrees_with_the_model(20, Limits { batch: 7, ..patient_limits() });
}
