//! Deliveries of webhooks: one for each change and endpoint that hears of it, until it is sent and for some time after.
//! [`crate::journal`] makes them.

mod clean_up;
mod ending;
mod log;
mod making;
mod taking;

pub use self::clean_up::{delete_of_deleted, delete_old};
pub use self::ending::{ANSWER_CHARACTERS_MAX, End, Ended, end};
pub use self::log::{ListedDelivery, list, resend, test};
pub(crate) use self::making::{Journaled, make_in_txn};
pub use self::taking::{DueDelivery, Room, Subject, Taken, ToldEvent, ToldRegistration, take};
