//! Webhooks: the changes that other programs are told of, and how their telling stands.
//!
//! A change follows from a registration as it stands, like a message to its person. Kind and number name it, so that
//! following a registration again tells nothing twice.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::names::read_by_name;
use crate::news::EventNews;
use crate::registrations::{Registration, RegistrationStatus};

/// The kinds of changes that webhooks tell of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
pub enum WebhookKind {
    /// A registration got its seats at once, and for nothing.
    #[serde(rename = "registration.confirmed")]
    Confirmed,
    /// A registration stands in line.
    #[serde(rename = "registration.waitlisted")]
    Waitlisted,
    /// A registration's seats are held until they are paid.
    #[serde(rename = "registration.held")]
    Held,
    /// A registration got its seats from the line, perhaps to be paid.
    #[serde(rename = "registration.promoted")]
    Promoted,
    /// A registration's payment has come.
    #[serde(rename = "registration.paid")]
    Paid,
    /// A registration has fewer seats than were booked.
    #[serde(rename = "registration.reduced")]
    Reduced,
    /// A registration was cancelled, for whatever cause.
    #[serde(rename = "registration.cancelled")]
    Cancelled,
    /// An event was published.
    #[serde(rename = "event.published")]
    EventPublished,
    /// A published event takes place at another time or elsewhere.
    #[serde(rename = "event.updated")]
    EventUpdated,
    /// An event was cancelled.
    #[serde(rename = "event.cancelled")]
    EventCancelled,
    /// A test, which its owner asked for. It is about no event.
    #[serde(rename = "ping")]
    Ping,
}

impl WebhookKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Confirmed,
        Self::Waitlisted,
        Self::Held,
        Self::Promoted,
        Self::Paid,
        Self::Reduced,
        Self::Cancelled,
        Self::EventPublished,
        Self::EventUpdated,
        Self::EventCancelled,
        Self::Ping,
    ];

    /// The name that the API, the database and receivers use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "registration.confirmed",
            Self::Waitlisted => "registration.waitlisted",
            Self::Held => "registration.held",
            Self::Promoted => "registration.promoted",
            Self::Paid => "registration.paid",
            Self::Reduced => "registration.reduced",
            Self::Cancelled => "registration.cancelled",
            Self::EventPublished => "event.published",
            Self::EventUpdated => "event.updated",
            Self::EventCancelled => "event.cancelled",
            Self::Ping => "ping",
        }
    }

    /// Whether an endpoint chooses to hear of it. A test comes to every endpoint.
    pub fn can_be_chosen(self) -> bool {
        self != Self::Ping
    }

    /// The kind of a change of an event as a whole.
    pub fn of_news(news: EventNews) -> Self {
        match news {
            EventNews::Published => Self::EventPublished,
            EventNews::Moved => Self::EventUpdated,
            EventNews::Cancelled => Self::EventCancelled,
        }
    }
}

read_by_name!(WebhookKind);

/// The state of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DeliveryState {
    /// It is to be sent, or tried again.
    Due,
    /// The endpoint took it.
    Delivered,
    /// The endpoint refused it for good, or too often.
    Failed,
}

impl DeliveryState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Due, Self::Delivered, Self::Failed];

    /// The name that the API and the database use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Due => "DUE",
            Self::Delivered => "DELIVERED",
            Self::Failed => "FAILED",
        }
    }
}

read_by_name!(DeliveryState);

/// Why an endpoint is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OffReason {
    /// Its owner switched it off.
    Owner,
    /// It took nothing for three days.
    Failing,
    /// It answered that it is gone (410).
    Gone,
}

impl OffReason {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Owner, Self::Failing, Self::Gone];

    /// The name that the API and the database use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "OWNER",
            Self::Failing => "FAILING",
            Self::Gone => "GONE",
        }
    }
}

/// A change of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Its kind.
    pub kind: WebhookKind,
    /// Its number among changes of its kind at the registration: a decision, a deadline, or the seats that are left.
    pub number: i64,
    /// When it was decided, where the registration tells.
    pub at: Option<DateTime<Utc>>,
}

/// The changes that a registration shows as it stands. Earlier ones, which others have followed since, are not among
/// them.
pub fn changes(registration: &Registration) -> Vec<Change> {
    use WebhookKind::{Cancelled, Confirmed, Held, Paid, Promoted, Reduced, Waitlisted};

    let change = |kind, number, at| Change { kind, number, at };
    let (decision, registered_at) = (registration.decision, Some(registration.registered_at));
    let from_line = registration.seated_decision.filter(|seated| *seated != decision);
    let promoted = from_line.map(|seated| change(Promoted, seated, registration.seated_at));
    let mut changes = match registration.status {
        RegistrationStatus::Waitlisted => vec![change(Waitlisted, decision, registered_at)],
        RegistrationStatus::Held => {
            let deadline = registration.hold.map(|hold| hold.until.timestamp());
            // A deadline begins anew when the mark of a payment is taken back. No column tells when that was.
            let held = change(Held, deadline.unwrap_or(from_line.unwrap_or(decision)), None);
            promoted.into_iter().chain([held]).collect()
        }
        RegistrationStatus::Confirmed => vec![match registration.paid.filter(|_| !registration.came_paid()) {
            Some(paid) => change(Paid, paid.decision, Some(paid.at)),
            None => promoted.unwrap_or(change(Confirmed, decision, registered_at)),
        }],
        RegistrationStatus::Cancelled => {
            let number = registration.cancelled_decision.unwrap_or(decision);
            vec![change(Cancelled, number, registration.cancelled_at)]
        }
    };
    if registration.is_active() && registration.seats() < registration.booked {
        changes.push(change(Reduced, registration.seats().into(), None));
    }
    changes
}
