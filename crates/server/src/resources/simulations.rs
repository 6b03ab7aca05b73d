//! The stress test, for admins.

pub(crate) mod describe;

use actix_web::http::header::{HeaderName, LOCATION};
use actix_web::web::Data;
use actix_web::{HttpResponse, HttpResponseBuilder};
use boxoffice::simulation::{Curve, Report};
use chrono::{DateTime, Utc};
use domain::ids::EventId;
use domain::limits::SIMULATED_USERS_MAX;
use repository::AsyncPgConnection;
use repository::simulations::{self as stored, Failure, Simulation};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::access::Caller;
use crate::http::extractors::{
    EventPath, IDEMPOTENCY_REPLAYED, NoBody, RESPOND_ASYNC, RequestKey, RespondAsync, SimulationPath,
};
use crate::http::problems::{InShort, Problem};
use crate::http::query::{Page, Parameter, Parameters};
use crate::http::schemas::{boolean, integer};
use crate::resources::own_events::must_exist;
use crate::state::State;

const USERS_DEFAULT: u32 = 1_000;

/// The number of simulated buyers.
pub(crate) const USERS: Parameter = Parameter::optional("users", "The number of simulated buyers.", || {
    integer(1, Some(SIMULATED_USERS_MAX.into())).default(Some(USERS_DEFAULT.into()))
});

/// Whether the buyers ask for different things.
pub(crate) const MIX: Parameter = Parameter::optional(
    "mix",
    "Whether the buyers ask for all ticket types, prices and numbers of seats in turn. Otherwise each asks for one seat \
     of the first type.",
    || boolean().default(Some(false.into())),
);

/// Whether the event itself is left alone.
pub(crate) const DRY_RUN: Parameter = Parameter::optional(
    "dry_run",
    "Whether the test runs on a hidden copy in any case, so that visitors see nothing of it.",
    || boolean().default(Some(false.into())),
);

/// Whether the same crowd goes the classic way afterwards.
pub(crate) const CLASSIC: Parameter = Parameter::optional(
    "classic",
    "Whether the same crowd goes the classic way afterwards, for comparison: one transaction for each buyer, which \
     locks, checks, inserts, updates and commits, on a hidden copy, for ten seconds at most.",
    || boolean().default(Some(false.into())),
);

/// The answer to a stress test.
#[derive(Serialize, ToSchema)]
#[schema(as = SimulationResults)]
struct RunBody {
    simulation_results: Report,
}

/// A stress test.
#[derive(Serialize, ToSchema)]
#[schema(as = Simulation)]
struct SimulationBody {
    id: Uuid,
    event_id: EventId,
    state: StateBody,
    /// Simulated buyers.
    #[schema(minimum = 1)]
    users: u32,
    /// Buyers who have an answer.
    #[schema(minimum = 0)]
    answered: u32,
    started_at: DateTime<Utc>,
    /// When it came to its end. A test whose server stopped has none, even if it has a report.
    #[schema(required)]
    finished_at: Option<DateTime<Utc>>,
    /// Why it failed.
    #[schema(required)]
    problem: Option<InShort>,
    /// When an admin asked to stop it. The buyers who have not asked by then do not ask.
    #[schema(required)]
    stop_requested_at: Option<DateTime<Utc>>,
    /// The course of the crowd until now, stored a few times a second. Tests that have not come to a crowd, and those
    /// of an earlier version, have none.
    #[schema(required, value_type = Option<Curve>)]
    curve: Option<Value>,
    /// The course of the same crowd the classic way, once that has begun.
    #[schema(required, value_type = Option<Curve>)]
    classic_curve: Option<Value>,
    /// The report, once it is done.
    #[schema(required, value_type = Option<Report>)]
    simulation_results: Option<Value>,
}

/// A stress test among those of its event.
#[derive(Serialize, ToSchema)]
#[schema(as = SimulationSummary)]
struct SummaryBody {
    id: Uuid,
    state: StateBody,
    /// Simulated buyers.
    #[schema(minimum = 1)]
    users: u32,
    started_at: DateTime<Utc>,
    /// When it came to its end. A test whose server stopped has none, even if it has a report.
    #[schema(required)]
    finished_at: Option<DateTime<Utc>>,
    /// The figures that its report leads with, once it is done.
    #[schema(required)]
    results: Option<ResultsBody>,
    /// The course of the crowd, as in the stress test itself.
    #[schema(required, value_type = Option<Curve>)]
    curve: Option<Value>,
    /// The course of the same crowd the classic way, if it went so.
    #[schema(required, value_type = Option<Curve>)]
    classic_curve: Option<Value>,
}

