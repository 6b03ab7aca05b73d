//! The script of many cancellations at once, each of which promotes the head of the waitlist.

use std::collections::{HashMap, HashSet};
use std::io;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use domain::ids::{EventId, RegistrationId};
use domain::registrations::{Registration, RegistrationStatus};
use repository::{AsyncPgConnection, registrations};
use serde::Deserialize;

use crate::crowd::connection::Reply;
use crate::crowd::findings::Findings;
use crate::crowd::numbers::per_second;
use crate::crowd::people::People;
use crate::crowd::play::{Next, Played, Script, Timing};
use crate::error::Error;
use crate::sale::refusals::Refusal;

/// Everybody with a seat at an event cancels once.
pub struct Cancellations {
    event: EventId,
    people: Arc<People>,
    /// The index of the person, and the registration.
    seats: Vec<(usize, RegistrationId)>,
    /// The waitlist before the first cancellation, in order.
    waitlist: Vec<RegistrationId>,
    next: usize,
    answered: usize,
    findings: Findings,
}

impl Cancellations {
    /// Everybody who has a seat now, among these people.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn of(connection: &mut AsyncPgConnection, event: EventId, people: Arc<People>) -> Result<Self, Error> {
        let rows = registrations::list_of_event(connection, event).await?;
        let index: HashMap<_, _> = people.ids.iter().enumerate().map(|(index, user)| (*user, index)).collect();
        let seats = rows
            .iter()
            .filter(|row| row.status.takes_seat())
            .filter_map(|row| Some((*index.get(&row.user)?, row.id)))
            .collect();
        let waits = |row: &&Registration| row.status.waits();
        let waitlist = rows.iter().filter(waits).map(|row| row.id).collect();
        Ok(Self { event, people, seats, waitlist, next: 0, answered: 0, findings: Findings::default() })
    }
}

impl Script for Cancellations {
    type Tag = usize;

    fn next(&mut self, request: &mut Vec<u8>) -> Option<usize> {
        let seat = self.next;
        let (person, registration) = self.seats.get(seat)?;
        self.next += 1;
        // Writing to memory does not fail.
        let _ = write!(
            request,
            "DELETE /events/{}/registrations/{registration} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\r\n",
            self.event,
            self.people.token(*person)
        );
        Some(seat)
    }

    fn answered(&mut self, _: usize, reply: &Reply<'_>, _: Timing) -> Next {
        #[derive(Deserialize)]
        struct Answer {
            status: RegistrationStatus,
        }
        match (reply.status, serde_json::from_slice(reply.body)) {
            (200, Ok(Answer { status: RegistrationStatus::Cancelled })) => {
                self.answered += 1;
                Next::Done
            }
            (503, _) => {
                let body = String::from_utf8_lossy(reply.body);
                if Refusal::parse(&body).is_none() || reply.retry_after_seconds.is_none() {
                    self.findings.add(|| format!("a cancellation was answered with 503: {body}"));
                }
                Next::Retry(Duration::from_secs(reply.retry_after_seconds.unwrap_or(1)))
            }
            (status, _) => {
                let body = String::from_utf8_lossy(reply.body).into_owned();
                self.findings.add(|| format!("a cancellation was answered with {status}: {body}"));
                Next::Done
            }
        }
    }

    fn failed(&mut self, _: usize, error: &io::Error, is_final: bool) {
        if is_final {
            self.findings.add(|| format!("a cancellation got no answer: {error}"));
        }
    }
}

/// Returns cancellations per second, and a finding for each seat that did not go to the next on the waitlist.
///
/// # Errors
/// [`Error::Database`].
pub async fn check(
    connection: &mut AsyncPgConnection,
    played: Played<Cancellations>,
) -> Result<(f64, Findings), Error> {
    let Played { mut script, took, .. } = played;
    let mut findings = std::mem::take(&mut script.findings);
    compare(&registrations::list_of_event(connection, script.event).await?, &script, &mut findings);
    findings.add_broken_promises(connection, Some(script.event)).await?;
    Ok((per_second(script.answered, took), findings))
}

