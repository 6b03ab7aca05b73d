//! The program's commands: what can be asked of it on the command line, and how it ends.
//!
//! All of them take the same settings. Results go to standard output, the log and complaints to standard error.

mod create_admin;
mod migrate;
mod ready;
mod verify;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use auth::passwords::{CostOutOfRange, HashError, WeakPassword};
use clap::{Parser, Subcommand};
use domain::accounts::Email;
use domain::ids::EventId;
use localpg::Cluster;
use repository::{AsyncPgConnection, migrations, pools};
use thiserror::Error;

use crate::process::cluster::{ClusterError, PrivateCluster};
use crate::process::database::{self, DatabaseError};
use crate::process::signals::{INTERRUPTED, Stop};
use crate::process::startup::{self, StartError};
use crate::settings::Settings;
use crate::{process::console, settings};

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

/// Why a command did not do what it is for. Each is what a person reads, on one line where it can be.
#[derive(Debug, Error)]
enum CommandError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("{}", database::in_one_line(.0))]
    Database(#[from] repository::Error),
    #[error(
        "there is no database: {} has no PostgreSQL cluster, and DATABASE_URL is not set; `onsale migrate` makes one",
        .folder.display()
    )]
    NoDatabase { folder: PathBuf },
    #[error(
        "the tables at {0} are not those of this program: bring them up to date with `onsale migrate`, or use the \
         newer program that they belong to"
    )]
    NotCurrent(String),
    #[error(
        "{} has an account already: with --promote it becomes an active administrator's and keeps its password",
        .0.as_str()
    )]
    Taken(Email),
    #[error("nobody has an account with the address {}: without --promote, and with --name, one is made", .0.as_str())]
    Nobody(Email),
    #[error("the password {0}")]
    Weak(#[from] WeakPassword),
    #[error(transparent)]
    NotHashed(#[from] HashError),
    #[error(transparent)]
    Cost(#[from] CostOutOfRange),
    #[error(
        "the password cannot be read: {reason}. Set {}, or give it as one line on standard input, or use a terminal",
        settings::ADMIN_PASSWORD
    )]
    NoPassword { reason: String },
    #[error("the two passwords are not the same")]
    PasswordsDiffer,
    #[error("there is no event {0}")]
    NoEvent(EventId),
    #[error("not ready: {0}")]
    NotReady(String),
    #[error("standard output does not take the report: {0}")]
    NotWritten(#[source] io::Error),
    #[error("interrupted")]
    Interrupted,
}

impl From<ClusterError> for CommandError {
    fn from(error: ClusterError) -> Self {
        Self::Start(error.into())
    }
}

impl From<DatabaseError> for CommandError {
    fn from(error: DatabaseError) -> Self {
        Self::Start(error.into())
    }
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

/// What there must be before a command works on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// Nothing: a private cluster is made.
    Nothing,
    /// A database with the tables of this program.
    Tables,
}

/// Has `work` done with the address of the database that the settings name. Without one that is the private cluster's:
/// beside the server that has it open, or started for the time of the command.
async fn on_database<T>(
    settings: &Settings,
    needs: Needs,
    work: impl AsyncFnOnce(&str) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    let stop = Stop::on_signals().map_err(StartError::Signals)?;
    if let Some(url) = &settings.database.url {
        return unless_interrupted(stop, work(url.expose())).await;
    }
    let data = &settings.data;
    if needs == Needs::Tables && !Cluster::exists(&data.folder) {
        return Err(CommandError::NoDatabase { folder: data.folder.clone() });
    }
    let joining = async { Ok(PrivateCluster::open_or_join(data, database::NAME).await?) };
    let (own, opened) = unless_interrupted(stop.clone(), joining).await?;
    for notice in &opened.notices {
        tracing::info!("{notice}");
    }
    let done = unless_interrupted(stop, async {
        if needs == Needs::Nothing {
            database::create_if_missing(&opened.url_of_postgres, &opened.url).await?;
        }
        work(&opened.url).await
    })
    .await;
    if let Some(own) = own {
        let stopped = own.stop().await;
        // Why the command failed says more than what came of that.
        if done.is_ok() {
            stopped?;
        }
    }
    done
}

async fn unless_interrupted<T>(
    stop: Stop,
    work: impl Future<Output = Result<T, CommandError>>,
) -> Result<T, CommandError> {
    let work = Box::pin(work);
    tokio::select! {
        biased;
        () = stop.wanted() => Err(CommandError::Interrupted),
        done = work => done,
    }
}

/// A session on a database that has the tables of this program.
async fn connect(url: &str, timeout: Duration) -> Result<AsyncPgConnection, CommandError> {
    let mut connection = pools::connect_once(url, timeout).await.map_err(|error| database::unusable(url, &error))?;
    if migrations::are_current(&mut connection).await? {
        Ok(connection)
    } else {
        Err(CommandError::NotCurrent(database::place(url).to_owned()))
    }
}
