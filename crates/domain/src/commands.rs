//! The commands that change an event's seats, and their answers.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::accounts::AccountKind;
use crate::events::{Event, EventChanges, EventStatus};
use crate::ids::{OrderId, PaymentId, RegistrationId, TransferId, UserId};
use crate::registrations::{IdempotencyKey, Registration, Removal, Unpayable};
use crate::text::InvalidField;
use crate::tickets::{Choice, ChoiceError, Document, DocumentError, PriceNumber, Split, TypeNumber};

/// A command, with an id and the account that sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its id, made when it was sent. The audit log stores it, so that a second attempt can tell whether the first
    /// succeeded.
    pub id: OrderId,
    /// The account that sent it, for the audit log. Bookings carry their person in the command.
    pub by: Option<UserId>,
    /// The right by which it was sent.
    pub authority: Authority,
    /// The command.
    pub command: Command,
}

/// The right by which an order about an event, or about somebody else's registration, was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    /// A right that does not depend on the event's organizer, such as an administrator's.
    Any,
    /// The sender runs the event. If it has been handed over when the order is decided, the order is refused.
    Organizer,
}

impl Order {
    /// The people that the order names. They must have accounts. Whether somebody can be handed an event is looked up
    /// by itself.
    pub fn people(&self) -> impl Iterator<Item = UserId> {
        let user = match &self.command {
            Command::Register { user, .. }
            | Command::Reduce { user, .. }
            | Command::GiveUp { user, .. }
            | Command::Release { user, .. }
            | Command::Pass { user, .. }
            | Command::TakeOver { user, .. }
            | Command::MarkPaid { user, .. } => Some(*user),
            Command::Remove { .. }
            | Command::NotPaid { .. }
            | Command::Lapse { .. }
            | Command::Extend { .. }
            | Command::Edit { .. }
            | Command::EditTickets { .. }
            | Command::HandOver { .. }
            | Command::Publish
            | Command::Cancel
            | Command::BeginSimulation
            | Command::UndoSimulation { .. } => None,
        };
        user.into_iter().chain(self.by)
    }
}

