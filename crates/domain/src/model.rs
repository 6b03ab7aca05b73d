//! An event as a list of registrations: the rules about its places once more, one command at a time, with every count
//! made anew from the list. Tests run the real system beside it, and compare every answer and the tables at the end.
//!
//! It shares the words with [`crate::admission`] (commands, answers, refusals), the checks of a single field and of an
//! event's details, what a document makes of an event's tickets, and no other rule. It knows no bound on promotions,
//! which belongs to batches.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};

use crate::accounts::{AccountKind, Receiver, Role};
use crate::commands::{Authority, Command, Decided, Done, Order, Origin, Outcome, Refusal};
use crate::events::{Event, EventChanges, EventDetails, EventStatus};
use crate::ids::{OrderId, PaymentId, RegistrationId, TransferId, UserId};
use crate::limits::{
    EDITS_PER_EVENT_MAX, EVENTS_PER_ORGANIZER_MAX, GIVEN_UP_PER_PERSON_MAX, HAND_OVER_VERSION_MAX,
    LAPSES_PER_PERSON_MAX, PASSED_PER_PERSON_MAX,
};
use crate::money::{Hold, Money};
use crate::registrations::{Cancellation, IdempotencyKey, Paid, Payment, Registration, RegistrationStatus, Unpayable};
use crate::seats::Seats;
use crate::text::InvalidField;
use crate::tickets::{
    Applied, Choice, ChoiceError, Document, Part, Price, PriceNumber, Split, TicketType, Tickets, TypeNumber,
};
use crate::transfers::Offer;

/// An event and everything that was ever registered for it.
#[derive(Debug, Clone)]
pub struct Model {
    /// [`Model::event`] counts its seats anew from the registrations.
    event: Event,
    /// [`Model::tickets`] counts everything in them anew but their capacities, and whether people have used them.
    tickets: Tickets,
    registrations: Vec<Registration>,
    payments: Vec<Payment>,
    /// Orders that changed the event as a whole.
    carried_out: HashSet<OrderId>,
    /// The accounts that a handing over may name, whether or not they can run events.
    receivers: HashMap<UserId, Receiver>,
    /// People whose late payments are not taken.
    inactive: HashSet<UserId>,
    /// Offers of seats.
    offers: HashMap<TransferId, Offer>,
    /// The tickets that people are in with.
    admitted: HashSet<(RegistrationId, i16)>,
    /// The heads of the lines that leave free seats idle, and since when.
    idle: HashMap<TypeNumber, (RegistrationId, DateTime<Utc>)>,
    /// Registrations of people that were made or changed.
    news: BTreeSet<RegistrationId>,
}

impl Model {
    /// The model of an event without registrations.
    pub fn new(event: Event, tickets: Tickets) -> Self {
        Self {
            event,
            tickets,
            registrations: Vec::new(),
            payments: Vec::new(),
            carried_out: HashSet::new(),
            receivers: HashMap::new(),
            inactive: HashSet::new(),
            offers: HashMap::new(),
            admitted: HashSet::new(),
            idle: HashMap::new(),
            news: BTreeSet::new(),
        }
    }

    /// The same, with people whose accounts are not active.
    pub fn with_inactive(self, inactive: HashSet<UserId>) -> Self {
        Self { inactive, ..self }
    }

    /// The same, with these accounts.
    pub fn with_receivers(self, receivers: HashMap<UserId, Receiver>) -> Self {
        Self { receivers, ..self }
    }

    /// Stores an offer of a seat.
    pub fn offer(&mut self, id: TransferId, offer: Offer) {
        self.offers.insert(id, offer);
    }

    /// Lets somebody in with a ticket.
    pub fn admit(&mut self, registration: RegistrationId, ticket: i16) {
        self.admitted.insert((registration, ticket));
    }

    /// The event, with its counts made from the registrations.
    pub fn event(&self) -> Event {
        Event { seats: self.tickets().seats(), ..self.event.clone() }
    }

    /// The tickets, with their counts made from the registrations.
    pub fn tickets(&self) -> Tickets {
        let mut tickets = self.tickets.clone();
        for one in &mut tickets.types {
            let mine = || self.registrations.iter().filter(|r| r.ticket_type == one.number);
            let waiting: Vec<i32> = mine().filter(|r| is_waiting(r)).map(Registration::seats).collect();
            let (capacity, free) = (one.seats.capacity(), self.free(one.number));
            #[expect(clippy::expect_used, reason = "a model that breaks the promises is of no use to any test")]
            let seats = Seats::stored(capacity, free, waiting.iter().map(|_| 1).sum()).expect("P1 holds");
            one.seats = seats;
            one.head_wants = self.head(one.number).map_or(0, |nth| seats_of(self.registrations.get(nth)));
            one.seats_wanted = waiting.iter().sum();
            one.idle_since = self.idle.get(&one.number).map(|(_, since)| *since);
            one.money =
                mine().fold(
                    Money::default(),
                    |sum, r| {
                        if self.is_simulated() && r.is_active() { sum } else { sum + r.money() }
                    },
                );
            assert!(one.head_wants == 0 || free < one.head_wants, "P2 holds: the head wants more than is free");
        }
        for price in &mut tickets.prices {
            price.standing = self.standing(price.number);
        }
        tickets
    }

    /// All payments that were marked, in that order.
    pub fn payments(&self) -> &[Payment] {
        &self.payments
    }

    /// All registrations, in the order in which they were made.
    pub fn registrations(&self) -> &[Registration] {
        &self.registrations
    }

    /// The registrations of people that were made or changed since this was last asked. They must hear of it (P10).
    pub fn take_news(&mut self) -> BTreeSet<RegistrationId> {
        std::mem::take(&mut self.news)
    }

