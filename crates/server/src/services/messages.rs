//! Tells people: makes messages of the journal, and sends those that are due.
//!
//! Every server does both. Rows that another server has locked are passed over, so several tell more and none repeats.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use boxoffice::BoxOffice;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use notices::mail::{Mailer, Refused};
use notices::telling::{Ended, Taken, Teller};
use repository::messages::{self as stored, End};
use repository::pools::Pool;
use tokio::time::Instant;

use crate::services::background::Pulse;

/// The pause between two looks at a journal that was empty.
const JOURNAL_PAUSE: Duration = Duration::from_millis(500);

/// The pause between two looks at whether buyers wait for the box office. Buyers come first: making messages costs the
/// database as much as booking.
const YIELD_PAUSE: Duration = Duration::from_millis(250);

/// The longest that a sale keeps messages from being made. Then there is a round at each pause.
const YIELD_MAX: Duration = Duration::from_secs(30);

/// The pause after the database failed, and the longest time between two looks for messages that are due.
const PAUSE: Duration = Duration::from_secs(2);

/// Mails on their way at once, of one server.
const AT_ONCE: usize = 16;

/// The same to receivers of one mail domain, so that one that is slow delays no other.
const AT_ONCE_PER_DOMAIN: usize = 4;

/// Messages that are taken at once where no mail is set up.
const SHOWN_AT_ONCE: i64 = 500;

/// How often messages are looked for that were kept for long enough.
const CLEAN_UP_EVERY: Duration = Duration::from_secs(3_600);

/// The messages that one clean-up statement deletes.
const CLEAN_UP_PAGE: i64 = 5_000;

/// Tells people. A handle.
#[derive(Clone)]
pub(crate) struct Messages {
    teller: Teller,
    pool: Pool,
    office: BoxOffice,
    mailer: Option<Mailer>,
    keep_days: i32,
    /// Why the last mail was not taken. None if it was.
    failing: Arc<Mutex<Option<String>>>,
}

impl Messages {
    /// Tells by mail, if there is a mailer, and in the program. Messages are kept for so many days.
    pub(crate) fn new(teller: Teller, pool: Pool, office: BoxOffice, mailer: Option<Mailer>, keep_days: i32) -> Self {
        Self { teller, pool, office, mailer, keep_days, failing: Arc::default() }
    }

    /// Whether messages go out by mail.
    pub(crate) fn has_mail(&self) -> bool {
        self.mailer.is_some()
    }

    /// Why the last mail was not taken, if it was not.
    pub(crate) fn failing(&self) -> Option<String> {
        self.last_failure().clone()
    }

    fn last_failure(&self) -> MutexGuard<'_, Option<String>> {
        self.failing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes messages of the journal and of announcements, and deletes old ones. Never returns.
    pub(crate) async fn follow(&self, pulse: &Pulse) {
        let mut clean_up_at = Instant::now();
        let mut is_reported = false;
        let mut yields_since: Option<Instant> = None;
        loop {
            if self.is_selling() {
                let since = *yields_since.get_or_insert_with(Instant::now);
                pulse.beat().await;
                tokio::time::sleep(YIELD_PAUSE).await;
                if since.elapsed() < YIELD_MAX {
                    continue;
                }
            } else {
                yields_since = None;
            }
            let pause = match self.teller.follow().await {
                Ok(true) => None,
                Ok(false) => Some(JOURNAL_PAUSE),
                Err(error) => {
                    if !is_reported {
                        tracing::warn!(%error, "could not make messages of the journal");
                    }
                    Some(PAUSE)
                }
            };
            is_reported = pause == Some(PAUSE);
            if Instant::now() >= clean_up_at && pause == Some(JOURNAL_PAUSE) {
                clean_up_at = Instant::now() + CLEAN_UP_EVERY;
                self.clean_up(pulse).await;
            }
            pulse.beat().await;
            if let Some(pause) = pause {
                tokio::time::sleep(pause).await;
            }
        }
    }

    fn is_selling(&self) -> bool {
        self.office.occupancy().queued > 0
    }