/// A change of an event's seats. All commands of an event go through one queue and are decided in order, under its
/// lock.
///
/// A command may be decided again after an answer was lost. It then finds the result of the first time: a registration
/// by its id or key, a cancellation by the registration's status, everything else by the order's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Registers `user` for seats, or else for the end of their line.
    Register {
        /// The id of the new registration. It is made when the request arrives, so that another attempt finds it.
        registration: RegistrationId,
        /// The person.
        user: UserId,
        /// A person, or a simulated buyer.
        buyer: AccountKind,
        /// Whether the person has proven the account's address, or need not.
        is_verified: bool,
        /// The caller's key for this request.
        key: Option<IdempotencyKey>,
        /// The seats.
        choice: Choice,
    },
    /// Gives some seats of a registration of `user` up, as that person wishes, under the rules of [`Command::GiveUp`].
    /// The tickets with the highest numbers end.
    Reduce {
        /// The registration.
        registration: RegistrationId,
        /// Its person.
        user: UserId,
        /// What remains.
        remaining: Split,
        /// Whether the person was shown a registration that waits. If it has been seated since, nothing changes.
        shown_waiting: bool,
    },
    /// Cancels a registration of `user`, seated or waiting, as that person wishes. It must come before the event's end
    /// of cancelling, and nobody may be in with a ticket of it.
    GiveUp {
        /// The registration.
        registration: RegistrationId,
        /// Its person.
        user: UserId,
    },
    /// Takes a seat over that somebody passes on. `user` gets a confirmed registration of one seat, and the giver has a
    /// seat less. The line does not move, and the money that was paid for the seat goes with it.
    TakeOver {
        /// The giver's offer. The new registration has its id.
        transfer: TransferId,
        /// The giver's registration.
        from: RegistrationId,
        /// The person who gets the seat.
        user: UserId,
        /// Whether the person has proven the account's address, or need not.
        is_verified: bool,
    },
    /// Cancels a registration of `user`, seated or waiting, because the account was deactivated.
    Release {
        /// The registration.
        registration: RegistrationId,
        /// Its person.
        user: UserId,
    },
    /// Takes a registration away, seated or waiting, as the people who run the event wish. One that is cancelled
    /// already stays as it is, whatever its cause.
    Remove {
        /// The registration.
        registration: RegistrationId,
        /// The reason, and whether its person may book again.
        removal: Arc<Removal>,
    },
    /// Marks that a registration of `user` was paid by a way that nobody reports, such as a transfer.
    MarkPaid {
        /// The registration.
        registration: RegistrationId,
        /// Its person.
        user: UserId,
        /// The id of the payment, made when its request came in. If the registration has lapsed, and there is room, a
        /// new one gets this id.
        payment: PaymentId,
        /// How much came, in minor units.
        amount: i64,
    },
    /// Takes the mark of a payment back. The seats are held again.
    NotPaid {
        /// The registration.
        registration: RegistrationId,
        /// The payment.
        payment: PaymentId,
    },
    /// Lets those of these holds lapse that are due. The sender has found them, and makes sure that they are at most
    /// [`LAPSES_PER_ORDER_MAX`](crate::limits::LAPSES_PER_ORDER_MAX), and that people from the line have been told.
    Lapse {
        /// The registrations.
        registrations: Vec<RegistrationId>,
    },
    /// Gives those of these holds that came from the line their whole length from now on, because their people are told
    /// only now, or no deadline, if the terms give none any more. None becomes shorter. At most
    /// [`LAPSES_PER_ORDER_MAX`](crate::limits::LAPSES_PER_ORDER_MAX).
    Extend {
        /// The registrations.
        registrations: Vec<RegistrationId>,
    },
    /// Passes the head of a line over that has left free seats idle for longer than the event's patience, if somebody
    /// waits behind it. It is cancelled, and its person stands at the end of the line with a new registration. Nobody
    /// is passed over more often than [`PASSED_PER_PERSON_MAX`](crate::limits::PASSED_PER_PERSON_MAX) times.
    Pass {
        /// The registration. The new one is its successor.
        registration: RegistrationId,
        /// Its person.
        user: UserId,
    },
    /// The organizer's edit.
    Edit {
        /// The changes.
        changes: Box<EventChanges>,
        /// The edit version that the organizer saw; `None` overwrites any version.
        expected_version: Option<i64>,
    },
    /// Replaces the ticket types, the prices and the terms of payment.
    EditTickets {
        /// The new ones.
        document: Box<Document>,
        /// The edit version that the organizer saw.
        expected_version: i64,
    },
    /// Hands the event over to another account, which runs it from then on. Events of any status can be handed over, so
    /// that an account can be erased without leaving any.
    HandOver {
        /// The account that gets it. It must be an active organizer's or admin's.
        to: UserId,
        /// The edit version that the sender saw; `None` hands any version over.
        expected_version: Option<i64>,
    },
    /// Publishes a draft.
    Publish,
    /// Cancels the event.
    Cancel,
    /// Puts an event without registrations under test: only simulated buyers may book, until the undo is finished. An
    /// event that is under test and still empty stays as it is. The sender makes sure that no other stress test uses
    /// the event.
    BeginSimulation,
    /// Removes simulated registrations, waiting ones first. The test is over when none is left. Send it again until the
    /// answer says that it has finished.
    UndoSimulation {
        /// The most registrations to remove, which bounds the time of the lock.
        at_most: usize,
    },
}

