//! Sales figures of an event, for the people who run it.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data};
use chrono::{DateTime, Utc};
use domain::events::EventStatus;
use domain::figures::Figures;
use domain::ids::EventId;
use domain::money::Currency;
use domain::tickets::{TicketType, Tickets, TypeNumber};
use repository::AsyncPgConnection;
use repository::check_ins::{self, Counts};
use repository::figures::{self, Sale};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::extractors::EventPath;
use crate::http::problems::Problem;
use crate::openapi::formats::{CurrencyCode, Share, TicketName, TicketNumber};
use crate::openapi::seats::SeatCounts;
use crate::resources::own_events::run_by;
use crate::resources::tickets::MoneyBody;
use crate::services::cache::ReadFailed;
use crate::state::State;

/// The sales figures of an event. Simulated buyers do not count.
#[derive(Serialize, ToSchema)]
#[schema(as = Analytics)]
struct Body {
    event_id: EventId,
    /// The time of the figures, by the database's clock.
    as_of: DateTime<Utc>,
    #[serde(flatten)]
    seats: SeatCounts,
    /// The currency of all amounts. Null if everything is free.
    #[schema(required, value_type = Option<CurrencyCode>)]
    currency: Option<&'static str>,
    money: MoneyBody,
    /// The ticket types, by their numbers.
    ticket_types: Vec<TypeSales>,
    /// Cancelled bookings, and people who left the waitlist.
    #[schema(minimum = 0)]
    cancelled: i64,
    /// Who has come. Null until the first ticket is checked in.
    #[schema(required)]
    arrivals: Option<Arrivals>,
    /// The share of the capacity that is taken. Null if the capacity is 0.
    #[schema(required, value_type = Option<Share>)]
    fill_rate: Option<f64>,
    /// The length of each interval. The server chooses it. Days and weeks are those of the event's time zone: one in
    /// which clocks change is an hour shorter or longer.
    #[schema(minimum = 60)]
    interval_seconds: i64,
    /// The intervals with any change, the oldest first.
    bookings: Vec<Bookings>,
}

/// Who has come. After the event, the tickets that are not checked in are no-shows.
#[derive(Serialize, ToSchema)]
#[schema(as = AnalyticsArrivals)]
struct Arrivals {
    /// The tickets that let in.
    #[schema(minimum = 0)]
    tickets: i64,
    /// Those that are checked in.
    #[schema(minimum = 0)]
    admitted: i64,
}

impl From<Counts> for Arrivals {
    fn from(counts: Counts) -> Self {
        Self { tickets: counts.tickets.values().sum(), admitted: counts.admitted.values().sum() }
    }
}

/// The sale of one ticket type.
#[derive(Serialize, ToSchema)]
#[schema(as = AnalyticsTicketType)]
struct TypeSales {
    #[schema(value_type = TicketNumber)]
    number: TypeNumber,
    #[schema(value_type = TicketName)]
    name: String,
    #[serde(flatten)]
    seats: SeatCounts,
    /// The seats that the waitlist wants.
    #[schema(minimum = 0)]
    seats_wanted: i32,
    money: MoneyBody,
}

/// The changes in one interval.
#[derive(Serialize, ToSchema)]
#[schema(as = AnalyticsInterval)]
struct Bookings {
    /// The start of the interval.
    at: DateTime<Utc>,
    #[serde(flatten)]
    figures: FiguresBody,
}

/// Numbers of changes.
#[derive(Serialize, ToSchema)]
#[schema(as = AnalyticsFigures)]
struct FiguresBody {
    /// People who got a seat when they booked.
    #[schema(minimum = 0)]
    confirmed: i64,
    /// People who joined the waitlist.
    #[schema(minimum = 0)]
    waitlisted: i64,
    /// People who got a seat from the waitlist.
    #[schema(minimum = 0)]
    promoted: i64,
    /// Cancelled bookings, and people who left the waitlist.
    #[schema(minimum = 0)]
    cancelled: i64,
}

impl Body {
    fn of(sale: Sale, arrivals: Option<Counts>) -> Self {
        let Sale { event, tickets, as_of, interval_seconds, intervals } = sale;
        // The buyers at an event under test are simulated and count in no figure of people. The intervals hold people
        // only.
        let tickets = if event.is_under_test() {
            let real = |one: &TicketType| TicketType {
                money: one.money,
                ..TicketType::new(one.number, one.name.clone(), one.seats.capacity(), one.seats_per_registration)
            };
            Tickets { types: tickets.types.iter().map(real).collect(), prices: tickets.prices }
        } else {
            tickets
        };
        let seats = SeatCounts::of(tickets.types.iter().map(|one| one.seats), event.status);
        let of_type = |one: &TicketType| TypeSales {
            number: one.number,
            name: one.name.clone(),
            seats: SeatCounts::of([one.seats].into_iter(), event.status),
            seats_wanted: if event.status == EventStatus::Cancelled { 0 } else { one.seats_wanted },
            money: event.status.money(one.money).into(),
        };
        Self {
            event_id: event.id,
            as_of,
            arrivals: arrivals.map(Arrivals::from),
            fill_rate: seats.fill_rate(),
            seats,
            currency: event.terms.currency.map(Currency::code),
            money: event.status.money(tickets.money()).into(),
            ticket_types: tickets.types.iter().map(of_type).collect(),
            cancelled: intervals.iter().map(|(_, figures)| figures.cancelled).sum(),
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
    // The cached figures may be from before the event was handed over.
    run_by(&state, caller, id).await?;
    let shown = state.sales_figures.of(id, async || read(&state, id).await).await?;
    let body = shown.ok_or(Problem::NotFound("event"))?;
    Ok(HttpResponse::Ok().content_type("application/json").body(body))
}

async fn read(state: &State, id: EventId) -> Result<Option<Bytes>, ReadFailed> {
    let read = async |connection: &mut AsyncPgConnection| {
        let Some(sale) = figures::sale_of(connection, id).await? else { return Ok(None) };
        // Tickets are counted one by one, which no sale should wait for.
        let has_begun = check_ins::have_begun(connection, id).await?;
        let arrivals =
            if has_begun { Some(check_ins::counts(connection, id, sale.event.is_under_test()).await?) } else { None };
        Ok(Some((sale, arrivals)))
    };
    let found = state.pool.run(read).await.map_err(ReadFailed::of)?;
    found.map(|(sale, arrivals)| ReadFailed::json(&Body::of(sale, arrivals))).transpose()
}
