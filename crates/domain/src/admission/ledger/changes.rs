//! Changes of the event as a whole: edits, publishing, cancelling, and its handing over to another organizer.

use super::Ledger;
use crate::admission::decision::Inconsistent;
use crate::commands::{Authority, Order, Outcome, Refusal};
use crate::events::{EventChanges, EventDecisionKind, EventDetails, EventStatus};
use crate::ids::UserId;
use crate::limits::{EDITS_PER_EVENT_MAX, EVENTS_PER_ORGANIZER_MAX, HAND_OVER_VERSION_MAX, PROMOTIONS_PER_BATCH_MAX};
use crate::text::InvalidField;
use crate::tickets::{TicketType, TypeNumber};

impl Ledger {
    /// Whether the order's sender still has the right by which it was sent. The event may have been handed over since,
    /// also by an order of the same batch.
    pub(super) fn is_entitled(&self, order: &Order) -> bool {
        match order.authority {
            Authority::Any => true,
            Authority::Organizer => order.by == Some(self.event.organizer),
        }
    }

    pub(super) fn edit(
        &mut self,
        changes: &EventChanges,
        expected_version: Option<i64>,
    ) -> Result<Outcome, Inconsistent> {
        let details = match changes.applied_to(&self.event.details) {
            Ok(details) => details,
            Err(invalid) => return Ok(Err(Refusal::InvalidEdit(invalid))),
        };
        let only = self.tickets.only_type();
        let resized = match (changes.capacity, only) {
            (None, _) => None,
            (Some(capacity), Some(only)) => (capacity != only.seats.capacity()).then_some((only.number, capacity)),
            (Some(_), None) => return Ok(Err(Refusal::SeveralTypes)),
        };
        if details == self.event.details && resized.is_none() {
            // The edit holds already. RFC 9110, section 13.1.1, allows success here even if the version is stale.
            return Ok(Ok(self.changed()));
        }
        if let Err(refusal) = self.may_edit(&details, resized, expected_version) {
            return Ok(Err(refusal));
        }
        self.event.details = details;
        if let Some((ticket_type, capacity)) = resized {
            self.resize(ticket_type, capacity)?;
        }
        self.edited();
        Ok(Ok(self.changed()))
    }

    /// Gives a type another capacity, which the caller has allowed. The line moves.
    pub(super) fn resize(&mut self, ticket_type: TypeNumber, capacity: i32) -> Result<(), Inconsistent> {
        let one = self.tickets.ticket_type_mut(ticket_type).ok_or(Inconsistent::UnknownTicket)?;
        one.seats.set_capacity(capacity)?;
        self.record(EventDecisionKind::Capacity { ticket_type, seats: capacity });
        self.move_line(ticket_type)
    }

    /// Refuses a capacity below what is taken, or below the seats of one registration.
    pub(super) fn may_resize(&self, of: &TicketType, capacity: i32) -> Result<(), Refusal> {
        let taken = of.seats.taken();
        if capacity < taken {
            return Err(Refusal::CapacityBelowTaken { ticket_type: of.number, taken });
        }
        let seats = of.seats_per_registration;
        if seats > 1 && capacity < seats {
            return Err(Refusal::CapacityBelowParty { seats });
        }
        Ok(())
    }

    pub(super) fn edited(&mut self) {
        self.event.edit_version += 1;
        self.event.updated_at = self.now;
    }

    /// Refuses an edit of another version than the sender saw, and one beyond `most`.
    pub(super) fn may_take_edit(&self, expected_version: Option<i64>, most: i64) -> Result<(), Refusal> {
        if expected_version.is_some_and(|version| version != self.event.edit_version) {
            return Err(Refusal::StaleEdit { current_version: self.event.edit_version });
        }
        // The version began at 1. A publication or a cancellation counts as well, and is never refused for that.
        if self.event.edit_version > most {
            return Err(Refusal::TooManyEdits);
        }
        Ok(())
    }

    fn may_edit(
        &self,
        details: &EventDetails,
        resized: Option<(TypeNumber, i32)>,
        expected_version: Option<i64>,
    ) -> Result<(), Refusal> {
        self.may_take_edit(expected_version, EDITS_PER_EVENT_MAX)?;
        if details.has_times_of(&self.event.details) && resized.is_none() {
            return Ok(());
        }
        self.still_changes()?;
        if details.ends_at != self.event.details.ends_at && details.ends_at <= self.now {
            return Err(Refusal::InvalidEdit(InvalidField::new("ends_at", "must be in the future")));
        }
        let Some((number, capacity)) = resized else { return Ok(()) };
        if self.event.is_under_test() {
            return Err(Refusal::EventUnderTest);
        }
        let Some(ticket_type) = self.tickets.ticket_type(number) else { return Ok(()) };
        self.may_resize(ticket_type, capacity)?;
        if ticket_type.seats.promotions_at(capacity) > PROMOTIONS_PER_BATCH_MAX {
            let capacity_at_most = ticket_type.seats.taken() + PROMOTIONS_PER_BATCH_MAX;
            return Err(Refusal::TooManyPromotions { capacity_at_most });
        }
        Ok(())
    }

    /// Moves the event to its next status. Moving it to its present one changes nothing.
    pub(super) fn move_to(&mut self, status: EventStatus, kind: EventDecisionKind) -> Outcome {
        if self.event.status == status {
            return Ok(self.changed());
        }
        self.still_changes()?;
        self.event.status = status;
        self.record(kind);
        self.edited();
        Ok(self.changed())
    }

    /// Hands the event over. Its organizer gets it again without a change. A hidden copy stays with its test.
    pub(super) fn hand_over(&mut self, to: UserId, expected_version: Option<i64>) -> Outcome {
        if self.event.rehearsal_of.is_some() {
            return Err(Refusal::EventNotPublished { organizer: self.event.organizer });
        }
        if self.event.organizer == to {
            return Ok(self.changed());
        }
        self.may_take_edit(expected_version, HAND_OVER_VERSION_MAX)?;
        if self.receivers_in_use.contains(&to) {
            return Err(Refusal::ReceiverInUse);
        }
        let receiver = self.receivers.get(&to).filter(|receiver| receiver.is_active && receiver.role.may_run_events());
        let receiver = receiver.ok_or(Refusal::CannotRunEvents)?;
        if receiver.events >= EVENTS_PER_ORGANIZER_MAX {
            return Err(Refusal::RunsTooManyEvents);
        }
        self.event.organizer = to;
        self.edited();
        Ok(self.changed())
    }
}
