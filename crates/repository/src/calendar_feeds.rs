//! Calendars that people subscribe to at a secret address. Only the digest of the secret is stored.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::events::Event;
use domain::ids::UserId;
use domain::registrations::{Registration, RegistrationStatus};
use uuid::Uuid;

use crate::clocks::statement_timestamp;
use crate::errors::Error;
use crate::rows::{self, EventRow, RegistrationRow};
use crate::schema::{events, registrations, users};
use crate::users::IS_PERSON;

/// The most bookings in one calendar: the newest. A person with more of them looks elsewhere for the old ones.
pub const BOOKINGS_MAX: i64 = 500;

/// Stores the digest of a new secret, in place of the one before. Returns when, by the database's clock;
/// [`Error::NotFound`] if there is no such active person.
pub async fn replace(
    connection: &mut AsyncPgConnection,
    user: UserId,
    digest: &[u8; 32],
) -> Result<DateTime<Utc>, Error> {
    let person = users::table.find(Uuid::from(user)).filter(is_active_person());
    let since: Option<Option<DateTime<Utc>>> = diesel::update(person)
        .set((users::calendar_digest.eq(digest.as_slice()), users::calendar_since.eq(statement_timestamp().nullable())))
        .returning(users::calendar_since)
        .get_result(connection)
        .await
        .optional()?;
    since.flatten().ok_or(Error::NotFound)
}

/// Forgets the person's secret: nothing is at its address any more. Safe to run again.
pub async fn revoke(connection: &mut AsyncPgConnection, user: UserId) -> Result<(), Error> {
    diesel::update(users::table.find(Uuid::from(user)))
        .set((users::calendar_digest.eq(None::<Vec<u8>>), users::calendar_since.eq(None::<DateTime<Utc>>)))
        .execute(connection)
        .await?;
    Ok(())
}

/// Since when the person's calendar has its address; `None` if it has none.
pub async fn since(connection: &mut AsyncPgConnection, user: UserId) -> Result<Option<DateTime<Utc>>, Error> {
    let since = users::table.find(Uuid::from(user)).select(users::calendar_since);
    Ok(since.first::<Option<DateTime<Utc>>>(connection).await.optional()?.flatten())
}

/// The bookings of the person whose calendar has a secret with this digest, the newest first: at most [`BOOKINGS_MAX`],
/// without cancelled ones. `None` if no active person has it.
pub async fn bookings(
    connection: &mut AsyncPgConnection,
    digest: &[u8; 32],
) -> Result<Option<Vec<(Registration, Event)>>, Error> {
    let person = users::table.filter(users::calendar_digest.eq(digest.as_slice()).and(is_active_person()));
    let Some(person) = person.select(users::id).first::<Uuid>(connection).await.optional()? else { return Ok(None) };
    let rows: Vec<(RegistrationRow, EventRow)> = registrations::table
        .inner_join(events::table)
        .filter(registrations::user_id.eq(person))
        .filter(registrations::status.ne(RegistrationStatus::Cancelled.as_str()))
        .order(registrations::id.desc())
        .limit(BOOKINGS_MAX)
        .select((RegistrationRow::as_select(), EventRow::as_select()))
        .load(connection)
        .await?;
    let (found, events): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let (found, events): (Vec<Registration>, Vec<Event>) = (rows::all(found)?, rows::all(events)?);
    Ok(Some(found.into_iter().zip(events).collect()))
}

fn is_active_person() -> diesel::dsl::And<diesel::expression::SqlLiteral<Bool>, users::is_active> {
    diesel::dsl::sql::<Bool>(IS_PERSON).and(users::is_active)
}
