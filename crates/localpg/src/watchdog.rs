use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::{Error, io};
use crate::user::{detached, succeeded};

/// What ends a throwaway cluster when its last user is gone, however that user went. Not PR_SET_PDEATHSIG, which is
/// Linux's alone, needs unsafe code, and is bound to a thread.
const SCRIPT: &str = include_str!("watchdog.sh");

/// Held exclusively while the cluster is started or taken away.
pub(crate) fn gate(base: &Path) -> PathBuf {
    base.join("gate")
}

/// Held shared by every process that uses the cluster.
pub(crate) fn users(base: &Path) -> PathBuf {
    base.join("users")
}

/// Held by the watchdog for its life.
fn watch(base: &Path) -> PathBuf {
    base.join("watch")
}

/// Starts a watchdog for `base`, unless one is there. It waits until nobody holds `users`, waits `linger`, and if still
/// nobody does, stops the cluster and removes `base`. The caller holds `users`.
pub(crate) fn ensure(base: &Path, linger: Duration) -> Result<(), Error> {
    let path = watch(base);
    let file = open_lock(&path)?;
    if file.try_lock().is_err() {
        return Ok(());
    }
    // Closing alone would not do: a process that another thread is starting right now may have a copy.
    file.unlock().map_err(io("unlock", &path))?;
    // The outer shell ends at once, so that the watchdog is nobody's child: whoever starts it may end before it.
    let output = detached(Path::new("/bin/sh"), Path::new("/"))
        .args(["-c", "sh -c \"$@\" >/dev/null 2>&1 &", "sh"])
        .args([SCRIPT, "onsale-watchdog"])
        .arg(base)
        .arg(linger.as_secs().to_string())
        .output()
        .map_err(io("run", Path::new("/bin/sh")))?;
    succeeded("sh", &output)
}

/// Opens a file to be locked. Locks belong to the open file: they end with the process, and since std opens files
/// close-on-exec, no program that is started inherits them.
pub(crate) fn open_lock(path: &Path) -> Result<File, Error> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
        .map_err(io("open", path))
}

/// Whether the path still leads to this open file.
pub(crate) fn is_still_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(found)) => open.dev() == found.dev() && open.ino() == found.ino(),
        _ => false,
    }
}
