//! The doors of events: how they work, and the keys that tickets' codes are made with.

use std::collections::HashSet;
use std::fmt;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Binary, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::check_ins::DoorSettings;
use domain::commands::Authority;
use domain::events::Event;
use domain::ids::{EventId, UserId};
use domain::tickets::Tickets;
use serde_json::json;
use uuid::Uuid;

use crate::audit::{self, Action};
use crate::clocks::statement_timestamp;
use crate::errors::Error;
use crate::schema::{door_staff, event_doors};
use crate::{events, tickets};

/// The length of a key, in bytes.
const KEY_BYTES: usize = 32;

/// The key that the codes of an event's tickets are made with. Its `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredKey {
    /// The key.
    pub bytes: [u8; KEY_BYTES],
    /// Since when it is the event's.
    pub since: DateTime<Utc>,
}

impl fmt::Debug for StoredKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredKey").field("since", &self.since).finish_non_exhaustive()
    }
}

/// An event, as its gates see it.
#[derive(Debug, Clone)]
pub struct Door {
    /// The event.
    pub event: Event,
    /// Its tickets.
    pub tickets: Tickets,
    /// How its door works.
    pub settings: DoorSettings,
    /// Its key. `None` until its first ticket is shown.
    pub key: Option<StoredKey>,
    /// The accounts that may check people in, beside those who run the event. At most
    /// [`DOOR_STAFF_MAX`](domain::limits::DOOR_STAFF_MAX).
    pub staff: HashSet<UserId>,
}

/// The door of an event; `None` if there is no such event. Hidden copies have none.
pub async fn find(connection: &mut AsyncPgConnection, id: EventId) -> Result<Option<Door>, Error> {
    let Some(event) = events::find(connection, id).await?.filter(|event| event.rehearsal_of.is_none()) else {
        return Ok(None);
    };
    let tickets = tickets::of_event(connection, id).await?;
    let (settings, key) = settings_of(connection, id).await?;
    let staff = door_staff::table.filter(door_staff::event_id.eq(Uuid::from(id))).select(door_staff::user_id);
    let staff: Vec<Uuid> = staff.load(connection).await?;
    Ok(Some(Door { event, tickets, settings, key, staff: staff.into_iter().map(UserId::from).collect() }))
}

/// How the door of an event works.
pub(crate) async fn settings(connection: &mut AsyncPgConnection, event: EventId) -> Result<DoorSettings, Error> {
    Ok(settings_of(connection, event).await?.0)
}

async fn settings_of(
    connection: &mut AsyncPgConnection,
    event: EventId,
) -> Result<(DoorSettings, Option<StoredKey>), Error> {
    type Row = ((Option<i32>, Option<i32>, bool, bool), Option<Vec<u8>>, Option<DateTime<Utc>>);

    let row = event_doors::table.find(Uuid::from(event)).select((
        (
            event_doors::opens_minutes_before,
            event_doors::names_minutes_before,
            event_doors::transfers,
            event_doors::attach_tickets,
        ),
        event_doors::ticket_key,
        event_doors::key_since,
    ));
    let Some((settings, bytes, since)) = row.first::<Row>(connection).await.optional()? else {
        return Ok((DoorSettings::default(), None));
    };
    let (opens_minutes_before, names_minutes_before, transfers, attach_tickets) = settings;
    let key = match (bytes, since) {
        (Some(bytes), Some(since)) => {
            let bytes = bytes.try_into().map_err(|_| Error::Corrupt("a ticket key of another length".to_owned()))?;
            Some(StoredKey { bytes, since })
        }
        _ => None,
    };
    Ok((DoorSettings { opens_minutes_before, names_minutes_before, transfers, attach_tickets }, key))
}

