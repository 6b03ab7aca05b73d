//! The sections of the settings, as `config/default.toml` has them.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use notices::mail::Encryption;
use repository::pools::PlanCacheMode;

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
    /// Proxies whose `X-Forwarded-For` is trusted.
    pub trusted_proxies: Vec<IpNet>,
    /// Host names that the server answers to. If there are none, it answers to every name.
    pub allowed_hosts: Vec<String>,
    /// Other origins whose pages may read the answers.
    pub cors_allowed_origins: AllowedOrigins,
    /// The largest request body, in bytes.
    pub body_limit_bytes: usize,
    /// The time limit for a client to send a request's head.
    pub client_request_timeout: Duration,
    /// The time limit for closing a connection.
    pub client_disconnect_timeout: Duration,
    /// The time after which an idle connection is closed.
    pub keep_alive: Duration,
    /// The time after which a client that takes nothing of its answer is cut off.
    pub client_stall: Duration,
    /// The time limit of a stop. Work that is still in flight is then abandoned. `drain` is a part of it.
    pub shutdown: Duration,
    /// The time in which a stopping server reports that it is stopping, and still takes requests. Shorter than
    /// `shutdown`.
    pub drain: Duration,
    /// The most connections of each worker.
    pub max_connections_per_worker: usize,
    /// The most connections from one address. 0 means no limit.
    pub max_connections_per_address: usize,
}

/// Other origins whose pages may read the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AllowedOrigins {
    /// Every page.
    Any,
    /// Pages of these origins, as browsers spell them. None, if the list is empty.
    Listed(Vec<String>),
}

impl Default for AllowedOrigins {
    fn default() -> Self {
        Self::Listed(Vec::new())
    }
}

/// Who runs this server, for the page. Addresses start with `https://` or `http://`, or are paths on this server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The site's name.
    pub name: String,
    /// Where people reach this server: scheme, host and port. Without it, links in files have the name that the request
    /// calls the server by.
    pub address: Option<String>,
    /// The page that says who is responsible.
    pub imprint_url: Option<String>,
    /// The page on personal data.
    pub privacy_url: Option<String>,
    /// The page with the terms of use.
    pub terms_url: Option<String>,
    /// An e-mail address, or the address of a page.
    pub contact: Option<String>,
}

/// Messages to people.
#[derive(Debug, Clone, Copy)]
pub struct Messages {
    /// How many days they are kept after they were told.
    pub keep_days: i32,
}

/// Mail.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The server that takes it. Without one, messages stand in the program alone.
    pub server: Option<MailServer>,
}

/// The server that takes mail.
#[derive(Debug, Clone)]
pub struct MailServer {
    /// Its address, with the credentials.
    pub url: Secret,
    /// Whom mail is from, like `Name <name@example.org>`.
    pub sender: String,
    /// Whether the connection must be encrypted.
    pub encryption: Encryption,
}

/// Webhooks.
#[derive(Debug, Clone)]
pub struct Webhooks {
    /// How many days deliveries are kept after they ended.
    pub keep_days: i32,
    /// Networks that are not public, and that endpoints may be in all the same.
    pub allowed_networks: Vec<IpNet>,
    /// Whether endpoints must be reached by TLS.
    pub encryption: webhooks::urls::Encryption,
}

/// Connections to PostgreSQL.
#[derive(Debug, Clone)]
pub struct Database {
    /// The URL of the database. Without it, a private cluster is started. Starts with `postgres://` or `postgresql://`,
    /// and says whether connections are encrypted.
    pub url: Option<Secret>,
    /// Connections for everything but the decisions about bookings.
    pub read_connections: u32,
    /// Connections of the box office. Their number limits the events that are decided at once.
    pub box_office_connections: u32,
    /// The time limit for connecting, and for waiting for a free connection.
    pub connect_timeout: Duration,
    /// The time limit of waiting for a lock. Longer than `idle_in_transaction`, shorter than `statement_timeout`.
    pub lock_timeout: Duration,
    /// The time after which PostgreSQL ends an idle transaction.
    pub idle_in_transaction: Duration,
    /// The time limit of a statement.
    pub statement_timeout: Duration,
    /// Whether the box office's statements keep one plan.
    pub plan_cache_mode: PlanCacheMode,
}

/// Files that this server keeps.
#[derive(Debug, Clone)]
pub struct Data {
    /// The folder of the private cluster and the token secret; absolute if the home is.
    pub folder: PathBuf,
    /// The folder of PostgreSQL's programs, if it is configured.
    pub programs: Option<PathBuf>,
}

/// Sessions and passwords.
#[derive(Debug, Clone)]
pub struct Auth {
    /// The key that signs tokens. Without it, one is kept in the data folder (see
    /// [`crate::settings::Settings::token_secret`]).
    pub secret: Option<Secret>,
    /// The lifetime of a token.
    pub token_lifetime: Duration,
    /// The bcrypt cost.
    pub bcrypt_cost: u32,
    /// The most new accounts from one address within the throttle's window, at least 1.
    pub new_accounts_per_address: usize,
    /// Passwords that are hashed at once, at least 1.
    pub hashing_concurrency: usize,
}

/// The on-sale engine.
#[derive(Debug, Clone)]
pub struct BoxOffice {
    /// The most commands that wait for one event.
    pub queue_per_event: usize,
    /// The most commands that wait for all events together. Not less than for one.
    pub queue_total: usize,
    /// Commands in one transaction at most.
    pub batch_limit: usize,
    /// The longest wait of a command. Then it is refused as busy.
    pub queued: Duration,
    /// The pause for an event whose row could not be locked.
    pub backoff: Duration,
}

/// The stress test.
#[derive(Debug, Clone)]
pub struct Simulation {
    /// Simulated buyers in flight at once. Not more than the queue of one event holds.
    pub window: usize,
}

/// Live updates.
#[derive(Debug, Clone)]
pub struct Live {
    /// The most streams.
    pub streams: usize,
    /// The most streams to one address. Not more than `streams`.
    pub streams_per_address: usize,
}

/// The page's files.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Whether browsers get few, compressed files in place of those in `static/`.
    pub packed: bool,
}

/// Demo accounts and events.
#[derive(Debug, Clone)]
pub struct Demo {
    /// Whether an empty database gets the demo.
    pub enabled: bool,
}

/// Metrics for operators.
#[derive(Debug, Clone, Copy)]
pub struct Metrics {
    /// The listener that serves metrics.
    pub listen: MetricsListen,
}

/// The listener that serves metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricsListen {
    /// The main listener.
    Server,
    /// None: metrics are not served.
    Off,
    /// A separate listener at this address.
    Address(SocketAddr),
}

/// The log, on standard error.
#[derive(Debug, Clone)]
pub struct Log {
    /// The format of the lines.
    pub format: LogFormat,
    /// The filter of lines: directives of tracing's `EnvFilter`, checked when the log starts.
    pub filter: String,
}

/// The format of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object per line.
    Json,
}
