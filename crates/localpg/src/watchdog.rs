//! The process that removes a throwaway cluster after its last user.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::{Error, io};
use crate::user::{detached, succeeded};

/// The watchdog: it removes a throwaway cluster after its last user has ended, even by a crash. PR_SET_PDEATHSIG would
/// not do: it exists on Linux only, needs unsafe code, and is bound to a thread.
const SCRIPT: &str = include_str!("watchdog.sh");

/// Locked exclusively while the cluster is started or removed.
pub(crate) fn gate(base: &Path) -> PathBuf {
    base.join("gate")
}

/// Locked shared by every process that uses the cluster.
pub(crate) fn users(base: &Path) -> PathBuf {
    base.join("users")
}

/// Locked by the watchdog for its life.
fn watch(base: &Path) -> PathBuf {
    base.join("watch")
}

/// Starts a watchdog for `base`, unless one is running. It waits until `users` is free, and `linger` longer. If `users`
/// is still free, it stops the cluster and removes `base`. The caller holds `users`.
pub(crate) fn ensure(base: &Path, linger: Duration) -> Result<(), Error> {
    let path = watch(base);
    let file = open_lock(&path)?;
    if file.try_lock().is_err() {
        return Ok(());
    }
    // Closing the file is not enough: a process that another thread is just starting may have a copy of it.
    file.unlock().map_err(io("unlock", &path))?;
    // The outer shell ends at once, so that the watchdog has no parent here and can outlive this process.
    let output = detached(Path::new("/bin/sh"), Path::new("/"))
        .args(["-c", "sh -c \"$@\" >/dev/null 2>&1 &", "sh"])
        .args([SCRIPT, "onsale-watchdog"])
        .arg(base)
        .arg(linger.as_secs().to_string())
        .output()
        .map_err(io("run", Path::new("/bin/sh")))?;
    succeeded("sh", &output)
}

/// Opens a file to lock. A lock belongs to the open file, so it ends with the process. std opens files close-on-exec,
/// so programs that are started do not inherit it.
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

/// Whether the path still names this open file.
pub(crate) fn is_still_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(found)) => open.dev() == found.dev() && open.ino() == found.ino(),
        _ => false,
    }
}
