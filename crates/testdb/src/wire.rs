//! A proxy between a server and its database that can cut, hold or freeze a connection at a chosen statement.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Waker};
use std::time::Duration;

use percent_encoding::percent_decode_str;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::{Notify, watch};

use crate::patience::LIMIT;

/// The fault at a chosen statement. A statement that is cut must be a simple query, as `commit` is: the answer to a
/// prepared statement comes only with that to the next sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The connection is cut before the statement reaches the database.
    CutBefore,
    /// The database answers the statement, and the connection is cut before the answer reaches the client.
    CutAfter,
    /// As [`Fault::CutAfter`], and the proxy accepts no connection after it: the database is out of reach.
    CutForGood,
    /// The statement waits in the proxy until [`Wire::release`].
    Hold,
    /// From this statement on, which does not reach the database, nothing passes on the connection in either direction.
    /// [`Wire::release`] cuts it.
    FreezeBefore,
    /// The database answers the statement, and from then on nothing passes on the connection in either direction.
    /// [`Wire::release`] cuts it.
    FreezeAfter,
}

impl Fault {
    /// Whether the database gets the statement and answers it before the connection is lost.
    fn is_after(self) -> bool {
        match self {
            Self::CutAfter | Self::CutForGood | Self::FreezeAfter => true,
            Self::CutBefore | Self::Hold | Self::FreezeBefore => false,
        }
    }

    /// Whether both sides find their connection open until [`Wire::release`].
    fn is_frozen(self) -> bool {
        matches!(self, Self::FreezeBefore | Self::FreezeAfter)
    }
}

/// The kind of the message by which a client ends its session.
const TERMINATE: u8 = b'X';

