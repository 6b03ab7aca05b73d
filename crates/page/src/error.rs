//! The crate's error.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// The page's files cannot be turned into a page.
#[derive(Debug, Error)]
pub enum PageError {
    /// A file cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        #[source]
        error: io::Error,
    },
    /// A script is not as the bundle needs it.
    #[error("{script}: {fault}")]
    Script {
        /// The script's path below `static/`.
        script: String,
        /// The fault.
        fault: String,
    },
    /// The bundling ended without a result.
    #[error("the bundling ended without a result: {0}")]
    Stopped(String),
}

impl PageError {
    /// The bundling ended without a result, because its task panicked or was cancelled.
    pub fn stopped(cause: impl ToString) -> Self {
        Self::Stopped(cause.to_string())
    }
}
