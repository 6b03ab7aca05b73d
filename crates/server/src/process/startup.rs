//! Starts and stops the server.
//!
//! A failed start does no damage. The settings are checked and the address is taken first. Only then may the private
//! cluster, the database and the demo change.

use std::env;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;

use auth::passwords::{CostOutOfRange, Hasher};
use chrono::Utc;
use page::PageError;
use repository::{administration, pools};
use thiserror::Error;

use crate::application::{self, Application, ApplicationError};
use crate::process::cluster::{ClusterError, Opened, PrivateCluster};
use crate::process::console::{self, Banner};
use crate::process::database::{self, DatabaseError};
use crate::process::demo::{self, Account, DemoError};
use crate::process::huge_pages;
use crate::process::open_files;
use crate::process::signals::Stop;
use crate::process::telemetry::{self, Log, TelemetryError};
use crate::settings::home::{self, HomeError};
use crate::settings::relations::LAST_COMMITS;
use crate::settings::{self, Profile, Settings, SettingsError, Variables};

/// The server cannot run. Operators read each message as it is, on one line where possible.
#[derive(Debug, Error)]
pub enum StartError {
    /// `config/` and `static/` were not found.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// A setting is not allowed.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The log cannot start.
    #[error(transparent)]
    Telemetry(#[from] TelemetryError),
    /// The process cannot receive signals.
    #[error("could not install the signal handlers: {0}")]
    Signals(io::Error),
    /// Another program uses the address.
    #[error("{0} is in use by another program: stop that one, or set ONSALE__SERVER__PORT (0 takes a free port)")]
    AddressTaken(SocketAddr),
    /// The private PostgreSQL cannot be opened or stopped.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Production has no administrator.
    #[error(
        "the production profile needs an active administrator, and the database has none. Create one: onsale \
         create-admin --email ada@example.com --name 'Ada Lovelace'"
    )]
    NoAdmin,
    /// Production has a demo account with its public password.
    #[error(
        "the production profile refuses the demo's accounts: {0} is active and still has the demo's public password. \
         Use another database, set a new password: onsale create-admin --email {0} --promote --reset-password, or \
         deactivate the account: update users set is_active = false where email = '{0}'"
    )]
    DemoAccount(&'static str),
    /// The demo could not be created.
    #[error("could not create the demo: {}", database::in_one_line(.0))]
    Demo(#[source] DemoError),
    /// The bcrypt cost is out of range.
    #[error(transparent)]
    Cost(#[from] CostOutOfRange),
    /// The page's files cannot be bundled.
    #[error("the page's files cannot be bundled: {0}; page.packed = false sends them as they are")]
    Page(#[source] PageError),
    /// The server could not be built, or it failed.
    #[error("{}", database::in_one_line(.0))]
    Application(#[source] ApplicationError),
}

impl From<ApplicationError> for StartError {
    fn from(error: ApplicationError) -> Self {
        match error {
            ApplicationError::Listen { address, error } if error.kind() == io::ErrorKind::AddrInUse => {
                Self::AddressTaken(address)
            }
            error => Self::Application(error),
        }
    }
}

/// Runs the server until it is asked to stop. Must be called on a multi-thread runtime, which owns the connections.
pub async fn serve() -> Result<(), StartError> {
    let Loaded { settings, log: _log, .. } = load()?;
    let stop = Stop::on_signals().map_err(StartError::Signals)?;
    let listener = application::listen(&settings.server)?;
    match &settings.database.url {
        Some(url) => live(&settings, stop, listener, async { Ok(url.expose().to_owned()) }).await?,
        None => {
            console::say(format_args!("Starting a private PostgreSQL in {}", settings.data.folder.display()));
            let mut cluster = PrivateCluster::begin(&settings.data, database::NAME);
            let ended = live(&settings, stop, listener, open(&mut cluster)).await;
            let stopped = cluster.stop().await;
            // This error says more than a failed stop of the cluster, so it comes first.
            ended?;
            stopped?;
        }
    }
    console::say("Stopped");
    Ok(())
}

/// Starts the server and runs it. A stop may be requested during the start.
async fn live(
    settings: &Settings,
    stop: Stop,
    listener: TcpListener,
    database_url: impl Future<Output = Result<String, StartError>>,
) -> Result<(), StartError> {
    // Boxed: the start's future is large, and ends long before the server.
    let start = Box::pin(async { start(settings, listener, &database_url.await?).await });
    let started = tokio::select! {
        biased;
        () = stop.clone().wanted() => return Ok(()),
        started = start => started?,
    };
    started.run(settings, stop).await
}

/// Waits for the private cluster. Returns the URL of the server's database there.
async fn open(cluster: &mut PrivateCluster) -> Result<String, StartError> {
    let Opened { url_of_postgres, url, notices } = cluster.opened().await?;
    for notice in notices {
        console::say(format_args!("  {notice}"));
    }
    database::create_if_missing(&url_of_postgres, &url).await?;
    Ok(url)
}

/// The settings and the log, which every command needs.
pub(crate) struct Loaded {
    pub(crate) settings: Settings,
    /// The environment that the settings were read from.
    pub(crate) variables: Variables,
    /// Writes the rest of the log when it is dropped.
    pub(crate) log: Log,
}

/// Reads the settings and starts the log.
pub(crate) fn load() -> Result<Loaded, StartError> {
    let folder = env::current_dir().unwrap_or_default();
    let variables = settings::process_variables(Path::new(&folder))?;
    let home = home::find(&variables)?;
    let settings = Settings::load(&home, &variables)?;
    let log = telemetry::start(&settings.log)?;
    telemetry::log_panics();
    Ok(Loaded { settings, variables, log })
}

/// A server that is ready to run.
struct Started {
    application: Application,
    address: SocketAddr,
    accounts: Vec<&'static Account>,
}

async fn start(settings: &Settings, listener: TcpListener, database_url: &str) -> Result<Started, StartError> {
    database::check_room(database_url, application::connections_needed(&settings.database)).await?;
    database::migrate(database_url, settings.profile).await?;
    if settings.profile == Profile::Production {
        check_people(settings, database_url).await?;
    }
    // Called after the start of PostgreSQL, which would inherit the switch.
    huge_pages::avoid();
    let application = Application::build(listener, &open_files::fitted(settings), database_url).await?;
    application.pack_page().await.map_err(StartError::Page)?;
    let accounts =
        if settings.demo.enabled { put_demo(settings, database_url, &application).await? } else { Vec::new() };
    let address = SocketAddr::new(settings.server.host, application.port());
    Ok(Started { application, address, accounts })
}

/// Production needs an administrator, and must have no account with a public password.
async fn check_people(settings: &Settings, database_url: &str) -> Result<(), StartError> {
    let hasher = Hasher::new(settings.auth.bcrypt_cost)?;
    let look = async {
        let mut connection = pools::connect_once(database_url, settings.database.connect_timeout).await?;
        let has_admin = administration::any_active_admin(&mut connection).await?;
        Ok((has_admin, demo::open_to_anybody(&mut connection, &hasher).await?))
    };
    match look.await.map_err(|error| database::unusable(database_url, &error))? {
        (false, _) => Err(StartError::NoAdmin),
        (_, Some(account)) => Err(StartError::DemoAccount(account.email)),
        (true, None) => Ok(()),
    }
}

async fn put_demo(
    settings: &Settings,
    database_url: &str,
    application: &Application,
) -> Result<Vec<&'static Account>, StartError> {
    let hasher = Hasher::new(settings.auth.bcrypt_cost)?;
    let put = async {
        // A session of its own. Its end releases the demo's lock.
        let mut connection = pools::connect_once(database_url, settings.database.connect_timeout).await?;
        demo::put(&mut connection, application.office(), &hasher, Utc::now()).await
    };
    put.await.map_err(StartError::Demo)
}

impl Started {
    async fn run(self, settings: &Settings, stop: Stop) -> Result<(), StartError> {
        let Self { application, address, accounts } = self;
        console::say(Banner { address, accounts: &accounts });
        let overdue = async {
            stop.clone().wanted().await;
            console::say("Stopping: requests in flight finish first");
            tokio::time::sleep(settings.server.shutdown + LAST_COMMITS).await;
        };
        tokio::select! {
            ended = application.run_until_stopped(stop.clone().wanted()) => Ok(ended?),
            () = overdue => {
                tracing::warn!("the shutdown time is over with work still in flight; the database decides its outcome");
                Ok(())
            }
        }
    }
}
