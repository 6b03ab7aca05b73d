//! The report of a stress test, and the measures in it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use domain::commands::{Done, Origin};
use domain::history::{Told, Verdict, What};
use domain::ids::EventId;
use domain::tickets::TypeNumber;
use repository::tickets::StoredTypeCounts;
use serde::Serialize;
use utoipa::ToSchema;

use super::course::Outcome;
use super::machine::MachineReport;
use super::times::Spread;
use crate::answers::{Answer, BatchReport, Unanswered};

/// The report of a stress test. Times are in milliseconds.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Report {
    /// The event of the stress test.
    pub event_id: EventId,
    /// Whether a hidden copy was tested, because the event has registrations or cannot be booked.
    pub rehearsal: bool,
    /// The number of seats.
    pub capacity: i32,
    /// Whether it was stopped before all simulated buyers had asked.
    pub stopped: bool,
    /// The number of simulated buyers who asked.
    pub total_attempted: u32,
    /// Buyers who got a seat.
    pub success_count: u32,
    /// Buyers who joined the line.
    pub waitlisted_count: u32,
    /// Buyers who got neither.
    pub failed_count: u32,
    /// The reasons of those, and how many buyers each had.
    pub failures: BTreeMap<String, u32>,
    /// The seats that remain, verified in SQL.
    pub final_seats_remaining: i32,
    /// The most requests in flight at once.
    pub in_flight_max: usize,
    /// From the first request to the last answer.
    pub duration_milliseconds: f64,
    /// Answers per second.
    pub throughput_per_second: f64,
    /// From a request to its answer.
    pub latency_milliseconds: Spread,
    /// The number of transactions.
    pub batches: usize,
    /// The requests in the largest transaction.
    pub batch_size_max: usize,
    /// How long transactions held the lock of the event's row.
    pub lock_held_milliseconds: Spread,
    /// How long transactions waited for that lock.
    pub lock_wait_milliseconds: Spread,
    /// What became of each ticket type.
    pub ticket_types: Vec<TypeReport>,
    /// The promises, verified in SQL.
    pub promises: Vec<PromiseReport>,
    /// The history of the event, replayed one decision at a time, beside the answers of all buyers. Reports of an earlier
    /// version have none.
    #[schema(required)]
    pub history: Option<HistoryReport>,
    /// The machine, and whether its commits are durable. Reports of an earlier version have none.
    #[schema(required)]
    pub machine: Option<MachineReport>,
    /// The same crowd the classic way, if that was wanted and could be done.
    #[schema(required)]
    pub classic: Option<ClassicReport>,
    /// Why there are no figures of the classic way, if they were wanted. Reports of an earlier version do not say it.
    #[schema(required)]
    pub classic_missing: Option<ClassicMissing>,
}

/// Why a report has no figures of the classic way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ClassicMissing {
    /// The stress test was stopped before, or its server was about to stop.
    Stopped,
    /// The event has nothing that anybody can book, or has ended meanwhile.
    NothingToBook,
    /// The database was away or too slow, or the box office was busy.
    Unavailable,
    /// Anything else. The log says what.
    Internal,
    /// The server of the stress test stopped meanwhile, or lost the database for too long.
    Lost,
}

/// What became of one ticket type.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TypeReport {
    /// Its number.
    pub number: TypeNumber,
    /// Its name.
    pub name: String,
    /// The number of its seats.
    pub capacity: i32,
    /// The simulated buyers who asked for it.
    pub attempted: u32,
    /// Those who got all seats that they asked for.
    pub success_count: u32,
    /// The seats that those got.
    pub seats_given: u32,
    /// Those who joined the line.
    pub waitlisted_count: u32,
    /// The seats that remain, verified in SQL.
    pub final_seats_remaining: i32,
}

impl TypeReport {
    pub(super) fn of(counts: StoredTypeCounts) -> Self {
        let StoredTypeCounts { number, name, capacity, seats_remaining } = counts;
        Self {
            number: number.into(),
            name,
            capacity,
            attempted: 0,
            success_count: 0,
            seats_given: 0,
            waitlisted_count: 0,
            final_seats_remaining: seats_remaining,
        }
    }
}

/// The verification of one promise.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PromiseReport {
    /// P1 to P4.
    pub promise: &'static str,
    /// Whether it holds: no check found a violation.
    pub passed: bool,
    /// Its checks.
    pub checks: Vec<CheckReport>,
}

/// One check.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckReport {
    /// What must hold.
    pub what: &'static str,
    /// The number of violations.
    pub violations: i64,
    /// The query that counted them, as it ran. `$1` is the id of the tested event, or of its hidden copy.
    pub sql: String,
}

/// The verdict on a history: whether its decisions, replayed in order, keep the promises and match the tables; whether
/// every answer was true; and whether a request that was sent once another one was answered has the higher number.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HistoryReport {
    /// Whether there is no violation.
    pub passed: bool,
    /// The number of decisions.
    pub decisions: usize,
    /// The number of answers that were compared with them.
    pub answers: usize,
    /// The number of violations.
    pub violations: usize,
    /// The first violations, 20 at most.
    pub examples: Vec<String>,
}

