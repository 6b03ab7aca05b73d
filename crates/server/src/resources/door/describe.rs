use domain::events::EventStatus;

use super::{AdmittedBody, DoorBody, DoorTicketStatus, DoorTickets, GateBody, TicketBody, TypeCount};
use crate::http::problems::Problem;
use crate::http::query::Page;
use crate::http::samples::{ENTRY, REGISTRATION, concert, start};
use crate::openapi::{Answer, Description, Tag};
use crate::resources::door_access::DoorEvent;

pub(crate) fn list_own() -> Description {
    let page = Page::whole(vec![DoorEvent::from(&concert().event)]);
    Description::of(Tag::Door, "List the events at which the caller may check people in")
        .details(
            "The published events that the caller runs, and those whose door staff the caller is of, up to a day \
             after their end, the next start first. At most 100.",
        )
        .answer(Answer::json(200, "The events.", &page))
}

pub(crate) fn show() -> Description {
    let concert = concert();
    let body = DoorBody {
        event: DoorEvent::from(&concert.event),
        status: EventStatus::Published,
        opens_at: Some(start()),
        ticket_types: vec![TypeCount { number: 1.into(), name: "Standing".to_owned(), tickets: 100, admitted: 42 }],
        gates: vec![GateBody { gate: "North".to_owned(), admitted: 42 }],
        doubles: 0,
        now: start(),
    };
    Description::of(Tag::Door, "Show the door of an event, and how many are in")
        .details("The counts are two seconds old at most. Simulated buyers count in none.")
        .answer(Answer::json(200, "The door.", &body))
}

pub(crate) fn tickets() -> Description {
    let ticket = TicketBody {
        registration_id: REGISTRATION.into(),
        number: 1,
        digest: "n1bQgYhMfWWaL-qgxVrQFQ".to_owned(),
        name: "Alice".to_owned(),
        ticket_name: Some("Bob".to_owned()),
        ticket_type: 1.into(),
        status: DoorTicketStatus::Confirmed,
        checked_in: Some(AdmittedBody { id: ENTRY.into(), at: start(), gate: "North".to_owned() }),
    };
    let page = DoorTickets { items: vec![ticket], next_cursor: None };
    Description::of(Tag::Door, "List the tickets of an event, for a gate without a network")
        .details(
            "All tickets of bookings that have their seats. A gate knows a ticket by the `digest` of its code. The \
             digests change when the codes of the event are renewed.",
        )
        .answer(Answer::json(200, "A page of tickets.", &page))
        .problems([Problem::Busy { retry_after_seconds: 1 }])
}
