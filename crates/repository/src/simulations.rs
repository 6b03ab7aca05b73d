//! The stored progress and reports of stress tests.

use chrono::{DateTime, Utc};
use diesel::dsl::Desc;
use diesel::prelude::*;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::ids::{EventId, UserId};
use domain::registrations::IdempotencyKey;
use serde_json::Value;
use uuid::Uuid;

use crate::audit::{self, Action};
use crate::databases;
use crate::errors::{Conflict, Error};
use crate::rows;
use crate::schema::simulations;

/// How many stress tests are kept for each event.
pub const REMEMBERED_PER_EVENT: i64 = 10;

/// A stress test.
#[derive(Debug, Clone)]
pub struct Simulation {
    /// Its id.
    pub id: Uuid,
    /// The event under test.
    pub event: EventId,
    /// The number of simulated buyers.
    pub users: u32,
    /// How many of them have an answer, as last stored.
    pub answered: u32,
    /// When it started, by the database's clock.
    pub started_at: DateTime<Utc>,
    /// When it ended. A test whose server stopped has none, even if it has a report.
    pub finished_at: Option<DateTime<Utc>>,
    /// When somebody asked to stop it.
    pub stop_requested_at: Option<DateTime<Utc>>,
    /// The course of its crowd, as last stored. Tests of an earlier version, and those that have not come to a crowd,
    /// have none.
    pub curve: Option<Value>,
    /// The course of the crowd that went the classic way, if it did.
    pub classic_curve: Option<Value>,
    /// Its state.
    pub state: State,
}

/// How far a stress test has come.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Progress {
    /// How many buyers have an answer.
    pub answered: u32,
    /// The course of the crowd, once it has begun.
    pub curve: Option<Value>,
    /// The course of the crowd that goes the classic way, once that has begun.
    pub classic_curve: Option<Value>,
}

/// What the process that runs a stress test is to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Nobody has asked to stop it.
    GoOn,
    /// It is to end without the buyers who have not asked yet.
    Stop,
}

/// The state of a stress test.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// A server is running it.
    Running,
    /// It is finished, with this report; or its server has stopped after the report was made.
    Done(Value),
    /// It failed.
    Failed(Failure),
    /// The server that ran it has stopped, or lost the database for too long, before there was a report.
    Lost,
}

/// Why a stress test has no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The database was away or too slow.
    Unavailable,
    /// A bug.
    Internal,
}

impl Failure {
    const ALL: [Self; 2] = [Self::Unavailable, Self::Internal];

    fn as_str(self) -> &'static str {
        match self {
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }
}

/// By the database's clock. Ids come from the clocks of the servers, which may differ.
fn latest_first() -> (Desc<simulations::started_at>, Desc<simulations::id>) {
    (simulations::started_at.desc(), simulations::id.desc())
}

/// Marks the stress test `id` as running for as long as this session lives. Call it before [`begin`], so that nobody
/// sees a running test without its mark.
pub async fn claim(connection: &mut AsyncPgConnection, id: Uuid) -> Result<(), Error> {
    // Nobody else knows the id yet, so the lock is free.
    databases::try_advisory_lock(connection, &lock_name(id)).await.map(drop)
}

fn lock_name(id: Uuid) -> String {
    format!("onsale stress test {id}")
}

/// Stores that a stress test has begun, and deletes the event's oldest ones beyond [`REMEMBERED_PER_EVENT`] but never
/// this one, atomically. Safe to run again.
///
/// [`Conflict::KeyTaken`] if another stress test of the event was begun with `key`.
pub async fn begin(
    connection: &mut AsyncPgConnection,
    event: EventId,
    id: Uuid,
    users: u32,
    key: Option<&IdempotencyKey>,
) -> Result<(), Error> {
    let (event, users) = (Uuid::from(event), i32::try_from(users).unwrap_or(i32::MAX));
    connection
        .transaction(async |connection| {
            diesel::insert_into(simulations::table)
                .values((
                    simulations::event_id.eq(event),
                    simulations::id.eq(id),
                    simulations::users.eq(users),
                    simulations::idempotency_key.eq(key.map(IdempotencyKey::as_str)),
                ))
                .on_conflict_do_nothing()
                .execute(connection)
                .await?;
            if row(connection, event.into(), id).await?.is_none() {
                return Err(Error::Conflict(Conflict::KeyTaken));
            }
            let remembered: Vec<Uuid> = simulations::table
                .filter(simulations::event_id.eq(event))
                .order(latest_first())
                .limit(REMEMBERED_PER_EVENT)
                .select(simulations::id)
                .load(connection)
                .await?;
            let forgotten = simulations::event_id.eq(event).and(simulations::id.ne_all(remembered));
            diesel::delete(simulations::table.filter(forgotten.and(simulations::id.ne(id))))
                .execute(connection)
                .await?;
            Ok(())
        })
        .await
}

