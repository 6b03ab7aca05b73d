//! Events, for the people who run them.

use domain::commands::{Authority, Command, Decided, Done};
use domain::events::Event;
use domain::ids::EventId;

use crate::http::access::Caller;
use crate::http::extractors::ExpectedVersions;
use crate::http::problems::Problem;
use crate::state::State;

/// The event, if the caller runs it. Hidden copies for stress tests are nobody's.
pub(crate) async fn run_by(state: &State, caller: Caller, id: EventId) -> Result<Event, Problem> {
    let event = state.pool.run(async |connection| repository::events::find(connection, id).await).await?;
    let own = event.filter(|event| event.rehearsal_of.is_none() && caller.may_run_events_of(event.organizer));
    own.ok_or(Problem::NotFound("event"))
}

/// The right by which the caller changes events. An organizer's ends when the event is handed over, also between
/// [`run_by`] and the decision.
pub(crate) fn authority_of(caller: Caller) -> Authority {
    if caller.may_run_any() { Authority::Any } else { Authority::Organizer }
}

/// Changes an event that the caller runs. Returns the event after.
pub(crate) async fn change(state: &State, caller: Caller, id: EventId, command: Command) -> Result<Event, Problem> {
    run_by(state, caller, id).await?;
    let submitted = state.office.submit_with(id, command, caller.user, authority_of(caller)).await;
    let Decided { outcome, event_status, .. } = submitted?.decided;
    state.public_events.forget(id);
    state.sales_figures.forget(id);
    match outcome {
        Ok(Done::Changed(event)) => Ok(*event),
        Ok(other) => Err(Problem::internal(format!("a change was answered with {other:?}"))),
        Err(refusal) => {
            let may_run = |organizer| caller.may_run_events_of(organizer);
            Err(Problem::refused(refusal, id, event_status, may_run))
        }
    }
}

/// [`change`], if the caller has seen the event's present version. `command` makes the command that expects a version.
pub(crate) async fn change_seen(
    state: &State,
    caller: Caller,
    id: EventId,
    expected: &ExpectedVersions,
    command: impl Fn(Option<i64>) -> Command,
) -> Result<Event, Problem> {
    let mut expected_version = expected.newest();
    loop {
        match change(state, caller, id, command(expected_version)).await {
            // The caller has seen the current version, too. Versions only rise, so this ends with the last one.
            Err(Problem::EditConflict { current_version }) if expected.names(current_version) => {
                expected_version = Some(current_version);
            }
            outcome => return outcome,
        }
    }
}
