//! The stress test: a crowd of simulated buyers uses the box office that real buyers use, and SQL verifies the promises
//! afterwards.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use domain::accounts::AccountKind;
use domain::commands::{Command, Refusal};
use domain::events::Event;
use domain::history::{self, Told};
use domain::ids::{EventId, RegistrationId, UserId};
use domain::registrations::IdempotencyKey;
use domain::tickets::Choice;
use futures_util::{StreamExt, stream};
use repository::errors::Conflict;
use repository::pools::Pool;
use repository::promises;
use repository::simulations::{self, Failure, Next, Progress};
use repository::{AsyncPgConnection, databases, events, histories, rehearsals, tickets, users};
use serde_json::Value;
use thiserror::Error;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;
use uuid::Uuid;

mod choices;
mod claims;
mod classic;
mod course;
mod latencies;
pub mod leftovers;
mod machine;
mod report;
mod samples;
mod times;
pub mod undo;

use self::choices::Choices;
use self::claims::Claim;
use self::course::Course;
pub use self::course::Curve;
pub use self::latencies::Bucket;
pub use self::machine::{MachineReport, SettingReport};
use self::report::Asked;
pub use self::report::{CheckReport, ClassicMissing, ClassicReport, HistoryReport, PromiseReport, Report, TypeReport};
pub use self::times::Spread;
use self::times::{milliseconds, rounded};
use crate::answers::Unanswered;
use crate::office::BoxOffice;

/// How long the check of all promises of one event may take.
const VERIFY_TIMEOUT: Duration = Duration::from_secs(600);

/// How often the progress is stored, and a wish to stop is looked for.
const PROGRESS_EVERY: Duration = Duration::from_millis(250);

/// Runs stress tests, one at a time in each process, so that simulated buyers do not crowd out real ones. A handle.
#[derive(Clone)]
pub struct Simulations {
    office: BoxOffice,
    pool: Pool,
    database_url: Arc<str>,
    window: usize,
    running: Arc<Semaphore>,
    undoing: Arc<Semaphore>,
    runtime: Handle,
    key: Option<IdempotencyKey>,
    is_mixed: bool,
    is_dry: bool,
    is_compared: bool,
    /// Whether no crowd goes the classic way any more, because the process is about to stop.
    is_closing: Arc<AtomicBool>,
    /// Whether work that still goes on is to be left as it is, because the process stops.
    is_lost: watch::Sender<bool>,
}

/// Why there was no stress test, or no undo.
#[derive(Debug, Error)]
pub enum SimulationError {
    /// There is no such event.
    #[error("no such event")]
    NoSuchEvent,
    /// A stress test of the event is running, or any stress test on this server.
    #[error("a stress test is running")]
    Running,
    /// The event was cancelled.
    #[error("the event has been cancelled")]
    EventCancelled,
    /// The event has ended.
    #[error("the event has ended")]
    EventEnded,
    /// The box office refused a command. Nothing was changed.
    #[error("the box office refused a command of a stress test")]
    Refused(#[source] Refusal),
    /// The box office did not decide a command.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] repository::Error),
}

impl SimulationError {
    /// The failure that is stored for a stress test that had begun.
    fn failure(&self) -> Failure {
        use repository::Error::{TimedOut, Unavailable};
        match self {
            Self::Database(Unavailable(_) | TimedOut(_))
            | Self::Unanswered(Unanswered::Busy { .. } | Unanswered::OutcomeUnknown) => Failure::Unavailable,
            Self::Database(_)
            | Self::Refused(_)
            | Self::Unanswered(Unanswered::NoSuchEvent | Unanswered::Failed)
            | Self::NoSuchEvent
            | Self::Running
            | Self::EventCancelled
            | Self::EventEnded => Failure::Internal,
        }
    }

    /// The reason that a report gives if there is no comparison with the classic way.
    fn classic_missing(&self) -> ClassicMissing {
        match (self, self.failure()) {
            (Self::EventEnded | Self::EventCancelled, _) => ClassicMissing::NothingToBook,
            (_, Failure::Unavailable) => ClassicMissing::Unavailable,
            (_, Failure::Internal) => ClassicMissing::Internal,
        }
    }
}

impl Simulations {
    /// Stress tests through `office`, with at most `window` requests in flight. All of their work runs on `runtime`.
    pub fn new(office: BoxOffice, pool: Pool, database_url: &str, window: usize, runtime: Handle) -> Self {
        let [running, undoing] = [(); 2].map(|()| Arc::new(Semaphore::new(1)));
        let (database_url, window) = (database_url.into(), window.max(1));
        let is_lost = watch::Sender::new(false);
        let (key, is_mixed, is_dry, is_compared) = (None, false, false, false);
        Self {
            office,
            pool,
            database_url,
            window,
            running,
            undoing,
            runtime,
            key,
            is_mixed,
            is_dry,
            is_compared,
            is_closing: Arc::default(),
            is_lost,
        }
    }

