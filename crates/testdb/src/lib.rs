//! A migrated database of its own for every test, cloned from a template in some tens of milliseconds.
//!
//! The database is on the server that `DATABASE_URL` names, whose role must be allowed to create databases, or else on
//! the private cluster that all test processes share. The template's name has the fingerprint of the migrations, so a
//! changed migration gets a new template.

use std::env;
use std::error::Error;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use repository::{AsyncPgConnection, databases, migrations, pools};
use uuid::Uuid;

pub mod patience;
mod promises;
mod wire;

pub use promises::assert_promises;
pub use wire::{Fault, Wire};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The limit of waiting for other tests that are copying the template, one after the other.
const TEMPLATE_TIMEOUT: Duration = patience::scaled(Duration::from_secs(75));

/// The prefix of the names of test databases.
const PREFIX: &str = "onsale_test_";

/// A database that is older than this, by its name, is a leftover of a killed run.
const LEFTOVER_AGE: Duration = Duration::from_secs(3600);

/// A database with all tables and no rows. It is removed when this is dropped.
#[derive(Debug)]
pub struct Database {
    server: Server,
    name: String,
}

impl Database {
    /// Creates one.
    ///
    /// # Panics
    /// If PostgreSQL is not available; the message says why.
    #[expect(clippy::panic, reason = "only tests call this, and none can go on without a database")]
    pub async fn new() -> Self {
        match tokio::task::spawn_blocking(|| on_a_runtime(create())).await {
            Ok(Ok(database)) => database,
            Ok(Err(error)) => panic!("could not create a database for this test: {error}"),
            Err(error) => panic!("could not create a database for this test: {error}"),
        }
    }

    /// Its address.
    pub fn url(&self) -> String {
        self.server.url(&self.name)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The address of the same server's other database `name`.
    pub fn url_of(&self, name: &str) -> String {
        self.server.url(name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        // On a thread, since the test's runtime may be single-threaded and ending.
        let dropping = std::thread::spawn(move || {
            on_a_runtime(async move { Ok(databases::drop(&mut server.connect().await?, &name).await?) })
        });
        if !matches!(dropping.join(), Ok(Ok(()))) {
            eprintln!("could not drop the database {}", self.name);
        }
    }
}

/// A server for test databases.
#[derive(Debug, Clone)]
enum Server {
    Given(String),
    Shared(localpg::SharedCluster),
}

impl Server {
    fn find() -> Result<Self> {
        match env::var("DATABASE_URL") {
            Ok(url) => Ok(Self::Given(url)),
            Err(_) => Ok(Self::Shared(localpg::shared_test_cluster()?)),
        }
    }

    fn url(&self, database: &str) -> String {
        match self {
            Self::Given(url) => with_database(url, database),
            Self::Shared(cluster) => cluster.url(database),
        }
    }

    async fn connect(&self) -> Result<AsyncPgConnection> {
        let url = match self {
            Self::Given(url) => url.clone(),
            Self::Shared(cluster) => cluster.url("postgres"),
        };
        Ok(pools::connect_once(&url, patience::LIMIT).await?)
    }
}

/// The same address with another database.
fn with_database(url: &str, database: &str) -> String {
    let (address, query) = url.split_once('?').map_or((url, None), |(address, query)| (address, Some(query)));
    let authority = address.find("://").map_or(0, |scheme| scheme + 3);
    let server = match address.get(authority..).and_then(|rest| rest.find('/')) {
        Some(slash) => address.get(..authority + slash).unwrap_or(address),
        None => address,
    };
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{server}/{database}{query}")
}

fn on_a_runtime<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    // The migrations need a multi-threaded runtime.
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?.block_on(work)
}

async fn create() -> Result<Database> {
    let server = Server::find()?;
    let template = format!("onsale_template_{}", migrations::FINGERPRINT);
    let mut connection = server.connect().await?;
    // PostgreSQL cannot copy a template to which others are connected, as while another process creates it.
    databases::advisory_lock(&mut connection, "onsale test template", TEMPLATE_TIMEOUT).await?;
    if !databases::exists(&mut connection, &template).await? {
        let unfinished = format!("{template}_unfinished");
        databases::drop(&mut connection, &unfinished).await?;
        databases::create(&mut connection, &unfinished).await?;
        migrations::run(pools::connect_once(&server.url(&unfinished), patience::LIMIT).await?).await?;
        databases::rename(&mut connection, &unfinished, &template).await?;
        drop_leftovers(&mut connection).await?;
    }
    let name = format!("{PREFIX}{}", Uuid::now_v7().simple());
    databases::create_from(&mut connection, &name, &template).await?;
    Ok(Database { server, name })
}

async fn drop_leftovers(connection: &mut AsyncPgConnection) -> Result<()> {
    for name in databases::names_with_prefix(connection, PREFIX).await? {
        if is_leftover(&name) {
            databases::drop(connection, &name).await?;
        }
    }
    Ok(())
}

fn is_leftover(name: &str) -> bool {
    let made_at = name.strip_prefix(PREFIX).and_then(|id| Uuid::try_parse(id).ok()).and_then(|id| id.get_timestamp());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    made_at.is_some_and(|made_at| made_at.to_unix().0 + LEFTOVER_AGE.as_secs() < now.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_database_of_an_address_is_replaced() {
        for (url, expected) in [
            ("postgres://u:p@h:5432/onsale", "postgres://u:p@h:5432/t"),
            ("postgres://u:p@h:5432", "postgres://u:p@h:5432/t"),
            ("postgres://u@%2Ftmp%2Fs/onsale?sslmode=disable", "postgres://u@%2Ftmp%2Fs/t?sslmode=disable"),
        ] {
            assert_eq!(with_database(url, "t"), expected);
        }
    }

    #[test]
    fn new_databases_are_no_leftovers() {
        assert!(!is_leftover(&format!("{PREFIX}{}", Uuid::now_v7().simple())));
        assert!(is_leftover(&format!("{PREFIX}018f0000000070008000000000000000")));
        assert!(!is_leftover("onsale_test_notes"));
    }
}
