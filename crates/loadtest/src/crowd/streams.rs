//! Live streams of an event, open while others buy.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use domain::ids::EventId;
use repository::{AsyncPgConnection, events};
use serde::Deserialize;
use tokio::sync::oneshot;
use tokio::task::{JoinSet, LocalSet};

use crate::crowd::connection::Connection;
use crate::crowd::findings::Findings;
use crate::crowd::play;
use crate::error::Error;

/// The interval at which streams are asked whether they have started, and whether to close.
const POLL: Duration = Duration::from_millis(20);

/// The time within which every stream must get its first message.
const OPEN_LIMIT: Duration = Duration::from_secs(20);

/// Open streams. A thread reads them as fast as messages come.
pub struct Streams {
    count: usize,
    closing: Arc<AtomicBool>,
    reader: JoinHandle<Vec<StreamLog>>,
}

/// The messages of one stream.
#[derive(Debug, Default)]
pub struct StreamLog {
    /// How many there were.
    pub messages: u64,
    /// The most in one second.
    pub most_in_a_second: u64,
    /// The last of them; `None` if it could not be read.
    pub last: Option<Counters>,
    /// Whether the server ended it.
    pub has_ended: bool,
    unread: Vec<u8>,
    second: Option<(Instant, u64)>,
}

/// The counters of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Counters {
    /// Seats in all.
    pub capacity: i32,
    /// Seats that are available.
    pub seats_remaining: i32,
    /// Confirmed registrations.
    pub confirmed: i32,
    /// Registrations on the waitlist.
    pub waiting: i32,
    /// The number of the last decision.
    pub last_decision: i64,
}

impl Counters {
    /// The counters in the tables.
    ///
    /// # Errors
    /// [`Error::Failed`] if there is no such event, or [`Error::Database`].
    pub async fn of(connection: &mut AsyncPgConnection, event: EventId) -> Result<Self, Error> {
        let found = events::find(connection, event).await?;
        let found = found.ok_or_else(|| Error::Failed("the event does not exist".to_owned()))?;
        Ok(Self {
            capacity: found.seats.capacity(),
            seats_remaining: found.seats.remaining(),
            confirmed: found.seats.taken(),
            waiting: found.seats.waiting(),
            last_decision: found.last_decision,
        })
    }
}

/// Adds a finding for each stream that ended, and for each whose last message has other counters than these.
pub fn check(logs: &[StreamLog], counters: Counters, findings: &mut Findings) {
    for stream in logs {
        if stream.last != Some(counters) {
            findings
                .add(|| format!("the last message of a stream was {:?}, but the event has {counters:?}", stream.last));
        }
        if stream.has_ended {
            findings.add(|| "the server ended a stream".to_owned());
        }
    }
}

impl Streams {
    /// Opens `count` streams on an event, and waits until each has its first message.
    ///
    /// # Errors
    /// [`Error::Io`], or [`Error::Failed`] if a stream gets none.
    pub async fn open(address: SocketAddr, count: usize, event: EventId) -> Result<Self, Error> {
        let closing = Arc::new(AtomicBool::new(false));
        let (opened, opening) = oneshot::channel();
        let until = Arc::clone(&closing);
        let reader = std::thread::Builder::new().name("streams".to_owned()).spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
                return Vec::new();
            };
            LocalSet::new().block_on(&runtime, watch(address, count, event, until, opened))
        });
        let reader = reader.map_err(Error::io("start a thread for the streams"))?;
        opening.await.map_err(|_| Error::Failed("the thread of the streams ended".to_owned()))??;
        Ok(Self { count, closing, reader })
    }

    /// Closes them, and returns the messages of each.
    ///
    /// # Errors
    /// [`Error::Failed`] if the reader did not read all of them.
    pub fn close(self) -> Result<Vec<StreamLog>, Error> {
        self.closing.store(true, Ordering::Relaxed);
        let logs = self.reader.join().unwrap_or_default();
        if logs.len() != self.count {
            return Err(Error::Failed(format!("only {} of {} streams were read", logs.len(), self.count)));
        }
        Ok(logs)
    }
}

