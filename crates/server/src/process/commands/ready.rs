//! `onsale ready`

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::error::CommandError;
use crate::process::console;
use crate::process::startup::{self, Loaded};
use crate::services::readiness::READY_WITHIN;

pub(super) const NOTES: &str = "\
Asks /health/ready at ONSALE__SERVER__HOST and ONSALE__SERVER__PORT over HTTP: a container's health check without curl.
A ready server reaches its database, which has this program's migrations, has heard of changes of access lately, and is
not stopping.

Exit codes: 0 ready; 1 not ready, or no answer within 5 seconds.";

/// The server has a second for its database; some more for a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(5);

const _: () = assert!(2 * READY_WITHIN.as_millis() < PATIENCE.as_millis());

/// The first line of an answer has less.
const ANSWER_BYTES: u64 = 64;

/// Says whether the server that these settings start is ready.
pub(super) async fn run() -> Result<(), CommandError> {
    let Loaded { settings, log: _log, .. } = startup::load()?;
    let address = console::from_this_machine(SocketAddr::new(settings.server.host, settings.server.port));
    if address.port() == 0 {
        return Err(CommandError::NotReady("server.port is 0, which is a free port and not a known one".to_owned()));
    }
    let nobody = |problem: String| CommandError::NotReady(format!("{address}: {problem}"));
    let answer = tokio::time::timeout(PATIENCE, ask(address)).await;
    let answer = answer.map_err(|error| nobody(error.to_string()))?.map_err(|error| nobody(error.to_string()))?;
    match answer.split_whitespace().nth(1) {
        Some("200") => {
            console::say("ready");
            Ok(())
        }
        Some(status) => Err(nobody(format!("it answers {status}"))),
        None => Err(nobody("it does not speak HTTP".to_owned())),
    }
}

/// The first bytes of its answer.
async fn ask(address: SocketAddr) -> io::Result<String> {
    let mut socket = TcpStream::connect(address).await?;
    let request = format!("GET /health/ready HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    socket.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    socket.take(ANSWER_BYTES).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
