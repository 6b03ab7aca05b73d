//! Live updates of an event's seats, waitlist and status. Any server may have made the change.
//!
//! Each server polls the events that its clients watch, several times a second ([`upkeep`]). Its own box office reports
//! each commit at once. [`hub`] knows the clients and their events. [`stream`] is the response body of one client.

pub(crate) mod hub;
pub(crate) mod messages;
pub(crate) mod seen;
pub(crate) mod stream;
pub(crate) mod upkeep;
