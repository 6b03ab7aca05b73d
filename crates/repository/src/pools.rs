//! Pools of connections, each with the limits that keep a stuck session from holding anybody up.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel_async::AsyncPgConnection;
use diesel_async::pooled_connection::PoolableConnection;
use tokio::runtime::Handle;
use tokio_postgres::NoTls;
use tokio_postgres::config::Host;

use crate::errors::Error;
use crate::{databases, settlement};

/// The limits of every session, and how many there may be.
#[derive(Debug, Clone)]
pub struct PoolSettings {
    /// Shown by `pg_stat_activity`.
    pub application_name: String,
    /// The most connections.
    pub size: u32,
    /// For how long a caller waits for a connection, and a connection for the server.
    pub connect_timeout: Duration,
    /// For how long a statement may run.
    pub statement_timeout: Duration,
    /// For how long a statement may wait for a lock.
    pub lock_timeout: Duration,
    /// For how long a session may do nothing inside a transaction. Shorter than `lock_timeout`, so that a server that
    /// hangs inside a transaction loses the event before those who wait for it give up.
    pub idle_in_transaction_timeout: Duration,
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
        }
    }
}

/// What a pool's connections are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Pages and lists, accounts, reports.
    General,
    /// The box office: its statements are prepared when the connection opens, so that the order in which a pipeline is
    /// sent does not hang on what happens to be cached.
    BoxOffice,
}

/// How long a session that is not asked anything lives, so that a server that was asleep gives its connections back.
const IDLE_TIMEOUT: Duration = Duration::from_secs(300);

/// After how long a dead peer is noticed: kept well under the time that PostgreSQL would hold a lock for it.
const KEEPALIVE_IDLE: Duration = Duration::from_secs(10);
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(5);
const KEEPALIVE_RETRIES: u32 = 3;
const TCP_USER_TIMEOUT: Duration = Duration::from_secs(15);

/// How the box office's sessions plan, which the tests of the plans look at. A custom plan for thousands of people may read
/// all of an event. And one that is made while a table is empty or small would read all of it, also when it has become
/// large: the plan of what checks a foreign key as well. A bitmap for each of them would cost more than it saves.
pub(crate) const PLANS: [(&str, &str); 3] =
    [("plan_cache_mode", "force_generic_plan"), ("enable_seqscan", "off"), ("enable_bitmapscan", "off")];

/// How often PostgreSQL looks, while a statement runs or waits, whether its client is still there.
const CLIENT_CHECK_INTERVAL: Duration = Duration::from_secs(1);

/// By how much a deadline on this side exceeds PostgreSQL's own limit.
const DEADLINE_MARGIN: Duration = Duration::from_secs(3);

/// A pool of connections to one database.
#[derive(Debug, Clone)]
pub struct Pool {
    pool: bb8::Pool<Manager>,
    size: u32,
    deadline: Duration,
}

/// Says in the log why a connection could not be opened: whoever waits for one learns only that there was none. Once a
/// second at most, since a pool tries again and again.
#[derive(Debug, Clone, Default)]
struct Complain {
    last: Arc<Mutex<Option<Instant>>>,
}

const COMPLAINT_PAUSE: Duration = Duration::from_secs(1);

impl bb8::ErrorSink<Error> for Complain {
    fn sink(&self, error: Error) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|last| last.elapsed() >= COMPLAINT_PAUSE) {
            *last = Some(Instant::now());
            tracing::warn!(error = ?error, "a connection to the database could not be opened");
        }
    }

    fn boxed_clone(&self) -> Box<dyn bb8::ErrorSink<Error>> {
        Box::new(self.clone())
    }
}

/// A connection out of a pool; it goes back when dropped.
pub type PooledConnection<'a> = bb8::PooledConnection<'a, Manager>;

