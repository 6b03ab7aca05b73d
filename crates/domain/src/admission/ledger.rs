//! The state of a batch while it is decided, and the rules of admission.

use std::collections::{HashMap, HashSet, VecDeque};

use chrono::{DateTime, Utc};

use super::decision::{Change, Decision, Inconsistent, Removed};
use super::lookups::Findings;
use crate::accounts::{AccountKind, Receiver};
use crate::commands::{Command, Decided, Done, Order, Origin, Outcome, Refusal};
use crate::events::{Event, EventDecision, EventDecisionKind, EventStatus};
use crate::figures::Figures;
use crate::ids::{OrderId, RegistrationId, UserId};
use crate::limits::{GIVEN_UP_PER_PERSON_MAX, PROMOTIONS_PER_BATCH_MAX};
use crate::registrations::{Cancellation, IdempotencyKey, Registration, RegistrationStatus};
use crate::seats::Placement;

mod cancellations;
mod changes;
mod stress_tests;

/// A registration of the batch, and what is to be written of it.
struct Entry {
    registration: Registration,
    state: EntryState,
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
    now: DateTime<Utc>,
    entries: Vec<Entry>,
    by_id: HashMap<RegistrationId, Index>,
    standing: HashMap<UserId, Index>,
    /// How many cancelled registrations of each person are among the entries.
    given_up: HashMap<UserId, usize>,
    /// People who may not book again, because a registration of theirs was taken away.
    barred: HashSet<UserId>,
    by_key: HashMap<(UserId, IdempotencyKey), Index>,
    /// The head of the line, and those who join in this batch. Those who leave stay in it and are skipped later.
    line: VecDeque<Index>,
    /// How many people wait behind the last one that was looked up.
    waiting_unseen: i32,
    decisions: Vec<EventDecision>,
    changes: Vec<Change>,
    removals: Vec<Removed>,
    carried_out: HashSet<OrderId>,
    unknown_users: HashSet<UserId>,
    receivers: HashMap<UserId, Receiver>,
    receivers_in_use: HashSet<UserId>,
    /// How many people edits of the capacity may still promote in this batch.
    promotions_left: i32,
    figures: Figures,
}

impl Ledger {
    pub(super) fn open(event: Event, now: DateTime<Utc>, findings: Findings) -> Self {
        let found = findings.registrations.len() + findings.line.len() + findings.places.len();
        let mut ledger = Self {
            waiting_unseen: event.seats.waiting(),
            event,
            now,
            entries: Vec::with_capacity(found),
            by_id: HashMap::with_capacity(found),
            standing: HashMap::with_capacity(found),
            given_up: HashMap::new(),
            barred: HashSet::new(),
            by_key: HashMap::new(),
            line: VecDeque::with_capacity(findings.line.len()),
            decisions: Vec::new(),
            changes: Vec::new(),
            removals: Vec::new(),
            carried_out: findings.carried_out,
            unknown_users: findings.unknown_users,
            receivers: findings.receivers,
            receivers_in_use: findings.receivers_in_use,
            promotions_left: PROMOTIONS_PER_BATCH_MAX,
            figures: Figures::default(),
        };
        for registration in findings.registrations {
            ledger.enter(registration, EntryState::Found);
        }
        for registration in findings.line {
            let index = ledger.enter(registration, EntryState::Found);
            ledger.line.push_back(index);
            ledger.waiting_unseen -= 1;
        }
        for registration in findings.places {
            ledger.enter(registration, EntryState::Found);
        }
        ledger
    }

    pub(super) fn last_decision(&self) -> i64 {
        self.event.last_decision
    }

    /// The event's status after the orders so far.
    pub(super) fn event_status(&self) -> EventStatus {
        self.event.status
    }

    fn enter(&mut self, registration: Registration, state: EntryState) -> Index {
        if let Some(&index) = self.by_id.get(&registration.id) {
            return index;
        }
        let index = self.entries.len();
        self.by_id.insert(registration.id, index);
        if registration.is_active() {
            self.standing.insert(registration.user, index);
        } else {
            *self.given_up.entry(registration.user).or_default() += 1;
            if registration.cancellation.as_ref().is_some_and(Cancellation::bars) {
                self.barred.insert(registration.user);
            }
        }
        if let Some(key) = &registration.idempotency_key {
            self.by_key.insert((registration.user, key.clone()), index);
        }
        self.entries.push(Entry { registration, state });
        index
    }

    pub(super) fn carry_out(&mut self, order: &Order) -> Result<Outcome, Inconsistent> {
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
        let before = self.event.clone();
        let outcome = self.apply(order)?;
        let told = |event: &Event| (event.edit_version, event.under_test_since);
        if told(&before) != told(&self.event) {
            let after = self.event.clone();
            self.changes.push(Change { order: order.id, by: order.by, before, after });
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
            | Command::GiveUp { .. }
            | Command::Release { .. }
            | Command::Remove { .. }
            | Command::Edit { .. }
            | Command::HandOver { .. }
            | Command::Publish
            | Command::Cancel => self.changed(),
        }
    }

    fn apply(&mut self, order: &Order) -> Result<Outcome, Inconsistent> {
        Ok(match &order.command {
            Command::Register { registration, user, buyer, key } => {
                self.register(*registration, *user, *buyer, key.as_ref())
            }
            Command::GiveUp { registration, user } => return self.give_up(*registration, *user),
            Command::Release { registration, user } => return self.release(*registration, *user),
            Command::Remove { registration, removal } => return self.remove(order, *registration, removal),
            Command::Edit { changes, expected_version } => return self.edit(changes, *expected_version),
            Command::HandOver { to, expected_version } => self.hand_over(*to, *expected_version),
            Command::Publish => self.move_to(EventStatus::Published, EventDecisionKind::Published),
            Command::Cancel => self.move_to(EventStatus::Cancelled, EventDecisionKind::Cancelled),
            Command::BeginSimulation => self.begin_simulation(),
            Command::UndoSimulation { at_most } => return self.undo_simulation(*at_most),
        })
    }

