//! Places in line, answered from a snapshot of each event's lines that all callers share.
//!
//! Thousands of waiting people may ask during a sale. Counting for each of them would scan the line for each of them.
//! Those who have joined a line since its last reading have the place that their batch gave them, if it is known
//! without the line ([`Place::on_joining`]).

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use domain::ids::EventId;
use domain::tickets::TypeNumber;
use repository::Error;
use repository::pools::Pool;
use repository::registrations::{self, Line};
use tokio::task::JoinHandle;

use crate::places::{Joined, Place};

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
    lines: HashMap<EventId, Arc<Watched>>,
    /// Drops lines that nobody asks about. It ends when there is none left.
    sweeper: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Watched {
    /// The last snapshot, or the time at which reading failed. Locked while the line is read, so that one caller reads
    /// for all.
    last: tokio::sync::Mutex<Option<Result<Snapshot, Instant>>>,
    /// Those who have joined since the last snapshot, by their numbers.
    joined: Mutex<BTreeMap<i64, Joined>>,
}

/// The lines of an event at one moment. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Snapshot {
    lines: Arc<HashMap<TypeNumber, Waiting>>,
    last_decision: i64,
    /// From then on it is too old.
    serves_until: Instant,
}

/// Those who wait for one ticket type.
#[derive(Debug)]
struct Waiting {
    /// Their numbers, in order.
    numbers: Vec<i64>,
    /// How many seats those before each of them want; nothing if everybody wants one.
    seats_ahead: Vec<i64>,
}

impl Waiting {
    fn of(line: Line) -> Self {
        let Line { numbers, seats } = line;
        let mut seats_ahead = Vec::new();
        // The lines of most events are of single seats, and may be long.
        if seats.iter().any(|seats| *seats != 1) {
            let mut ahead = 0;
            for seats in seats {
                seats_ahead.push(ahead);
                ahead += i64::from(seats);
            }
        }
        Self { numbers, seats_ahead }
    }

    fn place(&self, decision: i64) -> Option<Place> {
        let index = self.numbers.binary_search(&decision).ok()?;
        let before = i64::try_from(index).ok()?;
        Some(Place { position: before + 1, seats_ahead: self.seats_ahead.get(index).copied().unwrap_or(before) })
    }
}

impl Snapshot {
    /// The place of the registration with this number in the line of its type; `None` if it was not in line.
    pub fn place(&self, ticket_type: TypeNumber, decision: i64) -> Option<Place> {
        self.lines.get(&ticket_type)?.place(decision)
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

    /// The place of the registration with the number `decision` in the line of its type, at most [`SNAPSHOT_AGE_MAX`]
    /// old if the lines are not very long; `None` if it does not wait any more. The event must have given out that
    /// number.
    pub async fn place(&self, event: EventId, ticket_type: TypeNumber, decision: i64) -> Result<Option<Place>, Error> {
        let line = self.line(event);
        let current = self.current(event, &line).await?;
        if current.knows(decision) {
            return Ok(current.place(ticket_type, decision));
        }
        if let Some(joined) = line.joined(ticket_type, decision) {
            // It is younger than the snapshot, which still serves.
            return Ok(Some(joined.place));
        }
        Ok(self.snapshot(event, decision).await?.place(ticket_type, decision))
    }

    /// Notes who has joined a line of the event, if anybody asks for its places.
    pub fn note(&self, event: EventId, joined: &[Joined]) {
        let Some(line) = lock(&self.table).lines.get(&event).cloned() else { return };
        lock(&line.joined).extend(joined.iter().map(|one| (one.decision, *one)));
    }

    /// A snapshot for many places at once, as old as [`Lines::place`] says, and recent enough for the number
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
    async fn current(&self, event: EventId, line: &Watched) -> Result<Snapshot, Error> {
        let asked_at = Instant::now();
        let mut last = line.last.lock().await;
        match &*last {
            Some(Ok(known)) if Instant::now() < known.serves_until => Ok(known.clone()),
            Some(Err(failed_at)) if *failed_at > asked_at => {
                Err(Error::Unavailable("reading the line failed a moment ago".into()))
            }
            _ => {
                let read = self.read(event).await;
                // While none can be read, nobody is answered, and the next one knows all of them.
                line.forget_until(read.as_ref().map_or(i64::MAX, |read| read.last_decision));
                *last = Some(read.as_ref().map_err(|_| Instant::now()).cloned());
                read
            }
        }
    }

    fn line(&self, event: EventId) -> Arc<Watched> {
        let mut table = lock(&self.table);
        let line = Arc::clone(table.lines.entry(event).or_default());
        if table.sweeper.as_ref().is_none_or(JoinHandle::is_finished) {
            table.sweeper = Some(tokio::spawn(sweep(Arc::downgrade(&self.table))));
        }
        line
    }

    async fn read(&self, event: EventId) -> Result<Snapshot, Error> {
        let began = Instant::now();
        let read = self.pool.run(async |connection| registrations::lines(connection, event).await).await?;
        let serves_until = Instant::now() + age_max(began.elapsed());
        // An event that is gone has empty lines for ever.
        let (lines, last_decision) = read.unwrap_or((HashMap::new(), i64::MAX));
        let lines = lines.into_iter().map(|(ticket_type, line)| (ticket_type, Waiting::of(line))).collect();
        Ok(Snapshot { lines: Arc::new(lines), last_decision, serves_until })
    }
}

impl Watched {
    /// Whoever has joined with the number `decision` since the last snapshot.
    fn joined(&self, ticket_type: TypeNumber, decision: i64) -> Option<Joined> {
        lock(&self.joined).get(&decision).copied().filter(|joined| joined.ticket_type == ticket_type)
    }

