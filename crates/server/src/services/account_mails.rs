//! Mails about accounts: writes them down, for the loop that sends all mail, and counts who asks for them.

use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use auth::secrets::LinkKey;
use auth::throttle::{Limits, Throttle};
use domain::account_mails::AccountMailKind;
use domain::accounts::Email;
use domain::ids::{AccountMailId, UserId};
use moka::sync::Cache;
use repository::account_mails::{self as stored, NewMail, Written};
use repository::pools::Pool;
use repository::{AsyncPgConnection, users};
use uuid::Uuid;

use crate::http::problems::Problem;
use crate::services::access_list::EFFECTIVE_WITHIN;

/// Mails that people ask for, within an hour on each server: 10 to one address, 50 from one (a venue's whole network
/// may share it). The database holds the bound for each kind of mail.
const ASKED: Limits = Limits {
    failures_per_account_and_address: 10,
    failures_per_account: 10,
    failures_per_address: 50,
    window: Duration::from_secs(3_600),
    ..Limits::DEFAULT
};

/// After the most mails of an hour to one address, the next may be asked for then, in seconds.
const ANOTHER_HOUR: u64 = 3_600;

/// The most people of whom it is remembered whether they have proven their address.
const REMEMBERED_MAX: u64 = 20_000;

/// Writes mails about accounts.
pub(crate) struct AccountMails {
    pool: Pool,
    links: LinkKey,
    are_on: bool,
    asked: Mutex<Throttle>,
    /// People who were unproven when their token was issued.
    verified: Cache<UserId, bool>,
}

impl AccountMails {
    /// Where no mail is set up (`are_on` is false), none is written.
    pub(crate) fn new(pool: Pool, links: LinkKey, are_on: bool) -> Self {
        let verified = Cache::builder().max_capacity(REMEMBERED_MAX).time_to_live(EFFECTIVE_WITHIN).build();
        Self { pool, links, are_on, asked: Mutex::new(Throttle::new(ASKED)), verified }
    }

    /// Whether mail is set up.
    pub(crate) fn are_on(&self) -> bool {
        self.are_on
    }

    /// Refuses where no mail is set up.
    pub(crate) fn must_be_on(&self) -> Result<(), Problem> {
        if self.are_on { Ok(()) } else { Err(Problem::MailOff) }
    }

    /// Counts a request for a mail to `receiver`, whether there is such an account or not, or refuses it.
    pub(crate) fn count(&self, receiver: &str, address: IpAddr) -> Result<(), Problem> {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let attempt = asked.begin(receiver, address, Instant::now());
        let attempt = attempt
            .map_err(|throttled| Problem::TooManyMails { retry_after_seconds: throttled.retry_after_seconds })?;
        asked.failed(attempt);
        Ok(())
    }

    /// A mail to be written, with an id of its own.
    pub(crate) fn new_mail(&self, kind: AccountMailKind) -> NewMail {
        let id = AccountMailId::from(Uuid::now_v7());
        NewMail { id, kind, digest: kind.has_secret().then(|| self.links.secret_of(id.into()).digest()) }
    }

    /// Writes a mail to a person, to the account's address or another one.
    pub(crate) async fn write(
        &self,
        user: UserId,
        to: Option<&Email>,
        kind: AccountMailKind,
    ) -> Result<Written, repository::Error> {
        let new = self.new_mail(kind);
        self.pool.run(async |connection: &mut AsyncPgConnection| stored::write(connection, user, to, &new).await).await
    }

    /// The same, where the request has succeeded already: the log has an error. Nothing where no mail is set up.
    pub(crate) async fn try_write(&self, user: UserId, kind: AccountMailKind) {
        if !self.are_on {
            return;
        }
        if let Err(error) = self.write(user, None, kind).await {
            tracing::warn!(%error, kind = kind.as_str(), "could not write a mail about an account");
        }
    }

    /// Whether a person has proven the account's address, for one whose token says no. Asks the database once in
    /// [`EFFECTIVE_WITHIN`].
    pub(crate) async fn is_verified(&self, user: UserId) -> Result<bool, repository::Error> {
        if let Some(known) = self.verified.get(&user) {
            return Ok(known);
        }
        let is_verified = self
            .pool
            .run(async |connection: &mut AsyncPgConnection| users::is_verified(connection, user).await)
            .await?;
        self.verified.insert(user, is_verified);
        Ok(is_verified)
    }

    /// Remembers that a person has just proven the account's address.
    pub(crate) fn note_verified(&self, user: UserId) {
        self.verified.insert(user, true);
    }
}

/// Refuses if a mail that was asked for was not written.
pub(crate) fn must_be_written(written: Written) -> Result<(), Problem> {
    match written {
        Written::Yes => Ok(()),
        Written::TooMany => Err(Problem::TooManyMails { retry_after_seconds: ANOTHER_HOUR }),
        Written::Nobody => Err(Problem::Unauthenticated(crate::http::problems::NoSession::AccessChanged)),
    }
}