fn compare(rows: &[Registration], script: &Cancellations, findings: &mut Findings) {
    let cancelled = rows.iter().filter(|row| row.status.is_over()).map(|row| row.id);
    let cancelled: HashSet<RegistrationId> = cancelled.collect();
    for (_, seat) in script.seats.iter().filter(|(_, seat)| !cancelled.contains(seat)) {
        findings.add(|| format!("registration {seat} was cancelled, but still has its seat"));
    }
    let mut promoted: Vec<_> = rows
        .iter()
        .filter_map(|row| Some((row.seated_decision.filter(|number| *number != row.decision)?, row.id)))
        .collect();
    promoted.sort_unstable_by_key(|(number, _)| *number);
    let promoted: Vec<RegistrationId> = promoted.into_iter().map(|(_, id)| id).collect();
    let first: Vec<RegistrationId> = script.waitlist.iter().copied().take(cancelled.len()).collect();
    if promoted.len() != first.len() {
        findings.add(|| format!("{} people should have been promoted, but {} were", first.len(), promoted.len()));
    }
    if let Some((got, first)) = promoted.iter().zip(&first).find(|(got, first)| got != first) {
        findings.add(|| format!("{got} was promoted, but {first} was next on the waitlist"));
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::sale::samples;

    fn row(decision: i64, status: RegistrationStatus, seated_decision: Option<i64>) -> Registration {
        Registration { seated_decision, ..samples::registration(decision, status) }
    }

    /// Two who cancelled, and three who were on the waitlist, of whom the first two were promoted.
    fn cancelled_rows() -> Vec<Registration> {
        use RegistrationStatus::{Cancelled, Confirmed, Waitlisted};
        vec![
            row(1, Cancelled, Some(1)),
            row(2, Cancelled, Some(2)),
            row(3, Confirmed, Some(11)),
            row(4, Confirmed, Some(12)),
            row(5, Waitlisted, None),
        ]
    }

    fn found_after(change: impl FnOnce(&mut Vec<Registration>)) -> Findings {
        let (mut rows, mut findings) = (cancelled_rows(), Findings::default());
        let script = Cancellations {
            event: Uuid::now_v7().into(),
            people: Arc::new(People { ids: Vec::new(), tokens: Vec::new() }),
            seats: rows[..2].iter().enumerate().map(|(person, row)| (person, row.id)).collect(),
            waitlist: rows[2..].iter().map(|row| row.id).collect(),
            next: 0,
            answered: 0,
            findings: Findings::default(),
        };
        change(&mut rows);
        compare(&rows, &script, &mut findings);
        findings
    }

    #[test]
    fn promotions_in_the_order_of_the_waitlist_are_right() {
        assert_eq!(found_after(|_| {}).count, 0);
    }

    #[test]
    fn a_promotion_out_of_order_is_found() {
        let jumped = found_after(|rows| {
            (rows[3].status, rows[3].seated_decision) = (RegistrationStatus::Waitlisted, None);
            (rows[4].status, rows[4].seated_decision) = (RegistrationStatus::Confirmed, Some(12));
        });
        assert_eq!(jumped.count, 1, "{jumped:?}");
        let swapped = found_after(|rows| {
            (rows[2].seated_decision, rows[3].seated_decision) = (Some(12), Some(11));
        });
        assert_eq!(swapped.count, 1, "{swapped:?}");
    }

    #[test]
    fn a_seat_that_went_to_nobody_or_was_never_cancelled_is_found() {
        let free = found_after(|rows| {
            (rows[3].status, rows[3].seated_decision) = (RegistrationStatus::Waitlisted, None);
        });
        assert_eq!(free.count, 1, "{free:?}");
        let kept = found_after(|rows| {
            rows[1].status = RegistrationStatus::Confirmed;
        });
        assert!(kept.count >= 1 && kept.examples[0].contains("still has its seat"), "{kept:?}");
    }
}
