//! Holds that are all due at one moment, while others wait in line.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use domain::ids::{EventId, RegistrationId};
use domain::registrations::{Cancellation, Registration, RegistrationStatus};
use repository::{AsyncPgConnection, events, registrations};

use crate::crowd::findings::Findings;
use crate::crowd::numbers::per_second;
use crate::error::Error;

/// The pause between two looks at the event's counts.
const POLL: Duration = Duration::from_millis(5);

/// After so long, holds that were due count as forgotten.
const LAPSE_LIMIT: Duration = Duration::from_secs(120);

/// The registrations of an event before its holds become due.
pub struct Wave {
    event: EventId,
    before: Vec<Registration>,
    /// Seats that are free.
    idle: i32,
}

/// What is to happen to them.
struct Expected {
    /// The holds that lapse.
    holds: Vec<RegistrationId>,
    /// Whoever gets their seats, in the order of the line.
    promoted: Vec<RegistrationId>,
    /// How many wait after that.
    waiting: usize,
}

/// The figures of a wave, in holds per second until the last of the line had its seats.
#[derive(Debug, Clone, Copy)]
pub struct WaveResult {
    /// Since the holds were due.
    pub since_due: f64,
    /// Since the first of them lapsed: without the time until somebody looked for holds that are due.
    pub since_first_lapse: f64,
}

impl Wave {
    /// The registrations as they are now.
    ///
    /// # Errors
    /// [`Error::Failed`] if there is no such event, or [`Error::Database`].
    pub async fn of(connection: &mut AsyncPgConnection, event: EventId) -> Result<Self, Error> {
        let before = registrations::list_of_event(connection, event).await?;
        Ok(Self { event, before, idle: seats(connection, event).await?.0 })
    }

    /// How many holds there are, and how many of the line will get their seats.
    pub fn size(&self) -> (usize, usize) {
        let Expected { holds, promoted, .. } = expected(&self.before, self.idle);
        (holds.len(), promoted.len())
    }

