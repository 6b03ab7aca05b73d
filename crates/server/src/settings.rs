//! What can be set, where it comes from, and what is allowed.
//!
//! From weak to strong: `config/default.toml`, `config/{profile}.toml`, the variables of the original system and
//! `DATABASE_URL`, `ONSALE__SECTION__KEY`. Every key is in `config/default.toml`, with its meaning, unit and range.
//! What is not understood is refused, and everything is checked once, here, so that no other part meets a bad value.

pub mod home;
mod reader;
mod secrets;
mod variables;

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use ipnet::IpNet;
use thiserror::Error;

use reader::Reader;
#[cfg(test)]
pub(crate) use reader::network;
pub use secrets::{Secret, token_secret};
pub use variables::{ADMIN_PASSWORD, Variables, process_variables, with_dotenv};

/// All settings, checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Which set of rules holds.
    pub profile: Profile,
    /// The folder with `config/` and `static/`.
    pub home: PathBuf,
    /// The HTTP server.
    pub server: Server,
    /// Connections to PostgreSQL.
    pub database: Database,
    /// What this server keeps on disk.
    pub data: Data,
    /// Sessions and passwords.
    pub auth: Auth,
    /// The on-sale engine.
    pub box_office: BoxOffice,
    /// The stress test.
    pub simulation: Simulation,
    /// Live updates.
    pub live: Live,
    /// Demo accounts and events.
    pub demo: Demo,
    /// What operators watch.
    pub metrics: Metrics,
    /// The log.
    pub log: Log,
}

/// A set of rules and of values to begin with, chosen by `ONSALE_PROFILE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Runs with nothing set up, for the own machine.
    Default,
    /// Refuses whatever would be careless in public.
    Production,
}

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
    /// What tokens are signed with; without it one is kept in the data folder (see [`Settings::token_secret`]).
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

/// Why the settings cannot be used. Each is one line that says what to change, and holds no secret.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// A key is missing, or its value is not allowed.
    #[error("setting {key} ({origin}): {problem}")]
    Invalid {
        /// The key, as `section.key`.
        key: String,
        /// The file or variable that set it.
        origin: String,
        /// What is wrong, and what is allowed.
        problem: String,
    },
    /// A key that nothing reads.
    #[error("setting {key} ({origin}) is not known; config/default.toml lists all")]
    UnknownKey {
        /// The key, as `section.key`.
        key: String,
        /// The file or variable that set it.
        origin: String,
    },
    /// A variable that looks like one of ours, and is not.
    #[error("variable {name} is not known; {hint}")]
    UnknownVariable {
        /// Its name.
        name: String,
        /// What may have been meant.
        hint: String,
    },
    /// A variable has a value that is not allowed, or lacks its companion.
    #[error("variable {name}: {problem}")]
    Variable {
        /// Its name.
        name: String,
        /// What is wrong, and what is allowed.
        problem: String,
    },
    /// A file cannot be read, or not understood.
    #[error("{}: {problem}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
}

impl Settings {
    /// Reads and checks everything. `home` is the folder with `config/` (see [`crate::settings::home`]), `variables` the
    /// environment (see [`process_variables`]).
    pub fn load(home: &Path, variables: &Variables) -> Result<Self, SettingsError> {
        let profile = Profile::chosen(variables)?;
        let mut reader = Reader::open(home, profile, variables::overrides(variables)?)?;
        let settings = Self {
            profile,
            home: home.to_owned(),
            server: server(&mut reader)?,
            database: database(&mut reader)?,
            data: Data { folder: home.join(reader.text("data.folder")?), programs: variables::programs(variables) },
            auth: auth(&mut reader)?,
            box_office: box_office(&mut reader)?,
            simulation: Simulation { window: reader.integer("simulation.window", 1..=100_000)? },
            live: Live {
                streams: reader.integer("live.streams", 1..=1_000_000)?,
                streams_per_address: reader.integer("live.streams_per_address", 1..=1_000_000)?,
            },
            demo: Demo { enabled: reader.boolean("demo.enabled")? },
            metrics: Metrics { listen: metrics_listen(&mut reader)? },
            log: Log {
                format: reader.choice("log.format", &[("text", LogFormat::Text), ("json", LogFormat::Json)])?,
                filter: reader.text("log.filter")?,
            },
        };
        let demo_may_be_public = reader.boolean("demo.allow_public")?;
        reader.refuse_unknown()?;
        check_together(&settings, &reader, demo_may_be_public)?;
        if profile == Profile::Production {
            check_production(&settings, &reader)?;
        }
        Ok(settings)
    }

