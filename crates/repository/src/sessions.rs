//! Sessions: the one place that opens them, and the settings that they must have.

use std::fmt::{self, Write as _};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use diesel_async::AsyncPgConnection;
use thiserror::Error;
use tokio_postgres::config::Host;
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::addresses::Address;
use crate::databases;
use crate::errors::Error;

/// When a dead peer is noticed. This is well under the time for which PostgreSQL would keep its locks by default.
const KEEPALIVE_IDLE: Duration = Duration::from_secs(10);
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(5);
const KEEPALIVE_RETRIES: u32 = 3;
const TCP_USER_TIMEOUT: Duration = Duration::from_secs(15);

/// Whether the box office's statements keep one plan for all of their values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlanCacheMode {
    /// They do. A custom plan for thousands of people may read a whole event.
    #[default]
    ForceGenericPlan,
    /// PostgreSQL decides. For planners that refuse generic plans, as that of Citus does.
    Auto,
}

/// The planner settings of the sessions of the box office and of doors. The tests of the plans use them too.
///
/// A plan that is made while a table is small would scan all of it, and stays in use when the table has grown; so does
/// the plan behind a foreign key. Bitmap scans cost more than they save in lookups of single rows.
pub(crate) fn planner(mode: PlanCacheMode) -> Vec<(&'static str, String)> {
    let mut settings = vec![("enable_seqscan", "off".to_owned()), ("enable_bitmapscan", "off".to_owned())];
    if mode == PlanCacheMode::ForceGenericPlan {
        settings.push(("plan_cache_mode", "force_generic_plan".to_owned()));
    }
    settings
}

/// The settings of a session do not hold there, so that a statement or a lock could block others for longer than they
/// allow.
#[derive(Debug, Error)]
#[error(
    "the session's settings did not arrive: {0}. A pooler between this program and PostgreSQL must pass the startup \
     parameter \"options\" on, or the role must have these settings: alter role ... set ..."
)]
struct SettingsLost(String);

/// The connection failed, and the cause has a remedy.
#[derive(Debug, Error)]
#[error("{remedy}")]
struct Remedied {
    remedy: &'static str,
    #[source]
    error: tokio_postgres::Error,
}

