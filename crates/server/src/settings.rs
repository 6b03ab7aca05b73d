//! The settings: their sources, and the values that are allowed.
//!
//! The sources, from weak to strong: `config/default.toml`, `config/{profile}.toml`, the variables of the original
//! system and `DATABASE_URL`, `ONSALE__SECTION__KEY`. `config/default.toml` has every key, with its meaning, unit and
//! range. Unknown settings are refused. Every value is checked once, here, so that no other part meets a bad one.

mod error;
pub mod home;
mod messages;
mod profile;
mod reader;
pub(crate) mod relations;
mod secrets;
mod sections;
mod sites;
mod variables;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

pub use error::SettingsError;
pub use profile::Profile;
use reader::Reader;
#[cfg(test)]
pub(crate) use reader::network;
use relations::Sections;
use repository::addresses::{self, Tls, TlsSettings};
use repository::pools::PlanCacheMode;
pub use secrets::{Secret, token_secret};
pub use sections::{
    AllowedOrigins, Auth, BoxOffice, Data, Database, Demo, Live, Log, LogFormat, Mail, MailServer, Messages, Metrics,
    MetricsListen, Page, Server, Simulation, Site, Webhooks,
};
pub use variables::{ADMIN_PASSWORD, Variables, process_variables, with_dotenv};

/// All settings, checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The profile, whose rules apply.
    pub profile: Profile,
    /// The folder with `config/` and `static/`.
    pub home: PathBuf,
    /// The HTTP server.
    pub server: Server,
    /// Connections to PostgreSQL.
    pub database: Database,
    /// Files that this server keeps.
    pub data: Data,
    /// Sessions and passwords.
    pub auth: Auth,
    /// Who runs this server.
    pub site: Site,
    /// Messages to people.
    pub messages: Messages,
    /// Their mail.
    pub mail: Mail,
    /// Webhooks.
    pub webhooks: Webhooks,
    /// The on-sale engine.
    pub box_office: BoxOffice,
    /// The stress test.
    pub simulation: Simulation,
    /// Live updates.
    pub live: Live,
    /// The page's files.
    pub page: Page,
    /// Demo accounts and events.
    pub demo: Demo,
    /// Metrics for operators.
    pub metrics: Metrics,
    /// The log.
    pub log: Log,
}

impl Settings {
    /// Reads and checks everything. `home` is the folder with `config/` (see [`crate::settings::home`]), `variables`
    /// the environment (see [`process_variables`]).
    pub fn load(home: &Path, variables: &Variables) -> Result<Self, SettingsError> {
        let profile = Profile::chosen(variables)?;
        let mut reader = Reader::open(home, profile, variables::overrides(variables)?)?;
        let settings = Self {
            profile,
            home: home.to_owned(),
            server: server(&mut reader)?,
            database: database(&mut reader, home)?,
            data: Data { folder: home.join(reader.text("data.folder")?), programs: variables::programs(variables) },
            auth: auth(&mut reader)?,
            site: sites::site(&mut reader)?,
            messages: Messages { keep_days: reader.integer("messages.keep_days", 1..=3_650)? },
            mail: messages::read(&mut reader)?,
            webhooks: messages::webhooks(&mut reader)?,
            box_office: box_office(&mut reader)?,
            simulation: Simulation { window: reader.integer("simulation.window", 1..=100_000)? },
            live: Live {
                streams: reader.integer("live.streams", 1..=1_000_000)?,
                streams_per_address: reader.integer("live.streams_per_address", 1..=1_000_000)?,
            },
            page: Page { packed: reader.boolean("page.packed")? },
            demo: Demo { enabled: reader.boolean("demo.enabled")? },
            metrics: Metrics { listen: metrics_listen(&mut reader)? },
            log: Log {
                format: reader.choice("log.format", &[("text", LogFormat::Text), ("json", LogFormat::Json)])?,
                filter: reader.text("log.filter")?,
            },
        };
        let demo_may_be_public = reader.boolean("demo.allow_public")?;
        reader.refuse_unknown()?;
        if settings.mail.server.is_some() && settings.site.address.is_none() {
            let problem = "mail needs it, because its links begin with it: set ONSALE__SITE__ADDRESS";
            return Err(reader.invalid("site.address", problem));
        }
        let Self { server, database, auth, box_office, simulation, live, demo, .. } = &settings;
        let sections = Sections { server, database, auth, box_office, simulation, live, demo };
        relations::check(sections, &reader, demo_may_be_public)?;
        if profile == Profile::Production {
            check_production(&settings, &reader)?;
        }
        Ok(settings)
    }

