//! Connections: how many there may be, and for how long each may take its time.
//!
//! The HTTP library limits how long a connection's first request takes to arrive, and how long it may be idle between
//! two. It does not limit a later request's head that comes byte by byte, a body that goes on after its answer, or a
//! client that takes nothing of its answer; it reads and keeps as requests whatever comes while it cannot answer; and what
//! is no request it answers with a bare status. So each connection's stream is watched here, from below.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt::Debug;
use std::io;
use std::net::{self, IpAddr, SocketAddr};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use actix_http::{HttpService, Protocol, Request, Response};
use actix_service::{IntoServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_web::Error;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{AppConfig, Payload, Server, Service, ServiceFactory, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use auth::addresses::AddressKey;
use futures_util::Stream;
use ipnet::IpNet;
use prometheus_client::metrics::gauge::Gauge;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::http::client_address::is_of;
use crate::http::problems::Problem;
use crate::http::requests;
use crate::services::metrics::traffic::Traffic;

/// How long a connection on which nothing is written lives at least, beyond what keep-alive allows it: an answer that
/// is streamed writes more often than that.
const SILENCE_MIN: Duration = Duration::from_secs(60);

/// How long telling somebody that there is no place may take.
const REFUSAL_WITHIN: Duration = Duration::from_millis(100);

/// What is read at once, and what is read ahead of an answer, at most. In memory a request takes a hundred times the bytes
/// that the shortest has on the wire.
const PIECE_BYTES_MAX: usize = 4096;

/// What connections are held to.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// Threads that answer.
    pub(crate) workers: usize,
    /// Connections of each.
    pub(crate) connections_per_worker: usize,
    /// Connections of one client's address; 0 is any number.
    pub(crate) connections_per_address: usize,
    /// Who may have any number of connections.
    pub(crate) trusted_proxies: Vec<IpNet>,
    /// From a request's first byte to the end of its head.
    pub(crate) head: Duration,
    /// How long a client may take nothing of its answer.
    pub(crate) stall: Duration,
    /// How long a connection may be idle between requests.
    pub(crate) keep_alive: Duration,
    /// How long a connection may take to close.
    pub(crate) disconnect: Duration,
    /// How long requests in flight have at the end.
    pub(crate) shutdown: Duration,
}

/// A server of `app` on a listener, within these limits; `open` says how many connections there are. It runs once it is
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
    let door = Arc::new(Door::new(&limits));
    let connected = move || {
        let (stopping, door, limits) = (stopping.clone(), Arc::clone(&door), limits.clone());
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
        let come_in =
            move |io: TcpStream| enter(io, Arc::clone(&door), limits.clone(), Arc::clone(&traffic), open.clone());
        fn_service(come_in).and_then(http)
    };
    Ok(builder.listen("onsale", listener, connected)?.run())
}

/// Has the system close each of the listener's connections whose client has acknowledged nothing for that long, be it
/// gone or just not reading. What little fits into the system's buffers never stalls the stream above them, and would
/// keep a place among the live updates for ever.
#[cfg(target_os = "linux")]
pub(crate) fn give_up_on_stalled(listener: &TcpSocket, after: Duration) -> io::Result<()> {
    let milliseconds = u32::try_from(after.as_millis()).unwrap_or(u32::MAX);
    Ok(rustix::net::sockopt::set_tcp_user_timeout(listener, milliseconds)?)
}

/// Other systems have no such limit that a listener could pass on.
#[cfg(not(target_os = "linux"))]
pub(crate) fn give_up_on_stalled(_: &TcpSocket, _: Duration) -> io::Result<()> {
    Ok(())
}

type Entered = (Watched, Protocol, Option<SocketAddr>);

async fn enter(
    mut io: TcpStream,
    door: Arc<Door>,
    limits: Limits,
    traffic: Arc<Traffic>,
    open: Gauge,
) -> Result<Entered, actix_http::error::DispatchError> {
    let peer = io.peer_addr()?;
    io.set_nodelay(true)?;
    match door.enter(peer.ip()) {
        Some(place) => Ok((Watched::new(io, place, &limits, traffic, open), Protocol::Http1, Some(peer))),
        None => {
            let text = requests::unread(&Problem::Busy { retry_after_seconds: 1 }, "", &traffic);
            // It fits into the socket's buffer: whoever does not take it is not waited for.
            let _ = tokio::time::timeout(REFUSAL_WITHIN, io.write_all(&text)).await;
            Err(io::Error::other("too many connections of one address").into())
        }
    }
}

