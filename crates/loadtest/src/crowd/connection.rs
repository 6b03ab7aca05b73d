//! HTTP/1.1 as far as a crowd needs it: one request at a time on a connection that stays open.
//!
//! The crowd shares its cores with the server that it measures, so it must cost little: a request is one write, an
//! answer mostly one read, and nothing is allocated.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

/// The most header lines of an answer.
const HEADERS_MAX: usize = 32;

/// Free space in the buffer before each read.
const READ_BYTES: usize = 4_096;

/// A connection to the server.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer.
#[derive(Debug, Clone, Copy)]
pub struct Reply<'a> {
    /// The status.
    pub status: u16,
    /// Whether the server marked it as the repeat of an earlier answer.
    pub is_replay: bool,
    /// The `Retry-After` header.
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
        Ok(Self { stream, buffer: Vec::with_capacity(READ_BYTES) })
    }

    /// Connects with the smallest receive buffer that the system allows.
    pub async fn open_with_small_buffer(address: SocketAddr) -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.set_recv_buffer_size(1_024)?;
        Ok(Self { stream: socket.connect(address).await?, buffer: Vec::new() })
    }

    /// Sends a request and waits for its answer.
    pub async fn exchange(&mut self, request: &[u8]) -> io::Result<Reply<'_>> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            self.receive().await?;
            if let Some(head) = head(&self.buffer)? {
                break head;
            }
        };
        let end = head.bytes + head.content_bytes;
        while self.buffer.len() < end {
            self.receive().await?;
        }
        let body = self.buffer.get(head.bytes..end).unwrap_or_default();
        let Head { status, is_replay, retry_after_seconds, .. } = head;
        Ok(Reply { status, is_replay, retry_after_seconds, body })
    }

    /// Sends a request without waiting for its answer. No exchange may follow on this connection.
    pub async fn send(&mut self, request: &[u8]) -> io::Result<()> {
        self.stream.write_all(request).await
    }

    /// Reads the status of an answer and no more, and returns whether it is 200.
    pub async fn begins_with_200(&mut self) -> io::Result<bool> {
        const STATUS_LINE: &[u8; 12] = b"HTTP/1.1 200";
        let mut status_line = [0; STATUS_LINE.len()];
        self.stream.read_exact(&mut status_line).await?;
        Ok(&status_line == STATUS_LINE)
    }

    /// Reads whatever comes next, and returns the number of bytes; 0 at the end.
    pub async fn read(&mut self) -> io::Result<usize> {
        self.buffer.clear();
        self.buffer.reserve(READ_BYTES);
        self.stream.read_buf(&mut self.buffer).await
    }

    /// The bytes of the last [`Connection::read`].
    pub fn bytes(&self) -> &[u8] {
        &self.buffer
    }

    async fn receive(&mut self) -> io::Result<()> {
        self.buffer.reserve(READ_BYTES);
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

/// The head of an answer, once it is complete.
fn head(buffer: &[u8]) -> io::Result<Option<Head>> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
    let mut response = httparse::Response::new(&mut headers);
    let bytes = match response.parse(buffer) {
        Ok(httparse::Status::Complete(bytes)) => bytes,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
    };
    let value = |name: &str| {
        let header = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        header.and_then(|header| std::str::from_utf8(header.value).ok())
    };
    if value("transfer-encoding").is_some() {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the answer has no Content-Length"));
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
