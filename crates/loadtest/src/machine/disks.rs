//! A small disk: a tmpfs of its own, which a few megabytes fill.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Error;
use crate::machine::commands::run;

/// The file that fills the disk, beside what PostgreSQL has there.
const FILLING: &str = "filling";

/// A mounted tmpfs. It is taken away when this is dropped.
#[derive(Debug)]
pub struct SmallDisk {
    folder: PathBuf,
}

impl SmallDisk {
    /// Mounts a disk of so many megabytes at a folder, which is created, for the user and the group of these numbers.
    ///
    /// # Errors
    /// [`Error::Failed`] with the words of `mount` where this process may not mount, [`Error::Io`].
    pub fn mount(folder: &Path, megabytes: u32, (user, group): (u32, u32)) -> Result<Self, Error> {
        fs::create_dir(folder).map_err(Error::io(format!("create {}", folder.display())))?;
        let disk = Self { folder: folder.to_path_buf() };
        let mut mount = Command::new("mount");
        let options = format!("size={megabytes}m,uid={user},gid={group},mode=0755");
        mount.args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(folder);
        run(mount)?;
        // PostgreSQL wants a folder with nothing else in it.
        let table_space = disk.table_space();
        fs::create_dir(&table_space).map_err(Error::io(format!("create {}", table_space.display())))?;
        std::os::unix::fs::chown(&table_space, Some(user), Some(group))
            .map_err(Error::io(format!("give {} away", table_space.display())))?;
        Ok(disk)
    }

    /// The folder for PostgreSQL's files.
    pub fn table_space(&self) -> PathBuf {
        self.folder.join("tables")
    }

    /// Takes all space that is free.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn fill(&self) -> Result<(), Error> {
        let path = self.folder.join(FILLING);
        let writing = || format!("write {}", path.display());
        let mut file = File::options().create(true).append(true).open(&path).map_err(Error::io(writing()))?;
        // The last bytes go in one page at a time.
        for size in [1 << 20, 1 << 12] {
            let zeros = vec![0; size];
            loop {
                match file.write_all(&zeros) {
                    Ok(()) => {}
                    Err(error) if error.kind() == io::ErrorKind::StorageFull => break,
                    Err(error) => return Err(Error::io(writing())(error)),
                }
            }
        }
        Ok(())
    }

    /// Gives the space back.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn empty(&self) -> Result<(), Error> {
        let path = self.folder.join(FILLING);
        fs::remove_file(&path).map_err(Error::io(format!("remove {}", path.display())))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let mut unmount = Command::new("umount");
        // A process of PostgreSQL may still be about to end.
        unmount.arg("--lazy").arg(&self.folder);
        let _ = run(unmount);
        let _ = fs::remove_dir(&self.folder);
    }
}
