//! Scheduling: queues, batches, backpressure, retries and shutdown, as one step function without I/O.
//!
//! A command is *queued*, then *taken* into a batch. One batch of an event is in flight at a time. Commands that arrive
//! meanwhile wait and form the next batch. The first command of an idle event starts at once: no timer delays it.
//!
//! The running box office and the model checker in the tests drive the same [`Engine::step`].

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use domain::admission::Attempt;
use domain::ids::EventId;

use crate::limits::Limits;

/// After so many rollbacks a batch is split: a bug in one command is then likelier than a race.
pub const ROLLBACKS_MAX: u32 = 3;

/// The pause between two attempts to find a lost outcome. A database takes seconds to recover from a crash.
const RESOLVE_PAUSE: Duration = Duration::from_millis(250);

/// How many backoffs long an event stays suspect after its row could not be locked. While it waits for its turn to show
/// that it can be locked again, it stays suspect for longer.
const SUSPECT_BACKOFFS: u32 = 10;

/// An input of the engine.
#[derive(Debug)]
pub enum Input<P> {
    /// A command for an event.
    Submit {
        /// The event.
        event: EventId,
        /// The command.
        payload: P,
    },
    /// The transaction of an event has ended.
    Ended {
        /// The event.
        event: EventId,
        /// The way it ended.
        end: End<P>,
    },
    /// Time has passed.
    Tick,
    /// Shut down: queued and new commands are refused, batches in flight run to their end.
    Close,
}

/// How a transaction ended.
#[derive(Debug)]
pub enum End<P> {
    /// Every command of the batch is answered.
    Answered,
    /// The first commands of the batch are answered. These are not decided: they come first in the next batch.
    AnsweredInPart(Vec<P>),
    /// The event's row could not be locked in time, or the database was away, or it cannot write.
    NoLock(Vec<P>),
    /// A statement failed because of a row that it writes. The transaction was certainly rolled back.
    RolledBack(Vec<P>),
    /// The connection was lost before the commit was sent, or a statement failed for a reason that lies outside of the
    /// batch. The transaction is certainly rolled back.
    Interrupted(Vec<P>),
    /// The commit was sent, and its answer was lost.
    Unknown(Vec<P>),
    /// There is no such event.
    NoSuchEvent(Vec<P>),
}

/// An effect that the caller of the engine performs.
#[derive(Debug, PartialEq, Eq)]
pub enum Effect<P> {
    /// Decide this batch.
    Start {
        /// The event.
        event: EventId,
        /// The commands, in their order.
        batch: Vec<P>,
        /// Whether an earlier attempt may have committed.
        attempt: Attempt,
        /// When to give the decision up: the end of the search for a lost outcome, if one is lost.
        until: Option<Instant>,
    },
    /// Answer that there is no decision.
    Refuse {
        /// The command.
        payload: P,
        /// The reason.
        why: Why,
    },
}

/// Why a command gets no decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The box office is overloaded, or the event is. Certainly nothing was changed.
    Busy,
    /// The change may have been made. The same request with the same key finds out.
    OutcomeUnknown,
    /// There is no such event.
    NoSuchEvent,
    /// It failed repeatedly. Certainly nothing was changed.
    Failed,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Queued<P> {
    payload: P,
    since: Instant,
}

/// A batch that is decided again, before all commands that wait.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Retry<P> {
    batch: Vec<P>,
    attempt: Attempt,
    rollbacks: u32,
    /// When the outcome was lost, if so.
    unknown_since: Option<Instant>,
    not_before: Instant,
}

/// The engine's record of the batch in flight. The caller of the engine holds the commands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Flight {
    attempt: Attempt,
    rollbacks: u32,
    unknown_since: Option<Instant>,
    suspect: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Queue<P> {
    waiting: VecDeque<Queued<P>>,
    /// In their order. All of them come before `waiting`.
    retries: VecDeque<Retry<P>>,
    flight: Option<Flight>,
    /// In [`Engine::ready`].
    is_ready: bool,
    backoff_until: Option<Instant>,
    suspect_until: Option<Instant>,
}

impl<P> Queue<P> {
    fn new() -> Self {
        Self {
            waiting: VecDeque::new(),
            retries: VecDeque::new(),
            flight: None,
            is_ready: false,
            backoff_until: None,
            suspect_until: None,
        }
    }

    /// Whether a new queue would be no different.
    fn is_forgettable(&self) -> bool {
        self.waiting.is_empty() && self.retries.is_empty() && self.flight.is_none() && self.suspect_until.is_none()
    }

    fn wants_to_start(&self, now: Instant) -> bool {
        let retry_is_due = self.retries.front().map(|retry| retry.not_before <= now);
        self.flight.is_none() && !self.is_ready && retry_is_due.unwrap_or(!self.waiting.is_empty())
    }
}

/// The queues of all events.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Engine<P> {
    limits: Limits,
    queues: BTreeMap<EventId, Queue<P>>,
    /// Events that can start a batch, served in turn with one batch each, so that a hot event does not crowd out the
    /// others.
    ready: VecDeque<EventId>,
    queued: usize,
    in_flight: usize,
    suspects_in_flight: usize,
    closed: bool,
}

