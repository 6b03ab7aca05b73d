//! Accounts whose access changed while their tokens may still be valid.
//!
//! A token identifies its account without the database. This list says whether the token is still current. Each server
//! reads the changes every second. A deactivation, a new role, a new password or signing out therefore ends older
//! tokens on every server within [`EFFECTIVE_WITHIN`], as long as the database answers. A server that has not heard of
//! changes for longer is not ready. Without the database nothing can be written anyway.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use auth::tokens::Session;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{SessionId, UserId};
use domain::limits::ENDED_SESSIONS_MAX;
use repository::access_changes::{self, Place};
use repository::pools::Pool;
use repository::users::{Access, AccessChange};
use tokio::time::MissedTickBehavior;

use crate::http::access::Caller;
use crate::services::background::Pulse;

/// A change of access takes effect on every server within this time.
pub const EFFECTIVE_WITHIN: Duration = Duration::from_secs(2);

const REFRESH_EVERY: Duration = Duration::from_secs(1);

// A change that one read just misses is found by the next one, so two intervals must fit.
const _: () = assert!(2 * REFRESH_EVERY.as_millis() <= EFFECTIVE_WITHIN.as_millis());

/// The pause after a read that failed: a server is not ready before it has heard of changes again.
const AGAIN_AFTER: Duration = Duration::from_millis(200);

/// The time limit of one read, with the wait for a connection. The next one may have better luck.
const READ_WITHIN: Duration = Duration::from_secs(5);

/// A loop that has not come to the end of a read for this long hangs.
pub(crate) const STALL_AFTER: Duration = Duration::from_secs(15);

const _: () = assert!(2 * (REFRESH_EVERY.as_millis() + READ_WITHIN.as_millis()) <= STALL_AFTER.as_millis());

/// The first read goes back this much further than the tokens' lifetime, because clocks differ.
pub(crate) const CLOCK_MARGIN: Duration = Duration::from_secs(600);

/// The list. An entry stays for as long as a token from before the change may live.
#[derive(Debug)]
pub(crate) struct AccessList {
    changed: RwLock<HashMap<UserId, Known>>,
    token_lifetime: Duration,
    /// Each read overlaps the one before by this much, because the time of a change lies before its commit.
    overlap: Duration,
    heard: Mutex<Heard>,
}

/// How often everything is read that could matter.
const READ_ALL_EVERY: Duration = Duration::from_secs(60);

/// How often old entries are looked for. Requests wait meanwhile, so it is not done more often than needed.
const FORGET_EVERY: Duration = Duration::from_secs(60);

/// The most changes that one statement reads. After a busy day there may be many, and each may have a hundred sessions.
const CHANGES_AT_ONCE: i64 = 1_000;

/// The last read of all changes.
#[derive(Debug, Clone, Copy)]
struct Heard {
    /// When it began.
    at: Instant,
    /// The same, by the database's clock. None before the first read.
    known_at: Option<DateTime<Utc>>,
    /// When the last read of everything began.
    all_at: Instant,
}

/// The most sessions to remember of one account: more than the database keeps, since some are heard of before they are
/// read.
const SESSIONS_MAX: usize = 2 * ENDED_SESSIONS_MAX;

#[derive(Debug, Clone)]
struct Known {
    access: Access,
    /// Sessions that ended, of this version.
    ended_sessions: Vec<SessionId>,
    since: Instant,
}

impl AccessList {
    /// An empty list. Tokens live for `token_lifetime`. A change commits at most `overlap` after the time that it
    /// carries (see [`crate::settings::Database::access_overlap`]).
    pub(crate) fn new(token_lifetime: Duration, overlap: Duration) -> Self {
        let heard = Mutex::new(Heard { at: Instant::now(), known_at: None, all_at: Instant::now() });
        Self { changed: RwLock::default(), token_lifetime, overlap, heard }
    }

