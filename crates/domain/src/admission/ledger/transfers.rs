//! Seats that are passed on.

use super::{Index, Ledger};
use crate::admission::decision::Inconsistent;
use crate::commands::{Done, Origin, Outcome, Refusal};
use crate::events::{EventDecisionKind, EventStatus};
use crate::ids::{RegistrationId, TransferId, UserId};
use crate::limits::GIVEN_UP_PER_PERSON_MAX;
use crate::registrations::{Cancellation, Paid, Registration, RegistrationStatus};
use crate::tickets::{PriceNumber, Split};

impl Ledger {
    /// Gives a seat to the person who takes an offer. The two decisions stand side by side: the giver's seat goes, and
    /// the registration with it if that was the last one, and the new registration has it.
    pub(super) fn take_over(
        &mut self,
        transfer: TransferId,
        from: RegistrationId,
        user: UserId,
        is_verified: bool,
    ) -> Result<Outcome, Inconsistent> {
        let id = transfer.registration();
        if let Some((_, taken)) = self.find(id) {
            let registration = taken.clone();
            return Ok(match registration.user == user {
                true => Ok(Done::Registered { registration, origin: Origin::Replayed, position: None }),
                false => Err(Refusal::TransferOver),
            });
        }
        let (giver, price) = match self.offered(transfer, from) {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Err(refusal) = self.may_take_over(giver, user, is_verified) {
            return Ok(Err(refusal));
        }
        let paid = self.hand_seat_over(giver, price)?;
        let number = self.next_number();
        let Some(Registration { ticket_type, .. }) = self.registration(giver) else {
            return Err(Inconsistent::LineTooShort);
        };
        let (split, ticket_type) = (Split::single(price), *ticket_type);
        let registration = Registration {
            id,
            user,
            ticket_type,
            status: RegistrationStatus::Confirmed,
            booked: 1,
            amount: self.tickets.amount(&split),
            split,
            decision: number,
            seated_decision: Some(number),
            cancelled_decision: None,
            idempotency_key: None,
            registered_at: self.now,
            seated_at: Some(self.now),
            cancelled_at: None,
            hold: None,
            paid,
            owed: 0,
            cancellation: None,
        };
        self.insert(registration.clone())?;
        self.count(|figures| figures.confirmed += 1);
        Ok(Ok(Done::Registered { registration, origin: Origin::Made, position: None }))
    }

    /// The giver's registration, and the price of the seat that is offered.
    fn offered(&self, transfer: TransferId, from: RegistrationId) -> Result<(Index, PriceNumber), Refusal> {
        if self.event.status == EventStatus::Draft || self.event.rehearsal_of.is_some() {
            return Err(Refusal::EventNotPublished { organizer: self.event.organizer });
        }
        let offer = self.offers.get(&transfer).filter(|offer| offer.registration == from);
        let offer = offer.ok_or(Refusal::NoSuchTransfer)?;
        self.still_changes()?;
        if self.event.is_under_test() {
            return Err(Refusal::EventUnderTest);
        }
        if !offer.is_allowed {
            return Err(Refusal::TransfersOff);
        }
        let is_open = !offer.is_withdrawn && self.now < offer.expires_at;
        let giver = self.find(from).filter(|(_, giver)| {
            giver.status == RegistrationStatus::Confirmed && giver.split.seats_at(offer.price) > 0
        });
        let (giver, _) = giver.filter(|_| is_open).ok_or(Refusal::TransferOver)?;
        Ok((giver, offer.price))
    }

    /// The rules of booking that are about the person, not about seats.
    fn may_take_over(&self, giver: Index, user: UserId, is_verified: bool) -> Result<(), Refusal> {
        let Some(giver) = self.registration(giver) else { return Err(Refusal::TransferOver) };
        let standing = self.standing.get(&(user, giver.ticket_type)).and_then(|&index| self.registration(index));
        if let Some(registration) = standing {
            return Err(Refusal::AlreadyRegistered(Box::new(registration.clone())));
        }
        if self.event.details.verified_buyers_only && !is_verified {
            return Err(Refusal::AddressUnverified);
        }
        let cancelled = self.cancelled.get(&user).copied().unwrap_or_default();
        if cancelled.bars {
            return Err(Refusal::Barred);
        }
        if cancelled.all >= GIVEN_UP_PER_PERSON_MAX {
            return Err(Refusal::TooManyRegistrations);
        }
        if self.is_in(giver.id, giver.seats()) {
            return Err(Refusal::CheckedIn);
        }
        Ok(())
    }

    /// Takes a seat at this price out of the giver's registration. Returns its part of the payment. The seat is not
    /// free: no line moves.
    fn hand_seat_over(&mut self, giver: Index, price: PriceNumber) -> Result<Option<Paid>, Inconsistent> {
        let Some(before) = self.registration(giver).cloned() else { return Err(Inconsistent::LineTooShort) };
        let seat = Split::single(price);
        let worth = self.tickets.amount(&seat);
        let moved = before.paid.filter(|_| worth > 0).map(|paid| Paid { at: self.now, amount: worth, ..paid });
        let kept = before.paid.map(|paid| Paid { amount: paid.amount - moved.map_or(0, |moved| moved.amount), ..paid });
        match before.split.without(&seat) {
            Some(remaining) => {
                let Registration { id: registration, ticket_type, .. } = before;
                self.record(EventDecisionKind::Reduced { registration, ticket_type, seats: seat });
                let amount = self.tickets.amount(&remaining);
                self.change(giver, |registration| {
                    registration.split = remaining;
                    registration.amount = amount;
                    registration.paid = kept;
                })?;
            }
            None => {
                self.end(giver, Cancellation::PassedOn)?;
                // Nothing of it is this registration's any more.
                let kept = kept.filter(|paid| paid.amount > 0);
                self.change(giver, |registration| registration.paid = kept)?;
            }
        }
        Ok(moved)
    }
}
