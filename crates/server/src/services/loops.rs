//! The loops of this server beside its requests, one row each.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use boxoffice::simulation::Simulations;
use boxoffice::simulation::leftovers::Leftovers;
use notices::mail::SEND_WITHIN;
use repository::pools::Pool;
use webhooks::sender;

use crate::services::access_list::{self, AccessList};
use crate::services::background::{Background, Pulse};
use crate::services::holds::Holds;
use crate::services::line_heads::LineHeads;
use crate::services::live::hub::Hub;
use crate::services::live::upkeep as live;
use crate::services::messages::Messages;
use crate::services::releases::Releases;
use crate::services::reminders::Reminders;
use crate::services::webhooks::Webhooks;

/// The interval of clean-ups. The traces that they remove are harmless.
const CLEAN_UP_EVERY: Duration = Duration::from_secs(600);

/// The same, after a clean-up that failed.
const CLEAN_UP_AGAIN: Duration = Duration::from_secs(60);

/// A clean-up that takes longer hangs. The next one goes on where it was.
const CLEAN_UP_STALL_AFTER: Duration = Duration::from_secs(600);

/// How long each loop may show no sign of life.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stalls {
    access_list: Duration,
    live: Duration,
    releases: Duration,
    holds: Duration,
    line_heads: Duration,
    journal: Duration,
    messages: Duration,
    reminders: Duration,
    webhooks: Duration,
    clean_up: Duration,
}

impl Stalls {
    /// The limits, where a booking is decided within `decided_within`. A sweep waits for decisions.
    pub(crate) fn new(decided_within: Duration) -> Self {
        Self {
            access_list: access_list::STALL_AFTER,
            live: live::STALL_AFTER,
            releases: decided_within * 2,
            holds: decided_within * 2,
            line_heads: decided_within * 2,
            journal: decided_within * 2,
            messages: decided_within * 2 + SEND_WITHIN,
            reminders: decided_within * 2,
            webhooks: decided_within * 2 + sender::SEND_WITHIN,
            clean_up: CLEAN_UP_STALL_AFTER,
        }
    }
}

/// The pulses of all loops.
#[derive(Debug, Clone)]
pub(crate) struct Pulses {
    access_list: Arc<Pulse>,
    live_reads: Arc<Pulse>,
    live_messages: Arc<Pulse>,
    releases: Arc<Pulse>,
    holds: Arc<Pulse>,
    line_heads: Arc<Pulse>,
    journal: Arc<Pulse>,
    messages: Arc<Pulse>,
    reminders: Arc<Pulse>,
    webhooks: Arc<Pulse>,
    clean_up: Arc<Pulse>,
}

impl Pulses {
    /// Pulses of loops that have not begun.
    pub(crate) fn new(stalls: Stalls) -> Self {
        Self {
            access_list: Arc::new(Pulse::new("access_list", stalls.access_list)),
            live_reads: Arc::new(Pulse::new("live_reads", stalls.live)),
            live_messages: Arc::new(Pulse::new("live_messages", stalls.live)),
            releases: Arc::new(Pulse::new("releases", stalls.releases)),
            holds: Arc::new(Pulse::new("holds", stalls.holds)),
            line_heads: Arc::new(Pulse::new("line_heads", stalls.line_heads)),
            journal: Arc::new(Pulse::new("journal", stalls.journal)),
            messages: Arc::new(Pulse::new("messages", stalls.messages)),
            reminders: Arc::new(Pulse::new("reminders", stalls.reminders)),
            webhooks: Arc::new(Pulse::new("webhooks", stalls.webhooks)),
            clean_up: Arc::new(Pulse::new("clean_up", stalls.clean_up)),
        }
    }

    /// All of them.
    pub(crate) fn all(&self) -> [&Arc<Pulse>; 11] {
        [
            &self.access_list,
            &self.live_reads,
            &self.live_messages,
            &self.releases,
            &self.holds,
            &self.line_heads,
            &self.journal,
            &self.messages,
            &self.reminders,
            &self.webhooks,
            &self.clean_up,
        ]
    }
}

