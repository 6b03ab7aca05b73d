//! Drafts that are deleted. Other events stay for ever.

use diesel::prelude::*;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::commands::Authority;
use domain::events::{Event, EventStatus};
use domain::ids::{EventId, OrderId, UserId};
use uuid::Uuid;

use crate::audit;
use crate::doors;
use crate::errors::{Conflict, Error};
use crate::pictures;
use crate::reminders;
use crate::rows::EventRow;
use crate::schema::{event_decisions, event_figures, events, simulations};
use crate::tickets;

/// Deletes a draft and all that belongs to it, and writes an entry of the audit log under the order's id, atomically.
/// Safe to run again with the same order.
///
/// [`Error::NotFound`] if there is no such event, or if it has been handed over and `authority` is its organizer's;
/// [`Conflict::NotADraft`] if it has been published or cancelled. Nobody can book
/// a draft, so it has no registrations.
pub async fn delete(
    connection: &mut AsyncPgConnection,
    draft: EventId,
    order: OrderId,
    by: UserId,
    authority: Authority,
) -> Result<(), Error> {
    let id = Uuid::from(draft);
    connection
        .transaction(async |connection| {
            if audit::is_recorded(connection, order).await? {
                return Ok(());
            }
            let row = events::table.find(id).filter(events::rehearsal_of.is_null()).select(EventRow::as_select());
            let event: EventRow = row.for_update().first(connection).await.optional()?.ok_or(Error::NotFound)?;
            let event = Event::try_from(event)?;
            if authority == Authority::Organizer && event.organizer != by {
                return Err(Error::NotFound);
            }
            if event.status != EventStatus::Draft {
                return Err(Error::Conflict(Conflict::NotADraft));
            }
            audit::record_deletion_in_txn(connection, &event, order, by).await?;
            diesel::delete(event_decisions::table.filter(event_decisions::event_id.eq(id))).execute(connection).await?;
            diesel::delete(event_figures::table.filter(event_figures::event_id.eq(id))).execute(connection).await?;
            diesel::delete(simulations::table.filter(simulations::event_id.eq(id))).execute(connection).await?;
            tickets::delete_in_txn(connection, id).await?;
            reminders::delete_in_txn(connection, id).await?;
            pictures::delete_in_txn(connection, id).await?;
            doors::delete_in_txn(connection, id).await?;
            diesel::delete(events::table.find(id)).execute(connection).await?;
            Ok(())
        })
        .await
}
