//! Fewer seats of a registration, as its person wishes.

use super::cancellations::Found;
use super::{Ledger, stands};
use crate::admission::decision::Inconsistent;
use crate::commands::{Outcome, Refusal};
use crate::events::EventDecisionKind;
use crate::ids::{RegistrationId, UserId};
use crate::registrations::RegistrationStatus;
use crate::tickets::Split;

impl Ledger {
    pub(super) fn reduce(
        &mut self,
        id: RegistrationId,
        user: UserId,
        remaining: &Split,
        shown_waiting: bool,
    ) -> Result<Outcome, Inconsistent> {
        let index = match self.changeable(id, |registration| registration.user == user) {
            Ok(Found::Active(index)) => index,
            Ok(Found::Cancelled(registration)) => return Ok(stands(*registration)),
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(before) = self.registration(index).cloned() else { return Err(Inconsistent::LineTooShort) };
        if remaining.seats() > before.booked {
            return Ok(Err(Refusal::MoreSeats(Box::new(before))));
        }
        // The person wanted fewer seats than they waited for, and has got all of them meanwhile. Or the request is a
        // repeat.
        if (shown_waiting && !before.status.waits()) || before.split.is_within(remaining) {
            return Ok(stands(before));
        }
        if !remaining.is_within(&before.split) {
            return Ok(Err(Refusal::MoreSeats(Box::new(before))));
        }
        if self.giving_up_has_ended() {
            return Ok(Err(self.giving_up_ended()));
        }
        if self.is_in(id, remaining.seats() + 1) {
            return Ok(Err(Refusal::CheckedIn));
        }
        let Some(taken) = before.split.without(remaining) else { return Ok(stands(before)) };
        let ticket_type = before.ticket_type;
        self.record(EventDecisionKind::Reduced { registration: id, ticket_type, seats: taken });
        let amount = self.tickets.amount(remaining);
        let is_paid = before.paid.is_some();
        let owed = if is_paid { self.event.terms.refund(before.amount - amount, self.now) } else { 0 };
        self.change(index, |registration| {
            registration.split = remaining.clone();
            registration.amount = amount;
            registration.owed += owed;
            if registration.status.takes_seat() {
                registration.status = RegistrationStatus::of_seated(amount, is_paid);
            }
        })?;
        if !self.is_behind_unseen(index) {
            self.move_line(ticket_type)?;
        }
        let after = self.registration(index).cloned().ok_or(Inconsistent::LineTooShort)?;
        Ok(stands(after))
    }
}
