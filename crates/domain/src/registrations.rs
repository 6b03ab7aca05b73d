//! Registrations: one person's seat, or place in line, at one event.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::UnknownName;
use crate::events::EventStatus;
use crate::ids::{RegistrationId, UserId};
use crate::limits::{IDEMPOTENCY_KEY_CHARACTERS_MAX, REMOVAL_REASON_CHARACTERS_MAX};
use crate::names::read_by_name;
use crate::text::{self, InvalidField};

/// The status of a registration.
///
/// A new registration is CONFIRMED or WAITLISTED. Promotion makes a WAITLISTED one CONFIRMED. Both become CANCELLED by
/// a [`Cancellation`], and stay so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RegistrationStatus {
    /// Has a seat.
    Confirmed,
    /// Waits in line.
    Waitlisted,
    /// Was cancelled.
    Cancelled,
}

impl RegistrationStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Confirmed, Self::Waitlisted, Self::Cancelled];

    /// Whether a registration with this status takes a seat.
    pub fn takes_seat(self) -> bool {
        match self {
            Self::Confirmed => true,
            Self::Waitlisted | Self::Cancelled => false,
        }
    }

    /// Whether its person waits in line.
    pub fn waits(self) -> bool {
        match self {
            Self::Waitlisted => true,
            Self::Confirmed | Self::Cancelled => false,
        }
    }

    /// Whether it is final: no other status follows.
    pub fn is_over(self) -> bool {
        match self {
            Self::Cancelled => true,
            Self::Confirmed | Self::Waitlisted => false,
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
    /// The people who run the event took it away.
    Removed(Arc<Removal>),
    /// Its person's account was deactivated.
    Deactivated,
}

impl Cancellation {
    /// Its cause, without the particulars.
    pub fn cause(&self) -> CancellationCause {
        match self {
            Self::GivenUp => CancellationCause::GivenUp,
            Self::Removed(_) => CancellationCause::Removed,
            Self::Deactivated => CancellationCause::Deactivated,
        }
    }

    /// The particulars of a removal.
    pub fn removal(&self) -> Option<&Removal> {
        match self {
            Self::Removed(removal) => Some(removal),
            Self::GivenUp | Self::Deactivated => None,
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
    /// The people who run the event took it away.
    Removed,
    /// Its person's account was deactivated.
    Deactivated,
}

impl CancellationCause {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::GivenUp, Self::Removed, Self::Deactivated];

    /// The name that the API and the database use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GivenUp => "GIVEN_UP",
            Self::Removed => "REMOVED",
            Self::Deactivated => "DEACTIVATED",
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
    /// Its status.
    pub status: RegistrationStatus,
    /// The decision that made it, which is its place in the order of arrival.
    pub decision: i64,
    /// The decision that gave it a seat; equal to `decision` if it got one at once.
    pub confirmed_decision: Option<i64>,
    /// The decision that cancelled it.
    pub cancelled_decision: Option<i64>,
    /// The key of the request that made it.
    pub idempotency_key: Option<IdempotencyKey>,
    /// When it was made, by the database's clock.
    pub registered_at: DateTime<Utc>,
    /// When it got a seat.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// When it was cancelled.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Why it was cancelled, if it was.
    pub cancellation: Option<Cancellation>,
}

impl Registration {
    /// Whether it takes a seat or waits for one.
    pub fn is_active(&self) -> bool {
        !self.status.is_over()
    }
}
