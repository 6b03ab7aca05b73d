//! The stored history of an event's places.

use crate::events::{EventDecision, EventDecisionKind};
use crate::ids::{RegistrationId, UserId};
use crate::registrations::{Registration, RegistrationStatus};
use crate::tickets::{Price, PriceNumber, Split, TicketType, TypeNumber};

/// The stored history of an event's places. Nothing of it need be sound.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// The highest number that the event has given.
    pub last_number: i64,
    /// All registrations, in any order.
    pub places: Vec<Place>,
    /// The decisions that are stored by themselves, in any order.
    pub decisions: Vec<EventDecision>,
    /// The numbers under which payments were marked or taken back. They move no seat.
    pub payments: Vec<i64>,
    /// The counts of each ticket type.
    pub types: Vec<TypeCounts>,
    /// The counts of each price.
    pub prices: Vec<PriceCounts>,
}

impl History {
    /// Whether any stress test was undone, wholly or in part, after the decision with this number.
    pub fn is_undone_after(&self, number: i64) -> bool {
        self.decisions
            .iter()
            .any(|decision| matches!(decision.kind, EventDecisionKind::SimulationUndone(_)) && decision.number > number)
    }
}

/// A registration, as far as its history goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its id.
    pub id: RegistrationId,
    /// Its person.
    pub user: UserId,
    /// The type of its seats.
    pub ticket_type: TypeNumber,
    /// Its status.
    pub status: RegistrationStatus,
    /// How many seats were booked.
    pub booked: i32,
    /// Its seats by price, as they are now.
    pub split: Split,
    /// The decision that made it.
    pub decision: i64,
    /// The decision that gave it its seats.
    pub seated_decision: Option<i64>,
    /// The decision that cancelled it.
    pub cancelled_decision: Option<i64>,
    /// Whether its seat was passed on by the person who had it: it was never free.
    pub was_passed_on: bool,
}

impl Place {
    /// The place of a registration.
    pub fn of(registration: &Registration, was_passed_on: bool) -> Self {
        Self {
            id: registration.id,
            user: registration.user,
            ticket_type: registration.ticket_type,
            status: registration.status,
            booked: registration.booked,
            split: registration.split.clone(),
            decision: registration.decision,
            seated_decision: registration.seated_decision,
            cancelled_decision: registration.cancelled_decision,
            was_passed_on,
        }
    }

    /// Whether it got its seats in the decision that made it.
    pub(super) fn is_seated_at_once(&self) -> bool {
        self.seated_decision == Some(self.decision)
    }
}

/// The stored counts of a ticket type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypeCounts {
    /// Its number.
    pub number: TypeNumber,
    /// Seats in all.
    pub capacity: i32,
    /// Seats that nobody has.
    pub remaining: i32,
    /// Registrations in line.
    pub waiting: i32,
    /// The seats that they want together.
    pub seats_wanted: i32,
    /// The seats that the head of the line wants; 0 if nobody waits.
    pub head_wants: i32,
}

impl From<&TicketType> for TypeCounts {
    fn from(one: &TicketType) -> Self {
        Self {
            number: one.number,
            capacity: one.seats.capacity(),
            remaining: one.seats.remaining(),
            waiting: one.seats.waiting(),
            seats_wanted: one.seats_wanted,
            head_wants: one.head_wants,
        }
    }
}

/// The stored counts of a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceCounts {
    /// Its number.
    pub number: PriceNumber,
    /// The seats of everybody who stands at it.
    pub standing: i32,
    /// The most seats that may stand at it.
    pub limit: Option<i32>,
}

impl From<&Price> for PriceCounts {
    fn from(price: &Price) -> Self {
        Self { number: price.number, standing: price.standing, limit: price.limit }
    }
}
