use chrono::TimeDelta;
use domain::events::{Event, EventDetails, EventStatus};
use domain::ids::{EventId, UserId};
use domain::seats::Seats;

use super::{EventBody, EventSummary};
use crate::http::query::Page;
use crate::openapi::samples::{CONCERT, ORGANIZER, sale, start};
use crate::openapi::{Answer, AnswerHeader, Description, Tag};

pub(crate) fn list() -> Description {
    Description::of(Tag::Events, "Published events that are not over, the next one first")
        .details("Up to a quarter of a second old.")
        .answer(Answer::json(200, "A page of them.", &page()))
}

pub(crate) fn show() -> Description {
    Description::of(Tag::Events, "One event")
        .details(
            "Published or cancelled ones for everybody, up to a quarter of a second old; drafts for those who run them.",
        )
        .header("If-None-Match", "The ETag of the version that the caller has.")
        .answer(Answer::json(200, "The event.", &event()).with(AnswerHeader::ETag))
        .answer(Answer::empty(304, "The caller has it as it is.").with(AnswerHeader::ETag))
}

/// A page with one event, and more after it.
pub(crate) fn page() -> Page<EventSummary> {
    Page::of(vec![(), ()], 1, |()| "1900000800000000_01923a4b5c6d7e8f8a1b2c3d4e5f6073".to_owned(), |()| summary())
}

/// An event that is sold out.
pub(crate) fn event() -> EventBody {
    EventBody::from(&concert())
}

/// The same, as lists have it.
pub(crate) fn summary() -> EventSummary {
    EventSummary::from(&concert())
}

fn sold_out(capacity: i32, waiting: i32) -> Seats {
    let mut seats = Seats::new(capacity);
    for _ in 0..capacity + waiting {
        seats.book();
    }
    seats
}

/// The same, as it is stored.
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
