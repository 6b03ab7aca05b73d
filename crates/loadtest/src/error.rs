//! Why a measurement failed.

use std::io;

use thiserror::Error;

/// Why a measurement failed. Wrong answers of the server are no error: they are findings.
#[derive(Debug, Error)]
pub enum Error {
    /// A file, a process or a connection could not be worked with.
    #[error("could not {action}: {error}")]
    Io {
        /// The action that failed, as a verb and its object.
        action: String,
        /// The system's reason.
        #[source]
        error: io::Error,
    },
    /// The database could not be reached, or refused a statement.
    #[error("database: {0}")]
    Database(#[from] repository::Error),
    /// The private cluster could not be started or stopped.
    #[error(transparent)]
    Cluster(#[from] localpg::Error),
    /// Something that the measurement needs did not work.
    #[error("{0}")]
    Failed(String),
}

impl Error {
    /// For `map_err`: an I/O error of this action ("read /proc").
    pub(crate) fn io(action: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Io { action: action.into(), error }
    }
}
