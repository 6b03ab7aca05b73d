//! Times in milliseconds, and their distribution.

use std::time::Duration;

use serde::Serialize;
use utoipa::ToSchema;

/// A distribution of times.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Spread {
    /// Their mean.
    pub mean: f64,
    /// Half are at most this.
    pub p50: f64,
    /// 95 in a hundred are at most this.
    pub p95: f64,
    /// 99 in a hundred are at most this.
    pub p99: f64,
    /// The longest.
    pub max: f64,
}

impl Spread {
    /// The distribution of these times; all zero if there are none.
    pub fn of(times: impl IntoIterator<Item = Duration>) -> Self {
        let mut times: Vec<f64> = times.into_iter().map(milliseconds).collect();
        times.sort_by(f64::total_cmp);
        let at = |hundredths: usize| {
            let rank = (times.len() * hundredths).div_ceil(100).saturating_sub(1);
            times.get(rank).copied().unwrap_or(0.0)
        };
        let count = u32::try_from(times.len()).unwrap_or(u32::MAX).max(1);
        let mean = rounded(times.iter().sum::<f64>() / f64::from(count));
        Self { mean, p50: at(50), p95: at(95), p99: at(99), max: at(100) }
    }
}

pub(super) fn milliseconds(time: Duration) -> f64 {
    rounded(time.as_secs_f64() * 1_000.0)
}

/// Rounds to thousandths. More digits are noise, and might not survive storing.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 1_000.0).round() / 1_000.0
}
