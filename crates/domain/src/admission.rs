//! The decision over a batch of commands, as a pure function: who gets a seat.
//!
//! The caller holds the event's lock and has made the lookups of [`Questions`] in statements after the lock. It writes
//! the [`Decision`] before it releases the lock.

use chrono::{DateTime, Utc};

use crate::commands::{Decided, Order};
use crate::events::Event;

mod decision;
mod ledger;
mod lookups;

pub use self::decision::{Change, Decision, Inconsistent, Removed};
pub use self::lookups::{Attempt, Findings, Questions};

/// Decides the orders one after the other, at the database's time `now`.
///
/// Replays come before every rule (P8). A freed or added seat goes to the head of the line at once (P2). Every change
/// takes the next number (P4).
pub fn decide<'a>(
    event: &Event,
    now: DateTime<Utc>,
    findings: Findings,
    orders: impl IntoIterator<Item = &'a Order>,
) -> Result<Decision, Inconsistent> {
    let mut ledger = ledger::Ledger::open(event.clone(), now, findings);
    let mut answers = Vec::new();
    for order in orders {
        let outcome = ledger.carry_out(order)?;
        answers.push(Decided { outcome, as_of: ledger.last_decision(), event_status: ledger.event_status() });
    }
    Ok(ledger.close(answers))
}
