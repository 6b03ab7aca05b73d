//! The stress test, for admins.

use actix_web::HttpResponse;
use actix_web::http::header::{HeaderName, LOCATION};
use actix_web::web::Data;
use boxoffice::simulation::Report;
use chrono::{DateTime, Utc};
use domain::ids::EventId;
use domain::limits::SIMULATED_USERS_MAX;
use repository::simulations::{self as stored, Failure, Simulation};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::access::Caller;
use crate::extract::{EventPath, NoBody, RESPOND_ASYNC, RespondAsync};
use crate::problems::Problem;
use crate::query::Parameters;
use crate::state::State;

const USERS_DEFAULT: u32 = 1_000;

#[derive(Serialize)]
struct RunBody {
    simulation_results: Report,
}

/// How a stress test goes, or went.
#[derive(Serialize)]
struct SimulationBody {
    id: Uuid,
    event_id: EventId,
    state: &'static str,
    users: u32,
    /// How many buyers have their answer.
    answered: u32,
    started_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
    /// Why there is no report.
    problem: Option<Value>,
    simulation_results: Option<Value>,
}

impl From<Simulation> for SimulationBody {
    fn from(simulation: Simulation) -> Self {
        let (state, problem, simulation_results) = match simulation.state {
            stored::State::Running => ("RUNNING", None, None),
            stored::State::Done(report) => ("DONE", None, Some(report)),
            stored::State::Failed(failure) => ("FAILED", Some(why(failure).in_short()), None),
            stored::State::Lost => ("LOST", None, None),
        };
        Self {
            id: simulation.id,
            event_id: simulation.event,
            state,
            users: simulation.users,
            answered: simulation.answered,
            started_at: simulation.started_at,
            finished_at: simulation.finished_at,
            problem,
            simulation_results,
        }
    }
}

/// The log has the cause.
fn why(failure: Failure) -> Problem {
    match failure {
        Failure::Unavailable => Problem::Unavailable("a stress test failed".into()),
        Failure::Internal => Problem::internal("a stress test failed"),
    }
}

const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// Runs it, and waits for its report; or, for who prefers that, only until it has begun.
pub(crate) async fn run(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    parameters: Parameters,
    RespondAsync(is_wanted): RespondAsync,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let users = users(&parameters)?;
    if is_wanted {
        let started = state.simulations.start(event, users, caller.user).await;
        state.showcase.forget(event);
        started?;
        return Ok(HttpResponse::Accepted()
            .insert_header((LOCATION, format!("/admin/events/{event}/simulation")))
            .insert_header((PREFERENCE_APPLIED, RESPOND_ASYNC))
            .json(latest(&state, event).await?));
    }
    let report = state.simulations.run(event, users, caller.user).await;
    state.showcase.forget(event);
    Ok(HttpResponse::Ok().json(RunBody { simulation_results: report? }))
}

/// The latest stress test of the event, whichever server runs or ran it.
pub(crate) async fn show(state: Data<State>, EventPath(event): EventPath) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::Ok().json(latest(&state, event).await?))
}

async fn latest(state: &State, event: EventId) -> Result<SimulationBody, Problem> {
    let found = state.pool.run(async |connection| stored::latest(connection, event).await).await?;
    found.map(SimulationBody::from).ok_or(Problem::NotFound("stress test"))
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
    let Some(value) = parameters.value("users") else { return Ok(USERS_DEFAULT) };
    let users = value.parse().ok().filter(|users| (1..=SIMULATED_USERS_MAX).contains(users));
    users.ok_or_else(|| Problem::field("users", format!("must be a whole number from 1 to {SIMULATED_USERS_MAX}")))
}
