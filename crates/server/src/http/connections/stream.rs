//! A connection's stream, with limits on clients that take too long.

use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::web::BufMut;
use prometheus_client::metrics::gauge::Gauge;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

use super::limits::Limits;
use super::per_address::Permit;
use super::phase::Phase;
use super::unreadable;
use crate::http::traffic::Traffic;

/// A connection may be silent for this long, even if keep-alive allows less. Streamed answers write more often than
/// this.
const SILENCE_MIN: Duration = Duration::from_secs(60);

/// The most bytes of one read, and the most that are read ahead of an unfinished answer. In memory, the shortest
/// request takes a hundred times its bytes on the wire.
const PIECE_BYTES_MAX: usize = 4096;

/// The arrival of the first byte after `begun` requests. It starts the next request, or belongs to the rest of the last
/// one's body.
#[derive(Debug, Clone, Copy)]
struct FirstByte {
    begun: u64,
    at: Instant,
}

/// A connection's stream. Reads and writes fail once the client exceeds a time limit.
pub(super) struct Watched {
    io: TcpStream,
    _permit: Permit,
    open: Gauge,
    traffic: Arc<Traffic>,
    pub(super) phase: Rc<Phase>,
    head: Duration,
    stall: Duration,
    silence: Duration,
    first_byte: Option<FirstByte>,
    written_at: Instant,
    /// Fires at the deadline or earlier. Each poll for reading checks it.
    overdue: Pin<Box<Sleep>>,
    stalled: Option<Pin<Box<Sleep>>>,
    /// Bytes read ahead of unfinished answers.
    ahead: usize,
    /// Whether the last read filled its piece. The HTTP library parses a full piece before the next read.
    is_piece_full: bool,
    /// The number of begun requests when the last answer was written.
    settled: u64,
    /// The answer that replaces a bare status, and the number of its bytes already written.
    replacement: Option<(Vec<u8>, usize)>,
}

impl Watched {
    pub(super) fn new(io: TcpStream, permit: Permit, limits: &Limits, traffic: Arc<Traffic>, open: Gauge) -> Self {
        open.inc();
        let now = Instant::now();
        let silence = limits.keep_alive.max(SILENCE_MIN) + limits.head;
        Self {
            io,
            _permit: permit,
            open,
            traffic,
            phase: Rc::default(),
            head: limits.head,
            stall: limits.stall,
            silence,
            first_byte: None,
            written_at: now,
            overdue: Box::pin(sleep_until(now + silence)),
            stalled: None,
            ahead: 0,
            is_piece_full: false,
            settled: 0,
            replacement: None,
        }
    }

    /// The time at which the connection is overdue. There is none while a request is in flight.
    fn deadline(&self) -> Option<Instant> {
        let begun = self.phase.begun.get();
        match self.first_byte {
            _ if self.phase.in_flight.get() > 0 => None,
            Some(first) if first.begun == begun => Some(first.at + self.head),
            _ => Some(self.written_at + self.silence),
        }
    }

    fn note_bytes(&mut self) {
        let begun = self.phase.begun.get();
        if self.phase.in_flight.get() > 0 || self.first_byte.is_some_and(|first| first.begun == begun) {
            return;
        }
        let at = Instant::now();
        self.first_byte = Some(FirstByte { begun, at });
        if self.overdue.deadline() > at + self.head {
            self.overdue.as_mut().reset(at + self.head);
        }
    }

    /// Fails if the connection is overdue. Only a timer that has fired is moved, since moving it on each request would
    /// cost more.
    fn check_overdue(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        while self.overdue.as_mut().poll(context).is_ready() {
            let now = Instant::now();
            match self.deadline() {
                Some(deadline) if deadline <= now => return Err(io::ErrorKind::TimedOut.into()),
                Some(deadline) => self.overdue.as_mut().reset(deadline),
                None => self.overdue.as_mut().reset(now + self.head),
            }
        }
        Ok(())
    }

