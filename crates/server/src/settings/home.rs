//! Finds the folder with `config/` and `static/`. The program may have been started anywhere.

use std::env;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::variables::{HOME_VARIABLE, Variables};

/// The folder of the crate that cargo runs or tests. A program below a target folder elsewhere is still at home there.
const CRATE_VARIABLE: &str = "CARGO_MANIFEST_DIR";

/// The files that identify a home folder.
const MARKS: [&str; 2] = ["config/default.toml", "static/index.html"];

/// No home folder was found.
#[derive(Debug, Error)]
pub enum HomeError {
    /// `ONSALE_HOME` is set, but the folder lacks a file. No other folder is tried, because this one was asked for.
    #[error("{HOME_VARIABLE} is {}, which has no {missing}", path.display())]
    NotAHome {
        /// The value of `ONSALE_HOME`.
        path: PathBuf,
        /// The first missing file.
        missing: &'static str,
    },
    /// No folder has both files.
    #[error(
        "no folder with {} and {} found; looked in {looked_in}; set {HOME_VARIABLE} to it",
        MARKS[0], MARKS[1]
    )]
    NotFound {
        /// The folders that were searched, in order.
        looked_in: String,
    },
}

/// Finds the home folder: `ONSALE_HOME` if set. Otherwise the first folder with `config/default.toml` and
/// `static/index.html`. The search goes up from the current folder, then from the program's folder, and then, if cargo
/// runs the program, from the crate's folder.
pub fn find(variables: &Variables) -> Result<PathBuf, HomeError> {
    let program = env::current_exe().ok();
    find_from(variables, env::current_dir().ok().as_deref(), program.as_deref().and_then(Path::parent))
}

/// Like [`find`], with the current folder and the program's path as arguments. Either may be unknown. The home folder
/// is absolute if they are.
pub fn find_from(
    variables: &Variables,
    current_folder: Option<&Path>,
    program_folder: Option<&Path>,
) -> Result<PathBuf, HomeError> {
    if let Some(named) = variables.get(HOME_VARIABLE).filter(|named| !named.is_empty()) {
        let path = current_folder.unwrap_or(Path::new("")).join(named);
        return match missing_from(&path) {
            None => Ok(path),
            Some(missing) => Err(HomeError::NotAHome { path, missing }),
        };
    }
    let crate_folder = variables.get(CRATE_VARIABLE).map(Path::new);
    let starts: Vec<_> = [current_folder, program_folder, crate_folder].into_iter().flatten().collect();
    let mut folders = starts.iter().flat_map(|start| start.ancestors());
    match folders.find(|folder| missing_from(folder).is_none()) {
        Some(home) => Ok(home.to_owned()),
        None => {
            let places: Vec<_> =
                starts.iter().map(|start| format!("{} and every folder above it", start.display())).collect();
            Err(HomeError::NotFound { looked_in: places.join(", then ") })
        }
    }
}

fn missing_from(folder: &Path) -> Option<&'static str> {
    MARKS.into_iter().find(|mark| !folder.join(mark).is_file())
}
