//! Ticket types and prices. [`crate::settlement`] changes them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{SmallInt, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::events::{Event, TicketedEvent};
use domain::ids::EventId;
use domain::money::Money;
use domain::tickets::{Code, Price, TicketType, Tickets, TypeNumber};
use uuid::Uuid;

use crate::errors::Error;
use crate::rows;
use crate::schema::{prices, ticket_types};

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = ticket_types, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
pub(crate) struct TypeRow {
    pub(crate) event_id: Uuid,
    pub(crate) number: i16,
    pub(crate) name: String,
    pub(crate) capacity: i32,
    pub(crate) seats_remaining: i32,
    pub(crate) waiting: i32,
    pub(crate) seats_wanted: i32,
    pub(crate) head_wants: i32,
    pub(crate) idle_since: Option<DateTime<Utc>>,
    pub(crate) seats_per_registration: i32,
    pub(crate) is_used: bool,
    pub(crate) money_taken: i64,
    pub(crate) money_held: i64,
    pub(crate) money_owed: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = prices, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
pub(crate) struct PriceRow {
    pub(crate) event_id: Uuid,
    pub(crate) number: i16,
    pub(crate) ticket_type: i16,
    pub(crate) name: String,
    pub(crate) amount: i64,
    pub(crate) opens_at: Option<DateTime<Utc>>,
    pub(crate) closes_at: Option<DateTime<Utc>>,
    pub(crate) seat_limit: Option<i32>,
    pub(crate) code: Option<String>,
    pub(crate) is_closed: bool,
    pub(crate) standing: i32,
    pub(crate) is_used: bool,
}

impl TypeRow {
    fn of(event: EventId, one: &TicketType) -> Self {
        Self {
            event_id: event.into(),
            number: one.number.into(),
            name: one.name.clone(),
            capacity: one.seats.capacity(),
            seats_remaining: one.seats.remaining(),
            waiting: one.seats.waiting(),
            seats_wanted: one.seats_wanted,
            head_wants: one.head_wants,
            idle_since: one.idle_since,
            seats_per_registration: one.seats_per_registration,
            is_used: one.is_used,
            money_taken: one.money.taken,
            money_held: one.money.held,
            money_owed: one.money.owed,
        }
    }
}

impl TryFrom<TypeRow> for TicketType {
    type Error = Error;

    fn try_from(row: TypeRow) -> Result<Self, Error> {
        let ticket_type = Self {
            number: row.number.into(),
            name: row.name,
            seats: rows::seats(row.capacity, row.seats_remaining, row.waiting)?,
            head_wants: row.head_wants,
            idle_since: row.idle_since,
            seats_wanted: row.seats_wanted,
            seats_per_registration: row.seats_per_registration,
            is_used: row.is_used,
            money: Money { taken: row.money_taken, held: row.money_held, owed: row.money_owed },
        };
        ticket_type.stored().map_err(|error| Error::Corrupt(error.to_string()))
    }
}

impl PriceRow {
    fn of(event: EventId, price: &Price) -> Self {
        Self {
            event_id: event.into(),
            number: price.number.into(),
            ticket_type: price.ticket_type.into(),
            name: price.name.clone(),
            amount: price.amount,
            opens_at: price.opens_at,
            closes_at: price.closes_at,
            seat_limit: price.limit,
            code: price.code.as_ref().map(|code| code.as_str().to_owned()),
            is_closed: price.is_closed,
            standing: price.standing,
            is_used: price.is_used,
        }
    }
}

impl TryFrom<PriceRow> for Price {
    type Error = Error;

