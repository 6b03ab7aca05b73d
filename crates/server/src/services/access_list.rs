//! Accounts whose access changed while their tokens may still be valid.
//!
//! A token identifies its account without the database. This list says whether the token is still current. Each server
//! reads the changes every second. A deactivation, a new role, a new password or signing out therefore ends older tokens on
//! every server within [`EFFECTIVE_WITHIN`], as long as the database answers. Without the database nothing can be written
//! anyway.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

use auth::tokens::Session;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{SessionId, UserId};
use domain::limits::ENDED_SESSIONS_MAX;
use repository::pools::Pool;
use repository::users::{self, Access, AccessChange};
use tokio::time::MissedTickBehavior;

/// A change of access takes effect on every server within this time.
pub const EFFECTIVE_WITHIN: Duration = Duration::from_secs(2);

const REFRESH_EVERY: Duration = Duration::from_secs(1);

// A change that one read just misses is found by the next one, so two intervals must fit.
const _: () = assert!(2 * REFRESH_EVERY.as_millis() <= EFFECTIVE_WITHIN.as_millis());

/// Each read overlaps the one before by this much, because the time of a change lies before its commit. Longer than a
/// statement may run by default.
const OVERLAP: TimeDelta = TimeDelta::seconds(15);

/// The first read goes back this much further than the tokens' lifetime, because clocks differ.
const CLOCK_MARGIN: TimeDelta = TimeDelta::minutes(10);

/// The list. An entry stays for as long as a token from before the change may live.
#[derive(Debug)]
pub(crate) struct AccessList {
    changed: RwLock<HashMap<UserId, Known>>,
    token_lifetime: Duration,
}

/// The most sessions to remember of one account: more than the database keeps, since some are heard of before they are read.
const SESSIONS_MAX: usize = 2 * ENDED_SESSIONS_MAX;

#[derive(Debug, Clone)]
struct Known {
    access: Access,
    /// Sessions that ended, of this version.
    ended_sessions: Vec<SessionId>,
    since: Instant,
}

impl AccessList {
    /// An empty list. Tokens live for `token_lifetime`.
    pub(crate) fn new(token_lifetime: Duration) -> Self {
        Self { changed: RwLock::default(), token_lifetime }
    }

    /// Whether the account's access is unchanged since the token was issued, as far as this server knows. A token may
    /// have a newer version than the known one: a server that knew more issued it.
    pub(crate) fn admits(&self, session: &Session) -> bool {
        let changed = self.changed.read().unwrap_or_else(PoisonError::into_inner);
        match changed.get(&session.user) {
            Some(Known { access, ended_sessions, .. }) if session.access_version == access.access_version => {
                access.is_active && session.id.is_none_or(|id| !ended_sessions.contains(&id))
            }
            Some(Known { access, .. }) => session.access_version > access.access_version,
            None => true,
        }
    }

    /// Adds a change, unless a later one is known.
    pub(crate) fn note(&self, change: impl Into<AccessChange>) {
        let AccessChange { access, ended_sessions } = change.into();
        let mut changed = self.changed.write().unwrap_or_else(PoisonError::into_inner);
        let new = || Known { access, ended_sessions: Vec::new(), since: Instant::now() };
        let newest = changed.entry(access.user).or_insert_with(new);
        if newest.access.access_version < access.access_version {
            *newest = new();
        }
        if newest.access.access_version == access.access_version {
            newest.end(ended_sessions);
        }
    }

    fn forget_old(&self) {
        // A change that is learned late stays longer than needed, never shorter.
        let lifetime = self.token_lifetime + REFRESH_EVERY;
        let mut changed = self.changed.write().unwrap_or_else(PoisonError::into_inner);
        changed.retain(|_, known| known.since.elapsed() <= lifetime);
    }

