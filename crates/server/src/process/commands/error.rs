//! The reasons why a command fails.

use std::io;
use std::path::PathBuf;

use auth::passwords::{CostOutOfRange, HashError, WeakPassword};
use domain::accounts::Email;
use domain::ids::EventId;
use domain::text::InvalidField;
use thiserror::Error;

use crate::process::cluster::ClusterError;
use crate::process::database::{self, DatabaseError};
use crate::process::startup::StartError;
use crate::settings;

/// Why a command failed. Operators read each as it is, on one line where possible.
#[derive(Debug, Error)]
pub(super) enum CommandError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("{}", database::in_one_line(.0))]
    Database(#[from] repository::Error),
    #[error(
        "there is no database: {} has no PostgreSQL cluster, and DATABASE_URL is not set; `onsale migrate` makes one",
        .folder.display()
    )]
    NoDatabase { folder: PathBuf },
    #[error(
        "the tables at {0} are not those of this program: bring them up to date with `onsale migrate`, or use the \
         newer program that they belong to"
    )]
    NotCurrent(String),
    #[error(
        "{} has an account already: with --promote it becomes an active administrator's and keeps its password",
        .0.as_str()
    )]
    Taken(Email),
    #[error("nobody has an account with the address {}: without --promote, and with --name, one is made", .0.as_str())]
    Nobody(Email),
    #[error("nobody has an account with the address {}", .0.as_str())]
    NoAccount(Email),
    #[error("{} has events that are still to come: hand them over to another organizer, or cancel them, or delete the drafts", .0.as_str())]
    ComingEvents(Email),
    #[error("{} is the last active administrator: make somebody else one first, with `onsale create-admin`", .0.as_str())]
    LastAdmin(Email),
    #[error("the address {}", .0.reason)]
    Address(#[from] InvalidField),
    #[error("the password {0}")]
    Weak(#[from] WeakPassword),
    #[error(transparent)]
    NotHashed(#[from] HashError),
    #[error(transparent)]
    Cost(#[from] CostOutOfRange),
    #[error(
        "the password cannot be read: {reason}. Set {}, or give it as one line on standard input, or use a terminal",
        settings::ADMIN_PASSWORD
    )]
    NoPassword { reason: String },
    #[error("the two passwords are not the same")]
    PasswordsDiffer,
    #[error("there is no event {0}")]
    NoEvent(EventId),
    #[error("not ready: {0}")]
    NotReady(String),
    #[error("standard output does not take the report: {0}")]
    NotWritten(#[source] io::Error),
    #[error("interrupted")]
    Interrupted,
}

impl From<ClusterError> for CommandError {
    fn from(error: ClusterError) -> Self {
        Self::Start(error.into())
    }
}

impl From<DatabaseError> for CommandError {
    fn from(error: DatabaseError) -> Self {
        Self::Start(error.into())
    }
}
