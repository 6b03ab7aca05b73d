//! What all handlers of a server share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use actix_web::web::Data;
use auth::throttle::Throttle;
use auth::tokens::Tokens;
use boxoffice::BoxOffice;
use boxoffice::lines::Lines;
use boxoffice::simulation::Simulations;
use ipnet::IpNet;
use repository::pools::Pool;

use crate::http::arguments::{Argument, Part};
use crate::http::client_address::StrangeProxies;
use crate::resources::analytics::Analytics;
use crate::resources::events::Showcase;
use crate::resources::health::Readiness;
use crate::services::access_list::AccessList;
use crate::services::live::hub::Hub;
use crate::services::metrics::Metrics;
use crate::services::passwords::Passwords;
use crate::services::releases::Releases;
use crate::services::turns::Turns;
use crate::settings::MetricsListen;

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

/// A handler with the state asks the database, unless the description of its route says otherwise.
impl Argument for Data<State> {
    fn parts() -> Vec<Part> {
        vec![Part::Database]
    }
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