    /// Answers one order, at the time `now`. An order that changed the event as a whole changes nothing when it comes
    /// again: its answer was lost.
    pub fn carry_out(&mut self, order: &Order, now: DateTime<Utc>) -> Decided {
        if self.carried_out.contains(&order.id) {
            let done = match &order.command {
                Command::BeginSimulation => Done::SimulationBegun,
                Command::UndoSimulation { .. } => {
                    Done::SimulationUndone { removed: 0, finished: self.event.under_test_since.is_none() }
                }
                _ => Done::Changed(Box::new(self.event())),
            };
            return self.decided(Ok(done));
        }
        if order.authority == Authority::Organizer && order.by != Some(self.event.organizer) {
            let is_too_late = match &order.command {
                Command::Register { .. }
                | Command::Reduce { .. }
                | Command::GiveUp { .. }
                | Command::Release { .. }
                | Command::Pass { .. }
                | Command::TakeOver { .. }
                | Command::Lapse { .. }
                | Command::Extend { .. } => false,
                Command::MarkPaid { payment, .. } => !self.payments.iter().any(|known| known.id == *payment),
                // Of a removal that has been made, its sender may still hear.
                Command::Remove { registration, .. } => {
                    !self.registrations.iter().any(|r| r.id == *registration && !r.is_active())
                }
                _ => true,
            };
            if is_too_late {
                return self.decided(Err(Refusal::HandedOver));
            }
        }
        let before = (self.event.edit_version, self.event.under_test_since);
        let known = (!self.is_simulated()).then(|| self.registrations.clone());
        let decided = self.apply(&order.command, order.by, now);
        self.note_idle_seats(now);
        if let Some(known) = known {
            let is_known = |r: &&Registration| {
                known.binary_search_by_key(&r.decision, |k| k.decision).is_ok_and(|nth| known.get(nth) == Some(r))
            };
            self.news.extend(self.registrations.iter().filter(|r| !is_known(r)).map(|r| r.id));
        }
        if before != (self.event.edit_version, self.event.under_test_since) {
            self.carried_out.insert(order.id);
        }
        decided
    }

    /// Answers one command, at the time `now`.
    fn apply(&mut self, command: &Command, by: Option<UserId>, now: DateTime<Utc>) -> Decided {
        let outcome = match command {
            Command::Register { registration, user, buyer, is_verified, key, choice } => {
                self.register(*registration, *user, key.clone(), *buyer, *is_verified, choice, now)
            }
            Command::Reduce { registration, user, remaining, shown_waiting } => {
                self.reduce(*registration, *user, remaining, *shown_waiting, now)
            }
            Command::MarkPaid { registration, user, payment, amount } => {
                self.mark_paid(*registration, *user, *payment, *amount, by, now)
            }
            Command::NotPaid { registration, payment } => self.not_paid(*registration, *payment, by, now),
            Command::Lapse { registrations } => self.lapse(registrations, now),
            Command::Extend { registrations } => self.extend(registrations, now),
            Command::Pass { registration, user } => self.pass(*registration, *user, now),
            Command::TakeOver { transfer, from, user, is_verified } => {
                self.take_over(*transfer, *from, *user, *is_verified, now)
            }
            Command::EditTickets { document, expected_version } => self.edit_tickets(document, *expected_version, now),
            Command::GiveUp { registration, user } => {
                let place = self.registrations.iter().position(|r| r.id == *registration && r.user == *user);
                self.cancel(place, Cancellation::GivenUp, now)
            }
            Command::Release { registration, user } => {
                let place = self.registrations.iter().position(|r| r.id == *registration && r.user == *user);
                self.cancel(place, Cancellation::Deactivated, now)
            }
            Command::Remove { registration, removal } => {
                let place = self.registrations.iter().position(|r| r.id == *registration);
                self.cancel(place, Cancellation::Removed(removal.clone()), now)
            }
            Command::Edit { changes, expected_version } => self.edit(changes, *expected_version, now),
            Command::HandOver { to, expected_version } => self.hand_over(*to, *expected_version, now),
            Command::Publish => self.move_to(EventStatus::Published, now),
            Command::Cancel => self.move_to(EventStatus::Cancelled, now),
            Command::BeginSimulation => self.begin_simulation(now),
            Command::UndoSimulation { at_most } => self.undo_simulation(*at_most),
        };
        self.decided(outcome)
    }

    fn decided(&self, outcome: Outcome) -> Decided {
        Decided { outcome, as_of: self.event.last_decision, event_status: self.event.status }
    }

    /// The seats of a type that nobody has.
    fn free(&self, of: TypeNumber) -> i32 {
        let seated = self.registrations.iter().filter(|r| r.ticket_type == of && r.status.takes_seat());
        let capacity = self.tickets.ticket_type(of).map_or(0, |one| one.seats.capacity());
        capacity - seated.map(Registration::seats).sum::<i32>()
    }

    /// Where the first who waits for a type stands in the list.
    fn head(&self, of: TypeNumber) -> Option<usize> {
        self.registrations.iter().position(|r| r.ticket_type == of && is_waiting(r))
    }

    /// The seats that stand at a price.
    fn standing(&self, price: PriceNumber) -> i32 {
        let active = self.registrations.iter().filter(|r| r.is_active());
        active.map(|r| i32::from(r.split.seats_at(price))).sum()
    }

    /// Whether whatever is booked now is simulated.
    fn is_simulated(&self) -> bool {
        self.event.under_test_since.is_some() || self.event.rehearsal_of.is_some()
    }

    fn number(&mut self) -> i64 {
        self.event.last_decision += 1;
        self.event.last_decision
    }

    fn frozen(&self, now: DateTime<Utc>) -> Option<Refusal> {
        match self.event.status {
            EventStatus::Cancelled => Some(Refusal::EventCancelled),
            _ if now >= self.event.details.ends_at => Some(Refusal::EventEnded),
            _ => None,
        }
    }

