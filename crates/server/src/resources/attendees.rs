//! Who comes to an event, for those who run it: a list, page by page, or a file with all of them.

pub(crate) mod describe;
mod files;

use actix_web::HttpResponse;
use actix_web::http::Method;
use actix_web::http::header::VARY;
use actix_web::web::Data;
use boxoffice::lines::Snapshot;
use chrono::{DateTime, Utc};
use domain::events::Event;
use domain::ids::{EventId, RegistrationId, UserId};
use domain::registrations::RegistrationStatus;
use repository::attendees::{self, Attendee, Wanted};
use repository::searches::Stretch;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::extractors::EventPath;
use crate::http::negotiation::Format;
use crate::http::problems::Problem;
use crate::http::query::{CURSOR, LIMIT, Page, Parameter, Parameters};
use crate::openapi::formats::{EmailAddress, PersonName, one_of};
use crate::resources::events::run_by;
use crate::state::State;

/// What attendees are searched for.
pub(crate) const SEARCH: Parameter = Parameter::search("A part of the name or the e-mail address, in any case.");

/// How their registrations stand.
pub(crate) const STATUS: Parameter =
    Parameter::optional("status", "Those whose registration stands so; else all but those who gave it up.", || {
        one_of(RegistrationStatus::ALL.map(RegistrationStatus::as_str))
    });

/// Somebody who registered, as the organizer sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Attendee)]
struct AttendeeBody {
    registration_id: RegistrationId,
    user_id: UserId,
    #[schema(value_type = PersonName)]
    name: String,
    #[schema(value_type = EmailAddress)]
    email: String,
    status: RegistrationStatus,
    /// The place in line, 1 being next, for those who wait.
    #[schema(required, minimum = 1)]
    position: Option<i64>,
    registered_at: DateTime<Utc>,
    /// When it got its seat.
    #[schema(required)]
    confirmed_at: Option<DateTime<Utc>>,
    /// When it was given up.
    #[schema(required)]
    cancelled_at: Option<DateTime<Utc>>,
}

impl AttendeeBody {
    fn new(attendee: &Attendee, line: Option<&Snapshot>) -> Self {
        let waits = attendee.status == RegistrationStatus::Waitlisted;
        Self {
            registration_id: attendee.registration,
            user_id: attendee.user,
            name: attendee.name.clone(),
            email: attendee.email.clone(),
            status: attendee.status,
            position: line.filter(|_| waits).and_then(|line| line.position(attendee.decision)),
            registered_at: attendee.registered_at,
            confirmed_at: attendee.confirmed_at,
            cancelled_at: attendee.cancelled_at,
        }
    }
}

/// The people who registered for an event that the caller runs, by arrival.
pub(crate) async fn list(
    state: Data<State>,
    caller: Caller,
    EventPath(id): EventPath,
    parameters: Parameters,
    format: Format,
    method: Method,
) -> Result<HttpResponse, Problem> {
    let wanted = Wanted {
        text: parameters.search()?,
        status: parameters.parsed(STATUS.name, "must be CONFIRMED, WAITLISTED or CANCELLED")?,
    };
    let (limit, after) = (parameters.limit()?, parameters.cursor::<RegistrationId>()?);
    let event = run_by(&state, caller, id).await?;
    if format == Format::Csv {
        if let Some(name) = [LIMIT.name, CURSOR.name].into_iter().find(|name| parameters.value(name).is_some()) {
            return Err(Problem::field(name, "is for pages; a CSV file has all that match"));
        }
        return files::answer(state, &event, wanted, &method).await;
    }
    let stretch = if has_nobody(&event, &wanted) {
        Stretch { found: Vec::new(), next: None }
    } else {
        let is_search = wanted.text.is_some() || wanted.status.is_some();
        let _permit = if is_search { Some(state.searches.acquire().await?) } else { None };
        state.pool.run(async |connection| attendees::list(connection, id, &wanted, after, limit).await).await?
    };
    let line = line_for(&state, id, &stretch.found, None).await?;
    let page = Page::of_stretch(&stretch, |attendee| AttendeeBody::new(attendee, line.as_ref()));
    Ok(HttpResponse::Ok().insert_header((VARY, "accept")).json(page))
}

/// Whether nobody of those who are wanted can be there: while an event is under test all who stand are simulated, and may
/// be too many to be looked through in vain.
fn has_nobody(event: &Event, wanted: &Wanted) -> bool {
    event.is_under_test() && wanted.status != Some(RegistrationStatus::Cancelled)
}

/// A line that has everybody of these who waits: the one that is known, if it does.
async fn line_for(
    state: &State,
    event: EventId,
    attendees: &[Attendee],
    known: Option<Snapshot>,
) -> Result<Option<Snapshot>, Problem> {
    let waiting = attendees.iter().filter(|attendee| attendee.status == RegistrationStatus::Waitlisted);
    match waiting.map(|attendee| attendee.decision).max() {
        Some(newest) if !known.as_ref().is_some_and(|line| line.knows(newest)) => {
            Ok(Some(state.lines.snapshot(event, newest).await?))
        }
        _ => Ok(known),
    }
}
