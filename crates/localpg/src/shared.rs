use std::env;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, io};
use crate::folders;
use crate::instance::Instance;
use crate::places;
use crate::programs::Programs;
use crate::settings::{Durability, Settings};
use crate::user::RunAs;
use crate::watchdog;

/// `cargo test` runs one test binary after the other: the cluster outlives the moment between two.
const LINGER: Duration = Duration::from_secs(5);
/// Somebody else is starting it, which takes a second or two.
const JOIN_LIMIT: Duration = Duration::from_secs(120);
const POLL: Duration = Duration::from_millis(20);

/// The test cluster that this process shares with others. This process counts as its user until it ends, whether or not
/// this value is kept.
#[derive(Debug, Clone)]
pub struct SharedCluster {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    instance: Instance,
    _users: File,
}

/// One join per process: its lock ends with the process, and every later call is free.
static JOINED: Mutex<Option<SharedCluster>> = Mutex::new(None);

/// The cluster that all test processes of one `cargo test` share, not durable, with room for 300 connections: started by
/// whoever comes first, gone some 5 seconds after the last process that uses it ended, even after a crash. There is one
/// per user, target folder, version of the programs and of the settings.
///
/// # Errors
/// [`Error::ProgramsMissing`], [`Error::NoAccount`], [`Error::NoPlace`], and whatever keeps PostgreSQL from starting.
pub fn shared_test_cluster() -> Result<SharedCluster, Error> {
    let mut joined = JOINED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(cluster) = &*joined
        && cluster.inner.instance.running().is_some()
    {
        return Ok(cluster.clone());
    }
    let cluster = join()?;
    *joined = Some(cluster.clone());
    Ok(cluster)
}

impl SharedCluster {
    /// The address of one of its databases: `postgres://postgres@%2Fsocket%2Ffolder/database`.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        self.inner.instance.url(database)
    }

    /// Its Unix socket.
    #[must_use]
    pub fn socket_path(&self) -> PathBuf {
        self.inner.instance.socket_path()
    }

    /// Its postmaster, while that is alive.
    #[must_use]
    pub fn postmaster_pid(&self) -> Option<u32> {
        self.inner.instance.running()
    }

    /// The folder that goes away with it.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.inner.instance.base
    }

    /// The programs that it was made with.
    #[must_use]
    pub fn programs(&self) -> &Programs {
        &self.inner.instance.programs
    }
}

/// The other half of the argument in watchdog.sh.
fn join() -> Result<SharedCluster, Error> {
    let user = RunAs::detect()?;
    let programs = Programs::find()?;
    let settings = Settings::throwaway(Durability::None);
    let parent = places::throwaway_parent(&user, Durability::None)?;
    let stem = format!("onsale-test-{}", key(&user, &programs, &settings)?);
    let since = Instant::now();
    loop {
        let base = folders::base(&user, &parent, &stem)?;
        if let Some(gate) = pass_gate(&base)? {
            let users = watchdog::open_lock(&watchdog::users(&base))?;
            users.lock_shared().map_err(io("lock", &watchdog::users(&base)))?;
            // Before the cluster is made, so that it also goes when this process dies while making it.
            watchdog::ensure(&base, LINGER)?;
            let instance = Instance { socket_dir: places::socket_dir(&user, &base)?, programs, user, settings, base };
            if !instance.can_be_adopted() {
                make_anew(&instance)?;
            }
            drop(gate);
            return Ok(SharedCluster { inner: Arc::new(Inner { instance, _users: users }) });
        }
        if since.elapsed() > JOIN_LIMIT {
            return Err(Error::NoPlace {
                what: "the shared test cluster (somebody holds its gate)",
                tried: vec![base],
            });
        }
        thread::sleep(POLL);
    }
}

/// The gate, held, and certainly that of the base that is there now. None where it has to be tried again.
fn pass_gate(base: &Path) -> Result<Option<File>, Error> {
    let path = watchdog::gate(base);
    // The base may have gone since it was made: then this fails, and the next try makes another.
    let Ok(gate) = watchdog::open_lock(&path) else {
        return Ok(None);
    };
    match gate.try_lock() {
        Ok(()) => Ok(watchdog::is_still_at(&gate, &path).then_some(gate)),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(error)) => Err(io("lock", &path)(error)),
    }
}

/// Whatever is there is not in use (the gate is held and nobody could adopt it), or sick: a test cluster holds nothing
/// worth repairing.
fn make_anew(instance: &Instance) -> Result<(), Error> {
    instance.wind_up()?;
    let home = instance.home();
    match fs::remove_dir_all(&home) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(io("remove", &home)(error));
        }
        _ => {}
    }
    folders::make(&home)?;
    folders::give(&home, &instance.user)?;
    instance.create()?;
    instance.start()
}

fn key(user: &RunAs, programs: &Programs, settings: &Settings) -> Result<String, Error> {
    let program = env::current_exe().map_err(io("find", Path::new("this program")))?;
    let target = program
        .ancestors()
        // cargo marks its target folder so.
        .find(|folder| folder.join("CACHEDIR.TAG").is_file())
        .or(program.parent())
        .unwrap_or(Path::new("/"));
    Ok(folders::hash([
        target.as_os_str().as_bytes(),
        programs.folder().as_os_str().as_bytes(),
        programs.version().as_bytes(),
        settings.file(Path::new("")).as_bytes(),
        user.own_uid().to_string().as_bytes(),
        user.uid().to_string().as_bytes(),
    ]))
}
