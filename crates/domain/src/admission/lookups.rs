//! The lookups that a batch needs, and their results.

use std::collections::{HashMap, HashSet};

use crate::accounts::Receiver;
use crate::commands::{Command, Order};
use crate::ids::{OrderId, PaymentId, RegistrationId, TransferId, UserId};
use crate::limits::PROMOTIONS_PER_BATCH_MAX;
use crate::registrations::{Payment, Registration};
use crate::transfers::Offer;

/// The lookups under the lock that a batch needs before it can be decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Questions {
    /// Buyers, all of whose registrations at the event are needed. Cancelled ones are few:
    /// [`GIVEN_UP_PER_PERSON_MAX`](crate::limits::GIVEN_UP_PER_PERSON_MAX).
    pub buyers: Vec<UserId>,
    /// Registrations that are needed by id: the ones to change and, on another attempt, the ones that the first may
    /// have made.
    pub registrations: Vec<RegistrationId>,
    /// Those of them that may free seats, or leave a line.
    pub moving: Vec<RegistrationId>,
    /// The most seats that the batch asks for in one type. [`Questions::line_limit`] says what that means for a line.
    pub capacity_at_most: Option<i32>,
    /// How many registrations to look up, because the batch may remove them: so many from the end of the lines, and so
    /// many active ones.
    pub places_at_most: i64,
    /// Registrations of which tickets may end. It must be known who is in with them.
    pub ending: Vec<RegistrationId>,
    /// Offers of seats that are needed by id.
    pub offers: Vec<TransferId>,
    /// Payments that are needed by id.
    pub payments: Vec<PaymentId>,
    /// People who must have active accounts.
    pub payers: Vec<UserId>,
    /// On another attempt: orders about the event as a whole, which the first attempt may have carried out.
    pub orders: Vec<OrderId>,
    /// Accounts that the event is to be handed over to.
    pub receivers: Vec<UserId>,
}

/// Whether an earlier attempt at the batch may have been committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
        let mut going: i64 = 0;
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
                Command::GiveUp { registration, .. } | Command::Reduce { registration, .. } => {
                    questions.moving.push(*registration);
                    questions.ending.push(*registration);
                    going += 1;
                }
                Command::Release { registration, .. } | Command::Remove { registration, .. } => {
                    questions.moving.push(*registration);
                    going += 1;
                }
                Command::TakeOver { transfer, from, user, .. } => {
                    questions.buyers.push(*user);
                    // Also the one that an earlier order, of whomever, may have made of it.
                    questions.registrations.extend([*from, transfer.registration()]);
                    questions.ending.push(*from);
                    questions.offers.push(*transfer);
                    going += 1;
                }
                Command::Lapse { registrations } => {
                    questions.moving.extend(registrations);
                    going = going.saturating_add(i64::try_from(registrations.len()).unwrap_or(i64::MAX));
                }
                Command::Extend { registrations } => questions.registrations.extend(registrations),
                Command::Pass { registration, user } => {
                    questions.moving.push(*registration);
                    // Those of theirs that were cancelled are counted.
                    questions.buyers.push(*user);
                    going += 1;
                }
                Command::MarkPaid { registration, user, payment, .. } => {
                    questions.registrations.push(*registration);
                    // Late payments may have made others from it.
                    questions.buyers.push(*user);
                    questions.payments.push(*payment);
                    questions.payers.push(*user);
                }
                Command::NotPaid { registration, payment } => {
                    questions.registrations.push(*registration);
                    questions.payments.push(*payment);
                }
                Command::Edit { changes, .. } => {
                    questions.capacity_at_most = questions.capacity_at_most.max(changes.capacity);
                }
                Command::EditTickets { document, .. } => {
                    questions.capacity_at_most = questions.capacity_at_most.max(document.capacities().max());
                }
                Command::HandOver { to, .. } => questions.receivers.push(*to),
                Command::UndoSimulation { at_most } => {
                    let at_most = i64::try_from(*at_most).unwrap_or(i64::MAX);
                    questions.places_at_most = questions.places_at_most.saturating_add(at_most);
                }
                Command::Publish | Command::Cancel | Command::BeginSimulation => {}
            }
        }
        questions.registrations.extend(&questions.moving);
        // Each of these may cancel a registration that one of the lookups finds, which then cannot be used.
        if questions.places_at_most > 0 {
            questions.places_at_most = questions.places_at_most.saturating_add(going);
        }
        questions
    }

    /// How many registrations at the head of a type's line must be looked up. The statement that looks them up computes
    /// the same, because the counts are known only under the lock.
    ///
    /// Each seat that is freed, remains or is added may promote one; each that leaves is skipped; and one more is the
    /// head then, whose wish the type's row keeps. A line that nothing moves is not looked up.
    pub fn line_limit(&self, line: MovingLine) -> i64 {
        let MovingLine { capacity, remaining, waiting, freed, leaving } = line;
        if waiting == 0 || (freed == 0 && leaving == 0 && self.capacity_at_most.is_none()) {
            return 0;
        }
        let growth = i64::from(self.capacity_at_most.map_or(0, |most| most.saturating_sub(capacity)).max(0));
        let promoted = (freed + i64::from(remaining) + growth).min(PROMOTIONS_PER_BATCH_MAX.into());
        promoted + leaving + 1
    }
}

/// A ticket type's counts, and what those of [`Questions::moving`] have of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MovingLine {
    /// Its seats.
    pub capacity: i32,
    /// Those that nobody has.
    pub remaining: i32,
    /// Registrations in its line.
    pub waiting: i32,
    /// The seats of the moving ones that have some.
    pub freed: i64,
    /// The moving ones that wait.
    pub leaving: i64,
}

/// The results of the lookups, made in statements after the one that took the lock.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// For [`Questions::buyers`] and [`Questions::registrations`], in any order. Duplicates are allowed.
    pub registrations: Vec<Registration>,
    /// The heads of the lines, each in its order.
    pub lines: Vec<Registration>,
    /// Registrations at the ends of the lines, [`Questions::places_at_most`] of them: those of the last type first, and
    /// each line from its end.
    pub tails: Vec<Registration>,
    /// Active registrations in the order of their ids, [`Questions::places_at_most`] of them.
    pub places: Vec<Registration>,
    /// Of each of [`Questions::ending`] with which somebody is in, the highest number of such a ticket.
    pub admitted: HashMap<RegistrationId, i16>,
    /// Those of [`Questions::offers`] that there are.
    pub offers: HashMap<TransferId, Offer>,
    /// Those of [`Questions::payments`] that are known.
    pub payments: Vec<Payment>,
    /// Those of [`Questions::payers`] whose accounts are not active.
    pub inactive: HashSet<UserId>,
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
