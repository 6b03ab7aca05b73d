//! The undo of a stress test: simulated registrations are removed, and hidden copies deleted.

use std::time::{Duration, Instant};

use domain::commands::{Command, Done};
use domain::ids::{EventId, UserId};
use repository::rehearsals;
use serde::Serialize;
use utoipa::ToSchema;

use super::claims::Claim;
use super::{SimulationError, Simulations};
use crate::answers::Unanswered;

/// How many simulated registrations one transaction removes, which locks the event for some hundred milliseconds.
const UNDO_CHUNK: usize = 5_000;

/// How long an undo waits for another undo, or for a clean-up, which uses an event for one transaction. It is also the
/// time that PostgreSQL has to notice that the server of a lost stress test is gone.
const CLAIM_PATIENCE: Duration = Duration::from_secs(5);

/// How often it tries.
const CLAIM_AGAIN_EVERY: Duration = Duration::from_millis(50);

/// The result of an undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Undone {
    /// Simulated registrations of the event itself that were removed.
    pub removed: usize,
    /// Hidden copies that were deleted.
    pub rehearsals_removed: usize,
}

impl Simulations {
    /// Removes the simulated registrations of the event, and deletes its hidden copies. `by` is the admin, for the
    /// audit log.
    pub async fn undo(&self, event: EventId, by: UserId) -> Result<Undone, SimulationError> {
        let this = self.clone();
        self.run_to_end(async move || this.remove_all(event, by).await).await
    }

    async fn remove_all(&self, event: EventId, by: UserId) -> Result<Undone, SimulationError> {
        self.find(event).await?;
        // Each undo has a session outside of the pools.
        let turn = tokio::time::timeout(CLAIM_PATIENCE, self.undoing.acquire()).await;
        let _turn = turn.ok().and_then(Result::ok).ok_or(SimulationError::Running)?;
        let mut claim = Claim::open(&self.runtime, &self.database_url).await?;
        self.claim_once_free(&mut claim, event).await?;
        let undone = async {
            let removed = self.remove_simulated(event, Some(by)).await?;
            let rehearsals_removed = self.remove_copies(&mut claim, Some(event)).await?;
            Ok(Undone { removed, rehearsals_removed })
        }
        .await;
        claim.release().await;
        undone
    }

    /// Claims the event as soon as another undo or a clean-up is done with it. A stress test is not waited for.
    async fn claim_once_free(&self, claim: &mut Claim, event: EventId) -> Result<(), SimulationError> {
        let began = Instant::now();
        while !claim.take(event).await? {
            if self.is_in_use(event).await? || began.elapsed() > CLAIM_PATIENCE {
                return Err(SimulationError::Running);
            }
            tokio::time::sleep(CLAIM_AGAIN_EVERY).await;
        }
        Ok(())
    }

    /// Deletes the copy. If that fails, [`Simulations::clean_up`] does it later.
    pub(super) async fn close_copy(&self, copy: EventId) {
        if let Err(error) = self.remove_copy(copy).await {
            tracing::warn!(%error, %copy, "could not delete the copy of a stress test");
        }
    }

    pub(super) async fn remove_simulated(&self, event: EventId, by: Option<UserId>) -> Result<usize, SimulationError> {
        let mut all = 0;
        loop {
            let (removed, finished) = self.remove_chunk(event, UNDO_CHUNK, by).await?;
            all += removed;
            if finished {
                return Ok(all);
            }
        }
    }

    /// Removes that many simulated registrations. Returns how many it was, and whether the test is over: none is left.
    pub(super) async fn remove_chunk(
        &self,
        event: EventId,
        at_most: usize,
        by: Option<UserId>,
    ) -> Result<(usize, bool), SimulationError> {
        let undo = Command::UndoSimulation { at_most };
        let answer = match by {
            Some(by) => self.office.submit_by(event, undo, by).await?,
            None => self.office.submit(event, undo).await?,
        };
        match answer.decided.outcome {
            Ok(Done::SimulationUndone { removed, finished }) => Ok((removed, finished)),
            // No other answer is possible. If it were, nothing would be known about the event.
            Ok(_) => Err(Unanswered::Failed.into()),
            Err(refusal) => Err(SimulationError::Refused(refusal)),
        }
    }

    pub(super) async fn remove_copies(&self, claim: &mut Claim, of: Option<EventId>) -> Result<usize, SimulationError> {
        let copies = self.pool.run(async |connection| rehearsals::list(connection, of).await).await?;
        let mut removed = 0;
        for copy in copies {
            if claim.take(copy).await? {
                self.remove_copy(copy).await?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    async fn remove_copy(&self, copy: EventId) -> Result<(), SimulationError> {
        match self.remove_simulated(copy, None).await {
            Ok(_) => {}
            Err(SimulationError::Unanswered(Unanswered::NoSuchEvent)) => return Ok(()),
            Err(error) => return Err(error),
        }
        Ok(self.pool.run(async |connection| rehearsals::delete(connection, copy).await).await?)
    }
}
