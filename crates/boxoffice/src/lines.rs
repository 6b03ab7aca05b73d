//! Positions in line, answered from a snapshot of each event's line that all callers share.
//!
//! Thousands of waiting people may ask during a sale. Counting for each of them would scan the line for each of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use domain::ids::EventId;
use repository::pools::Pool;
use repository::{Error, registrations};
use tokio::task::JoinHandle;

/// The greatest age of a position, unless the line is so long that reading it takes a while (`REST`).
pub const SNAPSHOT_AGE_MAX: Duration = Duration::from_millis(300);

/// How long a snapshot serves, as a multiple of the time that its read took: a line of a million people takes some
/// tenths of a second, and should not keep a connection and the database busy.
const REST: u32 = 3;

/// The longest time that a snapshot serves.
const LONG_LINE_AGE_MAX: Duration = Duration::from_secs(2);

/// How long a snapshot is kept that is too old to serve. A line of a million people takes 8 MB.
const IDLE: Duration = Duration::from_secs(3);

/// The lines of all events that callers ask about. A handle: clones share the snapshots.
#[derive(Clone)]
pub struct Lines {
    pool: Pool,
    table: Arc<Mutex<Table>>,
}

#[derive(Default)]
struct Table {
    lines: HashMap<EventId, Arc<Line>>,
    /// Drops lines that nobody asks about. It ends when there is none left.
    sweeper: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Line {
    /// The last snapshot, or the time at which reading failed. Locked while the line is read, so that one caller reads
    /// for all.
    last: tokio::sync::Mutex<Option<Result<Snapshot, Instant>>>,
}

/// A line at one moment. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Snapshot {
    numbers: Arc<Vec<i64>>,
    last_decision: i64,
    /// From then on it is too old.
    serves_until: Instant,
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
        Self { pool, table: Arc::default() }
    }

    /// The number of lines in memory.
    pub fn kept(&self) -> usize {
        lock(&self.table).lines.len()
    }

    /// The position of the registration with the number `decision`, 1 being next, at most [`SNAPSHOT_AGE_MAX`] old if
    /// the line is not very long; `None` if it does not wait any more. The event must have given out that number.
    pub async fn position(&self, event: EventId, decision: i64) -> Result<Option<i64>, Error> {
        Ok(self.snapshot(event, decision).await?.position(decision))
    }

    /// A snapshot for many positions at once, as old as [`Lines::position`] says, and recent enough for the number
    /// `decision`. The event must have given out that number.
    pub async fn snapshot(&self, event: EventId, decision: i64) -> Result<Snapshot, Error> {
        let line = self.line(event);
        loop {
            let current = self.current(event, &line).await?;
            if current.knows(decision) {
                return Ok(current);
            }
            // The registration is younger than the snapshot. Only this caller waits for the next one.
            tokio::time::sleep_until(current.serves_until.into()).await;
        }
    }

    /// The last snapshot, or a new one if that is too old. A failure is the answer to all callers that waited for it,
    /// so that they do not try one after the other.
    async fn current(&self, event: EventId, line: &Line) -> Result<Snapshot, Error> {
        let asked_at = Instant::now();
        let mut last = line.last.lock().await;
        match &*last {
            Some(Ok(known)) if Instant::now() < known.serves_until => Ok(known.clone()),
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
        let mut table = lock(&self.table);
        let line = Arc::clone(table.lines.entry(event).or_default());
        if table.sweeper.as_ref().is_none_or(JoinHandle::is_finished) {
            table.sweeper = Some(tokio::spawn(sweep(Arc::downgrade(&self.table))));
        }
        line
    }

    async fn read(&self, event: EventId) -> Result<Snapshot, Error> {
        let began = Instant::now();
        let read = self.pool.run(async |connection| registrations::line(connection, event).await).await?;
        let serves_until = Instant::now() + age_max(began.elapsed());
        // An event that is gone has an empty line for ever.
        let (numbers, last_decision) = read.unwrap_or((Vec::new(), i64::MAX));
        Ok(Snapshot { numbers: Arc::new(numbers), last_decision, serves_until })
    }
}

/// How long a snapshot serves whose read took so long.
fn age_max(read_took: Duration) -> Duration {
    (read_took * REST).clamp(SNAPSHOT_AGE_MAX, LONG_LINE_AGE_MAX)
}

/// Drops lines that nobody asks about, until there is no line.
async fn sweep(table: Weak<Mutex<Table>>) {
    loop {
        tokio::time::sleep(IDLE).await;
        let Some(table) = table.upgrade() else { return };
        let mut table = lock(&table);
        let now = Instant::now();
        table.lines.retain(|_, line| {
            let Ok(last) = line.last.try_lock() else { return true };
            let is_recent = matches!(&*last, Some(Ok(known)) if now < known.serves_until + IDLE);
            Arc::strong_count(line) > 1 || is_recent
        });
        if table.lines.is_empty() {
            // The next caller starts another one.
            table.sweeper = None;
            return;
        }
    }
}

fn lock(table: &Mutex<Table>) -> MutexGuard<'_, Table> {
    table.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_takes_long_to_read_is_read_less_often() {
        let age = |took| age_max(Duration::from_millis(took)).as_millis();
        assert_eq!([0, 20, 100, 400, 5_000].map(age), [300, 300, 300, 1_200, 2_000]);
    }
}
