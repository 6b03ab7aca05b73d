//! `onsale migrate`

use super::database::{Needs, on_database};
use super::error::CommandError;
use crate::process::startup::{self, Loaded};
use crate::{process::console, process::database};

pub(super) const NOTES: &str = "\
The server does this by itself when it starts. By itself the command is for those who want it done before: servers that
start together then find nothing to do. Several at once wait for one another, a minute at most. A database of a newer
program is left alone. Without DATABASE_URL the private PostgreSQL is made where there is none.

Examples:
  onsale migrate
  DATABASE_URL=postgres://onsale:secret@db/onsale onsale migrate

Exit codes: 0 up to date; 1 it did not work, and standard error says why.";

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
