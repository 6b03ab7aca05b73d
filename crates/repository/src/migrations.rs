//! The migrations, which are compiled in, and running them.

use std::time::Duration;

use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::{AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use thiserror::Error;

use crate::databases;
use crate::errors::Error;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// The migrations failed.
#[derive(Debug, Error)]
#[error("the database cannot be migrated: {0}")]
pub struct MigrationFailed(String);

fn failed(error: impl std::fmt::Display) -> MigrationFailed {
    MigrationFailed(error.to_string())
}

/// The advisory lock that lets one server migrate at a time.
const LOCK: &str = "onsale migrations";

/// How long this server waits for another one's migrations. Most take seconds. A suspended server might keep the lock
/// for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs the missing migrations, and returns their names. Servers that start together wait for each other, a minute at
/// most. Fails without a change if the database has migrations that this program does not know.
pub async fn run(connection: AsyncPgConnection) -> Result<Vec<String>, MigrationFailed> {
    run_within(PATIENCE, connection).await
}

/// [`run`], with another limit for the wait.
pub async fn run_within(patience: Duration, mut connection: AsyncPgConnection) -> Result<Vec<String>, MigrationFailed> {
    // The role may have the limits of a pool's sessions, and a migration reads whole tables. Its limit for locks stays:
    // a migration that waits for one holds up every server that still runs.
    connection.batch_execute("set statement_timeout = 0").await.map_err(failed)?;
    databases::advisory_lock(&mut connection, LOCK, patience).await.map_err(failed)?;
    on_blocking_thread(connection, run_pending).await
}

/// Whether the database has exactly the migrations of this program. Changes nothing.
pub async fn are_current(connection: &mut AsyncPgConnection) -> Result<bool, Error> {
    #[derive(QueryableByName)]
    struct Applied {
        #[diesel(sql_type = Text)]
        version: String,
    }
    let is_there = diesel::sql_query("select 1 where to_regclass('__diesel_schema_migrations') is not null");
    if is_there.execute(connection).await? == 0 {
        return Ok(false);
    }
    let applied = diesel::sql_query("select version::text from __diesel_schema_migrations order by version");
    let applied: Vec<Applied> = applied.load(connection).await?;
    let known = versions().map_err(|error| Error::Corrupt(error.to_string()))?;
    Ok(applied.into_iter().map(|applied| applied.version).eq(known))
}

/// Reverts every migration, the newest first.
pub async fn revert_all(connection: AsyncPgConnection) -> Result<(), MigrationFailed> {
    on_blocking_thread(connection, |harness| harness.revert_all_migrations(MIGRATIONS).map(drop).map_err(failed)).await
}

/// Runs `work` on a blocking thread. The harness blocks, and inside a task it would swallow the wake-ups of the task's
/// other futures.
async fn on_blocking_thread<T: Send + 'static>(
    connection: AsyncPgConnection,
    work: impl FnOnce(&mut Harness) -> Result<T, MigrationFailed> + Send + 'static,
) -> Result<T, MigrationFailed> {
    let working = tokio::task::spawn_blocking(move || work(&mut AsyncMigrationHarness::new(connection)));
    working.await.map_err(failed)?
}

type Harness = AsyncMigrationHarness<AsyncPgConnection>;

fn run_pending(harness: &mut Harness) -> Result<Vec<String>, MigrationFailed> {
    let known: Vec<String> = versions()?;
    let applied = harness.applied_migrations().map_err(failed)?;
    if let Some(version) =
        applied.iter().find(|version| !known.iter().any(|name| name.starts_with(&version.to_string())))
    {
        let reason = format!("it has migration {version}, which this program does not know; run the newer program");
        return Err(MigrationFailed(reason));
    }
    let ran = harness.run_pending_migrations(MIGRATIONS).map_err(failed)?;
    let all: Vec<Box<dyn Migration<Pg>>> = MIGRATIONS.migrations().map_err(failed)?;
    Ok(all.iter().map(|one| one.name()).filter(|name| ran.contains(&name.version())).map(ToString::to_string).collect())
}

/// The versions of the migrations as Diesel writes them, without dashes, the oldest first.
fn versions() -> Result<Vec<String>, MigrationFailed> {
    let migrations: Vec<Box<dyn Migration<Pg>>> = MIGRATIONS.migrations().map_err(failed)?;
    Ok(migrations.iter().map(|migration| migration.name().version().to_string()).collect())
}

/// A hash of the migrations' texts, for the names of template databases.
pub const FINGERPRINT: &str = env!("MIGRATIONS_FINGERPRINT");
