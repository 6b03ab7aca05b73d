//! Tells other programs of changes: sends the webhooks that are due.
//!
//! Every server does. Deliveries that another server has locked are passed over, so several send more and none repeats.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use chrono::Utc;
use domain::ids::WebhookId;
use repository::pools::Pool;
use repository::webhook_deliveries::{End, Ended, Room};
use repository::webhooks as stored;
use tokio::task::{JoinError, JoinSet};
use tokio::time::Instant;
use webhooks::delivering::Deliverer;

use crate::services::background::Pulse;

/// Webhooks on their way at once, of one server.
const AT_ONCE: usize = 32;

/// The same to one endpoint, so that one that is slow delays no other.
const AT_ONCE_PER_ENDPOINT: usize = 4;

/// The longest time between two looks for webhooks that are due, and the pause after the database failed.
const PAUSE: Duration = Duration::from_secs(1);

/// How often it is counted what is due.
const COUNT_EVERY: Duration = Duration::from_secs(15);

/// How often deliveries are looked for that were kept for long enough.
const CLEAN_UP_EVERY: Duration = Duration::from_secs(3_600);

/// How often endpoints are looked for that were deleted. Their deliveries hold ids of people, so they go soon.
const REMOVE_EVERY: Duration = Duration::from_secs(5);

/// The deliveries that one clean-up statement deletes.
const CLEAN_UP_PAGE: i64 = 5_000;

/// How a try ended, for metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Delivered,
    Again,
    Failed,
    Gone,
}

impl Outcome {
    pub(crate) const ALL: [Self; 4] = [Self::Delivered, Self::Again, Self::Failed, Self::Gone];

    /// Its name in metrics.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Again => "again",
            Self::Failed => "failed",
            Self::Gone => "gone",
        }
    }

    fn of(end: &End) -> Self {
        match end {
            End::Delivered => Self::Delivered,
            End::Again(..) => Self::Again,
            End::Failed(_) => Self::Failed,
            End::Gone => Self::Gone,
        }
    }
}

#[derive(Debug, Default)]
struct Counts {
    delivered: AtomicU64,
    again: AtomicU64,
    failed: AtomicU64,
    gone: AtomicU64,
    due: AtomicI64,
    switched_off: AtomicI64,
}

impl Counts {
    fn of(&self, outcome: Outcome) -> &AtomicU64 {
        match outcome {
            Outcome::Delivered => &self.delivered,
            Outcome::Again => &self.again,
            Outcome::Failed => &self.failed,
            Outcome::Gone => &self.gone,
        }
    }
}

/// Sends webhooks. A handle.
#[derive(Clone)]
pub(crate) struct Webhooks {
    deliverer: Deliverer,
    pool: Pool,
    keep_days: i32,
    counts: Arc<Counts>,
}

/// The webhooks on their way.
#[derive(Default)]
struct OnTheirWay {
    tasks: JoinSet<(WebhookId, Ended)>,
    by_endpoint: HashMap<WebhookId, usize>,
}

impl Webhooks {
    /// Sends in the deliverer's way. Deliveries are kept for so many days after they ended.
    pub(crate) fn new(deliverer: Deliverer, pool: Pool, keep_days: i32) -> Self {
        Self { deliverer, pool, keep_days, counts: Arc::default() }
    }

    /// How many tries have ended so, since the start.
    pub(crate) fn tries(&self, outcome: Outcome) -> u64 {
        self.counts.of(outcome).load(Ordering::Relaxed)
    }

    /// Deliveries that are due on all servers, and endpoints that were switched off because they took nothing, as last
    /// counted.
    pub(crate) fn standing(&self) -> (i64, i64) {
        (self.counts.due.load(Ordering::Relaxed), self.counts.switched_off.load(Ordering::Relaxed))
    }

