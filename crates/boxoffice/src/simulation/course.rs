//! The course of a crowd: what its buyers have been told so far, over time.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use utoipa::ToSchema;

use super::latencies::{Bucket, Latencies};
use super::samples::{Counts, Sample, Samples};
use super::times::milliseconds;

/// The course of a crowd: its counts over time, and how long its buyers waited.
///
/// The members but the last are columns of one table, with a row for each sample: 240 at most, in the order of their
/// times.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = SimulationCurve)]
pub struct Curve {
    /// The time of each sample, since the first request.
    pub at_milliseconds: Vec<f64>,
    /// Buyers who have an answer.
    pub answered: Vec<u32>,
    /// Buyers who got all seats that they asked for.
    pub seated: Vec<u32>,
    /// Buyers who joined the line.
    pub waiting: Vec<u32>,
    /// Buyers who got neither.
    pub refused: Vec<u32>,
    /// Seats that nobody has been told to have.
    pub seats_left: Vec<u32>,
    /// The buyers by the time from their request to its answer: buckets that follow each other, 40 at most.
    pub latencies: Vec<Bucket>,
}

/// What came of one buyer's request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// All seats that the buyer asked for.
    Seated { seats: u32 },
    /// A place in the line.
    Waiting,
    /// Neither.
    Refused,
}

/// The course of a crowd that is being asked, for all who watch it. Before its begin it is empty.
#[derive(Debug, Default)]
pub(super) struct Course {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    began: Option<Instant>,
    seats: u32,
    counts: Counts,
    /// When the counts became what they are.
    changed_at: Duration,
    latencies: Latencies,
    samples: Samples,
}

impl Course {
    /// The crowd begins, with so many free seats.
    pub(super) fn begin(&self, seats: u32) -> Instant {
        let now = Instant::now();
        let mut state = self.lock();
        (state.began, state.seats) = (Some(now), seats);
        state.sample();
        now
    }

    /// A buyer has an answer. The sample before it has the counts until then, so that a time without answers is level.
    pub(super) fn answer(&self, outcome: Outcome, latency: Duration) {
        let mut state = self.lock();
        state.changed_at = state.sample();
        match outcome {
            Outcome::Seated { seats } => {
                state.counts.seated += 1;
                state.counts.seats_given += seats;
            }
            Outcome::Waiting => state.counts.waiting += 1,
            Outcome::Refused => state.counts.refused += 1,
        }
        state.latencies.add(latency);
    }

    /// The last buyer has an answer.
    pub(super) fn end(&self) {
        let mut state = self.lock();
        let (at, counts) = (state.sample(), state.counts);
        state.samples.end(Sample { at, counts });
    }

    /// The number of answered buyers.
    pub(super) fn answered(&self) -> u32 {
        self.lock().counts.answered()
    }

    /// The course so far, once the crowd has begun.
    pub(super) fn curve(&self) -> Option<Curve> {
        let state = self.lock();
        state.began?;
        let column = |of: fn(&Counts) -> u32| state.samples.kept().iter().map(|sample| of(&sample.counts)).collect();
        let left = |sample: &Sample| state.seats.saturating_sub(sample.counts.seats_given);
        Some(Curve {
            at_milliseconds: state.samples.kept().iter().map(|sample| milliseconds(sample.at)).collect(),
            answered: column(|counts| counts.answered()),
            seated: column(|counts| counts.seated),
            waiting: column(|counts| counts.waiting),
            refused: column(|counts| counts.refused),
            seats_left: state.samples.kept().iter().map(left).collect(),
            latencies: state.latencies.buckets(),
        })
    }

    /// A thread that panicked with the lock has left at most one buyer uncounted.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Offers a sample of now. Returns the time since the begin.
    fn sample(&mut self) -> Duration {
        let at = self.began.map_or(Duration::ZERO, |began| began.elapsed());
        self.samples.offer(self.changed_at, Sample { at, counts: self.counts });
        at
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop loudly")]

    use super::*;

    #[test]
    fn a_curve_has_what_buyers_were_told_and_the_seats_that_are_left() {
        let course = Course::default();
        assert_eq!(course.curve(), None);
        course.begin(3);
        let latency = Duration::from_millis(2);
        for outcome in [Outcome::Seated { seats: 2 }, Outcome::Waiting, Outcome::Refused, Outcome::Waiting] {
            course.answer(outcome, latency);
        }
        course.end();
        let curve = course.curve().unwrap();
        let last = [&curve.answered, &curve.seated, &curve.waiting, &curve.refused, &curve.seats_left]
            .map(|column| *column.last().unwrap());
        assert_eq!(last, [4, 1, 2, 1, 1]);
        assert_eq!((course.answered(), curve.seats_left.first()), (4, Some(&3)));
        assert_eq!(curve.latencies.iter().map(|bucket| bucket.buyers).collect::<Vec<_>>(), [4]);
        let length = curve.at_milliseconds.len();
        assert!([curve.answered.len(), curve.seated.len(), curve.seats_left.len()].iter().all(|one| *one == length));
    }
}