    async fn clean_up(&self, pulse: &Pulse) {
        let days = self.keep_days;
        loop {
            let page = async |connection: &mut _| stored::delete_old(connection, days, CLEAN_UP_PAGE).await;
            match self.pool.run(page).await {
                Ok(0) => return,
                Ok(deleted) => tracing::info!(deleted, "deleted messages that were kept for long enough"),
                Err(error) => {
                    tracing::warn!(%error, "could not delete old messages");
                    return;
                }
            }
            pulse.beat().await;
        }
    }

    /// Tells messages that are due. Never returns.
    pub(crate) async fn tell(&self, pulse: &Pulse) {
        if let Some(mailer) = &self.mailer {
            self.report(mailer.check().await.err());
        }
        let mut on_their_way = FuturesUnordered::new();
        let mut by_domain: HashMap<String, usize> = HashMap::new();
        loop {
            pulse.beat().await;
            let free = AT_ONCE.saturating_sub(on_their_way.len());
            let taken = self.take(free, &by_domain).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "could not take messages that are due");
                Vec::new()
            });
            let has_more = !taken.is_empty();
            for one in taken {
                let domain = one.domain().unwrap_or_default().to_owned();
                *by_domain.entry(domain.clone()).or_default() += 1;
                let telling = self.teller.tell(one);
                on_their_way.push(async move { (domain, telling.await) });
            }
            if on_their_way.is_empty() {
                tokio::time::sleep(PAUSE).await;
                continue;
            }
            // More is taken at once, as long as there is room. Otherwise the first that ends makes room.
            let patience = if has_more && on_their_way.len() < AT_ONCE { Duration::ZERO } else { PAUSE };
            let Ok(Some(first)) = tokio::time::timeout(patience, on_their_way.next()).await else { continue };
            let mut ended = vec![first];
            // Those that have ended meanwhile are stored together.
            while let Some(Some(next)) = on_their_way.next().now_or_never() {
                ended.push(next);
            }
            let ended = ended.into_iter().map(|(domain, ended)| {
                if let Some(count) = by_domain.get_mut(&domain) {
                    *count = count.saturating_sub(1);
                }
                ended
            });
            let ended: Vec<Ended> = ended.collect();
            by_domain.retain(|_, count| *count > 0);
            self.note(&ended);
            if let Err(error) = self.teller.end(ended).await {
                // They are due again when their lease ends.
                tracing::warn!(%error, "could not store how messages were told");
            }
        }
    }

    /// While a sale has the machine, only the journal grows.
    async fn take(&self, free: usize, by_domain: &HashMap<String, usize>) -> Result<Vec<Taken>, repository::Error> {
        if free == 0 || self.is_selling() {
            return Ok(Vec::new());
        }
        let limit = if self.has_mail() { i64::try_from(free).unwrap_or(1).min(PER_TAKE) } else { SHOWN_AT_ONCE };
        let full = by_domain.iter().filter(|(_, count)| self.has_mail() && **count >= AT_ONCE_PER_DOMAIN);
        let full: Vec<String> = full.map(|(domain, _)| domain.clone()).collect();
        self.teller.take(limit, &full).await
    }

    fn note(&self, ended: &[Ended]) {
        for (_, _, end) in ended {
            match end {
                End::Sent(_) => self.report(None),
                End::Again(_, reason) => self.report(Some(Refused::ForNow(reason.clone()))),
                End::Failed(_) | End::Shown(_) | End::Obsolete => {}
            }
        }
    }

    /// The log has the first failure, and the first success after it.
    fn report(&self, refused: Option<Refused>) {
        let reason = refused.map(|(Refused::ForGood(reason) | Refused::ForNow(reason))| reason);
        let mut failing = self.last_failure();
        match (&*failing, &reason) {
            (None, Some(reason)) => tracing::warn!(reason, "the mail server does not take mail"),
            (Some(_), None) => tracing::info!("the mail server takes mail again"),
            _ => {}
        }
        *failing = reason;
    }
}

/// Messages that are taken at once for mail. A domain is known only when they are taken, so no more than one domain may
/// have.
const PER_TAKE: i64 = 4;

const _: () = assert!(PER_TAKE as usize <= AT_ONCE_PER_DOMAIN, "one take must not exceed what a domain may have");
