//! Builds the server from its parts, runs it and stops it.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use actix_web::dev::{Server, ServerHandle};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{App, HttpResponse};
use auth::passwords::{CostOutOfRange, Hasher};
use auth::secrets::LinkKey;
use auth::throttle::{Limits as ThrottleLimits, Throttle};
use auth::tokens::{Tokens, WeakSecret};
use boxoffice::BoxOffice;
use boxoffice::lines::Lines;
use boxoffice::observer::{Notice, Observer};
use boxoffice::simulation::Simulations;
use futures_util::future::{join_all, select_all};
use notices::mail::MailError;
use notices::telling::Teller;
use notices::words::{SiteWords, Templates, WordsError};
use page::PageError;
use repository::pools::{Pool, Purpose};
use repository::settlement::Deadlines;
use thiserror::Error;
use tokio::net::TcpSocket;
use tokio::runtime::Handle;
use webhooks::delivering::{Deliverer, Owners};
use webhooks::guard::Guard;
use webhooks::sender::{Sender, SenderError};

use crate::http::access::{Access, FindKey};
use crate::http::client_address::TrustedProxies;
use crate::http::connections::{self, Limits};
use crate::http::cross_origin::Origins;
use crate::http::extractors::BodyLimits;
use crate::http::hosts::Hosts;
use crate::http::page_files::PageFiles;
use crate::http::problems::Problem;
use crate::http::requests::{self, Front};
use crate::services::access_list::AccessList;
use crate::services::account_mails::AccountMails;
use crate::services::api_keys::ApiKeys;
use crate::services::background::Background;
use crate::services::concurrency::ConcurrencyLimit;
use crate::services::doors::Doors;
use crate::services::holds::Holds;
use crate::services::line_heads::LineHeads;
use crate::services::live::hub::{Hub, Limits as LiveLimits};
use crate::services::loops::{self, Parts, Pulses, Stalls};
use crate::services::messages::Messages;
use crate::services::metrics::Metrics;
use crate::services::metrics::gauges::Gauges;
use crate::services::passwords::Passwords;
use crate::services::pictures::Pictures;
use crate::services::printing::Printing;
use crate::services::public_events::PublicEvents;
use crate::services::readiness::Readiness;
use crate::services::releases::Releases;
use crate::services::reminders::Reminders;
use crate::services::sales_figures::CachedFigures;
use crate::services::scans::Scans;
use crate::services::ticket_files::TicketFiles;
use crate::services::webhooks::Webhooks;
use crate::settings::relations::{self, LAST_WORD};
use crate::settings::{self, MetricsListen, Settings, SettingsError};
use crate::state::State;
use crate::{http::api_docs, http::endpoints, http::page_files, resources::pages, routes};

/// The length of the accept queue. The opening of a sale brings a burst of connections. Linux allows 4,096 by default
/// (net.core.somaxconn).
const BACKLOG: u32 = 4_096;

