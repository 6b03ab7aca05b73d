//! Places: booked, given up, and seen by those who have them.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderName;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use domain::accounts::AccountKind;
use domain::commands::{Command, Done, Origin, Refusal};
use domain::events::Event;
use domain::ids::{EventId, RegistrationId};
use domain::registrations::{Registration, RegistrationStatus};
use futures_util::future::try_join_all;
use repository::registrations;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::access::Caller;
use crate::http::extractors::{EventPath, NoBody, RegistrationPath, RequestKey};
use crate::http::problems::{NoSession, Problem};
use crate::http::query::{Page, Parameters};
use crate::resources::events::EventSummary;
use crate::state::State;

const IDEMPOTENCY_REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// A registration, as its person sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Registration)]
pub struct RegistrationBody {
    id: RegistrationId,
    event_id: EventId,
    status: RegistrationStatus,
    /// The place in line, 1 being next, for those who wait. Null also if it cannot be read at the moment.
    #[schema(required, minimum = 1)]
    position: Option<i64>,
    registered_at: DateTime<Utc>,
    /// When it got its seat.
    #[schema(required)]
    confirmed_at: Option<DateTime<Utc>>,
    /// When it was given up.
    #[schema(required)]
    cancelled_at: Option<DateTime<Utc>>,
    /// Its number in the order of the event's decisions.
    #[schema(minimum = 1)]
    decision: i64,
}

impl RegistrationBody {
    pub(crate) fn new(event_id: EventId, registration: &Registration, position: Option<i64>) -> Self {
        Self {
            id: registration.id,
            event_id,
            status: registration.status,
            position,
            registered_at: registration.registered_at,
            confirmed_at: registration.confirmed_at,
            cancelled_at: registration.cancelled_at,
            decision: registration.decision,
        }
    }
}

/// A registration of the caller's, with its event.
#[derive(Serialize, ToSchema)]
struct OwnRegistration {
    #[serde(flatten)]
    registration: RegistrationBody,
    event: EventSummary,
}

/// Books a seat, or else the end of the line. Thousands of these wait at once: what only some of them come to is made when
/// they do.
pub(crate) async fn register(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    RequestKey(key): RequestKey,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let registration = RegistrationId::from(Uuid::now_v7());
    let command = Command::Register { registration, user: caller.user, buyer: AccountKind::Person, key };
    match state.office.submit(event, command).await?.decided.outcome {
        Ok(Done::Registered { registration, origin, position }) => {
            let position = match position {
                Some(position) => Some(position.into()),
                None => Box::pin(position_in_line(&state, event, &registration)).await,
            };
            let mut response = HttpResponse::build(status_code(registration.status));
            if origin == Origin::Replayed {
                response.insert_header((IDEMPOTENCY_REPLAYED, "true"));
            }
            Ok(response.json(RegistrationBody::new(event, &registration, position)))
        }
        Ok(other) => Err(Problem::internal(format!("a registration was answered with {other:?}"))),
        Err(refusal) => Err(Box::pin(refused(&state, event, caller, refusal)).await),
    }
}

fn status_code(status: RegistrationStatus) -> StatusCode {
    if status.takes_seat() {
        StatusCode::CREATED
    } else if status.waits() {
        StatusCode::ACCEPTED
    } else {
        StatusCode::OK
    }
}

/// Gives a place up, or the waiting for one.
pub(crate) async fn give_up(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    RegistrationPath(registration): RegistrationPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let command = Command::GiveUp { registration, user: caller.user };
    match state.office.submit(event, command).await?.decided.outcome {
        Ok(Done::GivenUp(registration)) => {
            Ok(HttpResponse::Ok().json(RegistrationBody::new(event, &registration, None)))
        }
        Ok(other) => Err(Problem::internal(format!("a place given up was answered with {other:?}"))),
        Err(refusal) => Err(Box::pin(refused(&state, event, caller, refusal)).await),
    }
}

/// The caller's registrations with their events, the newest first.
pub(crate) async fn list_own(
    state: Data<State>,
    caller: Caller,
    parameters: Parameters,
) -> Result<HttpResponse, Problem> {
    let (limit, before) = (parameters.limit()?, parameters.cursor::<RegistrationId>()?);
    let found = state
        .pool
        .run(async |connection| registrations::list_of_user(connection, caller.user, before, limit + 1).await)
        .await?;
    let positions = found.iter().map(async |(registration, event)| {
        if registration.status.waits() { state.lines.position(event.id, registration.decision).await } else { Ok(None) }
    });
    let mut positions = try_join_all(positions).await?.into_iter();
    let page = Page::of(
        found,
        limit,
        |(registration, _)| registration.id.to_string(),
        |(registration, event): &(Registration, Event)| OwnRegistration {
            registration: RegistrationBody::new(event.id, registration, positions.next().flatten()),
            event: EventSummary::from(event),
        },
    );
    Ok(HttpResponse::Ok().json(page))
}

/// The place in line of somebody who waits. An answer about a registration that stands does not fail for want of it.
async fn position_in_line(state: &State, event: EventId, registration: &Registration) -> Option<i64> {
    if !registration.status.waits() {
        return None;
    }
    match state.lines.position(event, registration.decision).await {
        Ok(position) => position,
        Err(error) => {
            tracing::warn!(%error, %event, "a place in line cannot be read");
            None
        }
    }
}

/// Why nothing was changed, as this caller may know it.
pub(crate) async fn refused(state: &State, event: EventId, caller: Caller, refusal: Refusal) -> Problem {
    match refusal {
        Refusal::AlreadyRegistered(registration) => {
            let position = position_in_line(state, event, &registration).await;
            Problem::AlreadyRegistered(Box::new(RegistrationBody::new(event, &registration, position)))
        }
        Refusal::TooManyRegistrations => Problem::TooManyRegistrations,
        Refusal::NoSuchRegistration => Problem::NotFound("registration"),
        Refusal::NoSuchUser => Problem::Unauthenticated(NoSession::AccessChanged),
        Refusal::EventNotPublished { organizer } if caller.may_run_events_of(organizer) => Problem::EventNotPublished,
        Refusal::EventNotPublished { .. } => Problem::NotFound("event"),
        Refusal::EventCancelled => Problem::EventCancelled,
        Refusal::EventEnded => Problem::EventEnded,
        Refusal::SalesNotOpen { opens_at } => Problem::SalesNotOpen { opens_at },
        Refusal::SalesClosed { closed_at } => Problem::SalesClosed { closed_at },
        Refusal::EventUnderTest => Problem::EventUnderTest,
        Refusal::CapacityBelowConfirmed { confirmed } => Problem::CapacityBelowConfirmed { confirmed },
        Refusal::TooManyPromotions { capacity_at_most } => Problem::CapacityRaiseTooLarge { capacity_at_most },
        Refusal::StaleEdit { current_version } => Problem::EditConflict { current_version },
        Refusal::InvalidEdit(invalid) => Problem::InvalidField(invalid),
        Refusal::EventNotUnderTest | Refusal::EventNotEmpty => Problem::Internal(refusal.into()),
    }
}
