//! Whether the server is ready for requests.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use repository::migrations;
use repository::pools::Pool;

use crate::http::problems::Check;
use crate::services::access_list::AccessList;
use crate::services::cache::Cache;

/// How long the database may take to answer.
pub(crate) const READY_WITHIN: Duration = Duration::from_secs(1);

/// How old an answer may be. Any number of probes costs the database two queries a second.
const AGE_MAX: Duration = Duration::from_millis(500);

/// Whether the server can serve requests. A busy server is ready.
pub(crate) struct Readiness {
    pool: Pool,
    access_list: Arc<AccessList>,
    is_stopping: AtomicBool,
    /// The check that failed, if one did.
    known: Cache<(), Option<Check>>,
    /// The last answer. The log gets a line when it changes.
    last: Mutex<Option<Check>>,
}

impl Readiness {
    /// Asks the database through `pool`, which no request uses. Changes of access must have been heard of by
    /// `access_list`.
    pub(crate) fn new(pool: Pool, access_list: Arc<AccessList>) -> Self {
        let known = Cache::new(AGE_MAX, 1);
        Self { pool, access_list, is_stopping: AtomicBool::new(false), known, last: Mutex::new(None) }
    }

    /// From now on the server is not ready.
    pub(crate) fn stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    /// The check that fails, if one does.
    pub(crate) async fn failed_check(&self) -> Option<Check> {
        let failed = self.failed_now().await;
        let last = std::mem::replace(&mut *self.last.lock().unwrap_or_else(PoisonError::into_inner), failed);
        match (last, failed) {
            (last, Some(check)) if last != failed && check != Check::Stopping => {
                tracing::warn!(failed = check.as_str(), "this server is not ready");
            }
            (Some(_), None) => tracing::info!("this server is ready again"),
            _ => {}
        }
        failed
    }

    async fn failed_now(&self) -> Option<Check> {
        if self.is_stopping.load(Ordering::Relaxed) {
            return Some(Check::Stopping);
        }
        let of_database = self.known.value(&(), async || self.look().await).await;
        // Without its database, a server hears of nothing. The database is what operators need to know of.
        of_database.or_else(|| (!self.access_list.is_current()).then_some(Check::Access))
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
