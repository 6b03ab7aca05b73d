//! Hashes passwords on threads of their own. Few are hashed at once, and few wait.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use auth::addresses::AddressKey;
use auth::passwords::Hasher;
use tokio::sync::Semaphore;

use crate::http::problems::Problem;

/// The longest wait of a request. With the hashing itself, well under the time after which the throttle drops an
/// undecided attempt.
const WAIT_MAX: Duration = Duration::from_secs(5);

/// Requests that may wait for each one that hashes. About as many are hashed within [`WAIT_MAX`].
const WAITING_PER_HASHING: usize = 50;

/// Hashes and verifies passwords.
#[derive(Debug)]
pub(crate) struct Passwords {
    hasher: Arc<Hasher>,
    hashing: Arc<Semaphore>,
    slots: Semaphore,
    new_accounts: Queue,
    /// The queue of each address, with the number of requests in it.
    addresses: Mutex<HashMap<AddressKey, (usize, Arc<Queue>)>>,
    concurrency: usize,
}

/// A queue of requests. At most `concurrency` requests of each queue compete with those of other queues. Queues
/// therefore take turns, however long they are.
#[derive(Debug)]
struct Queue {
    active: Semaphore,
    slots: Semaphore,
}

impl Queue {
    fn new(concurrency: usize) -> Self {
        Self { active: Semaphore::new(concurrency), slots: Semaphore::new(slots(concurrency)) }
    }

    /// The number of requests that wait in this queue.
    fn waiting(&self, concurrency: usize) -> usize {
        let taken = |of: &Semaphore, all: usize| all.saturating_sub(of.available_permits());
        taken(&self.slots, slots(concurrency)).saturating_sub(taken(&self.active, concurrency))
    }
}

/// The most requests that may hash or wait.
fn slots(concurrency: usize) -> usize {
    concurrency.saturating_mul(1 + WAITING_PER_HASHING)
}

fn busy() -> Problem {
    Problem::busy(WAIT_MAX.as_secs())
}

impl Passwords {
    /// Hashes at most `concurrency` passwords at once.
    pub(crate) fn new(hasher: Hasher, concurrency: usize) -> Self {
        let concurrency = concurrency.max(1);
        Self {
            hasher: Arc::new(hasher),
            hashing: Arc::new(Semaphore::new(concurrency)),
            slots: Semaphore::new(slots(concurrency)),
            new_accounts: Queue::new(concurrency),
            addresses: Mutex::default(),
            concurrency,
        }
    }

    /// The number of requests that hash, and of those that wait.
    pub(crate) fn occupancy(&self) -> (usize, usize) {
        let running = self.concurrency.saturating_sub(self.hashing.available_permits());
        let among_all = slots(self.concurrency).saturating_sub(self.slots.available_permits());
        let addresses = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        let in_queues: usize = addresses.values().map(|(_, queue)| queue.waiting(self.concurrency)).sum();
        let new_accounts = self.new_accounts.waiting(self.concurrency);
        (running, (among_all + in_queues + new_accounts).saturating_sub(running))
    }

    /// Runs `work` for a new account, or refuses it as busy. New accounts have their own queue, so that they cannot
    /// keep people from signing in.
    pub(crate) async fn run_for_new_account<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Hasher) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        self.run_in(&self.new_accounts, work).await
    }

    /// Runs `work` in turn, or refuses it as busy. Addresses take turns, so that a busy address cannot keep others out.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        address: IpAddr,
        work: impl FnOnce(&Hasher) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let of_address = AddressQueue::of(self, AddressKey::of(address));
        self.run_in(&of_address.queue, work).await
    }

    async fn run_in<T: Send + 'static>(
        &self,
        queue: &Queue,
        work: impl FnOnce(&Hasher) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let _slot = queue.slots.try_acquire().map_err(|_| busy())?;
        let turn = tokio::time::timeout(WAIT_MAX, queue.active.acquire());
        let _turn = turn.await.map_err(|_| busy())?.map_err(|error| Problem::Internal(error.into()))?;
        self.run_among_all(work).await
    }

    async fn run_among_all<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Hasher) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let _slot = self.slots.try_acquire().map_err(|_| busy())?;
        let turn = tokio::time::timeout(WAIT_MAX, Arc::clone(&self.hashing).acquire_owned());
        let permit = turn.await.map_err(|_| busy())?.map_err(|error| Problem::Internal(error.into()))?;
        let hasher = Arc::clone(&self.hasher);
        let hashed = tokio::task::spawn_blocking(move || {
            // The thread holds the permit, because it works on even if the client has left.
            let _permit = permit;
            work(&hasher)
        });
        hashed.await.map_err(|error| Problem::Internal(error.into()))
    }
}