/// Opens `count` streams on these events and reads only the status of each. Their receive buffers are as small as the
/// system allows.
///
/// # Errors
/// [`Error::Io`], or [`Error::Failed`] if one is refused.
pub async fn open_unread(address: SocketAddr, count: usize, events: &[EventId]) -> Result<Vec<Connection>, Error> {
    let request = request(events);
    let mut streams = Vec::with_capacity(count);
    for _ in 0..count {
        let opened = async {
            let mut stream = Connection::open_with_small_buffer(address).await?;
            stream.send(request.as_bytes()).await?;
            Ok((stream.begins_with_200().await?, stream))
        };
        match opened.await.map_err(Error::io("open an unread stream"))? {
            (true, stream) => streams.push(stream),
            (false, _) => return Err(Error::Failed("the server refused an unread stream".to_owned())),
        }
    }
    Ok(streams)
}

fn request(events: &[EventId]) -> String {
    let events: Vec<String> = events.iter().map(ToString::to_string).collect();
    let events = events.join(",");
    format!("GET /live?events={events} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
}

async fn watch(
    address: SocketAddr,
    count: usize,
    event: EventId,
    closing: Arc<AtomicBool>,
    opened: oneshot::Sender<Result<(), Error>>,
) -> Vec<StreamLog> {
    let connections = match play::connect(address, count).await {
        Ok(connections) => connections,
        Err(error) => {
            let _ = opened.send(Err(Error::io("open the streams")(error)));
            return Vec::new();
        }
    };
    let request = request(&[event]);
    let mut readers = JoinSet::new();
    let mut streams = Vec::with_capacity(count);
    for mut connection in connections {
        let (stream, request) = (Rc::new(RefCell::new(StreamLog::default())), request.clone());
        streams.push(Rc::clone(&stream));
        readers.spawn_local(async move {
            if connection.send(request.as_bytes()).await.is_ok() {
                while let Ok(1..) = connection.read().await {
                    stream.borrow_mut().read(connection.bytes());
                }
            }
            stream.borrow_mut().has_ended = true;
        });
    }
    let began = Instant::now();
    while streams.iter().any(|stream| stream.borrow().messages == 0) && began.elapsed() < OPEN_LIMIT {
        tokio::time::sleep(POLL).await;
    }
    let silent = streams.iter().filter(|stream| stream.borrow().messages == 0).count();
    let _ = opened.send(match silent {
        0 => Ok(()),
        silent => Err(Error::Failed(format!("{silent} of {count} streams got no message"))),
    });
    while silent == 0 && !closing.load(Ordering::Relaxed) {
        tokio::time::sleep(POLL).await;
    }
    drop(readers);
    streams.iter().map(|stream| stream.take()).collect()
}

impl StreamLog {
    /// Takes bytes of the stream: a part of a message, one message, or several.
    fn read(&mut self, bytes: &[u8]) {
        self.unread.extend_from_slice(bytes);
        let mut done = 0;
        while let Some(length) = self.unread.get(done..).and_then(|rest| find(rest, b"\n\n")) {
            let block = self.unread.get(done..done + length).unwrap_or_default();
            done += length + 2;
            let Some(at) = find(block, b"\ndata: ") else { continue };
            self.last = block.get(at + 7..).and_then(|data| serde_json::from_slice(data).ok());
            self.messages += 1;
            let now = Instant::now();
            let (since, count) = self.second.get_or_insert((now, 0));
            if now.duration_since(*since) >= Duration::from_secs(1) {
                (*since, *count) = (now, 0);
            }
            *count += 1;
            self.most_in_a_second = self.most_in_a_second.max(*count);
        }
        self.unread.drain(..done);
    }
}

fn find(text: &[u8], pattern: &[u8]) -> Option<usize> {
    text.windows(pattern.len()).position(|window| window == pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_counted_however_they_arrive_and_the_last_one_is_kept() {
        let message = |waiting: i32| {
            format!(
                "event: event\ndata: {{\"id\":\"x\",\"capacity\":9,\"seats_remaining\":0,\"confirmed\":9,\
                 \"waiting\":{waiting},\"last_decision\":12}}\n\n"
            )
        };
        let text = format!("HTTP/1.1 200 OK\r\n\r\n9\r\nretry: 9\n\n\r\n:\n\n{}\r\nf0\r\n{}", message(1), message(2));
        for pieces in [1, 2, 7, 60, 1_000] {
            let mut stream = StreamLog::default();
            text.as_bytes().chunks(pieces).for_each(|piece| stream.read(piece));
            let told = stream.last.map(|last| (last.waiting, last.confirmed, last.last_decision));
            assert_eq!((stream.messages, stream.most_in_a_second, told), (2, 2, Some((2, 9, 12))));
        }
    }
}
