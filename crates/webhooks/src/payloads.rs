//! The body of a webhook: thin JSON, whose receiver asks the API for the rest.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::ids::{EventId, RegistrationId, UserId};
use domain::webhooks::WebhookKind;
use repository::webhook_deliveries::{DueDelivery, Subject};
use serde::Serialize;

#[derive(Serialize)]
struct Payload<'a> {
    r#type: WebhookKind,
    /// When the change was decided.
    timestamp: String,
    data: Data<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Data<'a> {
    Registration {
        event_id: EventId,
        /// The event's last decision that this is true of. Higher is newer.
        number: i64,
        registration_id: RegistrationId,
        user_id: UserId,
        status: &'static str,
        seats: i16,
        ticket_type: i16,
        /// The place in the order of arrival.
        arrival: i64,
        cancellation: Option<&'static str>,
    },
    Event {
        event_id: EventId,
        number: i64,
        /// The version of the event's edits. Higher is newer.
        version: i64,
        status: &'a str,
    },
    Test {},
}

/// The bytes of a delivery's body, the same for all tries: some hundred bytes of JSON.
pub fn body(delivery: &DueDelivery) -> Result<Vec<u8>, serde_json::Error> {
    let data = match &delivery.subject {
        Subject::Registration(event, number, told) => Data::Registration {
            event_id: *event,
            number: *number,
            registration_id: told.id,
            user_id: told.user,
            status: told.status.as_str(),
            seats: told.seats,
            ticket_type: told.ticket_type,
            arrival: told.arrival,
            cancellation: told.cancellation.map(|cause| cause.as_str()),
        },
        Subject::Event(event, number, told) => {
            Data::Event { event_id: *event, number: *number, version: told.version, status: &told.status }
        }
        Subject::Test => Data::Test {},
    };
    serde_json::to_vec(&Payload { r#type: delivery.kind, timestamp: rfc3339(delivery.occurred_at), data })
}

fn rfc3339(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Micros, true)
}
