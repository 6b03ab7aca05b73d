//! The tickets of the caller's own bookings: what is shown at the door.

pub(crate) mod describe;

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY};
use actix_web::web::Data;
use auth::ticket_codes::TicketCode;
use chrono::{DateTime, Utc};
use domain::check_ins::{CheckIn, takes_place};
use domain::ids::{EventId, RegistrationId, UserId};
use domain::registrations::{Registration, RegistrationStatus};
use notices::times::when;
use printing::QrCode;
use repository::doors::Door;
use repository::{AsyncPgConnection, check_ins, events, presentations, registrations, users};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::extractors::{EventPath, RegistrationPath};
use crate::http::problems::Problem;
use crate::openapi::formats::{GateName, PersonName, QrPath, TicketCodeText};
use crate::resources::door_access::{DoorEvent, TypeName, door, key_of};
use crate::services::printing::Tickets as PrintedTickets;
use crate::state::State;

/// The media type of the tickets on paper.
const PDF: &str = "application/pdf";

/// The tickets of a booking.
#[derive(Serialize, ToSchema)]
#[schema(as = BookingTickets)]
struct BookingTickets {
    event: DoorEvent,
    registration_id: RegistrationId,
    status: RegistrationStatus,
    /// The person who booked.
    #[schema(value_type = PersonName)]
    holder: String,
    /// One for each seat. Only confirmed bookings of events that take place have any.
    #[schema(max_items = 10)]
    tickets: Vec<TicketBody>,
}

/// A ticket.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = Ticket)]
struct TicketBody {
    /// Which of the booking's seats it is for, from 1.
    #[schema(minimum = 1, maximum = 10)]
    number: i16,
    /// The code that people read to the door's staff if it cannot be scanned.
    #[schema(value_type = TicketCodeText)]
    code: String,
    qr: QrBody,
    ticket_type: TypeName,
    /// Null: nobody is in with it.
    #[schema(required)]
    checked_in: Option<EntryBody>,
}

/// A QR code, to be drawn: a square of light, in which a path is dark. It has the border that scanners need.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = QrCode)]
struct QrBody {
    /// The length of a side, in the path's unit.
    #[schema(minimum = 29, maximum = 185)]
    size: u16,
    #[schema(value_type = QrPath)]
    path: String,
}

/// That somebody came in with a ticket.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = TicketEntry)]
struct EntryBody {
    at: DateTime<Utc>,
    #[schema(value_type = GateName)]
    gate: String,
}

/// The tickets of a booking of the caller.
pub(crate) async fn show(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    RegistrationPath(id): RegistrationPath,
) -> Result<HttpResponse, Problem> {
    let read = async |connection: &mut AsyncPgConnection| {
        let Some((registration, holder)) = own(connection, event, id, caller.user).await? else { return Ok(None) };
        Ok(Some((registration, holder, check_ins::of_registration(connection, event, id).await?)))
    };
    let (registration, holder, entries) = state.pool.run(read).await?.ok_or(Problem::NotFound("registration"))?;
    let door = door(&state, event).await?;
    let ticket_type = TypeName::of(registration.ticket_type, &door.tickets);
    let ticket = |(number, code): (i16, TicketCode)| {
        let qr = QrCode::of(&code.scanned(event)).map_err(|error| Problem::Internal(error.into()))?;
        Ok(TicketBody {
            number,
            code: code.to_string(),
            qr: QrBody { size: qr.size(), path: qr.path() },
            ticket_type: ticket_type.clone(),
            checked_in: entry(number, &entries),
        })
    };
    let codes = codes(&state, &registration, &door).await?;
    let tickets = codes.into_iter().map(ticket).collect::<Result<_, Problem>>()?;
    let body = BookingTickets {
        event: DoorEvent::from(&door.event),
        registration_id: id,
        status: registration.status,
        holder,
        tickets,
    };
    // A ticket is worth a seat: no proxy and no shared browser keeps it.
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(body))
}

/// A booking of this person, and the person's name.
async fn own(
    connection: &mut AsyncPgConnection,
    event: EventId,
    id: RegistrationId,
    user: UserId,
) -> Result<Option<(Registration, String)>, repository::Error> {
    let registration = registrations::find(connection, event, id).await?;
    let Some(registration) = registration.filter(|found| found.user == user) else { return Ok(None) };
    let holder = users::find(connection, user).await?;
    Ok(Some((registration, holder.map(|user| user.name).unwrap_or_default())))
}

/// The numbers and codes of a booking's tickets. Bookings that are not confirmed have none.
async fn codes(
    state: &State,
    registration: &Registration,
    door: &Arc<Door>,
) -> Result<Vec<(i16, TicketCode)>, Problem> {
    if registration.status != RegistrationStatus::Confirmed || !takes_place(door.event.status) {
        return Ok(Vec::new());
    }
    let key = key_of(state, door).await?;
    let numbers = 1..=i16::try_from(registration.seats()).unwrap_or(0);
    Ok(numbers.map(|number| (number, key.code(registration.id, number))).collect())
}

/// The same tickets on paper.
pub(crate) async fn print(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    RegistrationPath(id): RegistrationPath,
) -> Result<HttpResponse, Problem> {
    let read = async |connection: &mut AsyncPgConnection| {
        let Some((registration, holder)) = own(connection, event, id, caller.user).await? else { return Ok(None) };
        let Some(event) = events::find(connection, event).await? else { return Ok(None) };
        let presentation = presentations::find(connection, &event).await?;
        Ok(Some((registration, holder, presentation.organizer.name)))
    };
    let (registration, holder, organizer) = state.pool.run(read).await?.ok_or(Problem::NotFound("registration"))?;
    let door = door(&state, event).await?;
    let codes = codes(&state, &registration, &door).await?;
    if codes.is_empty() {
        return Err(Problem::NotFound("ticket"));
    }
    let details = &door.event.details;
    let tickets = PrintedTickets {
        title: details.title.clone(),
        organizer,
        time: when(details),
        location: details.location.clone(),
        ticket_type: TypeName::of(registration.ticket_type, &door.tickets).name,
        holder,
        codes: codes.iter().map(|(_, code)| (code.to_string(), code.scanned(event))).collect(),
    };
    let file = state.printing.pdf(caller.user, tickets).await?;
    Ok(HttpResponse::Ok()
        .content_type(PDF)
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"tickets.pdf\""))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .body(file))
}

fn entry(number: i16, entries: &[CheckIn]) -> Option<EntryBody> {
    let entry = entries.iter().find(|entry| entry.ticket.number == number)?;
    Some(EntryBody { at: entry.received_at, gate: entry.place.gate.clone() })
}
