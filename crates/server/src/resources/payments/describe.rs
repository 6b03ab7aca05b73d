use domain::registrations::{RegistrationStatus, Unpayable};
use serde_json::json;

use super::PaymentBody;
use crate::http::problems::Problem;
use crate::http::registrations::RegistrationBody;
use crate::http::samples::registration;
use crate::openapi::{Answer, Description, Tag};

pub(crate) fn mark() -> Description {
    Description::of(Tag::Organizers, "Mark a booking as paid")
        .details(
            "For money that nobody reports, such as a transfer, or cash at the door. The amount must be what the booking \
             asks for. A booking that has lapsed is booked anew, under another id, if its seats are free and nobody waits. \
             With an `Idempotency-Key` the request is safe to repeat: a mark that was taken back since is not made again.",
        )
        .request::<PaymentBody>(json!({ "amount": 5_000 }))
        .answer(Answer::json(200, "The registration.", &body(RegistrationStatus::Confirmed)))
        .problems([
            Problem::WrongAmount { amount: 5_000, currency: "EUR" },
            cannot_be_paid(),
            Problem::KeyReused,
            Problem::EventNotPublished,
            Problem::EventUnderTest,
        ])
        .decided()
}

pub(crate) fn take_back() -> Description {
    Description::of(Tag::Organizers, "Take the mark of a payment back")
        .details("The seats are held again, with a new deadline. The request is safe to repeat.")
        .answer(Answer::json(200, "The registration.", &body(RegistrationStatus::Held)))
        .problems([cannot_be_paid(), Problem::EventNotPublished, Problem::EventUnderTest])
        .decided()
}

fn cannot_be_paid() -> Problem {
    let registration = Box::new(registration(RegistrationStatus::Waitlisted));
    Problem::CannotBePaid { cause: Unpayable::Waits.as_str(), registration }
}

fn body(status: RegistrationStatus) -> RegistrationBody {
    RegistrationBody::from(&registration(status))
}
