//! Two servers with the real engine, a database that lets the real rules decide, and people who ask again until they
//! have an answer: every step that can happen, one at a time.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use boxoffice::Limits;
use boxoffice::engine::{End, Engine, Input};
use domain::admission::Attempt;
use domain::commands::Decided;
use domain::history::{Told, verdict};
use domain::ids::{EventId, OrderId, RegistrationId, UserId};
use repository::settlement::Deadlines;
use stateright::{Model, Property};
use uuid::Uuid;

use super::stored::Stored;
use crate::clock::at;

pub(crate) mod properties;
mod steps;

/// So many servers share the database.
const SERVERS: usize = 2;

/// A person who got no answer asks so often in all.
const ASKED_MAX: u8 = 2;

/// One step of the engines' time.
const STEP: Duration = Duration::from_secs(1);

const LIMITS: Limits = Limits {
    queue_per_event: 2,
    queue_total: 2,
    batch: 2,
    connections: 1,
    queued: Duration::from_secs(2),
    backoff: STEP,
    resolve: Duration::from_secs(2),
    // The engine does no I/O, so it uses no deadlines.
    deadlines: Deadlines { lock: Duration::ZERO, write: Duration::ZERO, commit: Duration::ZERO },
};

/// The steps of time within which everything that waits for nothing but time must have come to its end.
const STUCK_TIME_MAX: u32 = 12;

/// The price of a seat, if it has one.
pub(crate) const AMOUNT: i64 = 500;

/// The database's clock, in [`at`]'s steps: before and after the holds have run out.
const EARLY: i64 = 200;
const LATE: i64 = 260;

/// What a person, or an organizer, wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// A seat. Only with a key is it asked for again after an answer that leaves it open.
    Seat { has_key: bool },
    /// To give up what the n-th wish got.
    GiveUp(usize),
    /// To mark what the n-th wish got as paid.
    Pay(usize),
    /// So many seats in all: if nobody has edited the event, or in any case.
    Capacity { seats: i32, if_unedited: bool },
}

impl Wish {
    /// Whether it can be asked for again, without harm, when it may have come true already.
    fn is_repeatable(self) -> bool {
        match self {
            Self::Seat { has_key } => has_key,
            Self::GiveUp(_) | Self::Pay(_) => true,
            Self::Capacity { .. } => false,
        }
    }
}

/// A command in an engine's queue.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Ticket {
    /// The n-th wish, asked for the m-th time.
    Asked { wish: usize, time: u8 },
    /// Holds that a sweeper has found.
    Swept(Vec<RegistrationId>),
}

/// A deliberate fault, which the checker must find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Planted {
    AnswersBeforeCommit,
    LooksBeforeLock,
    RetriesBlindly,
    RefusesWhatWasTaken,
    ForgetsTheQueue,
    LapsesWithoutALook,
    ForgetsKeys,
}

/// A small world, and how much may go wrong in it.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) stored: Stored,
    pub(crate) wishes: Vec<Wish>,
    /// How many locks, statements, connections and processes may fail.
    pub(crate) failures: u8,
    /// How many sweeps there are, once the holds have run out.
    pub(crate) sweeps: u8,
    /// How many steps of time may pass while something else can happen.
    pub(crate) waits: u32,
    pub(crate) planted: Option<Planted>,
    /// The engines' time begins with it.
    pub(crate) start: Instant,
    pub(crate) seen: Arc<Mutex<BTreeSet<Rare>>>,
}

/// A transaction, as its server sees it.
#[derive(Debug, Clone, PartialEq, Hash)]
struct Transaction {
    batch: Vec<Ticket>,
    attempt: Attempt,
    /// When its server gives it up.
    until: Option<Instant>,
    stage: Stage,
}

