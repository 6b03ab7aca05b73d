//! A histogram without locks, since every request writes to it.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use prometheus_client::encoding::{MetricEncoder, NoLabelSet};

/// The buckets' upper bounds, from a page served from memory to the longest time that a request may wait.
const BOUNDS_MICROSECONDS: [u64; 14] = [
    1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000,
    10_000_000, 30_000_000,
];

/// Counts of durations by size. The metrics library's histogram takes a lock for each duration, this one two additions.
#[derive(Debug, Default)]
pub(super) struct Durations {
    /// One for each bound, and a last one for longer durations.
    buckets: [AtomicU64; BOUNDS_MICROSECONDS.len() + 1],
    sum_microseconds: AtomicU64,
}

impl Durations {
    pub(super) fn add(&self, duration: Duration) {
        let microseconds = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        let index = BOUNDS_MICROSECONDS.partition_point(|bound| *bound < microseconds);
        if let Some(bucket) = self.buckets.get(index) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        self.sum_microseconds.fetch_add(microseconds, Ordering::Relaxed);
    }

    /// Writes the histogram. Its total is the sum of the buckets read, so that both agree during concurrent additions.
    pub(super) fn encode(&self, mut encoder: MetricEncoder<'_>) -> fmt::Result {
        let bounds = BOUNDS_MICROSECONDS.iter().map(|bound| Duration::from_micros(*bound).as_secs_f64());
        let counts = self.buckets.iter().map(|bucket| bucket.load(Ordering::Relaxed));
        let buckets: Vec<(f64, u64)> = bounds.chain([f64::INFINITY]).zip(counts).collect();
        let count = buckets.iter().map(|(_, count)| count).sum();
        let sum = Duration::from_micros(self.sum_microseconds.load(Ordering::Relaxed)).as_secs_f64();
        encoder.encode_histogram::<NoLabelSet>(sum, count, &buckets, None)
    }
}
