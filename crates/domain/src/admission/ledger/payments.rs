//! Payments that the people who run an event mark, and take back.

use std::iter;

use super::bookings::Booking;
use super::{Index, Ledger, stands};
use crate::admission::decision::Inconsistent;
use crate::commands::{Order, Outcome, Refusal};
use crate::events::EventStatus;
use crate::ids::{PaymentId, RegistrationId, UserId};
use crate::limits::GIVEN_UP_PER_PERSON_MAX;
use crate::registrations::{Cancellation, Paid, Payment, Registration, RegistrationStatus, Unpayable};

impl Ledger {
    /// Confirms a registration that is held, by the table of payments. Money for one that has lapsed makes a new one if
    /// nobody is harmed by that.
    pub(super) fn mark_paid(
        &mut self,
        order: &Order,
        id: RegistrationId,
        user: UserId,
        payment: PaymentId,
        amount: i64,
    ) -> Result<Outcome, Inconsistent> {
        if let Some(known) = self.payments.get(&payment) {
            // Its registration as it stands. The payment may have been taken back since.
            let is_same = known.amount == amount && self.chain(id).any(|one| one == known.registration);
            return Ok(if is_same { self.as_it_stands(known.registration) } else { Err(Refusal::KeyReused) });
        }
        let latest = self.chain(id).last().unwrap_or(id);
        let (index, before) = match self.payable(order, latest, |registration| registration.user == user) {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if before.status == RegistrationStatus::Confirmed {
            return Ok(stands(before));
        }
        if let Some(cause) = self.unpayable(&before) {
            return Ok(Err(Refusal::CannotBePaid { registration: Box::new(before), cause }));
        }
        if amount != before.amount {
            return Ok(Err(Refusal::WrongAmount { amount: before.amount }));
        }
        let is_late = before.status == RegistrationStatus::Cancelled;
        let index = if is_late { self.book_again(&before)? } else { self.confirm(index, amount)? };
        let registration = self.registration(index).cloned().ok_or(Inconsistent::LineTooShort)?;
        let decision = registration.paid.map_or(0, |paid| paid.decision);
        let known =
            Payment { id: payment, registration: registration.id, amount, decision, by: order.by, taken_back: None };
        self.payments.insert(payment, known);
        self.changed_payments.push(payment);
        Ok(stands(registration))
    }

    /// Takes the mark of a payment back. The seats are held again, with a new deadline.
    pub(super) fn not_paid(
        &mut self,
        order: &Order,
        id: RegistrationId,
        payment: PaymentId,
    ) -> Result<Outcome, Inconsistent> {
        let (index, before) = match self.payable(order, id, |_| true) {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(known) = self.payments.get(&payment).filter(|known| known.registration == id).cloned() else {
            return Ok(Err(Refusal::NoSuchPayment));
        };
        if known.taken_back.is_some() {
            return Ok(stands(before));
        }
        // What was paid for seats that were given up or passed on since, owed back or not, must not be forgotten by a
        // mistake.
        let is_whole = before.paid.is_some_and(|paid| paid.amount == before.amount && paid.amount == known.amount)
            && before.owed == 0;
        let cause = match before.status {
            RegistrationStatus::Confirmed if is_whole => None,
            RegistrationStatus::Confirmed => Some(Unpayable::SeatsGivenUp),
            _ => Some(Unpayable::Cancelled),
        };
        if let Some(cause) = cause {
            return Ok(Err(Refusal::CannotBePaid { registration: Box::new(before), cause }));
        }
        let number = self.next_number();
        let hold = if self.still_changes().is_ok() { self.hold(false) } else { None };
        self.change(index, |registration| {
            registration.status = RegistrationStatus::of_seated(registration.amount, false);
            registration.paid = None;
            registration.owed = 0;
            registration.hold = hold.filter(|_| registration.status == RegistrationStatus::Held);
        })?;
        self.payments.insert(payment, Payment { taken_back: Some((number, order.by)), ..known });
        if !self.changed_payments.contains(&payment) {
            self.changed_payments.push(payment);
        }
        Ok(self.as_it_stands(id))
    }

    /// The registration with this id, if the sender may say whether it is paid.
    fn payable(
        &self,
        order: &Order,
        id: RegistrationId,
        is_meant: impl FnOnce(&Registration) -> bool,
    ) -> Result<(Index, Registration), Refusal> {
        if !self.is_entitled(order) {
            return Err(Refusal::HandedOver);
        }
        if self.event.rehearsal_of.is_some() {
            return Err(Refusal::EventNotPublished { organizer: self.event.organizer });
        }
        let found = self.find(id).filter(|(_, registration)| is_meant(registration));
        let (index, registration) = found.ok_or(Refusal::NoSuchRegistration)?;
        if self.event.is_under_test() {
            return Err(Refusal::EventUnderTest);
        }
        Ok((index, registration.clone()))
    }

    fn as_it_stands(&self, id: RegistrationId) -> Outcome {
        let found = self.find(id).map(|(_, registration)| registration.clone());
        found.map_or(Err(Refusal::NoSuchRegistration), stands)
    }

    fn confirm(&mut self, index: Index, amount: i64) -> Result<Index, Inconsistent> {
        let paid = Paid { decision: self.next_number(), at: self.now, amount };
        self.change(index, |registration| {
            registration.status = RegistrationStatus::Confirmed;
            registration.paid = Some(paid);
        })?;
        Ok(index)
    }

    /// A registration, and those that were made from it, one after the other.
    fn chain(&self, id: RegistrationId) -> impl Iterator<Item = RegistrationId> {
        iter::successors(Some(id), |id| Some(id.successor()).filter(|next| self.find(*next).is_some()))
    }

    /// Why money for a registration that is not confirmed cannot be taken, if so.
    fn unpayable(&self, registration: &Registration) -> Option<Unpayable> {
        match registration.status {
            RegistrationStatus::Waitlisted => Some(Unpayable::Waits),
            _ if self.event.status == EventStatus::Cancelled => Some(Unpayable::EventCancelled),
            RegistrationStatus::Held | RegistrationStatus::Confirmed => None,
            RegistrationStatus::Cancelled if registration.cancellation == Some(Cancellation::Lapsed) => {
                self.lost(registration)
            }
            RegistrationStatus::Cancelled => Some(Unpayable::Cancelled),
        }
    }

    /// Why the seats of a registration that has lapsed cannot be given to its person again, if so.
    fn lost(&self, lapsed: &Registration) -> Option<Unpayable> {
        let Registration { user, ticket_type, .. } = *lapsed;
        let cancelled = self.cancelled.get(&user).copied().unwrap_or_default();
        let may_book = !self.inactive.contains(&user) && !cancelled.bars && cancelled.all < GIVEN_UP_PER_PERSON_MAX;
        let are_free = self.tickets.ticket_type(ticket_type).is_some_and(|one| one.seats_at_once(lapsed.seats()));
        let is_within_limits = lapsed.split.parts().iter().all(|part| {
            let price = self.tickets.price(part.price);
            price.is_some_and(|price| price.left().is_none_or(|left| i32::from(part.seats) <= left))
        });
        if self.still_changes().is_err() {
            Some(Unpayable::EventOver)
        } else if !may_book {
            Some(Unpayable::PersonRefused)
        } else if self.standing.contains_key(&(user, ticket_type)) {
            Some(Unpayable::BookedAgain)
        } else if !are_free {
            Some(Unpayable::SeatsGone)
        } else if !is_within_limits {
            Some(Unpayable::PriceSoldOut)
        } else {
            None
        }
    }

    fn book_again(&mut self, lapsed: &Registration) -> Result<Index, Inconsistent> {
        let booking = Booking {
            id: lapsed.id.successor(),
            user: lapsed.user,
            ticket_type: lapsed.ticket_type,
            split: lapsed.split.clone(),
            amount: lapsed.amount,
            key: None,
        };
        self.book(booking, Some(lapsed.amount))
    }
}
