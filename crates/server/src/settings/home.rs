//! Finds the folder with `config/` and `static/`, from wherever the program was started.

use std::env;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::variables::{HOME_VARIABLE, Variables};

/// The files that make a folder a home.
const MARKS: [&str; 2] = ["config/default.toml", "static/index.html"];

/// Why there is no home.
#[derive(Debug, Error)]
pub enum HomeError {
    /// `ONSALE_HOME` is set, and lacks a file. Nothing else is tried then: it would not be what was asked for.
    #[error("{HOME_VARIABLE} is {}, which has no {missing}", path.display())]
    NotAHome {
        /// What it is set to.
        path: PathBuf,
        /// The first file that is not there.
        missing: &'static str,
    },
    /// None of the folders is one.
    #[error(
        "no folder with {} and {} found; looked in {looked_in}; set {HOME_VARIABLE} to it",
        MARKS[0], MARKS[1]
    )]
    NotFound {
        /// Where it was looked for, in order.
        looked_in: String,
    },
}

/// Finds the home: `ONSALE_HOME` if set; else the first of the current folder and those above it, then of the program's
/// folder and those above it, that has `config/default.toml` and `static/index.html`.
pub fn find(variables: &Variables) -> Result<PathBuf, HomeError> {
    let program = env::current_exe().ok();
    find_from(variables, env::current_dir().ok().as_deref(), program.as_deref().and_then(Path::parent))
}

/// The same as [`find`], told where the process is and where its program is; either may be unknown. The home is
/// absolute if they are.
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
    let starts: Vec<_> = [current_folder, program_folder].into_iter().flatten().collect();
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
