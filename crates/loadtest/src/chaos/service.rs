//! Whether the servers serve again, and since when.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use domain::ids::UserId;

use crate::chaos::chance::Chance;
use crate::chaos::requests::{Caller, Request, Subject};
use crate::chaos::told::{Answered, Asked, Sale, Told};
use crate::crowd::connection::Connection;
use crate::crowd::tickets::Wish;

/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// How long one look may take.
const LOOK_LIMIT: Duration = Duration::from_secs(2);

/// After so long, a server counts as lost.
pub(super) const BACK_LIMIT: Duration = Duration::from_secs(60);

/// Somebody who looks whether a server sells.
pub(super) struct Probe {
    pub(super) user: UserId,
    pub(super) token: String,
    pub(super) address: SocketAddr,
    /// An event with seats enough, which nobody else books.
    pub(super) sale: Sale,
    pub(super) wish: Wish,
    pub(super) key: String,
}

impl Probe {
    /// Waits until the server is ready and has sold a seat, and returns when that was, with the answer; `None` if it
    /// takes longer than [`BACK_LIMIT`].
    pub(super) async fn sells_again(self) -> Option<(Instant, Told)> {
        let began = Instant::now();
        while began.elapsed() < BACK_LIMIT {
            if self.is_ready().await
                && let Some(told) = self.buy().await
            {
                return Some((told.answered, told));
            }
            tokio::time::sleep(PAUSE).await;
        }
        None
    }

    async fn is_ready(&self) -> bool {
        let look = async {
            let mut connection = Connection::open(self.address).await.ok()?;
            let request = b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n";
            Some(connection.exchange(request).await.ok()?.status == 200)
        };
        tokio::time::timeout(LOOK_LIMIT, look).await.ok().flatten() == Some(true)
    }

    /// The final answer to one try, or to those after it.
    async fn buy(&self) -> Option<Told> {
        let Self { user, sale, key, .. } = self;
        let words = format!("the probe of {}", self.address);
        let (line, header) = (format!("POST /events/{}/register", sale.event), format!("Idempotency-Key: {key}\r\n"));
        let request = Request::new(Subject::Seats, words, &line, &self.token, &header, &self.wish.body);
        let mut caller = Caller::new([self.address; 2], LOOK_LIMIT, Chance::new(0));
        let reply = caller.ask(&request).await?;
        Some(Told {
            user: *user,
            event: sale.event,
            key: Some(key.clone()),
            asked_for: Asked::Booking(self.wish.clone()),
            answer: Answered::of(&reply),
            asked: reply.asked,
            answered: reply.answered,
        })
    }
}
