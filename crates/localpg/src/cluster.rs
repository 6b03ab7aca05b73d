//! A private cluster of one process.

use std::fs::{self, File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, io};
use crate::folders;
use crate::instance::{self, Instance, Shutdown};
use crate::layout;
use crate::places;
use crate::programs::Programs;
use crate::settings::{Durability, Settings};
use crate::user::RunAs;
use crate::watchdog;

/// A file in the data folder, locked by the server that uses it. It holds that server's process id.
const LOCK: &str = "onsale.lock";

/// A running private PostgreSQL cluster, on a Unix socket only. It stops when this is dropped.
#[derive(Debug)]
pub struct Cluster {
    instance: Instance,
    kind: Kind,
    notices: Vec<String>,
    /// Held for the life of this value.
    _lock: File,
}

/// A server that was killed while it started a program leaves its lock to that program for a moment.
const HANDOVER: Duration = Duration::from_millis(500);
const POLL: Duration = Duration::from_millis(20);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Kept,
    Throwaway,
    /// Stopped by [`Cluster::stop`]: drop does nothing.
    Stopped,
}

impl Cluster {
    /// Opens the kept cluster of a data folder, in `data_dir`/postgres: running and ready, for up to 100 connections,
    /// with PostgreSQL's full durability. The first use creates it. A server that a killed process left running is
    /// adopted if it answers, or else restarted. After a crash, PostgreSQL recovers. If PostgreSQL's user cannot enter
    /// the folder, the cluster is in another one, always the same, and [`Cluster::notices`] says so.
    ///
    /// # Errors
    /// [`Error::InUse`] while another process uses it; [`Error::ProgramsMissing`]; [`Error::OtherVersion`],
    /// [`Error::NotACluster`], [`Error::Unreachable`], [`Error::BelongsToAnother`] and [`Error::Vanished`], none of
    /// which changes anything; [`Error::NotStarted`] with the end of PostgreSQL's log.
    pub fn open(data_dir: &Path) -> Result<Self, Error> {
        Self::open_with(data_dir, None)
    }

    /// As [`Cluster::open`]. If `programs` names a folder, only PostgreSQL's programs in it are used.
    ///
    /// # Errors
    /// As [`Cluster::open`].
    pub fn open_with(data_dir: &Path, programs: Option<&Path>) -> Result<Self, Error> {
        let user = RunAs::detect()?;
        let named = programs;
        // Before the folder is created, so that none is left if PostgreSQL is not installed.
        let mut programs = Programs::find_in(named)?;
        folders::create_data_dir(data_dir)?;
        let data_dir = fs::canonicalize(data_dir).map_err(io("find", data_dir))?;
        let lock = lock(&data_dir)?;
        let place = places::kept(&data_dir, user)?;
        if layout::exists(&place.base) {
            programs = programs_for(&place.base, &place.user, named, programs)?;
        }
        let instance = Instance {
            socket_dir: places::socket_dir(&place.user, &place.base)?,
            programs,
            user: place.user,
            settings: Settings::kept(),
            base: place.base,
        };
        instance.create()?;
        let mut notices = place.notices;
        if instance.can_be_adopted() {
            notices.push("PostgreSQL was still running after a crash of the server: it is used as it is".to_owned());
        } else {
            instance.stop(Shutdown::Fast)?;
            instance.start()?;
        }
        Ok(Self { instance, kind: Kind::Kept, notices, _lock: lock })
    }

    /// Whether a data folder has a cluster, in it or in another folder. Changes nothing.
    #[must_use]
    pub fn exists(data_dir: &Path) -> bool {
        places::of(data_dir).is_some_and(|base| layout::exists(&base))
    }

    /// The address of a database in the kept cluster of a data folder, while its server accepts connections. It is for
    /// programs beside the process that opened the cluster. It changes nothing and does not keep the cluster running.
    #[must_use]
    pub fn url_of_running(data_dir: &Path, database: &str) -> Option<String> {
        let base = places::of(&fs::canonicalize(data_dir).ok()?)?;
        Some(layout::url(&instance::ready_socket_dir(&base)?, database))
    }

    /// A new cluster for a test, for up to 300 connections, in a temporary folder with a short name. A cluster without
    /// durability is in memory, if there is room. It is stopped and removed when this is dropped or when this process
    /// ends, even by a crash.
    ///
    /// # Errors
    /// [`Error::ProgramsMissing`], [`Error::NoAccount`], [`Error::NoPlace`], [`Error::NotStarted`].
    pub fn temporary(durability: Durability) -> Result<Self, Error> {
        let user = RunAs::detect()?;
        let programs = Programs::find()?;
        let parent = places::throwaway_parent(&user, durability)?;
        let base = folders::base(&user, &parent, &folders::unique_name("onsale"))?;
        let users = watchdog::users(&base);
        let lock = watchdog::open_lock(&users)?;
        lock.lock_shared().map_err(io("lock", &users))?;
        watchdog::ensure(&base, Duration::ZERO)?;
        let cluster = Self {
            instance: Instance {
                socket_dir: places::socket_dir(&user, &base)?,
                programs,
                user,
                settings: Settings::throwaway(durability),
                base,
            },
            kind: Kind::Throwaway,
            notices: Vec::new(),
            _lock: lock,
        };
        let home = cluster.instance.home();
        folders::create(&home)?;
        folders::give(&home, &cluster.instance.user)?;
        cluster.instance.create()?;
        cluster.instance.start()?;
        Ok(cluster)
    }

