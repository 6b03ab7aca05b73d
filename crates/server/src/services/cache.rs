//! A cache of slightly old values. Concurrent requests share one read.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use actix_web::web::Bytes;
use serde::Serialize;
use thiserror::Error;

use crate::http::problems::Problem;

/// The interval between sweeps, in multiples of the highest age. A sweep removes values that nobody asked for again.
const AGES_BEFORE_SWEEP: u32 = 4;

/// A read failed. Every request that waited for it gets this error. The log has the cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum ReadFailed {
    /// The database is unavailable, or too slow.
    #[error("a shared read failed: the database is unavailable")]
    Unavailable,
    /// The data is corrupt, or the program has a bug.
    #[error("a shared read failed: its result cannot be used")]
    Broken,
}

impl ReadFailed {
    /// Logs the error.
    pub(crate) fn of(error: repository::Error) -> Self {
        let problem = Problem::from(error);
        let cause = problem.cause();
        if matches!(problem, Problem::Unavailable(_)) {
            tracing::warn!(cause, "a shared read failed");
            Self::Unavailable
        } else {
            tracing::error!(%problem, cause, "a shared read failed");
            Self::Broken
        }
    }

    /// The value as JSON, to be shared.
    pub(crate) fn json(value: &impl Serialize) -> Result<Bytes, Self> {
        serde_json::to_vec(value).map(Bytes::from).map_err(|error| {
            tracing::error!(%error, "a shared value could not be written as JSON");
            Self::Broken
        })
    }
}

impl From<ReadFailed> for Problem {
    fn from(failed: ReadFailed) -> Self {
        match failed {
            ReadFailed::Unavailable => Self::Unavailable(failed.into()),
            ReadFailed::Broken => Self::Internal(failed.into()),
        }
    }
}

/// Values by key. Concurrent requests for a key share one read. The read began at most `age_max` before the request.
pub(crate) struct Cache<K, V> {
    slots: RwLock<HashMap<K, Arc<Slot<V>>>>,
    swept_at: Mutex<Instant>,
    age_max: Duration,
    keys_max: usize,
}

struct Slot<V> {
    known: Mutex<Option<Known<V>>>,
    /// Held by the request that reads. The others wait for its value.
    reading: tokio::sync::Mutex<()>,
}

struct Known<V> {
    value: V,
    /// The time at which its read began.
    as_of: Instant,
}

impl<K: Clone + Eq + Hash, V: Clone> Cache<K, V> {
    /// Keeps at most `keys_max` values. Other keys are read for each request.
    pub(crate) fn new(age_max: Duration, keys_max: usize) -> Self {
        Self { slots: RwLock::default(), swept_at: Mutex::new(Instant::now()), age_max, keys_max }
    }

    /// The value of `key`, from the cache or from `read`.
    pub(crate) async fn value(&self, key: &K, read: impl AsyncFnOnce() -> V) -> V {
        let asked_at = Instant::now();
        let Some(slot) = self.slot(key, asked_at) else { return read().await };
        if let Some(value) = slot.value_for(asked_at, self.age_max) {
            return value;
        }
        let _reading = slot.reading.lock().await;
        // Another request may have read it meanwhile. Its age counts from the time of this request. Otherwise requests
        // that waited for a slow database would read again, one after the other.
        if let Some(value) = slot.value_for(asked_at, self.age_max) {
            return value;
        }
        let as_of = Instant::now();
        self.sweep_sometimes(as_of);
        let value = read().await;
        *slot.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(Known { value: value.clone(), as_of });
        value
    }

