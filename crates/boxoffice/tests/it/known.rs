//! What answers have told so far: it turns moves into commands.

use std::collections::HashMap;

use boxoffice::Answer;
use domain::commands::{Command, Done};
use domain::events::TicketedEvent;
use domain::ids::{PaymentId, RegistrationId, TransferId, UserId};
use domain::registrations::{Registration, RegistrationStatus};
use domain::tickets::{Part, PriceNumber, Split};
use domain::transfers::Offer;
use uuid::Uuid;

use crate::moves::{MORE, Move};
use crate::stage::{id, key, remove};

/// What answers have told so far.
pub(crate) struct Known {
    latest: TicketedEvent,
    /// As their latest answers told of them, in the order in which they were made known.
    registrations: Vec<Registration>,
    /// The registrations of payments.
    payments: HashMap<PaymentId, RegistrationId>,
    /// The offers of seats that are stored.
    pub(crate) offers: HashMap<TransferId, Offer>,
}

impl Known {
    pub(crate) fn new(latest: TicketedEvent) -> Self {
        Self { latest, registrations: Vec::new(), payments: HashMap::new(), offers: HashMap::new() }
    }

    pub(crate) fn learn(&mut self, command: &Command, answer: &Answer) {
        let version = |of: &TicketedEvent| (of.event.last_decision, of.event.edit_version);
        if version(&answer.after) >= version(&self.latest) {
            self.latest = TicketedEvent::clone(&answer.after);
        }
        if let (Command::Pass { registration, .. }, Ok(Done::PassedOver(true))) = (command, &answer.decided.outcome)
            && let Some(passed) = self.registrations.iter_mut().find(|known| known.id == *registration)
        {
            let (id, decision) = (passed.id.successor(), answer.decided.as_of);
            let at_the_end = Registration { id, decision, ..passed.clone() };
            passed.status = RegistrationStatus::Cancelled;
            self.registrations.push(at_the_end);
        }
        let Ok(Done::Registered { registration, .. } | Done::GivenUp(registration) | Done::Stands { registration }) =
            &answer.decided.outcome
        else {
            return;
        };
        match self.registrations.iter_mut().find(|known| known.id == registration.id) {
            Some(known) => *known = registration.clone(),
            None => self.registrations.push(registration.clone()),
        }
        if let Command::MarkPaid { payment, .. } = command {
            self.payments.entry(*payment).or_insert(registration.id);
        }
    }

    fn nth(&self, nth: usize) -> Option<&Registration> {
        self.registrations.get(nth % self.registrations.len().max(1))
    }

    /// The person of this registration.
    pub(crate) fn person_of(&self, id: RegistrationId) -> Option<UserId> {
        self.registrations.iter().find(|known| known.id == id).map(|known| known.user)
    }

    /// The price of a seat of this registration, the n-th of those that it has.
    pub(crate) fn price_in(&self, id: RegistrationId, nth: usize) -> PriceNumber {
        let known = self.registrations.iter().find(|known| known.id == id);
        let parts = known.map(|known| known.split.parts()).unwrap_or_default();
        parts.get(nth % parts.len().max(1)).map_or(1.into(), |part| part.price)
    }

    /// The n-th registration so far and its person, or one that there is not.
    fn place(&self, nth: usize, people: &[UserId]) -> (RegistrationId, UserId) {
        self.nth(nth).map_or_else(|| (id(), people[0]), |known| (known.id, known.user))
    }

