//! Reads and makes events. [`crate::settlement`] changes their seats, and [`crate::listings`] lists them.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::commands::Authority;
use domain::events::{Event, EventDecisionKind, NewEvent};
use domain::ids::{EventId, UserId};
use domain::limits::EVENTS_PER_ORGANIZER_MAX;
use domain::registrations::IdempotencyKey;
use domain::tickets::Tickets;
use uuid::Uuid;

use crate::audit;
use crate::clocks::clock_timestamp;
use crate::errors::{Conflict, Error};
use crate::rows::EventRow;
use crate::schema::{event_decisions, events, users};
use crate::tickets;

/// Makes an event and the first entry of its history, atomically. The audit log names `by`, its organizer or an admin.
///
/// [`Conflict::TooManyEvents`] if its organizer has made [`EVENTS_PER_ORGANIZER_MAX`] events already, whatever has
/// become of them. Concurrent calls cannot exceed that.
pub async fn insert(connection: &mut AsyncPgConnection, new: NewEvent, by: UserId) -> Result<Event, Error> {
    connection
        .transaction(async |connection| {
            lock_account_in_txn(connection, new.organizer()).await?;
            insert_recorded_in_txn(connection, new, by).await
        })
        .await
}

/// [`insert`], unless a request of the organizer with the same key has made an event, whoever runs it now. That event
/// is returned then. Concurrent calls make one event.
pub async fn insert_once(
    connection: &mut AsyncPgConnection,
    new: NewEvent,
    by: UserId,
    key: &IdempotencyKey,
) -> Result<Event, Error> {
    connection
        .transaction(async |connection| {
            let organizer = new.organizer();
            lock_account_in_txn(connection, organizer).await?;
            // A statement after the lock sees what the calls before have made.
            if let Some(event) = find_by_key(connection, organizer, key).await? {
                return Ok(event);
            }
            let event = insert_recorded_in_txn(connection, new, by).await?;
            let row = events::table.find(Uuid::from(event.id));
            diesel::update(row).set(events::idempotency_key.eq(key.as_str())).execute(connection).await?;
            Ok(event)
        })
        .await
}

/// Locks an event for a change of a part of it that is no command of the box office, until the transaction ends. `FOR
/// NO KEY UPDATE` lets foreign keys pass; bookings wait.
///
/// [`Error::NotFound`] if there is no such event, if it is a hidden copy, or if it has been handed over and `authority`
/// is its organizer's.
pub(crate) async fn lock_part_in_txn(
    connection: &mut AsyncPgConnection,
    event: EventId,
    by: UserId,
    authority: Authority,
) -> Result<(), Error> {
    let row = events::table.find(Uuid::from(event)).filter(events::rehearsal_of.is_null());
    let row = row.select(events::organizer_id).for_no_key_update();
    let organizer: Uuid = row.first(connection).await.optional()?.ok_or(Error::NotFound)?;
    if authority == Authority::Organizer && organizer != Uuid::from(by) { Err(Error::NotFound) } else { Ok(()) }
}

/// The event that this account's request with this key made, whoever runs it now.
pub async fn find_by_key(
    connection: &mut AsyncPgConnection,
    maker: UserId,
    key: &IdempotencyKey,
) -> Result<Option<Event>, Error> {
    let of_maker = sql::<Bool>("coalesce(key_of, organizer_id) = ").bind::<PgUuid, _>(Uuid::from(maker));
    let of_key = of_maker.and(events::idempotency_key.eq(key.as_str()));
    let row = events::table.filter(of_key).select(EventRow::as_select()).first(connection).await.optional()?;
    row.map(Event::try_from).transpose()
}

async fn insert_recorded_in_txn(connection: &mut AsyncPgConnection, new: NewEvent, by: UserId) -> Result<Event, Error> {
    refuse_too_many_in_txn(connection, new.organizer()).await?;
    let event = insert_in_txn(connection, new).await?;
    audit::record_creation_in_txn(connection, &event, by).await?;
    Ok(event)
}

/// Locks the organizer's account, so that concurrent calls make their events one after the other. `FOR NO KEY UPDATE`
/// does not block bookings, whose foreign key takes a weaker lock.
async fn lock_account_in_txn(connection: &mut AsyncPgConnection, organizer: UserId) -> Result<(), Error> {
    let account = users::table.find(Uuid::from(organizer)).filter(users::erased_at.is_null());
    let account = account.select(users::id).for_no_key_update();
    account.first::<Uuid>(connection).await.optional()?.ok_or(Error::Conflict(Conflict::NoSuchUser))?;
    Ok(())
}

