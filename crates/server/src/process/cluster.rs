//! The private PostgreSQL of a server without DATABASE_URL: opened, watched, stopped.

use std::convert::Infallible;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use localpg::Cluster;
use thiserror::Error;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::settings::Data;

/// The interval of the check that PostgreSQL is alive, which reads two small files. Until it runs again, bookings get
/// 503.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// The pause before another start after a failed one: a full disk rarely empties sooner.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(5);

/// The longest wait for another process's PostgreSQL that is starting or stopping.
const JOIN_WITHIN: Duration = Duration::from_secs(30);

/// Why there is no private PostgreSQL, or why it was not stopped.
#[derive(Debug, Error)]
pub enum ClusterError {
    /// See there.
    #[error(transparent)]
    Cluster(#[from] localpg::Error),
    /// A bug: the thread that keeps it has panicked.
    #[error("the thread that keeps the private PostgreSQL has ended")]
    Lost,
}

/// A private PostgreSQL. If it dies it is started again. Stopped when this is dropped, before the runtime ends.
#[derive(Debug)]
pub struct PrivateCluster {
    /// Dropped to stop.
    keep: Sender<Infallible>,
    keeper: JoinHandle<Result<(), localpg::Error>>,
    opening: oneshot::Receiver<Result<Opened, localpg::Error>>,
}

/// What is known of a private PostgreSQL that takes connections.
#[derive(Debug)]
pub struct Opened {
    /// The address of the database that is always there.
    pub url_of_postgres: String,
    /// The address of the server's own database, which may have to be made.
    pub url: String,
    /// What a person should know, a line each.
    pub notices: Vec<String>,
}

impl PrivateCluster {
    /// Begins to open the cluster of the data folder, see [`Cluster::open_with`]; `database` is the name of the
    /// server's database there.
    pub fn begin(data: &Data, database: &'static str) -> Self {
        let Data { folder, programs } = data.clone();
        let (keep, end) = mpsc::channel();
        let (report, opening) = oneshot::channel();
        let keeper = tokio::task::spawn_blocking(move || {
            let cluster = match Cluster::open_with(&folder, programs.as_deref()) {
                Ok(cluster) => cluster,
                Err(error) => {
                    let _ = report.send(Err(error));
                    return Ok(());
                }
            };
            let opened = Opened {
                url_of_postgres: cluster.url("postgres"),
                url: cluster.url(database),
                notices: cluster.notices().to_vec(),
            };
            // Whoever does not listen any more wants it stopped.
            let _ = report.send(Ok(opened));
            keep_until(&end, &cluster);
            cluster.stop()
        });
        Self { keep, keeper, opening }
    }

    /// Opens the cluster of the data folder, or, where another process has it open, finds what that one has opened:
    /// then there is none of our own, and nothing to stop.
    pub async fn open_or_join(data: &Data, database: &'static str) -> Result<(Option<Self>, Opened), ClusterError> {
        let began = Instant::now();
        loop {
            let mut own = Self::begin(data, database);
            match own.opened().await {
                Err(ClusterError::Cluster(error @ localpg::Error::InUse { .. })) => {
                    let url = |database| Cluster::url_of_running(&data.folder, database);
                    if let (Some(url_of_postgres), Some(url)) = (url("postgres"), url(database)) {
                        return Ok((None, Opened { url_of_postgres, url, notices: Vec::new() }));
                    }
                    // It is starting or stopping.
                    if began.elapsed() > JOIN_WITHIN {
                        return Err(error.into());
                    }
                }
                opened => return Ok((Some(own), opened?)),
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Waits until it takes connections. To be asked once.
    pub async fn opened(&mut self) -> Result<Opened, ClusterError> {
        Ok((&mut self.opening).await.map_err(|_| ClusterError::Lost)??)
    }

    /// Stops it in good order, within seconds, also while it is opening.
    pub async fn stop(self) -> Result<(), ClusterError> {
        drop(self.keep);
        Ok(self.keeper.await.map_err(|_| ClusterError::Lost)??)
    }
}

fn keep_until(end: &Receiver<Infallible>, cluster: &Cluster) {
    let mut pause = LOOK_EVERY;
    loop {
        match end.recv_timeout(pause) {
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
            Ok(never) => match never {},
        }
        pause = LOOK_EVERY;
        if cluster.postmaster_pid().is_some() {
            continue;
        }
        tracing::error!("PostgreSQL died; starting it again");
        match cluster.start_again() {
            Ok(()) => tracing::info!("PostgreSQL runs again"),
            Err(error) => {
                tracing::error!(%error, "PostgreSQL did not start");
                pause = TRY_AGAIN_AFTER;
            }
        }
    }
}
