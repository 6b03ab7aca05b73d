//! A database with people and an event, and a box office on it.

use std::sync::Arc;
use std::time::Duration;

use boxoffice::observer::Observer;
use boxoffice::simulation::Simulations;
use boxoffice::{Answer, BoxOffice, Limits, Unanswered};
use chrono::{DateTime, TimeDelta, Utc};
use diesel_async::SimpleAsyncConnection;
use domain::accounts::{AccountKind, Email, PersonName, Role};
use domain::commands::{Command, Done, Outcome};
use domain::events::{Event, EventDetails, NewEvent};
use domain::ids::{EventId, RegistrationId, UserId};
use domain::registrations::{IdempotencyKey, Registration, Removal, RemovalReason};
use domain::tickets::Choice;
use repository::pools::{Pool, PoolSettings, Purpose};
use repository::settlement::Deadlines;
use repository::simulations::{Simulation, State};
use repository::users::{NewUser, SIMULATED_AT_ONCE};
use repository::{AsyncPgConnection, events, pools, registrations, simulations, users};
use testdb::patience::{LIMIT, eventually, scaled};
use tokio::runtime::Handle;
use uuid::Uuid;

/// A database of its own, an organizer, and some buyers.
pub(crate) struct Stage {
    /// Dropped with the stage.
    pub(crate) database: Arc<testdb::Database>,
    pub(crate) url: String,
    pub(crate) organizer: UserId,
    pub(crate) pool: Pool,
}

/// Session limits that nothing reaches: for all tests but those that are about a limit.
pub(crate) fn patient() -> PoolSettings {
    PoolSettings {
        connect_timeout: LIMIT,
        statement_timeout: LIMIT,
        lock_timeout: LIMIT,
        idle_in_transaction_timeout: LIMIT,
        size: 16,
        ..PoolSettings::default()
    }
}

/// A wait for a lock that is short enough for a test to see it end.
pub(crate) fn quick_lock() -> PoolSettings {
    PoolSettings { lock_timeout: scaled(Duration::from_millis(200)), ..patient() }
}

/// Limits of a box office that no command and no connection reaches.
pub(crate) fn patient_limits() -> Limits {
    let deadlines = Deadlines { lock: LIMIT, write: LIMIT, commit: LIMIT };
    Limits { queued: LIMIT, resolve: LIMIT, deadlines, ..Limits::default() }
}

pub(crate) fn id<T: From<Uuid>>() -> T {
    Uuid::now_v7().into()
}

pub(crate) fn key(text: &str) -> Option<IdempotencyKey> {
    Some(IdempotencyKey::parse(text).unwrap())
}

pub(crate) fn details() -> EventDetails {
    let starts_at = DateTime::from_timestamp(Utc::now().timestamp(), 0).unwrap() + TimeDelta::days(30);
    EventDetails {
        title: "Summit".into(),
        description: String::new(),
        location: "Hall".into(),
        starts_at,
        ends_at: starts_at + TimeDelta::hours(8),
        time_zone: "UTC".into(),
        sales_open_at: None,
        sales_close_at: None,
        cancel_until: None,
        verified_buyers_only: false,
    }
}

impl Stage {
    pub(crate) async fn set() -> Self {
        let database = testdb::Database::new().await;
        let url = database.url();
        Self::at(url, Arc::new(database)).await
    }

    pub(crate) async fn at(url: String, database: Arc<testdb::Database>) -> Self {
        let pool = Pool::new(&url, Purpose::General, &patient(), Handle::current()).unwrap();
        let organizer = person(&mut connect(&url).await, "organizer").await;
        Self { database, url, organizer, pool }
    }

    /// Another box office on this database, as another server has one.
    pub(crate) fn office(&self) -> BoxOffice {
        self.office_with(patient_limits(), &patient())
    }

    pub(crate) fn office_with(&self, limits: Limits, settings: &PoolSettings) -> BoxOffice {
        office_at(&self.url, limits, settings)
    }

    pub(crate) async fn connection(&self) -> AsyncPgConnection {
        connect(&self.url).await
    }

    pub(crate) async fn people(&self, count: usize) -> Vec<UserId> {
        let mut connection = self.connection().await;
        let count = u32::try_from(count).unwrap();
        let mut all = Vec::new();
        // People would each need a password. The box office does not care who the user of a registration is.
        for first in (1..=count).step_by(usize::try_from(SIMULATED_AT_ONCE).unwrap()) {
            let last = count.min(first + SIMULATED_AT_ONCE - 1);
            all.extend(users::simulated(&mut connection, first..=last, id).await.unwrap());
        }
        all
    }

    pub(crate) async fn draft(&self, capacity: i32) -> EventId {
        self.draft_of(capacity, details()).await
    }

    pub(crate) async fn draft_of(&self, capacity: i32, details: EventDetails) -> EventId {
        let new = NewEvent::draft(id(), self.organizer, details, capacity.into(), Utc::now()).unwrap();
        events::insert(&mut self.connection().await, new, self.organizer).await.unwrap().id
    }