/// Counts connections by address.
#[derive(Debug)]
struct Door {
    places: usize,
    proxies: Vec<IpNet>,
    inside: Mutex<HashMap<AddressKey, usize>>,
}

/// A place among the connections of an address, until it is dropped.
#[derive(Debug)]
struct Place(Option<(Arc<Door>, AddressKey)>);

impl Door {
    fn new(limits: &Limits) -> Self {
        let proxies = limits.trusted_proxies.clone();
        Self { places: limits.connections_per_address, proxies, inside: Mutex::default() }
    }

    fn enter(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        if self.places == 0 || is_of(&self.proxies, address) {
            return Some(Place(None));
        }
        let address = AddressKey::of(address);
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        let count = inside.entry(address).or_default();
        if *count >= self.places {
            return None;
        }
        *count += 1;
        Some(Place(Some((Arc::clone(self), address))))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((door, address)) = &self.0 else { return };
        let mut inside = door.inside.lock().unwrap_or_else(PoisonError::into_inner);
        let left = inside.get(address).map_or(0, |count| count.saturating_sub(1));
        if left == 0 {
            inside.remove(address);
        } else {
            inside.insert(*address, left);
        }
    }
}

/// What the requests of a connection tell its stream.
#[derive(Debug, Default)]
pub(crate) struct Phase {
    /// Requests whose head was read, ever.
    begun: Cell<u64>,
    /// Requests whose answer has no head yet.
    in_flight: Cell<u32>,
    /// Nothing more will come from the client.
    has_left: Cell<bool>,
    /// Answers with a head whose body is still being made.
    streaming: Cell<u32>,
    /// Whether somebody waits for more of a request's body.
    body_awaited: Cell<bool>,
    /// Who was told to wait before reading on.
    reader: RefCell<Option<Waker>>,
}

/// A request that is being answered, until it is dropped.
#[derive(Debug)]
pub(crate) struct Answering(Rc<Phase>);

impl Phase {
    /// A request's head has been read.
    pub(crate) fn begin(self: &Rc<Self>) -> Answering {
        self.begun.set(self.begun.get().wrapping_add(1));
        self.in_flight.set(self.in_flight.get().saturating_add(1));
        Answering(Rc::clone(self))
    }

    /// Whether the client has closed its side. It may yet read its answer, and gets it; but one that has no end would
    /// go on until a write fails.
    pub(crate) fn has_left(&self) -> bool {
        self.has_left.get()
    }

    /// A request's body, of which more is read as it is waited for.
    pub(crate) fn watch(self: &Rc<Self>, payload: Payload) -> Payload {
        match payload {
            Payload::None => Payload::None,
            payload => Payload::Stream { payload: Box::pin(RequestBody { payload, phase: Rc::clone(self) }) },
        }
    }

    /// Whether what is read now would only be kept until an answer is done.
    fn is_ahead(&self) -> bool {
        (self.in_flight.get() > 0 || self.streaming.get() > 0) && !self.body_awaited.get()
    }

    fn read_on(&self) {
        if let Some(reader) = self.reader.take() {
            reader.wake();
        }
    }
}

impl Answering {
    /// The body of the answer, whose head is made.
    pub(crate) fn watch(&self, body: BoxBody) -> BoxBody {
        if body.size() != BodySize::Stream {
            return body;
        }
        self.0.streaming.set(self.0.streaming.get().saturating_add(1));
        BoxBody::new(AnswerBody { body, phase: Rc::clone(&self.0) })
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.in_flight.set(self.0.in_flight.get().saturating_sub(1));
        self.0.read_on();
    }
}

struct RequestBody {
    payload: Payload,
    phase: Rc<Phase>,
}

impl Stream for RequestBody {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = Pin::new(&mut self.payload).poll_next(context);
        self.phase.body_awaited.set(next.is_pending());
        if next.is_pending() {
            self.phase.read_on();
        }
        next
    }
}

impl Drop for RequestBody {
    fn drop(&mut self) {
        self.phase.body_awaited.set(false);
    }
}

struct AnswerBody {
    body: BoxBody,
    phase: Rc<Phase>,
}

impl MessageBody for AnswerBody {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        self.body.as_pin_mut().poll_next(context)
    }
}

