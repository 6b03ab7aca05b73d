//! The classic way to sell a seat: one transaction for each buyer, which locks the event, checks, inserts, updates and
//! commits. Stress tests compare the box office with it, on hidden copies of events. Nobody's booking goes this way.
//!
//! It is as fast as such a transaction can be: its statements are prepared, and it takes two round trips. The first
//! locks and looks, the second writes and commits. It keeps the promises, like any transaction that holds the event's
//! lock.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use domain::ids::{EventId, RegistrationId, UserId};
use domain::tickets::{PriceNumber, TypeNumber};
use futures_util::future::join;
use uuid::Uuid;

use crate::connections::Connection;
use crate::errors::Error;
use crate::statements::statement;

const BEGIN: &str = "begin isolation level read committed";
const COMMIT: &str = "commit";
const ROLLBACK: &str = "rollback";

/// What a buyer asks for: seats of one type at one price.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// The registration that is to be made.
    pub registration: RegistrationId,
    /// The buyer.
    pub user: UserId,
    /// The type.
    pub ticket_type: TypeNumber,
    /// The price, which is one of the type's.
    pub price: PriceNumber,
    /// How many seats.
    pub seats: i16,
    /// What they cost together.
    pub amount: i64,
}

/// What came of a [`Wish`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Booked {
    /// All seats.
    Seated,
    /// A place at the end of the line.
    Waiting,
    /// Neither: the buyer has a registration already, the price's limit is reached, or there is no such price.
    Refused,
}

statement! {
    /// Locks the event's row, and finds its last number.
    Lock { event: Uuid } -> BigInt, [
        "select last_decision from events where id = " [event as PgUuid] " for update"
    ]
}

/// The types of the columns that [`Check`] finds.
type CheckColumns = (Integer, Integer, Nullable<Integer>, Integer, Bool, Timestamptz);

statement! {
    /// What the decision needs: seats that remain and who waits, the price's limit and what stands at it, whether the
    /// buyer has a registration, and the time. It is sent behind the lock, so it sees what the last buyer has left.
    Check { event: Uuid, user: Uuid, event_of_type: Uuid, ticket_type: i16, price: i16 } -> CheckColumns, [
        "select t.seats_remaining, t.waiting, p.seat_limit, p.standing, exists (select from registrations \
         where event_id = " [event as PgUuid] " and user_id = " [user as PgUuid] " and ticket_type = t.number \
         and status <> 'CANCELLED'), clock_timestamp() \
         from ticket_types t join prices p on p.event_id = t.event_id and p.ticket_type = t.number \
         where t.event_id = " [event_of_type as PgUuid] " and t.number = " [ticket_type as SmallInt] " and p.number = "
        [price as SmallInt]
    ]
}

statement! {
    /// Inserts the registration. Without the event it inserts nothing, so that it can be prepared without effect.
    Insert {
        id: Uuid, user: Uuid, status: &'static str, decision: i64, seated: Option<i64>, now: Option<DateTime<Utc>>,
        seated_at: Option<DateTime<Utc>>, ticket_type: i16, booked: i16, seats: i16, price: i16, amount: i64,
        event: Uuid,
    } -> (), [
        "insert into registrations (event_id, id, user_id, status, decision, seated_decision, registered_at, \
         seated_at, ticket_type, seats_booked, seats, price, amount) select events.id, " [id as PgUuid] ", "
        [user as PgUuid] ", " [status as Text] ", " [decision as BigInt] ", " [seated as Nullable<BigInt>] ", "
        [now as Nullable<Timestamptz>] ", " [seated_at as Nullable<Timestamptz>] ", "
        [ticket_type as SmallInt] ", " [booked as SmallInt] ", " [seats as SmallInt] ", " [price as SmallInt] ", " [amount as BigInt] " from events where events.id = "
        [event as PgUuid]
    ]
}

statement! {
    /// Updates the counts of the type, of the price and of the event.
    Count {
        taken: i32, waiting: i32, wanted: i32, head: i32, waiting_again: i32, taken_again: i32,
        now: Option<DateTime<Utc>>, held: i64, event_of_type: Uuid, ticket_type: i16, seats: i32, event_of_price: Uuid,
        price: i16, taken_of_all: i32, waiting_of_all: i32, decision: i64, event: Uuid,
    } -> (), [
        "with of_type as (update ticket_types set seats_remaining = seats_remaining - " [taken as Integer] ", \
         waiting = waiting + " [waiting as Integer] ", seats_wanted = seats_wanted + " [wanted as Integer] ", \
         head_wants = case when head_wants = 0 then " [head as Integer] " else head_wants end, \
         idle_since = case when waiting + " [waiting_again as Integer] " > 0 \
         and seats_remaining - " [taken_again as Integer] " > 0 then \
         coalesce(idle_since, " [now as Nullable<Timestamptz>] ") end, money_held = money_held + " [held as BigInt] " \
         where event_id = " [event_of_type as PgUuid] " and number = " [ticket_type as SmallInt] "), \
         of_price as (update prices set standing = standing + " [seats as Integer] " where event_id = "
        [event_of_price as PgUuid] " and number = " [price as SmallInt] ") \
         update events set seats_remaining = seats_remaining - " [taken_of_all as Integer] ", waiting = waiting + "
        [waiting_of_all as Integer] ", last_decision = " [decision as BigInt] " where id = " [event as PgUuid]
    ]
}