    /// The same, with a key for the next stress test. Another one of the event with this key is refused as
    /// [`SimulationError::Running`]; [`repository::simulations::find_by_key`] finds the first.
    pub fn with_key(&self, key: Option<IdempotencyKey>) -> Self {
        Self { key, ..self.clone() }
    }

    /// The same, whose buyers ask for all ticket types, prices and numbers of seats in turn, if `is_mixed`. Otherwise each
    /// asks for one seat of the first type.
    pub fn with_mix(&self, is_mixed: bool) -> Self {
        Self { is_mixed, ..self.clone() }
    }

    /// The same, always on a hidden copy of the event, if `is_dry`. Nobody but its organizer and admins learns of it.
    pub fn with_dry_run(&self, is_dry: bool) -> Self {
        Self { is_dry, ..self.clone() }
    }

    /// The same, which lets the same crowd go the classic way afterwards, if `is_compared`: one transaction for each
    /// buyer, on a hidden copy, for ten seconds at most.
    pub fn with_classic(&self, is_compared: bool) -> Self {
        Self { is_compared, ..self.clone() }
    }

    /// Lets `buyers` simulated buyers try to book at once. `by` is the admin, for the audit log.
    ///
    /// An event without registrations is tested itself, and stays under test until [`Simulations::undo`]. Otherwise,
    /// and in a dry run, a hidden copy is tested, and deleted afterwards. Progress and report are stored in
    /// [`repository::simulations`].
    ///
    /// Dropping the future does not stop the test.
    pub async fn run(&self, event: EventId, buyers: u32, by: UserId) -> Result<Report, SimulationError> {
        let this = self.clone();
        self.run_to_end(async move || {
            let test = this.prepare(event, buyers, by).await?;
            this.carry_out(test).await
        })
        .await
    }

    /// [`Simulations::run`], which returns once the test has begun. The test is then stored as running under the
    /// returned id, and can fail but not be refused any more.
    pub async fn start(&self, event: EventId, buyers: u32, by: UserId) -> Result<Uuid, SimulationError> {
        let (tell, begun) = oneshot::channel();
        let this = self.clone();
        self.spawn(async move || {
            let prepared = this.prepare(event, buyers, by).await;
            let (begun, test) = match prepared {
                Ok(test) => (Ok(test.id), Some(test)),
                Err(error) => (Err(error), None),
            };
            // The caller may have gone away. The test goes on.
            let _ = tell.send(begun);
            if let Some(test) = test
                && let Err(error) = this.carry_out(test).await
            {
                tracing::error!(%error, %event, "a stress test failed");
            }
        });
        // Fails only if the runtime shuts down.
        begun.await.map_err(|_| Unanswered::OutcomeUnknown)?
    }

    /// Refuses new tests, and waits at most `patience` for the running one. The box office must be closed already, so
    /// that it refuses the test's buyers.
    pub async fn close(&self, patience: Duration) {
        self.is_closing.store(true, Ordering::Relaxed);
        let ended = tokio::time::timeout(patience, self.running.acquire());
        let is_over = ended.await.is_ok();
        self.running.close();
        self.is_lost.send_replace(true);
        if !is_over {
            tracing::warn!("a stress test was still running at the shutdown and is lost");
        }
    }

    async fn run_to_end<T: Send + 'static>(
        &self,
        work: impl AsyncFnOnce() -> Result<T, SimulationError> + Send + 'static,
    ) -> Result<T, SimulationError> {
        let done = self.spawn(work).await.ok().flatten();
        done.unwrap_or(Err(Unanswered::OutcomeUnknown.into()))
    }