/// The figures that the report of a stress test leads with.
#[derive(Serialize, ToSchema)]
#[schema(as = SimulationFigures)]
struct ResultsBody {
    /// Whether a hidden copy was tested.
    rehearsal: bool,
    /// The number of seats.
    #[schema(minimum = 0)]
    capacity: i64,
    /// The seats that buyers got.
    #[schema(minimum = 0)]
    seats_given: i64,
    /// Buyers who joined the line.
    #[schema(minimum = 0)]
    waitlisted_count: i64,
    /// Buyers who got neither.
    #[schema(minimum = 0)]
    failed_count: i64,
    /// From the first request to the last answer.
    duration_milliseconds: f64,
    /// Answers per second.
    throughput_per_second: f64,
    /// Whether it was stopped before all simulated buyers had asked.
    stopped: bool,
    /// Whether every promise held, in SQL and in the replay.
    passed: bool,
}

/// What is read of a stored report. Some are of an earlier version, in which each buyer had one seat.
#[derive(Deserialize)]
struct StoredReport {
    rehearsal: bool,
    capacity: i64,
    success_count: i64,
    waitlisted_count: i64,
    failed_count: i64,
    duration_milliseconds: f64,
    throughput_per_second: f64,
    /// Reports of an earlier version do not say it.
    #[serde(default)]
    stopped: bool,
    #[serde(default)]
    ticket_types: Vec<StoredType>,
    promises: Vec<StoredPromise>,
    /// Reports of an earlier version have none.
    history: Option<StoredPromise>,
}

#[derive(Deserialize)]
struct StoredType {
    seats_given: i64,
}

#[derive(Deserialize)]
struct StoredPromise {
    passed: bool,
}

impl From<StoredReport> for ResultsBody {
    fn from(report: StoredReport) -> Self {
        let given = report.ticket_types.iter().map(|one| one.seats_given).sum();
        Self {
            rehearsal: report.rehearsal,
            capacity: report.capacity,
            seats_given: if report.ticket_types.is_empty() { report.success_count } else { given },
            waitlisted_count: report.waitlisted_count,
            failed_count: report.failed_count,
            duration_milliseconds: report.duration_milliseconds,
            throughput_per_second: report.throughput_per_second,
            stopped: report.stopped,
            passed: report.promises.iter().chain(&report.history).all(|verdict| verdict.passed),
        }
    }
}

impl From<Simulation> for SummaryBody {
    fn from(simulation: Simulation) -> Self {
        let (id, users) = (simulation.id, simulation.users);
        let (curve, classic_curve) = (simulation.curve, simulation.classic_curve);
        let (started_at, finished_at) = (simulation.started_at, simulation.finished_at);
        let (state, results) = match simulation.state {
            stored::State::Running => (StateBody::Running, None),
            // A report of an unknown version is still listed.
            stored::State::Done(report) => (StateBody::Done, serde_json::from_value::<StoredReport>(report).ok()),
            stored::State::Failed(_) => (StateBody::Failed, None),
            stored::State::Lost => (StateBody::Lost, None),
        };
        Self {
            id,
            state,
            users,
            started_at,
            finished_at,
            results: results.map(ResultsBody::from),
            curve,
            classic_curve,
        }
    }
}

/// RUNNING, then DONE with a report, FAILED with a problem, or LOST because its server stopped before its report.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = SimulationState)]
enum StateBody {
    Running,
    Done,
    Failed,
    Lost,
}

/// A stored report with the members that those of an earlier version lack.
fn complete(mut report: Value) -> Value {
    if let Some(members) = report.as_object_mut() {
        for added in ["history", "machine", "classic", "classic_missing"] {
            members.entry(added).or_insert(Value::Null);
        }
        members.entry("stopped").or_insert(Value::Bool(false));
    }
    report
}

impl From<Simulation> for SimulationBody {
    fn from(simulation: Simulation) -> Self {
        let (state, problem, simulation_results) = match simulation.state {
            stored::State::Running => (StateBody::Running, None, None),
            stored::State::Done(report) => (StateBody::Done, None, Some(complete(report))),
            stored::State::Failed(failure) => (StateBody::Failed, Some(Problem::from(failure).in_short()), None),
            stored::State::Lost => (StateBody::Lost, None, None),
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
            stop_requested_at: simulation.stop_requested_at,
            curve: simulation.curve,
            classic_curve: simulation.classic_curve,
            simulation_results,
        }
    }
}

const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// A stored report, as [`RunBody`].
#[derive(Serialize)]
struct StoredRunBody {
    simulation_results: Value,
}

