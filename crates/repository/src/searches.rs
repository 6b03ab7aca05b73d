//! Searches that no index answers: walks along an index that examine a bounded number of rows.
//!
//! PostgreSQL chooses the rows, and this program looks for the text in them. So one rule decides what is found
//! ([`domain::search`]), whatever the database's locale is and whichever version wrote the row, and nothing derived
//! from a text outlives it.

use std::time::{Duration, Instant};

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{BigInt, Bool};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

use crate::errors::Error;

/// The most rows that one walk examines. That takes some tenths of a second if few of them match.
pub(crate) const LOOKED_AT_MAX: i64 = 20_000;

/// The most rows that one statement of a walk returns, beyond those of a page. Comparing their texts takes some
/// milliseconds, in which the thread does nothing else.
const ROWS_AT_ONCE_MAX: i64 = 2_000;

/// The patience of walks: one that has taken so long goes no further. The next page goes on where it has ended.
pub(crate) const WALKED_MAX: Duration = Duration::from_secs(1);

/// How many rows are compared with the text at once. The slowest letters make that some ten milliseconds.
const LOOKED_AT_ONCE: usize = 16;

/// One page of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchPage<T, Place> {
    /// The matches, in the order of the walk. An empty page need not be the last one.
    pub found: Vec<T>,
    /// The row after which the next page begins; `None` after the last page.
    pub next: Option<Place>,
}

/// The limits of one statement of a walk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch {
    /// The most rows that it returns.
    pub(crate) rows: i64,
    /// The most rows that it examines.
    pub(crate) looks: i64,
}

/// The columns that a walk's statement adds to each row.
#[derive(QueryableByName)]
struct Step {
    /// Whether the row fits all conditions but that of the text.
    #[diesel(sql_type = Bool)]
    is_wanted: bool,
    /// How many rows the statement had examined with this one.
    #[diesel(sql_type = BigInt)]
    look: i64,
}

/// Settings of a walk. It must follow the index that has its rows in order. The planner expects few rows where the
/// statistics have not seen them, and would read and sort all of them for each page, also from another index. What is
/// switched off counts as very dear where there is no other way, and that alone would have the statement compiled. The
/// time limit covers a slow server.
pub(crate) const WALKING: &str = "set local enable_seqscan = off; set local enable_bitmapscan = off; \
                                  set local enable_sort = off; set local jit = off; \
                                  set local statement_timeout = '2s'";

/// Walks from behind `begin` until `limit` rows match, [`LOOKED_AT_MAX`] are examined, or `patience` has ended. `statement` returns the
/// wanted rows of a stretch behind a place, and the row that is examined last, wanted or not. `is_match` looks for the
/// text in a wanted row, and `place_of` is a row's place in the walk.
pub(crate) async fn walk<Row, Place>(
    patience: Duration,
    connection: &mut AsyncPgConnection,
    begin: Place,
    limit: i64,
    statement: impl Fn(Place, Stretch) -> BoxedSqlQuery<'static, Pg, SqlQuery>,
    is_match: impl Fn(&Row) -> bool,
    place_of: impl Fn(&Row) -> Place,
) -> Result<SearchPage<Row, Place>, Error>
where
    Row: QueryableByName<Pg> + Send + 'static,
    Place: Copy,
{
    let began = Instant::now();
    let page = usize::try_from(limit).unwrap_or(usize::MAX);
    let (mut found, mut place) = (Vec::new(), begin);
    // One more than the page tells whether there is a next one. Where rows match rarely, the stretches become longer.
    let mut stretch = Stretch { rows: limit + 1, looks: LOOKED_AT_MAX };
    loop {
        let steps = load::<Row>(connection, statement(place, stretch)).await?;
        let is_full = i64::try_from(steps.len()).is_ok_and(|rows| rows >= stretch.rows);
        let looks = steps.last().map_or(0, |(step, _)| step.look);
        for (looked, (step, row)) in steps.into_iter().enumerate() {
            // Some letters take a thousand times longer to compare than others, and this thread has other work.
            if looked % LOOKED_AT_ONCE == LOOKED_AT_ONCE - 1 {
                if began.elapsed() >= patience {
                    return Ok(SearchPage { found, next: Some(place) });
                }
                tokio::task::yield_now().await;
            }
            place = place_of(&row);
            if !step.is_wanted || !is_match(&row) {
                continue;
            }
            if found.len() >= page {
                let next = found.last().map(&place_of);
                return Ok(SearchPage { found, next });
            }
            found.push(row);
        }
        stretch =
            Stretch { rows: (4 * stretch.rows).min(ROWS_AT_ONCE_MAX.max(limit + 1)), looks: stretch.looks - looks };
        if stretch.looks > 0 && !is_full {
            return Ok(SearchPage { found, next: None });
        }
        if stretch.looks <= 0 || began.elapsed() >= patience {
            return Ok(SearchPage { found, next: Some(place) });
        }
    }
}

