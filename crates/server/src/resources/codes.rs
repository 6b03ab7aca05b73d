//! Codes that unlock prices.

pub(crate) mod describe;

use std::net::IpAddr;
use std::time::Instant;

use actix_web::HttpResponse;
use actix_web::web::Data;
use auth::throttle::Attempt;
use domain::events::{EventStatus, TicketedEvent};
use domain::ids::EventId;
use domain::tickets::Code;
use repository::{events, tickets};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::client_address::ClientAddress;
use crate::http::extractors::{EventPath, Json};
use crate::http::problems::Problem;
use crate::openapi::formats::PriceCode;
use crate::resources::ticket_bodies::UnlockedPriceBody;
use crate::state::State;

/// A code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Code)]
pub(crate) struct CodeBody {
    #[schema(value_type = PriceCode)]
    code: String,
}

/// The prices that a code unlocks.
#[derive(Serialize, ToSchema)]
#[schema(as = UnlockedPrices)]
struct Unlocked {
    prices: Vec<UnlockedPriceBody>,
}

/// Tells which prices a code unlocks. Wrong codes are counted, so that nobody guesses one.
pub(crate) async fn unlock(
    state: Data<State>,
    caller: Caller,
    ClientAddress(address): ClientAddress,
    EventPath(id): EventPath,
    Json(body): Json<CodeBody>,
) -> Result<HttpResponse, Problem> {
    let attempt = begin(&state, caller, address)?;
    let found = find(&state, id, &body.code).await;
    match &found {
        Ok(Some(_)) => state.codes().succeeded(attempt),
        Ok(None) => state.codes().failed(attempt),
        Err(_) => state.codes().undecided(attempt),
    }
    let unlocked = found?.ok_or(Problem::WrongCode)?;
    Ok(HttpResponse::Ok().json(unlocked))
}

/// Begins an attempt with a code. It is refused after too many wrong ones of the account or from the address.
pub(crate) fn begin(state: &State, caller: Caller, address: IpAddr) -> Result<Attempt, Problem> {
    Ok(state.codes().begin(&caller.user.to_string(), address, Instant::now())?)
}

/// The code, if it could be one. A text that is none is as wrong as a wrong code.
pub(crate) fn parsed(code: &str) -> Option<Code> {
    Code::parse(code).ok()
}

async fn find(state: &State, id: EventId, code: &str) -> Result<Option<Unlocked>, Problem> {
    let found = state
        .pool
        .run(async |connection| match events::find_public(connection, id).await? {
            Some(event) => Ok(tickets::with_tickets(connection, vec![event]).await?.pop()),
            None => Ok(None),
        })
        .await?;
    let event = found.filter(|found: &TicketedEvent| found.event.status == EventStatus::Published);
    let TicketedEvent { tickets, .. } = event.ok_or(Problem::NotFound("event"))?;
    let code = parsed(code);
    let unlocked = tickets.prices.iter().filter(|price| price.code.is_some() && price.code == code && !price.is_closed);
    let prices: Vec<_> = unlocked.map(UnlockedPriceBody::of).collect();
    Ok((!prices.is_empty()).then_some(Unlocked { prices }))
}
