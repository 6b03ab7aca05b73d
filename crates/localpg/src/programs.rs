use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::Error;
use crate::user::RunAs;

/// The oldest major version of PostgreSQL that Onsale works with: the oldest that its makers still maintain, and the
/// first with `client_connection_check_interval`.
pub const OLDEST_MAJOR_VERSION: u32 = 14;

/// The variable that names the folder of the programs. Once it is set, no other place counts.
const VARIABLE: &str = "ONSALE_PG_BIN";

const NEEDED: [&str; 4] = ["initdb", "pg_ctl", "postgres", "pg_isready"];

/// The folders that packages install into, as (parent, how the name in it starts, rest); of several versions the
/// highest comes first.
const USUAL_FOLDERS: [(&str, &str, &str); 11] = [
    ("/usr/lib/postgresql", "", "bin"), // Debian, Ubuntu
    ("/usr", "pgsql-", "bin"),          // PostgreSQL's own packages for Fedora and RHEL
    ("/usr/lib", "postgresql", "bin"),  // SUSE
    ("/usr/libexec", "postgresql", ""), // Alpine
    ("/opt/homebrew/opt", "postgresql@", "bin"),
    ("/usr/local/opt", "postgresql@", "bin"),
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
    ("/opt/local/lib", "postgresql", "bin"), // MacPorts
    ("/usr/local", "pgsql", "bin"),          // built from source
    ("/usr", "bin", ""),                     // Fedora, Arch
    ("/usr/local", "bin", ""),
];

/// The PostgreSQL programs that are installed: a folder that holds initdb, pg_ctl, postgres and pg_isready of one
/// version, at least [`OLDEST_MAJOR_VERSION`].
#[derive(Debug, Clone)]
pub struct Programs {
    folder: PathBuf,
    major_version: u32,
    version: String,
}

impl Programs {
    /// Finds them. The order: the folder that the variable `ONSALE_PG_BIN` names (then no other is looked at), the
    /// folders of `PATH`, what `pg_config --bindir` says, the usual folders of Debian, Fedora, SUSE, Alpine, Homebrew,
    /// Postgres.app and MacPorts, highest version first.
    ///
    /// # Errors
    /// [`Error::ProgramsMissing`], with every place that was looked at; [`Error::NoAccount`].
    pub fn find() -> Result<Self, Error> {
        Self::find_in(None)
    }

    /// As [`Programs::find`], with the folder that `ONSALE_PG_BIN` names where the environment does not: in a file of
    /// settings.
    pub(crate) fn find_in(named: Option<&Path>) -> Result<Self, Error> {
        Self::search(&RunAs::detect()?, named, |_| true)
    }

    /// As [`Programs::find_in`], of this major version and no other.
    pub(crate) fn find_major(user: &RunAs, named: Option<&Path>, major_version: u32) -> Result<Self, Error> {
        Self::search(user, named, |programs| programs.major_version == major_version)
    }

    /// The path of one of the programs: "initdb", "psql".
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The folder that holds them.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// 15 of 15.13.
    #[must_use]
    pub fn major_version(&self) -> u32 {
        self.major_version
    }

    /// What `postgres --version` says.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    fn search(user: &RunAs, named: Option<&Path>, fits: impl Fn(&Self) -> bool) -> Result<Self, Error> {
        let mut looked = Vec::new();
        let mut seen: Vec<PathBuf> = Vec::new();
        for (place, folders) in places(named) {
            if folders.is_empty() {
                looked.push(format!("{place}: no PostgreSQL programs"));
            }
            for folder in folders {
                if seen.contains(&folder) {
                    continue;
                }
                match Self::in_folder(user, &folder) {
                    Ok(programs) if fits(&programs) => return Ok(programs),
                    Ok(programs) => {
                        looked.push(format!("{place}: {} has version {}", folder.display(), programs.major_version))
                    }
                    Err(reason) => looked.push(format!("{place}: {} {reason}", folder.display())),
                }
                seen.push(folder);
            }
        }
        Err(Error::ProgramsMissing { looked })
    }

    fn in_folder(user: &RunAs, folder: &Path) -> Result<Self, String> {
        let missing: Vec<&str> = NEEDED.into_iter().filter(|name| !folder.join(name).is_file()).collect();
        if !missing.is_empty() {
            return Err(format!("has no {}", missing.join(", ")));
        }
        // Asked as the user that will run it: root may see a folder that this user does not.
        let output = user
            .command(&folder.join("postgres"), Path::new("/"))
            .arg("--version")
            .output()
            .map_err(|error| format!("cannot be run by user {}: {error}", user.name()))?;
        let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let major_version = parse_major(&version).ok_or_else(|| format!("says no version ({version:?})"))?;
        if major_version < OLDEST_MAJOR_VERSION {
            return Err(format!("has version {major_version}, older than {OLDEST_MAJOR_VERSION}"));
        }
        Ok(Self { folder: folder.to_path_buf(), major_version, version })
    }
}

