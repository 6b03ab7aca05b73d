//! Waits for the database, creates it if it is missing, and migrates it.

use std::error::Error as StdError;
use std::io::{self, ErrorKind::InvalidData, ErrorKind::PermissionDenied};
use std::time::{Duration, Instant};

use repository::{AsyncPgConnection, addresses, databases, migrations, pools};
use thiserror::Error;
use tokio::time::error::Elapsed;

use crate::process::console;
use crate::settings::Profile;

/// The name of the server's database in its private cluster.
pub const NAME: &str = "onsale";

/// The longest wait for a database that does not answer. Starting and recovering from a crash take seconds.
const PATIENCE: Duration = Duration::from_secs(10);

/// The pause between two attempts.
const PAUSE: Duration = Duration::from_millis(250);

/// The database cannot be used.
#[derive(Debug, Error)]
pub enum DatabaseError {
    /// The database cannot be reached, or refuses the connection.
    #[error("the database at {place} cannot be used: {reason}")]
    Unusable {
        /// The database's address, without user and password.
        place: String,
        /// The error of the last attempt.
        reason: String,
    },
    /// The migrations did not run.
    #[error("the database at {place}: {reason}")]
    NotMigrated {
        /// The database's address, without user and password.
        place: String,
        /// The cause.
        reason: String,
    },
}

/// Creates the database of `url` if it is missing. `url_of_postgres` is another database on the same server.
pub async fn create_if_missing(url_of_postgres: &str, url: &str) -> Result<(), DatabaseError> {
    let mut connection = connect(url_of_postgres, PATIENCE).await?;
    let made = async {
        if databases::exists(&mut connection, NAME).await? {
            Ok(())
        } else {
            databases::create(&mut connection, NAME).await
        }
    };
    made.await.map_err(|error| unusable(url, &error))
}

/// Migrates the database. A database that does not answer yet gets a few seconds to do so. Returns the names of the
/// migrations that ran.
///
/// PostgreSQL settings that would break the guarantees are refused in production. Elsewhere they are logged as
/// warnings, and so are connections in the clear, which the settings refuse in production.
pub async fn migrate(url: &str, profile: Profile) -> Result<Vec<String>, DatabaseError> {
    let mut connection = connect(url, PATIENCE).await?;
    let unsound = databases::unsound_settings(&mut connection).await.map_err(|error| unusable(url, &error))?;
    if profile == Profile::Production && !unsound.is_empty() {
        return Err(DatabaseError::Unusable { place: place(url).to_owned(), reason: unsound.join("; ") });
    }
    let ran = migrations::run(connection)
        .await
        .map_err(|error| DatabaseError::NotMigrated { place: place(url).to_owned(), reason: in_one_line(&error) })?;
    for name in &ran {
        tracing::info!(migration = %name, "migrated");
    }
    for setting in unsound {
        tracing::warn!("PostgreSQL's setting {setting}");
    }
    for host in addresses::hosts_in_the_clear(url) {
        tracing::warn!(host, "connections to the database are not encrypted: set database.tls to verify-full");
    }
    Ok(ran)
}

/// Checks that PostgreSQL allows as many connections as this server needs. Warns if a second server would not fit: a
/// restart without a pause takes one.
pub async fn check_room(url: &str, needed: u32) -> Result<(), DatabaseError> {
    let mut connection = connect(url, PATIENCE).await?;
    let room = databases::connections_max(&mut connection).await.map_err(|error| unusable(url, &error))?;
    let needed = i64::from(needed);
    if room < needed {
        let reason = format!(
            "it allows {room} connections, and this server may need {needed}: raise PostgreSQL's max_connections, or \
             lower database.read_connections and database.box_office_connections"
        );
        return Err(DatabaseError::Unusable { place: place(url).to_owned(), reason });
    }
    if room < 2 * needed {
        tracing::warn!(room, needed, "PostgreSQL's max_connections is too low for a second server like this one");
    }
    Ok(())
}

async fn connect(url: &str, patience: Duration) -> Result<AsyncPgConnection, DatabaseError> {
    let began = Instant::now();
    let mut was_told = false;
    loop {
        let left = patience.saturating_sub(began.elapsed());
        match pools::connect_once(url, left.max(PAUSE)).await {
            Ok(connection) => return Ok(connection),
            Err(error) if left.is_zero() || !may_pass(&error) => return Err(unusable(url, &error)),
            Err(error) if !was_told => {
                let seconds = patience.as_secs();
                console::say(format_args!("Waiting up to {seconds} s for the database: {}", in_one_line(&error)));
                was_told = true;
            }
            Err(_) => {}
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Whether another attempt may succeed: nothing answers, or PostgreSQL says that it is starting, or that it is a
/// standby, which may be about to take over. A wrong password, a missing database or an invalid URL will not change by
/// itself.
fn may_pass(error: &repository::Error) -> bool {
    causes(error).any(|cause| {
        let of_the_network = cause.downcast_ref::<io::Error>();
        // Invalid data are a certificate that is refused.
        of_the_network.is_some_and(|error| !matches!(error.kind(), PermissionDenied | InvalidData))
            || cause.is::<Elapsed>()
            || ["the database system is", "does not allow writes"].iter().any(|text| cause.to_string().contains(text))
    })
}

pub(crate) fn unusable(url: &str, error: &repository::Error) -> DatabaseError {
    DatabaseError::Unusable { place: place(url).to_owned(), reason: in_one_line(error) }
}

fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| (*error).source())
}

/// The error and its causes, on one line.
pub(crate) fn in_one_line(error: &(dyn StdError + 'static)) -> String {
    let mut text = String::new();
    for cause in causes(error) {
        let cause = cause.to_string();
        // Some libraries repeat their source's text in their own.
        if text.ends_with(&cause) {
            continue;
        }
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&cause);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The database's location without credentials: `host:port/name`. A URL that cannot be split safely is not shown at
/// all, because a part of it may be the password.
pub(crate) fn place(url: &str) -> &str {
    let address = url.split_once("://").map_or(url, |(_, address)| address);
    let (server, rest) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
    match server.rsplit_once('@') {
        Some((_, place)) => place,
        None if rest.contains('@') => "an address that is not shown",
        None => server,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_waits_for_what_may_pass_and_not_for_a_certificate() {
        let of_the_network = |kind| repository::Error::Unavailable(Box::new(io::Error::new(kind, "x")));
        assert!(may_pass(&of_the_network(io::ErrorKind::ConnectionRefused)));
        assert!(!may_pass(&of_the_network(io::ErrorKind::InvalidData)));
        assert!(!may_pass(&of_the_network(io::ErrorKind::PermissionDenied)));
        for (text, expected) in [
            ("the database system is starting up", true),
            ("database does not allow writes", true),
            ("password authentication failed", false),
        ] {
            assert_eq!(may_pass(&repository::Error::Unavailable(text.into())), expected, "{text}");
        }
    }

    #[test]
    fn a_place_holds_no_password() {
        for (url, expected) in [
            ("postgres://u:secret@host:5432/onsale", "host:5432/onsale"),
            ("postgres://u:sec@ret/s@host/onsale?sslmode=disable&password=secret", "host/onsale"),
            ("postgresql://host/onsale", "host/onsale"),
            ("postgres://u:sec?ret@host/onsale", "an address that is not shown"),
            ("postgres://u@%2Ftmp%2Fs/onsale", "%2Ftmp%2Fs/onsale"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(place(url), expected);
        }
    }
}
