//! The work behind the streams: reading what is watched, some times a second, and telling what is new.

use std::cell::Cell;
use std::time::{Duration, Instant};

use domain::ids::EventId;
use repository::pools::Pool;
use repository::tallies::{self, Tally};

use super::hub::Hub;
use super::seen::Seen;

/// How often what is watched is read, while that is quick.
const READ_EVERY: Duration = Duration::from_millis(200);

/// How often what nobody may see is read: it may be a draft that another server publishes, and mostly is nothing.
const READ_GONE_EVERY: Duration = Duration::from_secs(2);

/// Reading rests this many times as long as it took, so that a slow database is not kept busy by it.
const REST: u32 = 3;

/// The longest rest.
const REST_MAX: Duration = Duration::from_secs(2);

/// How soon after a read what somebody has just begun to watch is read: those who come together are served together.
const READ_AGAIN: Duration = Duration::from_millis(20);

/// Events in one statement.
const CHUNK: usize = 1_000;

/// How long one statement may take, and a connection come while all is well.
const READ_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a connection may take to come while the database is away. Each try opens one anew, which the pool by itself
/// does at ever longer intervals.
const AWAY_PATIENCE: Duration = Duration::from_millis(500);

/// How long after a failure it is tried again.
const AWAY_PAUSE: Duration = Duration::from_millis(100);

/// Serves the hub. Never ends.
pub(crate) async fn keep_up(hub: &Hub, pool: &Pool) {
    tokio::join!(publish(hub), read(hub, pool));
}

async fn publish(hub: &Hub) {
    loop {
        let due = hub.publish(Instant::now());
        let wait = async {
            match due {
                Some(due) => tokio::time::sleep_until(due.into()).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = hub.news.notified() => {}
            () = wait => {}
        }
    }
}

async fn read(hub: &Hub, pool: &Pool) {
    let mut is_away = false;
    let mut gone_read_at = Instant::now();
    loop {
        if hub.is_idle() {
            hub.wanted.notified().await;
            continue;
        }
        // They are among all that is watched.
        hub.take_unknown();
        let mut watched = hub.watched();
        let began = Instant::now();
        if began - gone_read_at >= READ_GONE_EVERY {
            gone_read_at = began;
            watched.append(&mut hub.gone());
        }
        let patience = if is_away { AWAY_PATIENCE } else { READ_TIMEOUT };
        match read_all(hub, pool, &watched, patience).await {
            Ok(()) if is_away => tracing::info!("reads changes for live updates again"),
            Ok(()) => {}
            Err(error) => {
                if !is_away {
                    tracing::warn!(%error, "could not read changes by other servers for live updates");
                }
                is_away = true;
                tokio::time::sleep(AWAY_PAUSE).await;
                continue;
            }
        }
        is_away = false;
        let took = began.elapsed();
        let next = began + took + (took * REST).clamp(READ_EVERY.saturating_sub(took), REST_MAX);
        rest(hub, pool, next).await;
    }
}

/// Until `next`, reads nothing but what somebody begins to watch.
async fn rest(hub: &Hub, pool: &Pool, next: Instant) {
    loop {
        tokio::select! {
            () = tokio::time::sleep_until(next.into()) => return,
            () = hub.wanted.notified() => {}
        }
        let unknown = hub.take_unknown();
        // What fails here fails again, and is told, when it is read with the others.
        if !unknown.is_empty() && read_all(hub, pool, &unknown, READ_TIMEOUT).await.is_err() {
            return;
        }
        tokio::time::sleep(READ_AGAIN).await;
    }
}

async fn read_all(hub: &Hub, pool: &Pool, events: &[EventId], patience: Duration) -> Result<(), repository::Error> {
    for chunk in events.chunks(CHUNK) {
        let mut gone = chunk.to_vec();
        gone.sort_unstable();
        for tally in read_chunk(pool, chunk, patience).await? {
            if let Ok(index) = gone.binary_search(&tally.id) {
                gone.remove(index);
            }
            hub.learn(tally.id, Seen::Shown(tally));
        }
        for id in gone {
            hub.learn(id, Seen::Gone);
        }
    }
    Ok(())
}

async fn read_chunk(pool: &Pool, ids: &[EventId], patience: Duration) -> Result<Vec<Tally>, repository::Error> {
    let has_connection = Cell::new(false);
    let reading = pool.run_within(READ_TIMEOUT, async |connection| {
        has_connection.set(true);
        tallies::list_public(connection, ids).await
    });
    let impatient = async {
        tokio::time::sleep(patience).await;
        if has_connection.get() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        found = reading => found,
        () = impatient => Err(repository::Error::Unavailable("no connection came soon enough".into())),
    }
}
