//! Takes registrations away, for the people who run an event.

pub(crate) mod describe;

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::Data;
use domain::commands::{Command, Done};
use domain::registrations::{Removal, RemovalReason};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::extractors::{EventPath, Json, RegistrationPath};
use crate::http::problems::Problem;
use crate::http::registrations::PlacedRegistration;
use crate::openapi::formats;
use crate::resources::own_events::decide;
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
    let command = Command::Remove { registration, removal: Arc::new(removal) };
    match decide(&state, caller, event, command).await? {
        (Done::GivenUp(registration), event) => {
            Ok(HttpResponse::Ok().json(PlacedRegistration { registration, place: None, event }))
        }
        (other, _) => Err(Problem::internal(format!("a removal was answered with {other:?}"))),
    }
}
