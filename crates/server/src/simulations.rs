//! The stress test, for admins.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::web::Data;
use boxoffice::simulation::Report;
use domain::limits::SIMULATED_USERS_MAX;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::extract::{EventPath, NoBody};
use crate::openapi::formats::integer;
use crate::problems::Problem;
use crate::query::{Parameter, Parameters};
use crate::state::State;

const USERS_DEFAULT: u32 = 1_000;

/// How large the crowd is.
pub(crate) const USERS: Parameter = Parameter {
    name: "users",
    says: "How many buyers to simulate.",
    schema: || integer(1, Some(SIMULATED_USERS_MAX.into())).default(Some(USERS_DEFAULT.into())),
};

/// The answer to a stress test.
#[derive(Serialize, ToSchema)]
#[schema(as = Simulation)]
struct RunBody {
    simulation_results: Report,
}

/// Runs it, and waits for its report.
pub(crate) async fn run(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    parameters: Parameters,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let users = users(&parameters)?;
    let report = state.simulations.run(event, users, caller.user).await;
    state.showcase.forget(event);
    Ok(HttpResponse::Ok().json(RunBody { simulation_results: report? }))
}

/// Takes the simulated registrations out again.
pub(crate) async fn undo(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let undone = state.simulations.undo(event, caller.user).await;
    state.showcase.forget(event);
    Ok(HttpResponse::Ok().json(undone?))
}

fn users(parameters: &Parameters) -> Result<u32, Problem> {
    let Some(value) = parameters.value(USERS.name) else { return Ok(USERS_DEFAULT) };
    let users = value.parse().ok().filter(|users| (1..=SIMULATED_USERS_MAX).contains(users));
    users.ok_or_else(|| Problem::field(USERS.name, format!("must be a whole number from 1 to {SIMULATED_USERS_MAX}")))
}
