//! Seats that are passed on: offered by their person through a link, and taken by somebody else.
//!
//! An offer changes nothing. Its taker gets a confirmed registration of one seat, and the giver has a seat less, side by
//! side: the seat is never free, so the line does not move.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::ids::RegistrationId;
use crate::limits::TRANSFER_HOURS;
use crate::tickets::PriceNumber;

/// An offer to pass a seat on, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// The registration that has the seat.
    pub registration: RegistrationId,
    /// The price of the seat.
    pub price: PriceNumber,
    /// The end of the offer.
    pub expires_at: DateTime<Utc>,
    /// Whether the giver has taken it back, or has no active account any more.
    pub is_withdrawn: bool,
    /// Whether the event's organizer allows passing on.
    pub is_allowed: bool,
}

impl Offer {
    /// The end of an offer that is made now, at an event with this end: after [`TRANSFER_HOURS`], and not after the
    /// event. `None` if the event is over.
    pub fn end(event_ends_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        (now < event_ends_at).then(|| (now + TimeDelta::hours(TRANSFER_HOURS)).min(event_ends_at))
    }
}

/// The state of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TransferState {
    /// It can be taken.
    Open,
    /// Somebody has taken it.
    Taken,
    /// The giver has taken it back.
    Withdrawn,
    /// Its time is over.
    Expired,
}
