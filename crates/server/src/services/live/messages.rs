//! The messages of the stream (server-sent events, <https://html.spec.whatwg.org/multipage/server-sent-events.html>).

use std::time::Duration;

use actix_web::web::Bytes;
use domain::events::EventStatus;
use domain::ids::EventId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::openapi::seats::{SeatCounts, TypeCounts};

use super::seen::Seen;

/// A comment line. It only shows that the stream is alive.
pub(crate) const HEARTBEAT: Bytes = Bytes::from_static(b":\n\n");

/// An event's counters and status, as everybody sees them.
#[derive(Serialize, ToSchema)]
#[schema(as = LiveEvent)]
pub(crate) struct EventMessage {
    id: EventId,
    status: EventStatus,
    #[serde(flatten)]
    seats: SeatCounts,
    /// The counters of each ticket type.
    ticket_types: Vec<TypeCounts>,
    /// Whether a stress test is using it. Bookings are then refused until an admin has undone the test.
    under_test: bool,
    /// Rises with every edit, but not with bookings.
    #[schema(minimum = 1)]
    edit_version: i64,
    /// The number of the last decision about its bookings. It never falls within one stream.
    #[schema(minimum = 0)]
    last_decision: i64,
}

/// An event that is not public, or does not exist.
#[derive(Serialize, ToSchema)]
#[schema(as = LiveGone)]
pub(crate) struct GoneMessage {
    id: EventId,
}

/// The message about an event in this state.
pub(crate) fn of(id: EventId, seen: Seen) -> Bytes {
    match seen {
        Seen::Gone => message("gone", &GoneMessage { id }),
        Seen::Shown(tally) => message(
            "event",
            &EventMessage {
                id: tally.id,
                status: tally.status,
                seats: SeatCounts::of(tally.types.iter().map(|(_, seats)| *seats), tally.status),
                ticket_types: tally
                    .types
                    .iter()
                    .map(|(number, seats)| TypeCounts::of(*number, *seats, tally.status))
                    .collect(),
                under_test: tally.under_test,
                edit_version: tally.edit_version,
                last_decision: tally.last_decision,
            },
        ),
    }
}

/// The message that tells the client how long to wait before it reconnects.
pub(crate) fn retry(pause: Duration) -> Bytes {
    format!("retry: {}\n\n", pause.as_millis()).into()
}

fn message(name: &str, data: &impl Serialize) -> Bytes {
    // This JSON has no line breaks, which would end the data.
    let data = serde_json::to_string(data).unwrap_or_default();
    format!("event: {name}\ndata: {data}\n\n").into()
}
