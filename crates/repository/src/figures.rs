//! What organizers see of a sale. The figures are written with the decisions themselves, see [`crate::settlement`], so
//! that nobody who looks at them makes a sale slower.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::events::Event;
use domain::figures::{Figures, ORIGIN_SECONDS, interval_seconds};
use domain::ids::EventId;
use uuid::Uuid;

use crate::errors::Error;
use crate::events;

/// An event and how its sale went, as they were at one moment.
#[derive(Debug, Clone)]
pub struct Sale {
    /// The event.
    pub event: Event,
    /// The moment, by the database's clock.
    pub as_of: DateTime<Utc>,
    /// How long each interval is.
    pub interval_seconds: i64,
    /// Intervals in which something happened, the oldest first: the begin of each, and its figures. At most
    /// [`INTERVALS_MAX`](domain::figures::INTERVALS_MAX).
    pub intervals: Vec<(DateTime<Utc>, Figures)>,
}

#[derive(QueryableByName)]
struct Span {
    #[diesel(sql_type = Timestamptz)]
    as_of: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    first: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    last: Option<DateTime<Utc>>,
}

#[derive(QueryableByName)]
struct Interval {
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    confirmed: i64,
    #[diesel(sql_type = BigInt)]
    waitlisted: i64,
    #[diesel(sql_type = BigInt)]
    promoted: i64,
    #[diesel(sql_type = BigInt)]
    cancelled: i64,
}

/// The event with this id and its sale, in one snapshot.
pub async fn sale_of(connection: &mut AsyncPgConnection, event: EventId) -> Result<Option<Sale>, Error> {
    connection
        .build_transaction()
        .read_only()
        .repeatable_read()
        .run(async |connection| {
            let Some(event) = events::find(connection, event).await? else { return Ok(None) };
            let id = Uuid::from(event.id);
            let Span { as_of, first, last } = diesel::sql_query(
                "select now() as as_of, min(minute) as first, max(minute) as last from event_figures where event_id = $1",
            )
            .bind::<PgUuid, _>(id)
            .get_result(connection)
            .await?;
            let interval_seconds = interval_seconds(first.unwrap_or(as_of), last.unwrap_or(as_of));
            let intervals: Vec<Interval> = diesel::sql_query(
                "select date_bin($2 * interval '1 second', minute, to_timestamp($3)) as at, \
                 sum(confirmed)::bigint as confirmed, sum(waitlisted)::bigint as waitlisted, \
                 sum(promoted)::bigint as promoted, sum(cancelled)::bigint as cancelled \
                 from event_figures where event_id = $1 group by 1 order by 1",
            )
            .bind::<PgUuid, _>(id)
            .bind::<BigInt, _>(interval_seconds)
            .bind::<BigInt, _>(ORIGIN_SECONDS)
            .load(connection)
            .await?;
            let intervals = intervals.into_iter().map(Interval::figures).collect();
            Ok(Some(Sale { event, as_of, interval_seconds, intervals }))
        })
        .await
}

impl Interval {
    fn figures(self) -> (DateTime<Utc>, Figures) {
        let Self { at, confirmed, waitlisted, promoted, cancelled } = self;
        (at, Figures { confirmed, waitlisted, promoted, cancelled })
    }
}
