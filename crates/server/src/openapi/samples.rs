//! What the examples have in common: the same people, the same event, the same times.

use chrono::{DateTime, Utc};
use uuid::Uuid;

pub(crate) const ALICE: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6071);
pub(crate) const ORGANIZER: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6072);
pub(crate) const CONCERT: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6073);
pub(crate) const REGISTRATION: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6074);

pub(crate) const ENTRY: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6075);
pub(crate) const SIMULATION: Uuid = Uuid::from_u128(0x0192_3a4b_5c6d_7e8f_8a1b_2c3d_4e5f_6076);

/// When the sale of the concert opens.
pub(crate) fn sale() -> DateTime<Utc> {
    seconds(1_890_000_000)
}

/// When the concert starts.
pub(crate) fn start() -> DateTime<Utc> {
    seconds(1_900_000_800)
}

fn seconds(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}
