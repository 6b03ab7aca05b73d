//! Places in line.

use domain::commands::{Done, Outcome};
use domain::events::TicketedEvent;
use domain::tickets::{TicketType, TypeNumber};

/// A place in line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The position, 1 being next.
    pub position: i64,
    /// How many seats those before it want.
    pub seats_ahead: i64,
}

impl Place {
    /// The place of somebody who has joined the line of a type at this position; `None` if only the line itself tells
    /// how many seats those before it want. Whoever joins an empty line has nobody before.
    pub fn on_joining(position: i32, ticket_type: Option<&TicketType>) -> Option<Self> {
        let position = i64::from(position);
        let is_known = position == 1 || ticket_type.is_some_and(|one| one.seats_per_registration == 1);
        is_known.then_some(Self { position, seats_ahead: position - 1 })
    }
}

/// Somebody who has joined a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Joined {
    /// The number of the registration.
    pub decision: i64,
    /// The ticket type that it waits for.
    pub ticket_type: TypeNumber,
    /// Its place then. What has changed since shows in the next snapshot.
    pub place: Place,
}

impl Joined {
    /// Whoever has joined a line by this command and has a place that is known: see [`Place::on_joining`].
    pub(crate) fn by(outcome: &Outcome, after: &TicketedEvent) -> Option<Self> {
        let Ok(Done::Registered { registration, position: Some(position), .. }) = outcome else { return None };
        let ticket_type = registration.ticket_type;
        let place = Place::on_joining(*position, after.tickets.ticket_type(ticket_type))?;
        Some(Self { decision: registration.decision, ticket_type, place })
    }
}
