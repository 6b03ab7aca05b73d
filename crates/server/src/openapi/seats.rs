//! The counters of an event's seats, the same in every answer that has them.

use domain::events::EventStatus;
use domain::seats::Seats;
use domain::tickets::TypeNumber;
use serde::Serialize;
use utoipa::ToSchema;

use super::formats;

/// The counters of an event's seats.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeatCounts {
    /// All seats: `confirmed` and `seats_remaining` together.
    #[schema(value_type = formats::Seats)]
    capacity: i32,
    /// Seats that nobody has. Some may be left while somebody waits who wants more.
    #[schema(value_type = formats::Seats)]
    seats_remaining: i32,
    /// Seats for whoever books now: none of a ticket type while anybody waits for it.
    #[schema(value_type = formats::Seats)]
    seats_available: i32,
    /// Seats that somebody has, paid or not. Nobody has one at an event that is cancelled.
    #[schema(value_type = formats::Seats)]
    confirmed: i32,
    /// Registrations on the waitlist.
    #[schema(minimum = 0)]
    waiting: i32,
}

/// The counters of one ticket type's seats.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TypeCounts {
    /// The type.
    #[schema(value_type = formats::TicketNumber)]
    number: TypeNumber,
    /// All of its seats.
    #[schema(value_type = formats::Seats)]
    capacity: i32,
    /// Those that nobody has.
    #[schema(value_type = formats::Seats)]
    seats_remaining: i32,
    /// Those for whoever books now: none while anybody waits for the type.
    #[schema(value_type = formats::Seats)]
    seats_available: i32,
    /// Registrations on its waitlist.
    #[schema(minimum = 0)]
    waiting: i32,
}

impl TypeCounts {
    /// The counters of a type with these seats, at an event with this status.
    pub(crate) fn of(number: TypeNumber, seats: Seats, status: EventStatus) -> Self {
        let seats = shown(seats, status);
        Self {
            number,
            capacity: seats.capacity(),
            seats_remaining: seats.remaining(),
            seats_available: seats.available(),
            waiting: seats.waiting(),
        }
    }
}

/// Nobody comes to a cancelled event, whoever had a seat.
fn shown(seats: Seats, status: EventStatus) -> Seats {
    if status == EventStatus::Cancelled { Seats::new(seats.capacity()) } else { seats }
}

impl SeatCounts {
    /// The counters of an event whose types have these seats, and with this status.
    pub(crate) fn of(types: impl Iterator<Item = Seats>, status: EventStatus) -> Self {
        let mut sum = Seats::default();
        let mut available = 0;
        for seats in types.map(|seats| shown(seats, status)) {
            sum += seats;
            available += seats.available();
        }
        Self {
            capacity: sum.capacity(),
            seats_remaining: sum.remaining(),
            seats_available: available,
            confirmed: sum.taken(),
            waiting: sum.waiting(),
        }
    }

    /// The share of the capacity that is taken; `None` of no capacity.
    pub(crate) fn fill_rate(&self) -> Option<f64> {
        (self.capacity > 0).then(|| f64::from(self.confirmed) / f64::from(self.capacity))
    }
}