impl Pool {
    /// A pool for the database at `url`. Opens nothing yet.
    ///
    /// Connections live on `runtime`, whichever runtime asks for one: a connection's driver must not live on an HTTP
    /// worker, which may be busy.
    pub fn new(url: &str, purpose: Purpose, settings: &PoolSettings, runtime: Handle) -> Result<Self, Error> {
        let manager = Manager { config: session_config(url, purpose, settings)?, purpose, runtime };
        let pool = bb8::Pool::builder()
            .max_size(settings.size)
            .min_idle(Some(0))
            .test_on_check_out(false)
            .connection_timeout(settings.connect_timeout)
            .idle_timeout(Some(IDLE_TIMEOUT))
            .error_sink(Box::new(Complain::default()))
            .build_unchecked(manager);
        // PostgreSQL ends what takes too long; what it does not end in time is a connection that is no more.
        let deadline = settings.statement_timeout + DEADLINE_MARGIN;
        Ok(Self { pool, size: settings.size, deadline })
    }

    /// A connection, at the latest after the connect timeout.
    pub async fn connection(&self) -> Result<PooledConnection<'_>, Error> {
        self.pool.get().await.map_err(|error| match error {
            bb8::RunError::User(error) => error,
            bb8::RunError::TimedOut => Error::unavailable("no connection became free in time"),
        })
    }

    /// How it stands.
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

    /// Runs `work`, which must be safe to run again: connections that turn out to be dead (a restarted database leaves a
    /// pool full of them) are closed, and the work done on another. It may take as long as one statement may.
    pub async fn run<T>(&self, work: impl AsyncFn(&mut AsyncPgConnection) -> Result<T, Error>) -> Result<T, Error> {
        self.run_within(self.deadline, work).await
    }

    /// [`Pool::run`] for work that may take that long.
    pub async fn run_within<T>(
        &self,
        deadline: Duration,
        work: impl AsyncFn(&mut AsyncPgConnection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut attempts_left = self.pool.state().connections;
        loop {
            let mut connection = self.connection().await?;
            connection.doom();
            let result = tokio::time::timeout(deadline, work(&mut connection)).await.map_err(Error::unavailable)?;
            match result {
                Err(error) if error.is_of_connection() && attempts_left > 0 => attempts_left -= 1,
                Err(error) if error.is_of_connection() => return Err(error),
                result => {
                    connection.pardon();
                    return result;
                }
            }
        }
    }
}

/// How a pool stands, and what it has done so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// The most connections.
    pub size: u32,
    /// Open connections.
    pub open: u32,
    /// Open connections that nobody uses.
    pub idle: u32,
    /// Callers that wait for a connection.
    pub waiting: u64,
    /// Connections opened since the beginning.
    pub opened: u64,
    /// Connections closed since the beginning because they were of no use any more.
    pub broken: u64,
    /// Callers since the beginning that waited in vain.
    pub timed_out: u64,
}

/// One session. Doomed from the moment that something was left undone in it: then it is closed, which rolls back.
pub struct Connection {
    inner: AsyncPgConnection,
    doomed: bool,
}

impl Connection {
    /// Close this session instead of giving it back.
    pub fn doom(&mut self) {
        self.doomed = true;
    }

    /// All is well again: undoes [`Connection::doom`].
    pub(crate) fn pardon(&mut self) {
        self.doomed = false;
    }
}

impl Deref for Connection {
    type Target = AsyncPgConnection;

    fn deref(&self) -> &Self::Target {
        &self.inner
    }
}

impl DerefMut for Connection {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.inner
    }
}

/// Opens connections for a pool.
#[derive(Debug)]
pub struct Manager {
    config: tokio_postgres::Config,
    purpose: Purpose,
    runtime: Handle,
}

impl bb8::ManageConnection for Manager {
    type Connection = Connection;
    type Error = Error;

    async fn connect(&self) -> Result<Connection, Error> {
        let config = self.config.clone();
        let purpose = self.purpose;
        let opened = self.runtime.spawn(within_connect_timeout(self.config.clone(), async move {
            let mut inner = connect(&config).await?;
            databases::keep_commits_durable(&mut inner).await?;
            if purpose == Purpose::BoxOffice {
                settlement::prepare(&mut inner).await?;
            }
            Ok(Connection { inner, doomed: false })
        }));
        opened.await.map_err(Error::unavailable)?
    }

