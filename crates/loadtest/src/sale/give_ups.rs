//! Many people give their seats up at once, and as many who wait get them.

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
use crate::crowd::people::People;
use crate::crowd::play::{Played, Script, Then, Took};
use crate::crowd::untrue::Untrue;
use crate::error::Error;
use crate::sale::results::rate;
use crate::sale::script::refusal;

/// Those who have a seat at an event, each of whom gives it up once.
pub struct GiveUps {
    event: EventId,
    people: Arc<People>,
    /// Whose, and which.
    seats: Vec<(usize, RegistrationId)>,
    /// Who waited then, in the order of the line.
    line: Vec<RegistrationId>,
    next: usize,
    answered: usize,
    untrue: Untrue,
}

impl GiveUps {
    /// Everybody who has a seat now. The event's buyers are the first of these people.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn of(connection: &mut AsyncPgConnection, event: EventId, people: Arc<People>) -> Result<Self, Error> {
        let rows = registrations::list_of_event(connection, event).await?;
        let index: HashMap<_, _> = people.ids.iter().enumerate().map(|(index, user)| (*user, index)).collect();
        let seats = rows
            .iter()
            .filter(|row| row.status == RegistrationStatus::Confirmed)
            .filter_map(|row| Some((*index.get(&row.user)?, row.id)))
            .collect();
        let waits = |row: &&Registration| row.status == RegistrationStatus::Waitlisted;
        let line = rows.iter().filter(waits).map(|row| row.id).collect();
        Ok(Self { event, people, seats, line, next: 0, answered: 0, untrue: Untrue::default() })
    }
}

impl Script for GiveUps {
    type Turn = usize;

    fn next(&mut self, request: &mut Vec<u8>) -> Option<usize> {
        let turn = self.next;
        let (person, registration) = self.seats.get(turn)?;
        self.next += 1;
        // Writing to memory does not fail.
        let _ = write!(
            request,
            "DELETE /events/{}/registrations/{registration} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\r\n",
            self.event,
            self.people.token(*person)
        );
        Some(turn)
    }

    fn answered(&mut self, _: usize, reply: &Reply<'_>, _: Took) -> Then {
        #[derive(Deserialize)]
        struct Told {
            status: RegistrationStatus,
        }
        match (reply.status, serde_json::from_slice(reply.body)) {
            (200, Ok(Told { status: RegistrationStatus::Cancelled })) => {
                self.answered += 1;
                Then::Done
            }
            (503, _) => {
                let body = String::from_utf8_lossy(reply.body);
                if refusal(&body).is_none() || reply.retry_after_seconds.is_none() {
                    self.untrue.add(|| format!("a seat given up was answered with 503: {body}"));
                }
                Then::Again(Duration::from_secs(reply.retry_after_seconds.unwrap_or(1)))
            }
            (status, _) => {
                let body = String::from_utf8_lossy(reply.body).into_owned();
                self.untrue.add(|| format!("a seat given up was answered with {status}: {body}"));
                Then::Done
            }
        }
    }

    fn broke(&mut self, _: usize, error: &io::Error, is_final: bool) {
        if is_final {
            self.untrue.add(|| format!("a seat given up has no answer: {error}"));
        }
    }
}

/// Give-ups per second; and whether every seat that was given up went to the first in line, in the order of the line.
///
/// # Errors
/// [`Error::Database`].
pub async fn check(connection: &mut AsyncPgConnection, played: Played<GiveUps>) -> Result<(f64, Untrue), Error> {
    let Played { mut script, took, .. } = played;
    let mut untrue = std::mem::take(&mut script.untrue);
    compare(&registrations::list_of_event(connection, script.event).await?, &script, &mut untrue);
    untrue.add_broken_promises(connection, Some(script.event)).await?;
    Ok((rate(script.answered, took), untrue))
}

