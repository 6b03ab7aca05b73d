//! How long before its start an event's people are reminded of it.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::web::Data;
use domain::messages::reminder_hours;
use repository::{AsyncPgConnection, reminders};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::extractors::{EventPath, Json, WholeNumber, nullable};
use crate::http::problems::Problem;
use crate::openapi::formats::ReminderHours;
use crate::resources::own_events::run_by;
use crate::state::State;

/// How long before its start an event's people are reminded of it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Reminder)]
pub(crate) struct ReminderBody {
    /// In hours. Null: they are not reminded.
    #[serde(deserialize_with = "nullable")]
    #[schema(required, value_type = Option<ReminderHours>)]
    hours: Option<WholeNumber>,
}

impl From<Option<i16>> for ReminderBody {
    fn from(hours: Option<i16>) -> Self {
        Self { hours: hours.map(|hours| WholeNumber(hours.into())) }
    }
}

/// Shows an event's reminder.
pub(crate) async fn show(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
) -> Result<HttpResponse, Problem> {
    run_by(&state, caller, event).await?;
    let find = async |connection: &mut AsyncPgConnection| reminders::find(connection, event).await;
    Ok(HttpResponse::Ok().json(ReminderBody::from(state.pool.run(find).await?)))
}

/// Has an event's people reminded, or not.
pub(crate) async fn choose(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    Json(body): Json<ReminderBody>,
) -> Result<HttpResponse, Problem> {
    let hours = body.hours.map(|hours| reminder_hours(hours.0)).transpose()?;
    run_by(&state, caller, event).await?;
    let choose = async |connection: &mut AsyncPgConnection| match reminders::choose(connection, event, hours).await {
        Err(repository::Error::NotFound) => Ok(false),
        other => other.map(|()| true),
    };
    if state.pool.run(choose).await? {
        Ok(HttpResponse::Ok().json(ReminderBody::from(hours)))
    } else {
        Err(Problem::NotFound("event"))
    }
}
