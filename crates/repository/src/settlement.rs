//! The one transaction that changes an event's seats: lock, look up, decide, write, commit.
//!
//! [`settle`] takes PostgreSQL's row lock on the event (`SELECT ... FOR UPDATE`, diesel's `for_update()`), so any
//! number of servers may share the database. While it holds the lock it talks to nothing but this database (P6).

use std::collections::HashMap;
use std::pin::pin;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use domain::admission::{self, Attempt, Decision, Findings, Questions};
use domain::commands::{Decided, Order};
use domain::events::{Event, TicketedEvent};
use domain::ids::{EventId, PaymentId, RegistrationId, UserId};
use domain::limits::PROMOTIONS_PER_BATCH_MAX;
use domain::registrations::{Payment, Registration};
use domain::tickets::Tickets;
use futures_util::future::{join, maybe_done, try_join, try_join5};
use futures_util::poll;
use thiserror::Error;
use tokio::task::unconstrained;
use uuid::Uuid;

mod writes;

use self::writes::Batch;
use crate::audit;
use crate::connections::Connection;
use crate::errors::{Conflict, Error};
use crate::rows::{self, EventRow, RegistrationRow};
use crate::schema::events;
use crate::tickets::{PriceRow, TypeRow};
use crate::{organizers, statements, tickets, transfers, users};

/// A committed batch.
#[derive(Debug)]
pub struct Settled {
    /// The answers to the first orders, in their order. The others, if any, were not decided: the batch promotes as many
    /// people as one may.
    pub answers: Vec<Decided>,
    /// The event as the batch left it.
    pub after: TicketedEvent,
    /// From asking for the lock to having it.
    pub lock_wait: Duration,
    /// From having the lock to the end of the commit.
    pub lock_held: Duration,
    /// From the last write's answer to the commit's: a part of `lock_held`.
    pub commit: Duration,
}

