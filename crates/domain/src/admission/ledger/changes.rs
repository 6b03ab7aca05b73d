//! Changes of the event as a whole: edits, publishing, cancelling, and its handing over to another organizer.

use super::Ledger;
use crate::admission::decision::Inconsistent;
use crate::commands::{Authority, Order, Outcome, Refusal};
use crate::events::{EventChanges, EventDecisionKind, EventDetails, EventStatus};
use crate::ids::UserId;
use crate::limits::{EDITS_PER_EVENT_MAX, EVENTS_PER_ORGANIZER_MAX, HAND_OVER_VERSION_MAX};
use crate::text::InvalidField;

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
        let capacity = changes.capacity.unwrap_or(self.event.seats.capacity());
        if details == self.event.details && capacity == self.event.seats.capacity() {
            // The edit holds already. RFC 9110, section 13.1.1, allows success here even if the version is stale.
            return Ok(Ok(self.changed()));
        }
        if let Err(refusal) = self.may_edit(&details, capacity, expected_version) {
            return Ok(Err(refusal));
        }
        self.event.details = details;
        if capacity != self.event.seats.capacity() {
            self.promotions_left -= self.event.seats.promotions_at(capacity);
            self.event.seats.set_capacity(capacity)?;
            self.record(EventDecisionKind::Capacity(capacity));
            self.promote()?;
        }
        self.edited();
        Ok(Ok(self.changed()))
    }

    /// Refuses an edit of another version than the sender saw, and one beyond `most`.
    fn may_take_edit(&self, expected_version: Option<i64>, most: i64) -> Result<(), Refusal> {
        if expected_version.is_some_and(|version| version != self.event.edit_version) {
            return Err(Refusal::StaleEdit { current_version: self.event.edit_version });
        }
        // The version began at 1. A publication or a cancellation counts as well, and is never refused for that.
        if self.event.edit_version > most {
            return Err(Refusal::TooManyEdits);
        }
        Ok(())
    }

    fn may_edit(&self, details: &EventDetails, capacity: i32, expected_version: Option<i64>) -> Result<(), Refusal> {
        self.may_take_edit(expected_version, EDITS_PER_EVENT_MAX)?;
        let same_times = details.has_times_of(&self.event.details);
        if same_times && capacity == self.event.seats.capacity() {
            return Ok(());
        }
        self.still_changes()?;
        if details.ends_at != self.event.details.ends_at && details.ends_at <= self.now {
            return Err(Refusal::InvalidEdit(InvalidField::new("ends_at", "must be in the future")));
        }
        if capacity == self.event.seats.capacity() {
            return Ok(());
        }
        if self.event.is_under_test() {
            return Err(Refusal::EventUnderTest);
        }
        let confirmed = self.event.seats.taken();
        if capacity < confirmed {
            return Err(Refusal::CapacityBelowConfirmed { confirmed });
        }
        if self.event.seats.promotions_at(capacity) > self.promotions_left {
            let capacity_at_most = confirmed + self.promotions_left;
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
