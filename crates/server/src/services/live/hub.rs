//! The watched events, their newest state, and the streams that watch them.
//!
//! [`Hub::learn`] stores states from reads, and [`Hub::note`] those from the box office. [`Hub::publish`] writes each
//! message once for all streams, at most once per [`topics::gap`] and event, and wakes the streams. A stream has no
//! queue. It only keeps the version of each event that it sent last.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::mem;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use actix_web::web::Bytes;
use auth::addresses::AddressKey;
use domain::events::{EventStatus, TicketedEvent};
use domain::ids::EventId;
use futures_util::task::AtomicWaker;
use tokio::sync::Notify;

use super::seen::Seen;

mod streams;
#[cfg(test)]
mod tests;
mod topics;

use streams::Streams;
pub(crate) use streams::{Full, Limits};
use topics::{Topic, Watcher, lock};

/// The most events that are watched on one server. Bounds the cost of reading them. Events that are not public do not
/// count.
const EVENTS_MAX: usize = 20_000;

/// The same, including events that are not public. Those are read rarely, so this only bounds the memory.
const TOPICS_MAX: usize = 2 * EVENTS_MAX;

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
                // Later publications wake the watch. The first poll finds the earlier ones.
                let watcher = Watcher { waker: Arc::clone(&watch.waker), address: watch.stream.address };
                lock(&watched.topic.watches).insert(watch.id, watcher);
            }
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

    /// There are no events with these ids. Their watchers learn that they are gone. Then they take no room any more,
    /// neither of the server nor of an address: no client can know the id of an event before there is one.
    pub(crate) fn let_go(&self, ids: &[EventId]) {
        let mut topics = self.topics.write().unwrap_or_else(PoisonError::into_inner);
        for &id in ids {
            let Entry::Occupied(watched) = topics.entry(id) else { continue };
            let topic = Arc::clone(&watched.get().topic);
            let mut known = lock(&topic.known);
            // Public events stay public.
            if matches!(known.newest, Some(Seen::Shown(_))) {
                continue;
            }
            topic.is_let_go.store(true, Ordering::Release);
            if known.newest.replace(Seen::Gone).is_some() {
                self.gone.fetch_sub(1, Ordering::Relaxed);
            } else {
                known.is_pending = true;
                lock(&self.pending).push(Arc::clone(&topic));
                self.news.notify_one();
            }
            watched.remove();
            let mut streams = lock(&self.streams);
            lock(&topic.watches).values().for_each(|watcher| streams.let_go(watcher.address, id));
        }
    }

    /// Stores the event as a commit of this server left it. One map lookup if nobody is watching.
    pub(crate) fn note(&self, after: &TicketedEvent) {
        let event = &after.event;
        if event.rehearsal_of.is_some() || event.status == EventStatus::Draft {
            return;
        }
        self.learn_if(event.id, |known| {
            // A cancelled event may never have been public. An earlier state shows whether it was.
            let is_public = event.status == EventStatus::Published || matches!(known, Some(Seen::Shown(_)));
            is_public.then(|| Seen::Shown(after.into()))
        });
    }

    fn learn_if(&self, event: EventId, seen: impl FnOnce(Option<&Seen>) -> Option<Seen>) {
        // Held to the end: a topic must not be removed while the gone ones are counted.
        let topics = self.topics.read().unwrap_or_else(PoisonError::into_inner);
        let Some(Watched { topic, .. }) = topics.get(&event) else { return };
        let mut known = lock(&topic.known);
        let newest = known.newest.as_ref();
        let Some(seen) = seen(newest).filter(|seen| seen.replaces(newest)) else { return };
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

    /// Publishes the new states whose [`topics::gap`] is over. Returns when the next one is due.
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

/// One stream, counted in the limits until it is dropped.
struct Stream {
    hub: Arc<Hub>,
    address: AddressKey,
    events: Box<[EventId]>,
}

impl Stream {
    fn begin(hub: &Arc<Hub>, address: AddressKey, events: &[EventId]) -> Result<Self, Full> {
        let mut streams = lock(&hub.streams);
        if hub.closed.load(Ordering::SeqCst) {
            return Err(Full);
        }
        streams.begin(hub.limits, address, events)?;
        Ok(Self { hub: Arc::clone(hub), address, events: events.into() })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        lock(&self.hub.streams).end(self.address, &self.events);
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
        let next = self.next.min(length);
        let (before, after) = self.topics.split_at_mut(next);
        let mut in_turn = after.iter_mut().chain(before).enumerate();
        let news = in_turn.find_map(|(steps, (topic, version))| {
            Some((steps, topic.news_since(version)?, topic.is_let_go.load(Ordering::Acquire)))
        });
        let Some((steps, message, is_last)) = news else { return Poll::Pending };
        let told = (next + steps) % length;
        if is_last {
            let (topic, _) = self.topics.swap_remove(told);
            lock(&topic.watches).remove(&self.id);
            self.next = told;
        } else {
            self.next = (told + 1) % length;
        }
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
            // A topic that was let go is not there any more. Another one may stand under its id.
            if let Entry::Occupied(mut watched) = topics.entry(topic.id)
                && Arc::ptr_eq(&watched.get().topic, topic)
            {
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
