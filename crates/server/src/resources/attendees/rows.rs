//! Attendees as the list and the file show them, with their positions on the waitlist.

use boxoffice::lines::Snapshot;
use chrono::{DateTime, Utc};
use domain::events::{Event, TicketedEvent};
use domain::ids::{EventId, PaymentId, RegistrationId, UserId};
use domain::money::Currency;
use domain::registrations::{CancellationCause, RegistrationStatus};
use domain::tickets::TypeNumber;
use repository::attendees::{Attendee, Filter};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::problems::Problem;
use crate::http::registrations::SeatsBody;
use crate::openapi::formats::{Amount, CurrencyCode, EmailAddress, PersonName, SeatCount, TicketName, TicketNumber};
use crate::state::State;

/// A person who registered, as the organizer sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Attendee)]
pub(super) struct AttendeeBody {
    pub(super) registration_id: RegistrationId,
    pub(super) user_id: UserId,
    #[schema(value_type = PersonName)]
    pub(super) name: String,
    #[schema(value_type = EmailAddress)]
    pub(super) email: String,
    pub(super) status: RegistrationStatus,
    /// The position on the waitlist; 1 is next. Null for other registrations.
    #[schema(required, minimum = 1)]
    pub(super) position: Option<i64>,
    #[schema(value_type = TicketNumber)]
    pub(super) ticket_type: TypeNumber,
    #[schema(value_type = TicketName)]
    pub(super) ticket_type_name: String,
    /// The seats by price. Those of a cancelled registration are what it had at last.
    pub(super) seats: Vec<SeatsBody>,
    /// How many seats that is.
    #[schema(value_type = SeatCount)]
    pub(super) seat_count: i32,
    /// What the seats cost together.
    #[schema(value_type = Amount)]
    pub(super) amount: i64,
    #[schema(required, value_type = Option<CurrencyCode>)]
    pub(super) currency: Option<&'static str>,
    /// Until when its person is told to pay, if the seats are held and there is a deadline.
    #[schema(required)]
    pub(super) held_until: Option<DateTime<Utc>>,
    /// When it was paid.
    #[schema(required)]
    pub(super) paid_at: Option<DateTime<Utc>>,
    /// The payment, to take its mark back.
    #[schema(required)]
    pub(super) payment_id: Option<PaymentId>,
    /// The part of the payment that is owed back.
    #[schema(value_type = Amount)]
    pub(super) owed_back: i64,
    pub(super) registered_at: DateTime<Utc>,
    /// When the person got a seat.
    #[schema(required)]
    pub(super) confirmed_at: Option<DateTime<Utc>>,
    /// When it was cancelled.
    #[schema(required)]
    pub(super) cancelled_at: Option<DateTime<Utc>>,
    /// Why it was cancelled.
    #[schema(required)]
    pub(super) cancellation: Option<CancellationCause>,
    /// The reason that the person was given, if the booking was removed.
    #[schema(required)]
    pub(super) removal_reason: Option<String>,
    /// How many of its tickets are checked in.
    #[schema(minimum = 0, maximum = 10)]
    pub(super) admitted: i64,
    /// The names that the buyer has filled in on the booking's tickets, in the order of the tickets.
    #[schema(max_items = 10, value_type = Vec<PersonName>)]
    pub(super) ticket_names: Vec<String>,
    /// Whether the event was cancelled while the registration stood. The person does not come.
    pub(super) event_cancelled: bool,
}

impl AttendeeBody {
    pub(super) fn new(attendee: &Attendee, event: &TicketedEvent, line: Option<&Snapshot>) -> Self {
        let TicketedEvent { event, tickets } = event;
        let of_type = tickets.ticket_type(attendee.ticket_type);
        let waits = attendee.status.waits();
        Self {
            registration_id: attendee.registration,
            user_id: attendee.user,
            name: attendee.name.clone(),
            email: attendee.email.clone(),
            status: attendee.status,
            position: line
                .filter(|_| waits)
                .and_then(|line| line.place(attendee.ticket_type, attendee.decision))
                .map(|place| place.position),
            ticket_type: attendee.ticket_type,
            ticket_type_name: of_type.map(|one| one.name.clone()).unwrap_or_default(),
            seats: SeatsBody::all(&attendee.split, tickets),
            seat_count: attendee.split.seats(),
            amount: attendee.amount,
            currency: event.terms.currency.map(Currency::code),
            held_until: attendee.held_until,
            paid_at: attendee.paid_at,
            payment_id: attendee.payment,
            owed_back: attendee.owed,
            registered_at: attendee.registered_at,
            confirmed_at: attendee.seated_at,
            cancelled_at: attendee.cancelled_at,
            cancellation: attendee.cancellation,
            removal_reason: attendee.removal_reason.clone(),
            admitted: attendee.admitted,
            ticket_names: attendee.ticket_names.clone(),
            event_cancelled: attendee.status.is_void_at(event.status),
        }
    }
}

/// Whether the answer is known to be empty. While an event is under test, all its active registrations are simulated.
/// Searching them could take too long.
pub(super) fn has_nobody(event: &Event, wanted: &Filter) -> bool {
    event.is_under_test() && !wanted.status.is_some_and(RegistrationStatus::is_over)
}

/// A snapshot of the waitlist that covers all waiting people among these attendees. `known` is reused if it does.
pub(super) async fn line_for(
    state: &State,
    event: EventId,
    attendees: &[Attendee],
    known: Option<Snapshot>,
) -> Result<Option<Snapshot>, Problem> {
    let waiting = attendees.iter().filter(|attendee| attendee.status.waits());
    match waiting.map(|attendee| attendee.decision).max() {
        Some(newest) if !known.as_ref().is_some_and(|line| line.knows(newest)) => {
            Ok(Some(state.lines.snapshot(event, newest).await?))
        }
        _ => Ok(known),
    }
}
