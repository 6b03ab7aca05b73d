//! Places of people who were deactivated: given up, through the box office.
//!
//! The deactivation commits first, and then its person's places are given up. What that leaves - a crash in between, an
//! event that was busy, a booking that another server let in because it had not heard yet - is found by a sweeper, which
//! every server runs. Giving up is by the registration's id, so that any number of them may do it at once.

use std::time::Duration;

use boxoffice::{BoxOffice, Unanswered};
use domain::commands::Command;
use domain::ids::{RegistrationId, UserId};
use futures_util::{StreamExt, stream};
use repository::pools::Pool;
use repository::registrations::{self, ActiveRegistration, Deactivated};
use tokio::time::MissedTickBehavior;

/// How often places of those who were deactivated lately are looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(2);

/// What is lately: longer than a booking that was let in just before may take to be decided, and than most events stay
/// busy.
const LATELY_SECONDS: i32 = 300;

/// Every so many sweeps all who are deactivated are looked at, the first time at start: some minutes apart, since there
/// may be many of them.
const SWEEPS_BETWEEN_FULL_ONES: u32 = 150;

/// And so many after one that left something.
const SWEEPS_BEFORE_ANOTHER_FULL_ONE: u32 = 15;

/// Registrations that are looked up at once.
const PAGE: i64 = 500;

/// Give-ups in flight at once: few, beside those who buy.
const AT_ONCE: usize = 16;

/// For how long whoever deactivates somebody waits for that person's places to be given up.
const PATIENCE: Duration = Duration::from_secs(3);

/// Gives up what must not stand. A handle.
#[derive(Clone)]
pub(crate) struct Releases {
    office: BoxOffice,
    pool: Pool,
}

/// What came of it.
#[derive(Debug, Default)]
struct Released {
    given_up: usize,
    /// Not decided: for the next sweep.
    left: usize,
}

impl Releases {
    /// Through this box office.
    pub(crate) fn new(office: BoxOffice, pool: Pool) -> Self {
        Self { office, pool }
    }

    /// Gives up the places of somebody who is deactivated, as far as that can be done within some seconds; `by` is
    /// answerable. The sweeper does the rest.
    pub(crate) async fn release(&self, user: UserId, by: UserId) {
        // What the box office has been asked is decided all the same.
        let released = tokio::time::timeout(PATIENCE, self.release_all(Deactivated::This(user), Some(by)));
        match released.await {
            Ok(Ok(Released { left: 0, .. })) => {}
            Ok(Ok(Released { left, .. })) => tracing::warn!(%user, left, "places are still to be given up"),
            Ok(Err(error)) => tracing::warn!(%user, %error, "places are still to be given up"),
            Err(_) => tracing::warn!(%user, "places are still being given up"),
        }
    }

    /// Looks for what stands and must not, again and again. Never ends.
    pub(crate) async fn keep_up(&self) {
        let mut ticks = tokio::time::interval(SWEEP_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut sweeps_left = 0_u32;
        let mut is_late = false;
        loop {
            ticks.tick().await;
            let whose = if sweeps_left == 0 { Deactivated::All } else { Deactivated::Within(LATELY_SECONDS) };
            let swept = self.release_all(whose, None).await;
            let is_done = matches!(swept, Ok(Released { left: 0, .. }));
            match swept {
                Ok(Released { given_up, left }) if given_up + left > 0 => {
                    tracing::info!(given_up, left, "places of deactivated people were found");
                }
                Err(error) if !is_late => tracing::warn!(%error, "places of deactivated people cannot be looked for"),
                _ => {}
            }
            is_late = !is_done;
            sweeps_left = match sweeps_left {
                0 if is_done => SWEEPS_BETWEEN_FULL_ONES,
                0 => SWEEPS_BEFORE_ANOTHER_FULL_ONE,
                left => left - 1,
            };
        }
    }

    async fn release_all(&self, whose: Deactivated, by: Option<UserId>) -> Result<Released, repository::Error> {
        let mut released = Released::default();
        let mut after: Option<RegistrationId> = None;
        loop {
            let found = self
                .pool
                .run(async |connection| registrations::active_of_deactivated(connection, whose, after, PAGE).await)
                .await?;
            let Some(last) = found.last() else { return Ok(released) };
            // Past what could not be given up, too: one event that is stuck keeps no others waiting.
            after = Some(last.registration);
            let mut outcomes = stream::iter(found).map(|held| self.give_up(held, by)).buffer_unordered(AT_ONCE);
            while let Some(outcome) = outcomes.next().await {
                match outcome {
                    Ok(()) => released.given_up += 1,
                    Err(_) => released.left += 1,
                }
            }
        }
    }

    /// A refusal is an end, too: the event has been cancelled or has ended in between.
    async fn give_up(&self, held: ActiveRegistration, by: Option<UserId>) -> Result<(), Unanswered> {
        let ActiveRegistration { event, registration, user } = held;
        let command = Command::GiveUp { registration, user };
        match by {
            Some(by) => self.office.submit_by(event, command, by).await?,
            None => self.office.submit(event, command).await?,
        };
        Ok(())
    }
}
