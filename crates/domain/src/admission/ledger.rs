//! The state of a batch while it is decided.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::decision::{Change, Decision, Inconsistent, Removed};
use super::lines::Lines;
use super::lookups::Findings;
use crate::accounts::Receiver;
use crate::commands::{Command, Decided, Done, Order, Outcome, Refusal};
use crate::events::{Event, EventDecision, EventDecisionKind, EventStatus};
use crate::figures::Figures;
use crate::ids::{OrderId, PaymentId, RegistrationId, TransferId, UserId};
use crate::limits::PROMOTIONS_PER_BATCH_MAX;
use crate::news::{EventNews, News};
use crate::registrations::{
    Cancellation, CancellationCause, IdempotencyKey, Payment, Registration, RegistrationStatus,
};
use crate::tickets::{Tickets, TypeNumber};
use crate::transfers::Offer;

mod bookings;
mod cancellations;
mod changes;
mod passing;
mod payments;
mod promotions;
mod reductions;
mod stress_tests;
mod tickets;
mod transfers;

/// A registration of the batch, and what is to be written of it.
struct Entry {
    registration: Registration,
    state: EntryState,
    /// Whether its person must hear of it.
    is_news: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum EntryState {
    Found,
    Inserted,
    Updated,
    Deleted,
    /// Made and removed in the same batch: never written.
    Dropped,
}

/// An index into [`Ledger::entries`].
type Index = usize;

pub(super) struct Ledger {
    event: Event,
    tickets: Tickets,
    now: DateTime<Utc>,
    entries: Vec<Entry>,
    by_id: HashMap<RegistrationId, Index>,
    standing: HashMap<(UserId, TypeNumber), Index>,
    /// How many cancelled registrations of each person are among the entries, and how many of them have lapsed.
    cancelled: HashMap<UserId, Cancelled>,
    by_key: HashMap<(UserId, IdempotencyKey), Index>,
    lines: Lines,
    /// The highest number of a ticket that somebody is in with, of each registration that has such tickets.
    admitted: HashMap<RegistrationId, i16>,
    offers: HashMap<TransferId, Offer>,
    payments: HashMap<PaymentId, Payment>,
    /// Payments that were marked or taken back.
    changed_payments: Vec<PaymentId>,
    decisions: Vec<EventDecision>,
    changes: Vec<Change>,
    removals: Vec<Removed>,
    carried_out: HashSet<OrderId>,
    unknown_users: HashSet<UserId>,
    inactive: HashSet<UserId>,
    receivers: HashMap<UserId, Receiver>,
    receivers_in_use: HashSet<UserId>,
    /// How many people the batch has promoted.
    promoted: i32,
    figures: Figures,
}

/// The cancelled registrations of one person at the event.
#[derive(Debug, Clone, Copy, Default)]
struct Cancelled {
    /// Those that were passed over are left out.
    all: usize,
    /// Those that were passed over.
    passed: usize,
    lapsed: usize,
    /// Whether one was taken away and the person may not book again.
    bars: bool,
}

impl Ledger {
    pub(super) fn open(event: Event, tickets: Tickets, now: DateTime<Utc>, findings: Findings) -> Self {
        let found = findings.registrations.len() + findings.lines.len() + findings.places.len();
        let mut ledger = Self {
            lines: Lines::of(&tickets),
            event,
            tickets,
            now,
            entries: Vec::with_capacity(found),
            by_id: HashMap::with_capacity(found),
            standing: HashMap::with_capacity(found),
            cancelled: HashMap::new(),
            by_key: HashMap::new(),
            admitted: findings.admitted,
            offers: findings.offers,
            payments: findings.payments.into_iter().map(|payment| (payment.id, payment)).collect(),
            changed_payments: Vec::new(),
            decisions: Vec::new(),
            changes: Vec::new(),
            removals: Vec::new(),
            carried_out: findings.carried_out,
            unknown_users: findings.unknown_users,
            inactive: findings.inactive,
            receivers: findings.receivers,
            receivers_in_use: findings.receivers_in_use,
            promoted: 0,
            figures: Figures::default(),
        };
        for registration in findings.registrations {
            ledger.enter(registration, EntryState::Found);
        }
        for registration in findings.lines {
            let ticket_type = registration.ticket_type;
            let index = ledger.enter(registration, EntryState::Found);
            ledger.lines.found(ticket_type, index);
        }
        for registration in findings.tails.into_iter().chain(findings.places) {
            ledger.enter(registration, EntryState::Found);
        }
        ledger
    }

    /// The answer to the next order. `None` leaves it, and all behind it, to the next batch: it might promote more
    /// people than one batch may.
    pub(super) fn answer(&mut self, order: &Order) -> Result<Option<Decided>, Inconsistent> {
        if self.promoted > 0 && self.promoted + self.promotions_of(order) > PROMOTIONS_PER_BATCH_MAX {
            return Ok(None);
        }
        let outcome = self.carry_out(order)?;
        Ok(Some(Decided { outcome, as_of: self.event.last_decision, event_status: self.event.status }))
    }

