//! Payments that nobody reports, such as transfers: the people who run an event mark them, and take marks back.

pub(crate) mod describe;

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::Data;
use domain::commands::{Command, Done};
use domain::events::TicketedEvent;
use domain::ids::{EventId, PaymentId, RegistrationId, UserId};
use domain::limits::REGISTRATION_AMOUNT_MAX;
use domain::registrations::IdempotencyKey;
use repository::registrations;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::access::Caller;
use crate::http::extractors::{EventPath, Json, NoBody, PaymentPath, RegistrationPath, RequestKey, WholeNumber};
use crate::http::problems::Problem;
use crate::http::registrations::PlacedRegistration;
use crate::openapi::formats::AmountAsked;
use crate::resources::own_events::{decide, run_by};
use crate::state::State;

/// A payment that came.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Payment)]
pub(crate) struct PaymentBody {
    /// How much came. It must be what the booking asks for.
    #[schema(value_type = AmountAsked)]
    amount: WholeNumber,
}

/// Marks a booking as paid.
pub(crate) async fn mark(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    RegistrationPath(registration): RegistrationPath,
    RequestKey(key): RequestKey,
    Json(body): Json<PaymentBody>,
) -> Result<HttpResponse, Problem> {
    if !(0..=REGISTRATION_AMOUNT_MAX).contains(&body.amount.0) {
        return Err(Problem::field("amount", format!("must be between 0 and {REGISTRATION_AMOUNT_MAX} minor units")));
    }
    run_by(&state, caller, event).await?;
    let found = state.pool.run(async |connection| registrations::find(connection, event, registration).await).await?;
    let user = found.ok_or(Problem::NotFound("registration"))?.user;
    let payment = payment_of(caller.user, event, registration, key.as_ref());
    let command = Command::MarkPaid { registration, user, payment, amount: body.amount.0 };
    stands(decide(&state, caller, event, command).await?)
}

/// Takes the mark of a payment back.
pub(crate) async fn take_back(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    RegistrationPath(registration): RegistrationPath,
    PaymentPath(payment): PaymentPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    stands(decide(&state, caller, event, Command::NotPaid { registration, payment }).await?)
}

/// The id of a payment. The same request with the same key is about the same payment, on whichever server. Keys are each
/// caller's own.
fn payment_of(by: UserId, event: EventId, registration: RegistrationId, key: Option<&IdempotencyKey>) -> PaymentId {
    match key {
        Some(key) => {
            let name = format!("{by} {event} {registration} {}", key.as_str());
            Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()).into()
        }
        None => Uuid::now_v7().into(),
    }
}

fn stands((done, event): (Done, Arc<TicketedEvent>)) -> Result<HttpResponse, Problem> {
    match done {
        Done::Stands { registration } => {
            Ok(HttpResponse::Ok().json(PlacedRegistration { registration, place: None, event }))
        }
        other => Err(Problem::internal(format!("a payment was answered with {other:?}"))),
    }
}
