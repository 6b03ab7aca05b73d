//! The figures of a sale, for its organizer. [`crate::settlement`] writes them with each decision, so that reading them
//! does not slow a sale.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::events::Event;
use domain::figures::Figures;
use domain::ids::EventId;
use domain::tickets::Tickets;
use domain::zones::Zone;
use uuid::Uuid;

use crate::errors::Error;
use crate::{events, tickets};

/// An event and the figures of its sale at one moment.
#[derive(Debug, Clone)]
pub struct Sale {
    /// The event.
    pub event: Event,
    /// Its tickets.
    pub tickets: Tickets,
    /// The moment, by the database's clock.
    pub as_of: DateTime<Utc>,
    /// The length of each interval.
    pub interval_seconds: i64,
    /// The begin and the figures of each interval in which something happened, the oldest first. At most
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

/// Sums each interval by itself, as a range of the primary key. The planner would size a grouping by the statistics,
/// and sort half a million minutes on disk.
const INTERVALS: &str = "\
    select interval.at, sums.* from unnest($2, $3) as interval (at, until), \
    lateral (select sum(confirmed) as confirmed, sum(waitlisted) as waitlisted, sum(promoted) as promoted, \
    sum(cancelled) as cancelled from event_figures \
    where event_id = $1 and minute >= interval.at and minute < interval.until) sums \
    where sums.confirmed is not null order by interval.at";

/// The event with this id and its sale, in one snapshot.
pub async fn sale_of(connection: &mut AsyncPgConnection, event: EventId) -> Result<Option<Sale>, Error> {
    connection
        .build_transaction()
        .read_only()
        .repeatable_read()
        .run(async |connection| {
            let Some(event) = events::find(connection, event).await? else { return Ok(None) };
            let id = Uuid::from(event.id);
            let tickets = tickets::of_event(connection, event.id).await?;
            let Span { as_of, first, last } = diesel::sql_query(
                "select now() as as_of, min(minute) as first, max(minute) as last from event_figures where event_id = $1",
            )
            .bind::<PgUuid, _>(id)
            .get_result(connection)
            .await?;
            let (first, last) = (first.unwrap_or(as_of), last.unwrap_or(as_of));
            let (interval_seconds, bounds) = domain::figures::intervals(first, last, Zone::of(&event.details));
            let (begins, ends): (Vec<_>, Vec<_>) = bounds.into_iter().unzip();
            let intervals: Vec<Interval> = diesel::sql_query(INTERVALS)
                .bind::<PgUuid, _>(id)
                .bind::<Array<Timestamptz>, _>(begins)
                .bind::<Array<Timestamptz>, _>(ends)
                .load(connection)
                .await?;
            let intervals = intervals.into_iter().map(Interval::figures).collect();
            Ok(Some(Sale { event, tickets, as_of, interval_seconds, intervals }))
        })
        .await
}

impl Interval {
    fn figures(self) -> (DateTime<Utc>, Figures) {
        let Self { at, confirmed, waitlisted, promoted, cancelled } = self;
        (at, Figures { confirmed, waitlisted, promoted, cancelled })
    }
}
