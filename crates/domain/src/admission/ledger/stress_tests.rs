//! Stress tests: an event that is put under test, and the undo that removes its simulated registrations.

use std::cmp::Reverse;

use super::{Entry, EntryState, Index, Ledger};
use crate::admission::decision::Inconsistent;
use crate::commands::{Done, Outcome, Refusal};
use crate::events::{EventDecisionKind, EventStatus};
use crate::registrations::RegistrationStatus;

impl Ledger {
    pub(super) fn begin_simulation(&mut self) -> Outcome {
        if self.event.status == EventStatus::Draft {
            return Err(Refusal::EventNotPublished { organizer: self.event.organizer });
        }
        self.still_changes()?;
        match (self.event.is_under_test(), self.tickets.seats().are_unused()) {
            // The event is under test and empty already.
            (true, true) => return Ok(Done::SimulationBegun),
            (true, false) => return Err(Refusal::EventUnderTest),
            (false, false) => return Err(Refusal::EventNotEmpty),
            (false, true) => {}
        }
        let number = self.record(EventDecisionKind::SimulationBegun);
        self.event.under_test_since = Some(number);
        Ok(Done::SimulationBegun)
    }

    pub(super) fn undo_simulation(&mut self, at_most: usize) -> Result<Outcome, Inconsistent> {
        let Some(since) = self.event.under_test_since else {
            return Ok(Ok(Done::SimulationUndone { removed: 0, finished: true }));
        };
        let mut removed = 0;
        for index in self.simulated_waiting_first() {
            if removed == at_most {
                break;
            }
            removed += 1;
            self.take_out(index)?;
        }
        if removed < at_most && !self.tickets.seats().are_unused() {
            return Err(Inconsistent::SimulatedTooFew);
        }
        self.record(EventDecisionKind::SimulationUndone(since));
        let finished = self.tickets.seats().are_unused();
        if finished {
            self.event.under_test_since = None;
        }
        Ok(Ok(Done::SimulationUndone { removed, finished }))
    }

    /// The active registrations among the entries, in the order of their removal. At an event under test all are
    /// simulated. The lines go before the seats, each from its end, so that its head is the last to go and no chunk
    /// leaves seats that it wants (P2). All are in the order in which they were looked up.
    fn simulated_waiting_first(&self) -> Vec<Index> {
        let of = |is: fn(RegistrationStatus) -> bool| {
            let entries = self.entries.iter().enumerate();
            entries.filter(move |(_, entry)| is(entry.registration.status))
        };
        let mut waiting: Vec<_> = of(RegistrationStatus::waits).collect();
        waiting
            .sort_by_key(|(_, Entry { registration, .. })| Reverse((registration.ticket_type, registration.decision)));
        let mut seated: Vec<_> = of(RegistrationStatus::takes_seat).collect();
        seated.sort_by_key(|(_, Entry { registration, .. })| registration.id);
        waiting.into_iter().chain(seated).map(|(index, _)| index).collect()
    }

    fn take_out(&mut self, index: Index) -> Result<(), Inconsistent> {
        let Some(registration) = self.registration(index).cloned() else { return Ok(()) };
        self.count_seats(&registration, -1)?;
        if self.tickets.ticket_type(registration.ticket_type).is_some_and(|one| one.seats.waiting() == 0) {
            self.offer(registration.ticket_type, None);
        }
        if let Some(entry) = self.entries.get_mut(index) {
            entry.registration.status = RegistrationStatus::Cancelled;
            entry.state = if entry.state == EntryState::Inserted { EntryState::Dropped } else { EntryState::Deleted };
        }
        self.by_id.remove(&registration.id);
        self.standing.remove(&(registration.user, registration.ticket_type));
        if let Some(key) = registration.idempotency_key {
            self.by_key.remove(&(registration.user, key));
        }
        Ok(())
    }
}
