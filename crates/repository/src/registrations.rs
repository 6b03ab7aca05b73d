//! Reads registrations. [`crate::settlement`] makes and changes them.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::events::TicketedEvent;
use domain::ids::{EventId, RegistrationId, UserId};
use domain::registrations::{Registration, RegistrationStatus};
use domain::tickets::TypeNumber;
use uuid::Uuid;

use crate::errors::Error;
use crate::rows::{self, EventRow, RegistrationRow};
use crate::schema::{events, registrations, users};
use crate::tickets;

/// Which of a person's registrations. Without a value, all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OwnFilter {
    /// Only those of this event.
    pub event: Option<EventId>,
    /// Only those with this status.
    pub status: Option<RegistrationStatus>,
}

/// Always true. With it PostgreSQL finds all registrations of a person by the two indexes that have the person first:
/// one has those that stand, the other one those that are cancelled.
pub(crate) const BY_PERSON: &str = "(registrations.status <> 'CANCELLED' or registrations.status = 'CANCELLED')";

/// A person's registrations with their events, the newest first, beginning after `before`.
pub async fn list_of_user(
    connection: &mut AsyncPgConnection,
    user: UserId,
    filter: OwnFilter,
    before: Option<RegistrationId>,
    limit: i64,
) -> Result<Vec<(Registration, TicketedEvent)>, Error> {
    let mut query = registrations::table
        .inner_join(events::table)
        .filter(registrations::user_id.eq(Uuid::from(user)))
        .filter(diesel::dsl::sql::<diesel::sql_types::Bool>(BY_PERSON))
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
    let (found, events): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let events = tickets::with_tickets(connection, rows::all(events)?).await?;
    Ok(rows::all(found)?.into_iter().zip(events).collect())
}

/// The registration with this id at the event.
pub async fn find(
    connection: &mut AsyncPgConnection,
    event: EventId,
    id: RegistrationId,
) -> Result<Option<Registration>, Error> {
    let row = registrations::table.find((Uuid::from(event), Uuid::from(id))).select(RegistrationRow::as_select());
    row.first(connection).await.optional()?.map(Registration::try_from).transpose()
}

/// Those of these registrations that the event has, and the ids of those that are unsound.
pub(crate) async fn find_all(
    connection: &mut AsyncPgConnection,
    event: EventId,
    ids: impl IntoIterator<Item = RegistrationId>,
) -> Result<(Vec<Registration>, Vec<RegistrationId>), Error> {
    let ids: Vec<Uuid> = ids.into_iter().map(Uuid::from).collect();
    let rows: Vec<RegistrationRow> = registrations::table
        .filter(registrations::event_id.eq(Uuid::from(event)))
        .filter(registrations::id.eq_any(ids))
        .select(RegistrationRow::as_select())
        .load(connection)
        .await?;
    let (mut found, mut unsound) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in rows {
        let id = row.id;
        match Registration::try_from(row) {
            Ok(registration) => found.push(registration),
            Err(error) => {
                tracing::error!(%event, registration = %id, %error, "a registration cannot be read");
                unsound.push(id.into());
            }
        }
    }
    Ok((found, unsound))
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

/// The registrations of these ticket types of an event, in the order in which they were made.
pub async fn list_of_types(
    connection: &mut AsyncPgConnection,
    event: EventId,
    types: &[TypeNumber],
) -> Result<Vec<Registration>, Error> {
    let types: Vec<i16> = types.iter().copied().map(i16::from).collect();
    let rows = registrations::table
        .filter(registrations::event_id.eq(Uuid::from(event)))
        .filter(registrations::ticket_type.eq_any(types))
        .order(registrations::decision)
        .select(RegistrationRow::as_select())
        .load(connection)
        .await?;
    rows::all(rows)
}

/// The registrations that wait for one ticket type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Their numbers, in order.
    pub numbers: Vec<i64>,
    /// How many seats each of them wants.
    pub seats: Vec<i16>,
}

