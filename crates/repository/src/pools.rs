//! Pools of connections, and the session limits that keep a stuck session from blocking others.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel_async::AsyncPgConnection;
use tokio::runtime::Handle;

use crate::connections::Connection;
use crate::errors::Error;
use crate::sessions::{self, Opening};
use crate::{databases, settlement};

pub use crate::sessions::PlanCacheMode;

/// The size of a pool, and the limits of its sessions.
#[derive(Debug, Clone)]
pub struct PoolSettings {
    /// The name in `pg_stat_activity`.
    pub application_name: String,
    /// The most connections.
    pub size: u32,
    /// How long a caller waits for a connection, and a connection for the server.
    pub connect_timeout: Duration,
    /// How long a statement may run.
    pub statement_timeout: Duration,
    /// How long a statement may wait for a lock.
    pub lock_timeout: Duration,
    /// How long a session may be idle inside a transaction. It is shorter than `lock_timeout`, so that a server that
    /// hangs inside a transaction loses the event's lock before others give up waiting for it.
    pub idle_in_transaction_timeout: Duration,
    /// Whether the statements of the box office keep one plan.
    pub plan_cache_mode: PlanCacheMode,
}

impl Default for PoolSettings {
    fn default() -> Self {
        Self {
            application_name: "onsale".to_owned(),
            size: 8,
            connect_timeout: Duration::from_secs(3),
            statement_timeout: Duration::from_secs(10),
            lock_timeout: Duration::from_secs(3),
            idle_in_transaction_timeout: Duration::from_millis(1500),
            plan_cache_mode: PlanCacheMode::ForceGenericPlan,
        }
    }
}

/// The purpose of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Pages and lists, accounts, reports.
    General,
    /// The box office. Its statements are prepared when the connection opens, so that pipelines are sent in a fixed
    /// order.
    BoxOffice,
    /// The doors of events. Their statements are planned as those of the box office, for tables that grow.
    Doors,
}

/// How long an idle session is kept, so that a quiet server gives its connections back.
const IDLE_TIMEOUT: Duration = Duration::from_secs(300);

/// How often PostgreSQL checks during a statement whether the client is still connected.
pub const CLIENT_CHECK_INTERVAL: Duration = Duration::from_secs(1);

/// How much longer a caller waits than PostgreSQL's own limit for a statement, so that this limit has its say first,
/// and the connection stays.
const DEADLINE_MARGIN: Duration = Duration::from_millis(500);

/// How long a client of a pool waits for its work, where a statement may run for `statement_timeout`. A transaction
/// that is not over then is given up.
pub fn deadline(statement_timeout: Duration) -> Duration {
    statement_timeout + DEADLINE_MARGIN
}

/// A pool of connections to one database.
#[derive(Debug, Clone)]
pub struct Pool {
    pool: bb8::Pool<Manager>,
    manager: Manager,
    size: u32,
    connect_timeout: Duration,
    deadline: Duration,
}

/// Logs why a connection could not be opened; callers only learn that there was none. At most one line a second,
/// because a pool keeps trying.
#[derive(Debug, Clone, Default)]
struct ConnectErrorLog {
    last: Arc<Mutex<Option<Instant>>>,
}

const CONNECT_ERROR_LOG_INTERVAL: Duration = Duration::from_secs(1);

impl bb8::ErrorSink<Error> for ConnectErrorLog {
    fn sink(&self, error: Error) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|last| last.elapsed() >= CONNECT_ERROR_LOG_INTERVAL) {
            *last = Some(Instant::now());
            tracing::warn!(error = ?error, "could not open a connection to the database");
        }
    }

    fn boxed_clone(&self) -> Box<dyn bb8::ErrorSink<Error>> {
        Box::new(self.clone())
    }
}

/// A borrowed connection. Dropping it gives it back.
pub type PooledConnection<'a> = bb8::PooledConnection<'a, Manager>;

impl Pool {
    /// A pool for the database at `url`. It opens connections on demand.
    ///
    /// The tasks that drive the connections run on `runtime`, because an HTTP worker may be too busy for them.
    pub fn new(url: &str, purpose: Purpose, settings: &PoolSettings, runtime: Handle) -> Result<Self, Error> {
        let manager = Manager { opening: opening(url, purpose, settings)?, purpose, runtime };
        // PostgreSQL ends a statement that takes too long. If it does not, it hangs, or the connection is dead.
        let deadline = deadline(settings.statement_timeout);
        Ok(Self::of(manager, settings.size, settings.connect_timeout, deadline))
    }

    fn of(manager: Manager, size: u32, connect_timeout: Duration, deadline: Duration) -> Self {
        let pool = bb8::Pool::builder()
            .max_size(size)
            .min_idle(Some(0))
            .test_on_check_out(false)
            .connection_timeout(connect_timeout)
            .idle_timeout(Some(IDLE_TIMEOUT))
            .error_sink(Box::new(ConnectErrorLog::default()))
            .build_unchecked(manager.clone());
        Self { pool, manager, size, connect_timeout, deadline }
    }

    /// A pool like this one, of the same size and for the same database, with connections of its own.
    pub fn another(&self) -> Self {
        Self::of(self.manager.clone(), self.size, self.connect_timeout, self.deadline)
    }

    /// Opens a connection and closes it again. If that fails, the error has the reason; [`Pool::connection`] only says
    /// that there was none in time.
    pub async fn check(&self) -> Result<(), Error> {
        bb8::ManageConnection::connect(&self.manager).await.map(drop)
    }

