//! The figures of a sale.

use std::time::{Duration, Instant};

use domain::registrations::RegistrationStatus;
use hdrhistogram::Histogram;
use serde::Serialize;

use crate::crowd::numbers::{as_number, per_second};
use crate::sale::script::Sale;

/// The figures of a sale.
#[derive(Debug, Clone, Serialize)]
pub struct SaleResult {
    /// People who booked.
    pub buyers: usize,
    /// Answers in all, repeats and refusals included.
    pub answers: u64,
    /// Answers that are marked as the repeat of an earlier one.
    pub replays: u64,
    /// Buyers with their seats, paid or not.
    pub confirmed: usize,
    /// Buyers on the waitlist.
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
    /// Buyers per second; repeats do not count.
    pub bookings_per_second: f64,
    /// Buyers with their seats per second, until the last of them.
    pub confirmed_per_second: f64,
    /// Waitlist entries per second, from then until the last first answer. Repeats may be under way still.
    pub waitlisted_per_second: f64,
    /// Bookings per second of each quarter of the buyers.
    pub quarters_per_second: [f64; 4],
    /// The latency of each buyer's first answer.
    pub latency_milliseconds: Latency,
    /// The longest wait for an answer, refusals included.
    pub longest_wait_milliseconds: f64,
}

/// The distribution of latencies, in milliseconds, to three significant digits.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Latency {
    /// The mean.
    pub mean: f64,
    /// The median.
    pub p50: f64,
    /// The 95th percentile.
    pub p95: f64,
    /// The 99th percentile.
    pub p99: f64,
    /// The longest.
    pub max: f64,
}

impl Latency {
    fn of(microseconds: &Histogram<u64>) -> Self {
        let milliseconds = |value: u64| as_number(value) / 1_000.0;
        let at = |quantile: f64| milliseconds(microseconds.value_at_quantile(quantile));
        Self {
            mean: microseconds.mean() / 1_000.0,
            p50: at(0.5),
            p95: at(0.95),
            p99: at(0.99),
            max: milliseconds(microseconds.max()),
        }
    }
}

impl SaleResult {
    /// The figures of a sale that began at `began` and whose last answer came after `took`.
    pub(super) fn of(sale: &Sale, began: Instant, took: Duration) -> Self {
        let answered_at = &sale.answered_at;
        let is_seat = |(_, status): &&(Instant, RegistrationStatus)| status.takes_seat();
        let confirmed = answered_at.iter().filter(is_seat).count();
        let waitlisted = answered_at.len() - confirmed;
        let last_seat = answered_at.iter().rev().find(is_seat).map_or(began, |(at, _)| *at);
        let last_answer = answered_at.last().map_or(began, |(at, _)| *at);
        Self {
            buyers: sale.plan.buyers.len(),
            answers: sale.answers,
            replays: sale.replays,
            confirmed,
            waitlisted,
            busy: sale.busy,
            outcome_unknown: sale.outcome_unknown,
            broken_connections: sale.broken_connections,
            lost: sale.lost,
            seconds: took.as_secs_f64(),
            bookings_per_second: per_second(answered_at.len(), took),
            confirmed_per_second: per_second(confirmed, last_seat.saturating_duration_since(began)),
            waitlisted_per_second: per_second(waitlisted, last_answer.saturating_duration_since(last_seat)),
            quarters_per_second: quarters(answered_at, began),
            latency_milliseconds: Latency::of(&sale.latency_microseconds),
            longest_wait_milliseconds: sale.longest_wait.as_secs_f64() * 1_000.0,
        }
    }
}

fn quarters(answered_at: &[(Instant, RegistrationStatus)], began: Instant) -> [f64; 4] {
    let quarter = (answered_at.len() / 4).max(1);
    let mut since = began;
    std::array::from_fn(|index| {
        let Some((until, _)) = answered_at.get((index + 1) * quarter - 1) else { return 0.0 };
        let took = until.saturating_duration_since(since);
        since = *until;
        per_second(quarter, took)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_keep_three_significant_digits() {
        let mut microseconds = Histogram::new_with_bounds(1, 3_600_000_000, 3).unwrap();
        (1..=1_000).for_each(|value| microseconds.saturating_record(value * 1_000));
        let Latency { mean, p50, p95, p99, max } = Latency::of(&microseconds);
        for (found, expected) in [(mean, 500.5), (p50, 500.0), (p95, 950.0), (p99, 990.0), (max, 1_000.0)] {
            assert!((found / expected - 1.0_f64).abs() < 0.001, "{found} is not {expected}");
        }
    }
}
