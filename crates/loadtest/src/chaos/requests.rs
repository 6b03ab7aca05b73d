//! Requests that are sent again, to either server, until they have an answer.

use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;

use crate::chaos::chance::Chance;
use crate::chaos::tally::Tally;
use crate::crowd::connection::Connection;
use crate::crowd::findings::Findings;
use crate::sale::refusals::Refusal;

/// After this an answer counts as lost: longer than each fault, and than the search for a lost outcome after it.
pub(super) const ANSWER_LIMIT: Duration = Duration::from_secs(90);

/// How long people wait for one try before they send their request again: less than a lost commit takes; long enough to
/// hear of one; and longer than a server may let them wait, so that it has answered if it is not stopped.
pub(super) const PATIENCE: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(8), Duration::from_secs(50)];

/// The pause before a request is sent again. Shorter than servers ask for, so that a fault meets more of them.
const PAUSE: std::ops::Range<Duration> = Duration::from_millis(50)..Duration::from_millis(300);

/// The problem of a read while the database is away.
const UNAVAILABLE: &str = "/problems/unavailable\"";

/// What a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// Somebody's seats: the box office decides.
    Seats,
    /// An event itself: it is read first, and without the database there is no such read.
    Event,
}

/// A request, as it is sent each time.
#[derive(Debug, Clone)]
pub(super) struct Request {
    subject: Subject,
    /// Who asks for what, for findings.
    pub(super) words: String,
    bytes: Vec<u8>,
}

impl Request {
    /// A request with a token, these further header lines, and a body of JSON, if it is not empty.
    pub(super) fn new(subject: Subject, words: String, line: &str, token: &str, headers: &str, body: &str) -> Self {
        let kind = if body.is_empty() { "" } else { "Content-Type: application/json\r\n" };
        let head = format!(
            "{line} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n{headers}{kind}\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        Self { subject, words, bytes: (head + body).into_bytes() }
    }
}

/// A request's answer.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) body: String,
    /// Whether the server marked it as the repeat of an earlier answer.
    pub(super) is_replay: bool,
    /// When the first try was sent that may have been carried out. Whatever was refused before it was not.
    pub(super) asked: Instant,
    /// When the answer was there.
    pub(super) answered: Instant,
}

impl Reply {
    /// The body as JSON; `None` if it is something else.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(&self.body).ok()
    }
}

/// Somebody who sends one request at a time.
pub(super) struct Caller {
    servers: [SocketAddr; 2],
    connections: [Option<Connection>; 2],
    patience: Duration,
    chance: Chance,
    /// Tries and what became of them.
    pub(super) tally: Tally,
    pub(super) findings: Findings,
}

/// What became of one try.
enum Tried {
    /// An answer that is no 503.
    Answered(Reply),
    /// Certainly nothing was changed.
    Refused,
    /// Nobody knows whether anything was changed since this time.
    InDoubt(Instant),
}

impl Caller {
    /// Somebody with this patience, at these servers.
    pub(super) fn new(servers: [SocketAddr; 2], patience: Duration, chance: Chance) -> Self {
        Self {
            servers,
            connections: [None, None],
            patience,
            chance,
            tally: Tally::default(),
            findings: Findings::default(),
        }
    }

    /// Sends a request until it has an answer. `None`, with a finding, if that takes longer than [`ANSWER_LIMIT`].
    pub(super) async fn ask(&mut self, request: &Request) -> Option<Reply> {
        let (began, mut in_doubt_since) = (Instant::now(), None);
        while began.elapsed() < ANSWER_LIMIT {
            match self.try_once(request).await {
                Tried::Answered(reply) => {
                    self.note_answer(began, &reply);
                    return Some(Reply { asked: in_doubt_since.unwrap_or(reply.asked), ..reply });
                }
                Tried::Refused => {}
                Tried::InDoubt(asked) => in_doubt_since = in_doubt_since.or(Some(asked)),
            }
            self.pause().await;
        }
        self.note_hang(request);
        None
    }

    /// As [`Caller::ask`], for a request that has no key: it is not sent again once it is in doubt, and then there is
    /// no answer.
    pub(super) async fn ask_without_key(&mut self, request: &Request) -> Option<Reply> {
        let began = Instant::now();
        while began.elapsed() < ANSWER_LIMIT {
            match self.try_once(request).await {
                Tried::Answered(reply) => {
                    self.note_answer(began, &reply);
                    return Some(reply);
                }
                Tried::Refused => self.pause().await,
                Tried::InDoubt(_) => return None,
            }
        }
        self.note_hang(request);
        None
    }

    fn note_answer(&mut self, began: Instant, reply: &Reply) {
        self.tally.answers += 1;
        self.tally.longest_wait = self.tally.longest_wait.max(reply.answered - began);
    }

    fn note_hang(&mut self, request: &Request) {
        self.findings.add(|| format!("hang: {} had no answer within {ANSWER_LIMIT:?}", request.words));
    }

    async fn pause(&mut self) {
        self.tally.retries += 1;
        tokio::time::sleep(self.chance.time(PAUSE)).await;
    }

