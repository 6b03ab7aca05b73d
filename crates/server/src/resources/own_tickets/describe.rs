use domain::registrations::RegistrationStatus;
use serde_json::json;

use super::{BookingTickets, EntryBody, NamesBody, PDF, QrBody, TicketBody};
use crate::http::problems::Problem;
use crate::http::samples::{REGISTRATION, concert, start};
use crate::openapi::{Answer, AnswerHeader, Description, Tag};
use crate::resources::door_access::{DoorEvent, TypeName};

pub(crate) fn show() -> Description {
    Description::of(Tag::Bookings, "Show the tickets of an own booking")
        .details(
            "A confirmed booking has a ticket for each seat, numbered. Its code ends when the seat is given up, and \
             when the organizer renews the codes of the event. With fewer seats, the tickets with the highest \
             numbers end. Of other bookings the list is empty, and `status` says why.",
        )
        .answer(Answer::json(200, "The tickets.", &sample()))
        .problems([Problem::NotFound("registration")])
}

pub(crate) fn print() -> Description {
    Description::of(Tag::Bookings, "Print the tickets of an own booking")
        .details("A PDF file with a page for each ticket. Bookings without tickets have none.")
        .answer(Answer::file(200, "The file.", PDF).with(AnswerHeader::ContentDisposition))
        .problems([
            Problem::NotFound("registration"),
            Problem::NotFound("ticket"),
            Problem::Busy { retry_after_seconds: 10 },
        ])
}

pub(crate) fn name() -> Description {
    Description::of(Tag::Bookings, "Fill in the names of an own booking's tickets")
        .details(
            "The names replace those that the tickets have, all or none. They are on the tickets, in the place of the \
             buyer's, and gates show and find them. A ticket that somebody is in with keeps its name: send it as it \
             is. The organizer chooses until when names are filled in.",
        )
        .request::<NamesBody>(json!({ "names": ["Ada Lovelace", null] }))
        .answer(Answer::json(200, "The tickets.", &sample()))
        .problems([
            Problem::NotFound("registration"),
            Problem::EventCancelled,
            Problem::EventEnded,
            Problem::BookingNotConfirmed,
            Problem::NamesClosed { closed_at: start() },
            Problem::NamesOff,
            Problem::TicketCheckedIn { ticket: 1 },
            Problem::field("names", "must be at most 2, one for each ticket"),
        ])
}

fn sample() -> BookingTickets {
    let concert = concert();
    let ticket = TicketBody {
        number: 1,
        name: Some("Ada Lovelace".to_owned()),
        code: "7K2M-QX0A-94TD-HB5C".to_owned(),
        qr: QrBody { size: 29, path: "M4 4h7v1h-7z".to_owned() },
        ticket_type: TypeName::of(1.into(), &concert.tickets),
        checked_in: Some(EntryBody { at: start(), gate: "North".to_owned() }),
    };
    BookingTickets {
        event: DoorEvent::from(&concert.event),
        registration_id: REGISTRATION.into(),
        status: RegistrationStatus::Confirmed,
        transfers: true,
        holder: "Alice".to_owned(),
        names_until: Some(start()),
        tickets: vec![ticket],
    }
}
