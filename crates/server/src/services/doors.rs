//! The doors of events: who may check people in, and which ticket a code is of.
//!
//! Codes are stored nowhere. A server knows those of an event from one read of its bookings, and reads them again for a
//! code that it does not know. A code only leads to its ticket: whether that lets in is decided in the database.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use actix_web::web::Bytes;
use auth::ticket_codes::{TicketCode, TicketKey};
use domain::check_ins::Ticket;
use domain::ids::EventId;
use repository::check_ins::Bookings;
use repository::doors::Door;

use crate::http::problems::Problem;
use crate::services::cache::{Cache, ReadFailed};

/// How old the knowledge of a door may be when a request arrives. So long, staff that was taken away may still check
/// people in on other servers, and codes of a former key are known there.
const AGE_MAX: Duration = Duration::from_secs(1);

/// How old the counts of a door may be. They are summed over all of its tickets.
const COUNTS_AGE_MAX: Duration = Duration::from_secs(2);

/// Known doors: far more than scan tickets within a second.
const DOORS_MAX: u64 = 1_024;

/// Events whose codes are known: about 80 bytes for each ticket.
const EVENTS_MAX: u64 = 32;

/// How long codes of an event stay that nobody asks for.
const CODES_IDLE: Duration = Duration::from_secs(600);

/// An unknown code has the event's bookings read again, but no more often than that: whoever comes earlier waits. A
/// booking may be some milliseconds old, and its code is no made-up one.
const READ_AGAIN_AFTER: Duration = Duration::from_millis(500);

/// The doors of events, as this server knows them.
pub(crate) struct Doors {
    doors: Cache<EventId, Result<Option<Arc<Door>>, ReadFailed>>,
    counts: Cache<EventId, Result<Bytes, ReadFailed>>,
    codes: moka::sync::Cache<EventId, Arc<Slot>>,
    /// Held by the request that makes a first key. When tickets are shown first, a crowd asks for one.
    pub(crate) making: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Slot {
    known: Mutex<Option<Arc<Codes>>>,
    /// Held by the request that reads. The others wait for its codes.
    reading: tokio::sync::Mutex<()>,
}

/// The codes of an event's tickets.
struct Codes {
    key: TicketKey,
    tickets: HashMap<TicketCode, Ticket>,
    /// The time at which their read began.
    as_of: Instant,
}

impl Codes {
    fn of(key: TicketKey, bookings: &[Bookings], as_of: Instant) -> Self {
        let of_booking = |booking: &Bookings| {
            let Bookings { registration, seats } = *booking;
            (1..=seats).map(move |number| Ticket { registration, number })
        };
        let tickets = bookings.iter().flat_map(of_booking);
        let tickets = tickets.map(|ticket| (key.code(ticket.registration, ticket.number), ticket)).collect();
        Self { key, tickets, as_of }
    }
}

impl Doors {
    /// Nothing known yet.
    pub(crate) fn new() -> Self {
        let codes = moka::sync::Cache::builder().max_capacity(EVENTS_MAX).time_to_idle(CODES_IDLE).build();
        let (doors, counts) = (Cache::new(AGE_MAX, DOORS_MAX), Cache::new(COUNTS_AGE_MAX, DOORS_MAX));
        Self { doors, counts, codes, making: tokio::sync::Mutex::new(()) }
    }

    /// The door of an event, from memory or from `read`; `None` if there is no such event.
    pub(crate) async fn door(
        &self,
        event: EventId,
        read: impl AsyncFnOnce() -> Result<Option<Arc<Door>>, ReadFailed>,
    ) -> Result<Option<Arc<Door>>, ReadFailed> {
        self.doors.value(&event, read).await
    }

    /// The counts of an event as JSON, from memory or from `read`.
    pub(crate) async fn counts(
        &self,
        event: EventId,
        read: impl AsyncFnOnce() -> Result<Bytes, ReadFailed>,
    ) -> Result<Bytes, ReadFailed> {
        self.counts.value(&event, read).await
    }

    /// This server has changed the door.
    pub(crate) fn forget(&self, event: EventId) {
        self.doors.forget(&event);
        self.counts.forget(&event);
    }

