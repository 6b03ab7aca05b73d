//! HTTP/1.1 as far as a crowd needs it: one request after the other on a connection that stays open.
//!
//! Whoever shares two cores with what it measures must cost little: a request is one write, an answer mostly one read, and
//! nothing is allocated.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

/// Header lines that an answer has at most.
const HEADERS_MAX: usize = 32;

/// Bytes that are made room for before each read.
const READ_BYTES: usize = 4_096;

/// A connection to the server.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    inbox: Vec<u8>,
}

/// What came back.
#[derive(Debug, Clone, Copy)]
pub struct Reply<'a> {
    /// The status.
    pub status: u16,
    /// Whether the server says that this repeats an earlier answer.
    pub is_replay: bool,
    /// When to come back.
    pub retry_after_seconds: Option<u64>,
    /// The body.
    pub body: &'a [u8],
}

struct Head {
    bytes: usize,
    status: u16,
    content_bytes: usize,
    is_replay: bool,
    retry_after_seconds: Option<u64>,
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, inbox: Vec::with_capacity(READ_BYTES) })
    }

    /// Connects, with as little room for what comes as the system gives.
    pub async fn open_narrow(address: SocketAddr) -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.set_recv_buffer_size(1_024)?;
        Ok(Self { stream: socket.connect(address).await?, inbox: Vec::new() })
    }

    /// Sends a request and waits for its answer.
    pub async fn exchange(&mut self, request: &[u8]) -> io::Result<Reply<'_>> {
        self.stream.write_all(request).await?;
        self.inbox.clear();
        let head = loop {
            self.receive().await?;
            if let Some(head) = head(&self.inbox)? {
                break head;
            }
        };
        let end = head.bytes + head.content_bytes;
        while self.inbox.len() < end {
            self.receive().await?;
        }
        let body = self.inbox.get(head.bytes..end).unwrap_or_default();
        let Head { status, is_replay, retry_after_seconds, .. } = head;
        Ok(Reply { status, is_replay, retry_after_seconds, body })
    }

    /// Sends a request and forgets its answer: what is sent next on this connection would be answered second.
    pub async fn send(&mut self, request: &[u8]) -> io::Result<()> {
        self.stream.write_all(request).await
    }

    /// Reads no more than how an answer begins, and says whether it is a 200.
    pub async fn is_begun(&mut self) -> io::Result<bool> {
        const BEGINNING: &[u8; 12] = b"HTTP/1.1 200";
        let mut beginning = [0; BEGINNING.len()];
        self.stream.read_exact(&mut beginning).await?;
        Ok(&beginning == BEGINNING)
    }

    /// Reads what comes, whatever it is, and says how many bytes it was; 0 is the end.
    pub async fn drain(&mut self) -> io::Result<usize> {
        self.inbox.clear();
        self.inbox.reserve(READ_BYTES);
        self.stream.read_buf(&mut self.inbox).await
    }

    /// What the last [`Connection::drain`] has read.
    pub fn drained(&self) -> &[u8] {
        &self.inbox
    }

    async fn receive(&mut self) -> io::Result<()> {
        self.inbox.reserve(READ_BYTES);
        match self.stream.read_buf(&mut self.inbox).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

/// The head of an answer, if all of it is there.
fn head(inbox: &[u8]) -> io::Result<Option<Head>> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
    let mut response = httparse::Response::new(&mut headers);
    let bytes = match response.parse(inbox) {
        Ok(httparse::Status::Complete(bytes)) => bytes,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
    };
    let value = |name: &str| {
        let header = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        header.and_then(|header| std::str::from_utf8(header.value).ok())
    };
    if value("transfer-encoding").is_some() {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "an answer of unknown length"));
    }
    Ok(Some(Head {
        bytes,
        status: response.code.unwrap_or_default(),
        content_bytes: value("content-length").and_then(|length| length.parse().ok()).unwrap_or_default(),
        is_replay: value("idempotency-replayed") == Some("true"),
        retry_after_seconds: value("retry-after").and_then(|seconds| seconds.parse().ok()),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    async fn exchange(pieces: &'static [&'static str]) -> io::Result<(u16, bool, String)> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let mut server = listener.accept().await.unwrap().0;
            let mut request = [0; 4];
            server.read_exact(&mut request).await.unwrap();
            for piece in pieces {
                server.write_all(piece.as_bytes()).await.unwrap();
                tokio::task::yield_now().await;
            }
        });
        let mut connection = Connection::open(address).await.unwrap();
        let reply = connection.exchange(b"ping").await?;
        Ok((reply.status, reply.is_replay, String::from_utf8(reply.body.to_vec()).unwrap()))
    }

    #[tokio::test]
    async fn an_answer_is_read_whole_however_it_arrives() {
        let whole = exchange(&["HTTP/1.1 201 Created\r\nContent-Length: 5\r\nIdempotency-Replayed: true\r\n\r\nhello"]);
        assert_eq!(whole.await.unwrap(), (201, true, "hello".to_owned()));
        let torn = exchange(&[
            "HTTP/1.1 503 Serv",
            "ice Unavailable\r\nretry-after: 1\r\ncontent-len",
            "gth: 2\r\n\r\nn",
            "o",
        ]);
        assert_eq!(torn.await.unwrap(), (503, false, "no".to_owned()));
        assert_eq!(exchange(&["HTTP/1.1 204 No Content\r\n\r\n"]).await.unwrap(), (204, false, String::new()));
    }

    #[tokio::test]
    async fn an_answer_that_breaks_off_or_is_none_is_an_error() {
        for pieces in [&["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"][..], &["nonsense\r\n\r\n"], &[]] {
            assert!(exchange(pieces).await.is_err(), "{pieces:?}");
        }
    }
}
