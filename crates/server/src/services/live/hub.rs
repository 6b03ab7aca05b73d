//! The watched events, their newest state, and the streams that watch them.
//!
//! [`Hub::learn`] stores states from reads, and [`Hub::note`] those from the box office. [`Hub::publish`] writes each
//! message once for all streams, at most once per [`gap`] and event, and wakes the streams. A stream has no queue. It
//! only keeps the version of each event that it sent last.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::mem;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use actix_web::web::Bytes;
use auth::addresses::AddressKey;
use domain::events::{Event, EventStatus};
use domain::ids::EventId;
use futures_util::task::AtomicWaker;
use thiserror::Error;
use tokio::sync::Notify;

use super::messages;
use super::seen::Seen;

#[cfg(test)]
mod tests;

/// The shortest time between two messages about an event.
const GAP: Duration = Duration::from_millis(100);

/// Added to the gap for each stream. Most of the machine must be left to the sale.
const GAP_OF_EACH: Duration = Duration::from_micros(100);

/// The longest gap.
const GAP_MAX: Duration = Duration::from_millis(500);

/// The time between two messages about an event with this many watches.
fn gap(watches: usize) -> Duration {
    GAP_OF_EACH.saturating_mul(u32::try_from(watches).unwrap_or(u32::MAX)).clamp(GAP, GAP_MAX)
}

/// The most events that are watched on one server. Bounds the cost of reading them. Events that are not public do not
/// count, so that made-up ids take no room from real events.
const EVENTS_MAX: usize = 20_000;

/// The same, including events that are not public. Those are read rarely, so this only bounds the memory.
const TOPICS_MAX: usize = 2 * EVENTS_MAX;

/// The most different events that one address watches. More than a school needs, and a small part of [`EVENTS_MAX`].
const EVENTS_PER_ADDRESS_MAX: usize = 500;

/// The limits on streams.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Streams of the server.
    pub(crate) streams: usize,
    /// Streams of one address.
    pub(crate) streams_per_address: usize,
}

/// There are too many streams or watched events, or the hub is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("too many live streams")]
pub(crate) struct Full;

/// All watched events of this server, and their streams.
pub(crate) struct Hub {
    limits: Limits,
    topics: RwLock<HashMap<EventId, Watched>>,
    /// The number of topics that are [`Seen::Gone`]. Changes only while [`Hub::topics`] is held.
    gone: AtomicUsize,
    /// Topics that changed since the last [`Hub::publish`].
    pending: Mutex<Vec<Arc<Topic>>>,
    /// Changed topics that are not due yet, by the time at which they are.
    not_due: Mutex<BTreeMap<Instant, Vec<Arc<Topic>>>>,
    /// Newly watched events whose state is not known.
    unknown: Mutex<Vec<EventId>>,
    streams: Mutex<Streams>,
    next_watch: AtomicU64,
    closed: AtomicBool,
    /// Signals that there is something to publish.
    pub(super) news: Notify,
    /// Signals that there is something to read.
    pub(super) wanted: Notify,
}

struct Watched {
    topic: Arc<Topic>,
    watches: usize,
}

/// A watched event.
struct Topic {
    id: EventId,
    known: Mutex<Known>,
    /// The version of [`Topic::published`]; 0 until something is published.
    version: AtomicU64,
    published: Mutex<Published>,
    watches: Mutex<HashMap<u64, Arc<AtomicWaker>>>,
}

#[derive(Default)]
struct Known {
    newest: Option<Seen>,
    /// Whether the topic is in [`Hub::pending`] or [`Hub::not_due`].
    is_pending: bool,
    published_at: Option<Instant>,
}

#[derive(Default)]
struct Published {
    version: u64,
    message: Bytes,
}

#[derive(Default)]
struct Streams {
    all: usize,
    by_address: HashMap<AddressKey, OfAddress>,
}

#[derive(Default)]
struct OfAddress {
    streams: usize,
    /// The watched events, each with its number of streams.
    events: HashMap<EventId, usize>,
}

