//! Tells people: makes messages of the journal, and sends those that are due.
//!
//! Every server does both. Rows that another server has locked are passed over, so several tell more and none repeats.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use auth::secrets::AddressSecret;
use boxoffice::BoxOffice;
use domain::commands::Command;
use domain::ids::{EventId, RegistrationId};
use domain::limits::LAPSES_PER_ORDER_MAX;
use futures_util::future::join_all;
use notices::mail::Refused;
use notices::telling::{Ended, Taken, Teller};
use repository::messages::{self as stored, End};
use repository::pools::Pool;
use repository::{account_mails, journal};
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::Instant;

use crate::services::background::Pulse;
use crate::services::ticket_files::TicketFiles;

/// The pause between two looks at a journal that was empty.
const JOURNAL_PAUSE: Duration = Duration::from_millis(500);

/// The pause between two looks at whether buyers wait for the box office. Buyers come first: making messages costs the
/// database as much as booking.
const YIELD_PAUSE: Duration = Duration::from_millis(250);

/// A sale counts as going on for so long after the last look at which buyers waited: between two batches, nobody waits
/// for a moment.
const QUIET: Duration = Duration::from_millis(500);

/// The longest that a sale keeps messages from being made. Then there is a round at each pause.
const YIELD_MAX: Duration = Duration::from_secs(30);

/// The pause after the database failed, and the longest time between two looks for messages that are due.
const PAUSE: Duration = Duration::from_secs(2);

/// Mails on their way at once, of one server. Somewhat more may be, because a domain's are taken together.
const AT_ONCE: usize = 16;

/// The same to receivers of one mail domain, so that one that is slow delays no other.
const AT_ONCE_PER_DOMAIN: i64 = 4;

/// Messages that are taken at once where no mail is set up.
const SHOWN_AT_ONCE: i64 = 500;

/// How long messages wait for holds that are to be extended before they are told.
const EXTENDED_WITHIN: Duration = Duration::from_secs(5);

/// How often messages are looked for that were kept for long enough.
const CLEAN_UP_EVERY: Duration = Duration::from_secs(3_600);

/// The messages that one clean-up statement deletes.
const CLEAN_UP_PAGE: i64 = 5_000;

/// The two kinds of mail, which are taken one after the other.
#[derive(Debug, Clone, Copy)]
enum What {
    AccountMails,
    Messages,
}

/// Tells people. A handle.
#[derive(Clone)]
pub(crate) struct Messages {
    teller: Teller,
    pool: Pool,
    office: BoxOffice,
    ticket_files: TicketFiles,
    keep_days: i32,
    /// Why the last mail was not taken. None if it was.
    failing: Arc<Mutex<Option<String>>>,
    lag_seconds: Arc<AtomicU64>,
    /// The last look at which buyers waited for the box office.
    sold_at: Arc<Mutex<Option<Instant>>>,
}

/// Leaves the machine to buyers, but not for ever.
#[derive(Debug, Default)]
struct Courtesy {
    since: Option<Instant>,
}

impl Courtesy {
    /// Whether to wait once more while `buyers_wait`. A sale keeps messages back for at most [`YIELD_MAX`]; then there
    /// is a round at each look.
    fn waits(&mut self, buyers_wait: bool) -> bool {
        if !buyers_wait {
            self.since = None;
            return false;
        }
        self.since.get_or_insert_with(Instant::now).elapsed() < YIELD_MAX
    }
}

impl Messages {
    /// Tells in the teller's way. Messages are kept for so many days.
    pub(crate) fn new(
        teller: Teller,
        pool: Pool,
        office: BoxOffice,
        ticket_files: TicketFiles,
        keep_days: i32,
    ) -> Self {
        let (failing, lag_seconds, sold_at) = Default::default();
        Self { teller, pool, office, ticket_files, keep_days, failing, lag_seconds, sold_at }
    }

    /// Whether messages go out by mail.
    pub(crate) fn has_mail(&self) -> bool {
        self.teller.has_mail()
    }