    async fn try_once(&mut self, request: &Request) -> Tried {
        let server = self.chance.below(self.servers.len());
        let (Some(address), Some(place)) = (self.servers.get(server), self.connections.get_mut(server)) else {
            return Tried::Refused;
        };
        let mut connection = match place.take() {
            Some(connection) => connection,
            None => match tokio::time::timeout(self.patience, Connection::open(*address)).await {
                Ok(Ok(connection)) => connection,
                // Nothing was sent.
                Ok(Err(_)) | Err(_) => return Tried::Refused,
            },
        };
        let asked = Instant::now();
        let reply = match tokio::time::timeout(self.patience, connection.exchange(&request.bytes)).await {
            Ok(Ok(reply)) => reply,
            Ok(Err(error)) => {
                self.tally.broken += 1;
                if error.kind() == io::ErrorKind::InvalidData {
                    self.findings.add(|| format!("{} had an answer that is none: {error}", request.words));
                }
                return Tried::InDoubt(asked);
            }
            Err(_) => {
                self.tally.timed_out += 1;
                if PATIENCE.last() == Some(&self.patience) {
                    let waited = self.patience;
                    self.findings.add(|| format!("hang: server {server} let {} wait for {waited:?}", request.words));
                }
                return Tried::InDoubt(asked);
            }
        };
        let (status, is_replay, says_when) = (reply.status, reply.is_replay, reply.retry_after_seconds.is_some());
        let body = String::from_utf8_lossy(reply.body).into_owned();
        *place = Some(connection);
        if status != 503 {
            return Tried::Answered(Reply { status, body, is_replay, asked, answered: Instant::now() });
        }
        if !says_when {
            self.findings.add(|| format!("{} had a 503 without Retry-After: {body}", request.words));
        }
        match Refusal::parse(&body) {
            Some(Refusal::Busy) => {
                self.tally.busy += 1;
                Tried::Refused
            }
            Some(Refusal::OutcomeUnknown) => {
                self.tally.outcome_unknown += 1;
                Tried::InDoubt(asked)
            }
            None => {
                if request.subject == Subject::Event && body.contains(UNAVAILABLE) {
                    self.tally.unavailable += 1;
                } else {
                    self.findings.add(|| format!("{} was answered with 503: {body}", request.words));
                }
                Tried::InDoubt(asked)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    const BUSY: &str = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 25\r\n\r\n\
                        {\"type\":\"/problems/busy\"} ";
    const UNKNOWN: &str = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 35\r\n\r\n\
                           {\"type\":\"/problems/outcome-unknown\"}";
    const MADE: &str = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";
    /// The connection ends without an answer.
    const NOTHING: &str = "";

    /// Sends a request to servers that answer its tries so, and returns the reply, the caller, and when each try came.
    async fn ask(answers: &'static [&'static str]) -> (Reply, Caller, Vec<Instant>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let tries = Arc::new(Mutex::new(Vec::new()));
        let coming = Arc::clone(&tries);
        tokio::spawn(async move {
            loop {
                let (mut client, coming) = (listener.accept().await.unwrap().0, Arc::clone(&coming));
                tokio::spawn(async move {
                    let mut request = [0; 1_024];
                    while client.read(&mut request).await.is_ok_and(|bytes| bytes > 0) {
                        let nth = {
                            let mut tries = coming.lock().unwrap();
                            tries.push(Instant::now());
                            tries.len() - 1
                        };
                        client.write_all(answers[nth].as_bytes()).await.unwrap();
                        if answers[nth] == NOTHING {
                            break;
                        }
                    }
                });
            }
        });
        let [_, _, patience] = PATIENCE;
        let mut caller = Caller::new([address; 2], patience, Chance::new(1));
        let request = Request::new(Subject::Seats, "somebody".to_owned(), "POST /events/1/register", "token", "", "{}");
        let reply = caller.ask(&request).await.unwrap();
        let tries = tries.lock().unwrap().clone();
        (reply, caller, tries)
    }

    #[tokio::test]
    async fn a_request_is_sent_again_until_it_has_an_answer() {
        let (reply, caller, tries) = ask(&[NOTHING, BUSY, UNKNOWN, MADE]).await;
        assert_eq!((reply.status, tries.len()), (201, 4));
        let Tally { answers, retries, busy, outcome_unknown, broken, .. } = caller.tally;
        assert_eq!((answers, retries, busy, outcome_unknown, broken), (1, 3, 1, 1, 1));
        assert_eq!(caller.findings.count, 0, "{:?}", caller.findings);
    }

    #[tokio::test]
    async fn a_decision_may_be_as_old_as_the_first_try_in_doubt_and_not_as_one_that_was_refused() {
        for in_doubt in [NOTHING, UNKNOWN] {
            let answers = if in_doubt == NOTHING { &[BUSY, NOTHING, BUSY, MADE] } else { &[BUSY, UNKNOWN, BUSY, MADE] };
            let (reply, _, tries) = ask(answers).await;
            assert!((tries[0]..=tries[1]).contains(&reply.asked), "{in_doubt}");
        }
        let (reply, _, tries) = ask(&[BUSY, BUSY, MADE]).await;
        assert!((tries[1]..=tries[2]).contains(&reply.asked), "nothing was changed before");
    }

    #[tokio::test]
    async fn a_503_that_is_no_honest_refusal_is_found() {
        const OTHER: &str = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\n\r\n{}";
        let (_, caller, _) = ask(&[OTHER, MADE]).await;
        assert_eq!(caller.findings.count, 2, "the problem, and no Retry-After: {:?}", caller.findings);
    }
}
