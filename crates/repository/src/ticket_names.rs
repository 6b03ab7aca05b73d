//! Names on tickets, as buyers have filled them in.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, SmallInt, Text, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::ids::{EventId, RegistrationId, UserId};
use domain::ticket_names::{NamedBooking, NamesRefused, TicketNames, WantedNames, check};
use uuid::Uuid;

use crate::clocks::clock_timestamp;
use crate::errors::Error;
use crate::registrations::BY_PERSON;
use crate::schema::{check_ins, ticket_names};
use crate::{doors, events, registrations};

/// The names of a registration's tickets. Some may be of seats that it has no more.
pub async fn of_registration(
    connection: &mut AsyncPgConnection,
    event: EventId,
    registration: RegistrationId,
) -> Result<TicketNames, Error> {
    let rows: Vec<(i16, String)> = ticket_names::table
        .filter(ticket_names::event_id.eq(Uuid::from(event)))
        .filter(ticket_names::registration_id.eq(Uuid::from(registration)))
        .select((ticket_names::ticket, ticket_names::name))
        .load(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Gives the tickets of this person's registration these names, in place of those that they had, if
/// [`check`] allows it, atomically. [`Error::NotFound`] if the person has no such registration.
///
/// It locks no event. A command that ends tickets of the same registration may wait for it, and nothing else does. A
/// registration that loses seats at the same moment may keep names of these seats, which nobody shows.
pub async fn write(
    connection: &mut AsyncPgConnection,
    event: EventId,
    registration: RegistrationId,
    by: UserId,
    wanted: &WantedNames,
) -> Result<Result<(), NamesRefused>, Error> {
    connection
        .transaction(async |connection| {
            // Two requests of one booking would each wait for rows that the other has written.
            diesel::sql_query("select pg_advisory_xact_lock(hashtextextended($1, 0))::text")
                .bind::<Text, _>(format!("onsale ticket names {registration}"))
                .execute(connection)
                .await?;
            let own = registrations::find(connection, event, registration).await?.filter(|found| found.user == by);
            let own = own.ok_or(Error::NotFound)?;
            let of = events::find(connection, event).await?.filter(|event| event.rehearsal_of.is_none());
            let of = of.ok_or(Error::NotFound)?;
            let settings = doors::settings(connection, event).await?;
            let names = of_registration(connection, event, registration).await?;
            let admitted: Vec<i16> = check_ins::table
                .filter(check_ins::event_id.eq(Uuid::from(event)))
                .filter(check_ins::registration_id.eq(Uuid::from(registration)))
                .filter(check_ins::obstacle.is_null().and(check_ins::undone_at.is_null()))
                .select(check_ins::ticket)
                .load(connection)
                .await?;
            let now: DateTime<Utc> = diesel::select(clock_timestamp()).get_result(connection).await?;
            let booking = NamedBooking {
                event: &of,
                settings,
                status: own.status,
                seats: i16::try_from(own.seats()).unwrap_or(i16::MAX),
                names: &names,
                admitted: &admitted,
            };
            if let Err(refused) = check(booking, wanted, now) {
                return Ok(Err(refused));
            }
            replace_in_txn(connection, event, registration, wanted).await?;
            Ok(Ok(()))
        })
        .await
}

async fn replace_in_txn(
    connection: &mut AsyncPgConnection,
    event: EventId,
    registration: RegistrationId,
    wanted: &WantedNames,
) -> Result<(), Error> {
    let of_registration =
        ticket_names::event_id.eq(Uuid::from(event)).and(ticket_names::registration_id.eq(Uuid::from(registration)));
    diesel::delete(ticket_names::table.filter(of_registration)).execute(connection).await?;
    let (tickets, names): (Vec<i16>, Vec<&str>) =
        wanted.names.iter().map(|(ticket, name)| (*ticket, name.as_str())).unzip();
    diesel::sql_query(
        "insert into ticket_names (event_id, registration_id, ticket, name) \
         select $1, $2, ticket, name from unnest($3, $4) as wanted (ticket, name)",
    )
    .bind::<PgUuid, _>(Uuid::from(event))
    .bind::<PgUuid, _>(Uuid::from(registration))
    .bind::<Array<SmallInt>, _>(tickets)
    .bind::<Array<Text>, _>(names)
    .execute(connection)
    .await?;
    Ok(())
}

/// Erases the names on the tickets of these people's bookings.
pub(crate) async fn erase_in_txn(connection: &mut AsyncPgConnection, people: &[Uuid]) -> Result<(), Error> {
    diesel::sql_query(format!(
        "delete from ticket_names named using registrations where registrations.user_id = any($1) and {BY_PERSON} \
         and named.event_id = registrations.event_id and named.registration_id = registrations.id"
    ))
    .bind::<Array<PgUuid>, _>(people)
    .execute(connection)
    .await?;
    Ok(())
}