    async fn is_valid(&self, connection: &mut Connection) -> Result<(), Error> {
        databases::ping(connection).await
    }

    fn has_broken(&self, connection: &mut Connection) -> bool {
        connection.doomed || connection.inner.is_broken()
    }
}

/// One connection of its own, outside every pool, with no limits but the time to connect, and a peer that is noticed when
/// it is dead. It lives on the runtime that calls this.
pub async fn connect_once(url: &str, connect_timeout: Duration) -> Result<AsyncPgConnection, Error> {
    let mut config = parse(url)?;
    config.connect_timeout(connect_timeout);
    let options = notice_dead_peers(&mut config);
    config.options(options.trim());
    if config.get_application_name().is_none() {
        config.application_name("onsale");
    }
    within_connect_timeout(config.clone(), async move { connect(&config).await }).await
}

async fn connect(config: &tokio_postgres::Config) -> Result<AsyncPgConnection, Error> {
    let (client, connection) = config.connect(NoTls).await.map_err(Error::unavailable)?;
    AsyncPgConnection::try_from_client_and_connection(client, connection).await.map_err(Error::unavailable)
}

/// The library's own limit covers the socket, not a server that accepts and then says nothing.
async fn within_connect_timeout<T>(
    config: tokio_postgres::Config,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let deadline = config.get_connect_timeout().copied().unwrap_or(Duration::from_secs(10));
    tokio::time::timeout(deadline, work).await.map_err(Error::unavailable)?
}

fn parse(url: &str) -> Result<tokio_postgres::Config, Error> {
    url.parse().map_err(Error::unavailable)
}

fn session_config(url: &str, purpose: Purpose, settings: &PoolSettings) -> Result<tokio_postgres::Config, Error> {
    let mut config = parse(url)?;
    let limits = [
        ("statement_timeout", settings.statement_timeout),
        ("lock_timeout", settings.lock_timeout),
        ("idle_in_transaction_session_timeout", settings.idle_in_transaction_timeout),
        ("client_connection_check_interval", CLIENT_CHECK_INTERVAL),
    ];
    let mut options = notice_dead_peers(&mut config);
    for (name, limit) in limits {
        options.push_str(&format!(" -c {name}={}", limit.as_millis()));
    }
    if purpose == Purpose::BoxOffice {
        for (name, value) in PLANS {
            options.push_str(&format!(" -c {name}={value}"));
        }
    }
    config.options(options.trim()).application_name(&settings.application_name);
    config.connect_timeout(settings.connect_timeout);
    Ok(config)
}

/// Has both sides notice when the other is dead; returns the session's options for it, after those of the address.
fn notice_dead_peers(config: &mut tokio_postgres::Config) -> String {
    let mut options = config.get_options().unwrap_or_default().to_owned();
    if config.get_hosts().iter().any(|host| matches!(host, Host::Tcp(_))) {
        config
            .keepalives(true)
            .keepalives_idle(KEEPALIVE_IDLE)
            .keepalives_interval(KEEPALIVE_INTERVAL)
            .keepalives_retries(KEEPALIVE_RETRIES)
            .tcp_user_timeout(TCP_USER_TIMEOUT);
        let server_side = [
            ("tcp_keepalives_idle", KEEPALIVE_IDLE.as_secs()),
            ("tcp_keepalives_interval", KEEPALIVE_INTERVAL.as_secs()),
            ("tcp_keepalives_count", KEEPALIVE_RETRIES.into()),
        ];
        for (name, value) in server_side {
            options.push_str(&format!(" -c {name}={value}"));
        }
        options.push_str(&format!(" -c tcp_user_timeout={}", TCP_USER_TIMEOUT.as_millis()));
    }
    options
}
