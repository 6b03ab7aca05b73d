//! Live updates: seats, waitlist and status of events as they change, whichever server changed them.
//!
//! Each server reads the events that its clients watch a few times a second ([`upkeep`]); its own box office reports each
//! commit at once. [`hub`] knows the clients and their events; [`stream`] is the body of one client's answer.

pub(crate) mod hub;
pub(crate) mod messages;
pub(crate) mod seen;
pub(crate) mod stream;
pub(crate) mod upkeep;
