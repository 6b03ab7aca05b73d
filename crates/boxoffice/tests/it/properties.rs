//! Random commands on the real box office and real PostgreSQL, beside the sequential model of `domain`.
//!
//! Two servers that share a database run the commands. The test then sorts them by the numbers that were stored with
//! them and plays them to the model in that order. Every answer and the final tables must be the model's.
//!
//! `ONSALE_OPERATIONS=n` runs n operations in each of the two tests (default 6,000). `ONSALE_SEED=n` repeats a run
//! whose failure printed that seed.

use std::collections::HashMap;
use std::env;

use boxoffice::{BoxOffice, Limits};
use chrono::{DateTime, Utc};
use domain::accounts::{AccountKind, Receiver, Role};
use domain::commands::{Authority, Command, Decided, Done, Order, Refusal};
use domain::events::{Event, EventChanges};
use domain::ids::{EventId, UserId};
use domain::limits::CAPACITY_MAX;
use domain::model::Model;
use domain::registrations::Registration;
use futures_util::future::join_all;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use testdb::{Fault, Wire};
use tokio::runtime::Runtime;

use crate::stage::{Stage, id, key, office_at, patient, patient_limits, person, remove};

/// People and keys are few, so that commands meet.
const PEOPLE: usize = 12;

/// Accounts that hand the event over to each other.
const ORGANIZERS: usize = 3;

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
    /// Gives up the n-th registration so far, because its person's account is deactivated.
    Release {
        nth: usize,
    },
    /// Takes the n-th registration so far away.
    Remove {
        nth: usize,
        may_book_again: bool,
    },
    Edit {
        changes: Box<EventChanges>,
        expected_version: Option<i64>,
    },
    /// Hands the event over to the n-th of the organizers, or to somebody who runs no events.
    HandOver {
        nth: usize,
        expected_version: Option<i64>,
    },
    Publish,
    Cancel,
    BeginSimulation,
    UndoSimulation {
        at_most: usize,
    },
}

/// A move, and the organizer, by number, by whose right it is sent; otherwise by an administrator's.
type Sent = (Move, Option<usize>);

fn sent() -> impl Strategy<Value = Sent> {
    (moves(), prop::option::weighted(0.3, 0..ORGANIZERS))
}

fn moves() -> impl Strategy<Value = Move> {
    let person = 0..PEOPLE;
    prop_oneof![
        30 => (person.clone(), prop::option::of(0..3_u8)).prop_map(|(person, key)| Move::Register { person, key }),
        6 => person.prop_map(|person| Move::Simulated { person }),
        22 => (0..64_usize, prop::bool::weighted(0.1)).prop_map(|(nth, stranger)| Move::GiveUp { nth, stranger }),
        2 => (0..64_usize).prop_map(|nth| Move::Release { nth }),
        4 => (0..64_usize, prop::bool::weighted(0.7))
            .prop_map(|(nth, may_book_again)| Move::Remove { nth, may_book_again }),
        8 => (edits(), prop::option::weighted(0.3, 1..8_i64))
            .prop_map(|(changes, expected_version)| Move::Edit { changes: Box::new(changes), expected_version }),
        3 => (0..=ORGANIZERS, prop::option::weighted(0.3, 1..8_i64))
            .prop_map(|(nth, expected_version)| Move::HandOver { nth, expected_version }),
        4 => Just(Move::Publish),
        1 => Just(Move::Cancel),
        3 => Just(Move::BeginSimulation),
        4 => (0..6_usize).prop_map(|at_most| Move::UndoSimulation { at_most }),
    ]
}

