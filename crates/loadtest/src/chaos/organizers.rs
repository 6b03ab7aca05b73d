//! Organizers, who edit their event while it is sold: more seats, other terms, another place.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::ids::EventId;
use serde_json::{Value, json};

use crate::chaos::chance::Chance;
use crate::chaos::requests::{Caller, Request, Subject};

/// The pause before each edit.
const PAUSE: Range<Duration> = Duration::from_millis(300)..Duration::from_millis(900);

/// The most seats that one edit adds.
const SEATS_MAX: i64 = 2;

/// Minutes for which seats are held, in turn: days, so that no hold runs out by itself in the longest run. The terms of
/// events without prices have none.
const HOLD_MINUTES: [i64; 2] = [10_080, 20_160];

/// Somebody who edits an event. Nobody else does.
pub(super) struct Organizer {
    pub(super) event: EventId,
    pub(super) token: String,
    pub(super) caller: Caller,
    pub(super) chance: Chance,
}

/// What an organizer has done.
pub(super) struct Organized {
    /// What the last answers said of the event.
    pub(super) last: LastEdits,
    pub(super) caller: Caller,
}

/// What an event must be like, by the last answer to an edit of each kind; `None` if there was none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct LastEdits {
    pub(super) event: Option<EventId>,
    /// The seats of each type, in the order of their numbers.
    pub(super) capacities: Option<Vec<i64>>,
    pub(super) location: Option<String>,
}

impl Organizer {
    /// Edits the event again and again until `is_over`.
    pub(super) async fn run(mut self, is_over: Arc<AtomicBool>) -> Organized {
        let mut last = LastEdits { event: Some(self.event), ..LastEdits::default() };
        let mut edits = 0;
        while !is_over.load(Ordering::Relaxed) {
            tokio::time::sleep(self.chance.time(PAUSE)).await;
            edits += 1;
            if self.edit(edits, &mut last).await.is_none() {
                break;
            }
        }
        Organized { last, caller: self.caller }
    }

    /// One edit, of the tickets or of the event itself. `None` if there was no answer, or not the one that there must
    /// be.
    async fn edit(&mut self, edits: usize, last: &mut LastEdits) -> Option<()> {
        let adds_seats = self.chance.happens(60);
        let version = self.read("").await?.get("edit_version").and_then(Value::as_i64)?;
        if adds_seats {
            let mut document = self.read("/tickets").await?.get("document")?.clone();
            self.change(&mut document, edits)?;
            let asked = capacities(&document)?;
            let answer = self.send("PUT", "/tickets", version, &document).await?;
            let told = answer.get("document").and_then(capacities);
            if told.as_ref() != Some(&asked) {
                let event = self.event;
                self.caller.findings.add(|| format!("event {event} was given {asked:?} seats, and has {told:?}"));
            }
            last.capacities = Some(asked);
        } else {
            let location = format!("Hall {edits}");
            let answer = self.send("PATCH", "", version, &json!({ "location": location })).await?;
            let told = answer.get("location").and_then(Value::as_str);
            if told != Some(&location) {
                let event = self.event;
                self.caller.findings.add(|| format!("event {event} was moved to {location}, and is at {told:?}"));
            }
            last.location = Some(location);
        }
        Some(())
    }

    /// Some more seats of one type, and another time for holds where there are any.
    fn change(&mut self, document: &mut Value, edits: usize) -> Option<()> {
        if document.get("hold_minutes").is_some_and(Value::is_i64)
            && let (Some(minutes), Some(hold)) =
                (HOLD_MINUTES.get(edits % HOLD_MINUTES.len()), document.get_mut("hold_minutes"))
        {
            *hold = json!(minutes);
        }
        let types = document.get_mut("ticket_types")?.as_array_mut()?;
        let chosen = self.chance.below(types.len());
        let capacity = types.get_mut(chosen)?.get_mut("capacity")?;
        let more = 1 + i64::from(self.chance.happens(50)) * (SEATS_MAX - 1);
        *capacity = json!(capacity.as_i64()? + more);
        Some(())
    }

    async fn read(&mut self, path: &str) -> Option<Value> {
        let line = format!("GET /organizer/events/{}{path}", self.event);
        self.ask(&line, "", "").await
    }

    async fn send(&mut self, method: &str, path: &str, version: i64, body: &Value) -> Option<Value> {
        let line = format!("{method} /organizer/events/{}{path}", self.event);
        // The number behind the version counts bookings, which do not matter here.
        self.ask(&line, &format!("If-Match: \"{version}.0\"\r\n"), &body.to_string()).await
    }

    async fn ask(&mut self, line: &str, headers: &str, body: &str) -> Option<Value> {
        let words = format!("the organizer, who sends {line},");
        let request = Request::new(Subject::Event, words, line, &self.token, headers, body);
        let reply = self.caller.ask(&request).await?;
        let answer = reply.json().filter(|_| reply.status == 200);
        if answer.is_none() {
            let (status, body) = (reply.status, reply.body);
            self.caller.findings.add(|| format!("{} was answered with {status}: {body}", request.words));
        }
        answer
    }
}

/// The seats of each type of a document of tickets.
fn capacities(document: &Value) -> Option<Vec<i64>> {
    let types = document.get("ticket_types")?.as_array()?;
    types.iter().map(|one| one.get("capacity")?.as_i64()).collect()
}
