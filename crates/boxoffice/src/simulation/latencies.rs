//! How many buyers waited how long, in buckets that grow with the time.

use std::time::Duration;

use serde::Serialize;
use utoipa::ToSchema;

use super::times::milliseconds;

/// The number of buckets. The last one begins at about 52 s, which is longer than a buyer may wait.
const BUCKETS: i32 = 40;

/// The first bucket ends here. No answer that was committed comes faster.
const SHORTEST: Duration = Duration::from_micros(100);

/// The buyers whose answers took so long.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
#[schema(as = LatencyBucket)]
pub struct Bucket {
    /// From here on: the end of the bucket before, which is 0 for the shortest times.
    pub from_milliseconds: f64,
    /// Up to here, but not this itself. The bucket of the longest times also has what took longer.
    pub to_milliseconds: f64,
    /// The number of buyers.
    pub buyers: u32,
}

/// A histogram of latencies. Each bucket ends at about 1.41 times the end of the one before, and every second one at
/// twice.
#[derive(Debug)]
pub(super) struct Latencies {
    /// The end of each bucket, and its buyers.
    buckets: Vec<(Duration, u32)>,
}

impl Default for Latencies {
    fn default() -> Self {
        // In whole microseconds, so that the bounds that are told are the ones that were compared with.
        let end = |nth: i32| {
            let exact = SHORTEST.mul_f64(2_f64.powf(f64::from(nth) / 2.0));
            u64::try_from(exact.as_micros()).map_or(Duration::MAX, Duration::from_micros)
        };
        Self { buckets: (0..BUCKETS).map(|nth| (end(nth), 0)).collect() }
    }
}

impl Latencies {
    pub(super) fn add(&mut self, latency: Duration) {
        let nth = self.buckets.partition_point(|(end, _)| *end <= latency);
        let last = self.buckets.len().saturating_sub(1);
        if let Some((_, buyers)) = self.buckets.get_mut(nth.min(last)) {
            *buyers += 1;
        }
    }

    /// The buckets from the first to the last that has buyers.
    pub(super) fn buckets(&self) -> Vec<Bucket> {
        let starts = [Duration::ZERO].into_iter().chain(self.buckets.iter().map(|(end, _)| *end));
        let all = starts.zip(&self.buckets).map(|(start, (end, buyers))| Bucket {
            from_milliseconds: milliseconds(start),
            to_milliseconds: milliseconds(*end),
            buyers: *buyers,
        });
        let mut all: Vec<Bucket> = all.skip_while(|bucket| bucket.buyers == 0).collect();
        let used = all.iter().rposition(|bucket| bucket.buyers > 0).map_or(0, |last| last + 1);
        all.truncate(used);
        all
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop loudly")]

    use super::*;

    fn of(microseconds: &[u64]) -> Vec<Bucket> {
        let mut latencies = Latencies::default();
        microseconds.iter().for_each(|one| latencies.add(Duration::from_micros(*one)));
        latencies.buckets()
    }

    #[test]
    fn each_latency_is_in_the_bucket_whose_bounds_are_around_it() {
        for microseconds in [0, 99, 100, 141, 142, 1_000, 123_456, 9_999_999] {
            let found = of(&[microseconds]);
            let [bucket] = found.as_slice() else { panic!("{found:?}") };
            let latency = milliseconds(Duration::from_micros(microseconds));
            assert!(bucket.from_milliseconds <= latency && latency < bucket.to_milliseconds, "{latency}: {bucket:?}");
            assert_eq!(bucket.buyers, 1);
        }
    }

    #[test]
    fn the_buckets_follow_each_other_without_a_gap_and_have_everybody() {
        let found = of(&[200, 200, 50_000, 3_000_000]);
        for (one, next) in found.iter().zip(found.iter().skip(1)) {
            assert_eq!(one.to_milliseconds.to_bits(), next.from_milliseconds.to_bits());
        }
        assert_eq!(found.iter().map(|bucket| bucket.buyers).collect::<Vec<_>>().first(), Some(&2));
        assert_eq!(found.iter().map(|bucket| bucket.buyers).sum::<u32>(), 4);
        assert!(found.first().unwrap().buyers > 0 && found.last().unwrap().buyers > 0);
        assert_eq!(of(&[]), []);
    }

    #[test]
    fn a_latency_beyond_all_bounds_is_in_the_last_bucket() {
        assert_eq!(of(&[3_600_000_000]), of(&[90_000_000]));
    }
}
