//! Reminders: how long before its start an event's people are reminded of it, and those that are due.
//! [`crate::announcements`] makes the messages.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, SmallInt, Uuid as PgUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::ids::EventId;
use domain::limits::REMINDER_HOURS_MAX;
use uuid::Uuid;

use crate::errors::Error;
use crate::schema::reminders;

/// How many hours before its start an event's people are reminded of it. `None` if they are not.
pub async fn find(connection: &mut AsyncPgConnection, event: EventId) -> Result<Option<i16>, Error> {
    let hours = reminders::table.find(Uuid::from(event)).select(reminders::hours);
    Ok(hours.first(connection).await.optional()?)
}

/// Has an event's people reminded so many hours before its start, or not at all. [`Error::NotFound`] if there is no
/// such event, or it is a hidden copy. A reminder that has begun stays as it was.
pub async fn choose(connection: &mut AsyncPgConnection, event: EventId, hours: Option<i16>) -> Result<(), Error> {
    let Some(hours) = hours else {
        diesel::delete(reminders::table.find(Uuid::from(event))).execute(connection).await?;
        return Ok(());
    };
    // Whoever deletes the draft has its row locked, and deletes what is stored before.
    let chosen = diesel::sql_query(
        "with event as (select id from events where id = $1 and rehearsal_of is null for key share) \
         insert into reminders (event_id, hours) select id, $2 from event \
         on conflict (event_id) do update set hours = excluded.hours",
    )
    .bind::<PgUuid, _>(Uuid::from(event))
    .bind::<SmallInt, _>(hours)
    .execute(connection)
    .await?;
    if chosen > 0 { Ok(()) } else { Err(Error::NotFound) }
}

/// Takes the reminder of a draft away, which is about to be deleted.
pub(crate) async fn delete_in_txn(connection: &mut AsyncPgConnection, draft: Uuid) -> Result<(), Error> {
    diesel::delete(reminders::table.find(draft)).execute(connection).await?;
    Ok(())
}

/// Begins at most `limit` reminders that are due, atomically, the next start first. Returns how many. Each start of an
/// event is told once; several servers may look at once.
///
/// It reads the published events of the next 14 days by their start, and is not for the moments of a sale.
pub async fn begin_due(connection: &mut AsyncPgConnection, limit: i64) -> Result<i64, Error> {
    #[derive(QueryableByName)]
    struct Begun {
        #[diesel(sql_type = BigInt)]
        begun: i64,
    }
    let Begun { begun } = diesel::sql_query(format!(
        "with due as materialized (select r.event_id, e.starts_at, r.hours \
         from events e join reminders r on r.event_id = e.id \
         where e.status = 'PUBLISHED' and e.rehearsal_of is null and e.starts_at > now() \
         and e.starts_at <= now() + make_interval(hours => {REMINDER_HOURS_MAX}) \
         and e.starts_at <= now() + make_interval(hours => r.hours) and r.told_start is distinct from e.starts_at \
         order by e.starts_at, e.id limit $1 for update of r skip locked), \
         told as (update reminders r set told_start = due.starts_at from due where r.event_id = due.event_id), \
         begun as (insert into announcements (event_id, kind, number, audience, seated_before) \
         select event_id, 'REMINDER', floor(extract(epoch from starts_at))::bigint, 'CONFIRMED', \
         starts_at - make_interval(hours => hours) from due on conflict do nothing) \
         select count(*) as begun from due"
    ))
    .bind::<BigInt, _>(limit)
    .get_result(connection)
    .await?;
    Ok(begun)
}
