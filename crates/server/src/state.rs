//! What all handlers of a server share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use auth::throttle::Throttle;
use auth::tokens::Tokens;
use boxoffice::BoxOffice;
use boxoffice::lines::Lines;
use boxoffice::simulation::Simulations;
use ipnet::IpNet;
use repository::pools::Pool;

use crate::access_list::AccessList;
use crate::analytics::Analytics;
use crate::client_address::StrangeProxies;
use crate::events::Showcase;
use crate::health::Readiness;
use crate::live::hub::Hub;
use crate::metrics::Metrics;
use crate::passwords::Passwords;
use crate::releases::Releases;
use crate::settings::MetricsListen;
use crate::turns::Turns;

/// What all handlers of a server share.
pub(crate) struct State {
    /// For everything that does not decide about places.
    pub(crate) pool: Pool,
    pub(crate) office: BoxOffice,
    pub(crate) lines: Lines,
    pub(crate) simulations: Simulations,
    pub(crate) releases: Releases,
    pub(crate) showcase: Showcase,
    /// Who watches which events.
    pub(crate) hub: Arc<Hub>,
    pub(crate) analytics: Analytics,
    /// For the reads of files.
    pub(crate) exports: Turns,
    /// For lists of which most is looked through in vain.
    pub(crate) searches: Turns,
    pub(crate) tokens: Tokens,
    pub(crate) passwords: Arc<Passwords>,
    /// Failed tries at passwords.
    pub(crate) throttle: Mutex<Throttle>,
    /// New accounts.
    pub(crate) sign_ups: Mutex<Throttle>,
    pub(crate) access_list: Arc<AccessList>,
    pub(crate) trusted_proxies: Vec<IpNet>,
    pub(crate) strange_proxies: StrangeProxies,
    pub(crate) readiness: Readiness,
    pub(crate) metrics: Metrics,
    pub(crate) metrics_listen: MetricsListen,
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