    /// A published event.
    pub(crate) async fn event(&self, office: &BoxOffice, capacity: i32) -> EventId {
        let event = self.draft(capacity).await;
        done(office.submit(event, Command::Publish).await);
        event
    }

    pub(crate) async fn row(&self, event: EventId) -> Event {
        events::find(&mut self.connection().await, event).await.unwrap().unwrap()
    }

    pub(crate) async fn registrations(&self, event: EventId) -> Vec<Registration> {
        registrations::list_of_event(&mut self.connection().await, event).await.unwrap()
    }

    /// Locks the event's row in a transaction of its own.
    pub(crate) async fn hold(&self, event: EventId) -> AsyncPgConnection {
        let mut stranger = self.connection().await;
        stranger.batch_execute(&format!("begin; select from events where id = '{event}' for update")).await.unwrap();
        stranger
    }

    /// Waits until a session of the stage's database waits for a lock.
    pub(crate) async fn wait_for_a_waiter(&self) {
        let mut connection = self.connection().await;
        let look = "do $$ begin \
             assert exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'); \
             end $$";
        eventually("a session waits for a lock", async || connection.batch_execute(look).await.ok()).await;
    }

    /// Verifies every promise in SQL, and replays every history.
    pub(crate) async fn assert_promises(&self) {
        testdb::assert_promises(&mut connect(&self.url).await).await;
    }
}

pub(crate) fn office_at(url: &str, limits: Limits, settings: &PoolSettings) -> BoxOffice {
    observed_office_at(url, limits, settings, Arc::new(|_| {}))
}

pub(crate) fn observed_office_at(url: &str, limits: Limits, settings: &PoolSettings, observer: Observer) -> BoxOffice {
    let pool = Pool::new(url, Purpose::BoxOffice, settings, Handle::current()).unwrap();
    BoxOffice::open_observed(pool, limits, Handle::current(), observer)
}

pub(crate) async fn connect(url: &str) -> AsyncPgConnection {
    pools::connect_once(url, LIMIT).await.unwrap()
}

pub(crate) async fn person(connection: &mut AsyncPgConnection, name: &str) -> UserId {
    let user = NewUser {
        id: id(),
        name: PersonName::parse(name).unwrap(),
        email: Email::parse(&format!("{name}-{}@example.com", Uuid::now_v7().simple())).unwrap(),
        password_hash: "!".into(),
        role: Role::Organizer,
    };
    users::insert(connection, &user).await.unwrap().id
}

pub(crate) fn register(user: UserId) -> Command {
    register_with(user, None)
}

pub(crate) fn register_with(user: UserId, key: Option<IdempotencyKey>) -> Command {
    choose(user, key, Choice::default())
}

/// Books what was chosen.
pub(crate) fn choose(user: UserId, key: Option<IdempotencyKey>, choice: Choice) -> Command {
    Command::Register { registration: id(), user, buyer: AccountKind::Person, is_verified: true, key, choice }
}

pub(crate) fn give_up(registration: &Registration) -> Command {
    Command::GiveUp { registration: registration.id, user: registration.user }
}

pub(crate) fn remove(registration: RegistrationId, may_book_again: bool) -> Command {
    let reason = RemovalReason::parse("Not a member").unwrap();
    Command::Remove { registration, removal: Arc::new(Removal { reason, may_book_again }) }
}

/// Stress tests with these connections.
pub(crate) fn simulations(stage: &Stage, office: &BoxOffice) -> Simulations {
    Simulations::new(office.clone(), stage.pool.clone(), &stage.url, 500, Handle::current())
}

/// Waits for the end of the event's latest stress test.
pub(crate) async fn ended(connection: &mut AsyncPgConnection, event: EventId) -> Simulation {
    eventually("the stress test ends", async || {
        let latest = simulations::latest(connection, event).await.unwrap().unwrap();
        (latest.state != State::Running).then_some(latest)
    })
    .await
}

/// Waits until the box office has an open connection, by a command that changes nothing at an event that is not under
/// test.
pub(crate) async fn connected(office: &BoxOffice, event: EventId) {
    let nothing = Command::UndoSimulation { at_most: 0 };
    eventually("a connection", async || office.submit(event, nothing.clone()).await.ok()).await;
}

/// Waits until the event sells again, after a fault by which its buyers are told to come back. `user` is the first who
/// books.
pub(crate) async fn sells_again(office: &BoxOffice, event: EventId, user: UserId) -> Registration {
    eventually("the event sells again", async || match office.submit(event, register(user)).await {
        Err(Unanswered::Busy { .. }) => None,
        answer => Some(registered(answer)),
    })
    .await
}

pub(crate) fn outcome(answer: Result<Answer, Unanswered>) -> Outcome {
    answer.unwrap().decided.outcome
}

pub(crate) fn done(answer: Result<Answer, Unanswered>) -> Done {
    outcome(answer).unwrap()
}

pub(crate) fn registered(answer: Result<Answer, Unanswered>) -> Registration {
    match done(answer) {
        Done::Registered { registration, .. } => registration,
        other => panic!("{other:?}"),
    }
}