    #[expect(clippy::too_many_arguments, reason = "all that a request says")]
    fn register(
        &mut self,
        id: RegistrationId,
        user: UserId,
        key: Option<IdempotencyKey>,
        buyer: AccountKind,
        is_verified: bool,
        choice: &Choice,
        now: DateTime<Utc>,
    ) -> Outcome {
        let is_repeat = |r: &&Registration| {
            r.id == id || (r.user == user && r.idempotency_key.is_some() && r.idempotency_key == key)
        };
        if let Some(first) = self.registrations.iter().find(is_repeat) {
            let wanted = choice.seats.as_ref().map_or(1, Split::seats);
            if choice.ticket_type.is_some_and(|number| number != first.ticket_type) || wanted != first.booked {
                return Err(Refusal::KeyReused);
            }
            return Ok(Done::Registered { registration: first.clone(), origin: Origin::Replayed, position: None });
        }
        let person = buyer == AccountKind::Person;
        if self.event.status == EventStatus::Draft || (person && self.event.rehearsal_of.is_some()) {
            return Err(Refusal::EventNotPublished { organizer: self.event.organizer });
        }
        let ticket_type = match choice.ticket_type {
            Some(number) if self.tickets.types.iter().any(|one| one.number == number) => number,
            Some(_) => return Err(ChoiceError::UnknownType.into()),
            None if self.tickets.types.len() > 1 => return Err(ChoiceError::NoType.into()),
            None => self.tickets.types.first().map_or(TypeNumber::FIRST, |one| one.number),
        };
        let stands = |r: &&Registration| r.user == user && r.ticket_type == ticket_type && r.is_active();
        if let Some(place) = self.registrations.iter().find(stands) {
            return Err(Refusal::AlreadyRegistered(Box::new(place.clone())));
        }
        if person && !is_verified && self.event.details.verified_buyers_only {
            return Err(Refusal::AddressUnverified);
        }
        if let Some(refusal) = self.frozen(now) {
            return Err(refusal);
        }
        if person && self.event.under_test_since.is_some() {
            return Err(Refusal::EventUnderTest);
        }
        if !person && self.event.under_test_since.is_none() {
            return Err(Refusal::EventNotUnderTest);
        }
        let details = &self.event.details;
        if person {
            match (details.sales_open_at, details.sales_close_at) {
                (Some(opens_at), _) if now < opens_at => return Err(Refusal::SalesNotOpen { opens_at }),
                (_, Some(closed_at)) if closed_at <= now => return Err(Refusal::SalesClosed { closed_at }),
                _ => {}
            }
        }
        if self.is_barred(user) {
            return Err(Refusal::Barred);
        }
        let cancelled = || self.cancelled_of(user);
        if cancelled().filter(|r| r.cancellation == Some(Cancellation::Lapsed)).count() >= LAPSES_PER_PERSON_MAX {
            return Err(Refusal::TooManyLapses);
        }
        if cancelled().filter(|r| !was_passed(r)).count() >= GIVEN_UP_PER_PERSON_MAX {
            return Err(Refusal::TooManyRegistrations);
        }
        let (split, amount) = self.priced(ticket_type, choice, person, now)?;
        let registration = self.push(id, user, key, ticket_type, split, amount, None, now);
        let position = is_waiting(&registration).then(|| {
            self.registrations.iter().filter(|r| r.ticket_type == ticket_type && is_waiting(r)).map(|_| 1).sum()
        });
        Ok(Done::Registered { registration, origin: Origin::Made, position })
    }

    /// The seats that a choice comes to, and what they cost.
    fn priced(
        &self,
        of: TypeNumber,
        choice: &Choice,
        person: bool,
        now: DateTime<Utc>,
    ) -> Result<(Split, i64), ChoiceError> {
        if choice.code.is_some() && !self.tickets.prices.iter().any(|p| p.code == choice.code) {
            return Err(ChoiceError::WrongCode);
        }
        let shown = |p: &&Price| p.ticket_type == of && p.code.is_none();
        let open =
            |p: &Price| !p.is_closed && p.opens_at.is_none_or(|at| at <= now) && p.closes_at.is_none_or(|at| at > now);
        let split = match &choice.seats {
            Some(split) => split.clone(),
            None => {
                let mut candidates: Vec<_> = self.tickets.prices.iter().filter(shown).filter(|p| open(p)).collect();
                if candidates.is_empty() {
                    candidates = self.tickets.prices.iter().filter(shown).collect();
                }
                match candidates.as_slice() {
                    [only] => Split::single(only.number),
                    _ => return Err(ChoiceError::NoPrice),
                }
            }
        };
        let mut amount = 0;
        for part in split.parts() {
            let price = self.tickets.prices.iter().find(|p| p.number == part.price);
            let price = match price {
                Some(price) if price.code.is_none() || price.code == choice.code => price,
                _ if choice.code.is_some() => return Err(ChoiceError::WrongCode),
                _ => return Err(ChoiceError::UnknownPrice(part.price)),
            };
            if price.ticket_type != of {
                return Err(ChoiceError::PriceOfOtherType(part.price));
            }
            if price.is_closed {
                return Err(ChoiceError::PriceClosed(part.price));
            }
            match price.opens_at {
                Some(opens_at) if person && now < opens_at => {
                    return Err(ChoiceError::PriceNotOpen { price: part.price, opens_at });
                }
                _ if person && !open(price) => return Err(ChoiceError::PriceClosed(part.price)),
                _ => {}
            }
            if let Some(limit) = price.limit {
                let left = (limit - self.standing(part.price)).max(0);
                if left < i32::from(part.seats) {
                    return Err(match price.code {
                        Some(_) => ChoiceError::CodeUsedUp { left },
                        None => ChoiceError::PriceSoldOut { price: part.price, left },
                    });
                }
            }
            amount += price.amount * i64::from(part.seats);
        }
        let one = self.tickets.types.iter().find(|one| one.number == of);
        let (at_most, capacity) = one.map_or((0, 0), |one| (one.seats_per_registration, one.seats.capacity()));
        match split.seats() {
            wanted if wanted > at_most => Err(ChoiceError::TooManySeats { at_most }),
            wanted if wanted > 1 && wanted > capacity => Err(ChoiceError::PartyTooLarge { capacity }),
            _ if choice.amount.unwrap_or(0) != amount => Err(ChoiceError::AmountDiffers { amount }),
            _ => Ok((split, amount)),
        }
    }

    /// Puts a new registration at the end of its line, from where the same rule as for everybody gives it seats.
    #[expect(clippy::too_many_arguments, reason = "all that a registration is made of")]
    fn push(
        &mut self,
        id: RegistrationId,
        user: UserId,
        idempotency_key: Option<IdempotencyKey>,
        ticket_type: TypeNumber,
        split: Split,
        amount: i64,
        payment: Option<i64>,
        now: DateTime<Utc>,
    ) -> Registration {
        let decision = self.number();
        let paid = payment.map(|amount| Paid { decision: self.number(), at: now, amount });
        let is_first = self.head(ticket_type).is_none();
        let seated = is_first && split.seats() <= self.free(ticket_type);
        let mut registration = Registration {
            id,
            user,
            ticket_type,
            status: RegistrationStatus::Waitlisted,
            booked: split.seats(),
            split,
            amount,
            decision,
            seated_decision: None,
            cancelled_decision: None,
            idempotency_key,
            registered_at: now,
            seated_at: None,
            cancelled_at: None,
            hold: None,
            paid,
            owed: 0,
            cancellation: None,
        };
        if seated {
            self.seat(&mut registration, decision, false, now);
        }
        self.registrations.push(registration.clone());
        self.use_of(&registration);
        registration
    }

