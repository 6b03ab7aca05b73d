//! The limits of a listener's connections.

use std::time::Duration;

use ipnet::IpNet;

/// The limits of a listener's connections.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// Threads that answer requests.
    pub(crate) workers: usize,
    /// Open connections per worker.
    pub(crate) connections_per_worker: usize,
    /// Open connections per client address; 0 means no limit.
    pub(crate) connections_per_address: usize,
    /// Networks that are exempt from the limit per address.
    pub(crate) trusted_proxies: Vec<IpNet>,
    /// The longest time from a request's first byte to the end of its head.
    pub(crate) head: Duration,
    /// The longest time in which a client may read nothing of its answer.
    pub(crate) stall: Duration,
    /// The longest time that a connection may be idle between requests.
    pub(crate) keep_alive: Duration,
    /// The longest time that a connection may take to close.
    pub(crate) disconnect: Duration,
    /// The time that requests in flight have to finish when the server stops.
    pub(crate) shutdown: Duration,
}