/// Gives an event its first key, unless it has one. [`Error::NotFound`] if there is no such event, or it is a hidden
/// copy.
pub async fn make_key(connection: &mut AsyncPgConnection, event: EventId, key: &[u8; KEY_BYTES]) -> Result<(), Error> {
    // The deletion of a draft locks its row first, and deletes all that is stored by then.
    let made = diesel::sql_query(
        "with event as (select id from events where id = $1 and rehearsal_of is null for key share) \
         insert into event_doors as door (event_id, ticket_key, key_since) select id, $2, statement_timestamp() \
         from event on conflict (event_id) do update set ticket_key = coalesce(door.ticket_key, excluded.ticket_key), \
         key_since = coalesce(door.key_since, excluded.key_since)",
    )
    .bind::<PgUuid, _>(Uuid::from(event))
    .bind::<Binary, _>(key.as_slice())
    .execute(connection)
    .await?;
    if made > 0 { Ok(()) } else { Err(Error::NotFound) }
}

/// Gives an event another key, and writes an entry of the audit log, atomically. The codes that were made before end.
///
/// [`Error::NotFound`] if there is no such event, if it is a hidden copy, or if it has been handed over and `authority`
/// is its organizer's.
pub async fn renew_key(
    connection: &mut AsyncPgConnection,
    event: EventId,
    key: &[u8; KEY_BYTES],
    by: UserId,
    authority: Authority,
) -> Result<(), Error> {
    connection
        .transaction(async |connection| {
            events::lock_part_in_txn(connection, event, by, authority).await?;
            let renewed = (
                event_doors::ticket_key.eq(Some(key.as_slice())),
                event_doors::key_since.eq(statement_timestamp().nullable()),
            );
            diesel::insert_into(event_doors::table)
                .values((event_doors::event_id.eq(Uuid::from(event)), renewed))
                .on_conflict(event_doors::event_id)
                .do_update()
                .set(renewed)
                .execute(connection)
                .await?;
            let (before, after) = (Some(json!({})), Some(json!({})));
            audit::record_part_in_txn(connection, Action::DoorKeyRenewed, event, by, before, after).await
        })
        .await
}

/// Chooses how an event's door works, and writes an entry of the audit log if that is another way, atomically. Errors
/// are those of [`renew_key`].
pub async fn configure(
    connection: &mut AsyncPgConnection,
    event: EventId,
    settings: DoorSettings,
    by: UserId,
    authority: Authority,
) -> Result<(), Error> {
    connection
        .transaction(async |connection| {
            events::lock_part_in_txn(connection, event, by, authority).await?;
            let (before, _) = settings_of(connection, event).await?;
            if before == settings {
                return Ok(());
            }
            let chosen = (
                event_doors::opens_minutes_before.eq(settings.opens_minutes_before),
                event_doors::names_minutes_before.eq(settings.names_minutes_before),
                event_doors::transfers.eq(settings.transfers),
                event_doors::attach_tickets.eq(settings.attach_tickets),
            );
            diesel::insert_into(event_doors::table)
                .values((event_doors::event_id.eq(Uuid::from(event)), chosen))
                .on_conflict(event_doors::event_id)
                .do_update()
                .set(chosen)
                .execute(connection)
                .await?;
            let told = |settings: DoorSettings| {
                Some(json!({
                    "opens_minutes_before": settings.opens_minutes_before,
                    "names_minutes_before": settings.names_minutes_before,
                    "transfers": settings.transfers,
                    "attach_tickets": settings.attach_tickets,
                }))
            };
            let (before, after) = (told(before), told(settings));
            audit::record_part_in_txn(connection, Action::DoorChanged, event, by, before, after).await
        })
        .await
}

/// Takes the door of a draft away, which is about to be deleted.
pub(crate) async fn delete_in_txn(connection: &mut AsyncPgConnection, draft: Uuid) -> Result<(), Error> {
    diesel::delete(event_doors::table.find(draft)).execute(connection).await?;
    diesel::delete(door_staff::table.filter(door_staff::event_id.eq(draft))).execute(connection).await?;
    Ok(())
}
