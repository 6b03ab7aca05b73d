//! Events as they are read, and how they are made. What changes their places is in [`crate::settlement`].

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::events::{Event, EventDecisionKind, EventDetails, EventStatus};
use domain::ids::{EventId, UserId};
use domain::limits::EVENTS_PER_ORGANIZER_MAX;
use uuid::Uuid;

use crate::audit;
use crate::errors::{Conflict, Error};
use crate::rows::{self, EventRow};
use crate::schema::{event_decisions, events, users};
use crate::searches;
use crate::users::clock_timestamp;

/// An event to be made, as a draft that nobody has registered for.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// Its id.
    pub id: EventId,
    /// Who runs it.
    pub organizer: UserId,
    /// What is said of it.
    pub details: EventDetails,
    /// Seats in all.
    pub capacity: i32,
}

/// Makes an event, with the first entry of its history, atomically. `by` is answerable for it: its organizer, or an admin.
/// [`Conflict::TooManyEvents`] if its organizer runs [`EVENTS_PER_ORGANIZER_MAX`] already, however many are made at once.
pub async fn insert(connection: &mut AsyncPgConnection, new: NewEvent, by: UserId) -> Result<Event, Error> {
    connection
        .transaction(async |connection| {
            refuse_too_many_in_txn(connection, new.organizer).await?;
            let event = insert_in_txn(connection, new, EventStatus::Draft, None).await?;
            audit::record_creation_in_txn(connection, &event, by).await?;
            Ok(event)
        })
        .await
}

/// Locks the organizer's account, so that events are made one after the other. `FOR NO KEY UPDATE`, so that nobody's
/// booking waits for it.
async fn refuse_too_many_in_txn(connection: &mut AsyncPgConnection, organizer: UserId) -> Result<(), Error> {
    let organizer = Uuid::from(organizer);
    let account = users::table.find(organizer).select(users::id).for_no_key_update();
    account.first::<Uuid>(connection).await.optional()?.ok_or(Error::Conflict(Conflict::NoSuchUser))?;
    let run = events::table.filter(events::organizer_id.eq(organizer).and(events::rehearsal_of.is_null()));
    let count: i64 = run.count().get_result(connection).await?;
    if count < EVENTS_PER_ORGANIZER_MAX { Ok(()) } else { Err(Error::Conflict(Conflict::TooManyEvents)) }
}

pub(crate) async fn insert_in_txn(
    connection: &mut AsyncPgConnection,
    new: NewEvent,
    status: EventStatus,
    rehearsal_of: Option<EventId>,
) -> Result<Event, Error> {
    let now: DateTime<Utc> = diesel::select(clock_timestamp()).get_result(connection).await?;
    let event = Event {
        id: new.id,
        organizer: new.organizer,
        details: new.details,
        capacity: new.capacity,
        seats_remaining: new.capacity,
        waiting: 0,
        last_decision: 1,
        status,
        under_test_since: None,
        rehearsal_of,
        edit_version: 1,
        created_at: now,
        updated_at: now,
    };
    let created = EventDecisionKind::Created(event.capacity);
    diesel::insert_into(events::table).values(EventRow::from(&event)).execute(connection).await?;
    diesel::insert_into(event_decisions::table)
        .values((
            event_decisions::event_id.eq(Uuid::from(event.id)),
            event_decisions::decision.eq(event.last_decision),
            event_decisions::kind.eq(created.as_str()),
            event_decisions::value.eq(created.value()),
            event_decisions::decided_at.eq(now),
        ))
        .execute(connection)
        .await?;
    Ok(event)
}

/// The event with this id, whatever its status.
pub async fn find(connection: &mut AsyncPgConnection, id: EventId) -> Result<Option<Event>, Error> {
    let row = events::table.find(Uuid::from(id)).select(EventRow::as_select()).first(connection).await.optional()?;
    row.map(Event::try_from).transpose()
}

/// The event with this id, if everybody may know of it: it has been published, also if it was called off later, and is
/// no copy.
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

/// Where a page of a list begins: after this start and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct After {
    /// The start of the last event of the page before.
    pub starts_at: DateTime<Utc>,
    /// Its id.
    pub id: EventId,
}

/// Published events that are not over, the next one first. `text` is looked for in title and location.
pub async fn list_published(
    connection: &mut AsyncPgConnection,
    text: Option<&str>,
    after: Option<After>,
    limit: i64,
) -> Result<Vec<Event>, Error> {
    let mut query = events::table
        .filter(diesel::dsl::sql::<diesel::sql_types::Bool>("status = 'PUBLISHED' and rehearsal_of is null"))
        .filter(events::ends_at.gt(diesel::dsl::now))
        .order((events::starts_at, events::id))
        .limit(limit)
        .select(EventRow::as_select())
        .into_boxed();
    if let Some(text) = text {
        let pattern = searches::containing(text);
        query = query.filter(events::title.ilike(pattern.clone()).or(events::location.ilike(pattern)));
    }
    if let Some(After { starts_at, id }) = after {
        let id = Uuid::from(id);
        query =
            query.filter(events::starts_at.gt(starts_at).or(events::starts_at.eq(starts_at).and(events::id.gt(id))));
    }
    rows::all(query.load::<EventRow>(connection).await?)
}

/// The events of one organizer, or of all, the newest first, from before `before` on.
pub async fn list_run_by(
    connection: &mut AsyncPgConnection,
    organizer: Option<UserId>,
    before: Option<EventId>,
    limit: i64,
) -> Result<Vec<Event>, Error> {
    let mut query = events::table
        .filter(events::rehearsal_of.is_null())
        .order(events::id.desc())
        .limit(limit)
        .select(EventRow::as_select())
        .into_boxed();
    if let Some(organizer) = organizer {
        query = query.filter(events::organizer_id.eq(Uuid::from(organizer)));
    }
    if let Some(before) = before {
        query = query.filter(events::id.lt(Uuid::from(before)));
    }
    rows::all(query.load::<EventRow>(connection).await?)
}
