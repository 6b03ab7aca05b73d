//! Passes over heads of lines that have left free seats idle for too long, through the box office.
//!
//! A sweeper on every server finds them by the database's clock. The box office looks at each again under the lock, so
//! that several sweepers may send the same one.

use std::time::Duration;

use boxoffice::{BoxOffice, Unanswered};
use domain::commands::{Command, Done};
use repository::line_heads::{self, OverdueHead};
use repository::pools::Pool;

use crate::services::background::Pulse;

/// The interval of sweeps. Patience is counted in minutes.
const SWEEP_EVERY: Duration = Duration::from_secs(10);

/// Heads per lookup.
const PAGE: i64 = 1_000;

/// Passes heads of lines over. A handle.
#[derive(Clone)]
pub(crate) struct LineHeads {
    office: BoxOffice,
    pool: Pool,
}

impl LineHeads {
    /// Passes them over through this box office.
    pub(crate) fn new(office: BoxOffice, pool: Pool) -> Self {
        Self { office, pool }
    }

    /// Sweeps at intervals. Never returns.
    pub(crate) async fn keep_up(&self, pulse: &Pulse) {
        loop {
            match self.sweep(pulse).await {
                Ok(0) => {}
                Ok(passed) => tracing::info!(passed, "passed over heads of lines that left seats idle for too long"),
                Err(error) => tracing::warn!(%error, "could not look for heads of lines that leave seats idle"),
            }
            pulse.rest(SWEEP_EVERY).await;
        }
    }

    /// How many were passed over. One that could not be decided is left to the next sweep.
    async fn sweep(&self, pulse: &Pulse) -> Result<usize, repository::Error> {
        let mut passed = 0;
        let mut after: Option<OverdueHead> = None;
        loop {
            let found = self.pool.run(async |connection| line_heads::overdue(connection, after, PAGE).await).await?;
            after = found.last().copied();
            if after.is_none() {
                return Ok(passed);
            }
            for OverdueHead { event, registration, user, .. } in found {
                let answer = self.office.submit(event, Command::Pass { registration, user }).await;
                match answer.map(|answer| answer.decided.outcome) {
                    Ok(Ok(Done::PassedOver(true))) => passed += 1,
                    Ok(Ok(_)) | Err(Unanswered::NoSuchEvent) => {}
                    Ok(Err(refusal)) => tracing::warn!(%event, %refusal, "a head of a line could not be passed over"),
                    Err(error) => tracing::debug!(%event, ?error, "passing a head of a line over was not decided"),
                }
                pulse.beat().await;
            }
        }
    }
}
