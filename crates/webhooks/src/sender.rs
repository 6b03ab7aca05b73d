//! Sends one request to an endpoint.
//!
//! The connection is made here, to an address that the guard let pass: whatever a name means in the next moment does
//! not matter. Redirects are not followed, proxies not used, and connections not kept.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::header::{CONTENT_TYPE, HOST, HeaderValue, RETRY_AFTER, USER_AGENT};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use url::Host;

use crate::guard::Guard;
use crate::urls::{Encryption, EndpointUrl};

/// The longest time for a request, from looking up the name to the end of what is read of the answer.
pub const SEND_WITHIN: Duration = Duration::from_secs(15);

/// How long one address may take to answer at all, so that there is time for another one of the same name.
const CONNECT_WITHIN: Duration = Duration::from_secs(4);

/// How much of an answer is read, in bytes.
pub const READ_BYTES_MAX: usize = 8 * 1_024;

/// How much of it is kept, in bytes.
pub const KEPT_BYTES_MAX: usize = 1_024;

/// The most bytes of an answer's head.
const HEAD_BYTES_MAX: usize = 64 * 1_024;

/// The sender's name in requests.
const AGENT: &str = concat!("Onsale-Webhooks/", env!("CARGO_PKG_VERSION"));

type Found = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Looks up the addresses of a name.
pub type LookUp = Arc<dyn Fn(String) -> Found + Send + Sync>;

/// The system's own look-up.
pub fn system_look_up() -> LookUp {
    Arc::new(|name| {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    })
}

/// The sender cannot be set up.
#[derive(Debug, Error)]
#[error("TLS cannot be set up: {0}")]
pub struct SenderError(#[from] rustls::Error);

/// An answer of an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// The beginning of its body, as text: at most [`KEPT_BYTES_MAX`] bytes of it.
    pub text: String,
    /// The value of `Retry-After`, as it was sent.
    pub retry_after: Option<String>,
}

/// Why there was no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoAnswer {
    /// The address must not be called.
    #[error("the address {0}")]
    Address(#[from] crate::urls::UrlError),
    /// The name has no address.
    #[error("the name was not found: {0}")]
    NotFound(String),
    /// The name leads to an address that is not public.
    #[error("the name leads to an address that is not on the public internet")]
    NotPublic,
    /// There was no connection, or it broke.
    #[error("{0}")]
    Broken(String),
    /// It took too long.
    #[error("no answer within {} seconds", SEND_WITHIN.as_secs())]
    TooLate,
}

/// Sends requests. A handle.
#[derive(Clone)]
pub struct Sender {
    guard: Guard,
    encryption: Encryption,
    tls: TlsConnector,
    look_up: LookUp,
}

/// The headers of a request beside those of every request.
pub type Headers<'a> = [(&'static str, &'a str); 3];

impl Sender {
    /// Calls what the guard lets pass, and trusts whatever the system trusts.
    pub fn new(guard: Guard, encryption: Encryption) -> Result<Self, SenderError> {
        let mut roots = RootCertStore::empty();
        let found = rustls_native_certs::load_native_certs();
        roots.add_parsable_certificates(found.certs);
        if roots.is_empty() {
            tracing::warn!("the system trusts no certificates, so no endpoint of a webhook can be verified");
        }
        Self::trusting(guard, encryption, roots, system_look_up())
    }

