//! Registrations that are cancelled: by their person, by the people who run the event, or with the account.

use std::sync::Arc;

use super::{Index, Ledger};
use crate::admission::decision::{Inconsistent, Removed};
use crate::commands::{Done, Order, Outcome, Refusal};
use crate::events::EventStatus;
use crate::ids::{RegistrationId, UserId};
use crate::registrations::{Cancellation, Registration, RegistrationStatus, Removal};

impl Ledger {
    /// Cancels a registration as its person wishes.
    pub(super) fn give_up(&mut self, id: RegistrationId, user: UserId) -> Result<Outcome, Inconsistent> {
        let ended_at = self.event.details.cancelling_ends_at();
        let is_too_late = self.now >= ended_at;
        let found = match self.cancellable(id, |registration| registration.user == user) {
            Ok(Found::Active(_)) if is_too_late => Err(Refusal::CancellingEnded { ended_at }),
            found => found,
        };
        self.settle(found, Cancellation::GivenUp)
    }

    /// Cancels a registration of a deactivated account.
    pub(super) fn release(&mut self, id: RegistrationId, user: UserId) -> Result<Outcome, Inconsistent> {
        let found = self.cancellable(id, |registration| registration.user == user);
        self.settle(found, Cancellation::Deactivated)
    }

    /// Takes a registration away, as the people who run the event wish. Simulated ones go with the undo of their test.
    pub(super) fn remove(
        &mut self,
        order: &Order,
        id: RegistrationId,
        removal: &Arc<Removal>,
    ) -> Result<Outcome, Inconsistent> {
        let found = match self.cancellable(id, |_| true) {
            // The answer to a repeat.
            Ok(Found::Cancelled(registration)) => Ok(Found::Cancelled(registration)),
            _ if !self.is_entitled(order) => Err(Refusal::HandedOver),
            Ok(Found::Active(_)) if self.event.is_under_test() => Err(Refusal::EventUnderTest),
            found => found,
        };
        let is_change = matches!(found, Ok(Found::Active(_)));
        let outcome = self.settle(found, Cancellation::Removed(Arc::clone(removal)))?;
        if let (true, Ok(Done::GivenUp(registration))) = (is_change, &outcome) {
            let Order { id: order, by, .. } = *order;
            self.removals.push(Removed { order, by, registration: registration.clone() });
        }
        Ok(outcome)
    }

    /// The registration with this id if `is_meant` says so, and whether it can be cancelled now.
    fn cancellable(&self, id: RegistrationId, is_meant: impl FnOnce(&Registration) -> bool) -> Result<Found, Refusal> {
        if self.event.status == EventStatus::Draft || self.event.rehearsal_of.is_some() {
            return Err(Refusal::EventNotPublished { organizer: self.event.organizer });
        }
        let found = self.by_id.get(&id).and_then(|&index| Some((index, &self.entries.get(index)?.registration)));
        let Some((index, registration)) = found.filter(|(_, registration)| is_meant(registration)) else {
            return Err(Refusal::NoSuchRegistration);
        };
        if !registration.is_active() {
            return Ok(Found::Cancelled(registration.clone()));
        }
        self.still_changes()?;
        Ok(Found::Active(index))
    }

    /// Cancels what was found. The line moves.
    fn settle(&mut self, found: Result<Found, Refusal>, cancellation: Cancellation) -> Result<Outcome, Inconsistent> {
        let index = match found {
            Ok(Found::Active(index)) => index,
            Ok(Found::Cancelled(registration)) => return Ok(Ok(Done::GivenUp(registration))),
            Err(refusal) => return Ok(Err(refusal)),
        };
        let had_seat = self.entries.get(index).is_some_and(|entry| entry.registration.status.takes_seat());
        let number = self.next_number();
        let now = self.now;
        let bars = cancellation.bars();
        let cancelled = self.change(index, |registration| {
            registration.status = RegistrationStatus::Cancelled;
            registration.cancelled_decision = Some(number);
            registration.cancelled_at = Some(now);
            registration.cancellation = Some(cancellation);
        });
        if let Some(&Registration { user, .. }) = cancelled.as_ref() {
            self.standing.remove(&user);
            *self.given_up.entry(user).or_default() += 1;
            if bars {
                self.barred.insert(user);
            }
        }
        self.count(|figures| figures.cancelled += 1);
        if had_seat {
            self.event.seats.release()?;
            self.promote()?;
        } else {
            self.event.seats.leave_line()?;
        }
        Ok(cancelled.map(Done::GivenUp).ok_or(Refusal::NoSuchRegistration))
    }
}

/// A registration that is to be cancelled.
enum Found {
    Active(Index),
    /// It is cancelled already, and stays as it is.
    Cancelled(Registration),
}
