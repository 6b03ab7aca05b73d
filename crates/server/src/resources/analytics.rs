//! How the sale of an event goes, for those who run it.

pub(crate) mod describe;

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use domain::figures::Figures;
use domain::ids::EventId;
use repository::figures::{self, Sale};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::extractors::EventPath;
use crate::http::problems::Problem;
use crate::openapi::formats::{Seats, Share};
use crate::services::cache::ReadFailed;
use crate::services::sales_figures::SalesFigures;
use crate::state::State;

/// How the sale of an event goes. While its places are simulated nobody has a seat or waits.
#[derive(Serialize, ToSchema)]
#[schema(as = Analytics)]
struct Body {
    event_id: EventId,
    /// Of which moment this is, by the database's clock.
    as_of: DateTime<Utc>,
    /// Seats in all.
    #[schema(value_type = Seats)]
    capacity: i32,
    /// Seats that nobody has.
    #[schema(value_type = Seats)]
    seats_remaining: i32,
    /// People who have a seat.
    #[schema(value_type = Seats)]
    confirmed: i32,
    /// People in line.
    #[schema(minimum = 0)]
    waiting: i32,
    /// How often somebody has given a place up, or the waiting for one.
    #[schema(minimum = 0)]
    cancelled: i64,
    /// Of the capacity, how much is taken; null where there is none.
    #[schema(required, value_type = Option<Share>)]
    fill_rate: Option<f64>,
    /// How long each interval is: the server chooses.
    #[schema(minimum = 60)]
    interval_seconds: i64,
    /// Intervals in which something happened, the oldest first.
    bookings: Vec<Bookings>,
}

/// What happened in one interval.
#[derive(Serialize, ToSchema)]
#[schema(as = AnalyticsInterval)]
struct Bookings {
    /// Its begin.
    at: DateTime<Utc>,
    #[serde(flatten)]
    figures: FiguresBody,
}

/// How often what happened.
#[derive(Serialize, ToSchema)]
#[schema(as = AnalyticsFigures)]
struct FiguresBody {
    /// People who got a seat when they came.
    #[schema(minimum = 0)]
    confirmed: i64,
    /// People who got a place in line.
    #[schema(minimum = 0)]
    waitlisted: i64,
    /// People who got a seat after they had waited.
    #[schema(minimum = 0)]
    promoted: i64,
    /// Places that were given up, or the waiting for one.
    #[schema(minimum = 0)]
    cancelled: i64,
}

impl From<Sale> for Body {
    fn from(sale: Sale) -> Self {
        let Sale { event, as_of, interval_seconds, intervals } = sale;
        // Who stands at an event under test is simulated, and counts in no figure that claims to be real; the intervals
        // hold people only.
        let (confirmed, waiting) = if event.is_under_test() { (0, 0) } else { (event.confirmed(), event.waiting) };
        let fill_rate = (event.capacity > 0).then(|| f64::from(confirmed) / f64::from(event.capacity));
        Self {
            event_id: event.id,
            as_of,
            capacity: event.capacity,
            seats_remaining: event.capacity - confirmed,
            confirmed,
            waiting,
            cancelled: intervals.iter().map(|(_, figures)| figures.cancelled).sum(),
            fill_rate,
            interval_seconds,
            bookings: intervals.into_iter().map(|(at, figures)| Bookings { at, figures: figures.into() }).collect(),
        }
    }
}

impl From<Figures> for FiguresBody {
    fn from(figures: Figures) -> Self {
        let Figures { confirmed, waitlisted, promoted, cancelled } = figures;
        Self { confirmed, waitlisted, promoted, cancelled }
    }
}

/// How the sale of an event goes that the caller runs.
pub(crate) async fn show(
    state: Data<State>,
    caller: Caller,
    EventPath(id): EventPath,
) -> Result<HttpResponse, Problem> {
    let shown = state.sales_figures.of(id, async || read(&state, id).await).await?;
    let own = shown.filter(|shown| caller.may_run_events_of(shown.organizer)).ok_or(Problem::NotFound("event"))?;
    Ok(HttpResponse::Ok().content_type("application/json").body(own.body.clone()))
}

async fn read(state: &State, id: EventId) -> Result<Option<Arc<SalesFigures>>, ReadFailed> {
    let sale =
        state.pool.run(async |connection| figures::sale_of(connection, id).await).await.map_err(ReadFailed::of)?;
    let Some(sale) = sale.filter(|sale| sale.event.rehearsal_of.is_none()) else { return Ok(None) };
    let organizer = sale.event.organizer;
    Ok(Some(Arc::new(SalesFigures { organizer, body: ReadFailed::json(&Body::from(sale))? })))
}
