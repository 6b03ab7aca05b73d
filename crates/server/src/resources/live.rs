//! The stream of live updates.

pub(crate) mod describe;

use std::collections::HashSet;
use std::rc::Rc;
use std::time::Duration;

use actix_web::body::None as NoBody;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::ids::EventId;

use crate::http::client_address::ClientAddress;
use crate::http::connections::phase::Phase;
use crate::http::problems::Problem;
use crate::http::query::{Parameter, Parameters};
use crate::http::schemas::string;
use crate::services::live::hub::Full;
use crate::services::live::stream::Stream;
use crate::state::State;

/// Events on one stream at most: as many as the longest page of a list has.
const EVENTS_MAX: usize = 100;

/// How soon a client comes back to a server that has gone, in milliseconds: soon enough that what it shows is right
/// again within a second, and not all in the same one.
const RETRY_MILLISECONDS: (u64, u64) = (200, 600);

/// For how long a client that was refused should stay away.
const BUSY_SECONDS: u64 = 5;

macro_rules! id_pattern {
    () => {
        "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
    };
}

/// One to [`EVENTS_MAX`] ids, for the description of the API.
const PATTERN: &str = concat!("^", id_pattern!(), "(,", id_pattern!(), "){0,99}$");

/// What is watched.
pub(crate) const EVENTS: Parameter =
    Parameter::required("events", "Ids of the events, separated by commas: at most 100.", || {
        string().pattern(Some(PATTERN))
    });

/// What `events` names, as it changes, until the client leaves or the server stops.
pub(crate) async fn watch(
    state: Data<State>,
    parameters: Parameters,
    ClientAddress(address): ClientAddress,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let events = events(&parameters)?;
    let mut response = HttpResponse::build(StatusCode::OK);
    response
        .insert_header((CONTENT_TYPE, "text/event-stream"))
        .insert_header((CACHE_CONTROL, "no-store"))
        // nginx would wait for more before it passes anything on.
        .insert_header((HeaderName::from_static("x-accel-buffering"), "no"));
    if request.method() == Method::HEAD {
        return Ok(response.body(NoBody::new()));
    }
    let watch = state.hub.watch(address, &events).map_err(|Full| Problem::busy(BUSY_SECONDS))?;
    let connection = request.conn_data::<Rc<Phase>>().map(Rc::clone);
    Ok(response.body(Stream::new(watch, retry(), connection)))
}

fn events(parameters: &Parameters) -> Result<Vec<EventId>, Problem> {
    let wrong = || Problem::field(EVENTS.name, format!("must be 1 to {EVENTS_MAX} ids of events, separated by commas"));
    let texts = parameters.value(EVENTS.name).ok_or_else(wrong)?.split(',');
    // One more shows that there are too many.
    let ids: Vec<EventId> =
        texts.take(EVENTS_MAX + 1).map(|id| id.parse().map_err(|_| wrong())).collect::<Result<_, _>>()?;
    if ids.len() > EVENTS_MAX {
        return Err(wrong());
    }
    let mut seen = HashSet::new();
    Ok(ids.into_iter().filter(|id| seen.insert(*id)).collect())
}

fn retry() -> Duration {
    let (least, most) = RETRY_MILLISECONDS;
    let random = getrandom::u32().unwrap_or_default();
    Duration::from_millis(least + u64::from(random) % (most - least))
}
