use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use crate::programs::OLDEST_MAJOR_VERSION;

/// Why a private cluster cannot be had. Each message is complete: it names the folder or program and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No folder holds all of PostgreSQL's programs in a version that is new enough.
    #[error("{}", programs_missing(.looked))]
    ProgramsMissing {
        /// One line per place that was looked at, with what was wrong there.
        looked: Vec<String>,
    },

    /// Another process has the cluster of this data folder open.
    #[error("{} is in use by another server{}: stop that one, or give this one a data folder of its own", .data_dir.display(), by_process(*.holder))]
    InUse {
        /// The data folder.
        data_dir: PathBuf,
        /// The process that has it open, where it could be told.
        holder: Option<u32>,
    },

    /// The cluster was made by another major version than the programs that are installed; nothing was touched.
    #[error("the cluster in {} was made by PostgreSQL {cluster}, but the installed programs ({}) are of version {programs}: install PostgreSQL {cluster}, or name its programs' folder in ONSALE_PG_BIN, or move the cluster with pg_upgrade. Nothing was changed", .folder.display(), .program_folder.display())]
    OtherVersion {
        /// The folder of the cluster.
        folder: PathBuf,
        /// The major version that made it.
        cluster: String,
        /// The major version of the programs.
        programs: u32,
        /// Where the programs are.
        program_folder: PathBuf,
    },

    /// A folder stands where the cluster should be, and it is not a cluster.
    #[error("{} is not a PostgreSQL cluster (it has no PG_VERSION): move it away to start with an empty cluster. Nothing was changed", .folder.display())]
    NotACluster {
        /// That folder.
        folder: PathBuf,
    },

    /// The cluster exists, but the user that PostgreSQL's programs run as cannot get to it.
    #[error("the cluster is in {}, but user {user}, as whom PostgreSQL's programs run, cannot enter that folder: let others pass through its parents (chmod o+x), or move the data folder. Nothing was changed", .folder.display())]
    Unreachable {
        /// The folder of the cluster.
        folder: PathBuf,
        /// The user that cannot get there.
        user: String,
    },

    /// The cluster belongs to another user than the one that runs this process.
    #[error("the cluster in {} belongs to user id {owner}, and this process runs as user id {running}: run as that user or as root, or give the folder away with chown -R. Nothing was changed", .folder.display())]
    BelongsToAnother {
        /// The folder of the cluster.
        folder: PathBuf,
        /// Its owner.
        owner: u32,
        /// The user that asked for it.
        running: u32,
    },

    /// The data folder records that its cluster is elsewhere, and it cannot be used from there.
    #[error("{} says that the cluster is in {}, but {problem}: put things back, or remove that file to start with an empty cluster. Nothing was changed", .record.display(), .folder.display())]
    Vanished {
        /// Where the cluster was.
        folder: PathBuf,
        /// The file that says so.
        record: PathBuf,
        /// What is wrong with it.
        problem: String,
    },

    /// root started this, and there is no ordinary user to run PostgreSQL's programs as.
    #[error(
        "PostgreSQL refuses to run as root, and /etc/passwd has neither a user postgres nor a user nobody to run its programs as: add one, or start Onsale as an ordinary user"
    )]
    NoAccount,

    /// No folder was found in which a cluster or its socket can live.
    #[error("found no folder for {what}; tried {}", list(.tried))]
    NoPlace {
        /// What the folder was for.
        what: &'static str,
        /// What was tried.
        tried: Vec<PathBuf>,
    },

    /// A program of PostgreSQL failed.
    #[error("{program} failed ({status}):\n{output}")]
    ProgramFailed {
        /// The program.
        program: String,
        /// How it ended.
        status: String,
        /// The end of what it wrote.
        output: String,
    },

    /// PostgreSQL was started and did not become ready.
    #[error("PostgreSQL did not start on {}: {reason}. The end of {}:\n{output}", .folder.display(), .log.display())]
    NotStarted {
        /// The folder of the cluster.
        folder: PathBuf,
        /// What was seen.
        reason: String,
        /// The log file.
        log: PathBuf,
        /// The end of the log file.
        output: String,
    },

    /// PostgreSQL is still running after every way to stop it.
    #[error("PostgreSQL (process {pid}) on {} did not stop", .folder.display())]
    NotStopped {
        /// The postmaster.
        pid: u32,
        /// The folder of the cluster.
        folder: PathBuf,
    },

    /// A file, a folder or a process could not be worked with.
    #[error("cannot {what} {}: {source}", .path.display())]
    Io {
        /// What was tried ("create", "lock").
        what: &'static str,
        /// On what.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
}

/// For `map_err`: an I/O error with what was tried on which path.
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
        "PostgreSQL's programs (initdb, pg_ctl, postgres, pg_isready; version {OLDEST_MAJOR_VERSION} or newer) were not found. Looked at:\n"
    );
    for line in looked {
        let _ = writeln!(text, "  {line}");
    }
    text.push_str(
        "To install them:\n  \
         Debian, Ubuntu: apt-get install postgresql\n    \
         (this also starts a system-wide cluster, which Onsale does not use; without one: apt-get install postgresql-common,\n    \
         put create_main_cluster = false into /etc/postgresql-common/createcluster.conf, then apt-get install postgresql)\n  \
         Fedora, RHEL:   dnf install postgresql-server\n  \
         macOS:          brew install postgresql@17\n\
         If they are elsewhere, name their folder in ONSALE_PG_BIN. To use a PostgreSQL that already runs, set DATABASE_URL.",
    );
    text
}