    fn seat(&self, registration: &mut Registration, decision: i64, from_line: bool, now: DateTime<Utc>) {
        registration.seated_decision = Some(decision);
        registration.seated_at = Some(now);
        self.set_status(registration);
        if registration.status == RegistrationStatus::Held {
            registration.hold = self.hold(from_line, now);
        }
    }

    /// The one rule: who has seats has paid for them, or has nothing to pay, or holds them.
    fn set_status(&self, registration: &mut Registration) {
        registration.status = match registration.paid {
            None if registration.amount > 0 => RegistrationStatus::Held,
            _ => RegistrationStatus::Confirmed,
        };
        if registration.status == RegistrationStatus::Confirmed {
            registration.hold = None;
        }
    }

    fn hold(&self, from_line: bool, now: DateTime<Utc>) -> Option<Hold> {
        let terms = &self.event.terms;
        let minutes = if from_line { terms.line_hold_minutes } else { terms.hold_minutes };
        let minutes = minutes.filter(|_| !self.is_simulated() && self.frozen(now).is_none())?;
        let until = (now + TimeDelta::minutes(minutes.into())).min(self.event.details.ends_at);
        Some(Hold { until, lapses_at: until + TimeDelta::minutes(terms.grace_minutes.into()) })
    }

    /// A type and its prices that a person has registered for are used for good.
    fn use_of(&mut self, registration: &Registration) {
        if self.is_simulated() {
            return;
        }
        for one in self.tickets.types.iter_mut().filter(|one| one.number == registration.ticket_type) {
            one.is_used = true;
        }
        for price in self.tickets.prices.iter_mut().filter(|p| registration.split.seats_at(p.number) > 0) {
            price.is_used = true;
        }
    }

    fn is_barred(&self, user: UserId) -> bool {
        self.registrations.iter().any(|r| {
            let removal = r.cancellation.as_ref().and_then(Cancellation::removal);
            r.user == user && removal.is_some_and(|removal| !removal.may_book_again)
        })
    }

    fn cancel(&mut self, place: Option<usize>, cancellation: Cancellation, now: DateTime<Utc>) -> Outcome {
        if self.event.status == EventStatus::Draft || self.event.rehearsal_of.is_some() {
            return Err(Refusal::EventNotPublished { organizer: self.event.organizer });
        }
        let frozen = self.frozen(now);
        let details = &self.event.details;
        let ended_at = details.cancel_until.unwrap_or(details.starts_at);
        let forbidden = match cancellation {
            Cancellation::GivenUp if ended_at <= now => Some(Refusal::CancellingEnded { ended_at }),
            Cancellation::GivenUp if self.is_in_with(place, 0) => Some(Refusal::CheckedIn),
            Cancellation::Removed(_) if self.event.under_test_since.is_some() => Some(Refusal::EventUnderTest),
            _ => None,
        };
        let Some((place, registration)) = place.and_then(|place| Some((place, self.registrations.get(place)?))) else {
            return Err(Refusal::NoSuchRegistration);
        };
        if !registration.is_active() {
            return Ok(Done::GivenUp(registration.clone()));
        }
        if let Some(refusal) = frozen.or(forbidden) {
            return Err(refusal);
        }
        Ok(Done::GivenUp(self.end(place, cancellation, now)))
    }

    /// Whether somebody is in with a ticket behind the first so many of a registration.
    fn is_in_with(&self, place: Option<usize>, behind: i32) -> bool {
        let of = place.and_then(|place| self.registrations.get(place)).map(|r| r.id);
        self.admitted.iter().any(|(id, ticket)| Some(*id) == of && i32::from(*ticket) > behind)
    }

    fn end(&mut self, place: usize, cancellation: Cancellation, now: DateTime<Utc>) -> Registration {
        let answer = self.cancelled(place, cancellation, now);
        self.fill_free_seats(answer.ticket_type, now);
        answer
    }

    /// Cancels a registration. Its seats are the caller's.
    fn cancelled(&mut self, place: usize, cancellation: Cancellation, now: DateTime<Utc>) -> Registration {
        let number = self.number();
        let in_time = self.event.terms.refund_until.is_some_and(|until| now < until);
        #[expect(clippy::indexing_slicing, reason = "the caller has found it there")]
        let registration = &mut self.registrations[place];
        if let Some(paid) = registration.paid {
            match cancellation {
                Cancellation::GivenUp if in_time => registration.owed += registration.amount.min(paid.amount),
                Cancellation::GivenUp | Cancellation::Lapsed | Cancellation::Passed | Cancellation::PassedOn => {}
                Cancellation::Removed(_) | Cancellation::Deactivated => registration.owed = paid.amount,
            }
        }
        registration.status = RegistrationStatus::Cancelled;
        registration.cancelled_decision = Some(number);
        registration.cancelled_at = Some(now);
        registration.hold = None;
        registration.cancellation = Some(cancellation);
        registration.clone()
    }

    /// As long as all seats that the first in line wants are free, they are that one's.
    fn fill_free_seats(&mut self, of: TypeNumber, now: DateTime<Utc>) {
        while let Some(place) = self.head(of) {
            let Some(mut first) = self.registrations.get(place).cloned() else { return };
            if first.seats() > self.free(of) {
                return;
            }
            let number = self.number();
            self.seat(&mut first, number, true, now);
            self.replace(place, first);
        }
    }

    fn replace(&mut self, place: usize, registration: Registration) {
        if let Some(old) = self.registrations.get_mut(place) {
            *old = registration;
        }
    }