/// The parts of the server that the loops keep up.
pub(crate) struct Parts {
    pub(crate) access_list: Arc<AccessList>,
    /// The connections that no request uses.
    pub(crate) reserved: Pool,
    pub(crate) hub: Arc<Hub>,
    pub(crate) pool: Pool,
    pub(crate) releases: Releases,
    pub(crate) holds: Holds,
    pub(crate) line_heads: LineHeads,
    pub(crate) messages: Messages,
    pub(crate) reminders: Reminders,
    pub(crate) webhooks: Webhooks,
    pub(crate) simulations: Simulations,
}

/// Starts every loop.
pub(crate) fn start(pulses: &Pulses, parts: Parts) -> io::Result<Background> {
    let Parts {
        access_list,
        reserved,
        hub,
        pool,
        releases,
        holds,
        line_heads,
        messages,
        reminders,
        webhooks,
        simulations,
    } = parts;
    let told = messages.clone();
    let mut background = Background::new();
    let watched = Arc::clone(&hub);
    background.start(Arc::clone(&pulses.access_list), async move |pulse: &Pulse| {
        access_list::keep_up(&access_list, &reserved, pulse).await;
    })?;
    background.start(Arc::clone(&pulses.live_reads), async move |pulse: &Pulse| {
        live::read(&watched, &pool, pulse).await;
    })?;
    background.start(Arc::clone(&pulses.live_messages), async move |pulse: &Pulse| live::publish(&hub, pulse).await)?;
    background.start(Arc::clone(&pulses.releases), async move |pulse: &Pulse| releases.keep_up(pulse).await)?;
    background.start(Arc::clone(&pulses.holds), async move |pulse: &Pulse| holds.keep_up(pulse).await)?;
    background.start(Arc::clone(&pulses.line_heads), async move |pulse: &Pulse| line_heads.keep_up(pulse).await)?;
    background.start(Arc::clone(&pulses.journal), async move |pulse: &Pulse| messages.follow(pulse).await)?;
    background.start(Arc::clone(&pulses.messages), async move |pulse: &Pulse| told.tell(pulse).await)?;
    background.start(Arc::clone(&pulses.reminders), async move |pulse: &Pulse| reminders.keep_up(pulse).await)?;
    background.start(Arc::clone(&pulses.webhooks), async move |pulse: &Pulse| webhooks.deliver(pulse).await)?;
    background.start(Arc::clone(&pulses.clean_up), async move |pulse: &Pulse| clean_up(&simulations, pulse).await)?;
    Ok(background)
}

/// Cleans up after stress tests that a crash has ended, at intervals. Never returns.
async fn clean_up(simulations: &Simulations, pulse: &Pulse) {
    let mut is_first = true;
    loop {
        let pause = match simulations.clean_up().await {
            Ok(leftovers) => {
                report(leftovers, is_first);
                is_first = false;
                CLEAN_UP_EVERY
            }
            Err(error) => {
                tracing::warn!(%error, "could not clean up after stress tests that a crash has ended");
                CLEAN_UP_AGAIN
            }
        };
        pulse.rest(pause).await;
    }
}

