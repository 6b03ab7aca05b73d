//! Where people stand in line: a snapshot of the waiting numbers per event, shared by everybody who asks.
//!
//! Thousands who wait may ask at once, during the sale: a count for each would be a scan of the line for each.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::ids::EventId;
use repository::pools::Pool;
use repository::{Error, registrations};

/// How old a position may be, and how often a line is read at most.
pub const SNAPSHOT_AGE_MAX: Duration = Duration::from_millis(300);

/// After how long without a question a line is forgotten.
const IDLE: Duration = Duration::from_secs(10);

/// How many lines are remembered before idle ones are looked for.
const LINES_BEFORE_SWEEP: usize = 64;

/// The lines of all events that somebody asks about. A handle: clones share the snapshots.
#[derive(Clone)]
pub struct Lines {
    pool: Pool,
    lines: Arc<Mutex<HashMap<EventId, Arc<Line>>>>,
}

#[derive(Default)]
struct Line {
    /// The last reading, or when it failed. Held while the line is read, so that one question reads for all that wait.
    last: tokio::sync::Mutex<Option<Result<Snapshot, Instant>>>,
}

/// A line as it was at one moment. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Snapshot {
    numbers: Arc<Vec<i64>>,
    last_decision: i64,
    taken_at: Instant,
}

impl Snapshot {
    /// The place in line of whoever waits with this number, 1 being next; `None` if nobody did then.
    pub fn position(&self, decision: i64) -> Option<i64> {
        let place = self.numbers.binary_search(&decision).ok();
        place.and_then(|index| i64::try_from(index).ok()).map(|index| index + 1)
    }

    /// Whether it was taken after this number was given out: then it has everybody who waited with that.
    pub fn knows(&self, decision: i64) -> bool {
        decision <= self.last_decision
    }
}

impl Lines {
    /// Lines that are read through `pool`.
    pub fn new(pool: Pool) -> Self {
        Self { pool, lines: Arc::default() }
    }

    /// The place in line of whoever waits with this number, 1 being next, at most [`SNAPSHOT_AGE_MAX`] old; `None` if
    /// nobody waits with it any more. `decision` is a number that the event has given out.
    pub async fn position(&self, event: EventId, decision: i64) -> Result<Option<i64>, Error> {
        Ok(self.snapshot(event, decision).await?.position(decision))
    }

    /// The line, at most [`SNAPSHOT_AGE_MAX`] old, that knows this number, which the event has given out: for whoever asks
    /// for the places of many.
    pub async fn snapshot(&self, event: EventId, decision: i64) -> Result<Snapshot, Error> {
        let line = self.line(event);
        loop {
            let current = self.current(event, &line).await?;
            if current.knows(decision) {
                return Ok(current);
            }
            // Joined after the snapshot: the next one has it, and comes soon enough. Nobody else waits for that.
            tokio::time::sleep(SNAPSHOT_AGE_MAX.saturating_sub(current.taken_at.elapsed())).await;
        }
    }

    /// The snapshot, read if the last one is too old. A failure is told to everybody who waited for it, so that they do not
    /// try one after the other.
    async fn current(&self, event: EventId, line: &Line) -> Result<Snapshot, Error> {
        let asked_at = Instant::now();
        let mut last = line.last.lock().await;
        match &*last {
            Some(Ok(known)) if known.taken_at.elapsed() < SNAPSHOT_AGE_MAX => Ok(known.clone()),
            Some(Err(failed_at)) if *failed_at > asked_at => {
                Err(Error::Unavailable("the line could not be read a moment ago".into()))
            }
            _ => {
                let read = self.read(event).await;
                *last = Some(read.as_ref().map_err(|_| Instant::now()).cloned());
                read
            }
        }
    }

    fn line(&self, event: EventId) -> Arc<Line> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() >= LINES_BEFORE_SWEEP && !lines.contains_key(&event) {
            lines.retain(|_, line| {
                let Ok(last) = line.last.try_lock() else { return true };
                let is_fresh = matches!(&*last, Some(Ok(known)) if known.taken_at.elapsed() < IDLE);
                Arc::strong_count(line) > 1 || is_fresh
            });
        }
        Arc::clone(lines.entry(event).or_default())
    }

    async fn read(&self, event: EventId) -> Result<Snapshot, Error> {
        let read = self.pool.run(async |connection| registrations::line(connection, event).await).await?;
        // Nobody will ever join the line of an event that is gone.
        let (numbers, last_decision) = read.unwrap_or((Vec::new(), i64::MAX));
        Ok(Snapshot { numbers: Arc::new(numbers), last_decision, taken_at: Instant::now() })
    }
}
