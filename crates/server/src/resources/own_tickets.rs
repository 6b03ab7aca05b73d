//! The tickets of the caller's own bookings: what is shown at the door, and the names on them.

pub(crate) mod describe;

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY};
use actix_web::web::Data;
use auth::ticket_codes::TicketCode;
use chrono::{DateTime, Utc};
use domain::check_ins::CheckIn;
use domain::ids::{EventId, RegistrationId, UserId};
use domain::registrations::{Registration, RegistrationStatus};
use domain::ticket_names::{TicketNames, WantedNames};
use printing::QrCode;
use repository::doors::Door;
use repository::{AsyncPgConnection, check_ins, events, presentations, registrations, ticket_names, users};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::extractors::{EventPath, Json, RegistrationPath};
use crate::http::problems::Problem;
use crate::openapi::formats::{GateName, PersonName, QrPath, TicketCodeText};
use crate::resources::door_access::{DoorEvent, TypeName, door, key_of};
use crate::services::printing::{Booking, Tickets as PrintedTickets, codes, has_tickets};
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
    /// Whether the organizer allows seats to be passed on.
    transfers: bool,
    /// The person who booked.
    #[schema(value_type = PersonName)]
    holder: String,
    /// Until then the names of the tickets can be filled in. Null: nobody fills in names at this event.
    #[schema(required)]
    names_until: Option<DateTime<Utc>>,
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
    /// The person who comes with it, as the buyer has filled in. Null: nobody has.
    #[schema(required, value_type = Option<PersonName>)]
    name: Option<String>,
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

/// The names that the tickets of a booking are to have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TicketNames)]
pub(crate) struct NamesBody {
    /// One for each ticket, in the order of their numbers. Null: the ticket has no name of its own, as those at the end
    /// that are left out. At most as many as the booking has tickets.
    #[schema(max_items = 10, value_type = Vec<Option<PersonName>>)]
    names: Vec<Option<String>>,
}

/// The tickets of a booking of the caller.
pub(crate) async fn show(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    RegistrationPath(id): RegistrationPath,
) -> Result<HttpResponse, Problem> {
    present(&state, caller, event, id).await
}

/// Fills in the names of a booking's tickets.
pub(crate) async fn name(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    RegistrationPath(id): RegistrationPath,
    Json(NamesBody { names }): Json<NamesBody>,
) -> Result<HttpResponse, Problem> {
    let wanted = WantedNames::parse(&names)?;
    let write = async |connection: &mut AsyncPgConnection| {
        ticket_names::write(connection, event, id, caller.user, &wanted).await
    };
    match state.pool.run(write).await {
        Err(repository::Error::NotFound) => return Err(Problem::NotFound("registration")),
        written => written??,
    }
    present(&state, caller, event, id).await
}

async fn present(state: &State, caller: Caller, event: EventId, id: RegistrationId) -> Result<HttpResponse, Problem> {
    let read = async |connection: &mut AsyncPgConnection| {
        let Some((registration, holder, names)) = own(connection, event, id, caller.user).await? else {
            return Ok(None);
        };
        Ok(Some((registration, holder, names, check_ins::of_registration(connection, event, id).await?)))
    };
    let found = state.pool.run(read).await?.ok_or(Problem::NotFound("registration"))?;
    let (registration, holder, mut names, entries) = found;
    let door = door(state, event).await?;
    let ticket_type = TypeName::of(registration.ticket_type, &door.tickets);
    let ticket = |(number, code): (i16, TicketCode)| {
        let qr = QrCode::of(&code.scanned(event)).map_err(|error| Problem::Internal(error.into()))?;
        Ok(TicketBody {
            number,
            name: names.remove(&number),
            code: code.to_string(),
            qr: QrBody { size: qr.size(), path: qr.path() },
            ticket_type: ticket_type.clone(),
            checked_in: entry(number, &entries),
        })
    };
    let tickets = shown_codes(state, &registration, &door).await?;
    let tickets = tickets.into_iter().map(ticket).collect::<Result<_, Problem>>()?;
    let body = BookingTickets {
        event: DoorEvent::from(&door.event),
        registration_id: id,
        status: registration.status,
        transfers: door.settings.transfers,
        holder,
        names_until: door.settings.names_close_at(&door.event),
        tickets,
    };
    // A ticket is worth a seat: no proxy and no shared browser keeps it.
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(body))
}

/// A booking of this person, the person's name, and the names that its tickets have.
async fn own(
    connection: &mut AsyncPgConnection,
    event: EventId,
    id: RegistrationId,
    user: UserId,
) -> Result<Option<(Registration, String, TicketNames)>, repository::Error> {
    let registration = registrations::find(connection, event, id).await?;
    let Some(registration) = registration.filter(|found| found.user == user) else { return Ok(None) };
    let holder = users::find(connection, user).await?.map(|user| user.name).unwrap_or_default();
    Ok(Some((registration, holder, ticket_names::of_registration(connection, event, id).await?)))
}

/// The numbers and codes of a booking's tickets, which make the event's key if these are its first.
async fn shown_codes(
    state: &State,
    registration: &Registration,
    door: &Arc<Door>,
) -> Result<Vec<(i16, TicketCode)>, Problem> {
    if !has_tickets(registration, door) {
        return Ok(Vec::new());
    }
    Ok(codes(registration, door, &key_of(state, door).await?))
}

/// The same tickets on paper.
pub(crate) async fn print(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    RegistrationPath(id): RegistrationPath,
) -> Result<HttpResponse, Problem> {
    let read = async |connection: &mut AsyncPgConnection| {
        let Some((registration, buyer, names)) = own(connection, event, id, caller.user).await? else {
            return Ok(None);
        };
        let Some(event) = events::find(connection, event).await? else { return Ok(None) };
        let presentation = presentations::find(connection, &event).await?;
        Ok(Some((registration, buyer, names, presentation.organizer.name)))
    };
    let found = state.pool.run(read).await?.ok_or(Problem::NotFound("registration"))?;
    let (registration, buyer, names, organizer) = found;
    let door = door(&state, event).await?;
    let codes = shown_codes(&state, &registration, &door).await?;
    if codes.is_empty() {
        return Err(Problem::NotFound("ticket"));
    }
    let booking = Booking { door: &door, registration: &registration, organizer, buyer, names };
    let tickets = PrintedTickets::of(booking, &codes);
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
