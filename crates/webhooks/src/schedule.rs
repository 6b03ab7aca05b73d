//! When a delivery is tried again.

use std::time::Duration;

use uuid::Uuid;

/// The pauses between tries, in seconds. All of them take three days, less an hour or plus half a day by the jitter.
const PAUSES_SECONDS: [u32; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 64_800, 72_000];

/// How often a delivery is tried in all.
pub const TRIES_MAX: usize = PAUSES_SECONDS.len() + 1;

/// The part of a pause by which jitter lengthens it at most.
const JITTER: u32 = 10;

/// The longest pause that an endpoint may ask for.
pub const RETRY_AFTER_MAX: Duration = Duration::from_secs(24 * 3_600);

/// The seconds until the next try of the delivery with this id, after so many tries; `None` if there is none. Not less
/// than `asked`, if the endpoint asked for a pause, up to [`RETRY_AFTER_MAX`].
///
/// Pauses are spread by a tenth, so that what failed together does not come back together. The id decides, which is as
/// good as chance.
pub fn pause(id: Uuid, tries: i16, asked: Option<Duration>) -> Option<i32> {
    let nth = usize::try_from(tries).ok()?.checked_sub(1)?;
    let seconds = *PAUSES_SECONDS.get(nth)?;
    let [.., last] = *id.as_bytes();
    let spread = seconds + seconds / JITTER * u32::from(last) / u32::from(u8::MAX);
    let asked = asked.map_or(0, |asked| asked.min(RETRY_AFTER_MAX).as_secs());
    i32::try_from(asked.max(spread.into())).ok()
}