/// Stores how far a running stress test has come, and tells whether somebody has asked to stop it.
/// [`Error::NotFound`] if the test is not stored any more.
pub async fn progress(
    connection: &mut AsyncPgConnection,
    event: EventId,
    id: Uuid,
    Progress { answered, curve, classic_curve }: Progress,
) -> Result<Next, Error> {
    let running = simulations::table.find((Uuid::from(event), id)).filter(simulations::finished_at.is_null());
    let answered = i32::try_from(answered).unwrap_or(i32::MAX);
    let curves = (simulations::curve.eq(curve), simulations::classic_curve.eq(classic_curve));
    let set = (simulations::answered.eq(answered), curves);
    let stored = diesel::update(running).set(set).returning(simulations::stop_requested_at.is_not_null());
    match stored.get_result(connection).await.optional()? {
        Some(true) => Ok(Next::Stop),
        Some(false) => Ok(Next::GoOn),
        None => is_known(connection, event, id).await.map(|()| Next::GoOn),
    }
}

/// Asks whichever process runs the stress test to stop it, and returns the test as it stands. `by` is the admin, for
/// the audit log. Nothing changes if somebody has asked before, or if the test is over. `None` if it is not remembered.
pub async fn stop(
    connection: &mut AsyncPgConnection,
    event: EventId,
    id: Uuid,
    by: UserId,
) -> Result<Option<Simulation>, Error> {
    connection
        .transaction(async |connection| {
            let Some(found) = find(connection, event, id).await? else { return Ok(None) };
            if found.state == State::Running {
                let asked = simulations::finished_at.is_null().and(simulations::stop_requested_at.is_null());
                let set = simulations::stop_requested_at.eq(crate::clocks::statement_timestamp().nullable());
                let running = simulations::table.find((Uuid::from(event), id)).filter(asked);
                if diesel::update(running).set(set).execute(connection).await? > 0 {
                    audit::record_part_in_txn(connection, Action::SimulationStopped, event, by, None, None).await?;
                }
            }
            find(connection, event, id).await
        })
        .await
}

/// Stores the report of a running stress test that has more to do than to report. It counts if the process dies before
/// [`finish`], which replaces it; the row then says RUNNING for good. [`Error::NotFound`] if the test is not stored any
/// more.
pub async fn keep_report(
    connection: &mut AsyncPgConnection,
    event: EventId,
    id: Uuid,
    report: Value,
) -> Result<(), Error> {
    let running = simulations::table.find((Uuid::from(event), id)).filter(simulations::finished_at.is_null());
    let kept = diesel::update(running).set(simulations::report.eq(Some(report))).execute(connection).await?;
    if kept == 0 { is_known(connection, event, id).await } else { Ok(()) }
}

/// Stores the outcome. Safe to run again: the first outcome stays. [`Error::NotFound`] if the test is not stored any
/// more.
pub async fn finish(
    connection: &mut AsyncPgConnection,
    event: EventId,
    id: Uuid,
    Progress { answered, curve, classic_curve }: Progress,
    outcome: Result<Value, Failure>,
) -> Result<(), Error> {
    let running = simulations::table.find((Uuid::from(event), id)).filter(simulations::finished_at.is_null());
    let (state, report, failure) = match outcome {
        Ok(report) => ("DONE", Some(report), None),
        Err(failure) => ("FAILED", None, Some(failure.as_str())),
    };
    let told = diesel::update(running)
        .set((
            simulations::state.eq(state),
            simulations::answered.eq(i32::try_from(answered).unwrap_or(i32::MAX)),
            simulations::curve.eq(curve),
            simulations::classic_curve.eq(classic_curve),
            simulations::finished_at.eq(crate::clocks::statement_timestamp().nullable()),
            simulations::failure.eq(failure),
            simulations::report.eq(report),
        ))
        .execute(connection)
        .await?;
    if told == 0 { is_known(connection, event, id).await } else { Ok(()) }
}

async fn is_known(connection: &mut AsyncPgConnection, event: EventId, id: Uuid) -> Result<(), Error> {
    row(connection, event, id).await?.map(drop).ok_or(Error::NotFound)
}

