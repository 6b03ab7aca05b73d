//! The door of an event, for the people who check tickets there.

pub(crate) mod describe;

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::web::Data;
use auth::ticket_codes::TicketKey;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use domain::events::EventStatus;
use domain::ids::{RegistrationId, ScanId};
use domain::registrations::RegistrationStatus;
use domain::tickets::{TicketType, TypeNumber};
use repository::check_ins::{self, Admitted, Counts, DoorTicket};
use repository::doors::Door;
use repository::{AsyncPgConnection, door_staff};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::extractors::EventPath;
use crate::http::problems::Problem;
use crate::http::query::{Page, Parameter, Parameters};
use crate::http::schemas::integer;
use crate::openapi::formats::{CodeDigest, GateName, PersonName, TicketName, TicketNumber};
use crate::resources::door_access::{DoorEvent, door_of_staff, key_of};
use crate::services::cache::ReadFailed;
use crate::state::State;

/// The most doors that are listed to one account.
const DOORS_MAX: i64 = 100;

/// The bookings of a page of tickets. A gate wants all tickets, in few answers.
pub(crate) const LIMIT: Parameter =
    Parameter::optional("limit", "The most bookings of the page. Each has a ticket for each of its seats.", || {
        integer(1, Some(BOOKINGS_MAX)).default(Some(BOOKINGS_DEFAULT.into()))
    });

const BOOKINGS_DEFAULT: i64 = 1_000;
const BOOKINGS_MAX: i64 = 5_000;

/// An event's door, and how many are in.
#[derive(Serialize, ToSchema)]
#[schema(as = Door)]
struct DoorBody {
    event: DoorEvent,
    status: EventStatus,
    /// From then on people are let in. Null: at any time.
    #[schema(required)]
    opens_at: Option<DateTime<Utc>>,
    ticket_types: Vec<TypeCount>,
    /// The gates that have let anybody in, by name.
    gates: Vec<GateBody>,
    /// Scans that somebody has to settle: gates without a network have let people in whom the server would not have.
    #[schema(minimum = 0)]
    doubles: i64,
    /// When this was counted, by the server's clock.
    now: DateTime<Utc>,
}

/// How many tickets of a type there are, and how many people are in with them.
#[derive(Serialize, ToSchema)]
#[schema(as = DoorTicketType)]
struct TypeCount {
    #[schema(value_type = TicketNumber)]
    number: TypeNumber,
    #[schema(value_type = TicketName)]
    name: String,
    #[schema(minimum = 0)]
    tickets: i64,
    #[schema(minimum = 0)]
    admitted: i64,
}

/// How many people a gate has let in.
#[derive(Serialize, ToSchema)]
#[schema(as = DoorGate)]
struct GateBody {
    #[schema(value_type = GateName)]
    gate: String,
    #[schema(minimum = 0)]
    admitted: i64,
}

impl DoorBody {
    fn of(door: &Door, counts: Counts) -> Self {
        let of_type = |one: &TicketType| {
            let count = |counts: &HashMap<TypeNumber, i64>| counts.get(&one.number).copied().unwrap_or(0);
            TypeCount {
                number: one.number,
                name: one.name.clone(),
                tickets: count(&counts.tickets),
                admitted: count(&counts.admitted),
            }
        };
        Self {
            event: DoorEvent::from(&door.event),
            status: door.event.status,
            opens_at: door.settings.opens_at(&door.event),
            ticket_types: door.tickets.types.iter().map(of_type).collect(),
            gates: counts.gates.into_iter().map(|(gate, admitted)| GateBody { gate, admitted }).collect(),
            doubles: counts.doubles,
            now: Utc::now(),
        }
    }
}

/// A ticket, as a gate keeps it for the time without a network.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DoorTicket)]
pub(crate) struct TicketBody {
    registration_id: RegistrationId,
    /// Which of the booking's seats it is for, from 1.
    #[schema(minimum = 1, maximum = 10)]
    number: i16,
    #[schema(value_type = CodeDigest)]
    digest: String,
    /// The person who booked.
    #[schema(value_type = PersonName)]
    name: String,
    /// The person who comes with it, as the buyer has filled in. Null: nobody has.
    #[schema(required, value_type = Option<PersonName>)]
    ticket_name: Option<String>,
    #[schema(value_type = TicketNumber)]
    ticket_type: TypeNumber,
    status: DoorTicketStatus,
    /// Null: nobody is in with it.
    #[schema(required)]
    checked_in: Option<AdmittedBody>,
}

