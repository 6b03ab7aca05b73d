//! The tickets of an event, for gates that may lose their network, and the numbers of people who are in.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, SmallInt, Text, Uuid as PgUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::check_ins::Ticket;
use domain::ids::{EventId, RegistrationId, ScanId};
use domain::registrations::RegistrationStatus;
use domain::tickets::TypeNumber;
use uuid::Uuid;

use crate::errors::Error;
use crate::rows;
use crate::schema::{check_ins, ticket_names};

/// A ticket, as a gate keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorTicket {
    /// The ticket.
    pub ticket: Ticket,
    /// The person who booked.
    pub name: String,
    /// The person who comes with it, as the buyer has filled in.
    pub ticket_name: Option<String>,
    /// The type of the seat.
    pub ticket_type: TypeNumber,
    /// The status of its registration, which has seats.
    pub status: RegistrationStatus,
    /// That somebody is in with it.
    pub admitted: Option<Admitted>,
}

/// That somebody is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    /// The check-in.
    pub id: ScanId,
    /// When, by the database's clock.
    pub at: DateTime<Utc>,
    /// At which gate.
    pub gate: String,
}

#[derive(QueryableByName)]
struct BookingRow {
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = SmallInt)]
    seats: i16,
    #[diesel(sql_type = SmallInt)]
    ticket_type: i16,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Text)]
    name: String,
}

/// The tickets of people's bookings that have their seats, in the order of the bookings' ids, beginning after the
/// booking
/// `after`: those of `limit` bookings at most. The second value is the last booking, if there may be more behind it.
pub async fn tickets(
    connection: &mut AsyncPgConnection,
    event: EventId,
    after: Option<RegistrationId>,
    limit: i64,
) -> Result<(Vec<DoorTicket>, Option<RegistrationId>), Error> {
    let bookings: Vec<BookingRow> = diesel::sql_query(
        "select r.id, r.seats, r.ticket_type, r.status, person.name from registrations r cross join lateral (\
         select name, kind from users where id = r.user_id limit 1) person \
         where r.event_id = $1 and r.id > $2 and r.status in ('CONFIRMED', 'HELD') and person.kind = 'PERSON' \
         order by r.id limit $3",
    )
    .bind::<PgUuid, _>(Uuid::from(event))
    .bind::<PgUuid, _>(after.map_or(Uuid::nil(), Uuid::from))
    .bind::<BigInt, _>(limit)
    .load(connection)
    .await?;
    let ([BookingRow { id: first, .. }, ..], [.., BookingRow { id: last, .. }]) =
        (bookings.as_slice(), bookings.as_slice())
    else {
        return Ok((Vec::new(), None));
    };
    let (first, last) = (*first, *last);
    let next = usize::try_from(limit).is_ok_and(|limit| bookings.len() >= limit).then(|| last.into());
    let mut admitted = admitted_between(connection, event, first, last).await?;
    let mut named = named_between(connection, event, first, last).await?;
    let mut tickets = Vec::with_capacity(bookings.len());
    for row in bookings {
        let (status, ticket_type) = (rows::status(&row.status)?, TypeNumber::from(row.ticket_type));
        for number in 1..=row.seats {
            let ticket = Ticket { registration: row.id.into(), number };
            let (name, ticket_name) = (row.name.clone(), named.remove(&ticket));
            let admitted = admitted.remove(&ticket);
            tickets.push(DoorTicket { ticket, name, ticket_name, ticket_type, status, admitted });
        }
    }
    Ok((tickets, next))
}

async fn admitted_between(
    connection: &mut AsyncPgConnection,
    event: EventId,
    first: Uuid,
    last: Uuid,
) -> Result<HashMap<Ticket, Admitted>, Error> {
    type Row = (Uuid, i16, Uuid, DateTime<Utc>, String);

    let rows: Vec<Row> = check_ins::table
        .filter(check_ins::event_id.eq(Uuid::from(event)))
        .filter(check_ins::registration_id.between(first, last))
        .filter(check_ins::obstacle.is_null().and(check_ins::undone_at.is_null()))
        .select((check_ins::registration_id, check_ins::ticket, check_ins::id, check_ins::received_at, check_ins::gate))
        .load(connection)
        .await?;
    let admitted = |(registration, number, id, at, gate): Row| {
        (Ticket { registration: registration.into(), number }, Admitted { id: id.into(), at, gate })
    };
    Ok(rows.into_iter().map(admitted).collect())
}

