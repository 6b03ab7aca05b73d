//! Time in tests: how long a test waits for an event that must come, and how long it watches for one that must not.
//!
//! No test asserts how long something took. A test that needs an order of events waits for the first of them; a limit
//! only turns a hang into a failure.

use std::fmt::Display;
use std::time::{Duration, Instant};

/// How many times slower than an idle machine the test machine may be. Every time in the tests is a multiple of this
/// factor, except for limits of the program that a test checks by their exact value.
pub const SLOWNESS: u32 = 4;

/// Bounds every wait for something that must happen. Tests that pass come nowhere near it.
pub const LIMIT: Duration = scaled(Duration::from_secs(10));

/// How long a test watches for something that must not happen. If it is too short, the test may miss a fault; a sound
/// program passes whatever it is.
pub const QUIET: Duration = scaled(Duration::from_millis(175));

/// The pause between two looks at a condition: short beside every wait, long enough to leave the processor to others.
pub const POLL: Duration = Duration::from_millis(10);

/// A time that would do on an idle machine, long enough for the test machine.
pub const fn scaled(on_an_idle_machine: Duration) -> Duration {
    on_an_idle_machine.saturating_mul(SLOWNESS)
}

/// Waits until `attempt` returns something, and returns it.
///
/// # Panics
/// If that takes longer than [`LIMIT`]; the message names `what` did not happen.
#[expect(clippy::panic, reason = "only tests come here")]
pub async fn eventually<T>(what: impl Display, mut attempt: impl AsyncFnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(value) = attempt().await {
            return value;
        }
        if began.elapsed() > LIMIT {
            panic!("not within {LIMIT:?}: {what}");
        }
        tokio::time::sleep(POLL).await;
    }
}

/// Sleeps until a period of the program's that has already begun, such as the age limit of a cache, is certainly over.
pub async fn outlast(period: Duration) {
    /// Covers the different roundings of two clocks.
    const MARGIN: Duration = scaled(Duration::from_millis(5));
    tokio::time::sleep(period.saturating_add(MARGIN)).await;
}