    /// Calls what the guard lets pass of the addresses that `look_up` finds, and trusts these authorities.
    pub fn trusting(
        guard: Guard,
        encryption: Encryption,
        roots: RootCertStore,
        look_up: LookUp,
    ) -> Result<Self, SenderError> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { guard, encryption, tls: TlsConnector::from(Arc::new(config)), look_up })
    }

    /// Checks the address of an endpoint by this sender's rules.
    pub fn check(&self, url: &str) -> Result<EndpointUrl, crate::urls::UrlError> {
        EndpointUrl::parse(url, self.encryption, &self.guard)
    }

    /// Sends JSON to an endpoint. An answer whose body does not come, or does not end, is one all the same.
    pub async fn send(&self, url: &str, headers: &Headers<'_>, body: Vec<u8>) -> Result<Answer, NoAnswer> {
        let deadline = tokio::time::Instant::now() + SEND_WITHIN;
        let answered = tokio::time::timeout_at(deadline, self.ask(url, headers, body));
        let response = answered.await.map_err(|_| NoAnswer::TooLate)??;
        let status = response.status().as_u16();
        let asked = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        let retry_after = asked.map(str::to_owned);
        let mut read = Vec::new();
        // The status has decided.
        let _ = tokio::time::timeout_at(deadline, read_some(response, &mut read)).await;
        read.truncate(KEPT_BYTES_MAX);
        Ok(Answer { status, text: String::from_utf8_lossy(&read).into_owned(), retry_after })
    }

    async fn ask(&self, url: &str, headers: &Headers<'_>, body: Vec<u8>) -> Result<Response<Incoming>, NoAnswer> {
        // Settings may have changed since it was stored.
        let url = self.check(url)?;
        let addresses = self.addresses(&url).await?;
        let dial = |address| dialled(SocketAddr::new(address, url.port()));
        let stream = connect(&self.guard, &addresses, CONNECT_WITHIN, dial).await?;
        let request = request(&url, headers, body)?;
        if !url.is_encrypted() {
            return exchange(stream, request).await;
        }
        let name = match url.host() {
            Host::Domain(name) => ServerName::try_from(name.clone()).map_err(broken)?,
            Host::Ipv4(address) => ServerName::from(IpAddr::V4(*address)),
            Host::Ipv6(address) => ServerName::from(IpAddr::V6(*address)),
        };
        exchange(self.tls.connect(name, stream).await.map_err(broken)?, request).await
    }

    /// The addresses to call. A name of which one address must not be called is not called at all: it leads elsewhere
    /// on purpose.
    async fn addresses(&self, url: &EndpointUrl) -> Result<Vec<IpAddr>, NoAnswer> {
        let found = match url.host() {
            Host::Ipv4(address) => vec![IpAddr::V4(*address)],
            Host::Ipv6(address) => vec![IpAddr::V6(*address)],
            Host::Domain(name) => {
                (self.look_up)(name.clone()).await.map_err(|error| NoAnswer::NotFound(error.to_string()))?
            }
        };
        if found.is_empty() {
            return Err(NoAnswer::NotFound("it has no address".to_owned()));
        }
        if found.iter().all(|address| self.guard.lets_pass(*address)) { Ok(found) } else { Err(NoAnswer::NotPublic) }
    }
}

/// A connection, with the address of its own end.
type Dialled<Stream> = (Stream, Option<IpAddr>);

async fn dialled(address: SocketAddr) -> io::Result<Dialled<TcpStream>> {
    let stream = TcpStream::connect(address).await?;
    let own = stream.local_addr().ok().map(|own| own.ip());
    Ok((stream, own))
}

/// Connects to the first address that answers within this time. One that is silent leaves time for the next. This
/// machine's own public address leads to services of it that are not public.
async fn connect<Stream, Dialling>(
    guard: &Guard,
    addresses: &[IpAddr],
    within: Duration,
    dial: impl Fn(IpAddr) -> Dialling,
) -> Result<Stream, NoAnswer>
where
    Dialling: Future<Output = io::Result<Dialled<Stream>>>,
{
    let mut failure = NoAnswer::NotFound("it has no address".to_owned());
    for address in addresses {
        match tokio::time::timeout(within, dial(*address)).await {
            Ok(Ok((stream, own))) => {
                let is_own = own == Some(*address);
                return if is_own && !guard.allows(*address) { Err(NoAnswer::NotPublic) } else { Ok(stream) };
            }
            Ok(Err(error)) => failure = broken(error),
            Err(_) => failure = NoAnswer::TooLate,
        }
    }
    Err(failure)
}

fn request(url: &EndpointUrl, headers: &Headers<'_>, body: Vec<u8>) -> Result<Request<Full<Bytes>>, NoAnswer> {
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(url.target())
        .header(HOST, HeaderValue::try_from(url.authority()).map_err(broken)?)
        .header(USER_AGENT, AGENT)
        .header(CONTENT_TYPE, "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Full::new(Bytes::from(body))).map_err(broken)
}

async fn exchange<Stream>(stream: Stream, request: Request<Full<Bytes>>) -> Result<Response<Incoming>, NoAnswer>
where
    Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut builder = http1::Builder::new();
    builder.max_buf_size(HEAD_BYTES_MAX);
    let (mut sender, connection) = builder.handshake(TokioIo::new(stream)).await.map_err(broken)?;
    // It ends with the response and the sender, at the latest when the answer's body is dropped.
    tokio::spawn(connection);
    sender.send_request(request).await.map_err(broken)
}

