//! How often an owner's orders at one endpoint may follow each other.

use diesel::prelude::*;
use diesel::sql_types::{Float8, Integer, Uuid as PgUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::errors::{Conflict, Error};

/// Some orders come at once, and from then on one at a time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rate {
    /// The time until which the orders of an endpoint would last if they had come one at a time.
    column: &'static str,
    every_seconds: i32,
    at_once: i32,
}

/// Deliveries that are sent again, so that the button is no means against somebody else's server.
pub(crate) const RESENDS: Rate = Rate { column: "resends_until", every_seconds: 1, at_once: 60 };

/// Changes. Each leaves an entry in the audit log for ever, so a loop would add rows without end.
pub(crate) const CHANGES: Rate = Rate { column: "changes_until", every_seconds: 60, at_once: 60 };

/// Counts one order at an endpoint, and locks it. [`Conflict::WebhookTooOften`] if it comes too early,
/// [`Error::NotFound`] if there is no such endpoint.
pub(crate) async fn count_in_txn(
    connection: &mut AsyncPgConnection,
    endpoint: Uuid,
    Rate { column, every_seconds, at_once }: Rate,
) -> Result<(), Error> {
    #[derive(QueryableByName)]
    struct Wait {
        #[diesel(sql_type = Float8)]
        seconds: f64,
    }
    let most = every_seconds.saturating_mul(at_once.saturating_sub(1));
    let counted = diesel::sql_query(format!(
        "update webhook_endpoints set {column} = greatest({column}, statement_timestamp()) \
         + make_interval(secs => $2) where id = $1 and deleted_at is null \
         and coalesce({column}, '-infinity') <= statement_timestamp() + make_interval(secs => $3)"
    ));
    let counted = counted.bind::<PgUuid, _>(endpoint).bind::<Integer, _>(every_seconds).bind::<Integer, _>(most);
    if counted.execute(connection).await? > 0 {
        return Ok(());
    }
    let wait = diesel::sql_query(format!(
        "select extract(epoch from {column} - statement_timestamp())::float8 - $2 as seconds \
         from webhook_endpoints where id = $1 and deleted_at is null"
    ));
    let Wait { seconds } = wait.bind::<PgUuid, _>(endpoint).bind::<Integer, _>(most).get_result(connection).await?;
    let retry_after_seconds = std::time::Duration::try_from_secs_f64(seconds).map_or(0, |wait| wait.as_secs()) + 1;
    Err(Error::Conflict(Conflict::WebhookTooOften { retry_after_seconds }))
}