async fn refuse_too_many_in_txn(connection: &mut AsyncPgConnection, organizer: UserId) -> Result<(), Error> {
    // Those that were deleted or handed over count: a loop that makes and deletes drafts would fill the log. Those that
    // others have handed over do not, because nobody should use up somebody else's limit.
    let made = audit::count_creations_in_txn(connection, organizer).await?;
    if made < EVENTS_PER_ORGANIZER_MAX { Ok(()) } else { Err(Error::Conflict(Conflict::TooManyEvents)) }
}

pub(crate) async fn insert_in_txn(connection: &mut AsyncPgConnection, new: NewEvent) -> Result<Event, Error> {
    let now: DateTime<Utc> = diesel::select(clock_timestamp()).get_result(connection).await?;
    let (event, tickets, decisions) = Event::new(new, now);
    diesel::insert_into(events::table).values(EventRow::from(&event)).execute(connection).await?;
    let none = Tickets { types: Vec::new(), prices: Vec::new() };
    tickets::write_in_txn(connection, event.id, &none, &tickets).await?;
    for decision in &decisions {
        diesel::insert_into(event_decisions::table)
            .values((
                event_decisions::event_id.eq(Uuid::from(event.id)),
                event_decisions::decision.eq(decision.number),
                event_decisions::kind.eq(decision.kind.as_str()),
                event_decisions::value.eq(decision.kind.value()),
                event_decisions::ticket_type.eq(decision.kind.ticket_type().map(i16::from)),
                event_decisions::price.eq(decision.kind.price().map(i16::from)),
                event_decisions::decided_at.eq(now),
            ))
            .execute(connection)
            .await?;
    }
    Ok(event)
}

/// The event with this id, whatever its status.
pub async fn find(connection: &mut AsyncPgConnection, id: EventId) -> Result<Option<Event>, Error> {
    let row = events::table.find(Uuid::from(id)).select(EventRow::as_select()).first(connection).await.optional()?;
    row.map(Event::try_from).transpose()
}

/// The counts of an event's row, which may contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct StoredCounts {
    /// Seats in all.
    pub capacity: i32,
    /// Seats that nobody has.
    pub seats_remaining: i32,
}

/// The counts of the event with this id. A row that breaks a promise has them too.
pub async fn stored_counts(connection: &mut AsyncPgConnection, id: EventId) -> Result<Option<StoredCounts>, Error> {
    let counts = events::table.find(Uuid::from(id)).select((events::capacity, events::seats_remaining));
    Ok(counts.first(connection).await.optional()?)
}

/// Whether there is an event with this id. Its row may be unsound.
pub async fn exists(connection: &mut AsyncPgConnection, id: EventId) -> Result<bool, Error> {
    let row = events::table.find(Uuid::from(id)).select(events::id);
    Ok(diesel::select(diesel::dsl::exists(row)).get_result(connection).await?)
}

/// The event with this id, if it is public: it was published at some time, and is no hidden copy. A published event
/// that was cancelled stays public.
pub async fn find_public(connection: &mut AsyncPgConnection, id: EventId) -> Result<Option<Event>, Error> {
    let id = Uuid::from(id);
    let published = event_decisions::table
        .filter(event_decisions::event_id.eq(id).and(event_decisions::kind.eq(EventDecisionKind::Published.as_str())));
    let row = events::table
        .find(id)
        .filter(events::rehearsal_of.is_null().and(diesel::dsl::exists(published)))
        .select(EventRow::as_select())
        .first(connection)
        .await
        .optional()?;
    row.map(Event::try_from).transpose()
}

/// The ids of events that are under test, without hidden copies. Few are, and nobody asks often.
pub async fn list_under_test(connection: &mut AsyncPgConnection) -> Result<Vec<EventId>, Error> {
    let tested = events::under_test_since.is_not_null().and(events::rehearsal_of.is_null());
    let ids: Vec<Uuid> = events::table.filter(tested).order(events::id).select(events::id).load(connection).await?;
    Ok(ids.into_iter().map(EventId::from).collect())
}
