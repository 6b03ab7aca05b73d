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
/// ids from `make_id`. Returns how many rows it read. Safe on several servers at once.
pub async fn follow(
    connection: &mut AsyncPgConnection,
    rows_max: i64,
    make_id: fn() -> MessageId,
) -> Result<usize, Error> {
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
            let Some(now) = rows.as_slice().first().map(|row| row.now) else { return Ok(0) };
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
            for (event, ids) in wanted {
                let Some(event) = find(connection, event).await? else { continue };
                let ids = ids.into_iter().map(RegistrationId::from);
                let found = registrations::find_all(connection, event.id, ids).await?;
                let new: Vec<_> = found.iter().flat_map(|one| following(one, &event, now, make_id)).collect();
                stored::insert_in_txn(connection, &new).await?;
            }
            Ok(read)
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
