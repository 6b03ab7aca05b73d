//! Who gets a seat: the decision over a batch of commands, as a pure function.
//!
//! The caller holds the event's lock, has asked the database what [`Questions`] names in statements after the lock, and
//! writes what [`decide`] returns before it lets go of the lock.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::commands::{Command, Decided, Order};
use crate::events::{Event, EventDecision};
use crate::figures::Figures;
use crate::ids::{OrderId, RegistrationId, UserId};
use crate::registrations::Registration;

mod ledger;

use ledger::Ledger;

/// What must be looked up, under the lock, before a batch can be decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Questions {
    /// Buyers: all that they have at the event, be it given up. It is not much:
    /// [`GIVEN_UP_PER_PERSON_MAX`](crate::limits::GIVEN_UP_PER_PERSON_MAX).
    pub buyers: Vec<UserId>,
    /// Registrations by id: those to be given up, and, when a batch is decided again, those that it may have made.
    pub registrations: Vec<RegistrationId>,
    /// How many of the head of the line may be promoted or passed over, the capacity's growth not counted.
    pub line_at_least: i64,
    /// The highest capacity that the batch asks for: the line is needed as far as it exceeds the present one, too, but for
    /// no more than [`PROMOTIONS_PER_BATCH_MAX`](crate::limits::PROMOTIONS_PER_BATCH_MAX).
    pub capacity_at_most: Option<i32>,
    /// How many registrations of a stress test the batch may take out; the line is asked for beside them.
    pub places_at_most: i64,
    /// When a batch is decided again: orders about the event as a whole that may have been carried out.
    pub orders: Vec<OrderId>,
}

/// Whether a batch is decided for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// It is.
    First,
    /// An earlier attempt may have committed, its answer being lost.
    Again,
}

impl Questions {
    /// What the batch needs to know.
    pub fn of<'a>(orders: impl IntoIterator<Item = &'a Order>, attempt: Attempt) -> Self {
        let mut questions = Self::default();
        let mut give_ups = 0;
        for Order { id, command, .. } in orders {
            if attempt == Attempt::Again && command.is_about_the_event() {
                questions.orders.push(*id);
            }
            match command {
                Command::Register { registration, user, .. } => {
                    questions.buyers.push(*user);
                    if attempt == Attempt::Again {
                        questions.registrations.push(*registration);
                    }
                }
                Command::GiveUp { registration, .. } => {
                    questions.registrations.push(*registration);
                    give_ups += 1;
                }
                Command::Edit { changes, .. } => {
                    questions.capacity_at_most = questions.capacity_at_most.max(changes.capacity);
                }
                Command::UndoSimulation { at_most } => {
                    let at_most = i64::try_from(*at_most).unwrap_or(i64::MAX);
                    questions.places_at_most = questions.places_at_most.saturating_add(at_most);
                    questions.line_at_least = questions.line_at_least.saturating_add(at_most);
                }
                Command::Publish | Command::Cancel | Command::BeginSimulation => {}
            }
        }
        // Each may be of somebody who was found in line or on a seat, and who then is of no use any more.
        questions.line_at_least = questions.line_at_least.saturating_add(give_ups);
        if questions.places_at_most > 0 {
            questions.places_at_most = questions.places_at_most.saturating_add(give_ups);
        }
        questions
    }
}

/// What was found, in statements after the one that took the lock.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// Answers to [`Questions::buyers`] and [`Questions::registrations`], in any order; one may be there twice.
    pub registrations: Vec<Registration>,
    /// The head of the line, in its order.
    pub line: Vec<Registration>,
    /// Registrations that stand, in the order of their people's ids, as far as [`Questions::places_at_most`] asks.
    pub places: Vec<Registration>,
    /// Which of [`Questions::orders`] have been carried out.
    pub carried_out: HashSet<OrderId>,
    /// Who in the batch has no account, as far as that was looked up: only after a first attempt has failed for it.
    pub strangers: HashSet<UserId>,
}

/// The batch's answers, and what makes them true once it is written.
#[derive(Debug, Clone)]
pub struct Decision {
    /// One answer a command, in the order of the commands.
    pub answers: Vec<Decided>,
    /// The event's row as it will be.
    pub event: Event,
    /// New registrations, as they will stand after the batch.
    pub inserted: Vec<Registration>,
    /// Registrations that were there before and stand differently now.
    pub updated: Vec<Registration>,
    /// Simulated registrations that go.
    pub deleted: Vec<RegistrationId>,
    /// New entries of the event's own history.
    pub decisions: Vec<EventDecision>,
    /// What was changed about the event as a whole, for the audit log.
    pub changes: Vec<Change>,
    /// What happened to places of real people, for the figures of the minute.
    pub figures: Figures,
}

/// A change of the event as a whole.
#[derive(Debug, Clone)]
pub struct Change {
    /// The order that made it.
    pub order: OrderId,
    /// Who is answerable for it.
    pub by: Option<UserId>,
    /// The event before.
    pub before: Event,
    /// The event after.
    pub after: Event,
}

/// What was found contradicts itself: a promise is broken, or the caller looked at too little. Nothing may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Inconsistent {
    /// The row counts people in line who were not found at its head.
    #[error("the event's row counts people in line who were not found")]
    LineTooShort,
    /// The row counts simulated places that were not found.
    #[error("the event's row counts simulated places that were not found")]
    SimulatedTooFew,
}

/// Decides the orders, one after the other, at the time `now` of the database.
///
/// Replays come before every rule (P8). A seat that is given up or added goes to the head of the line at once (P2).
/// Every change takes the next number (P4).
pub fn decide<'a>(
    event: &Event,
    now: DateTime<Utc>,
    findings: Findings,
    orders: impl IntoIterator<Item = &'a Order>,
) -> Result<Decision, Inconsistent> {
    let mut ledger = Ledger::open(event.clone(), now, findings);
    let mut answers = Vec::new();
    for order in orders {
        let outcome = ledger.carry_out(order)?;
        answers.push(Decided { outcome, as_of: ledger.last_decision() });
    }
    Ok(ledger.close(answers))
}
