//! The program's commands and their exit codes.
//!
//! All commands read the same settings. Results go to standard output, the log and errors to standard error.

mod create_admin;
mod database;
mod erase;
mod error;
mod migrate;
mod ready;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::error::CommandError;
use crate::process::console;
use crate::process::signals::INTERRUPTED;
use crate::process::startup;

const ABOUT: &str = "Event registration and ticketing that stays correct when everybody arrives at once.";

const NOTES: &str = "\
Settings come from config/default.toml, config/{profile}.toml, the environment and a .env file in the current folder;
every command reads the same settings. The most important:
  DATABASE_URL           postgres://user:password@host:port/name; without it, a private PostgreSQL in data/
  ONSALE_PROFILE         default or production; production refuses unsafe settings
  ONSALE__SERVER__HOST, ONSALE__SERVER__PORT    the address and port to listen on; 127.0.0.1 and 8080
  ONSALE__AUTH__SECRET   the secret that signs sessions; required in production
  ONSALE__LOG__FILTER    the level of the log on standard error: warn, or info,server=debug

A new system in production:
  onsale migrate
  onsale create-admin --email ada@example.com --name 'Ada Lovelace'
  onsale serve

Exit codes: 0 done; 1 failed, with the reason on standard error; 2 wrong command line; 130 interrupted.
`onsale verify` has its own codes.";

const SERVE_NOTES: &str = "\
The server migrates the database first. Without DATABASE_URL it runs a private PostgreSQL in data/, and stops it in the
end.
Ctrl-C or SIGTERM: requests in flight finish first (ONSALE__SERVER__SHUTDOWN_SECONDS). A second Ctrl-C exits at once.
The production profile needs a database, a session secret and an active administrator (`onsale create-admin`).

Examples:
  onsale
  ONSALE__SERVER__PORT=9000 onsale serve

Exit codes: 0 stopped cleanly; 1 failed, with the reason on standard error; 130 interrupted by a second Ctrl-C.";

#[derive(Debug, Parser)]
#[command(name = "onsale", version, about = ABOUT, after_help = NOTES)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the server; the default
    #[command(after_help = SERVE_NOTES)]
    Serve,
    /// Brings the database's tables up to date
    #[command(after_help = migrate::NOTES)]
    Migrate,
    /// Creates an administrator, or promotes an account to one
    #[command(override_usage = create_admin::USAGE, after_help = create_admin::NOTES)]
    CreateAdmin(create_admin::Arguments),
    /// Erases a person's account, and keeps the history
    #[command(after_help = erase::NOTES)]
    Erase(erase::Arguments),
    /// Verifies the guarantees about bookings in the database
    #[command(after_help = verify::NOTES)]
    Verify(verify::Arguments),
    /// Checks that the server on this machine is ready
    #[command(after_help = ready::NOTES)]
    Ready,
}

/// Runs the command of the command line. Call it on a multi-thread runtime, which owns the server's connections.
/// On failure, standard error has the reason.
pub async fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come here, too. A closed pipe is no reason to panic.
            let _ = error.print();
            return u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from);
        }
    };
    let (done, failure) = match arguments.command.unwrap_or(Command::Serve) {
        Command::Serve => (Box::pin(startup::serve()).await.map_err(CommandError::from), ExitCode::FAILURE),
        Command::Migrate => (migrate::run().await, ExitCode::FAILURE),
        Command::CreateAdmin(arguments) => (create_admin::run(arguments).await, ExitCode::FAILURE),
        Command::Erase(arguments) => (erase::run(arguments).await, ExitCode::FAILURE),
        Command::Verify(arguments) => match verify::run(arguments).await {
            Ok(verdict) => return verdict,
            Err(error) => (Err(error), verify::NOT_VERIFIED.into()),
        },
        Command::Ready => (ready::run().await, ExitCode::FAILURE),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            console::complain(&error);
            if matches!(error, CommandError::Interrupted) { ExitCode::from(INTERRUPTED) } else { failure }
        }
    }
}
