//! The private PostgreSQL of a server without DATABASE_URL. It is opened, watched and stopped here.

use std::convert::Infallible;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use localpg::Cluster;
use thiserror::Error;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::settings::Data;

/// The interval of the liveness check, which reads two small files. Bookings get 503 until a dead PostgreSQL runs
/// again.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// The pause after a failed restart. A full disk rarely empties sooner.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(5);

/// The longest wait while another process starts or stops its PostgreSQL.
const JOIN_WITHIN: Duration = Duration::from_secs(30);

/// The private PostgreSQL could not be opened or stopped.
#[derive(Debug, Error)]
pub enum ClusterError {
    /// The cluster's own error.
    #[error(transparent)]
    Cluster(#[from] localpg::Error),
    /// A bug: the thread that keeps the cluster has panicked.
    #[error("the thread that keeps the private PostgreSQL has ended")]
    Lost,
}

/// A private PostgreSQL. It is restarted if it dies. Dropping this stops it, and the runtime waits for that before it
/// ends.
#[derive(Debug)]
pub struct PrivateCluster {
    /// Dropped to stop the cluster.
    keep: Sender<Infallible>,
    keeper: JoinHandle<Result<(), localpg::Error>>,
    opening: oneshot::Receiver<Result<Opened, localpg::Error>>,
}

/// A private PostgreSQL that accepts connections.
#[derive(Debug)]
pub struct Opened {
    /// The URL of the `postgres` database, which always exists.
    pub url_of_postgres: String,
    /// The URL of the server's own database, which may not exist yet.
    pub url: String,
    /// Messages for the user, one line each.
    pub notices: Vec<String>,
}

impl PrivateCluster {
    /// Starts to open the cluster in the data folder, see [`Cluster::open_with`]. `database` is the name of the
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
            // The receiver is only dropped to stop the cluster, which `keep_until` notices.
            let _ = report.send(Ok(opened));
            keep_until(&end, &cluster);
            cluster.stop()
        });
        Self { keep, keeper, opening }
    }

    /// Opens the cluster in the data folder. If another process has it open, returns the URLs of that one,
    /// and `None`: there is nothing to stop then.
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
                    // The other process is starting or stopping it.
                    if began.elapsed() > JOIN_WITHIN {
                        return Err(error.into());
                    }
                }
                opened => return Ok((Some(own), opened?)),
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Waits until the cluster accepts connections. Call it once.
    pub async fn opened(&mut self) -> Result<Opened, ClusterError> {
        Ok((&mut self.opening).await.map_err(|_| ClusterError::Lost)??)
    }

    /// Shuts the cluster down cleanly, within seconds. Works while it is still opening.
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
