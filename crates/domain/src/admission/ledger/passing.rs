//! Heads of lines that are passed over, because they have left free seats idle for longer than the event's patience.

use super::bookings::Booking;
use super::{Index, Ledger};
use crate::admission::decision::Inconsistent;
use crate::commands::{Done, Outcome};
use crate::ids::{RegistrationId, UserId};
use crate::limits::PASSED_PER_PERSON_MAX;
use crate::registrations::{Cancellation, Registration};

impl Ledger {
    /// Cancels the head of a line that is to be passed over. Its person stands at the end of the line with a new
    /// registration.
    pub(super) fn pass(&mut self, id: RegistrationId, user: UserId) -> Result<Outcome, Inconsistent> {
        let Some((index, passed)) = self.impassable(id, user)? else { return Ok(Ok(Done::PassedOver(false))) };
        self.cancel(index, Cancellation::Passed)?;
        let Registration { ticket_type, split, amount, .. } = passed;
        self.book(Booking { id: id.successor(), user, ticket_type, split, amount, key: None }, None)?;
        Ok(Ok(Done::PassedOver(true)))
    }

    /// The registration with this id, if it has kept others from free seats for too long.
    fn impassable(&mut self, id: RegistrationId, user: UserId) -> Result<Option<(Index, Registration)>, Inconsistent> {
        if self.still_changes().is_err() || self.is_test() {
            return Ok(None);
        }
        let found = self.find(id).filter(|(_, registration)| registration.user == user && registration.status.waits());
        let Some((index, registration)) = found.map(|(index, registration)| (index, registration.clone())) else {
            return Ok(None);
        };
        if self.cancelled.get(&user).is_some_and(|cancelled| cancelled.passed >= PASSED_PER_PERSON_MAX) {
            return Ok(None);
        }
        let of = registration.ticket_type;
        let is_due = self.tickets.ticket_type(of).is_some_and(|one| {
            one.seats.waiting() > 1 && one.idle_since.is_some_and(|since| self.event.terms.passes(since, self.now))
        });
        let is_head = is_due && self.head(of)?.is_some_and(|(head, _)| head == index);
        Ok(is_head.then_some((index, registration)))
    }
}
