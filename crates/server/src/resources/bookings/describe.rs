use domain::registrations::RegistrationStatus;

use serde_json::json;

use super::{BookingBody, OwnRegistration, ReductionBody};
use crate::http::problems::Problem;
use crate::http::query::Page;
use crate::http::registrations::RegistrationBody;
use crate::http::samples::{concert, registration, sale, start};
use crate::openapi::{Answer, AnswerHeader, Description, Tag};
use crate::resources::event_bodies::EventSummary;

pub(crate) fn register() -> Description {
    Description::of(Tag::Bookings, "Book seats")
        .details(
            "Without a body, one seat of the only ticket type at its only open price. If not all seats are available that \
             the request wants, or somebody waits already, the caller joins the end of the waitlist of the ticket type. \
             Seats that become available go to the waitlist, first come, first served, and nobody's seats are split. Seats \
             that cost something are HELD until they are paid. With an `Idempotency-Key` the request is safe to repeat: \
             the answer is the registration that the first request made, as it is now.",
        )
        .request::<BookingBody>(json!({ "ticket_type": 1, "seats": [{ "price": 1, "count": 2 }], "amount": 5_000 }))
        .answer(booked(201, "The caller has the seats.", RegistrationStatus::Held))
        .answer(booked(202, "The caller is on the waitlist.", RegistrationStatus::Waitlisted))
        .answer(booked(200, "The registration that the key made. It has been cancelled since.", RegistrationStatus::Cancelled))
        .problems([
            Problem::AlreadyRegistered { registration: Box::new(registration(RegistrationStatus::Confirmed)) },
            Problem::AddressUnverified,
            Problem::TooManyRegistrations,
            Problem::TooManyLapses,
            Problem::RegistrationRemoved,
            Problem::EventNotPublished,
            Problem::SalesNotOpen { opens_at: sale() },
            Problem::SalesClosed { closed_at: start() },
            Problem::EventUnderTest,
            Problem::ChooseTicketType,
            Problem::UnknownTicketType,
            Problem::ChoosePrice,
            Problem::UnknownPrice { price: 9 },
            Problem::PriceOfOtherType { price: 2 },
            Problem::WrongCode,
            Problem::TooManyAttempts { retry_after_seconds: 60 },
            Problem::PriceNotOpen { price: 2, opens_at: sale() },
            Problem::PriceClosed { price: 2 },
            Problem::PriceSoldOut { price: 2, seats_left: 0 },
            Problem::CodeUsedUp { seats_left: 0 },
            Problem::TooManySeats { seats_at_most: 4 },
            Problem::PartyTooLarge { capacity: 3 },
            Problem::AmountDiffers { amount: 5_000, currency: "EUR" },
            Problem::KeyReused,
        ])
        .problems(over())
        .decided()
}

pub(crate) fn reduce() -> Description {
    Description::of(Tag::Bookings, "Give some seats of a booking up")
        .details(
            "The request names what remains. Seats that are given up go to the waitlist at once; one who waits may get the \
             fewer seats at once. If no more than that is left already, nothing changes, so the request is safe to repeat. \
             Seats can be given up as long as bookings can be cancelled, and nobody is in with their tickets.",
        )
        .request::<ReductionBody>(json!({ "seats": [{ "price": 1, "count": 1 }], "status": "WAITLISTED" }))
        .answer(Answer::json(200, "The registration as it stands.", &body(RegistrationStatus::Confirmed)))
        .problems([
            Problem::MoreSeats,
            Problem::CheckedIn,
            Problem::EventNotPublished,
            Problem::CancellingEnded { ended_at: start() },
        ])
        .problems(over())
        .decided()
}

pub(crate) fn give_up() -> Description {
    Description::of(Tag::Bookings, "Cancel a booking, or leave the waitlist")
        .details(
            "The seat goes to the head of the waitlist at once. A cancelled registration stays cancelled, so the request is \
             safe to repeat. Bookings can be cancelled until the event starts, or until its `cancel_until`, and as long as \
             nobody is in with a ticket of them.",
        )
        .answer(Answer::json(200, "The registration.", &body(RegistrationStatus::Cancelled)))
        .problems([
            Problem::CheckedIn,
            Problem::EventNotPublished,
            Problem::CancellingEnded { ended_at: start() },
        ])
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

pub(crate) fn over() -> [Problem; 2] {
    [Problem::EventCancelled, Problem::EventEnded]
}

pub(crate) fn booked(status: u16, says: &'static str, stands: RegistrationStatus) -> Answer {
    Answer::json(status, says, &body(stands)).with(AnswerHeader::IdempotencyReplayed)
}

fn body(status: RegistrationStatus) -> RegistrationBody {
    RegistrationBody::from(&registration(status))
}
