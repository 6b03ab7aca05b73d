//! Spreads the times at which refused clients come back. A crowd that is told the same second comes back as a crowd.

use std::sync::atomic::{AtomicU64, Ordering};

/// The fewest seconds over which refused clients are spread.
const SPREAD_SECONDS_MIN: u64 = 4;

static NEXT: AtomicU64 = AtomicU64::new(0);

/// `Retry-After` for a client that should stay away for at least `seconds`: each caller's turn is another second, up to
/// twice that time or a few seconds more.
pub(super) fn spread(seconds: u64) -> u64 {
    // In turn is as even as it can be, and costs less than a random number.
    seconds.saturating_add(NEXT.fetch_add(1, Ordering::Relaxed) % seconds.max(SPREAD_SECONDS_MIN))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn refused_clients_come_back_over_some_seconds_and_never_too_early() {
        for (seconds, last) in [(1, 4), (2, 5), (5, 9), (60, 119)] {
            let mut told = BTreeMap::new();
            for _ in 0..1_200 {
                *told.entry(spread(seconds)).or_insert(0_u32) += 1;
            }
            assert_eq!((told.keys().next(), told.keys().next_back()), (Some(&seconds), Some(&last)));
            // Other tests take turns as well.
            let fair = 1_200 / u32::try_from(told.len()).unwrap();
            assert!(told.values().all(|count| *count < 3 * fair), "{told:?}");
        }
    }
}
