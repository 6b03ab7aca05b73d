//! The files of a cluster, and the addresses of its databases.
//!
//! ```text
//! base/              ours: locks, postgres.log
//!   postgres/        belongs to the user that runs PostgreSQL, 0700
//!     data/          PostgreSQL's data folder
//!     socket/        or a short folder elsewhere
//! ```

use std::fs;
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// A part of the socket's name only: no cluster here has a TCP port.
pub(crate) const PORT: &str = "5432";
/// PostgreSQL's superuser in every cluster. Clients connect as this user.
pub(crate) const SUPERUSER: &str = "postgres";

/// All bytes of a URL's host and path, except those that RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The folder below `base` that belongs to PostgreSQL's user.
pub(crate) fn home(base: &Path) -> PathBuf {
    base.join("postgres")
}

/// PostgreSQL's data folder below `base`.
pub(crate) fn data(base: &Path) -> PathBuf {
    home(base).join("data")
}

/// PostgreSQL's log below `base`.
pub(crate) fn log(base: &Path) -> PathBuf {
    base.join("postgres.log")
}

/// Whether there is a data folder below `base`. An empty folder does not count: a new cluster replaces it.
pub(crate) fn exists(base: &Path) -> bool {
    fs::read_dir(data(base))
        .map_or_else(|error| error.kind() != ErrorKind::NotFound, |mut entries| entries.next().is_some())
}

/// The socket in its folder.
pub(crate) fn socket_path(socket_dir: &Path) -> PathBuf {
    socket_dir.join(format!(".s.PGSQL.{PORT}"))
}

/// The address of a database, by the folder of the socket.
pub(crate) fn url(socket_dir: &Path, database: &str) -> String {
    let [folder, database] =
        [socket_dir.as_os_str().as_bytes(), database.as_bytes()].map(|part| percent_encode(part, RESERVED));
    format!("postgres://{SUPERUSER}@{folder}/{database}")
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::*;

    #[test]
    fn a_url_keeps_every_byte_of_a_folder() {
        let folder = Path::new(OsStr::from_bytes(b"/tmp/a b\xff"));
        assert_eq!(url(folder, "on-sale_1.~"), "postgres://postgres@%2Ftmp%2Fa%20b%FF/on-sale_1.~");
    }
}
