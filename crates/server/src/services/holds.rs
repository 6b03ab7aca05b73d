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
use tokio::time::Instant;

use crate::services::background::Pulse;

/// The longest pause between two sweeps, for holds that became due lately.
const PAUSE_MAX: Duration = Duration::from_secs(2);

/// The shortest one. The next sweep is due with the next hold, but people's deadlines differ by moments.
const PAUSE_MIN: Duration = Duration::from_millis(500);

/// How far back such a sweep looks, in seconds. Whatever is older was due while no server ran, or could not be decided
/// for so long: the full sweeps find it.
const LATELY_SECONDS: i32 = 300;

/// The interval of full sweeps. The first sweep is a full one.
const FULL_SWEEP_EVERY: Duration = Duration::from_secs(300);

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

    /// Sweeps whenever a hold becomes due, and at intervals. Never returns.
    pub(crate) async fn keep_up(&self, pulse: &Pulse) {
        let mut full_sweep_at = Instant::now();
        let mut is_late = false;
        loop {
            let is_full = is_late || Instant::now() >= full_sweep_at;
            let swept = self.sweep(if is_full { Due::All } else { Due::Within(LATELY_SECONDS) }, pulse).await;
            match &swept {
                Ok(Swept { lapsed, left }) if lapsed + left > 0 => {
                    tracing::info!(lapsed, left, "let holds lapse that were not paid in time");
                }
                Err(error) if !is_late => tracing::warn!(%error, "could not look for holds that are due"),
                _ => {}
            }
            // What could not be decided is looked for again in the next sweep.
            is_late = !matches!(swept, Ok(Swept { left: 0, .. }));
            if is_full && !is_late {
                full_sweep_at = Instant::now() + FULL_SWEEP_EVERY;
            }
            pulse.beat().await;
            tokio::time::sleep(if is_late { PAUSE_MAX } else { self.pause().await }).await;
        }
    }

    /// How long to wait for the next hold that becomes due. Others may get their deadlines meanwhile.
    async fn pause(&self) -> Duration {
        let next = self.pool.run(registrations::next_due).await;
        next.ok().flatten().map_or(PAUSE_MAX, |next| next.clamp(PAUSE_MIN, PAUSE_MAX))
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