/// The lines of an event by their types, and the event's last decision at that moment. A registration with a higher
/// number joined later. `None` if there is no such event.
pub async fn lines(
    connection: &mut AsyncPgConnection,
    event: EventId,
) -> Result<Option<(HashMap<TypeNumber, Line>, i64)>, Error> {
    use diesel::sql_types::{Array, BigInt, Nullable, SmallInt};

    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        last_decision: i64,
        #[diesel(sql_type = Nullable<SmallInt>)]
        ticket_type: Option<i16>,
        #[diesel(sql_type = Array<BigInt>)]
        numbers: Vec<i64>,
        #[diesel(sql_type = Array<SmallInt>)]
        seats: Vec<i16>,
    }
    // One statement, so that all come from one snapshot.
    let rows: Vec<Row> = diesel::sql_query(
        "select e.last_decision, t.number as ticket_type, \
         coalesce(line.numbers, '{}') as numbers, coalesce(line.seats, '{}') as seats from events e \
         left join ticket_types t on t.event_id = e.id and t.waiting > 0 left join lateral (\
         select array_agg(decision) as numbers, array_agg(seats) as seats from (\
         select decision, seats from registrations where event_id = $1 and ticket_type = t.number \
         and status = 'WAITLISTED' order by decision) waiting) line on true where e.id = $1",
    )
    .bind::<diesel::sql_types::Uuid, _>(Uuid::from(event))
    .load(connection)
    .await?;
    let Some(last_decision) = rows.as_slice().first().map(|row| row.last_decision) else { return Ok(None) };
    let line = |row: Row| Some((row.ticket_type?.into(), Line { numbers: row.numbers, seats: row.seats }));
    Ok(Some((rows.into_iter().filter_map(line).collect(), last_decision)))
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

/// Which holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Those that became due within this many seconds.
    Within(i32),
    /// All of them.
    All,
}

/// A hold that is due, and its place in the order in which holds became due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueHold {
    /// When it became due.
    pub lapses_at: DateTime<Utc>,
    /// The event.
    pub event: EventId,
    /// The registration.
    pub registration: RegistrationId,
}

/// Holds that are due by the database's clock, in the order in which they became due, beginning after `after`. Those of
/// people who still are to be told that the line has moved are left out.
pub async fn due(
    connection: &mut AsyncPgConnection,
    which: Due,
    after: Option<DueHold>,
    limit: i64,
) -> Result<Vec<DueHold>, Error> {
    use diesel::sql_types::{BigInt, Nullable, Timestamptz, Uuid as PgUuid};

    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Timestamptz)]
        lapses_at: DateTime<Utc>,
        #[diesel(sql_type = PgUuid)]
        event_id: Uuid,
        #[diesel(sql_type = PgUuid)]
        id: Uuid,
    }
    let seconds = if let Due::Within(seconds) = which { Some(i64::from(seconds)) } else { None };
    let rows: Vec<Row> = diesel::sql_query(
        "select lapses_at, event_id, id from registrations r where lapses_at is not null and lapses_at <= now() \
         and lapses_at >= coalesce(now() - make_interval(secs => $1), '-infinity') \
         and (lapses_at, id) > (coalesce($2, '-infinity'), $3) \
         and case when seated_decision = decision then true else coalesce((\
         select m.state <> 'DUE' or m.sent_at is not null from messages m \
         where m.event_id = r.event_id and m.registration_id = r.id and m.kind = 'PROMOTED' \
         and m.number = r.seated_decision), \
         not exists (select from journal j where j.event_id = r.event_id and r.id = any(j.registrations))) end \
         order by lapses_at, id limit $4",
    )
    .bind::<Nullable<BigInt>, _>(seconds)
    .bind::<Nullable<Timestamptz>, _>(after.map(|after| after.lapses_at))
    .bind::<PgUuid, _>(after.map_or(Uuid::nil(), |after| after.registration.into()))
    .bind::<BigInt, _>(limit)
    .load(connection)
    .await?;
    let due = |row: Row| DueHold { lapses_at: row.lapses_at, event: row.event_id.into(), registration: row.id.into() };
    Ok(rows.into_iter().map(due).collect())
}

/// How long it is until the next hold becomes due, by the database's clock. `None` if no other has a deadline.
pub async fn next_due(connection: &mut AsyncPgConnection) -> Result<Option<Duration>, Error> {
    use diesel::sql_types::{BigInt, Nullable};

    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<BigInt>)]
        milliseconds: Option<i64>,
    }
    let row: Row = diesel::sql_query(
        "select ceil(extract(epoch from min(lapses_at) - now()) * 1000)::bigint as milliseconds from registrations \
         where lapses_at > now()",
    )
    .get_result(connection)
    .await?;
    Ok(row.milliseconds.and_then(|milliseconds| u64::try_from(milliseconds).ok()).map(Duration::from_millis))
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
