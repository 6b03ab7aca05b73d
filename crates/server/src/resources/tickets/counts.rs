//! The counts that go with an event's tickets.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::events::TicketedEvent;
use domain::money::Money;
use domain::tickets::{Price, PriceNumber, TicketType, TypeNumber};
use serde::Serialize;
use utoipa::ToSchema;

use crate::openapi::formats::{Amount, Seats, TicketNumber};

/// The counts of ticket types and prices.
#[derive(Serialize, ToSchema)]
#[schema(as = TicketsCounts)]
pub(super) struct CountsBody {
    ticket_types: Vec<TypeCountsBody>,
    prices: Vec<PriceCountsBody>,
}

/// The counts of a ticket type.
#[derive(Serialize, ToSchema)]
#[schema(as = TicketTypeCounts)]
struct TypeCountsBody {
    #[schema(value_type = TicketNumber)]
    number: TypeNumber,
    #[schema(value_type = Seats)]
    seats_taken: i32,
    #[schema(value_type = Seats)]
    seats_remaining: i32,
    /// Registrations on the waitlist.
    #[schema(minimum = 0)]
    waiting: i32,
    /// The seats that those want.
    #[schema(minimum = 0)]
    seats_wanted: i32,
    /// The seats that the first of them wants: more than remain.
    #[schema(minimum = 0)]
    head_wants: i32,
    /// Since when the first of them waits.
    #[schema(required)]
    waiting_since: Option<DateTime<Utc>>,
    /// Whether anybody has ever registered for it. It can then not be removed.
    is_used: bool,
    money: MoneyBody,
}

/// The counts of a price.
#[derive(Serialize, ToSchema)]
#[schema(as = PriceCounts)]
struct PriceCountsBody {
    #[schema(value_type = TicketNumber)]
    number: PriceNumber,
    /// The seats that stand at it: held, confirmed or waiting.
    #[schema(minimum = 0)]
    seats_standing: i32,
    /// Whether anybody has ever registered at it. Its amount then stays.
    is_used: bool,
}

/// Money in the minor unit of the event's currency.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Money)]
pub(crate) struct MoneyBody {
    /// What was paid, refunds not subtracted.
    #[schema(value_type = Amount)]
    taken: i64,
    /// What is asked of those who hold seats and have not paid.
    #[schema(value_type = Amount)]
    held: i64,
    /// The part of what was paid that is owed back.
    #[schema(value_type = Amount)]
    owed: i64,
}

impl From<Money> for MoneyBody {
    fn from(money: Money) -> Self {
        let Money { taken, held, owed } = money;
        Self { taken, held, owed }
    }
}

impl CountsBody {
    pub(super) fn of(event: &TicketedEvent, waiting_since: &HashMap<TypeNumber, DateTime<Utc>>) -> Self {
        let TicketedEvent { event, tickets } = event;
        let of_type = |one: &TicketType| TypeCountsBody {
            number: one.number,
            seats_taken: one.seats.taken(),
            seats_remaining: one.seats.remaining(),
            waiting: one.seats.waiting(),
            seats_wanted: one.seats_wanted,
            head_wants: one.head_wants,
            waiting_since: waiting_since.get(&one.number).copied(),
            is_used: one.is_used,
            money: event.status.money(one.money).into(),
        };
        let of_price = |price: &Price| PriceCountsBody {
            number: price.number,
            seats_standing: price.standing,
            is_used: price.is_used,
        };
        Self {
            ticket_types: tickets.types.iter().map(of_type).collect(),
            prices: tickets.prices.iter().map(of_price).collect(),
        }
    }
}