    /// Forgets those whom a snapshot knows.
    fn forget_until(&self, last_decision: i64) {
        lock(&self.joined).retain(|decision, _| *decision > last_decision);
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

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use repository::pools::{PoolSettings, Purpose};
    use tokio::runtime::Handle;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_place_counts_registrations_and_the_seats_that_they_want() {
        let places = |numbers: &[i64], seats: &[i16]| {
            let waiting = Waiting::of(Line { numbers: numbers.to_vec(), seats: seats.to_vec() });
            [3, 5, 9].map(|decision| waiting.place(decision).map(|place| (place.position, place.seats_ahead)))
        };
        assert_eq!(places(&[3, 5, 7, 9], &[4, 1, 2, 1]), [Some((1, 0)), Some((2, 4)), Some((4, 7))]);
        assert_eq!(places(&[3, 9], &[1, 1]), [Some((1, 0)), None, Some((2, 1))]);
    }

    #[tokio::test]
    async fn who_joined_after_the_snapshot_has_the_place_of_the_batch_and_others_wait_for_the_next() {
        let (event, other) = (EventId::from(Uuid::from_u128(1)), EventId::from(Uuid::from_u128(2)));
        let nowhere =
            Pool::new("postgres://nowhere.invalid/", Purpose::General, &PoolSettings::default(), Handle::current());
        let lines = Lines::new(nowhere.unwrap());
        let serves_until = Instant::now() + Duration::from_secs(3_600);
        let snapshot = Snapshot { lines: Arc::default(), last_decision: 7, serves_until };
        *lines.line(event).last.lock().await = Some(Ok(snapshot));
        let joined = |decision, position| Joined {
            decision,
            ticket_type: TypeNumber::FIRST,
            place: Place { position, seats_ahead: position - 1 },
        };
        lines.note(event, &[joined(6, 1), joined(8, 2), joined(9, 3)]);
        lines.note(event, &[joined(12, 4)]);
        lines.note(other, &[joined(8, 5)]);
        assert!(!lock(&lines.table).lines.contains_key(&other), "nobody asks about that one");

        let place = async |ticket_type, decision| {
            let asked = lines.place(event, ticket_type, decision);
            tokio::time::timeout(Duration::from_millis(50), asked).await.ok().map(Result::unwrap)
        };
        assert_eq!(place(TypeNumber::FIRST, 9).await, Some(Some(Place { position: 3, seats_ahead: 2 })));
        assert_eq!(place(TypeNumber::FIRST, 12).await, Some(Some(Place { position: 4, seats_ahead: 3 })));
        assert_eq!(place(TypeNumber::FIRST, 6).await, Some(None), "the snapshot knows better");
        assert_eq!(place(TypeNumber::FIRST, 10).await, None, "who joined at another server waits");
        assert_eq!(place(TypeNumber::from(2), 9).await, None);

        lines.line(event).forget_until(9);
        assert_eq!(place(TypeNumber::FIRST, 9).await, None);
        assert_eq!(place(TypeNumber::FIRST, 12).await.flatten().map(|place| place.position), Some(4));
    }

    #[test]
    fn a_line_that_takes_long_to_read_is_read_less_often() {
        let age = |took| age_max(Duration::from_millis(took)).as_millis();
        assert_eq!([0, 20, 100, 400, 5_000].map(age), [300, 300, 300, 1_200, 2_000]);
    }
}
