//! Registrations: one person's seats, or place in line, at one event.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::UnknownName;
use crate::events::EventStatus;
use crate::ids::{PaymentId, RegistrationId, UserId};
use crate::limits::{IDEMPOTENCY_KEY_CHARACTERS_MAX, REMOVAL_REASON_CHARACTERS_MAX};
use crate::money::{Hold, Money};
use crate::names::read_by_name;
use crate::text::{self, InvalidField};
use crate::tickets::{Split, TypeNumber};

/// The status of a registration.
///
/// A new registration has its seats, or is WAITLISTED until it gets them. With its seats it is HELD while its amount is
/// unpaid, and otherwise CONFIRMED. All become CANCELLED by a [`Cancellation`], and stay so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RegistrationStatus {
    /// Has its seats, and has nothing to pay.
    Confirmed,
    /// Has its seats, and has to pay for them.
    Held,
    /// Waits in line.
    Waitlisted,
    /// Was cancelled.
    Cancelled,
}

impl RegistrationStatus {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Confirmed, Self::Held, Self::Waitlisted, Self::Cancelled];

    /// The status of a registration that has its seats.
    pub fn of_seated(amount: i64, is_paid: bool) -> Self {
        if amount == 0 || is_paid { Self::Confirmed } else { Self::Held }
    }

    /// Whether a registration with this status takes its seats.
    pub fn takes_seat(self) -> bool {
        match self {
            Self::Confirmed | Self::Held => true,
            Self::Waitlisted | Self::Cancelled => false,
        }
    }

    /// Whether its person waits in line.
    pub fn waits(self) -> bool {
        match self {
            Self::Waitlisted => true,
            Self::Confirmed | Self::Held | Self::Cancelled => false,
        }
    }

    /// Whether it is final: no other status follows.
    pub fn is_over(self) -> bool {
        match self {
            Self::Cancelled => true,
            Self::Confirmed | Self::Held | Self::Waitlisted => false,
        }
    }

    /// Whether its person would come, but an event with that status does not take place.
    pub fn is_void_at(self, event: EventStatus) -> bool {
        event == EventStatus::Cancelled && !self.is_over()
    }

    /// The name that the API and the database use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "CONFIRMED",
            Self::Held => "HELD",
            Self::Waitlisted => "WAITLISTED",
            Self::Cancelled => "CANCELLED",
        }
    }
}

read_by_name!(RegistrationStatus);

impl FromStr for RegistrationStatus {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or_else(|| UnknownName(text.to_owned()))
    }
}

/// A caller's key for one request, so that sending it again makes nothing new: 1 to [`IDEMPOTENCY_KEY_CHARACTERS_MAX`]
/// visible ASCII characters. Keys are per person and event.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IdempotencyKey(Arc<str>);

impl IdempotencyKey {
    /// Checks a key.
    pub fn parse(text: &str) -> Result<Self, InvalidField> {
        let sound =
            (1..=IDEMPOTENCY_KEY_CHARACTERS_MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        if sound {
            Ok(Self(text.into()))
        } else {
            Err(InvalidField::new(
                "Idempotency-Key",
                format!("must be 1 to {IDEMPOTENCY_KEY_CHARACTERS_MAX} visible ASCII characters"),
            ))
        }
    }

    /// The key's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Why a registration was cancelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cancellation {
    /// Its person cancelled it. Registrations that were cancelled before causes were stored count as this.
    GivenUp,
    /// Its seats were held for too long without being paid.
    Lapsed,
    /// The people who run the event took it away.
    Removed(Arc<Removal>),
    /// Its person's account was deactivated.
    Deactivated,
    /// It was the head of its line, and wanted more seats than were free for longer than the event's patience. A new
    /// one stands at the end of the line.
    Passed,
    /// Its person passed its last seat on.
    PassedOn,
}

impl Cancellation {
    /// Its cause, without the particulars.
    pub fn cause(&self) -> CancellationCause {
        match self {
            Self::GivenUp => CancellationCause::GivenUp,
            Self::Lapsed => CancellationCause::Lapsed,
            Self::Removed(_) => CancellationCause::Removed,
            Self::Deactivated => CancellationCause::Deactivated,
            Self::Passed => CancellationCause::Passed,
            Self::PassedOn => CancellationCause::PassedOn,
        }
    }

    /// The particulars of a removal.
    pub fn removal(&self) -> Option<&Removal> {
        match self {
            Self::Removed(removal) => Some(removal),
            Self::GivenUp | Self::Lapsed | Self::Deactivated | Self::Passed | Self::PassedOn => None,
        }
    }

    /// Whether its person may not book the event again.
    pub fn bars(&self) -> bool {
        self.removal().is_some_and(|removal| !removal.may_book_again)
    }
}

/// The cause of a cancellation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CancellationCause {
    /// Its person cancelled it.
    GivenUp,
    /// Its seats were held for too long without being paid.
    Lapsed,
    /// The people who run the event took it away.
    Removed,
    /// Its person's account was deactivated.
    Deactivated,
    /// It wanted more seats than were free for too long. A new one stands at the end of the line.
    Passed,
    /// Its person passed its last seat on.
    PassedOn,
}

impl CancellationCause {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::GivenUp, Self::Lapsed, Self::Removed, Self::Deactivated, Self::Passed, Self::PassedOn];

    /// The name that the API and the database use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GivenUp => "GIVEN_UP",
            Self::Lapsed => "LAPSED",
            Self::Removed => "REMOVED",
            Self::Deactivated => "DEACTIVATED",
            Self::Passed => "PASSED",
            Self::PassedOn => "PASSED_ON",
        }
    }
}