/// The latest stress test of an event, if there was one.
pub async fn latest(connection: &mut AsyncPgConnection, event: EventId) -> Result<Option<Simulation>, Error> {
    let query = simulations::table
        .filter(simulations::event_id.eq(Uuid::from(event)))
        .order(latest_first())
        .select(SimulationRow::as_select());
    match query.first(connection).await.optional()? {
        Some(found) => as_it_stands(connection, found).await,
        None => Ok(None),
    }
}

/// The remembered stress tests of an event, the newest first: [`REMEMBERED_PER_EVENT`], and one more while it begins.
pub async fn list(connection: &mut AsyncPgConnection, event: EventId) -> Result<Vec<Simulation>, Error> {
    let rows: Vec<SimulationRow> = simulations::table
        .filter(simulations::event_id.eq(Uuid::from(event)))
        .order(latest_first())
        .limit(REMEMBERED_PER_EVENT + 1)
        .select(SimulationRow::as_select())
        .load(connection)
        .await?;
    let mut listed = Vec::new();
    for found in rows {
        listed.extend(as_it_stands(connection, found).await?);
    }
    Ok(listed)
}

/// This stress test of an event, if it is remembered.
pub async fn find(connection: &mut AsyncPgConnection, event: EventId, id: Uuid) -> Result<Option<Simulation>, Error> {
    match row(connection, event, id).await? {
        Some(found) => as_it_stands(connection, found).await,
        None => Ok(None),
    }
}

/// The stress test of an event that was begun with this key, if it is remembered.
pub async fn find_by_key(
    connection: &mut AsyncPgConnection,
    event: EventId,
    key: &IdempotencyKey,
) -> Result<Option<Simulation>, Error> {
    let of_key = simulations::event_id.eq(Uuid::from(event)).and(simulations::idempotency_key.eq(key.as_str()));
    let query = simulations::table.filter(of_key).select(SimulationRow::as_select());
    match query.first(connection).await.optional()? {
        Some(found) => as_it_stands(connection, found).await,
        None => Ok(None),
    }
}

async fn row(connection: &mut AsyncPgConnection, event: EventId, id: Uuid) -> Result<Option<SimulationRow>, Error> {
    let query = simulations::table.find((Uuid::from(event), id)).select(SimulationRow::as_select());
    Ok(query.first(connection).await.optional()?)
}

async fn as_it_stands(connection: &mut AsyncPgConnection, found: SimulationRow) -> Result<Option<Simulation>, Error> {
    if found.finished_at.is_some() || databases::is_advisory_lock_taken(connection, &lock_name(found.id)).await? {
        return found.whose_process_lives().map(Some);
    }
    // It may have finished between the two lookups. Nobody runs it any more, so its row is final now.
    let last = row(connection, found.event_id.into(), found.id).await?;
    last.map(SimulationRow::whose_process_is_gone).transpose()
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = simulations, check_for_backend(diesel::pg::Pg))]
struct SimulationRow {
    event_id: Uuid,
    id: Uuid,
    users: i32,
    answered: i32,
    started_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
    failure: Option<String>,
    report: Option<Value>,
    curve: Option<Value>,
    stop_requested_at: Option<DateTime<Utc>>,
    classic_curve: Option<Value>,
}

impl SimulationRow {
    /// A test that is over, or still runs. A report that it has before its end does not count yet.
    fn whose_process_lives(mut self) -> Result<Simulation, Error> {
        if self.finished_at.is_some() {
            return self.whose_process_is_gone();
        }
        self.report = None;
        Ok(Simulation { state: State::Running, ..self.whose_process_is_gone()? })
    }

    /// A test that nobody runs any more.
    fn whose_process_is_gone(self) -> Result<Simulation, Error> {
        let count = |count: i32| u32::try_from(count).map_err(|error| Error::Corrupt(error.to_string()));
        let failure = self.failure.map(|name| rows::named(&Failure::ALL, Failure::as_str, &name)).transpose()?;
        let state = match (self.report, failure) {
            (Some(report), _) => State::Done(report),
            (None, Some(failure)) => State::Failed(failure),
            (None, None) => State::Lost,
        };
        Ok(Simulation {
            id: self.id,
            event: self.event_id.into(),
            users: count(self.users)?,
            answered: count(self.answered)?,
            started_at: self.started_at,
            finished_at: self.finished_at,
            stop_requested_at: self.stop_requested_at,
            curve: self.curve,
            classic_curve: self.classic_curve,
            state,
        })
    }
}