    /// The key that signs tokens: the configured secret, or else the one in the data folder, which is created on first
    /// use.
    pub fn token_secret(&self) -> Result<Secret, SettingsError> {
        match &self.auth.secret {
            Some(secret) => Ok(secret.clone()),
            None => token_secret(&self.data.folder),
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
        cors_allowed_origins: sites::allowed_origins(reader)?,
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

fn database(reader: &mut Reader, home: &Path) -> Result<Database, SettingsError> {
    const PLANS: [(&str, PlanCacheMode); 2] =
        [("force_generic_plan", PlanCacheMode::ForceGenericPlan), ("auto", PlanCacheMode::Auto)];
    Ok(Database {
        url: database_url(reader, home)?,
        read_connections: reader.integer("database.read_connections", 1..=1000)?,
        box_office_connections: reader.integer("database.box_office_connections", 1..=1000)?,
        connect_timeout: reader.seconds("database.connect_timeout_seconds", 1..=60)?,
        lock_timeout: reader.milliseconds("database.lock_timeout_milliseconds", 100..=60_000)?,
        idle_in_transaction: reader.milliseconds("database.idle_in_transaction_milliseconds", 50..=60_000)?,
        statement_timeout: reader.milliseconds("database.statement_timeout_milliseconds", 200..=600_000)?,
        plan_cache_mode: reader.choice("database.plan_cache_mode", &PLANS)?,
    })
}

/// The URL says everything about the connection, its encryption too, so that whoever has it connects in the same way.
fn database_url(reader: &mut Reader, home: &Path) -> Result<Option<Secret>, SettingsError> {
    const KEY: &str = "database.url";
    const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];
    let modes = [Tls::Disable, Tls::VerifyFull].map(|tls| (tls.as_str(), tls));
    let tls = reader.choice("database.tls", &modes)?;
    let given = TlsSettings {
        tls: reader.is_given("database.tls").then_some(tls),
        roots: reader.optional_text("database.tls_roots")?.map(|file| home.join(file)),
    };
    let Some(url) = reader.optional_secret(KEY)? else { return Ok(None) };
    if !SCHEMES.iter().any(|scheme| url.expose().starts_with(scheme)) {
        return Err(reader.invalid(KEY, "must start with postgres:// or postgresql://"));
    }
    let complete = addresses::with_settings(url.expose(), &given).map_err(|error| reader.invalid(KEY, error))?;
    Ok(Some(Secret::new(complete)))
}

fn auth(reader: &mut Reader) -> Result<Auth, SettingsError> {
    let costs = i64::from(auth::passwords::COST_MIN)..=i64::from(auth::passwords::COST_MAX);
    let hashing_concurrency = reader.integer("auth.hashing_concurrency", 0..=256)?;
    Ok(Auth {
        secret: reader.optional_secret("auth.secret")?,
        token_lifetime: reader.minutes("auth.token_lifetime_minutes", 1..=43_200)?,
        bcrypt_cost: reader.integer("auth.bcrypt_cost", costs)?,
        new_accounts_per_address: reader.integer("auth.new_accounts_per_address", 1..=1_000_000)?,
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

fn check_production(settings: &Settings, reader: &Reader) -> Result<(), SettingsError> {
    const COST_MIN: u32 = 10;
    let Some(url) = &settings.database.url else {
        return Err(reader.invalid("database.url", "the production profile needs a database: set DATABASE_URL"));
    };
    let in_the_clear = addresses::hosts_in_the_clear(url.expose());
    if !in_the_clear.is_empty() {
        let problem = format!(
            "the connection to {} would not be encrypted, and passwords and bookings could be read on the way: set \
             database.tls (ONSALE__DATABASE__TLS) to verify-full, or use a Unix socket or a database on this machine",
            in_the_clear.join(", ")
        );
        return Err(reader.invalid("database.url", problem));
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
        let problem = "the production profile needs the list of proxies in front, or all clients behind one count as one: \
                       set ONSALE__SERVER__TRUSTED_PROXIES to their addresses or ranges, or to none";
        return Err(reader.invalid("server.trusted_proxies", problem));
    }
    if let Some(everybody) = settings.server.trusted_proxies.iter().find(|network| network.prefix_len() == 0) {
        let problem = format!(
            "{everybody} covers every address, so any client could claim any address: name the proxies in front, or none"
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
