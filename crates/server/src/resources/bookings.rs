//! Books seats, cancels bookings, and lists the caller's own.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use domain::accounts::AccountKind;
use domain::commands::{Command, Decided, Done, Origin, Refusal};
use domain::events::{Event, EventStatus};
use domain::ids::{EventId, RegistrationId};
use domain::registrations::{Registration, RegistrationStatus};
use futures_util::future::try_join_all;
use repository::registrations::{self, OwnFilter};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::access::Caller;
use crate::http::extractors::{EventPath, IDEMPOTENCY_REPLAYED, NoBody, RegistrationPath, RequestKey};
use crate::http::problems::Problem;
use crate::http::query::{Page, Parameter, Parameters};
use crate::http::registrations::{PlacedRegistration, RegistrationBody};
use crate::http::schemas::{id, one_of};
use crate::resources::event_bodies::EventSummary;
use crate::state::State;

/// The event of the registrations to list.
pub(crate) const EVENT: Parameter = Parameter::optional("event_id", "Only registrations of this event.", id);

/// The status of the registrations to list.
pub(crate) const STATUS: Parameter = Parameter::optional("status", "Only registrations of this status.", || {
    one_of(RegistrationStatus::ALL.map(RegistrationStatus::as_str))
});

/// A registration of the caller, with its event.
#[derive(Serialize, ToSchema)]
struct OwnRegistration {
    #[serde(flatten)]
    registration: RegistrationBody,
    event: EventSummary,
}

/// Books a seat, or joins the waitlist. Thousands of these wait at once. Rare branches are boxed, so that each waiting
/// future stays small.
pub(crate) async fn register(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    RequestKey(key): RequestKey,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let registration = RegistrationId::from(Uuid::now_v7());
    let command = Command::Register { registration, user: caller.user, buyer: AccountKind::Person, key };
    let Decided { outcome, event_status, .. } = state.office.submit(event, command).await?.decided;
    match outcome {
        Ok(Done::Registered { registration, origin, position }) => {
            let position = match position {
                Some(position) => Some(position.into()),
                None => Box::pin(position_in_line(&state, event, &registration)).await,
            };
            let mut response = HttpResponse::build(status_code(registration.status));
            if origin == Origin::Replayed {
                response.insert_header((IDEMPOTENCY_REPLAYED, "true"));
            }
            Ok(response.json(PlacedRegistration { event, registration, position, event_status }))
        }
        Ok(other) => Err(Problem::internal(format!("a registration was answered with {other:?}"))),
        Err(refusal) => Err(Box::pin(refused(&state, event, event_status, caller, refusal)).await),
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

/// Cancels a booking, or leaves the waitlist.
pub(crate) async fn give_up(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    RegistrationPath(registration): RegistrationPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let command = Command::GiveUp { registration, user: caller.user };
    let Decided { outcome, event_status, .. } = state.office.submit(event, command).await?.decided;
    match outcome {
        Ok(Done::GivenUp(registration)) => {
            Ok(HttpResponse::Ok().json(PlacedRegistration { event, registration, position: None, event_status }))
        }
        Ok(other) => Err(Problem::internal(format!("a cancellation was answered with {other:?}"))),
        Err(refusal) => Err(Box::pin(refused(&state, event, event_status, caller, refusal)).await),
    }
}

/// The caller's registrations with their events, the newest first.
pub(crate) async fn list_own(
    state: Data<State>,
    caller: Caller,
    parameters: Parameters,
) -> Result<HttpResponse, Problem> {
    let (limit, before) = (parameters.limit()?, parameters.cursor::<RegistrationId>()?);
    let filter = OwnFilter {
        event: parameters.parsed(EVENT.name, "must be the id of an event")?,
        status: parameters.parsed(STATUS.name, "must be CONFIRMED, WAITLISTED or CANCELLED")?,
    };
    let found = state
        .pool
        .run(async |connection| registrations::list_of_user(connection, caller.user, filter, before, limit + 1).await)
        .await?;
    let positions = found.iter().map(async |(registration, event)| {
        if registration.status.waits() { state.lines.position(event.id, registration.decision).await } else { Ok(None) }
    });
    let mut positions = try_join_all(positions).await?.into_iter();
    let page = Page::of(
        found,
        limit,
        |(registration, _)| registration.id.to_string(),
        |(registration, event): &(Registration, Event)| {
            let (registration, position) = (registration.clone(), positions.next().flatten());
            OwnRegistration {
                registration: RegistrationBody::from(&PlacedRegistration {
                    event: event.id,
                    registration,
                    position,
                    event_status: event.status,
                }),
                event: EventSummary::from(event),
            }
        },
    );
    Ok(HttpResponse::Ok().json(page))
}

/// The position of a registration on the waitlist. If it cannot be read, the answer goes without it.
async fn position_in_line(state: &State, event: EventId, registration: &Registration) -> Option<i64> {
    if !registration.status.waits() {
        return None;
    }
    match state.lines.position(event, registration.decision).await {
        Ok(position) => position,
        Err(error) => {
            tracing::warn!(%error, %event, "could not read a position on the waitlist");
            None
        }
    }
}

/// The problem of a refused command, with the position of the registration that the caller already has.
async fn refused(
    state: &State,
    event: EventId,
    event_status: EventStatus,
    caller: Caller,
    refusal: Refusal,
) -> Problem {
    let may_run = |organizer| caller.may_run_events_of(organizer);
    let mut problem = Problem::refused(refusal, event, event_status, may_run);
    if let Problem::AlreadyRegistered { registration: placed } = &mut problem {
        placed.position = position_in_line(state, event, &placed.registration).await;
    }
    problem
}