impl Hub {
    /// A hub without streams.
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            topics: RwLock::default(),
            gone: AtomicUsize::new(0),
            pending: Mutex::default(),
            not_due: Mutex::default(),
            unknown: Mutex::default(),
            streams: Mutex::default(),
            next_watch: AtomicU64::new(0),
            closed: AtomicBool::new(false),
            news: Notify::new(),
            wanted: Notify::new(),
        }
    }

    /// Watches these events for a client at this address. Each event appears once.
    pub(crate) fn watch(self: &Arc<Self>, address: IpAddr, events: &[EventId]) -> Result<Watch, Full> {
        let mut watch = Watch {
            id: self.next_watch.fetch_add(1, Ordering::Relaxed),
            waker: Arc::default(),
            topics: Vec::with_capacity(events.len()),
            next: 0,
            stream: Stream::begin(self, AddressKey::of(address), events)?,
        };
        let mut is_unknown = false;
        {
            let mut topics = self.topics.write().unwrap_or_else(PoisonError::into_inner);
            let new = events.iter().filter(|id| !topics.contains_key(id)).count();
            let counted = topics.len() - self.gone.load(Ordering::Relaxed);
            if new > 0 && (counted + new > EVENTS_MAX || topics.len() + new > TOPICS_MAX) {
                return Err(Full);
            }
            for &id in events {
                let watched = match topics.entry(id) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(new) => {
                        lock(&self.unknown).push(id);
                        is_unknown = true;
                        new.insert(Watched { topic: Arc::new(Topic::new(id)), watches: 0 })
                    }
                };
                watched.watches += 1;
                watch.topics.push((Arc::clone(&watched.topic), 0));
            }
        }
        // Later publications wake the watch. The first poll finds the earlier ones.
        for (topic, _) in &watch.topics {
            lock(&topic.watches).insert(watch.id, Arc::clone(&watch.waker));
        }
        if is_unknown {
            self.wanted.notify_one();
        }
        Ok(watch)
    }

    /// Stores the state of an event that a read found: [`Seen::Gone`] if it is not public.
    pub(crate) fn learn(&self, event: EventId, seen: Seen) {
        self.learn_if(event, |_| Some(seen));
    }

    /// Stores the event as a commit of this server left it. One map lookup if nobody is watching.
    pub(crate) fn note(&self, event: &Event) {
        if event.rehearsal_of.is_some() || event.status == EventStatus::Draft {
            return;
        }
        self.learn_if(event.id, |known| {
            // A cancelled event may never have been public. An earlier state shows whether it was.
            let is_public = event.status == EventStatus::Published || matches!(known, Some(Seen::Shown(_)));
            is_public.then(|| Seen::Shown(event.into()))
        });
    }

    fn learn_if(&self, event: EventId, seen: impl FnOnce(Option<Seen>) -> Option<Seen>) {
        // Held to the end: a topic must not be removed while the gone ones are counted.
        let topics = self.topics.read().unwrap_or_else(PoisonError::into_inner);
        let Some(Watched { topic, .. }) = topics.get(&event) else { return };
        let mut known = lock(&topic.known);
        let Some(seen) = seen(known.newest).filter(|seen| seen.replaces(known.newest)) else { return };
        if seen == Seen::Gone {
            self.gone.fetch_add(1, Ordering::Relaxed);
        } else if known.newest == Some(Seen::Gone) {
            self.gone.fetch_sub(1, Ordering::Relaxed);
        }
        known.newest = Some(seen);
        if !mem::replace(&mut known.is_pending, true) {
            lock(&self.pending).push(Arc::clone(topic));
            self.news.notify_one();
        }
    }

    /// Publishes the new states whose [`gap`] is over. Returns when the next one is due.
    pub(crate) fn publish(&self, now: Instant) -> Option<Instant> {
        let mut not_due = lock(&self.not_due);
        let later = not_due.split_off(&(now + Duration::from_nanos(1)));
        let due = mem::replace(&mut *not_due, later).into_values().flatten();
        let pending = mem::take(&mut *lock(&self.pending));
        for topic in due.chain(pending) {
            if let Err(at) = topic.publish(now) {
                not_due.entry(at).or_default().push(topic);
            }
        }
        not_due.keys().next().copied()
    }

    /// Puts every known state among those to publish. Watchers may get a state twice, and miss none.
    pub(crate) fn publish_all_again(&self) {
        let topics = self.topics.read().unwrap_or_else(PoisonError::into_inner);
        for Watched { topic, .. } in topics.values() {
            let mut known = lock(&topic.known);
            if known.newest.is_some() {
                known.is_pending = true;
                lock(&self.pending).push(Arc::clone(topic));
            }
        }
    }

    /// The watched events that are public, as far as this server knows.
    pub(crate) fn watched(&self) -> Vec<EventId> {
        self.ids(|topic| !topic.is_gone())
    }

    /// The watched events that are not public. Usually there are none.
    pub(crate) fn gone(&self) -> Vec<EventId> {
        if self.gone.load(Ordering::Relaxed) == 0 { Vec::new() } else { self.ids(Topic::is_gone) }
    }

    /// Whether no event is watched.
    pub(crate) fn is_idle(&self) -> bool {
        self.topics.read().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    fn ids(&self, is_meant: impl Fn(&Topic) -> bool) -> Vec<EventId> {
        let topics = self.topics.read().unwrap_or_else(PoisonError::into_inner);
        topics.values().filter(|watched| is_meant(&watched.topic)).map(|watched| watched.topic.id).collect()
    }

    /// The events without a known state that were added since the last call.
    pub(crate) fn take_unknown(&self) -> Vec<EventId> {
        mem::take(&mut *lock(&self.unknown))
    }

    /// Ends all streams and refuses new ones.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        let topics = self.topics.read().unwrap_or_else(PoisonError::into_inner);
        for watched in topics.values() {
            watched.topic.wake();
        }
    }
}

