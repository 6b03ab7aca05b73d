//! Hands events over from one organizer to another.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::web::Data;
use domain::accounts::{AccountKind, Email};
use domain::commands::Command;
use domain::events::Event;
use domain::ids::{EventId, UserId};
use domain::limits::HAND_OVER_VERSION_MAX;
use repository::users::User;
use repository::{AsyncPgConnection, organizers, users};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::extractors::{EventPath, ExpectedVersions, Json};
use crate::http::problems::Problem;
use crate::openapi::formats::EmailAddress;
use crate::resources::own_events::{change_seen, run_by};
use crate::state::State;

/// Who gets an event.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandingOver {
    /// The address of an active organizer or administrator.
    #[schema(value_type = EmailAddress)]
    email: String,
}

/// Hands an event over. Its organizer so far can no longer see more of it than everybody.
pub(crate) async fn hand_over(
    state: Data<State>,
    caller: Caller,
    EventPath(id): EventPath,
    expected: ExpectedVersions,
    Json(HandingOver { email }): Json<HandingOver>,
) -> Result<HttpResponse, Problem> {
    let event = match run_by(&state, caller, id).await {
        Ok(event) => event,
        Err(problem) => {
            // The answer to the first request may have been lost.
            let is_gone = matches!(problem, Problem::NotFound(_));
            let is_repeat = is_gone && has_handed_over(&state, caller, id, &email).await?;
            return if is_repeat { Ok(HttpResponse::NoContent().finish()) } else { Err(problem) };
        }
    };
    let account = account_of(&state, &email).await?;
    // Before the address is looked at: a request that cannot succeed must not tell whose it is.
    if account.as_ref().is_none_or(|to| to.id != event.organizer) {
        may_be_handed_over(&event, &expected)?;
    }
    let to = account.filter(may_get_events).ok_or_else(Problem::cannot_run_events)?;
    let command = |expected_version| Command::HandOver { to: to.id, expected_version };
    match change_seen(&state, caller, id, &expected, command).await {
        // The first request may still have been under way when this one came.
        Err(Problem::NotFound(_)) if has_handed_over(&state, caller, id, &email).await? => {}
        changed => drop(changed?),
    }
    Ok(HttpResponse::NoContent().finish())
}

/// The decision asks the same, under the event's lock.
fn may_be_handed_over(event: &Event, expected: &ExpectedVersions) -> Result<(), Problem> {
    let current_version = event.edit_version;
    if expected.newest().is_some() && !expected.names(current_version) {
        return Err(Problem::EditConflict { current_version });
    }
    if current_version > HAND_OVER_VERSION_MAX { Err(Problem::TooManyEdits) } else { Ok(()) }
}

/// Whether the caller has handed the event over to this account, which still runs it.
async fn has_handed_over(state: &State, caller: Caller, event: EventId, email: &str) -> Result<bool, Problem> {
    let Some(User { id: to, .. }) = account_of(state, email).await? else { return Ok(false) };
    let by: UserId = caller.user;
    let look = async |connection: &mut AsyncPgConnection| organizers::has_handed_over(connection, event, by, to).await;
    Ok(state.pool.run(look).await?)
}

async fn account_of(state: &State, email: &str) -> Result<Option<User>, Problem> {
    let Some(email) = Email::of_account(email) else { return Ok(None) };
    Ok(state.pool.run(async |connection| users::find_by_email(connection, email.as_str()).await).await?)
}

/// The decision asks once more, with the account locked. Whoever gets no events is refused here like an address without
/// an account, in the same time, so that nobody finds out which addresses have one.
fn may_get_events(user: &User) -> bool {
    user.kind == AccountKind::Person && user.is_active && user.role.may_run_events()
}
