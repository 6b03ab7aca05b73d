//! `onsale migrate`

use super::database::{Needs, on_database};
use super::error::CommandError;
use crate::process::startup::{self, Loaded};
use crate::{process::console, process::database};

pub(super) const NOTES: &str = "\
The server also migrates when it starts. Run this command first to keep that off the start of many servers. Several
migrations at once wait for each other, for a minute at most. A database of a newer program stays as it is. Without
DATABASE_URL, a missing private PostgreSQL is created.

Examples:
  onsale migrate
  DATABASE_URL=postgres://onsale:secret@db/onsale onsale migrate

Exit codes: 0 up to date; 1 failed, with the reason on standard error.";

/// Brings the tables up to date, and says what ran.
pub(super) async fn run() -> Result<(), CommandError> {
    let Loaded { settings, log: _log, .. } = startup::load()?;
    let ran =
        on_database(&settings, Needs::Nothing, async |url| Ok(database::migrate(url, settings.profile).await?)).await?;
    if ran.is_empty() {
        console::say("The tables are up to date: there was nothing to do");
    }
    for name in ran {
        console::say(format_args!("Ran {name}"));
    }
    Ok(())
}
