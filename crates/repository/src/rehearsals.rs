//! Hidden copies of events, for stress tests of events that people have booked.

use diesel::prelude::*;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::events::{Event, NewEvent};
use domain::ids::EventId;
use uuid::Uuid;

use crate::databases;
use crate::errors::Error;
use crate::events as all_events;
use crate::schema::{event_decisions, events};
use crate::tickets;

/// Makes a hidden, published copy of `event` with the same tickets and no registrations.
pub async fn create(connection: &mut AsyncPgConnection, event: &Event, id: EventId) -> Result<Event, Error> {
    connection
        .transaction(async |connection| {
            let tickets = tickets::of_event(connection, event.id).await?;
            all_events::insert_in_txn(connection, NewEvent::rehearsal(id, event, &tickets)).await
        })
        .await
}

/// The copies of one event, or of all events.
pub async fn list(connection: &mut AsyncPgConnection, of: Option<EventId>) -> Result<Vec<EventId>, Error> {
    let mut query = events::table.filter(events::rehearsal_of.is_not_null()).select(events::id).into_boxed();
    if let Some(of) = of {
        query = query.filter(events::rehearsal_of.eq(Uuid::from(of)));
    }
    let ids: Vec<Uuid> = query.load(connection).await?;
    Ok(ids.into_iter().map(EventId::from).collect())
}

/// Deletes a copy that has no registrations any more. An event that is no copy stays.
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
            tickets::delete_in_txn(connection, copy).await?;
            diesel::delete(events::table.find(copy)).execute(connection).await?;
            Ok(())
        })
        .await
}

/// Marks the event, or the copy, as used by a running stress test, until [`release`] or the end of this session. False
/// if another session has marked it: a stress test runs, on some server.
pub async fn claim(connection: &mut AsyncPgConnection, event: EventId) -> Result<bool, Error> {
    databases::try_advisory_lock(connection, &lock_name(event)).await
}

/// Undoes [`claim`] at once. After a session is closed, its claims last until PostgreSQL notices.
pub async fn release(connection: &mut AsyncPgConnection, event: EventId) -> Result<(), Error> {
    databases::release_advisory_lock(connection, &lock_name(event)).await
}

fn lock_name(event: EventId) -> String {
    format!("onsale simulation {event}")
}
