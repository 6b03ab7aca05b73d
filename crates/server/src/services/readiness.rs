//! Whether the server is ready for requests.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use repository::migrations;
use repository::pools::Pool;

use crate::http::problems::Check;
use crate::services::cache::Cache;

/// How long the database may take to answer.
const READY_WITHIN: Duration = Duration::from_secs(1);

/// How old an answer may be. Any number of probes costs the database two queries a second.
const AGE_MAX: Duration = Duration::from_millis(500);

/// Whether the server can serve requests. A busy server is ready.
pub(crate) struct Readiness {
    pool: Pool,
    is_stopping: AtomicBool,
    /// The check that failed, if one did.
    known: Cache<(), Option<Check>>,
}

impl Readiness {
    /// Asks the database through `pool`, which has no other user.
    pub(crate) fn new(pool: Pool) -> Self {
        Self { pool, is_stopping: AtomicBool::new(false), known: Cache::new(AGE_MAX, 1) }
    }

    /// From now on the server is not ready.
    pub(crate) fn stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    /// The check that fails, if one does.
    pub(crate) async fn failed_check(&self) -> Option<Check> {
        if self.is_stopping.load(Ordering::Relaxed) {
            return Some(Check::Stopping);
        }
        self.known.value(&(), async || self.look().await).await
    }

    async fn look(&self) -> Option<Check> {
        let ask = self.pool.run(async |connection| migrations::are_current(connection).await);
        match tokio::time::timeout(READY_WITHIN, ask).await {
            Ok(Ok(true)) => None,
            Ok(Ok(false)) => Some(Check::Migrations),
            Ok(Err(repository::Error::Unavailable(_) | repository::Error::TimedOut(_))) | Err(_) => {
                Some(Check::Database)
            }
            // The table of migrations cannot be read: this is another database.
            Ok(Err(_)) => Some(Check::Migrations),
        }
    }
}
