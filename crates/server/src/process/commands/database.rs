//! The database that a command works on.

use std::time::Duration;

use localpg::Cluster;
use repository::{AsyncPgConnection, migrations, pools};

use super::error::CommandError;
use crate::process::cluster::PrivateCluster;
use crate::process::database;
use crate::process::signals::Stop;
use crate::process::startup::StartError;
use crate::settings::Settings;

/// What there must be before a command works on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    /// Nothing: a private cluster is made.
    Nothing,
    /// A database with the tables of this program.
    Tables,
}

/// Has `work` done with the address of the database that the settings name. Without one that is the private cluster's:
/// beside the server that has it open, or started for the time of the command.
pub(super) async fn on_database<T>(
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

/// A session on a database that has the tables of this program. It has no time limits, for reads that take long.
pub(super) async fn connect(url: &str, timeout: Duration) -> Result<AsyncPgConnection, CommandError> {
    with_tables(url, pools::connect_once(url, timeout).await).await
}

/// The same, with the time limits of a server's sessions, for commands that change something beside one.
pub(super) async fn connect_limited(url: &str, settings: &Settings) -> Result<AsyncPgConnection, CommandError> {
    let limits = settings.database.sessions("onsale command", 1);
    with_tables(url, pools::connect_limited(url, &limits).await).await
}

async fn with_tables(
    url: &str,
    opened: Result<AsyncPgConnection, repository::Error>,
) -> Result<AsyncPgConnection, CommandError> {
    let mut connection = opened.map_err(|error| database::unusable(url, &error))?;
    if migrations::are_current(&mut connection).await? {
        Ok(connection)
    } else {
        Err(CommandError::NotCurrent(database::place(url).to_owned()))
    }
}
