//! The stress test: a crowd of simulated buyers through the very box office that real ones use, and what SQL found
//! afterwards.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use domain::accounts::AccountKind;
use domain::commands::{Command, Done, Refusal};
use domain::events::Event;
use domain::ids::{EventId, RegistrationId, UserId};
use domain::registrations::RegistrationStatus;
use futures_util::{StreamExt, stream};
use repository::pools::{self, Pool};
use repository::promises::{self, Promise};
use repository::simulations::{self, Failure};
use repository::{AsyncPgConnection, events, rehearsals, users};
use serde::Serialize;
use thiserror::Error;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::office::{Answer, BoxOffice, Unanswered};
use crate::watch::BatchReport;

/// How many simulated registrations one transaction takes out: some hundred milliseconds of the event's lock.
const UNDO_CHUNK: usize = 5_000;

/// For how long all promises of one event may be checked.
const VERIFY_TIMEOUT: Duration = Duration::from_secs(600);

/// For how long a session that marks a stress test as running may take to open.
const CLAIM_TIMEOUT: Duration = Duration::from_secs(5);

/// How often it is written down how many buyers have their answer.
const PROGRESS_EVERY: Duration = Duration::from_millis(250);

/// Runs stress tests, one at a time in each process, so that simulated crowds do not crowd out real buyers. A handle.
#[derive(Clone)]
pub struct Simulations {
    office: BoxOffice,
    pool: Pool,
    database_url: Arc<str>,
    window: usize,
    running: Arc<Semaphore>,
    runtime: Handle,
}

/// Why there was no stress test, or no undo.
#[derive(Debug, Error)]
pub enum SimulationError {
    /// There is no such event.
    #[error("no such event")]
    NoSuchEvent,
    /// A stress test of the event, or any on this server, is running.
    #[error("a stress test is running")]
    Running,
    /// The event was called off.
    #[error("the event has been cancelled")]
    EventCancelled,
    /// The event is over.
    #[error("the event has ended")]
    EventEnded,
    /// The box office did not decide what had to be decided before or after.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    /// The database did not answer.
    #[error(transparent)]
    Database(#[from] repository::Error),
}

impl SimulationError {
    /// What is written down of it, once a stress test has begun.
    fn failure(&self) -> Failure {
        use repository::Error::{TimedOut, Unavailable};
        match self {
            Self::Database(Unavailable(_) | TimedOut(_))
            | Self::Unanswered(Unanswered::Busy { .. } | Unanswered::OutcomeUnknown) => Failure::Unavailable,
            Self::Database(_)
            | Self::Unanswered(Unanswered::NoSuchEvent | Unanswered::Failed)
            | Self::NoSuchEvent
            | Self::Running
            | Self::EventCancelled
            | Self::EventEnded => Failure::Internal,
        }
    }
}

/// What was undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Undone {
    /// Simulated registrations of the event itself that were taken out.
    pub removed: usize,
    /// Hidden copies that were taken away.
    pub rehearsals_removed: usize,
}

/// What a stress test showed. Times are in milliseconds.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Report {
    /// The event that was asked for.
    pub event_id: EventId,
    /// Whether it ran on a hidden copy, because people have places at the event itself, or nobody may book there.
    pub rehearsal: bool,
    /// Seats in all.
    pub capacity: i32,
    /// Simulated buyers.
    pub total_attempted: u32,
    /// Those who got a seat.
    pub success_count: u32,
    /// Those who got a place in line.
    pub waitlisted_count: u32,
    /// Those who got neither.
    pub failed_count: u32,
    /// Why they did not, and how many.
    pub failures: BTreeMap<String, u32>,
    /// Seats that are left, as SQL found.
    pub final_seats_remaining: i32,
    /// Requests in flight at once, at most.
    pub in_flight_max: usize,
    /// From the first request to the last answer.
    pub duration_milliseconds: f64,
    /// Answers by time.
    pub throughput_per_second: f64,
    /// From a request to its answer.
    pub latency_milliseconds: Spread,
    /// Transactions that it took.
    pub batches: usize,
    /// Requests in the largest of them.
    pub batch_size_max: usize,
    /// For how long the event's row was locked, by transaction.
    pub lock_held_milliseconds: Spread,
    /// For how long transactions waited for the lock.
    pub lock_wait_milliseconds: Spread,
    /// Each promise, as SQL found it.
    pub promises: Vec<Kept>,
}

/// How measured times are spread.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Spread {
    /// Their mean.
    pub mean: f64,
    /// Half are at most this.
    pub p50: f64,
    /// 95 in a hundred are at most this.
    pub p95: f64,
    /// 99 in a hundred are at most this.
    pub p99: f64,
    /// The longest.
    pub max: f64,
}

