//! The relations between settings, and between settings and constants: what must hold is checked here, at start or at
//! compile time, and what follows from a setting is derived here.

use std::time::Duration;

use repository::pools::{self, PoolSettings};

use super::error::SettingsError;
use super::reader::Reader;
use super::sections::{Auth, BoxOffice, Database, Demo, Live, Server, Simulation};

/// The time for the box office's last commits at a stop, after that of the requests in flight.
pub(crate) const LAST_COMMITS: Duration = Duration::from_secs(1);

/// The part of [`LAST_COMMITS`] in which a stress test may still end and write its report.
pub(crate) const LAST_WORD: Duration = Duration::from_millis(500);

const _: () = assert!(LAST_WORD.as_millis() < LAST_COMMITS.as_millis());

/// Added to PostgreSQL's own limits for the deadlines of the box office, so that PostgreSQL is the one to end a wait.
const DEADLINE_MARGIN: Duration = Duration::from_secs(2);

/// The shortest time for which the box office looks for the outcome of a commit whose answer was lost.
const RESOLVE_MIN: Duration = Duration::from_secs(10);

/// Added to the longest transaction of an account's change: PostgreSQL notices within this time that its client has
/// given the transaction up.
const ABANDONED_FOR: Duration = Duration::from_secs(2);

const _: () = assert!(pools::CLIENT_CHECK_INTERVAL.as_millis() < ABANDONED_FOR.as_millis());

impl Database {
    /// The limits of sessions with this name, in a pool of this size.
    pub(crate) fn sessions(&self, application_name: &str, size: u32) -> PoolSettings {
        PoolSettings {
            application_name: application_name.to_owned(),
            size,
            connect_timeout: self.connect_timeout,
            statement_timeout: self.statement_timeout,
            lock_timeout: self.lock_timeout,
            idle_in_transaction_timeout: self.idle_in_transaction,
            plan_cache_mode: self.plan_cache_mode,
        }
    }

    /// How long the box office waits for an answer about a lock.
    pub(crate) fn lock_deadline(&self) -> Duration {
        self.lock_timeout + DEADLINE_MARGIN
    }

    /// How long the box office waits for the answer to a statement or a commit.
    pub(crate) fn statement_deadline(&self) -> Duration {
        self.statement_timeout + DEADLINE_MARGIN
    }

    /// The longest time between a change of an account's access and its commit. The client gives the transaction up
    /// when a pool's deadline is over, and PostgreSQL then ends it.
    pub(crate) fn access_overlap(&self) -> Duration {
        pools::deadline(self.statement_timeout) + ABANDONED_FOR
    }

    /// How long the box office looks for the outcome of a commit whose answer was lost. PostgreSQL may keep the lost
    /// transaction open until it has been idle for too long, and another server may have the event's lock then.
    pub(crate) fn resolve(&self) -> Duration {
        RESOLVE_MIN.max(self.idle_in_transaction + self.lock_timeout)
    }

    /// The longest time for one try of a batch.
    fn attempt(&self) -> Duration {
        // The lock and the lookups; the writes ahead of the last flight; that flight with the commit.
        self.connect_timeout + self.lock_deadline() + 2 * self.statement_deadline()
    }
}

/// The longest time from a booking's admission to its decision. Batches that are taken apart because of a bug may take
/// longer.
pub(crate) fn decided_within(database: &Database, box_office: &BoxOffice) -> Duration {
    box_office.queued + boxoffice::engine::ROLLBACKS_MAX * database.attempt() + database.resolve()
}

/// The sections with settings that depend on each other.
pub(super) struct Sections<'a> {
    pub(super) server: &'a Server,
    pub(super) database: &'a Database,
    pub(super) auth: &'a Auth,
    pub(super) box_office: &'a BoxOffice,
    pub(super) simulation: &'a Simulation,
    pub(super) live: &'a Live,
    pub(super) demo: &'a Demo,
}