fn compare(rows: &[Registration], script: &GiveUps, untrue: &mut Untrue) {
    let cancelled = rows.iter().filter(|row| row.status == RegistrationStatus::Cancelled).map(|row| row.id);
    let cancelled: HashSet<RegistrationId> = cancelled.collect();
    for (_, seat) in script.seats.iter().filter(|(_, seat)| !cancelled.contains(seat)) {
        untrue.add(|| format!("the seat {seat} was given up, and is still somebody's"));
    }
    let mut promoted: Vec<_> = rows
        .iter()
        .filter_map(|row| Some((row.confirmed_decision.filter(|number| *number != row.decision)?, row.id)))
        .collect();
    promoted.sort_unstable_by_key(|(number, _)| *number);
    let promoted: Vec<RegistrationId> = promoted.into_iter().map(|(_, id)| id).collect();
    let first: Vec<RegistrationId> = script.line.iter().copied().take(cancelled.len()).collect();
    if promoted.len() != first.len() {
        untrue.add(|| format!("{} seats were free for the line, and {} people promoted", first.len(), promoted.len()));
    }
    if let Some((got, first)) = promoted.iter().zip(&first).find(|(got, first)| got != first) {
        untrue.add(|| format!("{got} was promoted where {first} was next in line"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};
    use uuid::Uuid;

    fn row(decision: i64, status: RegistrationStatus, confirmed_decision: Option<i64>) -> Registration {
        Registration {
            id: Uuid::now_v7().into(),
            user: Uuid::now_v7().into(),
            status,
            decision,
            confirmed_decision,
            cancelled_decision: (status == RegistrationStatus::Cancelled).then_some(decision + 10),
            idempotency_key: None,
            registered_at: DateTime::<Utc>::UNIX_EPOCH,
            confirmed_at: None,
            cancelled_at: None,
        }
    }

    /// Two who gave their seats up, and three who waited, of whom the first two were promoted.
    fn given_up() -> Vec<Registration> {
        use RegistrationStatus::{Cancelled, Confirmed, Waitlisted};
        vec![
            row(1, Cancelled, Some(1)),
            row(2, Cancelled, Some(2)),
            row(3, Confirmed, Some(11)),
            row(4, Confirmed, Some(12)),
            row(5, Waitlisted, None),
        ]
    }

    fn found_after(change: impl FnOnce(&mut Vec<Registration>)) -> Untrue {
        let (mut rows, mut untrue) = (given_up(), Untrue::default());
        let script = GiveUps {
            event: Uuid::now_v7().into(),
            people: Arc::new(People { ids: Vec::new(), tokens: Vec::new() }),
            seats: rows[..2].iter().enumerate().map(|(person, row)| (person, row.id)).collect(),
            line: rows[2..].iter().map(|row| row.id).collect(),
            next: 0,
            answered: 0,
            untrue: Untrue::default(),
        };
        change(&mut rows);
        compare(&rows, &script, &mut untrue);
        untrue
    }

    #[test]
    fn nothing_is_found_where_the_first_in_line_were_promoted_in_their_order() {
        assert_eq!(found_after(|_| {}).count, 0);
    }

    #[test]
    fn who_was_promoted_out_of_turn_is_found() {
        let jumped = found_after(|rows| {
            (rows[3].status, rows[3].confirmed_decision) = (RegistrationStatus::Waitlisted, None);
            (rows[4].status, rows[4].confirmed_decision) = (RegistrationStatus::Confirmed, Some(12));
        });
        assert_eq!(jumped.count, 1, "{jumped:?}");
        let swapped = found_after(|rows| {
            (rows[2].confirmed_decision, rows[3].confirmed_decision) = (Some(12), Some(11));
        });
        assert_eq!(swapped.count, 1, "{swapped:?}");
    }

    #[test]
    fn a_seat_that_went_to_nobody_or_was_never_given_up_is_found() {
        let free = found_after(|rows| {
            (rows[3].status, rows[3].confirmed_decision) = (RegistrationStatus::Waitlisted, None);
        });
        assert_eq!(free.count, 1, "{free:?}");
        let kept = found_after(|rows| {
            rows[1].status = RegistrationStatus::Confirmed;
        });
        assert!(kept.count >= 1 && kept.told[0].contains("still somebody's"), "{kept:?}");
    }
}
