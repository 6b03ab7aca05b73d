//! Many people give their seats up at once, and as many who wait get them.

use std::io;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use domain::ids::{EventId, RegistrationId};
use domain::registrations::RegistrationStatus;
use repository::{AsyncPgConnection, promises, registrations};
use serde::Deserialize;

use crate::crowd::{Played, Script, Then};
use crate::error::Error;
use crate::http::Reply;
use crate::people::People;
use crate::sale::{Untrue, rate};

/// Those who have a seat at an event, each of whom gives it up once.
pub struct GiveUps {
    event: EventId,
    people: Arc<People>,
    /// Whose, and which.
    seats: Vec<(usize, RegistrationId)>,
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
        let index: std::collections::HashMap<_, _> =
            people.ids.iter().enumerate().map(|(index, user)| (*user, index)).collect();
        let seats = rows
            .iter()
            .filter(|row| row.status == RegistrationStatus::Confirmed)
            .filter_map(|row| Some((*index.get(&row.user)?, row.id)))
            .collect();
        Ok(Self { event, people, seats, next: 0, answered: 0, untrue: Untrue::default() })
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

    fn answered(&mut self, _: usize, reply: &Reply<'_>, _: Duration) -> Then {
        #[derive(Deserialize)]
        struct Told {
            status: RegistrationStatus,
        }
        match (reply.status, serde_json::from_slice(reply.body)) {
            (200, Ok(Told { status: RegistrationStatus::Cancelled })) => {
                self.answered += 1;
                Then::Done
            }
            (503, _) => Then::Again(Duration::from_secs(reply.retry_after_seconds.unwrap_or(1))),
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

/// Give-ups per second, if as many people were promoted as gave a seat up, in the order of the line.
///
/// # Errors
/// [`Error::Database`].
pub async fn check(connection: &mut AsyncPgConnection, played: Played<GiveUps>) -> Result<(f64, Untrue), Error> {
    let Played { script, took, .. } = played;
    let (event, mut untrue) = (script.event, script.untrue);
    let rows = registrations::list_of_event(connection, event).await?;
    let promoted = rows.iter().filter(|row| row.confirmed_decision.is_some_and(|number| number != row.decision));
    let (promoted, gone) = (promoted.count(), script.seats.len());
    if promoted != gone {
        untrue.add(|| format!("{gone} seats were given up, and {promoted} people promoted"));
    }
    for broken in promises::verify(connection, Some(event)).await?.into_iter().filter(|check| check.violations > 0) {
        untrue.add(|| format!("{} is broken: {} ({:?})", broken.promise.code(), broken.what, broken.example));
    }
    Ok((rate(script.answered, took), untrue))
}
