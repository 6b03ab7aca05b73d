//! Waiting for a condition. Nothing here waits for a time.

use std::time::{Duration, Instant};

/// How long a condition may take to hold. Longer than the page needs to notice that its stream has gone silent (40 s,
/// `live-stream.js`) and to read anew.
const PATIENCE: Duration = Duration::from_secs(60);

const POLL: Duration = Duration::from_millis(25);

/// Waits until `condition` gives a value.
///
/// # Panics
/// If it does not in time, with `expected` and the last reason.
pub async fn until<T>(expected: &str, mut condition: impl AsyncFnMut() -> Result<T, String>) -> T {
    let began = Instant::now();
    loop {
        match condition().await {
            Ok(value) => return value,
            Err(reason) if began.elapsed() > PATIENCE => panic!("{expected}: not within {PATIENCE:?}: {reason}"),
            Err(_) => tokio::time::sleep(POLL).await,
        }
    }
}
