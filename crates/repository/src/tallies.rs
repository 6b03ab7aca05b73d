//! What changes about events from moment to moment, for those who watch them.

use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::events::{Event, EventStatus};
use domain::ids::EventId;
use uuid::Uuid;

use crate::errors::Error;
use crate::rows::{self, TallyRow};
use crate::statements;

/// An event's counters and status at one commit. A later commit has a higher `last_decision`, or the same and a higher
/// `edit_version`; nothing here changes without one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The event.
    pub id: EventId,
    /// Where it is in its life.
    pub status: EventStatus,
    /// Seats in all.
    pub capacity: i32,
    /// Seats that nobody has.
    pub seats_remaining: i32,
    /// People in line.
    pub waiting: i32,
    /// Whether a stress test has it.
    pub under_test: bool,
    /// Goes up with every edit by its organizer.
    pub edit_version: i64,
    /// The number of the last decision about its places.
    pub last_decision: i64,
}

impl From<&Event> for Tally {
    fn from(event: &Event) -> Self {
        Self {
            id: event.id,
            status: event.status,
            capacity: event.capacity,
            seats_remaining: event.seats_remaining,
            waiting: event.waiting,
            under_test: event.is_under_test(),
            edit_version: event.edit_version,
            last_decision: event.last_decision,
        }
    }
}

/// The tallies of those of these events that everybody may know of (see [`crate::events::find_public`]), in any order.
pub async fn list_public(connection: &mut AsyncPgConnection, ids: &[EventId]) -> Result<Vec<Tally>, Error> {
    let ids = ids.iter().copied().map(Uuid::from).collect();
    rows::all(statements::Tallies { ids }.load::<TallyRow>(connection).await?)
}
