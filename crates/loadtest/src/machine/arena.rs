//! A private cluster with full durability, and servers on databases of their own there: the shipped program with its
//! shipped settings.

use std::env;
use std::fs::{self, DirBuilder, File};
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use localpg::Cluster;
use repository::{databases, pools};
use uuid::Uuid;

use crate::compare::baselines;
use crate::crowd::target::Target;
use crate::error::Error;

const START_LIMIT: Duration = Duration::from_secs(120);
const POLL: Duration = Duration::from_millis(20);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Settings without which nothing that is measured would count.
const DURABLE: [&str; 3] = ["fsync", "full_page_writes", "synchronous_commit"];

/// A private cluster, in a folder that goes with it.
pub struct Arena {
    cluster: Option<Cluster>,
    folder: PathBuf,
    program: PathBuf,
    secret: String,
}

/// A server process on a database.
pub struct Server {
    child: Child,
    /// Where and what it is.
    pub target: Target,
}

impl Arena {
    /// Starts a cluster as `cargo run` would. `program` is the `onsale` to measure.
    ///
    /// # Errors
    /// [`Error::Failed`] if there is no such program, or if the cluster is not durable.
    pub fn open(program: PathBuf) -> Result<Self, Error> {
        if !program.is_file() {
            return Err(Error::Failed(format!("there is no {}: cargo build --release", program.display())));
        }
        let folder = env::temp_dir().join(format!("onsale-load-{}", Uuid::now_v7().simple()));
        // PostgreSQL's user passes through where root runs this.
        DirBuilder::new().mode(0o755).create(&folder).map_err(Error::io(folder.display().to_string()))?;
        let cluster = Cluster::open(&folder.join("data"))?;
        let arena = Self { cluster: Some(cluster), folder, program, secret: secret()? };
        // Room for several servers beside the hundred clients of the classic transaction.
        baselines::sql(&arena, "postgres", "alter system set max_connections = 400")?;
        arena.restart()?;
        for (setting, value) in arena.settings()? {
            if value != "on" {
                return Err(Error::Failed(format!("{setting} is {value}: what is measured would not count")));
            }
        }
        Ok(arena)
    }

    fn cluster(&self) -> Result<&Cluster, Error> {
        self.cluster.as_ref().ok_or_else(|| Error::Failed("the cluster has been stopped".to_owned()))
    }

    /// The address of one of its databases.
    ///
    /// # Errors
    /// [`Error::Failed`] once it has been stopped.
    pub fn url(&self, database: &str) -> Result<String, Error> {
        Ok(self.cluster()?.url(database))
    }

    /// One of PostgreSQL's programs.
    ///
    /// # Errors
    /// [`Error::Failed`] once the cluster has been stopped.
    pub fn postgres_program(&self, name: &str) -> Result<PathBuf, Error> {
        Ok(self.cluster()?.programs().path(name))
    }

    /// Its postmaster.
    ///
    /// # Errors
    /// [`Error::Failed`] while it does not run.
    pub fn postmaster(&self) -> Result<u32, Error> {
        self.cluster()?.postmaster_pid().ok_or_else(|| Error::Failed("PostgreSQL does not run".to_owned()))
    }

    /// Stops PostgreSQL in good order and starts it again.
    ///
    /// # Errors
    /// [`Error::Cluster`].
    pub fn restart(&self) -> Result<(), Error> {
        Ok(self.cluster()?.restart()?)
    }

    /// PostgreSQL's version.
    ///
    /// # Errors
    /// As [`Arena::url`].
    pub fn postgres_version(&self) -> Result<String, Error> {
        let version = self.cluster()?.programs().version();
        // It says whose it is as well.
        Ok(version.strip_prefix("postgres (PostgreSQL) ").unwrap_or(version).to_owned())
    }

    /// The settings that durability hangs on, as the cluster shows them.
    ///
    /// # Errors
    /// [`Error::Failed`] if it does not.
    pub fn settings(&self) -> Result<Vec<(&'static str, String)>, Error> {
        DURABLE.iter().map(|name| Ok((*name, baselines::sql(self, "postgres", &format!("show {name}"))?))).collect()
    }

    /// Makes a database and starts a server on it.
    ///
    /// # Errors
    /// [`Error::Failed`] with what the server said, if it does not start.
    pub async fn serve(&self, database: &str) -> Result<Server, Error> {
        let mut connection = pools::connect_once(&self.url("postgres")?, CONNECT_TIMEOUT).await?;
        if !databases::exists(&mut connection, database).await? {
            databases::create(&mut connection, database).await?;
        }
        drop(connection);
        self.serve_beside(database).await
    }

    /// Starts one more server on a database that is there.
    ///
    /// # Errors
    /// As [`Arena::serve`].
    pub async fn serve_beside(&self, database: &str) -> Result<Server, Error> {
        self.serve_with(database, &[]).await
    }

    /// As [`Arena::serve_beside`], with settings other than the shipped ones.
    ///
    /// # Errors
    /// As [`Arena::serve`].
    pub async fn serve_with(&self, database: &str, settings: &[(&str, String)]) -> Result<Server, Error> {
        let url = self.url(database)?;
        let (out, err) = (self.log(database, "out"), self.log(database, "err"));
        let mut command = Command::new(&self.program);
        for (name, _) in env::vars_os() {
            let name = name.to_string_lossy();
            let sets = ["ONSALE", "DB_", "JWT_SECRET", "RUST_"].iter().any(|start| name.starts_with(start));
            if (sets && name != "ONSALE_HOME") || name == "PORT" {
                command.env_remove(&*name);
            }
        }
        let mut child = command
            .env("DATABASE_URL", &url)
            .env("ONSALE__AUTH__SECRET", &self.secret)
            .env("ONSALE__SERVER__PORT", "0")
            .envs(settings.iter().map(|(name, value)| (*name, value)))
            .stdin(Stdio::null())
            .stdout(create(&out)?)
            .stderr(create(&err)?)
            .spawn()
            .map_err(Error::io(self.program.display().to_string()))?;
        let since = Instant::now();
        let address = loop {
            let said = fs::read_to_string(&out).unwrap_or_default();
            if let Some(address) = address_in(&said) {
                break address;
            }
            if since.elapsed() > START_LIMIT || !matches!(child.try_wait(), Ok(None)) {
                let _ = child.kill();
                let _ = child.wait();
                let complaint = fs::read_to_string(&err).unwrap_or_default();
                return Err(Error::Failed(format!("the server did not start: {said}{complaint}")));
            }
            tokio::time::sleep(POLL).await;
        };
        Ok(Server { child, target: Target::new(address, url, &self.secret)? })
    }

    fn log(&self, database: &str, end: &str) -> PathBuf {
        self.folder.join(format!("{database}-{}.{end}", Uuid::now_v7().simple()))
    }

    /// A file of its own that anybody may read.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn file(&self, name: &str, text: &str) -> Result<PathBuf, Error> {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(Error::io(path.display().to_string()))?;
        Ok(path)
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        drop(self.cluster.take());
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Server {
    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn create(path: &Path) -> Result<File, Error> {
    File::create(path).map_err(Error::io(path.display().to_string()))
}

/// Where the server says that it is.
fn address_in(said: &str) -> Option<SocketAddr> {
    let (_, rest) = said.split_once("is ready: http://")?;
    let (address, _) = rest.split_once("/\n")?;
    address.parse().ok()
}

fn secret() -> Result<String, Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| Error::Failed(format!("no random bytes: {error}")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