impl From<Verdict> for HistoryReport {
    fn from(verdict: Verdict) -> Self {
        Self {
            passed: verdict.count == 0,
            decisions: verdict.steps,
            answers: verdict.answers,
            violations: verdict.count,
            examples: verdict.violations.iter().map(ToString::to_string).collect(),
        }
    }
}

/// The same crowd, with one transaction for each buyer. Times are in milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ClassicReport {
    /// Whether somebody stopped it. Then buyers may have no answer although there was time.
    pub stopped: bool,
    /// The connections that took turns: as many as the box office has.
    pub connections: u32,
    /// The time after which no further buyer was served.
    pub limit_milliseconds: f64,
    /// Buyers who had their answer in time.
    pub served_count: u32,
    /// Buyers who had none.
    pub not_served_count: u32,
    /// Buyers who got their seats.
    pub success_count: u32,
    /// Buyers who joined the line.
    pub waitlisted_count: u32,
    /// Buyers who got neither, of those who were served.
    pub failed_count: u32,
    /// From the first request to the last answer.
    pub duration_milliseconds: f64,
    /// Answers per second.
    pub throughput_per_second: f64,
    /// The box office's answers per second, divided by these; null if nobody was served.
    #[schema(required)]
    pub ratio: Option<f64>,
    /// From a request to its answer.
    pub latency_milliseconds: Spread,
    /// Whether the promises hold on its copy as well, verified in SQL.
    pub passed: bool,
    /// The statements of one buyer's transaction, in their order.
    pub statements: Vec<String>,
}

/// The request of one simulated buyer, answered.
pub(super) struct Asked {
    pub(super) ticket_type: Option<TypeNumber>,
    pub(super) answer: Result<Answer, Unanswered>,
    /// Since the crowd began.
    pub(super) asked: Duration,
    pub(super) latency: Duration,
}

impl Asked {
    /// What came of the request.
    pub(super) fn outcome(&self) -> Outcome {
        match self.answer.as_ref().map(|answer| &answer.decided.outcome) {
            Ok(Ok(Done::Registered { registration, .. })) if registration.status.takes_seat() => {
                Outcome::Seated { seats: u32::try_from(registration.seats()).unwrap_or(0) }
            }
            Ok(Ok(Done::Registered { registration, .. })) if registration.status.waits() => Outcome::Waiting,
            _ => Outcome::Refused,
        }
    }

    /// The reason why the buyer got neither a seat nor a place in the line.
    fn reason(&self) -> String {
        match self.answer.as_ref().map(|answer| &answer.decided.outcome) {
            Ok(Ok(Done::Registered { .. })) => "cancelled".to_owned(),
            Ok(Ok(_)) => "another answer".to_owned(),
            Ok(Err(refusal)) => refusal.to_string(),
            Err(unanswered) => unanswered.to_string(),
        }
    }

    /// What the buyer was told, if it was about a registration.
    pub(super) fn told(&self) -> Option<Told> {
        let Ok(Done::Registered { registration, origin, position }) = &self.answer.as_ref().ok()?.decided.outcome
        else {
            return None;
        };
        let is_new = *origin == Origin::Made;
        let what = What::Made {
            number: registration.decision,
            is_seated: is_new.then(|| registration.status.takes_seat()),
            position: position.map(i64::from).filter(|_| is_new),
        };
        Some(Told { registration: registration.id, what, asked: self.asked, answered: self.asked + self.latency })
    }
}

impl Report {
    pub(super) fn count(&mut self, asked: Vec<Asked>) {
        let mut batches: Vec<Arc<BatchReport>> = Vec::new();
        for one in asked {
            let mut nobody = TypeReport::of(StoredTypeCounts::default());
            let mut of_types = self.ticket_types.iter_mut();
            let of_type = of_types.find(|of_type| Some(of_type.number) == one.ticket_type).unwrap_or(&mut nobody);
            of_type.attempted += 1;
            match one.outcome() {
                Outcome::Seated { seats } => {
                    self.success_count += 1;
                    of_type.success_count += 1;
                    of_type.seats_given += seats;
                }
                Outcome::Waiting => {
                    self.waitlisted_count += 1;
                    of_type.waitlisted_count += 1;
                }
                Outcome::Refused => {
                    self.failed_count += 1;
                    *self.failures.entry(one.reason()).or_default() += 1;
                }
            }
            batches.extend(one.answer.ok().map(|answer| answer.batch));
        }
        batches.sort_by_key(Arc::as_ptr);
        batches.dedup_by(|a, b| Arc::ptr_eq(a, b));
        self.batches = batches.len();
        self.batch_size_max = batches.iter().map(|batch| batch.size).max().unwrap_or(0);
        self.lock_held_milliseconds = Spread::of(batches.iter().map(|batch| batch.lock_held));
        self.lock_wait_milliseconds = Spread::of(batches.iter().map(|batch| batch.lock_wait));
    }
}
