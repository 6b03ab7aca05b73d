//! The ticket types, prices and terms of payment of an event, for the people who run it: one document.

mod counts;
pub(crate) mod describe;
mod document;

use std::collections::HashMap;

use actix_web::http::header::ETAG;
use actix_web::web::Data;
use actix_web::{HttpResponse, HttpResponseBuilder};
use chrono::{DateTime, Utc};
use domain::commands::Command;
use domain::events::TicketedEvent;
use domain::ids::EventId;
use domain::tickets::TypeNumber;
use serde::Serialize;
use utoipa::ToSchema;

use self::counts::CountsBody;
pub(crate) use self::counts::MoneyBody;
use self::document::DocumentBody;
use crate::http::access::Caller;
use crate::http::extractors::{EventPath, ExpectedVersions, Json};
use crate::http::problems::Problem;
use crate::resources::event_bodies::etag;
use crate::resources::own_events::{change_seen, run_with_tickets};
use crate::state::State;

/// The tickets of an event: the document, and the counts that go with it.
#[derive(Serialize, ToSchema)]
#[schema(as = TicketsAnswer)]
struct TicketsBody {
    document: DocumentBody,
    counts: CountsBody,
}

/// The tickets of an event that the caller runs.
pub(crate) async fn show(
    state: Data<State>,
    caller: Caller,
    EventPath(id): EventPath,
) -> Result<HttpResponse, Problem> {
    let event = run_with_tickets(&state, caller, id).await?;
    answer(&state, id, &event).await
}

/// Replaces the tickets. Seats that are added go to the lines, in the same transaction.
pub(crate) async fn replace(
    state: Data<State>,
    caller: Caller,
    EventPath(id): EventPath,
    expected: ExpectedVersions,
    Json(body): Json<DocumentBody>,
) -> Result<HttpResponse, Problem> {
    if expected == ExpectedVersions::Any {
        return Err(Problem::PreconditionRequired);
    }
    let document = body.document()?;
    let command = |expected_version: Option<i64>| Command::EditTickets {
        document: Box::new(document.clone()),
        expected_version: expected_version.unwrap_or(0),
    };
    let event = change_seen(&state, caller, id, &expected, command).await?;
    answer(&state, id, &event).await
}

async fn answer(state: &State, id: EventId, event: &TicketedEvent) -> Result<HttpResponse, Problem> {
    let waits = event.tickets.types.iter().any(|one| one.seats.waiting() > 0);
    let since = match waits {
        true => state.pool.run(async |connection| repository::tickets::waiting_since(connection, id).await).await?,
        false => HashMap::new(),
    };
    Ok(body(HttpResponse::Ok(), event, &since))
}

fn body(
    mut response: HttpResponseBuilder,
    event: &TicketedEvent,
    waiting_since: &HashMap<TypeNumber, DateTime<Utc>>,
) -> HttpResponse {
    response.insert_header((ETAG, etag(&event.event))).json(tickets_body(event, waiting_since))
}

fn tickets_body(event: &TicketedEvent, waiting_since: &HashMap<TypeNumber, DateTime<Utc>>) -> TicketsBody {
    TicketsBody { document: DocumentBody::of(event), counts: CountsBody::of(event, waiting_since) }
}
