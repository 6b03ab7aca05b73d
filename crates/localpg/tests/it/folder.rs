use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder that every user can reach, gone with the test; in memory where there is room, since nothing here is about
/// the disk, which builds keep busy.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = parent().join(format!("localpg-it-{}-{number}", std::process::id()));
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

fn parent() -> PathBuf {
    const ROOM_KIB: u64 = 2 << 20;
    let output = Command::new("df").args(["-Pk", "/dev/shm"]).output();
    let free = output.ok().and_then(|output| {
        let text = String::from_utf8(output.stdout).ok()?;
        text.lines().nth(1)?.split_whitespace().nth(3)?.parse::<u64>().ok()
    });
    let roomy = free.is_some_and(|free| free > ROOM_KIB);
    PathBuf::from(if roomy { "/dev/shm" } else { "/tmp" })
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

pub(crate) fn running_as_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    // A file of ours: there is no getuid in std.
    let folder = Folder::new();
    fs::metadata(folder.path()).unwrap().uid() == 0
}
