//! Services that live longer than a request: access list, passwords, releases, live updates, metrics, caches.

pub mod access_list;
pub(crate) mod background;
pub(crate) mod live;
pub(crate) mod metrics;
pub(crate) mod passwords;
pub(crate) mod releases;
pub(crate) mod turns;
