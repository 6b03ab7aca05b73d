//! Events, for the people who run them.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use chrono::Utc;
use domain::commands::{Command, Origin};
use domain::events::{Event, EventChanges, EventDetails, EventStatus, NewEvent, TicketedEvent};
use domain::ids::{EventId, OrderId};
use domain::seats::checked_capacity;
use repository::listings::{self, Order, RunFilter, TOTALLED_MAX, Totals};
use repository::searches::SearchPage;
use repository::{AsyncPgConnection, drafts, events as stored, presentations, tickets};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::access::Caller;
use crate::http::extractors::{
    EventPath, ExpectedVersions, IDEMPOTENCY_REPLAYED, Json, NoBody, RequestKey, Timestamp, WholeNumber, present,
};
use crate::http::problems::Problem;
use crate::http::query::{Page, Parameter, Parameters};
use crate::http::schemas::one_of;
use crate::openapi::formats::{EventDescription, Location, Seats, TimeZone, Title};
use crate::resources::event_bodies::{EventSummary, answer};
use crate::resources::events::Cursor;
use crate::resources::own_events::{authority_of, change, change_seen, presentation_of, run_to_show};
use crate::state::State;

/// The text to search the list for.
pub(crate) const SEARCH: Parameter = Parameter::search(
    "Words of the title or the location, in any order, without regard to case and accents. In a word of four letters or \
     more, one typing error is forgiven.",
);

/// The status of the events to list.
pub(crate) const STATUS: Parameter =
    Parameter::optional("status", "Only events of this status.", || one_of(EventStatus::ALL.map(EventStatus::as_str)));

/// The order of the list.
pub(crate) const SORT: Parameter = Parameter::optional(
    "sort",
    "The order: by the time of creation, the newest first (`-created_at`), or by start, the earliest or the latest first.",
    || one_of(ORDERS.map(|(name, _)| name)).default(Some("-created_at".into())),
);

const ORDERS: [(&str, Order); 3] =
    [("-created_at", Order::NewestFirst), ("starts_at", Order::EarliestFirst), ("-starts_at", Order::LatestFirst)];

/// utoipa's derived schemas know no types with parameters.
type EventSummaryPage = Page<EventSummary>;

/// A page of the events that the caller runs.
#[derive(Serialize, ToSchema)]
struct RunEventPage {
    #[serde(flatten)]
    page: EventSummaryPage,
    /// Counts over all events that the caller runs, whatever the filters are. Null behind the first page.
    #[schema(required)]
    totals: Option<TotalsBody>,
}

/// Counts over the newest 10,000 events that the caller runs. Administrators run all events.
#[derive(Serialize, ToSchema)]
#[schema(as = EventTotals)]
struct TotalsBody {
    /// The events: `drafts`, `published` and `cancelled` together.
    #[schema(minimum = 0, maximum = 10_000)]
    events: i64,
    #[schema(minimum = 0, maximum = 10_000)]
    drafts: i64,
    /// Published events, also those that have ended.
    #[schema(minimum = 0, maximum = 10_000)]
    published: i64,
    #[schema(minimum = 0, maximum = 10_000)]
    cancelled: i64,
    /// The seats of published events. This and the next two leave out events under test, whose buyers are simulated.
    #[schema(minimum = 0)]
    seats: i64,
    /// The seats of published events that somebody has, paid or not.
    #[schema(minimum = 0)]
    sold: i64,
    /// Registrations on the waitlists of published events.
    #[schema(minimum = 0)]
    waiting: i64,
}

const _: () = assert!(TOTALLED_MAX == 10_000, "the description of the totals says so");

impl From<Totals> for TotalsBody {
    fn from(Totals { events, drafts, published, cancelled, seats, sold, waiting }: Totals) -> Self {
        Self { events, drafts, published, cancelled, seats, sold, waiting }
    }
}

