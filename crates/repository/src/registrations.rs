//! Reads registrations. [`crate::settlement`] makes and changes them.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::events::Event;
use domain::ids::{EventId, RegistrationId, UserId};
use domain::registrations::{Registration, RegistrationStatus};
use uuid::Uuid;

use crate::errors::Error;
use crate::rows::{self, EventRow, RegistrationRow};
use crate::schema::{events, registrations, users};

/// Which of a person's registrations. Without a value, all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OwnFilter {
    /// Only those of this event.
    pub event: Option<EventId>,
    /// Only those with this status.
    pub status: Option<RegistrationStatus>,
}

/// A person's registrations with their events, the newest first, beginning after `before`.
pub async fn list_of_user(
    connection: &mut AsyncPgConnection,
    user: UserId,
    filter: OwnFilter,
    before: Option<RegistrationId>,
    limit: i64,
) -> Result<Vec<(Registration, Event)>, Error> {
    let mut query = registrations::table
        .inner_join(events::table)
        .filter(registrations::user_id.eq(Uuid::from(user)))
        .order(registrations::id.desc())
        .limit(limit)
        .select((RegistrationRow::as_select(), EventRow::as_select()))
        .into_boxed();
    if let Some(event) = filter.event {
        query = query.filter(registrations::event_id.eq(Uuid::from(event)));
    }
    if let Some(status) = filter.status {
        query = query.filter(registrations::status.eq(status.as_str()));
    }
    if let Some(before) = before {
        query = query.filter(registrations::id.lt(Uuid::from(before)));
    }
    let rows: Vec<(RegistrationRow, EventRow)> = query.load(connection).await?;
    rows.into_iter().map(|(registration, event)| Ok((registration.try_into()?, event.try_into()?))).collect()
}

/// All registrations of an event, in the order in which they were made.
pub async fn list_of_event(connection: &mut AsyncPgConnection, event: EventId) -> Result<Vec<Registration>, Error> {
    let rows = registrations::table
        .filter(registrations::event_id.eq(Uuid::from(event)))
        .order(registrations::decision)
        .select(RegistrationRow::as_select())
        .load(connection)
        .await?;
    rows::all(rows)
}

/// The numbers of the registrations that wait, in order, and the event's last decision at that moment. A registration
/// with a higher number joined later. `None` if there is no such event.
pub async fn line(connection: &mut AsyncPgConnection, event: EventId) -> Result<Option<(Vec<i64>, i64)>, Error> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Array<diesel::sql_types::BigInt>)]
        numbers: Vec<i64>,
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        last_decision: i64,
    }
    // One statement, so that both come from one snapshot.
    let line = diesel::sql_query(
        "select last_decision, array(select decision from registrations \
         where event_id = $1 and status = 'WAITLISTED' order by decision) as numbers from events where id = $1",
    )
    .bind::<diesel::sql_types::Uuid, _>(Uuid::from(event))
    .get_result::<Line>(connection)
    .await
    .optional()?;
    Ok(line.map(|line| (line.numbers, line.last_decision)))
}

/// An active registration of a deactivated person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActiveRegistration {
    /// The event.
    pub event: EventId,
    /// The registration.
    pub registration: RegistrationId,
    /// Its person.
    pub user: UserId,
}

/// Which deactivated people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deactivated {
    /// This person, if deactivated.
    This(UserId),
    /// Those whose access changed within this many seconds.
    Within(i32),
    /// All of them.
    All,
}

/// Active registrations of deactivated people at events that may still change, in the order of their ids, beginning
/// after `after`.
pub async fn active_of_deactivated(
    connection: &mut AsyncPgConnection,
    whose: Deactivated,
    after: Option<RegistrationId>,
    limit: i64,
) -> Result<Vec<ActiveRegistration>, Error> {
    use diesel::dsl::{IntervalDsl, now, sql};
    use diesel::sql_types::{Bool, Timestamptz};

    let mut query = registrations::table
        .inner_join(users::table.on(users::id.eq(registrations::user_id)))
        .inner_join(events::table)
        .filter(sql::<Bool>("users.kind = 'PERSON' and not users.is_active"))
        .filter(sql::<Bool>("registrations.status <> 'CANCELLED' and events.status <> 'CANCELLED'"))
        .filter(events::ends_at.gt(now))
        .order(registrations::id)
        .limit(limit)
        .select((registrations::event_id, registrations::id, registrations::user_id))
        .into_boxed();
    match whose {
        Deactivated::This(user) => query = query.filter(users::id.eq(Uuid::from(user))),
        Deactivated::Within(seconds) => {
            let lately = now.into_sql::<Timestamptz>() - seconds.seconds();
            query = query.filter(users::access_changed_at.gt(lately));
        }
        Deactivated::All => {}
    }
    if let Some(after) = after {
        query = query.filter(registrations::id.gt(Uuid::from(after)));
    }
    let found: Vec<(Uuid, Uuid, Uuid)> = query.load(connection).await?;
    let active = |(event, registration, user): (Uuid, Uuid, Uuid)| ActiveRegistration {
        event: event.into(),
        registration: registration.into(),
        user: user.into(),
    };
    Ok(found.into_iter().map(active).collect())
}
