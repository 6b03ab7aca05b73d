//! Books seats, cancels bookings, and lists the caller's own.

pub(crate) mod describe;

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use boxoffice::Answer;
use boxoffice::places::Place;
use domain::accounts::AccountKind;
use domain::commands::{Command, Done, Origin, Refusal};
use domain::events::TicketedEvent;
use domain::ids::{EventId, RegistrationId};
use domain::registrations::{IdempotencyKey, Registration, RegistrationStatus};
use domain::tickets::{Choice, TypeNumber};
use futures_util::future::try_join_all;
use repository::registrations::{self, OwnFilter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::access::Caller;
use crate::http::client_address::ClientAddress;
use crate::http::extractors::{
    EventPath, IDEMPOTENCY_REPLAYED, Json, NoBody, OptionalJson, RegistrationPath, RequestKey, WholeNumber,
};
use crate::http::problems::Problem;
use crate::http::query::{Page, Parameter, Parameters};
use crate::http::registrations::{PlacedRegistration, RegistrationBody};
use crate::http::schemas::{id, one_of};
use crate::openapi::formats::{AmountAsked, PriceCode, TicketNumber};
use crate::resources::codes;
use crate::resources::event_bodies::EventSummary;
use crate::resources::requested_seats::SeatsAtPrice;
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

/// What to book. Without a body, one seat of the only ticket type at its only open price.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Booking)]
pub(crate) struct BookingBody {
    /// The ticket type. Left out: the only one.
    #[schema(value_type = Option<TicketNumber>)]
    ticket_type: Option<WholeNumber>,
    /// The seats, each price once. Left out: one seat at the only open price.
    #[schema(value_type = Option<Vec<SeatsAtPrice>>)]
    seats: Option<Vec<SeatsAtPrice>>,
    /// The code that unlocks the prices.
    #[schema(value_type = Option<PriceCode>)]
    code: Option<String>,
    /// What the person was told that the seats cost together. It is needed if they cost something.
    #[schema(value_type = Option<AmountAsked>)]
    amount: Option<WholeNumber>,
}

impl BookingBody {
    fn choice(self) -> Result<Choice, Problem> {
        let number = |number: WholeNumber| {
            // No type has the number 0.
            TypeNumber::from(i16::try_from(number.0).unwrap_or(0))
        };
        Ok(Choice {
            ticket_type: self.ticket_type.map(number),
            seats: self.seats.as_deref().map(SeatsAtPrice::split).transpose()?,
            code: self.code.as_deref().map(|code| codes::parsed(code).ok_or(Problem::WrongCode)).transpose()?,
            amount: self.amount.map(|amount| amount.0),
        })
    }
}

/// Books seats, or joins the waitlist. Thousands of these wait at once. Rare branches are boxed, so that each waiting
/// future stays small.
pub(crate) async fn register(
    state: Data<State>,
    caller: Caller,
    ClientAddress(address): ClientAddress,
    EventPath(event): EventPath,
    RequestKey(key): RequestKey,
    OptionalJson(body): OptionalJson<BookingBody>,
) -> Result<HttpResponse, Problem> {
    // Wrong codes are counted. A code that cannot be one counts as well.
    let attempt = match body.as_ref().and_then(|body| body.code.as_ref()) {
        Some(_) => Some(codes::begin(&state, caller, address)?),
        None => None,
    };
    let choice = body.map_or_else(|| Ok(Choice::default()), BookingBody::choice);
    let booked = match choice {
        Ok(choice) => book(&state, caller, event, key, choice).await,
        Err(problem) => Err(problem),
    };
    if let Some(attempt) = attempt {
        match &booked {
            Err(Problem::WrongCode) => state.codes().failed(attempt),
            Ok(_) => state.codes().succeeded(attempt),
            Err(_) => state.codes().undecided(attempt),
        }
    }
    booked
}

async fn book(
    state: &State,
    caller: Caller,
    event: EventId,
    key: Option<IdempotencyKey>,
    choice: Choice,
) -> Result<HttpResponse, Problem> {
    let registration = RegistrationId::from(Uuid::now_v7());
    let command = |is_verified| {
        let (key, choice) = (key.clone(), choice.clone());
        Command::Register { registration, user: caller.user, buyer: AccountKind::Person, is_verified, key, choice }
    };
    get_seats(state, caller, event, command).await
}

/// Sends a command that gives the caller seats. It is made of whether the caller has proven the address.
pub(crate) async fn get_seats(
    state: &State,
    caller: Caller,
    event: EventId,
    command: impl Fn(bool) -> Command,
) -> Result<HttpResponse, Problem> {
    // Where no mail is set up, nobody can prove an address.
    let is_verified = caller.is_verified || !state.account_mails.are_on();
    let mut answer = state.office.submit(event, command(is_verified)).await?;
    // The token may be older than the proof.
    let is_refused = matches!(answer.decided.outcome, Err(Refusal::AddressUnverified));
    if is_refused && Box::pin(state.account_mails.is_verified(caller.user)).await? {
        answer = Box::pin(state.office.submit(event, command(true))).await?;
    }
    let Answer { decided, after, .. } = answer;
    match decided.outcome {
        Ok(Done::Registered { registration, origin, position }) => {
            let ticket_type = after.tickets.ticket_type(registration.ticket_type);
            let place = match position.and_then(|position| Place::on_joining(position, ticket_type)) {
                None => Box::pin(place_in_line(state, event, &registration)).await,
                known => known,
            };
            let mut response = HttpResponse::build(status_code(registration.status));
            if origin == Origin::Replayed {
                response.insert_header((IDEMPOTENCY_REPLAYED, "true"));
            }
            Ok(response.json(PlacedRegistration { registration, place, event: after }))
        }
        Ok(other) => Err(Problem::internal(format!("a registration was answered with {other:?}"))),
        Err(refusal) => Err(Box::pin(refused(state, &after, caller, refusal)).await),
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
    let Answer { decided, after, .. } = state.office.submit(event, command).await?;
    match decided.outcome {
        Ok(Done::GivenUp(registration)) => {
            Ok(HttpResponse::Ok().json(PlacedRegistration { registration, place: None, event: after }))
        }
        Ok(other) => Err(Problem::internal(format!("a cancellation was answered with {other:?}"))),
        Err(refusal) => Err(Box::pin(refused(&state, &after, caller, refusal)).await),
    }
}

/// What remains of a registration.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Reduction)]
pub(crate) struct ReductionBody {
    /// The seats that remain, each price once.
    seats: Vec<SeatsAtPrice>,
    /// The status that the person was shown. If that is WAITLISTED and the registration has been seated since, nothing
    /// changes.
    status: RegistrationStatus,
}

/// Gives some seats of a registration up.
pub(crate) async fn reduce(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    RegistrationPath(registration): RegistrationPath,
    Json(body): Json<ReductionBody>,
) -> Result<HttpResponse, Problem> {
    let remaining = SeatsAtPrice::split(&body.seats)?;
    let command = Command::Reduce { registration, user: caller.user, remaining, shown_waiting: body.status.waits() };
    let Answer { decided, after, .. } = state.office.submit(event, command).await?;
    match decided.outcome {
        Ok(Done::Stands { registration }) => {
            let place = place_in_line(&state, event, &registration).await;
            Ok(HttpResponse::Ok().json(PlacedRegistration { registration, place, event: after }))
        }
        Ok(other) => Err(Problem::internal(format!("fewer seats were answered with {other:?}"))),
        Err(refusal) => Err(Box::pin(refused(&state, &after, caller, refusal)).await),
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
        status: parameters.parsed(STATUS.name, "must be CONFIRMED, HELD, WAITLISTED or CANCELLED")?,
    };
    let found = state
        .pool
        .run(async |connection| registrations::list_of_user(connection, caller.user, filter, before, limit + 1).await)
        .await?;
    let places = found.iter().map(async |(registration, event)| {
        let Registration { status, ticket_type, decision, .. } = *registration;
        if status.waits() { state.lines.place(event.event.id, ticket_type, decision).await } else { Ok(None) }
    });
    let mut places = try_join_all(places).await?.into_iter();
    let page = Page::of(
        found,
        limit,
        |(registration, _)| registration.id.to_string(),
        |(registration, event): &(Registration, TicketedEvent)| OwnRegistration {
            registration: RegistrationBody::of(registration, places.next().flatten(), event),
            event: EventSummary::from(event),
        },
    );
    Ok(HttpResponse::Ok().json(page))
}

/// The place of a registration on the waitlist. If it cannot be read, the answer goes without it.
async fn place_in_line(state: &State, event: EventId, registration: &Registration) -> Option<Place> {
    if !registration.status.waits() {
        return None;
    }
    match state.lines.place(event, registration.ticket_type, registration.decision).await {
        Ok(place) => place,
        Err(error) => {
            tracing::warn!(%error, %event, "could not read a place on the waitlist");
            None
        }
    }
}

/// The problem of a refused command, with the place of the registration that the caller already has.
async fn refused(state: &State, event: &Arc<TicketedEvent>, caller: Caller, refusal: Refusal) -> Problem {
    let may_run = |organizer| caller.may_run_events_of(organizer);
    let mut problem = Problem::refused(refusal, event, may_run);
    if let Problem::AlreadyRegistered { registration: placed } = &mut problem {
        placed.place = place_in_line(state, event.event.id, &placed.registration).await;
    }
    problem
}
