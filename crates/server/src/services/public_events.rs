//! The public list of events, and each public event: read once for all visitors of a moment.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Bytes;
use domain::events::Event;
use domain::ids::EventId;
use page::Filling;
use repository::listings::{After, PublishedFilter};
use repository::presentations::Presentation;

use crate::http::query::LIMIT_MAX;
use crate::services::cache::{Cache, ReadFailed, Shelf};

/// How old an answer about public events may be when the request arrives.
pub const AGE_MAX: Duration = Duration::from_millis(250);

/// How old the list's preview may be. Only search engines and readers without scripts see it.
const PREVIEW_AGE_MAX: Duration = Duration::from_secs(5);

/// Cached events: far more than visitors open within [`AGE_MAX`], at most 330 KB each, and mostly a hundredth of that.
const EVENTS_MAX: u64 = 1_024;

/// Cached pages behind the first one or with filters: at most 300 KB each, and mostly a tenth of that.
const PAGES_MAX: u64 = 64;

/// The answers about public events, at most [`AGE_MAX`] old.
///
/// First pages have a cache of their own, in which nothing else takes their room: neither ids nor cursors nor times that
/// somebody makes up.
pub(crate) struct PublicEvents {
    events: Cache<EventId, Result<Option<Arc<PublicEvent>>, ReadFailed>>,
    /// By their lengths.
    first_pages: Shelf<Result<Bytes, ReadFailed>>,
    pages: Cache<PageKey, Result<Bytes, ReadFailed>>,
    list_preview: Shelf<Result<Arc<Filling>, ReadFailed>>,
}

/// An event as everybody may see it.
pub(crate) struct PublicEvent {
    /// Its JSON.
    pub(crate) body: Bytes,
    /// The ETag of this version.
    pub(crate) etag: String,
    /// The words of its document for readers without scripts.
    pub(crate) preview: Filling,
    /// What its calendar file says.
    pub(crate) event: Event,
    /// Its description without formatting.
    pub(crate) about: String,
    /// Its organizer and picture.
    pub(crate) presentation: Presentation,
}

/// A page of the list.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct PageKey {
    /// Which events it has.
    pub(crate) filter: PublishedFilter,
    /// The last event of the page before.
    pub(crate) after: Option<After>,
    /// The number of events at most.
    pub(crate) limit: i64,
}

impl PublicEvents {
    /// Nothing cached yet.
    pub(crate) fn new() -> Self {
        Self {
            events: Cache::new(AGE_MAX, EVENTS_MAX),
            first_pages: Shelf::new(AGE_MAX, usize::try_from(LIMIT_MAX + 1).unwrap_or(0)),
            pages: Cache::new(AGE_MAX, PAGES_MAX),
            list_preview: Shelf::new(PREVIEW_AGE_MAX, 1),
        }
    }

    /// An event, from the cache or from `read`; `None` if it is not public.
    pub(crate) async fn event(
        &self,
        id: EventId,
        read: impl AsyncFnOnce() -> Result<Option<Arc<PublicEvent>>, ReadFailed>,
    ) -> Result<Option<Arc<PublicEvent>>, ReadFailed> {
        self.events.value(&id, read).await
    }

    /// A page's JSON, from the cache or from `read`.
    pub(crate) async fn page(
        &self,
        key: &PageKey,
        read: impl AsyncFnOnce() -> Result<Bytes, ReadFailed>,
    ) -> Result<Bytes, ReadFailed> {
        if key.after.is_none() && key.filter == PublishedFilter::default() {
            self.first_pages.value(usize::try_from(key.limit).unwrap_or(usize::MAX), read).await
        } else {
            self.pages.value(key, read).await
        }
    }

    /// The words of the list's document for readers without scripts, from the cache or from `read`.
    pub(crate) async fn list_preview(
        &self,
        read: impl AsyncFnOnce() -> Result<Arc<Filling>, ReadFailed>,
    ) -> Result<Arc<Filling>, ReadFailed> {
        self.list_preview.value(0, read).await
    }

    /// This server changed the event: the next request reads it again.
    pub(crate) fn forget(&self, event: EventId) {
        self.events.forget(&event);
        self.first_pages.forget_all();
        self.pages.forget_all();
    }
}
