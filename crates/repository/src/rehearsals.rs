//! Hidden copies of events, for stress tests of events that people have places at.

use diesel::prelude::*;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::events::{Event, EventDetails, EventStatus};
use domain::ids::EventId;
use uuid::Uuid;

use crate::databases;
use crate::errors::Error;
use crate::events::{self as all_events, NewEvent};
use crate::schema::{event_decisions, events};

/// A hidden, published copy of `event` with the same capacity and nobody registered.
pub async fn create(connection: &mut AsyncPgConnection, event: &Event, id: EventId) -> Result<Event, Error> {
    let details = EventDetails { sales_open_at: None, sales_close_at: None, ..event.details.clone() };
    let copy = NewEvent { id, organizer: event.organizer, details, capacity: event.capacity };
    connection
        .transaction(async |connection| {
            all_events::insert_in_txn(connection, copy, EventStatus::Published, Some(event.id)).await
        })
        .await
}

/// The copies there are, of one event or of all.
pub async fn list(connection: &mut AsyncPgConnection, of: Option<EventId>) -> Result<Vec<EventId>, Error> {
    let mut query = events::table.filter(events::rehearsal_of.is_not_null()).select(events::id).into_boxed();
    if let Some(of) = of {
        query = query.filter(events::rehearsal_of.eq(Uuid::from(of)));
    }
    let ids: Vec<Uuid> = query.load(connection).await?;
    Ok(ids.into_iter().map(EventId::from).collect())
}

/// Takes a copy away that has no registrations any more. Only ever a copy.
pub async fn delete(connection: &mut AsyncPgConnection, copy: EventId) -> Result<(), Error> {
    let copy = Uuid::from(copy);
    connection
        .transaction(async |connection| {
            let is_copy = events::table.find(copy).filter(events::rehearsal_of.is_not_null());
            if is_copy.select(events::id).first::<Uuid>(connection).await.optional()?.is_none() {
                return Ok(());
            }
            diesel::delete(event_decisions::table.filter(event_decisions::event_id.eq(copy)))
                .execute(connection)
                .await?;
            diesel::delete(events::table.find(copy)).execute(connection).await?;
            Ok(())
        })
        .await
}

/// Marks the event, or the copy, as having a stress test at work, until [`release`] or the end of this session. False if
/// another session has marked it: a stress test runs, on this server or another.
pub async fn claim(connection: &mut AsyncPgConnection, event: EventId) -> Result<bool, Error> {
    databases::try_advisory_lock(connection, &lock_name(event)).await
}

/// Undoes [`claim`] at once. A session that is closed gives its claims back only when PostgreSQL has noticed.
pub async fn release(connection: &mut AsyncPgConnection, event: EventId) -> Result<(), Error> {
    databases::release_advisory_lock(connection, &lock_name(event)).await
}

fn lock_name(event: EventId) -> String {
    format!("onsale simulation {event}")
}
