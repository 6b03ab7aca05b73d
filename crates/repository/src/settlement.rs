//! The one transaction that changes an event's places: lock, look, decide, write, commit.
//!
//! [`settle`] takes PostgreSQL's row lock on the event (`SELECT ... FOR UPDATE`, diesel's `for_update()`), so any number
//! of servers may share the database. Nothing but this database is talked to while the lock is held (P6).

use std::pin::pin;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use domain::admission::{self, Attempt, Decision, Findings, Inconsistent, Questions};
use domain::commands::{Decided, Order};
use domain::events::{Event, EventDecision};
use domain::figures::{Figures, minute_of};
use domain::ids::{EventId, RegistrationId};
use domain::limits::PROMOTIONS_PER_BATCH_MAX;
use domain::registrations::Registration;
use futures_util::future::{join, maybe_done, try_join5};
use futures_util::poll;
use thiserror::Error;
use tokio::task::unconstrained;
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
    /// From the last write's answer to the commit's: a part of `lock_held`.
    pub commit: Duration,
}

/// Why a batch was not settled, and what is certain about it.
#[derive(Debug, Error)]
pub enum Unsettled {
    /// The lock was not had in time, or not even the database. Nothing was changed.
    #[error("the event's lock was not had in time")]
    NoLock(#[source] Error),
    /// It failed under the lock. Nothing was changed; the batch may be decided again.
    #[error("the batch failed and was rolled back")]
    RolledBack(#[source] Error),
    /// What was found contradicts itself; nothing was changed, and deciding again will not help.
    #[error("the event's rows contradict each other")]
    Inconsistent(#[from] Inconsistent),
    /// The last writes and the commit were on their way, and no answer of PostgreSQL's says what became of them: to be
    /// decided again with [`Attempt::Again`] on a new connection, under the lock, which is not free before the lost
    /// transaction has ended one way or the other.
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
    /// For what is written ahead of the commit's flight, and for a rollback.
    pub write: Duration,
    /// For the flight of writes that the commit goes with.
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
    if let Err(error) = within(deadlines.write, write_ahead(connection, &before, &decision)).await {
        within(deadlines.write, rollback(connection)).await.map_err(Unsettled::RolledBack)?;
        return Err(Unsettled::RolledBack(error));
    }
    let written_at = write_and_commit(connection, &before, &decision, now, deadlines.commit).await?;

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

    let mut users: Vec<Uuid> = questions.buyers.into_iter().map(Uuid::from).collect();
    users.sort_unstable();
    users.dedup();
    let standing = (!users.is_empty()).then_some(statements::Standing { event, event_again: event, users });
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

/// What PostgreSQL prepares anew each time, and what would be overtaken by the commit therefore: an edit of the event's
/// row, and the audit log. Most batches have neither.
async fn write_ahead(mut connection: &AsyncPgConnection, before: &Event, decision: &Decision) -> Result<(), Error> {
    if before.edit_version != decision.event.edit_version {
        let row = EventRow::from(&decision.event);
        diesel::update(events::table.find(row.id)).set(&row).execute(&mut connection).await?;
    }
    audit::record_changes_in_txn(connection, &decision.changes).await
}

/// One flight of writes with the commit behind them; returns when the writes were answered.
///
/// PostgreSQL makes a rollback of the commit if one of the writes fails. So each must be exactly what is meant or fail: what
/// it touched is not looked at before the commit is sent.
async fn write_and_commit(
    mut connection: &AsyncPgConnection,
    before: &Event,
    decision: &Decision,
    now: DateTime<Utc>,
    deadline: Duration,
) -> Result<Instant, Unsettled> {
    let flight = async {
        let write = async { (write(connection, before, decision, now).await, Instant::now()) };
        let mut written = pin!(maybe_done(write));
        // Polled before the commit, and so sent before it: every statement was prepared when the connection opened, and none
        // yields before it is sent. One that cannot even be sent has failed by now, and nothing is committed.
        let _ = poll!(written.as_mut());
        if matches!(written.as_mut().output_mut(), Some((Err(_), _))) {
            let failed = written.take_output().and_then(|(failed, _)| failed.err());
            return Err(Unsettled::RolledBack(failed.unwrap_or_else(|| Error::unavailable("a write was not sent"))));
        }
        let committed = async { Ok::<_, Error>(connection.batch_execute("commit").await?) };
        let (committed, ()) = join(committed, written.as_mut()).await;
        let (written, at) = written.take_output().unwrap_or((Ok(()), Instant::now()));
        match written.and(committed) {
            Ok(()) => Ok(at),
            Err(error) if error.is_of_statement() => Err(Unsettled::RolledBack(error)),
            Err(error) => Err(Unsettled::Unknown(error)),
        }
    };
    let flown = tokio::time::timeout(deadline, unconstrained(flight)).await;
    flown.unwrap_or_else(|elapsed| Err(Unsettled::Unknown(Error::unavailable(elapsed))))
}

/// Cancellations go before the insert, which may bring the same person back.
async fn write(
    connection: &AsyncPgConnection,
    before: &Event,
    decision: &Decision,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let event = Uuid::from(before.id);
    let updated = (!decision.updated.is_empty()).then(|| update_of(event, &decision.updated));
    let deleted = (!decision.deleted.is_empty()).then(|| delete_of(event, &decision.deleted));
    let inserted = (!decision.inserted.is_empty()).then(|| insert_of(event, now, &decision.inserted));
    let recorded = (!decision.decisions.is_empty()).then(|| record_of(event, now, &decision.decisions));
    let counted = (*before != decision.event).then(|| count_of(&decision.event, now, decision.figures));
    try_join5(
        execute(connection, updated),
        execute(connection, deleted),
        execute(connection, inserted),
        execute(connection, recorded),
        execute(connection, counted),
    )
    .await?;
    Ok(())
}

async fn execute<S>(mut connection: &AsyncPgConnection, statement: Option<S>) -> Result<(), Error>
where
    S: diesel::query_builder::QueryFragment<diesel::pg::Pg> + diesel::query_builder::QueryId + Send + 'static,
{
    if let Some(statement) = statement {
        statement.execute(&mut connection).await?;
    }
    Ok(())
}

fn insert_of(event: Uuid, now: DateTime<Utc>, registrations: &[Registration]) -> statements::Insert {
    let all = registrations.iter();
    statements::Insert {
        event,
        registered_at: now,
        confirmed_at: now,
        cancelled_at: now,
        ids: all.clone().map(|r| r.id.into()).collect(),
        users: all.clone().map(|r| r.user.into()).collect(),
        statuses: all.clone().map(|r| r.status.as_str()).collect(),
        decisions: all.clone().map(|r| r.decision).collect(),
        confirmed: all.clone().map(|r| r.confirmed_decision).collect(),
        cancelled: all.clone().map(|r| r.cancelled_decision).collect(),
        keys: all.map(|r| r.idempotency_key.as_ref().map(|key| key.as_str().to_owned())).collect(),
    }
}

fn update_of(event: Uuid, registrations: &[Registration]) -> statements::Update {
    let all = registrations.iter();
    statements::Update {
        event,
        event_again: event,
        ids: all.clone().map(|r| r.id.into()).collect(),
        statuses: all.clone().map(|r| r.status.as_str()).collect(),
        confirmed: all.clone().map(|r| r.confirmed_decision).collect(),
        cancelled: all.clone().map(|r| r.cancelled_decision).collect(),
        confirmed_at: all.clone().map(|r| r.confirmed_at).collect(),
        cancelled_at: all.map(|r| r.cancelled_at).collect(),
        meant: count(registrations),
    }
}

fn delete_of(event: Uuid, registrations: &[RegistrationId]) -> statements::Delete {
    let ids = registrations.iter().copied().map(Uuid::from).collect();
    statements::Delete { ids, event, event_again: event, meant: count(registrations) }
}

fn count<T>(all: &[T]) -> i64 {
    i64::try_from(all.len()).unwrap_or(i64::MAX)
}

fn record_of(event: Uuid, now: DateTime<Utc>, decisions: &[EventDecision]) -> statements::Record {
    statements::Record {
        event,
        decided_at: now,
        numbers: decisions.iter().map(|entry| entry.number).collect(),
        kinds: decisions.iter().map(|entry| entry.kind.as_str()).collect(),
        values: decisions.iter().map(|entry| entry.kind.value()).collect(),
    }
}

fn count_of(event: &Event, now: DateTime<Utc>, figures: Figures) -> statements::Count {
    let Figures { confirmed, waitlisted, promoted, cancelled } = figures;
    statements::Count {
        event: event.id.into(),
        event_again: event.id.into(),
        capacity: event.capacity,
        seats_remaining: event.seats_remaining,
        waiting: event.waiting,
        last_decision: event.last_decision,
        status: event.status.as_str(),
        under_test_since: event.under_test_since,
        minute: minute_of(now),
        confirmed,
        waitlisted,
        promoted,
        cancelled,
    }
}

/// Runs every statement of a settlement once, on nothing, so that each is prepared: a pipeline is then sent in the order
/// in which it was written, and nothing in the last one is overtaken by the commit.
pub(crate) async fn prepare(connection: &mut AsyncPgConnection) -> Result<(), Error> {
    let mut connection = &*connection;
    lock(Uuid::nil()).get_result::<EventRow>(&mut connection).await.optional()?;
    statements::Clock::default().get_result::<DateTime<Utc>>(&mut connection).await?;
    load(connection, Some(statements::Standing::default())).await?;
    load(connection, Some(statements::ById::default())).await?;
    load(connection, Some(statements::Line::default())).await?;
    load(connection, Some(statements::Places::default())).await?;
    execute(connection, Some(statements::Update::default())).await?;
    execute(connection, Some(statements::Delete::default())).await?;
    execute(connection, Some(statements::Insert::default())).await?;
    execute(connection, Some(statements::Record::default())).await?;
    execute(connection, Some(statements::Count::default())).await
}
