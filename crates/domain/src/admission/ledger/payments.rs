//! Payments that the people who run an event mark, and take back.

use super::bookings::Booking;
use super::{Index, Ledger};
use crate::admission::decision::Inconsistent;
use crate::commands::{Done, Order, Outcome, Refusal};
use crate::events::EventStatus;
use crate::ids::{PaymentId, RegistrationId, UserId};
use crate::registrations::{Cancellation, Paid, Payment, Registration, RegistrationStatus};

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
            return Ok(match known.registration {
                registration if registration == id || registration == made_by(payment) => {
                    self.as_it_stands(registration)
                }
                _ => Err(Refusal::KeyReused),
            });
        }
        let (index, before) = match self.payable(order, id, |registration| registration.user == user) {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if before.status == RegistrationStatus::Confirmed {
            return Ok(stands(before));
        }
        let is_late = before.cancellation == Some(Cancellation::Lapsed);
        let may_be = match before.status {
            RegistrationStatus::Held => self.event.status != EventStatus::Cancelled,
            RegistrationStatus::Cancelled => is_late && self.has_room_again(&before),
            RegistrationStatus::Confirmed | RegistrationStatus::Waitlisted => false,
        };
        if !may_be {
            return Ok(Err(Refusal::CannotBePaid(Box::new(before))));
        }
        if amount != before.amount {
            return Ok(Err(Refusal::WrongAmount { amount: before.amount }));
        }
        let index = if is_late { self.book_again(&before, payment)? } else { self.confirm(index, amount)? };
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
        // What was paid for seats that were given up since, owed back or not, must not be forgotten by a mistake.
        let is_whole = before.paid.is_some_and(|paid| paid.amount == before.amount) && before.owed == 0;
        if before.status != RegistrationStatus::Confirmed || !is_whole {
            return Ok(Err(Refusal::CannotBePaid(Box::new(before))));
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
        if self.event.is_under_test() && registration.is_active() {
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
            registration.hold = None;
        })?;
        Ok(index)
    }

    /// Whether the seats of a registration that has lapsed can be given to its person again.
    fn has_room_again(&self, lapsed: &Registration) -> bool {
        let Registration { user, ticket_type, .. } = *lapsed;
        let is_on =
            self.event.status == EventStatus::Published && self.still_changes().is_ok() && !self.event.is_under_test();
        let is_welcome = !self.inactive.contains(&user)
            && !self.cancelled.get(&user).is_some_and(|cancelled| cancelled.bars)
            && !self.standing.contains_key(&(user, ticket_type));
        let are_free = self.tickets.ticket_type(ticket_type).is_some_and(|one| one.seats_at_once(lapsed.seats()));
        let is_within_limits = lapsed.split.parts().iter().all(|part| {
            let price = self.tickets.price(part.price);
            price.is_some_and(|price| price.left().is_none_or(|left| i32::from(part.seats) <= left))
        });
        is_on && is_welcome && are_free && is_within_limits
    }

    fn book_again(&mut self, lapsed: &Registration, payment: PaymentId) -> Result<Index, Inconsistent> {
        let booking = Booking {
            id: made_by(payment),
            user: lapsed.user,
            ticket_type: lapsed.ticket_type,
            split: lapsed.split.clone(),
            amount: lapsed.amount,
            key: None,
        };
        self.book(booking, Some(lapsed.amount))
    }
}

/// The registration that a late payment makes.
fn made_by(payment: PaymentId) -> RegistrationId {
    uuid::Uuid::from(payment).into()
}

fn stands(registration: Registration) -> Outcome {
    Ok(Done::Stands { registration })
}
