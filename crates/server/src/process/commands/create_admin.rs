//! `onsale create-admin`

use std::io::{self, IsTerminal, Read};
use std::thread;

use auth::passwords::{Hasher, check_new};
use clap::Args;
use domain::accounts::{Email, PersonName, Role};
use domain::ids::UserId;
use repository::errors::Conflict;
use repository::users::{self, NewUser, User};
use repository::{AsyncPgConnection, Error, administration};
use tokio::sync::oneshot;
use uuid::Uuid;

use super::database::{Needs, connect_limited, on_database};
use super::error::CommandError;
use crate::process::startup::{self, Loaded};
use crate::settings::{self, Secret, Settings, Variables};
use crate::{process::console, resources::sign_ins};

pub(super) const NOTES: &str = "\
The password comes from the variable ONSALE_ADMIN_PASSWORD, or from one line on standard input, or from a prompt that
asks twice and does not show it. It is never on the command line. The rules are those of registration:
at least 12 characters and at most 71 bytes.
A running server applies the change within two seconds. The audit log keeps an entry.

Without --promote, an existing account stays as it is. With it, a locked-out administrator gets back in.

Examples:
  onsale create-admin --email ada@example.com --name 'Ada Lovelace'
  onsale create-admin --email ada@example.com --name 'Ada Lovelace' < password.txt
  onsale create-admin --email ada@example.com --promote
  onsale create-admin --email ada@example.com --promote --reset-password

Exit codes: 0 done, or nothing to do; 1 failed, and nothing changed; 2 wrong command line; 130 interrupted.";

pub(super) const USAGE: &str = "\
onsale create-admin --email <ADDRESS> --name <NAME>
       onsale create-admin --email <ADDRESS> --promote [--reset-password]";

/// More than a password may have, and little enough to read whatever comes.
const INPUT_BYTES_MAX: u64 = 4096;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The address to sign in with
    #[arg(long, value_name = "ADDRESS", value_parser = email)]
    email: Email,
    /// The person's name
    #[arg(long, value_name = "NAME", value_parser = name)]
    #[arg(required_unless_present = "promote", conflicts_with = "promote")]
    name: Option<PersonName>,
    /// Make the account with this address an active administrator; its password stays
    #[arg(long)]
    promote: bool,
    /// With --promote: also set a new password, and end all sessions
    #[arg(long, requires = "promote", conflicts_with = "name")]
    reset_password: bool,
}

fn email(text: &str) -> Result<Email, String> {
    // An account from before a rule can still be promoted.
    let email = Email::of_account(text).map_or_else(|| Email::parse(text), Ok).map_err(|refused| refused.reason)?;
    if sign_ins::is_nobodys(&email) { Err(sign_ins::NOBODYS.to_owned()) } else { Ok(email) }
}

fn name(text: &str) -> Result<PersonName, String> {
    PersonName::parse(text).map_err(|refused| refused.reason)
}

/// Makes or promotes an administrator, and says so.
pub(super) async fn run(arguments: Arguments) -> Result<(), CommandError> {
    let Loaded { settings, variables, log: _log } = startup::load()?;
    on_database(&settings, Needs::Tables, async |url| {
        let mut connection = connect_limited(url, &settings).await?;
        let Arguments { email, name, reset_password, .. } = arguments;
        let there = users::find_by_email(&mut connection, email.as_str()).await?;
        match (name, there) {
            (Some(_), Some(_)) => Err(CommandError::Taken(email)),
            (Some(name), None) => {
                let email = Email::parse(email.as_str())?;
                let password_hash = new_password(&settings, &variables, &email).await?;
                let id = UserId::from(Uuid::now_v7());
                create(&mut connection, NewUser { id, name, email, password_hash, role: Role::Admin }).await
            }
            (None, None) => Err(CommandError::Nobody(email)),
            (None, Some(_)) => {
                let hash = if reset_password { Some(new_password(&settings, &variables, &email).await?) } else { None };
                promote(&mut connection, email, hash.as_deref()).await
            }
        }
    })
    .await
}