/// A proxy of one PostgreSQL server. Its connections break when it is dropped.
#[derive(Debug)]
pub struct Wire {
    address: SocketAddr,
    shared: Arc<Shared>,
    listening: tokio::task::JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Shared {
    /// The next fault and the beginning of its statement. It happens once.
    armed: Mutex<Option<(Fault, String)>>,
    /// Whether new connections are refused.
    gone: AtomicBool,
    /// Whether sessions outlive their clients.
    lingers: AtomicBool,
    /// Whether new sessions lose the settings that their clients ask for.
    drops_options: AtomicBool,
    /// Whether nothing passes.
    frozen: watch::Sender<bool>,
    struck: Notify,
    released: Notify,
}

/// The address of the database.
#[derive(Debug, Clone)]
enum Upstream {
    Unix(PathBuf),
    Tcp(String, u16),
}

impl Wire {
    /// A proxy of the server of `url`, and the address of the same database through the proxy.
    ///
    /// # Errors
    /// If the address is not valid, or the proxy cannot listen.
    pub async fn to(url: &str) -> io::Result<(Self, String)> {
        let upstream = Upstream::of(url)?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::<Shared>::default();
        let accepting = Arc::clone(&shared);
        let listening = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                if accepting.gone.load(Ordering::Relaxed) {
                    continue;
                }
                connections.spawn(serve(client, upstream.clone(), Arc::clone(&accepting)));
            }
        });
        let wire = Self { address, shared, listening };
        let url = wire.url_of(url);
        Ok((wire, url))
    }

    /// Arms a fault for the next statement inside a transaction whose text begins with `text`. After it, the proxy
    /// works normally. Statements that a connection prepares when it opens do not count, since they are outside
    /// transactions.
    pub fn arm(&self, fault: Fault, text: &str) {
        // An earlier fault may have happened after nobody waited for it any more.
        let _ = pin!(self.shared.struck.notified()).poll(&mut Context::from_waker(Waker::noop()));
        *self.shared.armed.lock().unwrap_or_else(PoisonError::into_inner) = Some((fault, text.to_owned()));
    }

    /// From now on, PostgreSQL learns that a client has ended its session only after [`Wire::release`].
    pub fn linger(&self) {
        self.shared.lingers.store(true, Ordering::Relaxed);
    }

    /// From now on, new sessions lose the settings that their clients ask for, as behind a pooler that ignores the
    /// startup parameter `options`.
    pub fn drop_options(&self) {
        self.shared.drops_options.store(true, Ordering::Relaxed);
    }

    /// Waits until the armed fault has happened.
    ///
    /// # Panics
    /// If it does not happen within [`LIMIT`].
    #[expect(clippy::panic, reason = "only tests call this")]
    pub async fn struck(&self) {
        if !self.strikes_within(LIMIT).await {
            panic!("the armed fault has not happened within {LIMIT:?}");
        }
    }

    /// Waits until the armed fault has happened, and returns whether it did in this time. If not, it is disarmed.
    pub async fn strikes_within(&self, limit: Duration) -> bool {
        let has_struck = tokio::time::timeout(limit, self.shared.struck.notified()).await.is_ok();
        if !has_struck {
            *self.shared.armed.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
        has_struck
    }

    /// Ends the wait of held statements, cuts frozen connections, and ends the sessions that have outlived their
    /// clients.
    pub fn release(&self) {
        self.shared.released.notify_waiters();
    }

    /// From now on, nothing passes in either direction, as if PostgreSQL or the link to it stood still. Connections
    /// stay open, and new ones are accepted.
    pub fn freeze(&self) {
        self.shared.frozen.send_replace(true);
    }

    /// Everything passes again, beginning with all that was held back.
    pub fn thaw(&self) {
        self.shared.frozen.send_replace(false);
    }

    fn url_of(&self, url: &str) -> String {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let credentials = rest.split_once('@').map_or("postgres", |(credentials, _)| credentials);
        let database = rest.split_once('@').map_or(rest, |(_, rest)| rest).split_once('/').map_or("", |(_, name)| name);
        format!("postgres://{credentials}@{}/{database}", self.address)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Upstream {
    fn of(url: &str) -> io::Result<Self> {
        let unknown = || io::Error::new(io::ErrorKind::InvalidInput, "not a database URL");
        let rest = url.split_once("://").ok_or_else(unknown)?.1;
        let host = rest.split_once('@').map_or(rest, |(_, rest)| rest).split(['/', '?']).next().ok_or_else(unknown)?;
        if host.starts_with("%2F") || host.starts_with("%2f") {
            let folder = percent_decode_str(host).decode_utf8().map_err(|_| unknown())?;
            return Ok(Self::Unix(Path::new(&*folder).join(".s.PGSQL.5432")));
        }
        let (name, port) = host.rsplit_once(':').unwrap_or((host, "5432"));
        Ok(Self::Tcp(name.to_owned(), port.parse().map_err(|_| unknown())?))
    }
}

async fn serve(client: TcpStream, upstream: Upstream, shared: Arc<Shared>) -> io::Result<()> {
    client.set_nodelay(true)?;
    match upstream {
        Upstream::Unix(path) => {
            let (from_server, to_server) = UnixStream::connect(path).await?.into_split();
            relay(client, from_server, to_server, &shared).await
        }
        Upstream::Tcp(name, port) => {
            let (from_server, to_server) = TcpStream::connect((name, port)).await?.into_split();
            relay(client, from_server, to_server, &shared).await
        }
    }
}

async fn relay(
    client: TcpStream,
    from_server: impl AsyncRead + Unpin,
    mut to_server: impl AsyncWrite + Unpin,
    shared: &Shared,
) -> io::Result<()> {
    let (mut from_client, mut to_client) = client.into_split();
    let mut answers = Answers { from: from_server, inbox: Vec::new(), ended: 0 };
    // The startup message gets an answer, as a statement does.
    let asked = AtomicU64::new(1);
    // When either side ends, both are closed.
    tokio::select! {
        forward = forward(&mut from_client, &mut to_server, &asked, shared) => {
            let Some(fault) = forward? else { return Ok(()) };
            if fault.is_after() {
                // With the answer, which the client will not see, the database has finished the statement.
                while answers.ended < asked.load(Ordering::Relaxed) && answers.next().await?.is_some() {}
            }
            if fault == Fault::CutForGood {
                shared.gone.store(true, Ordering::Relaxed);
            }
            let released = shared.released.notified();
            shared.struck.notify_one();
            if fault.is_frozen() {
                released.await;
            }
            Ok(())
        },
        back = async {
            while let Some(answer) = answers.next().await? {
                shared.thawed().await;
                to_client.write_all(&answer).await?;
            }
            Ok(())
        } => back,
    }
}

/// The server's messages, and the number of answers that they have completed.
struct Answers<R> {
    from: R,
    inbox: Vec<u8>,
    ended: u64,
}

impl<R: AsyncRead + Unpin> Answers<R> {
    /// The next message; `None` at the end. It is safe to cancel.
    async fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            if let Some((kind, [a, b, c, d])) =
                self.inbox.split_first().and_then(|(k, rest)| Some((k, *rest.first_chunk()?)))
            {
                let length = 1 + usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(usize::MAX - 1);
                if self.inbox.len() >= length {
                    self.ended += u64::from(*kind == b'Z');
                    return Ok(Some(self.inbox.drain(..length).collect()));
                }
            }
            if self.from.read_buf(&mut self.inbox).await? == 0 {
                return Ok(None);
            }
        }
    }
}

