//! The limits of a box office.

use std::time::Duration;

use repository::settlement::Deadlines;

/// The limits of a box office: how many commands may wait, for how long, and how many one transaction takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Limits {
    /// The most commands that wait for one event.
    pub queue_per_event: usize,
    /// The most commands that wait in all.
    pub queue_total: usize,
    /// The most commands in one transaction. A batch pays for the lock, the round trips and the flush once.
    pub batch: usize,
    /// The most transactions at once: the size of the pool.
    pub connections: usize,
    /// How long a command may wait.
    pub queued: Duration,
    /// How long the box office leaves an event alone after it could not lock the event's row.
    pub backoff: Duration,
    /// How long the box office looks for the outcome of a commit whose answer was lost.
    pub resolve: Duration,
    /// How long a connection may be silent.
    pub deadlines: Deadlines,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            queue_per_event: 20_000,
            queue_total: 50_000,
            batch: 4_096,
            connections: 16,
            queued: Duration::from_secs(10),
            backoff: Duration::from_millis(500),
            resolve: Duration::from_secs(10),
            deadlines: Deadlines {
                lock: Duration::from_secs(5),
                write: Duration::from_secs(12),
                commit: Duration::from_secs(12),
            },
        }
    }
}
