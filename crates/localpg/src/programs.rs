//! Finds PostgreSQL's programs.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::Error;
use crate::user::RunAs;
use crate::versions::{NEEDED, OLDEST_MAJOR_VERSION, parse_major, version_after};

/// The variable that names the folder of the programs. If it is set, no other folder is searched.
const VARIABLE: &str = "ONSALE_PG_BIN";

/// Where PostgreSQL may be delivered together with this program, seen from the program's folder: among its files, or as
/// its own folder, by the name in the archives that PostgreSQL's packagers make.
const BESIDE: [&str; 3] = ["", "postgresql/bin", "pgsql/bin"];

/// The folders that packages install into, as parent, prefix of the name in it, and the rest of the path. The highest
/// version comes first.
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

/// PostgreSQL's installed programs: a folder with initdb, pg_ctl and postgres of one version, at least
/// [`OLDEST_MAJOR_VERSION`].
#[derive(Debug, Clone)]
pub struct Programs {
    folder: PathBuf,
    major_version: u32,
    version: String,
}

impl Programs {
    /// Finds them. If the variable `ONSALE_PG_BIN` names a folder, no other is searched. Otherwise the order is: the
    /// folder of the running program, the folders of `PATH`, the folder that `pg_config --bindir` prints, the usual
    /// folders of Debian, Fedora, SUSE, Alpine, Homebrew, Postgres.app and MacPorts, highest version first.
    ///
    /// # Errors
    /// [`Error::ProgramsMissing`] with every folder that was searched; [`Error::NoAccount`].
    pub fn find() -> Result<Self, Error> {
        Self::find_in(None)
    }

    /// As [`Programs::find`]. `named` takes precedence over `ONSALE_PG_BIN`: it is the folder in the settings file.
    pub(crate) fn find_in(named: Option<&Path>) -> Result<Self, Error> {
        Self::search(&RunAs::detect()?, named, |_| true)
    }

    /// As [`Programs::find_in`], but only of this major version.
    pub(crate) fn find_major(user: &RunAs, named: Option<&Path>, major_version: u32) -> Result<Self, Error> {
        Self::search(user, named, |programs| programs.major_version == major_version)
    }

    /// The path of a program: "initdb", "psql".
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The folder that holds them.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The major version: 15 of 15.13.
    #[must_use]
    pub fn major_version(&self) -> u32 {
        self.major_version
    }

    /// The output of `postgres --version`.
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
        // Run as the user that will run it later: root may see a folder that this user cannot.
        let output = user
            .command(&folder.join("postgres"), Path::new("/"))
            .arg("--version")
            .output()
            .map_err(|error| format!("cannot be run by user {}: {error}", user.name()))?;
        let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let major_version = parse_major(&version).ok_or_else(|| format!("prints no version ({version:?})"))?;
        if major_version < OLDEST_MAJOR_VERSION {
            return Err(format!("has version {major_version}, older than {OLDEST_MAJOR_VERSION}"));
        }
        Ok(Self { folder: folder.to_path_buf(), major_version, version })
    }
}

fn places(named: Option<&Path>) -> Vec<(&'static str, Vec<PathBuf>)> {
    let from_environment = || env::var_os(VARIABLE).filter(|folder| !folder.is_empty()).map(PathBuf::from);
    if let Some(folder) = named.map(Path::to_path_buf).or_else(from_environment) {
        // The path must be absolute, since the programs run in other working directories.
        return vec![(VARIABLE, vec![std::path::absolute(&folder).unwrap_or(folder)])];
    }
    vec![
        ("beside the program", beside_the_program()),
        ("PATH", on_path(env::var_os("PATH"))),
        ("pg_config --bindir", pg_config().into_iter().collect()),
        ("usual folders", usual_folders()),
    ]
}

fn beside_the_program() -> Vec<PathBuf> {
    let program = env::current_exe().and_then(fs::canonicalize).unwrap_or_default();
    let Some(folder) = program.parent() else { return Vec::new() };
    BESIDE.iter().map(|rest| folder.join(rest)).filter(|folder| folder.join("postgres").is_file()).collect()
}

fn on_path(path: Option<OsString>) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for folder in env::split_paths(&path.unwrap_or_default()) {
        let postgres = folder.join("postgres");
        if !folder.is_absolute() || !postgres.is_file() {
            continue;
        }
        // PATH may hold links to only some of the programs (/usr/local/bin, Homebrew). The folder that they lead to has
        // all.
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
