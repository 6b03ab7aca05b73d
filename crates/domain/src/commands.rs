//! What can be asked of an event's places, and what can be answered.

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::accounts::AccountKind;
use crate::events::{Event, EventChanges};
use crate::ids::{OrderId, RegistrationId, UserId};
use crate::registrations::{IdempotencyKey, Registration};
use crate::text::InvalidField;

/// A command on its way, and who is answerable for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its id, made when it was sent: whether it was carried out can be looked up by it.
    pub id: OrderId,
    /// Who sent it, for the audit log. Bookings carry their person in the command.
    pub by: Option<UserId>,
    /// What is to be done.
    pub command: Command,
}

impl Order {
    /// Whoever the order names, and who must have an account.
    pub fn people(&self) -> impl Iterator<Item = UserId> {
        let user = match &self.command {
            Command::Register { user, .. } | Command::GiveUp { user, .. } => Some(*user),
            Command::Edit { .. }
            | Command::Publish
            | Command::Cancel
            | Command::BeginSimulation
            | Command::UndoSimulation { .. } => None,
        };
        user.into_iter().chain(self.by)
    }
}

/// Something that changes an event's places. All of an event's commands go through one queue and are decided, in order,
/// under its lock.
///
/// Each may be decided again after an answer was lost, and then finds what it did the first time: a registration by its
/// id or key, a give-up by the state of the registration, everything else by its order's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// A seat for `user`, or else the end of the line.
    Register {
        /// The id that the new registration gets; made when the request came in, so that deciding it again is safe.
        registration: RegistrationId,
        /// For whom.
        user: UserId,
        /// Whether a person or the stress test asks.
        buyer: AccountKind,
        /// The caller's name for this request.
        key: Option<IdempotencyKey>,
    },
    /// `user` gives up this registration, seat or place in line.
    GiveUp {
        /// Which.
        registration: RegistrationId,
        /// Whose it must be.
        user: UserId,
    },
    /// The organizer's edit.
    Edit {
        /// What to change.
        changes: Box<EventChanges>,
        /// The edit version that the organizer looked at; `None` overwrites whatever is there.
        expected_version: Option<i64>,
    },
    /// From draft to published.
    Publish,
    /// Calls the event off.
    Cancel,
    /// Puts an empty event under test: simulated buyers only, until the undo is finished. Whoever sends this makes sure
    /// that no other stress test of the event is at work; one that is under test and still empty is taken as it is.
    BeginSimulation,
    /// Takes out at most this many simulated registrations, waiting ones first; the event is itself again when none is
    /// left. To be repeated until it says that it has finished.
    UndoSimulation {
        /// The size of the chunk: bounds how long the event is locked.
        at_most: usize,
    },
}

impl Command {
    /// Whether it is about the event as a whole, and its change is stored with the order's id.
    pub fn is_about_the_event(&self) -> bool {
        match self {
            Self::Register { .. } | Self::GiveUp { .. } => false,
            Self::Edit { .. } | Self::Publish | Self::Cancel | Self::BeginSimulation | Self::UndoSimulation { .. } => {
                true
            }
        }
    }
}

/// A command's answer, and where it stands in the event's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The answer.
    pub outcome: Outcome,
    /// The event's last decision when the answer was found: one's own if something changed, else the one before.
    pub as_of: i64,
}

/// What a command came to.
pub type Outcome = Result<Done, Refusal>;

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// There is a registration.
    Registered {
        /// As it stands now.
        registration: Registration,
        /// Whether this request made it.
        origin: Origin,
        /// Its place in line (1 = next), if it was just put there.
        position: Option<i32>,
    },
    /// This registration has been given up, now or before.
    GivenUp(Registration),
    /// The event as it is after an edit, a publish or a cancel.
    Changed(Box<Event>),
    /// The event is under test from now on.
    SimulationBegun,
    /// Simulated registrations were taken out.
    SimulationUndone {
        /// How many.
        removed: usize,
        /// Whether none is left, and real people may book again.
        finished: bool,
    },
}

/// Where a registration that is answered with comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// This request made it.
    Made,
    /// An earlier sending of the same request made it.
    Replayed,
}

/// Why a command changed nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The person has a place or waits already: this one.
    #[error("there is a registration already")]
    AlreadyRegistered(Box<Registration>),
    /// The person has given up as many places at the event as one may.
    #[error("too many registrations")]
    TooManyRegistrations,
    /// There is no account of whoever asks: it is gone, or was in another database.
    #[error("no such user")]
    NoSuchUser,
    /// The person has no such registration at this event.
    #[error("no such registration")]
    NoSuchRegistration,
    /// The event is a draft, or a copy that only the stress test may see.
    #[error("the event is not published")]
    EventNotPublished {
        /// Who may know that it exists.
        organizer: UserId,
    },
    /// The event was called off.
    #[error("the event has been cancelled")]
    EventCancelled,
    /// The event is over.
    #[error("the event has ended")]
    EventEnded,
    /// The sale has not begun.
    #[error("the sale has not opened yet")]
    SalesNotOpen {
        /// When it will.
        opens_at: DateTime<Utc>,
    },
    /// The sale is over.
    #[error("the sale has closed")]
    SalesClosed {
        /// Since when.
        closed_at: DateTime<Utc>,
    },
    /// A stress test has the event.
    #[error("the event is under test")]
    EventUnderTest,
    /// A simulated buyer came to an event that no stress test has.
    #[error("the event is not under test")]
    EventNotUnderTest,
    /// Somebody has a place, so that the event itself cannot be put under test.
    #[error("the event has registrations")]
    EventNotEmpty,
    /// Fewer seats than people who have one.
    #[error("more people are confirmed than that")]
    CapacityBelowConfirmed {
        /// How many have a seat.
        confirmed: i32,
    },
    /// More waiting people would be promoted at once than one transaction may.
    #[error("too many people would be promoted at once")]
    TooManyPromotions {
        /// The highest capacity that can be had in this step.
        capacity_at_most: i32,
    },
    /// Somebody else edited the event in between.
    #[error("the event was edited in between")]
    StaleEdit {
        /// The version that it has now.
        current_version: i64,
    },
    /// The edit would leave a field that cannot be.
    #[error("a field cannot be changed to that")]
    InvalidEdit(#[source] InvalidField),
}
