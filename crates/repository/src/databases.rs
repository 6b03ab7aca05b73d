//! Whole databases, their settings, and advisory locks.

use std::fmt;
use std::time::Duration;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use thiserror::Error;

use crate::errors::Error;

/// Checks that the server answers.
pub async fn ping(connection: &mut AsyncPgConnection) -> Result<(), Error> {
    diesel::sql_query("select 1").execute(connection).await?;
    Ok(())
}

/// Makes the session's commits durable (P5), whatever the defaults of the server, the database or the role. A stronger
/// setting stays.
pub(crate) async fn keep_commits_durable(connection: &mut AsyncPgConnection) -> Result<(), Error> {
    diesel::sql_query(
        "select set_config('synchronous_commit', 'on', false) \
         where current_setting('synchronous_commit') in ('off', 'local')",
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A row of `pg_settings`.
#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    setting: String,
}

/// The settings of this server that break the promises, a line for each.
pub async fn unsound_settings(connection: &mut AsyncPgConnection) -> Result<Vec<String>, Error> {
    let unsound = diesel::sql_query(
        "select name, setting from pg_settings where (name in ('fsync', 'full_page_writes') and setting <> 'on') \
         or (name = 'lc_messages' and setting !~* '^(|c|posix|en)([._@].*|_.*)?$') order by name",
    )
    .load::<Setting>(connection)
    .await?;
    let line = |Setting { name, setting }| match name.as_str() {
        "lc_messages" => format!("lc_messages is {setting}: this program needs PostgreSQL's English error messages"),
        _ => format!("{name} is {setting}: a committed booking might not survive a crash"),
    };
    Ok(unsound.into_iter().map(line).collect())
}

/// The values of these settings in this session, in their base units, as `pg_settings` has them.
pub(crate) async fn settings(
    connection: &mut AsyncPgConnection,
    names: Vec<&str>,
) -> Result<Vec<(String, String)>, Error> {
    let found = diesel::sql_query("select name, setting from pg_settings where name = any($1)")
        .bind::<Array<Text>, _>(names)
        .load::<Setting>(connection)
        .await?;
    Ok(found.into_iter().map(|Setting { name, setting }| (name, setting)).collect())
}

/// Whether commits survive a crash, and what decides about that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Durability {
    /// PostgreSQL's version.
    pub version: String,
    /// The names and values of the settings, in the order of [`Durability::SETTINGS`].
    pub settings: Vec<(String, String)>,
}

