//! Events, for the people who run them.

use domain::events::Event;
use domain::ids::EventId;

use crate::http::access::Caller;
use crate::http::problems::Problem;
use crate::state::State;

/// The event, if the caller runs it. Hidden copies for stress tests are nobody's.
pub(crate) async fn run_by(state: &State, caller: Caller, id: EventId) -> Result<Event, Problem> {
    let event = state.pool.run(async |connection| repository::events::find(connection, id).await).await?;
    let own = event.filter(|event| event.rehearsal_of.is_none() && caller.may_run_events_of(event.organizer));
    own.ok_or(Problem::NotFound("event"))
}