    /// What tokens are signed with: the secret that was set, or else the one in the data folder, which is made on first
    /// use.
    pub fn token_secret(&self) -> Result<Secret, SettingsError> {
        match &self.auth.secret {
            Some(secret) => Ok(secret.clone()),
            None => token_secret(&self.data.folder),
        }
    }
}

impl Profile {
    fn chosen(variables: &Variables) -> Result<Self, SettingsError> {
        match variables.get(variables::PROFILE).map(String::as_str) {
            None | Some("" | "default") => Ok(Self::Default),
            Some("production") => Ok(Self::Production),
            Some(other) => Err(SettingsError::Variable {
                name: variables::PROFILE.to_owned(),
                problem: format!("must be default or production, not {other:?}"),
            }),
        }
    }

    /// The profiles whose files are read, weakest first.
    fn layers(self) -> Vec<Self> {
        match self {
            Self::Default => vec![Self::Default],
            Self::Production => vec![Self::Default, Self::Production],
        }
    }

    /// Its name, as `ONSALE_PROFILE` and the file in `config/` spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Production => "production",
        }
    }
}

fn server(reader: &mut Reader) -> Result<Server, SettingsError> {
    let workers = reader.integer("server.workers", 0..=512)?;
    Ok(Server {
        host: reader.address("server.host")?,
        port: reader.integer("server.port", 0..=65_535)?,
        workers: if workers == 0 { cores() } else { workers },
        trusted_proxies: reader.networks("server.trusted_proxies")?,
        allowed_hosts: reader.texts("server.allowed_hosts")?,
        body_limit_bytes: reader.integer("server.body_limit_bytes", 1024..=16_777_216)?,
        client_request_timeout: reader.seconds("server.client_request_timeout_seconds", 1..=300)?,
        client_disconnect_timeout: reader.seconds("server.client_disconnect_timeout_seconds", 1..=60)?,
        keep_alive: reader.seconds("server.keep_alive_seconds", 1..=3600)?,
        client_stall: reader.seconds("server.client_stall_seconds", 1..=300)?,
        shutdown: reader.seconds("server.shutdown_seconds", 1..=300)?,
        drain: reader.seconds("server.drain_seconds", 0..=299)?,
        max_connections_per_worker: reader.integer("server.max_connections_per_worker", 1..=1_000_000)?,
        max_connections_per_address: reader.integer("server.max_connections_per_address", 0..=1_000_000)?,
    })
}

fn database(reader: &mut Reader) -> Result<Database, SettingsError> {
    Ok(Database {
        url: reader.optional_secret("database.url")?,
        read_connections: reader.integer("database.read_connections", 1..=1000)?,
        box_office_connections: reader.integer("database.box_office_connections", 1..=1000)?,
        connect_timeout: reader.seconds("database.connect_timeout_seconds", 1..=60)?,
        lock_timeout: reader.milliseconds("database.lock_timeout_milliseconds", 100..=60_000)?,
        idle_in_transaction: reader.milliseconds("database.idle_in_transaction_milliseconds", 50..=60_000)?,
        statement_timeout: reader.milliseconds("database.statement_timeout_milliseconds", 200..=600_000)?,
    })
}

fn auth(reader: &mut Reader) -> Result<Auth, SettingsError> {
    let costs = i64::from(auth::passwords::COST_MIN)..=i64::from(auth::passwords::COST_MAX);
    let hashing_concurrency = reader.integer("auth.hashing_concurrency", 0..=256)?;
    Ok(Auth {
        secret: reader.optional_secret("auth.secret")?,
        token_lifetime: reader.minutes("auth.token_lifetime_minutes", 1..=43_200)?,
        bcrypt_cost: reader.integer("auth.bcrypt_cost", costs)?,
        hashing_concurrency: if hashing_concurrency == 0 { (cores() / 2).max(1) } else { hashing_concurrency },
    })
}

fn box_office(reader: &mut Reader) -> Result<BoxOffice, SettingsError> {
    Ok(BoxOffice {
        queue_per_event: reader.integer("box_office.queue_per_event", 1..=1_000_000)?,
        queue_total: reader.integer("box_office.queue_total", 1..=10_000_000)?,
        batch_limit: reader.integer("box_office.batch_limit", 1..=20_000)?,
        queued: reader.seconds("box_office.queued_seconds", 1..=60)?,
        backoff: reader.milliseconds("box_office.backoff_milliseconds", 10..=60_000)?,
    })
}

