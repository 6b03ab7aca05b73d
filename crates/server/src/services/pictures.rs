//! Pictures of events: made of uploads one at a time, and sent from memory.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Bytes;
use domain::ids::{EventId, PictureId, UserId};
use domain::pictures::PictureSize;
use pictures::Renditions;
use tokio::sync::Semaphore;

use crate::http::problems::Problem;
use crate::services::cache::{Cache, ReadFailed};
use crate::services::concurrency::ConcurrencyLimit;

/// How long a file is sent on without a look at whether its event still has it. The file itself never changes.
const AGE_MAX: Duration = Duration::from_secs(10);

/// Files in memory: a megabyte each at most, and mostly a fifth of that.
const FILES_MAX: u64 = 64;

/// The longest wait for other pictures to be made.
const WAIT_MAX: Duration = Duration::from_secs(10);

/// A file of a picture.
pub(crate) type PictureKey = (EventId, PictureId, PictureSize);

/// Makes pictures, and keeps the files that are asked for.
pub(crate) struct Pictures {
    /// For uploads, from their first byte to their last.
    pub(crate) uploads: ConcurrencyLimit<UserId>,
    making: Arc<Semaphore>,
    files: Cache<PictureKey, Result<Option<Bytes>, ReadFailed>>,
}

impl Pictures {
    /// Nothing made or kept yet.
    pub(crate) fn new() -> Self {
        Self {
            uploads: ConcurrencyLimit::of_uploads(),
            // One: it takes a core, which a sale may want, and much memory.
            making: Arc::new(Semaphore::new(1)),
            files: Cache::new(AGE_MAX, FILES_MAX),
        }
    }

    /// Makes a picture of a file, on a thread of its own.
    pub(crate) async fn make(&self, file: Bytes) -> Result<Renditions, Problem> {
        let turn = tokio::time::timeout(WAIT_MAX, Arc::clone(&self.making).acquire_owned());
        let turn = turn.await.map_err(|_| Problem::busy(WAIT_MAX.as_secs()))?;
        let turn = turn.map_err(|error| Problem::Internal(error.into()))?;
        let made = tokio::task::spawn_blocking(move || {
            // The thread holds the turn, because it works on even if the client has left.
            let _turn = turn;
            pictures::render(&file)
        });
        let made = made.await.map_err(|error| Problem::Internal(error.into()))?;
        made.map_err(|unusable| Problem::UnusablePicture { reason: unusable.to_string() })
    }

    /// A file, from memory or from `read`; `None` if its event does not have it, or not any more.
    pub(crate) async fn file(
        &self,
        key: &PictureKey,
        read: impl AsyncFnOnce() -> Result<Option<Bytes>, ReadFailed>,
    ) -> Result<Option<Bytes>, ReadFailed> {
        let found = self.files.value(key, read).await;
        // A database that was away for a moment is asked again.
        if found.is_err() {
            self.files.forget(key);
        }
        found
    }

    /// This server has taken the picture away: the next request finds nothing.
    pub(crate) fn forget(&self, event: EventId, id: PictureId) {
        for size in PictureSize::ALL {
            self.files.forget(&(event, id, size));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;

    use futures_util::poll;

    #[tokio::test]
    async fn a_failed_read_is_not_kept_and_a_file_is() {
        let pictures = Pictures::new();
        let key = (uuid::Uuid::now_v7().into(), uuid::Uuid::now_v7().into(), PictureSize::Large);
        assert_eq!(pictures.file(&key, async || Err(ReadFailed::Unavailable)).await, Err(ReadFailed::Unavailable));
        let file = Some(Bytes::from_static(b"a file"));
        for found in [file.clone(), None] {
            assert_eq!(pictures.file(&key, async || Ok(found)).await, Ok(file.clone()));
        }
        pictures.forget(key.0, key.1);
        assert_eq!(pictures.file(&key, async || Ok(None)).await, Ok(None));
    }

    #[tokio::test]
    async fn one_picture_is_made_at_a_time() {
        let pictures = Pictures::new();
        let turn = Arc::clone(&pictures.making).acquire_owned().await.unwrap();
        let no_picture = || Bytes::from_static(b"no picture");
        let mut waiting = pin!(pictures.make(no_picture()));
        assert!(poll!(waiting.as_mut()).is_pending());
        drop(turn);
        assert!(matches!(waiting.await, Err(Problem::UnusablePicture { .. })));
    }
}
