//! Values for the examples of the API's description. All examples are about the same people, event and times.

use std::sync::Arc;

use boxoffice::places::Place;
use chrono::{DateTime, TimeDelta, Utc};
use domain::events::{Event, EventDetails, EventStatus, TicketedEvent};
use domain::ids::{EventId, RegistrationId, UserId};
use domain::money::{Hold, Terms};
use domain::pictures::Picture;
use domain::registrations::{Cancellation, Paid, Registration, RegistrationStatus};
use domain::seats::Seats;
use domain::tickets::{Price, Split, TicketType, Tickets, TypeNumber};
use repository::organizers::Organizer;
use repository::presentations::Presentation;
use uuid::Uuid;

use crate::http::registrations::PlacedRegistration;

pub(crate) const ALICE: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6071);
pub(crate) const ORGANIZER: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6072);
pub(crate) const CONCERT: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6073);
pub(crate) const REGISTRATION: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6074);

pub(crate) const ENTRY: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6075);
pub(crate) const SIMULATION: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6076);

pub(crate) const PICTURE: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6079);

/// When the sale of the concert opens.
pub(crate) fn sale() -> DateTime<Utc> {
    seconds(1_890_000_000)
}

/// When the concert starts.
pub(crate) fn start() -> DateTime<Utc> {
    seconds(1_900_000_800)
}

/// Who runs the concert.
pub(crate) fn organizer() -> Organizer {
    Organizer { name: "The Concert Hall".to_owned(), public_contact: Some("https://hall.example.org".to_owned()) }
}

/// The concert's picture.
pub(crate) fn picture() -> Picture {
    Picture { id: PICTURE.into(), width: 1_280, height: 720 }
}

/// The concert's organizer and picture.
pub(crate) fn presentation() -> Presentation {
    Presentation { organizer: organizer(), picture: Some(picture()) }
}

/// A concert that is sold out, with standing room and two prices.
pub(crate) fn concert() -> TicketedEvent {
    let event = event();
    let standing = TicketType {
        seats: event.seats,
        head_wants: 1,
        seats_wanted: event.seats.waiting(),
        ..TicketType::new(TypeNumber::FIRST, "Standing", event.seats.capacity(), 4)
    };
    let price = |number: i16, name, amount| Price::new(number.into(), TypeNumber::FIRST, name, amount);
    let tickets = Tickets { types: vec![standing], prices: vec![price(1, "Adult", 2_500), price(2, "Child", 1_000)] };
    TicketedEvent { event, tickets }
}

fn event() -> Event {
    Event {
        id: EventId::from(CONCERT),
        organizer: UserId::from(ORGANIZER),
        details: EventDetails {
            title: "A concert".to_owned(),
            description: "Doors open at seven.".to_owned(),
            location: "A hall".to_owned(),
            starts_at: start(),
            ends_at: start() + TimeDelta::hours(3),
            time_zone: "Europe/Berlin".to_owned(),
            sales_open_at: Some(sale()),
            sales_close_at: None,
            cancel_until: None,
            verified_buyers_only: false,
        },
        seats: Seats::stored(100, 0, 7).unwrap_or_default(),
        terms: Terms {
            currency: "EUR".parse().ok(),
            hold_minutes: Some(60),
            instructions: INSTRUCTIONS.to_owned(),
            ..Terms::default()
        },
        last_decision: 109,
        status: EventStatus::Published,
        under_test_since: None,
        rehearsal_of: None,
        edit_version: 3,
        created_at: sale() - TimeDelta::days(7),
        updated_at: sale() - TimeDelta::days(6),
    }
}

/// Alice's registration for the concert.
pub(crate) fn registration(status: RegistrationStatus) -> PlacedRegistration {
    let is_waiting = status.waits();
    let is_held = status == RegistrationStatus::Held;
    let split = Split::one(1.into(), 2).unwrap_or_else(|| Split::single(1.into()));
    let until = sale() + TimeDelta::hours(1);
    let registration = Registration {
        id: RegistrationId::from(REGISTRATION),
        user: UserId::from(ALICE),
        ticket_type: TypeNumber::FIRST,
        status,
        booked: 2,
        split,
        amount: 5_000,
        decision: 108,
        seated_decision: None,
        cancelled_decision: None,
        idempotency_key: None,
        registered_at: sale(),
        seated_at: if is_waiting { None } else { Some(sale()) },
        cancelled_at: if status.is_over() { Some(until) } else { None },
        hold: is_held.then_some(Hold { until, lapses_at: until }),
        paid: (status == RegistrationStatus::Confirmed).then_some(Paid { decision: 109, at: until, amount: 5_000 }),
        owed: 0,
        cancellation: if status.is_over() { Some(Cancellation::GivenUp) } else { None },
    };
    let place = is_waiting.then_some(Place { position: 7, seats_ahead: 9 });
    PlacedRegistration { registration, place, event: Arc::new(concert()) }
}

/// How to pay for the concert.
pub(crate) const INSTRUCTIONS: &str = "Transfer the amount to our account, with your name.";

fn seconds(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}