/// Forwards the client's messages, until the client disconnects or a fault cuts the connection.
async fn forward(
    client: &mut (impl AsyncRead + Unpin),
    server: &mut (impl AsyncWrite + Unpin),
    asked: &AtomicU64,
    shared: &Shared,
) -> io::Result<Option<Fault>> {
    let mut statements: HashMap<Vec<u8>, String> = HashMap::new();
    let mut in_transaction = false;
    let mut startup = read_sized(client).await?;
    if shared.drops_options.load(Ordering::Relaxed) {
        startup = without_options(&startup);
    }
    shared.thawed().await;
    server.write_all(&startup).await?;
    loop {
        let kind = match client.read_u8().await {
            Ok(TERMINATE) => None,
            Ok(kind) => Some(kind),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => None,
            Err(error) => return Err(error),
        };
        let Some(kind) = kind else {
            if shared.lingers.load(Ordering::Relaxed) {
                shared.released.notified().await;
            }
            return Ok(None);
        };
        let message = read_sized(client).await?;
        let body = message.get(4..).unwrap_or_default();
        let text = text_of(kind, body, &mut statements);
        in_transaction |= text.as_ref().is_some_and(|text| text.starts_with("begin"));
        let fault = text.as_ref().filter(|_| in_transaction).and_then(|text| shared.take_fault(text));
        in_transaction &= !text.is_some_and(|text| text.starts_with("commit") || text.starts_with("rollback"));
        match fault {
            Some(Fault::CutBefore | Fault::FreezeBefore) => return Ok(fault),
            Some(Fault::Hold) => {
                let released = shared.released.notified();
                shared.struck.notify_one();
                released.await;
            }
            Some(Fault::CutAfter | Fault::CutForGood | Fault::FreezeAfter) | None => {}
        }
        shared.thawed().await;
        // A simple query and a sync get one answer each.
        asked.fetch_add(u64::from(kind == b'Q' || kind == b'S'), Ordering::Relaxed);
        server.write_u8(kind).await?;
        server.write_all(&message).await?;
        server.flush().await?;
        if fault.is_some_and(Fault::is_after) {
            return Ok(fault);
        }
    }
}

impl Shared {
    /// Waits until something may pass.
    async fn thawed(&self) {
        let mut frozen = self.frozen.subscribe();
        drop(frozen.wait_for(|is_frozen| !is_frozen).await);
    }

    fn take_fault(&self, text: &str) -> Option<Fault> {
        let mut armed = self.armed.lock().unwrap_or_else(PoisonError::into_inner);
        match &*armed {
            Some((_, wanted)) if text.starts_with(wanted.as_str()) => armed.take().map(|(fault, _)| fault),
            _ => None,
        }
    }
}

/// The text of the statement that a message runs: a simple query, or the prepared statement that is bound.
fn text_of(kind: u8, body: &[u8], statements: &mut HashMap<Vec<u8>, String>) -> Option<String> {
    let mut parts = body.split(|byte| *byte == 0);
    match kind {
        b'Q' => parts.next().map(|text| String::from_utf8_lossy(text).into_owned()),
        b'P' => {
            let name = parts.next()?.to_vec();
            statements.insert(name, String::from_utf8_lossy(parts.next()?).into_owned());
            None
        }
        b'B' => statements.get(parts.nth(1)?).cloned(),
        _ => None,
    }
}

/// A startup message without the parameter `options`: its length, the protocol's version, names and values that end
/// with a zero byte each, and one more zero byte.
fn without_options(startup: &[u8]) -> Vec<u8> {
    let (head, parameters) = startup.split_at_checked(8).unwrap_or((startup, &[]));
    let words: Vec<&[u8]> = parameters.split(|byte| *byte == 0).collect();
    let kept = words.chunks(2).filter(|pair| !pair.first().is_none_or(|name| name.is_empty() || *name == b"options"));
    let mut body = head.get(4..).unwrap_or_default().to_vec();
    for word in kept.flatten() {
        body.extend_from_slice(word);
        body.push(0);
    }
    body.push(0);
    let length = u32::try_from(body.len() + 4).unwrap_or(u32::MAX);
    [&length.to_be_bytes()[..], &body].concat()
}

