//! A registration as its person sees it: in the answers of bookings, and in the problem that refuses a second one.

use std::sync::Arc;

use boxoffice::places::Place;
use chrono::{DateTime, Utc};
use domain::events::TicketedEvent;
use domain::ids::{EventId, RegistrationId};
use domain::money::Currency;
use domain::registrations::{Cancellation, CancellationCause, Registration, RegistrationStatus};
use domain::tickets::{Part, PriceNumber, Split, Tickets, TypeNumber};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// A registration, with its event and its place on the waitlist where it has one.
#[derive(Debug)]
pub(crate) struct PlacedRegistration {
    pub(crate) registration: Registration,
    /// None for registrations that do not wait, and while the place cannot be read.
    pub(crate) place: Option<Place>,
    pub(crate) event: Arc<TicketedEvent>,
}

impl Serialize for PlacedRegistration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RegistrationBody::from(self).serialize(serializer)
    }
}

/// Seats at one price.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = RegistrationSeats)]
pub(crate) struct SeatsBody {
    #[schema(value_type = i32, minimum = 1, maximum = 60)]
    price: PriceNumber,
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// What one of them costs, in the minor unit of the event's currency.
    #[schema(minimum = 0)]
    amount: i64,
    #[schema(minimum = 1, maximum = 10)]
    count: i16,
}

impl SeatsBody {
    /// The seats of a registration, by price.
    pub(crate) fn all(split: &Split, tickets: &Tickets) -> Vec<Self> {
        let body = |part: &Part| {
            let price = tickets.price(part.price);
            Self {
                price: part.price,
                name: price.map(|price| price.name.clone()).unwrap_or_default(),
                amount: price.map_or(0, |price| price.amount),
                count: part.seats,
            }
        };
        split.parts().iter().map(body).collect()
    }

    /// The seats in words, such as `2 x Adult, 1 x Child`.
    pub(crate) fn in_words(all: &[Self]) -> String {
        let words: Vec<_> = all.iter().map(|seats| format!("{} x {}", seats.count, seats.name)).collect();
        words.join(", ")
    }
}

/// A registration, as its person sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Registration)]
pub(crate) struct RegistrationBody {
    id: RegistrationId,
    event_id: EventId,
    status: RegistrationStatus,
    #[schema(value_type = i32, minimum = 1, maximum = 60)]
    ticket_type: TypeNumber,
    #[schema(min_length = 1, max_length = 80)]
    ticket_type_name: String,
    /// The seats by price. Those of a cancelled registration are what it had at last.
    seats: Vec<SeatsBody>,
    /// How many seats that is.
    #[schema(minimum = 1, maximum = 10)]
    seat_count: i32,
    /// How many seats were booked.
    #[schema(minimum = 1, maximum = 10)]
    seats_booked: i32,
    /// What the seats cost together.
    #[schema(minimum = 0)]
    amount: i64,
    #[schema(required, pattern = "^[A-Z]{3}$")]
    currency: Option<&'static str>,
    /// Until when to pay, if the seats are held and there is a deadline.
    #[schema(required)]
    held_until: Option<DateTime<Utc>>,
    /// How to pay, while the seats are held.
    #[schema(required, max_length = 1000)]
    payment_instructions: Option<String>,
    /// When it was paid.
    #[schema(required)]
    paid_at: Option<DateTime<Utc>>,
    /// The part of the payment that is owed back.
    #[schema(minimum = 0)]
    owed_back: i64,
    /// The position on the waitlist; 1 is next. Null for other registrations, and while it cannot be read.
    #[schema(required, minimum = 1)]
    position: Option<i64>,
    /// How many seats those before it on the waitlist want.
    #[schema(required, minimum = 0)]
    seats_ahead: Option<i64>,
    registered_at: DateTime<Utc>,
    /// When the person got the seats.
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

impl RegistrationBody {
    /// A registration of `event`, at this place on the waitlist.
    pub(crate) fn of(registration: &Registration, place: Option<Place>, event: &TicketedEvent) -> Self {
        let TicketedEvent { event, tickets } = event;
        let cancellation = registration.cancellation.as_ref();
        let removal = cancellation.and_then(Cancellation::removal);
        let is_void = registration.status.is_void_at(event.status);
        let is_held = registration.status == RegistrationStatus::Held && !is_void;
        let of_type = tickets.ticket_type(registration.ticket_type);
        Self {
            id: registration.id,
            event_id: event.id,
            status: registration.status,
            ticket_type: registration.ticket_type,
            ticket_type_name: of_type.map(|one| one.name.clone()).unwrap_or_default(),
            seats: SeatsBody::all(&registration.split, tickets),
            seat_count: registration.seats(),
            seats_booked: registration.booked,
            amount: registration.amount,
            currency: event.terms.currency.map(Currency::code),
            held_until: registration.hold.filter(|_| is_held).map(|hold| hold.until),
            payment_instructions: is_held.then(|| event.terms.instructions.clone()),
            paid_at: registration.paid.map(|paid| paid.at),
            owed_back: registration.owed,
            position: place.map(|place| place.position),
            seats_ahead: place.map(|place| place.seats_ahead),
            registered_at: registration.registered_at,
            confirmed_at: registration.seated_at,
            cancelled_at: registration.cancelled_at,
            cancellation: cancellation.map(Cancellation::cause),
            removal_reason: removal.map(|removal| removal.reason.as_str().to_owned()),
            may_book_again: removal.map(|removal| removal.may_book_again),
            decision: registration.decision,
            event_cancelled: is_void,
        }
    }
}

impl From<&PlacedRegistration> for RegistrationBody {
    fn from(placed: &PlacedRegistration) -> Self {
        Self::of(&placed.registration, placed.place, &placed.event)
    }
}
