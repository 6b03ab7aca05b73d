//! Why there is no figure.

use std::io;

use thiserror::Error;

/// Why there is no figure.
#[derive(Debug, Error)]
pub enum Error {
    /// The system refused something.
    #[error("{what}: {error}")]
    Io {
        /// What was tried.
        what: String,
        /// Why not.
        #[source]
        error: io::Error,
    },
    /// The database did not do what was asked.
    #[error("the database: {0}")]
    Database(#[from] repository::Error),
    /// There is no private cluster.
    #[error(transparent)]
    Cluster(#[from] localpg::Error),
    /// What was measured, or what measures, did not do its part.
    #[error("{0}")]
    Failed(String),
}

impl Error {
    /// To be given to `map_err`.
    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Io { what: what.into(), error }
    }
}
