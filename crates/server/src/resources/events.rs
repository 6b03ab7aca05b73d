//! Published events, for everybody.

pub(crate) mod describe;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, ETAG, HeaderMap, IF_NONE_MATCH};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use chrono::{DateTime, Datelike, Utc};
use domain::events::{Event, EventStatus};
use domain::ids::{EventId, UserId};
use domain::limits::YEAR_MAX;
use repository::events::After;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::access::Caller;
use crate::http::extractors::EventPath;
use crate::http::problems::Problem;
use crate::http::query::{Page, Parameter, Parameters};
use crate::openapi::formats::{EventDescription, Location, Seats, TimeZone, Title};
use crate::services::cache::ReadFailed;
use crate::services::public_events::{PageKey, PublicEvent};
use crate::state::State;

/// What the list is searched for.
pub(crate) const SEARCH: Parameter = Parameter::search("A part of the title or the location, in any case.");

/// An event, as lists have it: all of it but its description.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventSummary {
    id: EventId,
    /// Who runs it.
    organizer_id: UserId,
    #[schema(value_type = Title)]
    title: String,
    #[schema(value_type = Location)]
    location: String,
    starts_at: DateTime<Utc>,
    /// From then on its places do not change any more.
    ends_at: DateTime<Utc>,
    #[schema(value_type = TimeZone)]
    time_zone: String,
    /// Before this, booking is refused.
    #[schema(required)]
    sales_open_at: Option<DateTime<Utc>>,
    /// From this on, booking is refused.
    #[schema(required)]
    sales_close_at: Option<DateTime<Utc>>,
    /// Seats in all: `confirmed` and `seats_remaining`.
    #[schema(value_type = Seats)]
    capacity: i32,
    /// Seats that nobody has.
    #[schema(value_type = Seats)]
    seats_remaining: i32,
    /// People who have a seat.
    #[schema(value_type = Seats)]
    confirmed: i32,
    /// People in line; none while seats remain.
    #[schema(minimum = 0)]
    waiting: i32,
    status: EventStatus,
    /// Whether a stress test has it: real bookings are refused until the undo.
    under_test: bool,
    /// Goes up with every edit, not with bookings.
    #[schema(minimum = 1)]
    edit_version: i64,
    created_at: DateTime<Utc>,
    /// When its organizer last changed it.
    updated_at: DateTime<Utc>,
}

/// An event by itself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Event)]
pub(crate) struct EventBody {
    #[serde(flatten)]
    summary: EventSummary,
    #[schema(value_type = EventDescription)]
    description: String,
}

impl From<&Event> for EventBody {
    fn from(event: &Event) -> Self {
        Self { summary: event.into(), description: event.details.description.clone() }
    }
}

impl From<&Event> for EventSummary {
    fn from(event: &Event) -> Self {
        let details = &event.details;
        Self {
            id: event.id,
            organizer_id: event.organizer,
            title: details.title.clone(),
            location: details.location.clone(),
            starts_at: details.starts_at,
            ends_at: details.ends_at,
            time_zone: details.time_zone.clone(),
            sales_open_at: details.sales_open_at,
            sales_close_at: details.sales_close_at,
            capacity: event.capacity,
            seats_remaining: event.seats_remaining,
            confirmed: event.confirmed(),
            waiting: event.waiting,
            status: event.status,
            under_test: event.is_under_test(),
            edit_version: event.edit_version,
            created_at: event.created_at,
            updated_at: event.updated_at,
        }
    }
}

/// What an event's ETag says: its edit version, which `If-Match` looks at, and its last decision.
pub(crate) fn etag(event: &Event) -> String {
    format!("\"{}.{}\"", event.edit_version, event.last_decision)
}

/// An answer with an event in it, as it is now.
pub(crate) fn answer(mut response: HttpResponseBuilder, event: &Event) -> HttpResponse {
    response.insert_header((ETAG, etag(event))).json(EventBody::from(event))
}

/// Published events that are not over, the next one first.
pub(crate) async fn list(state: Data<State>, parameters: Parameters) -> Result<HttpResponse, Problem> {
    let text = parameters.search()?.map(|text| text.to_lowercase());
    let after = parameters.cursor()?.map(|Place(after)| after);
    let key = PageKey { text, after, limit: parameters.limit()? };
    let body = state.public_events.page(&key, async || read_page(&state, &key).await).await?;
    Ok(public().content_type("application/json").body(body))
}

