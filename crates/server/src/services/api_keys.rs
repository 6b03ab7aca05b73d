//! API keys of requests: looked up once a second, whatever number of requests has them.
//!
//! A revoked key ends at once on the server that revokes it, and on all others within [`AGE_MAX`]. A change of its
//! owner's access ends it wherever the change is heard of, as it ends tokens.

use std::sync::Arc;
use std::time::Duration;

use auth::api_keys::ApiKey;
use chrono::Utc;
use domain::api_keys::KeyState;
use domain::ids::ApiKeyId;
use repository::AsyncPgConnection;
use repository::api_keys::{self as stored, Holder};
use repository::pools::Pool;

use crate::http::problems::{NoSession, Problem};
use crate::services::access_list::{AccessList, EFFECTIVE_WITHIN};
use crate::services::cache::{Cache, ReadFailed};
use crate::services::metrics::Labelled;

/// How old the knowledge of a key may be when a request has it.
const AGE_MAX: Duration = Duration::from_secs(1);

// Revoking a key takes effect no later than a change of access.
const _: () = assert!(AGE_MAX.as_millis() <= EFFECTIVE_WITHIN.as_millis());

/// Known keys, at most two kilobytes each: more than are used within a second. Made-up keys push none out that is in
/// use.
const KEYS_MAX: u64 = 4_096;

/// The API keys of requests.
pub(crate) struct ApiKeys {
    pool: Pool,
    access_list: Arc<AccessList>,
    /// By their digests: the keys themselves are kept nowhere.
    known: Cache<[u8; 32], Result<Option<Arc<Holder>>, ReadFailed>>,
    refusals: Labelled<1>,
}

impl ApiKeys {
    /// Looks keys up in this database. `refusals` counts those that do not work, by reason.
    pub(crate) fn new(pool: Pool, access_list: Arc<AccessList>, refusals: Labelled<1>) -> Self {
        Self { pool, access_list, known: Cache::new(AGE_MAX, KEYS_MAX), refusals }
    }

    /// The key that a text is meant to be, if it works.
    pub(crate) async fn holder(&self, text: &str) -> Result<Arc<Holder>, Problem> {
        let (why, reason) = match ApiKey::parse(text) {
            None => (NoSession::NoSuchKey, "malformed"),
            Some(key) => match self.find(key.digest()).await? {
                None => (NoSession::NoSuchKey, "unknown"),
                Some(holder) => match self.state(&holder) {
                    KeyState::Active => return Ok(holder),
                    KeyState::Expired => (NoSession::KeyExpired, "expired"),
                    KeyState::Ended => (NoSession::KeyEnded, "ended"),
                },
            },
        };
        self.refusals.get_or_create(&[("reason", reason)]).inc();
        Err(Problem::Unauthenticated(why))
    }

    /// Whether the key of this id still works, for a request that takes long. Its owner's access is another question.
    pub(crate) async fn is_kept(&self, id: ApiKeyId) -> Result<bool, Problem> {
        let found = self.pool.run(async |connection: &mut AsyncPgConnection| stored::works(connection, id).await);
        Ok(found.await?)
    }

    /// Forgets a key that was revoked.
    pub(crate) fn forget(&self, digest: &[u8; 32]) {
        self.known.forget(digest);
    }

    fn state(&self, holder: &Holder) -> KeyState {
        let is_current = holder.is_current && self.access_list.admits_key_of(holder.owner, holder.access_version);
        KeyState::of(holder.expires_at, is_current, Utc::now())
    }

    async fn find(&self, digest: [u8; 32]) -> Result<Option<Arc<Holder>>, ReadFailed> {
        self.known.value(&digest, async || self.read(digest).await).await
    }

    async fn read(&self, digest: [u8; 32]) -> Result<Option<Arc<Holder>>, ReadFailed> {
        let find = async |connection: &mut AsyncPgConnection| stored::find(connection, &digest).await;
        let found = self.pool.run(find).await.map_err(ReadFailed::of)?;
        if let Some(holder) = &found
            && holder.is_use_due
            && self.state(holder) == KeyState::Active
        {
            let (pool, id) = (self.pool.clone(), holder.id);
            // The request does not wait for the note, which may have to wait for a standby.
            actix_web::rt::spawn(async move {
                let note = async |connection: &mut AsyncPgConnection| stored::note_use(connection, id).await;
                if let Err(error) = pool.run(note).await {
                    tracing::warn!(%error, "could not note that an API key is in use");
                }
            });
        }
        Ok(found.map(Arc::new))
    }
}
