//! Gates at the door of an event: they load its list of tickets, and scan them at a steady rate.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use auth::ticket_codes::TicketKey;
use chrono::{SecondsFormat, Utc};
use domain::ids::EventId;
use repository::{doors, registrations};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::crowd::connection::Reply;
use crate::crowd::findings::Findings;
use crate::crowd::play::{Next, Script, Timing};
use crate::crowd::target::Target;
use crate::error::Error;

/// What an answer that lets in says.
const ADMITTED: &[u8] = b"\"outcome\":\"ADMITTED\"";

/// An open door of an event, as its organizer's devices see it.
pub struct Door {
    event: EventId,
    token: String,
}

/// The list of an event's tickets, as a gate loads it.
pub struct Listed {
    /// Its tickets.
    pub tickets: usize,
    /// From the first request to the last byte, without reading the JSON.
    pub took: Duration,
}

impl Door {
    /// Opens an event's door.
    ///
    /// # Errors
    /// [`Error::Failed`] if the server refuses; [`Error::Database`].
    pub async fn open(target: &Target, event: EventId) -> Result<Self, Error> {
        Ok(Self { event, token: target.open_door(event).await? })
    }

    /// Loads the whole list of tickets, page by page on one connection.
    ///
    /// # Errors
    /// [`Error::Failed`] if the server refuses.
    pub async fn list(&self, target: &Target) -> Result<Listed, Error> {
        let Self { event, token } = self;
        let mut connection = target.connect().await?;
        let (mut listed, mut cursor) = (Listed { tickets: 0, took: Duration::ZERO }, String::new());
        loop {
            let request = format!(
                "GET /events/{event}/door/tickets?limit=5000{cursor} HTTP/1.1\r\nHost: localhost\r\n\
                 Authorization: Bearer {token}\r\n\r\n"
            );
            let asked_at = Instant::now();
            let reply = connection.exchange(request.as_bytes()).await.map_err(Error::io("load the list of tickets"))?;
            listed.took += asked_at.elapsed();
            let refused = || Error::Failed(format!("the list of tickets was answered with {}", reply.status));
            let page: Value = serde_json::from_slice(reply.body).map_err(|_| refused())?;
            listed.tickets += page.get("items").and_then(Value::as_array).ok_or_else(refused)?.len();
            match page.get("next_cursor").and_then(Value::as_str) {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return Ok(listed),
            }
        }
    }

    /// The codes of all tickets.
    async fn codes(&self, target: &Target) -> Result<Vec<String>, Error> {
        let mut connection = target.database().await?;
        let key = doors::find(&mut connection, self.event).await?.and_then(|door| door.key);
        let key = TicketKey::stored(key.ok_or_else(|| Error::Failed("the door has no key".to_owned()))?.bytes);
        let all = registrations::list_of_event(&mut connection, self.event).await?;
        let mut codes = Vec::new();
        for one in &all {
            let seats = (1..).take_while(|seat| i32::from(*seat) <= one.seats());
            codes.extend(seats.map(|seat| key.code(one.id, seat).to_string()));
        }
        Ok(codes)
    }
}

/// Scans each ticket once, at a steady rate, until the tickets run out or it is stopped.
pub struct Gates {
    door: Door,
    codes: Vec<String>,
    per_second: u32,
    sent: u32,
    began: Instant,
    stopped: Arc<AtomicBool>,
    /// Answers that let in.
    pub admitted: usize,
    /// Other answers, and scans without one.
    pub findings: Findings,
}

impl Gates {
    /// Gates at this door, which scan so many tickets in a second. Its list must have been loaded once, since this
    /// makes the key.
    ///
    /// # Errors
    /// [`Error::Database`], or [`Error::Failed`] if the door has no key.
    pub async fn at(door: Door, target: &Target, per_second: u32) -> Result<Self, Error> {
        let codes = door.codes(target).await?;
        let (began, stopped) = (Instant::now(), Arc::default());
        Ok(Self { door, codes, per_second, sent: 0, began, stopped, admitted: 0, findings: Findings::default() })
    }

    /// Ends the scans once this is true.
    pub fn stopped(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stopped)
    }

    /// How long it is until the next scan is due.
    fn pause(&self) -> Duration {
        let due = Duration::from_secs(1) * self.sent / self.per_second.max(1);
        due.saturating_sub(self.began.elapsed())
    }
}

impl Script for Gates {
    type Tag = ();

    fn next(&mut self, request: &mut Vec<u8>) -> Option<()> {
        if self.stopped.load(Ordering::Relaxed) {
            return None;
        }
        let code = self.codes.pop()?;
        if self.sent == 0 {
            self.began = Instant::now();
        }
        self.sent += 1;
        let Door { event, token } = &self.door;
        let scan = json!({
            "id": Uuid::now_v7(),
            "code": code,
            "gate": "North",
            "device": "Load test",
            "scanned_at": Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true),
        });
        let scan = scan.to_string();
        let head = format!(
            "POST /events/{event}/check-ins HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            scan.len()
        );
        request.extend_from_slice(head.as_bytes());
        request.extend_from_slice(scan.as_bytes());
        Some(())
    }

    fn answered(&mut self, (): (), reply: &Reply<'_>, _: Timing) -> Next {
        if reply.status == 200 && reply.body.windows(ADMITTED.len()).any(|text| text == ADMITTED) {
            self.admitted += 1;
        } else {
            let body = String::from_utf8_lossy(reply.body).into_owned();
            self.findings.add(|| format!("a scan was answered with {}: {body}", reply.status));
        }
        match self.pause() {
            Duration::ZERO => Next::Done,
            pause => Next::DoneThenPause(pause),
        }
    }

    fn failed(&mut self, (): (), error: &io::Error, is_final: bool) {
        if is_final {
            self.findings.add(|| format!("a scan got no answer: {error}"));
        }
    }
}
