//! The streams and watched events of each address, and the limits on them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use auth::addresses::AddressKey;
use domain::ids::EventId;
use thiserror::Error;

/// The most different events that one address watches. More than a school needs, and a small part of what a server
/// watches.
pub(super) const EVENTS_PER_ADDRESS_MAX: usize = 500;

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

/// The open streams of a server.
#[derive(Default)]
pub(super) struct Streams {
    pub(super) all: usize,
    pub(super) by_address: HashMap<AddressKey, OfAddress>,
}

#[derive(Default)]
pub(super) struct OfAddress {
    streams: usize,
    /// The watched events, each with its number of streams.
    events: HashMap<EventId, usize>,
}

impl Streams {
    /// Counts a stream that watches these events, unless a limit is reached.
    pub(super) fn begin(&mut self, limits: Limits, address: AddressKey, events: &[EventId]) -> Result<(), Full> {
        let nothing = OfAddress::default();
        let known = self.by_address.get(&address).unwrap_or(&nothing);
        let new = events.iter().filter(|id| !known.events.contains_key(id)).count();
        let is_full = self.all >= limits.streams
            || known.streams >= limits.streams_per_address
            || known.events.len() + new > EVENTS_PER_ADDRESS_MAX;
        if is_full {
            return Err(Full);
        }
        self.all += 1;
        let of_address = self.by_address.entry(address).or_default();
        of_address.streams += 1;
        for &id in events {
            *of_address.events.entry(id).or_default() += 1;
        }
        Ok(())
    }

    /// The stream has ended.
    pub(super) fn end(&mut self, address: AddressKey, events: &[EventId]) {
        self.all -= 1;
        let Entry::Occupied(mut of_address) = self.by_address.entry(address) else { return };
        of_address.get_mut().streams -= 1;
        if of_address.get().streams == 0 {
            of_address.remove();
            return;
        }
        for &id in events {
            if let Entry::Occupied(mut count) = of_address.get_mut().events.entry(id) {
                *count.get_mut() -= 1;
                if *count.get() == 0 {
                    count.remove();
                }
            }
        }
    }

    /// This id is none of an event, so it counts no longer. If the address watches it again, the end of an earlier
    /// stream may take that off the count, which hides no event from the limit.
    pub(super) fn let_go(&mut self, address: AddressKey, id: EventId) {
        if let Some(of_address) = self.by_address.get_mut(&address) {
            of_address.events.remove(&id);
        }
    }
}
