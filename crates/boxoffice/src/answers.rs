//! The answers of the box office.

use std::sync::Arc;
use std::time::Duration;

use domain::commands::Decided;
use domain::events::TicketedEvent;
use thiserror::Error;

/// A committed decision.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The decision.
    pub decided: Decided,
    /// The event as the transaction left it: after this decision, and after the others of its batch.
    pub after: Arc<TicketedEvent>,
    /// The transaction that made it.
    pub batch: Arc<BatchReport>,
}

/// The measures of one transaction.
#[derive(Debug)]
pub struct BatchReport {
    /// Commands in it.
    pub size: usize,
    /// How long the first of them had waited when the transaction began.
    pub queue_wait: Duration,
    /// From asking for the lock to having it.
    pub lock_wait: Duration,
    /// From having the lock to the end of the commit.
    pub lock_held: Duration,
    /// From the last write's answer to the commit's: a part of `lock_held`.
    pub commit: Duration,
}

/// Why there is no decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unanswered {
    /// The box office is overloaded, or the event is. Certainly nothing was changed. Ask again after that time.
    #[error("the box office is busy")]
    Busy {
        /// Whole seconds, at least one.
        retry_after_seconds: u32,
    },
    /// The change may have been made. The same request with the same key finds out.
    #[error("the outcome is unknown")]
    OutcomeUnknown,
    /// There is no such event.
    #[error("no such event")]
    NoSuchEvent,
    /// The system has a fault. Certainly nothing was changed.
    #[error("the decision failed")]
    Failed,
}
