//! The counters of events, for live updates.

use std::collections::HashSet;
use std::sync::Arc;

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::events::{EventStatus, TicketedEvent};
use domain::ids::EventId;
use domain::seats::Seats;
use domain::tickets::TypeNumber;
use uuid::Uuid;

use crate::errors::Error;
use crate::rows;
use crate::schema::events;
use crate::statements;

/// An event's counters and status at one commit. At a later commit `last_decision` is higher, or it is the same and
/// `edit_version` is higher. Nothing here changes without one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The event.
    pub id: EventId,
    /// Its status.
    pub status: EventStatus,
    /// The seats of all its ticket types, and the lines for them.
    pub seats: Seats,
    /// The seats of each type.
    pub types: Arc<[(TypeNumber, Seats)]>,
    /// Whether a stress test uses it.
    pub under_test: bool,
    /// Goes up with every edit by its organizer.
    pub edit_version: i64,
    /// The number of the last decision about its places.
    pub last_decision: i64,
}

impl Tally {
    /// Seats for whoever comes now.
    pub fn available(&self) -> i32 {
        self.types.iter().map(|(_, seats)| seats.available()).sum()
    }
}

impl From<&TicketedEvent> for Tally {
    fn from(TicketedEvent { event, tickets }: &TicketedEvent) -> Self {
        Self {
            types: tickets.types.iter().map(|one| (one.number, one.seats)).collect(),
            id: event.id,
            status: event.status,
            seats: event.seats,
            under_test: event.is_under_test(),
            edit_version: event.edit_version,
            last_decision: event.last_decision,
        }
    }
}

/// The tallies of those of these events that are public (see [`crate::events::find_public`]), in any order. An event
/// whose row is unsound is left out, so that the others keep their live updates.
pub async fn list_public(connection: &mut AsyncPgConnection, ids: &[EventId]) -> Result<Vec<Tally>, Error> {
    let ids = ids.iter().copied().map(Uuid::from).collect();
    let rows: Vec<TallyRow> = statements::Tallies { ids }.load(connection).await?;
    let tallies = rows.into_iter().filter_map(|row| {
        let event = row.id;
        Tally::try_from(row).inspect_err(|error| tracing::error!(%error, %event, "an event gets no live updates")).ok()
    });
    Ok(tallies.collect())
}

/// Those of these ids that events have, public or not.
pub async fn existing(connection: &mut AsyncPgConnection, ids: &[EventId]) -> Result<HashSet<EventId>, Error> {
    let ids = ids.iter().copied().map(Uuid::from);
    let found: Vec<Uuid> = events::table.filter(events::id.eq_any(ids)).select(events::id).load(connection).await?;
    Ok(found.into_iter().map(EventId::from).collect())
}

/// A row of [`crate::statements::Tallies`].
#[derive(Debug, Queryable)]
struct TallyRow {
    id: Uuid,
    status: String,
    capacity: i32,
    seats_remaining: i32,
    waiting: i32,
    under_test_since: Option<i64>,
    edit_version: i64,
    last_decision: i64,
    types: Vec<i16>,
    type_capacities: Vec<i32>,
    type_remaining: Vec<i32>,
    type_waiting: Vec<i32>,
}

impl TryFrom<TallyRow> for Tally {
    type Error = Error;

    fn try_from(row: TallyRow) -> Result<Self, Error> {
        let counts = row.type_capacities.into_iter().zip(row.type_remaining).zip(row.type_waiting);
        let types = row.types.into_iter().zip(counts).map(|(number, ((capacity, remaining), waiting))| {
            Ok((number.into(), rows::seats(capacity, remaining, waiting)?))
        });
        Ok(Self {
            types: types.collect::<Result<_, Error>>()?,
            id: row.id.into(),
            status: rows::event_status(&row.status)?,
            seats: rows::seats(row.capacity, row.seats_remaining, row.waiting)?,
            under_test: row.under_test_since.is_some(),
            edit_version: row.edit_version,
            last_decision: row.last_decision,
        })
    }
}
