//! New registrations: the rules of who may book, and what.

use super::{Index, Ledger};
use crate::accounts::AccountKind;
use crate::admission::decision::Inconsistent;
use crate::commands::{Done, Origin, Outcome, Refusal};
use crate::events::EventStatus;
use crate::ids::{RegistrationId, UserId};
use crate::limits::{GIVEN_UP_PER_PERSON_MAX, LAPSES_PER_PERSON_MAX};
use crate::money::Hold;
use crate::registrations::{IdempotencyKey, Paid, Registration, RegistrationStatus};
use crate::tickets::{Choice, Split, TypeNumber};

/// What a new registration is made of.
pub(super) struct Booking {
    pub(super) id: RegistrationId,
    pub(super) user: UserId,
    pub(super) ticket_type: TypeNumber,
    pub(super) split: Split,
    pub(super) amount: i64,
    pub(super) key: Option<IdempotencyKey>,
}

impl Ledger {
    pub(super) fn register(
        &mut self,
        id: RegistrationId,
        user: UserId,
        buyer: AccountKind,
        is_verified: bool,
        key: Option<&IdempotencyKey>,
        choice: &Choice,
    ) -> Result<Outcome, Inconsistent> {
        let earlier = self
            .by_id
            .get(&id)
            .or_else(|| key.and_then(|key| self.by_key.get(&(user, key.clone()))))
            .and_then(|&index| self.registration(index));
        if let Some(registration) = earlier {
            return Ok(replayed(registration, choice));
        }
        let booking = match self.may_book(user, buyer, is_verified, choice) {
            Ok((ticket_type, split, amount)) => Booking { id, user, ticket_type, split, amount, key: key.cloned() },
            Err(refusal) => return Ok(Err(refusal)),
        };
        let index = self.book(booking, None)?;
        let registration = self.registration(index).cloned().ok_or(Inconsistent::LineTooShort)?;
        let waiting = self.tickets.ticket_type(registration.ticket_type).map(|one| one.seats.waiting());
        let position = waiting.filter(|_| registration.status.waits());
        Ok(Ok(Done::Registered { registration, origin: Origin::Made, position }))
    }

    /// Makes a registration: with its seats if nobody is before it and enough are free, and else at the end of the line.
    /// The caller has made sure that it may be made and, if it is `paid` already, that it gets its seats.
    pub(super) fn book(&mut self, booking: Booking, paid: Option<i64>) -> Result<Index, Inconsistent> {
        let Booking { id, user, ticket_type, split, amount, key } = booking;
        let wanted = split.seats();
        let number = self.next_number();
        let now = self.now;
        let seated = self.tickets.ticket_type(ticket_type).is_some_and(|one| one.seats_at_once(wanted));
        let paid = paid.map(|amount| Paid { decision: self.next_number(), at: now, amount });
        let status = match seated {
            true => RegistrationStatus::of_seated(amount, paid.is_some()),
            false => RegistrationStatus::Waitlisted,
        };
        let registration = Registration {
            id,
            user,
            ticket_type,
            status,
            booked: wanted,
            split,
            amount,
            decision: number,
            seated_decision: seated.then_some(number),
            cancelled_decision: None,
            idempotency_key: key,
            registered_at: now,
            seated_at: seated.then_some(now),
            cancelled_at: None,
            hold: if status == RegistrationStatus::Held { self.hold(false) } else { None },
            paid,
            owed: 0,
            cancellation: None,
        };
        let index = self.insert(registration)?;
        if seated {
            self.count(|figures| figures.confirmed += 1);
        } else {
            self.joined(ticket_type, index, wanted);
            self.count(|figures| figures.waitlisted += 1);
        }
        Ok(index)
    }

    /// The hold of seats that are given now. Stress tests have no deadlines: nobody pays there.
    pub(super) fn hold(&self, from_line: bool) -> Option<Hold> {
        if self.is_test() {
            return None;
        }
        self.event.terms.hold(self.now, self.event.details.ends_at, from_line)
    }

    fn may_book(
        &self,
        user: UserId,
        buyer: AccountKind,
        is_verified: bool,
        choice: &Choice,
    ) -> Result<(TypeNumber, Split, i64), Refusal> {
        self.is_shown_to(buyer)?;
        let ticket_type = choice.type_in(&self.tickets)?.number;
        let standing = self.standing.get(&(user, ticket_type)).and_then(|&index| self.registration(index));
        if let Some(registration) = standing {
            return Err(Refusal::AlreadyRegistered(Box::new(registration.clone())));
        }
        if buyer == AccountKind::Person && self.event.details.verified_buyers_only && !is_verified {
            return Err(Refusal::AddressUnverified);
        }
        self.on_sale_for(buyer)?;
        let cancelled = self.cancelled.get(&user).copied().unwrap_or_default();
        if cancelled.bars {
            return Err(Refusal::Barred);
        }
        if cancelled.lapsed >= LAPSES_PER_PERSON_MAX {
            return Err(Refusal::TooManyLapses);
        }
        if cancelled.all >= GIVEN_UP_PER_PERSON_MAX {
            return Err(Refusal::TooManyRegistrations);
        }
        let chosen = choice.resolved(&self.tickets, self.now, buyer == AccountKind::Simulated)?;
        Ok((chosen.ticket_type, chosen.split, chosen.amount))
    }

    /// Drafts, and hidden copies, are nobody's to see. Nothing about them is told before this is checked.
    fn is_shown_to(&self, buyer: AccountKind) -> Result<(), Refusal> {
        let is_hidden = buyer == AccountKind::Person && self.event.rehearsal_of.is_some();
        if self.event.status == EventStatus::Draft || is_hidden {
            return Err(Refusal::EventNotPublished { organizer: self.event.organizer });
        }
        Ok(())
    }

    /// Whether `buyer` may register now. The sales window binds people only: a stress test may run before the sale
    /// opens.
    fn on_sale_for(&self, buyer: AccountKind) -> Result<(), Refusal> {
        self.still_changes()?;
        match (buyer, self.event.is_under_test()) {
            (AccountKind::Person, true) => return Err(Refusal::EventUnderTest),
            (AccountKind::Simulated, false) => return Err(Refusal::EventNotUnderTest),
            (AccountKind::Simulated, true) => return Ok(()),
            (AccountKind::Person, false) => {}
        }
        if let Some(opens_at) = self.event.details.sales_open_at.filter(|&opens_at| self.now < opens_at) {
            return Err(Refusal::SalesNotOpen { opens_at });
        }
        if let Some(closed_at) = self.event.details.sales_close_at.filter(|&closed_at| self.now >= closed_at) {
            return Err(Refusal::SalesClosed { closed_at });
        }
        Ok(())
    }
}

/// The answer to a request that has made a registration before.
fn replayed(registration: &Registration, choice: &Choice) -> Outcome {
    let is_same_type = choice.ticket_type.is_none_or(|number| number == registration.ticket_type);
    if !is_same_type || choice.seats_wanted() != registration.booked {
        return Err(Refusal::KeyReused);
    }
    Ok(Done::Registered { registration: registration.clone(), origin: Origin::Replayed, position: None })
}