    fn reduce(
        &mut self,
        id: RegistrationId,
        user: UserId,
        remaining: &Split,
        shown_waiting: bool,
        now: DateTime<Utc>,
    ) -> Outcome {
        if self.event.status == EventStatus::Draft || self.event.rehearsal_of.is_some() {
            return Err(Refusal::EventNotPublished { organizer: self.event.organizer });
        }
        let place = self.registrations.iter().position(|r| r.id == id && r.user == user);
        let found = place.and_then(|place| Some((place, self.registrations.get(place)?.clone())));
        let Some((place, before)) = found else { return Err(Refusal::NoSuchRegistration) };
        if !before.is_active() {
            return Ok(Done::Stands { registration: before });
        }
        if let Some(refusal) = self.frozen(now) {
            return Err(refusal);
        }
        if remaining.seats() > before.booked {
            return Err(Refusal::MoreSeats(Box::new(before)));
        }
        let was_seated_meanwhile = shown_waiting && !is_waiting(&before);
        let has = |price| before.split.seats_at(price);
        let has_no_more = before.split.parts().iter().all(|part| part.seats <= remaining.seats_at(part.price));
        if was_seated_meanwhile || has_no_more {
            return Ok(Done::Stands { registration: before });
        }
        if remaining.parts().iter().any(|part| part.seats > has(part.price)) {
            return Err(Refusal::MoreSeats(Box::new(before)));
        }
        let details = &self.event.details;
        let ended_at = details.cancel_until.unwrap_or(details.starts_at);
        if ended_at <= now {
            return Err(Refusal::CancellingEnded { ended_at });
        }
        if self.is_in_with(Some(place), remaining.seats()) {
            return Err(Refusal::CheckedIn);
        }
        self.number();
        let of_seats = |part: &Part| {
            let price = self.tickets.prices.iter().find(|p| p.number == part.price);
            price.map_or(0, |p| p.amount) * i64::from(part.seats)
        };
        let amount = remaining.parts().iter().map(of_seats).sum();
        let mut after = Registration { split: remaining.clone(), amount, ..before.clone() };
        if after.paid.is_some() && self.event.terms.refund_until.is_some_and(|until| now < until) {
            after.owed += before.amount - amount;
        }
        if !is_waiting(&after) {
            self.set_status(&mut after);
        }
        let of = after.ticket_type;
        self.replace(place, after);
        self.fill_free_seats(of, now);
        let registration = self.registrations.get(place).cloned().unwrap_or(before);
        Ok(Done::Stands { registration })
    }

    fn mark_paid(
        &mut self,
        id: RegistrationId,
        user: UserId,
        payment: PaymentId,
        amount: i64,
        by: Option<UserId>,
        now: DateTime<Utc>,
    ) -> Outcome {
        if let Some(known) = self.payments.iter().find(|known| known.id == payment) {
            let is_for_it = self.chain(id).contains(&known.registration);
            if !is_for_it || known.amount != amount {
                return Err(Refusal::KeyReused);
            }
            let stands = self.registrations.iter().find(|r| r.id == known.registration).cloned();
            return stands.map_or(Err(Refusal::NoSuchRegistration), |registration| Ok(Done::Stands { registration }));
        }
        if self.event.rehearsal_of.is_some() {
            return Err(Refusal::EventNotPublished { organizer: self.event.organizer });
        }
        let latest = self.chain(id).last().copied();
        let place = self.registrations.iter().position(|r| Some(r.id) == latest && r.user == user);
        let found = place.and_then(|place| Some((place, self.registrations.get(place)?.clone())));
        let Some((place, before)) = found else { return Err(Refusal::NoSuchRegistration) };
        if self.event.under_test_since.is_some() {
            return Err(Refusal::EventUnderTest);
        }
        if before.status == RegistrationStatus::Confirmed {
            return Ok(Done::Stands { registration: before });
        }
        let has_lapsed = before.cancellation == Some(Cancellation::Lapsed);
        let obstacles = [
            (Unpayable::Waits, is_waiting(&before)),
            (Unpayable::EventCancelled, self.event.status == EventStatus::Cancelled),
            (Unpayable::Cancelled, !before.is_active() && !has_lapsed),
            (Unpayable::EventOver, has_lapsed && self.frozen(now).is_some()),
            (Unpayable::PersonRefused, has_lapsed && !self.may_come_back(user)),
            (Unpayable::BookedAgain, has_lapsed && self.stands_in(user, before.ticket_type)),
            (Unpayable::SeatsGone, has_lapsed && !self.has_seats_for(&before)),
            (Unpayable::PriceSoldOut, has_lapsed && !self.has_limits_for(&before)),
        ];
        if let Some((cause, _)) = obstacles.into_iter().find(|(_, is_so)| *is_so) {
            return Err(Refusal::CannotBePaid { registration: Box::new(before), cause });
        }
        if amount != before.amount {
            return Err(Refusal::WrongAmount { amount: before.amount });
        }
        let registration = if has_lapsed {
            let Registration { id, ticket_type, split, .. } = before;
            let id = id.successor();
            self.push(id, user, None, ticket_type, split, amount, Some(amount), now)
        } else {
            let paid = Some(Paid { decision: self.number(), at: now, amount });
            let mut after = Registration { paid, ..before };
            self.set_status(&mut after);
            self.replace(place, after.clone());
            after
        };
        let decision = registration.paid.map_or(0, |paid| paid.decision);
        let registration_id = registration.id;
        self.payments.push(Payment {
            id: payment,
            registration: registration_id,
            amount,
            decision,
            by,
            taken_back: None,
        });
        Ok(Done::Stands { registration })
    }

    /// A registration, and those that were made from it, one after the other.
    fn chain(&self, id: RegistrationId) -> Vec<RegistrationId> {
        let of = |id: &RegistrationId| self.registrations.iter().find(|r| r.id == *id).map(|r| r.id);
        std::iter::successors(of(&id), |id| of(&id.successor())).collect()
    }

    fn cancelled_of(&self, user: UserId) -> impl Iterator<Item = &Registration> {
        self.registrations.iter().filter(move |r| r.user == user && !r.is_active())
    }

    fn may_come_back(&self, user: UserId) -> bool {
        let cancelled = self.cancelled_of(user).filter(|r| !was_passed(r)).count();
        !self.inactive.contains(&user) && !self.is_barred(user) && cancelled < GIVEN_UP_PER_PERSON_MAX
    }

    fn stands_in(&self, user: UserId, of: TypeNumber) -> bool {
        self.registrations.iter().any(|r| r.user == user && r.ticket_type == of && r.is_active())
    }

    fn has_seats_for(&self, lapsed: &Registration) -> bool {
        self.head(lapsed.ticket_type).is_none() && lapsed.seats() <= self.free(lapsed.ticket_type)
    }

