//! The server as a whole: what it is built from, and its life.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::web::{Data, ServiceConfig};
use actix_web::{App, HttpServer};
use auth::passwords::{CostOutOfRange, Hasher};
use auth::throttle::{Limits as ThrottleLimits, Throttle};
use auth::tokens::{Tokens, WeakSecret};
use boxoffice::BoxOffice;
use boxoffice::lines::Lines;
use boxoffice::simulation::Simulations;
use repository::pools::{Pool, PoolSettings, Purpose};
use repository::settlement::Deadlines;
use thiserror::Error;
use tokio::net::TcpSocket;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use crate::access_list::{self, AccessList};
use crate::analytics::Analytics;
use crate::background::Background;
use crate::events::Showcase;
use crate::passwords::Passwords;
use crate::settings::{self, Settings, SettingsError};
use crate::state::State;
use crate::{attendees, endpoints, requests, routes, ui};

/// Connections that wait to be accepted, as far as the system allows: a crowd comes at once when a sale opens.
const BACKLOG: u32 = 4_096;

/// New accounts from one address in the throttle's window: a class or a venue signs up behind one.
const SIGN_UPS_PER_ADDRESS: usize = 200;

/// By how much the client side's deadlines exceed the limits that PostgreSQL keeps by itself.
const DEADLINE_MARGIN: Duration = Duration::from_secs(2);

