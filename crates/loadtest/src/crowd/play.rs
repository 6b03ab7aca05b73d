//! A crowd: so many connections, each with one request in flight, and a script that says what they ask.

use std::cell::RefCell;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::sync::Barrier;
use tokio::task::{JoinSet, LocalSet};

use crate::crowd::connection::{Connection, Reply};
use crate::error::Error;

/// Longer than the server lets any request wait: an answer that takes longer is lost.
const ANSWER_LIMIT: Duration = Duration::from_secs(60);

/// How often a request is sent again when its connection broke: a server that restarts takes seconds.
const BREAKS_MAX: u32 = 60;

/// For how long a request is sent again, whatever it is answered with.
const PATIENCE: Duration = Duration::from_secs(180);

/// Before a broken connection is opened again.
const RECONNECT_PAUSE: Duration = Duration::from_millis(250);

/// What a crowd does. A script lives on one thread: its answers come one after the other.
pub trait Script: Send + 'static {
    /// What a request was about.
    type Turn: Copy;

    /// Writes the next request; `None` if nothing is left to ask.
    fn next(&mut self, request: &mut Vec<u8>) -> Option<Self::Turn>;

    /// Takes an answer, with the time that it took.
    fn answered(&mut self, turn: Self::Turn, reply: &Reply<'_>, took: Took) -> Then;

    /// The connection broke under a request, which is sent again, or given up where `is_final`.
    fn broke(&mut self, turn: Self::Turn, error: &io::Error, is_final: bool);
}

/// How long an answer took.
#[derive(Debug, Clone, Copy)]
pub struct Took {
    /// Since the request was sent this time.
    pub last: Duration,
    /// Since it was sent first, with the pauses between.
    pub all: Duration,
}

/// What becomes of a request that was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// That was its answer.
    Done,
    /// That was its answer, and nothing is asked on this connection for a while.
    DoneFor(Duration),
    /// It is sent again after a while.
    Again(Duration),
}

/// A crowd that has gone home.
pub struct Played<S> {
    /// The script, with what it has seen.
    pub script: S,
    /// When the first request was sent.
    pub began: Instant,
    /// From the first request to the last answer.
    pub took: Duration,
}

/// Plays a script with `in_flight` connections, all open before the first request. On a thread of its own.
///
/// # Errors
/// [`Error::Io`] if the connections cannot be opened.
pub async fn play<S: Script>(address: SocketAddr, in_flight: usize, script: S) -> Result<Played<S>, Error> {
    let (done, played) = tokio::sync::oneshot::channel();
    std::thread::Builder::new()
        .name("crowd".to_owned())
        .spawn(move || {
            let _ = done.send(play_here(address, in_flight, script));
        })
        .map_err(Error::io("a thread for the crowd"))?;
    played.await.map_err(|_| Error::Failed("the crowd panicked".to_owned()))?
}

fn play_here<S: Script>(address: SocketAddr, in_flight: usize, script: S) -> Result<Played<S>, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(Error::io("a runtime for the crowd"))?;
    let script = Rc::new(RefCell::new(script));
    let local = LocalSet::new();
    let (began, ended) = local.block_on(&runtime, async {
        let ready = Rc::new(Barrier::new(in_flight + 1));
        let mut members = JoinSet::new();
        for connection in connect(address, in_flight).await.map_err(Error::io("the crowd's connections"))? {
            let member = Member { address, connection, script: Rc::clone(&script) };
            members.spawn_local(member.take_part(Rc::clone(&ready)));
        }
        ready.wait().await;
        let began = Instant::now();
        members.join_all().await;
        Ok::<_, Error>((began, Instant::now()))
    })?;
    drop(local);
    let script = Rc::try_unwrap(script).map_err(|_| Error::Failed("a member of the crowd stayed".to_owned()))?;
    Ok(Played { script: script.into_inner(), began, took: ended - began })
}

/// Connects some at a time, so that the server's backlog is enough.
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

struct Member<S> {
    address: SocketAddr,
    connection: Connection,
    script: Rc<RefCell<S>>,
}

impl<S: Script> Member<S> {
    async fn take_part(mut self, ready: Rc<Barrier>) {
        ready.wait().await;
        let mut request = Vec::new();
        loop {
            request.clear();
            let Some(turn) = self.script.borrow_mut().next(&mut request) else { return };
            self.ask(turn, &request).await;
        }
    }

    async fn ask(&mut self, turn: S::Turn, request: &[u8]) {
        let (mut breaks, asked_at) = (0, Instant::now());
        loop {
            let sent_at = Instant::now();
            let exchange = tokio::time::timeout(ANSWER_LIMIT, self.connection.exchange(request));
            let then = match exchange.await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())) {
                Ok(reply) => {
                    let took = Took { last: sent_at.elapsed(), all: asked_at.elapsed() };
                    self.script.borrow_mut().answered(turn, &reply, took)
                }
                Err(error) => {
                    breaks += 1;
                    let is_final = breaks == BREAKS_MAX || asked_at.elapsed() > PATIENCE;
                    self.script.borrow_mut().broke(turn, &error, is_final);
                    self.reconnect().await;
                    if is_final { Then::Done } else { Then::Again(Duration::ZERO) }
                }
            };
            match then {
                Then::Done => return,
                Then::DoneFor(pause) => return tokio::time::sleep(pause).await,
                Then::Again(_) if asked_at.elapsed() > PATIENCE => {
                    return self.script.borrow_mut().broke(turn, &io::ErrorKind::TimedOut.into(), true);
                }
                Then::Again(pause) => tokio::time::sleep(pause).await,
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
