//! Turns for reads that take long, so that connections are left for all others.

use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use crate::http::problems::Problem;

/// So many at once, and no more.
pub(crate) struct Turns {
    free: Semaphore,
    wait_max: Duration,
}

impl Turns {
    /// `at_once` may have a turn at the same time; nobody waits for one longer than `wait_max`.
    pub(crate) fn new(at_once: usize, wait_max: Duration) -> Self {
        Self { free: Semaphore::new(at_once), wait_max }
    }

    /// A turn, first come, first served, until it is dropped. [`Problem::Busy`] if none comes in time.
    pub(crate) async fn take(&self) -> Result<SemaphorePermit<'_>, Problem> {
        let busy = |_| Problem::Busy { retry_after_seconds: self.wait_max.as_secs().max(1) };
        let turn = timeout(self.wait_max, self.free.acquire()).await.map_err(busy)?;
        turn.map_err(|error| Problem::internal(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_waits_too_long_for_a_turn_is_told_so() {
        let turns = Turns::new(2, Duration::from_millis(10));
        let (one, other) = (turns.take().await.unwrap(), turns.take().await.unwrap());
        assert!(matches!(turns.take().await, Err(Problem::Busy { retry_after_seconds: 1 })));
        drop(one);
        drop((turns.take().await.unwrap(), other));
    }
}
