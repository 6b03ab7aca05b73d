//! The 503 answers that a change of seats may get.

/// Why the server did not decide.
pub(crate) enum Refusal {
    /// Nothing was changed.
    Busy,
    /// The change may have been committed.
    OutcomeUnknown,
}

impl Refusal {
    /// The refusal in the body of a 503; `None` for any other problem.
    pub(crate) fn parse(problem: &str) -> Option<Self> {
        if problem.contains("/problems/busy\"") {
            Some(Self::Busy)
        } else if problem.contains("/problems/outcome-unknown\"") {
            Some(Self::OutcomeUnknown)
        } else {
            None
        }
    }
}
