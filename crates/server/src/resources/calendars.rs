//! Calendar files: one event, and a person's bookings at a secret address.

pub(crate) mod describe;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, ETAG, HOST};
use actix_web::http::uri::Authority;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use auth::secrets::AddressSecret;
use chrono::{DateTime, Utc};
use domain::events::Event;
use domain::slugs;
use notices::calendar::{self, Beside, Entry, MEDIA_TYPE, Method};
use notices::places;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use repository::calendar_feeds;
use repository::organizers::Organizer;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::access::{Caller, unused_token};
use crate::http::etags::{is_known, tag_of};
use crate::http::extractors::{EventPath, NoBody, SecretPath};
use crate::http::problems::{NoSession, Problem};
use crate::resources::formatted_text::plain;
use crate::resources::own_events::run_to_show;
use crate::resources::public_reads::public_event;
use crate::state::State;

/// A file that everybody gets. Programs keep it, and ask each time whether it is the latest.
const FOR_EVERYBODY: &str = "no-cache";
/// A file for one person.
const FOR_ONE: &str = "private, no-cache";

/// An event as a calendar file. Whoever may see the event gets it.
pub(crate) async fn event(
    state: Data<State>,
    caller: Option<Caller>,
    EventPath(id): EventPath,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    match (public_event(&state, id).await?, caller) {
        (Some(shown), _) => {
            let file =
                file_of(&shown.event, &shown.about, &shown.presentation.organizer, origin(&state, &request).as_deref());
            Ok(answer(&request, file, FOR_EVERYBODY, &name_of(&shown.event)))
        }
        (None, Some(caller)) => {
            let (event, presentation) = run_to_show(&state, caller, id).await?;
            let (event, about) = (&event.event, plain(&event.event.details.description));
            let file = file_of(event, &about, &presentation.organizer, origin(&state, &request).as_deref());
            Ok(answer(&request, file, FOR_ONE, &name_of(event)))
        }
        (None, None) => Err(unused_token(&request).unwrap_or(Problem::NotFound("event"))),
    }
}

/// A person's bookings as a calendar. The address is the proof of who asks.
pub(crate) async fn feed(
    state: Data<State>,
    SecretPath(secret): SecretPath,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let digest = secret.digest();
    let bookings = state.pool.run(async |connection| calendar_feeds::bookings(connection, &digest).await).await?;
    let bookings = bookings.ok_or(Problem::NotFound("calendar"))?;
    let origin = origin(&state, &request);
    let entry = |(registration, event): &(_, Event)| {
        let page = page_of(event, origin.as_deref());
        Entry::of_booking(registration, event, Beside { page: page.as_deref(), ..Beside::default() })
    };
    let entries: Vec<Entry> = bookings.iter().map(entry).collect();
    let file = calendar::feed(&format!("{}: my tickets", state.site.name), &entries);
    Ok(answer(&request, file, FOR_ONE, "tickets"))
}

/// The address of a person's calendar, which is told once.
#[derive(Serialize, ToSchema)]
#[schema(as = NewCalendarFeed)]
struct NewFeedBody {
    /// Its path on this server. Whoever knows it reads the person's bookings there.
    #[schema(min_length = 46, max_length = 46)]
    path: String,
    created_at: DateTime<Utc>,
}

/// The calendar of a person. Its address is stored as a digest alone, and cannot be told again.
#[derive(Serialize, ToSchema)]
#[schema(as = CalendarFeed)]
struct FeedBody {
    /// When its address was made.
    created_at: DateTime<Utc>,
}

