//! Telling other programs of changes: the payloads, signatures after the Standard Webhooks scheme, the schedule
//! of tries, and the sender, which calls addresses of the public internet only.
//!
//! [`delivering`] takes deliveries that are due. [`payloads`] puts each into JSON, [`secrets`] signs it, [`sender`]
//! sends it to an address that [`guard`] lets pass, and [`schedule`] says when it is tried again. There is no SQL here,
//! there are no routes, and no clock: callers say what time it is.

pub mod delivering;
pub mod guard;
pub mod payloads;
pub mod schedule;
pub mod secrets;
pub mod sender;
pub mod urls;