impl Command {
    /// Whether it is about the event as a whole. The audit log then stores its change under the order's id.
    pub fn is_about_the_event(&self) -> bool {
        match self {
            Self::Register { .. }
            | Self::Reduce { .. }
            | Self::GiveUp { .. }
            | Self::Release { .. }
            | Self::Remove { .. }
            | Self::MarkPaid { .. }
            | Self::NotPaid { .. }
            | Self::Lapse { .. }
            | Self::Extend { .. }
            | Self::Pass { .. }
            | Self::TakeOver { .. } => false,
            Self::Edit { .. }
            | Self::EditTickets { .. }
            | Self::HandOver { .. }
            | Self::Publish
            | Self::Cancel
            | Self::BeginSimulation
            | Self::UndoSimulation { .. } => true,
        }
    }
}

/// The answer to a command, and its position in the event's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The answer.
    pub outcome: Outcome,
    /// The event's last decision at that point: the command's own if it changed something, else an earlier one.
    pub as_of: i64,
    /// The event's status at that point.
    pub event_status: EventStatus,
}

/// The outcome of a command.
pub type Outcome = Result<Done, Refusal>;

/// A change that was made, or that held already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// The person has a registration.
    Registered {
        /// Its present state.
        registration: Registration,
        /// Whether this request made it.
        origin: Origin,
        /// Its position in line (1 = next), if this command put it there.
        position: Option<i32>,
    },
    /// This registration is cancelled, now or before.
    GivenUp(Registration),
    /// The registration as it stands after seats were given up, or after a payment was marked or taken back.
    Stands {
        /// Its present state.
        registration: Registration,
    },
    /// Of the holds, so many have lapsed. The others were not due any more.
    Lapsed(usize),
    /// Of the holds, so many have a later deadline now.
    Extended(usize),
    /// Whether the head of the line was passed over. Else it was not due, or not any more.
    PassedOver(bool),
    /// The event after an edit, a handing over, a publication or a cancellation.
    Changed(Box<Event>),
    /// The event is under test.
    SimulationBegun,
    /// Simulated registrations were removed.
    SimulationUndone {
        /// How many.
        removed: usize,
        /// Whether none is left, so that people may book again.
        finished: bool,
    },
}

/// The request that made a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// This one.
    Made,
    /// An earlier sending of the same request.
    Replayed,
}

