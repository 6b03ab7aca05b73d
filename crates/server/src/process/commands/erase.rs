//! `onsale erase`

use clap::Args;
use domain::accounts::{AccountKind, Email};
use domain::ids::OrderId;
use repository::errors::Conflict;
use repository::{Error, own_accounts, users};
use uuid::Uuid;

use super::database::{Needs, connect_limited, on_database};
use super::error::CommandError;
use crate::process::console;
use crate::process::startup::{self, Loaded};

pub(super) const NOTES: &str = "\
Name, address and password are gone for good, and all sessions end within two seconds. The history of events stays, under
an account without a name. A running server cancels the bookings within seconds; without one, the next server does when
it starts. The audit log keeps an entry.

Organizers with events that are still to come cannot be erased: hand the events over to another organizer, or cancel
them, or delete the drafts first. Neither can the last active administrator.

Example:
  onsale erase --email ada@example.com

Exit codes: 0 done; 1 failed, and nothing changed; 2 wrong command line; 130 interrupted.";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The address of the account
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    email: Email,
}

fn address(text: &str) -> Result<Email, String> {
    Email::of_account(text).ok_or_else(|| "must be an address like name@example.com".to_owned())
}

/// Erases a person's account, and says so.
pub(super) async fn run(Arguments { email }: Arguments) -> Result<(), CommandError> {
    let Loaded { settings, log: _log, .. } = startup::load()?;
    on_database(&settings, Needs::Tables, async |url| {
        let mut connection = connect_limited(url, &settings).await?;
        let user = users::find_by_email(&mut connection, email.as_str()).await?;
        let Some(user) = user.filter(|user| user.kind == AccountKind::Person) else {
            return Err(CommandError::NoAccount(email));
        };
        let order = OrderId::from(Uuid::now_v7());
        match own_accounts::erase(&mut connection, user.id, None, None, order).await {
            Ok(Some(_)) => {
                console::say(format_args!("the account of {} is erased; its id was {}", user.email, user.id));
                Ok(())
            }
            Ok(None) => Err(CommandError::NoAccount(email)),
            Err(Error::Conflict(Conflict::ComingEvents)) => Err(CommandError::ComingEvents(email)),
            Err(Error::Conflict(Conflict::LastAdmin)) => Err(CommandError::LastAdmin(email)),
            Err(error) => Err(error.into()),
        }
    })
    .await
}