async fn read_some(response: Response<Incoming>, read: &mut Vec<u8>) {
    let mut body = response.into_body();
    while let Some(Ok(frame)) = body.frame().await {
        if let Some(data) = frame.data_ref() {
            read.extend_from_slice(data);
        }
        if read.len() >= READ_BYTES_MAX {
            return;
        }
    }
}

/// The error with its causes, in one line.
fn broken(error: impl std::error::Error) -> NoAnswer {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = error.source();
    }
    NoAnswer::Broken(text)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::net::Ipv4Addr;

    use super::*;

    const FIRST: IpAddr = IpAddr::V4(Ipv4Addr::new(8, 8, 8, 8));
    const SECOND: IpAddr = IpAddr::V4(Ipv4Addr::new(1, 1, 1, 1));
    const OF_THIS_MACHINE: IpAddr = IpAddr::V4(Ipv4Addr::new(9, 9, 9, 9));

    /// How an address answers.
    #[derive(Clone, Copy)]
    enum Answering {
        At(IpAddr),
        Refused,
        Never,
    }

    /// The result of a connection whose stream is the address that was called, and the addresses that were tried.
    async fn try_all(guard: &Guard, answers: &[(IpAddr, Answering)]) -> (Result<IpAddr, NoAnswer>, Vec<IpAddr>) {
        let tried = RefCell::new(Vec::new());
        let dial = |address: IpAddr| {
            tried.borrow_mut().push(address);
            let answering = answers.iter().find(|(one, _)| *one == address).map(|(_, answering)| *answering);
            async move {
                match answering {
                    Some(Answering::At(own)) => Ok((address, Some(own))),
                    Some(Answering::Never) => std::future::pending().await,
                    _ => Err(io::Error::from(io::ErrorKind::ConnectionRefused)),
                }
            }
        };
        let addresses: Vec<IpAddr> = answers.iter().map(|(address, _)| *address).collect();
        // A future that is ready is in time, however short the time is.
        let connected = connect(guard, &addresses, Duration::ZERO, dial).await;
        (connected, tried.into_inner())
    }

    #[tokio::test]
    async fn an_address_that_is_silent_leaves_time_for_the_next_one_of_its_name() {
        let (guard, answers) = (Guard::default(), Answering::At(OF_THIS_MACHINE));
        for silent in [Answering::Never, Answering::Refused] {
            let (connected, tried) = try_all(&guard, &[(FIRST, silent), (SECOND, answers)]).await;
            assert_eq!((connected, tried), (Ok(SECOND), vec![FIRST, SECOND]));
        }
        let (connected, tried) = try_all(&guard, &[(FIRST, answers), (SECOND, answers)]).await;
        assert_eq!((connected, tried), (Ok(FIRST), vec![FIRST]));
        let (connected, _) = try_all(&guard, &[(FIRST, Answering::Refused), (SECOND, Answering::Never)]).await;
        assert_eq!(connected, Err(NoAnswer::TooLate));
        // There is time for three silent addresses, and then for an answer.
        assert!(CONNECT_WITHIN * 3 < SEND_WITHIN);
    }

    #[tokio::test]
    async fn this_machines_own_public_address_is_not_called_unless_its_network_is_allowed() {
        let own = [(OF_THIS_MACHINE, Answering::At(OF_THIS_MACHINE)), (FIRST, Answering::At(OF_THIS_MACHINE))];
        let (connected, tried) = try_all(&Guard::default(), &own).await;
        assert_eq!((connected, tried), (Err(NoAnswer::NotPublic), vec![OF_THIS_MACHINE]));
        let allowing = Guard::new(vec!["9.9.9.0/24".parse().expect("it is a network")]);
        let (connected, _) = try_all(&allowing, &own).await;
        assert_eq!(connected, Ok(OF_THIS_MACHINE));
    }
}
