//! Answers that may be a moment old, shared by everybody who asks within that moment.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use actix_web::web::Bytes;
use serde::Serialize;
use thiserror::Error;

use crate::http::problems::Problem;

/// How many times the age that a value may have passes before those that nobody asked for again are looked for.
const AGES_BEFORE_SWEEP: u32 = 4;

/// A read failed. Whoever waited for it gets this; the log says why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum Unread {
    /// The database is away, or too slow.
    #[error("the read that was waited for failed")]
    Unavailable,
    /// What was read cannot be, or a bug.
    #[error("the read that was waited for came to nothing")]
    Broken,
}

impl Unread {
    /// Logs the error, and says what it is to those who wait.
    pub(crate) fn of(error: repository::Error) -> Self {
        let problem = Problem::from(error);
        let cause = problem.cause();
        if matches!(problem, Problem::Unavailable(_)) {
            tracing::warn!(cause, "what many asked for cannot be read");
            Self::Unavailable
        } else {
            tracing::error!(%problem, cause, "what many asked for cannot be read");
            Self::Broken
        }
    }

    /// The value as JSON, to be shared.
    pub(crate) fn json(value: &impl Serialize) -> Result<Bytes, Self> {
        serde_json::to_vec(value).map(Bytes::from).map_err(|error| {
            tracing::error!(%error, "what many asked for cannot be written");
            Self::Broken
        })
    }
}

impl From<Unread> for Problem {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Unavailable => Self::Unavailable(unread.into()),
            Unread::Broken => Self::Internal(unread.into()),
        }
    }
}

/// Values by key, each read at most once in a moment, however many ask. What is given was read at most `age_max` before
/// it was asked for.
pub(crate) struct Fresh<K, V> {
    slots: RwLock<HashMap<K, Arc<Slot<V>>>>,
    swept_at: Mutex<Instant>,
    age_max: Duration,
    keys_max: usize,
}

struct Slot<V> {
    known: Mutex<Option<Known<V>>>,
    /// Held by the one who reads, while the others wait for what it finds.
    reading: tokio::sync::Mutex<()>,
}

struct Known<V> {
    value: V,
    /// When reading it began.
    as_of: Instant,
}

impl<K: Clone + Eq + Hash, V: Clone> Fresh<K, V> {
    /// Remembers at most `keys_max` values; what does not fit is read for each who asks.
    pub(crate) fn new(age_max: Duration, keys_max: usize) -> Self {
        Self { slots: RwLock::default(), swept_at: Mutex::new(Instant::now()), age_max, keys_max }
    }

    /// The value of `key`, from memory or from `read`.
    pub(crate) async fn value(&self, key: &K, read: impl AsyncFnOnce() -> V) -> V {
        let asked_at = Instant::now();
        let Some(slot) = self.slot(key, asked_at) else { return read().await };
        if let Some(value) = slot.value_for(asked_at, self.age_max) {
            return value;
        }
        let _reading = slot.reading.lock().await;
        // By now somebody may have read it. It counts from when one asked, so that a slow database is not asked by each
        // who waited in turn.
        if let Some(value) = slot.value_for(asked_at, self.age_max) {
            return value;
        }
        let as_of = Instant::now();
        self.sweep_sometimes(as_of);
        let value = read().await;
        *slot.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(Known { value: value.clone(), as_of });
        value
    }

    /// What is known of `key` is out of date.
    pub(crate) fn forget(&self, key: &K) {
        self.slots.write().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    /// All that is known is out of date.
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

    /// What nobody asks for any more goes with a read of something else.
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
        let fresh = Fresh::new(AGE_MAX, 10);
        let reads = AtomicUsize::new(0);
        let read = async || {
            // So that everybody asks while the first one reads.
            tokio::time::sleep(scaled(Duration::from_millis(5))).await;
            reads.fetch_add(1, Ordering::Relaxed)
        };
        let crowd = (0..100).map(|_| fresh.value(&"event", read));
        assert!(futures_util::future::join_all(crowd).await.iter().all(|value| *value == 0));
        assert_eq!(reads.into_inner(), 1);
    }

    #[tokio::test]
    async fn whoever_waited_for_a_slow_answer_takes_it() {
        let fresh = Fresh::new(AGE_MAX, 10);
        let reads = AtomicUsize::new(0);
        let read = async || {
            // The answer is too old when it comes.
            outlast(AGE_MAX).await;
            reads.fetch_add(1, Ordering::Relaxed)
        };
        futures_util::future::join_all((0..100).map(|_| fresh.value(&"event", read))).await;
        assert_eq!(reads.into_inner(), 1);
    }

    #[tokio::test]
    async fn an_old_or_forgotten_value_is_read_again() {
        let fresh = Fresh::new(AGE_MAX, 10);
        assert_eq!(fresh.value(&1, async || "old").await, "old");
        assert_eq!(fresh.value(&1, async || "new").await, "old");
        fresh.forget(&1);
        assert_eq!(fresh.value(&1, async || "new").await, "new");
        outlast(AGE_MAX).await;
        assert_eq!(fresh.value(&1, async || "newer").await, "newer");
    }

    #[tokio::test]
    async fn what_does_not_fit_is_read_and_not_remembered() {
        let fresh = Fresh::new(AGE_MAX, 2);
        for key in 0..10 {
            assert_eq!(fresh.value(&key, async || key).await, key);
        }
        assert_eq!(fresh.slots.read().unwrap().len(), 2);
        outlast(AGE_MAX).await;
        fresh.value(&9, async || 9).await;
        assert!(fresh.slots.read().unwrap().contains_key(&9), "what is old makes room");
    }

    #[tokio::test]
    async fn what_nobody_asks_for_any_more_goes_with_a_read_of_something_else() {
        let fresh = Fresh::new(AGE_MAX, 100);
        for key in 0..10 {
            fresh.value(&key, async || key).await;
        }
        outlast(AGE_MAX * AGES_BEFORE_SWEEP).await;
        assert_eq!(fresh.slots.read().unwrap().len(), 10);
        fresh.value(&0, async || 0).await;
        assert_eq!(fresh.slots.read().unwrap().len(), 1);
        assert_eq!(fresh.value(&1, async || 11).await, 11);
    }

    #[test]
    fn whoever_waits_learns_whether_to_come_back() {
        assert_eq!(Unread::of(repository::Error::Unavailable("gone".into())), Unread::Unavailable);
        assert_eq!(Unread::of(repository::Error::Corrupt("odd".into())), Unread::Broken);
        assert!(matches!(Problem::from(Unread::Unavailable), Problem::Unavailable(_)));
        assert!(matches!(Problem::from(Unread::Broken), Problem::Internal(_)));
    }
}
