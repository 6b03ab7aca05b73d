//! The migrations, compiled in, and how they are run.

use std::time::Duration;

use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::{AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use thiserror::Error;

use crate::databases;
use crate::errors::Error;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// A migration that did not run.
#[derive(Debug, Error)]
#[error("the database cannot be migrated: {0}")]
pub struct MigrationFailed(String);

fn failed(error: impl std::fmt::Display) -> MigrationFailed {
    MigrationFailed(error.to_string())
}

/// One server at a time migrates.
const LOCK: &str = "onsale migrations";

/// For how long another server's migrations are waited for. They take seconds; a server that was stopped while it held
/// the lock would hold it for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// Brings the database up to date; returns the names of the migrations that ran. Servers that start together wait for one
/// another, a minute at most. A database that has migrations which this program does not know is left alone.
pub async fn run(connection: AsyncPgConnection) -> Result<Vec<String>, MigrationFailed> {
    run_within(PATIENCE, connection).await
}

/// [`run`], with another limit to the wait for other servers.
pub async fn run_within(patience: Duration, mut connection: AsyncPgConnection) -> Result<Vec<String>, MigrationFailed> {
    databases::advisory_lock(&mut connection, LOCK, patience).await.map_err(failed)?;
    on_a_thread_of_its_own(connection, run_pending).await
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

/// Takes back every migration, newest first.
pub async fn revert_all(connection: AsyncPgConnection) -> Result<(), MigrationFailed> {
    on_a_thread_of_its_own(connection, |harness| harness.revert_all_migrations(MIGRATIONS).map(drop).map_err(failed))
        .await
}

/// The harness blocks, and inside a task it would swallow the wake-ups of whatever else that task waits for.
async fn on_a_thread_of_its_own<T: Send + 'static>(
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

/// The versions of the migrations, oldest first, without their dashes in the version, as diesel writes versions.
fn versions() -> Result<Vec<String>, MigrationFailed> {
    let migrations: Vec<Box<dyn Migration<Pg>>> = MIGRATIONS.migrations().map_err(failed)?;
    Ok(migrations.iter().map(|migration| migration.name().version().to_string()).collect())
}

/// A short text that is another one when any migration's text is: for the names of template databases.
pub const FINGERPRINT: &str = env!("MIGRATIONS_FINGERPRINT");