/// Whether a promise holds.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Kept {
    /// P1 to P4.
    pub promise: &'static str,
    /// Whether all of its checks do.
    pub passed: bool,
    /// What was looked at.
    pub checks: Vec<Looked>,
}

/// One thing that was looked at.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Looked {
    /// What must hold.
    pub what: &'static str,
    /// How often it does not.
    pub violations: i64,
}

impl Simulations {
    /// Stress tests through `office`, with at most `window` requests in flight. The crowd lives on `runtime`, whoever asks
    /// for it.
    pub fn new(office: BoxOffice, pool: Pool, database_url: &str, window: usize, runtime: Handle) -> Self {
        let running = Arc::new(Semaphore::new(1));
        Self { office, pool, database_url: database_url.into(), window: window.max(1), running, runtime }
    }

    /// `buyers` simulated buyers want a seat at once.
    ///
    /// On the event itself if nobody has a place there, which leaves it under test until [`Simulations::undo`]; else on a
    /// hidden copy, which is taken away again. How far it is, and its report, are written down as
    /// [`repository::simulations`] tells.
    ///
    /// It goes on to its end when nobody waits for it any more.
    pub async fn run(&self, event: EventId, buyers: u32, by: UserId) -> Result<Report, SimulationError> {
        let this = self.clone();
        self.to_its_end(async move || {
            let test = this.prepare(event, buyers, by).await?;
            this.carry_out(test).await
        })
        .await
    }

    /// [`Simulations::run`], without waiting for more than that it has begun: what would refuse it has been asked, and it is
    /// written down as running, under the id that is returned.
    pub async fn start(&self, event: EventId, buyers: u32, by: UserId) -> Result<Uuid, SimulationError> {
        let (tell, begun) = oneshot::channel();
        let this = self.clone();
        self.on_a_thread_of_its_own(async move || {
            let prepared = this.prepare(event, buyers, by).await;
            let (begun, test) = match prepared {
                Ok(test) => (Ok(test.id), Some(test)),
                Err(error) => (Err(error), None),
            };
            // It goes on also if nobody heard that it has begun.
            let _ = tell.send(begun);
            if let Some(test) = test
                && let Err(error) = this.carry_out(test).await
            {
                tracing::error!(%error, %event, "a stress test came to no report");
            }
        });
        // Lost only with the runtime.
        begun.await.map_err(|_| Unanswered::OutcomeUnknown)?
    }

    /// Takes no more, and waits that long for the one that is running, whose buyers a closed box office has refused.
    pub async fn close(&self, patience: Duration) {
        let ended = tokio::time::timeout(patience, self.running.acquire());
        let is_over = ended.await.is_ok();
        self.running.close();
        if !is_over {
            tracing::warn!("a stress test was still running, and is lost");
        }
    }