    fn enter(&mut self, registration: Registration, state: EntryState) -> Index {
        if let Some(&index) = self.by_id.get(&registration.id) {
            return index;
        }
        let index = self.entries.len();
        self.by_id.insert(registration.id, index);
        if registration.is_active() {
            self.standing.insert((registration.user, registration.ticket_type), index);
        } else {
            self.count_cancelled(&registration);
        }
        if let Some(key) = &registration.idempotency_key {
            self.by_key.insert((registration.user, key.clone()), index);
        }
        self.entries.push(Entry { registration, state, is_news: state == EntryState::Inserted && !self.is_test() });
        index
    }

    fn count_cancelled(&mut self, registration: &Registration) {
        let counts = self.cancelled.entry(registration.user).or_default();
        let cause = registration.cancellation.as_ref().map(Cancellation::cause);
        let was_passed = cause == Some(CancellationCause::Passed);
        counts.all += usize::from(!was_passed);
        counts.passed += usize::from(was_passed);
        counts.lapsed += usize::from(cause == Some(CancellationCause::Lapsed));
        counts.bars |= registration.cancellation.as_ref().is_some_and(Cancellation::bars);
    }

    fn carry_out(&mut self, order: &Order) -> Result<Outcome, Inconsistent> {
        if order.people().any(|user| self.unknown_users.contains(&user)) {
            return Ok(Err(Refusal::NoSuchUser));
        }
        if !order.command.is_about_the_event() {
            return self.apply(order);
        }
        if self.carried_out.contains(&order.id) {
            return Ok(Ok(self.done_before(&order.command)));
        }
        if !self.is_entitled(order) {
            return Ok(Err(Refusal::HandedOver));
        }
        let (before, tickets) = (self.present(), self.tickets.clone());
        let outcome = self.apply(order)?;
        let told = |event: &Event| (event.edit_version, event.under_test_since);
        if told(&before) != told(&self.event) {
            let after = self.present();
            let is_of_tickets = matches!(order.command, Command::EditTickets { .. });
            let tickets = is_of_tickets.then(|| Box::new((tickets, self.tickets.clone())));
            self.changes.push(Change { order: order.id, by: order.by, before, after, tickets });
        }
        Ok(outcome)
    }

    /// The answer to an order that an earlier attempt carried out.
    fn done_before(&self, command: &Command) -> Done {
        match command {
            Command::BeginSimulation => Done::SimulationBegun,
            Command::UndoSimulation { .. } => {
                Done::SimulationUndone { removed: 0, finished: !self.event.is_under_test() }
            }
            Command::Register { .. }
            | Command::Reduce { .. }
            | Command::GiveUp { .. }
            | Command::Release { .. }
            | Command::Remove { .. }
            | Command::MarkPaid { .. }
            | Command::NotPaid { .. }
            | Command::Lapse { .. }
            | Command::Extend { .. }
            | Command::Pass { .. }
            | Command::TakeOver { .. }
            | Command::Edit { .. }
            | Command::EditTickets { .. }
            | Command::HandOver { .. }
            | Command::Publish
            | Command::Cancel => self.changed(),
        }
    }

    fn apply(&mut self, order: &Order) -> Result<Outcome, Inconsistent> {
        match &order.command {
            Command::Register { registration, user, buyer, is_verified, key, choice } => {
                self.register(*registration, *user, *buyer, *is_verified, key.as_ref(), choice)
            }
            Command::Reduce { registration, user, remaining, shown_waiting } => {
                self.reduce(*registration, *user, remaining, *shown_waiting)
            }
            Command::GiveUp { registration, user } => self.give_up(*registration, *user),
            Command::Release { registration, user } => self.release(*registration, *user),
            Command::Remove { registration, removal } => self.remove(order, *registration, removal),
            Command::MarkPaid { registration, user, payment, amount } => {
                self.mark_paid(order, *registration, *user, *payment, *amount)
            }
            Command::NotPaid { registration, payment } => self.not_paid(order, *registration, *payment),
            Command::Lapse { registrations } => self.lapse(registrations),
            Command::Extend { registrations } => self.extend(registrations),
            Command::Pass { registration, user } => self.pass(*registration, *user),
            Command::TakeOver { transfer, from, user, is_verified } => {
                self.take_over(*transfer, *from, *user, *is_verified)
            }
            Command::Edit { changes, expected_version } => self.edit(changes, *expected_version),
            Command::EditTickets { document, expected_version } => self.edit_tickets(document, *expected_version),
            Command::HandOver { to, expected_version } => Ok(self.hand_over(*to, *expected_version)),
            Command::Publish => Ok(self.move_to(EventStatus::Published, EventDecisionKind::Published)),
            Command::Cancel => Ok(self.move_to(EventStatus::Cancelled, EventDecisionKind::Cancelled)),
            Command::BeginSimulation => Ok(self.begin_simulation()),
            Command::UndoSimulation { at_most } => self.undo_simulation(*at_most),
        }
    }

