//! Stress tests: an event that is put under test, and the undo that removes its simulated registrations.

use super::{EntryState, Index, Ledger};
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
        match (self.event.is_under_test(), self.event.seats.are_unused()) {
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
        if removed < at_most && !self.event.seats.are_unused() {
            return Err(Inconsistent::SimulatedTooFew);
        }
        self.record(EventDecisionKind::SimulationUndone(since));
        let finished = self.event.seats.are_unused();
        if finished {
            self.event.under_test_since = None;
        }
        Ok(Ok(Done::SimulationUndone { removed, finished }))
    }

    /// The active registrations among the entries, in the order of their removal. At an event under test all are
    /// simulated. The line goes before the seats, so that no chunk leaves a free seat while somebody waits (P2). Both
    /// are in the order in which they were looked up.
    fn simulated_waiting_first(&self) -> Vec<Index> {
        let of = |is: fn(RegistrationStatus) -> bool| {
            let entries = self.entries.iter().enumerate();
            entries.filter(move |(_, entry)| is(entry.registration.status))
        };
        let mut line: Vec<_> = of(RegistrationStatus::waits).collect();
        line.sort_by_key(|(_, entry)| entry.registration.decision);
        let mut seated: Vec<_> = of(RegistrationStatus::takes_seat).collect();
        seated.sort_by_key(|(_, entry)| entry.registration.user);
        line.into_iter().chain(seated).map(|(index, _)| index).collect()
    }

    fn take_out(&mut self, index: Index) -> Result<(), Inconsistent> {
        let Some(entry) = self.entries.get_mut(index) else { return Ok(()) };
        if entry.registration.status.takes_seat() {
            self.event.seats.release()?;
        } else {
            self.event.seats.leave_line()?;
        }
        entry.registration.status = RegistrationStatus::Cancelled;
        entry.state = if entry.state == EntryState::Inserted { EntryState::Dropped } else { EntryState::Deleted };
        self.by_id.remove(&entry.registration.id);
        self.standing.remove(&entry.registration.user);
        if let Some(key) = entry.registration.idempotency_key.clone() {
            self.by_key.remove(&(entry.registration.user, key));
        }
        Ok(())
    }
}
