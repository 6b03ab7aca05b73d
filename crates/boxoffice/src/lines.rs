//! Positions in line, answered from a snapshot of each event's line that all callers share.
//!
//! Thousands of waiting people may ask during a sale. Counting for each of them would scan the line for each of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::ids::EventId;
use repository::pools::Pool;
use repository::{Error, registrations};

/// The greatest age of a position. A line is read no more often than this.
pub const SNAPSHOT_AGE_MAX: Duration = Duration::from_millis(300);

/// How long an unused snapshot is kept.
const IDLE: Duration = Duration::from_secs(10);

/// From this number of lines on, idle ones are dropped.
const LINES_BEFORE_SWEEP: usize = 64;

/// The lines of all events that callers ask about. A handle: clones share the snapshots.
#[derive(Clone)]
pub struct Lines {
    pool: Pool,
    lines: Arc<Mutex<HashMap<EventId, Arc<Line>>>>,
}

#[derive(Default)]
struct Line {
    /// The last snapshot, or the time at which reading failed. Locked while the line is read, so that one caller reads for all.
    last: tokio::sync::Mutex<Option<Result<Snapshot, Instant>>>,
}

/// A line at one moment. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Snapshot {
    numbers: Arc<Vec<i64>>,
    last_decision: i64,
    taken_at: Instant,
}

impl Snapshot {
    /// The position of the registration with this number, 1 being next; `None` if it was not in line.
    pub fn position(&self, decision: i64) -> Option<i64> {
        let place = self.numbers.binary_search(&decision).ok();
        place.and_then(|index| i64::try_from(index).ok()).map(|index| index + 1)
    }

    /// Whether the snapshot is recent enough to contain the registration with this number, if that waits.
    pub fn knows(&self, decision: i64) -> bool {
        decision <= self.last_decision
    }
}

impl Lines {
    /// Reads lines through `pool`.
    pub fn new(pool: Pool) -> Self {
        Self { pool, lines: Arc::default() }
    }

    /// The position of the registration with the number `decision`, 1 being next, at most [`SNAPSHOT_AGE_MAX`] old; `None` if
    /// it does not wait any more. The event must have given out that number.
    pub async fn position(&self, event: EventId, decision: i64) -> Result<Option<i64>, Error> {
        Ok(self.snapshot(event, decision).await?.position(decision))
    }

    /// A snapshot for many positions at once, at most [`SNAPSHOT_AGE_MAX`] old and recent enough for the number `decision`. The
    /// event must have given out that number.
    pub async fn snapshot(&self, event: EventId, decision: i64) -> Result<Snapshot, Error> {
        let line = self.line(event);
        loop {
            let current = self.current(event, &line).await?;
            if current.knows(decision) {
                return Ok(current);
            }
            // The registration is younger than the snapshot. Only this caller waits for the next one.
            tokio::time::sleep(SNAPSHOT_AGE_MAX.saturating_sub(current.taken_at.elapsed())).await;
        }
    }

    /// The last snapshot, or a new one if that is too old. A failure is the answer to all callers that waited for it, so that
    /// they do not try one after the other.
    async fn current(&self, event: EventId, line: &Line) -> Result<Snapshot, Error> {
        let asked_at = Instant::now();
        let mut last = line.last.lock().await;
        match &*last {
            Some(Ok(known)) if known.taken_at.elapsed() < SNAPSHOT_AGE_MAX => Ok(known.clone()),
            Some(Err(failed_at)) if *failed_at > asked_at => {
                Err(Error::Unavailable("reading the line failed a moment ago".into()))
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
        // An event that is gone has an empty line for ever.
        let (numbers, last_decision) = read.unwrap_or((Vec::new(), i64::MAX));
        Ok(Snapshot { numbers: Arc::new(numbers), last_decision, taken_at: Instant::now() })
    }
}
