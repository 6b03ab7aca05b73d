//! The one transaction that changes an event's places: lock, look, decide, write, commit.
//!
//! [`settle`] takes PostgreSQL's row lock on the event (`SELECT ... FOR UPDATE`, diesel's `for_update()`), so any number
//! of servers may share the database. Nothing but this database is talked to while the lock is held (P6).

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use domain::admission::{self, Attempt, Decision, Findings, Inconsistent, Questions};
use domain::commands::{Decided, Order};
use domain::events::Event;
use domain::figures::{Figures, minute_of};
use domain::ids::EventId;
use domain::limits::{GIVEN_UP_PER_PERSON_MAX, PROMOTIONS_PER_BATCH_MAX};
use domain::registrations::Registration;
use futures_util::future::{join, try_join, try_join5};
use thiserror::Error;
use uuid::Uuid;

#[cfg(test)]
mod plans;

use crate::audit;
use crate::errors::{Conflict, Error};
use crate::pools::Connection;
use crate::rows::{self, EventRow, RegistrationRow};
use crate::schema::events;
use crate::{statements, users};

/// A batch that was decided and committed.
#[derive(Debug)]
pub struct Settled {
    /// One answer a command, in order.
    pub answers: Vec<Decided>,
    /// The event as the batch left it.
    pub event: Event,
    /// From asking for the lock to having it, with what was looked up.
    pub lock_wait: Duration,
    /// From having the lock to the end of the commit.
    pub lock_held: Duration,
    /// From sending the commit to its answer: a part of `lock_held`.
    pub commit: Duration,
}

