//! A crowd that asks the same again and again until time is up.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::crowd::connection::Reply;
use crate::crowd::people::{Account, People};
use crate::crowd::play::{Script, Then, Took};
use crate::crowd::untrue::Untrue;

/// What is asked.
pub enum Asked {
    /// This request, as it is.
    Always(Vec<u8>),
    /// The own registrations, by one of these after the other.
    OwnRegistrations(Arc<People>),
    /// A session, by one of these after the other. They may be told to come back later, and do.
    Session(Vec<Account>),
}

/// Asks until time is up, each with a pause after an answer.
pub struct Reads {
    asked: Asked,
    until: Instant,
    next: usize,
    pause: Duration,
    /// Answers.
    pub answers: usize,
    /// Answers that said when to come back.
    pub refusals: usize,
    /// Answers that were none.
    pub untrue: Untrue,
}

impl Reads {
    /// For so long, as fast as answers come.
    pub fn new(asked: Asked, time: Duration) -> Self {
        Self::paced(asked, time, Duration::ZERO)
    }

    /// For so long, with a pause after each answer.
    pub fn paced(asked: Asked, time: Duration, pause: Duration) -> Self {
        let until = Instant::now() + time;
        Self { asked, until, next: 0, pause, answers: 0, refusals: 0, untrue: Untrue::default() }
    }

    /// A GET that anybody may ask.
    pub fn get(path: &str) -> Asked {
        Asked::Always(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").into_bytes())
    }

    fn is_over(&self) -> bool {
        Instant::now() >= self.until
    }

    /// When to come back, where somebody may be told to.
    fn come_back(&self, reply: &Reply<'_>) -> Option<Duration> {
        let may_refuse = matches!(self.asked, Asked::Session(_)) && matches!(reply.status, 429 | 503);
        reply.retry_after_seconds.filter(|_| may_refuse).map(Duration::from_secs)
    }
}

impl Script for Reads {
    type Turn = ();

    fn next(&mut self, request: &mut Vec<u8>) -> Option<()> {
        if self.is_over() {
            return None;
        }
        match &self.asked {
            Asked::Always(always) => request.extend_from_slice(always),
            Asked::OwnRegistrations(people) => {
                request
                    .extend_from_slice(b"GET /me/registrations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ");
                request.extend_from_slice(people.token(self.next % people.len().max(1)).as_bytes());
                request.extend_from_slice(b"\r\n\r\n");
            }
            Asked::Session(accounts) => {
                request.extend_from_slice(&accounts.get(self.next % accounts.len().max(1))?.sign_in);
            }
        }
        self.next += 1;
        Some(())
    }

    fn answered(&mut self, (): (), reply: &Reply<'_>, _: Took) -> Then {
        if reply.status == 200 {
            self.answers += 1;
        } else if let Some(pause) = self.come_back(reply) {
            self.refusals += 1;
            return if self.is_over() { Then::Done } else { Then::DoneFor(pause) };
        } else {
            let body = String::from_utf8_lossy(reply.body).into_owned();
            self.untrue.add(|| format!("a read was answered with {}: {body}", reply.status));
        }
        if self.pause.is_zero() || self.is_over() { Then::Done } else { Then::DoneFor(self.pause) }
    }

    fn broke(&mut self, (): (), error: &io::Error, _: bool) {
        self.untrue.add(|| format!("a read broke: {error}"));
    }
}
