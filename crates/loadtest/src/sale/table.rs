//! The figures of a sale as text.

use crate::crowd::numbers::{as_number, grouped};
use crate::sale::results::SaleResult;

/// One line for each figure.
pub fn text(result: &SaleResult) -> String {
    let SaleResult { replays, busy, outcome_unknown, lost, seconds, .. } = result;
    let count = |value: usize| grouped(as_number(value));
    let latency = result.latency_milliseconds;
    format!(
        "bookings per second   {}\n\
         with seats            {}\n\
         waitlisted            {}\n\
         sent twice            {replays} answered as a repeat\n\
         sent again            {busy} busy, {outcome_unknown} outcome unknown\n\
         lost                  {lost}\n\
         latency in ms         p50 {:.1}, p95 {:.1}, p99 {:.1}, longest {:.1}\n\
         seconds               {seconds:.2}\n",
        grouped(result.bookings_per_second),
        count(result.confirmed),
        count(result.waitlisted),
        latency.p50,
        latency.p95,
        latency.p99,
        latency.max
    )
}