impl Drop for AnswerBody {
    fn drop(&mut self) {
        self.phase.streaming.set(self.phase.streaming.get().saturating_sub(1));
        self.phase.read_on();
    }
}

/// The first byte of what should become the request after the first `begun` ones, or is left of the last one's body.
#[derive(Debug, Clone, Copy)]
struct FirstByte {
    begun: u64,
    at: Instant,
}

/// A connection's stream.
struct Watched {
    io: TcpStream,
    _place: Place,
    open: Gauge,
    traffic: Arc<Traffic>,
    phase: Rc<Phase>,
    head: Duration,
    stall: Duration,
    silence: Duration,
    first_byte: Option<FirstByte>,
    written_at: Instant,
    /// Goes off at the latest when something is overdue; looked at whenever there is nothing to read.
    overdue: Pin<Box<Sleep>>,
    stalled: Option<Pin<Box<Sleep>>>,
    /// How much has been read ahead of the answers that are being made.
    ahead: usize,
    /// Whether the last piece was a whole one, which has to be looked at before the next.
    is_piece_full: bool,
    /// How many requests had begun when everything was written.
    settled: u64,
    /// What is written in place of a bare status, and how much of it has been.
    instead: Option<(Vec<u8>, usize)>,
}

impl Watched {
    fn new(io: TcpStream, place: Place, limits: &Limits, traffic: Arc<Traffic>, open: Gauge) -> Self {
        open.inc();
        let now = Instant::now();
        let silence = limits.keep_alive.max(SILENCE_MIN) + limits.head;
        Self {
            io,
            _place: place,
            open,
            traffic,
            phase: Rc::default(),
            head: limits.head,
            stall: limits.stall,
            silence,
            first_byte: None,
            written_at: now,
            overdue: Box::pin(sleep_until(now + silence)),
            stalled: None,
            ahead: 0,
            is_piece_full: false,
            settled: 0,
            instead: None,
        }
    }

    /// Until when something has to happen, if nobody is being answered.
    fn deadline(&self) -> Option<Instant> {
        let begun = self.phase.begun.get();
        match self.first_byte {
            _ if self.phase.in_flight.get() > 0 => None,
            Some(first) if first.begun == begun => Some(first.at + self.head),
            _ => Some(self.written_at + self.silence),
        }
    }

    fn note_bytes(&mut self) {
        let begun = self.phase.begun.get();
        if self.phase.in_flight.get() > 0 || self.first_byte.is_some_and(|first| first.begun == begun) {
            return;
        }
        let at = Instant::now();
        self.first_byte = Some(FirstByte { begun, at });
        if self.overdue.deadline() > at + self.head {
            self.overdue.as_mut().reset(at + self.head);
        }
    }

    /// Moves the timer only when it goes off, which is seldom, and not with each request.
    fn check_overdue(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        while self.overdue.as_mut().poll(context).is_ready() {
            let now = Instant::now();
            match self.deadline() {
                Some(deadline) if deadline <= now => return Err(io::ErrorKind::TimedOut.into()),
                Some(deadline) => self.overdue.as_mut().reset(deadline),
                None => self.overdue.as_mut().reset(now + self.head),
            }
        }
        Ok(())
    }

    /// Reads a piece, and no more before there is use for it: who takes no answers, or sends a hundred requests before the
    /// first is answered, shall keep them where they are.
    fn poll_read_piece(&mut self, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let is_ahead = self.phase.is_ahead();
        if !is_ahead {
            self.ahead = 0;
        }
        let was_full = std::mem::take(&mut self.is_piece_full);
        let room = PIECE_BYTES_MAX.saturating_sub(self.ahead).min(buffer.remaining());
        if self.stalled.is_some() || (is_ahead && self.ahead >= PIECE_BYTES_MAX) {
            self.phase.reader.replace(Some(context.waker().clone()));
            return Poll::Pending;
        }
        if was_full {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        // Most who are asked have nothing: what would be read into is not touched for them.
        ready!(self.io.poll_read_ready(context))?;
        let mut piece = ReadBuf::new(buffer.initialize_unfilled_to(room));
        ready!(Pin::new(&mut self.io).poll_read(context, &mut piece))?;
        let read = piece.filled().len();
        buffer.advance(read);
        self.is_piece_full = read == room;
        if is_ahead {
            self.ahead += read;
        }
        Poll::Ready(Ok(()))
    }

    fn poll_write_through(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.io).poll_write(context, bytes) {
            Poll::Ready(written) => {
                if self.stalled.take().is_some() {
                    self.phase.read_on();
                }
                self.written_at = Instant::now();
                Poll::Ready(written)
            }
            Poll::Pending => {
                let until = Instant::now() + self.stall;
                let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep_until(until)));
                ready!(stalled.as_mut().poll(context));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
        }
    }

    /// Where nobody was asked, what is written is the library's own: its status, if so.
    fn bare_status(&self, bytes: &[u8]) -> Option<StatusCode> {
        let asked = self.phase.in_flight.get() > 0 || self.phase.begun.get() != self.settled;
        if asked { None } else { bare_status(bytes) }
    }
}

