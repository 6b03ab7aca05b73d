//! The histories of events, as [`domain::history`] replays them.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, SmallInt, Text, Uuid as PgUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use domain::events::{EventDecision, EventDecisionKind};
use domain::history::{History, Place, PriceCounts, TypeCounts};
use domain::ids::EventId;
use uuid::Uuid;

use crate::errors::Error;
use crate::promises::was_passed_on;
use crate::rows;
use crate::schema::{event_decisions, events, payments, prices, ticket_types};

/// The ids of at most `limit` events, in their order, beginning after `after`. Hidden copies are among them.
pub async fn ids(
    connection: &mut AsyncPgConnection,
    after: Option<EventId>,
    limit: i64,
) -> Result<Vec<EventId>, Error> {
    let mut query = events::table.select(events::id).order(events::id).limit(limit).into_boxed();
    if let Some(after) = after {
        query = query.filter(events::id.gt(Uuid::from(after)));
    }
    let ids: Vec<Uuid> = query.load(connection).await?;
    Ok(ids.into_iter().map(EventId::from).collect())
}

/// The history of an event in one snapshot, or `None` if there is no such event. It is in memory as a whole: with its
/// replay, some 400 bytes for each registration.
pub async fn read(connection: &mut AsyncPgConnection, event: EventId) -> Result<Option<History>, Error> {
    let id = Uuid::from(event);
    connection
        .build_transaction()
        .read_only()
        .repeatable_read()
        .run(async |connection| {
            // It reads a whole event, as the checks in SQL do, and the transaction is idle while rows are converted.
            let timeouts =
                "set local statement_timeout = '30min'; set local idle_in_transaction_session_timeout = '1min'";
            connection.batch_execute(timeouts).await?;
            let last = events::table.find(id).select(events::last_decision).first(connection).await.optional()?;
            let Some(last_number) = last else { return Ok(None) };
            let types = ticket_types::table.filter(ticket_types::event_id.eq(id)).select((
                ticket_types::number,
                ticket_types::capacity,
                ticket_types::seats_remaining,
                ticket_types::waiting,
                ticket_types::seats_wanted,
                ticket_types::head_wants,
            ));
            let types: Vec<(i16, i32, i32, i32, i32, i32)> = types.load(connection).await?;
            let types = types.into_iter().map(|(number, capacity, remaining, waiting, seats_wanted, head_wants)| {
                TypeCounts { number: number.into(), capacity, remaining, waiting, seats_wanted, head_wants }
            });
            let counts = (prices::number, prices::standing, prices::seat_limit);
            let prices = prices::table.filter(prices::event_id.eq(id)).select(counts);
            let prices: Vec<(i16, i32, Option<i32>)> = prices.load(connection).await?;
            let prices = prices.into_iter();
            let prices = prices.map(|(number, standing, limit)| PriceCounts { number: number.into(), standing, limit });
            Ok(Some(History {
                last_number,
                places: places(connection, id).await?,
                decisions: decisions(connection, id).await?,
                payments: payments(connection, id).await?,
                types: types.collect(),
                prices: prices.collect(),
            }))
        })
        .await
}

