//! The errors of the database, by what the caller can do about them.

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use thiserror::Error;

/// Why the database did not do as asked.
#[derive(Debug, Error)]
pub enum Error {
    /// There was no connection, or it was lost: try again later. A write may or may not have happened.
    #[error("the database cannot be reached")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A statement exceeded its time limit, or the limit for a lock. It changed nothing.
    #[error("a statement exceeded the database's time limit")]
    TimedOut(#[source] DieselError),
    /// A write contradicts a rule.
    #[error("a write contradicts a rule: {0:?}")]
    Conflict(Conflict),
    /// There is no such row.
    #[error("no such row")]
    NotFound,
    /// A row is unsound: a bug, or somebody edited the tables by hand.
    #[error("the database holds an unsound row: {0}")]
    Corrupt(String),
    /// Any other failure: a bug.
    #[error("a query failed")]
    Query(#[source] DieselError),
}

/// A rule that callers handle. Most are constraints, whose names are API. Only this module maps them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// Another account has this e-mail address.
    EmailTaken,
    /// There is no such user.
    NoSuchUser,
    /// No active admin would be left.
    LastAdmin,
    /// The organizer has the most events that an account may have.
    TooManyEvents,
    /// The event has been published or cancelled.
    NotADraft,
    /// Another stress test of the event was begun with this key.
    KeyTaken,
}

impl Error {
    /// Whether the connection is unusable from now on.
    pub fn is_of_connection(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    /// Whether PostgreSQL itself refused a statement, so that the statement's transaction is rolled back. An error on the way
    /// to PostgreSQL does not tell.
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
                // diesel-async reports errors that did not come from PostgreSQL as the second kind.
                (DatabaseErrorKind::Unknown | DatabaseErrorKind::UnableToSendCommand, None)
                    if is_of_connection(info.message()) =>
                {
                    Self::unavailable(error)
                }
                // Diesel passes no SQLSTATE on. These are 55P03 and 57014.
                (DatabaseErrorKind::Unknown, None) if info.message().starts_with("canceling statement") => {
                    Self::TimedOut(error)
                }
                _ => Self::Query(error),
            },
            _ => Self::Query(error),
        }
    }
}

/// Messages of a connection that ended: by the server (57P01 to 57P05, 25P03), or at the client's side of the socket.
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
