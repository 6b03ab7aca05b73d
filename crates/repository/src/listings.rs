//! Lists of events: walks along an index that has them in the list's order.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use domain::events::{Event, EventStatus};
use domain::ids::{EventId, UserId};
use domain::limits::EVENT_DAYS_MAX;
use domain::search::SearchText;
use uuid::Uuid;

use crate::errors::Error;
use crate::rows::{self, EventRow};
use crate::schema::events;
use crate::searches::{self, SearchPage, Stretch, WALKING};

/// The position after which a page of a list begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct After {
    /// The start of the last event of the page before.
    pub starts_at: DateTime<Utc>,
    /// Its id.
    pub id: EventId,
}

/// Which published events a list contains. `None` does not filter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct PublishedFilter {
    /// Words of the title and the location, as [`domain::search`] finds them with typing errors.
    pub text: Option<String>,
    /// Words of the location, found the same way.
    pub place: Option<String>,
    /// Events that end after then.
    pub from: Option<DateTime<Utc>>,
    /// Events that start before then.
    pub to: Option<DateTime<Utc>>,
    /// Events with a price of 0 that everybody can see, or those without one.
    pub is_free: Option<bool>,
}

impl PublishedFilter {
    /// Whether a page may look at far more events than it has. The index answers the filters by time.
    pub fn is_search(&self) -> bool {
        self.text.is_some() || self.place.is_some() || self.is_free.is_some()
    }
}

/// Which events a list of those that somebody runs contains. `None` does not filter.
#[derive(Debug, Clone, Default)]
pub struct RunFilter {
    /// Events that this person runs.
    pub organizer: Option<UserId>,
    /// Words of the title and the location, as [`domain::search`] finds them with typing errors.
    pub text: Option<String>,
    /// Events of this status.
    pub status: Option<EventStatus>,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By the time at which they were made, the newest first.
    NewestFirst,
    /// By start, the earliest first.
    EarliestFirst,
    /// By start, the latest first.
    LatestFirst,
}

impl Order {
    /// The place before the first event.
    fn begin(self) -> After {
        match self {
            // No event starts before 1970.
            Self::EarliestFirst => After { starts_at: DateTime::UNIX_EPOCH, id: Uuid::nil().into() },
            Self::NewestFirst | Self::LatestFirst => {
                After { starts_at: DateTime::<Utc>::MAX_UTC, id: Uuid::max().into() }
            }
        }
    }

    fn compare(self, one: &Event, other: &Event) -> Ordering {
        let by_start = |event: &Event| (event.details.starts_at, event.id);
        match self {
            Self::NewestFirst => other.id.cmp(&one.id),
            Self::EarliestFirst => by_start(one).cmp(&by_start(other)),
            Self::LatestFirst => by_start(other).cmp(&by_start(one)),
        }
    }
}

/// The most hours from an event's start to its end. Hours mean the same in every time zone, and days do not.
const EVENT_HOURS_MAX: i32 = 24 * EVENT_DAYS_MAX;

/// All of an event, for lists in which every event is wanted.
const WHOLE: &str = "e.*";

/// What a search looks at. Descriptions are long, and few events match.
const SEARCHED: &str = "e.id, e.title, e.location, e.starts_at";

/// Walks the index of the public list, which tells which events have ended. Events that started longer ago than the
/// longest event lasts have ended, so the walk begins behind them. One comparison with the latest of the starts begins
/// it there: of several comparisons PostgreSQL might take another one. No filter makes it read what is over.
fn published_statement(columns: &str) -> String {
    format!(
        "select {columns}, step.is_wanted, e.look from (\
         select *, row_number() over (order by starts_at, id) as look from events \
         where status = 'PUBLISHED' and rehearsal_of is null and ends_at > greatest(now(), $6) \
         and (starts_at, id) > (greatest($1, greatest(now(), $6) - make_interval(hours => $3)), $2) \
         and starts_at < coalesce($7, 'infinity') order by starts_at, id limit $5) e cross join lateral (\
         select $8 is null or $8 = exists (select from prices p where p.event_id = e.id and p.amount = 0 \
         and p.code is null and not p.is_closed) as is_wanted) step \
         where step.is_wanted or e.look = $5 order by e.starts_at, e.id limit $4"
    )
}