/// Opens the sessions of one kind.
#[derive(Clone)]
pub(crate) struct Opening {
    config: Config,
    connect_timeout: Duration,
    encryption: Option<MakeRustlsConnect>,
    /// A session without these is closed again.
    limits: Vec<(&'static str, String)>,
    /// A session without these is slower.
    planner: Vec<(&'static str, String)>,
    was_told: Arc<AtomicBool>,
}

impl Opening {
    /// Opens sessions of the database at `url`, in which a dead peer is noticed. Reads the certificates that the URL
    /// names.
    pub(crate) fn new(url: &str, connect_timeout: Duration) -> Result<Self, Error> {
        let mut address = Address::parse(url).map_err(Error::unavailable)?;
        let encryption = address.encryption().map_err(Error::unavailable)?;
        let config = address.config_mut();
        let options = notice_dead_peers(config);
        // Each host gets its share, so that one that is gone leaves time for the next.
        let hosts = config.get_hosts().len().max(config.get_hostaddrs().len()).max(1);
        let share = connect_timeout / u32::try_from(hosts).unwrap_or(u32::MAX);
        config.options(options.trim()).connect_timeout(share);
        if config.get_application_name().is_none() {
            config.application_name("onsale");
        }
        let config = address.config().clone();
        let (limits, planner) = (Vec::new(), Vec::new());
        Ok(Self { config, connect_timeout, encryption, limits, planner, was_told: Arc::default() })
    }

    /// Names the sessions in `pg_stat_activity`, and gives them these settings beside those of the URL.
    pub(crate) fn with(
        mut self,
        application_name: &str,
        limits: Vec<(&'static str, String)>,
        planner: Vec<(&'static str, String)>,
    ) -> Self {
        let mut options = self.config.get_options().unwrap_or_default().to_owned();
        for (name, value) in limits.iter().chain(&planner) {
            let _ = write!(options, " -c {name}={value}");
        }
        self.config.options(options.trim()).application_name(application_name);
        Self { limits, planner, ..self }
    }

    /// Opens a session, and checks its settings. It has no time limit of its own.
    pub(crate) async fn open(&self) -> Result<AsyncPgConnection, Error> {
        let mut session = self.connect().await?;
        self.check(&mut session).await?;
        Ok(session)
    }

    /// Has `work` done within the time limit for opening a session. The driver's own limit covers the socket only, not
    /// a server that accepts and stays silent.
    pub(crate) async fn within_limit<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        tokio::time::timeout(self.connect_timeout, work).await.map_err(Error::unavailable)?
    }

    async fn connect(&self) -> Result<AsyncPgConnection, Error> {
        let session = match &self.encryption {
            Some(encryption) => {
                let (client, connection) = self.config.connect(encryption.clone()).await.map_err(with_remedy)?;
                AsyncPgConnection::try_from_client_and_connection(client, connection).await
            }
            None => {
                let (client, connection) = self.config.connect(NoTls).await.map_err(with_remedy)?;
                AsyncPgConnection::try_from_client_and_connection(client, connection).await
            }
        };
        session.map_err(Error::unavailable)
    }

    /// A pooler may drop the settings on the way without a word.
    async fn check(&self, session: &mut AsyncPgConnection) -> Result<(), Error> {
        if self.limits.is_empty() && self.planner.is_empty() {
            return Ok(());
        }
        let names = self.limits.iter().chain(&self.planner).map(|(name, _)| *name).collect();
        let found = databases::settings(session, names).await?;
        let lost = |wanted: &[(&'static str, String)]| {
            let lost = wanted.iter().filter_map(|(name, wanted)| {
                let found =
                    found.iter().find(|(found, _)| found == name).map_or("unknown", |(_, value)| value.as_str());
                (found != wanted.as_str()).then(|| format!("{name} is {found} instead of {wanted}"))
            });
            lost.collect::<Vec<_>>().join(", ")
        };
        let (limits, planner) = (lost(&self.limits), lost(&self.planner));
        if !limits.is_empty() {
            return Err(Error::unavailable(SettingsLost(limits)));
        }
        if !planner.is_empty() && !self.was_told.swap(true, Ordering::Relaxed) {
            tracing::warn!(settings = planner, "the planner's settings did not arrive in a session: it may be slow");
        }
        Ok(())
    }
}

impl fmt::Debug for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opening").field("config", &self.config).finish_non_exhaustive()
    }
}

fn with_remedy(error: tokio_postgres::Error) -> Error {
    use rustls::CertificateError::{
        BadSignature, Expired, ExpiredContext, NotValidForName, NotValidForNameContext, UnknownIssuer,
    };

    let remedy = match certificate_error(&error) {
        // An authority that has a new key keeps its name. Its old certificate is the wrong one then.
        Some(UnknownIssuer | BadSignature) => {
            "the server's certificate is not signed by a known root: name a file with the right ones \
             (database.tls_roots; in a URL: sslrootcert)"
        }
        Some(NotValidForName | NotValidForNameContext { .. }) => {
            "the server's certificate is not for this host name: use a name that it has (in a URL, hostaddr says where to \
             connect), or give the server another certificate"
        }
        Some(Expired | ExpiredContext { .. }) => "the server's certificate has expired",
        _ => return Error::unavailable(error),
    };
    Error::unavailable(Remedied { remedy, error })
}

fn certificate_error(error: &tokio_postgres::Error) -> Option<&rustls::CertificateError> {
    use std::error::Error as _;

    // The library wraps rustls's error in one of the system's kind.
    let wrapped = error.source()?.downcast_ref::<io::Error>()?.get_ref()?;
    match wrapped.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(refused) => Some(refused),
        _ => None,
    }
}

/// Lets both sides notice a dead peer. Returns the session's options: those of the URL, and the ones for this.
fn notice_dead_peers(config: &mut Config) -> String {
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
            let _ = write!(options, " -c {name}={value}");
        }
        let _ = write!(options, " -c tcp_user_timeout={}", TCP_USER_TIMEOUT.as_millis());
    }
    options
}
