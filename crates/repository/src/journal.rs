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
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::events::Event;
use domain::ids::MessageId;
use domain::messages::{self, MessageKind};
use domain::news::EventNews;
use domain::registrations::Registration;
use uuid::Uuid;

use crate::announcements;
use crate::errors::Error;
use crate::messages::{self as stored, NewMessage};
use crate::rows::{self, EventRow, RegistrationRow};
use crate::schema::{events, registrations};

/// What one look at the journal came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Followed {
    /// The rows that were read.
    pub rows: usize,
    /// The messages that follow from them and had not been made before.
    pub messages: usize,
}

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
    /// The database's clock.
    #[diesel(sql_type = Timestamptz)]
    now: DateTime<Utc>,
}

/// A change of an event as a whole, in a row with this number.
struct News {
    event: Uuid,
    number: i64,
    decision: i64,
    news: EventNews,
}

/// Makes the messages that follow from at most `rows_max` rows, and deletes the rows, atomically. New messages get their
/// ids from `make_id`. Safe on several servers at once.
pub async fn follow(
    connection: &mut AsyncPgConnection,
    rows_max: i64,
    make_id: fn() -> MessageId,
) -> Result<Followed, Error> {
    connection
        .transaction(async |connection| {
            let rows: Vec<Row> = diesel::sql_query(
                "with taken as (select event_id, id from journal order by written_at, id limit $1 for update skip locked) \
                 delete from journal j using taken where j.event_id = taken.event_id and j.id = taken.id \
                 returning j.event_id, j.id, j.decision, j.news, j.registrations, clock_timestamp() as now",
            )
            .bind::<BigInt, _>(rows_max)
            .load(connection)
            .await?;
            let Some(now) = rows.as_slice().first().map(|row| row.now) else { return Ok(Followed::default()) };
            let read = rows.len();
            let mut wanted: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
            let mut news = Vec::new();
            for row in rows {
                wanted.entry(row.event_id).or_default().extend(row.registrations);
                for name in &row.news {
                    let news_of = rows::named(&EventNews::ALL, EventNews::as_str, name)?;
                    news.push(News { event: row.event_id, number: row.id, decision: row.decision, news: news_of });
                }
            }
            announce(connection, news).await?;
            let mut made = 0;
            for (event, ids) in wanted {
                let Some(event) = find(connection, event).await? else { continue };
                let found = of_event(connection, event.id.into(), ids).await?;
                let new: Vec<_> = found.iter().flat_map(|one| following(one, &event, now, make_id)).collect();
                made += stored::insert_in_txn(connection, &new).await?;
            }
            Ok(Followed { rows: read, messages: made })
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

async fn of_event(
    connection: &mut AsyncPgConnection,
    event: Uuid,
    ids: BTreeSet<Uuid>,
) -> Result<Vec<Registration>, Error> {
    let rows: Vec<RegistrationRow> = registrations::table
        .filter(registrations::event_id.eq(event))
        .filter(registrations::id.eq_any(ids.into_iter().collect::<Vec<_>>()))
        .select(RegistrationRow::as_select())
        .load(connection)
        .await?;
    rows::all(rows)
}

/// What concerns everybody at an event is told by an announcement, which is walked in steps.
async fn announce(connection: &mut AsyncPgConnection, news: Vec<News>) -> Result<(), Error> {
    for News { event, number, decision, news } in news {
        let kind = match news {
            EventNews::Moved => MessageKind::Moved,
            EventNews::Cancelled => MessageKind::EventCancelled,
        };
        announcements::begin_in_txn(connection, event, kind, number, decision).await?;
    }
    Ok(())
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
