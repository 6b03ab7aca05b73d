//! Values for the examples of the API's description. All examples are about the same people, event and times.

use chrono::{DateTime, TimeDelta, Utc};
use domain::events::{Event, EventDetails, EventStatus};
use domain::ids::{EventId, RegistrationId, UserId};
use domain::registrations::{Cancellation, Registration, RegistrationStatus};
use domain::seats::Seats;
use uuid::Uuid;

use crate::http::registrations::PlacedRegistration;

pub(crate) const ALICE: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6071);
pub(crate) const ORGANIZER: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6072);
pub(crate) const CONCERT: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6073);
pub(crate) const REGISTRATION: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6074);

pub(crate) const ENTRY: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6075);
pub(crate) const SIMULATION: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6076);

/// When the sale of the concert opens.
pub(crate) fn sale() -> DateTime<Utc> {
    seconds(1_890_000_000)
}

/// When the concert starts.
pub(crate) fn start() -> DateTime<Utc> {
    seconds(1_900_000_800)
}

/// A concert that is sold out.
pub(crate) fn concert() -> Event {
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
        },
        seats: sold_out(100, 7),
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
    let registration = Registration {
        id: RegistrationId::from(REGISTRATION),
        user: UserId::from(ALICE),
        status,
        decision: 108,
        confirmed_decision: None,
        cancelled_decision: None,
        idempotency_key: None,
        registered_at: sale(),
        confirmed_at: if is_waiting { None } else { Some(sale()) },
        cancelled_at: if status.is_over() { Some(sale() + TimeDelta::hours(1)) } else { None },
        cancellation: if status.is_over() { Some(Cancellation::GivenUp) } else { None },
    };
    let position = is_waiting.then_some(7);
    PlacedRegistration { event: EventId::from(CONCERT), registration, position, event_status: EventStatus::Published }
}

fn sold_out(capacity: i32, waiting: i32) -> Seats {
    let mut seats = Seats::new(capacity);
    for _ in 0..capacity + waiting {
        seats.book();
    }
    seats
}

fn seconds(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}
