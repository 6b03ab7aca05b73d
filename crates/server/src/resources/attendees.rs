//! Attendees of an event, for the people who run it: a list in pages, or a file with all of them.

pub(crate) mod describe;
mod files;
mod rows;

use actix_web::HttpResponse;
use actix_web::http::Method;
use actix_web::http::header::VARY;
use actix_web::web::Data;
use domain::ids::RegistrationId;
use domain::registrations::RegistrationStatus;
use domain::tickets::TypeNumber;
use repository::attendees::{self, Filter};
use repository::searches::SearchPage;

use self::rows::{AttendeeBody, has_nobody, line_for};
use crate::http::access::Caller;
use crate::http::extractors::EventPath;
use crate::http::negotiation::Format;
use crate::http::problems::Problem;
use crate::http::query::{CURSOR, LIMIT, Page, Parameter, Parameters};
use crate::http::schemas::{integer, one_of};
use crate::resources::own_events::{run_by, run_with_tickets};
use crate::state::State;

/// The text that attendees are searched for.
pub(crate) const SEARCH: Parameter = Parameter::search(
    "Part of the name, the e-mail address or a ticket's name. Case and accents do not matter: `zoe` finds `Zoë`.",
);

/// The status of the registrations to list.
pub(crate) const STATUS: Parameter =
    Parameter::optional("status", "Only registrations of this status. All but cancelled ones, if left out.", || {
        one_of(RegistrationStatus::ALL.map(RegistrationStatus::as_str))
    });

/// The ticket type of the registrations to list.
pub(crate) const TICKET_TYPE: Parameter =
    Parameter::optional("ticket_type", "Only registrations of the ticket type with this number.", || {
        integer(1, Some(TICKET_NUMBER_MAX))
    });

/// Whether the people of the registrations to list have come.
pub(crate) const ARRIVED: Parameter = Parameter::optional(
    "arrived",
    "`true`: confirmed bookings all of whose tickets are checked in. `false`: those with at least one that is not.",
    || one_of(["true", "false"]),
);

const TICKET_NUMBER_MAX: i64 = 60;

/// The people who registered for an event that the caller runs, in the order of arrival.
pub(crate) async fn list(
    state: Data<State>,
    caller: Caller,
    EventPath(id): EventPath,
    parameters: Parameters,
    format: Format,
    method: Method,
) -> Result<HttpResponse, Problem> {
    let wanted = Filter {
        text: parameters.search()?,
        status: parameters.parsed(STATUS.name, "must be CONFIRMED, HELD, WAITLISTED or CANCELLED")?,
        ticket_type: ticket_type(&parameters)?,
        has_arrived: parameters.named(ARRIVED.name, [("true", true), ("false", false)])?,
    };
    let (limit, after) = (parameters.limit()?, parameters.cursor::<RegistrationId>()?);
    let event = run_with_tickets(&state, caller, id).await?;
    if format == Format::Csv {
        if let Some(name) = [LIMIT.name, CURSOR.name].into_iter().find(|name| parameters.value(name).is_some()) {
            return Err(Problem::field(name, "is for pages; a CSV file has all matching attendees"));
        }
        return files::answer(state, caller, event, wanted, &method).await;
    }
    let found = if has_nobody(&event.event, &wanted) {
        SearchPage { found: Vec::new(), next: None }
    } else {
        let is_search = wanted.text.is_some() || wanted.status.is_some() || wanted.ticket_type.is_some();
        let is_search = is_search || wanted.has_arrived.is_some();
        let _permit = if is_search { Some(state.searches.acquire(caller.user).await?) } else { None };
        if is_search {
            // The event may have been handed over during the wait.
            run_by(&state, caller, id).await?;
        }
        state.pool.run(async |connection| attendees::list(connection, id, &wanted, after, limit).await).await?
    };
    let line = line_for(&state, id, &found.found, None).await?;
    let page = Page::of_search(&found, |attendee| AttendeeBody::new(attendee, &event, line.as_ref()));
    Ok(HttpResponse::Ok().insert_header((VARY, "accept")).json(page))
}

fn ticket_type(parameters: &Parameters) -> Result<Option<TypeNumber>, Problem> {
    if parameters.value(TICKET_TYPE.name).is_none() {
        return Ok(None);
    }
    let number = parameters.whole_number(TICKET_TYPE.name, 1, TICKET_NUMBER_MAX)?;
    Ok(i16::try_from(number).ok().map(TypeNumber::from))
}