impl Topic {
    fn new(id: EventId) -> Self {
        Self {
            id,
            known: Mutex::default(),
            version: AtomicU64::new(0),
            published: Mutex::default(),
            watches: Mutex::default(),
        }
    }

    fn is_gone(&self) -> bool {
        lock(&self.known).newest == Some(Seen::Gone)
    }

    /// Publishes the newest state. If that is not due yet, returns the time at which it is.
    fn publish(&self, now: Instant) -> Result<(), Instant> {
        let gap = gap(lock(&self.watches).len());
        let newest = {
            let mut known = lock(&self.known);
            if let Some(due) = known.published_at.map(|at| at + gap).filter(|due| now < *due) {
                return Err(due);
            }
            known.published_at = Some(now);
            known.is_pending = false;
            known.newest
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

    fn wake(&self) {
        lock(&self.watches).values().for_each(|waker| waker.wake());
    }

    /// The message published after `version`, if there is one. Sets `version` to that of the message.
    fn news_since(&self, version: &mut u64) -> Option<Bytes> {
        if self.version.load(Ordering::Acquire) == *version {
            return None;
        }
        let published = lock(&self.published);
        *version = published.version;
        Some(published.message.clone())
    }
}

/// One stream, counted in the limits until it is dropped.
struct Stream {
    hub: Arc<Hub>,
    address: AddressKey,
    events: Box<[EventId]>,
}

impl Stream {
    fn begin(hub: &Arc<Hub>, address: AddressKey, events: &[EventId]) -> Result<Self, Full> {
        let mut streams = lock(&hub.streams);
        let nothing = OfAddress::default();
        let known = streams.by_address.get(&address).unwrap_or(&nothing);
        let new = events.iter().filter(|id| !known.events.contains_key(id)).count();
        let is_full = streams.all >= hub.limits.streams
            || known.streams >= hub.limits.streams_per_address
            || known.events.len() + new > EVENTS_PER_ADDRESS_MAX;
        if is_full || hub.closed.load(Ordering::SeqCst) {
            return Err(Full);
        }
        streams.all += 1;
        let of_address = streams.by_address.entry(address).or_default();
        of_address.streams += 1;
        for &id in events {
            *of_address.events.entry(id).or_default() += 1;
        }
        Ok(Self { hub: Arc::clone(hub), address, events: events.into() })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let mut streams = lock(&self.hub.streams);
        streams.all -= 1;
        let Entry::Occupied(mut of_address) = streams.by_address.entry(self.address) else { return };
        of_address.get_mut().streams -= 1;
        if of_address.get().streams == 0 {
            of_address.remove();
            return;
        }
        for &id in &self.events {
            if let Entry::Occupied(mut count) = of_address.get_mut().events.entry(id) {
                *count.get_mut() -= 1;
                if *count.get() == 0 {
                    count.remove();
                }
            }
        }
    }
}

/// A client that watches some events, until it is dropped.
pub(crate) struct Watch {
    id: u64,
    waker: Arc<AtomicWaker>,
    /// The topics, each with the version that was given out last.
    topics: Vec<(Arc<Topic>, u64)>,
    /// The index at which the next look starts, so that each topic gets its turn.
    next: usize,
    stream: Stream,
}

impl Watch {
    /// The newest message that was not given out yet, of any of the events. `None` when the hub has been closed.
    pub(crate) fn poll_news(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        // Registered before the look, so that no news is missed in between.
        self.waker.register(context.waker());
        if self.stream.hub.closed.load(Ordering::SeqCst) {
            return Poll::Ready(None);
        }
        let length = self.topics.len();
        let (before, after) = self.topics.split_at_mut(self.next.min(length));
        let mut in_turn = after.iter_mut().chain(before).enumerate();
        let news = in_turn.find_map(|(steps, (topic, version))| Some((steps, topic.news_since(version)?)));
        let Some((steps, message)) = news else { return Poll::Pending };
        self.next = (self.next + steps + 1) % length;
        Poll::Ready(Some(message))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        for (topic, _) in &self.topics {
            lock(&topic.watches).remove(&self.id);
        }
        let mut topics = self.stream.hub.topics.write().unwrap_or_else(PoisonError::into_inner);
        for (topic, _) in &self.topics {
            if let Entry::Occupied(mut watched) = topics.entry(topic.id) {
                watched.get_mut().watches -= 1;
                if watched.get().watches == 0 {
                    watched.remove();
                    if topic.is_gone() {
                        self.stream.hub.gone.fetch_sub(1, Ordering::Relaxed);
                    }
                }
            }
        }
    }
}

/// Locks a mutex that is only held for a few lines.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