/// The events that the caller runs; an admin runs all.
pub(crate) async fn list(state: Data<State>, caller: Caller, parameters: Parameters) -> Result<HttpResponse, Problem> {
    let (limit, after) = (parameters.limit()?, parameters.cursor()?.map(|Cursor(after)| after));
    let filter = RunFilter {
        organizer: if caller.may_run_any() { None } else { Some(caller.user) },
        text: parameters.search()?,
        status: parameters.named(STATUS.name, EventStatus::ALL.map(|status| (status.as_str(), status)))?,
    };
    let order = parameters.named(SORT.name, ORDERS)?.unwrap_or(Order::NewestFirst);
    let is_search = filter.text.is_some() || filter.status.is_some();
    let _permit = if is_search { Some(state.searches.acquire(caller.user).await?) } else { None };
    let read = async |connection: &mut AsyncPgConnection| {
        let SearchPage { found, next } = listings::run_by(connection, &filter, order, after, limit).await?;
        let totals = match after {
            None => Some(listings::totals(connection, filter.organizer).await?),
            Some(_) => None,
        };
        Ok((SearchPage { found: tickets::with_tickets(connection, found).await?, next: next.map(Cursor) }, totals))
    };
    let (found, totals) = state.pool.run(read).await?;
    let page = Page::of_search(&found, |event| EventSummary::from(event));
    Ok(HttpResponse::Ok().json(RunEventPage { page, totals: totals.map(TotalsBody::from) }))
}

/// A new event.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewEvent)]
pub(crate) struct Draft {
    #[schema(value_type = Title)]
    title: String,
    #[serde(default)]
    #[schema(value_type = EventDescription)]
    description: String,
    #[schema(value_type = Location)]
    location: String,
    starts_at: Timestamp,
    /// After `starts_at`, by at most 366 days, and in the future.
    ends_at: Timestamp,
    #[serde(default = "utc")]
    #[schema(value_type = TimeZone, default = "UTC")]
    time_zone: String,
    /// Before then, bookings are refused. Must be before `ends_at`.
    sales_open_at: Option<Timestamp>,
    /// From then on, bookings are refused. Must be after `sales_open_at`.
    sales_close_at: Option<Timestamp>,
    /// Until then, people may cancel their bookings. Must not be after `starts_at`. If left out, until `starts_at`.
    cancel_until: Option<Timestamp>,
    /// Whether only people may book who have proven their e-mail address. If left out, yes where mail is set up.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = bool, required = false)]
    verified_buyers_only: Option<bool>,
    /// All seats.
    #[schema(value_type = Seats)]
    capacity: WholeNumber,
}

fn utc() -> String {
    "UTC".to_owned()
}

/// Creates an event, as a draft. The answer to a repeated key is the event that the first request made, whatever has
/// become of it, and whatever this one says.
pub(crate) async fn create(
    state: Data<State>,
    caller: Caller,
    RequestKey(key): RequestKey,
    Json(draft): Json<Draft>,
) -> Result<HttpResponse, Problem> {
    if let Some(key) = &key {
        let found = state.pool.run(async |connection| stored::find_by_key(connection, caller.user, key).await).await?;
        if let Some(event) = found {
            return created(&state, event, Origin::Replayed, caller).await;
        }
    }
    let details = EventDetails {
        title: draft.title,
        description: draft.description,
        location: draft.location,
        starts_at: draft.starts_at.0,
        ends_at: draft.ends_at.0,
        time_zone: draft.time_zone,
        sales_open_at: draft.sales_open_at.map(|at| at.0),
        sales_close_at: draft.sales_close_at.map(|at| at.0),
        cancel_until: draft.cancel_until.map(|at| at.0),
        verified_buyers_only: draft.verified_buyers_only.unwrap_or(state.account_mails.are_on()),
    };
    let id = EventId::from(Uuid::now_v7());
    let new = NewEvent::draft(id, caller.user, details, draft.capacity.0, Utc::now())?;
    let event = state
        .pool
        .run(async |connection| {
            // This may be a second try: the first insert may have committed before its connection broke.
            match (stored::find(connection, id).await?, &key) {
                (Some(event), _) => Ok(event),
                (None, Some(key)) => stored::insert_once(connection, new.clone(), caller.user, key).await,
                (None, None) => stored::insert(connection, new.clone(), caller.user).await,
            }
        })
        .await?;
    let origin = if event.id == id { Origin::Made } else { Origin::Replayed };
    created(&state, event, origin, caller).await
}

/// An event that has been handed over since is not the caller's to see any more, and is not made again.
async fn created(state: &State, event: Event, origin: Origin, caller: Caller) -> Result<HttpResponse, Problem> {
    if !caller.may_run_events_of(event.organizer) {
        return Err(Problem::NotFound("event"));
    }
    let mut created = HttpResponse::Created();
    created.insert_header((LOCATION, format!("/organizer/events/{}", event.id)));
    if origin == Origin::Replayed {
        created.insert_header((IDEMPOTENCY_REPLAYED, "true"));
    }
    let read = async |connection: &mut AsyncPgConnection| {
        Ok((tickets::of_event(connection, event.id).await?, presentations::find(connection, &event).await?))
    };
    let (tickets, presentation) = state.pool.run(read).await?;
    Ok(answer(created, &TicketedEvent { event, tickets }, presentation))
}

