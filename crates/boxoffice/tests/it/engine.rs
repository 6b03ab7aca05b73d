//! The model checker: it drives the engine's step function with random inputs, in any order that is possible.

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::{Duration, Instant};

use boxoffice::Limits;
use boxoffice::engine::{Effect, End, Engine, Input, Why};
use domain::admission::Attempt;
use domain::ids::EventId;
use proptest::collection::vec;
use proptest::prelude::*;
use repository::settlement::Deadlines;
use uuid::Uuid;

const BOUNDS: Limits = Limits {
    queue_per_event: 5,
    queue_total: 9,
    batch: 3,
    connections: 3,
    queued: Duration::from_millis(1_000),
    backoff: Duration::from_millis(100),
    resolve: Duration::from_millis(600),
    // The engine does no I/O, so it uses no deadlines.
    deadlines: Deadlines { lock: Duration::ZERO, write: Duration::ZERO, commit: Duration::ZERO },
};

#[derive(Debug, Clone, Copy)]
enum Step {
    Submit { event: u8 },
    Answered { nth: usize },
    NoLock { nth: usize },
    RolledBack { nth: usize },
    Interrupted { nth: usize },
    Unknown { nth: usize },
    NoSuchEvent { nth: usize },
    Pass { milliseconds: u64 },
    Close,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let nth = 0..3_usize;
    let one = prop_oneof![
        60 => (0..5_u8).prop_map(|event| Step::Submit { event }),
        20 => nth.clone().prop_map(|nth| Step::Answered { nth }),
        6 => nth.clone().prop_map(|nth| Step::NoLock { nth }),
        6 => nth.clone().prop_map(|nth| Step::RolledBack { nth }),
        6 => nth.clone().prop_map(|nth| Step::Interrupted { nth }),
        6 => nth.clone().prop_map(|nth| Step::Unknown { nth }),
        2 => nth.prop_map(|nth| Step::NoSuchEvent { nth }),
        20 => (1..200_u64).prop_map(|milliseconds| Step::Pass { milliseconds }),
        1 => Just(Step::Close),
    ];
    vec(one, 1..200)
}

type Ticket = u32;

struct Flight {
    event: EventId,
    batch: Vec<Ticket>,
    attempt: Attempt,
}

/// The state outside of the engine, and a record of its effects.
struct World {
    engine: Engine<Ticket>,
    now: Instant,
    flights: Vec<Flight>,
    submitted_at: HashMap<Ticket, (EventId, Instant)>,
    waiting: HashSet<Ticket>,
    resolved: HashSet<Ticket>,
    /// Tickets whose commit was sent once, and its answer lost.
    perhaps_committed: HashSet<Ticket>,
    last_taken: HashMap<EventId, Ticket>,
    /// When the outcome of each of these was lost.
    lost_at: HashMap<Ticket, Instant>,
    /// When an event's row could last not be locked.
    no_lock_at: HashMap<EventId, Instant>,
    /// The events whose row could not be locked, and has not been since.
    suspects: HashSet<EventId>,
    closed: bool,
}

impl World {
    fn new() -> Self {
        Self {
            engine: Engine::new(BOUNDS),
            now: Instant::now(),
            flights: Vec::new(),
            submitted_at: HashMap::new(),
            waiting: HashSet::new(),
            resolved: HashSet::new(),
            perhaps_committed: HashSet::new(),
            last_taken: HashMap::new(),
            lost_at: HashMap::new(),
            no_lock_at: HashMap::new(),
            suspects: HashSet::new(),
            closed: false,
        }
    }