    /// The address of one of its databases, in tokio-postgres's form:
    /// `postgres://postgres@%2Fsocket%2Ffolder/database`.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        self.instance.url(database)
    }

    /// Its Unix socket, `.../.s.PGSQL.5432`.
    #[must_use]
    pub fn socket_path(&self) -> PathBuf {
        self.instance.socket_path()
    }

    /// PostgreSQL's data folder.
    #[must_use]
    pub fn data_path(&self) -> PathBuf {
        self.instance.data()
    }

    /// PostgreSQL's log, over all starts.
    #[must_use]
    pub fn log_path(&self) -> PathBuf {
        self.instance.log()
    }

    /// The programs that it runs with.
    #[must_use]
    pub fn programs(&self) -> &Programs {
        &self.instance.programs
    }

    /// The process id of its postmaster, while that is running.
    #[must_use]
    pub fn postmaster_pid(&self) -> Option<u32> {
        self.instance.running()
    }

    /// Notices for the operator, one line each: the user that runs PostgreSQL, the cluster's folder if it is another
    /// one.
    #[must_use]
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// Stops it with a fast shutdown and starts it again on the same folder and socket.
    ///
    /// # Errors
    /// [`Error::NotStopped`], [`Error::NotStarted`].
    pub fn restart(&self) -> Result<(), Error> {
        self.instance.stop(Shutdown::Fast)?;
        self.instance.start()
    }

    /// Starts it on the same folder and socket, if it is not running. After [`Cluster::kill`] it recovers.
    ///
    /// # Errors
    /// [`Error::NotStarted`].
    pub fn start_again(&self) -> Result<(), Error> {
        if self.instance.running().is_some() {
            return Ok(());
        }
        self.instance.start()
    }

    /// Sends SIGKILL to the postmaster and all its processes, as in a crash of PostgreSQL. Returns when they are gone.
    pub fn kill(&self) {
        self.instance.kill();
    }

    /// Stops it, within seconds: fast shutdown, then immediate. A temporary cluster's folder is removed.
    ///
    /// # Errors
    /// [`Error::NotStopped`].
    pub fn stop(mut self) -> Result<(), Error> {
        let result = self.end();
        self.kind = Kind::Stopped;
        result
    }

    fn end(&self) -> Result<(), Error> {
        let base = &self.instance.base;
        match self.kind {
            Kind::Stopped => return Ok(()),
            Kind::Kept => self.instance.stop(Shutdown::Fast)?,
            Kind::Throwaway => {
                self.instance.shut_down_for_removal()?;
                fs::remove_dir_all(base).map_err(io("remove", base))?;
            }
        }
        if !self.instance.socket_dir.starts_with(base) {
            let _ = fs::remove_dir(&self.instance.socket_dir);
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.end();
    }
}

fn lock(data_dir: &Path) -> Result<File, Error> {
    let path = data_dir.join(LOCK);
    let mut file = watchdog::open_lock(&path)?;
    let since = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if since.elapsed() < HANDOVER => thread::sleep(POLL),
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                let _ = file.read_to_string(&mut text);
                let holder = text.trim().parse().ok();
                return Err(Error::InUse { data_dir: data_dir.to_path_buf(), holder });
            }
            Err(TryLockError::Error(error)) => return Err(io("lock", &path)(error)),
        }
    }
    // The process id is only for messages. The lock decides.
    file.set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| writeln!(file, "{}", std::process::id()))
        .map_err(io("write", &path))?;
    Ok(file)
}

/// The programs for an existing cluster: those of the major version that made it.
fn programs_for(base: &Path, user: &RunAs, named: Option<&Path>, found: Programs) -> Result<Programs, Error> {
    let folder = layout::data(base);
    let version = fs::read_to_string(folder.join("PG_VERSION")).unwrap_or_default();
    let version = version.trim();
    if version.is_empty() {
        return Err(Error::NotACluster { folder });
    }
    if version == found.major_version().to_string() {
        return Ok(found);
    }
    version.parse().ok().and_then(|major| Programs::find_major(user, named, major).ok()).ok_or_else(|| {
        Error::OtherVersion {
            folder,
            cluster: version.to_owned(),
            programs: found.major_version(),
            program_folder: found.folder().to_path_buf(),
        }
    })
}