impl Durability {
    /// The settings that decide about it.
    pub const SETTINGS: [&'static str; 3] = ["fsync", "full_page_writes", "synchronous_commit"];

    /// Whether a commit that was answered survives a crash of PostgreSQL and of its machine. All values of
    /// `synchronous_commit` but `off` wait until this server has written the commit down; some wait for others as well.
    pub fn is_durable(&self) -> bool {
        self.settings.iter().all(|(name, value)| match name.as_str() {
            "synchronous_commit" => value != "off",
            _ => value == "on",
        })
    }
}

/// The durability of this session's commits, as the running server has it.
pub async fn durability(connection: &mut AsyncPgConnection) -> Result<Durability, Error> {
    let mut found = settings(connection, [&["server_version"], Durability::SETTINGS.as_slice()].concat()).await?;
    let mut take = |name: &str| {
        let place = found.iter().position(|(known, _)| known == name);
        place.map(|place| found.swap_remove(place)).ok_or_else(|| Error::Corrupt(format!("no setting {name}")))
    };
    let (_, version) = take("server_version")?;
    let settings = Durability::SETTINGS.into_iter().map(take).collect::<Result<_, _>>()?;
    Ok(Durability { version, settings })
}

/// The most connections that the server accepts, without the ones that it reserves for administrators.
pub async fn connections_max(connection: &mut AsyncPgConnection) -> Result<i64, Error> {
    #[derive(QueryableByName)]
    struct Room {
        #[diesel(sql_type = BigInt)]
        room: i64,
    }
    let room = diesel::sql_query(
        "select (current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint \
         - coalesce(current_setting('reserved_connections', true)::bigint, 0)) as room",
    );
    Ok(room.get_result::<Room>(connection).await?.room)
}

/// Whether there is a database of this name.
pub async fn exists(connection: &mut AsyncPgConnection, name: &str) -> Result<bool, Error> {
    let found = diesel::sql_query("select 1 from pg_database where datname = $1").bind::<Text, _>(name);
    Ok(found.execute(connection).await? > 0)
}

/// Makes an empty database, in UTF-8.
pub async fn create(connection: &mut AsyncPgConnection, name: &str) -> Result<(), Error> {
    let statement = format!("create database {} template template0 encoding 'UTF8'", quoted(name));
    diesel::sql_query(statement).execute(connection).await?;
    Ok(())
}

/// Copies the database `template`, to which nobody may be connected.
pub async fn create_from(connection: &mut AsyncPgConnection, name: &str, template: &str) -> Result<(), Error> {
    let statement = format!("create database {} template {}", quoted(name), quoted(template));
    diesel::sql_query(statement).execute(connection).await?;
    Ok(())
}

/// Renames a database.
pub async fn rename(connection: &mut AsyncPgConnection, name: &str, new_name: &str) -> Result<(), Error> {
    let statement = format!("alter database {} rename to {}", quoted(name), quoted(new_name));
    diesel::sql_query(statement).execute(connection).await?;
    Ok(())
}

/// Drops a database and ends every session in it.
pub async fn drop(connection: &mut AsyncPgConnection, name: &str) -> Result<(), Error> {
    let statement = format!("drop database if exists {} with (force)", quoted(name));
    diesel::sql_query(statement).execute(connection).await?;
    Ok(())
}

/// The names of all databases that begin with `prefix`.
pub async fn names_with_prefix(connection: &mut AsyncPgConnection, prefix: &str) -> Result<Vec<String>, Error> {
    #[derive(QueryableByName)]
    struct Named {
        #[diesel(sql_type = Text)]
        datname: String,
    }
    let found = diesel::sql_query("select datname::text from pg_database where starts_with(datname::text, $1)")
        .bind::<Text, _>(prefix)
        .load::<Named>(connection)
        .await?;
    Ok(found.into_iter().map(|row| row.datname).collect())
}

/// Why a session could not take an advisory lock.
#[derive(Debug, Error)]
pub enum LockError {
    /// Another session kept it for too long. That session may hang.
    #[error(
        "{holder} has held the lock {name:?} for longer than {} s. Try again if it is still at work; if it hangs, end it: \
         select pg_terminate_backend({})", .patience.as_secs(), .holder.pid
    )]
    Held {
        /// The lock.
        name: String,
        /// How long this session waited.
        patience: Duration,
        /// The session that has it.
        holder: LockHolder,
    },
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// A session that has an advisory lock.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct LockHolder {
    /// The id of PostgreSQL's process for it.
    #[diesel(sql_type = Integer)]
    pub pid: i32,
    /// Its application name; may be empty.
    #[diesel(sql_type = Text)]
    pub application_name: String,
    /// The client's address, or `local`.
    #[diesel(sql_type = Text)]
    pub client: String,
}

impl fmt::Display for LockHolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pid, application_name, client } = self;
        write!(f, "the session of PostgreSQL's process {pid} ({application_name:?}, {client})")
    }
}

/// Takes the advisory lock on `name` for this session, and waits at most `patience` for it. The lock ends with the
/// session.
pub async fn advisory_lock(
    connection: &mut AsyncPgConnection,
    name: &str,
    patience: Duration,
) -> Result<(), LockError> {
    set_lock_timeout(connection, &patience.as_millis().to_string()).await?;
    let lock = diesel::sql_query("select pg_advisory_lock(hashtextextended($1, 0))::text").bind::<Text, _>(name);
    let taken = lock.execute(connection).await.map_err(Error::from);
    diesel::sql_query("reset lock_timeout").execute(connection).await.map_err(Error::from)?;
    match taken {
        Err(Error::TimedOut(error)) => match holder_of_advisory_lock(connection, name).await? {
            Some(holder) => Err(LockError::Held { name: name.to_owned(), patience, holder }),
            // Free by now, but too late for this caller.
            None => Err(Error::TimedOut(error).into()),
        },
        taken => taken.map(|_| ()).map_err(LockError::from),
    }
}

