//! The counters of an event's seats, the same in every answer that has them.

use serde::Serialize;
use utoipa::ToSchema;

use super::formats;

/// The counters of an event's seats.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeatCounts {
    /// All seats: `confirmed` and `seats_remaining` together.
    #[schema(value_type = formats::Seats)]
    capacity: i32,
    /// Seats that are available.
    #[schema(value_type = formats::Seats)]
    seats_remaining: i32,
    /// People who have a seat.
    #[schema(value_type = formats::Seats)]
    confirmed: i32,
    /// People on the waitlist. 0 while seats are available.
    #[schema(minimum = 0)]
    waiting: i32,
}

impl From<domain::seats::Seats> for SeatCounts {
    fn from(seats: domain::seats::Seats) -> Self {
        Self {
            capacity: seats.capacity(),
            seats_remaining: seats.remaining(),
            confirmed: seats.taken(),
            waiting: seats.waiting(),
        }
    }
}
