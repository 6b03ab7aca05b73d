//! Probes: reads that the server must answer whatever happens to a sale.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use domain::ids::EventId;
use tokio::task::JoinHandle;

use crate::crowd::connection::Connection;
use crate::error::Error;
use crate::trouble::stage::{ANSWER_LIMIT, Report};

/// The pause between two requests.
const PAUSE: Duration = Duration::from_millis(100);

/// The longest acceptable time for an answer of `/health/live`.
const LIVENESS_LIMIT: Duration = Duration::from_secs(5);

/// Asks for liveness and for the event again and again, each time on a new connection.
pub(super) struct Probe {
    stopping: Arc<AtomicBool>,
    running: JoinHandle<Answered>,
}

/// The answers to both questions.
#[derive(Debug)]
struct Answered {
    liveness: Answers,
    event: Answers,
}

/// The answers to one question.
#[derive(Debug, Default)]
struct Answers {
    ok: usize,
    /// 503.
    refused: usize,
    /// Other answers, and requests without one.
    other: usize,
    slowest: Duration,
}

impl Probe {
    pub(super) fn start(address: SocketAddr, event: EventId) -> Self {
        let stopping = Arc::new(AtomicBool::new(false));
        let until = Arc::clone(&stopping);
        let running = tokio::spawn(async move {
            // The two do not wait for each other.
            let (liveness, event) = tokio::join!(
                ask_repeatedly(address, "/health/live".to_owned(), &until),
                ask_repeatedly(address, format!("/events/{event}"), &until)
            );
            Answered { liveness, event }
        });
        Self { stopping, running }
    }

    /// Asks once more, and reports the answers, with a finding if they are not acceptable.
    pub(super) async fn finish(self, report: &mut Report) -> Result<(), Error> {
        self.stopping.store(true, Ordering::Relaxed);
        let answered = self.running.await.map_err(|error| Error::Failed(error.to_string()))?;
        report
            .facts
            .push(format!("reads beside the sale: liveness {}; the event {}", answered.liveness, answered.event));
        if !answered.is_acceptable() {
            report.findings.add(|| "reads beside the sale were not answered in time".to_owned());
        }
        Ok(())
    }
}

async fn ask_repeatedly(address: SocketAddr, path: String, stopping: &AtomicBool) -> Answers {
    let mut answers = Answers::default();
    loop {
        let is_last = stopping.load(Ordering::Relaxed);
        let (status, took) = ask(address, &path).await;
        answers.note(status, took);
        if is_last {
            return answers;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn ask(address: SocketAddr, path: &str) -> (Option<u16>, Duration) {
    let began = Instant::now();
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let exchange = async {
        let mut connection = Connection::open(address).await.ok()?;
        Some(connection.exchange(request.as_bytes()).await.ok()?.status)
    };
    (tokio::time::timeout(2 * ANSWER_LIMIT, exchange).await.ok().flatten(), began.elapsed())
}

impl Answers {
    fn note(&mut self, status: Option<u16>, took: Duration) {
        match status {
            Some(200) => self.ok += 1,
            Some(503) => self.refused += 1,
            _ => self.other += 1,
        }
        self.slowest = self.slowest.max(took);
    }
}

impl fmt::Display for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { ok, refused, other, slowest } = self;
        write!(f, "answered {ok} times, refused with 503 {refused} times, failed {other} times")?;
        write!(f, " (the slowest took {} ms)", slowest.as_millis())
    }
}

impl Answered {
    fn is_acceptable(&self) -> bool {
        let Self { liveness, event } = self;
        let are_answered = liveness.refused == 0 && liveness.other == 0 && event.other == 0 && event.ok > 0;
        are_answered && liveness.slowest <= LIVENESS_LIMIT && event.slowest <= ANSWER_LIMIT
    }
}
