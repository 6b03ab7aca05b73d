//! Takes registrations away, for the people who run an event.

pub(crate) mod describe;

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::Data;
use domain::commands::{Command, Decided, Done};
use domain::registrations::{Removal, RemovalReason};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::extractors::{EventPath, Json, RegistrationPath};
use crate::http::problems::Problem;
use crate::http::registrations::PlacedRegistration;
use crate::openapi::formats;
use crate::resources::own_events::{authority_of, run_by};
use crate::state::State;

/// How a booking is removed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Removal)]
pub(crate) struct RemovalBody {
    #[schema(value_type = formats::RemovalReason)]
    reason: String,
    /// Whether its person may book the event again.
    #[serde(default)]
    #[schema(default = false)]
    may_book_again: bool,
}

/// Removes a booking. The line moves in the same transaction.
pub(crate) async fn remove(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    RegistrationPath(registration): RegistrationPath,
    Json(body): Json<RemovalBody>,
) -> Result<HttpResponse, Problem> {
    let removal = Removal { reason: RemovalReason::parse(&body.reason)?, may_book_again: body.may_book_again };
    run_by(&state, caller, event).await?;
    let command = Command::Remove { registration, removal: Arc::new(removal) };
    let submitted = state.office.submit_with(event, command, caller.user, authority_of(caller)).await;
    let Decided { outcome, event_status, .. } = submitted?.decided;
    state.public_events.forget(event);
    state.sales_figures.forget(event);
    match outcome {
        Ok(Done::GivenUp(registration)) => {
            Ok(HttpResponse::Ok().json(PlacedRegistration { event, registration, position: None, event_status }))
        }
        Ok(other) => Err(Problem::internal(format!("a removal was answered with {other:?}"))),
        Err(refusal) => {
            let may_run = |organizer| caller.may_run_events_of(organizer);
            Err(Problem::refused(refusal, event, event_status, may_run))
        }
    }
}
