//! An event as a list of registrations: the rules about its places once more, one command at a time, with every count
//! made anew from the list. Tests run the real system beside it, and compare every answer and the tables at the end.
//!
//! It shares the words with [`crate::admission`] (commands, answers, refusals), the checks of a single field and of an
//! event's details, and no other rule. It knows no bound on promotions, which belongs to batches.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use crate::accounts::{AccountKind, Receiver, Role};
use crate::commands::{Authority, Command, Decided, Done, Order, Origin, Outcome, Refusal};
use crate::events::{Event, EventChanges, EventDetails, EventStatus};
use crate::ids::{OrderId, UserId};
use crate::limits::{EDITS_PER_EVENT_MAX, EVENTS_PER_ORGANIZER_MAX, GIVEN_UP_PER_PERSON_MAX, HAND_OVER_VERSION_MAX};
use crate::registrations::{Cancellation, Registration, RegistrationStatus};
use crate::seats::Seats;
use crate::text::InvalidField;

/// An event and everything that was ever registered for it.
#[derive(Debug, Clone)]
pub struct Model {
    /// [`Model::event`] counts its seats anew from the registrations.
    event: Event,
    capacity: i32,
    registrations: Vec<Registration>,
    /// Orders that changed the event as a whole.
    carried_out: HashSet<OrderId>,
    /// The accounts that a handing over may name, whether or not they can run events.
    receivers: HashMap<UserId, Receiver>,
}

impl Model {
    /// The model of an event without registrations.
    pub fn new(event: Event) -> Self {
        Self {
            capacity: event.seats.capacity(),
            event,
            registrations: Vec::new(),
            carried_out: HashSet::new(),
            receivers: HashMap::new(),
        }
    }

    /// The same, with these accounts.
    pub fn with_receivers(self, receivers: HashMap<UserId, Receiver>) -> Self {
        Self { receivers, ..self }
    }

    /// The event, with its counts made from the registrations.
    pub fn event(&self) -> Event {
        Event { seats: self.seats(), ..self.event.clone() }
    }

    /// All registrations, in the order in which they were made.
    pub fn registrations(&self) -> &[Registration] {
        &self.registrations
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
                Command::Register { .. } | Command::GiveUp { .. } | Command::Release { .. } => false,
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
        let decided = self.apply(&order.command, now);
        if before != (self.event.edit_version, self.event.under_test_since) {
            self.carried_out.insert(order.id);
        }
        decided
    }