async fn set_lock_timeout(connection: &mut AsyncPgConnection, milliseconds: &str) -> Result<(), Error> {
    let set = diesel::sql_query("select set_config('lock_timeout', $1, false)").bind::<Text, _>(milliseconds);
    set.execute(connection).await?;
    Ok(())
}

async fn holder_of_advisory_lock(connection: &mut AsyncPgConnection, name: &str) -> Result<Option<LockHolder>, Error> {
    let holder = diesel::sql_query(
        "select pid, coalesce(application_name, '') as application_name, coalesce(host(client_addr), 'local') as client \
         from pg_locks join pg_stat_activity using (pid) \
         where locktype = 'advisory' and granted and objsubid = 1 \
         and database = (select oid from pg_database where datname = current_database()) \
         and (classid::bigint << 32 | objid::bigint) = hashtextextended($1, 0)",
    )
    .bind::<Text, _>(name);
    Ok(holder.get_result(connection).await.optional()?)
}

/// Takes the advisory lock on `name` for this session, unless another session has it.
pub async fn try_advisory_lock(connection: &mut AsyncPgConnection, name: &str) -> Result<bool, Error> {
    #[derive(QueryableByName)]
    struct Taken {
        #[diesel(sql_type = diesel::sql_types::Bool)]
        taken: bool,
    }
    let lock = diesel::sql_query("select pg_try_advisory_lock(hashtextextended($1, 0)) as taken").bind::<Text, _>(name);
    Ok(lock.get_result::<Taken>(connection).await?.taken)
}

/// Releases the session's advisory lock on `name`. It does nothing if the session does not hold the lock.
pub async fn release_advisory_lock(connection: &mut AsyncPgConnection, name: &str) -> Result<(), Error> {
    let release = diesel::sql_query("select pg_advisory_unlock(hashtextextended($1, 0))").bind::<Text, _>(name);
    release.execute(connection).await?;
    Ok(())
}

/// Whether any session has the advisory lock on `name`.
pub(crate) async fn is_advisory_lock_taken(connection: &mut AsyncPgConnection, name: &str) -> Result<bool, Error> {
    #[derive(QueryableByName)]
    struct Free {
        #[diesel(sql_type = diesel::sql_types::Bool)]
        free: bool,
    }
    // A shared lock, so that callers do not disturb each other. It ends with the statement.
    let lock = diesel::sql_query("select pg_try_advisory_xact_lock_shared(hashtextextended($1, 0)) as free");
    Ok(!lock.bind::<Text, _>(name).get_result::<Free>(connection).await?.free)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop loudly")]

    use diesel_async::SimpleAsyncConnection;

    use super::*;
    use crate::pools;

    #[test]
    fn commits_are_durable_if_each_setting_makes_them_so() {
        let durable = |values: [&str; 3]| {
            let settings = Durability::SETTINGS.into_iter().zip(values);
            let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            Durability { version: String::new(), settings }.is_durable()
        };
        for last in ["on", "local", "remote_write", "remote_apply"] {
            assert!(durable(["on", "on", last]), "{last}");
        }
        for broken in [["off", "on", "on"], ["on", "off", "on"], ["on", "on", "off"]] {
            assert!(!durable(broken), "{broken:?}");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_durability_is_that_of_the_running_session() {
        let database = testdb::Database::new().await;
        let mut connection = pools::connect_once(&database.url(), testdb::patience::LIMIT).await.unwrap();
        for value in ["off", "local"] {
            connection.batch_execute(&format!("set synchronous_commit = {value}")).await.unwrap();
            let found = durability(&mut connection).await.unwrap();
            let names: Vec<&str> = found.settings.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, Durability::SETTINGS);
            assert_eq!(found.settings.last().map(|(_, value)| value.as_str()), Some(value));
            assert!(found.version.starts_with(|first: char| first.is_ascii_digit()), "{found:?}");
        }
    }
}