    /// Refuses changes of the seats and dates of an event that was cancelled or has ended.
    fn still_changes(&self) -> Result<(), Refusal> {
        if self.event.status == EventStatus::Cancelled {
            return Err(Refusal::EventCancelled);
        }
        if self.event.has_ended(self.now) {
            return Err(Refusal::EventEnded);
        }
        Ok(())
    }

    fn registration(&self, index: Index) -> Option<&Registration> {
        self.entries.get(index).map(|entry| &entry.registration)
    }

    /// The registration with this id.
    fn find(&self, id: RegistrationId) -> Option<(Index, &Registration)> {
        let index = *self.by_id.get(&id)?;
        Some((index, self.registration(index)?))
    }

    /// Adds a new registration, and counts it.
    fn insert(&mut self, registration: Registration) -> Result<Index, Inconsistent> {
        self.count_seats(&registration, 1)?;
        Ok(self.enter(registration, EntryState::Inserted))
    }

    /// Changes a registration, and counts it anew. Every change goes through here, so that no count is forgotten.
    fn change(&mut self, index: Index, change: impl FnOnce(&mut Registration)) -> Result<Registration, Inconsistent> {
        let Some(before) = self.registration(index).cloned() else { return Err(Inconsistent::LineTooShort) };
        let mut after = before.clone();
        change(&mut after);
        // Only what is held has a deadline.
        after.hold = after.hold.filter(|_| after.status == RegistrationStatus::Held);
        self.count_seats(&before, -1)?;
        self.count_seats(&after, 1)?;
        if before.is_active() && !after.is_active() {
            self.standing.remove(&(after.user, after.ticket_type));
            self.count_cancelled(&after);
        }
        let is_news = !self.is_test();
        if let Some(entry) = self.entries.get_mut(index) {
            entry.registration = after.clone();
            entry.is_news |= is_news;
            if entry.state == EntryState::Found {
                entry.state = EntryState::Updated;
            }
        }
        Ok(after)
    }

    /// Adds what a registration takes to the counts of its type and its prices, or subtracts it if `sign` is -1.
    fn count_seats(&mut self, registration: &Registration, sign: i32) -> Result<(), Inconsistent> {
        let is_counted = !self.is_test();
        let status = registration.status;
        let of_type = self.tickets.ticket_type_mut(registration.ticket_type).ok_or(Inconsistent::UnknownTicket)?;
        let seats = registration.seats() * sign;
        if status.takes_seat() {
            of_type.seats.change(seats, 0)?;
        } else if status.waits() {
            of_type.seats.change(0, sign)?;
            of_type.seats_wanted += seats;
        }
        if is_counted {
            of_type.is_used = true;
            if sign > 0 {
                of_type.money += registration.money();
            } else {
                of_type.money -= registration.money();
            }
        }
        if !status.is_over() {
            for part in registration.split.parts() {
                let price = self.tickets.price_mut(part.price).ok_or(Inconsistent::UnknownTicket)?;
                price.standing += i32::from(part.seats) * sign;
                price.is_used |= is_counted;
                if price.standing < 0 {
                    return Err(Inconsistent::PriceMiscounted);
                }
            }
        }
        Ok(())
    }

    /// Whether what is booked now is a part of a stress test.
    fn is_test(&self) -> bool {
        self.event.is_under_test() || self.event.rehearsal_of.is_some()
    }

    /// Adds to the figures, except during a stress test.
    fn count(&mut self, count: impl FnOnce(&mut Figures)) {
        if !self.is_test() {
            count(&mut self.figures);
        }
    }

    fn next_number(&mut self) -> i64 {
        self.event.last_decision += 1;
        self.event.last_decision
    }

    fn record(&mut self, kind: EventDecisionKind) -> i64 {
        let number = self.next_number();
        self.decisions.push(EventDecision { number, kind });
        number
    }

    /// The event as it stands, with the seats of its types.
    fn present(&self) -> Event {
        Event { seats: self.tickets.seats(), ..self.event.clone() }
    }

    fn changed(&self) -> Done {
        Done::Changed(Box::new(self.present()))
    }

    /// The decision, over an event that was `before` the batch.
    pub(super) fn close(self, before: &Event, answers: Vec<Decided>) -> Decision {
        let payments = self.changed_payments.iter().filter_map(|id| self.payments.get(id).cloned()).collect();
        let event = self.present();
        let mut decision = Decision {
            answers,
            news: News { registrations: Vec::new(), event: EventNews::between(before, &event) },
            event,
            tickets: self.tickets,
            inserted: Vec::new(),
            updated: Vec::new(),
            deleted: Vec::new(),
            payments,
            decisions: self.decisions,
            changes: self.changes,
            removals: self.removals,
            figures: self.figures,
        };
        for Entry { registration, state, is_news } in self.entries {
            if is_news {
                decision.news.registrations.push(registration.id);
            }
            match state {
                EntryState::Inserted => decision.inserted.push(registration),
                EntryState::Updated => decision.updated.push(registration),
                EntryState::Deleted => decision.deleted.push(registration.id),
                EntryState::Found | EntryState::Dropped => {}
            }
        }
        decision
    }
}

fn stands(registration: Registration) -> Outcome {
    Ok(Done::Stands { registration })
}
