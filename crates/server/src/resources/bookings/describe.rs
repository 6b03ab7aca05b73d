use domain::registrations::RegistrationStatus;

use super::OwnRegistration;
use crate::http::problems::Problem;
use crate::http::query::Page;
use crate::http::registrations::RegistrationBody;
use crate::http::samples::{concert, registration, sale, start};
use crate::openapi::{Answer, AnswerHeader, Description, Tag};
use crate::resources::event_bodies::EventSummary;

pub(crate) fn register() -> Description {
    Description::of(Tag::Bookings, "Book a place")
        .details(
            "A seat, or else the end of the line. Whoever waits is promoted when a seat comes free, in the order of \
             arrival. With an `Idempotency-Key` the request can be sent again until there is an answer; the answer is \
             then about the registration that the first one made, as it stands.",
        )
        .answer(booked(201, "A seat.", RegistrationStatus::Confirmed))
        .answer(booked(202, "A place in line.", RegistrationStatus::Waitlisted))
        .answer(booked(200, "The key's registration, which was given up since.", RegistrationStatus::Cancelled))
        .problems([
            Problem::AlreadyRegistered { registration: Box::new(registration(RegistrationStatus::Confirmed)) },
            Problem::TooManyRegistrations,
            Problem::EventNotPublished,
            Problem::SalesNotOpen { opens_at: sale() },
            Problem::SalesClosed { closed_at: start() },
            Problem::EventUnderTest,
        ])
        .problems(over())
        .decided()
}

pub(crate) fn give_up() -> Description {
    Description::of(Tag::Bookings, "Give a place up, or the waiting for one")
        .details("A seat goes to the head of the line at once. What was given up stays given up: to ask again is safe.")
        .answer(Answer::json(200, "The registration.", &body(RegistrationStatus::Cancelled)))
        .problems([Problem::EventNotPublished])
        .problems(over())
        .decided()
}

pub(crate) fn list_own() -> Description {
    let own = || OwnRegistration {
        registration: body(RegistrationStatus::Waitlisted),
        event: EventSummary::from(&concert()),
    };
    let page = Page::of(vec![()], 1, |()| String::new(), |()| own());
    Description::of(Tag::Bookings, "The own registrations, the newest first").answer(Answer::json(
        200,
        "A page of them.",
        &page,
    ))
}

fn over() -> [Problem; 2] {
    [Problem::EventCancelled, Problem::EventEnded]
}

fn booked(status: u16, says: &'static str, stands: RegistrationStatus) -> Answer {
    Answer::json(status, says, &body(stands)).with(AnswerHeader::IdempotencyReplayed)
}

fn body(status: RegistrationStatus) -> RegistrationBody {
    RegistrationBody::from(&registration(status))
}