async fn load<Row>(
    connection: &mut AsyncPgConnection,
    statement: BoxedSqlQuery<'static, Pg, SqlQuery>,
) -> Result<Vec<(Step, Row)>, Error>
where
    Row: QueryableByName<Pg> + Send + 'static,
{
    connection
        .transaction(async |connection| {
            connection.batch_execute(WALKING).await?;
            Ok::<_, Error>(statement.load(connection).await?)
        })
        .await
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop loudly")]

    use diesel::sql_types::Text;
    use testdb::patience::LIMIT;

    use super::*;
    use crate::pools;

    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
        text: String,
    }

    /// The plan of a prepared statement with these values.
    pub(crate) async fn plan_of(connection: &mut AsyncPgConnection, prepared: &str) -> String {
        let explain = diesel::sql_query(format!("explain execute {prepared}"));
        let lines = explain.load::<Line>(connection).await.unwrap();
        lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n")
    }

    #[derive(QueryableByName)]
    struct Number {
        #[diesel(sql_type = BigInt)]
        number: i64,
    }

    /// A page of the numbers from 1 to 50,000 that are wanted, and of those a multiple of 10,000.
    async fn numbers(
        connection: &mut AsyncPgConnection,
        patience: Duration,
        after: i64,
        limit: i64,
    ) -> (Vec<i64>, Option<i64>) {
        let statement = |after: i64, stretch: Stretch| {
            let numbers = "select number, is_wanted, look from (\
                           select n as number, n % 5 = 0 as is_wanted, row_number() over (order by n) as look \
                           from generate_series($1 + 1, 50000) n order by n limit $3) step \
                           where is_wanted or look = $3 order by number limit $2";
            let statement = diesel::sql_query(numbers).into_boxed().bind::<BigInt, _>(after);
            statement.bind::<BigInt, _>(stretch.rows).bind::<BigInt, _>(stretch.looks)
        };
        let is_match = |row: &Number| row.number % 10_000 == 0;
        let page = walk(patience, connection, after, limit, statement, is_match, |row| row.number).await.unwrap();
        (page.found.into_iter().map(|row| row.number).collect(), page.next)
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn pages_have_each_match_once_however_rare_it_is_and_however_long_a_walk_may_take() {
        let database = testdb::Database::new().await;
        let mut connection = pools::connect_once(&database.url(), LIMIT).await.unwrap();
        let all = [10_000, 20_000, 30_000, 40_000, 50_000];
        for (patience, limit) in [(LIMIT, 1), (LIMIT, 2), (LIMIT, 100), (LIMIT, 3_000), (Duration::ZERO, 100)] {
            let (mut found, mut pages, mut next) = (Vec::new(), 0, Some(0));
            while let Some(after) = next {
                let page = numbers(&mut connection, patience, after, limit).await;
                assert!(page.1.is_none_or(|next| after < next && next <= after + LOOKED_AT_MAX), "{page:?}");
                found.extend(page.0);
                pages += 1;
                next = page.1;
            }
            assert_eq!(found, all, "{patience:?} {limit}");
            let is_patient = patience == LIMIT;
            assert_eq!(pages <= 6, is_patient, "{pages} pages of {limit}");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_walk_examines_no_more_rows_than_it_may() {
        let database = testdb::Database::new().await;
        let mut connection = pools::connect_once(&database.url(), LIMIT).await.unwrap();
        let page = numbers(&mut connection, LIMIT, 20_000, 100).await;
        assert_eq!(page, (vec![30_000, 40_000], Some(20_000 + LOOKED_AT_MAX)));
        let last = numbers(&mut connection, LIMIT, 40_000, 100).await;
        assert_eq!(last, (vec![50_000], None));
    }
}