#[derive(Debug, Clone, PartialEq, Hash)]
enum Stage {
    /// It waits for the row's lock. With [`Planted::LooksBeforeLock`], it has looked already.
    Waits(Option<Stored>),
    /// It has the lock, and has decided.
    Decided(Decision),
    /// Its commit is on the way. It still has the lock.
    Sent(Decision),
    /// It is committed, and its answer is on the way.
    Committed(Decision),
}

/// The end that a transaction comes to.
#[derive(Debug, Clone)]
struct Decision {
    after: Stored,
    answers: Vec<Decided>,
    digest: u64,
}

impl Decision {
    fn new(after: Stored, answers: Vec<Decided>) -> Self {
        let mut hasher = DefaultHasher::new();
        after.hash(&mut hasher);
        format!("{answers:?}").hash(&mut hasher);
        Self { after, answers, digest: hasher.finish() }
    }
}

impl PartialEq for Decision {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest
    }
}

impl Hash for Decision {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digest.hash(state);
    }
}

#[derive(Debug, Clone, PartialEq, Hash)]
struct Server {
    engine: Engine<Ticket>,
    transaction: Option<Transaction>,
    is_closed: bool,
}

/// A transaction that nobody waits for any more. It has the lock until the database has ended it.
#[derive(Debug, Clone, PartialEq, Hash)]
struct Orphan {
    /// What it stores, if its commit was sent and arrives.
    sent: Option<Stored>,
}

/// How far a wish has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Talk {
    Silent,
    /// Asked for, for the n-th time, and not answered yet.
    Asked {
        time: u8,
        server: usize,
    },
    /// Asked for so many times, without an answer that settles it.
    Open {
        times: u8,
    },
    Over,
}

/// Somebody with a wish.
#[derive(Debug, Clone, PartialEq, Hash)]
struct Person {
    talk: Talk,
    /// The highest number that anybody had heard of when this was first asked for.
    asked_after: i64,
    /// The registration that the answer was about.
    has: Option<RegistrationId>,
    /// What the answer told of it.
    told: Option<Told>,
    /// The times of asking of which it was told that they changed nothing.
    unchanged: Vec<u8>,
}

/// Everything at one moment.
#[derive(Debug, Clone, PartialEq, Hash)]
pub(crate) struct State {
    servers: Vec<Server>,
    stored: Stored,
    orphan: Option<Orphan>,
    people: Vec<Person>,
    /// Steps of the engines' time.
    time: u32,
    is_late: bool,
    failures_left: u8,
    sweeps_left: u8,
    /// How much is wrong, by the history.
    faults: usize,
    /// Whether the rules found rows that contradict each other.
    is_inconsistent: bool,
}

/// Something that happens seldom. A checker that never came upon it has shown nothing about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rare {
    TwoInABatch,
    /// A commit whose answer was lost had arrived.
    LostButCommitted,
    /// Somebody's registration was found by another attempt.
    FoundAgain,
    Busy,
    OutcomeUnknown,
    Promoted,
    Lapsed,
    /// A payment came too late, and made a new registration.
    PaidLate,
    Unpayable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    Ask {
        wish: usize,
        server: usize,
    },
    Sweep {
        server: usize,
    },
    Lock {
        server: usize,
    },
    SendCommit {
        server: usize,
    },
    Commit {
        server: usize,
    },
    Answer {
        server: usize,
    },
    /// The database ends a transaction that nobody waits for.
    EndOrphan {
        commits: bool,
    },
    /// A step of the engines' time.
    Wait,
    /// The holds run out.
    GetLate,
    /// The lock does not come in time.
    LockTimesOut {
        server: usize,
    },
    /// PostgreSQL refuses a statement.
    Refuse {
        server: usize,
    },
    /// The connection to the database breaks.
    Cut {
        server: usize,
    },
    /// The process dies, and another one takes its place.
    Crash {
        server: usize,
    },
    /// The process is told to stop.
    Close {
        server: usize,
    },
}

