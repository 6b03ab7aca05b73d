//! The findings of a replay.

use std::collections::BTreeSet;
use std::fmt;

use crate::ids::RegistrationId;
use crate::tickets::{PriceNumber, TypeNumber};

/// The most violations that a verdict describes. It counts all.
pub const VIOLATIONS_DESCRIBED_MAX: usize = 20;

/// The findings of a replay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// How many steps were replayed.
    pub steps: usize,
    /// How many answers were compared.
    pub answers: usize,
    /// How many violations there are.
    pub count: usize,
    /// The promises that they break.
    pub broken: BTreeSet<&'static str>,
    /// The first of them, at most [`VIOLATIONS_DESCRIBED_MAX`].
    pub violations: Vec<Violation>,
}

impl Verdict {
    pub(super) fn add(&mut self, number: i64, fault: Fault) {
        self.count += 1;
        self.broken.insert(fault.promise());
        if self.violations.len() < VIOLATIONS_DESCRIBED_MAX {
            self.violations.push(Violation { number, fault });
        }
    }
}

/// A broken promise, and the number of the decision at which it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Violation {
    /// The number of the decision.
    pub number: i64,
    /// What is wrong.
    pub fault: Fault,
}

/// How a history contradicts itself, or an answer contradicts the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// P1: more seats of a type were taken than there were.
    Oversold {
        /// The type.
        ticket_type: TypeNumber,
        /// The seats that were taken.
        taken: i32,
        /// The seats that there were.
        capacity: i32,
    },
    /// P1: more seats stood at a price than its limit.
    LimitPassed {
        /// The price.
        price: PriceNumber,
        /// The seats that stood.
        standing: i32,
        /// The limit.
        limit: i32,
    },
    /// P1: the stored counts of a type are not those of the history.
    TypeMiscounted(TypeNumber),
    /// P1: the stored counts of a price are not those of the history.
    PriceMiscounted(PriceNumber),
    /// P2: a registration got its seats while somebody waited who had come first.
    Overtook(RegistrationId),
    /// P2: the head of the line was left waiting, although the seats that it wants were free.
    LeftWaiting(RegistrationId),
    /// P3: a person had two registrations of one type at the same time.
    Twice(RegistrationId),
    /// P4: two decisions have this number.
    UsedTwice,
    /// P4: no decision has this number, and no stress test took it.
    Missing,
    /// P4: the number is below 1, or beyond the event's last.
    OutOfRange,
    /// P4: a registration was changed before it was made, or after it had been cancelled.
    OutOfOrder(RegistrationId),
    /// P4: the row of a registration does not match its history.
    Unlike(RegistrationId),
    /// P4: a registration is missing, although it gave seats up.
    Unknown(RegistrationId),
    /// P4: the call was answered before the other one was sent, and has the higher number all the same.
    Overtaken {
        /// The number of the other call.
        by: i64,
    },
    /// P5: an answer told of a registration that is not stored with this number.
    NotStored(RegistrationId),
    /// P5: an answer told of other seats, or of another place in line, than the history.
    Untrue(RegistrationId),
}

impl Fault {
    /// The promise that is broken: P1 to P5.
    pub fn promise(&self) -> &'static str {
        match self {
            Self::Oversold { .. } | Self::LimitPassed { .. } | Self::TypeMiscounted(_) | Self::PriceMiscounted(_) => {
                "P1"
            }
            Self::Overtook(_) | Self::LeftWaiting(_) => "P2",
            Self::Twice(_) => "P3",
            Self::UsedTwice
            | Self::Missing
            | Self::OutOfRange
            | Self::OutOfOrder(_)
            | Self::Unlike(_)
            | Self::Unknown(_)
            | Self::Overtaken { .. } => "P4",
            Self::NotStored(_) | Self::Untrue(_) => "P5",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Oversold { ticket_type, taken, capacity } => {
                write!(f, "{taken} seats of ticket type {ticket_type} were taken, and there were {capacity}")
            }
            Self::LimitPassed { price, standing, limit } => {
                write!(f, "{standing} seats stood at price {price}, whose limit was {limit}")
            }
            Self::TypeMiscounted(number) => {
                write!(f, "the counts of ticket type {number} are not those of its history")
            }
            Self::PriceMiscounted(number) => write!(f, "the counts of price {number} are not those of its history"),
            Self::Overtook(id) => write!(f, "registration {id} got its seats while somebody waited who had come first"),
            Self::LeftWaiting(id) => write!(f, "registration {id} was left waiting, although its seats were free"),
            Self::Twice(id) => {
                write!(f, "the person of registration {id} had another one of the same ticket type at the same time")
            }
            Self::UsedTwice => f.write_str("two decisions have this number"),
            Self::Missing => f.write_str("no decision has this number, and no stress test took it"),
            Self::OutOfRange => f.write_str("the event has not given this number"),
            Self::OutOfOrder(id) => write!(f, "registration {id} was changed before it was made or after its end"),
            Self::Unlike(id) => write!(f, "the row of registration {id} does not match its history"),
            Self::Unknown(id) => write!(f, "registration {id} is missing, although it gave seats up"),
            Self::Overtaken { by } => write!(f, "the call was answered before the one of number {by} was sent"),
            Self::NotStored(id) => write!(f, "an answer told of registration {id}, which is not stored so"),
            Self::Untrue(id) => write!(f, "an answer about registration {id} was not what its history says"),
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at number {}: {}", self.fault.promise(), self.number, self.fault)
    }
}
