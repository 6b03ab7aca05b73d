//! A cache of slightly old values. Concurrent requests share one read.

use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use actix_web::web::Bytes;
use serde::Serialize;
use thiserror::Error;

use crate::http::problems::Problem;

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

/// How long a value stays that nobody asks for, in multiples of the highest age.
const AGES_BEFORE_EVICTION: u32 = 4;

/// Values by key. Concurrent requests for a key share one read. The read began at most `age_max` before the request.
///
/// When it is full, the values stay that are asked for most often (TinyLFU), so made-up keys do not push them out.
///
/// Requests wait for a read at a fair lock of their key's own. The cache's own way of sharing a read panics in a
/// request that has outlived 200 others that were to read for it, as when a proxy closes its connections while the
/// database is slow.
pub(crate) struct Cache<K, V> {
    slots: moka::sync::Cache<K, Arc<Slot<V>>>,
    age_max: Duration,
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

impl<K, V> Cache<K, V>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + 'static,
{
    /// Keeps at most about `keys_max` values.
    pub(crate) fn new(age_max: Duration, keys_max: u64) -> Self {
        let slots = moka::sync::Cache::builder().max_capacity(keys_max).time_to_idle(age_max * AGES_BEFORE_EVICTION);
        Self { slots: slots.build(), age_max }
    }

    /// The value of `key`, from the cache or from `read`.
    pub(crate) async fn value(&self, key: &K, read: impl AsyncFnOnce() -> V) -> V {
        let asked_at = Instant::now();
        let slot = self.slots.get_with_by_ref(key, Arc::default);
        slot.value(asked_at, self.age_max, read).await
    }

    /// Removes the value of `key`, because it is out of date. A read that is on its way serves only those who wait for
    /// it.
    pub(crate) fn forget(&self, key: &K) {
        self.slots.invalidate(key);
    }

    /// Removes all values, because they are out of date.
    pub(crate) fn forget_all(&self) {
        self.slots.invalidate_all();
    }
}

/// A [`Cache`] of a few keys: the numbers below a bound. All of them stay, so a hot one costs less than in a cache that
/// counts how often each is asked for.
pub(crate) struct Shelf<V> {
    slots: Vec<RwLock<Arc<Slot<V>>>>,
    age_max: Duration,
}

impl<V: Clone> Shelf<V> {
    /// Keeps the values of all keys below `keys`.
    pub(crate) fn new(age_max: Duration, keys: usize) -> Self {
        Self { slots: (0..keys).map(|_| RwLock::default()).collect(), age_max }
    }

    /// The value of `key`, from the shelf or from `read`. Keys beyond the bound are read each time.
    pub(crate) async fn value(&self, key: usize, read: impl AsyncFnOnce() -> V) -> V {
        let asked_at = Instant::now();
        let Some(slot) = self.slots.get(key) else { return read().await };
        let slot = Arc::clone(&slot.read().unwrap_or_else(PoisonError::into_inner));
        slot.value(asked_at, self.age_max, read).await
    }

    /// Removes all values, because they are out of date. A read that is on its way serves only those who wait for it.
    pub(crate) fn forget_all(&self) {
        for slot in &self.slots {
            *slot.write().unwrap_or_else(PoisonError::into_inner) = Arc::default();
        }
    }
}

impl<V> Default for Slot<V> {
    fn default() -> Self {
        Self { known: Mutex::new(None), reading: tokio::sync::Mutex::new(()) }
    }
}

impl<V: Clone> Slot<V> {
    /// The value for a request that came at `asked_at`, from here or from `read`.
    async fn value(&self, asked_at: Instant, age_max: Duration, read: impl AsyncFnOnce() -> V) -> V {
        if let Some(value) = self.value_for(asked_at, age_max) {
            return value;
        }
        let _reading = self.reading.lock().await;
        // Another request may have read it meanwhile. Its age counts from the time of this request. Otherwise requests
        // that waited for a slow database would read again, one after the other.
        if let Some(value) = self.value_for(asked_at, age_max) {
            return value;
        }
        let as_of = Instant::now();
        let value = read().await;
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(Known { value: value.clone(), as_of });
        value
    }