/// One page of published events that have not ended, the next one first, beginning after `after`: at most `limit`, and
/// fewer if they are rare among those that one walk examines.
///
/// An event that is longer than [`EVENT_DAYS_MAX`] days, because it is older than that limit, is listed for that many
/// days.
pub async fn published(
    connection: &mut AsyncPgConnection,
    filter: &PublishedFilter,
    after: Option<After>,
    limit: i64,
) -> Result<SearchPage<Event, After>, Error> {
    let statement = |columns: &str, after: After, stretch: Stretch| {
        diesel::sql_query(published_statement(columns))
            .into_boxed()
            .bind::<Timestamptz, _>(after.starts_at)
            .bind::<PgUuid, _>(Uuid::from(after.id))
            .bind::<Integer, _>(EVENT_HOURS_MAX)
            .bind::<BigInt, _>(stretch.rows)
            .bind::<BigInt, _>(stretch.looks)
            .bind::<Nullable<Timestamptz>, _>(filter.from)
            .bind::<Nullable<Timestamptz>, _>(filter.to)
            .bind::<Nullable<Bool>, _>(filter.is_free)
    };
    let sought = Sought::of(filter.text.as_deref(), filter.place.as_deref());
    let is_wanted = |event: &Event| event.status == EventStatus::Published;
    page(connection, &sought, Order::EarliestFirst, after, limit, statement, is_wanted).await
}

/// Walks the index that has the events of one organizer, or all events, in this order.
fn run_by_statement(columns: &str, order: Order, organizer: Option<UserId>) -> String {
    let (sorted, of_page, place) = match order {
        Order::NewestFirst => ("id desc", "e.id desc", "id < $2"),
        Order::EarliestFirst => ("starts_at, id", "e.starts_at, e.id", "(starts_at, id) > ($1, $2)"),
        Order::LatestFirst => ("starts_at desc, id desc", "e.starts_at desc, e.id desc", "(starts_at, id) < ($1, $2)"),
    };
    let run_by = is_run_by(organizer, "$3");
    format!(
        "select {columns}, step.is_wanted, e.look from (\
         select *, row_number() over (order by {sorted}) as look from events \
         where rehearsal_of is null and {run_by} and {place} order by {sorted} limit $5) e cross join lateral (\
         select $6 is null or e.status = $6 as is_wanted) step \
         where step.is_wanted or e.look = $5 order by {of_page} limit $4"
    )
}

/// The condition that somebody runs an event. The planner chooses an index by it, so it is not one that may be null.
fn is_run_by(organizer: Option<UserId>, parameter: &str) -> String {
    if organizer.is_some() { format!("organizer_id = {parameter}") } else { "true".to_owned() }
}

/// One page of the events that somebody runs, or of all, in this order, beginning after `after`: at most `limit`, and
/// fewer if they are rare among those that one walk examines. Hidden copies are left out.
pub async fn run_by(
    connection: &mut AsyncPgConnection,
    filter: &RunFilter,
    order: Order,
    after: Option<After>,
    limit: i64,
) -> Result<SearchPage<Event, After>, Error> {
    let statement = |columns: &str, after: After, stretch: Stretch| {
        diesel::sql_query(run_by_statement(columns, order, filter.organizer))
            .into_boxed()
            .bind::<Timestamptz, _>(after.starts_at)
            .bind::<PgUuid, _>(Uuid::from(after.id))
            .bind::<Nullable<PgUuid>, _>(filter.organizer.map(Uuid::from))
            .bind::<BigInt, _>(stretch.rows)
            .bind::<BigInt, _>(stretch.looks)
            .bind::<Nullable<Text>, _>(filter.status.map(EventStatus::as_str))
    };
    let sought = Sought::of(filter.text.as_deref(), None);
    let is_wanted = |event: &Event| filter.status.is_none_or(|status| event.status == status);
    page(connection, &sought, order, after, limit, statement, is_wanted).await
}

/// What must occur in an event's texts.
struct Sought {
    text: Option<SearchText>,
    place: Option<SearchText>,
}

impl Sought {
    fn of(text: Option<&str>, place: Option<&str>) -> Self {
        Self { text: text.and_then(SearchText::of), place: place.and_then(SearchText::of) }
    }

    fn is_nothing(&self) -> bool {
        self.text.is_none() && self.place.is_none()
    }

    fn is_in(&self, SearchedRow { title, location, .. }: &SearchedRow) -> bool {
        self.text.as_ref().is_none_or(|text| text.is_nearly_in(&[title, location]))
            && self.place.as_ref().is_none_or(|place| place.is_nearly_in(&[location]))
    }
}

#[derive(QueryableByName)]
struct SearchedRow {
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    location: String,
    #[diesel(sql_type = Timestamptz)]
    starts_at: DateTime<Utc>,
}

