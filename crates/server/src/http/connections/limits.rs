//! What the connections of a listener are held to.

use std::time::Duration;

use ipnet::IpNet;

/// What connections are held to.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// Threads that answer.
    pub(crate) workers: usize,
    /// Connections of each.
    pub(crate) connections_per_worker: usize,
    /// Connections of one client's address; 0 is any number.
    pub(crate) connections_per_address: usize,
    /// Who may have any number of connections.
    pub(crate) trusted_proxies: Vec<IpNet>,
    /// From a request's first byte to the end of its head.
    pub(crate) head: Duration,
    /// How long a client may take nothing of its answer.
    pub(crate) stall: Duration,
    /// How long a connection may be idle between requests.
    pub(crate) keep_alive: Duration,
    /// How long a connection may take to close.
    pub(crate) disconnect: Duration,
    /// How long requests in flight have at the end.
    pub(crate) shutdown: Duration,
}
