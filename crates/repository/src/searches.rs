//! Searches that no index answers: patterns for `ilike`, and walks along an index that end after so many rows, whatever
//! they have found by then.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{Bool, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use uuid::Uuid;

use crate::errors::Error;

/// Rows that one walk looks at, at most: some tenth of a second, if hardly any is wanted.
pub(crate) const LOOKED_AT_MAX: i64 = 20_000;

/// What a walk has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch<T, Id> {
    /// In the order of the walk. Nothing at all does not mean that there is nothing.
    pub found: Vec<T>,
    /// After which row to go on; `None` means that the walk came to the end.
    pub next: Option<Id>,
}

/// What a walk's statement says of each row beside what the row holds.
#[derive(QueryableByName)]
pub(crate) struct Step {
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = Bool)]
    is_wanted: bool,
    /// It is the row at which the walk had looked at as many as it may.
    #[diesel(sql_type = Bool)]
    is_last_look: bool,
}

/// A walk follows the index that has its rows in order. Of rows that the statistics have not seen the planner expects
/// little, and would read and sort all of them for each page: so it may not. And it ends where the server is too slow for
/// it.
pub(crate) const WALKING: &str = "set local enable_seqscan = off; set local enable_bitmapscan = off; \
                                  set local statement_timeout = '2s'";

/// Walks until `limit` rows are found. `statement` looks at [`LOOKED_AT_MAX`] rows, and gives at most `limit` and one of
/// those that are wanted or its last look.
pub(crate) async fn walk<Row, T, Id>(
    connection: &mut AsyncPgConnection,
    statement: BoxedSqlQuery<'_, Pg, SqlQuery>,
    limit: i64,
) -> Result<Stretch<T, Id>, Error>
where
    Row: QueryableByName<Pg> + Send + 'static,
    T: TryFrom<Row, Error = Error>,
    Id: From<Uuid>,
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
    let next = steps.last().filter(|(step, _)| is_full || step.is_last_look).map(|(step, _)| step.id.into());
    let wanted = steps.into_iter().filter(|(step, _)| step.is_wanted);
    Ok(Stretch { found: wanted.map(|(_, row)| row.try_into()).collect::<Result<_, _>>()?, next })
}

/// What contains `text`, each character of which stands for itself.
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