    /// Waits until the line has the seats of the holds, which are due at `due_at`, and returns when that was.
    ///
    /// # Errors
    /// [`Error::Failed`] if that takes too long, or [`Error::Database`].
    pub async fn watch(
        &self,
        connection: &mut AsyncPgConnection,
        due_at: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, Error> {
        let Expected { waiting, .. } = expected(&self.before, self.idle);
        tokio::time::sleep((due_at - Utc::now()).to_std().unwrap_or_default()).await;
        let began = Instant::now();
        loop {
            let (_, still_waiting) = seats(connection, self.event).await?;
            if usize::try_from(still_waiting).is_ok_and(|still_waiting| still_waiting <= waiting) {
                return Ok(Utc::now());
            }
            if began.elapsed() > LAPSE_LIMIT {
                return Err(Error::Failed(format!("{still_waiting} people wait while holds are due, not {waiting}")));
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// Returns the figures, and a finding for each hold that did not lapse when it was due, for each seat that did not
    /// go to the next in line, and for each registration that should not have changed.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn check(
        self,
        connection: &mut AsyncPgConnection,
        due_at: DateTime<Utc>,
        ended_at: DateTime<Utc>,
    ) -> Result<(WaveResult, Findings), Error> {
        let expected = expected(&self.before, self.idle);
        let after = registrations::list_of_event(connection, self.event).await?;
        let mut findings = Findings::default();
        compare(&self.before, &after, &expected, due_at, &mut findings);
        findings.add_broken_promises(connection, Some(self.event)).await?;
        let first_lapse = after.iter().filter_map(|row| row.cancelled_at).min().unwrap_or(due_at);
        let rate =
            |since: DateTime<Utc>| per_second(expected.holds.len(), (ended_at - since).to_std().unwrap_or_default());
        Ok((WaveResult { since_due: rate(due_at), since_first_lapse: rate(first_lapse) }, findings))
    }
}

/// The seats that remain at an event, and how many wait.
async fn seats(connection: &mut AsyncPgConnection, event: EventId) -> Result<(i32, i32), Error> {
    let found = events::find(connection, event).await?;
    let found = found.ok_or_else(|| Error::Failed("the event does not exist".to_owned()))?;
    Ok((found.seats.remaining(), found.seats.waiting()))
}

/// All holds lapse. Their seats go to the head of the line, for as long as all that it wants are free.
fn expected(before: &[Registration], idle: i32) -> Expected {
    let holds: Vec<_> = before.iter().filter(|row| row.status == RegistrationStatus::Held).collect();
    let mut free = idle + holds.iter().map(|row| row.seats()).sum::<i32>();
    let line = before.iter().filter(|row| row.status.waits());
    let gets_seats = |row: &&Registration| {
        free -= row.seats();
        free >= 0
    };
    let promoted: Vec<_> = line.clone().take_while(gets_seats).map(|row| row.id).collect();
    let waiting = line.count() - promoted.len();
    Expected { holds: holds.iter().map(|row| row.id).collect(), promoted, waiting }
}

fn compare(
    before: &[Registration],
    after: &[Registration],
    expected: &Expected,
    due_at: DateTime<Utc>,
    findings: &mut Findings,
) {
    let now: HashMap<RegistrationId, &Registration> = after.iter().map(|row| (row.id, row)).collect();
    for hold in &expected.holds {
        let Some(row) = now.get(hold) else {
            findings.add(|| format!("hold {hold} is gone"));
            continue;
        };
        if row.cancellation != Some(Cancellation::Lapsed) {
            findings.add(|| format!("hold {hold} was due, but is {:?} ({:?})", row.status, row.cancellation));
        } else if row.cancelled_at.is_some_and(|at| at < due_at) {
            findings.add(|| format!("hold {hold} lapsed before it was due"));
        }
    }
    let waited = before.iter().filter(|row| row.status.waits()).filter_map(|row| now.get(&row.id));
    let mut promoted: Vec<_> = waited.filter_map(|row| Some((row.seated_decision?, row.id))).collect();
    promoted.sort_unstable();
    if promoted.len() != expected.promoted.len() {
        let count = expected.promoted.len();
        findings.add(|| format!("{count} people should have been promoted, but {} were", promoted.len()));
    }
    let in_order = promoted.iter().map(|(_, id)| id).zip(&expected.promoted);
    if let Some((got, first)) = in_order.clone().find(|(got, first)| got != first) {
        findings.add(|| format!("{got} was promoted, but {first} was next in line"));
    }
    for id in &expected.promoted {
        let is_seated = |row: &&Registration| row.status == RegistrationStatus::of_seated(row.amount, false);
        if now.get(id).is_some_and(|row| !is_seated(row)) {
            findings.add(|| format!("{id} was promoted, but does not have its seats as it should"));
        }
    }
    let changed = expected.holds.iter().chain(&expected.promoted).chain(promoted.iter().map(|(_, id)| id));
    let changed: HashSet<_> = changed.collect();
    for row in before.iter().filter(|row| !changed.contains(&row.id)) {
        if now.get(&row.id) != Some(&row) {
            findings.add(|| format!("{row:?} should have stayed, but is {:?}", now.get(&row.id)));
        }
    }
    if after.len() != before.len() {
        findings.add(|| format!("there were {} registrations, and then {}", before.len(), after.len()));
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use domain::tickets::{Part, Split};

    use super::*;
    use crate::sale::samples::{self, AMOUNT};

    const DUE_AT: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn party(decision: i64, status: RegistrationStatus, seats: i16) -> Registration {
        let split = Split::of(vec![Part { price: 1.into(), seats }]).unwrap();
        Registration { split, amount: AMOUNT * i64::from(seats), ..samples::registration(decision, status) }
    }

    /// Two holds of three seats and, in line, parties of two, three, four and one.
    fn before() -> Vec<Registration> {
        use RegistrationStatus::{Held, Waitlisted};
        let line = [2, 3, 4, 1].into_iter().zip(3..).map(|(seats, number)| party(number, Waitlisted, seats));
        [party(1, Held, 3), party(2, Held, 3)].into_iter().chain(line).collect()
    }

    fn promote(row: &mut Registration, number: i64) {
        (row.status, row.seated_decision, row.seated_at) = (RegistrationStatus::Held, Some(number), Some(DUE_AT));
    }

    fn lapse(row: &mut Registration, number: i64) {
        (row.status, row.cancelled_decision, row.cancelled_at) =
            (RegistrationStatus::Cancelled, Some(number), Some(DUE_AT));
        (row.hold, row.cancellation) = (None, Some(Cancellation::Lapsed));
    }

    /// What has to become of them: the first two parties fit, the third one does not, and nobody passes it.
    fn after(before: &[Registration]) -> Vec<Registration> {
        let mut rows = before.to_vec();
        lapse(&mut rows[0], 7);
        promote(&mut rows[2], 8);
        lapse(&mut rows[1], 9);
        promote(&mut rows[3], 10);
        rows
    }

    fn found_after(change: impl FnOnce(&mut Vec<Registration>)) -> (u64, String) {
        let before = before();
        let (mut rows, mut findings) = (after(&before), Findings::default());
        change(&mut rows);
        compare(&before, &rows, &expected(&before, 0), DUE_AT, &mut findings);
        (findings.count, findings.examples.join("; "))
    }

    #[test]
    fn the_seats_of_the_holds_go_to_the_line_for_as_long_as_whole_parties_fit() {
        let before = before();
        for (idle, promoted) in [(0, 2), (2, 2), (3, 3), (4, 4), (9, 4)] {
            let expected = expected(&before, idle);
            assert_eq!((expected.holds.len(), expected.promoted.len(), expected.waiting), (2, promoted, 4 - promoted));
        }
        assert_eq!(found_after(|_| {}), (0, String::new()));
    }

    #[test]
    fn a_hold_that_did_not_lapse_or_lapsed_too_early_is_found() {
        type Change = fn(&mut Vec<Registration>);
        let wrongs: [(Change, &str); 4] = [
            (|rows| rows[0].cancellation = Some(Cancellation::GivenUp), "was due, but"),
            (|rows| rows[0].cancellation = None, "was due, but"),
            (|rows| rows[1].cancelled_at = Some(DUE_AT - TimeDelta::microseconds(1)), "before it was due"),
            (
                |rows| {
                    rows.remove(0);
                },
                "is gone; there were 6",
            ),
        ];
        for (wrong, words) in wrongs {
            let (_, found) = found_after(wrong);
            assert!(found.contains(words), "{found}");
        }
    }

    #[test]
    fn whoever_passes_the_line_or_does_not_get_the_seats_is_found() {
        type Change = fn(&mut Vec<Registration>);
        let wrongs: [(Change, &str); 5] = [
            (|rows| (rows[2].seated_decision, rows[3].seated_decision) = (Some(10), Some(8)), "was next in line"),
            (|rows| promote(&mut rows[5], 11), "2 people should have been promoted, but 3 were"),
            (
                |rows| {
                    (rows[3].status, rows[3].seated_decision) = (RegistrationStatus::Waitlisted, None);
                    promote(&mut rows[5], 11);
                },
                "was next in line",
            ),
            (|rows| rows[2].status = RegistrationStatus::Confirmed, "does not have its seats as it should"),
            (|rows| rows[4].amount += 1, "should have stayed"),
        ];
        for (wrong, words) in wrongs {
            let (_, found) = found_after(wrong);
            assert!(found.contains(words), "{found}");
        }
    }
}
