//! Claims: marks at events and stress tests that all servers see, as long as a session lives.

use std::sync::Arc;
use std::time::Duration;

use domain::ids::EventId;
use repository::{AsyncPgConnection, pools, rehearsals, simulations};
use tokio::runtime::Handle;
use uuid::Uuid;

/// How long the session that marks a stress test as running may take to open, and to take an event.
const CLAIM_TIMEOUT: Duration = Duration::from_secs(5);

/// How long it may take to release the events of a stress test or an undo.
const RELEASE_TIMEOUT: Duration = Duration::from_secs(5);

/// A session that marks stress tests as running for all servers, as long as it lives. A crash ends it.
pub(super) struct Claim {
    connection: AsyncPgConnection,
    /// The events that it has taken.
    taken: Vec<EventId>,
}

impl Claim {
    /// A session that has claimed nothing yet. It is not one of a pool, since it must live as long as its claims.
    pub(super) async fn open(runtime: &Handle, database_url: &Arc<str>) -> Result<Self, repository::Error> {
        let url = Arc::clone(database_url);
        let opening = runtime.spawn(async move { pools::connect_once(&url, CLAIM_TIMEOUT).await });
        // Fails only if the runtime shuts down.
        let opened = opening.await.map_err(|error| repository::Error::Unavailable(error.into()))?;
        Ok(Self { connection: opened?, taken: Vec::new() })
    }

    pub(super) async fn take(&mut self, event: EventId) -> Result<bool, repository::Error> {
        let taken = tokio::time::timeout(CLAIM_TIMEOUT, rehearsals::claim(&mut self.connection, event)).await;
        let taken = taken.map_err(|elapsed| repository::Error::Unavailable(elapsed.into()))??;
        if taken {
            self.taken.push(event);
        }
        Ok(taken)
    }

    /// Releases the events that it has taken. Must come before the end is stored or reported: an undo, or a test on
    /// another server, may begin at once.
    pub(super) async fn release(&mut self) {
        let released = tokio::time::timeout(RELEASE_TIMEOUT, async {
            for event in &self.taken {
                rehearsals::release(&mut self.connection, *event).await?;
            }
            Ok(())
        });
        let released = released.await.unwrap_or_else(|elapsed| Err(repository::Error::Unavailable(elapsed.into())));
        if let Err(error) = released {
            // PostgreSQL releases them when it notices the end of the session.
            let events = &self.taken;
            tracing::warn!(%error, ?events, "could not release a stress test's claim on its events");
        }
        self.taken.clear();
    }

    pub(super) async fn take_test(&mut self, id: Uuid) -> Result<(), repository::Error> {
        simulations::claim(&mut self.connection, id).await
    }
}