/// One event: published or cancelled for everybody, a draft for those who run it.
pub(crate) async fn show(
    state: Data<State>,
    caller: Option<Caller>,
    EventPath(id): EventPath,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let shown = state.public_events.event(id, async || read_event(&state, id).await).await;
    match (shown?, caller) {
        (Some(shown), _) => Ok(unless_known(&request, &shown.etag, &shown.body)),
        (None, Some(caller)) => Ok(answer(HttpResponse::Ok(), &run_by(&state, caller, id).await?)),
        (None, None) => Err(Problem::NotFound("event")),
    }
}

/// The event, if the caller runs it.
pub(crate) async fn run_by(state: &State, caller: Caller, id: EventId) -> Result<Event, Problem> {
    let event = state.pool.run(async |connection| repository::events::find(connection, id).await).await?;
    let own = event.filter(|event| event.rehearsal_of.is_none() && caller.may_run_events_of(event.organizer));
    own.ok_or(Problem::NotFound("event"))
}

/// Browsers may keep it, and ask each time whether it is still so.
fn public() -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, "no-cache"));
    response
}

/// JSON for everybody, or 304 for those who have that version of it.
pub(crate) fn unless_known(request: &HttpRequest, etag: &str, body: &Bytes) -> HttpResponse {
    if is_known(etag, request.headers()) {
        let mut known = HttpResponse::build(StatusCode::NOT_MODIFIED);
        return known.insert_header((CACHE_CONTROL, "no-cache")).insert_header((ETAG, etag)).finish();
    }
    public().content_type("application/json").insert_header((ETAG, etag)).body(body.clone())
}

fn is_known(etag: &str, headers: &HeaderMap) -> bool {
    let known = headers.get_all(IF_NONE_MATCH).filter_map(|tags| tags.to_str().ok());
    // A tag of ours has no comma in it.
    known
        .flat_map(|tags| tags.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

async fn read_event(state: &State, id: EventId) -> Result<Option<Arc<PublicEvent>>, ReadFailed> {
    let event = state.pool.run(async |connection| repository::events::find_public(connection, id).await).await;
    match event.map_err(ReadFailed::of)? {
        Some(event) => {
            Ok(Some(Arc::new(PublicEvent { body: ReadFailed::json(&EventBody::from(&event))?, etag: etag(&event) })))
        }
        None => Ok(None),
    }
}

async fn read_page(state: &State, key: &PageKey) -> Result<Bytes, ReadFailed> {
    let PageKey { text, after, limit } = key;
    let found = state
        .pool
        .run(async |connection| {
            repository::events::list_published(connection, text.as_deref(), *after, limit + 1).await
        })
        .await;
    let place = |event: &Event| Place(After { starts_at: event.details.starts_at, id: event.id }).to_string();
    ReadFailed::json(&Page::of(found.map_err(ReadFailed::of)?, *limit, place, |event| EventSummary::from(event)))
}

/// A place in the public list: a start in microseconds, and an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place(After);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.0.starts_at.timestamp_micros(), Uuid::from(self.0.id).simple())
    }
}

/// What is no place of ours.
#[derive(Debug)]
struct NoPlace;

impl FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (starts_at, id) = text.split_once('_').ok_or(NoPlace)?;
        let starts_at = starts_at.parse().ok().and_then(DateTime::from_timestamp_micros).ok_or(NoPlace)?;
        // No event starts outside of these, and PostgreSQL knows no year before -4713.
        if !(1970..=YEAR_MAX).contains(&starts_at.year()) {
            return Err(NoPlace);
        }
        let place = Self(After { starts_at, id: id.parse().map_err(|_| NoPlace)? });
        // One text a place, so that what was changed by hand is noticed.
        if place.to_string() == text { Ok(place) } else { Err(NoPlace) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back_from_its_text() {
        let starts_at = DateTime::from_timestamp_micros(1_900_000_000_123_456).unwrap();
        let place = Place(After { starts_at, id: EventId::from(Uuid::now_v7()) });
        assert_eq!(place.to_string().parse::<Place>().unwrap(), place);
    }

    #[test]
    fn other_texts_are_no_place() {
        let id = Uuid::now_v7().simple();
        for text in ["", "_", "1", &format!("x_{id}"), &format!("01_{id}"), &format!("1_{id}_"), "1_2"] {
            assert!(text.parse::<Place>().is_err(), "{text:?}");
        }
        assert!(format!("{}_{id}", i64::MAX).parse::<Place>().is_err());
    }
}
