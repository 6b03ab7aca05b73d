//! The counters of an event's seats, the same in every answer that has them.

use domain::events::EventStatus;
use domain::seats::Seats;
use serde::Serialize;
use utoipa::ToSchema;

use super::formats;

/// The counters of an event's seats.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeatCounts {
    /// All seats: `confirmed` and `seats_remaining` together.
    #[schema(value_type = formats::Seats)]
    capacity: i32,
    /// Seats that nobody has.
    #[schema(value_type = formats::Seats)]
    seats_remaining: i32,
    /// People who have a seat. Nobody has one at an event that is cancelled.
    #[schema(value_type = formats::Seats)]
    confirmed: i32,
    /// People on the waitlist. 0 while seats are available.
    #[schema(minimum = 0)]
    waiting: i32,
}

impl SeatCounts {
    /// The counters of an event with these seats and this status. Nobody comes to a cancelled event, whoever had a
    /// seat.
    pub(crate) fn of(seats: Seats, status: EventStatus) -> Self {
        let seats = if status == EventStatus::Cancelled { Seats::new(seats.capacity()) } else { seats };
        Self {
            capacity: seats.capacity(),
            seats_remaining: seats.remaining(),
            confirmed: seats.taken(),
            waiting: seats.waiting(),
        }
    }

    /// The share of the capacity that is taken; `None` of no capacity.
    pub(crate) fn fill_rate(&self) -> Option<f64> {
        (self.capacity > 0).then(|| f64::from(self.confirmed) / f64::from(self.capacity))
    }
}
