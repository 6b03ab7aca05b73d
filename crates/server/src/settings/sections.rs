//! The sections of the settings, as `config/default.toml` has them.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;

use super::secrets::Secret;

/// The HTTP server.
#[derive(Debug, Clone)]
pub struct Server {
    /// The address to listen on.
    pub host: IpAddr,
    /// The port; 0 takes a free one.
    pub port: u16,
    /// Threads that answer requests, at least 1.
    pub workers: usize,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Names that are answered to; if there are none, every name.
    pub allowed_hosts: Vec<String>,
    /// The largest request body, in bytes.
    pub body_limit_bytes: usize,
    /// How long a client may take to send a request's head.
    pub client_request_timeout: Duration,
    /// How long a connection may take to close.
    pub client_disconnect_timeout: Duration,
    /// How long an idle connection stays open.
    pub keep_alive: Duration,
    /// How long a client may take nothing of its answer.
    pub client_stall: Duration,
    /// How long a stop takes at most before what is still in flight is left; `drain` is a part of it.
    pub shutdown: Duration,
    /// For how long a server that stops says so before it takes no more requests; shorter than `shutdown`.
    pub drain: Duration,
    /// Connections that each worker has at most.
    pub max_connections_per_worker: usize,
    /// Connections that the clients of one address have at most; 0 is any number.
    pub max_connections_per_address: usize,
}

/// Connections to PostgreSQL.
#[derive(Debug, Clone)]
pub struct Database {
    /// Where the database is; without it a private cluster is started. Starts with `postgres://` or `postgresql://`.
    pub url: Option<Secret>,
    /// Connections for everything that does not decide about places.
    pub read_connections: u32,
    /// Connections of the box office: as many events are decided about at once.
    pub box_office_connections: u32,
    /// How long connecting, or waiting for a free connection, may take.
    pub connect_timeout: Duration,
    /// How long a statement waits for a lock; longer than `idle_in_transaction`, shorter than `statement_timeout`.
    pub lock_timeout: Duration,
    /// How long a transaction may be idle before PostgreSQL ends it.
    pub idle_in_transaction: Duration,
    /// How long a statement may run.
    pub statement_timeout: Duration,
}

/// What this server keeps on disk.
#[derive(Debug, Clone)]
pub struct Data {
    /// The folder of the private cluster and the token secret; absolute if the home is.
    pub folder: PathBuf,
    /// The folder of PostgreSQL's programs, if one is named.
    pub programs: Option<PathBuf>,
}

/// Sessions and passwords.
#[derive(Debug, Clone)]
pub struct Auth {
    /// What tokens are signed with; without it one is kept in the data folder (see [`crate::settings::Settings::token_secret`]).
    pub secret: Option<Secret>,
    /// How long a token is valid.
    pub token_lifetime: Duration,
    /// The cost of hashing a password.
    pub bcrypt_cost: u32,
    /// Passwords that are hashed at once, at least 1.
    pub hashing_concurrency: usize,
}

/// The on-sale engine.
#[derive(Debug, Clone)]
pub struct BoxOffice {
    /// Commands that wait for one event at most.
    pub queue_per_event: usize,
    /// Commands that wait for all events together at most; not less than for one.
    pub queue_total: usize,
    /// Commands in one transaction at most.
    pub batch_limit: usize,
    /// How long a command may wait before it is refused as busy.
    pub queued: Duration,
    /// How long an event is left alone after its lock was not had.
    pub backoff: Duration,
}

/// The stress test.
#[derive(Debug, Clone)]
pub struct Simulation {
    /// Simulated buyers in flight at once; fits into the queue of one event.
    pub window: usize,
}

/// Live updates.
#[derive(Debug, Clone)]
pub struct Live {
    /// Streams at most.
    pub streams: usize,
    /// Streams to one address at most; not more than `streams`.
    pub streams_per_address: usize,
}

/// Demo accounts and events.
#[derive(Debug, Clone)]
pub struct Demo {
    /// Whether an empty database gets them.
    pub enabled: bool,
}

/// What operators watch.
#[derive(Debug, Clone, Copy)]
pub struct Metrics {
    /// Where they are served.
    pub listen: MetricsListen,
}

/// Where metrics are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricsListen {
    /// Where everything else is.
    Server,
    /// Nowhere.
    Off,
    /// On a listener of their own.
    Address(SocketAddr),
}

/// The log, on standard error.
#[derive(Debug, Clone)]
pub struct Log {
    /// How lines look.
    pub format: LogFormat,
    /// Which lines there are: directives of tracing's `EnvFilter`, checked when the log starts.
    pub filter: String,
}

/// How lines of the log look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}
