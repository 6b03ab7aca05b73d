//! The 503 answers that a booking or a cancellation may get.

/// Why the server did not decide.
pub(super) enum Refusal {
    /// Nothing was changed.
    Busy,
    /// The change may have been committed.
    OutcomeUnknown,
}

impl Refusal {
    /// The refusal in the body of a 503; `None` for any other problem.
    pub(super) fn parse(problem: &str) -> Option<Self> {
        if problem.contains("/problems/busy\"") {
            Some(Self::Busy)
        } else if problem.contains("/problems/outcome-unknown\"") {
            Some(Self::OutcomeUnknown)
        } else {
            None
        }
    }
}
