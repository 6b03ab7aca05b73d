//! The wire between the browsers and the server: it can lose answers, keep them back and go dead, and knows what was
//! asked.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};

/// A TCP proxy in front of the server.
#[derive(Debug)]
pub struct Wire {
    address: SocketAddr,
    shared: Arc<Shared>,
    listening: AbortHandle,
}

/// A request that a browser sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its first line without the version: `POST /events/1/register`.
    pub line: String,
    /// The header `Idempotency-Key`.
    pub key: Option<String>,
}

/// The answers to requests with `text` in their line are kept back, `kept` of them now.
#[derive(Debug, Default)]
struct Keeping {
    text: Option<String>,
    kept: usize,
}

#[derive(Debug)]
struct Shared {
    server: Mutex<String>,
    requests: Mutex<Vec<Request>>,
    /// How many answers to requests with this text in their line are still to be lost.
    loss: Mutex<(String, usize)>,
    /// The answers that are kept back.
    keeping: watch::Sender<Keeping>,
    /// Whether bytes pass. All connections end when it becomes false.
    alive: watch::Sender<bool>,
    /// The connections on which a live stream runs.
    streams: watch::Sender<usize>,
}

impl Wire {
    /// A wire to the server at this address.
    pub(crate) async fn to(server: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            server: Mutex::new(server.to_owned()),
            requests: Mutex::default(),
            loss: Mutex::default(),
            keeping: watch::Sender::default(),
            alive: watch::Sender::new(true),
            streams: watch::Sender::new(0),
        });
        let listening = tokio::spawn(listen(listener, Arc::clone(&shared))).abort_handle();
        Self { address, shared, listening }
    }

    /// The address of the page, without a path.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Loses the answers to the next `count` requests whose line has this text. The server has done what was asked.
    pub fn lose_answers(&self, text: &str, count: usize) {
        *self.shared.loss.lock().unwrap() = (text.to_owned(), count);
    }

    /// Keeps back the answers to requests whose line has this text, until [`Self::release_answers`].
    pub fn keep_answers(&self, text: &str) {
        self.shared.keeping.send_replace(Keeping { text: Some(text.to_owned()), kept: 0 });
    }

    /// How many answers the server has given that are kept back.
    pub fn answers_kept(&self) -> usize {
        self.shared.keeping.borrow().kept
    }

    /// Passes on the answers that were kept back.
    pub fn release_answers(&self) {
        self.shared.keeping.send_replace(Keeping::default());
    }

    /// Ends all connections, and refuses new ones until [`Self::mend`].
    pub fn cut(&self) {
        self.shared.alive.send_replace(false);
    }

    /// Lets connections through again.
    pub fn mend(&self) {
        self.shared.alive.send_replace(true);
    }

    /// The requests so far whose line has this text.
    pub fn requests(&self, text: &str) -> Vec<Request> {
        self.shared.requests.lock().unwrap().iter().filter(|request| request.line.contains(text)).cloned().collect()
    }

    /// How many live streams are open.
    pub fn streams(&self) -> usize {
        *self.shared.streams.borrow()
    }

    /// Leads to another server from now on.
    pub(crate) fn lead_to(&self, server: &str) {
        server.clone_into(&mut self.shared.server.lock().unwrap());
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn listen(listener: TcpListener, shared: Arc<Shared>) {
    // Connections end with the wire.
    let mut connections = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        connections.spawn(async move {
            let mut alive = shared.alive.subscribe();
            if *alive.borrow() {
                tokio::select! {
                    _ = alive.wait_for(|alive| !alive) => {}
                    // Either end may hang up at any time.
                    _ = carry(client, &shared) => {}
                }
            }
        });
        while connections.try_join_next().is_some() {}
    }
}

/// Carries requests and answers until one end hangs up or an answer is lost. A browser sends one request at a time on a
/// connection, its head in one piece.
async fn carry(mut client: TcpStream, shared: &Shared) -> io::Result<()> {
    let address = shared.server.lock().unwrap().clone();
    let mut server = TcpStream::connect(address).await?;
    let mut counted = Counted { shared, is_stream: false };
    let (mut losing, mut keeping) = (false, false);
    let (mut sent, mut answered) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    loop {
        tokio::select! {
            length = client.read(&mut sent) => {
                let bytes = &sent[..length?];
                if bytes.is_empty() {
                    return Ok(());
                }
                if let Some(request) = Request::of(bytes) {
                    losing |= shared.loses(&request);
                    keeping = shared.keeps(&request);
                    counted.set(request.line.starts_with("GET /live"));
                    shared.requests.lock().unwrap().push(request);
                }
                server.write_all(bytes).await?;
            }
            length = server.read(&mut answered) => {
                let bytes = &answered[..length?];
                if bytes.is_empty() || losing {
                    return Ok(());
                }
                if keeping {
                    shared.keep().await;
                    keeping = false;
                }
                client.write_all(bytes).await?;
            }
        }
    }
}

impl Shared {
    fn loses(&self, request: &Request) -> bool {
        let mut loss = self.loss.lock().unwrap();
        let loses = loss.1 > 0 && request.line.contains(&loss.0);
        loss.1 -= usize::from(loses);
        loses
    }

    fn keeps(&self, request: &Request) -> bool {
        self.keeping.borrow().text.as_ref().is_some_and(|text| request.line.contains(text))
    }

    /// Keeps an answer back until all are released.
    async fn keep(&self) {
        self.keeping.send_modify(|keeping| keeping.kept += 1);
        // The sender lives as long as `self`.
        let _ = self.keeping.subscribe().wait_for(|keeping| keeping.text.is_none()).await;
    }
}

/// Counts a connection among the streams while one runs on it.
struct Counted<'a> {
    shared: &'a Shared,
    is_stream: bool,
}

impl Counted<'_> {
    fn set(&mut self, is_stream: bool) {
        self.shared.streams.send_modify(|count| *count = *count + usize::from(is_stream) - usize::from(self.is_stream));
        self.is_stream = is_stream;
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.set(false);
    }
}

impl Request {
    /// Nothing where these bytes do not begin a request.
    fn of(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (line, headers) = text.split_once(" HTTP/1.1\r\n")?;
        let is_line = ["GET ", "POST ", "PATCH ", "DELETE "].iter().any(|method| line.starts_with(method));
        let key = headers.lines().find_map(|header| {
            let (name, value) = header.split_once(": ")?;
            name.eq_ignore_ascii_case("idempotency-key").then(|| value.to_owned())
        });
        is_line.then(|| Self { line: line.to_owned(), key })
    }
}