/// Runs a stress test. Waits for its report, unless the caller prefers an answer as soon as it has begun. The answer to
/// a repeated key is the stress test that the first request began, as it stands now.
pub(crate) async fn run(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    parameters: Parameters,
    RespondAsync(is_wanted): RespondAsync,
    RequestKey(key): RequestKey,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let users = users(&parameters)?;
    let is_mixed = parameters.parsed::<bool>(MIX.name, "must be true or false")?.unwrap_or(false);
    let is_dry = parameters.parsed::<bool>(DRY_RUN.name, "must be true or false")?.unwrap_or(false);
    let is_compared = parameters.parsed::<bool>(CLASSIC.name, "must be true or false")?.unwrap_or(false);
    if let Some(key) = &key {
        let earlier = state.pool.run(async |connection| stored::find_by_key(connection, event, key).await).await?;
        if let Some(earlier) = earlier {
            return replayed(earlier, RespondAsync(is_wanted));
        }
    }
    let simulations = state.simulations.with_key(key).with_mix(is_mixed).with_dry_run(is_dry).with_classic(is_compared);
    if is_wanted {
        let started = simulations.start(event, users, caller.user).await;
        state.public_events.forget(event);
        let id = started?;
        let begun = state.pool.run(async |connection| stored::find(connection, event, id).await).await?;
        let begun = begun.ok_or_else(|| Problem::internal("a stress test without a trace"))?;
        return Ok(accepted(event).json(SimulationBody::from(begun)));
    }
    let report = simulations.run(event, users, caller.user).await;
    state.public_events.forget(event);
    Ok(HttpResponse::Ok().json(RunBody { simulation_results: report? }))
}

fn accepted(event: EventId) -> HttpResponseBuilder {
    let mut accepted = HttpResponse::Accepted();
    accepted.insert_header((LOCATION, format!("/admin/events/{event}/simulation")));
    accepted.insert_header((PREFERENCE_APPLIED, RESPOND_ASYNC));
    accepted
}

/// The answer of an earlier request, as its stress test stands now.
fn replayed(earlier: Simulation, RespondAsync(is_wanted): RespondAsync) -> Result<HttpResponse, Problem> {
    let replayed = (IDEMPOTENCY_REPLAYED, "true");
    if is_wanted {
        return Ok(accepted(earlier.event).insert_header(replayed).json(SimulationBody::from(earlier)));
    }
    match earlier.state {
        stored::State::Done(report) => {
            let simulation_results = complete(report);
            Ok(HttpResponse::Ok().insert_header(replayed).json(StoredRunBody { simulation_results }))
        }
        stored::State::Running => Err(Problem::SimulationRunning),
        stored::State::Failed(failure) => Err(failure.into()),
        stored::State::Lost => Err(Failure::Unavailable.into()),
    }
}

/// The latest stress test of the event, on whichever server; 204 if there was none.
pub(crate) async fn show(state: Data<State>, _: Caller, EventPath(event): EventPath) -> Result<HttpResponse, Problem> {
    let latest = state.pool.run(async |connection| stored::latest(connection, event).await).await?;
    if let Some(latest) = latest {
        return Ok(HttpResponse::Ok().json(SimulationBody::from(latest)));
    }
    must_exist(&state, event).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The remembered stress tests of the event, whichever servers ran them, the newest first.
pub(crate) async fn list(state: Data<State>, _: Caller, EventPath(event): EventPath) -> Result<HttpResponse, Problem> {
    let remembered = state.pool.run(async |connection| stored::list(connection, event).await).await?;
    if remembered.is_empty() {
        must_exist(&state, event).await?;
    }
    Ok(HttpResponse::Ok().json(Page::whole(remembered.into_iter().map(SummaryBody::from).collect())))
}

/// Asks whichever server runs the stress test to stop it.
pub(crate) async fn stop(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    SimulationPath(id): SimulationPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let stop = async |connection: &mut AsyncPgConnection| stored::stop(connection, event, id.into(), caller.user).await;
    let stopped = state.pool.run(stop).await?;
    let stopped = stopped.ok_or(Problem::NotFound("stress test"))?;
    Ok(HttpResponse::Ok().json(SimulationBody::from(stopped)))
}

/// Removes the simulated registrations.
pub(crate) async fn undo(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let undone = state.simulations.undo(event, caller.user).await;
    state.public_events.forget(event);
    Ok(HttpResponse::Ok().json(undone?))
}

fn users(parameters: &Parameters) -> Result<u32, Problem> {
    let users = parameters.whole_number(USERS.name, USERS_DEFAULT.into(), SIMULATED_USERS_MAX.into())?;
    u32::try_from(users).map_err(|error| Problem::Internal(error.into()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_run_has_passed_if_all_promises_and_the_history_have() {
        let summary = |promise: bool, history: Value| {
            let mut report = json!({
                "rehearsal": false, "capacity": 10, "success_count": 10, "waitlisted_count": 990, "failed_count": 0,
                "duration_milliseconds": 1.0, "throughput_per_second": 1.0, "promises": [{ "passed": promise }],
            });
            if !history.is_null() {
                report["history"] = history;
            }
            ResultsBody::from(serde_json::from_value::<StoredReport>(report).unwrap()).passed
        };
        // Reports of an earlier version have no history.
        assert!(summary(true, Value::Null));
        assert_eq!(
            complete(json!({ "capacity": 1 })),
            json!({
                "capacity": 1, "history": null, "machine": null, "classic": null, "classic_missing": null,
                "stopped": false,
            })
        );
        assert!(summary(true, json!({ "passed": true })));
        assert!(!summary(true, json!({ "passed": false })));
        assert!(!summary(false, json!({ "passed": true })));
    }
}