/// Why a batch was not settled, and what is certain about it.
#[derive(Debug, Error)]
pub enum Unsettled {
    /// The lock was not had in time, or not even the database. Nothing was changed.
    #[error("the event's lock was not had in time")]
    NoLock(#[source] Error),
    /// It failed under the lock, before the commit was sent. Nothing was changed; the batch may be decided again.
    #[error("the batch failed and was rolled back")]
    RolledBack(#[source] Error),
    /// What was found contradicts itself; nothing was changed, and deciding again will not help.
    #[error("the event's rows contradict each other")]
    Inconsistent(#[from] Inconsistent),
    /// The commit was sent, and its answer never came: to be decided again with [`Attempt::Again`] on a new connection,
    /// under the lock, which is not free before the lost transaction has ended one way or the other.
    #[error("the outcome of the commit is unknown")]
    Unknown(#[source] Error),
    /// There is no such event. Nothing was changed.
    #[error("no such event")]
    NoSuchEvent,
}

/// For how long the client side waits for the lock or a commit beyond what the server's own limits allow, before it takes
/// the connection for dead.
#[derive(Debug, Clone, Copy)]
pub struct Deadlines {
    /// For the lock and what is looked up behind it.
    pub lock: Duration,
    /// For the writes.
    pub write: Duration,
    /// For the commit.
    pub commit: Duration,
}

/// Decides and commits `orders`, one after the other, under the event's lock.
///
/// The connection is closed unless the transaction came to its end: whatever is dropped or times out half-way is rolled
/// back by the server.
pub async fn settle(
    connection: &mut Connection,
    event: EventId,
    orders: &[&Order],
    attempt: Attempt,
    deadlines: Deadlines,
) -> Result<Settled, Unsettled> {
    connection.doom();
    let mut settled = settle_on(connection, event, orders, attempt, People::Trusted, deadlines).await;
    if let Err(Unsettled::RolledBack(Error::Conflict(Conflict::NoSuchUser))) = settled {
        // Tokens are checked without the database: somebody's may be of an account that is not in it.
        within(deadlines.write, rollback(connection)).await.map_err(Unsettled::RolledBack)?;
        settled = settle_on(connection, event, orders, attempt, People::LookedUp, deadlines).await;
    }
    if matches!(settled, Ok(_) | Err(Unsettled::NoSuchEvent)) {
        connection.pardon();
    }
    settled
}

/// Whether a batch's people are looked up. A foreign key stands behind those who are not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum People {
    Trusted,
    LookedUp,
}

async fn settle_on(
    connection: &AsyncPgConnection,
    event: EventId,
    orders: &[&Order],
    attempt: Attempt,
    people: People,
    deadlines: Deadlines,
) -> Result<Settled, Unsettled> {
    let asked_at = Instant::now();
    let questions = Questions::of(orders.iter().copied(), attempt);
    let looked = within(deadlines.lock, lock_and_look(connection, event, questions)).await;
    let Looked { event: before, locked_at, now, mut findings } = match looked {
        Ok(looked) => looked,
        Err(Error::NotFound) => {
            within(deadlines.write, rollback(connection)).await.map_err(Unsettled::RolledBack)?;
            return Err(Unsettled::NoSuchEvent);
        }
        Err(error @ (Error::TimedOut(_) | Error::Unavailable(_))) => return Err(Unsettled::NoLock(error)),
        Err(error) => return Err(Unsettled::RolledBack(error)),
    };
    if people == People::LookedUp {
        let looked = within(deadlines.lock, users::strangers(connection, orders)).await;
        findings.strangers = looked.map_err(Unsettled::RolledBack)?;
    }

    let decision = admission::decide(&before, now, findings, orders.iter().copied())?;
    within(deadlines.write, write(connection, &before, &decision, now)).await.map_err(Unsettled::RolledBack)?;
    let written_at = Instant::now();
    within(deadlines.commit, commit(connection)).await.map_err(Unsettled::Unknown)?;

    let Decision { answers, event, .. } = decision;
    let (lock_wait, lock_held, commit) = (locked_at - asked_at, locked_at.elapsed(), written_at.elapsed());
    Ok(Settled { answers, event, lock_wait, lock_held, commit })
}

async fn within<T>(limit: Duration, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    tokio::time::timeout(limit, work).await.unwrap_or_else(|elapsed| Err(Error::unavailable(elapsed)))
}

async fn rollback(mut connection: &AsyncPgConnection) -> Result<(), Error> {
    Ok(connection.batch_execute("rollback").await?)
}

async fn commit(mut connection: &AsyncPgConnection) -> Result<(), Error> {
    Ok(connection.batch_execute("commit").await?)
}

/// What the lock protects, and what was found behind it.
struct Looked {
    event: Event,
    locked_at: Instant,
    now: DateTime<Utc>,
    findings: Findings,
}

/// One flight of statements, each behind the other: begin, the lock by itself, and then everything that is looked up. A
/// single statement that locked and looked would see what stood before it waited.
async fn lock_and_look(
    mut connection: &AsyncPgConnection,
    event: EventId,
    questions: Questions,
) -> Result<Looked, Error> {
    let (mut first, second) = (connection, connection);
    let begin = first.batch_execute("begin isolation level read committed");
    let locked = lock(event.into()).get_result::<EventRow>(&mut connection);
    let locked = async move { (locked.await, Instant::now()) };
    let look = look(second, event, questions);
    // Polled in this order, and so sent in this order: every statement was prepared when the connection opened.
    let (begun, ((locked, locked_at), looked)) = join(begin, join(locked, look)).await;
    begun?;
    let event = locked.optional()?.ok_or(Error::NotFound)?.try_into()?;
    let (now, findings) = looked?;
    Ok(Looked { event, locked_at, now, findings })
}

/// The row lock that everything rests on.
#[diesel::dsl::auto_type(no_type_alias)]
fn lock(event: Uuid) -> _ {
    let row: diesel::dsl::AsSelect<EventRow, diesel::pg::Pg> = EventRow::as_select();
    events::table.find(event).select(row).for_update()
}

async fn look(
    connection: &AsyncPgConnection,
    event: EventId,
    questions: Questions,
) -> Result<(DateTime<Utc>, Findings), Error> {
    let carried_out = audit::carried_out(connection, event, questions.orders);
    let event = Uuid::from(event);
    let mut clock = connection;
    let now = statements::Clock {}.get_result::<DateTime<Utc>>(&mut clock);

    let (users, keys): (Vec<Uuid>, Vec<_>) = questions
        .buyers
        .into_iter()
        .map(|(user, key)| (Uuid::from(user), key.map(|key| key.as_str().to_owned())))
        .unzip();
    let standing = standing_of(event, users, keys);
    let standing = (!standing.users.is_empty()).then_some(standing);
    let ids: Vec<Uuid> = questions.registrations.into_iter().map(Uuid::from).collect();
    let by_id = (!ids.is_empty()).then_some(statements::ById { event, ids });
    let line = (questions.line_at_least > 0 || questions.capacity_at_most.is_some()).then_some(statements::Line {
        event,
        at_least: questions.line_at_least,
        growth_at_most: PROMOTIONS_PER_BATCH_MAX,
        capacity_at_most: questions.capacity_at_most,
        event_again: event,
    });
    let places =
        (questions.places_at_most > 0).then_some(statements::Places { event, at_most: questions.places_at_most });

    let now = async { Ok::<_, Error>(now.await?) };
    let (now, standing, by_id, line, places) = try_join5(
        now,
        load(connection, standing),
        load(connection, by_id),
        load(connection, line),
        load(connection, places),
    )
    .await?;
    let registrations = standing.into_iter().chain(by_id).collect();
    // Rare, and so not in the pipeline: it is asked only after an answer was lost.
    let carried_out = carried_out.await?;
    Ok((now, Findings { registrations, line, places, carried_out, ..Findings::default() }))
}

fn standing_of(event: Uuid, users: Vec<Uuid>, keys: Vec<Option<String>>) -> statements::Standing {
    let given_up_at_most = i64::try_from(GIVEN_UP_PER_PERSON_MAX).unwrap_or(i64::MAX);
    statements::Standing { event, event_again: event, users, keys, given_up_at_most }
}

async fn load<S>(mut connection: &AsyncPgConnection, statement: Option<S>) -> Result<Vec<Registration>, Error>
where
    S: diesel::query_builder::Query<SqlType = rows::RegistrationColumns>
        + diesel::query_builder::QueryFragment<diesel::pg::Pg>
        + diesel::query_builder::QueryId
        + Send
        + 'static,
{
    let Some(statement) = statement else { return Ok(Vec::new()) };
    let rows: Vec<RegistrationRow> = statement.load(&mut connection).await?;
    rows::all(rows)
}

/// One flight of writes. Cancellations go before the insert, which may bring the same person back.
async fn write(
    connection: &AsyncPgConnection,
    before: &Event,
    decision: &Decision,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let event = Uuid::from(before.id);
    let updated = (!decision.updated.is_empty()).then(|| update_of(event, &decision.updated));
    let deleted = (!decision.deleted.is_empty())
        .then(|| statements::Delete { event, ids: decision.deleted.iter().copied().map(Uuid::from).collect() });
    let inserted = (!decision.inserted.is_empty()).then(|| insert_of(event, &decision.inserted));
    let recorded = (!decision.decisions.is_empty()).then(|| statements::Record {
        event,
        decided_at: now,
        numbers: decision.decisions.iter().map(|entry| entry.number).collect(),
        kinds: decision.decisions.iter().map(|entry| entry.kind.as_str()).collect(),
        values: decision.decisions.iter().map(|entry| entry.kind.value()).collect(),
    });
    let added = (!decision.figures.are_zero()).then(|| figures_of(event, now, decision.figures));
    try_join5(
        execute(connection, updated, decision.updated.len()),
        execute(connection, deleted, decision.deleted.len()),
        execute(connection, inserted, decision.inserted.len()),
        execute(connection, recorded, decision.decisions.len()),
        try_join(write_event(connection, before, &decision.event), execute(connection, added, 1)),
    )
    .await?;
    audit::record_changes_in_txn(connection, &decision.changes).await
}

async fn execute<S>(mut connection: &AsyncPgConnection, statement: Option<S>, rows: usize) -> Result<(), Error>
where
    S: diesel::query_builder::QueryFragment<diesel::pg::Pg> + diesel::query_builder::QueryId + Send + 'static,
{
    let Some(statement) = statement else { return Ok(()) };
    let touched = statement.execute(&mut connection).await?;
    if touched == rows {
        Ok(())
    } else {
        Err(Error::Corrupt(format!("a statement touched {touched} rows where {rows} were meant")))
    }
}

fn insert_of(event: Uuid, registrations: &[Registration]) -> statements::Insert {
    let all = registrations.iter();
    statements::Insert {
        event,
        ids: all.clone().map(|r| r.id.into()).collect(),
        users: all.clone().map(|r| r.user.into()).collect(),
        statuses: all.clone().map(|r| r.status.as_str()).collect(),
        decisions: all.clone().map(|r| r.decision).collect(),
        confirmed: all.clone().map(|r| r.confirmed_decision).collect(),
        cancelled: all.clone().map(|r| r.cancelled_decision).collect(),
        keys: all.clone().map(|r| r.idempotency_key.as_ref().map(|key| key.as_str().to_owned())).collect(),
        registered_at: all.clone().map(|r| r.registered_at).collect(),
        confirmed_at: all.clone().map(|r| r.confirmed_at).collect(),
        cancelled_at: all.map(|r| r.cancelled_at).collect(),
    }
}

fn update_of(event: Uuid, registrations: &[Registration]) -> statements::Update {
    let all = registrations.iter();
    statements::Update {
        event,
        ids: all.clone().map(|r| r.id.into()).collect(),
        statuses: all.clone().map(|r| r.status.as_str()).collect(),
        confirmed: all.clone().map(|r| r.confirmed_decision).collect(),
        cancelled: all.clone().map(|r| r.cancelled_decision).collect(),
        confirmed_at: all.clone().map(|r| r.confirmed_at).collect(),
        cancelled_at: all.map(|r| r.cancelled_at).collect(),
    }
}

fn figures_of(event: Uuid, now: DateTime<Utc>, figures: Figures) -> statements::AddFigures {
    let Figures { confirmed, waitlisted, promoted, cancelled } = figures;
    statements::AddFigures { event, minute: minute_of(now), confirmed, waitlisted, promoted, cancelled }
}

/// The event's row, once, if anything in it changed.
async fn write_event(mut connection: &AsyncPgConnection, before: &Event, after: &Event) -> Result<(), Error> {
    if before.edit_version != after.edit_version {
        let row = EventRow::from(after);
        diesel::update(events::table.find(row.id)).set(&row).execute(&mut connection).await?;
        return Ok(());
    }
    let changed = (before != after).then(|| statements::Count {
        event: after.id.into(),
        capacity: after.capacity,
        seats_remaining: after.seats_remaining,
        waiting: after.waiting,
        last_decision: after.last_decision,
        status: after.status.as_str(),
        under_test_since: after.under_test_since,
    });
    execute(connection, changed, 1).await
}

/// Runs every statement of a settlement once, on nothing, so that each is prepared: a pipeline is then sent in the order
/// in which it was written.
pub(crate) async fn prepare(connection: &mut AsyncPgConnection) -> Result<(), Error> {
    let event = Uuid::nil();
    let mut connection = &*connection;
    lock(event).get_result::<EventRow>(&mut connection).await.optional()?;
    statements::Clock {}.get_result::<DateTime<Utc>>(&mut connection).await?;
    let standing = standing_of(event, Vec::new(), Vec::new());
    load(connection, Some(standing)).await?;
    load(connection, Some(statements::ById { event, ids: Vec::new() })).await?;
    let line = statements::Line { event, at_least: 1, growth_at_most: 0, capacity_at_most: None, event_again: event };
    load(connection, Some(line)).await?;
    load(connection, Some(statements::Places { event, at_most: 1 })).await?;
    execute(connection, Some(update_of(event, &[])), 0).await?;
    execute(connection, Some(statements::Delete { event, ids: Vec::new() }), 0).await?;
    execute(connection, Some(insert_of(event, &[])), 0).await?;
    let recorded = statements::Record {
        event,
        decided_at: DateTime::UNIX_EPOCH,
        numbers: Vec::new(),
        kinds: Vec::new(),
        values: Vec::new(),
    };
    execute(connection, Some(recorded), 0).await?;
    execute(connection, Some(figures_of(event, DateTime::UNIX_EPOCH, Figures::default())), 0).await?;
    let count = statements::Count {
        event,
        capacity: 0,
        seats_remaining: 0,
        waiting: 0,
        last_decision: 1,
        status: domain::events::EventStatus::Draft.as_str(),
        under_test_since: None,
    };
    execute(connection, Some(count), 0).await
}