    fn step(&mut self, input: Input<Ticket>) -> Result<(), TestCaseError> {
        for effect in self.engine.step(self.now, input) {
            match effect {
                Effect::Start { event, batch, attempt, until } => {
                    prop_assert!(!batch.is_empty() && batch.len() <= BOUNDS.batch);
                    prop_assert!(self.flights.iter().all(|flight| flight.event != event), "one in flight per event");
                    for ticket in &batch {
                        let (of, _) = self.submitted_at[ticket];
                        prop_assert_eq!(of, event);
                        prop_assert!(!self.resolved.contains(ticket));
                        if self.waiting.remove(ticket) {
                            let before = self.last_taken.insert(event, *ticket);
                            prop_assert!(before.is_none_or(|before| before < *ticket), "first come, first taken");
                        }
                    }
                    let again = batch.iter().any(|ticket| self.perhaps_committed.contains(ticket));
                    prop_assert_eq!(attempt == Attempt::Again, again, "looked for under the lock, or decided afresh");
                    let lost_at = batch.iter().filter_map(|ticket| self.lost_at.get(ticket)).min();
                    prop_assert_eq!(
                        until,
                        lost_at.map(|at| *at + BOUNDS.resolve),
                        "no search is longer than the bound"
                    );
                    self.flights.push(Flight { event, batch, attempt });
                    prop_assert!(self.flights.len() <= BOUNDS.connections);
                }
                Effect::Refuse { payload, why } => {
                    self.waiting.remove(&payload);
                    prop_assert!(self.resolved.insert(payload), "one answer each");
                    let unknown = self.perhaps_committed.contains(&payload);
                    match why {
                        Why::Busy | Why::Failed => prop_assert!(!unknown, "not called unchanged what may have changed"),
                        Why::OutcomeUnknown => prop_assert!(unknown),
                        Why::NoSuchEvent => {}
                    }
                }
            }
        }
        let queued = self.waiting.len();
        prop_assert_eq!(self.engine.queued(), queued);
        prop_assert_eq!(self.engine.in_flight(), self.flights.len());
        prop_assert!(queued <= BOUNDS.queue_total);
        for event in self.submitted_at.values().map(|(event, _)| *event).collect::<HashSet<_>>() {
            prop_assert!(self.waiting_for(event) <= BOUNDS.queue_per_event);
            let suspect = self.suspects.contains(&event);
            let busy = self.flights.iter().any(|flight| flight.event == event) || self.is_between_tries(event);
            if self.flights.len() < BOUNDS.connections && !busy && !suspect {
                prop_assert_eq!(self.waiting_for(event), 0, "nobody waits for nothing");
            }
        }
        Ok(())
    }

    fn waiting_for(&self, event: EventId) -> usize {
        self.waiting.iter().filter(|ticket| self.submitted_at[ticket].0 == event).count()
    }

    /// Whether a ticket of the event was taken, and is neither in flight nor answered.
    fn is_between_tries(&self, event: EventId) -> bool {
        let of_event = self.submitted_at.iter().filter(|(_, (of, _))| *of == event).map(|(ticket, _)| ticket);
        let in_flight: HashSet<_> = self.flights.iter().flat_map(|flight| &flight.batch).collect();
        of_event
            .filter(|ticket| !self.waiting.contains(ticket) && !self.resolved.contains(ticket))
            .any(|ticket| !in_flight.contains(ticket))
    }

    fn take(&mut self, step: Step) -> Result<(), TestCaseError> {
        match step {
            Step::Submit { event } => {
                let event = EventId::from(Uuid::from_u128(event.into()));
                let ticket = Ticket::try_from(self.submitted_at.len()).unwrap();
                let backs_off = self.no_lock_at.get(&event).is_some_and(|at| self.now < *at + BOUNDS.backoff);
                let is_full = self.waiting.len() >= BOUNDS.queue_total
                    || self.waiting_for(event) >= BOUNDS.queue_per_event
                    || backs_off
                    || self.closed;
                self.submitted_at.insert(ticket, (event, self.now));
                self.waiting.insert(ticket);
                self.step(Input::Submit { event, payload: ticket })?;
                prop_assert_eq!(self.resolved.contains(&ticket), is_full, "refused if there is no room, and only then");
                Ok(())
            }
            Step::Answered { nth } => self.end(nth, |world, batch| {
                world.suspects.remove(&world.submitted_at[&batch[0]].0);
                world.resolved.extend(batch);
                End::Answered
            }),
            Step::NoLock { nth } => self.end(nth, |world, batch| {
                let (event, _) = world.submitted_at[&batch[0]];
                // While the engine looks for a lost outcome, there is no backoff.
                if !batch.iter().any(|ticket| world.perhaps_committed.contains(ticket)) {
                    world.no_lock_at.insert(event, world.now);
                    world.suspects.insert(event);
                }
                End::NoLock(batch)
            }),
            Step::RolledBack { nth } => self.end(nth, |_, batch| End::RolledBack(batch)),
            Step::Interrupted { nth } => {
                let batch = self.flights.get(nth).map(|flight| flight.batch.clone()).unwrap_or_default();
                self.end(nth, |_, batch| End::Interrupted(batch))?;
                // After too many interruptions the engine backs off, as after a failed lock.
                let refused =
                    |ticket: &&Ticket| self.resolved.contains(ticket) && !self.perhaps_committed.contains(ticket);
                if let Some(ticket) = batch.first().filter(refused) {
                    let (event, _) = self.submitted_at[ticket];
                    self.no_lock_at.insert(event, self.now);
                    self.suspects.insert(event);
                }
                Ok(())
            }
            Step::Unknown { nth } => self.end(nth, |world, batch| {
                world.perhaps_committed.extend(&batch);
                for ticket in &batch {
                    world.lost_at.entry(*ticket).or_insert(world.now);
                }
                End::Unknown(batch)
            }),
            Step::NoSuchEvent { nth } => match self.flights.get(nth).map(|flight| flight.attempt) {
                // An event does not disappear once it exists.
                Some(Attempt::First) => self.end(nth, |_, batch| End::NoSuchEvent(batch)),
                _ => Ok(()),
            },
            Step::Pass { milliseconds } => {
                self.now += Duration::from_millis(milliseconds);
                self.step(Input::Tick)?;
                for ticket in &self.waiting {
                    let (_, since) = self.submitted_at[ticket];
                    prop_assert!(self.now < since + BOUNDS.queued, "nobody waits for longer than the bound");
                }
                let in_flight: HashSet<_> = self.flights.iter().flat_map(|flight| &flight.batch).collect();
                for (ticket, at) in &self.lost_at {
                    let is_looked_for = !self.resolved.contains(ticket) && !in_flight.contains(ticket);
                    prop_assert!(!is_looked_for || self.now < *at + BOUNDS.resolve, "a search that waits ends in time");
                }
                Ok(())
            }
            Step::Close => {
                self.closed = true;
                self.step(Input::Close)?;
                prop_assert!(self.waiting.is_empty());
                Ok(())
            }
        }
    }