/// Why there is no server.
#[derive(Debug, Error)]
pub enum ApplicationError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {error}")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// The token secret cannot be had.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The token secret is too short.
    #[error(transparent)]
    Secret(#[from] WeakSecret),
    /// No such cost of hashing.
    #[error(transparent)]
    Cost(#[from] CostOutOfRange),
    /// The database cannot be used.
    #[error("the database cannot be used: {0}")]
    Database(#[from] repository::Error),
    /// The system has no thread to give.
    #[error("no thread for the background's work: {0}")]
    Thread(io::Error),
    /// The server ended by itself.
    #[error("the server ended: {0}")]
    Ended(io::Error),
}

/// Takes the address that the settings name, so that a start that cannot have it ends before it has done anything. Must
/// be called on a tokio runtime.
pub fn listen(server: &settings::Server) -> Result<TcpListener, ApplicationError> {
    let address = SocketAddr::new(server.host, server.port);
    let listen = || {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)?.into_std()
    };
    listen().map_err(|error| ApplicationError::Listen { address, error })
}

/// A server that is ready to run. Several may share a database.
pub struct Application {
    listener: TcpListener,
    address: SocketAddr,
    server: settings::Server,
    home: PathBuf,
    state: Data<State>,
    background: Background,
}

impl Application {
    /// Builds the server on a migrated database. Its connections and background work live on the runtime that calls this,
    /// which must be a multi-thread one.
    pub async fn build(
        listener: TcpListener,
        settings: &Settings,
        database_url: &str,
    ) -> Result<Self, ApplicationError> {
        let address = listener
            .local_addr()
            .map_err(|error| ApplicationError::Listen { address: SocketAddr::from(([0, 0, 0, 0], 0)), error })?;
        let tokens = Tokens::new(settings.token_secret()?.expose().as_bytes(), settings.auth.token_lifetime)?;
        let passwords = Passwords::new(Hasher::new(settings.auth.bcrypt_cost)?, settings.auth.hashing_concurrency);
        let pool = open_pool(settings, database_url, Purpose::General)?;
        let office = BoxOffice::open(
            open_pool(settings, database_url, Purpose::BoxOffice)?,
            office_limits(settings),
            Handle::current(),
        );
        let simulations =
            Simulations::new(office.clone(), pool.clone(), database_url, settings.simulation.window, Handle::current());

        let access_list = Arc::new(AccessList::new(settings.auth.token_lifetime));
        let known_at = access_list.load(&pool).await?;
        let (list, reads, tests) = (Arc::clone(&access_list), pool.clone(), simulations.clone());
        let beside = move || async move {
            tokio::join!(access_list::keep_up(&list, &reads, known_at), clean_up(&tests));
        };
        let background = Background::start(beside).map_err(ApplicationError::Thread)?;

        let state = State {
            lines: Lines::new(pool.clone()),
            pool,
            office,
            simulations,
            showcase: Showcase::new(),
            analytics: Analytics::new(),
            exports: Semaphore::new(attendees::READS_AT_ONCE),
            tokens,
            passwords,
            throttle: Mutex::new(Throttle::new(ThrottleLimits::default())),
            sign_ups: Mutex::new(Throttle::new(ThrottleLimits {
                failures_per_address: SIGN_UPS_PER_ADDRESS,
                ..ThrottleLimits::default()
            })),
            access_list,
            trusted_proxies: settings.server.trusted_proxies.clone(),
            body_limit_bytes: settings.server.body_limit_bytes,
            body_timeout: settings.server.client_request_timeout,
        };
        let (server, home) = (settings.server.clone(), settings.home.clone());
        Ok(Self { listener, address, server, home, state: Data::new(state), background })
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Its box office.
    pub fn office(&self) -> &BoxOffice {
        &self.state.office
    }

    /// Answers requests until `stop` is ready; then takes no new ones, lets those in flight finish within the shutdown
    /// time, and the box office what it has sent to commit.
    pub async fn run_until_stopped(self, stop: impl Future<Output = ()>) -> Result<(), ApplicationError> {
        let Self { listener, server: settings, home, state, background, .. } = self;
        let office = state.office.clone();
        let app = move || {
            let (state, home) = (state.clone(), home.clone());
            App::new().app_data(state).configure(move |config| mount(&home, config)).wrap_fn(requests::finish)
        };
        let server = HttpServer::new(app)
            .workers(settings.workers)
            .max_connections(settings.max_connections_per_worker)
            .keep_alive(settings.keep_alive)
            .client_request_timeout(settings.client_request_timeout)
            .client_disconnect_timeout(settings.client_disconnect_timeout)
            .tcp_nodelay(true)
            .shutdown_timeout(settings.shutdown.as_secs())
            .disable_signals()
            .listen(listener)
            .map_err(ApplicationError::Ended)?
            .run();
        let handle = server.handle();
        let mut running = tokio::spawn(server);
        let ended = tokio::select! {
            ended = &mut running => ended,
            () = stop => {
                handle.stop(true).await;
                running.await
            }
        };
        background.stop().await;
        office.close().await;
        ended.map_err(io::Error::other).flatten().map_err(ApplicationError::Ended)
    }
}

fn mount(home: &Path, config: &mut ServiceConfig) {
    endpoints::mount(routes::table(), config);
    ui::mount(home, config);
}

/// Copies of events that a crash has left are in nobody's way: this may take its time, and fail.
async fn clean_up(simulations: &Simulations) {
    match simulations.clean_up().await {
        Ok(0) => {}
        Ok(removed) => tracing::info!(removed, "copies of events that a stress test had left are gone"),
        Err(error) => tracing::warn!(%error, "copies of events that a stress test left may still be there"),
    }
}

fn open_pool(settings: &Settings, database_url: &str, purpose: Purpose) -> Result<Pool, repository::Error> {
    let database = &settings.database;
    let (name, size) = match purpose {
        Purpose::General => ("onsale", database.read_connections),
        Purpose::BoxOffice => ("onsale box office", database.box_office_connections),
    };
    let limits = PoolSettings {
        application_name: name.to_owned(),
        size,
        connect_timeout: database.connect_timeout,
        statement_timeout: database.statement_timeout,
        lock_timeout: database.lock_timeout,
        idle_in_transaction_timeout: database.idle_in_transaction,
    };
    Pool::new(database_url, purpose, &limits, Handle::current())
}

fn office_limits(settings: &Settings) -> boxoffice::Limits {
    let (database, box_office) = (&settings.database, &settings.box_office);
    let statement = database.statement_timeout + DEADLINE_MARGIN;
    boxoffice::Limits {
        queue_per_event: box_office.queue_per_event,
        queue_total: box_office.queue_total,
        batch: box_office.batch_limit,
        connections: usize::try_from(database.box_office_connections).unwrap_or(usize::MAX),
        queued: box_office.queued,
        backoff: box_office.backoff,
        deadlines: Deadlines { lock: database.lock_timeout + DEADLINE_MARGIN, write: statement, commit: statement },
        ..boxoffice::Limits::default()
    }
}
