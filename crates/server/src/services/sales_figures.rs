//! The figures of each event's sale: read once for all dashboards of a moment.

use std::time::Duration;

use actix_web::web::Bytes;
use domain::ids::EventId;

use crate::services::cache::{Cache, ReadFailed};

/// How old figures may be when the request arrives: dashboards ask again and again while the sale is on.
pub const AGE_MAX: Duration = Duration::from_secs(1);

/// Events whose figures are cached: at most 30 KB each.
const EVENTS_MAX: u64 = 256;

/// The figures of recently viewed events, at most [`AGE_MAX`] old.
pub(crate) struct CachedFigures {
    events: Cache<EventId, Result<Option<Bytes>, ReadFailed>>,
}

impl CachedFigures {
    /// Nothing cached yet.
    pub(crate) fn new() -> Self {
        Self { events: Cache::new(AGE_MAX, EVENTS_MAX) }
    }

    /// The JSON of an event's figures, from the cache or from `read`; `None` if there is no such event.
    pub(crate) async fn of(
        &self,
        id: EventId,
        read: impl AsyncFnOnce() -> Result<Option<Bytes>, ReadFailed>,
    ) -> Result<Option<Bytes>, ReadFailed> {
        self.events.value(&id, read).await
    }

    /// This server changed the event: the next request reads the figures again.
    pub(crate) fn forget(&self, event: EventId) {
        self.events.forget(&event);
    }
}