    /// Whether this server has heard of changes lately enough to keep the promise of [`EFFECTIVE_WITHIN`].
    pub(crate) fn is_current(&self) -> bool {
        self.heard().at.elapsed() <= EFFECTIVE_WITHIN
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the account's access is unchanged since the token was issued, as far as this server knows. A token may
    /// have a newer version than the known one: a server that knew more issued it.
    pub(crate) fn admits(&self, session: &Session) -> bool {
        self.holds(session.user, session.access_version, session.id)
    }

    /// [`AccessList::admits`] for the session of a request that takes long.
    pub(crate) fn still_admits(&self, caller: Caller) -> bool {
        self.holds(caller.user, caller.access_version, caller.session)
    }

    /// [`AccessList::admits`] for the owner of an API key that was made at this version.
    pub(crate) fn admits_key_of(&self, owner: UserId, access_version: i64) -> bool {
        self.holds(owner, access_version, None)
    }

    fn holds(&self, user: UserId, access_version: i64, session: Option<SessionId>) -> bool {
        let changed = self.changed.read().unwrap_or_else(PoisonError::into_inner);
        match changed.get(&user) {
            Some(Known { access, ended_sessions, .. }) if access_version == access.access_version => {
                access.is_active && session.is_none_or(|id| !ended_sessions.contains(&id))
            }
            Some(Known { access, .. }) => access_version > access.access_version,
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

    /// Reads the changes since the last read. The first read, and one a minute, goes back to every change that a still
    /// valid token could predate: a commit that waits for a standby may come later than any overlap covers.
    pub(crate) async fn refresh(&self, pool: &Pool) -> Result<(), repository::Error> {
        let at = Instant::now();
        let heard = *self.heard();
        let is_due = heard.all_at.elapsed() >= READ_ALL_EVERY;
        let since = match heard.known_at {
            Some(known_at) if !is_due => back_from(known_at, self.overlap),
            _ => back_from(Utc::now(), self.token_lifetime + CLOCK_MARGIN + self.overlap),
        };
        let all_at = if is_due { at } else { heard.all_at };
        // If the read of everything fails, the next one is a short one again: it must not keep this server from
        // hearing.
        self.heard().all_at = all_at;
        let known_at = self.read(pool, since).await?;
        *self.heard() = Heard { at, known_at: Some(known_at), all_at };
        Ok(())
    }

    /// Adds the changes after `since`, a page at a time. Returns the database's time at the beginning: a later page
    /// does not see what has happened to the accounts of an earlier one.
    async fn read(&self, pool: &Pool, since: DateTime<Utc>) -> Result<DateTime<Utc>, repository::Error> {
        let (mut after, mut began_at) = (Place::since(since), None);
        loop {
            let page =
                pool.run(async |connection| access_changes::page(connection, after, CHANGES_AT_ONCE).await).await?;
            page.changes.into_iter().for_each(|change| self.note(change));
            let began_at = *began_at.get_or_insert(page.read_at);
            match page.next {
                Some(next) => after = next,
                None => return Ok(began_at),
            }
        }
    }
}

fn back_from(time: DateTime<Utc>, by: Duration) -> DateTime<Utc> {
    let by = TimeDelta::from_std(by).unwrap_or(TimeDelta::MAX);
    time.checked_sub_signed(by).unwrap_or(DateTime::UNIX_EPOCH)
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

/// Keeps the list up to date. Never returns.
pub(crate) async fn keep_up(list: &AccessList, pool: &Pool, pulse: &Pulse) {
    let mut ticks = tokio::time::interval(REFRESH_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut is_late = false;
    let mut forgotten_at = Instant::now();
    loop {
        ticks.tick().await;
        if forgotten_at.elapsed() >= FORGET_EVERY {
            list.forget_old();
            forgotten_at = Instant::now();
        }
        let read = tokio::time::timeout(READ_WITHIN, list.refresh(pool)).await;
        match read.unwrap_or_else(|_| Err(repository::Error::Unavailable("no answer came in time".into()))) {
            Ok(()) => {
                if is_late {
                    tracing::info!("reading changes of access works again");
                }
                is_late = false;
            }
            Err(error) => {
                if !is_late {
                    tracing::warn!(%error, "could not read changes of access");
                }
                is_late = true;
                ticks.reset_after(AGAIN_AFTER);
            }
        }
        pulse.beat().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use auth::passwords::Hasher;
    use domain::accounts::{Email, PersonName, Role};
    use repository::pools::{PoolSettings, Purpose};
    use repository::users::{self, NewUser};
    use tokio::runtime::Handle;
    use uuid::Uuid;

    const LIFETIME: Duration = Duration::from_secs(600);
    const OVERLAP: Duration = Duration::from_secs(15);

    fn session(user: UserId, access_version: i64) -> Session {
        Session { user, role: Role::Audience, access_version, is_verified: false, id: None, issued_at: Utc::now() }
    }

    #[test]
    fn a_token_holds_as_long_as_its_account_is_what_it_was() {
        let (list, user) = (AccessList::new(LIFETIME, OVERLAP), UserId::from(Uuid::now_v7()));
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
        let (list, user) = (AccessList::new(LIFETIME, OVERLAP), UserId::from(Uuid::now_v7()));
        let of = |id: SessionId, version| Session { id: Some(id), ..session(user, version) };
        let change = |access_version, ended_sessions: Vec<SessionId>| AccessChange {
            access: Access { user, role: Role::Audience, is_active: true, access_version },
            ended_sessions,
        };
        let ids: Vec<SessionId> = (0..4).map(|_| Uuid::now_v7().into()).collect();
        list.note(change(1, vec![ids[0]]));
        assert_eq!([0, 1].map(|n| list.admits(&of(ids[n], 1))), [false, true]);
        // A read that had begun before does not bring it back.
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
        let (list, user) = (AccessList::new(LIFETIME, OVERLAP), UserId::from(Uuid::now_v7()));
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
        repository::administration::set_access(&mut connection, new.id, Role::Audience, false).await.unwrap();
        let list = AccessList::new(LIFETIME, OVERLAP);
        list.refresh(&pool).await.unwrap();
        assert!(!list.admits(&session(new.id, 1)));
        assert!((Utc::now() - list.heard().known_at.unwrap()).abs() < TimeDelta::minutes(1));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_first_look_finds_more_changes_than_one_statement_reads() {
        let database = testdb::Database::new().await;
        let pool = Pool::new(&database.url(), Purpose::General, &PoolSettings::default(), Handle::current()).unwrap();
        let (client, connection) = tokio_postgres::connect(&database.url(), tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        let many = 2 * CHANGES_AT_ONCE + 1;
        // Half of them changed in the same microsecond.
        let sign_out = format!(
            "insert into users (id, name, email, password_hash, role, kind, access_version, access_changed_at) \
             select lpad(n::text, 32, '0')::uuid, 'A', n || '@example.com', '!', 'AUDIENCE', 'PERSON', 2, \
             now() - n % 2 * n * interval '1 ms' from generate_series(1, {many}) n"
        );
        client.batch_execute(&sign_out).await.unwrap();
        let list = AccessList::new(LIFETIME, OVERLAP);
        list.refresh(&pool).await.unwrap();
        let known = list.changed.read().unwrap().len();
        assert_eq!(i64::try_from(known).unwrap(), many);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_change_that_commits_late_is_heard_of_if_its_transaction_kept_its_limit() {
        let database = testdb::Database::new().await;
        let pool = Pool::new(&database.url(), Purpose::General, &PoolSettings::default(), Handle::current()).unwrap();
        let (one, other) = (UserId::from(Uuid::now_v7()), UserId::from(Uuid::now_v7()));
        // As transactions would leave them that took a minute and ten minutes from their change to their commit.
        let late = format!(
            "insert into users (id, name, email, password_hash, role, kind, access_version, access_changed_at) values \
             ('{one}', 'A', 'a@example.com', '!', 'AUDIENCE', 'PERSON', 2, clock_timestamp() - interval '1 min'), \
             ('{other}', 'B', 'b@example.com', '!', 'AUDIENCE', 'PERSON', 2, clock_timestamp() - interval '10 min')"
        );
        let list = AccessList::new(LIFETIME, Duration::from_secs(120));
        list.refresh(&pool).await.unwrap();
        let (client, connection) = tokio_postgres::connect(&database.url(), tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute(&late).await.unwrap();
        list.refresh(&pool).await.unwrap();
        assert_eq!([one, other].map(|user| list.admits(&session(user, 1))), [false, true]);
    }
}
