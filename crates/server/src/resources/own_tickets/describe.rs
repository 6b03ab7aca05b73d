use domain::registrations::RegistrationStatus;

use super::{BookingTickets, EntryBody, PDF, QrBody, TicketBody};
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

fn sample() -> BookingTickets {
    let concert = concert();
    let ticket = TicketBody {
        number: 1,
        code: "7K2M-QX0A-94TD-HB5C".to_owned(),
        qr: QrBody { size: 29, path: "M4 4h7v1h-7z".to_owned() },
        ticket_type: TypeName::of(1.into(), &concert.tickets),
        checked_in: Some(EntryBody { at: start(), gate: "North".to_owned() }),
    };
    BookingTickets {
        event: DoorEvent::from(&concert.event),
        registration_id: REGISTRATION.into(),
        status: RegistrationStatus::Confirmed,
        holder: "Alice".to_owned(),
        tickets: vec![ticket],
    }
}
