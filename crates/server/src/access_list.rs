//! Accounts whose access changed while tokens of theirs may still be valid.
//!
//! A token says who somebody is without a look at the database; this says whether that still holds. Each server re-reads
//! what changed every second, so that a deactivation, a new role or a new password ends the older tokens on every server
//! within [`EFFECTIVE_WITHIN`] while the database answers. Without the database nothing can be written anyway.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

use auth::tokens::Session;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::UserId;
use repository::pools::Pool;
use repository::users::{self, Access};
use tokio::time::MissedTickBehavior;

/// How soon a change of access holds on every server.
pub const EFFECTIVE_WITHIN: Duration = Duration::from_secs(2);

const REFRESH_EVERY: Duration = Duration::from_secs(1);

/// How much of the past is read again each time: a change shows when it commits, with a time from before. Longer than a
/// statement may run by default.
const OVERLAP: TimeDelta = TimeDelta::seconds(15);

/// How much further back than the tokens' lifetime the first look goes: the clocks of servers and database differ.
const CLOCK_MARGIN: TimeDelta = TimeDelta::minutes(10);

/// The list. It holds an entry for as long as a token from before the change may live.
#[derive(Debug)]
pub(crate) struct AccessList {
    changed: RwLock<HashMap<UserId, Known>>,
    token_lifetime: Duration,
}

#[derive(Debug, Clone, Copy)]
struct Known {
    access: Access,
    since: Instant,
}

impl AccessList {
    /// Nothing known yet; tokens live for `token_lifetime`.
    pub(crate) fn new(token_lifetime: Duration) -> Self {
        Self { changed: RwLock::default(), token_lifetime }
    }

    /// Whether the account is what it was when the token was issued, as far as is known. A token that is newer than what
    /// is known here was issued by a server that knew more.
    pub(crate) fn admits(&self, session: &Session) -> bool {
        let changed = self.changed.read().unwrap_or_else(PoisonError::into_inner);
        match changed.get(&session.user) {
            Some(Known { access, .. }) if session.access_version == access.access_version => access.is_active,
            Some(Known { access, .. }) => session.access_version > access.access_version,
            None => true,
        }
    }

    /// Takes note of a change, unless a later one is known.
    pub(crate) fn note(&self, access: Access) {
        let mut changed = self.changed.write().unwrap_or_else(PoisonError::into_inner);
        let known = Known { access, since: Instant::now() };
        let newest = changed.entry(access.user).or_insert(known);
        if newest.access.access_version < access.access_version {
            *newest = known;
        }
    }

    fn forget_old(&self) {
        // What is learnt late stays longer than needed, never shorter.
        let lifetime = self.token_lifetime + REFRESH_EVERY;
        let mut changed = self.changed.write().unwrap_or_else(PoisonError::into_inner);
        changed.retain(|_, known| known.since.elapsed() <= lifetime);
    }

    /// Reads every change that tokens of today may be from before of. Returns when, by the database's clock.
    pub(crate) async fn load(&self, pool: &Pool) -> Result<DateTime<Utc>, repository::Error> {
        let lifetime = TimeDelta::from_std(self.token_lifetime).unwrap_or(TimeDelta::MAX);
        let since = Utc::now().checked_sub_signed(lifetime + CLOCK_MARGIN).unwrap_or(DateTime::UNIX_EPOCH);
        self.refresh(pool, since).await
    }

    async fn refresh(&self, pool: &Pool, since: DateTime<Utc>) -> Result<DateTime<Utc>, repository::Error> {
        let (changed, asked_at) =
            pool.run(async |connection| users::access_changed_since(connection, since).await).await?;
        changed.into_iter().for_each(|access| self.note(access));
        Ok(asked_at)
    }
}

/// Keeps the list up to date, from what was known at `known_at` on. Never ends.
pub(crate) async fn keep_up(list: &AccessList, pool: &Pool, mut known_at: DateTime<Utc>) {
    let mut ticks = tokio::time::interval(REFRESH_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut is_late = false;
    loop {
        ticks.tick().await;
        list.forget_old();
        match list.refresh(pool, known_at - OVERLAP).await {
            Ok(asked_at) => {
                if is_late {
                    tracing::info!("changes of access are known again");
                }
                is_late = false;
                known_at = asked_at;
            }
            Err(error) => {
                if !is_late {
                    tracing::warn!(%error, "changes of access by other servers cannot be read for the moment");
                }
                is_late = true;
            }
        }
    }
}
