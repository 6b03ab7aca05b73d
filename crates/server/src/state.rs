//! What all handlers of a server share.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use auth::throttle::Throttle;
use auth::tokens::Tokens;
use boxoffice::BoxOffice;
use boxoffice::lines::Lines;
use boxoffice::simulation::Simulations;
use repository::pools::Pool;
use tokio::sync::Semaphore;

use crate::access_list::AccessList;
use crate::analytics::Analytics;
use crate::events::Showcase;
use crate::passwords::Passwords;

/// What all handlers of a server share.
pub(crate) struct State {
    /// For everything that does not decide about places.
    pub(crate) pool: Pool,
    pub(crate) office: BoxOffice,
    pub(crate) lines: Lines,
    pub(crate) simulations: Simulations,
    pub(crate) showcase: Showcase,
    pub(crate) analytics: Analytics,
    /// Turns for the reads of files.
    pub(crate) exports: Semaphore,
    pub(crate) tokens: Tokens,
    pub(crate) passwords: Passwords,
    /// Failed tries at passwords.
    pub(crate) throttle: Mutex<Throttle>,
    /// New accounts.
    pub(crate) sign_ups: Mutex<Throttle>,
    pub(crate) access_list: Arc<AccessList>,
    pub(crate) trusted_proxies: Vec<IpAddr>,
    pub(crate) body_limit_bytes: usize,
    /// How long a client may take to send a body.
    pub(crate) body_timeout: Duration,
}

impl State {
    /// The counts of new accounts, for a moment.
    pub(crate) fn sign_ups(&self) -> MutexGuard<'_, Throttle> {
        self.sign_ups.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The counts of failed tries, for a moment.
    pub(crate) fn throttle(&self) -> MutexGuard<'_, Throttle> {
        self.throttle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