impl<P> Engine<P> {
    /// An engine without queues.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            queues: BTreeMap::new(),
            ready: VecDeque::new(),
            queued: 0,
            in_flight: 0,
            suspects_in_flight: 0,
            closed: false,
        }
    }

    /// Commands that wait.
    pub fn queued(&self) -> usize {
        self.queued
    }

    /// Batches in flight.
    pub fn in_flight(&self) -> usize {
        self.in_flight
    }

    /// Events that have a queue.
    pub fn queues(&self) -> usize {
        self.queues.len()
    }

    /// Whether every batch has ended after [`Input::Close`].
    pub fn is_drained(&self) -> bool {
        self.closed && self.in_flight == 0 && self.queues.values().all(|queue| queue.retries.is_empty())
    }

    /// Takes `input` and returns the effects to perform, in order.
    pub fn step(&mut self, now: Instant, input: Input<P>) -> Vec<Effect<P>> {
        let mut effects = Vec::new();
        match input {
            Input::Submit { event, payload } => self.submit(now, event, payload, &mut effects),
            Input::Ended { event, end } => self.ended(now, event, end, &mut effects),
            Input::Tick => self.tick(now, &mut effects),
            Input::Close => {
                self.closed = true;
                for queue in self.queues.values_mut() {
                    self.queued -= queue.waiting.len();
                    refuse_waiting(queue, Why::Busy, &mut effects);
                }
            }
        }
        self.dispatch(now, &mut effects);
        effects
    }

    fn submit(&mut self, now: Instant, event: EventId, payload: P, effects: &mut Vec<Effect<P>>) {
        let known = self.queues.get(&event);
        let is_full = self.queued >= self.limits.queue_total
            || known.is_some_and(|queue| {
                queue.waiting.len() >= self.limits.queue_per_event
                    || queue.backoff_until.is_some_and(|until| now < until)
            });
        if self.closed || is_full {
            effects.push(Effect::Refuse { payload, why: Why::Busy });
            return;
        }
        let queue = self.queues.entry(event).or_insert_with(Queue::new);
        queue.waiting.push_back(Queued { payload, since: now });
        self.queued += 1;
        self.make_ready(now, event);
    }

    fn ended(&mut self, now: Instant, event: EventId, end: End<P>, effects: &mut Vec<Effect<P>>) {
        let Some(queue) = self.queues.get_mut(&event) else { return };
        let Some(flight) = queue.flight.take() else { return };
        self.in_flight -= 1;
        self.suspects_in_flight -= usize::from(flight.suspect);
        let Flight { attempt, rollbacks, unknown_since, .. } = flight;
        match end {
            End::Interrupted(batch) if rollbacks + 1 < ROLLBACKS_MAX => {
                let retry = Retry { batch, attempt, rollbacks: rollbacks + 1, unknown_since, not_before: now };
                queue.retries.push_front(retry);
            }
            End::Answered => queue.suspect_until = None,
            End::AnsweredInPart(batch) => {
                queue.suspect_until = None;
                // An earlier attempt may have committed these, too.
                queue.retries.push_front(Retry { batch, attempt, rollbacks: 0, unknown_since, not_before: now });
            }
            End::NoLock(batch) | End::Interrupted(batch) => match unknown_since {
                Some(since) => {
                    let not_before = now + RESOLVE_PAUSE;
                    let retry = Retry { batch, attempt, rollbacks, unknown_since, not_before };
                    self.resolve_or_give_up(now, event, since, retry, effects);
                }
                None => {
                    queue.backoff_until = Some(now + self.limits.backoff);
                    queue.suspect_until = Some(now + self.limits.backoff * SUSPECT_BACKOFFS);
                    refuse_all(batch, Why::Busy, effects);
                    let (lost, rolled_back) = queue.retries.drain(..).partition(|retry| retry.unknown_since.is_some());
                    queue.retries = lost;
                    let rolled_back: VecDeque<Retry<P>> = rolled_back;
                    rolled_back.into_iter().for_each(|retry| refuse_all(retry.batch, Why::Busy, effects));
                    self.queued -= queue.waiting.len();
                    refuse_waiting(queue, Why::Busy, effects);
                }
            },
            End::RolledBack(mut batch) => {
                let rollbacks = rollbacks + 1;
                let retry = |batch| Retry { batch, attempt, rollbacks, unknown_since, not_before: now };
                if rollbacks < ROLLBACKS_MAX {
                    queue.retries.push_front(retry(batch));
                } else if batch.len() > 1 {
                    // One bad command must not fail the others.
                    let second_half = batch.split_off(batch.len() / 2);
                    queue.retries.push_front(retry(second_half));
                    queue.retries.push_front(retry(batch));
                } else {
                    let why = if attempt == Attempt::Again { Why::OutcomeUnknown } else { Why::Failed };
                    refuse_all(batch, why, effects);
                }
            }
            End::Unknown(batch) => {
                let since = unknown_since.unwrap_or(now);
                let unknown_since = Some(since);
                let retry = Retry { batch, attempt: Attempt::Again, rollbacks, unknown_since, not_before: now };
                self.resolve_or_give_up(now, event, since, retry, effects);
            }
            End::NoSuchEvent(batch) => {
                refuse_all(batch, Why::NoSuchEvent, effects);
                self.queued -= queue.waiting.len();
                refuse_waiting(queue, Why::NoSuchEvent, effects);
            }
        }
        self.make_ready(now, event);
    }

    fn resolve_or_give_up(
        &mut self,
        now: Instant,
        event: EventId,
        unknown_since: Instant,
        retry: Retry<P>,
        effects: &mut Vec<Effect<P>>,
    ) {
        let Some(queue) = self.queues.get_mut(&event) else { return };
        if now < unknown_since + self.limits.resolve {
            queue.retries.push_front(retry);
        } else {
            refuse_all(retry.batch, Why::OutcomeUnknown, effects);
        }
    }

    fn tick(&mut self, now: Instant, effects: &mut Vec<Effect<P>>) {
        let mut due = Vec::new();
        for (event, queue) in &mut self.queues {
            let is_late = |queued: &Queued<P>| queued.since + self.limits.queued <= now;
            while queue.waiting.front().is_some_and(is_late) {
                let Some(queued) = queue.waiting.pop_front() else { break };
                self.queued -= 1;
                effects.push(Effect::Refuse { payload: queued.payload, why: Why::Busy });
            }
            queue.backoff_until = queue.backoff_until.filter(|until| now < *until);
            // Many stuck events wait for their turn longer than one is suspect. As sound ones they would take all
            // connections again.
            queue.suspect_until = queue.suspect_until.filter(|until| now < *until || queue.is_ready);
            // A search that waits for a connection ends in time, too.
            let is_over =
                |retry: &Retry<P>| retry.unknown_since.is_some_and(|since| since + self.limits.resolve <= now);
            while let Some(retry) = queue.retries.pop_front_if(|retry| is_over(retry)) {
                refuse_all(retry.batch, Why::OutcomeUnknown, effects);
            }
            due.push(*event);
        }
        for event in due {
            self.make_ready(now, event);
        }
    }

    /// Queues an event that can start a batch. Drops the queue of an event that is idle.
    fn make_ready(&mut self, now: Instant, event: EventId) {
        let Some(queue) = self.queues.get_mut(&event) else { return };
        if queue.wants_to_start(now) {
            queue.is_ready = true;
            self.ready.push_back(event);
        } else if queue.is_forgettable() && !queue.is_ready {
            self.queues.remove(&event);
        }
    }

    /// Starts as many batches as there are connections. Suspect events get half of the connections at most, so that
    /// they cannot keep the other events waiting.
    fn dispatch(&mut self, now: Instant, effects: &mut Vec<Effect<P>>) {
        let suspects_max = (self.limits.connections / 2).max(1);
        for _ in 0..self.ready.len() {
            if self.in_flight >= self.limits.connections {
                return;
            }
            let Some(event) = self.ready.pop_front() else { return };
            let Some(queue) = self.queues.get_mut(&event) else { continue };
            let suspect = queue.suspect_until.is_some();
            if suspect && self.suspects_in_flight >= suspects_max {
                self.ready.push_back(event);
                continue;
            }
            queue.is_ready = false;
            let (batch, flight) = match queue.retries.pop_front() {
                Some(retry) => {
                    let Retry { batch, attempt, rollbacks, unknown_since, .. } = retry;
                    (batch, Flight { attempt, rollbacks, unknown_since, suspect })
                }
                None => {
                    let size = queue.waiting.len().min(self.limits.batch);
                    let batch: Vec<P> = queue.waiting.drain(..size).map(|queued| queued.payload).collect();
                    self.queued -= size;
                    (batch, Flight { attempt: Attempt::First, rollbacks: 0, unknown_since: None, suspect })
                }
            };
            if batch.is_empty() {
                if suspect {
                    // It waited in vain for its turn, and nobody knows more about it than before.
                    queue.suspect_until = Some(now + self.limits.backoff * SUSPECT_BACKOFFS);
                }
                self.make_ready(now, event);
                continue;
            }
            let attempt = flight.attempt;
            let until = flight.unknown_since.map(|since| since + self.limits.resolve);
            queue.flight = Some(flight);
            self.in_flight += 1;
            self.suspects_in_flight += usize::from(suspect);
            effects.push(Effect::Start { event, batch, attempt, until });
        }
    }
}

fn refuse_all<P>(batch: Vec<P>, why: Why, effects: &mut Vec<Effect<P>>) {
    effects.extend(batch.into_iter().map(|payload| Effect::Refuse { payload, why }));
}

fn refuse_waiting<P>(queue: &mut Queue<P>, why: Why, effects: &mut Vec<Effect<P>>) {
    refuse_all(queue.waiting.drain(..).map(|queued| queued.payload).collect(), why, effects);
}