    /// The ticket that a code of this key is of, as of `asked_at` or later; `None` if no booking has such a ticket.
    /// `read` reads the bookings of the event.
    pub(crate) async fn ticket(
        &self,
        event: EventId,
        key: &TicketKey,
        code: &TicketCode,
        asked_at: Instant,
        read: impl AsyncFnOnce() -> Result<Vec<Bookings>, Problem>,
    ) -> Result<Option<Ticket>, Problem> {
        let slot = self.codes.get_with(event, Arc::default);
        if let Some(found) = slot.find(key, code, asked_at) {
            return Ok(found);
        }
        let _reading = slot.reading.lock().await;
        if let Some(found) = slot.find(key, code, asked_at) {
            return Ok(found);
        }
        if let Some(codes) = slot.known() {
            tokio::time::sleep_until((codes.as_of + READ_AGAIN_AFTER).into()).await;
        }
        let as_of = Instant::now();
        let (bookings, key) = (read().await?, key.clone());
        // Of 100,000 tickets it takes a tenth of a second.
        let codes = tokio::task::spawn_blocking(move || Codes::of(key, &bookings, as_of)).await;
        let codes = Arc::new(codes.map_err(|error| Problem::Internal(error.into()))?);
        let found = codes.tickets.get(code).copied();
        *slot.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(codes);
        Ok(found)
    }
}

impl Slot {
    /// The ticket of a code, or that there is none; `None` if the bookings have to be read to know.
    fn find(&self, key: &TicketKey, code: &TicketCode, asked_at: Instant) -> Option<Option<Ticket>> {
        let codes = self.known().filter(|codes| codes.key == *key)?;
        let found = codes.tickets.get(code).copied();
        (found.is_some() || codes.as_of >= asked_at).then_some(found)
    }

    fn known(&self) -> Option<Arc<Codes>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use uuid::Uuid;

    fn booking(number: u128, seats: i16) -> Bookings {
        Bookings { registration: Uuid::from_u128(number).into(), seats }
    }

    #[tokio::test]
    async fn a_code_leads_to_its_ticket_and_unknown_ones_share_a_read() {
        let (doors, event) = (Doors::new(), Uuid::now_v7().into());
        let (key, other) = (TicketKey::random().unwrap(), TicketKey::random().unwrap());
        let reads = AtomicUsize::new(0);
        let read = async || {
            reads.fetch_add(1, Ordering::Relaxed);
            Ok(vec![booking(1, 1), booking(2, 3)])
        };
        let ticket = |number, seat| Ticket { registration: booking(number, 1).registration, number: seat };
        for (number, seat) in [(1, 1), (2, 1), (2, 3)] {
            let code = key.code(booking(number, 1).registration, seat);
            assert_eq!(
                doors.ticket(event, &key, &code, Instant::now(), read).await.unwrap(),
                Some(ticket(number, seat))
            );
        }
        assert_eq!(reads.load(Ordering::Relaxed), 1);
        let unknown: Vec<TicketCode> = (4..100).map(|seat| key.code(booking(2, 1).registration, seat)).collect();
        let asked = unknown.iter().map(|code| doors.ticket(event, &key, code, Instant::now(), read));
        for found in futures_util::future::join_all(asked).await {
            assert_eq!(found.unwrap(), None);
        }
        assert_eq!(reads.load(Ordering::Relaxed), 2);

        // With another key, the codes of before are unknown.
        let code = other.code(booking(2, 1).registration, 2);
        assert_eq!(doors.ticket(event, &other, &code, Instant::now(), read).await.unwrap(), Some(ticket(2, 2)));
        assert_eq!(reads.load(Ordering::Relaxed), 3);

        // A booking that was made since is found at once.
        let late = other.code(booking(3, 1).registration, 1);
        let read_again = async || Ok(vec![booking(3, 1)]);
        assert_eq!(doors.ticket(event, &other, &late, Instant::now(), read_again).await.unwrap(), Some(ticket(3, 1)));
    }

    #[tokio::test]
    async fn a_read_that_fails_is_told_and_made_again() {
        let (doors, event) = (Doors::new(), Uuid::now_v7().into());
        let key = TicketKey::random().unwrap();
        let code = key.code(booking(1, 1).registration, 1);
        let failed = doors.ticket(event, &key, &code, Instant::now(), async || Err(Problem::busy(1))).await;
        assert!(matches!(failed, Err(Problem::Busy { .. })), "{failed:?}");
        let found = doors.ticket(event, &key, &code, Instant::now(), async || Ok(vec![booking(1, 1)])).await.unwrap();
        assert!(found.is_some());
    }
}