/// The statements of one buyer who gets a seat or a place in the line, in their order.
pub fn statements() -> Vec<String> {
    let (lock, check) = (text_of(&Lock::default()), text_of(&Check::default()));
    let (insert, count) = (text_of(&Insert::default()), text_of(&Count::default()));
    vec![BEGIN.to_owned(), lock, check, insert, count, COMMIT.to_owned()]
}

/// Runs each statement once, without effect, so that the connection has all of them prepared.
pub async fn prepare(connection: &mut Connection) -> Result<(), Error> {
    let connection: &mut AsyncPgConnection = connection;
    Lock::default().get_result::<i64>(connection).await.optional()?;
    Check::default().get_result::<Found>(connection).await.optional()?;
    Insert { status: "WAITLISTED", ..Insert::default() }.execute(connection).await?;
    Count::default().execute(connection).await?;
    Ok(())
}

/// Books the classic way, on a connection that has been prepared by [`prepare`]. The answer comes after the commit. The
/// connection is closed if that fails.
pub async fn book(connection: &mut Connection, event: EventId, wish: &Wish) -> Result<Booked, Error> {
    connection.mark_unfinished();
    let booked = book_on(connection, event.into(), wish).await?;
    connection.mark_finished();
    Ok(booked)
}

type Found = (i32, i32, Option<i32>, i32, bool, DateTime<Utc>);

async fn book_on(connection: &AsyncPgConnection, event: Uuid, wish: &Wish) -> Result<Booked, Error> {
    let (ticket_type, price) = (i16::from(wish.ticket_type), i16::from(wish.price));
    let (mut first, mut second, mut third) = (connection, connection, connection);
    let check = Check { event, user: wish.user.into(), event_of_type: event, ticket_type, price };
    // Each is prepared, so they are sent in the order in which they are polled.
    let (begun, (locked, found)) = join(
        first.batch_execute(BEGIN),
        join(Lock { event }.get_result::<i64>(&mut second), check.get_result::<Found>(&mut third)),
    )
    .await;
    begun?;
    let (last, found) = (locked.optional()?, found.optional()?);
    let taken = last.zip(found).and_then(|(last, found)| Taken::of(last, found, wish));
    let Some(taken) = taken else {
        first.batch_execute(ROLLBACK).await?;
        return Ok(Booked::Refused);
    };
    let (inserted, (counted, committed)) = join(
        taken.insert(event, wish).execute(&mut first),
        join(taken.count(event, wish).execute(&mut second), third.batch_execute(COMMIT)),
    )
    .await;
    // PostgreSQL turns the commit into a rollback if one has failed, and calls that no error.
    inserted?;
    counted?;
    committed?;
    Ok(if taken.is_seated { Booked::Seated } else { Booked::Waiting })
}

/// The decision about a wish that is not refused.
struct Taken {
    is_seated: bool,
    decision: i64,
    now: DateTime<Utc>,
}

impl Taken {
    fn of(last: i64, (remaining, waiting, limit, standing, is_known, now): Found, wish: &Wish) -> Option<Self> {
        let seats = i32::from(wish.seats);
        if is_known || limit.is_some_and(|limit| standing + seats > limit) {
            return None;
        }
        Some(Self { is_seated: waiting == 0 && seats <= remaining, decision: last + 1, now })
    }

    fn insert(&self, event: Uuid, wish: &Wish) -> Insert {
        let status = match (self.is_seated, wish.amount) {
            (false, _) => "WAITLISTED",
            (true, 0) => "CONFIRMED",
            (true, _) => "HELD",
        };
        Insert {
            id: wish.registration.into(),
            user: wish.user.into(),
            status,
            decision: self.decision,
            seated: self.is_seated.then_some(self.decision),
            now: Some(self.now),
            seated_at: self.is_seated.then_some(self.now),
            ticket_type: wish.ticket_type.into(),
            booked: wish.seats,
            seats: wish.seats,
            price: wish.price.into(),
            amount: wish.amount,
            event,
        }
    }

    fn count(&self, event: Uuid, wish: &Wish) -> Count {
        let seats = i32::from(wish.seats);
        let (taken, waiting, wanted) = if self.is_seated { (seats, 0, 0) } else { (0, 1, seats) };
        Count {
            taken,
            waiting,
            wanted,
            head: wanted,
            waiting_again: waiting,
            taken_again: taken,
            now: Some(self.now),
            held: if self.is_seated { wish.amount } else { 0 },
            event_of_type: event,
            ticket_type: wish.ticket_type.into(),
            seats,
            event_of_price: event,
            price: wish.price.into(),
            taken_of_all: taken,
            waiting_of_all: waiting,
            decision: self.decision,
            event,
        }
    }
}

fn text_of(statement: &impl diesel::query_builder::QueryFragment<diesel::pg::Pg>) -> String {
    let text = diesel::debug_query::<diesel::pg::Pg, _>(statement).to_string();
    text.split(" -- binds").next().unwrap_or_default().to_owned()
}