async fn named_between(
    connection: &mut AsyncPgConnection,
    event: EventId,
    first: Uuid,
    last: Uuid,
) -> Result<HashMap<Ticket, String>, Error> {
    let rows: Vec<(Uuid, i16, String)> = ticket_names::table
        .filter(ticket_names::event_id.eq(Uuid::from(event)))
        .filter(ticket_names::registration_id.between(first, last))
        .select((ticket_names::registration_id, ticket_names::ticket, ticket_names::name))
        .load(connection)
        .await?;
    let named = |(registration, number, name): (Uuid, i16, String)| {
        (Ticket { registration: registration.into(), number }, name)
    };
    Ok(rows.into_iter().map(named).collect())
}

/// The tickets that a booking has or had: its id and the seats that were booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bookings {
    /// The booking.
    pub registration: RegistrationId,
    /// The seats that were booked: tickets with these numbers may have been shown.
    pub seats: i16,
}

/// All bookings of an event that have or had seats, whose tickets may have been shown. Of 50,000 it is a megabyte.
pub async fn shown(connection: &mut AsyncPgConnection, event: EventId) -> Result<Vec<Bookings>, Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = PgUuid)]
        id: Uuid,
        #[diesel(sql_type = SmallInt)]
        seats_booked: i16,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "select id, seats_booked from registrations where event_id = $1 and seated_decision is not null",
    )
    .bind::<PgUuid, _>(Uuid::from(event))
    .load(connection)
    .await?;
    Ok(rows.into_iter().map(|row| Bookings { registration: row.id.into(), seats: row.seats_booked }).collect())
}

/// The numbers of tickets of an event and of people who are in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// The tickets that let in, by type.
    pub tickets: HashMap<TypeNumber, i64>,
    /// Those of them that somebody is in with, by type. Seats that were given up after that do not count.
    pub admitted: HashMap<TypeNumber, i64>,
    /// The same by gate, sorted by its name.
    pub gates: Vec<(String, i64)>,
    /// Scans that people have to settle.
    pub doubles: i64,
}

/// Whether anybody is in at an event.
pub async fn have_begun(connection: &mut AsyncPgConnection, event: EventId) -> Result<bool, Error> {
    let any = check_ins::table.filter(check_ins::event_id.eq(Uuid::from(event))).select(check_ins::id);
    let any = any.filter(check_ins::obstacle.is_null().and(check_ins::undone_at.is_null()));
    Ok(diesel::select(diesel::dsl::exists(any)).get_result(connection).await?)
}

/// The counts of an event, without those of simulated buyers, which there are none of unless it is under test.
pub async fn counts(connection: &mut AsyncPgConnection, event: EventId, is_under_test: bool) -> Result<Counts, Error> {
    #[derive(QueryableByName)]
    struct OfType {
        #[diesel(sql_type = SmallInt)]
        ticket_type: i16,
        #[diesel(sql_type = BigInt)]
        tickets: i64,
    }
    #[derive(QueryableByName)]
    struct AtGate {
        #[diesel(sql_type = SmallInt)]
        ticket_type: i16,
        #[diesel(sql_type = Text)]
        gate: String,
        #[diesel(sql_type = BigInt)]
        admitted: i64,
    }
    #[derive(QueryableByName)]
    struct Doubles {
        #[diesel(sql_type = BigInt)]
        doubles: i64,
    }
    let event = Uuid::from(event);
    let types: Vec<OfType> = diesel::sql_query(
        "select ticket_type, sum(seats)::bigint as tickets from registrations r \
         where event_id = $1 and status = 'CONFIRMED' \
         and (not $2 or (select kind from users where id = r.user_id) = 'PERSON') \
         group by ticket_type",
    )
    .bind::<PgUuid, _>(event)
    .bind::<Bool, _>(is_under_test)
    .load(connection)
    .await?;
    let at_gates: Vec<AtGate> = diesel::sql_query(
        "select r.ticket_type, c.gate, count(*) as admitted from check_ins c join registrations r \
         on r.event_id = $1 and r.id = c.registration_id and r.status = 'CONFIRMED' and r.seats >= c.ticket \
         where c.event_id = $1 and c.obstacle is null and c.undone_at is null group by 1, 2 order by 2",
    )
    .bind::<PgUuid, _>(event)
    .load(connection)
    .await?;
    let Doubles { doubles } = diesel::sql_query(
        "select count(*) as doubles from check_ins where event_id = $1 and obstacle is not null and undone_at is null",
    )
    .bind::<PgUuid, _>(event)
    .get_result(connection)
    .await?;
    let mut counts = Counts { doubles, ..Counts::default() };
    for OfType { ticket_type, tickets } in types {
        counts.tickets.insert(ticket_type.into(), tickets);
    }
    for AtGate { ticket_type, gate, admitted } in at_gates {
        *counts.admitted.entry(ticket_type.into()).or_default() += admitted;
        match counts.gates.last_mut() {
            Some((last, sum)) if *last == gate => *sum += admitted,
            _ => counts.gates.push((gate, admitted)),
        }
    }
    Ok(counts)
}
