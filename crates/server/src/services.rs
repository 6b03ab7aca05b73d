//! Services that live longer than a request: access list, API keys, passwords, releases, live updates, metrics, caches.

pub mod access_list;
pub(crate) mod account_mails;
pub(crate) mod api_keys;
pub(crate) mod background;
pub(crate) mod cache;
pub(crate) mod concurrency;
pub(crate) mod doors;
pub(crate) mod holds;
pub mod incidents;
pub(crate) mod line_heads;
pub(crate) mod live;
pub(crate) mod loops;
pub(crate) mod messages;
pub(crate) mod metrics;
pub(crate) mod passwords;
pub(crate) mod pictures;
pub(crate) mod printing;
pub mod public_events;
pub(crate) mod readiness;
pub(crate) mod releases;
pub(crate) mod reminders;
pub mod sales_figures;
pub(crate) mod scans;
pub(crate) mod ticket_files;
pub(crate) mod webhooks;