    /// Borrows a connection. Fails after the connect timeout.
    pub async fn connection(&self) -> Result<PooledConnection<'_>, Error> {
        self.pool.get().await.map_err(|error| match error {
            bb8::RunError::User(error) => error,
            bb8::RunError::TimedOut => Error::unavailable("no connection became available in time"),
        })
    }

    /// Its present usage.
    pub fn usage(&self) -> Usage {
        let state = self.pool.state();
        let statistics = state.statistics;
        let done = statistics.get_direct + statistics.get_waited + statistics.get_timed_out;
        Usage {
            size: self.size,
            open: state.connections,
            idle: state.idle_connections,
            waiting: statistics.get_started.saturating_sub(done),
            opened: statistics.connections_created,
            broken: statistics.connections_closed_broken + statistics.connections_closed_invalid,
            timed_out: statistics.get_timed_out,
        }
    }

    /// Runs `work` within the time limit of one statement, with the wait for a connection. It must be safe to run
    /// again: if a connection turns out to be dead, it is closed and the work runs on another one. A restarted database
    /// leaves a pool full of dead connections.
    pub async fn run<T>(&self, work: impl AsyncFn(&mut AsyncPgConnection) -> Result<T, Error>) -> Result<T, Error> {
        self.run_within(self.deadline, work).await
    }

    /// [`Pool::run`] with a time limit of its own.
    pub async fn run_within<T>(
        &self,
        deadline: Duration,
        work: impl AsyncFn(&mut AsyncPgConnection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        tokio::time::timeout(deadline, self.attempt(work)).await.map_err(Error::unavailable)?
    }

    async fn attempt<T>(&self, work: impl AsyncFn(&mut AsyncPgConnection) -> Result<T, Error>) -> Result<T, Error> {
        let mut attempts_left = self.pool.state().connections;
        loop {
            let mut connection = self.connection().await?;
            connection.mark_unfinished();
            match work(&mut connection).await {
                Err(error) if error.is_of_connection() && attempts_left > 0 => attempts_left -= 1,
                Err(error) if error.is_of_connection() => return Err(error),
                result => {
                    connection.mark_finished();
                    return result;
                }
            }
        }
    }
}

/// The usage of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// The most connections.
    pub size: u32,
    /// Open connections.
    pub open: u32,
    /// Open connections that are idle.
    pub idle: u32,
    /// Callers that wait for a connection.
    pub waiting: u64,
    /// Connections opened since the start.
    pub opened: u64,
    /// Connections closed since the start because they were unusable.
    pub broken: u64,
    /// Callers since the start that got no connection in time.
    pub timed_out: u64,
}

/// Opens connections for a pool.
#[derive(Debug, Clone)]
pub struct Manager {
    opening: Opening,
    purpose: Purpose,
    runtime: Handle,
}

impl bb8::ManageConnection for Manager {
    type Connection = Connection;
    type Error = Error;

    async fn connect(&self) -> Result<Connection, Error> {
        let (opening, purpose) = (self.opening.clone(), self.purpose);
        let opened = self.runtime.spawn(async move {
            let prepared = async {
                let mut inner = opening.open().await?;
                databases::keep_commits_durable(&mut inner).await?;
                if purpose == Purpose::BoxOffice {
                    settlement::prepare(&mut inner).await?;
                }
                Ok(Connection::new(inner))
            };
            opening.within_limit(prepared).await
        });
        opened.await.map_err(Error::unavailable)?
    }

    async fn is_valid(&self, connection: &mut Connection) -> Result<(), Error> {
        databases::ping(connection).await
    }

    fn has_broken(&self, connection: &mut Connection) -> bool {
        connection.is_unusable()
    }
}

/// Opens a connection outside of every pool, on the calling runtime, with the session limits of a pool for
/// [`Purpose::General`]. So its transactions block others for no longer than those of a server do.
pub async fn connect_limited(url: &str, settings: &PoolSettings) -> Result<AsyncPgConnection, Error> {
    let opening = opening(url, Purpose::General, settings)?;
    let opened = async {
        let mut connection = opening.open().await?;
        databases::keep_commits_durable(&mut connection).await?;
        Ok(connection)
    };
    opening.within_limit(opened).await
}

/// Opens a connection outside of every pool, on the calling runtime. Its sessions have no time limits, but a dead peer
/// is noticed.
pub async fn connect_once(url: &str, connect_timeout: Duration) -> Result<AsyncPgConnection, Error> {
    let opening = Opening::new(url, connect_timeout)?;
    opening.within_limit(opening.open()).await
}

fn opening(url: &str, purpose: Purpose, settings: &PoolSettings) -> Result<Opening, Error> {
    let limits = [
        ("statement_timeout", settings.statement_timeout),
        ("lock_timeout", settings.lock_timeout),
        ("idle_in_transaction_session_timeout", settings.idle_in_transaction_timeout),
        ("client_connection_check_interval", CLIENT_CHECK_INTERVAL),
    ];
    let limits = limits.map(|(name, limit)| (name, limit.as_millis().to_string())).to_vec();
    let planner = match purpose {
        Purpose::General => Vec::new(),
        Purpose::BoxOffice | Purpose::Doors => sessions::planner(settings.plan_cache_mode),
    };
    Ok(Opening::new(url, settings.connect_timeout)?.with(&settings.application_name, limits, planner))
}
