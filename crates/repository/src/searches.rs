//! Searches that no index answers: patterns for `ilike`, and walks along an index that examine a bounded number of rows.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::Bool;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

use crate::errors::Error;

/// The most rows that one walk examines. That takes some tenths of a second if few of them match.
pub(crate) const LOOKED_AT_MAX: i64 = 20_000;

/// One page of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchPage<T, Place> {
    /// The matches, in the order of the walk. An empty page need not be the last one.
    pub found: Vec<T>,
    /// The row after which the next page begins; `None` after the last page.
    pub next: Option<Place>,
}

/// The columns that a walk's statement adds to each row.
#[derive(QueryableByName)]
pub(crate) struct Step {
    #[diesel(sql_type = Bool)]
    is_wanted: bool,
    /// Whether the walk ends at this row because it may examine no more.
    #[diesel(sql_type = Bool)]
    is_last_look: bool,
}

/// Settings of a walk. It must follow the index that has its rows in order. The planner expects few rows where the statistics
/// have not seen them, and would read and sort all of them for each page. The time limit covers a slow server.
pub(crate) const WALKING: &str = "set local enable_seqscan = off; set local enable_bitmapscan = off; \
                                  set local statement_timeout = '2s'";

/// Walks until `limit` rows match. `statement` examines [`LOOKED_AT_MAX`] rows, and returns at most `limit + 1` of those that
/// match or end the walk. `place_of` is a row's place in the walk.
pub(crate) async fn walk<Row, T, Place>(
    connection: &mut AsyncPgConnection,
    statement: BoxedSqlQuery<'_, Pg, SqlQuery>,
    limit: i64,
    place_of: impl FnOnce(&Row) -> Place,
) -> Result<SearchPage<T, Place>, Error>
where
    Row: QueryableByName<Pg> + Send + 'static,
    T: TryFrom<Row, Error = Error>,
{
    let mut steps: Vec<(Step, Row)> = connection
        .transaction(async |connection| {
            connection.batch_execute(WALKING).await?;
            Ok::<_, Error>(statement.load(connection).await?)
        })
        .await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let is_full = steps.len() > limit;
    steps.truncate(limit);
    let next = steps.last().filter(|(step, _)| is_full || step.is_last_look).map(|(_, row)| place_of(row));
    let wanted = steps.into_iter().filter(|(step, _)| step.is_wanted);
    Ok(SearchPage { found: wanted.map(|(_, row)| row.try_into()).collect::<Result<_, _>>()?, next })
}

/// The `ilike` pattern for all texts that contain `text` literally.
pub(crate) fn containing(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop loudly")]

    use diesel::sql_types::Text;

    use super::*;

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
}
