//! Counts of what became of requests.

use std::time::Duration;

use serde::Serialize;

/// Counts of what became of requests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Answers that are no 503.
    pub answers: u64,
    /// Tries after the first.
    pub retries: u64,
    /// 503 `busy`.
    pub busy: u64,
    /// 503 `outcome-unknown`.
    pub outcome_unknown: u64,
    /// 503 `unavailable`, to organizers.
    pub unavailable: u64,
    /// Connections that broke under a request.
    pub broken: u64,
    /// Tries that were given up for lack of an answer.
    pub timed_out: u64,
    /// The longest time from the first try to the answer.
    pub longest_wait: Duration,
}

impl Tally {
    /// Adds another one.
    pub(super) fn absorb(&mut self, other: Self) {
        self.answers += other.answers;
        self.retries += other.retries;
        self.busy += other.busy;
        self.outcome_unknown += other.outcome_unknown;
        self.unavailable += other.unavailable;
        self.broken += other.broken;
        self.timed_out += other.timed_out;
        self.longest_wait = self.longest_wait.max(other.longest_wait);
    }
}
