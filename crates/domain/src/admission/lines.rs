//! The lines of a batch: who waits for each ticket type, as far as it was looked up.

use std::collections::{HashMap, VecDeque};

use crate::tickets::{Tickets, TypeNumber};

/// The line of every type. Registrations are named by their places among the entries of the ledger.
pub(super) struct Lines(HashMap<TypeNumber, Line>);

#[derive(Default)]
struct Line {
    /// Its head, and those who join in this batch. Those who leave stay in it and are skipped later.
    known: VecDeque<usize>,
    /// How many registrations wait behind the last one that was looked up.
    unseen: i32,
    /// Its head when it last moved.
    head: Option<usize>,
}

impl Lines {
    pub(super) fn of(tickets: &Tickets) -> Self {
        let line = |waiting| Line { unseen: waiting, ..Line::default() };
        Self(tickets.types.iter().map(|one| (one.number, line(one.seats.waiting()))).collect())
    }

    /// One more at the head was looked up.
    pub(super) fn found(&mut self, of: TypeNumber, entry: usize) {
        let line = self.0.entry(of).or_default();
        line.head = line.head.or(Some(entry));
        line.known.push_back(entry);
        line.unseen -= 1;
    }

    /// A new registration stands at the end.
    pub(super) fn joined(&mut self, of: TypeNumber, entry: usize) {
        self.0.entry(of).or_default().known.push_back(entry);
    }

    /// The first that is known, which may have left.
    pub(super) fn first(&self, of: TypeNumber) -> Option<usize> {
        self.0.get(&of)?.known.front().copied()
    }

    /// The first has left.
    pub(super) fn skip(&mut self, of: TypeNumber) {
        if let Some(line) = self.0.get_mut(&of) {
            line.known.pop_front();
        }
    }

    /// Keeps the present head in mind. Whether it was the head before.
    pub(super) fn headed_by(&mut self, of: TypeNumber, head: Option<usize>) -> bool {
        std::mem::replace(&mut self.0.entry(of).or_default().head, head) == head
    }

    /// Whether registrations wait that were not looked up. Whoever joins in this batch comes after them.
    pub(super) fn has_unseen(&self, of: TypeNumber) -> bool {
        self.0.get(&of).is_some_and(|line| line.unseen > 0)
    }
}
