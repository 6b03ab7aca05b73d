use auth::secrets::SECRET_CHARACTERS;
use domain::registrations::RegistrationStatus;
use notices::calendar::{self, Beside, Entry, MEDIA_TYPE};

use super::{FeedBody, NewFeedBody, file_of};
use crate::http::problems::{KeyRefusal, NoSession, Problem};
use crate::http::registrations::PlacedRegistration;
use crate::http::samples::{concert, organizer, registration, sale};
use crate::openapi::{Answer, AnswerHeader, Description, Tag};

const ORIGIN: &str = "https://tickets.example.org";

pub(crate) fn event() -> Description {
    let file = file_of(&concert().event, "", &organizer(), Some(ORIGIN));
    described(
        Description::of(Tag::Events, "Get an event as a calendar file")
            .details(
                "An iCalendar file (RFC 5545) with one entry: its UID is the event's id, its SEQUENCE the `edit_version`, \
                 and its STATUS is CANCELLED once the event is. Times are in UTC. Whoever sees the event gets the file, up \
                 to a quarter of a second old: an event that is not public is answered with 401 if the token is not valid.",
            )
            .problems([Problem::Unauthenticated(NoSession::InvalidToken), Problem::TokenExpired])
        .problems([Problem::KeyForbidden(KeyRefusal::OtherEvents)]),
        &file,
    )
}

pub(crate) fn feed() -> Description {
    let PlacedRegistration { registration, event, .. } = registration(RegistrationStatus::Waitlisted);
    let file =
        calendar::feed("Onsale: my tickets", &[Entry::of_booking(&registration, &event.event, Beside::default())]);
    described(
        Description::of(Tag::Bookings, "Get a person's bookings as a calendar to subscribe to").details(
            "The address comes from `POST /auth/me/calendar`, and needs no token. The calendar has the newest 500 bookings \
             that are not cancelled, those on a waitlist as TENTATIVE. The UID of each is the booking's id. An address \
             that was replaced or revoked, or whose account has ended, is not found.",
        ),
        &file,
    )
}

fn described(description: Description, file: &str) -> Description {
    description
        .header("If-None-Match", "The ETag of the version that the caller has.")
        .answer(
            Answer::text(200, "The file.", MEDIA_TYPE, file)
                .with(AnswerHeader::ETag)
                .with(AnswerHeader::ContentDisposition),
        )
        .answer(Answer::empty(304, "The caller has the current version.").with(AnswerHeader::ETag))
}

pub(crate) fn create() -> Description {
    let path = format!("/calendar/{}.ics", "0".repeat(SECRET_CHARACTERS));
    Description::of(Tag::Accounts, "Make an address for the caller's calendar")
        .details(
            "The address is told once: only its digest is stored. It replaces the one before, which is not found any more. \
             The request may be sent again if its answer was lost.",
        )
        .answer(Answer::json(201, "The address.", &NewFeedBody { path, created_at: sale() }))
}

pub(crate) fn show() -> Description {
    Description::of(Tag::Accounts, "Show whether the caller's calendar has an address")
        .answer(Answer::json(200, "It has one.", &FeedBody { created_at: sale() }))
        .answer(Answer::empty(204, "It has none."))
}

pub(crate) fn revoke() -> Description {
    Description::of(Tag::Accounts, "Revoke the address of the caller's calendar")
        .details("Nothing is at the address any more. Without an address nothing changes.")
        .answer(Answer::empty(204, "Done."))
}
