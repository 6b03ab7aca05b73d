//! The program's commands: what can be asked of it on the command line, and how it ends.
//!
//! All of them take the same settings. Results go to standard output, the log and complaints to standard error.

mod create_admin;
mod database;
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
all commands take the same ones. Those that matter most:
  DATABASE_URL           postgres://user:password@host:port/name; without it, a private PostgreSQL in data/
  ONSALE_PROFILE         default, or production, which refuses whatever would be careless in public
  ONSALE__SERVER__HOST, ONSALE__SERVER__PORT    where to listen; 127.0.0.1 and 8080
  ONSALE__AUTH__SECRET   what sessions are signed with; production needs one
  ONSALE__LOG__FILTER    which lines the log has, on standard error; warn, or info,server=debug

A new system in production:
  onsale migrate
  onsale create-admin --email ada@example.com --name 'Ada Lovelace'
  onsale serve

Exit codes: 0 done; 1 it did not work, and standard error says why; 2 the command line is wrong; 130 interrupted.
`onsale verify` has codes of its own.";

const SERVE_NOTES: &str = "\
The database is migrated first. Without DATABASE_URL a private PostgreSQL is started in data/, and stops with the server.
Ctrl-C or SIGTERM lets requests in flight finish (ONSALE__SERVER__SHUTDOWN_SECONDS); a second Ctrl-C ends it at once.
The production profile needs a database, a session secret and an active administrator (`onsale create-admin`).

Examples:
  onsale
  ONSALE__SERVER__PORT=9000 onsale serve

Exit codes: 0 stopped in good order; 1 it did not run, and standard error says why; 130 ended at once.";

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
    /// Makes an administrator's account, or an account an administrator's
    #[command(override_usage = create_admin::USAGE, after_help = create_admin::NOTES)]
    CreateAdmin(create_admin::Arguments),
    /// Checks in the tables that the promises about places have been kept
    #[command(after_help = verify::NOTES)]
    Verify(verify::Arguments),
    /// Asks the server on this machine whether it can do its work
    #[command(after_help = ready::NOTES)]
    Ready,
}

/// Does what the command line asks for. Must be called on a multi-thread runtime, which owns the server's connections.
/// If it does not work, standard error says why.
pub async fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version, too. Nobody may be reading there, which is no reason to panic.
            let _ = error.print();
            return u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from);
        }
    };
    let (done, failure) = match arguments.command.unwrap_or(Command::Serve) {
        Command::Serve => (Box::pin(startup::serve()).await.map_err(CommandError::from), ExitCode::FAILURE),
        Command::Migrate => (migrate::run().await, ExitCode::FAILURE),
        Command::CreateAdmin(arguments) => (create_admin::run(arguments).await, ExitCode::FAILURE),
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
