//! The decision over a batch of commands, as a pure function: who gets a seat.
//!
//! The caller holds the event's lock and has made the lookups of [`Questions`] in statements after the lock. It writes
//! the [`Decision`] before it releases the lock.

use chrono::{DateTime, Utc};

use crate::commands::Order;
use crate::events::Event;
use crate::tickets::Tickets;

mod decision;
mod ledger;
mod lines;
mod lookups;

pub use self::decision::{Change, Decision, Inconsistent, Removed};
pub use self::lookups::{Attempt, Findings, MovingLine, Questions};

/// Decides the orders one after the other, at the database's time `now`, until the batch promotes as many people as one
/// may.
///
/// Replays come before every rule (P8). A freed or added seat goes to the head of its line at once (P2). Every change
/// takes the next number (P4).
pub fn decide<'a>(
    event: &Event,
    tickets: &Tickets,
    now: DateTime<Utc>,
    findings: Findings,
    orders: impl IntoIterator<Item = &'a Order>,
) -> Result<Decision, Inconsistent> {
    if event.seats != tickets.seats() {
        return Err(Inconsistent::SumsDiffer);
    }
    let mut ledger = ledger::Ledger::open(event.clone(), tickets.clone(), now, findings);
    let mut answers = Vec::new();
    for order in orders {
        match ledger.answer(order)? {
            Some(answer) => answers.push(answer),
            None => break,
        }
    }
    Ok(ledger.close(event, answers))
}
