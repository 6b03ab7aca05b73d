//! The documents of the page. Each names what it shows, so that a link tells something in a message, to a search
//! engine, and where scripts do not run.

use std::time::Duration;

use actix_web::guard::{GuardContext, fn_guard};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use domain::slugs;
use page::Filling;

use crate::http::negotiation::prefers_page;
use crate::http::page_files::PageFiles;
use crate::http::problems::Problem;
use crate::resources::public_reads::{public_event, read_list_preview};
use crate::services::cache::ReadFailed;
use crate::state::State;

/// The longest that a document waits for its preview.
const PREVIEW_WAIT: Duration = Duration::from_secs(1);

/// The page's paths that have nothing of their own to tell. A test compares all paths with the page's route table.
const PLAIN: [&str; 27] = [
    "/sign-in",
    "/sign-up",
    "/forgot-password",
    "/reset-password",
    "/verify",
    "/invitation",
    "/tickets",
    "/tickets/{id}/{registration_id}",
    "/take/{id}",
    "/messages",
    "/account",
    "/account/api-keys",
    "/studio",
    "/studio/new",
    "/studio/webhooks",
    "/studio/{id}",
    "/studio/{id}/details",
    "/studio/{id}/tickets",
    "/studio/{id}/attendees",
    "/studio/{id}/door",
    "/studio/{id}/messages",
    "/admin",
    "/admin/people",
    "/admin/organizers",
    "/admin/log",
    "/admin/messages",
    "/admin/tests/{id}",
];

/// The end of addresses of calendar files, which browsers get as well.
const CALENDAR: &str = ".ics";

const SHARED: [&str; 3] = ["/events", "/events/{slug}", "/unsubscribe/{id}/{registration_id}/{secret}"];
const HOME: &str = "/";
const EVENT: &str = "/e/{slug}";

/// The scanner: a document of its own, which the page's route table does not know.
const DOOR: &str = "/door";
/// Beside the scanner, not below `/scripts/`: a worker serves paths below its own.
const DOOR_WORKER: &str = "/door-worker.js";

/// All paths of the page, without the scanner.
pub(crate) fn paths() -> impl Iterator<Item = &'static str> {
    PLAIN.into_iter().chain(SHARED).chain([HOME, EVENT])
}

/// The paths that the page shares with the API: browsers get the document, programs the data.
pub(crate) fn mount_shared(config: &mut ServiceConfig) {
    let prefers = || {
        fn_guard(|context: &GuardContext<'_>| {
            let is_file = context.head().uri.path().ends_with(CALENDAR);
            is_read(context) && !is_file && prefers_page(context.head().headers())
        })
    };
    let [all, one, refusal] = SHARED;
    config.service(web::resource(refusal).guard(prefers()).to(plain));
    config.service(web::resource(all).guard(prefers()).to(list));
    config.service(web::resource(one).guard(prefers()).to(event));
}

/// The paths of the page alone.
pub(crate) fn mount(config: &mut ServiceConfig) {
    for path in PLAIN {
        config.service(web::resource(path).guard(fn_guard(is_read)).to(plain));
    }
    config.service(web::resource(DOOR).guard(fn_guard(is_read)).to(door));
    config.service(web::resource(DOOR_WORKER).guard(fn_guard(is_read)).to(door_worker));
    config.service(web::resource(HOME).guard(fn_guard(is_read)).to(list));
    config.service(web::resource(EVENT).guard(fn_guard(is_read)).to(event));
}

/// Other methods are answered as everywhere where there is nothing.
fn is_read(context: &GuardContext<'_>) -> bool {
    matches!(context.head().method, Method::GET | Method::HEAD)
}

async fn plain(request: HttpRequest, files: Data<PageFiles>) -> Result<HttpResponse, Problem> {
    files.document(&request, StatusCode::OK, &Filling::default()).await
}

async fn door(request: HttpRequest, files: Data<PageFiles>) -> Result<HttpResponse, Problem> {
    files.door(&request).await
}

async fn door_worker(request: HttpRequest, files: Data<PageFiles>) -> Result<HttpResponse, Problem> {
    files.door_worker(&request).await
}

async fn list(request: HttpRequest, files: Data<PageFiles>, state: Data<State>) -> Result<HttpResponse, Problem> {
    let read = state.public_events.list_preview(async || read_list_preview(&state).await);
    match soon(read).await {
        Some(filling) => files.document(&request, StatusCode::OK, &filling).await,
        None => files.document(&request, StatusCode::OK, &Filling::default()).await,
    }
}

/// An event that is not public has no preview. Its organizer sees it all the same: the scripts ask with a token.
async fn event(
    request: HttpRequest,
    files: Data<PageFiles>,
    state: Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let shown = match slugs::id_of(&slug) {
        Some(id) => soon(public_event(&state, id)).await,
        None => Some(None),
    };
    match shown {
        Some(Some(shown)) => files.document(&request, StatusCode::OK, &shown.preview).await,
        None => files.document(&request, StatusCode::OK, &Filling::default()).await,
        Some(None) => files.document(&request, StatusCode::NOT_FOUND, &Filling::default()).await,
    }
}

/// The result of a read, if it comes in time. The page must come up while the database is away, and then says so
/// itself.
async fn soon<T>(read: impl Future<Output = Result<T, ReadFailed>>) -> Option<T> {
    tokio::time::timeout(PREVIEW_WAIT, read).await.ok()?.ok()
}