/// Whether a ticket lets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum DoorTicketStatus {
    /// It does.
    Confirmed,
    /// It does not: it is to be paid.
    Held,
}

/// That somebody is in with a ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DoorEntry)]
struct AdmittedBody {
    id: ScanId,
    at: DateTime<Utc>,
    #[schema(value_type = GateName)]
    gate: String,
}

impl TicketBody {
    fn of(ticket: DoorTicket, key: &TicketKey) -> Self {
        let DoorTicket { ticket, name, ticket_name, ticket_type, status, admitted } = ticket;
        let code = key.code(ticket.registration, ticket.number);
        let status = match status {
            RegistrationStatus::Confirmed => DoorTicketStatus::Confirmed,
            _ => DoorTicketStatus::Held,
        };
        Self {
            registration_id: ticket.registration,
            number: ticket.number,
            digest: BASE64_URL_SAFE_NO_PAD.encode(code.digest()),
            name,
            ticket_name,
            ticket_type,
            status,
            checked_in: admitted.map(|Admitted { id, at, gate }| AdmittedBody { id, at, gate }),
        }
    }
}

/// The events at which the caller may check people in.
pub(crate) async fn list_own(state: Data<State>, caller: Caller) -> Result<HttpResponse, Problem> {
    let all = caller.may_run_any();
    let list =
        async |connection: &mut AsyncPgConnection| door_staff::doors_of(connection, caller.user, all, DOORS_MAX).await;
    let events = state.pool.run(list).await?;
    Ok(HttpResponse::Ok().json(Page::whole(events.iter().map(DoorEvent::from).collect::<Vec<_>>())))
}

/// The door of an event.
pub(crate) async fn show(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
) -> Result<HttpResponse, Problem> {
    let door = door_of_staff(&state, caller, event).await?;
    let is_under_test = door.event.is_under_test();
    let read = async || {
        let count =
            async |connection: &mut AsyncPgConnection| check_ins::counts(connection, event, is_under_test).await;
        let counts = state.pool.run(count).await.map_err(ReadFailed::of)?;
        ReadFailed::json(&DoorBody::of(&door, counts))
    };
    let body = state.doors.counts(event, read).await?;
    Ok(HttpResponse::Ok().content_type("application/json").body(body))
}

/// The tickets of an event, by which a gate decides while it has no network.
pub(crate) async fn tickets(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    parameters: Parameters,
) -> Result<HttpResponse, Problem> {
    let limit = parameters.whole_number(LIMIT.name, BOOKINGS_DEFAULT, BOOKINGS_MAX)?;
    let after = parameters.cursor::<RegistrationId>()?;
    let door = door_of_staff(&state, caller, event).await?;
    let key = key_of(&state, &door).await?;
    // A page of many tickets takes memory for a moment: not for more people at once than there is room for.
    let _permit = state.exports.acquire(caller.user).await?;
    let read = async |connection: &mut AsyncPgConnection| check_ins::tickets(connection, event, after, limit).await;
    let (found, next) = state.pool.run(read).await?;
    // Thousands of codes are made, for which no other request should wait.
    let made = tokio::task::spawn_blocking(move || {
        let page = DoorTickets {
            items: found.into_iter().map(|ticket| TicketBody::of(ticket, &key)).collect(),
            next_cursor: next.map(|next| next.to_string()),
        };
        ReadFailed::json(&page)
    });
    let body = made.await.map_err(|error| Problem::Internal(error.into()))??;
    Ok(HttpResponse::Ok().content_type("application/json").body(body))
}

/// One page of an event's tickets.
#[derive(Serialize, ToSchema)]
struct DoorTickets {
    #[schema(max_items = 50_000)]
    items: Vec<TicketBody>,
    /// The `cursor` of the next page. Null on the last page.
    #[schema(required)]
    next_cursor: Option<String>,
}
