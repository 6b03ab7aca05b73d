//! The lookups that a batch needs, and their results.

use std::collections::{HashMap, HashSet};

use crate::accounts::Receiver;
use crate::commands::{Command, Order};
use crate::ids::{OrderId, RegistrationId, UserId};
use crate::limits::PROMOTIONS_PER_BATCH_MAX;
use crate::registrations::Registration;

/// The lookups under the lock that a batch needs before it can be decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Questions {
    /// Buyers, all of whose registrations at the event are needed. Cancelled ones are few:
    /// [`GIVEN_UP_PER_PERSON_MAX`](crate::limits::GIVEN_UP_PER_PERSON_MAX).
    pub buyers: Vec<UserId>,
    /// Registrations that are needed by id: the ones to cancel and, on another attempt, the ones that the first may
    /// have made.
    pub registrations: Vec<RegistrationId>,
    /// How many people at the head of the line may be promoted or skipped if the capacity stays as it is.
    pub line_at_least: i64,
    /// The highest capacity that the batch asks for. Each seat above the present capacity needs one more person of the
    /// line, up to [`PROMOTIONS_PER_BATCH_MAX`].
    pub capacity_at_most: Option<i32>,
    /// How many active registrations to look up, because the batch may remove them. The head of the line is looked up
    /// besides.
    pub places_at_most: i64,
    /// On another attempt: orders about the event as a whole, which the first attempt may have carried out.
    pub orders: Vec<OrderId>,
    /// Accounts that the event is to be handed over to.
    pub receivers: Vec<UserId>,
}

/// Whether an earlier attempt at the batch may have been committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// The first attempt.
    First,
    /// Another attempt. An earlier one may have been committed, and its answer was lost.
    Again,
}

impl Questions {
    /// The lookups for a batch.
    pub fn of<'a>(orders: impl IntoIterator<Item = &'a Order>, attempt: Attempt) -> Self {
        let mut questions = Self::default();
        let mut cancellations = 0;
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
                Command::GiveUp { registration, .. }
                | Command::Release { registration, .. }
                | Command::Remove { registration, .. } => {
                    questions.registrations.push(*registration);
                    cancellations += 1;
                }
                Command::Edit { changes, .. } => {
                    questions.capacity_at_most = questions.capacity_at_most.max(changes.capacity);
                }
                Command::HandOver { to, .. } => questions.receivers.push(*to),
                Command::UndoSimulation { at_most } => {
                    let at_most = i64::try_from(*at_most).unwrap_or(i64::MAX);
                    questions.places_at_most = questions.places_at_most.saturating_add(at_most);
                    questions.line_at_least = questions.line_at_least.saturating_add(at_most);
                }
                Command::Publish | Command::Cancel | Command::BeginSimulation => {}
            }
        }
        // Each of these may cancel a registration that one of the lookups finds, which then cannot be used.
        questions.line_at_least = questions.line_at_least.saturating_add(cancellations);
        if questions.places_at_most > 0 {
            questions.places_at_most = questions.places_at_most.saturating_add(cancellations);
        }
        questions
    }

    /// How many people at the head of the line must be looked up for an event with `capacity` seats. The statement that
    /// looks them up applies the same limit, because it alone knows the capacity under the lock.
    pub fn line_limit(&self, capacity: i32) -> i64 {
        let growth = self.capacity_at_most.map_or(0, |most| most.saturating_sub(capacity));
        self.line_at_least.saturating_add(growth.clamp(0, PROMOTIONS_PER_BATCH_MAX).into())
    }
}

/// The results of the lookups, made in statements after the one that took the lock.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// For [`Questions::buyers`] and [`Questions::registrations`], in any order. Duplicates are allowed.
    pub registrations: Vec<Registration>,
    /// The head of the line, in its order.
    pub line: Vec<Registration>,
    /// Active registrations by their people's ids, [`Questions::places_at_most`] of them.
    pub places: Vec<Registration>,
    /// Those of [`Questions::orders`] that were carried out.
    pub carried_out: HashSet<OrderId>,
    /// People of the batch who have no account. They are looked up only after a foreign key has refused the batch.
    pub unknown_users: HashSet<UserId>,
    /// Those of [`Questions::receivers`] that are people's accounts. They stay as they are until the batch is
    /// committed.
    pub receivers: HashMap<UserId, Receiver>,
    /// Those of [`Questions::receivers`] that somebody else is changing.
    pub receivers_in_use: HashSet<UserId>,
}
