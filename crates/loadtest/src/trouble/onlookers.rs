//! People who only look on: the server answers them whatever happens to the sale.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use domain::ids::EventId;
use tokio::task::JoinHandle;

use crate::crowd::connection::Connection;
use crate::error::Error;
use crate::trouble::stage::{ANSWER_BOUND, Seen};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(100);

/// The longest that the server may take to say that it lives.
const ALIVE_BOUND: Duration = Duration::from_secs(5);

/// Somebody who asks for health and for the event, again and again, each time on a new connection.
pub(super) struct Onlooker {
    over: Arc<AtomicBool>,
    looking: JoinHandle<Looked>,
}

/// What somebody saw who only looked on.
#[derive(Debug)]
struct Looked {
    alive: Answers,
    read: Answers,
}

/// The answers to one question, asked again and again.
#[derive(Debug, Default)]
struct Answers {
    given: usize,
    /// 503.
    refused: usize,
    /// None, or another one.
    other: usize,
    slowest: Duration,
}

impl Onlooker {
    pub(super) fn of(address: SocketAddr, event: EventId) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let until = Arc::clone(&over);
        let looking = tokio::spawn(async move {
            // Neither waits for the other.
            let (alive, read) = tokio::join!(
                look_on(address, "/health/live".to_owned(), &until),
                look_on(address, format!("/events/{event}"), &until)
            );
            Looked { alive, read }
        });
        Self { over, looking }
    }

    /// Looks once more, tells what there was to see, and judges it.
    pub(super) async fn leave(self, seen: &mut Seen) -> Result<(), Error> {
        self.over.store(true, Ordering::Relaxed);
        let looked = self.looking.await.map_err(|error| Error::Failed(error.to_string()))?;
        seen.facts.push(format!("those who looked on: health was {}; the event was {}", looked.alive, looked.read));
        if !looked.is_fine() {
            seen.untrue.add(|| "the server did not answer those who looked on as it should".to_owned());
        }
        Ok(())
    }
}

async fn look_on(address: SocketAddr, path: String, over: &AtomicBool) -> Answers {
    let mut answers = Answers::default();
    loop {
        let is_last = over.load(Ordering::Relaxed);
        let (status, took) = look(address, &path).await;
        answers.note(status, took);
        if is_last {
            return answers;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn look(address: SocketAddr, path: &str) -> (Option<u16>, Duration) {
    let began = Instant::now();
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let asked = async {
        let mut connection = Connection::open(address).await.ok()?;
        Some(connection.exchange(request.as_bytes()).await.ok()?.status)
    };
    (tokio::time::timeout(2 * ANSWER_BOUND, asked).await.ok().flatten(), began.elapsed())
}

impl Answers {
    fn note(&mut self, status: Option<u16>, took: Duration) {
        match status {
            Some(200) => self.given += 1,
            Some(503) => self.refused += 1,
            _ => self.other += 1,
        }
        self.slowest = self.slowest.max(took);
    }
}

impl fmt::Display for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { given, refused, other, slowest } = self;
        write!(f, "answered {given} times, refused with 503 {refused} times, neither {other} times")?;
        write!(f, " (the slowest took {} ms)", slowest.as_millis())
    }
}

impl Looked {
    fn is_fine(&self) -> bool {
        let Self { alive, read } = self;
        let answered = alive.refused == 0 && alive.other == 0 && read.other == 0 && read.given > 0;
        answered && alive.slowest <= ALIVE_BOUND && read.slowest <= ANSWER_BOUND
    }
}