/// One page of a list. `statement` makes the walk's statement, which returns these columns. Of what is found by its
/// texts, `is_wanted` says whether it still belongs to the list.
async fn page(
    connection: &mut AsyncPgConnection,
    sought: &Sought,
    order: Order,
    after: Option<After>,
    limit: i64,
    statement: impl Fn(&str, After, Stretch) -> BoxedSqlQuery<'static, Pg, SqlQuery>,
    is_wanted: impl Fn(&Event) -> bool,
) -> Result<SearchPage<Event, After>, Error> {
    let (patience, begin) = (searches::WALKED_MAX, after.unwrap_or(order.begin()));
    if sought.is_nothing() {
        let statement = |after: After, stretch: Stretch| statement(WHOLE, after, stretch);
        let place_of = |row: &EventRow| After { starts_at: row.starts_at, id: row.id.into() };
        let page = searches::walk(patience, connection, begin, limit, statement, |_| true, place_of).await?;
        return Ok(SearchPage { found: rows::all(page.found)?, next: page.next });
    }
    let statement = |after: After, stretch: Stretch| statement(SEARCHED, after, stretch);
    let place_of = |row: &SearchedRow| After { starts_at: row.starts_at, id: row.id.into() };
    let is_match = |row: &SearchedRow| sought.is_in(row);
    let page = searches::walk(patience, connection, begin, limit, statement, is_match, place_of).await?;
    if page.found.is_empty() {
        return Ok(SearchPage { found: Vec::new(), next: page.next });
    }
    // Nothing but the ids, so that the planner looks them up by key.
    let whole = events::table.filter(events::id.eq_any(page.found.iter().map(|row| row.id)));
    let mut found: Vec<Event> = rows::all(whole.select(EventRow::as_select()).load::<EventRow>(connection).await?)?;
    // Some may have been cancelled or moved since the walk.
    found.retain(is_wanted);
    found.sort_by(|one, other| order.compare(one, other));
    Ok(SearchPage { found, next: page.next })
}

/// Counts over the events that somebody runs, or over all events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Totals {
    /// The events.
    #[diesel(sql_type = BigInt)]
    pub events: i64,
    /// Those that are drafts.
    #[diesel(sql_type = BigInt)]
    pub drafts: i64,
    /// Those that are published.
    #[diesel(sql_type = BigInt)]
    pub published: i64,
    /// Those that were cancelled.
    #[diesel(sql_type = BigInt)]
    pub cancelled: i64,
    /// The seats of the published ones. Events under test are left out of this and the next two, because simulated
    /// buyers have their seats.
    #[diesel(sql_type = BigInt)]
    pub seats: i64,
    /// The seats that somebody has, paid or not.
    #[diesel(sql_type = BigInt)]
    pub sold: i64,
    /// The registrations on waitlists.
    #[diesel(sql_type = BigInt)]
    pub waiting: i64,
}

/// The most events that [`totals`] counts: as many as two accounts can create. An administrator's list has all events,
/// and this many take some ten milliseconds.
pub const TOTALLED_MAX: i64 = 10_000;

fn totals_statement(organizer: Option<UserId>) -> String {
    let run_by = is_run_by(organizer, "$1");
    format!(
        "select count(*) as events, count(*) filter (where status = 'DRAFT') as drafts, \
         count(*) filter (where status = 'PUBLISHED') as published, \
         count(*) filter (where status = 'CANCELLED') as cancelled, \
         coalesce(sum(capacity) filter (where is_sold), 0) as seats, \
         coalesce(sum(capacity - seats_remaining) filter (where is_sold), 0) as sold, \
         coalesce(sum(waiting) filter (where is_sold), 0) as waiting from (\
         select status, capacity, seats_remaining, waiting, \
         status = 'PUBLISHED' and under_test_since is null as is_sold from events \
         where rehearsal_of is null and {run_by} order by id desc limit $2) e"
    )
}

