//! What can go wrong with the database, by what the caller can do about it.

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use thiserror::Error;

/// Why the database did not do what was asked.
#[derive(Debug, Error)]
pub enum Error {
    /// No connection could be had, or it was lost: try again later. A write may or may not have happened.
    #[error("the database cannot be reached")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database gave up on a statement: a lock or the statement's time limit. Nothing was changed by it.
    #[error("the database gave up on a statement")]
    TimedOut(#[source] DieselError),
    /// What was to be written contradicts what is there.
    #[error("in conflict with what is there: {0:?}")]
    Conflict(Conflict),
    /// There is no such row.
    #[error("no such row")]
    NotFound,
    /// A row holds what no row should: a bug, or somebody's hand in the tables.
    #[error("the database holds what it should not: {0}")]
    Corrupt(String),
    /// Anything else: a bug.
    #[error("a query failed")]
    Query(#[source] DieselError),
}

/// A rule that callers know what to do about. Most are constraints, whose names are API; this is the one place that maps
/// them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// Another account has this e-mail address.
    EmailTaken,
    /// There is no such user.
    NoSuchUser,
    /// No active admin would be left.
    LastAdmin,
    /// The organizer runs as many events as one may.
    TooManyEvents,
}

impl Error {
    /// Whether the connection is of no use any more.
    pub fn is_of_connection(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    /// Whether PostgreSQL itself said so of a statement, so that the transaction that it was in has ended without a trace.
    /// What went wrong on the way says nothing about that.
    pub(crate) fn is_of_statement(&self) -> bool {
        use DatabaseErrorKind::{ClosedConnection, UnableToSendCommand};
        match self {
            Self::TimedOut(_) | Self::Conflict(_) => true,
            Self::Query(DieselError::DatabaseError(kind, _)) => !matches!(kind, UnableToSendCommand | ClosedConnection),
            Self::Query(_) | Self::Unavailable(_) | Self::NotFound | Self::Corrupt(_) => false,
        }
    }

    pub(crate) fn unavailable(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unavailable(source.into())
    }
}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        match &error {
            DieselError::NotFound => Self::NotFound,
            DieselError::BrokenTransactionManager => Self::unavailable(error),
            DieselError::DatabaseError(kind, info) => match (kind, info.constraint_name()) {
                (_, Some("users_email_key")) => Self::Conflict(Conflict::EmailTaken),
                (_, Some("events_organizer_fkey" | "registrations_user_fkey" | "audit_log_actor_fkey")) => {
                    Self::Conflict(Conflict::NoSuchUser)
                }
                (DatabaseErrorKind::ClosedConnection, _) => Self::unavailable(error),
                // The second is what diesel-async calls whatever did not come from PostgreSQL.
                (DatabaseErrorKind::Unknown | DatabaseErrorKind::UnableToSendCommand, None)
                    if is_of_connection(info.message()) =>
                {
                    Self::unavailable(error)
                }
                // diesel passes no SQLSTATE on; these are 55P03 and 57014.
                (DatabaseErrorKind::Unknown, None) if info.message().starts_with("canceling statement") => {
                    Self::TimedOut(error)
                }
                _ => Self::Query(error),
            },
            _ => Self::Query(error),
        }
    }
}

/// Messages of a connection that ends, by the server (57P01 to 57P05, 25P03) or by the client's side of the socket.
fn is_of_connection(message: &str) -> bool {
    const ENDS: [&str; 9] = [
        "terminating connection",
        "the database system is",
        "connection closed",
        "error communicating with the server",
        "server closed the connection",
        "unexpected EOF",
        "cannot accept connections",
        "remaining connection slots",
        "sorry, too many clients",
    ];
    ENDS.iter().any(|end| message.contains(end))
}