impl Model for World {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let silent = Person { talk: Talk::Silent, asked_after: 0, has: None, told: None, unchanged: Vec::new() };
        vec![State {
            servers: vec![Server::new(); SERVERS],
            stored: self.stored.clone(),
            orphan: None,
            people: vec![silent; self.wishes.len()],
            time: 0,
            is_late: false,
            failures_left: self.failures,
            sweeps_left: self.sweeps,
            faults: 0,
            is_inconsistent: false,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        for (wish, person) in state.people.iter().enumerate() {
            let may_ask = match (self.wishes[wish], person.talk) {
                (Wish::GiveUp(of) | Wish::Pay(of), Talk::Silent) => state.people[of].has.is_some(),
                (_, Talk::Silent | Talk::Open { .. }) => true,
                (_, Talk::Asked { .. } | Talk::Over) => false,
            };
            // The servers are alike.
            let servers = if wish == 0 && person.talk == Talk::Silent { 1 } else { SERVERS };
            actions.extend((0..servers).filter(|_| may_ask).map(|server| Action::Ask { wish, server }));
        }
        let is_free = state.orphan.is_none() && !state.servers.iter().any(Server::has_the_lock);
        for (server, Server { transaction, .. }) in state.servers.iter().enumerate() {
            match transaction.as_ref().map(|transaction| &transaction.stage) {
                Some(Stage::Waits(_)) if is_free => actions.push(Action::Lock { server }),
                Some(Stage::Decided(_)) => actions.push(Action::SendCommit { server }),
                Some(Stage::Sent(_)) => actions.push(Action::Commit { server }),
                Some(Stage::Committed(_)) => actions.push(Action::Answer { server }),
                Some(Stage::Waits(_)) | None => {}
            }
        }
        if let Some(Orphan { sent }) = &state.orphan {
            actions.push(Action::EndOrphan { commits: false });
            actions.extend(sent.is_some().then_some(Action::EndOrphan { commits: true }));
        }
        let is_stuck = actions.is_empty();
        if state.is_waited_for() && state.time < if is_stuck { STUCK_TIME_MAX } else { self.waits } {
            actions.push(Action::Wait);
        }
        if state.sweeps_left > 0 {
            if !state.is_late {
                actions.push(Action::GetLate);
            } else if !state.due().is_empty() {
                actions.extend((0..SERVERS).map(|server| Action::Sweep { server }));
            }
        }
        if state.failures_left > 0 {
            for (server, Server { transaction, is_closed, .. }) in state.servers.iter().enumerate() {
                match transaction.as_ref().map(|transaction| &transaction.stage) {
                    Some(Stage::Waits(_)) => actions.push(Action::LockTimesOut { server }),
                    Some(Stage::Decided(_) | Stage::Sent(_)) => {
                        actions.extend([Action::Refuse { server }, Action::Cut { server }]);
                    }
                    Some(Stage::Committed(_)) => actions.push(Action::Cut { server }),
                    None => {}
                }
                if transaction.is_some() && !is_closed {
                    actions.extend([Action::Crash { server }, Action::Close { server }]);
                }
            }
        }
    }

    fn next_state(&self, before: &State, action: Action) -> Option<State> {
        let mut state = before.clone();
        match action {
            Action::Ask { wish, server } => self.ask(&mut state, wish, server),
            Action::Sweep { server } => {
                state.sweeps_left -= 1;
                let payload = Ticket::Swept(state.due());
                self.step(&mut state, server, Input::Submit { event: event_id(), payload });
            }
            Action::Lock { server } => self.decide(&mut state, server),
            Action::SendCommit { server } | Action::Commit { server } => {
                let stage = state.servers[server].stage();
                match stage.clone() {
                    Stage::Decided(decision) => *stage = Stage::Sent(decision),
                    Stage::Sent(decision) => {
                        *stage = Stage::Committed(decision.clone());
                        self.store(&mut state, decision.after);
                    }
                    Stage::Waits(_) | Stage::Committed(_) => return None,
                }
            }
            Action::Answer { server } => {
                let Transaction { batch, stage, .. } = state.servers[server].transaction.take()?;
                if let Stage::Committed(decision) = stage {
                    self.answer(&mut state, &batch, &decision.answers);
                }
                self.step(&mut state, server, Input::Ended { event: event_id(), end: End::Answered });
            }
            Action::EndOrphan { commits } => {
                let Orphan { sent } = state.orphan.take()?;
                if let Some(stored) = sent.filter(|_| commits) {
                    self.see(Rare::LostButCommitted, true);
                    self.store(&mut state, stored);
                }
            }
            Action::Wait => self.wait(&mut state),
            Action::GetLate => state.is_late = true,
            Action::LockTimesOut { server } | Action::Refuse { server } | Action::Cut { server } => {
                state.failures_left -= 1;
                let transaction = state.servers[server].transaction.take()?;
                let end = match action {
                    Action::LockTimesOut { .. } => End::NoLock(transaction.batch),
                    Action::Refuse { .. } => End::RolledBack(transaction.batch),
                    _ => self.cut(&mut state, transaction),
                };
                self.step(&mut state, server, Input::Ended { event: event_id(), end });
            }
            Action::Crash { server } => {
                state.failures_left -= 1;
                let crashed = std::mem::replace(&mut state.servers[server], Server::new());
                self.cut(&mut state, crashed.transaction?);
                for wish in 0..self.wishes.len() {
                    if let Talk::Asked { time, server: of } = state.people[wish].talk
                        && of == server
                    {
                        self.leave_open(&mut state, wish, time, self.wishes[wish].is_repeatable());
                    }
                }
            }
            Action::Close { server } => {
                state.failures_left -= 1;
                state.servers[server].is_closed = true;
                if self.planted == Some(Planted::ForgetsTheQueue) {
                    let now = self.now(&state);
                    state.servers[server].engine.step(now, Input::Close);
                } else {
                    self.step(&mut state, server, Input::Close);
                }
            }
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        properties::all()
    }
}

impl Server {
    fn new() -> Self {
        Self { engine: Engine::new(LIMITS), transaction: None, is_closed: false }
    }

    fn has_the_lock(&self) -> bool {
        let stage = self.transaction.as_ref().map(|transaction| &transaction.stage);
        matches!(stage, Some(Stage::Decided(_) | Stage::Sent(_)))
    }

    fn stage(&mut self) -> &mut Stage {
        &mut self.transaction.as_mut().unwrap().stage
    }
}

impl State {
    /// Whether somebody waits for an answer.
    fn is_waited_for(&self) -> bool {
        self.people.iter().any(|person| matches!(person.talk, Talk::Asked { .. }))
    }

    /// The holds that a sweeper finds.
    fn due(&self) -> Vec<RegistrationId> {
        let now = at(if self.is_late { LATE } else { EARLY });
        let rows = self.stored.rows.values();
        rows.filter(|row| row.hold.is_some_and(|hold| hold.lapses_at <= now)).map(|row| row.id).collect()
    }

    /// Replays the history beside all answers.
    fn look(&mut self) {
        let told: Vec<Told> = self.people.iter().filter_map(|person| person.told).collect();
        self.faults = verdict(&self.stored.history(), &told).count;
    }
}

fn event_id() -> EventId {
    Uuid::from_u128(1).into()
}

fn user_id(wish: usize) -> UserId {
    Uuid::from_u128(100 + u128::try_from(wish).unwrap()).into()
}

fn order_id(wish: usize, time: u8) -> OrderId {
    Uuid::from(registration_id(wish, time)).into()
}

/// The id that a server makes for the n-th wish when it is asked for the m-th time.
fn registration_id(wish: usize, time: u8) -> RegistrationId {
    Uuid::from_u128(1_000 + 100 * u128::try_from(wish).unwrap() + 10 * u128::from(time)).into()
}