    fn has_limits_for(&self, lapsed: &Registration) -> bool {
        lapsed.split.parts().iter().all(|part| {
            let price = self.tickets.prices.iter().find(|p| p.number == part.price);
            let limit = price.and_then(|p| p.limit);
            limit.is_none_or(|limit| self.standing(part.price) + i32::from(part.seats) <= limit)
        })
    }

    fn not_paid(&mut self, id: RegistrationId, payment: PaymentId, by: Option<UserId>, now: DateTime<Utc>) -> Outcome {
        if self.event.rehearsal_of.is_some() {
            return Err(Refusal::EventNotPublished { organizer: self.event.organizer });
        }
        let place = self.registrations.iter().position(|r| r.id == id);
        let found = place.and_then(|place| Some((place, self.registrations.get(place)?.clone())));
        let Some((place, before)) = found else { return Err(Refusal::NoSuchRegistration) };
        if self.event.under_test_since.is_some() {
            return Err(Refusal::EventUnderTest);
        }
        let known = self.payments.iter().position(|known| known.id == payment && known.registration == id);
        let Some(known) = known else { return Err(Refusal::NoSuchPayment) };
        if self.payments.get(known).is_some_and(|known| known.taken_back.is_some()) {
            return Ok(Done::Stands { registration: before });
        }
        let is_paid = before.paid.map(|paid| paid.amount) == Some(before.amount);
        if before.status != RegistrationStatus::Confirmed {
            return Err(Refusal::CannotBePaid { registration: Box::new(before), cause: Unpayable::Cancelled });
        }
        if !is_paid || before.owed > 0 {
            return Err(Refusal::CannotBePaid { registration: Box::new(before), cause: Unpayable::SeatsGivenUp });
        }
        if self.payments.get(known).is_some_and(|known| known.amount != before.amount) {
            return Err(Refusal::CannotBePaid { registration: Box::new(before), cause: Unpayable::SeatsGivenUp });
        }
        let number = self.number();
        if let Some(known) = self.payments.get_mut(known) {
            known.taken_back = Some((number, by));
        }
        let mut after = Registration { paid: None, owed: 0, ..before };
        self.set_status(&mut after);
        if after.status == RegistrationStatus::Held {
            after.hold = self.hold(false, now);
        }
        self.replace(place, after.clone());
        Ok(Done::Stands { registration: after })
    }

    fn lapse(&mut self, registrations: &[RegistrationId], now: DateTime<Utc>) -> Outcome {
        let mut lapsed = 0;
        for id in registrations {
            let is_due = |r: &Registration| r.id == *id && r.hold.is_some_and(|hold| hold.lapses_at <= now);
            let Some(place) = self.registrations.iter().position(is_due) else { continue };
            if self.frozen(now).is_none() {
                self.end(place, Cancellation::Lapsed, now);
                lapsed += 1;
            } else if let Some(registration) = self.registrations.get_mut(place) {
                registration.hold = None;
            }
        }
        Ok(Done::Lapsed(lapsed))
    }

    fn extend(&mut self, registrations: &[RegistrationId], now: DateTime<Utc>) -> Outcome {
        if self.frozen(now).is_some() {
            return Ok(Done::Extended(0));
        }
        let given = self.hold(true, now);
        let mut extended = 0;
        for id in registrations {
            let held = self.registrations.iter_mut().find(|r| r.id == *id && r.status == RegistrationStatus::Held);
            let Some(registration) = held else { continue };
            let came_at_once = registration.seated_decision == Some(registration.decision);
            let Some(present) = registration.hold.filter(|_| !came_at_once) else { continue };
            if given.is_none_or(|given| present.until < given.until) {
                registration.hold = given;
                extended += 1;
            }
        }
        Ok(Done::Extended(extended))
    }

    fn note_idle_seats(&mut self, now: DateTime<Utc>) {
        let idle = |of: TypeNumber| {
            let head = self.registrations.get(self.head(of)?)?.id;
            let known = self.idle.get(&of).filter(|(id, _)| *id == head);
            (self.free(of) > 0).then(|| (of, (head, known.map_or(now, |(_, since)| *since))))
        };
        self.idle = self.tickets.types.iter().filter_map(|one| idle(one.number)).collect();
    }

    fn pass(&mut self, id: RegistrationId, user: UserId, now: DateTime<Utc>) -> Outcome {
        let place = self.registrations.iter().position(|r| r.id == id && r.user == user && is_waiting(r));
        let found = place.and_then(|place| Some((place, self.registrations.get(place)?.clone())));
        let Some((place, before)) = found else { return Ok(Done::PassedOver(false)) };
        let of = before.ticket_type;
        let patience = self.event.terms.line_patience_minutes.map(|minutes| TimeDelta::minutes(minutes.into()));
        let is_over = self.idle.get(&of).zip(patience).is_some_and(|((_, since), patience)| now - *since >= patience);
        let are_behind = self.registrations.iter().filter(|r| r.ticket_type == of && is_waiting(r)).nth(1).is_some();
        let may_be = self.cancelled_of(user).filter(|r| was_passed(r)).count() < PASSED_PER_PERSON_MAX;
        let is_due = is_over && are_behind && may_be && self.head(of) == Some(place);
        if !is_due || self.is_simulated() || self.frozen(now).is_some() {
            return Ok(Done::PassedOver(false));
        }
        self.end(place, Cancellation::Passed, now);
        let Registration { split, amount, .. } = before;
        self.push(id.successor(), user, None, of, split, amount, None, now);
        Ok(Done::PassedOver(true))
    }

