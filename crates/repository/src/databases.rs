//! Databases as a whole: whether one answers, making one, copying one from a template.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::errors::Error;

/// Whether the server answers.
pub async fn ping(connection: &mut AsyncPgConnection) -> Result<(), Error> {
    diesel::sql_query("select 1").execute(connection).await?;
    Ok(())
}

/// Makes the session's commits durable where the server, the database or the role would have it otherwise (P5). A
/// stronger setting stays.
pub(crate) async fn keep_commits_durable(connection: &mut AsyncPgConnection) -> Result<(), Error> {
    diesel::sql_query(
        "select set_config('synchronous_commit', 'on', false) \
         where current_setting('synchronous_commit') in ('off', 'local')",
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What keeps this server from holding the promises, a line for each setting; empty if nothing does.
pub async fn unsound_settings(connection: &mut AsyncPgConnection) -> Result<Vec<String>, Error> {
    #[derive(QueryableByName)]
    struct Setting {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Text)]
        setting: String,
    }
    let unsound = diesel::sql_query(
        "select name, setting from pg_settings where (name in ('fsync', 'full_page_writes') and setting <> 'on') \
         or (name = 'lc_messages' and setting !~* '^(|c|posix|en)([._@].*|_.*)?$') order by name",
    )
    .load::<Setting>(connection)
    .await?;
    let line = |Setting { name, setting }| match name.as_str() {
        "lc_messages" => format!("lc_messages is {setting}: errors are told apart by their English text"),
        _ => format!("{name} is {setting}: an answer would not survive a crash"),
    };
    Ok(unsound.into_iter().map(line).collect())
}

/// Whether there is a database of this name.
pub async fn exists(connection: &mut AsyncPgConnection, name: &str) -> Result<bool, Error> {
    let found = diesel::sql_query("select 1 from pg_database where datname = $1").bind::<Text, _>(name);
    Ok(found.execute(connection).await? > 0)
}

/// An empty database, in UTF-8.
pub async fn create(connection: &mut AsyncPgConnection, name: &str) -> Result<(), Error> {
    let statement = format!("create database {} template template0 encoding 'UTF8'", quoted(name));
    diesel::sql_query(statement).execute(connection).await?;
    Ok(())
}

/// A copy of `template`, to which nobody may be connected.
pub async fn create_from(connection: &mut AsyncPgConnection, name: &str, template: &str) -> Result<(), Error> {
    let statement = format!("create database {} template {}", quoted(name), quoted(template));
    diesel::sql_query(statement).execute(connection).await?;
    Ok(())
}

/// Gives a database another name.
pub async fn rename(connection: &mut AsyncPgConnection, name: &str, new_name: &str) -> Result<(), Error> {
    let statement = format!("alter database {} rename to {}", quoted(name), quoted(new_name));
    diesel::sql_query(statement).execute(connection).await?;
    Ok(())
}

/// Takes a database away, with every session that is in it.
pub async fn drop(connection: &mut AsyncPgConnection, name: &str) -> Result<(), Error> {
    let statement = format!("drop database if exists {} with (force)", quoted(name));
    diesel::sql_query(statement).execute(connection).await?;
    Ok(())
}

/// Names of databases that begin with `prefix`.
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

/// Takes the session's advisory lock on `name`, waiting for it; it is free again when the session ends.
pub async fn advisory_lock(connection: &mut AsyncPgConnection, name: &str) -> Result<(), Error> {
    let lock = diesel::sql_query("select pg_advisory_lock(hashtextextended($1, 0))::text").bind::<Text, _>(name);
    lock.execute(connection).await?;
    Ok(())
}

/// Takes the session's advisory lock on `name` if nobody has it.
pub async fn try_advisory_lock(connection: &mut AsyncPgConnection, name: &str) -> Result<bool, Error> {
    #[derive(QueryableByName)]
    struct Taken {
        #[diesel(sql_type = diesel::sql_types::Bool)]
        taken: bool,
    }
    let lock = diesel::sql_query("select pg_try_advisory_lock(hashtextextended($1, 0)) as taken").bind::<Text, _>(name);
    Ok(lock.get_result::<Taken>(connection).await?.taken)
}

/// Whether some session has the advisory lock on `name`.
pub(crate) async fn is_advisory_lock_taken(connection: &mut AsyncPgConnection, name: &str) -> Result<bool, Error> {
    #[derive(QueryableByName)]
    struct Free {
        #[diesel(sql_type = diesel::sql_types::Bool)]
        free: bool,
    }
    // Shared, so that those who ask are not in each other's way; it ends with the statement.
    let lock = diesel::sql_query("select pg_try_advisory_xact_lock_shared(hashtextextended($1, 0)) as free");
    Ok(!lock.bind::<Text, _>(name).get_result::<Free>(connection).await?.free)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
