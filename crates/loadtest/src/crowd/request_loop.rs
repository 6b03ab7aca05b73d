//! A script that sends the same kind of request again and again until time is up.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use uuid::Uuid;

use crate::crowd::connection::Reply;
use crate::crowd::findings::Findings;
use crate::crowd::people::{Account, People};
use crate::crowd::play::{Next, Script, Timing};

/// The request to send.
pub enum Request {
    /// Always this one.
    Fixed(Vec<u8>),
    /// Each of these people's own registrations, in turn.
    OwnRegistrations(Arc<People>),
    /// A sign-in of each of these accounts, in turn. The server may say when to come back, and then they do.
    SignIn(Vec<Account>),
    /// Events and searches that somebody makes up, in turn. They are not found, or told to come back.
    MadeUp,
}

impl Request {
    /// A GET that needs no token.
    pub fn get(path: &str) -> Self {
        Self::Fixed(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").into_bytes())
    }
}

/// Sends requests until time is up.
pub struct RequestLoop {
    request: Request,
    until: Instant,
    sent: usize,
    pause: Duration,
    /// Answers 200, and to made-up requests also 404.
    pub answers: usize,
    /// Answers that said when to come back.
    pub refusals: usize,
    /// Other answers, and requests without one.
    pub findings: Findings,
}

impl RequestLoop {
    /// For so long, as fast as answers come.
    pub fn new(request: Request, time: Duration) -> Self {
        Self::paced(request, time, Duration::ZERO)
    }

    /// For so long, with a pause on each connection after each answer.
    pub fn paced(request: Request, time: Duration, pause: Duration) -> Self {
        let until = Instant::now() + time;
        Self { request, until, sent: 0, pause, answers: 0, refusals: 0, findings: Findings::default() }
    }

    fn is_over(&self) -> bool {
        Instant::now() >= self.until
    }

    /// When to come back, if the server may refuse this request for a while.
    fn retry_after(&self, reply: &Reply<'_>) -> Option<Duration> {
        let may_refuse =
            matches!(self.request, Request::SignIn(_) | Request::MadeUp) && matches!(reply.status, 429 | 503);
        reply.retry_after_seconds.filter(|_| may_refuse).map(Duration::from_secs)
    }
}

impl Script for RequestLoop {
    type Tag = ();

    fn next(&mut self, request: &mut Vec<u8>) -> Option<()> {
        if self.is_over() {
            return None;
        }
        match &self.request {
            Request::Fixed(fixed) => request.extend_from_slice(fixed),
            Request::OwnRegistrations(people) => {
                request
                    .extend_from_slice(b"GET /me/registrations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ");
                request.extend_from_slice(people.token(self.sent % people.ids.len().max(1)).as_bytes());
                request.extend_from_slice(b"\r\n\r\n");
            }
            Request::SignIn(accounts) => {
                request.extend_from_slice(&accounts.get(self.sent % accounts.len().max(1))?.sign_in);
            }
            Request::MadeUp => {
                let path = if self.sent.is_multiple_of(2) { "/events/" } else { "/events?q=" };
                request.extend_from_slice(
                    format!("GET {path}{} HTTP/1.1\r\nHost: localhost\r\n\r\n", Uuid::now_v7()).as_bytes(),
                );
            }
        }
        self.sent += 1;
        Some(())
    }

    fn answered(&mut self, (): (), reply: &Reply<'_>, _: Timing) -> Next {
        if reply.status == 200 || (reply.status == 404 && matches!(self.request, Request::MadeUp)) {
            self.answers += 1;
        } else if let Some(pause) = self.retry_after(reply) {
            self.refusals += 1;
            return if self.is_over() { Next::Done } else { Next::DoneThenPause(pause) };
        } else {
            let body = String::from_utf8_lossy(reply.body).into_owned();
            self.findings.add(|| format!("a request was answered with {}: {body}", reply.status));
        }
        if self.pause.is_zero() || self.is_over() { Next::Done } else { Next::DoneThenPause(self.pause) }
    }

    fn failed(&mut self, (): (), error: &io::Error, _: bool) {
        self.findings.add(|| format!("a request got no answer: {error}"));
    }
}
