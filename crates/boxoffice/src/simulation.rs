//! The stress test: a crowd of simulated buyers through the very box office that real ones use, and what SQL found
//! afterwards.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::accounts::AccountKind;
use domain::commands::{Command, Done, Refusal};
use domain::events::Event;
use domain::ids::{EventId, RegistrationId, UserId};
use domain::registrations::RegistrationStatus;
use futures_util::{StreamExt, stream};
use repository::pools::{self, Pool};
use repository::promises::{self, Promise};
use repository::{AsyncPgConnection, events, rehearsals, users};
use serde::Serialize;
use thiserror::Error;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::office::{Answer, BoxOffice, Unanswered};
use crate::watch::BatchReport;

/// How many simulated registrations one transaction takes out: some hundred milliseconds of the event's lock.
const UNDO_CHUNK: usize = 5_000;

/// For how long all promises of one event may be checked.
const VERIFY_TIMEOUT: Duration = Duration::from_secs(600);

/// For how long a session that marks a stress test as running may take to open.
const CLAIM_TIMEOUT: Duration = Duration::from_secs(5);

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

/// What was undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Undone {
    /// Simulated registrations of the event itself that were taken out.
    pub removed: usize,
    /// Hidden copies that were taken away.
    pub rehearsals_removed: usize,
}

/// What a stress test showed. Times are in milliseconds.
#[derive(Debug, Clone, Serialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
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
#[derive(Debug, Clone, Serialize)]
pub struct Kept {
    /// P1 to P4.
    pub promise: &'static str,
    /// Whether all of its checks do.
    pub passed: bool,
    /// What was looked at.
    pub checks: Vec<Looked>,
}

/// One thing that was looked at.
#[derive(Debug, Clone, Serialize)]
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
    /// hidden copy, which is taken away again.
    ///
    /// It goes on to its end when nobody waits for it any more.
    pub async fn run(&self, event: EventId, buyers: u32, by: UserId) -> Result<Report, SimulationError> {
        let this = self.clone();
        self.to_its_end(async move || this.stress(event, buyers, by).await).await
    }

    /// On a thread of its own: the compiler cannot tell that what a pool runs for its callers may change threads.
    async fn to_its_end<T: Send + 'static>(
        &self,
        work: impl AsyncFnOnce() -> Result<T, SimulationError> + Send + 'static,
    ) -> Result<T, SimulationError> {
        let runtime = self.runtime.clone();
        let working = self.runtime.spawn_blocking(move || runtime.block_on(work()));
        // Lost only with the runtime.
        working.await.map_err(|_| Unanswered::OutcomeUnknown)?
    }

    async fn stress(&self, event: EventId, buyers: u32, by: UserId) -> Result<Report, SimulationError> {
        let _running = self.running.try_acquire().map_err(|_| SimulationError::Running)?;
        let found = self.find(event).await?;
        let mut claim = self.open_claim().await?;
        let on_itself = claim.take(event).await? && self.begin(event, by).await?;
        if on_itself {
            return self.crowd(event, &found, buyers, false).await;
        }
        let copy = EventId::from(Uuid::now_v7());
        claim.take(copy).await?;
        let report = self.rehearse(copy, &found, buyers, by).await;
        // What was found stands without it; what is left of it is cleaned up later.
        if let Err(error) = self.remove_copy(copy).await {
            tracing::warn!(%error, %copy, "the copy of a stress test is still there");
        }
        report
    }

    async fn rehearse(&self, copy: EventId, event: &Event, buyers: u32, by: UserId) -> Result<Report, SimulationError> {
        // Making a copy is not safe to do twice, so it is done once, on a connection that may turn out to be dead.
        rehearsals::create(&mut *self.pool.connection().await?, event, copy).await?;
        if !self.begin(copy, by).await? {
            return Err(SimulationError::Running);
        }
        self.crowd(copy, event, buyers, true).await
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
        let removed = self.take_out(event, Some(by)).await?;
        let rehearsals_removed = self.remove_copies(&mut claim, Some(event)).await?;
        Ok(Undone { removed, rehearsals_removed })
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

    async fn crowd(
        &self,
        target: EventId,
        event: &Event,
        buyers: u32,
        rehearsal: bool,
    ) -> Result<Report, SimulationError> {
        let new_id = || UserId::from(Uuid::now_v7());
        let crowd = self.pool.run(async |connection| users::simulated(connection, buyers, new_id).await).await?;
        let started_at = Instant::now();
        let (office, window) = (self.office.clone(), self.window);
        let asking = self.runtime.spawn(async move {
            stream::iter(crowd).map(|user| ask(&office, target, user)).buffer_unordered(window).collect().await
        });
        // Lost only with the runtime.
        let asked: Vec<Asked> = asking.await.map_err(|_| Unanswered::OutcomeUnknown)?;
        let duration = started_at.elapsed();

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
            event_id: event.id,
            rehearsal,
            capacity: after.capacity,
            total_attempted: buyers,
            success_count: 0,
            waitlisted_count: 0,
            failed_count: 0,
            failures: BTreeMap::new(),
            final_seats_remaining: after.seats_remaining,
            in_flight_max: self.window.min(usize::try_from(buyers).unwrap_or(usize::MAX)),
            duration_milliseconds: milliseconds(duration),
            throughput_per_second: f64::from(buyers) / duration.as_secs_f64().max(f64::MIN_POSITIVE),
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
        let mean = times.iter().sum::<f64>() / f64::from(count);
        Self { mean, p50: at(50), p95: at(95), p99: at(99), max: at(100) }
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
