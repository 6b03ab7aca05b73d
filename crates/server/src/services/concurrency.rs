//! Limits on slow reads and uploads, which leave database connections and memory for other requests.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore, SemaphorePermit};
use tokio::time::timeout;

use crate::http::problems::Problem;

/// Searches of lists that run at once. Those that need no account have places of their own, so that a flood of them
/// does not keep organizers and administrators from theirs.
const SEARCHES_AT_ONCE: usize = 2;

/// The longest wait of a search: a few others end in that time, and a person waits for the page.
const SEARCH_WAIT_MAX: Duration = Duration::from_secs(1);

/// Reads for exported files that run at once. An export holds no connection between its reads, however slowly its
/// client takes the file.
const EXPORT_READS_AT_ONCE: usize = 2;

/// The longest wait of one read for a file: many slow files are better than broken ones.
const EXPORT_WAIT_MAX: Duration = Duration::from_secs(10);

/// Uploads that are read or worked on at once. Each is held in memory as a whole.
const UPLOADS_AT_ONCE: usize = 4;

/// The longest wait of an upload, before its first byte is read.
const UPLOAD_WAIT_MAX: Duration = Duration::from_secs(10);

/// The share of one client: with less than all places, nobody keeps the others out.
const READS_OF_ONE_CLIENT: usize = 1;

const _: () = assert!(
    READS_OF_ONE_CLIENT < SEARCHES_AT_ONCE
        && READS_OF_ONE_CLIENT < EXPORT_READS_AT_ONCE
        && READS_OF_ONE_CLIENT < UPLOADS_AT_ONCE
);

/// Lets a fixed number of reads run at once, and one of each client. A client is an account, or an address where no
/// account is needed.
pub(crate) struct ConcurrencyLimit<Client> {
    free: Semaphore,
    /// The clients whose reads run or wait.
    clients: Mutex<HashMap<Client, Reads>>,
    wait_max: Duration,
}

/// The reads of one client.
struct Reads {
    /// Those that run or wait.
    all: usize,
    share: Arc<Semaphore>,
}

impl<Client: Copy + Eq + Hash> ConcurrencyLimit<Client> {
    /// The limit for searches that look through most of a list in vain.
    pub(crate) fn of_searches() -> Self {
        Self::new(SEARCHES_AT_ONCE, SEARCH_WAIT_MAX)
    }

    /// The limit for uploads.
    pub(crate) fn of_uploads() -> Self {
        Self::new(UPLOADS_AT_ONCE, UPLOAD_WAIT_MAX)
    }

    /// The limit for the reads of exported files.
    pub(crate) fn of_exports() -> Self {
        Self::new(EXPORT_READS_AT_ONCE, EXPORT_WAIT_MAX)
    }

    fn new(at_once: usize, wait_max: Duration) -> Self {
        Self { free: Semaphore::new(at_once), clients: Mutex::default(), wait_max }
    }

    /// A permit, first come, first served; dropping it gives it back. [`Problem::Busy`] after the longest wait.
    pub(crate) async fn acquire(&self, client: Client) -> Result<Permit<'_, Client>, Problem> {
        let busy = |_| Problem::busy(self.wait_max.as_secs().max(1));
        let permit = timeout(self.wait_max, self.permit(client)).await.map_err(busy)?;
        permit.map_err(|error| Problem::internal(error.to_string()))
    }

    async fn permit(&self, client: Client) -> Result<Permit<'_, Client>, AcquireError> {
        let (place, share) = self.enter(client);
        // A client's reads wait for each other first, so that at most one of them stands in the line of all clients.
        let share = share.acquire_owned().await?;
        Ok(Permit { _free: self.free.acquire().await?, _share: share, _place: place })
    }

    fn enter(&self, client: Client) -> (Place<'_, Client>, Arc<Semaphore>) {
        let new = || Reads { all: 0, share: Arc::new(Semaphore::new(READS_OF_ONE_CLIENT)) };
        let mut clients = self.clients();
        let reads = clients.entry(client).or_insert_with(new);
        reads.all += 1;
        (Place { limit: self, client }, Arc::clone(&reads.share))
    }
}

impl<Client> ConcurrencyLimit<Client> {
    fn clients(&self) -> MutexGuard<'_, HashMap<Client, Reads>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets one read run until it is dropped.
pub(crate) struct Permit<'a, Client: Copy + Eq + Hash> {
    _free: SemaphorePermit<'a>,
    _share: OwnedSemaphorePermit,
    _place: Place<'a, Client>,
}

/// A read that runs or waits.
struct Place<'a, Client: Copy + Eq + Hash> {
    limit: &'a ConcurrencyLimit<Client>,
    client: Client,
}

impl<Client: Copy + Eq + Hash> Drop for Place<'_, Client> {
    fn drop(&mut self) {
        let mut clients = self.limit.clients();
        let left = clients.get_mut(&self.client).map_or(0, |reads| {
            reads.all -= 1;
            reads.all
        });
        if left == 0 {
            clients.remove(&self.client);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit_of_two() -> ConcurrencyLimit<char> {
        ConcurrencyLimit::new(2, Duration::from_millis(10))
    }

    async fn is_busy(limit: &ConcurrencyLimit<char>, client: char) -> bool {
        matches!(limit.acquire(client).await, Err(Problem::Busy { retry_after_seconds: 1.. }))
    }

    #[tokio::test]
    async fn a_read_that_waits_too_long_is_refused() {
        let limit = limit_of_two();
        let (one, other) = (limit.acquire('a').await.unwrap(), limit.acquire('b').await.unwrap());
        assert!(is_busy(&limit, 'c').await);
        drop(one);
        drop((limit.acquire('c').await.unwrap(), other));
    }

    #[tokio::test]
    async fn reads_of_one_client_wait_for_each_other_and_leave_the_other_place() {
        let limit = limit_of_two();
        let one = limit.acquire('a').await.unwrap();
        assert!(is_busy(&limit, 'a').await);
        drop(limit.acquire('b').await.unwrap());
        drop(one);
        drop(limit.acquire('a').await.unwrap());
    }

    #[tokio::test]
    async fn a_client_is_forgotten_when_its_last_read_has_ended_or_given_up() {
        let limit = limit_of_two();
        let one = limit.acquire('a').await.unwrap();
        assert!(is_busy(&limit, 'a').await);
        assert_eq!(limit.clients().len(), 1, "its first read still runs");
        assert!(is_busy(&limit, 'a').await, "and the share is still the same");
        drop(one);
        assert_eq!(limit.clients().len(), 0);
    }
}
