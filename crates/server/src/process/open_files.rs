//! The limit of files and sockets that this process may have open.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::application::connections_needed;
use crate::settings::Settings;

/// Open files beside connections: files of the page, the log, the runtime's own.
const BESIDE: u64 = 128;

/// Raises the limit as far as the system allows, and lowers the number of connections to those that fit. Without that,
/// connections could take all files, and the server could open neither the database nor a page.
pub(crate) fn fitted(settings: &Settings) -> Settings {
    let mut settings = settings.clone();
    let Some(limit) = raised() else { return settings };
    let database = u64::from(connections_needed(&settings.database));
    let server = &mut settings.server;
    let workers = u64::try_from(server.workers).unwrap_or(u64::MAX);
    let wanted = u64::try_from(server.max_connections_per_worker).unwrap_or(u64::MAX);
    let fitting = fitting(limit, BESIDE + database, workers);
    if wanted <= fitting {
        tracing::info!(limit, connections = wanted.saturating_mul(workers), "the limit of open files is high enough");
        return settings;
    }
    tracing::warn!(
        limit,
        connections = fitting.saturating_mul(workers),
        wanted = wanted.saturating_mul(workers),
        "takes fewer connections than server.max_connections_per_worker: the system's limit of open files (ulimit -n) \
         is too low"
    );
    server.max_connections_per_worker = usize::try_from(fitting).unwrap_or(usize::MAX);
    settings
}

fn fitting(limit: u64, beside: u64, workers: u64) -> u64 {
    (limit.saturating_sub(beside) / workers.max(1)).max(1)
}

/// The limit, if there is one.
fn raised() -> Option<u64> {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current == maximum {
        return current;
    }
    match setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        Ok(()) => maximum,
        Err(error) => {
            tracing::warn!(%error, ?current, ?maximum, "could not raise the limit of open files");
            current
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_room_for_everything_else() {
        assert_eq!(fitting(1024, 152, 2), 436);
        assert_eq!(fitting(100, 152, 2), 1);
        assert!(raised().is_none_or(|limit| getrlimit(Resource::Nofile).current == Some(limit)));
    }
}
