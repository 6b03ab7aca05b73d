//! Deliveries that were kept for long enough, and those of endpoints that were deleted.

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

/// Deletes at most `limit` deliveries of endpoints that were deleted, and then as many of these endpoints that have
/// none any more. Returns how many of both. Deliveries that another server has locked are left for the next time.
pub async fn delete_of_deleted(connection: &mut AsyncPgConnection, limit: i64) -> Result<usize, Error> {
    let mut deleted = 0;
    // In the order of an index, so that no page looks through the deliveries of others.
    for statement in [
        "with old as (select d.event_id, d.id from (\
         select id from webhook_endpoints where deleted_at is not null order by id) w, lateral (\
         select event_id, id from webhook_deliveries where endpoint_id = w.id order by id limit $1 \
         for update skip locked) d limit $1) \
         delete from webhook_deliveries d using old where d.event_id = old.event_id and d.id = old.id",
        "delete from webhook_endpoints where id in (\
         select w.id from webhook_endpoints w where w.deleted_at is not null \
         and not exists (select from webhook_deliveries d where d.endpoint_id = w.id) \
         order by w.id limit $1 for update skip locked)",
    ] {
        deleted += diesel::sql_query(statement).bind::<BigInt, _>(limit).execute(connection).await?;
    }
    Ok(deleted)
}
