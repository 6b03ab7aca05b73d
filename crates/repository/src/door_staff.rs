//! Accounts that may check people in at an event and run nothing of it, and the events at which an account may.

use chrono::{DateTime, Utc};
use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Timestamptz};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::commands::Authority;
use domain::events::Event;
use domain::ids::{EventId, UserId};
use domain::limits::DOOR_STAFF_MAX;
use serde_json::json;
use uuid::Uuid;

use crate::audit::{self, Action};
use crate::errors::{Conflict, Error};
use crate::events;
use crate::rows::{self, EventRow};
use crate::schema::{door_staff, events as event_rows, users};

/// An account of the door staff.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Member {
    /// The account.
    pub user: Uuid,
    /// Its name.
    pub name: String,
    /// Its e-mail address.
    pub email: String,
    /// Since when it is of the staff.
    pub since: DateTime<Utc>,
}

/// The door staff of an event, by name. At most [`DOOR_STAFF_MAX`].
pub async fn list(connection: &mut AsyncPgConnection, event: EventId) -> Result<Vec<Member>, Error> {
    let members = door_staff::table
        .inner_join(users::table.on(users::id.eq(door_staff::user_id)))
        .filter(door_staff::event_id.eq(Uuid::from(event)).and(users::erased_at.is_null()))
        .order((users::name, users::id))
        .select((users::id, users::name, users::email, door_staff::added_at));
    Ok(members.load(connection).await?)
}

/// Makes an account one of an event's door staff, and writes an entry of the audit log unless it was already,
/// atomically.
///
/// [`Error::NotFound`] if there is no such event, if it is a hidden copy, or if it has been handed over and `authority`
/// is its organizer's; [`Conflict::TooManyDoorStaff`] if it has [`DOOR_STAFF_MAX`] of them.
pub async fn add(
    connection: &mut AsyncPgConnection,
    event: EventId,
    user: UserId,
    by: UserId,
    authority: Authority,
) -> Result<(), Error> {
    connection
        .transaction(async |connection| {
            events::lock_part_in_txn(connection, event, by, authority).await?;
            // They are counted under the event's lock.
            let present = door_staff::table.filter(door_staff::event_id.eq(Uuid::from(event)));
            let is_member = present.filter(door_staff::user_id.eq(Uuid::from(user)));
            if diesel::select(diesel::dsl::exists(is_member)).get_result(connection).await? {
                return Ok(());
            }
            let members: i64 = present.select(count_star()).first(connection).await?;
            if members >= DOOR_STAFF_MAX {
                return Err(Error::Conflict(Conflict::TooManyDoorStaff));
            }
            let new = (door_staff::event_id.eq(Uuid::from(event)), door_staff::user_id.eq(Uuid::from(user)));
            diesel::insert_into(door_staff::table).values(new).execute(connection).await?;
            let after = Some(json!({ "user": user }));
            audit::record_part_in_txn(connection, Action::DoorStaffAdded, event, by, None, after).await
        })
        .await
}

/// Takes an account out of an event's door staff, and writes an entry of the audit log if it was one, atomically.
/// [`Error::NotFound`] as in [`add`].
pub async fn remove(
    connection: &mut AsyncPgConnection,
    event: EventId,
    user: UserId,
    by: UserId,
    authority: Authority,
) -> Result<(), Error> {
    connection
        .transaction(async |connection| {
            events::lock_part_in_txn(connection, event, by, authority).await?;
            let row = door_staff::table.find((Uuid::from(event), Uuid::from(user)));
            if diesel::delete(row).execute(connection).await? == 0 {
                return Ok(());
            }
            let before = Some(json!({ "user": user }));
            audit::record_part_in_txn(connection, Action::DoorStaffRemoved, event, by, before, None).await
        })
        .await
}

/// Published events that end no earlier than a day ago, at which this account may check people in: it runs them, is of
/// their door staff, or, with `all`, may run all events. The next start comes first; at most `limit`.
pub async fn doors_of(
    connection: &mut AsyncPgConnection,
    user: UserId,
    all: bool,
    limit: i64,
) -> Result<Vec<Event>, Error> {
    let user = Uuid::from(user);
    let mut doors = event_rows::table
        .filter(event_rows::rehearsal_of.is_null())
        .filter(sql::<Bool>("events.status = 'PUBLISHED'"))
        .filter(event_rows::ends_at.gt(sql::<Timestamptz>("statement_timestamp() - interval '1 day'")))
        .order((event_rows::starts_at, event_rows::id))
        .limit(limit)
        .select(EventRow::as_select())
        .into_boxed();
    if !all {
        let as_staff = door_staff::table.filter(door_staff::user_id.eq(user)).select(door_staff::event_id);
        doors = doors.filter(event_rows::organizer_id.eq(user).or(event_rows::id.eq_any(as_staff)));
    }
    let rows: Vec<EventRow> = doors.load(connection).await?;
    rows::all(rows)
}
