//! Finds heads of lines that leave free seats idle. [`crate::settlement`] passes them over.

use diesel::sql_types::{BigInt, Integer, SmallInt, Uuid as PgUuid};
use diesel::{QueryableByName, sql_query};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::ids::{EventId, RegistrationId, UserId};
use domain::limits::HOLD_MINUTES_MIN;
use domain::tickets::TypeNumber;
use uuid::Uuid;

use crate::errors::Error;

/// How far behind the head somebody is looked for whom the free seats would be enough. A line whose first thousand all
/// want more would move by one of them a day, and help nobody.
const LOOK_BEHIND: i64 = 1_000;

/// The head of a line that is to be passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverdueHead {
    /// The event.
    pub event: EventId,
    /// The type whose line it is.
    pub ticket_type: TypeNumber,
    /// The registration.
    pub registration: RegistrationId,
    /// Its person.
    pub user: UserId,
}

/// Heads of lines whose event's patience with them is over, by the database's clock, and behind whom somebody waits for
/// no more seats than are free. In the order of events and types, beginning after `after`.
pub async fn overdue(
    connection: &mut AsyncPgConnection,
    after: Option<OverdueHead>,
    limit: i64,
) -> Result<Vec<OverdueHead>, Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = PgUuid)]
        event_id: Uuid,
        #[diesel(sql_type = SmallInt)]
        number: i16,
        #[diesel(sql_type = PgUuid)]
        id: Uuid,
        #[diesel(sql_type = PgUuid)]
        user_id: Uuid,
    }
    let rows: Vec<Row> = sql_query(
        "select t.event_id, t.number, head.id, head.user_id from ticket_types t join events e on e.id = t.event_id \
         cross join lateral (select id, user_id from registrations where event_id = t.event_id \
         and ticket_type = t.number and status = 'WAITLISTED' order by decision limit 1) head \
         where t.idle_since <= now() - make_interval(mins => $1) \
         and t.idle_since <= now() - make_interval(mins => e.line_patience_minutes) \
         and e.status = 'PUBLISHED' and e.ends_at > now() and e.under_test_since is null and e.rehearsal_of is null \
         and exists (select from (select seats from registrations where event_id = t.event_id \
         and ticket_type = t.number and status = 'WAITLISTED' order by decision limit $2) near \
         where near.seats <= t.seats_remaining) \
         and (t.event_id, t.number) > ($3, $4) order by t.event_id, t.number limit $5",
    )
    .bind::<Integer, _>(HOLD_MINUTES_MIN)
    .bind::<BigInt, _>(LOOK_BEHIND)
    .bind::<PgUuid, _>(after.map_or(Uuid::nil(), |after| after.event.into()))
    .bind::<SmallInt, _>(after.map_or(0, |after| after.ticket_type.into()))
    .bind::<BigInt, _>(limit)
    .load(connection)
    .await?;
    let head = |row: Row| OverdueHead {
        event: row.event_id.into(),
        ticket_type: row.number.into(),
        registration: row.id.into(),
        user: row.user_id.into(),
    };
    Ok(rows.into_iter().map(head).collect())
}