    fn try_from(row: PriceRow) -> Result<Self, Error> {
        let code = row.code.as_deref().map(Code::parse).transpose();
        Ok(Self {
            number: row.number.into(),
            ticket_type: row.ticket_type.into(),
            name: row.name,
            amount: row.amount,
            opens_at: row.opens_at,
            closes_at: row.closes_at,
            limit: row.seat_limit,
            code: code.map_err(|error| Error::Corrupt(error.to_string()))?,
            is_closed: row.is_closed,
            standing: row.standing,
            is_used: row.is_used,
        })
    }
}

/// The tickets that these rows are. There must be one type at least.
pub(crate) fn of_rows(types: Vec<TypeRow>, prices: Vec<PriceRow>) -> Result<Tickets, Error> {
    if types.is_empty() {
        return Err(Error::Corrupt("an event has no ticket type".to_owned()));
    }
    Ok(Tickets { types: rows::all(types)?, prices: rows::all(prices)? })
}

/// The tickets of these events. An event that does not exist has none.
pub async fn of_events(
    connection: &mut AsyncPgConnection,
    events: &[EventId],
) -> Result<HashMap<EventId, Tickets>, Error> {
    let ids: Vec<Uuid> = events.iter().copied().map(Uuid::from).collect();
    let types: Vec<TypeRow> = ticket_types::table
        .filter(ticket_types::event_id.eq_any(&ids))
        .order((ticket_types::event_id, ticket_types::number))
        .select(TypeRow::as_select())
        .load(connection)
        .await?;
    let all_prices: Vec<PriceRow> = prices::table
        .filter(prices::event_id.eq_any(&ids))
        .order((prices::event_id, prices::number))
        .select(PriceRow::as_select())
        .load(connection)
        .await?;
    let mut by_event: HashMap<Uuid, (Vec<TypeRow>, Vec<PriceRow>)> = HashMap::new();
    for row in types {
        by_event.entry(row.event_id).or_default().0.push(row);
    }
    for row in all_prices {
        by_event.entry(row.event_id).or_default().1.push(row);
    }
    by_event.into_iter().map(|(event, (types, prices))| Ok((event.into(), of_rows(types, prices)?))).collect()
}

/// The tickets of an event that exists.
pub async fn of_event(connection: &mut AsyncPgConnection, event: EventId) -> Result<Tickets, Error> {
    let mut found = of_events(connection, &[event]).await?;
    found.remove(&event).ok_or_else(|| Error::Corrupt("an event has no ticket type".to_owned()))
}

/// These events with their tickets, in their order.
pub async fn with_tickets(connection: &mut AsyncPgConnection, events: Vec<Event>) -> Result<Vec<TicketedEvent>, Error> {
    let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
    let tickets = of_events(connection, &ids).await?;
    let with = |event: Event| {
        let tickets = tickets.get(&event.id).cloned();
        let tickets = tickets.ok_or_else(|| Error::Corrupt("an event has no ticket type".to_owned()))?;
        Ok(TicketedEvent { event, tickets })
    };
    events.into_iter().map(with).collect()
}

/// When the registrations that are first in line were made, by their types.
pub async fn waiting_since(
    connection: &mut AsyncPgConnection,
    event: EventId,
) -> Result<HashMap<TypeNumber, DateTime<Utc>>, Error> {
    #[derive(QueryableByName)]
    struct Head {
        #[diesel(sql_type = SmallInt)]
        number: i16,
        #[diesel(sql_type = Timestamptz)]
        registered_at: DateTime<Utc>,
    }
    let heads: Vec<Head> = diesel::sql_query(
        "select t.number, head.registered_at from ticket_types t cross join lateral (\
         select registered_at from registrations where event_id = $1 and ticket_type = t.number \
         and status = 'WAITLISTED' order by decision limit 1) head where t.event_id = $1 and t.waiting > 0",
    )
    .bind::<PgUuid, _>(Uuid::from(event))
    .load(connection)
    .await?;
    Ok(heads.into_iter().map(|head| (head.number.into(), head.registered_at)).collect())
}

/// The counts of a type's row, which may contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, Default, Queryable)]
pub struct StoredTypeCounts {
    /// The type's number.
    pub number: i16,
    /// Its name.
    pub name: String,
    /// Seats in all.
    pub capacity: i32,
    /// Seats that nobody has.
    pub seats_remaining: i32,
}

/// The counts of the event's types, by their numbers. Rows that break a promise have them too.
pub async fn stored_counts(connection: &mut AsyncPgConnection, event: EventId) -> Result<Vec<StoredTypeCounts>, Error> {
    use ticket_types::{capacity, name, number, seats_remaining};

    let of_event = ticket_types::table.filter(ticket_types::event_id.eq(Uuid::from(event))).order(number);
    Ok(of_event.select((number, name, capacity, seats_remaining)).load(connection).await?)
}

/// Makes the rows what `tickets` says, where they were what `before` says. Rows that stay cost nothing: the event's
/// row may be locked.
pub(crate) async fn write_in_txn(
    mut connection: &AsyncPgConnection,
    event: EventId,
    before: &Tickets,
    tickets: &Tickets,
) -> Result<(), Error> {
    let id = Uuid::from(event);
    let gone = before.prices.iter().filter(|old| tickets.price(old.number).is_none());
    for price in gone {
        diesel::delete(prices::table.find((id, i16::from(price.number)))).execute(&mut connection).await?;
    }
    let changed = tickets.types.iter().filter(|one| before.ticket_type(one.number) != Some(*one));
    for row in changed.map(|one| TypeRow::of(event, one)) {
        diesel::insert_into(ticket_types::table)
            .values(&row)
            .on_conflict((ticket_types::event_id, ticket_types::number))
            .do_update()
            .set(&row)
            .execute(&mut connection)
            .await?;
    }
    let changed = tickets.prices.iter().filter(|price| before.price(price.number) != Some(*price));
    for row in changed.map(|price| PriceRow::of(event, price)) {
        diesel::insert_into(prices::table)
            .values(&row)
            .on_conflict((prices::event_id, prices::number))
            .do_update()
            .set(&row)
            .execute(&mut connection)
            .await?;
    }
    // Prices may have moved away from these.
    let gone = before.types.iter().filter(|old| tickets.ticket_type(old.number).is_none());
    for one in gone {
        diesel::delete(ticket_types::table.find((id, i16::from(one.number)))).execute(&mut connection).await?;
    }
    Ok(())
}

/// Deletes all types and prices of an event that has no registrations.
pub(crate) async fn delete_in_txn(connection: &mut AsyncPgConnection, event: Uuid) -> Result<(), Error> {
    diesel::delete(prices::table.filter(prices::event_id.eq(event))).execute(connection).await?;
    diesel::delete(ticket_types::table.filter(ticket_types::event_id.eq(event))).execute(connection).await?;
    Ok(())
}