    /// Loads every change that a still valid token could predate. Returns the time of the read, by the database's
    /// clock.
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

impl Known {
    /// Adds sessions that ended. The newest are kept: the tokens of others have expired.
    fn end(&mut self, sessions: Vec<SessionId>) {
        for session in sessions {
            if !self.ended_sessions.contains(&session) {
                self.ended_sessions.push(session);
                self.since = Instant::now();
            }
        }
        let excess = self.ended_sessions.len().saturating_sub(SESSIONS_MAX);
        if excess > 0 {
            self.ended_sessions.sort_unstable();
            self.ended_sessions.drain(..excess);
        }
    }
}

/// Keeps the list up to date from `known_at` on. Never returns.
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
                    tracing::info!("reading changes of access works again");
                }
                is_late = false;
                known_at = asked_at;
            }
            Err(error) => {
                if !is_late {
                    tracing::warn!(%error, "could not read changes of access");
                }
                is_late = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use auth::passwords::Hasher;
    use domain::accounts::{Email, PersonName, Role};
    use repository::pools::{PoolSettings, Purpose};
    use repository::users::NewUser;
    use tokio::runtime::Handle;
    use uuid::Uuid;

    const LIFETIME: Duration = Duration::from_secs(600);

    fn session(user: UserId, access_version: i64) -> Session {
        Session { user, role: Role::Audience, access_version, id: None, issued_at: Utc::now() }
    }

    #[test]
    fn a_token_holds_as_long_as_its_account_is_what_it_was() {
        let (list, user) = (AccessList::new(LIFETIME), UserId::from(Uuid::now_v7()));
        let access = |access_version, is_active| Access { user, role: Role::Audience, is_active, access_version };
        assert!(list.admits(&session(user, 1)));
        list.note(access(3, true));
        assert_eq!([2, 3, 4].map(|version| list.admits(&session(user, version))), [false, true, true]);
        list.note(access(4, false));
        assert_eq!([3, 4, 5].map(|version| list.admits(&session(user, version))), [false, false, true]);
        // An update that arrives late.
        list.note(access(3, true));
        assert!(!list.admits(&session(user, 3)));
        assert!(list.admits(&session(UserId::from(Uuid::now_v7()), 1)), "others are not concerned");
    }

    #[test]
    fn a_session_that_ended_is_refused_and_the_others_of_its_account_are_not() {
        let (list, user) = (AccessList::new(LIFETIME), UserId::from(Uuid::now_v7()));
        let of = |id: SessionId, version| Session { id: Some(id), ..session(user, version) };
        let change = |access_version, ended_sessions: Vec<SessionId>| AccessChange {
            access: Access { user, role: Role::Audience, is_active: true, access_version },
            ended_sessions,
        };
        let ids: Vec<SessionId> = (0..4).map(|_| Uuid::now_v7().into()).collect();
        list.note(change(1, vec![ids[0]]));
        assert_eq!([0, 1].map(|n| list.admits(&of(ids[n], 1))), [false, true]);
        // What a read had begun before does not bring it back.
        list.note(change(1, Vec::new()));
        list.note(change(1, vec![ids[1]]));
        assert_eq!([0, 1, 2].map(|n| list.admits(&of(ids[n], 1))), [false, false, true]);
        list.note(change(2, vec![ids[3]]));
        assert_eq!([2, 3].map(|n| list.admits(&of(ids[n], 1))), [false, false]);
        assert_eq!([2, 3].map(|n| list.admits(&of(ids[n], 2))), [true, false]);
        list.note(change(2, (0..3 * SESSIONS_MAX).map(|_| Uuid::now_v7().into()).collect()));
        assert_eq!(list.changed.read().unwrap()[&user].ended_sessions.len(), SESSIONS_MAX);
    }

    #[test]
    fn an_entry_goes_when_no_token_is_left_from_before_the_change() {
        let (list, user) = (AccessList::new(LIFETIME), UserId::from(Uuid::now_v7()));
        list.note(Access { user, role: Role::Audience, is_active: false, access_version: 2 });
        list.forget_old();
        assert!(!list.admits(&session(user, 1)));
        if let Some(known) = list.changed.write().unwrap().get_mut(&user) {
            known.since = known.since.checked_sub(LIFETIME + REFRESH_EVERY + REFRESH_EVERY).unwrap();
        }
        list.forget_old();
        assert_eq!(list.changed.read().unwrap().len(), 0);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_first_look_goes_back_as_far_as_tokens_do() {
        let database = testdb::Database::new().await;
        let pool = Pool::new(&database.url(), Purpose::General, &PoolSettings::default(), Handle::current()).unwrap();
        let mut connection = pool.connection().await.unwrap();
        let new = NewUser {
            id: UserId::from(Uuid::now_v7()),
            name: PersonName::parse("A").unwrap(),
            email: Email::parse("a@example.com").unwrap(),
            password_hash: Hasher::new(4).unwrap().hash("a password").unwrap(),
            role: Role::Audience,
        };
        users::insert(&mut connection, &new).await.unwrap();
        users::set_access(&mut connection, new.id, Role::Audience, false).await.unwrap();
        let list = AccessList::new(LIFETIME);
        let asked_at = list.load(&pool).await.unwrap();
        assert!(!list.admits(&session(new.id, 1)));
        assert!((Utc::now() - asked_at).abs() < TimeDelta::minutes(1));
    }
}
