//! A crowd: a number of connections with one request in flight each, and a script that writes the requests.

use std::cell::RefCell;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::sync::Barrier;
use tokio::task::{JoinSet, LocalSet};

use crate::crowd::connection::{Connection, Reply};
use crate::error::Error;

/// After this an answer counts as lost. The server lets no request wait for so long.
const ANSWER_LIMIT: Duration = Duration::from_secs(60);

/// Broken connections after which a request is given up: a server that restarts takes seconds.
const BREAKS_MAX: u32 = 60;

/// The time after which a request is not sent again, whatever its answers.
const RETRY_LIMIT: Duration = Duration::from_secs(180);

/// The pause before a broken connection is opened again.
const RECONNECT_PAUSE: Duration = Duration::from_millis(250);

/// The requests of a crowd, and the use of their answers. A script stays on one thread and takes one answer at a
/// time.
pub trait Script: Send + 'static {
    /// Tells the script which request an answer belongs to.
    type Tag: Copy;

    /// Appends the next request; `None` when there are no more.
    fn next(&mut self, request: &mut Vec<u8>) -> Option<Self::Tag>;

    /// Takes an answer, and decides what its connection does next.
    fn answered(&mut self, tag: Self::Tag, reply: &Reply<'_>, timing: Timing) -> Next;

    /// A request got no answer on its connection. It is sent again, unless `is_final`.
    fn failed(&mut self, tag: Self::Tag, error: &io::Error, is_final: bool);
}

/// How long an answer took.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// Since the request was last sent.
    pub last_attempt: Duration,
    /// Since the request was first sent, pauses included.
    pub total: Duration,
}

/// The next step of a connection after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Sends the next request.
    Done,
    /// Pauses, and then sends the next request.
    DoneThenPause(Duration),
    /// Pauses, and then sends the same request again.
    Retry(Duration),
}

/// A script that was played to its end.
pub struct Played<S> {
    /// The script, with its results.
    pub script: S,
    /// When the first request was sent.
    pub began: Instant,
    /// From the first request to the last answer.
    pub took: Duration,
}

/// Plays a script on `in_flight` connections, all open before the first request, on a thread of its own.
///
/// # Errors
/// [`Error::Io`] if the connections cannot be opened.
pub async fn play<S: Script>(address: SocketAddr, in_flight: usize, script: S) -> Result<Played<S>, Error> {
    let (done, played) = tokio::sync::oneshot::channel();
    std::thread::Builder::new()
        .name("crowd".to_owned())
        .spawn(move || {
            let _ = done.send(play_on_this_thread(address, in_flight, script));
        })
        .map_err(Error::io("start a thread for the crowd"))?;
    played.await.map_err(|_| Error::Failed("the crowd panicked".to_owned()))?
}

fn play_on_this_thread<S: Script>(address: SocketAddr, in_flight: usize, script: S) -> Result<Played<S>, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(Error::io("start a runtime for the crowd"))?;
    let script = Rc::new(RefCell::new(script));
    let local = LocalSet::new();
    let (began, ended) = local.block_on(&runtime, async {
        let ready = Rc::new(Barrier::new(in_flight + 1));
        let mut clients = JoinSet::new();
        for connection in connect(address, in_flight).await.map_err(Error::io("open the crowd's connections"))? {
            let client = Client { address, connection, script: Rc::clone(&script) };
            clients.spawn_local(client.run(Rc::clone(&ready)));
        }
        ready.wait().await;
        let began = Instant::now();
        clients.join_all().await;
        Ok::<_, Error>((began, Instant::now()))
    })?;
    drop(local);
    let script =
        Rc::try_unwrap(script).map_err(|_| Error::Failed("a client of the crowd is still running".to_owned()))?;
    Ok(Played { script: script.into_inner(), began, took: ended - began })
}

/// Opens connections, some at a time, so that they fit into the server's backlog.
pub(crate) async fn connect(address: SocketAddr, count: usize) -> io::Result<Vec<Connection>> {
    const AT_ONCE: usize = 200;
    let mut connections = Vec::with_capacity(count);
    while connections.len() < count {
        let mut opening = JoinSet::new();
        for _ in 0..AT_ONCE.min(count - connections.len()) {
            opening.spawn(Connection::open(address));
        }
        for opened in opening.join_all().await {
            connections.push(opened?);
        }
    }
    Ok(connections)
}

struct Client<S> {
    address: SocketAddr,
    connection: Connection,
    script: Rc<RefCell<S>>,
}

impl<S: Script> Client<S> {
    async fn run(mut self, ready: Rc<Barrier>) {
        ready.wait().await;
        let mut request = Vec::new();
        loop {
            request.clear();
            let Some(tag) = self.script.borrow_mut().next(&mut request) else { return };
            self.ask(tag, &request).await;
        }
    }

    async fn ask(&mut self, tag: S::Tag, request: &[u8]) {
        let (mut breaks, asked_at) = (0, Instant::now());
        loop {
            let sent_at = Instant::now();
            let exchange = tokio::time::timeout(ANSWER_LIMIT, self.connection.exchange(request));
            let next = match exchange.await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())) {
                Ok(reply) => {
                    let timing = Timing { last_attempt: sent_at.elapsed(), total: asked_at.elapsed() };
                    self.script.borrow_mut().answered(tag, &reply, timing)
                }
                Err(error) => {
                    breaks += 1;
                    let is_final = breaks == BREAKS_MAX || asked_at.elapsed() > RETRY_LIMIT;
                    self.script.borrow_mut().failed(tag, &error, is_final);
                    self.reconnect().await;
                    if is_final { Next::Done } else { Next::Retry(Duration::ZERO) }
                }
            };
            match next {
                Next::Done => return,
                Next::DoneThenPause(pause) => return tokio::time::sleep(pause).await,
                Next::Retry(_) if asked_at.elapsed() > RETRY_LIMIT => {
                    return self.script.borrow_mut().failed(tag, &io::ErrorKind::TimedOut.into(), true);
                }
                Next::Retry(pause) => tokio::time::sleep(pause).await,
            }
        }
    }

    async fn reconnect(&mut self) {
        tokio::time::sleep(RECONNECT_PAUSE).await;
        if let Ok(connection) = Connection::open(self.address).await {
            self.connection = connection;
        }
    }
}
