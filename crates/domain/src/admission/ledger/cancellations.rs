//! Registrations that are cancelled: by their person, by the people who run the event, with the account, or because
//! nobody has paid in time.

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
        let found = match self.changeable(id, |registration| registration.user == user) {
            Ok(Found::Active(_)) if self.giving_up_has_ended() => Err(self.giving_up_ended()),
            Ok(Found::Active(_)) if self.is_in(id, 1) => Err(Refusal::CheckedIn),
            found => found,
        };
        self.settle(found, Cancellation::GivenUp)
    }

    /// Cancels a registration of a deactivated account.
    pub(super) fn release(&mut self, id: RegistrationId, user: UserId) -> Result<Outcome, Inconsistent> {
        let found = self.changeable(id, |registration| registration.user == user);
        self.settle(found, Cancellation::Deactivated)
    }

    /// Takes a registration away, as the people who run the event wish. Simulated ones go with the undo of their test.
    pub(super) fn remove(
        &mut self,
        order: &Order,
        id: RegistrationId,
        removal: &Arc<Removal>,
    ) -> Result<Outcome, Inconsistent> {
        let found = match self.changeable(id, |_| true) {
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

    /// Lets those of these holds lapse that are due. Once the event is over no seat moves, so that a hold that is due
    /// loses its deadline.
    pub(super) fn lapse(&mut self, registrations: &[RegistrationId]) -> Result<Outcome, Inconsistent> {
        let mut lapsed = 0;
        for id in registrations {
            let due = self.find(*id).filter(|(_, registration)| {
                registration.hold.is_some_and(|hold| hold.lapses_at <= self.now)
                    && registration.status == RegistrationStatus::Held
            });
            let Some((index, _)) = due else { continue };
            if self.still_changes().is_ok() {
                self.cancel(index, Cancellation::Lapsed)?;
                lapsed += 1;
            } else {
                self.change(index, |registration| registration.hold = None)?;
            }
        }
        Ok(Ok(Done::Lapsed(lapsed)))
    }

    /// Whether people can no longer give up what they have.
    pub(super) fn giving_up_has_ended(&self) -> bool {
        self.now >= self.event.details.cancelling_ends_at()
    }

    pub(super) fn giving_up_ended(&self) -> Refusal {
        Refusal::CancellingEnded { ended_at: self.event.details.cancelling_ends_at() }
    }

    /// Whether somebody is in with a ticket of this registration whose number is at least `from`.
    pub(super) fn is_in(&self, id: RegistrationId, from: i32) -> bool {
        self.admitted.get(&id).is_some_and(|highest| i32::from(*highest) >= from)
    }

    /// The registration with this id if `is_meant` says so, and whether it can be changed now.
    pub(super) fn changeable(
        &self,
        id: RegistrationId,
        is_meant: impl FnOnce(&Registration) -> bool,
    ) -> Result<Found, Refusal> {
        if self.event.status == EventStatus::Draft || self.event.rehearsal_of.is_some() {
            return Err(Refusal::EventNotPublished { organizer: self.event.organizer });
        }
        let found = self.find(id).filter(|(_, registration)| is_meant(registration));
        let Some((index, registration)) = found else { return Err(Refusal::NoSuchRegistration) };
        if !registration.is_active() {
            return Ok(Found::Cancelled(Box::new(registration.clone())));
        }
        self.still_changes()?;
        Ok(Found::Active(index))
    }

    /// Cancels what was found. The line moves.
    fn settle(&mut self, found: Result<Found, Refusal>, cancellation: Cancellation) -> Result<Outcome, Inconsistent> {
        match found {
            Ok(Found::Active(index)) => Ok(Ok(Done::GivenUp(self.cancel(index, cancellation)?))),
            Ok(Found::Cancelled(registration)) => Ok(Ok(Done::GivenUp(*registration))),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// Cancels a registration. The line moves.
    pub(super) fn cancel(&mut self, index: Index, cancellation: Cancellation) -> Result<Registration, Inconsistent> {
        let is_behind_unseen = self.is_behind_unseen(index);
        let cancelled = self.end(index, cancellation)?;
        if !is_behind_unseen {
            self.move_line(cancelled.ticket_type)?;
        }
        Ok(cancelled)
    }

    /// Cancels a registration, and leaves its seats to the caller.
    pub(super) fn end(&mut self, index: Index, cancellation: Cancellation) -> Result<Registration, Inconsistent> {
        let number = self.next_number();
        let now = self.now;
        let terms = &self.event.terms;
        let paid = self.registration(index).and_then(|registration| registration.paid).map_or(0, |paid| paid.amount);
        let owed = match cancellation {
            Cancellation::GivenUp => {
                let amount = self.registration(index).map_or(0, |registration| registration.amount);
                terms.refund(amount.min(paid), now)
            }
            // What was refunded before is a part of it.
            Cancellation::Removed(_) | Cancellation::Deactivated => paid,
            Cancellation::Lapsed | Cancellation::Passed | Cancellation::PassedOn => 0,
        };
        let is_all_owed = matches!(cancellation, Cancellation::Removed(_) | Cancellation::Deactivated);
        let cancelled = self.change(index, |registration| {
            registration.status = RegistrationStatus::Cancelled;
            registration.cancelled_decision = Some(number);
            registration.cancelled_at = Some(now);
            registration.owed = if is_all_owed { owed } else { registration.owed + owed };
            registration.cancellation = Some(cancellation);
        })?;
        self.count(|figures| figures.cancelled += 1);
        Ok(cancelled)
    }
}

/// A registration that is to be changed.
pub(super) enum Found {
    Active(Index),
    /// It is cancelled, and stays as it is.
    Cancelled(Box<Registration>),
}
