//! The errors of the database, by what the caller can do about them.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as DieselError};
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
    /// The person has events that are neither over nor cancelled.
    ComingEvents,
    /// The organizer has the most events that an account may have.
    TooManyEvents,
    /// The person has the most API keys that an account may have.
    TooManyKeys,
    /// The event has as many accounts of door staff as it may.
    TooManyDoorStaff,
    /// As many offers of seats are stored of the registration as may be.
    TooManyTransfers,
    /// The event is over.
    EventOver,
    /// Somebody has taken the seat that was offered.
    TransferTaken,
    /// The account has the most endpoints for webhooks that it may have.
    TooManyWebhooks,
    /// Another endpoint of the account has this address.
    WebhookAddressTaken,
    /// The endpoint was changed, or deliveries of it sent again, too often. It is possible again after this time.
    WebhookTooOften {
        /// Seconds, rounded up.
        retry_after_seconds: u64,
    },
    /// The event has been published or cancelled.
    NotADraft,
    /// Another stress test of the event was begun with this key.
    KeyTaken,
}

/// What a refused statement was refused for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// A row that it writes: another row may be written.
    Row,
    /// The database as it is: read-only, or without a table or a column. Every request gets the same answer.
    Environment,
    /// PostgreSQL does not blame a row, and may be out of space or memory.
    Untold,
}

impl Error {
    /// What PostgreSQL blames, by the SQLSTATE.
    ///
    /// Diesel passes no SQLSTATE on, but makes its kinds from it: one for each constraint violation (class 23), and one
    /// for 25006. All others are of one kind. Those with a place in the statement (class 42) say that the statement,
    /// which is a constant, does not fit the database. The other errors blame no row: no space (class 53), system
    /// errors (58), internal errors (XX), and a write that did not touch the rows that it should.
    pub fn blame(&self) -> Blame {
        use DatabaseErrorKind::{ReadOnlyTransaction, SerializationFailure, Unknown};
        match self {
            Self::Query(DieselError::DatabaseError(ReadOnlyTransaction, _)) => Blame::Environment,
            Self::Query(DieselError::DatabaseError(Unknown | SerializationFailure, info)) => {
                if info.statement_position().is_some() { Blame::Environment } else { Blame::Untold }
            }
            _ => Blame::Row,
        }
    }

    /// Whether the connection is unusable from now on.
    pub fn is_of_connection(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    /// Whether PostgreSQL itself refused a statement, so that the statement's transaction is rolled back. An error on
    /// the way to PostgreSQL does not tell.
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
            DieselError::DatabaseError(kind, info) => match (kind, constraint(*kind, &**info)) {
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

/// The name of the constraint that a write violates. Servers that pass on the error of another one, as distributed
/// databases do, may leave the field empty; and there the name is that of a part of the table.
fn constraint(kind: DatabaseErrorKind, info: &dyn DatabaseErrorInformation) -> Option<&str> {
    use DatabaseErrorKind::{CheckViolation, ForeignKeyViolation, UniqueViolation};

    let in_message = || match kind {
        UniqueViolation | ForeignKeyViolation | CheckViolation => {
            info.message().split_once(" constraint \"")?.1.split_once('"').map(|(name, _)| name)
        }
        _ => None,
    };
    info.constraint_name().filter(|name| !name.is_empty()).or_else(in_message).map(without_shard)
}

/// `users_email_key` of `users_email_key_102008`.
fn without_shard(name: &str) -> &str {
    match name.rsplit_once('_') {
        Some((whole, shard)) if !shard.is_empty() && shard.bytes().all(|byte| byte.is_ascii_digit()) => whole,
        _ => name,
    }
}

/// Messages of a connection that ended: by the server (57P01 to 57P05, 25P03), or at the client's side of the socket,
/// or between the nodes of a distributed database. A commit that such a node did not answer may have happened.
fn is_of_connection(message: &str) -> bool {
    const ENDS: [&str; 12] = [
        "terminating connection",
        "the database system is",
        "connection closed",
        "error communicating with the server",
        "server closed the connection",
        "unexpected EOF",
        "cannot accept connections",
        "remaining connection slots",
        "sorry, too many clients",
        "connection to the remote node",
        "failure on connection marked as essential",
        "could not commit transaction for shard",
    ];
    ENDS.iter().any(|end| message.contains(end))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, reason = "a test that cannot go on should stop loudly")]

    use super::*;

    fn error(kind: DatabaseErrorKind, message: &str) -> Error {
        DieselError::DatabaseError(kind, Box::new(message.to_owned())).into()
    }

    #[test]
    fn a_rule_is_known_by_the_message_alone_and_by_a_shards_name() {
        use DatabaseErrorKind::{ForeignKeyViolation, UniqueViolation, Unknown};
        let email = "duplicate key value violates unique constraint";
        let person = "insert or update on table \"registrations_102041\" violates foreign key constraint";
        for (kind, message, expected) in [
            (UniqueViolation, format!("{email} \"users_email_key\""), Conflict::EmailTaken),
            (UniqueViolation, format!("{email} \"users_email_key_102008\""), Conflict::EmailTaken),
            (ForeignKeyViolation, format!("{person} \"registrations_user_fkey_102041\""), Conflict::NoSuchUser),
        ] {
            match error(kind, &message) {
                Error::Conflict(found) => assert_eq!(found, expected, "{message}"),
                other => panic!("{message}: {other:?}"),
            }
        }
        for (kind, message) in [
            (UniqueViolation, format!("{email} \"users_email_key_x\"")),
            (Unknown, format!("invalid input: {email} \"users_email_key\"")),
        ] {
            assert!(matches!(error(kind, &message), Error::Query(_)), "{message}");
        }
    }

    #[test]
    fn a_node_that_cannot_be_reached_is_a_lost_connection_and_proves_nothing() {
        for message in [
            "connection to the remote node onsale@worker-1:5432 failed with the following error: Connection refused",
            "failure on connection marked as essential: worker-1:5432",
            "could not commit transaction for shard 102008 on any active node",
        ] {
            let error = error(DatabaseErrorKind::Unknown, message);
            assert!(error.is_of_connection() && !error.is_of_statement(), "{message}: {error:?}");
        }
        let refused = error(DatabaseErrorKind::Unknown, "division by zero");
        assert!(!refused.is_of_connection() && refused.is_of_statement(), "{refused:?}");
    }
}