/// "postgres (PostgreSQL) 15.13 (Debian 15.13-1)", "postgres (PostgreSQL) 18beta1"
fn parse_major(version: &str) -> Option<u32> {
    let number = version.split_whitespace().nth(2)?;
    let end = number.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(number.len());
    number.get(..end)?.parse().ok()
}

fn places(named: Option<&Path>) -> Vec<(&'static str, Vec<PathBuf>)> {
    let of_the_process = || env::var_os(VARIABLE).filter(|folder| !folder.is_empty()).map(PathBuf::from);
    if let Some(folder) = named.map(Path::to_path_buf).or_else(of_the_process) {
        // The programs are run from other folders than this process's own.
        return vec![(VARIABLE, vec![std::path::absolute(&folder).unwrap_or(folder)])];
    }
    vec![
        ("PATH", on_path(env::var_os("PATH"))),
        ("pg_config --bindir", pg_config().into_iter().collect()),
        ("usual folders", usual_folders()),
    ]
}

fn on_path(path: Option<OsString>) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for folder in env::split_paths(&path.unwrap_or_default()) {
        let postgres = folder.join("postgres");
        if !folder.is_absolute() || !postgres.is_file() {
            continue;
        }
        // A link in PATH (/usr/local/bin, Homebrew) may link only some of the programs: all of them are where it leads.
        let real = fs::canonicalize(&postgres).unwrap_or(postgres);
        folders.extend(real.parent().map(Path::to_path_buf));
        folders.push(folder);
    }
    folders
}

fn pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").stdin(Stdio::null()).output().ok()?;
    let folder = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    (output.status.success() && folder.is_absolute()).then_some(folder)
}

fn usual_folders() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for (parent, start, rest) in USUAL_FOLDERS {
        let Ok(entries) = fs::read_dir(parent) else {
            continue;
        };
        let mut found: Vec<(u64, PathBuf)> = entries
            .flatten()
            .filter_map(|entry| {
                let version = version_after(&entry.file_name(), start)?;
                let folder = entry.path().join(rest);
                folder.join("postgres").is_file().then_some((version, folder))
            })
            .collect();
        found.sort_by(|left, right| right.cmp(left));
        folders.extend(found.into_iter().map(|(_, folder)| folder));
    }
    folders
}

/// The version in a folder's name: 17 of "postgresql@17", 906 of "pgsql-9.6", 0 where the name has none ("latest").
fn version_after(name: &OsStr, start: &str) -> Option<u64> {
    let rest = name.to_str()?.strip_prefix(start)?;
    let mut parts = rest.split('.');
    let major: u64 = parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
    let minor: u64 = parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
    major.checked_mul(100)?.checked_add(minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn major_versions_are_read_from_releases_and_betas() {
        assert_eq!(parse_major("postgres (PostgreSQL) 15.13 (Debian 15.13-1)"), Some(15));
        assert_eq!(parse_major("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(parse_major("postgres (PostgreSQL) devel"), None);
        assert_eq!(parse_major(""), None);
    }

    #[test]
    fn folder_names_sort_by_number_not_by_letter() {
        let version = |name: &str, start| version_after(OsStr::new(name), start);
        assert_eq!(version("9.6", ""), Some(906));
        assert_eq!(version("17", ""), Some(1700));
        assert_eq!(version("postgresql@17", "postgresql@"), Some(1700));
        assert_eq!(version("postgresql", "postgresql"), Some(0));
        assert_eq!(version("perl5", "postgresql"), None);
    }
}
