//! Connections, with limits on their number and on the time that each may take.
//!
//! The HTTP library limits how long a connection's first request takes to arrive, and how long the connection is idle
//! between requests. These cases it leaves open:
//!
//! - A later request's head comes byte by byte.
//! - A body goes on after its answer.
//! - A client reads nothing of its answer.
//! - Requests arrive before earlier ones are answered. The library reads and keeps them all.
//! - A request cannot be read. The library answers with a bare status.
//!
//! So each connection's stream is watched here, below the library.

mod limits;
mod per_address;
pub(crate) mod phase;
mod stream;
mod unreadable;

use std::fmt::Debug;
use std::io;
use std::net::{self, SocketAddr};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_http::{HttpService, Protocol, Request, Response};
use actix_service::{IntoServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_web::Error;
use actix_web::body::BoxBody;
use actix_web::dev::{AppConfig, Server, Service, ServiceFactory, ServiceResponse};
use prometheus_client::metrics::gauge::Gauge;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpSocket, TcpStream};

pub(crate) use self::limits::Limits;
use self::per_address::PerAddress;
use self::stream::Watched;
use crate::http::problems::Problem;
use crate::http::traffic::Traffic;

/// The longest time that writing a refusal may take.
const REFUSAL_WITHIN: Duration = Duration::from_millis(100);

/// A server of `app` on a listener, within these limits. `open` counts its connections. It starts when it is first
/// polled, and ends when it is stopped.
pub(crate) fn serve<F, I, S>(
    listener: net::TcpListener,
    limits: Limits,
    traffic: Arc<Traffic>,
    open: Gauge,
    app: F,
) -> io::Result<Server>
where
    F: Fn() -> I + Send + Clone + 'static,
    I: IntoServiceFactory<S, Request>,
    S: ServiceFactory<Request, Config = AppConfig, Response = ServiceResponse, Error = Error> + 'static,
    S::InitError: Debug,
    S::Service: 'static,
    <S::Service as Service<Request>>::Future: 'static,
{
    let address = listener.local_addr()?;
    let builder = Server::build()
        .workers(limits.workers)
        .max_concurrent_connections(limits.connections_per_worker)
        .shutdown_timeout(limits.shutdown.as_secs())
        .disable_signals();
    let stopping = builder.graceful_shutdown_signal();
    let counts = Arc::new(PerAddress::new(&limits));
    let connected = move || {
        let (stopping, counts, limits) = (stopping.clone(), Arc::clone(&counts), limits.clone());
        let (traffic, open) = (Arc::clone(&traffic), open.clone());
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            .keep_alive(limits.keep_alive)
            .client_request_timeout(limits.head)
            .client_disconnect_timeout(limits.disconnect)
            .local_addr(address)
            .on_connect_ext(|connection: &Watched, data| {
                data.insert(Rc::clone(&connection.phase));
            })
            .finish(map_config(
                app().into_factory().map_err(|error: Error| -> Response<BoxBody> { error.error_response().into() }),
                |()| AppConfig::default(),
            ));
        let admit =
            move |io: TcpStream| enter(io, Arc::clone(&counts), limits.clone(), Arc::clone(&traffic), open.clone());
        fn_service(admit).and_then(http)
    };
    Ok(builder.listen("onsale", listener, connected)?.run())
}

/// Makes the system close each of the listener's connections whose client has acknowledged nothing for this long. The
/// client may be gone, or just not reading. Small writes fit into the system's buffers and never stall the stream above
/// them, so live updates would otherwise keep such connections forever.
#[cfg(target_os = "linux")]
pub(crate) fn give_up_on_stalled(listener: &TcpSocket, after: Duration) -> io::Result<()> {
    let milliseconds = u32::try_from(after.as_millis()).unwrap_or(u32::MAX);
    Ok(rustix::net::sockopt::set_tcp_user_timeout(listener, milliseconds)?)
}

/// Does nothing: only Linux has such a limit that a listener passes on to its connections.
#[cfg(not(target_os = "linux"))]
pub(crate) fn give_up_on_stalled(_: &TcpSocket, _: Duration) -> io::Result<()> {
    Ok(())
}

type Entered = (Watched, Protocol, Option<SocketAddr>);

async fn enter(
    mut io: TcpStream,
    counts: Arc<PerAddress>,
    limits: Limits,
    traffic: Arc<Traffic>,
    open: Gauge,
) -> Result<Entered, actix_http::error::DispatchError> {
    let peer = io.peer_addr()?;
    io.set_nodelay(true)?;
    match counts.enter(peer.ip()) {
        Some(permit) => Ok((Watched::new(io, permit, &limits, traffic, open), Protocol::Http1, Some(peer))),
        None => {
            let text = unreadable::answer(&Problem::busy(1), "", &traffic);
            // The text fits into the socket's buffer, so that a client that does not read it causes no wait.
            let _ = tokio::time::timeout(REFUSAL_WITHIN, io.write_all(&text)).await;
            Err(io::Error::other("too many connections from one address").into())
        }
    }
}