async fn places(connection: &mut AsyncPgConnection, event: Uuid) -> Result<Vec<Place>, Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = PgUuid)]
        id: Uuid,
        #[diesel(sql_type = PgUuid)]
        user_id: Uuid,
        #[diesel(sql_type = Text)]
        status: String,
        #[diesel(sql_type = SmallInt)]
        ticket_type: i16,
        #[diesel(sql_type = SmallInt)]
        seats_booked: i16,
        #[diesel(sql_type = SmallInt)]
        seats: i16,
        #[diesel(sql_type = Nullable<SmallInt>)]
        price: Option<i16>,
        #[diesel(sql_type = Nullable<Array<SmallInt>>)]
        split: Option<Vec<i16>>,
        #[diesel(sql_type = BigInt)]
        decision: i64,
        #[diesel(sql_type = Nullable<BigInt>)]
        seated_decision: Option<i64>,
        #[diesel(sql_type = Nullable<BigInt>)]
        cancelled_decision: Option<i64>,
        #[diesel(sql_type = Bool)]
        was_passed_on: bool,
    }
    let rows: Vec<Row> = diesel::sql_query(concat!(
        "select id, user_id, status, ticket_type, seats_booked, seats, price, split, decision, seated_decision, \
         cancelled_decision, ",
        was_passed_on!("places"),
        " as was_passed_on from registrations places where event_id = $1"
    ))
    .bind::<PgUuid, _>(event)
    .load(connection)
    .await?;
    let place = |row: Row| {
        Ok(Place {
            id: row.id.into(),
            user: row.user_id.into(),
            ticket_type: row.ticket_type.into(),
            status: rows::status(&row.status)?,
            booked: row.seats_booked.into(),
            split: rows::split(row.price, row.seats, row.split.as_deref())?,
            decision: row.decision,
            seated_decision: row.seated_decision,
            cancelled_decision: row.cancelled_decision,
            was_passed_on: row.was_passed_on,
        })
    };
    rows.into_iter().map(place).collect()
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = event_decisions, check_for_backend(diesel::pg::Pg))]
struct DecisionRow {
    decision: i64,
    kind: String,
    value: Option<i64>,
    ticket_type: Option<i16>,
    price: Option<i16>,
    registration_id: Option<Uuid>,
    split: Option<Vec<i16>>,
}

impl TryFrom<DecisionRow> for EventDecision {
    type Error = Error;

    fn try_from(row: DecisionRow) -> Result<Self, Error> {
        let corrupt =
            || Error::Corrupt(format!("decision {} of kind {:?} lacks what it decided", row.decision, row.kind));
        let value = || row.value.ok_or_else(corrupt);
        let seats = || i32::try_from(value()?).map_err(|_| corrupt());
        let ticket_type = || row.ticket_type.map(Into::into).ok_or_else(corrupt);
        let kind = match row.kind.as_str() {
            "CREATED" => EventDecisionKind::Created { ticket_type: ticket_type()?, seats: seats()? },
            "CAPACITY" => EventDecisionKind::Capacity { ticket_type: ticket_type()?, seats: seats()? },
            "LIMIT" => EventDecisionKind::Limit {
                price: row.price.map(Into::into).ok_or_else(corrupt)?,
                seats: row.value.map(i32::try_from).transpose().map_err(|_| corrupt())?,
            },
            "REDUCED" => EventDecisionKind::Reduced {
                registration: row.registration_id.map(Into::into).ok_or_else(corrupt)?,
                ticket_type: ticket_type()?,
                seats: rows::split(row.price, value()?.try_into().map_err(|_| corrupt())?, row.split.as_deref())?,
            },
            "PUBLISHED" => EventDecisionKind::Published,
            "CANCELLED" => EventDecisionKind::Cancelled,
            "SIMULATION_BEGUN" => EventDecisionKind::SimulationBegun,
            "SIMULATION_UNDONE" => EventDecisionKind::SimulationUndone(value()?),
            _ => return Err(Error::Corrupt(format!("unknown kind of decision {:?}", row.kind))),
        };
        Ok(Self { number: row.decision, kind })
    }
}

async fn decisions(connection: &mut AsyncPgConnection, event: Uuid) -> Result<Vec<EventDecision>, Error> {
    let stored = event_decisions::table.filter(event_decisions::event_id.eq(event));
    rows::all(stored.select(DecisionRow::as_select()).load(connection).await?)
}

async fn payments(connection: &mut AsyncPgConnection, event: Uuid) -> Result<Vec<i64>, Error> {
    let numbers = payments::table.filter(payments::event_id.eq(event));
    let numbers: Vec<(i64, Option<i64>)> =
        numbers.select((payments::decision, payments::taken_back_decision)).load(connection).await?;
    Ok(numbers.into_iter().flat_map(|(marked, taken_back)| std::iter::once(marked).chain(taken_back)).collect())
}