    fn take_over(
        &mut self,
        transfer: TransferId,
        from: RegistrationId,
        user: UserId,
        is_verified: bool,
        now: DateTime<Utc>,
    ) -> Outcome {
        let id = transfer.registration();
        if let Some(taken) = self.registrations.iter().find(|r| r.id == id) {
            if taken.user != user {
                return Err(Refusal::TransferOver);
            }
            return Ok(Done::Registered { registration: taken.clone(), origin: Origin::Replayed, position: None });
        }
        if self.event.status == EventStatus::Draft || self.event.rehearsal_of.is_some() {
            return Err(Refusal::EventNotPublished { organizer: self.event.organizer });
        }
        let offer = self.offers.get(&transfer).copied().filter(|offer| offer.registration == from);
        let Some(offer) = offer else { return Err(Refusal::NoSuchTransfer) };
        if let Some(refusal) = self.frozen(now) {
            return Err(refusal);
        }
        let place = self.registrations.iter().position(|r| r.id == from);
        let giver = place.and_then(|place| self.registrations.get(place)).cloned();
        let has_seat =
            |r: &Registration| r.status == RegistrationStatus::Confirmed && r.split.seats_at(offer.price) > 0;
        let is_over = offer.is_withdrawn || offer.expires_at <= now || !giver.as_ref().is_some_and(has_seat);
        let refusals = [
            (Refusal::EventUnderTest, self.event.under_test_since.is_some()),
            (Refusal::TransfersOff, !offer.is_allowed),
            (Refusal::TransferOver, is_over),
        ];
        if let Some((refusal, _)) = refusals.into_iter().find(|(_, applies)| *applies) {
            return Err(refusal);
        }
        let Some((place, giver)) = place.zip(giver) else { return Err(Refusal::TransferOver) };
        let stands = |r: &&Registration| r.user == user && r.ticket_type == giver.ticket_type && r.is_active();
        if let Some(standing) = self.registrations.iter().find(stands) {
            return Err(Refusal::AlreadyRegistered(Box::new(standing.clone())));
        }
        let cancelled = self.cancelled_of(user).filter(|r| !was_passed(r)).count();
        let refusals = [
            (Refusal::AddressUnverified, self.event.details.verified_buyers_only && !is_verified),
            (Refusal::Barred, self.is_barred(user)),
            (Refusal::TooManyRegistrations, cancelled >= GIVEN_UP_PER_PERSON_MAX),
            (Refusal::CheckedIn, self.is_in_with(Some(place), giver.seats() - 1)),
        ];
        if let Some((refusal, _)) = refusals.into_iter().find(|(_, applies)| *applies) {
            return Err(refusal);
        }
        // The giver has a seat less, with its part of the money, and the taker has a seat of the same kind.
        let amount = self.tickets.prices.iter().find(|p| p.number == offer.price).map_or(0, |p| p.amount);
        let parts = giver.split.parts().iter();
        let parts = parts.map(|part| Part { seats: part.seats - i16::from(part.price == offer.price), ..*part });
        let remaining = Split::of(parts.filter(|part| part.seats > 0).collect());
        if remaining.is_some() {
            self.number();
        } else {
            self.cancelled(place, Cancellation::PassedOn, now);
        }
        if let Some(giver) = self.registrations.get_mut(place) {
            giver.paid = giver.paid.map(|paid| Paid { amount: paid.amount - amount, ..paid });
            match remaining {
                Some(remaining) => {
                    giver.split = remaining;
                    giver.amount -= amount;
                }
                None => giver.paid = giver.paid.filter(|paid| paid.amount > 0),
            }
        }
        let decision = self.number();
        let registration = Registration {
            id,
            user,
            ticket_type: giver.ticket_type,
            status: RegistrationStatus::Confirmed,
            booked: 1,
            split: Split::single(offer.price),
            amount,
            decision,
            seated_decision: Some(decision),
            cancelled_decision: None,
            idempotency_key: None,
            registered_at: now,
            seated_at: Some(now),
            cancelled_at: None,
            hold: None,
            paid: giver.paid.filter(|_| amount > 0).map(|paid| Paid { at: now, amount, ..paid }),
            owed: 0,
            cancellation: None,
        };
        self.registrations.push(registration.clone());
        self.use_of(&registration);
        Ok(Done::Registered { registration, origin: Origin::Made, position: None })
    }

    fn edit(&mut self, changes: &EventChanges, expected_version: Option<i64>, now: DateTime<Utc>) -> Outcome {
        let details = changes.applied_to(&self.event.details).map_err(Refusal::InvalidEdit)?;
        let (of, capacity_now) = match self.tickets.types.as_slice() {
            [only] => (only.number, only.seats.capacity()),
            _ if changes.capacity.is_some() => return Err(Refusal::SeveralTypes),
            _ => (TypeNumber::FIRST, 0),
        };
        let capacity = changes.capacity.unwrap_or(capacity_now);
        if details == self.event.details && capacity == capacity_now {
            return Ok(Done::Changed(Box::new(self.event())));
        }
        self.may_take_edit(expected_version)?;
        let times = |of: &EventDetails| {
            [Some(of.starts_at), Some(of.ends_at), of.sales_open_at, of.sales_close_at, of.cancel_until]
        };
        if times(&details) != times(&self.event.details) || capacity != capacity_now {
            if let Some(refusal) = self.frozen(now) {
                return Err(refusal);
            }
            if details.ends_at != self.event.details.ends_at && now >= details.ends_at {
                return Err(Refusal::InvalidEdit(InvalidField::new("ends_at", "must be in the future")));
            }
        }
        if capacity != capacity_now {
            if self.event.under_test_since.is_some() {
                return Err(Refusal::EventUnderTest);
            }
            self.may_have_capacity(of, self.tickets.types.first(), capacity)?;
        }
        self.event.details = details;
        self.edited(now);
        if capacity != capacity_now {
            self.set_capacity(of, capacity, now);
        }
        Ok(Done::Changed(Box::new(self.event())))
    }

    fn may_take_edit(&self, expected_version: Option<i64>) -> Result<(), Refusal> {
        if expected_version.is_some_and(|version| version != self.event.edit_version) {
            return Err(Refusal::StaleEdit { current_version: self.event.edit_version });
        }
        if self.event.edit_version > EDITS_PER_EVENT_MAX {
            return Err(Refusal::TooManyEdits);
        }
        Ok(())
    }

    fn edited(&mut self, now: DateTime<Utc>) {
        self.event.edit_version += 1;
        self.event.updated_at = now;
    }

    fn may_have_capacity(&self, of: TypeNumber, new: Option<&TicketType>, capacity: i32) -> Result<(), Refusal> {
        let seated = self.registrations.iter().filter(|r| r.ticket_type == of && r.status.takes_seat());
        let taken = seated.map(Registration::seats).sum();
        let seats = new.map_or(1, |new| new.seats_per_registration);
        if capacity < taken {
            Err(Refusal::CapacityBelowTaken { ticket_type: of, taken })
        } else if seats > 1 && capacity < seats {
            Err(Refusal::CapacityBelowParty { seats })
        } else {
            Ok(())
        }
    }

    fn set_capacity(&mut self, of: TypeNumber, capacity: i32, now: DateTime<Utc>) {
        for one in self.tickets.types.iter_mut().filter(|one| one.number == of) {
            one.seats = Seats::new(capacity);
        }
        self.number();
        self.fill_free_seats(of, now);
    }

