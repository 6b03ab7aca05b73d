//! Cancels the bookings of deactivated accounts, through the box office.
//!
//! The deactivation commits first, and the cancellations follow. A sweeper on every server finds bookings that are
//! left: after a crash in between, at a busy event, or from a server that did not know of the deactivation yet. A
//! cancellation names the registration, so several sweepers may repeat the same one.
//!
//! An account that is erased is deactivated, too. Until its bookings are cancelled, something may still be written
//! about its person: the reason of a removal, or the key of a request that came before. The sweeper erases that as
//! well.

use std::time::Duration;

use boxoffice::{BoxOffice, Unanswered};
use domain::commands::{Command, Refusal};
use domain::ids::{RegistrationId, UserId};
use futures_util::{StreamExt, stream};
use repository::pools::Pool;
use repository::registrations::{self, ActiveRegistration, Deactivated};
use repository::{AsyncPgConnection, own_accounts};
use tokio::time::MissedTickBehavior;

use crate::services::access_list::EFFECTIVE_WITHIN;
use crate::services::background::Pulse;

/// The interval of sweeps for recently deactivated accounts.
const SWEEP_EVERY: Duration = Duration::from_secs(2);

/// The shortest time for which an account counts as recently deactivated. Most events stay busy for less.
const LATELY_MIN: Duration = Duration::from_secs(300);

/// The sweeps between two full ones, which look at all deactivated accounts. Those may be many, so minutes pass in
/// between. The first sweep is a full one.
const SWEEPS_BETWEEN_FULL_ONES: u32 = 150;

/// The same, after a full sweep that left bookings.
const SWEEPS_BEFORE_ANOTHER_FULL_ONE: u32 = 15;

/// Registrations per lookup.
const PAGE: i64 = 500;

/// Erased people per lookup.
const ERASED_PAGE: i64 = 100;

/// Cancellations in flight at once. Few, because buyers come first.
const AT_ONCE: usize = 16;

/// The longest wait for cancellations in the request that deactivates an account.
const PATIENCE: Duration = Duration::from_secs(3);

/// Cancels bookings of deactivated accounts. A handle.
#[derive(Clone)]
pub(crate) struct Releases {
    office: BoxOffice,
    pool: Pool,
    /// The time for which an account counts as recently deactivated. A booking that was admitted before every server
    /// knew of it is decided within this time.
    lately_seconds: i32,
}

/// The result of one run.
#[derive(Debug, Default)]
struct Released {
    given_up: usize,
    /// Cancellations without a decision, left to the next sweep.
    left: usize,
}

impl Releases {
    /// Cancels through this box office, which decides a booking within `decided_within` of its admission.
    pub(crate) fn new(office: BoxOffice, pool: Pool, decided_within: Duration) -> Self {
        let lately = LATELY_MIN.max(EFFECTIVE_WITHIN + decided_within).as_secs();
        Self { office, pool, lately_seconds: i32::try_from(lately).unwrap_or(i32::MAX) }
    }

    /// Cancels the bookings of a deactivated account, as many as it can within [`PATIENCE`]. The sweeper cancels the
    /// rest. The audit names `by`.
    pub(crate) async fn release(&self, user: UserId, by: UserId) {
        // A timeout undoes nothing: the box office decides every command that it has taken.
        let released = tokio::time::timeout(PATIENCE, self.release_all(Deactivated::This(user), Some(by), None));
        match released.await {
            Ok(Ok(Released { left: 0, .. })) => {}
            Ok(Ok(Released { left, .. })) => {
                tracing::warn!(%user, left, "could not cancel all bookings of a deactivated account yet")
            }
            Ok(Err(error)) => {
                tracing::warn!(%user, %error, "could not cancel all bookings of a deactivated account yet")
            }
            Err(_) => tracing::warn!(%user, "bookings of a deactivated account are still being cancelled"),
        }
    }

    /// Sweeps at intervals. Never returns.
    pub(crate) async fn keep_up(&self, pulse: &Pulse) {
        let mut ticks = tokio::time::interval(SWEEP_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut sweeps_left = 0_u32;
        let mut is_late = false;
        loop {
            ticks.tick().await;
            let whose = if sweeps_left == 0 { Deactivated::All } else { Deactivated::Within(self.lately_seconds) };
            let swept = self.release_all(whose, None, Some(pulse)).await;
            let is_done = matches!(swept, Ok(Released { left: 0, .. }));
            match swept {
                Ok(Released { given_up, left }) if given_up + left > 0 => {
                    tracing::info!(given_up, left, "cancelled bookings of deactivated accounts");
                }
                Err(error) if !is_late => tracing::warn!(%error, "could not look for bookings of deactivated accounts"),
                _ => {}
            }
            let cleared = self.clear_erased(pulse).await;
            if let Err(error) = &cleared
                && !is_late
            {
                tracing::warn!(%error, "could not erase what was written about erased accounts");
            }
            let is_done = is_done && cleared.is_ok();
            is_late = !is_done;
            sweeps_left = match sweeps_left {
                0 if is_done => SWEEPS_BETWEEN_FULL_ONES,
                0 => SWEEPS_BEFORE_ANOTHER_FULL_ONE,
                left => left - 1,
            };
            pulse.beat().await;
        }
    }

    /// Erases what was written about erased people since.
    async fn clear_erased(&self, pulse: &Pulse) -> Result<(), repository::Error> {
        let (quiet, mut after) = (self.lately_seconds, None);
        loop {
            let clear = async |connection: &mut AsyncPgConnection| {
                own_accounts::clear_erased(connection, quiet, after, ERASED_PAGE).await
            };
            after = self.pool.run(clear).await?;
            if after.is_none() {
                return Ok(());
            }
            pulse.beat().await;
        }
    }

    /// A sweep may be long, so it shows a sign of life at each answer.
    async fn release_all(
        &self,
        whose: Deactivated,
        by: Option<UserId>,
        pulse: Option<&Pulse>,
    ) -> Result<Released, repository::Error> {
        let mut released = Released::default();
        let mut after: Option<RegistrationId> = None;
        loop {
            let found = self
                .pool
                .run(async |connection| registrations::active_of_deactivated(connection, whose, after, PAGE).await)
                .await?;
            let Some(last) = found.last() else { return Ok(released) };
            // Failed ones are skipped as well, so that a stuck event does not delay others.
            after = Some(last.registration);
            let mut outcomes = stream::iter(found).map(|held| self.release_one(held, by)).buffer_unordered(AT_ONCE);
            while let Some(outcome) = outcomes.next().await {
                match outcome {
                    Ok(true) => released.given_up += 1,
                    Ok(false) | Err(_) => released.left += 1,
                }
                if let Some(pulse) = pulse {
                    pulse.beat().await;
                }
            }
        }
    }

    /// Whether nothing is left to do: it is cancelled, or its event has been cancelled or has ended meanwhile. Any
    /// other refusal leaves it to the next sweep, such as that of an admin whose account is gone.
    async fn release_one(&self, held: ActiveRegistration, by: Option<UserId>) -> Result<bool, Unanswered> {
        let ActiveRegistration { event, registration, user } = held;
        let command = Command::Release { registration, user };
        let answer = match by {
            Some(by) => self.office.submit_by(event, command, by).await?,
            None => self.office.submit(event, command).await?,
        };
        use Refusal::{EventCancelled, EventEnded, NoSuchRegistration};
        Ok(matches!(answer.decided.outcome, Ok(_) | Err(EventCancelled | EventEnded | NoSuchRegistration)))
    }
}
