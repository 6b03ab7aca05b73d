use domain::registrations::RegistrationStatus;

use super::OwnRegistration;
use crate::http::problems::Problem;
use crate::http::query::Page;
use crate::http::registrations::RegistrationBody;
use crate::http::samples::{concert, registration, sale, start};
use crate::openapi::{Answer, AnswerHeader, Description, Tag};
use crate::resources::event_bodies::EventSummary;

pub(crate) fn register() -> Description {
    Description::of(Tag::Bookings, "Book a seat")
        .details(
            "If no seat is available, the caller joins the end of the waitlist. Seats that become available go to the \
             waitlist, first come, first served. With an `Idempotency-Key` the request is safe to repeat: the answer is \
             the registration that the first request made, as it is now.",
        )
        .answer(booked(201, "The caller has a seat.", RegistrationStatus::Confirmed))
        .answer(booked(202, "The caller is on the waitlist.", RegistrationStatus::Waitlisted))
        .answer(booked(200, "The registration that the key made. It has been cancelled since.", RegistrationStatus::Cancelled))
        .problems([
            Problem::AlreadyRegistered { registration: Box::new(registration(RegistrationStatus::Confirmed)) },
            Problem::TooManyRegistrations,
            Problem::RegistrationRemoved,
            Problem::EventNotPublished,
            Problem::SalesNotOpen { opens_at: sale() },
            Problem::SalesClosed { closed_at: start() },
            Problem::EventUnderTest,
        ])
        .problems(over())
        .decided()
}

pub(crate) fn give_up() -> Description {
    Description::of(Tag::Bookings, "Cancel a booking, or leave the waitlist")
        .details(
            "The seat goes to the head of the waitlist at once. A cancelled registration stays cancelled, so the request is \
             safe to repeat. Bookings can be cancelled until the event starts, or until its `cancel_until`.",
        )
        .answer(Answer::json(200, "The registration.", &body(RegistrationStatus::Cancelled)))
        .problems([Problem::EventNotPublished, Problem::CancellingEnded { ended_at: start() }])
        .problems(over())
        .decided()
}

pub(crate) fn list_own() -> Description {
    let own = || OwnRegistration {
        registration: body(RegistrationStatus::Waitlisted),
        event: EventSummary::from(&concert()),
    };
    let page = Page::of(vec![()], 1, |()| String::new(), |()| own());
    Description::of(Tag::Bookings, "List the caller's registrations, the newest first").answer(Answer::json(
        200,
        "A page of registrations.",
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