/// Deletes a draft.
pub(crate) async fn delete(
    state: Data<State>,
    caller: Caller,
    EventPath(id): EventPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let picture = presentation_of(&state, caller, id).await?.picture;
    let order = OrderId::from(Uuid::now_v7());
    let delete = async |connection: &mut AsyncPgConnection| {
        drafts::delete(connection, id, order, caller.user, authority_of(caller)).await
    };
    let deleted = state.pool.run(delete).await;
    deleted.map_err(|error| match error {
        repository::Error::NotFound => Problem::NotFound("event"),
        error => error.into(),
    })?;
    state.public_events.forget(id);
    state.sales_figures.forget(id);
    if let Some(picture) = picture {
        state.pictures.forget(id, picture.id);
    }
    Ok(HttpResponse::NoContent().finish())
}

/// One event that the caller runs.
pub(crate) async fn show(
    state: Data<State>,
    caller: Caller,
    EventPath(id): EventPath,
) -> Result<HttpResponse, Problem> {
    let (event, presentation) = run_to_show(&state, caller, id).await?;
    Ok(answer(HttpResponse::Ok(), &event, presentation))
}

/// Changes of an event. Fields that are left out do not change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EventChanges)]
pub(crate) struct Changes {
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Title, required = false)]
    title: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = EventDescription, required = false)]
    description: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Location, required = false)]
    location: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Timestamp, required = false)]
    starts_at: Option<Timestamp>,
    /// After `starts_at`, by at most 366 days, and in the future.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Timestamp, required = false)]
    ends_at: Option<Timestamp>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = TimeZone, required = false)]
    time_zone: Option<String>,
    /// Before then, bookings are refused. Null removes the time.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Timestamp>)]
    sales_open_at: Option<Option<Timestamp>>,
    /// From then on, bookings are refused. Null removes the time.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Timestamp>)]
    sales_close_at: Option<Option<Timestamp>>,
    /// Until then, people may cancel their bookings. Must not be after `starts_at`. Null: until `starts_at`.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Timestamp>)]
    cancel_until: Option<Option<Timestamp>>,
    /// Whether only people may book who have proven their e-mail address.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = bool, required = false)]
    verified_buyers_only: Option<bool>,
    /// All seats. Not fewer than the people who have one.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Seats, required = false)]
    capacity: Option<WholeNumber>,
}

/// Edits an event. A higher capacity gives the new seats to the waitlist.
pub(crate) async fn edit(
    state: Data<State>,
    caller: Caller,
    EventPath(id): EventPath,
    expected: ExpectedVersions,
    Json(changes): Json<Changes>,
) -> Result<HttpResponse, Problem> {
    let changes = EventChanges {
        title: changes.title,
        description: changes.description,
        location: changes.location,
        starts_at: changes.starts_at.map(|at| at.0),
        ends_at: changes.ends_at.map(|at| at.0),
        time_zone: changes.time_zone,
        sales_open_at: changes.sales_open_at.map(|at| at.map(|at| at.0)),
        sales_close_at: changes.sales_close_at.map(|at| at.map(|at| at.0)),
        cancel_until: changes.cancel_until.map(|at| at.map(|at| at.0)),
        verified_buyers_only: changes.verified_buyers_only,
        capacity: changes.capacity.map(|seats| checked_capacity(seats.0)).transpose()?,
    };
    let command = |expected_version| Command::Edit { changes: Box::new(changes.clone()), expected_version };
    let presentation = presentation_of(&state, caller, id).await?;
    let event = change_seen(&state, caller, id, &expected, command).await?;
    Ok(answer(HttpResponse::Ok(), &event, presentation))
}

/// Publishes a draft.
pub(crate) async fn publish(
    state: Data<State>,
    caller: Caller,
    EventPath(id): EventPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let presentation = presentation_of(&state, caller, id).await?;
    let event = change(&state, caller, id, Command::Publish).await?;
    Ok(answer(HttpResponse::Ok(), &event, presentation))
}

/// Cancels an event for good.
pub(crate) async fn cancel(
    state: Data<State>,
    caller: Caller,
    EventPath(id): EventPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let presentation = presentation_of(&state, caller, id).await?;
    let event = change(&state, caller, id, Command::Cancel).await?;
    Ok(answer(HttpResponse::Ok(), &event, presentation))
}