/// Why a command was refused. A refused command changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The person already has an active registration: this one.
    #[error("the person is already registered")]
    AlreadyRegistered(Box<Registration>),
    /// The seats cannot be booked as they were chosen.
    #[error(transparent)]
    Choice(#[from] ChoiceError),
    /// The key has made a registration of another type, or of another number of seats.
    #[error("the key was used for something else")]
    KeyReused,
    /// The event is for people who have proven their address.
    #[error("the person's address is not proven")]
    AddressUnverified,
    /// The person has let the most holds lapse that one may.
    #[error("the person has let too many holds lapse")]
    TooManyLapses,
    /// What should remain has more seats at a price than the registration has. More seats are a new booking.
    #[error("the registration has fewer seats")]
    MoreSeats(Box<Registration>),
    /// Another amount is asked for.
    #[error("another amount is asked for")]
    WrongAmount {
        /// Which one, in minor units.
        amount: i64,
    },
    /// The payment of the registration cannot be changed as it stands.
    #[error("the registration cannot be paid")]
    CannotBePaid {
        /// The registration.
        registration: Box<Registration>,
        /// The reason.
        cause: Unpayable,
    },
    /// There is no such payment of the registration.
    #[error("no such payment")]
    NoSuchPayment,
    /// The most registrations of the person that are allowed at one event have been cancelled.
    #[error("too many registrations of the person were cancelled")]
    TooManyRegistrations,
    /// The people who run the event have removed a registration of the person, and do not allow another one.
    #[error("the person's registration was removed")]
    Barred,
    /// A person of the order has no account: it is gone, or is in another database.
    #[error("no such user")]
    NoSuchUser,
    /// The sender does not run the event any more.
    #[error("the event has been handed over")]
    HandedOver,
    /// The account that should get the event is no active organizer's or admin's, or there is none.
    #[error("the account cannot run events")]
    CannotRunEvents,
    /// Somebody else is changing the account that should get the event. It can be tried again at once.
    #[error("the account is being changed")]
    ReceiverInUse,
    /// The account that should get the event runs the most events that an account may be given.
    #[error("the account runs too many events to get another one")]
    RunsTooManyEvents,
    /// The person has no such registration at this event.
    #[error("no such registration")]
    NoSuchRegistration,
    /// Somebody is in with one of the tickets that would end.
    #[error("somebody is in with the ticket")]
    CheckedIn,
    /// There is no such offer of a seat.
    #[error("no such offer")]
    NoSuchTransfer,
    /// The offer was taken or withdrawn, or is too old, or its giver has no such seat any more.
    #[error("the offer is over")]
    TransferOver,
    /// The event's organizer does not allow passing on.
    #[error("seats of the event cannot be passed on")]
    TransfersOff,
    /// The event is a draft, or the hidden copy of a stress test.
    #[error("the event is not published")]
    EventNotPublished {
        /// The organizer, who may know that it exists.
        organizer: UserId,
    },
    /// The event was cancelled.
    #[error("the event has been cancelled")]
    EventCancelled,
    /// The event has ended.
    #[error("the event has ended")]
    EventEnded,
    /// The sale has not opened yet.
    #[error("the sale has not opened yet")]
    SalesNotOpen {
        /// When it opens.
        opens_at: DateTime<Utc>,
    },
    /// The sale has closed.
    #[error("the sale has closed")]
    SalesClosed {
        /// When it closed.
        closed_at: DateTime<Utc>,
    },
    /// People can no longer cancel their bookings of the event.
    #[error("cancelling has ended")]
    CancellingEnded {
        /// Since when.
        ended_at: DateTime<Utc>,
    },
    /// A stress test uses the event.
    #[error("the event is under test")]
    EventUnderTest,
    /// A simulated buyer tried to book an event that no stress test uses.
    #[error("the event is not under test")]
    EventNotUnderTest,
    /// The event has registrations, so it cannot be put under test.
    #[error("the event has registrations")]
    EventNotEmpty,
    /// The capacity would be lower than the number of seats that are taken.
    #[error("the capacity is below the number of seats that are taken")]
    CapacityBelowTaken {
        /// The type, whose seats are counted.
        ticket_type: TypeNumber,
        /// The number of seats that are taken.
        taken: i32,
    },
    /// The capacity would be lower than the seats that one registration may have.
    #[error("the capacity is below the seats of one registration")]
    CapacityBelowParty {
        /// The seats of one registration.
        seats: i32,
    },
    /// The event has several ticket types, so its capacity is theirs.
    #[error("the event has several ticket types")]
    SeveralTypes,
    /// The document of the tickets does not fit the event.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The limit of a price would be lower than the seats that stand at it.
    #[error("the limit is below the seats that stand at the price")]
    LimitBelowStanding {
        /// The price.
        price: PriceNumber,
        /// The seats that stand.
        standing: i32,
    },
    /// One registration could have fewer seats than before, while people wait who may want as many.
    #[error("people wait for as many seats as a registration may have")]
    SeatsPerRegistrationInUse(TypeNumber),
    /// The capacity would promote more waiting people than one transaction may.
    #[error("the capacity would promote too many people at once")]
    TooManyPromotions {
        /// The highest capacity that is possible in this step.
        capacity_at_most: i32,
    },
    /// The event has been edited as often as an event may be.
    #[error("the event has too many edits")]
    TooManyEdits,
    /// Somebody else edited the event in the meantime.
    #[error("the event was edited in the meantime")]
    StaleEdit {
        /// Its present version.
        current_version: i64,
    },
    /// The edit would make a field invalid.
    #[error("the edit would make a field invalid")]
    InvalidEdit(#[source] InvalidField),
}
