//! The test cluster that processes share.

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

/// How long the cluster outlives its last user: `cargo test` runs one test binary after the other.
const LINGER: Duration = Duration::from_secs(5);
/// The limit of waiting for another process that starts the cluster, which takes a second or two.
const JOIN_LIMIT: Duration = Duration::from_secs(120);
const POLL: Duration = Duration::from_millis(20);

/// The test cluster that this process shares with others. This process counts as a user of it until it ends, even after
/// this value is dropped.
#[derive(Debug, Clone)]
pub struct SharedCluster {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    instance: Instance,
    _users: File,
}

/// A process joins once. Its lock ends with the process, and later calls cost nothing.
static JOINED: Mutex<Option<SharedCluster>> = Mutex::new(None);

/// The cluster that all test processes of one `cargo test` share: not durable, for up to 300 connections. The first
/// process starts it. It is removed about 5 seconds after its last process has ended, even by a crash. There is one for
/// each user, target folder, version of the programs and version of the settings.
///
/// # Errors
/// [`Error::ProgramsMissing`], [`Error::NoAccount`], [`Error::NoPlace`], and the errors of starting PostgreSQL.
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

    /// The process id of its postmaster, while that is running.
    #[must_use]
    pub fn postmaster_pid(&self) -> Option<u32> {
        self.inner.instance.running()
    }

    /// The folder that is removed with it.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.inner.instance.base
    }

    /// The programs that it runs with.
    #[must_use]
    pub fn programs(&self) -> &Programs {
        &self.inner.instance.programs
    }
}

/// Joins the shared cluster, or starts it. watchdog.sh explains why no user is left with a cluster that is removed.
fn join() -> Result<SharedCluster, Error> {
    let user = RunAs::detect()?;
    let programs = Programs::find()?;
    let settings = Settings::throwaway(Durability::None);
    let parent = places::throwaway_parent(&user, Durability::None)?;
    let stem = format!("onsale-test-{}", key(&user, &programs, &settings)?);
    let since = Instant::now();
    loop {
        let base = folders::base(&user, &parent, &stem)?;
        if let Some(gate) = lock_gate(&base)? {
            let users = watchdog::open_lock(&watchdog::users(&base))?;
            users.lock_shared().map_err(io("lock", &watchdog::users(&base)))?;
            // Before the cluster is created, so that it is also removed if this process dies meanwhile.
            watchdog::ensure(&base, LINGER)?;
            let instance = Instance { socket_dir: places::socket_dir(&user, &base)?, programs, user, settings, base };
            if !instance.can_be_adopted() {
                recreate(&instance)?;
            }
            drop(gate);
            return Ok(SharedCluster { inner: Arc::new(Inner { instance, _users: users }) });
        }
        if since.elapsed() > JOIN_LIMIT {
            return Err(Error::NoPlace {
                what: "the shared test cluster (another process holds its gate)",
                tried: vec![base],
            });
        }
        thread::sleep(POLL);
    }
}

/// Locks the gate of the base that is at this path now. `None` if the caller has to try again.
fn lock_gate(base: &Path) -> Result<Option<File>, Error> {
    let path = watchdog::gate(base);
    // The base may have been removed since it was created. Then this fails, and the next try creates another.
    let Ok(gate) = watchdog::open_lock(&path) else {
        return Ok(None);
    };
    match gate.try_lock() {
        Ok(()) => Ok(watchdog::is_still_at(&gate, &path).then_some(gate)),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(error)) => Err(io("lock", &path)(error)),
    }
}

/// Replaces the cluster. It is not in use, since the gate is held and it could not be adopted, or it is broken, and a
/// test cluster is not worth repairing.
fn recreate(instance: &Instance) -> Result<(), Error> {
    instance.shut_down_for_removal()?;
    let home = instance.home();
    match fs::remove_dir_all(&home) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(io("remove", &home)(error));
        }
        _ => {}
    }
    folders::create(&home)?;
    folders::give(&home, &instance.user)?;
    instance.create()?;
    instance.start()
}

fn key(user: &RunAs, programs: &Programs, settings: &Settings) -> Result<String, Error> {
    let program = env::current_exe().map_err(io("find", Path::new("this program")))?;
    let target = program
        .ancestors()
        // Cargo marks its target folder with this file.
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