/// Checks settings that are each allowed alone, but not together.
pub(super) fn check(sections: Sections<'_>, reader: &Reader, demo_may_be_public: bool) -> Result<(), SettingsError> {
    let Sections { server, database, auth, box_office, simulation, live, demo } = sections;
    if let Some(secret) = &auth.secret {
        secret.check_length().map_err(|problem| reader.invalid("auth.secret", problem))?;
    }
    if server.drain >= server.shutdown {
        return Err(reader.invalid("server.drain_seconds", "must be shorter than server.shutdown_seconds"));
    }
    if database.idle_in_transaction >= database.lock_timeout {
        let problem = "must be shorter than database.lock_timeout_milliseconds: a server that hangs inside a transaction \
                       must lose its lock before others give up waiting for it";
        return Err(reader.invalid("database.idle_in_transaction_milliseconds", problem));
    }
    if database.lock_timeout >= database.statement_timeout {
        let problem = "must be shorter than database.statement_timeout_milliseconds, which would end the wait first";
        return Err(reader.invalid("database.lock_timeout_milliseconds", problem));
    }
    if box_office.queue_per_event > box_office.queue_total {
        return Err(reader.invalid("box_office.queue_per_event", "must not be more than box_office.queue_total"));
    }
    if simulation.window > box_office.queue_per_event {
        return Err(reader.invalid("simulation.window", "must not be more than box_office.queue_per_event"));
    }
    if live.streams_per_address > live.streams {
        return Err(reader.invalid("live.streams_per_address", "must not be more than live.streams"));
    }
    if demo.enabled && !demo_may_be_public && !server.host.to_canonical().is_loopback() {
        let problem = format!(
            "the demo accounts have known passwords, and {} can be reached from other machines: set it to false, or \
             demo.allow_public to true, or server.host to 127.0.0.1",
            server.host
        );
        return Err(reader.invalid("demo.enabled", problem));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use repository::pools::PlanCacheMode;

    use super::*;

    fn database(lock: u64, idle_in_transaction: u64, statement: u64) -> Database {
        Database {
            url: None,
            read_connections: 8,
            box_office_connections: 16,
            connect_timeout: Duration::from_secs(3),
            lock_timeout: Duration::from_millis(lock),
            idle_in_transaction: Duration::from_millis(idle_in_transaction),
            statement_timeout: Duration::from_millis(statement),
            plan_cache_mode: PlanCacheMode::ForceGenericPlan,
        }
    }

    fn usual() -> Database {
        database(3_000, 1_500, 10_000)
    }

    fn slow() -> Database {
        database(60_000, 30_000, 600_000)
    }

    #[test]
    fn times_follow_the_settings_that_they_depend_on() {
        let (usual, slow) = (usual(), slow());
        assert_eq!(usual.access_overlap(), Duration::from_millis(12_500));
        assert!(slow.access_overlap() > slow.statement_timeout);
        assert_eq!((usual.resolve(), slow.resolve()), (Duration::from_secs(10), Duration::from_secs(90)));
        let limits = boxoffice::Limits::default();
        let box_office = BoxOffice {
            queue_per_event: limits.queue_per_event,
            queue_total: limits.queue_total,
            batch_limit: limits.batch,
            queued: limits.queued,
            backoff: limits.backoff,
        };
        let (soon, late) = (decided_within(&usual, &box_office), decided_within(&slow, &box_office));
        assert!(soon > box_office.queued + usual.resolve(), "{soon:?}");
        assert!(late > soon + slow.statement_timeout, "{late:?}");
    }

    #[test]
    fn the_box_office_outwaits_the_limits_of_its_sessions() {
        for database in [usual(), slow()] {
            assert!(database.lock_deadline() > database.lock_timeout);
            assert!(database.statement_deadline() > database.statement_timeout);
        }
        // The defaults of the two crates fit as well.
        let (session, office) = (pools::PoolSettings::default(), boxoffice::Limits::default().deadlines);
        assert!(office.lock > session.lock_timeout);
        assert!(office.write > session.statement_timeout && office.commit > session.statement_timeout);
    }
}