    /// Answers one command, at the time `now`.
    fn apply(&mut self, command: &Command, now: DateTime<Utc>) -> Decided {
        let outcome = match command {
            Command::Register { registration, user, buyer, key } => {
                let template = Registration {
                    id: *registration,
                    user: *user,
                    status: RegistrationStatus::Waitlisted,
                    decision: 0,
                    confirmed_decision: None,
                    cancelled_decision: None,
                    idempotency_key: key.clone(),
                    registered_at: now,
                    confirmed_at: None,
                    cancelled_at: None,
                    cancellation: None,
                };
                self.register(template, *buyer, now)
            }
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

    fn count(&self, status: RegistrationStatus) -> i32 {
        self.registrations.iter().filter(|r| r.status == status).map(|_| 1).sum()
    }

    fn free(&self) -> i32 {
        self.capacity - self.count(RegistrationStatus::Confirmed)
    }

    fn seats(&self) -> Seats {
        let counted = Seats::stored(self.capacity, self.free(), self.count(RegistrationStatus::Waitlisted));
        #[expect(clippy::expect_used, reason = "a model that breaks the promises is of no use to any test")]
        counted.expect("the model keeps the promises")
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

    fn register(&mut self, new: Registration, buyer: AccountKind, now: DateTime<Utc>) -> Outcome {
        let is_repeat = |r: &&Registration| {
            r.id == new.id
                || (r.user == new.user && r.idempotency_key.is_some() && r.idempotency_key == new.idempotency_key)
        };
        if let Some(first) = self.registrations.iter().find(is_repeat) {
            return Ok(Done::Registered { registration: first.clone(), origin: Origin::Replayed, position: None });
        }
        if let Some(place) = self.registrations.iter().find(|r| r.user == new.user && r.is_active()) {
            return Err(Refusal::AlreadyRegistered(Box::new(place.clone())));
        }
        let person = buyer == AccountKind::Person;
        let details = &self.event.details;
        if self.event.status == EventStatus::Draft || (person && self.event.rehearsal_of.is_some()) {
            return Err(Refusal::EventNotPublished { organizer: self.event.organizer });
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
        if person {
            match (details.sales_open_at, details.sales_close_at) {
                (Some(opens_at), _) if now < opens_at => return Err(Refusal::SalesNotOpen { opens_at }),
                (_, Some(closed_at)) if closed_at <= now => return Err(Refusal::SalesClosed { closed_at }),
                _ => {}
            }
        }
        let is_barred = |r: &Registration| {
            let removal = r.cancellation.as_ref().and_then(Cancellation::removal);
            r.user == new.user && removal.is_some_and(|removal| !removal.may_book_again)
        };
        if self.registrations.iter().any(is_barred) {
            return Err(Refusal::Barred);
        }
        if self.registrations.iter().filter(|r| r.user == new.user && !r.is_active()).count() >= GIVEN_UP_PER_PERSON_MAX
        {
            return Err(Refusal::TooManyRegistrations);
        }
        let seated = self.free() > 0;
        let decision = self.number();
        let mut registration = Registration { decision, ..new };
        if seated {
            confirm(&mut registration, decision, now);
        }
        self.registrations.push(registration.clone());
        let position = (!seated).then(|| self.count(RegistrationStatus::Waitlisted));
        Ok(Done::Registered { registration, origin: Origin::Made, position })
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
            Cancellation::Removed(_) if self.event.under_test_since.is_some() => Some(Refusal::EventUnderTest),
            _ => None,
        };
        let next = self.event.last_decision + 1;
        let Some(registration) = place.and_then(|place| self.registrations.get_mut(place)) else {
            return Err(Refusal::NoSuchRegistration);
        };
        if registration.is_active() {
            if let Some(refusal) = frozen.or(forbidden) {
                return Err(refusal);
            }
            registration.status = RegistrationStatus::Cancelled;
            registration.cancelled_decision = Some(next);
            registration.cancelled_at = Some(now);
            registration.cancellation = Some(cancellation);
            self.event.last_decision = next;
        }
        let answer = registration.clone();
        self.fill_free_seats(now);
        Ok(Done::GivenUp(answer))
    }

    /// While there is a free seat, the one who has waited longest gets it.
    fn fill_free_seats(&mut self, now: DateTime<Utc>) {
        while self.free() > 0 {
            let next = self.event.last_decision + 1;
            let waiting = self.registrations.iter_mut().filter(|r| r.status == RegistrationStatus::Waitlisted);
            let Some(first) = waiting.min_by_key(|r| r.decision) else { return };
            confirm(first, next, now);
            self.event.last_decision = next;
        }
    }

    fn edit(&mut self, changes: &EventChanges, expected_version: Option<i64>, now: DateTime<Utc>) -> Outcome {
        let details = changes.applied_to(&self.event.details).map_err(Refusal::InvalidEdit)?;
        let capacity = changes.capacity.unwrap_or(self.capacity);
        let confirmed = self.count(RegistrationStatus::Confirmed);
        if details == self.event.details && capacity == self.capacity {
            return Ok(Done::Changed(Box::new(self.event())));
        }
        if expected_version.is_some_and(|version| version != self.event.edit_version) {
            return Err(Refusal::StaleEdit { current_version: self.event.edit_version });
        }
        if self.event.edit_version > EDITS_PER_EVENT_MAX {
            return Err(Refusal::TooManyEdits);
        }
        let times = |of: &EventDetails| {
            [Some(of.starts_at), Some(of.ends_at), of.sales_open_at, of.sales_close_at, of.cancel_until]
        };
        if times(&details) != times(&self.event.details) || capacity != self.capacity {
            if let Some(refusal) = self.frozen(now) {
                return Err(refusal);
            }
            if details.ends_at != self.event.details.ends_at && now >= details.ends_at {
                return Err(Refusal::InvalidEdit(InvalidField::new("ends_at", "must be in the future")));
            }
        }
        if capacity != self.capacity && self.event.under_test_since.is_some() {
            return Err(Refusal::EventUnderTest);
        }
        if capacity != self.capacity && capacity < confirmed {
            return Err(Refusal::CapacityBelowConfirmed { confirmed });
        }
        self.event.details = details;
        self.event.edit_version += 1;
        self.event.updated_at = now;
        if capacity != self.capacity {
            self.capacity = capacity;
            self.number();
            self.fill_free_seats(now);
        }
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
        going.sort_by_key(|r| match r.status {
            RegistrationStatus::Waitlisted => (0, r.decision, r.user),
            _ => (1, 0, r.user),
        });
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

fn confirm(registration: &mut Registration, decision: i64, now: DateTime<Utc>) {
    registration.status = RegistrationStatus::Confirmed;
    registration.confirmed_decision = Some(decision);
    registration.confirmed_at = Some(now);
}
