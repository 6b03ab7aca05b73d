//! A response body that goes on until the client leaves or the server stops.

use std::convert::Infallible;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{BodySize, MessageBody};
use actix_web::web::Bytes;
use tokio::time::{Interval, MissedTickBehavior, interval_at};

use super::hub::Watch;
use super::messages;
use crate::http::connections::phase::Phase;

/// The interval of heartbeats, so that neither the client nor a proxy takes the stream for dead.
pub(super) const HEARTBEAT_EVERY: Duration = Duration::from_secs(15);

/// The events that a client watches, as server-sent events. It is polled only after its earlier output was sent, and
/// then gives the newest state. Slow clients get fewer messages.
pub(crate) struct Stream {
    preamble: Option<Bytes>,
    watch: Watch,
    heartbeat: Interval,
    connection: Option<Rc<Phase>>,
}

impl Stream {
    /// Must be called on a runtime.
    pub(crate) fn new(watch: Watch, retry: Duration, connection: Option<Rc<Phase>>) -> Self {
        let mut heartbeat = interval_at(tokio::time::Instant::now() + HEARTBEAT_EVERY, HEARTBEAT_EVERY);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { preamble: Some(messages::retry(retry)), watch, heartbeat, connection }
    }
}

impl MessageBody for Stream {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        let this = self.get_mut();
        // Polled again whenever the client sends something, and when it closes the connection.
        if this.connection.as_ref().is_some_and(|connection| connection.has_left()) {
            return Poll::Ready(None);
        }
        if let Some(preamble) = this.preamble.take() {
            return Poll::Ready(Some(Ok(preamble)));
        }
        if let Poll::Ready(news) = this.watch.poll_news(context) {
            return Poll::Ready(news.map(Ok));
        }
        this.heartbeat.poll_tick(context).map(|_| Some(Ok(messages::HEARTBEAT)))
    }
}
