//! Events, for the people who run them.

use std::sync::Arc;

use boxoffice::Answer;
use domain::commands::{Authority, Command, Done};
use domain::events::{Event, TicketedEvent};
use domain::ids::EventId;
use repository::presentations::{self, Presentation};
use repository::{AsyncPgConnection, tickets};

use crate::http::access::Caller;
use crate::http::extractors::ExpectedVersions;
use crate::http::problems::Problem;
use crate::state::State;

/// [`run_by`], with its tickets.
pub(crate) async fn run_with_tickets(state: &State, caller: Caller, id: EventId) -> Result<TicketedEvent, Problem> {
    let event = run_by(state, caller, id).await?;
    let tickets = state.pool.run(async |connection| tickets::of_event(connection, id).await).await?;
    Ok(TicketedEvent { event, tickets })
}

/// [`run_by`], with all that its body shows.
pub(crate) async fn run_to_show(
    state: &State,
    caller: Caller,
    id: EventId,
) -> Result<(TicketedEvent, Presentation), Problem> {
    let event = run_by(state, caller, id).await?;
    let read = async |connection: &mut AsyncPgConnection| {
        Ok((tickets::of_event(connection, id).await?, presentations::find(connection, &event).await?))
    };
    let (tickets, presentation) = state.pool.run(read).await?;
    Ok((TicketedEvent { event, tickets }, presentation))
}

/// The presentation of an event that the caller runs, and is about to change. After the change, nothing may fail any
/// more. An admin's answer has the organizer from before, if another one gets the event in the same moment.
pub(crate) async fn presentation_of(state: &State, caller: Caller, id: EventId) -> Result<Presentation, Problem> {
    let event = run_by(state, caller, id).await?;
    Ok(state.pool.run(async |connection| presentations::find(connection, &event).await).await?)
}

/// The event, if the caller runs it. Hidden copies for stress tests are nobody's.
pub(crate) async fn run_by(state: &State, caller: Caller, id: EventId) -> Result<Event, Problem> {
    let event = state.pool.run(async |connection| repository::events::find(connection, id).await).await?;
    let own = event.filter(|event| event.rehearsal_of.is_none() && caller.may_run_events_of(event.organizer));
    own.ok_or(Problem::NotFound("event"))
}

/// Refuses where there is no such event, for callers who see all of them. Hidden copies for stress tests are nobody's.
pub(crate) async fn must_exist(state: &State, id: EventId) -> Result<(), Problem> {
    let event = state.pool.run(async |connection| repository::events::find(connection, id).await).await?;
    event.filter(|event| event.rehearsal_of.is_none()).map(drop).ok_or(Problem::NotFound("event"))
}

/// The right by which the caller changes events. An organizer's ends when the event is handed over, also between
/// [`run_by`] and the decision.
pub(crate) fn authority_of(caller: Caller) -> Authority {
    if caller.may_run_any() { Authority::Any } else { Authority::Organizer }
}

/// Changes an event that the caller runs. Returns the event after.
pub(crate) async fn change(
    state: &State,
    caller: Caller,
    id: EventId,
    command: Command,
) -> Result<Arc<TicketedEvent>, Problem> {
    let (done, event) = decide(state, caller, id, command).await?;
    match done {
        Done::Changed(_) => Ok(event),
        other => Err(Problem::internal(format!("a change was answered with {other:?}"))),
    }
}

/// Sends a command about an event that the caller runs. Returns the answer, and the event after.
pub(crate) async fn decide(
    state: &State,
    caller: Caller,
    id: EventId,
    command: Command,
) -> Result<(Done, Arc<TicketedEvent>), Problem> {
    run_by(state, caller, id).await?;
    let submitted = state.office.submit_with(id, command, caller.user, authority_of(caller)).await;
    let Answer { decided, after, .. } = submitted?;
    state.public_events.forget(id);
    state.sales_figures.forget(id);
    match decided.outcome {
        Ok(done) => Ok((done, after)),
        Err(refusal) => {
            let may_run = |organizer| caller.may_run_events_of(organizer);
            Err(Problem::refused(refusal, &after, may_run))
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
) -> Result<Arc<TicketedEvent>, Problem> {
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
