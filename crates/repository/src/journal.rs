//! The journal: what people must hear of, as batches have written it down ([`crate::settlement`]), until it has become
//! messages.
//!
//! Its reader deletes what it has read, in the transaction that makes the messages, so whatever is left is to be done.
//! Any number of servers may read at once: each takes rows that no other one has locked. The order of the rows does not
//! matter, because messages follow from a registration as it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::events::Event;
use domain::ids::{MessageId, RegistrationId};
use domain::messages::{self, MessageKind};
use domain::news::EventNews;
use domain::registrations::Registration;
use uuid::Uuid;

use crate::announcements;
use crate::errors::Error;
use crate::messages::{self as stored, NewMessage};
use crate::registrations;
use crate::rows::{self, EventRow};
use crate::schema::events;
use crate::webhook_deliveries::{self, Journaled};

/// How long rows are left alone that no messages could be made of, in seconds.
const SET_ASIDE_SECONDS: i32 = 60;

/// How many of those are tried again in one round, so that new rows do not wait for them.
const RETRIES_AT_ONCE: i64 = 1;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = PgUuid)]
    event_id: Uuid,
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    decision: i64,
    #[diesel(sql_type = Array<Text>)]
    news: Vec<String>,
    #[diesel(sql_type = Array<PgUuid>)]
    registrations: Vec<Uuid>,
    #[diesel(sql_type = Timestamptz)]
    written_at: DateTime<Utc>,
    /// The database's clock.
    #[diesel(sql_type = Timestamptz)]
    now: DateTime<Utc>,
}

/// Makes the messages and webhooks that follow from at most `rows_max` rows, and deletes the rows, atomically. New
/// messages get their ids from `make_id`. Returns how many rows it read. Safe on several servers at once.
///
/// A row that cannot be followed, as when its event is unsound, is logged and set aside for a minute; it holds up no
/// other row. Of a row with registrations that are unsound, only those are left.
pub async fn follow(
    connection: &mut AsyncPgConnection,
    rows_max: i64,
    make_id: fn() -> MessageId,
) -> Result<usize, Error> {
    connection
        .transaction(async |connection| {
            let mut rows = rows_in_txn(connection, "retry_at is null", rows_max).await?;
            rows.extend(rows_in_txn(connection, "retry_at <= statement_timestamp()", RETRIES_AT_ONCE).await?);
            let read = rows.len();
            let mut by_event: BTreeMap<Uuid, Vec<Row>> = BTreeMap::new();
            for row in rows {
                by_event.entry(row.event_id).or_default().push(row);
            }
            let mut failed = Vec::new();
            for (event, rows) in by_event {
                if follow_event(connection, event, &rows, make_id).await.is_ok() {
                    continue;
                }
                for row in rows {
                    if let Err(error) = follow_event(connection, event, std::slice::from_ref(&row), make_id).await {
                        tracing::error!(%event, row = row.id, %error, "no messages could be made of a row of the journal");
                        failed.push(row);
                    }
                }
            }
            for row in failed {
                set_aside_in_txn(connection, &row, &row.registrations).await?;
            }
            Ok(read)
        })
        .await
}

/// Leaves a row alone for a time, with what is left of it.
async fn set_aside_in_txn(connection: &mut AsyncPgConnection, row: &Row, left: &[Uuid]) -> Result<(), Error> {
    diesel::sql_query(
        "update journal set retry_at = statement_timestamp() + make_interval(secs => $3), registrations = $4 \
         where event_id = $1 and id = $2",
    )
    .bind::<PgUuid, _>(row.event_id)
    .bind::<BigInt, _>(row.id)
    .bind::<Integer, _>(SET_ASIDE_SECONDS)
    .bind::<Array<PgUuid>, _>(left)
    .execute(connection)
    .await?;
    Ok(())
}

/// The oldest rows of these that no other server has taken, locked.
async fn rows_in_txn(connection: &mut AsyncPgConnection, which: &'static str, limit: i64) -> Result<Vec<Row>, Error> {
    let taken = diesel::sql_query(format!(
        "select event_id, id, decision, news, registrations, written_at, clock_timestamp() as now from journal \
         where {which} order by written_at, id limit $1 for update skip locked"
    ));
    Ok(taken.bind::<BigInt, _>(limit).load(connection).await?)
}

