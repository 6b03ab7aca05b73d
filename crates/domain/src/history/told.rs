//! The answers that callers got.

use std::time::Duration;

use crate::ids::RegistrationId;

/// An answer that somebody got about a registration. Times are since the same moment, on one clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Told {
    /// The registration.
    pub registration: RegistrationId,
    /// What the answer said of it.
    pub what: What,
    /// When the request was sent.
    pub asked: Duration,
    /// When the answer was there.
    pub answered: Duration,
}

impl Told {
    /// The number of the decision that it tells of.
    pub fn number(&self) -> i64 {
        match self.what {
            What::Made { number, .. } | What::Cancelled { number } => number,
        }
    }
}

/// What an answer said of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// It was made under this number.
    Made {
        /// The number.
        number: i64,
        /// Whether it got its seats at once. `None` if the answer repeated an earlier one.
        is_seated: Option<bool>,
        /// Its place in line when it was made, counted from 1, if the answer told.
        position: Option<i64>,
    },
    /// It was cancelled under this number.
    Cancelled {
        /// The number.
        number: i64,
    },
}