/// Makes an address for the caller's calendar, in place of the one before. A repeat after a lost answer makes another,
/// and ends the one that nobody has read.
pub(crate) async fn create(state: Data<State>, caller: Caller, _: NoBody) -> Result<HttpResponse, Problem> {
    let secret = AddressSecret::random().map_err(|error| Problem::Internal(error.into()))?;
    let digest = secret.digest();
    let made = state.pool.run(async |connection| calendar_feeds::replace(connection, caller.user, &digest).await).await;
    match made {
        Ok(created_at) => Ok(HttpResponse::Created().json(NewFeedBody { path: path_of(&secret), created_at })),
        Err(repository::Error::NotFound) => Err(Problem::Unauthenticated(NoSession::AccessChanged)),
        Err(error) => Err(error.into()),
    }
}

/// Whether the caller's calendar has an address; 204 if it has none.
pub(crate) async fn show(state: Data<State>, caller: Caller) -> Result<HttpResponse, Problem> {
    let since = state.pool.run(async |connection| calendar_feeds::since(connection, caller.user).await).await?;
    Ok(match since {
        Some(created_at) => HttpResponse::Ok().json(FeedBody { created_at }),
        None => HttpResponse::NoContent().finish(),
    })
}

/// Ends the address of the caller's calendar.
pub(crate) async fn revoke(state: Data<State>, caller: Caller, _: NoBody) -> Result<HttpResponse, Problem> {
    state.pool.run(async |connection| calendar_feeds::revoke(connection, caller.user).await).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn path_of(secret: &AddressSecret) -> String {
    format!("/calendar/{}.ics", secret.expose())
}

fn file_of(event: &Event, about: &str, organizer: &Organizer, origin: Option<&str>) -> String {
    let page = page_of(event, origin);
    let organizer = organizer.public_contact.as_deref().map(|contact| (organizer.name.as_str(), contact));
    calendar::file(Method::Publish, &Entry::of_event(event, Beside { about, page: page.as_deref(), organizer }))
}

fn page_of(event: &Event, origin: Option<&str>) -> Option<String> {
    origin.map(|origin| format!("{origin}{}", places::event(event)))
}

/// The address of this server, as its operator says, or as the request calls it. Files are opened elsewhere, so a path
/// would lead nowhere.
fn origin(state: &State, request: &HttpRequest) -> Option<String> {
    state.site.address.clone().or_else(|| {
        let host = request.headers().get(HOST)?.to_str().ok()?;
        let is_host = !host.is_empty() && !host.contains('@') && host.parse::<Authority>().is_ok();
        is_host.then(|| format!("http://{host}"))
    })
}

fn answer(request: &HttpRequest, file: String, cached: &'static str, name: &str) -> HttpResponse {
    let body = Bytes::from(file);
    let etag = tag_of(&body);
    if is_known(&etag, request.headers()) {
        return HttpResponse::NotModified().insert_header((CACHE_CONTROL, cached)).insert_header((ETAG, etag)).finish();
    }
    HttpResponse::Ok()
        .content_type(format!("{MEDIA_TYPE}; charset=utf-8"))
        .insert_header((CACHE_CONTROL, cached))
        .insert_header((ETAG, etag))
        .insert_header((CONTENT_DISPOSITION, disposition(name)))
        .body(body)
}

/// The slug without its code.
fn name_of(event: &Event) -> String {
    let slug = slugs::slug(&event.details.title, event.id);
    slug.rsplit_once('-').map_or_else(|| "event".to_owned(), |(words, _)| words.to_owned())
}

/// Everything else is escaped (RFC 8187).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-');

/// A phone opens the file in its calendar, and does not put it among its downloads.
fn disposition(name: &str) -> String {
    let ascii = if name.is_ascii() { name } else { "event" };
    format!("inline; filename=\"{ascii}.ics\"; filename*=UTF-8''{}.ics", utf8_percent_encode(name, ESCAPED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_in_all_letters_and_in_ascii() {
        assert_eq!(disposition("jazz-live"), "inline; filename=\"jazz-live.ics\"; filename*=UTF-8''jazz-live.ics");
        assert_eq!(disposition("ж"), "inline; filename=\"event.ics\"; filename*=UTF-8''%D0%B6.ics");
    }
}