/// Counts over the newest [`TOTALLED_MAX`] events that somebody runs, or of all. Hidden copies are left out.
pub async fn totals(connection: &mut AsyncPgConnection, organizer: Option<UserId>) -> Result<Totals, Error> {
    let statement = diesel::sql_query(totals_statement(organizer))
        .bind::<Nullable<PgUuid>, _>(organizer.map(Uuid::from))
        .bind::<BigInt, _>(TOTALLED_MAX);
    connection
        .transaction(async |connection| {
            connection.batch_execute(WALKING).await?;
            Ok(statement.get_result(connection).await?)
        })
        .await
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop loudly")]

    use super::*;
    use crate::pools;
    use crate::searches::LOOKED_AT_MAX;
    use crate::searches::tests::plan_of;

    const RUNS_SOME: &str = "00000000-0000-7000-8000-000000000001";

    /// A session that has prepared the statements, in a transaction with the settings of walks. There are 20,000 events,
    /// which nobody has analyzed, and one in a hundred is of one organizer.
    async fn prepared(connection: &mut AsyncPgConnection) {
        let one: UserId = RUNS_SOME.parse().unwrap();
        let mut prepared = format!(
            "prepare published (timestamptz, uuid, int, bigint, bigint, timestamptz, timestamptz, boolean) as {}; \
             prepare totals_of_one (uuid, bigint) as {}; prepare totals (uuid, bigint) as {};",
            published_statement(WHOLE),
            totals_statement(Some(one)),
            totals_statement(None),
        );
        for (name, order) in ORDERS {
            for (of, organizer) in [("one", Some(one)), ("all", None)] {
                let statement = run_by_statement(WHOLE, order, organizer);
                prepared +=
                    &format!("prepare {name}_{of} (timestamptz, uuid, uuid, bigint, bigint, text) as {statement};");
            }
        }
        connection
            .batch_execute(&format!(
                "alter table events disable trigger all; \
                 insert into events (id, organizer_id, title, description, location, starts_at, ends_at, time_zone, \
                 capacity, seats_remaining, status) select gen_random_uuid(), \
                 case when n % 100 = 0 then '{RUNS_SOME}' else gen_random_uuid() end, 'Concert', '', 'Hall', \
                 now() + (n - 10000) * interval '1 hour', now() + (n - 9999) * interval '1 hour', 'UTC', 1, 1, 'PUBLISHED' \
                 from generate_series(1, 20000) n; {prepared} begin; {WALKING}"
            ))
            .await
            .unwrap();
    }

    const ORDERS: [(&str, Order); 3] =
        [("newest", Order::NewestFirst), ("earliest", Order::EarliestFirst), ("latest", Order::LatestFirst)];

    #[tokio::test(flavor = "multi_thread")]
    async fn every_list_of_events_walks_the_index_that_has_its_order() {
        let database = testdb::Database::new().await;
        let mut connection = pools::connect_once(&database.url(), testdb::patience::LIMIT).await.unwrap();
        prepared(&mut connection).await;
        let begin = format!("'2030-01-01', '{RUNS_SOME}'");
        let limits = format!("21, {LOOKED_AT_MAX}");
        for (call, index) in [
            ("newest_one", "Backward using events_by_organizer on"),
            ("newest_all", "Backward using events_pkey on"),
            ("earliest_one", "Scan using events_by_organizer_and_start on"),
            ("earliest_all", "Scan using events_by_start on"),
            ("latest_one", "Backward using events_by_organizer_and_start on"),
            ("latest_all", "Backward using events_by_start on"),
        ] {
            for status in ["null", "'DRAFT'"] {
                let call = format!("{call}({begin}, '{RUNS_SOME}', {limits}, {status})");
                let plan = plan_of(&mut connection, &call).await;
                assert!(plan.contains(index), "no {index:?} for {call} in\n{plan}");
                assert!(!plan.contains("Sort"), "{call}\n{plan}");
            }
        }
        for (filters, wanted) in [
            ("null, null, null", vec!["events_listed on", "ends_at > "]),
            ("'2030-01-01', null, null", vec!["events_listed on", "ends_at > "]),
            ("'2030-01-01', '2030-02-01', null", vec!["events_listed on", "ends_at > ", "starts_at < "]),
            ("null, null, true", vec!["events_listed on", "using prices_pkey on"]),
            ("'2030-01-01', '2030-02-01', false", vec!["events_listed on", "using prices_pkey on", "starts_at < "]),
        ] {
            let plan = plan_of(&mut connection, &format!("published({begin}, 8784, {limits}, {filters})")).await;
            for part in wanted {
                assert!(plan.contains(part), "no {part:?} for {filters} in\n{plan}");
            }
            assert!(!plan.contains("Sort"), "{filters}\n{plan}");
        }
        for (call, index) in [("totals_of_one", "events_by_organizer"), ("totals", "events_pkey")] {
            let plan = plan_of(&mut connection, &format!("{call}('{RUNS_SOME}', {TOTALLED_MAX})")).await;
            assert!(plan.contains(&format!("using {index} on")), "no {index:?} in\n{plan}");
            assert!(!plan.contains("Sort"), "{call}\n{plan}");
        }
    }
}
