//! The values that all handlers of a server share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_web::web::Data;
use auth::addresses::AddressKey;
use auth::throttle::Throttle;
use auth::tokens::Tokens;
use boxoffice::BoxOffice;
use boxoffice::lines::Lines;
use boxoffice::simulation::Simulations;
use domain::ids::UserId;
use notices::words::Templates;
use repository::pools::Pool;
use webhooks::sender::Sender;

use crate::http::arguments::{Argument, Part};
use crate::services::access_list::AccessList;
use crate::services::account_mails::AccountMails;
use crate::services::api_keys::ApiKeys;
use crate::services::concurrency::ConcurrencyLimit;
use crate::services::doors::Doors;
use crate::services::live::hub::Hub;
use crate::services::messages::Messages;
use crate::services::metrics::Metrics;
use crate::services::passwords::Passwords;
use crate::services::pictures::Pictures;
use crate::services::printing::Printing;
use crate::services::public_events::PublicEvents;
use crate::services::readiness::Readiness;
use crate::services::releases::Releases;
use crate::services::sales_figures::CachedFigures;
use crate::services::scans::Scans;
use crate::settings::{MetricsListen, Site};

/// The values that all handlers of a server share.
pub(crate) struct State {
    /// For everything but commands of the box office.
    pub(crate) pool: Pool,
    pub(crate) office: BoxOffice,
    pub(crate) lines: Lines,
    pub(crate) simulations: Simulations,
    pub(crate) releases: Releases,
    pub(crate) messages: Messages,
    pub(crate) account_mails: AccountMails,
    pub(crate) api_keys: Arc<ApiKeys>,
    /// The words of messages.
    pub(crate) words: Arc<Templates>,
    /// Its rules for the addresses of endpoints.
    pub(crate) webhook_sender: Sender,
    pub(crate) public_events: PublicEvents,
    pub(crate) pictures: Pictures,
    pub(crate) doors: Doors,
    /// The scans at those doors.
    pub(crate) scans: Scans,
    /// For the transactions of scans.
    pub(crate) door_pool: Pool,
    pub(crate) printing: Arc<Printing>,
    /// Who watches which events.
    pub(crate) hub: Arc<Hub>,
    pub(crate) sales_figures: CachedFigures,
    /// For the reads of exported files.
    pub(crate) exports: ConcurrencyLimit<UserId>,
    /// For searches of lists by people who run something.
    pub(crate) searches: ConcurrencyLimit<UserId>,
    /// For everybody's searches of the public list.
    pub(crate) public_searches: ConcurrencyLimit<AddressKey>,
    pub(crate) tokens: Arc<Tokens>,
    pub(crate) passwords: Arc<Passwords>,
    /// Counts failed sign-ins.
    pub(crate) throttle: Mutex<Throttle>,
    /// Counts wrong codes of prices.
    pub(crate) codes: Mutex<Throttle>,
    /// Counts new accounts.
    pub(crate) sign_ups: Mutex<Throttle>,
    /// The limit of those from one address, for the problem that tells it.
    pub(crate) new_accounts_per_address: usize,
    pub(crate) access_list: Arc<AccessList>,
    pub(crate) readiness: Readiness,
    pub(crate) metrics: Metrics,
    pub(crate) metrics_listen: MetricsListen,
    /// Who runs this server.
    pub(crate) site: Site,
}

/// A handler with the state asks the database, unless the description of its route says otherwise.
impl Argument for Data<State> {
    fn parts() -> Vec<Part> {
        vec![Part::Database]
    }
}

impl State {
    /// Locks the counts of wrong codes. Hold it for a few lines only.
    pub(crate) fn codes(&self) -> MutexGuard<'_, Throttle> {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Locks the counts of new accounts. Hold it for a few lines only.
    pub(crate) fn sign_ups(&self) -> MutexGuard<'_, Throttle> {
        self.sign_ups.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Locks the counts of failed sign-ins. Hold it for a few lines only.
    pub(crate) fn throttle(&self) -> MutexGuard<'_, Throttle> {
        self.throttle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
