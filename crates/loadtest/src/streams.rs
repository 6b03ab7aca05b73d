//! People who watch an event live while others buy.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use domain::ids::EventId;
use tokio::task::{JoinSet, LocalSet};

use crate::crowd;
use crate::error::Error;

/// How often a stream looks whether all is over.
const POLL: Duration = Duration::from_millis(100);

/// Streams that are open. They are read as fast as they come.
pub struct Streams {
    seen: Arc<Seen>,
    reader: JoinHandle<()>,
}

#[derive(Default)]
struct Seen {
    over: AtomicBool,
    bytes: AtomicU64,
    messages: AtomicU64,
    ended_early: AtomicU64,
}

/// What was read.
#[derive(Debug, Clone, Copy)]
pub struct Watched {
    /// Bytes, over all streams.
    pub bytes: u64,
    /// Messages, over all streams.
    pub messages: u64,
    /// Streams that the server ended.
    pub ended_early: u64,
}

impl Streams {
    /// Opens so many streams on an event.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub async fn open(address: SocketAddr, count: usize, event: EventId) -> Result<Self, Error> {
        let seen = Arc::new(Seen::default());
        let (opened, opening) = tokio::sync::oneshot::channel();
        let theirs = Arc::clone(&seen);
        let reader = std::thread::Builder::new().name("streams".to_owned()).spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
            LocalSet::new().block_on(&runtime, watch(address, count, event, theirs, opened));
        });
        let reader = reader.map_err(Error::io("a thread for the streams"))?;
        opening
            .await
            .map_err(|_| Error::Failed("the streams were not opened".to_owned()))?
            .map_err(Error::io("opening the streams"))?;
        Ok(Self { seen, reader })
    }

    /// Closes them.
    pub fn close(self) -> Watched {
        self.seen.over.store(true, Ordering::Relaxed);
        let _ = self.reader.join();
        Watched {
            bytes: self.seen.bytes.load(Ordering::Relaxed),
            messages: self.seen.messages.load(Ordering::Relaxed),
            ended_early: self.seen.ended_early.load(Ordering::Relaxed),
        }
    }
}

async fn watch(
    address: SocketAddr,
    count: usize,
    event: EventId,
    seen: Arc<Seen>,
    opened: tokio::sync::oneshot::Sender<std::io::Result<()>>,
) {
    let connections = match crowd::connect(address, count).await {
        Ok(connections) => connections,
        Err(error) => {
            let _ = opened.send(Err(error));
            return;
        }
    };
    let request = format!("GET /live?events={event} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
    let mut readers = JoinSet::new();
    for mut connection in connections {
        let (seen, request) = (Arc::clone(&seen), request.clone());
        readers.spawn_local(async move {
            if connection.send(request.as_bytes()).await.is_err() {
                return;
            }
            while let Ok(1..) = connection.drain().await {
                let read = connection.drained();
                seen.bytes.fetch_add(u64::try_from(read.len()).unwrap_or_default(), Ordering::Relaxed);
                let messages = read.windows(6).filter(|bytes| bytes == b"\ndata:").count();
                seen.messages.fetch_add(u64::try_from(messages).unwrap_or_default(), Ordering::Relaxed);
            }
            seen.ended_early.fetch_add(1, Ordering::Relaxed);
        });
    }
    let _ = opened.send(Ok(()));
    while !seen.over.load(Ordering::Relaxed) {
        tokio::time::sleep(POLL).await;
    }
    readers.abort_all();
}