    fn register(
        &mut self,
        id: RegistrationId,
        user: UserId,
        buyer: AccountKind,
        key: Option<&IdempotencyKey>,
    ) -> Outcome {
        let earlier = self
            .by_id
            .get(&id)
            .or_else(|| key.and_then(|key| self.by_key.get(&(user, key.clone()))))
            .and_then(|&index| self.entries.get(index));
        if let Some(entry) = earlier {
            let registration = entry.registration.clone();
            return Ok(Done::Registered { registration, origin: Origin::Replayed, position: None });
        }
        if let Some(entry) = self.standing.get(&user).and_then(|&index| self.entries.get(index)) {
            return Err(Refusal::AlreadyRegistered(Box::new(entry.registration.clone())));
        }
        self.on_sale_for(buyer)?;
        if self.barred.contains(&user) {
            return Err(Refusal::Barred);
        }
        if self.given_up.get(&user).is_some_and(|times| *times >= GIVEN_UP_PER_PERSON_MAX) {
            return Err(Refusal::TooManyRegistrations);
        }

        let number = self.next_number();
        let placement = self.event.seats.book();
        let seated = placement == Placement::Seated;
        let registration = Registration {
            id,
            user,
            status: if seated { RegistrationStatus::Confirmed } else { RegistrationStatus::Waitlisted },
            decision: number,
            confirmed_decision: seated.then_some(number),
            cancelled_decision: None,
            idempotency_key: key.cloned(),
            registered_at: self.now,
            confirmed_at: seated.then_some(self.now),
            cancelled_at: None,
            cancellation: None,
        };
        let index = self.enter(registration.clone(), EntryState::Inserted);
        let position = match placement {
            Placement::Seated => {
                self.count(|figures| figures.confirmed += 1);
                None
            }
            Placement::Waiting { position } => {
                self.count(|figures| figures.waitlisted += 1);
                self.line.push_back(index);
                Some(position)
            }
        };
        Ok(Done::Registered { registration, origin: Origin::Made, position })
    }

    /// Whether `buyer` may register now. The sales window binds people only: a stress test may run before the sale
    /// opens.
    fn on_sale_for(&self, buyer: AccountKind) -> Result<(), Refusal> {
        let person = buyer == AccountKind::Person;
        if self.event.status == EventStatus::Draft || (person && self.event.rehearsal_of.is_some()) {
            return Err(Refusal::EventNotPublished { organizer: self.event.organizer });
        }
        self.still_changes()?;
        match (person, self.event.is_under_test()) {
            (true, true) => return Err(Refusal::EventUnderTest),
            (false, false) => return Err(Refusal::EventNotUnderTest),
            (false, true) => return Ok(()),
            (true, false) => {}
        }
        if let Some(opens_at) = self.event.details.sales_open_at.filter(|&opens_at| self.now < opens_at) {
            return Err(Refusal::SalesNotOpen { opens_at });
        }
        if let Some(closed_at) = self.event.details.sales_close_at.filter(|&closed_at| self.now >= closed_at) {
            return Err(Refusal::SalesClosed { closed_at });
        }
        Ok(())
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

    /// Gives free seats to the head of the line until there is no seat or nobody waits.
    fn promote(&mut self) -> Result<(), Inconsistent> {
        while self.event.seats.has_promotion() {
            let index = self.line.pop_front().ok_or(Inconsistent::LineTooShort)?;
            let Some(entry) = self.entries.get(index) else { return Err(Inconsistent::LineTooShort) };
            if !entry.registration.status.waits() {
                continue;
            }
            // A person who joined in this batch comes after everybody who waited before, looked up or not.
            if entry.state == EntryState::Inserted && self.waiting_unseen > 0 {
                return Err(Inconsistent::LineTooShort);
            }
            let number = self.next_number();
            let now = self.now;
            self.change(index, |registration| {
                registration.status = RegistrationStatus::Confirmed;
                registration.confirmed_decision = Some(number);
                registration.confirmed_at = Some(now);
            });
            self.count(|figures| figures.promoted += 1);
            self.event.seats.promote()?;
        }
        Ok(())
    }

    fn change(&mut self, index: Index, change: impl FnOnce(&mut Registration)) -> Option<Registration> {
        let entry = self.entries.get_mut(index)?;
        change(&mut entry.registration);
        if entry.state == EntryState::Found {
            entry.state = EntryState::Updated;
        }
        Some(entry.registration.clone())
    }

    /// Adds to the figures, except during a stress test.
    fn count(&mut self, count: impl FnOnce(&mut Figures)) {
        if !self.event.is_under_test() && self.event.rehearsal_of.is_none() {
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

    fn edited(&mut self) {
        self.event.edit_version += 1;
        self.event.updated_at = self.now;
    }

    fn changed(&self) -> Done {
        Done::Changed(Box::new(self.event.clone()))
    }

    pub(super) fn close(self, answers: Vec<Decided>) -> Decision {
        let mut decision = Decision {
            answers,
            event: self.event,
            inserted: Vec::new(),
            updated: Vec::new(),
            deleted: Vec::new(),
            decisions: self.decisions,
            changes: self.changes,
            removals: self.removals,
            figures: self.figures,
        };
        for Entry { registration, state } in self.entries {
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