/// The status of an error that is a head and nothing else.
fn bare_status(bytes: &[u8]) -> Option<StatusCode> {
    const BARE_BYTES_MAX: usize = 512;
    // Most of what is written is longer, and is not to be looked at.
    let text = str::from_utf8(Some(bytes).filter(|bytes| bytes.len() <= BARE_BYTES_MAX)?).ok()?;
    let (status, rest) = text.strip_prefix("HTTP/1.1 ")?.split_once(' ')?;
    let is_whole = rest.find("\r\n\r\n").is_some_and(|end| end + 4 == rest.len());
    let status = status.parse::<StatusCode>().ok()?;
    let is_error = status.is_client_error() || status.is_server_error();
    (is_whole && is_error && rest.contains("content-length: 0\r\n")).then_some(status)
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.open.dec();
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let (before, has_room) = (buffer.filled().len(), buffer.remaining() > 0);
        let read = self.poll_read_piece(context, buffer);
        if buffer.filled().len() > before {
            self.note_bytes();
        } else if has_room && matches!(read, Poll::Ready(Ok(()))) {
            self.phase.has_left.set(true);
        }
        // Also where there is always something to read.
        self.check_overdue(context)?;
        read
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.instead.is_none()
            && let Some(status) = self.bare_status(bytes)
        {
            let date = str::from_utf8(bytes).unwrap_or_default().lines().find(|line| line.starts_with("date: "));
            let problem = requests::unreadable(status);
            let text = requests::unread(&problem, date.unwrap_or_default(), &self.traffic);
            self.instead = Some((text, 0));
        }
        if let Some((text, mut done)) = self.instead.take() {
            while let Some(rest) = text.get(done..).filter(|rest| !rest.is_empty()) {
                match self.poll_write_through(context, rest) {
                    Poll::Ready(Ok(written)) => done += written,
                    Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                    Poll::Pending => {
                        self.instead = Some((text, done));
                        return Poll::Pending;
                    }
                }
            }
            return Poll::Ready(Ok(bytes.len()));
        }
        let written = ready!(self.poll_write_through(context, bytes))?;
        if written == bytes.len() && self.phase.in_flight.get() == 0 {
            self.settled = self.phase.begun.get();
        }
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bare_error_is_replaced() {
        let bare =
            "HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\ndate: x\r\n\r\n";
        assert_eq!(bare_status(bare.as_bytes()), Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE));
        for other in [
            "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\n{}",
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\nHTTP/1.1 400 Bad Request\r\n\r\n",
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n",
            "",
        ] {
            assert_eq!(bare_status(other.as_bytes()), None, "{other:?}");
        }
    }

    /// A connection's stream, and the client's.
    async fn connected() -> (Watched, TcpStream) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let limits = Limits {
            workers: 1,
            connections_per_worker: 1,
            connections_per_address: 0,
            trusted_proxies: Vec::new(),
            head: SILENCE_MIN,
            stall: SILENCE_MIN,
            keep_alive: SILENCE_MIN,
            disconnect: SILENCE_MIN,
            shutdown: SILENCE_MIN,
        };
        let io = listener.accept().await.unwrap().0;
        let traffic = crate::services::metrics::Metrics::new().traffic;
        (Watched::new(io, Place(None), &limits, traffic, Gauge::default()), client)
    }

    /// How much can be read before there is a reason to wait.
    fn read_now(stream: &mut Watched, context: &mut Context<'_>) -> usize {
        let (mut bytes, mut read) = (vec![0; 1_000_000], 0);
        loop {
            let mut buffer = ReadBuf::new(&mut bytes);
            match Pin::new(&mut *stream).poll_read(context, &mut buffer) {
                Poll::Ready(Ok(())) => read += buffer.filled().len(),
                Poll::Ready(Err(error)) => panic!("{error}"),
                Poll::Pending => return read,
            }
        }
    }

    #[tokio::test]
    async fn no_more_is_read_than_can_be_answered() {
        let (mut stream, mut client) = connected().await;
        client.write_all(&[b'x'; 100_000]).await.unwrap();
        stream.io.readable().await.unwrap();
        let mut context = Context::from_waker(Waker::noop());
        // Nobody is answered: piece by piece, as a long head or the rest of a body may come.
        for _ in 0..2 {
            assert_eq!(read_now(&mut stream, &mut context), PIECE_BYTES_MAX);
        }
        let phase = Rc::clone(&stream.phase);
        let answering = phase.begin();
        let ahead: usize = (0..10).map(|_| read_now(&mut stream, &mut context)).sum();
        assert_eq!(ahead, PIECE_BYTES_MAX);
        // Nor while what follows its head is still being made.
        let never = futures_util::stream::pending::<Result<Bytes, io::Error>>();
        let body = answering.watch(BoxBody::new(actix_web::body::BodyStream::new(never)));
        drop(answering);
        assert_eq!(read_now(&mut stream, &mut context), 0);
        drop(body);
        assert_eq!(read_now(&mut stream, &mut context), PIECE_BYTES_MAX);
        // Whoever waits for a request's body gets it.
        let _answering = phase.begin();
        let never = futures_util::stream::pending::<Result<Bytes, PayloadError>>();
        let Payload::Stream { mut payload } = phase.watch(Payload::Stream { payload: Box::pin(never) }) else {
            panic!("a body is a stream")
        };
        assert!(payload.as_mut().poll_next(&mut context).is_pending());
        let body: usize = (0..10).map(|_| read_now(&mut stream, &mut context)).sum();
        assert_eq!(body, 10 * PIECE_BYTES_MAX);
    }

    #[tokio::test]
    async fn nothing_is_read_of_a_client_that_takes_nothing() {
        use tokio::io::AsyncReadExt;
        let (mut stream, mut client) = connected().await;
        client.write_all(b"GET /").await.unwrap();
        stream.io.readable().await.unwrap();
        let mut written = 0;
        std::future::poll_fn(|context| {
            while let Poll::Ready(done) = Pin::new(&mut stream).poll_write(context, &[b'x'; 100_000]) {
                written += done.unwrap();
            }
            assert_eq!(read_now(&mut stream, context), 0);
            assert!(stream.phase.reader.borrow().is_some());
            Poll::Ready(())
        })
        .await;
        let taking = tokio::spawn(async move {
            client.read_exact(&mut vec![0; written]).await.unwrap();
            client
        });
        stream.write_all(b"x").await.unwrap();
        assert!(stream.phase.reader.borrow().is_none(), "woken");
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(read_now(&mut stream, &mut context), 5);
        drop(taking.await.unwrap());
    }

    fn door(places: usize, proxies: &[&str]) -> Arc<Door> {
        let proxies = proxies.iter().map(|proxy| proxy.parse().unwrap()).collect();
        Arc::new(Door { places, proxies, inside: Mutex::default() })
    }

    #[test]
    fn an_address_has_so_many_places_and_gets_them_back() {
        let (door, one, other) = (door(2, &[]), "10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap());
        let first = door.enter(one).unwrap();
        let _second = door.enter(one).unwrap();
        assert!(door.enter(one).is_none());
        assert!(door.enter(other).is_some());
        drop(first);
        assert!(door.enter(one).is_some());
        assert_eq!(door.inside.lock().unwrap().len(), 1, "nothing is remembered of those who have gone");
    }

    #[test]
    fn a_customer_of_ipv6_is_one_and_a_proxy_is_many() {
        let door = door(1, &["10.0.0.0/8", "2001:db8:0:2::5/128"]);
        let _place = door.enter("2001:db8::1".parse().unwrap()).unwrap();
        assert!(door.enter("2001:db8::2".parse().unwrap()).is_none());
        assert!(door.enter("2001:db8:0:1::1".parse().unwrap()).is_some());
        for proxy in ["10.1.2.3", "2001:db8:0:2::5"] {
            let many: Vec<_> = (0..5).map(|_| door.enter(proxy.parse().unwrap())).collect();
            assert!(many.iter().all(Option::is_some), "{proxy}");
        }
    }
}
