//! The box office: performs what the engine says, on real connections.

use std::fmt::{self, Display, Formatter};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::admission::Attempt;
use domain::commands::{Command, Decided, Order};
use domain::ids::{EventId, OrderId, UserId};
use repository::pools::Pool;
use repository::settlement::{self, Settled, Unsettled};
use thiserror::Error;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::engine::{Effect, End, Engine, Input, Why};
use crate::limits::Limits;
use crate::watch::{self, BatchReport, Happening, Setback, Watch};

/// A decision that is committed.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What was decided.
    pub decided: Decided,
    /// The transaction that it was decided in.
    pub batch: Arc<BatchReport>,
}

/// Why there is no decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unanswered {
    /// Too much is going on. Nothing was changed, for certain: ask again after that time.
    #[error("too much is going on")]
    Busy {
        /// Whole seconds, at least one.
        retry_after_seconds: u32,
    },
    /// The answer was lost, and could not be found in time: ask again with the same key.
    #[error("the outcome is not known")]
    OutcomeUnknown,
    /// There is no such event.
    #[error("no such event")]
    NoSuchEvent,
    /// Something is wrong with the system. Nothing was changed, for certain.
    #[error("the decision failed")]
    Failed,
}

/// How often waiting is looked at for being too long.
const TICK: Duration = Duration::from_millis(50);

/// How often a closing box office looks whether all has ended.
const DRAIN_PAUSE: Duration = Duration::from_millis(5);

/// Decides everything that changes an event's places. A handle: clones share one engine.
#[derive(Clone)]
pub struct BoxOffice {
    shared: Arc<Shared>,
}

struct Shared {
    engine: Mutex<Engine<Pending>>,
    pool: Pool,
    limits: Limits,
    runtime: Handle,
    watch: Watch,
}

/// A command, and who waits for its answer.
struct Pending {
    order: Order,
    asked_at: Instant,
    reply: oneshot::Sender<Result<Answer, Unanswered>>,
}

impl BoxOffice {
    /// Opens the box office on a pool for [`Purpose::BoxOffice`](repository::pools::Purpose::BoxOffice). Its work runs on
    /// `runtime`, whoever asks.
    pub fn open(pool: Pool, limits: Limits, runtime: Handle) -> Self {
        Self::open_watched(pool, limits, runtime, Arc::new(|_| {}))
    }

    /// [`BoxOffice::open`], with somebody who is told what happens.
    pub fn open_watched(pool: Pool, limits: Limits, runtime: Handle, watch: Watch) -> Self {
        let engine = Mutex::new(Engine::new(limits));
        let shared = Arc::new(Shared { engine, pool, limits, runtime: runtime.clone(), watch });
        let watched = Arc::downgrade(&shared);
        runtime.spawn(async move {
            let mut ticks = tokio::time::interval(TICK);
            ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                let Some(shared) = watched.upgrade() else { return };
                shared.step(Input::Tick);
            }
        });
        Self { shared }
    }

    /// Asks something of an event's places, and waits for the decision's commit.
    ///
    /// Dropping the future takes nothing back: what has been asked is decided.
    pub async fn submit(&self, event: EventId, command: Command) -> Result<Answer, Unanswered> {
        self.send(event, command, None).await
    }

    /// [`BoxOffice::submit`], with somebody who is answerable for it in the audit log.
    pub async fn submit_by(&self, event: EventId, command: Command, by: UserId) -> Result<Answer, Unanswered> {
        self.send(event, command, Some(by)).await
    }

    async fn send(&self, event: EventId, command: Command, by: Option<UserId>) -> Result<Answer, Unanswered> {
        let id = OrderId::from(Uuid::now_v7());
        let order = Order { id, by, command };
        let (reply, answer) = oneshot::channel();
        self.shared.step(Input::Submit { event, payload: Pending { order, asked_at: Instant::now(), reply } });
        // A reply is lost only with the task that held it, whose transaction may have committed.
        let answered = answer.await.unwrap_or(Err(Unanswered::OutcomeUnknown));
        if let Err(why @ (Unanswered::OutcomeUnknown | Unanswered::Failed)) = answered {
            // Ties the order, which the lines about its batch name, to whoever asked.
            tracing::warn!(%event, order = %id, %why, "an order was not answered");
        }
        answered
    }

    /// Refuses what is queued and whatever comes, and waits until what is in flight has ended.
    pub async fn close(&self) {
        self.shared.step(Input::Close);
        while !self.shared.lock().is_drained() {
            tokio::time::sleep(DRAIN_PAUSE).await;
        }
    }

    /// Commands that wait, batches in flight, and events that have a queue.
    pub fn occupancy(&self) -> Occupancy {
        let engine = self.shared.lock();
        Occupancy { queued: engine.queued(), in_flight: engine.in_flight(), queues: engine.queues() }
    }
}