/// A message without its type: a length of four bytes, which includes itself, and the rest.
async fn read_sized(from: &mut (impl AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
    let length = from.read_u32().await?;
    let rest = usize::try_from(length).unwrap_or(0).saturating_sub(4);
    let mut message = length.to_be_bytes().to_vec();
    message.resize(4 + rest, 0);
    if let Some(rest) = message.get_mut(4..) {
        from.read_exact(rest).await?;
    }
    Ok(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server that answers every simple query, and tells which ones it got.
    async fn database() -> (String, tokio::sync::mpsc::UnboundedReceiver<String>) {
        const READY: [u8; 6] = [b'Z', 0, 0, 0, 5, b'I'];
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("postgres://postgres@{}/name", listener.local_addr().unwrap());
        let (tell, told) = tokio::sync::mpsc::unbounded_channel();
        tokio::spawn(async move {
            loop {
                let (mut client, tell) = (listener.accept().await.unwrap().0, tell.clone());
                tokio::spawn(async move {
                    read_sized(&mut client).await?;
                    client.write_all(&READY).await?;
                    while client.read_u8().await? == b'Q' {
                        let text = read_sized(&mut client).await?[4..].to_vec();
                        tell.send(String::from_utf8(text).unwrap().trim_end_matches('\0').to_owned()).unwrap();
                        client.write_all(&READY).await?;
                    }
                    io::Result::Ok(())
                });
            }
        });
        (url, told)
    }

    struct Client(TcpStream);

    impl Client {
        async fn connect(wire: &Wire) -> Self {
            let mut stream = TcpStream::connect(wire.address).await.unwrap();
            stream.write_all(&[0, 0, 0, 8, 0, 3, 0, 0]).await.unwrap();
            let mut client = Self(stream);
            assert!(client.is_ready().await);
            client
        }

        async fn send(&mut self, query: &str) {
            self.0.write_u8(b'Q').await.unwrap();
            self.0.write_u32(u32::try_from(query.len()).unwrap() + 5).await.unwrap();
            self.0.write_all(query.as_bytes()).await.unwrap();
            self.0.write_u8(0).await.unwrap();
        }

        /// Waits for an answer, or for the end of the connection.
        async fn is_ready(&mut self) -> bool {
            self.0.read_exact(&mut [0; 6]).await.is_ok()
        }
    }

    /// A transaction whose commit meets this fault, before any release: what the database got, and the client.
    async fn commit_under(fault: Fault) -> (Vec<String>, Wire, Client) {
        let (url, mut told) = database().await;
        let (wire, _) = Wire::to(&url).await.unwrap();
        let mut client = Client::connect(&wire).await;
        client.send("commit").await;
        assert!(client.is_ready().await, "no fault is armed");
        wire.arm(fault, "commit");
        client.send("begin").await;
        assert!(client.is_ready().await);
        client.send("commit").await;
        wire.struck().await;
        let mut got = Vec::new();
        while let Ok(query) = told.try_recv() {
            got.push(query);
        }
        (got, wire, client)
    }

    #[tokio::test]
    async fn a_commit_is_cut_before_the_database_gets_it_or_after_it_has_answered() {
        for (fault, is_sent) in [(Fault::CutBefore, false), (Fault::CutAfter, true)] {
            let (got, wire, mut client) = commit_under(fault).await;
            assert_eq!(got, if is_sent { vec!["commit", "begin", "commit"] } else { vec!["commit", "begin"] });
            assert!(!client.is_ready().await, "{fault:?}");
            Client::connect(&wire).await.send("begin").await;
        }
    }

    #[tokio::test]
    async fn a_frozen_commit_is_open_on_both_sides_until_the_release() {
        for (fault, is_sent) in [(Fault::FreezeBefore, false), (Fault::FreezeAfter, true)] {
            let (got, wire, mut client) = commit_under(fault).await;
            assert_eq!(got.len(), if is_sent { 3 } else { 2 }, "{fault:?}");
            let quiet = tokio::time::timeout(crate::patience::QUIET, client.is_ready()).await;
            assert!(quiet.is_err(), "{fault:?} has let something pass");
            wire.release();
            assert!(!client.is_ready().await, "{fault:?} was cut by its release");
        }
    }

    #[tokio::test]
    async fn a_fault_that_does_not_happen_in_time_is_disarmed() {
        let (url, _told) = database().await;
        let (wire, _) = Wire::to(&url).await.unwrap();
        wire.arm(Fault::CutBefore, "commit");
        assert!(!wire.strikes_within(crate::patience::QUIET).await);
        let mut client = Client::connect(&wire).await;
        for query in ["begin", "commit"] {
            client.send(query).await;
            assert!(client.is_ready().await, "{query}");
        }
    }
}
