//! Feeds the streams, by two loops: one reads the watched events several times a second, and one publishes changes.

use std::cell::Cell;
use std::collections::HashSet;
use std::time::{Duration, Instant};

use domain::ids::EventId;
use repository::pools::Pool;
use repository::tallies::{self, Tally};

use super::hub::Hub;
use super::seen::Seen;
use crate::services::background::Pulse;

/// The interval of reads, while they are quick.
const READ_EVERY: Duration = Duration::from_millis(200);

/// The interval of reads for events that are not public: drafts that another server may publish.
const READ_GONE_EVERY: Duration = Duration::from_secs(2);

/// The pause after a read, as a multiple of its duration, so that reads do not keep a slow database busy.
const REST: u32 = 3;

/// The longest pause.
const REST_MAX: Duration = Duration::from_secs(2);

/// The pause between reads of newly watched events. Clients that arrive together share one read.
const READ_AGAIN: Duration = Duration::from_millis(20);

/// Events per statement.
const CHUNK: usize = 1_000;

/// The time limit of a statement. Also that of getting a connection while the database is available.
const READ_TIMEOUT: Duration = Duration::from_secs(5);

/// The time limit of getting a connection while the database is away. Each attempt opens a new one. The pool by itself
/// would do so at ever longer intervals.
const AWAY_PATIENCE: Duration = Duration::from_millis(500);

/// The pause after a failed attempt.
const AWAY_PAUSE: Duration = Duration::from_millis(100);

/// The time between two signs of life while there is nothing to do.
const IDLE_BEAT: Duration = Duration::from_secs(1);

/// A loop that has not come to the end of a round for this long hangs.
pub(crate) const STALL_AFTER: Duration = Duration::from_secs(30);

// A round reads a chunk of all watched events and a chunk of newly watched ones, and rests.
const _: () = assert!(2 * (2 * READ_TIMEOUT.as_millis() + REST_MAX.as_millis()) <= STALL_AFTER.as_millis());

/// Publishes what changes. Never returns.
pub(crate) async fn publish(hub: &Hub, pulse: &Pulse) {
    // The loop before this one may have lost some.
    hub.publish_all_again();
    loop {
        let due = hub.publish(Instant::now());
        let idle = Instant::now() + IDLE_BEAT;
        tokio::select! {
            () = hub.news.notified() => {}
            () = tokio::time::sleep_until(due.map_or(idle, |due| due.min(idle)).into()) => {}
        }
        pulse.beat().await;
    }
}

/// Reads what changes. Never returns.
pub(crate) async fn read(hub: &Hub, pool: &Pool, pulse: &Pulse) {
    let mut is_away = false;
    let mut gone_read_at = Instant::now();
    loop {
        pulse.beat().await;
        if hub.is_idle() {
            let _ = tokio::time::timeout(IDLE_BEAT, hub.wanted.notified()).await;
            continue;
        }
        // The read of all watched events includes these.
        hub.take_unknown();
        let mut watched = hub.watched();
        let began = Instant::now();
        if began - gone_read_at >= READ_GONE_EVERY {
            gone_read_at = began;
            watched.append(&mut hub.gone());
        }
        let patience = if is_away { AWAY_PATIENCE } else { READ_TIMEOUT };
        match read_all(hub, pool, &watched, patience, pulse).await {
            Ok(()) if is_away => tracing::info!("reading changes for live updates works again"),
            Ok(()) => {}
            Err(error) => {
                if !is_away {
                    tracing::warn!(%error, "could not read other servers' changes for live updates");
                }
                is_away = true;
                tokio::time::sleep(AWAY_PAUSE).await;
                continue;
            }
        }
        is_away = false;
        let took = began.elapsed();
        let next = began + took + (took * REST).clamp(READ_EVERY.saturating_sub(took), REST_MAX);
        rest(hub, pool, next, pulse).await;
    }
}

/// Waits until `next`. Only newly watched events are read meanwhile.
async fn rest(hub: &Hub, pool: &Pool, next: Instant, pulse: &Pulse) {
    loop {
        pulse.beat().await;
        tokio::select! {
            () = tokio::time::sleep_until(next.into()) => return,
            () = hub.wanted.notified() => {}
        }
        let unknown = hub.take_unknown();
        // The next read of all events includes these. It fails too then, and logs the error.
        if !unknown.is_empty() && read_all(hub, pool, &unknown, READ_TIMEOUT, pulse).await.is_err() {
            return;
        }
        tokio::time::sleep(READ_AGAIN).await;
    }
}

/// Many events take several statements, so each is a sign of life.
async fn read_all(
    hub: &Hub,
    pool: &Pool,
    events: &[EventId],
    patience: Duration,
    pulse: &Pulse,
) -> Result<(), repository::Error> {
    for chunk in events.chunks(CHUNK) {
        let Found { public, hidden, missing } = read_chunk(pool, chunk, patience).await?;
        for tally in public {
            hub.learn(tally.id, Seen::Shown(tally));
        }
        for id in hidden {
            hub.learn(id, Seen::Gone);
        }
        if !missing.is_empty() {
            hub.let_go(&missing);
        }
        pulse.beat().await;
    }
    Ok(())
}

/// What became of some ids.
struct Found {
    public: Vec<Tally>,
    /// Events that are not public.
    hidden: Vec<EventId>,
    /// Ids without an event.
    missing: Vec<EventId>,
}

async fn read_chunk(pool: &Pool, ids: &[EventId], patience: Duration) -> Result<Found, repository::Error> {
    let has_connection = Cell::new(false);
    let reading = pool.run_within(READ_TIMEOUT, async |connection| {
        has_connection.set(true);
        let public = tallies::list_public(connection, ids).await?;
        let shown: HashSet<EventId> = public.iter().map(|tally| tally.id).collect();
        let others: Vec<EventId> = ids.iter().copied().filter(|id| !shown.contains(id)).collect();
        if others.is_empty() {
            return Ok(Found { public, hidden: Vec::new(), missing: Vec::new() });
        }
        let existing = tallies::existing(connection, &others).await?;
        let (hidden, missing) = others.into_iter().partition(|id| existing.contains(id));
        Ok(Found { public, hidden, missing })
    });
    let impatient = async {
        tokio::time::sleep(patience).await;
        if has_connection.get() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        found = reading => found,
        () = impatient => Err(repository::Error::Unavailable("no connection came soon enough".into())),
    }
}
