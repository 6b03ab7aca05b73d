//! What a sale came to.

use std::time::{Duration, Instant};

use domain::registrations::RegistrationStatus;
use serde::Serialize;

use crate::sale::script::Sale;

/// What a sale came to.
#[derive(Debug, Clone, Serialize)]
pub struct Sold {
    /// People who wanted a place.
    pub buyers: usize,
    /// Answers in all, repeats and refusals included.
    pub answers: u64,
    /// Answers that said that they repeat an earlier one.
    pub replays: u64,
    /// Who got a seat.
    pub confirmed: usize,
    /// Who got a place in line.
    pub waitlisted: usize,
    /// Answers 503 `busy`; those buyers asked again.
    pub busy: u64,
    /// Answers 503 `outcome-unknown`; those buyers asked again.
    pub outcome_unknown: u64,
    /// Connections that broke under a request, which was sent again.
    pub broken_connections: u64,
    /// Buyers who never got an answer.
    pub lost: u64,
    /// From the first request to the last answer, in seconds.
    pub seconds: f64,
    /// Buyers by time; repeats do not count.
    pub bookings_per_second: f64,
    /// Seats by time, until the last one was gone.
    pub confirmed_per_second: f64,
    /// Places in line by time, from then on until the last one was told. Repeats are still under way then.
    pub waitlisted_per_second: f64,
    /// Bookings per second of each quarter of the buyers.
    pub quarters_per_second: [f64; 4],
    /// Of each buyer's first answer.
    pub latency_milliseconds: Latency,
    /// The longest that anybody waited for an answer, refusals included.
    pub longest_wait_milliseconds: f64,
}

/// How latencies are spread, in milliseconds.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Latency {
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

impl Latency {
    fn of(mut latencies: Vec<Duration>) -> Self {
        latencies.sort_unstable();
        let milliseconds = |took: Duration| took.as_secs_f64() * 1_000.0;
        let at = |percent: usize| {
            let rank = (latencies.len() * percent).div_ceil(100).saturating_sub(1);
            latencies.get(rank).copied().map_or(0.0, milliseconds)
        };
        let count = u32::try_from(latencies.len()).unwrap_or(u32::MAX).max(1);
        let mean = milliseconds(latencies.iter().sum::<Duration>() / count);
        Self { mean, p50: at(50), p95: at(95), p99: at(99), max: at(100) }
    }
}

impl Sale {
    pub(super) fn sold(&self, began: Instant, took: Duration) -> Sold {
        let is = |status| move |at: &&(Instant, RegistrationStatus)| at.1 == status;
        let confirmed = self.answered_at.iter().filter(is(RegistrationStatus::Confirmed)).count();
        let last_seat = self.answered_at.iter().rev().find(is(RegistrationStatus::Confirmed)).map_or(began, |at| at.0);
        let last_place = self.answered_at.last().map_or(began, |at| at.0);
        let waitlisted = self.answered_at.len() - confirmed;
        Sold {
            buyers: self.plan.buyers.len(),
            answers: self.answers,
            replays: self.replays,
            confirmed,
            waitlisted,
            busy: self.busy,
            outcome_unknown: self.unknown,
            broken_connections: self.broken_connections,
            lost: self.lost,
            seconds: took.as_secs_f64(),
            bookings_per_second: rate(self.answered_at.len(), took),
            confirmed_per_second: rate(confirmed, last_seat.saturating_duration_since(began)),
            waitlisted_per_second: rate(waitlisted, last_place.saturating_duration_since(last_seat)),
            quarters_per_second: self.quarters(began),
            latency_milliseconds: Latency::of(self.latencies.clone()),
            longest_wait_milliseconds: self.longest_wait.as_secs_f64() * 1_000.0,
        }
    }

    fn quarters(&self, began: Instant) -> [f64; 4] {
        let quarter = (self.answered_at.len() / 4).max(1);
        let mut since = began;
        std::array::from_fn(|index| {
            let Some((until, _)) = self.answered_at.get((index + 1) * quarter - 1) else { return 0.0 };
            let took = until.saturating_duration_since(since);
            since = *until;
            rate(quarter, took)
        })
    }
}

/// So many in that time, by the second.
pub fn rate(count: usize, took: Duration) -> f64 {
    let count = u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
    if took.is_zero() { 0.0 } else { count / took.as_secs_f64() }
}