/// Edits of the capacity, mostly a small one so that people meet its edge, or of the details, or of both.
fn edits() -> impl Strategy<Value = EventChanges> {
    let capacity = || prop_oneof![10 => 0..8_i32, 1 => 8..=CAPACITY_MAX];
    let hour = |hour: i64| DateTime::from_timestamp(4_000_000_000 + hour * 3_600, 0).unwrap();
    let long_ago = || Just(Some(DateTime::UNIX_EPOCH));
    let opening = prop_oneof![2 => Just(None), 2 => long_ago(), 1 => (0..4_i64).prop_map(move |n| Some(hour(n)))];
    let details = (
        prop::option::of(prop_oneof![Just("Summit"), Just("Gala"), Just("")].prop_map(str::to_owned)),
        prop::option::weighted(0.2, (0..4_i64).prop_map(hour)),
        prop::option::weighted(0.4, (0..4_i64).prop_map(hour)),
        prop::option::weighted(0.2, opening.clone()),
        prop::option::weighted(0.2, opening),
    )
        .prop_map(|(title, starts_at, ends_at, sales_open_at, cancel_until)| EventChanges {
            title,
            starts_at,
            ends_at,
            sales_open_at,
            cancel_until,
            ..EventChanges::default()
        });
    prop_oneof![
        3 => capacity().prop_map(EventChanges::of_capacity),
        2 => (details, prop::option::weighted(0.2, capacity()))
            .prop_map(|(details, capacity)| EventChanges { capacity, ..details }),
    ]
}

/// Moves, and the fault that the commit of each meets. A lost commit is decided again.
fn moves_with_faults() -> impl Strategy<Value = (Sent, Option<Fault>)> {
    (sent(), prop::option::weighted(0.1, prop_oneof![Just(Fault::CutBefore), Just(Fault::CutAfter)]))
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
    organizers: &'a [UserId],
    /// Registrations that answers have told of, in that order.
    known: Vec<Registration>,
    played: Vec<Played>,
    before: Event,
}

/// A command that was answered.
struct Played {
    order: Order,
    decided: Decided,
    attempts_committed: usize,
}

impl Played {
    /// The model after this command, if the model gives the same answer.
    fn explained_by(&self, model: &Model) -> Option<Model> {
        let mut model = model.clone();
        (timeless(&self.answer_of(&mut model)) == timeless(&self.decided)).then_some(model)
    }

    /// The model's answer, which is that of the last attempt.
    fn answer_of(&self, model: &mut Model) -> Decided {
        for _ in 1..self.attempts_committed {
            model.carry_out(&self.order, Utc::now());
        }
        model.carry_out(&self.order, Utc::now())
    }
}

impl<'a> Run<'a> {
    async fn start(stage: &'a Stage, servers: &'a [BoxOffice], people: &'a [UserId], organizers: &'a [UserId]) -> Self {
        let event = stage.draft(3).await;
        let before = stage.row(event).await;
        let (known, played) = (Vec::new(), Vec::new());
        let mut run = Self { stage, servers, event, people, organizers, known, played, before };
        let publish = run.order(&(Move::Publish, Some(0)));
        run.play(vec![publish]).await;
        run
    }