    /// Reads one piece, and pauses while more would only be kept. Clients that read no answers, or send many requests
    /// before the first is answered, have to keep the rest on their side.
    fn poll_read_piece(&mut self, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let is_ahead = self.phase.is_ahead();
        if !is_ahead {
            self.ahead = 0;
        }
        let was_full = std::mem::take(&mut self.is_piece_full);
        let room = PIECE_BYTES_MAX.saturating_sub(self.ahead).min(buffer.remaining());
        if self.stalled.is_some() || (is_ahead && self.ahead >= PIECE_BYTES_MAX) {
            self.phase.reader.replace(Some(context.waker().clone()));
            return Poll::Pending;
        }
        if was_full {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        // Reading as the stream's own `poll_read` does would need the piece to be zeroed first.
        let read = loop {
            ready!(self.io.poll_read_ready(context))?;
            match self.io.try_read_buf(&mut (&mut *buffer).limit(room)) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                read => break read?,
            }
        };
        self.is_piece_full = read == room;
        if is_ahead {
            self.ahead += read;
        }
        Poll::Ready(Ok(()))
    }

    fn poll_write_through(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.io).poll_write(context, bytes) {
            Poll::Ready(written) => {
                if self.stalled.take().is_some() {
                    self.phase.read_on();
                }
                self.written_at = Instant::now();
                Poll::Ready(written)
            }
            Poll::Pending => {
                let until = Instant::now() + self.stall;
                let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep_until(until)));
                ready!(stalled.as_mut().poll(context));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
        }
    }

    /// The status, if the HTTP library wrote this bare answer itself. It does so only if all requests are answered.
    fn bare_status(&self, bytes: &[u8]) -> Option<StatusCode> {
        let is_answer = self.phase.in_flight.get() > 0 || self.phase.begun.get() != self.settled;
        if is_answer { None } else { unreadable::bare_status(bytes) }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if self.phase.broke_off.get() {
            // A client to whom the connection's end is the answer's end would take the part for the whole. A reset is
            // no end. If it cannot be had, the log has the failure of the answer.
            let _ = rustix::net::sockopt::set_socket_linger(&self.io, Some(Duration::ZERO));
        }
        self.open.dec();
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let (before, has_room) = (buffer.filled().len(), buffer.remaining() > 0);
        let read = self.poll_read_piece(context, buffer);
        if buffer.filled().len() > before {
            self.note_bytes();
        } else if has_room && matches!(read, Poll::Ready(Ok(()))) {
            self.phase.has_left.set(true);
        }
        // Successful reads are checked too: a client may send without a pause.
        self.check_overdue(context)?;
        read
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.replacement.is_none()
            && let Some(status) = self.bare_status(bytes)
        {
            let date = str::from_utf8(bytes).unwrap_or_default().lines().find(|line| line.starts_with("date: "));
            let problem = unreadable::problem_of(status);
            let text = unreadable::answer(&problem, date.unwrap_or_default(), &self.traffic);
            self.replacement = Some((text, 0));
        }
        if let Some((text, mut done)) = self.replacement.take() {
            while let Some(rest) = text.get(done..).filter(|rest| !rest.is_empty()) {
                match self.poll_write_through(context, rest) {
                    Poll::Ready(Ok(written)) => done += written,
                    Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                    Poll::Pending => {
                        self.replacement = Some((text, done));
                        return Poll::Pending;
                    }
                }
            }
            return Poll::Ready(Ok(bytes.len()));
        }
        let written = ready!(self.poll_write_through(context, bytes))?;
        if written == bytes.len() && self.phase.in_flight.get() == 0 {
            self.settled = self.phase.begun.get();
        }
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::super::per_address::PerAddress;
    use super::*;
    use crate::http::connections::phase::BodyEnd;
    use actix_web::body::BoxBody;
    use actix_web::dev::Payload;
    use actix_web::error::PayloadError;
    use actix_web::web::Bytes;
    use std::net::IpAddr;
    use std::task::Waker;
    use tokio::io::AsyncWriteExt;

    /// The server's and the client's end of a connection.
    async fn connected() -> (Watched, TcpStream) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let limits = Limits {
            workers: 1,
            connections_per_worker: 1,
            connections_per_address: 0,
            trusted_proxies: Vec::new(),
            head: SILENCE_MIN,
            stall: SILENCE_MIN,
            keep_alive: SILENCE_MIN,
            disconnect: SILENCE_MIN,
            shutdown: SILENCE_MIN,
        };
        let io = listener.accept().await.unwrap().0;
        let traffic = Arc::new(Traffic::new());
        (
            Watched::new(
                io,
                Arc::new(PerAddress::new(&limits)).enter(IpAddr::from([127, 0, 0, 1])).unwrap(),
                &limits,
                traffic,
                Gauge::default(),
            ),
            client,
        )
    }

    /// The number of bytes that can be read before the stream pauses.
    fn read_now(stream: &mut Watched, context: &mut Context<'_>) -> usize {
        let (mut bytes, mut read) = (vec![0; 1_000_000], 0);
        loop {
            let mut buffer = ReadBuf::new(&mut bytes);
            match Pin::new(&mut *stream).poll_read(context, &mut buffer) {
                Poll::Ready(Ok(())) => read += buffer.filled().len(),
                Poll::Ready(Err(error)) => panic!("{error}"),
                Poll::Pending => return read,
            }
        }
    }

    #[tokio::test]
    async fn no_more_is_read_than_can_be_answered() {
        let (mut stream, mut client) = connected().await;
        client.write_all(&[b'x'; 100_000]).await.unwrap();
        stream.io.readable().await.unwrap();
        let mut context = Context::from_waker(Waker::noop());
        // No request is in flight: a long head or the rest of a body is read piece by piece.
        for _ in 0..2 {
            assert_eq!(read_now(&mut stream, &mut context), PIECE_BYTES_MAX);
        }
        let phase = Rc::clone(&stream.phase);
        let answering = phase.begin();
        let ahead: usize = (0..10).map(|_| read_now(&mut stream, &mut context)).sum();
        assert_eq!(ahead, PIECE_BYTES_MAX);
        // Nothing more is read while the answer's body is streamed.
        let never = futures_util::stream::pending::<Result<Bytes, io::Error>>();
        let body = answering.watch(BoxBody::new(actix_web::body::BodyStream::new(never)), BodyEnd::Marked);
        drop(answering);
        assert_eq!(read_now(&mut stream, &mut context), 0);
        drop(body);
        assert_eq!(read_now(&mut stream, &mut context), PIECE_BYTES_MAX);
        // A handler that waits for a request's body gets all of it.
        let _answering = phase.begin();
        let never = futures_util::stream::pending::<Result<Bytes, PayloadError>>();
        let Payload::Stream { mut payload } = phase.watch(Payload::Stream { payload: Box::pin(never) }) else {
            panic!("a body is a stream")
        };
        assert!(payload.as_mut().poll_next(&mut context).is_pending());
        let body: usize = (0..10).map(|_| read_now(&mut stream, &mut context)).sum();
        assert_eq!(body, 10 * PIECE_BYTES_MAX);
    }

    #[tokio::test]
    async fn nothing_is_read_from_a_client_that_reads_nothing() {
        use tokio::io::AsyncReadExt;
        let (mut stream, mut client) = connected().await;
        client.write_all(b"GET /").await.unwrap();
        stream.io.readable().await.unwrap();
        let mut written = 0;
        std::future::poll_fn(|context| {
            while let Poll::Ready(done) = Pin::new(&mut stream).poll_write(context, &[b'x'; 100_000]) {
                written += done.unwrap();
            }
            assert_eq!(read_now(&mut stream, context), 0);
            assert!(stream.phase.reader.borrow().is_some());
            Poll::Ready(())
        })
        .await;
        let taking = tokio::spawn(async move {
            client.read_exact(&mut vec![0; written]).await.unwrap();
            client
        });
        stream.write_all(b"x").await.unwrap();
        assert!(stream.phase.reader.borrow().is_none(), "woken");
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(read_now(&mut stream, &mut context), 5);
        drop(taking.await.unwrap());
    }
}