async fn create(connection: &mut AsyncPgConnection, new: NewUser) -> Result<(), CommandError> {
    match administration::insert_admin(connection, &new).await {
        Ok(User { email, name, .. }) => {
            console::say(format_args!("{name} is an administrator now, and signs in as {email}"));
            Ok(())
        }
        Err(Error::Conflict(Conflict::EmailTaken)) => Err(CommandError::Taken(new.email)),
        Err(error) => Err(error.into()),
    }
}

async fn promote(
    connection: &mut AsyncPgConnection,
    email: Email,
    password_hash: Option<&str>,
) -> Result<(), CommandError> {
    let before = match administration::promote(connection, email.as_str(), password_hash).await {
        Err(Error::NotFound) => return Err(CommandError::Nobody(email)),
        before => before?,
    };
    let email = &before.email;
    let password = if password_hash.is_some() { "has another password" } else { "keeps its password" };
    if !before.is_active_admin() {
        let activity = if before.is_active { "active" } else { "deactivated" };
        console::say(format_args!(
            "{email} is an active ADMIN now, and {password}; it was {} and {activity}",
            before.role
        ));
    } else if password_hash.is_some() {
        console::say(format_args!("{email} is an active ADMIN, and {password} now"));
    } else {
        console::say(format_args!("{email} is an active ADMIN already: there was nothing to do"));
    }
    Ok(())
}

/// A password that may be used, hashed.
async fn new_password(settings: &Settings, variables: &Variables, email: &Email) -> Result<String, CommandError> {
    let password = match variables.get(settings::ADMIN_PASSWORD).filter(|password| !password.is_empty()) {
        Some(password) => Secret::new(password),
        None => read_password(email).await?,
    };
    check_new(password.expose(), email.as_str())?;
    let hasher = Hasher::new(settings.auth.bcrypt_cost)?;
    let hashing = tokio::task::spawn_blocking(move || hasher.hash(password.expose()));
    Ok(hashing.await.map_err(no_password)??)
}

/// On a thread that the program's end does not wait for: nobody may ever type anything.
async fn read_password(email: &Email) -> Result<Secret, CommandError> {
    let (tell, told) = oneshot::channel();
    let email = email.clone();
    thread::spawn(move || {
        let read = if io::stdin().is_terminal() { ask_twice(&email) } else { one_line(io::stdin().lock()) };
        let _ = tell.send(read);
    });
    told.await.map_err(no_password)?
}

fn ask_twice(email: &Email) -> Result<Secret, CommandError> {
    let ask = |prompt| rpassword::prompt_password(prompt).map_err(no_password);
    let password = ask("Password: ")?;
    // Before it is typed once more.
    check_new(&password, email.as_str())?;
    if ask("The same again: ")? == password { Ok(Secret::new(password)) } else { Err(CommandError::PasswordsDiffer) }
}

fn one_line(input: impl Read) -> Result<Secret, CommandError> {
    let mut text = String::new();
    input.take(INPUT_BYTES_MAX).read_to_string(&mut text).map_err(no_password)?;
    let line = text.strip_suffix('\n').unwrap_or(&text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.is_empty() {
        return Err(no_password("standard input is empty"));
    }
    if line.contains('\n') {
        return Err(no_password("standard input has more than one line"));
    }
    Ok(Secret::new(line))
}

fn no_password(reason: impl ToString) -> CommandError {
    CommandError::NoPassword { reason: reason.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_one_line_and_keeps_its_spaces() {
        for (input, password) in [("a b \n", "a b "), ("abc", "abc"), ("abc\r\n", "abc"), (" abc\n", " abc")] {
            assert_eq!(one_line(input.as_bytes()).unwrap().expose(), password);
        }
        for input in [&b""[..], b"\n", b"a\nb\n", b"\xff\n"] {
            assert!(one_line(input).is_err(), "{input:?}");
        }
    }
}
