//! Whether a server accepts connections, asked by the first words of PostgreSQL's protocol. The program for that,
//! `pg_isready`, is missing where PostgreSQL comes as a package for embedding.

use std::io::{self, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::layout::SUPERUSER;

/// Version 3.0 of the protocol.
const VERSION: u32 = 3 << 16;

/// The server wants to know who asks: it accepts connections.
const AUTHENTICATION: u8 = b'R';
const ERROR: u8 = b'E';
/// The field of an error that holds its SQLSTATE.
const SQLSTATE: u8 = b'C';

/// The server is starting, stopping or recovering.
const CANNOT_CONNECT_NOW: &[u8] = b"57P03";

/// More than an error of the server has.
const ANSWER_BYTES_MAX: u32 = 1 << 16;

/// Whether the server behind the socket accepts connections. A server that says nothing within the limit does not.
pub(crate) fn accepts(socket: &Path, limit: Duration) -> bool {
    let socket = socket.to_owned();
    let (tell, told) = mpsc::channel();
    // On a thread that is left behind if need be: connecting to a suspended server may block without end.
    thread::spawn(move || tell.send(is_accepted(&socket, limit).unwrap_or(false)));
    told.recv_timeout(limit).unwrap_or(false)
}

fn is_accepted(socket: &Path, limit: Duration) -> io::Result<bool> {
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(limit))?;
    stream.set_write_timeout(Some(limit))?;
    stream.write_all(&startup_message())?;
    let mut head = [0; 5];
    stream.read_exact(&mut head)?;
    let [kind, length @ ..] = head;
    let length = u32::from_be_bytes(length).saturating_sub(4).min(ANSWER_BYTES_MAX);
    let mut body = Vec::new();
    stream.take(length.into()).read_to_end(&mut body)?;
    Ok(match kind {
        AUTHENTICATION => true,
        // A refusal of this one session is an answer of a server that works.
        ERROR => !is_not_now(&body),
        _ => false,
    })
}

fn startup_message() -> Vec<u8> {
    let parameters = format!("user\0{SUPERUSER}\0database\0{SUPERUSER}\0application_name\0onsale\0\0");
    let length = u32::try_from(parameters.len()).unwrap_or(u32::MAX).saturating_add(8);
    [&length.to_be_bytes()[..], &VERSION.to_be_bytes(), parameters.as_bytes()].concat()
}

/// Fields begin with a letter and end with a zero byte.
fn is_not_now(error: &[u8]) -> bool {
    error.split(|byte| *byte == 0).any(|field| field.split_first() == Some((&SQLSTATE, CANNOT_CONNECT_NOW)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop loudly")]

    use std::os::unix::net::UnixListener;

    use super::*;

    /// A server's whole answer, and whether it means that connections are accepted.
    fn accepted_by(answer: &'static [u8]) -> bool {
        let name = format!("onsale-greeting-{}-{:?}", std::process::id(), thread::current().id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let socket = folder.join("socket");
        let listener = UnixListener::bind(&socket).unwrap();
        let answering = thread::spawn(move || {
            let (mut client, _) = listener.accept().unwrap();
            let mut length = [0; 4];
            client.read_exact(&mut length).unwrap();
            let mut rest = vec![0; usize::try_from(u32::from_be_bytes(length)).unwrap() - 4];
            client.read_exact(&mut rest).unwrap();
            assert!(rest.starts_with(&[0, 3, 0, 0]) && rest.ends_with(b"\0\0"));
            client.write_all(answer).unwrap();
        });
        let accepted = accepts(&socket, testdb::patience::LIMIT);
        answering.join().unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        accepted
    }

    #[test]
    fn a_server_that_asks_for_a_password_or_refuses_one_session_accepts_connections() {
        assert!(accepted_by(b"R\0\0\0\x08\0\0\0\0"));
        assert!(accepted_by(b"E\0\0\0\x11SFATAL\0C53300\0\0"));
    }

    #[test]
    fn a_server_that_is_starting_or_says_nothing_does_not() {
        assert!(!accepted_by(b"E\0\0\0\x11SFATAL\0C57P03\0\0"));
        assert!(!accepted_by(b""));
        assert!(!accepted_by(b"N"));
        assert!(!accepts(Path::new("/nowhere/socket"), testdb::patience::LIMIT));
    }
}
