//! Takes deliveries that are due, sends them, and says how each ended.
//!
//! A delivery is taken for a time. If the server dies before it has stored how the try ended, the delivery is due again
//! after that time, and its endpoint may get it twice, with the same id.

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::ids::{AccountMailId, WebhookId};
use repository::AsyncPgConnection;
use repository::pools::Pool;
use repository::webhook_deliveries::{self as stored, DueDelivery, End, Ended, Room, Taken};
use uuid::Uuid;

use crate::sender::{Answer, SEND_WITHIN, Sender};
use crate::{payloads, schedule, secrets};

/// How long a server may take to send a delivery that it has taken, in seconds. Longer than [`SEND_WITHIN`], and than
/// what the database may take before and after.
pub const LEASE_SECONDS: i32 = 90;

const _: () = assert!(SEND_WITHIN.as_secs() * 2 < 90);

/// The reason of a failure whose cause is in the log.
const NOT_SIGNED: &str = "the webhook could not be written and signed";

/// Whether owners of endpoints that are switched off get a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owners {
    /// They do.
    Mailed,
    /// No mail is set up. The page shows it.
    NotMailed,
}

/// Sends deliveries. A handle.
#[derive(Clone)]
pub struct Deliverer {
    pool: Pool,
    sender: Sender,
    owners: Owners,
}

impl Deliverer {
    /// Sends by this sender.
    pub fn new(pool: Pool, sender: Sender, owners: Owners) -> Self {
        Self { pool, sender, owners }
    }

    /// Takes deliveries that are due, of the endpoints after `after` in turn.
    pub async fn take(&self, after: Option<WebhookId>, room: Room<'_>) -> Result<Taken, repository::Error> {
        let take =
            async |connection: &mut AsyncPgConnection| stored::take(connection, after, room, LEASE_SECONDS).await;
        self.pool.run(take).await
    }

    /// Sends one delivery at this time. All tries have the same id and body; each has a signature of its own.
    pub async fn deliver(&self, delivery: DueDelivery, now: DateTime<Utc>) -> Ended {
        let (id, timestamp) = (delivery.id.to_string(), now.timestamp());
        let body = payloads::body(&delivery).ok();
        let signed = body.and_then(|body| {
            let signatures = secrets::signatures(&delivery.secrets, &id, timestamp, &body);
            signatures
                .inspect_err(|error| tracing::error!(%id, %error, "a webhook could not be signed"))
                .ok()
                .zip(Some(body))
        });
        let Some((signatures, body)) = signed else {
            return Ended::of(&delivery, End::Failed(NOT_SIGNED.to_owned()), None, None);
        };
        let time = timestamp.to_string();
        let headers = [
            ("webhook-id", id.as_str()),
            ("webhook-timestamp", time.as_str()),
            ("webhook-signature", signatures.as_str()),
        ];
        match self.sender.send(&delivery.url, &headers, body).await {
            Ok(answer) => {
                let end = end_of(&answer, delivery.id.into(), delivery.tries, now);
                Ended::of(&delivery, end, Some(answer.status), Some(answer.text))
            }
            Err(error) => {
                let end = again(delivery.id.into(), delivery.tries, None, error.to_string());
                Ended::of(&delivery, end, None, None)
            }
        }
    }

    /// Stores how tries ended. Returns how many endpoints were switched off.
    pub async fn end(&self, ended: &[Ended]) -> Result<usize, repository::Error> {
        let make_mail: Option<fn() -> AccountMailId> = match self.owners {
            Owners::Mailed => Some(|| AccountMailId::from(Uuid::now_v7())),
            Owners::NotMailed => None,
        };
        let end = async |connection: &mut AsyncPgConnection| stored::end(connection, ended, make_mail).await;
        self.pool.run(end).await
    }

    /// Deletes at most `limit` deliveries that were kept for long enough. Returns how many.
    pub async fn delete_old(&self, days: i32, limit: i64) -> Result<usize, repository::Error> {
        let delete = async |connection: &mut AsyncPgConnection| stored::delete_old(connection, days, limit).await;
        self.pool.run(delete).await
    }

    /// Deletes at most `limit` deliveries of endpoints that were deleted, and then these endpoints. Returns how many.
    pub async fn delete_of_deleted(&self, limit: i64) -> Result<usize, repository::Error> {
        let delete = async |connection: &mut AsyncPgConnection| stored::delete_of_deleted(connection, limit).await;
        self.pool.run(delete).await
    }
}

/// Only 2xx is a success: whoever redirects has moved, and is to say where.
fn end_of(answer: &Answer, id: Uuid, tries: i16, now: DateTime<Utc>) -> End {
    match answer.status {
        200..=299 => End::Delivered,
        410 => End::Gone,
        status => {
            let asked = answer.retry_after.as_deref().filter(|_| matches!(status, 429 | 503));
            let asked = asked.and_then(|asked| retry_after(asked, now));
            again(id, tries, asked, format!("the endpoint answered {status}"))
        }
    }
}

fn again(id: Uuid, tries: i16, asked: Option<Duration>, reason: String) -> End {
    match schedule::pause(id, tries, asked) {
        Some(seconds) => End::Again(seconds, reason),
        None => End::Failed(reason),
    }
}

/// The pause that `Retry-After` asks for: in seconds, or until a time (RFC 9110, section 10.2.3).
fn retry_after(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = DateTime::parse_from_rfc2822(value.trim()).ok()?;
    (until.to_utc() - now).to_std().ok()
}
