//! Where a cluster lives when it cannot live where it should.

use std::env;
use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::{Error, io};
use crate::folders::{self, PRIVATE};
use crate::layout;
use crate::settings::Durability;
use crate::user::RunAs;

/// The longest path in sockaddr_un, with its terminator: 108 bytes on Linux, 104 on other systems.
const SOCKET_PATH_BYTES: usize = if cfg!(target_os = "linux") { 107 } else { 103 };

/// A file in the data folder: the folder of the cluster, if that is another one.
const RECORD: &str = "postgres.location";
/// A file in that other folder: the data folder that it belongs to.
const BELONGS_TO: &str = "belongs-to";
/// How often a data folder may be removed and created again, each time leaving behind a cluster in another folder.
const ORPHANED_CLUSTERS_MAX: u8 = 64;

/// The clusters of a test run and their logs stay far below this.
const ROOM_KIB: u64 = 1 << 20;
const MEMORY: &str = "/dev/shm";

/// The place of a kept cluster.
pub(crate) struct Place {
    pub(crate) base: PathBuf,
    /// The user that runs PostgreSQL; the cluster's owner, if it exists.
    pub(crate) user: RunAs,
    pub(crate) notices: Vec<String>,
}

/// Finds the place of a data folder's cluster: the data folder itself, or the folder in its record, or, for a new
/// cluster, a folder that PostgreSQL's user can enter. It is the same in every call. The caller holds the data folder's
/// lock.
pub(crate) fn kept(data_dir: &Path, user: RunAs) -> Result<Place, Error> {
    let mut notices = Vec::new();
    if user.is_another() {
        notices.push(format!("PostgreSQL refuses to run as root: its programs run as user {}", user.name()));
    }
    if layout::exists(data_dir) {
        let user = owner_of(&layout::home(data_dir), &user)?;
        return Ok(Place { base: data_dir.to_path_buf(), user, notices });
    }
    let record = data_dir.join(RECORD);
    if let Some(base) = recorded(data_dir, &record)? {
        let user = owner_of(&layout::home(&base), &user)?;
        notices.push(elsewhere_notice(&base, data_dir, &user));
        return Ok(Place { base, user, notices });
    }
    if create_home(data_dir, &user)? {
        return Ok(Place { base: data_dir.to_path_buf(), user, notices });
    }
    let base = elsewhere(data_dir, &user)?;
    // The record comes before the cluster: a cluster without a record belongs to a data folder that was removed.
    let new = data_dir.join(format!("{RECORD}.new"));
    fs::write(&new, base.as_os_str().as_bytes()).map_err(io("write", &new))?;
    fs::rename(&new, &record).map_err(io("write", &record))?;
    notices.push(elsewhere_notice(&base, data_dir, &user));
    Ok(Place { base, user, notices })
}

/// The place of a data folder's cluster, if it has one. Changes nothing.
pub(crate) fn of(data_dir: &Path) -> Option<PathBuf> {
    if layout::exists(data_dir) {
        return Some(data_dir.to_path_buf());
    }
    fs::read(data_dir.join(RECORD)).ok().map(|bytes| PathBuf::from(OsString::from_vec(bytes)))
}

/// The folder for a cluster's socket. It is in the cluster's folder, unless that name is too long or has characters
/// that separate PostgreSQL's lists, or the file system has no sockets.
pub(crate) fn socket_dir(user: &RunAs, base: &Path) -> Result<PathBuf, Error> {
    let folder = layout::home(base).join("socket");
    let bytes = folder.as_os_str().as_bytes();
    let fits = layout::socket_path(&folder).as_os_str().len() <= SOCKET_PATH_BYTES;
    if fits && !bytes.iter().any(|byte| is_special(*byte)) && has_sockets(base) {
        return Ok(folder);
    }
    folders::short_socket_dir(user, &format!("onsale-{}", folders::hash([bytes])))
}

/// The parent folder for a throwaway cluster: in memory for one without durability, if there is room.
pub(crate) fn throwaway_parent(user: &RunAs, durability: Durability) -> Result<PathBuf, Error> {
    let mut folders = Vec::new();
    if durability == Durability::None && free_kib(Path::new(MEMORY)) > ROOM_KIB {
        folders.push(PathBuf::from(MEMORY));
    }
    folders.extend([folders::short_temporary(), env::temp_dir(), PathBuf::from("/var/tmp")]);
    folders
        .iter()
        .find(|folder| can_make_in(folder) && can_enter(user, folder))
        .cloned()
        .ok_or(Error::NoPlace { what: "a throwaway cluster", tried: folders })
}

/// The owner of a cluster, if this process can run PostgreSQL as that user and the user can enter the folder.
fn owner_of(home: &Path, user: &RunAs) -> Result<RunAs, Error> {
    let found = fs::metadata(home).map_err(io("find", home))?;
    let owner = user.owner(found.uid(), found.gid()).ok_or_else(|| Error::BelongsToAnother {
        folder: home.to_path_buf(),
        owner: found.uid(),
        running: user.own_uid(),
    })?;
    if can_enter(&owner, home) {
        return Ok(owner);
    }
    Err(Error::Unreachable { folder: home.to_path_buf(), user: owner.name() })
}