/// How the people who run an event take a registration away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// The reason, for its person.
    pub reason: RemovalReason,
    /// Whether its person may book the event again.
    pub may_book_again: bool,
}

/// The reason of a removal: one line of 1 to [`REMOVAL_REASON_CHARACTERS_MAX`] characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovalReason(Arc<str>);

impl RemovalReason {
    /// Checks and trims a reason.
    pub fn parse(text: &str) -> Result<Self, InvalidField> {
        text::line("reason", text, REMOVAL_REASON_CHARACTERS_MAX).map(|text| Self(text.into()))
    }

    /// A reason as it was stored. Rules that came later do not matter for it.
    pub fn stored(text: &str) -> Self {
        Self(text.into())
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A registration, with the numbers of the decisions that made and changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Its id.
    pub id: RegistrationId,
    /// Its person.
    pub user: UserId,
    /// The type of its seats.
    pub ticket_type: TypeNumber,
    /// Its status.
    pub status: RegistrationStatus,
    /// How many seats were booked.
    pub booked: i32,
    /// Its seats by price. Those of a cancelled one are what it had at last.
    pub split: Split,
    /// What its seats cost together, in minor units.
    pub amount: i64,
    /// The decision that made it, which is its place in the order of arrival.
    pub decision: i64,
    /// The decision that gave it its seats; equal to `decision` if it got them at once.
    pub seated_decision: Option<i64>,
    /// The decision that cancelled it.
    pub cancelled_decision: Option<i64>,
    /// The key of the request that made it.
    pub idempotency_key: Option<IdempotencyKey>,
    /// When it was made, by the database's clock.
    pub registered_at: DateTime<Utc>,
    /// When it got its seats.
    pub seated_at: Option<DateTime<Utc>>,
    /// When it was cancelled.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// The deadline, if it is HELD and has one.
    pub hold: Option<Hold>,
    /// Its payment, if it was paid.
    pub paid: Option<Paid>,
    /// The part of the payment that is owed back, in minor units.
    pub owed: i64,
    /// Why it was cancelled, if it was.
    pub cancellation: Option<Cancellation>,
}

/// The payment of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paid {
    /// The decision that confirmed it. Of seats that were passed on, it is the one that confirmed the registration that
    /// they came from, and so older than their own.
    pub decision: i64,
    /// When, by the database's clock.
    pub at: DateTime<Utc>,
    /// How much, in minor units.
    pub amount: i64,
}

/// Why the payment of a registration cannot be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpayable {
    /// It waits for its seats.
    Waits,
    /// It was given up, or taken from its person.
    Cancelled,
    /// The event was cancelled.
    EventCancelled,
    /// It has lapsed, and the event is over.
    EventOver,
    /// It has lapsed, and its person may not book the event any more.
    PersonRefused,
    /// It has lapsed, and its person has booked the ticket type again.
    BookedAgain,
    /// It has lapsed, and its seats were given to others, or somebody waits for them.
    SeatsGone,
    /// It has lapsed, and its price has no seats left.
    PriceSoldOut,
    /// It was paid, and some of its seats were given up since.
    SeatsGivenUp,
}

impl Unpayable {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Waits,
        Self::Cancelled,
        Self::EventCancelled,
        Self::EventOver,
        Self::PersonRefused,
        Self::BookedAgain,
        Self::SeatsGone,
        Self::PriceSoldOut,
        Self::SeatsGivenUp,
    ];

    /// The name that the API uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waits => "WAITLISTED",
            Self::Cancelled => "CANCELLED",
            Self::EventCancelled => "EVENT_CANCELLED",
            Self::EventOver => "EVENT_OVER",
            Self::PersonRefused => "PERSON_REFUSED",
            Self::BookedAgain => "BOOKED_AGAIN",
            Self::SeatsGone => "SEATS_GONE",
            Self::PriceSoldOut => "PRICE_SOLD_OUT",
            Self::SeatsGivenUp => "SEATS_GIVEN_UP",
        }
    }
}

/// A payment that was marked at an event. It is kept after it was taken back, so that its mark is not repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Its id, made when its request came in.
    pub id: PaymentId,
    /// The registration that it is for.
    pub registration: RegistrationId,
    /// How much, in minor units.
    pub amount: i64,
    /// The decision that it confirmed the registration with.
    pub decision: i64,
    /// The account that marked it.
    pub by: Option<UserId>,
    /// The decision that took it back, and the account that did.
    pub taken_back: Option<(i64, Option<UserId>)>,
}

impl Registration {
    /// Whether it takes seats or waits for them.
    pub fn is_active(&self) -> bool {
        !self.status.is_over()
    }

    /// Whether it got its seats from the line, not at once.
    pub fn is_from_line(&self) -> bool {
        self.seated_decision.is_some_and(|seated| seated != self.decision)
    }

    /// Whether it was paid before it was made: its seats were passed on by somebody who had paid for them.
    pub fn came_paid(&self) -> bool {
        self.paid.is_some_and(|paid| paid.decision < self.decision)
    }

    /// How many seats it has or wants.
    pub fn seats(&self) -> i32 {
        self.split.seats()
    }

    /// Its part in the money of its event.
    pub fn money(&self) -> Money {
        Money {
            taken: self.paid.map_or(0, |paid| paid.amount),
            held: if self.status == RegistrationStatus::Held { self.amount } else { 0 },
            owed: self.owed,
        }
    }
}