    fn edit_tickets(&mut self, document: &Document, expected_version: i64, now: DateTime<Utc>) -> Outcome {
        let before = self.tickets();
        let Applied { tickets: mut new, capacities } = document.applied_to(&before, &self.event.terms)?;
        let capacity_now = |number| before.ticket_type(number).map(|one| one.seats.capacity());
        let is_same_size = capacities.iter().all(|&(number, capacity)| capacity_now(number) == Some(capacity));
        if new == before && is_same_size && *document.terms() == self.event.terms {
            return Ok(Done::Changed(Box::new(self.event())));
        }
        self.may_take_edit(Some(expected_version))?;
        if let Some(refusal) = self.frozen(now) {
            return Err(refusal);
        }
        if self.event.under_test_since.is_some() {
            return Err(Refusal::EventUnderTest);
        }
        for &(number, capacity) in &capacities {
            self.may_have_capacity(number, new.ticket_type(number), capacity)?;
        }
        for one in &new.types {
            let old = before.ticket_type(one.number);
            let lowered = old.is_some_and(|old| old.seats_per_registration > one.seats_per_registration);
            if lowered && self.head(one.number).is_some() {
                return Err(Refusal::SeatsPerRegistrationInUse(one.number));
            }
        }
        for price in &new.prices {
            let standing = self.standing(price.number);
            let is_known = before.price(price.number).is_some_and(|old| old.limit != price.limit);
            if is_known && price.limit.is_some_and(|limit| limit < standing) {
                return Err(Refusal::LimitBelowStanding { price: price.number, standing });
            }
        }
        // Each limit that is another one takes a number, then each capacity.
        let limits = |tickets: &Tickets| -> BTreeMap<PriceNumber, i32> {
            tickets.prices.iter().filter_map(|price| Some((price.number, price.limit?))).collect()
        };
        let (old_limits, new_limits) = (limits(&before), limits(&new));
        let named: BTreeSet<_> = old_limits.keys().chain(new_limits.keys()).collect();
        for _ in named.into_iter().filter(|price| old_limits.get(price) != new_limits.get(price)) {
            self.number();
        }
        for _ in before.types.iter().filter(|old| new.ticket_type(old.number).is_none()) {
            self.number();
        }
        for one in &mut new.types {
            one.seats = Seats::new(one.seats.capacity());
        }
        self.tickets = new;
        self.event.terms = document.terms().clone();
        for (number, capacity) in capacities {
            if capacity_now(number) != Some(capacity) {
                self.set_capacity(number, capacity, now);
            }
        }
        self.edited(now);
        Ok(Done::Changed(Box::new(self.event())))
    }

    fn hand_over(&mut self, to: UserId, expected_version: Option<i64>, now: DateTime<Utc>) -> Outcome {
        let Event { organizer, edit_version, rehearsal_of, .. } = self.event;
        if rehearsal_of.is_some() {
            return Err(Refusal::EventNotPublished { organizer });
        }
        if to == organizer {
            return Ok(Done::Changed(Box::new(self.event())));
        }
        if expected_version.is_some_and(|version| version != edit_version) {
            return Err(Refusal::StaleEdit { current_version: edit_version });
        }
        if edit_version > HAND_OVER_VERSION_MAX {
            return Err(Refusal::TooManyEdits);
        }
        match self.receivers.get(&to) {
            Some(Receiver { role: Role::Organizer | Role::Admin, is_active: true, events })
                if *events < EVENTS_PER_ORGANIZER_MAX => {}
            Some(Receiver { role: Role::Organizer | Role::Admin, is_active: true, .. }) => {
                return Err(Refusal::RunsTooManyEvents);
            }
            _ => return Err(Refusal::CannotRunEvents),
        }
        self.event.organizer = to;
        self.event.edit_version = edit_version + 1;
        self.event.updated_at = now;
        Ok(Done::Changed(Box::new(self.event())))
    }

    fn move_to(&mut self, status: EventStatus, now: DateTime<Utc>) -> Outcome {
        if self.event.status != status {
            if let Some(refusal) = self.frozen(now) {
                return Err(refusal);
            }
            self.event.status = status;
            self.number();
            self.event.edit_version += 1;
            self.event.updated_at = now;
        }
        Ok(Done::Changed(Box::new(self.event())))
    }

    fn begin_simulation(&mut self, now: DateTime<Utc>) -> Outcome {
        if self.event.status == EventStatus::Draft {
            return Err(Refusal::EventNotPublished { organizer: self.event.organizer });
        }
        if let Some(refusal) = self.frozen(now) {
            return Err(refusal);
        }
        let under_test = self.event.under_test_since.is_some();
        if self.registrations.iter().any(Registration::is_active) {
            return Err(if under_test { Refusal::EventUnderTest } else { Refusal::EventNotEmpty });
        }
        if under_test {
            return Ok(Done::SimulationBegun);
        }
        self.event.under_test_since = Some(self.number());
        Ok(Done::SimulationBegun)
    }

    fn undo_simulation(&mut self, at_most: usize) -> Outcome {
        if self.event.under_test_since.is_none() {
            return Ok(Done::SimulationUndone { removed: 0, finished: true });
        }
        let mut going: Vec<&Registration> = self.registrations.iter().filter(|r| r.is_active()).collect();
        // Each line goes from its end. Seats go in the order of their registrations' ids.
        going.sort_by_key(|r| Reverse((r.ticket_type, r.decision)));
        going.sort_by_key(|r| (!is_waiting(r)).then_some(r.id));
        let going: Vec<_> = going.iter().take(at_most).map(|r| r.id).collect();
        self.registrations.retain(|r| !going.contains(&r.id));
        let removed = going.len();
        self.number();
        let finished = !self.registrations.iter().any(Registration::is_active);
        if finished {
            self.event.under_test_since = None;
        }
        Ok(Done::SimulationUndone { removed, finished })
    }
}

fn was_passed(registration: &Registration) -> bool {
    registration.cancellation == Some(Cancellation::Passed)
}

fn is_waiting(registration: &Registration) -> bool {
    registration.status == RegistrationStatus::Waitlisted
}

fn seats_of(registration: Option<&Registration>) -> i32 {
    registration.map_or(0, Registration::seats)
}
