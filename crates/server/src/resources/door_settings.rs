//! How the door of an event and its tickets work, as its organizer chooses, and the key of the tickets.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use domain::check_ins::{DoorChoice, DoorSettings};
use domain::ids::EventId;
use repository::AsyncPgConnection;
use repository::doors::{self, Door};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::extractors::{EventPath, Json, NoBody, WholeNumber, nullable};
use crate::http::problems::Problem;
use crate::openapi::formats::{NamesMinutesBefore, OpensMinutesBefore};
use crate::resources::door_access::{door, new_key};
use crate::resources::own_events::{authority_of, run_by};
use crate::state::State;

/// How a door is to work.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DoorChoice)]
pub(crate) struct ChoiceBody {
    /// How many minutes before the start people are let in. Null: at any time.
    #[serde(deserialize_with = "nullable")]
    #[schema(required, value_type = Option<OpensMinutesBefore>)]
    opens_minutes_before: Option<WholeNumber>,
    /// Until how many minutes before the start buyers fill in the names of their tickets. Null: nobody does.
    #[serde(deserialize_with = "nullable")]
    #[schema(required, value_type = Option<NamesMinutesBefore>)]
    names_minutes_before: Option<WholeNumber>,
    /// Whether buyers may pass seats on to somebody else.
    transfers: bool,
    /// Whether the mail that confirms a booking has its tickets attached, as a PDF file.
    attach_tickets: bool,
}

/// How a door works.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DoorSettings)]
struct SettingsBody {
    /// How many minutes before the start people are let in. Null: at any time.
    #[schema(required, value_type = Option<OpensMinutesBefore>)]
    opens_minutes_before: Option<i32>,
    /// Until how many minutes before the start buyers fill in the names of their tickets. Null: nobody does.
    #[schema(required, value_type = Option<NamesMinutesBefore>)]
    names_minutes_before: Option<i32>,
    /// Whether buyers may pass seats on to somebody else.
    transfers: bool,
    /// Whether the mail that confirms a booking has its tickets attached, as a PDF file.
    attach_tickets: bool,
    /// Since when the tickets have the codes that they have. Null: none was ever shown.
    #[schema(required)]
    key_since: Option<DateTime<Utc>>,
}

impl From<&Door> for SettingsBody {
    fn from(door: &Door) -> Self {
        let DoorSettings { opens_minutes_before, names_minutes_before, transfers, attach_tickets } = door.settings;
        let key_since = door.key.as_ref().map(|key| key.since);
        Self { opens_minutes_before, names_minutes_before, transfers, attach_tickets, key_since }
    }
}

/// Shows how the door of an event works.
pub(crate) async fn show(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
) -> Result<HttpResponse, Problem> {
    run_by(&state, caller, event).await?;
    present(&state, event).await
}

/// Chooses how the door of an event works.
pub(crate) async fn choose(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    Json(body): Json<ChoiceBody>,
) -> Result<HttpResponse, Problem> {
    let settings = DoorSettings::parse(DoorChoice {
        opens_minutes_before: body.opens_minutes_before.map(|minutes| minutes.0),
        names_minutes_before: body.names_minutes_before.map(|minutes| minutes.0),
        transfers: body.transfers,
        attach_tickets: body.attach_tickets,
    })?;
    run_by(&state, caller, event).await?;
    let authority = authority_of(caller);
    let choose = async |connection: &mut AsyncPgConnection| {
        doors::configure(connection, event, settings, caller.user, authority).await
    };
    state.pool.run(choose).await.map_err(Problem::of_part)?;
    present(&state, event).await
}

/// Gives the tickets of an event other codes.
pub(crate) async fn renew(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    run_by(&state, caller, event).await?;
    let (key, authority) = (new_key()?, authority_of(caller));
    let renew = async |connection: &mut AsyncPgConnection| {
        doors::renew_key(connection, event, key.expose(), caller.user, authority).await
    };
    state.pool.run(renew).await.map_err(Problem::of_part)?;
    present(&state, event).await
}

/// The settings after a change, past the memory of this server.
async fn present(state: &State, event: EventId) -> Result<HttpResponse, Problem> {
    state.doors.forget(event);
    let door = door(state, event).await?;
    Ok(HttpResponse::Ok().json(SettingsBody::from(door.as_ref())))
}