    fn value_for(&self, asked_at: Instant, age_max: Duration) -> Option<V> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().filter(|known| known.as_of + age_max >= asked_at).map(|known| known.value.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use testdb::patience::{LIMIT, outlast, scaled};
    use tokio::sync::Notify;

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
        cache.forget_all();
        assert_eq!(cache.value(&1, async || "newest").await, "newest");
    }

    #[tokio::test]
    async fn a_value_that_is_forgotten_while_it_is_read_is_not_kept() {
        let cache = Cache::new(LIMIT, 10);
        let (begun, go_on) = (Notify::new(), Notify::new());
        let read_before = async || {
            begun.notify_one();
            go_on.notified().await;
            "old"
        };
        let after = async {
            begun.notified().await;
            cache.forget(&1);
            // Asked after the change, while the read from before it is still on its way.
            let asked = cache.value(&1, async || "new");
            let let_it_end = async { go_on.notify_one() };
            tokio::join!(asked, let_it_end).0
        };
        let (before, after) = tokio::join!(cache.value(&1, read_before), after);
        assert_eq!((before, after), ("old", "new"));
        assert_eq!(cache.value(&1, async || "newer").await, "new");
    }

    #[tokio::test]
    async fn a_read_whose_request_is_dropped_is_made_by_another() {
        let cache = Cache::new(LIMIT, 10);
        let mut dropped = Box::pin(cache.value(&1, async || std::future::pending().await));
        assert!(futures_util::poll!(&mut dropped).is_pending());
        let mut waiting = Box::pin(cache.value(&1, async || "read"));
        assert!(futures_util::poll!(&mut waiting).is_pending());
        drop(dropped);
        assert_eq!(waiting.await, "read");
    }

    #[tokio::test]
    async fn a_value_that_nobody_asks_for_any_more_is_dropped() {
        let cache = Cache::new(AGE_MAX, 100);
        for key in 0..10 {
            cache.value(&key, async || key).await;
        }
        outlast(AGE_MAX * AGES_BEFORE_EVICTION).await;
        cache.value(&0, async || 0).await;
        cache.slots.run_pending_tasks();
        assert_eq!(cache.slots.entry_count(), 1);
    }

    #[tokio::test]
    async fn a_flood_of_other_keys_does_not_push_a_popular_value_out() {
        const KEYS_MAX: u64 = 100;
        let cache = Cache::new(LIMIT * 10, KEYS_MAX);
        let reads = AtomicUsize::new(0);
        let popular = async || reads.fetch_add(1, Ordering::Relaxed);
        for made_up in 1..=20_000 {
            cache.value(&made_up, async || 0).await;
            // More rarely than the cache is filled anew: it would have left a cache that drops the longest unused
            // value.
            if made_up % 150 == 0 {
                cache.value(&0, popular).await;
            }
        }
        assert!(reads.load(Ordering::Relaxed) < 20, "{reads:?} reads for 133 requests");
        cache.slots.run_pending_tasks();
        assert!(cache.slots.entry_count() <= KEYS_MAX, "{}", cache.slots.entry_count());
    }

    #[tokio::test]
    async fn a_shelf_keeps_each_value_apart_until_it_is_forgotten() {
        let shelf = Shelf::new(LIMIT * 10, 2);
        let reads = AtomicUsize::new(0);
        let read = async || reads.fetch_add(1, Ordering::Relaxed);
        let values = [shelf.value(0, read).await, shelf.value(1, read).await, shelf.value(0, read).await];
        assert_eq!(values, [0, 1, 0]);
        assert_eq!([shelf.value(2, read).await, shelf.value(2, read).await], [2, 3], "beyond the bound");
        shelf.forget_all();
        assert_eq!([shelf.value(1, read).await, shelf.value(1, read).await], [4, 4]);
    }

    #[test]
    fn a_failed_read_says_whether_to_try_again() {
        assert_eq!(ReadFailed::of(repository::Error::Unavailable("gone".into())), ReadFailed::Unavailable);
        assert_eq!(ReadFailed::of(repository::Error::Corrupt("odd".into())), ReadFailed::Broken);
        assert!(matches!(Problem::from(ReadFailed::Unavailable), Problem::Unavailable(_)));
        assert!(matches!(Problem::from(ReadFailed::Broken), Problem::Internal(_)));
    }
}