    async fn to_its_end<T: Send + 'static>(
        &self,
        work: impl AsyncFnOnce() -> Result<T, SimulationError> + Send + 'static,
    ) -> Result<T, SimulationError> {
        // Lost only with the runtime.
        self.on_a_thread_of_its_own(work).await.map_err(|_| Unanswered::OutcomeUnknown)?
    }

    /// The compiler cannot tell that what a pool runs for its callers may change threads.
    fn on_a_thread_of_its_own<T: Send + 'static>(
        &self,
        work: impl AsyncFnOnce() -> T + Send + 'static,
    ) -> JoinHandle<T> {
        let runtime = self.runtime.clone();
        self.runtime.spawn_blocking(move || runtime.block_on(work()))
    }

    /// Puts the event, or a copy, under test, and writes down that the stress test runs.
    async fn prepare(&self, event: EventId, buyers: u32, by: UserId) -> Result<Test, SimulationError> {
        let running = Arc::clone(&self.running).try_acquire_owned().map_err(|_| SimulationError::Running)?;
        let event = self.find(event).await?;
        let mut claim = self.open_claim().await?;
        let id = Uuid::now_v7();
        match self.open(&mut claim, id, &event, buyers, by).await {
            Ok(copy) => Ok(Test { id, event, copy, buyers, answered: Arc::default(), claim, _running: running }),
            Err(error) => {
                claim.release(event.id).await;
                Err(error)
            }
        }
    }

    /// Returns the copy, if the stress test is to run on one.
    async fn open(
        &self,
        claim: &mut Claim,
        id: Uuid,
        event: &Event,
        buyers: u32,
        by: UserId,
    ) -> Result<Option<EventId>, SimulationError> {
        claim.take_test(id).await?;
        let on_itself = claim.take(event.id).await? && self.begin(event.id, by).await?;
        let copy = if on_itself { None } else { Some(EventId::from(Uuid::now_v7())) };
        if let Some(copy) = copy {
            claim.take(copy).await?;
        }
        let opened = async {
            if let Some(copy) = copy {
                // Making a copy is not safe to do twice, so it is done once, on a connection that may turn out to be dead.
                rehearsals::create(&mut *self.pool.connection().await?, event, copy).await?;
                if !self.begin(copy, by).await? {
                    return Err(SimulationError::Running);
                }
            }
            let event = event.id;
            self.pool.run(async |connection| simulations::begin(connection, event, id, buyers).await).await?;
            Ok(copy)
        }
        .await;
        if opened.is_err() {
            match copy {
                Some(copy) => self.close_copy(copy).await,
                None => self.give_back(event.id, by).await,
            }
        }
        opened
    }

    async fn carry_out(&self, mut test: Test) -> Result<Report, SimulationError> {
        let report = self.crowd(&test).await;
        if let Some(copy) = test.copy {
            self.close_copy(copy).await;
        }
        // Before the end is written down: whoever reads that it has ended may undo it at once.
        test.claim.release(test.event.id).await;
        let told = match &report {
            Ok(report) => serde_json::to_value(report).map_err(|error| {
                tracing::error!(%error, "a report cannot be written down");
                Failure::Internal
            }),
            Err(error) => Err(error.failure()),
        };
        let (event, id, answered) = (test.event.id, test.id, test.answered());
        let finish = async |connection: &mut AsyncPgConnection| {
            simulations::finish(connection, event, id, answered, told.clone()).await
        };
        // What was found stands without it.
        if let Err(error) = self.pool.run(finish).await {
            tracing::warn!(%error, %event, "what a stress test came to could not be written down");
        }
        report
    }

    /// What is left of a copy is cleaned up later.
    async fn close_copy(&self, copy: EventId) {
        if let Err(error) = self.remove_copy(copy).await {
            tracing::warn!(%error, %copy, "the copy of a stress test is still there");
        }
    }

    /// Real people may book again at an event that was put under test for nothing.
    async fn give_back(&self, event: EventId, by: UserId) {
        if let Err(error) = self.take_out(event, Some(by)).await {
            tracing::error!(%error, %event, "the event is under test, and no stress test runs: it is to be undone");
        }
    }

    async fn open_claim(&self) -> Result<Claim, SimulationError> {
        let url = Arc::clone(&self.database_url);
        let opening = self.runtime.spawn(async move { pools::connect_once(&url, CLAIM_TIMEOUT).await });
        // Lost only with the runtime.
        let connection = opening.await.map_err(|_| SimulationError::Running)??;
        Ok(Claim { connection })
    }

    /// Takes the simulated registrations of the event out, and its hidden copies away.
    pub async fn undo(&self, event: EventId, by: UserId) -> Result<Undone, SimulationError> {
        let this = self.clone();
        self.to_its_end(async move || this.take_back(event, by).await).await
    }

    async fn take_back(&self, event: EventId, by: UserId) -> Result<Undone, SimulationError> {
        self.find(event).await?;
        let mut claim = self.open_claim().await?;
        if !claim.take(event).await? {
            return Err(SimulationError::Running);
        }
        let undone = async {
            let removed = self.take_out(event, Some(by)).await?;
            let rehearsals_removed = self.remove_copies(&mut claim, Some(event)).await?;
            Ok(Undone { removed, rehearsals_removed })
        }
        .await;
        claim.release(event).await;
        undone
    }

    /// Takes away hidden copies that a crash has left, of any server; returns how many. Copies of stress tests that are
    /// running stay.
    pub async fn clean_up(&self) -> Result<usize, SimulationError> {
        let mut claim = self.open_claim().await?;
        self.remove_copies(&mut claim, None).await
    }

    async fn find(&self, event: EventId) -> Result<Event, SimulationError> {
        let found = self.pool.run(async |connection| events::find(connection, event).await).await?;
        found.filter(|event| event.rehearsal_of.is_none()).ok_or(SimulationError::NoSuchEvent)
    }

    /// Puts the event under test; false if people have places there, or it is a draft, or under test already.
    async fn begin(&self, event: EventId, by: UserId) -> Result<bool, SimulationError> {
        match self.office.submit_by(event, Command::BeginSimulation, by).await?.decided.outcome {
            Ok(_) => Ok(true),
            Err(Refusal::EventCancelled) => Err(SimulationError::EventCancelled),
            Err(Refusal::EventEnded) => Err(SimulationError::EventEnded),
            Err(_) => Ok(false),
        }
    }

    async fn take_out(&self, event: EventId, by: Option<UserId>) -> Result<usize, SimulationError> {
        let mut all = 0;
        loop {
            let undo = Command::UndoSimulation { at_most: UNDO_CHUNK };
            let answer = match by {
                Some(by) => self.office.submit_by(event, undo, by).await?,
                None => self.office.submit(event, undo).await?,
            };
            let Ok(Done::SimulationUndone { removed, finished }) = answer.decided.outcome else { return Ok(all) };
            all += removed;
            if finished {
                return Ok(all);
            }
        }
    }

    async fn remove_copies(&self, claim: &mut Claim, of: Option<EventId>) -> Result<usize, SimulationError> {
        let copies = self.pool.run(async |connection| rehearsals::list(connection, of).await).await?;
        let mut removed = 0;
        for copy in copies {
            if claim.take(copy).await? {
                self.remove_copy(copy).await?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    async fn remove_copy(&self, copy: EventId) -> Result<(), SimulationError> {
        match self.take_out(copy, None).await {
            Ok(_) => {}
            Err(SimulationError::Unanswered(Unanswered::NoSuchEvent)) => return Ok(()),
            Err(error) => return Err(error),
        }
        Ok(self.pool.run(async |connection| rehearsals::delete(connection, copy).await).await?)
    }

    async fn crowd(&self, test: &Test) -> Result<Report, SimulationError> {
        let (target, buyers) = (test.target(), test.buyers);
        let new_id = || UserId::from(Uuid::now_v7());
        let crowd = self.pool.run(async |connection| users::simulated(connection, buyers, new_id).await).await?;
        let (office, window, answered) = (self.office.clone(), self.window, Arc::clone(&test.answered));
        let asking = self.runtime.spawn(async move {
            let started_at = Instant::now();
            let asked: Vec<Asked> = stream::iter(crowd)
                .map(|user| ask(&office, target, user))
                .buffer_unordered(window)
                .inspect(|_| {
                    answered.fetch_add(1, Ordering::Relaxed);
                })
                .collect()
                .await;
            (asked, started_at.elapsed())
        });
        // Lost only with the runtime.
        let (asked, duration) = self.watch(test, asking).await.map_err(|_| Unanswered::OutcomeUnknown)?;

        let (after, checks) = self
            .pool
            .run_within(VERIFY_TIMEOUT, async |connection| {
                let after = events::find(connection, target).await?.ok_or(repository::Error::NotFound)?;
                Ok((after, promises::verify(connection, Some(target)).await?))
            })
            .await?;
        let promises = Promise::ALL
            .into_iter()
            .map(|promise| {
                let mine = checks.iter().filter(|check| check.promise == promise);
                let checks: Vec<_> =
                    mine.map(|check| Looked { what: check.what, violations: check.violations }).collect();
                Kept { promise: promise.code(), passed: checks.iter().all(|check| check.violations == 0), checks }
            })
            .collect();
        let mut report = Report {
            event_id: test.event.id,
            rehearsal: test.copy.is_some(),
            capacity: after.capacity,
            total_attempted: buyers,
            success_count: 0,
            waitlisted_count: 0,
            failed_count: 0,
            failures: BTreeMap::new(),
            final_seats_remaining: after.seats_remaining,
            in_flight_max: self.window.min(usize::try_from(buyers).unwrap_or(usize::MAX)),
            duration_milliseconds: milliseconds(duration),
            throughput_per_second: rounded(f64::from(buyers) / duration.as_secs_f64().max(f64::MIN_POSITIVE)),
            latency_milliseconds: Spread::of(asked.iter().map(|asked| asked.latency)),
            batches: 0,
            batch_size_max: 0,
            lock_held_milliseconds: Spread::of([]),
            lock_wait_milliseconds: Spread::of([]),
            promises,
        };
        report.count(asked);
        Ok(report)
    }

    /// Waits for the crowd, and writes down now and then how far it is.
    async fn watch<T>(&self, test: &Test, mut asking: JoinHandle<T>) -> Result<T, tokio::task::JoinError> {
        let mut ticks = tokio::time::interval(PROGRESS_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut told = 0;
        loop {
            tokio::select! {
                asked = &mut asking => {
                    self.tell(test, told).await;
                    return asked;
                }
                _ = ticks.tick() => told = self.tell(test, told).await,
            }
        }
    }

    /// Returns what is written down now: it is no reason to end if it cannot be.
    async fn tell(&self, test: &Test, told: u32) -> u32 {
        let (event, id, answered) = (test.event.id, test.id, test.answered());
        if answered == told {
            return told;
        }
        match self.pool.run(async |connection| simulations::progress(connection, event, id, answered).await).await {
            Ok(()) => answered,
            Err(error) => {
                tracing::warn!(%error, %event, "how far a stress test is could not be written down");
                told
            }
        }
    }
}

/// A stress test that has begun. As long as it is there, no other runs in this process, and everybody sees that it runs.
struct Test {
    id: Uuid,
    event: Event,
    /// The hidden copy that it runs on, if not on the event itself.
    copy: Option<EventId>,
    buyers: u32,
    /// How many have their answer.
    answered: Arc<AtomicU32>,
    claim: Claim,
    _running: OwnedSemaphorePermit,
}

impl Test {
    fn target(&self) -> EventId {
        self.copy.unwrap_or(self.event.id)
    }

    fn answered(&self) -> u32 {
        self.answered.load(Ordering::Relaxed)
    }
}

async fn ask(office: &BoxOffice, event: EventId, user: UserId) -> Asked {
    let registration = RegistrationId::from(Uuid::now_v7());
    let command = Command::Register { registration, user, buyer: AccountKind::Simulated, key: None };
    let asked_at = Instant::now();
    let answer = office.submit(event, command).await;
    Asked { answer, latency: asked_at.elapsed() }
}

/// A session whose life marks stress tests as running, for all servers; a crash ends it.
struct Claim {
    connection: AsyncPgConnection,
}

impl Claim {
    async fn take(&mut self, event: EventId) -> Result<bool, repository::Error> {
        rehearsals::claim(&mut self.connection, event).await
    }

    /// Before anybody is told that the work has ended: they may begin the next at once.
    async fn release(&mut self, event: EventId) {
        if let Err(error) = rehearsals::release(&mut self.connection, event).await {
            // PostgreSQL releases it when it notices that the session is gone.
            tracing::warn!(%error, %event, "a stress test's claim on its event could not be released");
        }
    }

    async fn take_test(&mut self, id: Uuid) -> Result<(), repository::Error> {
        simulations::claim(&mut self.connection, id).await
    }
}

/// One simulated buyer's request.
struct Asked {
    answer: Result<Answer, Unanswered>,
    latency: Duration,
}

impl Report {
    fn count(&mut self, asked: Vec<Asked>) {
        let mut batches: Vec<Arc<BatchReport>> = Vec::new();
        for Asked { answer, .. } in asked {
            let reason = match answer {
                Ok(Answer { decided, batch }) => {
                    batches.push(batch);
                    match decided.outcome {
                        Ok(Done::Registered { registration, .. }) => match registration.status {
                            RegistrationStatus::Confirmed => {
                                self.success_count += 1;
                                continue;
                            }
                            RegistrationStatus::Waitlisted => {
                                self.waitlisted_count += 1;
                                continue;
                            }
                            RegistrationStatus::Cancelled => "cancelled".to_owned(),
                        },
                        Ok(_) => "another answer".to_owned(),
                        Err(refusal) => refusal.to_string(),
                    }
                }
                Err(unanswered) => unanswered.to_string(),
            };
            self.failed_count += 1;
            *self.failures.entry(reason).or_default() += 1;
        }
        batches.sort_by_key(Arc::as_ptr);
        batches.dedup_by(|a, b| Arc::ptr_eq(a, b));
        self.batches = batches.len();
        self.batch_size_max = batches.iter().map(|batch| batch.size).max().unwrap_or(0);
        self.lock_held_milliseconds = Spread::of(batches.iter().map(|batch| batch.lock_held));
        self.lock_wait_milliseconds = Spread::of(batches.iter().map(|batch| batch.lock_wait));
    }
}

impl Spread {
    /// How these are spread; all zero if there is none.
    pub fn of(times: impl IntoIterator<Item = Duration>) -> Self {
        let mut times: Vec<f64> = times.into_iter().map(milliseconds).collect();
        times.sort_by(f64::total_cmp);
        let at = |hundredths: usize| {
            let rank = (times.len() * hundredths).div_ceil(100).saturating_sub(1);
            times.get(rank).copied().unwrap_or(0.0)
        };
        let count = u32::try_from(times.len()).unwrap_or(u32::MAX).max(1);
        let mean = rounded(times.iter().sum::<f64>() / f64::from(count));
        Self { mean, p50: at(50), p95: at(95), p99: at(99), max: at(100) }
    }
}

fn milliseconds(time: Duration) -> f64 {
    rounded(time.as_secs_f64() * 1_000.0)
}

/// To thousandths: more is noise, and would not read back as the same number from what is written down.
fn rounded(number: f64) -> f64 {
    (number * 1_000.0).round() / 1_000.0
}