/// The server could not be built, or it failed.
#[derive(Debug, Error)]
pub enum ApplicationError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {error}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The cause.
        #[source]
        error: io::Error,
    },
    /// The address for metrics cannot be listened on.
    #[error("metrics.listen: cannot listen on {address}: {error}; set ONSALE__METRICS__LISTEN")]
    ListenForMetrics {
        /// The address.
        address: SocketAddr,
        /// The cause.
        #[source]
        error: io::Error,
    },
    /// The token secret cannot be read or created.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The token secret is too short.
    #[error(transparent)]
    Secret(#[from] WeakSecret),
    /// The bcrypt cost is out of range.
    #[error(transparent)]
    Cost(#[from] CostOutOfRange),
    /// The database cannot be used.
    #[error("the database cannot be used: {0}")]
    Database(#[from] repository::Error),
    /// The words of messages cannot be used.
    #[error("the words of messages: {0}")]
    Words(#[from] WordsError),
    /// Mail cannot be set up.
    #[error("mail: {0}")]
    Mail(#[from] MailError),
    /// Webhooks cannot be set up.
    #[error("webhooks: {0}")]
    Webhooks(#[from] SenderError),
    /// The operating system refused to start a thread.
    #[error("could not start a background thread: {0}")]
    Thread(io::Error),
    /// The server ended without being asked to.
    #[error("the server ended: {0}")]
    Ended(io::Error),
}

/// Listens on the configured address. A start does this first, so a taken address changes nothing. Must be called on a
/// Tokio runtime.
pub fn listen(server: &settings::Server) -> Result<TcpListener, ApplicationError> {
    let address = SocketAddr::new(server.host, server.port);
    listen_on(address, server.client_stall).map_err(|error| ApplicationError::Listen { address, error })
}

fn listen_on(address: SocketAddr, stall: Duration) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    connections::give_up_on_stalled(&socket, stall)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)?.into_std()
}

fn listen_for_metrics(settings: settings::Metrics, stall: Duration) -> Result<Option<TcpListener>, ApplicationError> {
    let MetricsListen::Address(address) = settings.listen else { return Ok(None) };
    let listener = listen_on(address, stall).map_err(|error| ApplicationError::ListenForMetrics { address, error })?;
    if let Ok(address) = listener.local_addr() {
        tracing::info!(%address, "serving metrics on a separate address");
    }
    Ok(Some(listener))
}

/// Values that admission and the extractors read on every route.
#[derive(Clone)]
struct RequestData {
    access: Data<Access>,
    proxies: Data<TrustedProxies>,
    bodies: BodyLimits,
}

impl RequestData {
    fn provide(&self, config: &mut ServiceConfig) {
        config.app_data(self.access.clone()).app_data(self.proxies.clone()).app_data(self.bodies);
    }
}

/// A server that is ready to run. Several may share a database.
pub struct Application {
    listener: TcpListener,
    address: SocketAddr,
    metrics_listener: Option<TcpListener>,
    server: settings::Server,
    page_files: Data<PageFiles>,
    request_data: RequestData,
    state: Data<State>,
    background: Background,
}

impl Application {
    /// Builds the server on a migrated database. Must be called on a multi-thread runtime, which then runs the server's
    /// connections and background work.
    pub async fn build(
        listener: TcpListener,
        settings: &Settings,
        database_url: &str,
    ) -> Result<Self, ApplicationError> {
        let address = listener
            .local_addr()
            .map_err(|error| ApplicationError::Listen { address: SocketAddr::from(([0, 0, 0, 0], 0)), error })?;
        let metrics_listener = listen_for_metrics(settings.metrics, settings.server.client_stall)?;
        let secret = settings.token_secret()?;
        let tokens = Tokens::new(secret.expose().as_bytes(), settings.auth.token_lifetime)?;
        let links = LinkKey::new(secret.expose().as_bytes())?;
        let tokens = Arc::new(tokens);
        let hasher = Hasher::new(settings.auth.bcrypt_cost)?;
        let passwords = Arc::new(Passwords::new(hasher, settings.auth.hashing_concurrency));
        let metrics = Metrics::new();
        let pool = open_pool(settings, database_url, PoolUse::General)?;
        let office_pool = open_pool(settings, database_url, PoolUse::BoxOffice)?;
        // The box office opens its connections as sales need them. Faults of theirs should be known before.
        office_pool.check().await?;
        let hub = Arc::new(Hub::new(LiveLimits {
            streams: settings.live.streams,
            streams_per_address: settings.live.streams_per_address,
        }));
        let lines = Lines::new(pool.clone());
        let office = BoxOffice::open_observed(
            office_pool.clone(),
            office_limits(settings),
            Handle::current(),
            watch(&metrics, &hub, &lines),
        );
        let decided_within = relations::decided_within(&settings.database, &settings.box_office);
        let pulses = Pulses::new(Stalls::new(decided_within));
        let words = Arc::new(Templates::load(&settings.home.join("templates"), site_words(&settings.site))?);
        let printing = Arc::new(Printing::new());
        let messages = Messages::new(
            Teller::new(pool.clone(), Arc::clone(&words), settings.mail.mailer()?, links.clone()),
            pool.clone(),
            office.clone(),
            TicketFiles::new(pool.clone(), Arc::clone(&printing)),
            settings.messages.keep_days,
        );
        let guard = Guard::new(settings.webhooks.allowed_networks.clone());
        let sender = Sender::new(guard, settings.webhooks.encryption)?;
        let owners = if messages.has_mail() { Owners::Mailed } else { Owners::NotMailed };
        let deliverer = Deliverer::new(pool.clone(), sender.clone(), owners);
        let webhooks = Webhooks::new(deliverer, pool.clone(), settings.webhooks.keep_days);
        metrics.add(Gauges {
            pools: [("general", pool.clone()), ("box_office", office_pool)],
            office: office.clone(),
            passwords: Arc::clone(&passwords),
            loops: pulses.clone(),
            messages: messages.clone(),
            webhooks: webhooks.clone(),
            started_at: SystemTime::now(),
        });
        let simulations =
            Simulations::new(office.clone(), pool.clone(), database_url, settings.simulation.window, Handle::current());

        let reserved = open_pool(settings, database_url, PoolUse::Reserved)?;
        let overlap = settings.database.access_overlap();
        let access_list = Arc::new(AccessList::new(settings.auth.token_lifetime, overlap));
        access_list.refresh(&reserved).await?;
        let releases = Releases::new(office.clone(), pool.clone(), decided_within);
        let parts = Parts {
            access_list: Arc::clone(&access_list),
            reserved: reserved.clone(),
            hub: Arc::clone(&hub),
            pool: pool.clone(),
            releases: releases.clone(),
            holds: Holds::new(office.clone(), pool.clone()),
            line_heads: LineHeads::new(office.clone(), pool.clone()),
            messages: messages.clone(),
            reminders: Reminders::new(pool.clone()),
            webhooks,
            simulations: simulations.clone(),
        };
        let background = loops::start(&pulses, parts).map_err(ApplicationError::Thread)?;

        let api_keys = Arc::new(ApiKeys::new(pool.clone(), Arc::clone(&access_list), metrics.api_key_refusals.clone()));
        let request_data = RequestData {
            access: Data::new(admission(&tokens, &access_list, &api_keys)),
            proxies: Data::new(TrustedProxies::new(settings.server.trusted_proxies.clone())),
            bodies: BodyLimits {
                bytes: settings.server.body_limit_bytes,
                time: settings.server.client_request_timeout,
            },
        };
        let account_mails = AccountMails::new(pool.clone(), links, messages.has_mail());
        let state = State {
            lines,
            pool,
            office,
            simulations,
            releases,
            messages,
            account_mails,
            api_keys,
            words,
            webhook_sender: sender,
            public_events: PublicEvents::new(),
            pictures: Pictures::new(),
            doors: Doors::new(),
            scans: Scans::default(),
            door_pool: open_pool(settings, database_url, PoolUse::Doors)?,
            printing,
            hub,
            sales_figures: CachedFigures::new(),
            exports: ConcurrencyLimit::of_exports(),
            searches: ConcurrencyLimit::of_searches(),
            public_searches: ConcurrencyLimit::of_searches(),
            tokens,
            passwords,
            throttle: Mutex::new(Throttle::new(ThrottleLimits::default())),
            codes: Mutex::new(Throttle::new(WRONG_CODES)),
            sign_ups: Mutex::new(Throttle::new(sign_up_limits(settings.auth.new_accounts_per_address))),
            new_accounts_per_address: settings.auth.new_accounts_per_address,
            readiness: Readiness::new(reserved, Arc::clone(&access_list)),
            access_list,
            metrics,
            metrics_listen: settings.metrics.listen,
            site: settings.site.clone(),
        };
        let page_files = Data::new(PageFiles::new(&settings.home, settings.page.packed));
        let server = settings.server.clone();
        Ok(Self {
            listener,
            address,
            metrics_listener,
            server,
            page_files,
            request_data,
            state: Data::new(state),
            background,
        })
    }

    /// The port that the server listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The separate port for metrics, if there is one.
    pub fn metrics_port(&self) -> Option<u16> {
        self.metrics_listener.as_ref()?.local_addr().ok().map(|address| address.port())
    }

    /// Bundles the page's files, so that the first visitors do not wait for it.
    pub async fn pack_page(&self) -> Result<(), PageError> {
        self.page_files.page().await.map(drop)
    }

    /// The box office.
    pub fn office(&self) -> &BoxOffice {
        &self.state.office
    }

    /// Answers requests until `stop` is ready. Then live updates end, new requests are refused, requests in flight
    /// finish within the shutdown time, and the box office finishes its commits. A stress test that runs longer is
    /// lost.
    pub async fn run_until_stopped(self, stop: impl Future<Output = ()>) -> Result<(), ApplicationError> {
        let Self { listener, metrics_listener, server: settings, page_files, request_data, state, background, .. } =
            self;
        let (office, simulations, hub) = (state.office.clone(), state.simulations.clone(), Arc::clone(&state.hub));
        let traffic = Arc::clone(&state.metrics.traffic);
        let limits = connection_limits(&settings);
        let open = state.metrics.gauge("onsale_http_connections", "Open connections");
        let mut servers = Vec::new();
        if let Some(listener) = metrics_listener {
            // Only a few clients read metrics. They may use any internal name of the host.
            let front = Front { traffic: Arc::clone(&traffic), hosts: Arc::default(), origins: Origins::default() };
            let few = Limits { workers: 1, connections_per_address: 0, ..limits.clone() };
            let (state, request_data) = (state.clone(), request_data.clone());
            let app = move || {
                let (state, request_data, front) = (state.clone(), request_data.clone(), front.clone());
                let mount = move |config: &mut ServiceConfig| mount_metrics(&state, &request_data, config);
                App::new().configure(mount).wrap_fn(move |request, service| requests::finish(request, service, &front))
            };
            servers.push(
                connections::serve(listener, few, Arc::clone(&traffic), open.clone(), app)
                    .map_err(ApplicationError::Ended)?,
            );
        }
        let front = Front {
            traffic: Arc::clone(&traffic),
            hosts: Arc::new(Hosts::new(&settings.allowed_hosts)),
            origins: Origins::new(settings.cors_allowed_origins.clone()),
        };
        let of_state = state.clone();
        let app = move || {
            let (state, page_files, front) = (of_state.clone(), page_files.clone(), front.clone());
            let request_data = request_data.clone();
            let mount = move |config: &mut ServiceConfig| mount(&state, &request_data, &page_files, config);
            App::new().configure(mount).wrap_fn(move |request, service| requests::finish(request, service, &front))
        };
        servers.push(connections::serve(listener, limits, traffic, open, app).map_err(ApplicationError::Ended)?);

        let handles: Vec<ServerHandle> = servers.iter().map(Server::handle).collect();
        let shutdown = settings.shutdown;
        let mut running = select_all(servers.into_iter().map(tokio::spawn));
        let (began, ended) = tokio::select! {
            (ended, _, others) = &mut running => {
                let began = Instant::now();
                // If one server ends, the others are stopped too.
                join_all(handles.iter().map(|handle| handle.stop(false))).await;
                join_all(others).await;
                (began, ended)
            }
            () = stop => {
                let began = Instant::now();
                state.readiness.stop();
                tokio::time::sleep(settings.drain).await;
                hub.close();
                join_all(handles.iter().map(|handle| handle.stop(true))).await;
                let mut ended = Ok(Ok(()));
                for server in running.into_inner() {
                    let result = server.await;
                    if matches!(ended, Ok(Ok(()))) {
                        ended = result;
                    }
                }
                (began, ended)
            }
        };
        background.stop().await;
        office.close().await;
        simulations.close((shutdown + LAST_WORD).saturating_sub(began.elapsed())).await;
        ended.map_err(io::Error::other).flatten().map_err(ApplicationError::Ended)
    }
}

/// Counts the box office's work, passes each commit on to the live updates, and whoever joins a line to its readers.
fn watch(metrics: &Metrics, hub: &Arc<Hub>, lines: &Lines) -> Observer {
    let (count, hub, lines) = (metrics.watch_box_office(), Arc::clone(hub), lines.clone());
    Arc::new(move |notice| {
        match notice {
            Notice::Joined(event, joined) => lines.note(event, joined),
            Notice::Settled { after, .. } => hub.note(after),
            Notice::Unsettled(_) | Notice::Refused(_) => {}
        }
        count(notice);
    })
}

/// Admits requests by their tokens, and by their API keys.
fn admission(tokens: &Arc<Tokens>, access_list: &Arc<AccessList>, api_keys: &Arc<ApiKeys>) -> Access {
    let (current, api_keys) = (Arc::clone(access_list), Arc::clone(api_keys));
    let find_key: FindKey = Box::new(move |key| {
        let (api_keys, key) = (Arc::clone(&api_keys), key.to_owned());
        Box::pin(async move { api_keys.holder(&key).await })
    });
    Access::new(Arc::clone(tokens), move |session| current.admits(session), find_key)
}

fn mount(state: &Data<State>, request_data: &RequestData, page_files: &Data<PageFiles>, config: &mut ServiceConfig) {
    config.app_data(state.clone()).app_data(routes::served_description());
    request_data.provide(config);
    pages::mount_shared(config);
    endpoints::mount(routes::table(), |path| state.metrics.traffic.route(path), config);
    api_docs::mount(|path| state.metrics.traffic.route(path), config);
    pages::mount(config);
    page_files::mount(page_files, config);
}

fn mount_metrics(state: &Data<State>, request_data: &RequestData, config: &mut ServiceConfig) {
    config.app_data(state.clone());
    request_data.provide(config);
    endpoints::mount(routes::table_of_metrics(), |path| state.metrics.traffic.route(path), config);
    config.default_service(web::to(async || HttpResponse::from_error(Problem::NotFound("page"))));
}

fn connection_limits(settings: &settings::Server) -> Limits {
    Limits {
        workers: settings.workers,
        connections_per_worker: settings.max_connections_per_worker,
        connections_per_address: settings.max_connections_per_address,
        trusted_proxies: settings.trusted_proxies.clone(),
        head: settings.client_request_timeout,
        stall: settings.client_stall,
        keep_alive: settings.keep_alive,
        disconnect: settings.client_disconnect_timeout,
        shutdown: settings.shutdown.saturating_sub(settings.drain),
    }
}

/// The connections that no request uses: one to read changes of access, and one to check that the database answers.
const RESERVED: u32 = 2;
/// The connections that decide scans. An event has one transaction at a time, of some milliseconds, so that four serve the
/// doors of many events.
const DOORS: u32 = 4;
/// The most connections to the database that one server may need: its pools, the reserved ones, and some for one-time
/// tasks. While a stress test is compared with the classic way, it needs as many as the box office has on top, or else the
/// comparison is left out.
pub fn connections_needed(database: &settings::Database) -> u32 {
    const BESIDE: u32 = DOORS + RESERVED + 2;
    database.read_connections + database.box_office_connections + BESIDE
}

/// The work that a pool serves.
#[derive(Debug, Clone, Copy)]
enum PoolUse {
    General,
    BoxOffice,
    Doors,
    /// Not for requests, so that a busy server is still ready and hears of changes of access.
    Reserved,
}

fn open_pool(settings: &Settings, database_url: &str, pool_use: PoolUse) -> Result<Pool, repository::Error> {
    let database = &settings.database;
    let (name, size, purpose) = match pool_use {
        PoolUse::General => ("onsale", database.read_connections, Purpose::General),
        PoolUse::BoxOffice => ("onsale box office", database.box_office_connections, Purpose::BoxOffice),
        PoolUse::Doors => ("onsale doors", DOORS, Purpose::Doors),
        PoolUse::Reserved => ("onsale upkeep", RESERVED, Purpose::General),
    };
    Pool::new(database_url, purpose, &database.sessions(name, size), Handle::current())
}

/// Wrong codes. Nobody but its owner can try codes with an account, and a crowd with the right code may book from one
/// address at once: bookings count while they are undecided.
const WRONG_CODES: ThrottleLimits = ThrottleLimits {
    failures_per_account_and_address: 10,
    failures_per_account: 10,
    failures_per_address: 500,
    ..ThrottleLimits::DEFAULT
};

/// The site, as messages tell of it. Only addresses that are complete can be links in mail.
fn site_words(site: &settings::Site) -> SiteWords {
    let complete = |url: &Option<String>| match (url, &site.address) {
        (Some(path), Some(address)) if path.starts_with('/') => Some(format!("{address}{path}")),
        (Some(path), None) if path.starts_with('/') => None,
        (url, _) => url.clone(),
    };
    SiteWords {
        name: site.name.clone(),
        contact: site.contact.clone(),
        imprint_url: complete(&site.imprint_url),
        privacy_url: complete(&site.privacy_url),
        address: site.address.clone(),
    }
}

/// New accounts count by the address alone: the problem that refuses them tells that limit.
fn sign_up_limits(per_address: usize) -> ThrottleLimits {
    ThrottleLimits {
        failures_per_account_and_address: per_address,
        failures_per_account: usize::MAX,
        failures_per_address: per_address,
        ..ThrottleLimits::default()
    }
}

fn office_limits(settings: &Settings) -> boxoffice::Limits {
    let (database, box_office) = (&settings.database, &settings.box_office);
    let statement = database.statement_deadline();
    boxoffice::Limits {
        queue_per_event: box_office.queue_per_event,
        queue_total: box_office.queue_total,
        batch: box_office.batch_limit,
        connections: usize::try_from(database.box_office_connections).unwrap_or(usize::MAX),
        queued: box_office.queued,
        backoff: box_office.backoff,
        resolve: database.resolve(),
        deadlines: Deadlines { lock: database.lock_deadline(), write: statement, commit: statement },
    }
}
