//! Lets holds lapse that are due, through the box office.
//!
//! A sweeper on every server finds them by the database's clock and sends their ids. The box office looks at each again
//! under the lock, so that several sweepers may send the same ones, and a payment that came first stands.

use std::collections::BTreeMap;
use std::time::Duration;

use boxoffice::{BoxOffice, Unanswered};
use domain::commands::{Command, Done};
use domain::ids::{EventId, RegistrationId};
use domain::limits::LAPSES_PER_ORDER_MAX;
use futures_util::{StreamExt, stream};
use repository::pools::Pool;
use repository::registrations::{self, Due, DueHold};
use tokio::time::MissedTickBehavior;

use crate::services::background::Pulse;

/// The interval of sweeps for holds that became due lately.
const SWEEP_EVERY: Duration = Duration::from_secs(2);

/// How far back such a sweep looks, in seconds. Whatever is older was due while no server ran, or could not be decided
/// for so long: the full sweeps find it.
const LATELY_SECONDS: i32 = 300;

/// The sweeps between two full ones, so that they are five minutes apart. The first sweep is a full one.
const SWEEPS_BETWEEN_FULL_ONES: u32 = 150;

/// Holds per lookup.
const PAGE: i64 = 10_000;

/// Events whose holds lapse at once. Each has one order in flight. Few, because buyers come first.
const EVENTS_AT_ONCE: usize = 8;

/// Lets holds lapse. A handle.
#[derive(Clone)]
pub(crate) struct Holds {
    office: BoxOffice,
    pool: Pool,
}

/// The result of one sweep.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Swept {
    lapsed: usize,
    /// Orders without a decision, left to the next sweep.
    left: usize,
}

impl Holds {
    /// Lets holds lapse through this box office.
    pub(crate) fn new(office: BoxOffice, pool: Pool) -> Self {
        Self { office, pool }
    }

    /// Sweeps at intervals. Never returns.
    pub(crate) async fn keep_up(&self, pulse: &Pulse) {
        let mut ticks = tokio::time::interval(SWEEP_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut sweeps_left = 0_u32;
        let mut is_late = false;
        loop {
            ticks.tick().await;
            let which = if sweeps_left == 0 { Due::All } else { Due::Within(LATELY_SECONDS) };
            let swept = self.sweep(which, pulse).await;
            match &swept {
                Ok(Swept { lapsed, left }) if lapsed + left > 0 => {
                    tracing::info!(lapsed, left, "let holds lapse that were not paid in time");
                }
                Err(error) if !is_late => tracing::warn!(%error, "could not look for holds that are due"),
                _ => {}
            }
            is_late = !matches!(swept, Ok(Swept { left: 0, .. }));
            sweeps_left = match sweeps_left {
                // What could not be decided is looked for again at once.
                _ if is_late => 0,
                0 => SWEEPS_BETWEEN_FULL_ONES,
                left => left - 1,
            };
            pulse.beat().await;
        }
    }

    async fn sweep(&self, which: Due, pulse: &Pulse) -> Result<Swept, repository::Error> {
        let mut swept = Swept::default();
        let mut after: Option<DueHold> = None;
        loop {
            let found =
                self.pool.run(async |connection| registrations::due(connection, which, after, PAGE).await).await?;
            // Failed ones are skipped as well, so that a stuck event does not delay others.
            after = found.last().copied();
            if after.is_none() {
                return Ok(swept);
            }
            let mut by_event: BTreeMap<EventId, Vec<RegistrationId>> = BTreeMap::new();
            for DueHold { event, registration, .. } in found {
                by_event.entry(event).or_default().push(registration);
            }
            let mut events = stream::iter(by_event)
                .map(|(event, due)| self.lapse_at(event, due, pulse))
                .buffer_unordered(EVENTS_AT_ONCE);
            while let Some(Swept { lapsed, left }) = events.next().await {
                swept.lapsed += lapsed;
                swept.left += left;
            }
        }
    }

    /// Lets these holds of one event lapse, one order after the other. A sweep may be long, so it shows a sign of life
    /// at each answer.
    async fn lapse_at(&self, event: EventId, due: Vec<RegistrationId>, pulse: &Pulse) -> Swept {
        let mut swept = Swept::default();
        for some in due.chunks(LAPSES_PER_ORDER_MAX) {
            let answer = self.office.submit(event, Command::Lapse { registrations: some.to_vec() }).await;
            match answer.map(|answer| answer.decided.outcome) {
                Ok(Ok(Done::Lapsed(lapsed))) => swept.lapsed += lapsed,
                Err(Unanswered::NoSuchEvent) => {}
                Ok(_) | Err(_) => {
                    // A busy event must not keep the holds of others. The next sweep comes in a moment.
                    swept.left += 1;
                    return swept;
                }
            }
            pulse.beat().await;
        }
        swept
    }
}
