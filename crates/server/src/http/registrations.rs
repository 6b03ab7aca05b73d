//! A registration as its person sees it: in the answers of bookings, and in the problem that refuses a second one.

use chrono::{DateTime, Utc};
use domain::events::EventStatus;
use domain::ids::{EventId, RegistrationId};
use domain::registrations::{Cancellation, CancellationCause, Registration, RegistrationStatus};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// A registration of an event, with its position on the waitlist where it has one.
#[derive(Debug)]
pub(crate) struct PlacedRegistration {
    pub(crate) event: EventId,
    pub(crate) registration: Registration,
    /// 1 is next. None for registrations that do not wait, and while the position cannot be read.
    pub(crate) position: Option<i64>,
    pub(crate) event_status: EventStatus,
}

impl Serialize for PlacedRegistration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RegistrationBody::from(self).serialize(serializer)
    }
}

/// A registration, as its person sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Registration)]
pub(crate) struct RegistrationBody {
    id: RegistrationId,
    event_id: EventId,
    status: RegistrationStatus,
    /// The position on the waitlist; 1 is next. Null for other registrations, and while it cannot be read.
    #[schema(required, minimum = 1)]
    position: Option<i64>,
    registered_at: DateTime<Utc>,
    /// When the person got a seat.
    #[schema(required)]
    confirmed_at: Option<DateTime<Utc>>,
    /// When it was cancelled.
    #[schema(required)]
    cancelled_at: Option<DateTime<Utc>>,
    /// Why it was cancelled.
    #[schema(required)]
    cancellation: Option<CancellationCause>,
    /// The organizer's reason, if the organizer removed the booking.
    #[schema(required)]
    removal_reason: Option<String>,
    /// Whether the person may book the event again, if the organizer removed the booking.
    #[schema(required)]
    may_book_again: Option<bool>,
    /// The number of the decision that made it, in the order of the event's decisions.
    #[schema(minimum = 1)]
    decision: i64,
    /// Whether the event was cancelled while the registration stood. It is then for nothing.
    event_cancelled: bool,
}

impl From<&PlacedRegistration> for RegistrationBody {
    fn from(placed: &PlacedRegistration) -> Self {
        let PlacedRegistration { event, registration, position, event_status } = placed;
        let cancellation = registration.cancellation.as_ref();
        let removal = cancellation.and_then(Cancellation::removal);
        Self {
            id: registration.id,
            event_id: *event,
            status: registration.status,
            position: *position,
            registered_at: registration.registered_at,
            confirmed_at: registration.confirmed_at,
            cancelled_at: registration.cancelled_at,
            cancellation: cancellation.map(Cancellation::cause),
            removal_reason: removal.map(|removal| removal.reason.as_str().to_owned()),
            may_book_again: removal.map(|removal| removal.may_book_again),
            decision: registration.decision,
            event_cancelled: registration.status.is_void_at(*event_status),
        }
    }
}
