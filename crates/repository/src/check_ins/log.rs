//! The check-ins of an event: found, listed for its organizer, and undone.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, SmallInt, Text, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::check_ins::{CheckIn, CheckInState};
use domain::ids::{EventId, RegistrationId, ScanId, UserId};
use domain::tickets::TypeNumber;
use uuid::Uuid;

use super::rows::{COLUMNS, CheckInRow, NAMES};
use crate::errors::Error;
use crate::rows;

/// A check-in of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The check-in.
    pub check_in: CheckIn,
    /// The person who booked.
    pub name: String,
    /// The person who comes with the ticket, as the buyer has filled in. Tickets of seats that were given up have none.
    pub ticket_name: Option<String>,
    /// The type of the seats.
    pub ticket_type: TypeNumber,
    /// The check-in that somebody is in with, if this one does not count.
    pub other: Option<CheckIn>,
}

#[derive(QueryableByName)]
struct ListedRow {
    #[diesel(embed)]
    check_in: CheckInRow,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<Text>)]
    ticket_name: Option<String>,
    #[diesel(sql_type = SmallInt)]
    ticket_type: i16,
    #[diesel(sql_type = Nullable<PgUuid>)]
    other_id: Option<Uuid>,
}

/// Check-ins of an event that are kept, the newest first, beginning after `before`; those in this state, or all. None
/// if there is no check-in `before`.
pub async fn list(
    connection: &mut AsyncPgConnection,
    event: EventId,
    state: Option<CheckInState>,
    before: Option<ScanId>,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    // Literals, so that an index of those to be settled is taken.
    let wanted = match state {
        None => "true",
        Some(CheckInState::Admitted) => "c.obstacle is null and c.undone_at is null",
        Some(CheckInState::Double) => "c.obstacle is not null and c.undone_at is null",
        Some(CheckInState::Undone) => "c.undone_at is not null",
    };
    let rows: Vec<ListedRow> = diesel::sql_query(format!(
        "select {COLUMNS}, person.name, named.name as ticket_name, r.ticket_type, other.id as other_id \
         from (select * from check_ins c \
         where event_id = $1 and {wanted} and ($2 is null or (received_at, id) < (\
         select received_at, id from check_ins where event_id = $1 and id = $2)) \
         order by received_at desc, id desc limit $3) c \
         cross join lateral (select user_id, ticket_type, seats, status from registrations \
         where event_id = $1 and id = c.registration_id limit 1) r \
         cross join lateral (select name from users where id = r.user_id limit 1) person \
         left join lateral (select name from ticket_names where event_id = $1 \
         and registration_id = c.registration_id and ticket = c.ticket and ticket <= r.seats \
         and r.status = 'CONFIRMED' limit 1) named on true \
         left join lateral (select id from check_ins where event_id = $1 and registration_id = c.registration_id \
         and ticket = c.ticket and obstacle is null and undone_at is null and c.obstacle is not null limit 1) other \
         on true {NAMES} order by c.received_at desc, c.id desc"
    ))
    .bind::<PgUuid, _>(Uuid::from(event))
    .bind::<Nullable<PgUuid>, _>(before.map(Uuid::from))
    .bind::<BigInt, _>(limit)
    .load(connection)
    .await?;
    let mut listed = Vec::with_capacity(rows.len());
    for row in rows {
        // Few do not count.
        let other = match row.other_id {
            Some(other) => find(connection, event, other.into()).await?,
            None => None,
        };
        let check_in = row.check_in.try_into()?;
        let (name, ticket_name, ticket_type) = (row.name, row.ticket_name, row.ticket_type.into());
        listed.push(Listed { check_in, name, ticket_name, ticket_type, other });
    }
    Ok(listed)
}

/// A check-in of an event.
pub async fn find(connection: &mut AsyncPgConnection, event: EventId, id: ScanId) -> Result<Option<CheckIn>, Error> {
    let row = diesel::sql_query(format!(
        "select {COLUMNS} from (select * from check_ins where event_id = $1 and id = $2) c {NAMES}"
    ))
    .bind::<PgUuid, _>(Uuid::from(event))
    .bind::<PgUuid, _>(Uuid::from(id));
    let row: Option<CheckInRow> = row.get_result(connection).await.optional()?;
    row.map(CheckIn::try_from).transpose()
}

/// The check-ins of a registration that somebody is in with.
pub async fn of_registration(
    connection: &mut AsyncPgConnection,
    event: EventId,
    registration: RegistrationId,
) -> Result<Vec<CheckIn>, Error> {
    let found: Vec<CheckInRow> = diesel::sql_query(format!(
        "select {COLUMNS} from (select * from check_ins where event_id = $1 and registration_id = $2 \
         and obstacle is null and undone_at is null) c {NAMES}"
    ))
    .bind::<PgUuid, _>(Uuid::from(event))
    .bind::<PgUuid, _>(Uuid::from(registration))
    .load(connection)
    .await?;
    rows::all(found)
}

/// Undoes a check-in, so that its ticket lets in again, atomically. If a second person was let in with the ticket, the
/// first of those counts from then on: somebody is in with it. One that was undone already stays as it is. Returns
/// it; `None` if there is no such check-in.
pub async fn undo(
    connection: &mut AsyncPgConnection,
    event: EventId,
    id: ScanId,
    by: UserId,
    reason: &str,
) -> Result<Option<CheckIn>, Error> {
    connection
        .transaction(async |connection| {
            let undone = diesel::sql_query(
                "update check_ins set undone_at = statement_timestamp(), undone_by = $3, undone_reason = $4 \
                 where event_id = $1 and id = $2 and undone_at is null",
            )
            .bind::<PgUuid, _>(Uuid::from(event))
            .bind::<PgUuid, _>(Uuid::from(id))
            .bind::<PgUuid, _>(Uuid::from(by))
            .bind::<Text, _>(reason)
            .execute(connection)
            .await?;
            if undone > 0 {
                count_second_in_txn(connection, event, id).await?;
            }
            find(connection, event, id).await
        })
        .await
}

/// Lets the first open double of a ticket count, if the check-in of it that has just been undone did.
async fn count_second_in_txn(connection: &mut AsyncPgConnection, event: EventId, undone: ScanId) -> Result<(), Error> {
    diesel::sql_query(
        "update check_ins set obstacle = null where event_id = $1 and id = (\
         select second.id from check_ins undone join check_ins second on second.event_id = undone.event_id \
         and second.registration_id = undone.registration_id and second.ticket = undone.ticket \
         where undone.event_id = $1 and undone.id = $2 and undone.obstacle is null \
         and second.obstacle = 'ALREADY_IN' and second.undone_at is null \
         and exists (select from registrations r where r.event_id = $1 and r.id = undone.registration_id \
         and r.status = 'CONFIRMED' and r.seats >= undone.ticket) \
         order by second.received_at, second.id limit 1)",
    )
    .bind::<PgUuid, _>(Uuid::from(event))
    .bind::<PgUuid, _>(Uuid::from(undone))
    .execute(connection)
    .await?;
    Ok(())
}
