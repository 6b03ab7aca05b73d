//! The words of the stream (server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html).

use std::time::Duration;

use actix_web::web::Bytes;
use domain::events::EventStatus;
use domain::ids::EventId;
use serde::Serialize;

use super::hub::Seen;

/// A line that says only that the stream is alive.
pub(super) const HEARTBEAT: Bytes = Bytes::from_static(b":\n\n");

/// An event's counters and status, as everybody sees them.
#[derive(Serialize)]
struct EventMessage {
    id: EventId,
    status: EventStatus,
    capacity: i32,
    seats_remaining: i32,
    confirmed: i32,
    waiting: i32,
    under_test: bool,
    edit_version: i64,
    last_decision: i64,
}

#[derive(Serialize)]
struct GoneMessage {
    id: EventId,
}

/// What there is to say of an event.
pub(super) fn of(id: EventId, seen: Seen) -> Bytes {
    match seen {
        Seen::Gone => message("gone", &GoneMessage { id }),
        Seen::Shown(tally) => message(
            "event",
            &EventMessage {
                id: tally.id,
                status: tally.status,
                capacity: tally.capacity,
                seats_remaining: tally.seats_remaining,
                confirmed: tally.capacity - tally.seats_remaining,
                waiting: tally.waiting,
                under_test: tally.under_test,
                edit_version: tally.edit_version,
                last_decision: tally.last_decision,
            },
        ),
    }
}

/// After which time to come back when the stream has ended.
pub(super) fn retry(pause: Duration) -> Bytes {
    format!("retry: {}\n\n", pause.as_millis()).into()
}

fn message(name: &str, data: &impl Serialize) -> Bytes {
    // JSON has no line breaks of its own, which would end the data.
    let data = serde_json::to_string(data).unwrap_or_default();
    format!("event: {name}\ndata: {data}\n\n").into()
}
