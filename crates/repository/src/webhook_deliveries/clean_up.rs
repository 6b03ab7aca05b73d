//! Deliveries that were kept for long enough.

use diesel::sql_types::{BigInt, Integer};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::errors::Error;

/// Deletes at most `limit` deliveries that ended more than `days` ago, and as many that were written down that long ago
/// and are due still: their endpoint is off, or its owner may not hear of them. Returns how many.
pub async fn delete_old(connection: &mut AsyncPgConnection, days: i32, limit: i64) -> Result<usize, Error> {
    let mut deleted = 0;
    for old in [
        "d.ended_at < now() - make_interval(days => $1)",
        "d.state = 'DUE' and d.created_at < now() - make_interval(days => greatest($1, 14))",
    ] {
        deleted += diesel::sql_query(format!(
            "with old as (select d.event_id, d.id from webhook_deliveries d where {old} limit $2 \
             for update of d skip locked) \
             delete from webhook_deliveries d using old where d.event_id = old.event_id and d.id = old.id"
        ))
        .bind::<Integer, _>(days)
        .bind::<BigInt, _>(limit)
        .execute(connection)
        .await?;
    }
    Ok(deleted)
}
