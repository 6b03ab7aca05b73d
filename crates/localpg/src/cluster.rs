use std::fs::{self, File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, io};
use crate::folders;
use crate::instance::{self, Instance, Shutdown};
use crate::places;
use crate::programs::Programs;
use crate::settings::{Durability, Settings};
use crate::user::RunAs;
use crate::watchdog;

/// In the data folder: locked by the server that has it open, whose process number it holds.
const LOCK: &str = "onsale.lock";

/// A private PostgreSQL cluster that runs, on a Unix socket only. It stops when this is dropped.
#[derive(Debug)]
pub struct Cluster {
    instance: Instance,
    kind: Kind,
    notices: Vec<String>,
    /// Held as long as this lives.
    _lock: File,
}

/// A server that was killed while it started a program leaves its lock to that one for a moment.
const HANDOVER: Duration = Duration::from_millis(500);
const POLL: Duration = Duration::from_millis(20);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Kept,
    Throwaway,
    /// By [`Cluster::stop`]: nothing is left for drop to do.
    Stopped,
}

impl Cluster {
    /// The kept cluster of a data folder, in `data_dir`/postgres, running and ready, for up to 100 connections and with
    /// PostgreSQL's full durability. It is made on first use; a server that a killed process left alive is adopted if it
    /// answers, else stopped and started; after a crash it recovers. Where PostgreSQL's user cannot get into the folder
    /// the cluster is elsewhere, the same place every time: [`Cluster::notices`] says so.
    ///
    /// # Errors
    /// [`Error::InUse`] while another process has it open; [`Error::ProgramsMissing`]; [`Error::OtherVersion`],
    /// [`Error::NotACluster`], [`Error::Unreachable`], [`Error::BelongsToAnother`] and [`Error::Vanished`], after which
    /// everything is as it was; [`Error::NotStarted`] with the end of PostgreSQL's log.
    pub fn open(data_dir: &Path) -> Result<Self, Error> {
        Self::open_with(data_dir, None)
    }

    /// As [`Cluster::open`], with PostgreSQL's programs out of the folder `programs`, and no other, where there is a name.
    ///
    /// # Errors
    /// As [`Cluster::open`].
    pub fn open_with(data_dir: &Path, programs: Option<&Path>) -> Result<Self, Error> {
        let user = RunAs::detect()?;
        let named = programs;
        // Where nothing is installed, no folder is left behind.
        let mut programs = Programs::find_in(named)?;
        fs::create_dir_all(data_dir).map_err(io("create", data_dir))?;
        let data_dir = fs::canonicalize(data_dir).map_err(io("find", data_dir))?;
        let lock = lock(&data_dir)?;
        let place = places::kept(&data_dir, user)?;
        if instance::exists(&place.base) {
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
            notices.push("PostgreSQL was still running after a crash: it is used as it is".to_owned());
        } else {
            instance.stop(Shutdown::Fast)?;
            instance.start()?;
        }
        Ok(Self { instance, kind: Kind::Kept, notices, _lock: lock })
    }

    /// Whether a data folder has a cluster, there or elsewhere. Touches nothing.
    #[must_use]
    pub fn exists(data_dir: &Path) -> bool {
        places::of(data_dir).is_some_and(|base| instance::exists(&base))
    }

    /// The address of a database in the kept cluster of a data folder, while its server runs and takes connections: for
    /// whoever works beside the process that has the cluster open. Touches nothing, and holds nothing: the cluster stops
    /// when that process wants it to.
    #[must_use]
    pub fn url_of_running(data_dir: &Path, database: &str) -> Option<String> {
        let base = places::of(&fs::canonicalize(data_dir).ok()?)?;
        Some(instance::url(&instance::serving(&base)?, database))
    }

    /// A new cluster for a test, for up to 300 connections, in a temporary folder with a short name: in memory where it
    /// is not durable and there is room. It is stopped and removed when this is dropped, or when this process ends in
    /// whatever way.
    ///
    /// # Errors
    /// [`Error::ProgramsMissing`], [`Error::NoAccount`], [`Error::NoPlace`], [`Error::NotStarted`].
    pub fn temporary(durability: Durability) -> Result<Self, Error> {
        let user = RunAs::detect()?;
        let programs = Programs::find()?;
        let parent = places::throwaway_parent(&user, durability)?;
        let base = folders::base(&user, &parent, &folders::fresh_name("onsale"))?;
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
        folders::make(&home)?;
        folders::give(&home, &cluster.instance.user)?;
        cluster.instance.create()?;
        cluster.instance.start()?;
        Ok(cluster)
    }

    /// The address of one of its databases, as tokio-postgres takes it: `postgres://postgres@%2Fsocket%2Ffolder/database`.
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

    /// What PostgreSQL writes, from all its starts.
    #[must_use]
    pub fn log_path(&self) -> PathBuf {
        self.instance.log()
    }

    /// The programs that it runs with.
    #[must_use]
    pub fn programs(&self) -> &Programs {
        &self.instance.programs
    }

    /// Its postmaster, while that is alive.
    #[must_use]
    pub fn postmaster_pid(&self) -> Option<u32> {
        self.instance.running()
    }

    /// What a person should know, a line each: as whom PostgreSQL runs, where the cluster is when it is elsewhere.
    #[must_use]
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// Stops it in good order and starts it again on the same folder and socket.
    ///
    /// # Errors
    /// [`Error::NotStopped`], [`Error::NotStarted`].
    pub fn restart(&self) -> Result<(), Error> {
        self.instance.stop(Shutdown::Fast)?;
        self.instance.start()
    }

    /// Starts it on the same folder and socket, if it does not run: after [`Cluster::kill`]. It then recovers.
    ///
    /// # Errors
    /// [`Error::NotStarted`].
    pub fn start_again(&self) -> Result<(), Error> {
        if self.instance.running().is_some() {
            return Ok(());
        }
        self.instance.start()
    }

    /// SIGKILL to the postmaster and all its processes, as in a crash of PostgreSQL. They are gone when this returns.
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
                self.instance.wind_up()?;
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
    // The number is for people: the lock is what counts.
    file.set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| writeln!(file, "{}", std::process::id()))
        .map_err(io("write", &path))?;
    Ok(file)
}

/// The programs for a cluster that exists: those of the major version that made it.
fn programs_for(base: &Path, user: &RunAs, named: Option<&Path>, found: Programs) -> Result<Programs, Error> {
    let folder = instance::data(base);
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
