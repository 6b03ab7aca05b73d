//! A private cluster with full durability, and servers on databases of their own there.

use std::env;
use std::fs::{self, DirBuilder};
use std::os::unix::fs::{DirBuilderExt, MetadataExt as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use domain::ids::EventId;
use localpg::Cluster;
use repository::{databases, pools};
use uuid::Uuid;

use crate::error::Error;
use crate::machine::commands::run;
use crate::machine::server::{Server, Start};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The settings that make a commit durable. Figures without them would not count.
const DURABLE: [&str; 3] = ["fsync", "full_page_writes", "synchronous_commit"];

/// A private cluster in a temporary folder. Both are removed when this is dropped.
pub struct TestBed {
    cluster: Option<Cluster>,
    folder: PathBuf,
    program: PathBuf,
    secret: String,
}

impl TestBed {
    /// Starts a cluster as `cargo run` would. `program` is the `onsale` program to measure.
    ///
    /// # Errors
    /// [`Error::Failed`] if there is no such program, or if the cluster is not durable; [`Error::Io`],
    /// [`Error::Cluster`].
    pub fn open(program: PathBuf) -> Result<Self, Error> {
        if !program.is_file() {
            return Err(Error::Failed(format!("{} is missing: run cargo build --release", program.display())));
        }
        let folder = env::temp_dir().join(format!("onsale-load-{}", Uuid::now_v7().simple()));
        // Where root runs this, PostgreSQL's user has to pass through.
        DirBuilder::new().mode(0o755).create(&folder).map_err(Error::io(format!("create {}", folder.display())))?;
        let cluster = Cluster::open(&folder.join("data"))?;
        let test_bed = Self { cluster: Some(cluster), folder, program, secret: secret()? };
        // Room for several servers beside the hundred clients of the classic transaction.
        test_bed.sql("postgres", "alter system set max_connections = 400")?;
        test_bed.restart()?;
        for (setting, value) in test_bed.settings()? {
            if value != "on" {
                return Err(Error::Failed(format!("{setting} is {value}, so the figures would not count")));
            }
        }
        Ok(test_bed)
    }

    fn cluster(&self) -> Result<&Cluster, Error> {
        self.cluster.as_ref().ok_or_else(|| Error::Failed("the cluster has been stopped".to_owned()))
    }

    /// The address of one of the cluster's databases.
    ///
    /// # Errors
    /// [`Error::Failed`] once the cluster has been stopped.
    pub fn url(&self, database: &str) -> Result<String, Error> {
        Ok(self.cluster()?.url(database))
    }

    /// The path of one of PostgreSQL's programs.
    ///
    /// # Errors
    /// As [`TestBed::url`].
    pub fn postgres_program(&self, name: &str) -> Result<PathBuf, Error> {
        Ok(self.cluster()?.programs().path(name))
    }

    /// `psql` on one of the cluster's databases. It prints plain rows and stops at the first error.
    ///
    /// # Errors
    /// As [`TestBed::url`].
    pub fn psql(&self, database: &str) -> Result<Command, Error> {
        let mut command = Command::new(self.postgres_program("psql")?);
        command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d"]).arg(self.url(database)?);
        Ok(command)
    }

    /// Runs SQL in a database by `psql`, and returns the rows that it selects. Only `repository` sends SQL from Rust.
    ///
    /// # Errors
    /// [`Error::Failed`] with psql's errors.
    pub fn sql(&self, database: &str, text: &str) -> Result<String, Error> {
        let mut command = self.psql(database)?;
        command.args(["-c", text]);
        Ok(run(command)?.trim().to_owned())
    }

    /// The process id of the cluster's postmaster.
    ///
    /// # Errors
    /// [`Error::Failed`] while PostgreSQL does not run.
    pub fn postmaster(&self) -> Result<u32, Error> {
        self.cluster()?.postmaster_pid().ok_or_else(|| Error::Failed("PostgreSQL is not running".to_owned()))
    }

    /// Stops PostgreSQL with a fast shutdown and starts it again.
    ///
    /// # Errors
    /// [`Error::Cluster`].
    pub fn restart(&self) -> Result<(), Error> {
        Ok(self.cluster()?.restart()?)
    }

    /// Kills all of PostgreSQL's processes, as in a power cut.
    ///
    /// # Errors
    /// As [`TestBed::url`].
    pub fn kill(&self) -> Result<(), Error> {
        self.cluster()?.kill();
        Ok(())
    }

    /// Starts PostgreSQL, if it is not running.
    ///
    /// # Errors
    /// [`Error::Cluster`].
    pub fn start_again(&self) -> Result<(), Error> {
        Ok(self.cluster()?.start_again()?)
    }

    /// PostgreSQL's log so far.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn log(&self) -> Result<String, Error> {
        let path = self.cluster()?.log_path();
        let bytes = fs::read(&path).map_err(Error::io(format!("read {}", path.display())))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The numbers of the user and of the group that run PostgreSQL.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn owner(&self) -> Result<(u32, u32), Error> {
        let path = self.cluster()?.data_path();
        let folder = fs::metadata(&path).map_err(Error::io(format!("look at {}", path.display())))?;
        Ok((folder.uid(), folder.gid()))
    }

    /// The folder of the servers' logs.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// PostgreSQL's version.
    ///
    /// # Errors
    /// As [`TestBed::url`].
    pub fn postgres_version(&self) -> Result<String, Error> {
        let version = self.cluster()?.programs().version();
        Ok(version.strip_prefix("postgres (PostgreSQL) ").unwrap_or(version).to_owned())
    }

    /// The settings that make a commit durable, with their values in the running cluster.
    ///
    /// # Errors
    /// As [`TestBed::sql`].
    pub fn settings(&self) -> Result<Vec<(&'static str, String)>, Error> {
        DURABLE.iter().map(|name| Ok((*name, self.sql("postgres", &format!("show {name}"))?))).collect()
    }

    /// Creates a database and starts a server on it.
    ///
    /// # Errors
    /// [`Error::Failed`] with the server's output, if it does not start; [`Error::Database`].
    pub async fn serve(&self, database: &str) -> Result<Server, Error> {
        self.serve_program(&self.program, database).await
    }

    /// As [`TestBed::serve`], a server of another program.
    ///
    /// # Errors
    /// As there.
    pub async fn serve_program(&self, program: &Path, database: &str) -> Result<Server, Error> {
        let mut connection = pools::connect_once(&self.url("postgres")?, CONNECT_TIMEOUT).await?;
        if !databases::exists(&mut connection, database).await? {
            databases::create(&mut connection, database).await?;
        }
        drop(connection);
        self.start(program, database, &[]).await
    }

    /// Starts one more server on a database that exists, with these environment variables. `DATABASE_URL` and
    /// `ONSALE__SERVER__PORT` may be among them.
    ///
    /// # Errors
    /// As [`TestBed::serve`].
    pub async fn serve_existing(&self, database: &str, settings: &[(&str, String)]) -> Result<Server, Error> {
        self.start(&self.program, database, settings).await
    }

    async fn start(&self, program: &Path, database: &str, settings: &[(&str, String)]) -> Result<Server, Error> {
        let (url, secret, logs) = (self.url(database)?, &self.secret, &self.folder);
        Server::start(Start { program, url, secret, settings, logs }).await
    }

    /// Has a program verify the promises at an event in its database, and returns its words if one is broken.
    ///
    /// # Errors
    /// [`Error::Io`] if the program cannot be started.
    pub fn verify(&self, program: &Path, database: &str, event: EventId) -> Result<Option<String>, Error> {
        let mut command = Command::new(program);
        command.args(["verify", "--event", &event.to_string()]);
        command.env("DATABASE_URL", self.url(database)?).env("ONSALE__AUTH__SECRET", &self.secret);
        let output = command.output().map_err(Error::io(format!("run {}", program.display())))?;
        let words = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
        Ok((!output.status.success()).then(|| words.join("\n")))
    }

    /// Writes a file that PostgreSQL's programs can read, and returns its path.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn file(&self, name: &str, text: &str) -> Result<PathBuf, Error> {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(Error::io(format!("write {}", path.display())))?;
        Ok(path)
    }
}

impl Drop for TestBed {
    fn drop(&mut self) {
        drop(self.cluster.take());
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn secret() -> Result<String, Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| Error::Failed(format!("the system gave no random bytes: {error}")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
