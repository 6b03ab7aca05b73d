//! How much may wait, for how long, and how much goes at once.

use std::time::Duration;

use repository::settlement::Deadlines;

/// How much may wait, for how long, and how much goes at once.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Commands that may wait for one event.
    pub queue_per_event: usize,
    /// Commands that may wait in all.
    pub queue_total: usize,
    /// Commands in one transaction. Every batch pays the lock, the round trips and the flush once.
    pub batch: usize,
    /// Transactions at once: the connections of the pool.
    pub connections: usize,
    /// For how long a command may wait.
    pub queued: Duration,
    /// For how long an event whose lock was not had is left alone.
    pub backoff: Duration,
    /// For how long a lost outcome is looked for.
    pub resolve: Duration,
    /// For how long a connection may say nothing.
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
