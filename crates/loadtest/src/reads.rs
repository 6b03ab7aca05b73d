//! A crowd that asks the same again and again until time is up.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::crowd::{Script, Then};
use crate::http::Reply;
use crate::people::People;
use crate::sale::Untrue;

/// What is asked.
pub enum Asked {
    /// This request, as it is.
    Always(Vec<u8>),
    /// The own registrations, by one of these after the other.
    OwnRegistrations(Arc<People>),
}

/// Asks until time is up, each with a pause after an answer.
pub struct Reads {
    asked: Asked,
    until: Instant,
    next: usize,
    pause: Duration,
    /// Answers.
    pub answers: usize,
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
        Self { asked, until: Instant::now() + time, next: 0, pause, answers: 0, untrue: Untrue::default() }
    }

    /// A GET that anybody may ask.
    pub fn get(path: &str) -> Asked {
        Asked::Always(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").into_bytes())
    }

    /// A request with a body of JSON.
    pub fn post(path: &str, body: &serde_json::Value) -> Asked {
        let body = body.to_string();
        let length = body.len();
        let head = format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n");
        Asked::Always(format!("{head}Content-Length: {length}\r\n\r\n{body}").into_bytes())
    }
}

impl Script for Reads {
    /// Whether the pause has been made.
    type Turn = ();

    fn next(&mut self, request: &mut Vec<u8>) -> Option<()> {
        if Instant::now() >= self.until {
            return None;
        }
        match &self.asked {
            Asked::Always(always) => request.extend_from_slice(always),
            Asked::OwnRegistrations(people) => {
                let token = people.token(self.next % people.len().max(1));
                self.next += 1;
                request
                    .extend_from_slice(b"GET /me/registrations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ");
                request.extend_from_slice(token.as_bytes());
                request.extend_from_slice(b"\r\n\r\n");
            }
        }
        Some(())
    }

    fn answered(&mut self, (): (), reply: &Reply<'_>, _: Duration) -> Then {
        match reply.status {
            200 => self.answers += 1,
            status => {
                let body = String::from_utf8_lossy(reply.body).into_owned();
                self.untrue.add(|| format!("a read was answered with {status}: {body}"));
            }
        }
        if self.pause.is_zero() || Instant::now() >= self.until { Then::Done } else { Then::Again(self.pause) }
    }

    fn broke(&mut self, (): (), error: &io::Error, _: bool) {
        self.untrue.add(|| format!("a read broke: {error}"));
    }
}
