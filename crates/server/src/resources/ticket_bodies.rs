//! Ticket types and prices as everybody sees them.

use chrono::{DateTime, Utc};
use domain::events::EventStatus;
use domain::tickets::{Price, PriceNumber, TicketType, Tickets, TypeNumber};
use serde::Serialize;
use utoipa::ToSchema;

use crate::openapi::formats::{PriceAmount, SeatCount, TicketName, TicketNumber};
use crate::openapi::seats::TypeCounts;

/// A kind of seat, with its own waitlist.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TicketType)]
pub(crate) struct TicketTypeBody {
    #[serde(flatten)]
    counts: TypeCounts,
    #[schema(value_type = TicketName)]
    name: String,
    /// The most seats of one registration.
    #[schema(value_type = SeatCount)]
    seats_per_registration: i32,
    /// The prices that everybody can see: those without a code that are not closed.
    prices: Vec<PriceBody>,
}

impl TicketTypeBody {
    /// The types of an event with this status.
    pub(crate) fn all(tickets: &Tickets, status: EventStatus) -> Vec<Self> {
        let shown = |price: &&Price| price.is_public() && !price.is_closed;
        let body = |one: &TicketType| Self {
            counts: TypeCounts::of(one.number, one.seats, status),
            name: one.name.clone(),
            seats_per_registration: one.seats_per_registration,
            prices: tickets.prices_of(one.number).filter(shown).map(PriceBody::of).collect(),
        };
        tickets.types.iter().map(body).collect()
    }
}

/// A price of a ticket type.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Price)]
pub(crate) struct PriceBody {
    #[schema(value_type = TicketNumber)]
    number: PriceNumber,
    #[schema(value_type = TicketName)]
    name: String,
    #[schema(value_type = PriceAmount)]
    amount: i64,
    /// Before then, it cannot be booked.
    #[schema(required)]
    opens_at: Option<DateTime<Utc>>,
    /// From then on, it cannot be booked.
    #[schema(required)]
    closes_at: Option<DateTime<Utc>>,
    /// How many seats are left at it. Null if it has no limit.
    #[schema(required, minimum = 0)]
    seats_left: Option<i32>,
}

impl PriceBody {
    fn of(price: &Price) -> Self {
        Self {
            number: price.number,
            name: price.name.clone(),
            amount: price.amount,
            opens_at: price.opens_at,
            closes_at: price.closes_at,
            seats_left: price.left(),
        }
    }
}

/// A price that a code unlocks.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UnlockedPrice)]
pub(crate) struct UnlockedPriceBody {
    #[schema(value_type = TicketNumber)]
    ticket_type: TypeNumber,
    #[serde(flatten)]
    price: PriceBody,
}

impl UnlockedPriceBody {
    pub(crate) fn of(price: &Price) -> Self {
        Self { ticket_type: price.ticket_type, price: PriceBody::of(price) }
    }
}
