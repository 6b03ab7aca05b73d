//! Folders that other users cannot create, read or replace, and names that stay the same for the same thing.

use std::collections::hash_map::RandomState;
use std::env;
use std::fs::{self, DirBuilder, Permissions};
use std::hash::{BuildHasher as _, Hasher as _};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process;

use crate::error::{Error, io};
use crate::user::RunAs;

/// Only the owner.
pub(crate) const PRIVATE: u32 = 0o700;
/// Others may pass through to a folder inside, but see nothing.
const PASSAGE: u32 = 0o711;

/// Other users may have taken a name first. This many names are tried.
const NAMES_TRIED: u32 = 16;

/// A folder for a cluster and its locks, new or from an earlier call by this user. It is private, except that another
/// PostgreSQL user may pass through. A folder of another user is left alone, and the next name is tried.
pub(crate) fn base(user: &RunAs, parent: &Path, stem: &str) -> Result<PathBuf, Error> {
    let mode = if user.is_another() { PASSAGE } else { PRIVATE };
    for number in 0..NAMES_TRIED {
        let folder = parent.join(numbered(stem, number));
        if create_or_check(&folder, mode, &[user.own_uid()])? {
            return Ok(folder);
        }
    }
    Err(no_place("a cluster", parent, stem))
}

/// A folder of PostgreSQL's user for a socket, with a short name.
pub(crate) fn short_socket_dir(user: &RunAs, stem: &str) -> Result<PathBuf, Error> {
    let parent = short_temporary();
    for number in 0..NAMES_TRIED {
        let folder = parent.join(numbered(stem, number));
        if create_or_check(&folder, PRIVATE, &[user.own_uid(), user.uid()])? {
            give(&folder, user)?;
            return Ok(folder);
        }
    }
    Err(no_place("the socket", &parent, stem))
}

/// Makes PostgreSQL's user the owner of a folder of ours.
pub(crate) fn give(folder: &Path, user: &RunAs) -> Result<(), Error> {
    if user.is_another() {
        let group = None;
        std::os::unix::fs::lchown(folder, Some(user.uid()), group).map_err(io("change the owner of", folder))?;
    }
    Ok(())
}

/// Creates a private folder, which must not exist yet.
pub(crate) fn create(folder: &Path) -> Result<(), Error> {
    DirBuilder::new().mode(PRIVATE).create(folder).map_err(io("create", folder))
}

/// Creates a data folder and its parents, where they do not exist. Other users see nothing of a new one, and may pass
/// through, because PostgreSQL may run as another user. The mode of an older one stays as it is.
pub(crate) fn create_data_dir(folder: &Path) -> Result<(), Error> {
    DirBuilder::new().recursive(true).mode(PASSAGE).create(folder).map_err(io("create", folder))
}

/// A temporary folder with a short name that every user can pass through.
pub(crate) fn short_temporary() -> PathBuf {
    let short = PathBuf::from("/tmp");
    if short.is_dir() { short } else { env::temp_dir() }
}

/// A name that is not in use.
pub(crate) fn unique_name(stem: &str) -> String {
    // RandomState is seeded by the system, so this needs no crate of random numbers.
    let random = RandomState::new().build_hasher().finish();
    format!("{stem}-{}-{random:016x}", process::id())
}

/// FNV-1a, in hexadecimal: the same in every build of this program, unlike std's hasher.
pub(crate) fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mut state = OFFSET;
    for part in parts {
        for byte in part.iter().chain(&[0]) {
            state = (state ^ u64::from(*byte)).wrapping_mul(PRIME);
        }
    }
    format!("{state:016x}")
}

/// Creates the folder, or checks that it belongs to one of these users and that no other can change or list it.
fn create_or_check(folder: &Path, mode: u32, owners: &[u32]) -> Result<bool, Error> {
    match DirBuilder::new().mode(mode).create(folder) {
        // The umask has removed some bits of the mode.
        Ok(()) => fs::set_permissions(folder, Permissions::from_mode(mode))
            .map(|()| true)
            .map_err(io("change the mode of", folder)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let Ok(found) = fs::symlink_metadata(folder) else {
                return Ok(false);
            };
            let others = 0o066 | (!mode & 0o077);
            Ok(found.is_dir() && owners.contains(&found.uid()) && found.mode() & others == 0)
        }
        Err(error) => Err(io("create", folder)(error)),
    }
}

fn numbered(stem: &str, number: u32) -> String {
    if number == 0 { stem.to_owned() } else { format!("{stem}-{number}") }
}

fn no_place(what: &'static str, parent: &Path, stem: &str) -> Error {
    Error::NoPlace { what, tried: vec![parent.join(stem)] }
}