    /// Runs `work` on a blocking thread, because the compiler cannot prove that the futures of a pool are `Send`. It
    /// has no result if it is left when the process stops.
    fn spawn<T: Send + 'static>(&self, work: impl AsyncFnOnce() -> T + Send + 'static) -> JoinHandle<Option<T>> {
        let (runtime, mut is_lost) = (self.runtime.clone(), self.is_lost.subscribe());
        self.runtime.spawn_blocking(move || {
            runtime.block_on(async move {
                tokio::select! {
                    biased;
                    done = work() => Some(done),
                    _ = is_lost.wait_for(|is_lost| *is_lost) => None,
                }
            })
        })
    }

    /// Puts the event, or a copy, under test, and stores that the stress test runs.
    async fn prepare(&self, event: EventId, buyers: u32, by: UserId) -> Result<Test, SimulationError> {
        let running = Arc::clone(&self.running).try_acquire_owned().map_err(|_| SimulationError::Running)?;
        let event = self.find(event).await?;
        let mut claim = Claim::open(&self.runtime, &self.database_url).await?;
        let id = Uuid::now_v7();
        match self.open(&mut claim, id, &event, buyers, by).await {
            Ok(copy) => Ok(Test {
                id,
                event,
                copy,
                buyers,
                by,
                classic: Course::default(),
                course: Arc::default(),
                is_stopped: Arc::default(),
                claim,
                _running: running,
            }),
            Err(error) => {
                claim.release().await;
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
        let on_itself = !self.is_dry && claim.take(event.id).await? && self.begin_on_itself(event.id, by).await?;
        let copy = if on_itself { None } else { Some(EventId::from(Uuid::now_v7())) };
        if let Some(copy) = copy {
            claim.take(copy).await?;
        }
        let opened = async {
            if let Some(copy) = copy {
                self.open_copy(event, copy, by).await?;
            }
            let event = event.id;
            let key = self.key.as_ref();
            let begin =
                async |connection: &mut AsyncPgConnection| simulations::begin(connection, event, id, buyers, key).await;
            match self.pool.run(begin).await {
                Ok(()) => Ok(copy),
                Err(repository::Error::Conflict(Conflict::KeyTaken)) => Err(SimulationError::Running),
                Err(error) => Err(error.into()),
            }
        }
        .await;
        if opened.is_err() {
            match copy {
                Some(copy) => self.close_copy(copy).await,
                None => self.reopen_or_later(event.id).await,
            }
        }
        opened
    }

    /// Makes a hidden copy of the event, and puts it under test.
    async fn open_copy(&self, event: &Event, copy: EventId, by: UserId) -> Result<(), SimulationError> {
        // Not safe to retry, so it does not use `Pool::run`. The connection may turn out to be dead.
        rehearsals::create(&mut *self.pool.connection().await?, event, copy).await?;
        if self.begin(copy, by).await? { Ok(()) } else { Err(SimulationError::Running) }
    }

    async fn carry_out(&self, mut test: Test) -> Result<Report, SimulationError> {
        let mut report = self.crowd(&test).await;
        match test.copy {
            Some(copy) => self.close_copy(copy).await,
            // It may have failed before its first buyer. Then there is nothing to look at, and nothing to undo.
            None if report.is_err() => self.reopen_or_later(test.event.id).await,
            None => {}
        }
        if self.is_compared
            && let Ok(report) = &mut report
        {
            // It is what is told if this process stops meanwhile.
            report.classic_missing = Some(ClassicMissing::Lost);
            self.keep_report(&test, report).await;
            match self.compare(&mut test, report).await {
                Ok(classic) => (report.classic, report.classic_missing) = (Some(classic), None),
                Err(reason) => {
                    report.classic_missing = Some(reason);
                    test.classic = Course::default();
                }
            }
        }
        // Before the end is stored: a client that reads the end may start an undo at once.
        test.claim.release().await;
        let told = match &report {
            Ok(report) => stored(report),
            Err(error) => Err(error.failure()),
        };
        let (event, id, progress) = (test.event.id, test.id, test.progress());
        let finish = async |connection: &mut AsyncPgConnection| {
            simulations::finish(connection, event, id, progress.clone(), told.clone()).await
        };
        // The caller gets the report even so.
        if let Err(error) = self.pool.run(finish).await {
            tracing::warn!(%error, %event, "could not store the report of a stress test");
        }
        report
    }

    /// Stores the report of the crowd, before the test has come to its end. A failure does not end the test.
    async fn keep_report(&self, test: &Test, report: &Report) {
        let Ok(report) = stored(report) else { return };
        let (event, id) = (test.event.id, test.id);
        let keep = async |connection: &mut AsyncPgConnection| {
            simulations::keep_report(connection, event, id, report.clone()).await
        };
        if let Err(error) = self.pool.run(keep).await {
            tracing::warn!(%error, %event, "could not keep the report of a stress test that goes on");
        }
    }

    async fn find(&self, event: EventId) -> Result<Event, SimulationError> {
        let found = self.pool.run(async |connection| events::find(connection, event).await).await?;
        found.filter(|event| event.rehearsal_of.is_none()).ok_or(SimulationError::NoSuchEvent)
    }

    /// [`Simulations::begin`] on an event that real people book. If nobody can say whether it began, the event is
    /// opened again.
    async fn begin_on_itself(&self, event: EventId, by: UserId) -> Result<bool, SimulationError> {
        let begun = self.begin(event, by).await;
        if let Err(SimulationError::Unanswered(Unanswered::OutcomeUnknown)) = begun {
            self.reopen_or_later(event).await;
        }
        begun
    }

    /// Puts the event under test. False if it has registrations, is a draft, or is under test already.
    async fn begin(&self, event: EventId, by: UserId) -> Result<bool, SimulationError> {
        match self.office.submit_by(event, Command::BeginSimulation, by).await?.decided.outcome {
            Ok(_) => Ok(true),
            Err(Refusal::EventCancelled) => Err(SimulationError::EventCancelled),
            Err(Refusal::EventEnded) => Err(SimulationError::EventEnded),
            Err(Refusal::EventNotEmpty | Refusal::EventUnderTest | Refusal::EventNotPublished { .. }) => Ok(false),
            Err(refusal) => Err(SimulationError::Refused(refusal)),
        }
    }

    async fn crowd(&self, test: &Test) -> Result<Report, SimulationError> {
        let (target, buyers) = (test.target(), test.buyers);
        let tickets = self.pool.run(async |connection| tickets::of_event(connection, target).await).await?;
        let seats = tickets.types.iter().map(|one| u32::try_from(one.seats.remaining()).unwrap_or(0)).sum();
        let choices = Choices::of(tickets, self.is_mixed);
        let crowd = self.make_crowd(buyers).await?;
        // To make a large crowd takes a while, and it may have been stopped meanwhile.
        self.store_progress(test).await;
        let (office, window) = (self.office.clone(), self.window);
        let (course, is_stopped) = (Arc::clone(&test.course), Arc::clone(&test.is_stopped));
        let asking = self.runtime.spawn(async move {
            let started_at = course.begin(seats);
            let sent = crowd.into_iter().enumerate().take_while(|_| !is_stopped.load(Ordering::Relaxed));
            let asked: Vec<Asked> = stream::iter(sent)
                .map(|(nth, user)| ask(&office, target, user, choices.nth(nth), started_at))
                .buffer_unordered(window)
                .inspect(|asked| course.answer(asked.outcome(), asked.latency))
                .collect()
                .await;
            course.end();
            (asked, started_at.elapsed())
        });
        // Fails only if the runtime shuts down.
        let (asked, duration) = self.await_crowd(test, asking).await.map_err(|_| Unanswered::OutcomeUnknown)?;

        let (counts, of_types, checks, history, durability) = self
            .pool
            .run_within(VERIFY_TIMEOUT, async |connection| {
                let checks = promises::verify(connection, Some(target)).await?;
                // Counts that contradict each other fail P1. The report must say so.
                let counts = events::stored_counts(connection, target).await?.ok_or(repository::Error::NotFound)?;
                let of_types = tickets::stored_counts(connection, target).await?;
                let history = histories::read(connection, target).await?.ok_or(repository::Error::NotFound)?;
                let durability = databases::durability(connection).await?;
                Ok((counts, of_types, checks, history, durability))
            })
            .await?;
        let promises = promises::of_seats()
            .map(|promise| {
                let mine = checks.iter().filter(|check| check.promise.code() == promise.code());
                let reported = |check: &promises::Check| {
                    let (violations, sql) = (check.violations, check.sql.clone());
                    CheckReport { what: check.what, violations, sql }
                };
                let checks: Vec<_> = mine.map(reported).collect();
                PromiseReport {
                    promise: promise.code(),
                    passed: checks.iter().all(|check| check.violations == 0),
                    checks,
                }
            })
            .collect();
        let mut told: Vec<_> = asked.iter().filter_map(Asked::told).collect();
        // Another server may have begun to undo the test, if this one had lost its claim. What buyers were told is then no
        // longer stored.
        if told.iter().map(Told::number).min().is_some_and(|first| history.is_undone_after(first)) {
            told.clear();
        }
        let attempted = u32::try_from(asked.len()).unwrap_or(u32::MAX);
        let mut report = Report {
            event_id: test.event.id,
            rehearsal: test.copy.is_some(),
            capacity: counts.capacity,
            stopped: attempted < buyers,
            total_attempted: attempted,
            success_count: 0,
            waitlisted_count: 0,
            failed_count: 0,
            failures: BTreeMap::new(),
            final_seats_remaining: counts.seats_remaining,
            in_flight_max: self.window.min(asked.len()),
            duration_milliseconds: milliseconds(duration),
            throughput_per_second: rounded(f64::from(attempted) / duration.as_secs_f64().max(f64::MIN_POSITIVE)),
            latency_milliseconds: Spread::of(asked.iter().map(|asked| asked.latency)),
            batches: 0,
            batch_size_max: 0,
            lock_held_milliseconds: Spread::of([]),
            lock_wait_milliseconds: Spread::of([]),
            ticket_types: of_types.into_iter().map(TypeReport::of).collect(),
            promises,
            history: Some(history::verdict(&history, &told).into()),
            machine: Some(MachineReport::of(durability)),
            classic: None,
            classic_missing: None,
        };
        report.count(asked);
        Ok(report)
    }

    /// The accounts of so many simulated buyers. Each part of them has the time of a statement, however many there are.
    async fn make_crowd(&self, buyers: u32) -> Result<Vec<UserId>, SimulationError> {
        let new_id = || UserId::from(Uuid::now_v7());
        let part = users::SIMULATED_AT_ONCE;
        let mut crowd = Vec::new();
        let mut first = 1;
        while first <= buyers {
            let last = buyers.min(first.saturating_add(part - 1));
            let made = self.pool.run(async |connection| users::simulated(connection, first..=last, new_id).await);
            crowd.extend(made.await?);
            first = last + 1;
        }
        Ok(crowd)
    }

    /// Waits for the crowd, and stores its progress.
    async fn await_crowd<T>(&self, test: &Test, asking: impl Future<Output = T>) -> T {
        // Side by side: the crowd of the classic way would stand still while its progress is stored.
        let asked = tokio::select! {
            asked = asking => asked,
            never = self.keep_progress(test) => match never {},
        };
        self.store_progress(test).await;
        asked
    }

    async fn keep_progress(&self, test: &Test) -> Infallible {
        let mut ticks = tokio::time::interval(PROGRESS_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.store_progress(test).await;
        }
    }

    /// Whether nobody has asked to stop the test, and the process does not stop.
    fn goes_on(&self, test: &Test) -> bool {
        !test.is_stopped.load(Ordering::Relaxed) && !self.is_closing.load(Ordering::Relaxed)
    }

    /// Stores how far the test has come, and hears whether it is to stop. A failure does not end the test.
    async fn store_progress(&self, test: &Test) {
        let (event, id, progress) = (test.event.id, test.id, test.progress());
        let store = async |connection: &mut AsyncPgConnection| {
            simulations::progress(connection, event, id, progress.clone()).await
        };
        match self.pool.run(store).await {
            Ok(Next::GoOn) => {}
            Ok(Next::Stop) => test.is_stopped.store(true, Ordering::Relaxed),
            Err(error) => tracing::warn!(%error, %event, "could not store the progress of a stress test"),
        }
    }
}

/// A running stress test. While it lives, no other runs in this process, and all servers see it as running.
struct Test {
    id: Uuid,
    event: Event,
    /// The hidden copy, unless the event itself is tested.
    copy: Option<EventId>,
    buyers: u32,
    by: UserId,
    course: Arc<Course>,
    /// The course of the same crowd the classic way.
    classic: Course,
    /// Whether nobody else is to ask.
    is_stopped: Arc<AtomicBool>,
    claim: Claim,
    _running: OwnedSemaphorePermit,
}

impl Test {
    fn target(&self) -> EventId {
        self.copy.unwrap_or(self.event.id)
    }

    fn progress(&self) -> Progress {
        let stored = |course: &Course| course.curve().and_then(|curve| serde_json::to_value(curve).ok());
        let (curve, classic_curve) = (stored(&self.course), stored(&self.classic));
        Progress { answered: self.course.answered(), curve, classic_curve }
    }
}

/// The report as it is stored.
fn stored(report: &Report) -> Result<Value, Failure> {
    serde_json::to_value(report).map_err(|error| {
        tracing::error!(%error, "could not serialize the report of a stress test");
        Failure::Internal
    })
}

async fn ask(office: &BoxOffice, event: EventId, user: UserId, choice: Choice, began: Instant) -> Asked {
    let registration = RegistrationId::from(Uuid::now_v7());
    let ticket_type = choice.ticket_type;
    let command =
        Command::Register { registration, user, buyer: AccountKind::Simulated, is_verified: false, key: None, choice };
    let asked_at = Instant::now();
    let answer = office.submit(event, command).await;
    Asked { ticket_type, answer, asked: asked_at - began, latency: asked_at.elapsed() }
}