/// Why a batch was not settled, and whether it changed anything.
#[derive(Debug, Error)]
pub enum SettleError {
    /// The event's row could not be locked in time, or the database was away, or it cannot look the rows up. Nothing
    /// was changed.
    #[error("could not lock the event's row and look its registrations up")]
    NoLock(#[source] Error),
    /// The batch failed under the lock. Nothing was changed, and the batch may be decided again.
    #[error("the batch failed and was rolled back")]
    RolledBack(#[source] Error),
    /// The rows contradict each other, or one is unsound. Nothing was changed, and another attempt would fail too.
    #[error("the event's rows contradict each other")]
    Inconsistent(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The last writes and the commit were sent, and PostgreSQL's answer was lost. Decide the batch again with
    /// [`Attempt::Again`] on a new connection: its lock waits until the lost transaction has ended, one way or the
    /// other.
    #[error("the outcome of the commit is unknown")]
    Unknown(#[source] Error),
    /// There is no such event. Nothing was changed.
    #[error("no such event")]
    NoSuchEvent,
}

/// How long the client waits before it gives a connection up as dead. Each is longer than what PostgreSQL's own limits
/// allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Deadlines {
    /// For the lock and the lookups behind it.
    pub lock: Duration,
    /// For the writes ahead of the commit's flight, and for a rollback.
    pub write: Duration,
    /// For the last writes and the commit.
    pub commit: Duration,
}

/// Decides and commits `orders`, one after the other, under the event's lock.
///
/// The connection is closed unless the transaction came to its end. PostgreSQL then rolls back what was dropped or
/// timed out half-way.
pub async fn settle(
    connection: &mut Connection,
    event: EventId,
    orders: &[&Order],
    attempt: Attempt,
    deadlines: Deadlines,
) -> Result<Settled, SettleError> {
    connection.mark_unfinished();
    let mut settled = settle_on(connection, event, orders, attempt, People::Trusted, deadlines).await;
    if let Err(SettleError::RolledBack(Error::Conflict(Conflict::NoSuchUser))) = settled {
        // Tokens are checked without the database, so one may belong to an account that is not in it.
        settled = settle_on(connection, event, orders, attempt, People::LookedUp, deadlines).await;
    }
    if matches!(settled, Ok(_) | Err(SettleError::NoSuchEvent)) {
        connection.mark_finished();
    }
    settled
}

/// Whether the batch's accounts are looked up. A foreign key covers those that are not.
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
) -> Result<Settled, SettleError> {
    let asked_at = Instant::now();
    let questions = Questions::of(orders.iter().copied(), attempt);
    let locked = within(deadlines.lock, lock_and_look(connection, event, questions)).await;
    let Locked { event: before, tickets, locked_at, now, mut findings } = match locked {
        Ok(locked) => locked,
        Err(Error::NotFound) => {
            within(deadlines.write, rollback(connection)).await.map_err(SettleError::RolledBack)?;
            return Err(SettleError::NoSuchEvent);
        }
        Err(error @ Error::Corrupt(_)) => return Err(SettleError::Inconsistent(error.into())),
        // Nothing is decided yet, and the statements are the same for every command: no command is to blame.
        Err(error) => return Err(SettleError::NoLock(error)),
    };
    if people == People::LookedUp {
        let unknown = within(deadlines.lock, users::without_account(connection, orders)).await;
        findings.unknown_users = unknown.map_err(SettleError::RolledBack)?;
    }

    let decision = admission::decide(&before, &tickets, now, findings, orders.iter().copied())
        .map_err(|inconsistent| SettleError::Inconsistent(inconsistent.into()))?;
    if let Err(error) = within(deadlines.write, write_ahead(connection, &before, &tickets, &decision)).await {
        within(deadlines.write, rollback(connection)).await.map_err(SettleError::RolledBack)?;
        return Err(SettleError::RolledBack(error));
    }
    let batch = Batch { before: &before, tickets: &tickets, decision: &decision, now };
    let written_at = write_and_commit(connection, &batch, deadlines.commit).await?;

    let Decision { answers, event, tickets, .. } = decision;
    let (lock_wait, lock_held, commit) = (locked_at - asked_at, locked_at.elapsed(), written_at.elapsed());
    let after = TicketedEvent { event, tickets };
    Ok(Settled { answers, after, lock_wait, lock_held, commit })
}

async fn within<T>(limit: Duration, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    tokio::time::timeout(limit, work).await.unwrap_or_else(|elapsed| Err(Error::unavailable(elapsed)))
}

async fn rollback(mut connection: &AsyncPgConnection) -> Result<(), Error> {
    Ok(connection.batch_execute("rollback").await?)
}

/// The locked event, and the lookups behind the lock.
struct Locked {
    event: Event,
    tickets: Tickets,
    locked_at: Instant,
    now: DateTime<Utc>,
    findings: Findings,
}

/// One pipeline of statements: begin, the lock by itself, then the lookups. A single statement that locks and looks up
/// would see the rows as they were before it waited for the lock.
async fn lock_and_look(
    mut connection: &AsyncPgConnection,
    event: EventId,
    questions: Questions,
) -> Result<Locked, Error> {
    let (mut first, second) = (connection, connection);
    let begin = first.batch_execute("begin isolation level read committed");
    let locked = statements::lock(event.into()).get_result::<EventRow>(&mut connection);
    let locked = async move { (locked.await, Instant::now()) };
    let look = look(second, event, questions);
    // Every statement was prepared when the connection opened, so they are sent in the order in which they are polled.
    let (begun, ((locked, locked_at), looked)) = join(begin, join(locked, look)).await;
    begun?;
    let event = locked.optional()?.ok_or(Error::NotFound)?.try_into()?;
    let Looked { now, tickets, findings } = looked?;
    Ok(Locked { event, tickets, locked_at, now, findings })
}

/// The lookups behind the lock.
struct Looked {
    now: DateTime<Utc>,
    tickets: Tickets,
    findings: Findings,
}

async fn look(connection: &AsyncPgConnection, event: EventId, questions: Questions) -> Result<Looked, Error> {
    let carried_out = audit::carried_out(connection, event, questions.orders);
    let id = Uuid::from(event);
    let tickets = load_tickets(connection, id);

    let mut users: Vec<Uuid> = questions.buyers.into_iter().map(Uuid::from).collect();
    users.sort_unstable();
    users.dedup();
    let of_buyers = (!users.is_empty()).then_some(statements::OfBuyers { event: id, event_again: id, users });
    let ids: Vec<Uuid> = questions.registrations.into_iter().map(Uuid::from).collect();
    let by_id = (!ids.is_empty()).then_some(statements::ById { event: id, ids });
    let moving: Vec<Uuid> = questions.moving.into_iter().map(Uuid::from).collect();
    let capacity_at_most = questions.capacity_at_most;
    let lines = (!moving.is_empty() || capacity_at_most.is_some()).then_some(statements::Lines {
        moving,
        event: id,
        event_of_line: id,
        promotions_at_most: PROMOTIONS_PER_BATCH_MAX,
        capacity_at_most,
        event_of_types: id,
        capacity_again: capacity_at_most,
    });
    let at_most = questions.places_at_most;
    let tails = (at_most > 0).then_some(statements::Tails { event: id, at_most });
    let places = (at_most > 0).then_some(statements::Places { event: id, at_most });

    let registrations = try_join(load(connection, of_buyers), load(connection, by_id));
    let removed = try_join(load(connection, tails), load(connection, places));
    let lines = try_join(load(connection, lines), load_admitted(connection, id, questions.ending));
    let ((now, tickets), (of_buyers, by_id), (lines, admitted), (tails, places), payments) =
        try_join5(tickets, registrations, lines, removed, load_payments(connection, id, questions.payments)).await?;
    let registrations = of_buyers.into_iter().chain(by_id).collect();
    // Asked only after an answer was lost, so it may cost a round trip of its own. So may late payments, seats that are
    // passed on, and a handing over, which waits for no lock.
    let carried_out = carried_out.await?;
    let inactive = users::inactive(connection, questions.payers).await?;
    let offers = transfers::lock_in_txn(connection, event, questions.offers).await?;
    let organizers::Receivers { locked: receivers, in_use: receivers_in_use } =
        organizers::lock_receivers_in_txn(connection, event, questions.receivers).await?;
    let unknown_users = Default::default();
    let findings = Findings {
        registrations,
        lines,
        tails,
        places,
        admitted,
        offers,
        payments,
        inactive,
        carried_out,
        receivers,
        receivers_in_use,
        unknown_users,
    };
    Ok(Looked { now, tickets, findings })
}

/// The event's tickets, and the time.
async fn load_tickets(connection: &AsyncPgConnection, event: Uuid) -> Result<(DateTime<Utc>, Tickets), Error> {
    let (mut first, mut second) = (connection, connection);
    let types = statements::Types { event }.load::<(DateTime<Utc>, TypeRow)>(&mut first);
    let prices = statements::Prices { event }.load::<PriceRow>(&mut second);
    let (types, prices) = join(types, prices).await;
    let (times, types): (Vec<_>, Vec<_>) = types?.into_iter().unzip();
    let prices = prices?;
    match times.into_iter().next() {
        Some(now) => Ok((now, tickets::of_rows(types, prices)?)),
        // No types: then the event does not exist, which its lock says.
        None => Ok((DateTime::UNIX_EPOCH, Tickets { types: Vec::new(), prices: Vec::new() })),
    }
}

/// Of each of these registrations with which somebody is in, the highest number of such a ticket. They are locked
/// first, by a statement of its own: one that looks at the same time would not see the check-in that it has waited for.
async fn load_admitted(
    connection: &AsyncPgConnection,
    event: Uuid,
    ending: Vec<RegistrationId>,
) -> Result<HashMap<RegistrationId, i16>, Error> {
    if ending.is_empty() {
        return Ok(HashMap::new());
    }
    let mut ids: Vec<Uuid> = ending.into_iter().map(Uuid::from).collect();
    ids.sort_unstable();
    let (mut first, mut second) = (connection, connection);
    let lock = statements::LockEnding { event, ids: ids.clone() }.execute(&mut first);
    let admitted = statements::Admitted { event, ids }.load::<(Uuid, Option<i16>)>(&mut second);
    let (locked, admitted) = join(lock, admitted).await;
    locked?;
    Ok(admitted?.into_iter().filter_map(|(id, highest)| Some((id.into(), highest?))).collect())
}

async fn load_payments(
    mut connection: &AsyncPgConnection,
    event: Uuid,
    payments: Vec<PaymentId>,
) -> Result<Vec<Payment>, Error> {
    if payments.is_empty() {
        return Ok(Vec::new());
    }
    let ids = payments.into_iter().map(Uuid::from).collect();
    let rows: Vec<PaymentRow> = statements::Payments { event, ids }.load(&mut connection).await?;
    Ok(rows.into_iter().map(Payment::from).collect())
}

/// A row of [`statements::Payments`].
#[derive(Queryable)]
struct PaymentRow {
    id: Uuid,
    registration_id: Uuid,
    amount: i64,
    decision: i64,
    marked_by: Option<Uuid>,
    taken_back_decision: Option<i64>,
    taken_back_by: Option<Uuid>,
}

impl From<PaymentRow> for Payment {
    fn from(row: PaymentRow) -> Self {
        Self {
            id: row.id.into(),
            registration: row.registration_id.into(),
            amount: row.amount,
            decision: row.decision,
            by: row.marked_by.map(UserId::from),
            taken_back: row.taken_back_decision.map(|number| (number, row.taken_back_by.map(UserId::from))),
        }
    }
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

/// Writes an edit of the event's row, and the audit log. These statements are prepared on each use, so they run first:
/// pipelined, `commit` would reach the server before them. Most batches have neither.
async fn write_ahead(
    mut connection: &AsyncPgConnection,
    before: &Event,
    tickets: &Tickets,
    decision: &Decision,
) -> Result<(), Error> {
    if before.organizer != decision.event.organizer {
        organizers::keep_key_in_txn(connection, before).await?;
    }
    if before.edit_version != decision.event.edit_version {
        let row = EventRow::from(&decision.event);
        diesel::update(events::table.find(row.id)).set(&row).execute(&mut connection).await?;
    }
    if decision.changes.iter().any(|change| change.tickets.is_some()) && *tickets != decision.tickets {
        tickets::write_in_txn(connection, before.id, tickets, &decision.tickets).await?;
    }
    audit::record_changes_in_txn(connection, &decision.changes).await?;
    audit::removals::record_in_txn(connection, before.id, &decision.removals).await
}

/// One pipeline of writes with the commit behind them. Returns the time at which the writes were answered.
///
/// If a write fails, PostgreSQL turns the commit into a rollback. Each write must therefore fail unless it touches
/// exactly the expected rows: the commit is sent before anybody can look.
async fn write_and_commit(
    mut connection: &AsyncPgConnection,
    batch: &Batch<'_>,
    deadline: Duration,
) -> Result<Instant, SettleError> {
    let flight = async {
        let write = async { (writes::send(connection, batch).await, Instant::now()) };
        let mut written = pin!(maybe_done(write));
        // One poll sends all writes, before the commit: every statement was prepared when the connection opened, and
        // none yields before it is sent. If one could not be sent, it has failed by now and nothing is committed.
        let _ = poll!(written.as_mut());
        if matches!(written.as_mut().output_mut(), Some((Err(_), _))) {
            let failed = written.take_output().and_then(|(failed, _)| failed.err());
            return Err(SettleError::RolledBack(
                failed.unwrap_or_else(|| Error::unavailable("a write could not be sent")),
            ));
        }
        let committed = async { Ok::<_, Error>(connection.batch_execute("commit").await?) };
        let (committed, ()) = join(committed, written.as_mut()).await;
        let (written, at) = written.take_output().unwrap_or((Ok(()), Instant::now()));
        match written.and(committed) {
            Ok(()) => Ok(at),
            Err(error) if error.is_of_statement() => Err(SettleError::RolledBack(error)),
            Err(error) => Err(SettleError::Unknown(error)),
        }
    };
    let flown = tokio::time::timeout(deadline, unconstrained(flight)).await;
    flown.unwrap_or_else(|elapsed| Err(SettleError::Unknown(Error::unavailable(elapsed))))
}

/// Runs every statement of a settlement once, without effect, so that the connection has all of them prepared.
/// Pipelines are then sent in the order in which they are written, and the commit overtakes none of the writes.
pub(crate) async fn prepare(connection: &mut AsyncPgConnection) -> Result<(), Error> {
    let mut connection = &*connection;
    statements::lock(Uuid::nil()).get_result::<EventRow>(&mut connection).await.optional()?;
    load_tickets(connection, Uuid::nil()).await?;
    load(connection, Some(statements::OfBuyers::default())).await?;
    load(connection, Some(statements::ById::default())).await?;
    load(connection, Some(statements::Lines::default())).await?;
    load(connection, Some(statements::Tails::default())).await?;
    load(connection, Some(statements::Places::default())).await?;
    load_admitted(connection, Uuid::nil(), vec![Uuid::nil().into()]).await?;
    load_payments(connection, Uuid::nil(), vec![Uuid::nil().into()]).await?;
    writes::prepare(connection).await
}