fn metrics_listen(reader: &mut Reader) -> Result<MetricsListen, SettingsError> {
    const KEY: &str = "metrics.listen";
    match reader.text(KEY)?.as_str() {
        "server" => Ok(MetricsListen::Server),
        "off" => Ok(MetricsListen::Off),
        text => text.parse().map(MetricsListen::Address).map_err(|_| {
            reader.invalid(KEY, format!("must be server, off, or an address like 127.0.0.1:9464, not {text:?}"))
        }),
    }
}

/// Settings that are allowed each by itself, and not together.
fn check_together(settings: &Settings, reader: &Reader, demo_may_be_public: bool) -> Result<(), SettingsError> {
    let Settings { server, database, auth, box_office, simulation, live, demo, .. } = settings;
    if let Some(url) = &database.url
        && !["postgres://", "postgresql://"].iter().any(|scheme| url.expose().starts_with(scheme))
    {
        return Err(reader.invalid("database.url", "must start with postgres:// or postgresql://"));
    }
    if let Some(secret) = &auth.secret {
        secret.check_length().map_err(|problem| reader.invalid("auth.secret", problem))?;
    }
    if server.drain >= server.shutdown {
        return Err(reader.invalid("server.drain_seconds", "must be shorter than server.shutdown_seconds"));
    }
    if database.idle_in_transaction >= database.lock_timeout {
        let problem = "must be shorter than database.lock_timeout_milliseconds: a server that hangs inside a transaction \
                       must lose its lock before others give up waiting for it";
        return Err(reader.invalid("database.idle_in_transaction_milliseconds", problem));
    }
    if database.lock_timeout >= database.statement_timeout {
        let problem = "must be shorter than database.statement_timeout_milliseconds, which would end the wait first";
        return Err(reader.invalid("database.lock_timeout_milliseconds", problem));
    }
    if box_office.queue_per_event > box_office.queue_total {
        return Err(reader.invalid("box_office.queue_per_event", "must not be more than box_office.queue_total"));
    }
    if simulation.window > box_office.queue_per_event {
        return Err(reader.invalid("simulation.window", "must not be more than box_office.queue_per_event"));
    }
    if live.streams_per_address > live.streams {
        return Err(reader.invalid("live.streams_per_address", "must not be more than live.streams"));
    }
    if demo.enabled && !demo_may_be_public && !server.host.to_canonical().is_loopback() {
        let problem = format!(
            "the demo accounts have known passwords, and {} can be reached from other machines: set it to false, or \
             demo.allow_public to true, or server.host to 127.0.0.1",
            server.host
        );
        return Err(reader.invalid("demo.enabled", problem));
    }
    Ok(())
}

fn check_production(settings: &Settings, reader: &Reader) -> Result<(), SettingsError> {
    const COST_MIN: u32 = 10;
    if settings.database.url.is_none() {
        return Err(reader.invalid("database.url", "the production profile needs a database: set DATABASE_URL"));
    }
    if settings.auth.secret.is_none() {
        let problem = "the production profile needs a token secret of at least 32 bytes, the same on every server: set \
                       ONSALE__AUTH__SECRET (openssl rand -hex 48)";
        return Err(reader.invalid("auth.secret", problem));
    }
    if let Some(weakness) = settings.auth.secret.as_ref().and_then(Secret::weakness) {
        return Err(reader.invalid("auth.secret", format!("{weakness}: make one with openssl rand -hex 48")));
    }
    if !reader.is_given("server.trusted_proxies") {
        let problem = "the production profile needs to know which proxies stand in front, or everybody behind one counts as \
                       one client: set ONSALE__SERVER__TRUSTED_PROXIES to their addresses or ranges, or to none";
        return Err(reader.invalid("server.trusted_proxies", problem));
    }
    if let Some(everybody) = settings.server.trusted_proxies.iter().find(|network| network.prefix_len() == 0) {
        let problem = format!(
            "{everybody} is every address there is, and anybody could take any for theirs: name the proxies in front, or \
             none"
        );
        return Err(reader.invalid("server.trusted_proxies", problem));
    }
    if settings.auth.bcrypt_cost < COST_MIN {
        let problem = format!("must be {COST_MIN} to {} in the production profile", auth::passwords::COST_MAX);
        return Err(reader.invalid("auth.bcrypt_cost", problem));
    }
    if settings.demo.enabled {
        return Err(reader.invalid("demo.enabled", "must be false in the production profile"));
    }
    Ok(())
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}