    /// Removes the value of `key`, because it is out of date.
    pub(crate) fn forget(&self, key: &K) {
        self.slots.write().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    /// Removes all values, because they are out of date.
    pub(crate) fn forget_all(&self) {
        self.slots.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn slot(&self, key: &K, now: Instant) -> Option<Arc<Slot<V>>> {
        if let Some(slot) = self.slots.read().unwrap_or_else(PoisonError::into_inner).get(key) {
            return Some(Arc::clone(slot));
        }
        let mut slots = self.slots.write().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= self.keys_max && !slots.contains_key(key) {
            self.sweep(&mut slots, now);
        }
        if slots.len() >= self.keys_max && !slots.contains_key(key) {
            return None;
        }
        let empty = || Arc::new(Slot { known: Mutex::new(None), reading: tokio::sync::Mutex::new(()) });
        Some(Arc::clone(slots.entry(key.clone()).or_insert_with(empty)))
    }

    /// Removes values that nobody asks for any more. Reads of other keys call this.
    fn sweep_sometimes(&self, now: Instant) {
        let mut swept_at = self.swept_at.lock().unwrap_or_else(PoisonError::into_inner);
        if *swept_at + self.age_max * AGES_BEFORE_SWEEP <= now {
            *swept_at = now;
            self.sweep(&mut self.slots.write().unwrap_or_else(PoisonError::into_inner), now);
        }
    }

    fn sweep(&self, slots: &mut HashMap<K, Arc<Slot<V>>>, now: Instant) {
        slots.retain(|_, slot| Arc::strong_count(slot) > 1 || slot.value_for(now, self.age_max).is_some());
    }
}

impl<V: Clone> Slot<V> {
    fn value_for(&self, asked_at: Instant, age_max: Duration) -> Option<V> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().filter(|known| known.as_of + age_max >= asked_at).map(|known| known.value.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use testdb::patience::{outlast, scaled};

    /// Long enough for a test to ask twice within it.
    const AGE_MAX: Duration = scaled(Duration::from_millis(100));

    #[tokio::test]
    async fn a_crowd_reads_once() {
        let cache = Cache::new(AGE_MAX, 10);
        let reads = AtomicUsize::new(0);
        let read = async || {
            // Lets everybody ask while the first one reads.
            tokio::time::sleep(scaled(Duration::from_millis(5))).await;
            reads.fetch_add(1, Ordering::Relaxed)
        };
        let crowd = (0..100).map(|_| cache.value(&"event", read));
        assert!(futures_util::future::join_all(crowd).await.iter().all(|value| *value == 0));
        assert_eq!(reads.into_inner(), 1);
    }

    #[tokio::test]
    async fn requests_that_waited_for_a_slow_read_share_it() {
        let cache = Cache::new(AGE_MAX, 10);
        let reads = AtomicUsize::new(0);
        let read = async || {
            // The value is too old when it arrives.
            outlast(AGE_MAX).await;
            reads.fetch_add(1, Ordering::Relaxed)
        };
        futures_util::future::join_all((0..100).map(|_| cache.value(&"event", read))).await;
        assert_eq!(reads.into_inner(), 1);
    }

    #[tokio::test]
    async fn an_old_or_forgotten_value_is_read_again() {
        let cache = Cache::new(AGE_MAX, 10);
        assert_eq!(cache.value(&1, async || "old").await, "old");
        assert_eq!(cache.value(&1, async || "new").await, "old");
        cache.forget(&1);
        assert_eq!(cache.value(&1, async || "new").await, "new");
        outlast(AGE_MAX).await;
        assert_eq!(cache.value(&1, async || "newer").await, "newer");
    }

    #[tokio::test]
    async fn a_key_that_does_not_fit_is_read_and_not_kept() {
        let cache = Cache::new(AGE_MAX, 2);
        for key in 0..10 {
            assert_eq!(cache.value(&key, async || key).await, key);
        }
        assert_eq!(cache.slots.read().unwrap().len(), 2);
        outlast(AGE_MAX).await;
        cache.value(&9, async || 9).await;
        assert!(cache.slots.read().unwrap().contains_key(&9), "an old value makes room");
    }

    #[tokio::test]
    async fn an_unused_value_goes_with_a_read_of_another() {
        let cache = Cache::new(AGE_MAX, 100);
        for key in 0..10 {
            cache.value(&key, async || key).await;
        }
        outlast(AGE_MAX * AGES_BEFORE_SWEEP).await;
        assert_eq!(cache.slots.read().unwrap().len(), 10);
        cache.value(&0, async || 0).await;
        assert_eq!(cache.slots.read().unwrap().len(), 1);
        assert_eq!(cache.value(&1, async || 11).await, 11);
    }

    #[test]
    fn a_failed_read_says_whether_to_try_again() {
        assert_eq!(ReadFailed::of(repository::Error::Unavailable("gone".into())), ReadFailed::Unavailable);
        assert_eq!(ReadFailed::of(repository::Error::Corrupt("odd".into())), ReadFailed::Broken);
        assert!(matches!(Problem::from(ReadFailed::Unavailable), Problem::Unavailable(_)));
        assert!(matches!(Problem::from(ReadFailed::Broken), Problem::Internal(_)));
    }
}