/// Creates the folder for a new cluster, or reuses that of a failed attempt. Removes it and returns false if
/// PostgreSQL's user cannot work there.
fn create_home(base: &Path, user: &RunAs) -> Result<bool, Error> {
    // A control character would break the lines of postmaster.pid.
    if base.as_os_str().as_bytes().iter().any(u8::is_ascii_control) {
        return Ok(false);
    }
    let home = layout::home(base);
    if !home.is_dir() {
        folders::create(&home)?;
    }
    let usable = fs::set_permissions(&home, Permissions::from_mode(PRIVATE)).is_ok()
        && folders::give(&home, user).is_ok()
        // Some file systems accept these calls and change nothing.
        && fs::metadata(&home)
            .is_ok_and(|found| found.mode() & 0o777 == PRIVATE && found.uid() == user.uid())
        && can_enter(user, &home);
    if !usable {
        fs::remove_dir_all(&home).map_err(io("remove", &home))?;
    }
    Ok(usable)
}

fn elsewhere(data_dir: &Path, user: &RunAs) -> Result<PathBuf, Error> {
    let mut parents = Vec::new();
    if user.own_uid() == 0 {
        parents.push(PathBuf::from("/var/lib"));
    } else if let Some(home) = env::var_os("HOME") {
        parents.push(PathBuf::from(home).join(".local/share"));
    }
    // This folder survives a restart of the machine, unlike /tmp.
    parents.push(PathBuf::from("/var/tmp"));
    parents.push(env::temp_dir());
    for parent in &parents {
        if let Some(base) = new_base_in(parent, data_dir, user)? {
            return Ok(base);
        }
    }
    Err(Error::NoPlace { what: "the cluster", tried: parents })
}

/// A new folder below `parent`; `None` if that is not suitable.
fn new_base_in(parent: &Path, data_dir: &Path, user: &RunAs) -> Result<Option<PathBuf>, Error> {
    let owner = data_dir.as_os_str().as_bytes();
    for number in 0..ORPHANED_CLUSTERS_MAX {
        let stem = format!("onsale-{}", folders::hash([owner, &[number]]));
        let Ok(base) = folders::base(user, parent, &stem) else {
            return Ok(None);
        };
        // It belongs to an earlier data folder at this path, and only a person may remove it.
        if layout::exists(&base) {
            continue;
        }
        if !create_home(&base, user)? {
            let _ = fs::remove_dir_all(&base);
            return Ok(None);
        }
        let belongs_to = base.join(BELONGS_TO);
        fs::write(&belongs_to, owner).map_err(io("write", &belongs_to))?;
        return Ok(Some(base));
    }
    Ok(None)
}

/// The folder in the record. A copy of a data folder does not share the cluster of the original. A data folder that was
/// moved keeps its cluster.
fn recorded(data_dir: &Path, record: &Path) -> Result<Option<PathBuf>, Error> {
    let base = match fs::read(record) {
        Ok(bytes) => PathBuf::from(OsString::from_vec(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io("read", record)(error)),
    };
    let vanished =
        |problem: String| Error::Vanished { folder: layout::data(&base), record: record.to_path_buf(), problem };
    let belongs_to = base.join(BELONGS_TO);
    let original = fs::read(&belongs_to)
        .map(|bytes| PathBuf::from(OsString::from_vec(bytes)))
        .map_err(|error| vanished(format!("that folder cannot be read ({error})")))?;
    if original != data_dir {
        if original.exists() {
            return Err(vanished(format!("it belongs to {}, of which this seems to be a copy", original.display())));
        }
        fs::write(&belongs_to, data_dir.as_os_str().as_bytes()).map_err(io("write", &belongs_to))?;
    }
    Ok(Some(base))
}

fn elsewhere_notice(base: &Path, data_dir: &Path, user: &RunAs) -> String {
    format!(
        "the PostgreSQL cluster is in {}, because user {} cannot work in {}",
        layout::home(base).display(),
        user.name(),
        data_dir.display()
    )
}

fn can_enter(user: &RunAs, folder: &Path) -> bool {
    user.shell(Path::new("/"), "cd \"$1\"", &[folder]).is_ok_and(|output| output.status.success())
}

fn can_make_in(folder: &Path) -> bool {
    let probe = folder.join(folders::unique_name("onsale-probe"));
    let made = folders::create(&probe).is_ok();
    made && fs::remove_dir(&probe).is_ok()
}

fn has_sockets(base: &Path) -> bool {
    let probe = base.join("probe");
    let _ = fs::remove_file(&probe);
    let bound = UnixListener::bind(&probe).is_ok();
    let _ = fs::remove_file(&probe);
    bound
}

/// Whether a byte separates or quotes names in PostgreSQL's lists of folders, or is a control character.
fn is_special(byte: u8) -> bool {
    byte.is_ascii_control() || matches!(byte, b',' | b'"' | b'\'' | b'\\')
}

/// The free space of a folder in KiB; 0 if there is no such folder.
fn free_kib(folder: &Path) -> u64 {
    let output = Command::new("df").arg("-Pk").arg(folder).stdin(Stdio::null()).stderr(Stdio::null()).output();
    output
        .ok()
        .and_then(|output| {
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
        })
        .unwrap_or(0)
}