/// Logs what lost stress tests have left; events that are still under test only at the start.
fn report(leftovers: Leftovers, is_first: bool) {
    let Leftovers { copies_removed, reopened, under_test } = leftovers;
    if copies_removed > 0 {
        tracing::info!(removed = copies_removed, "removed hidden copies of events that a crash left");
    }
    for event in reopened {
        tracing::warn!(%event, "a stress test was lost at its beginning; its event takes bookings again");
    }
    for event in under_test.iter().filter(|_| is_first) {
        tracing::warn!(%event, "a stress test has left this event closed to bookings; undo the test");
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::services::background::Failure;
    use crate::services::background::faults::Fault;
    use crate::services::live::hub::Limits;
    use crate::services::printing::Printing;
    use crate::services::ticket_files::TicketFiles;
    use auth::secrets::LinkKey;
    use boxoffice::BoxOffice;
    use notices::telling::Teller;
    use notices::words::{SiteWords, Templates};
    use repository::pools::{PoolSettings, Purpose};
    use testdb::patience::{LIMIT, eventually};
    use tokio::runtime::Handle;
    use webhooks::delivering::{Deliverer, Owners};
    use webhooks::guard::Guard;
    use webhooks::sender::Sender;
    use webhooks::urls::Encryption;

    /// Longer than a round of each loop, and than a rest between two signs of life.
    const STALL: Duration = testdb::patience::scaled(Duration::from_secs(1));

    fn failures(pulse: &Pulse) -> [u64; 3] {
        Failure::ALL.map(|failure| pulse.restarts(failure))
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn each_loop_survives_a_panic_and_a_stall() {
        let database = testdb::Database::new().await;
        let pool = |purpose| {
            // Loops may all read at once.
            let settings = PoolSettings { connect_timeout: LIMIT, size: 8, ..PoolSettings::default() };
            Pool::new(&database.url(), purpose, &settings, Handle::current()).unwrap()
        };
        let general = pool(Purpose::General);
        let office = BoxOffice::open(pool(Purpose::BoxOffice), boxoffice::Limits::default(), Handle::current());
        let access_list = Arc::new(AccessList::new(LIMIT, LIMIT));
        let templates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates");
        let words = Arc::new(Templates::load(&templates, SiteWords::default()).unwrap());
        let links = LinkKey::new(b"a secret that is long enough for a key").unwrap();
        let telling = Teller::new(general.clone(), words, None, links);
        let sender = Sender::new(Guard::default(), Encryption::Required).unwrap();
        let ticket_files = TicketFiles::new(general.clone(), Arc::new(Printing::new()));
        let deliverer = Deliverer::new(general.clone(), sender, Owners::NotMailed);
        let parts = Parts {
            access_list: Arc::clone(&access_list),
            reserved: general.clone(),
            hub: Arc::new(Hub::new(Limits { streams: 1, streams_per_address: 1 })),
            pool: general.clone(),
            releases: Releases::new(office.clone(), general.clone(), LIMIT),
            holds: Holds::new(office.clone(), general.clone()),
            line_heads: LineHeads::new(office.clone(), general.clone()),
            messages: Messages::new(telling, general.clone(), office.clone(), ticket_files, 1),
            reminders: Reminders::new(general.clone()),
            webhooks: Webhooks::new(deliverer, general.clone(), 1),
            simulations: Simulations::new(office, general, &database.url(), 1, Handle::current()),
        };
        let pulses = Pulses::new(Stalls {
            access_list: STALL,
            live: STALL,
            releases: 2 * STALL,
            holds: 2 * STALL,
            line_heads: 2 * STALL,
            journal: 2 * STALL,
            reminders: 2 * STALL,
            webhooks: 2 * STALL + testdb::patience::scaled(Duration::from_secs(2)),
            messages: 2 * STALL + testdb::patience::scaled(Duration::from_secs(2)),
            clean_up: STALL,
        });
        let background = start(&pulses, parts).unwrap();
        for (fault, expected) in [(Fault::Panic, [1, 0, 0]), (Fault::Stall, [1, 0, 1])] {
            pulses.all().iter().for_each(|pulse| pulse.faults.place(fault));
            for pulse in pulses.all() {
                let what = format!("{} is started again after a {fault:?}", pulse.name());
                eventually(what, async || (failures(pulse) == expected).then_some(())).await;
            }
        }
        // All of them work again.
        for pulse in pulses.all() {
            // A sign of life since now. An age would not do: that of a loop that has just started is hardly ever seen
            // again.
            let since = Instant::now();
            eventually(format!("{} works", pulse.name()), async || (pulse.age() < since.elapsed()).then_some(())).await;
            assert_eq!(failures(pulse), [1, 0, 1], "{}", pulse.name());
        }
        eventually("changes of access are heard of", async || access_list.is_current().then_some(())).await;
        background.stop().await;
    }
}
