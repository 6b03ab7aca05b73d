//! Limits on slow reads, which leave database connections for other requests.

use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use crate::http::problems::Problem;

/// Searches of lists that run at once. Those that need no account have places of their own, so that a flood of them does not keep
/// organizers and administrators from theirs.
const SEARCHES_AT_ONCE: usize = 2;

/// The longest wait of a search: a few others end in that time, and a person waits for the page.
const SEARCH_WAIT_MAX: Duration = Duration::from_secs(1);

/// Reads for exported files that run at once. An export holds no connection between its reads, however slowly its client
/// takes the file.
const EXPORT_READS_AT_ONCE: usize = 2;

/// The longest wait of one read for a file: many slow files are better than broken ones.
const EXPORT_WAIT_MAX: Duration = Duration::from_secs(10);

/// Lets a fixed number of reads run at once.
pub(crate) struct ConcurrencyLimit {
    free: Semaphore,
    wait_max: Duration,
}

impl ConcurrencyLimit {
    /// The limit for searches that look through most of a list in vain.
    pub(crate) fn of_searches() -> Self {
        Self::new(SEARCHES_AT_ONCE, SEARCH_WAIT_MAX)
    }

    /// The limit for the reads of exported files.
    pub(crate) fn of_exports() -> Self {
        Self::new(EXPORT_READS_AT_ONCE, EXPORT_WAIT_MAX)
    }

    fn new(at_once: usize, wait_max: Duration) -> Self {
        Self { free: Semaphore::new(at_once), wait_max }
    }

    /// A permit, first come, first served; dropping it gives it back. [`Problem::Busy`] after the longest wait.
    pub(crate) async fn acquire(&self) -> Result<SemaphorePermit<'_>, Problem> {
        let busy = |_| Problem::busy(self.wait_max.as_secs().max(1));
        let permit = timeout(self.wait_max, self.free.acquire()).await.map_err(busy)?;
        permit.map_err(|error| Problem::internal(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_read_that_waits_too_long_is_refused() {
        let limit = ConcurrencyLimit::new(2, Duration::from_millis(10));
        let (one, other) = (limit.acquire().await.unwrap(), limit.acquire().await.unwrap());
        assert!(matches!(limit.acquire().await, Err(Problem::Busy { retry_after_seconds: 1.. })));
        drop(one);
        drop((limit.acquire().await.unwrap(), other));
    }
}
