//! What lost stress tests have left: hidden copies, and events that are closed to real people.

use std::time::Duration;

use domain::events::Event;
use domain::ids::EventId;
use repository::events;
use repository::simulations::{self, State};

use super::claims::Claim;
use super::{SimulationError, Simulations};

/// How often an event is tried to be opened again, until the database answers.
const REOPEN_EVERY: Duration = Duration::from_millis(500);

/// What a clean-up found of lost stress tests.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Leftovers {
    /// Hidden copies that it deleted.
    pub copies_removed: usize,
    /// Events that it opened to real people again: their tests had not come to a first registration.
    pub reopened: Vec<EventId>,
    /// Events that stay under test, with simulated registrations, until an admin undoes the test.
    pub under_test: Vec<EventId>,
}

impl Simulations {
    /// Deletes hidden copies that a crash of any server has left, opens events whose tests were lost at their
    /// beginning, and finds those that are still under test. Traces of a running stress test stay.
    pub async fn clean_up(&self) -> Result<Leftovers, SimulationError> {
        let mut claim = Claim::open(&self.runtime, &self.database_url).await?;
        let copies_removed = self.remove_copies(&mut claim, None).await?;
        let mut leftovers = Leftovers { copies_removed, ..Leftovers::default() };
        for event in self.pool.run(async |connection| events::list_under_test(connection).await).await? {
            match self.reopen(event).await? {
                Reopened::Yes => leftovers.reopened.push(event),
                Reopened::HasRegistrations if !self.is_in_use(event).await? => leftovers.under_test.push(event),
                Reopened::HasRegistrations | Reopened::NotUnderTest | Reopened::InUse => {}
            }
        }
        Ok(leftovers)
    }

    /// Opens an event to real people again if its stress test is gone before its first registration. If the database
    /// does not answer, that goes on beside the caller, until it is done or this process stops. After a crash any
    /// server's clean-up does it.
    pub(super) async fn reopen_or_later(&self, event: EventId) {
        match self.reopen_held(event).await {
            Ok(_) => return,
            Err(error) => tracing::warn!(%error, %event, "could not open the event of a lost stress test yet"),
        }
        let this = self.clone();
        self.spawn(async move || {
            loop {
                tokio::time::sleep(REOPEN_EVERY).await;
                // The claim of the lost test may last until PostgreSQL notices that its session is gone.
                if let Ok(reopened @ (Reopened::Yes | Reopened::HasRegistrations | Reopened::NotUnderTest)) =
                    this.claim_and_reopen(event).await
                {
                    tracing::info!(%event, ?reopened, "looked after the event of a lost stress test");
                    return;
                }
            }
        });
    }

    /// [`Simulations::claim_and_reopen`], if that may be of use. An undo would have to wait for the claim.
    async fn reopen(&self, event: EventId) -> Result<Reopened, SimulationError> {
        match self.left_at(event).await? {
            Left::Empty => self.claim_and_reopen(event).await,
            Left::Registrations => Ok(Reopened::HasRegistrations),
            Left::Nothing => Ok(Reopened::NotUnderTest),
        }
    }

    /// [`Simulations::reopen_held`], unless a stress test of the event is running.
    async fn claim_and_reopen(&self, event: EventId) -> Result<Reopened, SimulationError> {
        let mut claim = Claim::open(&self.runtime, &self.database_url).await?;
        if !claim.take(event).await? {
            return Ok(Reopened::InUse);
        }
        let reopened = self.reopen_held(event).await;
        claim.release().await;
        reopened
    }

    /// Ends the test of an event without registrations. The caller has claimed the event, so that nobody else books it
    /// or tests it meanwhile.
    ///
    /// This is a command even if the event is not under test: the test may be about to begin, by a commit whose outcome
    /// nobody knows, and only the event's lock waits for that one.
    async fn reopen_held(&self, event: EventId) -> Result<Reopened, SimulationError> {
        let left = self.left_at(event).await?;
        if matches!(left, Left::Registrations) {
            return Ok(Reopened::HasRegistrations);
        }
        // Simulated registrations that have come meanwhile stay, and their test goes on.
        let (_, finished) = self.remove_chunk(event, 0, None).await?;
        Ok(match left {
            _ if !finished => Reopened::HasRegistrations,
            Left::Nothing => Reopened::NotUnderTest,
            _ => Reopened::Yes,
        })
    }

    async fn left_at(&self, event: EventId) -> Result<Left, SimulationError> {
        let found = self.pool.run(async |connection| events::find(connection, event).await).await?;
        Ok(match found.filter(Event::is_under_test) {
            Some(found) if found.seats.are_unused() => Left::Empty,
            Some(_) => Left::Registrations,
            None => Left::Nothing,
        })
    }

    /// Whether a stress test of the event is running. This asks for the test's own mark, so as not to be in the way of
    /// an undo.
    pub(super) async fn is_in_use(&self, event: EventId) -> Result<bool, SimulationError> {
        let latest = self.pool.run(async |connection| simulations::latest(connection, event).await).await?;
        Ok(latest.is_some_and(|latest| latest.state == State::Running))
    }
}

/// What a stress test has left at an event.
enum Left {
    /// It is not under test.
    Nothing,
    /// It is under test, without registrations.
    Empty,
    /// It is under test, with simulated registrations.
    Registrations,
}

#[derive(Debug)]
enum Reopened {
    Yes,
    HasRegistrations,
    NotUnderTest,
    /// A stress test is running, or its session has not ended yet.
    InUse,
}