/// Makes the messages of these rows of an event, and deletes the rows but for what is unsound in them. All of it or,
/// with an error, nothing.
async fn follow_event(
    connection: &mut AsyncPgConnection,
    event: Uuid,
    rows: &[Row],
    make_id: fn() -> MessageId,
) -> Result<(), Error> {
    connection
        .transaction(async |connection| {
            let Some(now) = rows.first().map(|row| row.now) else { return Ok(()) };
            let mut wanted: BTreeSet<Uuid> = BTreeSet::new();
            let mut journaled = Vec::new();
            for row in rows {
                wanted.extend(&row.registrations);
                let news = row.news.iter().map(|name| rows::named(&EventNews::ALL, EventNews::as_str, name));
                let news: Vec<EventNews> = news.collect::<Result<_, _>>()?;
                for one in &news {
                    announce(connection, row, *one).await?;
                }
                let (id, written_at, registrations) = (row.id, row.written_at, row.registrations.clone());
                journaled.push(Journaled { id, written_at, news, registrations });
            }
            let mut unsound: BTreeSet<Uuid> = BTreeSet::new();
            if let Some(event) = find(connection, event).await? {
                let ids = wanted.into_iter().map(RegistrationId::from);
                let (found, others) = registrations::find_all(connection, event.id, ids).await?;
                let new: Vec<_> = found.iter().flat_map(|one| following(one, &event, now, make_id)).collect();
                stored::insert_in_txn(connection, &new).await?;
                unsound.extend(others.into_iter().map(Uuid::from));
            }
            let mut ids: Vec<i64> = Vec::with_capacity(rows.len());
            for row in rows {
                let left: Vec<_> = row.registrations.iter().copied().filter(|id| unsound.contains(id)).collect();
                if left.is_empty() {
                    ids.push(row.id);
                } else {
                    set_aside_in_txn(connection, row, &left).await?;
                }
            }
            webhook_deliveries::make_in_txn(connection, event, &journaled, || make_id().into()).await?;
            diesel::sql_query("delete from journal where event_id = $1 and id = any($2)")
                .bind::<PgUuid, _>(event)
                .bind::<Array<BigInt>, _>(ids)
                .execute(connection)
                .await?;
            Ok(())
        })
        .await
}

fn following<'a>(
    registration: &'a Registration,
    event: &'a Event,
    now: DateTime<Utc>,
    make_id: fn() -> MessageId,
) -> impl Iterator<Item = NewMessage> + 'a {
    messages::notices(registration, event, now).into_iter().map(move |notice| NewMessage {
        event: event.id,
        id: make_id(),
        registration: registration.id,
        user: registration.user,
        notice,
    })
}

async fn find(connection: &mut AsyncPgConnection, event: Uuid) -> Result<Option<Event>, Error> {
    let row: Option<EventRow> =
        events::table.find(event).select(EventRow::as_select()).first(connection).await.optional()?;
    row.map(Event::try_from).transpose()
}

/// News for everybody at an event is told by an announcement, which is walked in steps.
async fn announce(connection: &mut AsyncPgConnection, row: &Row, news: EventNews) -> Result<(), Error> {
    let kind = match news {
        // Nobody has booked it yet.
        EventNews::Published => return Ok(()),
        EventNews::Moved => MessageKind::Moved,
        EventNews::Cancelled => MessageKind::EventCancelled,
    };
    announcements::begin_in_txn(connection, row.event_id, kind, row.id, row.decision).await
}

/// How long the oldest row has waited for its reader, by the database's clock. `None` if nothing waits.
pub async fn lag(connection: &mut AsyncPgConnection) -> Result<Option<Duration>, Error> {
    #[derive(QueryableByName)]
    struct Lag {
        #[diesel(sql_type = Nullable<BigInt>)]
        milliseconds: Option<i64>,
    }
    let lag: Lag = diesel::sql_query(
        "select (extract(epoch from clock_timestamp() - min(written_at)) * 1000)::bigint as milliseconds from journal",
    )
    .get_result(connection)
    .await?;
    Ok(lag.milliseconds.and_then(|milliseconds| u64::try_from(milliseconds).ok()).map(Duration::from_millis))
}