/// How much is going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occupancy {
    /// Commands that wait.
    pub queued: usize,
    /// Transactions in flight.
    pub in_flight: usize,
    /// Events that have a queue.
    pub queues: usize,
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, Engine<Pending>> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn step(self: &Arc<Self>, input: Input<Pending>) {
        let effects = self.lock().step(Instant::now(), input);
        for effect in effects {
            match effect {
                Effect::Start { event, batch, attempt } => {
                    let flight = Flight { shared: Arc::clone(self), event, ended: false };
                    self.runtime.spawn(flight.run(batch, attempt));
                }
                Effect::Refuse { payload, why } => {
                    let unanswered = self.unanswered(why);
                    (self.watch)(Happening::Refused(unanswered));
                    // Nobody may be listening any more: that is theirs to decide.
                    let _ = payload.reply.send(Err(unanswered));
                }
            }
        }
    }

    fn unanswered(&self, why: Why) -> Unanswered {
        match why {
            Why::Busy => {
                let seconds = self.limits.backoff.as_secs().saturating_add(1);
                Unanswered::Busy { retry_after_seconds: u32::try_from(seconds).unwrap_or(u32::MAX) }
            }
            Why::OutcomeUnknown => Unanswered::OutcomeUnknown,
            Why::NoSuchEvent => Unanswered::NoSuchEvent,
            Why::Failed => Unanswered::Failed,
        }
    }

    /// Settles on a connection that is alive: a restarted database leaves a pool full of dead ones, and each is found out
    /// by its first statement, before anything was changed.
    async fn settle(&self, event: EventId, orders: &[&Order], attempt: Attempt) -> Result<Settled, Unsettled> {
        let started_at = Instant::now();
        let mut tries_left = self.limits.connections;
        loop {
            let mut connection = self.pool.connection().await.map_err(Unsettled::NoLock)?;
            let settled = settlement::settle(&mut connection, event, orders, attempt, self.limits.deadlines).await;
            match settled {
                Err(Unsettled::NoLock(error))
                    if error.is_of_connection()
                        && tries_left > 0
                        && started_at.elapsed() < self.limits.deadlines.lock =>
                {
                    tries_left -= 1;
                }
                settled => return settled,
            }
        }
    }
}

/// A batch on its way. However it ends, and were it by a panic, the engine learns of it.
struct Flight {
    shared: Arc<Shared>,
    event: EventId,
    ended: bool,
}

impl Flight {
    async fn run(mut self, batch: Vec<Pending>, attempt: Attempt) {
        let orders: Vec<&Order> = batch.iter().map(|pending| &pending.order).collect();
        let queue_wait = batch.first().map(|pending| pending.asked_at.elapsed()).unwrap_or_default();
        let settled = self.shared.settle(self.event, &orders, attempt).await;
        let event = self.event;
        match settled {
            Ok(settled) => {
                // The next batch goes while this one's people are told.
                self.end(End::Answered);
                let Settled { answers, event, lock_wait, lock_held, commit } = settled;
                let size = batch.len();
                let report = Arc::new(BatchReport { size, queue_wait, lock_wait, lock_held, commit });
                let mut named = Vec::with_capacity(size);
                for (pending, decided) in batch.into_iter().zip(answers) {
                    named.push(watch::name(&pending.order.command, &decided.outcome));
                    let _ = pending.reply.send(Ok(Answer { decided, batch: Arc::clone(&report) }));
                }
                // People are not kept waiting for counts.
                let outcomes = watch::count(named);
                (self.shared.watch)(Happening::Settled { event: &event, report: &report, outcomes: &outcomes });
            }
            Err(Unsettled::NoLock(error)) => {
                let orders = Orders(&batch);
                tracing::warn!(%event, %orders, error = ?error, "the event's lock was not had");
                self.unsettled(Setback::NoLock, End::NoLock(batch));
            }
            Err(Unsettled::RolledBack(error @ repository::Error::TimedOut(_))) => {
                let orders = Orders(&batch);
                tracing::warn!(%event, %orders, error = ?error, "a batch took too long");
                self.unsettled(Setback::NoLock, End::NoLock(batch));
            }
            Err(Unsettled::RolledBack(error)) if error.is_of_connection() => {
                let orders = Orders(&batch);
                tracing::warn!(%event, %orders, error = ?error, "a batch lost its connection");
                self.unsettled(Setback::Interrupted, End::Interrupted(batch));
            }
            Err(Unsettled::RolledBack(error)) => {
                let orders = Orders(&batch);
                tracing::error!(%event, %orders, error = ?error, "a batch was rolled back");
                self.unsettled(Setback::RolledBack, End::RolledBack(batch));
            }
            Err(Unsettled::Unknown(error)) => {
                let orders = Orders(&batch);
                tracing::warn!(%event, %orders, error = ?error, "a commit's answer was lost");
                self.unsettled(Setback::Unknown, End::Unknown(batch));
            }
            Err(Unsettled::NoSuchEvent) => self.unsettled(Setback::NoSuchEvent, End::NoSuchEvent(batch)),
            Err(Unsettled::Inconsistent(inconsistent)) => {
                let orders = Orders(&batch);
                tracing::error!(%event, %orders, %inconsistent, "a promise is broken");
                self.unsettled(Setback::Inconsistent, End::Answered);
                let why = if attempt == Attempt::Again { Unanswered::OutcomeUnknown } else { Unanswered::Failed };
                for pending in batch {
                    (self.shared.watch)(Happening::Refused(why));
                    let _ = pending.reply.send(Err(why));
                }
            }
        }
    }

    fn unsettled(&mut self, setback: Setback, end: End<Pending>) {
        (self.shared.watch)(Happening::Unsettled(setback));
        self.end(end);
    }

    fn end(&mut self, end: End<Pending>) {
        self.ended = true;
        self.shared.step(Input::Ended { event: self.event, end });
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        if !self.ended {
            self.end(End::Answered);
        }
    }
}

/// The orders of a batch, in a line of the log: how many, and which, if they are few.
struct Orders<'a>(&'a [Pending]);

impl Display for Orders<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        const NAMED_MAX: usize = 8;
        write!(f, "{}:", self.0.len())?;
        self.0.iter().take(NAMED_MAX).try_for_each(|pending| write!(f, " {}", pending.order.id))?;
        if self.0.len() > NAMED_MAX { f.write_str(" ...") } else { Ok(()) }
    }
}