    /// Whether this is the secret of the link by which the person of that registration refuses announcements.
    pub(crate) fn may_refuse(&self, registration: RegistrationId, secret: &AddressSecret) -> bool {
        self.teller.may_refuse(registration, secret)
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
        let mut courtesy = Courtesy::default();
        loop {
            self.measure_lag().await;
            if self.is_selling() {
                pulse.beat().await;
                tokio::time::sleep(YIELD_PAUSE).await;
            }
            if courtesy.waits(self.is_selling()) {
                continue;
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

    /// Whether buyers wait for the box office, or did at a look within [`QUIET`].
    fn is_selling(&self) -> bool {
        let occupancy = self.office.occupancy();
        let mut sold_at = self.sold_at.lock().unwrap_or_else(PoisonError::into_inner);
        if occupancy.queued + occupancy.in_flight > 0 {
            *sold_at = Some(Instant::now());
        }
        sold_at.is_some_and(|at| at.elapsed() < QUIET)
    }

    async fn clean_up(&self, pulse: &Pulse) {
        let days = self.keep_days;
        let mails = async |connection: &mut _| account_mails::delete_old(connection, CLEAN_UP_PAGE).await;
        if let Err(error) = self.pool.run(mails).await {
            tracing::warn!(%error, "could not delete old mails about accounts");
        }
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
        self.report(self.teller.check().await);
        // Tasks, so that mail goes on while this loop waits for the database.
        let mut on_their_way = JoinSet::new();
        let mut domains: HashMap<Id, String> = HashMap::new();
        let mut ended: Vec<Ended> = Vec::new();
        let mut courtesy = Courtesy::default();
        let mut turn = String::new();
        loop {
            pulse.beat().await;
            // Ended tries are stored first.
            if !ended.is_empty() {
                match self.teller.end(ended.clone()).await {
                    Ok(()) => ended.clear(),
                    Err(error) => {
                        tracing::warn!(%error, "could not store how messages were told");
                        tokio::time::sleep(YIELD_PAUSE).await;
                        continue;
                    }
                }
            }
            let mut has_more = false;
            for what in [What::AccountMails, What::Messages] {
                // Mails about accounts do not wait for a sale: people need their links to buy.
                let waits = matches!(what, What::Messages) && courtesy.waits(self.is_selling());
                if waits || on_their_way.len() >= AT_ONCE {
                    continue;
                }
                let (taken, has_any) = self.take(what, &domains, &mut turn).await;
                has_more |= has_any;
                let tickets = join_all(taken.iter().map(async |one| match one.tickets_to_attach() {
                    Some((event, registration)) => self.ticket_files.find(event, registration).await,
                    None => None,
                }));
                let tickets = tickets.await;
                for (one, tickets) in taken.into_iter().zip(tickets) {
                    let domain = one.domain().unwrap_or_default();
                    let (teller, files) = (self.teller.clone(), self.ticket_files.clone());
                    let task = on_their_way.spawn(async move {
                        let file = match tickets {
                            Some(tickets) => files.print(tickets).await,
                            None => None,
                        };
                        teller.tell(one, file).await
                    });
                    domains.insert(task.id(), domain);
                }
            }
            // More is taken at once, as long as there is room. Otherwise the first that ends makes room.
            if has_more && on_their_way.len() < AT_ONCE {
                tokio::task::yield_now().await;
            } else if on_their_way.is_empty() {
                tokio::time::sleep(PAUSE).await;
            } else if let Ok(Some(first)) = tokio::time::timeout(PAUSE, on_their_way.join_next_with_id()).await {
                ended.extend(self.note(first, &mut domains));
            }
            // Those that have ended meanwhile are stored together.
            while let Some(next) = on_their_way.try_join_next_with_id() {
                ended.extend(self.note(next, &mut domains));
            }
        }
    }

    /// Receivers at a domain with mail on its way are left out until it has ended, so that one that is slow delays no
    /// other. Returns what is to be told, and whether there may be more.
    async fn take(&self, what: What, domains: &HashMap<Id, String>, turn: &mut String) -> (Vec<Taken>, bool) {
        let (limit, busy) = if self.has_mail() {
            (AT_ONCE_PER_DOMAIN, domains.values().cloned().collect())
        } else {
            (SHOWN_AT_ONCE, Vec::new())
        };
        let taken = match what {
            What::AccountMails => self.teller.take_account_mails(limit, &busy).await.map(|mails| {
                let has_any = !mails.is_empty();
                (mails, has_any)
            }),
            What::Messages => match self.teller.take(limit, &busy, turn).await {
                Ok((taken, has_any)) => self.give_time(taken).await.map(|taken| (taken, has_any)),
                Err(error) => Err(error),
            },
        };
        taken.unwrap_or_else(|error| {
            tracing::warn!(%error, ?what, "could not take what is due to be told");
            (Vec::new(), false)
        })
    }

    /// Gives people who are told late that the line has moved the whole time to pay, before they are told. Those who
    /// cannot have it in a moment are told later.
    async fn give_time(&self, taken: Vec<Taken>) -> Result<Vec<Taken>, repository::Error> {
        let mut by_event: BTreeMap<EventId, Vec<RegistrationId>> = BTreeMap::new();
        for (event, registration) in taken.iter().filter_map(Taken::late) {
            by_event.entry(event).or_default().push(registration);
        }
        if by_event.is_empty() {
            return Ok(taken);
        }
        let orders = by_event.iter().flat_map(|(event, registrations)| {
            registrations.chunks(LAPSES_PER_ORDER_MAX).map(|some| (*event, some.to_vec()))
        });
        let extended = join_all(orders.map(async |(event, registrations)| {
            if let Err(error) = self.office.submit(event, Command::Extend { registrations }).await {
                tracing::warn!(%event, ?error, "could not extend holds of people who are told late");
            }
        }));
        // An event that is stuck must not keep the messages of others.
        if tokio::time::timeout(EXTENDED_WITHIN, extended).await.is_err() {
            tracing::warn!("holds of people who are told late could not be extended in time");
        }
        let looked_at = self.teller.look_again(taken).await?;
        let (late, told): (Vec<_>, Vec<_>) = looked_at.into_iter().partition(|one| one.late().is_some());
        if !late.is_empty() {
            self.teller.give_back(late).await?;
        }
        Ok(told)
    }

    /// A telling that panicked is due again when its lease ends.
    fn note(&self, told: Result<(Id, Ended), JoinError>, domains: &mut HashMap<Id, String>) -> Option<Ended> {
        let (id, ended) = match told {
            Ok((id, ended)) => (id, Some(ended)),
            Err(error) => {
                tracing::error!(%error, "the telling of a message panicked");
                (error.id(), None)
            }
        };
        domains.remove(&id);
        match ended.as_ref().map(Ended::end) {
            Some(End::Sent) => self.report(None),
            Some(End::Again(_, reason)) => self.report(Some(Refused::ForNow(reason.clone()))),
            Some(End::Failed(_) | End::Shown | End::Obsolete) | None => {}
        }
        ended
    }

    /// How long the oldest change has waited to become messages, in seconds, as last measured.
    pub(crate) fn lag_seconds(&self) -> u64 {
        self.lag_seconds.load(Ordering::Relaxed)
    }

    async fn measure_lag(&self) {
        if let Ok(lag) = self.pool.run(journal::lag).await {
            self.lag_seconds.store(lag.map_or(0, |lag| lag.as_secs()), Ordering::Relaxed);
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
