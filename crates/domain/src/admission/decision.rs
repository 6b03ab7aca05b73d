//! The decision over a batch.

use thiserror::Error;

use crate::commands::Decided;
use crate::events::{Event, EventDecision};
use crate::figures::Figures;
use crate::ids::{OrderId, RegistrationId, UserId};
use crate::registrations::Registration;
use crate::seats::Miscounted;

/// The batch's answers, and the changes to write before they are sent.
#[derive(Debug, Clone)]
pub struct Decision {
    /// One answer for each command, in their order.
    pub answers: Vec<Decided>,
    /// The event after the batch.
    pub event: Event,
    /// New registrations, as they are after the batch.
    pub inserted: Vec<Registration>,
    /// Existing registrations that the batch changes.
    pub updated: Vec<Registration>,
    /// Simulated registrations to delete.
    pub deleted: Vec<RegistrationId>,
    /// New entries of the event's history.
    pub decisions: Vec<EventDecision>,
    /// Changes of the event as a whole, for the audit log.
    pub changes: Vec<Change>,
    /// Registrations that were taken away, for the audit log.
    pub removals: Vec<Removed>,
    /// What the batch adds to the figures of the minute. Simulated buyers are left out.
    pub figures: Figures,
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
    /// The event's row counts more people in line than the lookup found at its head.
    #[error("the event's row counts more waiting people than there are")]
    LineTooShort,
    /// The event's row counts more simulated registrations than the lookup found.
    #[error("the event's row counts more simulated registrations than there are")]
    SimulatedTooFew,
    /// The event's row counts fewer taken seats or waiting people than the lookups found.
    #[error(transparent)]
    Miscounted(#[from] Miscounted),
}