    pub(crate) fn command(&self, step: &Move, people: &[UserId], organizers: &[UserId]) -> Command {
        match *step {
            Move::Sent(ref command) => command.clone(),
            Move::Register { person, buyer, is_verified, key: number, ref wanted } => Command::Register {
                registration: id(),
                user: people[person],
                buyer,
                is_verified,
                key: number.and_then(|number| key(&format!("key-{number}"))),
                choice: wanted.choice(&self.latest.tickets),
            },
            Move::GiveUp { nth, stranger } => {
                let (registration, user) = self.place(nth, people);
                Command::GiveUp { registration, user: if stranger { organizers[0] } else { user } }
            }
            Move::Reduce { nth, seats, shown_waiting } => {
                let (registration, user) = self.place(nth, people);
                let remaining = first_seats(self.nth(nth).map(|known| &known.split), seats);
                Command::Reduce { registration, user, remaining, shown_waiting }
            }
            Move::Release { nth } => {
                let (registration, user) = self.place(nth, people);
                Command::Release { registration, user }
            }
            Move::Remove { nth, may_book_again } => remove(self.place(nth, people).0, may_book_again),
            Move::MarkPaid { nth, payment, is_right } => {
                let (registration, user) = self.place(nth, people);
                let amount = self.nth(nth).map_or(0, |known| known.amount) + i64::from(!is_right);
                Command::MarkPaid { registration, user, payment: payment_of(payment), amount }
            }
            Move::NotPaid { nth, payment, is_of_that } => {
                // Most marks are refused, so that a number by itself would hardly ever be a payment's.
                let mut known: Vec<_> = self.payments.keys().copied().collect();
                known.sort_unstable();
                let of_known = known.get(usize::from(payment) % known.len().max(1)).copied().filter(|_| is_of_that);
                let payment = of_known.unwrap_or_else(|| payment_of(payment));
                let of = self.payments.get(&payment).copied().filter(|_| is_of_that);
                Command::NotPaid { registration: of.unwrap_or_else(|| self.place(nth, people).0), payment }
            }
            Move::Lapse { ref nth } => {
                Command::Lapse { registrations: nth.iter().map(|nth| self.place(*nth, people).0).collect() }
            }
            Move::Extend { ref nth } => {
                Command::Extend { registrations: nth.iter().map(|nth| self.place(*nth, people).0).collect() }
            }
            Move::Pass { nth, is_head } => {
                let types = &self.latest.tickets.types;
                let of = types.get(nth % types.len()).map(|one| one.number);
                let line = self.registrations.iter().filter(|r| r.status.waits() && Some(r.ticket_type) == of);
                let head = line.min_by_key(|r| r.decision).filter(|_| is_head).map(|r| (r.id, r.user));
                let (registration, user) = head.unwrap_or_else(|| self.place(nth, people));
                Command::Pass { registration, user }
            }
            Move::TakeOver { offer, nth, person, is_verified, .. } => {
                let transfer = Uuid::from_u128(5_000 + 10 * u128::from(offer)).into();
                let known = self.offers.get(&transfer).map(|offer| offer.registration);
                let from = known.unwrap_or_else(|| self.place(nth, people).0);
                Command::TakeOver { transfer, from, user: people[person], is_verified }
            }
            Move::EditTickets(ref edit) => edit.command(&self.latest),
            Move::HandOver { nth, expected_version } => {
                let to = organizers.get(nth).copied().unwrap_or(people[0]);
                Command::HandOver { to, expected_version }
            }
        }
    }
}

fn payment_of(number: u8) -> PaymentId {
    Uuid::from_u128(1_000 + u128::from(number)).into()
}

/// So many of the seats, or so many at the first price if there are none. [`MORE`] are none of those that there are.
fn first_seats(split: Option<&Split>, seats: i16) -> Split {
    let Some(split) = split else { return Split::one(1.into(), seats).unwrap() };
    if seats == MORE {
        let first = split.parts()[0];
        return Split::one(first.price, first.seats + 1).unwrap_or_else(|| Split::single(first.price));
    }
    let mut left = seats;
    let mut parts = Vec::new();
    for part in split.parts() {
        let taken = left.min(part.seats);
        left -= taken;
        parts.push(Part { seats: taken, ..*part });
    }
    parts.retain(|part| part.seats > 0);
    Split::of(parts).unwrap()
}
