//! Passwords are hashed here: on threads of their own, few at once, with few waiting.

use std::sync::Arc;
use std::time::Duration;

use auth::passwords::Hasher;
use tokio::sync::Semaphore;

use crate::problems::Problem;

/// How long a request waits for its turn. With the time of hashing itself, well under what the throttle takes for an
/// undecided try.
const WAIT_MAX: Duration = Duration::from_secs(5);

/// Requests that may wait, for each that is hashing: what can be hashed within [`WAIT_MAX`] at a fraction of a second.
const WAITING_PER_HASHING: usize = 50;

/// Where passwords are hashed and verified.
#[derive(Debug)]
pub(crate) struct Passwords {
    hasher: Arc<Hasher>,
    hashing: Arc<Semaphore>,
    places: Semaphore,
    newcomers: Semaphore,
    newcomers_places: Semaphore,
    concurrency: usize,
}

impl Passwords {
    /// At most `concurrency` passwords at once.
    pub(crate) fn new(hasher: Hasher, concurrency: usize) -> Self {
        let concurrency = concurrency.max(1);
        Self {
            hasher: Arc::new(hasher),
            hashing: Arc::new(Semaphore::new(concurrency)),
            places: Semaphore::new(concurrency.saturating_mul(1 + WAITING_PER_HASHING)),
            newcomers: Semaphore::new(concurrency),
            newcomers_places: Semaphore::new(concurrency.saturating_mul(1 + WAITING_PER_HASHING)),
            concurrency,
        }
    }

    /// How many passwords are being hashed, and how many wait for that.
    pub(crate) fn occupancy(&self) -> (usize, usize) {
        let taken = |of: &Semaphore, all: usize| all.saturating_sub(of.available_permits());
        let running = taken(&self.hashing, self.concurrency);
        let places = self.concurrency.saturating_mul(1 + WAITING_PER_HASHING);
        // A newcomer whose turn it is holds a place among all as well.
        let turns = taken(&self.newcomers, self.concurrency);
        let here = taken(&self.places, places) + taken(&self.newcomers_places, places).saturating_sub(turns);
        (running, here.saturating_sub(running))
    }

    /// [`Passwords::run`] for somebody who has no account yet. Newcomers wait in a line of their own and take turns
    /// with those who sign in, so that any number of them cannot keep these out.
    pub(crate) async fn run_for_newcomer<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Hasher) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let busy = || Problem::Busy { retry_after_seconds: WAIT_MAX.as_secs() };
        let _place = self.newcomers_places.try_acquire().map_err(|_| busy())?;
        let turn = tokio::time::timeout(WAIT_MAX, self.newcomers.acquire());
        let _turn = turn.await.map_err(|_| busy())?.map_err(|error| Problem::Internal(error.into()))?;
        self.run(work).await
    }

    /// Runs `work` when it is its turn, or says that too much is going on.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Hasher) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let busy = || Problem::Busy { retry_after_seconds: WAIT_MAX.as_secs() };
        let _place = self.places.try_acquire().map_err(|_| busy())?;
        let turn = tokio::time::timeout(WAIT_MAX, Arc::clone(&self.hashing).acquire_owned());
        let permit = turn.await.map_err(|_| busy())?.map_err(|error| Problem::Internal(error.into()))?;
        let hasher = Arc::clone(&self.hasher);
        let hashed = tokio::task::spawn_blocking(move || {
            // Goes with the thread, not with the request, which may be given up while the thread still works.
            let _permit = permit;
            work(&hasher)
        });
        hashed.await.map_err(|error| Problem::Internal(error.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::time::Instant;

    #[tokio::test]
    async fn hashing_waits_for_its_turn_and_what_is_too_much_is_refused_at_once() {
        let passwords = Passwords::new(Hasher::new(4).unwrap(), 1);
        let (go_on, wait) = mpsc::channel::<()>();
        let first = passwords.run(move |_| wait.recv().is_ok());
        let waiting = (0..WAITING_PER_HASHING).map(|_| passwords.run(|_| true));
        let crowd = async {
            tokio::task::yield_now().await;
            let began = Instant::now();
            let refused = passwords.run(|_| true).await;
            assert!(matches!(refused, Err(Problem::Busy { .. })));
            assert!(began.elapsed() < WAIT_MAX / 2);
            go_on.send(()).unwrap();
        };
        let (first, waited, ()) = tokio::join!(first, futures_util::future::join_all(waiting), crowd);
        assert!(first.unwrap() && waited.into_iter().all(|done| done.unwrap()));
        assert!(passwords.run(|_| true).await.unwrap(), "the places are free again");
    }

    #[tokio::test]
    async fn a_crowd_of_newcomers_does_not_keep_out_who_signs_in() {
        let passwords = Passwords::new(Hasher::new(4).unwrap(), 1);
        let slow = |_: &Hasher| std::thread::sleep(Duration::from_millis(20));
        let crowd = futures_util::future::join_all((0..200).map(|_| passwords.run_for_newcomer(slow)));
        let signing_in = async {
            tokio::task::yield_now().await;
            let others_done = passwords.newcomers_places.available_permits();
            passwords.run(|_| ()).await.unwrap();
            passwords.newcomers_places.available_permits() - others_done
        };
        let (newcomers, done_before) = tokio::join!(crowd, signing_in);
        assert!(done_before <= 2, "{done_before} newcomers went before");
        assert_eq!(newcomers.iter().filter(|done| done.is_ok()).count(), 1 + WAITING_PER_HASHING);
    }

    #[tokio::test]
    async fn nobody_waits_for_long() {
        let passwords = Passwords::new(Hasher::new(4).unwrap(), 1);
        let _hashing = Arc::clone(&passwords.hashing).acquire_owned().await.unwrap();
        assert!(matches!(passwords.run(|_| true).await, Err(Problem::Busy { retry_after_seconds: 5 })));
    }
}