    fn end(
        &mut self,
        nth: usize,
        how: impl FnOnce(&mut Self, Vec<Ticket>) -> End<Ticket>,
    ) -> Result<(), TestCaseError> {
        if nth >= self.flights.len() {
            return Ok(());
        }
        let Flight { event, batch, .. } = self.flights.remove(nth);
        let end = how(self, batch);
        self.step(Input::Ended { event, end })
    }

    /// From now on every batch succeeds.
    fn come_to_rest(&mut self) -> Result<(), TestCaseError> {
        for _ in 0..1_000 {
            while !self.flights.is_empty() {
                self.take(Step::Answered { nth: 0 })?;
            }
            self.take(Step::Pass { milliseconds: 50 })?;
            if self.engine.queues() == 0 {
                break;
            }
        }
        prop_assert_eq!(self.engine.queues(), 0, "idle events are forgotten");
        prop_assert_eq!(self.resolved.len(), self.submitted_at.len(), "everybody has an answer");
        prop_assert!(!self.closed || self.engine.is_drained());
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everybody_gets_one_true_answer_within_the_bounds_whatever_happens(steps in steps()) {
        let mut world = World::new();
        for step in steps {
            world.take(step)?;
        }
        world.come_to_rest()?;
    }
}

#[test]
fn an_idle_events_first_command_goes_at_once_and_what_waits_goes_together() {
    let mut engine = Engine::new(BOUNDS);
    let (event, now) = (EventId::from(Uuid::from_u128(1)), Instant::now());
    let submit = |engine: &mut Engine<u32>, payload| engine.step(now, Input::Submit { event, payload });
    let start =
        |batch: &[u32]| vec![Effect::Start { event, batch: batch.to_vec(), attempt: Attempt::First, until: None }];

    assert_eq!(submit(&mut engine, 1), start(&[1]));
    for payload in 2..=5 {
        assert_eq!(submit(&mut engine, payload), vec![]);
    }
    assert_eq!(engine.step(now, Input::Ended { event, end: End::Answered }), start(&[2, 3, 4]));
    assert_eq!(engine.step(now, Input::Ended { event, end: End::Answered }), start(&[5]));
    assert_eq!(engine.step(now, Input::Ended { event, end: End::Answered }), vec![]);
    assert_eq!(engine.queues(), 0);
}

#[test]
fn events_take_turns_however_long_the_queue_of_one_is() {
    let mut engine = Engine::new(Limits { connections: 1, ..BOUNDS });
    let (hot, quiet, now) = (EventId::from(Uuid::from_u128(1)), EventId::from(Uuid::from_u128(2)), Instant::now());
    for payload in 0..5 {
        engine.step(now, Input::Submit { event: hot, payload });
    }
    engine.step(now, Input::Submit { event: quiet, payload: 9 });
    let mut order = Vec::new();
    let mut event = hot;
    while let Some(Effect::Start { event: next, .. }) =
        engine.step(now, Input::Ended { event, end: End::Answered }).into_iter().next()
    {
        order.push(next);
        event = next;
    }
    assert_eq!(order, [quiet, hot, hot], "the quiet event waits for one batch of the hot one, not for its queue");
}

#[test]
fn events_whose_lock_was_not_had_get_half_of_the_connections() {
    let mut engine = Engine::new(Limits { connections: 4, queue_per_event: 50, queue_total: 50, ..BOUNDS });
    let mut now = Instant::now();
    let stuck: Vec<_> = (0..6_u128).map(|n| EventId::from(Uuid::from_u128(n))).collect();
    let started = |effects: Vec<Effect<u32>>| -> Vec<EventId> {
        let starts = effects.into_iter().filter_map(|effect| match effect {
            Effect::Start { event, .. } => Some(event),
            Effect::Refuse { .. } => None,
        });
        starts.collect()
    };
    let mut in_flight = Vec::new();
    for event in &stuck {
        in_flight.extend(started(engine.step(now, Input::Submit { event: *event, payload: 0 })));
    }
    assert_eq!(in_flight.len(), 4, "nobody knows yet that they are stuck");
    while let Some(event) = in_flight.pop() {
        in_flight.extend(started(engine.step(now, Input::Ended { event, end: End::NoLock(vec![0]) })));
    }

    now += BOUNDS.backoff;
    engine.step(now, Input::Tick);
    for event in &stuck {
        in_flight.extend(started(engine.step(now, Input::Submit { event: *event, payload: 0 })));
    }
    assert_eq!(in_flight.len(), 2);
    let sound = EventId::from(Uuid::from_u128(99));
    assert_eq!(started(engine.step(now, Input::Submit { event: sound, payload: 0 })), [sound]);
}

#[test]
fn one_bad_command_fails_alone() {
    let mut engine = Engine::new(Limits { batch: 8, queue_per_event: 20, queue_total: 20, ..BOUNDS });
    let (event, now) = (EventId::from(Uuid::from_u128(1)), Instant::now());
    let mut effects = engine.step(now, Input::Submit { event, payload: 0 });
    for payload in 1..=8 {
        engine.step(now, Input::Submit { event, payload });
    }
    let (mut answered, mut failed, mut transactions) = (Vec::new(), Vec::new(), 0);
    while !effects.is_empty() {
        let mut end = None;
        for effect in effects {
            match effect {
                Effect::Start { batch, .. } if batch.contains(&5) => end = Some(End::RolledBack(batch)),
                Effect::Start { batch, .. } => {
                    answered.extend(batch);
                    end = Some(End::Answered);
                }
                Effect::Refuse { payload, why } => {
                    assert_eq!(why, Why::Failed);
                    failed.push(payload);
                }
            }
        }
        let Some(end) = end else { break };
        transactions += 1;
        effects = engine.step(now, Input::Ended { event, end });
    }
    assert_eq!((answered, failed), (vec![0, 1, 2, 3, 4, 6, 7, 8], vec![5]), "in their order, but for the bad one");
    assert!(transactions < 12, "{transactions}");
    assert_eq!(engine.queues(), 0);
}

#[test]
fn many_stuck_events_stay_suspect_while_they_wait_for_their_turn() {
    const STEP: Duration = Duration::from_millis(100);
    const LOCK_TIMEOUT: Duration = Duration::from_secs(3);
    let queued = Duration::from_secs(10);
    let limits = Limits { connections: 4, queue_per_event: 50, queue_total: 5_000, queued, ..BOUNDS };
    let (mut engine, mut now) = (Engine::new(limits), Instant::now());
    let stuck: Vec<_> = (0..41_u128).map(|n| EventId::from(Uuid::from_u128(n))).collect();
    let sound = EventId::from(Uuid::from_u128(99));
    let mut in_flight: VecDeque<(EventId, Instant)> = VecDeque::new();
    let mut known = HashSet::new();
    let started = |effects: Vec<Effect<u32>>| {
        effects.into_iter().filter_map(|effect| match effect {
            Effect::Start { event, .. } => Some(event),
            Effect::Refuse { .. } => None,
        })
    };
    let mut tried = 0;
    // People ask for each of the events again and again, and sometimes for the one beside them.
    for _ in 0..1_200 {
        now += STEP;
        in_flight.extend(started(engine.step(now, Input::Tick)).map(|event| (event, now)));
        while let Some((event, _)) = in_flight.pop_front_if(|(_, since)| *since + LOCK_TIMEOUT <= now) {
            known.insert(event);
            let end = Input::Ended { event, end: End::NoLock(vec![0]) };
            in_flight.extend(started(engine.step(now, end)).map(|event| (event, now)));
        }
        for event in &stuck {
            let submit = Input::Submit { event: *event, payload: 0 };
            in_flight.extend(started(engine.step(now, submit)).map(|event| (event, now)));
        }
        if known.len() < stuck.len() {
            continue;
        }
        assert!(in_flight.len() <= 2, "stuck events have {} of 4 connections", in_flight.len());
        let first: Vec<_> = started(engine.step(now, Input::Submit { event: sound, payload: 0 })).collect();
        assert_eq!(first, [sound], "the event beside them waits for nothing");
        let end = Input::Ended { event: sound, end: End::Answered };
        in_flight.extend(started(engine.step(now, end)).map(|event| (event, now)));
        tried += 1;
    }
    assert!(tried > 500, "{tried}");
}
