//! The box office: performs the engine's effects on real connections.

use std::fmt::{self, Display, Formatter};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::admission::Attempt;
use domain::commands::{Authority, Command, Order};
use domain::ids::{EventId, OrderId, UserId};
use repository::errors::Blame;
use repository::pools::Pool;
use repository::settlement::{self, SettleError, Settled};
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::answers::{Answer, BatchReport, Unanswered};
use crate::engine::{Effect, End, Engine, Input, Why};
use crate::limits::Limits;
use crate::observer::{self, BatchFailure, Notice, Observer};
use crate::places::Joined;

/// How often the engine looks for commands that have waited too long.
const TICK: Duration = Duration::from_millis(50);

/// How often a closing box office looks whether every batch has ended.
const DRAIN_PAUSE: Duration = Duration::from_millis(5);

/// Decides every change of an event's seats. A handle: clones share one engine.
#[derive(Clone)]
pub struct BoxOffice {
    shared: Arc<Shared>,
}

struct Shared {
    engine: Mutex<Engine<Pending>>,
    pool: Pool,
    limits: Limits,
    runtime: Handle,
    observer: Observer,
}

/// An order, and where its answer goes.
struct Pending {
    order: Order,
    asked_at: Instant,
    reply: oneshot::Sender<Result<Answer, Unanswered>>,
}

impl BoxOffice {
    /// Opens the box office on a pool for [`Purpose::BoxOffice`](repository::pools::Purpose::BoxOffice). All of its
    /// work runs on `runtime`.
    pub fn open(pool: Pool, limits: Limits, runtime: Handle) -> Self {
        Self::open_observed(pool, limits, runtime, Arc::new(|_| {}))
    }

    /// [`BoxOffice::open`], with an observer.
    pub fn open_observed(pool: Pool, limits: Limits, runtime: Handle, observer: Observer) -> Self {
        let engine = Mutex::new(Engine::new(limits));
        let shared = Arc::new(Shared { engine, pool, limits, runtime: runtime.clone(), observer });
        let weak = Arc::downgrade(&shared);
        runtime.spawn(async move {
            let mut ticks = tokio::time::interval(TICK);
            ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                let Some(shared) = weak.upgrade() else { return };
                // Without ticks nothing would be refused in time, and no lost outcome would be looked for. The panic is
                // in the log already.
                let _ = catch_unwind(AssertUnwindSafe(|| shared.step(Input::Tick)));
            }
        });
        Self { shared }
    }

    /// Sends a command to an event's queue, and waits until its decision is committed.
    ///
    /// Dropping the future does not withdraw the command.
    pub async fn submit(&self, event: EventId, command: Command) -> Result<Answer, Unanswered> {
        self.send(event, command, None, Authority::Any).await
    }

    /// [`BoxOffice::submit`], with the account that the audit log names.
    pub async fn submit_by(&self, event: EventId, command: Command, by: UserId) -> Result<Answer, Unanswered> {
        self.submit_with(event, command, by, Authority::Any).await
    }

    /// [`BoxOffice::submit_by`], with the right by which the account sends the command.
    pub async fn submit_with(
        &self,
        event: EventId,
        command: Command,
        by: UserId,
        authority: Authority,
    ) -> Result<Answer, Unanswered> {
        self.send(event, command, Some(by), authority).await
    }

    async fn send(
        &self,
        event: EventId,
        command: Command,
        by: Option<UserId>,
        authority: Authority,
    ) -> Result<Answer, Unanswered> {
        let id = OrderId::from(Uuid::now_v7());
        let order = Order { id, by, authority, command };
        let (reply, answer) = oneshot::channel();
        self.shared.step(Input::Submit { event, payload: Pending { order, asked_at: Instant::now(), reply } });
        // The task that held the reply died. Its transaction may have committed.
        let answered = answer.await.unwrap_or(Err(Unanswered::OutcomeUnknown));
        if let Err(why @ (Unanswered::OutcomeUnknown | Unanswered::Failed)) = answered {
            // This line runs in the caller's span; the lines about the batch name the order only.
            tracing::warn!(%event, order = %id, %why, "the box office could not answer an order");
        }
        answered
    }

    /// Refuses queued and new commands, and waits until every batch in flight has ended.
    pub async fn close(&self) {
        self.shared.step(Input::Close);
        while !self.shared.lock().is_drained() {
            tokio::time::sleep(DRAIN_PAUSE).await;
        }
    }

    /// A pool like the box office's own. What goes on there takes no connection from a sale.
    pub(crate) fn another_pool(&self) -> Pool {
        self.shared.pool.another()
    }

    /// The present load.
    pub fn occupancy(&self) -> Occupancy {
        let engine = self.shared.lock();
        Occupancy { queued: engine.queued(), in_flight: engine.in_flight(), queues: engine.queues() }
    }
}

