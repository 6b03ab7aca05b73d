//! A server process: the program under test, with its shipped settings.

use std::env;
use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use uuid::Uuid;

use crate::crowd::target::Target;
use crate::error::Error;

/// A start migrates an empty database, on a machine that may be busy.
const START_LIMIT: Duration = Duration::from_secs(120);

const POLL: Duration = Duration::from_millis(20);

/// A running server process. It is killed when this is dropped.
pub struct Server {
    child: Child,
    /// Its address, database and tokens.
    pub target: Target,
}

/// The arguments of a start.
pub(super) struct Start<'a> {
    /// The `onsale` program.
    pub(super) program: &'a Path,
    /// The database.
    pub(super) url: String,
    /// The secret that signs its tokens.
    pub(super) secret: &'a str,
    /// Environment variables beside those, or in their place.
    pub(super) settings: &'a [(&'a str, String)],
    /// The folder for its output.
    pub(super) logs: &'a Path,
}

impl Server {
    /// The process's id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether its process has ended.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits until its process ends, for so long at most; `None` if it still runs then.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub async fn ended_within(&mut self, limit: Duration) -> Result<Option<ExitStatus>, Error> {
        let began = Instant::now();
        loop {
            let ended = self.child.try_wait().map_err(Error::io("wait for the server"))?;
            if ended.is_some() || began.elapsed() > limit {
                return Ok(ended);
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// Starts a server, on a free port unless the settings name one, and waits until it is ready.
    ///
    /// # Errors
    /// [`Error::Failed`] with the server's output, if it does not get ready; [`Error::Io`].
    pub(super) async fn start(start: Start<'_>) -> Result<Self, Error> {
        let Start { program, url, secret, settings, logs } = start;
        let log = |end: &str| logs.join(format!("server-{}.{end}", Uuid::now_v7().simple()));
        let (out, err) = (log("out"), log("err"));
        let mut command = Command::new(program);
        for (name, _) in env::vars_os() {
            let name = name.to_string_lossy();
            let is_setting = ["ONSALE", "DB_", "JWT_SECRET", "RUST_"].iter().any(|start| name.starts_with(start));
            if (is_setting && name != "ONSALE_HOME") || name == "PORT" {
                command.env_remove(&*name);
            }
        }
        let mut child = command
            .env("DATABASE_URL", &url)
            .env("ONSALE__AUTH__SECRET", secret)
            .env("ONSALE__SERVER__PORT", "0")
            .envs(settings.iter().map(|(name, value)| (*name, value)))
            .stdin(Stdio::null())
            .stdout(create(&out)?)
            .stderr(create(&err)?)
            .spawn()
            .map_err(Error::io(format!("run {}", program.display())))?;
        let began = Instant::now();
        let address = loop {
            let output = fs::read_to_string(&out).unwrap_or_default();
            if let Some(address) = address_in(&output) {
                break address;
            }
            if began.elapsed() > START_LIMIT || !matches!(child.try_wait(), Ok(None)) {
                let _ = child.kill();
                let _ = child.wait();
                let errors = fs::read_to_string(&err).unwrap_or_default();
                return Err(Error::Failed(format!("the server did not start: {output}{errors}")));
            }
            tokio::time::sleep(POLL).await;
        };
        Ok(Self { child, target: Target::new(address, url, secret)? })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn create(path: &Path) -> Result<File, Error> {
    File::create(path).map_err(Error::io(format!("create {}", path.display())))
}

/// The address in the line that the server prints when it is ready.
fn address_in(output: &str) -> Option<SocketAddr> {
    let (_, rest) = output.split_once("is ready: http://")?;
    let (address, _) = rest.split_once("/\n")?;
    address.parse().ok()
}