    fn order(&self, (step, organizer): &Sent) -> Order {
        let by = organizer.map(|nth| self.organizers[nth]);
        let authority = if by.is_some() { Authority::Organizer } else { Authority::Any };
        Order { id: id(), by, authority, command: self.command(step) }
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
            Move::Release { nth } => match self.known.get(nth % self.known.len().max(1)) {
                Some(place) => Command::Release { registration: place.id, user: place.user },
                None => Command::Release { registration: id(), user: self.people[0] },
            },
            Move::Remove { nth, may_book_again } => {
                let place = self.known.get(nth % self.known.len().max(1));
                remove(place.map_or_else(id, |place| place.id), may_book_again)
            }
            Move::Edit { ref changes, expected_version } => {
                Command::Edit { changes: changes.clone(), expected_version }
            }
            Move::HandOver { nth, expected_version } => {
                let to = self.organizers.get(nth).copied().unwrap_or(self.people[0]);
                Command::HandOver { to, expected_version }
            }
            Move::Publish => Command::Publish,
            Move::Cancel => Command::Cancel,
            Move::BeginSimulation => Command::BeginSimulation,
            Move::UndoSimulation { at_most } => Command::UndoSimulation { at_most },
        }
    }

    /// Plays an order whose commit meets a fault on the wire to the first server.
    async fn play_with_fault(&mut self, wire: &Wire, order: Order, fault: Fault) {
        wire.arm(fault, "commit");
        self.play_from(0, vec![order], if fault == Fault::CutAfter { 2 } else { 1 }).await;
        wire.struck().await;
    }

    /// Plays these at once. The servers take turns, and the number played so far says whose turn it is.
    async fn play(&mut self, orders: Vec<Order>) {
        self.play_from(self.played.len(), orders, 1).await;
    }

    /// Plays these at once, the first of them on server `first`, the next on the next, and so on.
    async fn play_from(&mut self, first: usize, orders: Vec<Order>, attempts_committed: usize) {
        let event = self.event;
        let asked = orders.iter().enumerate().map(|(n, order)| {
            let server = &self.servers[(first + n) % self.servers.len()];
            let Order { by, authority, ref command, .. } = *order;
            async move {
                match by {
                    Some(by) => server.submit_with(event, command.clone(), by, authority).await,
                    None => server.submit(event, command.clone()).await,
                }
            }
        });
        let answers = join_all(asked).await;
        for (order, answer) in orders.into_iter().zip(answers) {
            let decided = answer.unwrap().decided;
            if let Ok(Done::Registered { registration, .. }) = &decided.outcome {
                self.known.push(registration.clone());
            }
            self.played.push(Played { order, decided, attempts_committed });
        }
    }

    /// Compares everything with the model.
    async fn check(mut self) -> Result<(), TestCaseError> {
        self.played.sort_by_key(|played| played.decided.as_of);
        let organizer = Receiver { role: Role::Organizer, is_active: true, events: 0 };
        let receivers: HashMap<_, _> = self.organizers.iter().map(|account| (*account, organizer)).collect();
        let mut model = Model::new(self.before.clone()).with_receivers(receivers);
        for same_number in self.played.chunk_by(|a, b| a.decided.as_of == b.decided.as_of) {
            // One of these took the number. The others saw what it left, or edited details, which takes none. Any order
            // that explains all will do: commands that change nothing go first, since an edit may hide what they saw.
            let mut left: Vec<_> = same_number.iter().collect();
            while !left.is_empty() {
                let explained =
                    || left.iter().enumerate().filter_map(|(n, played)| Some((n, played.explained_by(&model)?)));
                let unchanged =
                    |after: &Model| after.event() == model.event() && after.registrations() == model.registrations();
                let next = explained().find(|(_, after)| unchanged(after)).or_else(|| explained().next());
                let Some((next, after)) = next else {
                    let Played { order, decided, .. } = left[0];
                    let expected = left[0].answer_of(&mut model);
                    prop_assert_eq!(timeless(decided), timeless(&expected), "{:?}", order.command);
                    break;
                };
                left.remove(next);
                model = after;
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

/// Runs random moves, `ONSALE_OPERATIONS` in all and `at_once` of them at a time, and shrinks what fails. Commits meet
/// faults only if one move runs at a time: else nobody could tell which commands were decided twice.
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
    let (stage, people, organizers) = runtime.block_on(async {
        let stage = Stage::set().await;
        let people = stage.people(PEOPLE).await;
        let mut organizers = vec![stage.organizer];
        for _ in 1..ORGANIZERS {
            organizers.push(person(&mut stage.connection().await, "organizer").await);
        }
        (stage, people, organizers)
    });
    let (wire, servers) = runtime.block_on(async {
        let (wire, through) = Wire::to(&stage.url).await.unwrap();
        (wire, [office_at(&through, limits, &patient()), stage.office_with(limits, &patient())])
    });
    let result = runner.run(&vec(moves_with_faults(), MOVES), |moves| {
        runtime.block_on(async {
            let mut run = Run::start(&stage, &servers, &people, &organizers).await;
            for together in moves.chunks(at_once) {
                match together {
                    [(sent, Some(fault))] => run.play_with_fault(&wire, run.order(sent), *fault).await,
                    _ => run.play(together.iter().map(|(sent, _)| run.order(sent)).collect()).await,
                }
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
