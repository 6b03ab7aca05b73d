//! A watched event: its newest state, the message about it, and who waits for the next one.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use actix_web::web::Bytes;
use auth::addresses::AddressKey;
use domain::ids::EventId;
use futures_util::task::AtomicWaker;

use crate::services::live::messages;
use crate::services::live::seen::Seen;

/// The shortest time between two messages about an event.
pub(super) const GAP: Duration = Duration::from_millis(100);

/// Added to the gap for each stream. Most of the machine must be left to the sale.
const GAP_OF_EACH: Duration = Duration::from_micros(100);

/// The longest gap.
const GAP_MAX: Duration = Duration::from_millis(500);

/// The time between two messages about an event with this many watches.
pub(super) fn gap(watches: usize) -> Duration {
    GAP_OF_EACH.saturating_mul(u32::try_from(watches).unwrap_or(u32::MAX)).clamp(GAP, GAP_MAX)
}

/// A watched event.
pub(super) struct Topic {
    pub(super) id: EventId,
    pub(super) known: Mutex<Known>,
    /// The version of [`Topic::published`]; 0 until something is published.
    version: AtomicU64,
    published: Mutex<Published>,
    pub(super) watches: Mutex<HashMap<u64, Watcher>>,
    /// Whether there is no such event. Then it is no longer among the topics of the hub.
    pub(super) is_let_go: AtomicBool,
}

pub(super) struct Watcher {
    pub(super) waker: Arc<AtomicWaker>,
    pub(super) address: AddressKey,
}

#[derive(Default)]
pub(super) struct Known {
    pub(super) newest: Option<Seen>,
    /// Whether the topic waits to be published.
    pub(super) is_pending: bool,
    published_at: Option<Instant>,
}

#[derive(Default)]
pub(super) struct Published {
    version: u64,
    message: Bytes,
}

impl Topic {
    pub(super) fn new(id: EventId) -> Self {
        Self {
            id,
            known: Mutex::default(),
            version: AtomicU64::new(0),
            published: Mutex::default(),
            watches: Mutex::default(),
            is_let_go: AtomicBool::new(false),
        }
    }

    pub(super) fn is_gone(&self) -> bool {
        lock(&self.known).newest == Some(Seen::Gone)
    }

    /// Publishes the newest state. If that is not due yet, returns the time at which it is.
    pub(super) fn publish(&self, now: Instant) -> Result<(), Instant> {
        let gap = gap(lock(&self.watches).len());
        let newest = {
            let mut known = lock(&self.known);
            if let Some(due) = known.published_at.map(|at| at + gap).filter(|due| now < *due) {
                return Err(due);
            }
            known.published_at = Some(now);
            known.is_pending = false;
            known.newest.clone()
        };
        let Some(newest) = newest else { return Ok(()) };
        let message = messages::of(self.id, newest);
        {
            let mut published = lock(&self.published);
            published.version += 1;
            published.message = message;
            self.version.store(published.version, Ordering::Release);
        }
        self.wake();
        Ok(())
    }

    pub(super) fn wake(&self) {
        lock(&self.watches).values().for_each(|watcher| watcher.waker.wake());
    }

    /// The message published after `version`, if there is one. Sets `version` to that of the message.
    pub(super) fn news_since(&self, version: &mut u64) -> Option<Bytes> {
        if self.version.load(Ordering::Acquire) == *version {
            return None;
        }
        let published = lock(&self.published);
        *version = published.version;
        Some(published.message.clone())
    }
}

/// Locks a mutex that is only held for a few lines.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
