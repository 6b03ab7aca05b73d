use std::collections::HashMap;

use domain::tickets::TypeNumber;

use super::{DocumentBody, TicketsBody, tickets_body};
use crate::http::problems::Problem;
use crate::http::samples::{concert, sale};
use crate::openapi::{Answer, AnswerHeader, Description, Tag};

pub(crate) fn show() -> Description {
    Description::of(Tag::Organizers, "Show the ticket types and prices of an event").answer(tickets())
}

pub(crate) fn replace() -> Description {
    Description::of(Tag::Organizers, "Replace the ticket types and prices of an event")
        .details(
            "The document has all of them: what it leaves out is removed, unless anybody has registered for it. Entries \
             are matched by number, and those without a number by name. Seats that are added go to the waitlists at once. \
             Bookings that stand keep what they were made of.",
        )
        .request::<DocumentBody>(serde_json::to_value(DocumentBody::of(&concert())).unwrap_or_default())
        .answer(tickets())
        .problems([
            Problem::PreconditionRequired,
            Problem::UnknownTicketType,
            Problem::UnknownPrice { price: 9 },
            Problem::TicketTwice { name: "Adult".to_owned() },
            Problem::TicketTypeInUse { ticket_type: 2 },
            Problem::PriceInUse { price: 2 },
            Problem::CurrencyInUse,
            Problem::CapacityBelowConfirmed { confirmed: 100, ticket_type: 1 },
            Problem::CapacityBelowParty { seats: 4 },
            Problem::LimitBelowStanding { price: 2, standing: 12 },
            Problem::SeatsPerRegistrationInUse { ticket_type: 1 },
            Problem::CapacityRaiseTooLarge { capacity_at_most: 20_100 },
            Problem::TooManyEdits,
            Problem::EventCancelled,
            Problem::EventEnded,
            Problem::EventUnderTest,
        ])
        .decided()
}

fn tickets() -> Answer {
    let since = HashMap::from([(TypeNumber::FIRST, sale())]);
    let body: TicketsBody = tickets_body(&concert(), &since);
    Answer::json(200, "The document, and its counts.", &body).with(AnswerHeader::ETag)
}