/// The load of a box office.
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
                Effect::Start { event, batch, attempt, until } => {
                    let flight = Flight { shared: Arc::clone(self), event, ended: false };
                    self.runtime.spawn(flight.run(batch, attempt, until));
                }
                Effect::Refuse { payload, why } => {
                    let unanswered = self.unanswered(why);
                    (self.observer)(Notice::Refused(unanswered));
                    // The caller may have gone away.
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

    /// Settles on a connection that is alive. A restarted database leaves a pool full of dead ones. Each fails at its
    /// first statement, before anything was changed.
    async fn settle(&self, event: EventId, orders: &[&Order], attempt: Attempt) -> Result<Settled, SettleError> {
        let started_at = Instant::now();
        let mut tries_left = self.limits.connections;
        loop {
            let mut connection = self.pool.connection().await.map_err(SettleError::NoLock)?;
            let settled = settlement::settle(&mut connection, event, orders, attempt, self.limits.deadlines).await;
            match settled {
                Err(SettleError::NoLock(error))
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

/// A batch in flight. The engine learns of its end even if it panics.
struct Flight {
    shared: Arc<Shared>,
    event: EventId,
    ended: bool,
}

impl Flight {
    async fn run(mut self, batch: Vec<Pending>, attempt: Attempt, until: Option<Instant>) {
        let orders: Vec<&Order> = batch.iter().map(|pending| &pending.order).collect();
        let queue_wait = batch.first().map(|pending| pending.asked_at.elapsed()).unwrap_or_default();
        let settling = self.shared.settle(self.event, &orders, attempt);
        let settled = match until {
            None => settling.await,
            // The outcome is as unknown as before, however far this attempt has come.
            Some(until) => tokio::time::timeout_at(until.into(), settling).await.unwrap_or_else(|_| {
                Err(SettleError::Unknown(repository::Error::Unavailable("the outcome was not found in time".into())))
            }),
        };
        let event = self.event;
        match settled {
            Ok(settled) => {
                let Settled { answers, after, lock_wait, lock_held, commit } = settled;
                let size = answers.len();
                let mut batch = batch;
                let rest = batch.split_off(size.min(batch.len()));
                // The next batch starts while this one's answers are sent.
                self.end(if rest.is_empty() { End::Answered } else { End::AnsweredInPart(rest) });
                let joined: Vec<_> = answers.iter().filter_map(|one| Joined::by(&one.outcome, &after)).collect();
                if !joined.is_empty() {
                    (self.shared.observer)(Notice::Joined(event, &joined));
                }
                let after = Arc::new(after);
                let report = Arc::new(BatchReport { size, queue_wait, lock_wait, lock_held, commit });
                let mut named = Vec::with_capacity(size);
                for (pending, decided) in batch.into_iter().zip(answers) {
                    named.push(observer::name(&pending.order.command, &decided.outcome));
                    let (after, batch) = (Arc::clone(&after), Arc::clone(&report));
                    let _ = pending.reply.send(Ok(Answer { decided, after, batch }));
                }
                // After the answers, so that counting delays nobody.
                let outcomes = observer::count(named);
                (self.shared.observer)(Notice::Settled { after: &after, report: &report, outcomes: &outcomes });
            }
            Err(SettleError::NoLock(error)) => {
                let orders = Orders(&batch);
                tracing::warn!(%event, %orders, error = ?error, "could not lock the event's row");
                self.unsettled(BatchFailure::NoLock, End::NoLock(batch));
            }
            Err(SettleError::RolledBack(error @ repository::Error::TimedOut(_))) => {
                let orders = Orders(&batch);
                tracing::warn!(%event, %orders, error = ?error, "a batch exceeded PostgreSQL's time limit");
                self.unsettled(BatchFailure::NoLock, End::NoLock(batch));
            }
            Err(SettleError::RolledBack(error)) if error.blame() == Blame::Environment => {
                let orders = Orders(&batch);
                tracing::error!(%event, %orders, error = ?error, "the database cannot carry out a batch");
                self.unsettled(BatchFailure::Environment, End::NoLock(batch));
            }
            Err(SettleError::RolledBack(error)) if error.blame() == Blame::Untold => {
                let orders = Orders(&batch);
                tracing::error!(%event, %orders, error = ?error, "the database failed to carry out a batch");
                self.unsettled(BatchFailure::RolledBack, End::Interrupted(batch));
            }
            Err(SettleError::RolledBack(error)) if error.is_of_connection() => {
                let orders = Orders(&batch);
                tracing::warn!(%event, %orders, error = ?error, "a batch lost its connection before its commit");
                self.unsettled(BatchFailure::Interrupted, End::Interrupted(batch));
            }
            Err(SettleError::RolledBack(error)) => {
                let orders = Orders(&batch);
                tracing::error!(%event, %orders, error = ?error, "a batch failed and was rolled back");
                self.unsettled(BatchFailure::RolledBack, End::RolledBack(batch));
            }
            Err(SettleError::Unknown(error)) => {
                let orders = Orders(&batch);
                tracing::warn!(%event, %orders, error = ?error, "the answer to a commit was lost");
                self.unsettled(BatchFailure::Unknown, End::Unknown(batch));
            }
            Err(SettleError::NoSuchEvent) => self.unsettled(BatchFailure::NoSuchEvent, End::NoSuchEvent(batch)),
            Err(SettleError::Inconsistent(inconsistent)) => {
                let orders = Orders(&batch);
                tracing::error!(%event, %orders, %inconsistent, "the stored rows contradict each other: a promise is broken");
                self.unsettled(BatchFailure::Inconsistent, End::Answered);
                let why = if attempt == Attempt::Again { Unanswered::OutcomeUnknown } else { Unanswered::Failed };
                for pending in batch {
                    (self.shared.observer)(Notice::Refused(why));
                    let _ = pending.reply.send(Err(why));
                }
            }
        }
    }

    fn unsettled(&mut self, failure: BatchFailure, end: End<Pending>) {
        (self.shared.observer)(Notice::Unsettled(failure));
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

/// The orders of a batch for a log line: their number, and the ids of the first ones.
struct Orders<'a>(&'a [Pending]);

impl Display for Orders<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        const NAMED_MAX: usize = 8;
        write!(f, "{}:", self.0.len())?;
        self.0.iter().take(NAMED_MAX).try_for_each(|pending| write!(f, " {}", pending.order.id))?;
        if self.0.len() > NAMED_MAX { f.write_str(" ...") } else { Ok(()) }
    }
}