/// The queue of an address. Removed with the last request in it.
struct AddressQueue<'a> {
    passwords: &'a Passwords,
    address: AddressKey,
    queue: Arc<Queue>,
}

impl<'a> AddressQueue<'a> {
    fn of(passwords: &'a Passwords, address: AddressKey) -> Self {
        let mut addresses = passwords.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || (0, Arc::new(Queue::new(passwords.concurrency)));
        let (inside, queue) = addresses.entry(address).or_insert_with(new);
        *inside += 1;
        Self { passwords, address, queue: Arc::clone(queue) }
    }
}

impl Drop for AddressQueue<'_> {
    fn drop(&mut self) {
        let mut addresses = self.passwords.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((inside, _)) = addresses.get_mut(&self.address) else { return };
        *inside = inside.saturating_sub(1);
        if *inside == 0 {
            addresses.remove(&self.address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;
    use std::pin::pin;
    use std::sync::mpsc;
    use std::task::Poll;

    use futures_util::poll;
    use testdb::patience::scaled;

    const ONE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    const OTHER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2));

    #[tokio::test]
    async fn hashing_waits_for_its_turn_and_what_is_too_much_is_refused_at_once() {
        let passwords = Passwords::new(Hasher::new(4).unwrap(), 1);
        let (go_on, wait) = mpsc::channel::<()>();
        let first = passwords.run(ONE, move |_| wait.recv().is_ok());
        let waiting = (0..WAITING_PER_HASHING).map(|_| passwords.run(ONE, |_| true));
        let crowd = async {
            tokio::task::yield_now().await;
            // The first is still hashing, and only its end can end this wait.
            let mut refused = pin!(passwords.run(ONE, |_| true));
            assert!(matches!(poll!(refused.as_mut()), Poll::Ready(Err(Problem::Busy { .. }))));
            go_on.send(()).unwrap();
        };
        let (first, waited, ()) = tokio::join!(first, futures_util::future::join_all(waiting), crowd);
        assert!(first.unwrap() && waited.into_iter().all(|done| done.unwrap()));
        assert!(passwords.run(ONE, |_| true).await.unwrap(), "the slots are free again");
    }

    #[tokio::test]
    async fn a_crowd_of_new_accounts_does_not_keep_people_from_signing_in() {
        let passwords = Passwords::new(Hasher::new(4).unwrap(), 1);
        // Longer than it takes to join the queue.
        let slow = |_: &Hasher| std::thread::sleep(scaled(Duration::from_millis(5)));
        let crowd = futures_util::future::join_all((0..200).map(|_| passwords.run_for_new_account(slow)));
        let signing_in = async {
            tokio::task::yield_now().await;
            let others_done = passwords.new_accounts.slots.available_permits();
            passwords.run(ONE, |_| ()).await.unwrap();
            passwords.new_accounts.slots.available_permits() - others_done
        };
        let (created, done_before) = tokio::join!(crowd, signing_in);
        assert!(done_before <= 2, "{done_before} new accounts went before");
        assert_eq!(created.iter().filter(|done| done.is_ok()).count(), 1 + WAITING_PER_HASHING);
    }

    #[tokio::test]
    async fn an_address_that_signs_in_all_the_time_does_not_keep_others_out() {
        let passwords = Passwords::new(Hasher::new(4).unwrap(), 1);
        // Longer than it takes to join the queue.
        let slow = |_: &Hasher| std::thread::sleep(scaled(Duration::from_millis(5)));
        let crowd = futures_util::future::join_all((0..200).map(|_| passwords.run(ONE, slow)));
        let signing_in = async {
            tokio::task::yield_now().await;
            let free_slots = || passwords.addresses.lock().unwrap()[&AddressKey::of(ONE)].1.slots.available_permits();
            assert_eq!((free_slots(), passwords.occupancy()), (0, (1, WAITING_PER_HASHING)));
            passwords.run(OTHER, |_| ()).await.unwrap();
            free_slots()
        };
        let (crowd, done_before) = tokio::join!(crowd, signing_in);
        assert!(done_before <= 2, "{done_before} of the crowd went before");
        assert_eq!(crowd.iter().filter(|done| done.is_ok()).count(), 1 + WAITING_PER_HASHING);
        assert!(passwords.addresses.lock().unwrap().is_empty(), "the queues of finished requests are removed");
    }

    #[tokio::test]
    async fn nobody_waits_for_long() {
        let passwords = Passwords::new(Hasher::new(4).unwrap(), 1);
        let _hashing = Arc::clone(&passwords.hashing).acquire_owned().await.unwrap();
        assert!(matches!(passwords.run(ONE, |_| true).await, Err(Problem::Busy { retry_after_seconds: 5.. })));
    }
}