    /// Sends what is due. Never returns.
    pub(crate) async fn deliver(&self, pulse: &Pulse) {
        // Tasks, so that requests go on while this loop waits for the database.
        let mut on_their_way = OnTheirWay::default();
        let mut ended: Vec<Ended> = Vec::new();
        let mut after = None;
        let (mut count_at, mut clean_up_at, mut remove_at) = (Instant::now(), Instant::now(), Instant::now());
        loop {
            pulse.beat().await;
            // Ended tries are stored first.
            if !self.store(&mut ended).await {
                tokio::time::sleep(PAUSE).await;
                continue;
            }
            if Instant::now() >= count_at {
                count_at = Instant::now() + COUNT_EVERY;
                self.count().await;
            }
            if Instant::now() >= clean_up_at {
                // A page at a time, so that sending goes on between them.
                let has_more = self.clean_up().await;
                clean_up_at = Instant::now() + if has_more { PAUSE } else { CLEAN_UP_EVERY };
            }
            if Instant::now() >= remove_at {
                let has_more = self.remove().await;
                remove_at = Instant::now() + if has_more { PAUSE } else { REMOVE_EVERY };
            }
            after = self.take(after, &mut on_their_way).await;
            // Further endpoints are looked at at once, as long as there is room. Otherwise the first that ends makes
            // room.
            if after.is_some() && on_their_way.tasks.len() < AT_ONCE {
                tokio::task::yield_now().await;
            } else if on_their_way.tasks.is_empty() {
                tokio::time::sleep(PAUSE).await;
            } else if let Ok(Some(first)) = tokio::time::timeout(PAUSE, on_their_way.tasks.join_next()).await {
                self.note(first, &mut on_their_way.by_endpoint, &mut ended);
            }
            // Those that have ended meanwhile are stored together.
            while let Some(next) = on_their_way.tasks.try_join_next() {
                self.note(next, &mut on_their_way.by_endpoint, &mut ended);
            }
        }
    }

    /// Whether all that ended is stored.
    async fn store(&self, ended: &mut Vec<Ended>) -> bool {
        if ended.is_empty() {
            return true;
        }
        match self.deliverer.end(ended).await {
            Ok(switched_off) => {
                if switched_off > 0 {
                    tracing::warn!(switched_off, "switched off endpoints of webhooks that took nothing");
                }
                ended.clear();
                true
            }
            Err(error) => {
                tracing::warn!(%error, "could not store how webhooks were sent");
                false
            }
        }
    }

    /// Sends some of what is due at the endpoints after `after`. Returns where to look next.
    async fn take(&self, after: Option<WebhookId>, on_their_way: &mut OnTheirWay) -> Option<WebhookId> {
        let in_all = AT_ONCE.saturating_sub(on_their_way.tasks.len());
        if in_all == 0 {
            return after;
        }
        let room = Room { in_all, per_endpoint: AT_ONCE_PER_ENDPOINT, on_their_way: &on_their_way.by_endpoint };
        let taken = match self.deliverer.take(after, room).await {
            Ok(taken) => taken,
            Err(error) => {
                tracing::warn!(%error, "could not take webhooks that are due");
                return None;
            }
        };
        for delivery in taken.due {
            let endpoint = delivery.endpoint;
            *on_their_way.by_endpoint.entry(endpoint).or_default() += 1;
            let deliverer = self.deliverer.clone();
            on_their_way.tasks.spawn(async move { (endpoint, deliverer.deliver(delivery, Utc::now()).await) });
        }
        taken.next
    }

    /// A sending that panicked is due again when its lease ends.
    fn note(
        &self,
        sent: Result<(WebhookId, Ended), JoinError>,
        by_endpoint: &mut HashMap<WebhookId, usize>,
        ended: &mut Vec<Ended>,
    ) {
        let (endpoint, one) = match sent {
            Ok(sent) => sent,
            Err(error) => {
                tracing::error!(%error, "the sending of a webhook panicked");
                by_endpoint.clear();
                return;
            }
        };
        if let Some(count) = by_endpoint.get_mut(&endpoint) {
            *count = count.saturating_sub(1);
        }
        by_endpoint.retain(|_, count| *count > 0);
        self.counts.of(Outcome::of(one.end())).fetch_add(1, Ordering::Relaxed);
        ended.push(one);
    }

    async fn count(&self) {
        if let Ok(standing) = self.pool.run(stored::standing).await {
            self.counts.due.store(standing.due, Ordering::Relaxed);
            self.counts.switched_off.store(standing.switched_off, Ordering::Relaxed);
        }
    }

    /// Deletes some old deliveries. Returns whether there may be more.
    async fn clean_up(&self) -> bool {
        match self.deliverer.delete_old(self.keep_days, CLEAN_UP_PAGE).await {
            Ok(0) => false,
            Ok(deleted) => {
                tracing::info!(deleted, "deleted webhooks that were kept for long enough");
                true
            }
            Err(error) => {
                tracing::warn!(%error, "could not delete old webhooks");
                false
            }
        }
    }

    /// Deletes some of what endpoints have left that were deleted. Returns whether there may be more.
    async fn remove(&self) -> bool {
        match self.deliverer.delete_of_deleted(CLEAN_UP_PAGE).await {
            Ok(deleted) => deleted > 0,
            Err(error) => {
                tracing::warn!(%error, "could not delete webhooks of deleted endpoints");
                false
            }
        }
    }
}
