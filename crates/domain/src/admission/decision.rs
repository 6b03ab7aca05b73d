//! The decision over a batch.

use thiserror::Error;

use crate::commands::Decided;
use crate::events::{Event, EventDecision};
use crate::figures::Figures;
use crate::ids::{OrderId, RegistrationId, UserId};
use crate::news::News;
use crate::registrations::{Payment, Registration};
use crate::seats::Miscounted;
use crate::tickets::Tickets;

/// The batch's answers, and the changes to write before they are sent.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The answers to the first commands, in their order. The others, if any, are for the next batch: this one promotes
    /// as many people as one may. There is one answer at least.
    pub answers: Vec<Decided>,
    /// The event after the batch.
    pub event: Event,
    /// Its tickets after the batch.
    pub tickets: Tickets,
    /// New registrations, as they are after the batch.
    pub inserted: Vec<Registration>,
    /// Existing registrations that the batch changes.
    pub updated: Vec<Registration>,
    /// Simulated registrations to delete.
    pub deleted: Vec<RegistrationId>,
    /// Payments that the batch marked, or took back.
    pub payments: Vec<Payment>,
    /// New entries of the event's history.
    pub decisions: Vec<EventDecision>,
    /// Changes of the event as a whole, for the audit log.
    pub changes: Vec<Change>,
    /// Registrations that were taken away, for the audit log.
    pub removals: Vec<Removed>,
    /// What the batch adds to the figures of the minute. Simulated buyers are left out.
    pub figures: Figures,
    /// The news that people and other systems must hear of.
    pub news: News,
}

/// A change of the event as a whole.
#[derive(Debug, Clone)]
pub struct Change {
    /// The order that made it.
    pub order: OrderId,
    /// The account that sent it.
    pub by: Option<UserId>,
    /// The event before.
    pub before: Event,
    /// The event after.
    pub after: Event,
    /// Its tickets before and after, if they changed.
    pub tickets: Option<Box<(Tickets, Tickets)>>,
}

/// A registration that the people who run the event took away.
#[derive(Debug, Clone)]
pub struct Removed {
    /// The order that took it away.
    pub order: OrderId,
    /// The account that sent it.
    pub by: Option<UserId>,
    /// The registration after.
    pub registration: Registration,
}

/// The stored rows contradict each other: a promise is broken, or the caller looked up too little. Nothing may be
/// written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Inconsistent {
    /// The event's row counts other seats than the rows of its ticket types.
    #[error("the event's row counts other seats than the rows of its ticket types")]
    SumsDiffer,
    /// A type's row counts more registrations in line than the lookup found at its head.
    #[error("a ticket type's row counts more waiting registrations than there are")]
    LineTooShort,
    /// A registration is of a type or at a price that the event does not have.
    #[error("a registration is of a type or at a price that the event does not have")]
    UnknownTicket,
    /// A price's row counts fewer seats than stand at it.
    #[error("a price's row counts fewer seats than stand at it")]
    PriceMiscounted,
    /// The event's row counts more simulated registrations than the lookup found.
    #[error("the event's row counts more simulated registrations than there are")]
    SimulatedTooFew,
    /// A type's row counts fewer taken seats or waiting registrations than the lookups found.
    #[error(transparent)]
    Miscounted(#[from] Miscounted),
}
