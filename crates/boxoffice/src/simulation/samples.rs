//! Samples of a crowd's counts over time: a bounded number of them, however long the crowd takes.

use std::time::Duration;

/// The most samples that are kept, which is more than the columns of a chart on a wide screen.
pub(super) const SAMPLES_MAX: usize = 240;

/// The time between the first samples. A crowd of a thousand may be served within a tenth of a second.
const INTERVAL_FIRST: Duration = Duration::from_millis(5);

/// Buyers who have an answer, and the seats that they got.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Buyers who got all seats that they asked for.
    pub(super) seated: u32,
    /// Buyers who joined the line.
    pub(super) waiting: u32,
    /// Buyers who got neither.
    pub(super) refused: u32,
    /// The seats of those who got some.
    pub(super) seats_given: u32,
}

impl Counts {
    pub(super) fn answered(self) -> u32 {
        self.seated + self.waiting + self.refused
    }
}

/// The counts at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sample {
    /// Since the crowd began.
    pub(super) at: Duration,
    pub(super) counts: Counts,
}

/// Samples in the order of their times, about an interval apart. The interval doubles whenever there are too many, and
/// every second sample goes.
#[derive(Debug)]
pub(super) struct Samples {
    interval: Duration,
    kept: Vec<Sample>,
}

impl Default for Samples {
    fn default() -> Self {
        Self { interval: INTERVAL_FIRST, kept: Vec::new() }
    }
}

impl Samples {
    /// Keeps this sample, whose counts have stood since then, if the last one is older than the interval. The beginning
    /// of a longer pause is kept as well, so that a curve is level in between.
    pub(super) fn offer(&mut self, since: Duration, sample: Sample) {
        if let Some(last) = self.kept.last() {
            if sample.at < last.at + self.interval {
                return;
            }
            let is_paused = sample.at >= since + self.interval && since >= last.at;
            if is_paused && last.counts != sample.counts {
                self.keep(Sample { at: since, ..sample });
            }
        }
        self.keep(sample);
    }

    /// Keeps this sample, which is the last one, whenever it comes.
    pub(super) fn end(&mut self, sample: Sample) {
        if self.kept.last().is_some_and(|last| last.at == sample.at) {
            self.kept.pop();
        }
        self.keep(sample);
    }

    pub(super) fn kept(&self) -> &[Sample] {
        &self.kept
    }

    fn keep(&mut self, sample: Sample) {
        if self.kept.len() >= SAMPLES_MAX {
            self.interval *= 2;
            let mut nth = 0_usize;
            self.kept.retain(|_| {
                nth += 1;
                nth % 2 == 1
            });
        }
        self.kept.push(sample);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on should stop loudly")]

    use super::*;

    fn sample(milliseconds: u64) -> Sample {
        let seated = u32::try_from(milliseconds).unwrap();
        Sample { at: Duration::from_millis(milliseconds), counts: Counts { seated, ..Counts::default() } }
    }

    /// Offers a sample of counts that have just changed.
    fn offer(samples: &mut Samples, milliseconds: u64) {
        let sample = sample(milliseconds);
        samples.offer(sample.at, sample);
    }

    fn times(samples: &Samples) -> Vec<u64> {
        samples.kept().iter().map(|one| u64::try_from(one.at.as_millis()).unwrap()).collect()
    }

    #[test]
    fn samples_are_an_interval_apart_and_the_last_one_is_kept_whenever_it_comes() {
        let mut samples = Samples::default();
        for at in [0, 4, 5, 9, 11, 15, 16] {
            offer(&mut samples, at);
        }
        assert_eq!(times(&samples), [0, 5, 11, 16]);
        samples.end(sample(17));
        assert_eq!(times(&samples), [0, 5, 11, 16, 17]);
    }

    #[test]
    fn a_curve_is_level_while_nobody_is_answered() {
        let mut samples = Samples::default();
        offer(&mut samples, 0);
        offer(&mut samples, 20);
        // One buyer was answered at 20, behind that sample, and nobody else until 90.
        samples.offer(Duration::from_millis(20), sample(90));
        assert_eq!(times(&samples), [0, 20, 20, 90]);
        assert_eq!(samples.kept()[2].counts, samples.kept()[3].counts);
        // Nobody was answered since that sample: it is level already.
        samples.offer(Duration::from_millis(90), Sample { at: Duration::from_millis(200), ..sample(90) });
        assert_eq!(times(&samples), [0, 20, 20, 90, 200]);
    }

    #[test]
    fn a_crowd_of_any_length_has_some_hundred_samples_over_all_of_its_time() {
        for seconds in [1, 2, 60, 600] {
            let mut samples = Samples::default();
            let end = seconds * 1_000;
            for at in 0..end {
                offer(&mut samples, at);
                assert!(samples.kept().len() <= SAMPLES_MAX);
            }
            samples.end(sample(end));
            let times = times(&samples);
            assert!((SAMPLES_MAX / 3..=SAMPLES_MAX).contains(&times.len()), "{seconds} s: {}", times.len());
            assert_eq!((times[0], times[times.len() - 1]), (0, end));
            // No part of the time is left out: the longest gap is little more than the shortest but for the end.
            let gaps: Vec<u64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
            let inner = &gaps[..gaps.len() - 1];
            assert!(inner.iter().max().unwrap() <= &(2 * inner.iter().min().unwrap()), "{seconds} s: {gaps:?}");
        }
    }

    #[test]
    fn a_sample_that_is_kept_has_the_counts_of_its_own_time() {
        let mut samples = Samples::default();
        (0..10_000).for_each(|at| offer(&mut samples, at));
        for one in samples.kept() {
            assert_eq!(u128::from(one.counts.answered()), one.at.as_millis());
        }
    }
}
