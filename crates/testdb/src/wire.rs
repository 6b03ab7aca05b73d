//! A wire between a server and its database that a test can cut or hold at a chosen statement.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::Notify;

/// What the wire does when a certain statement passes. The cut ones must be simple queries, as `commit` is: what is prepared
/// is answered only together with what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The connection is cut, and the statement never reaches the database.
    CutBefore,
    /// The statement reaches the database and is answered; the connection is cut before the answer comes through.
    CutAfter,
    /// The connection goes silent: the statement waits on the wire until the wire is let go.
    Hold,
}

/// How long a fault may take to strike, on a machine that is busy with other tests.
const STRIKE_LIMIT: Duration = Duration::from_secs(60);

/// A wire to one PostgreSQL server. Connections through it break when it is dropped.
#[derive(Debug)]
pub struct Wire {
    address: SocketAddr,
    shared: Arc<Shared>,
    listening: tokio::task::JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Shared {
    /// The fault to come, once.
    armed: Mutex<Option<(Fault, String)>>,
    struck: Notify,
    released: Notify,
}

/// Where the database listens.
#[derive(Debug, Clone)]
enum Upstream {
    Unix(std::path::PathBuf),
    Tcp(String, u16),
}

impl Wire {
    /// A wire to the server of `url`; the second is the address of the same database through the wire.
    ///
    /// # Errors
    /// If the address cannot be understood, or nothing can be listened on.
    pub async fn to(url: &str) -> io::Result<(Self, String)> {
        let upstream = Upstream::of(url)?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::<Shared>::default();
        let accepting = Arc::clone(&shared);
        let listening = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                connections.spawn(carry(client, upstream.clone(), Arc::clone(&accepting)));
            }
        });
        let wire = Self { address, shared, listening };
        let through = wire.through(url);
        Ok((wire, through))
    }

    /// The next statement inside a transaction whose text begins with `text` meets `fault`; then the wire is sound again.
    /// What a connection prepares when it opens is outside.
    pub fn arm(&self, fault: Fault, text: &str) {
        *self.shared.armed.lock().unwrap_or_else(PoisonError::into_inner) = Some((fault, text.to_owned()));
    }

    /// Waits until the armed fault has struck.
    ///
    /// # Panics
    /// If it does not for a minute: the test is about something that does not happen.
    #[expect(clippy::panic, reason = "only tests come here")]
    pub async fn struck(&self) {
        if tokio::time::timeout(STRIKE_LIMIT, self.shared.struck.notified()).await.is_err() {
            panic!("the armed fault has not struck within {STRIKE_LIMIT:?}");
        }
    }

    /// Lets a held connection go on.
    pub fn release(&self) {
        self.shared.released.notify_waiters();
    }

    fn through(&self, url: &str) -> String {
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
        let unknown = || io::Error::new(io::ErrorKind::InvalidInput, "not the address of a database");
        let rest = url.split_once("://").ok_or_else(unknown)?.1;
        let host = rest.split_once('@').map_or(rest, |(_, rest)| rest).split(['/', '?']).next().ok_or_else(unknown)?;
        if host.starts_with("%2F") || host.starts_with("%2f") {
            let folder = host.replace("%2F", "/").replace("%2f", "/");
            return Ok(Self::Unix(std::path::Path::new(&folder).join(".s.PGSQL.5432")));
        }
        let (name, port) = host.rsplit_once(':').unwrap_or((host, "5432"));
        Ok(Self::Tcp(name.to_owned(), port.parse().map_err(|_| unknown())?))
    }
}

async fn carry(client: TcpStream, upstream: Upstream, shared: Arc<Shared>) -> io::Result<()> {
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
    // The startup is answered as a statement is.
    let asked = AtomicU64::new(1);
    // Ends when either side does, and then both are closed.
    tokio::select! {
        forward = forward(&mut from_client, &mut to_server, &asked, shared) => match forward? {
            Some(Fault::CutAfter) => {
                // With the answer that the client will not see, the database is done with the statement.
                while answers.ended < asked.load(Ordering::Relaxed) && answers.next().await?.is_some() {}
                shared.struck.notify_one();
                Ok(())
            }
            _ => Ok(()),
        },
        back = async {
            while let Some(answer) = answers.next().await? {
                to_client.write_all(&answer).await?;
            }
            Ok(())
        } => back,
    }
}

/// The server's messages, and how many answers they have ended.
struct Answers<R> {
    from: R,
    inbox: Vec<u8>,
    ended: u64,
}

impl<R: AsyncRead + Unpin> Answers<R> {
    /// The next message; `None` at the end. Dropped while it waits, it loses nothing.
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

/// Passes the client's messages on, one by one, until it ends or a fault cuts it.
async fn forward(
    client: &mut (impl AsyncRead + Unpin),
    server: &mut (impl AsyncWrite + Unpin),
    asked: &AtomicU64,
    shared: &Shared,
) -> io::Result<Option<Fault>> {
    let mut statements: HashMap<Vec<u8>, String> = HashMap::new();
    let mut in_transaction = false;
    let startup = read_sized(client).await?;
    server.write_all(&startup).await?;
    loop {
        let kind = match client.read_u8().await {
            Ok(kind) => kind,
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(error),
        };
        let message = read_sized(client).await?;
        let body = message.get(4..).unwrap_or_default();
        let text = text_of(kind, body, &mut statements);
        in_transaction |= text.as_ref().is_some_and(|text| text.starts_with("begin"));
        let fault = text.as_ref().filter(|_| in_transaction).and_then(|text| shared.strike(text));
        in_transaction &= !text.is_some_and(|text| text.starts_with("commit") || text.starts_with("rollback"));
        match fault {
            Some(Fault::CutBefore) => {
                shared.struck.notify_one();
                return Ok(fault);
            }
            Some(Fault::Hold) => {
                let released = shared.released.notified();
                shared.struck.notify_one();
                released.await;
            }
            Some(Fault::CutAfter) | None => {}
        }
        // A simple query and a sync are answered each.
        asked.fetch_add(u64::from(kind == b'Q' || kind == b'S'), Ordering::Relaxed);
        server.write_u8(kind).await?;
        server.write_all(&message).await?;
        server.flush().await?;
        if fault == Some(Fault::CutAfter) {
            return Ok(fault);
        }
    }
}

impl Shared {
    fn strike(&self, text: &str) -> Option<Fault> {
        let mut armed = self.armed.lock().unwrap_or_else(PoisonError::into_inner);
        match &*armed {
            Some((_, wanted)) if text.starts_with(wanted.as_str()) => armed.take().map(|(fault, _)| fault),
            _ => None,
        }
    }
}

/// The statement that a message runs: a simple query's text, or that of the prepared one that is bound.
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

/// A message without its kind: four bytes of length, which count themselves, and the rest.
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
