//! The demo: accounts with public passwords, and events to book.
//!
//! Only an empty database gets it. The admin is created first. A database with the demo's admin therefore has the demo,
//! or a crash interrupted its creation; the next start adds the missing parts. All other databases are left alone.
//!
//! Later changes by people are kept. A demo event that has begun stays as it is, and a new one takes its place.

use std::time::Duration;

use auth::passwords::{HashError, Hasher};
use boxoffice::{BoxOffice, Unanswered};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use domain::accounts::{Email, PersonName, Role};
use domain::commands::{Command, Refusal};
use domain::events::{EventDetails, EventStatus, NewEvent};
use domain::ids::{EventId, UserId};
use domain::text::InvalidField;
use repository::databases::LockError;
use repository::errors::Conflict;
use repository::users::{NewUser, User};
use repository::{AsyncPgConnection, databases, events, users};
use thiserror::Error;
use uuid::Uuid;

/// A demo account.
#[derive(Debug, PartialEq, Eq)]
pub struct Account {
    /// The role.
    pub role: Role,
    /// The person's name.
    pub name: &'static str,
    /// The e-mail address to sign in with.
    pub email: &'static str,
    /// The password at first.
    pub password: &'static str,
}

const ADMIN: Account =
    Account { role: Role::Admin, name: "Ada Admin", email: "admin@eventbrite.local", password: "admin123" };

const ORGANIZER: Account =
    Account { role: Role::Organizer, name: "TechCorp Events", email: "events@techcorp.com", password: "org123" };

/// All demo accounts, in the order in which they are created.
pub const ACCOUNTS: [Account; 4] = [
    ADMIN,
    ORGANIZER,
    Account { role: Role::Audience, name: "Alice Student", email: "alice@student.com", password: "user123" },
    Account { role: Role::Audience, name: "Bob Engineer", email: "bob@engineer.com", password: "user123" },
];

/// A demo event.
struct DemoEvent {
    number: u8,
    title: &'static str,
    description: &'static str,
    location: &'static str,
    days_ahead: i64,
    hours: i64,
    capacity: i32,
    status: EventStatus,
}

/// The local time at which every demo event starts.
const STARTS_AT: TimeDelta = TimeDelta::hours(8);
const TIME_ZONE: &str = "Europe/Berlin";

const EVENTS: [DemoEvent; 3] = [
    DemoEvent {
        number: 1,
        title: "Golang Microservices Summit",
        description: "A day on services in Go: boundaries, contracts, and what to do when everybody arrives at once.\n\n\
                      Ten seats, and a waitlist.",
        location: "TechCorp Campus, Hall A",
        days_ahead: 30,
        hours: 9,
        capacity: 10,
        status: EventStatus::Published,
    },
    DemoEvent {
        number: 2,
        title: "Introduction to PostgreSQL Locking",
        description: "Row locks from the ground up: SELECT ... FOR UPDATE, what waits for what, and how five seats are \
                      sold to five people.",
        location: "Online",
        days_ahead: 45,
        hours: 3,
        capacity: 5,
        status: EventStatus::Published,
    },
    DemoEvent {
        number: 3,
        title: "Rust for Event-Driven Systems",
        description: "Still a draft: its organizer and admins see it.",
        location: "TechCorp Campus, Room 2",
        days_ahead: 60,
        hours: 6,
        capacity: 40,
        status: EventStatus::Draft,
    },
];

/// The base of the ids of demo events. An id adds the event's number and the number of its earlier editions. The ids
/// are the same in every database, so a renamed event is found again.
const FIRST_ID: u128 = 0x019b_7766_0000_7000_8000_0000_0000_0000;

/// The name of a lock. One server at a time creates the demo.
const LOCK: &str = "onsale demo";

/// The longest wait for another server that creates the demo, which takes seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// The demo could not be created. Its existing parts stay, and the next start continues.
#[derive(Debug, Error)]
pub enum DemoError {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] repository::Error),
    /// Another server has held the lock for too long.
    #[error(transparent)]
    Locked(#[from] LockError),
    /// A password could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The box office did not answer the publication of an event.
    #[error("an event could not be published: {0}")]
    Unanswered(#[from] Unanswered),
    /// The publication of an event was refused.
    #[error("an event could not be published: {0}")]
    Refused(#[from] Refusal),
    /// A bug: a value of the demo is not allowed.
    #[error(transparent)]
    Invalid(#[from] InvalidField),
    /// A bug: the hashing panicked.
    #[error("a password was not hashed: {0}")]
    Panicked(#[from] tokio::task::JoinError),
}

/// Creates the missing parts of the demo, unless the database has other data. Returns the accounts that still have the
/// demo's password and role.
pub async fn put(
    connection: &mut AsyncPgConnection,
    office: &BoxOffice,
    hasher: &Hasher,
    now: DateTime<Utc>,
) -> Result<Vec<&'static Account>, DemoError> {
    databases::advisory_lock(connection, LOCK, PATIENCE).await?;
    if users::find_by_email(connection, ADMIN.email).await?.is_none() && users::any(connection).await? {
        return Ok(Vec::new());
    }
    let mut unchanged = Vec::new();
    let mut organizer = None;
    for account in &ACCOUNTS {
        let user = put_account(connection, hasher, account).await?;
        if is_unchanged(hasher, account, &user).await? {
            unchanged.push(account);
        }
        if *account == ORGANIZER {
            organizer = Some(user.id);
        }
    }
    if let Some(organizer) = organizer {
        for event in &EVENTS {
            put_event(connection, office, event, organizer, now).await?;
        }
    }
    Ok(unchanged)
}

/// A demo account that anybody can sign in to: it is active, and its password is still the public one.
pub(crate) async fn open_to_anybody(
    connection: &mut AsyncPgConnection,
    hasher: &Hasher,
) -> Result<Option<&'static Account>, repository::Error> {
    for account in &ACCOUNTS {
        let user = users::find_by_email(connection, account.email).await?;
        if user.is_some_and(|user| user.is_active && hasher.verify(account.password, &user.password_hash)) {
            return Ok(Some(account));
        }
    }
    Ok(None)
}

/// Whether an account has the demo's role and password. The version counts changes of them, and also sign-outs
/// everywhere.
async fn is_unchanged(hasher: &Hasher, account: &'static Account, user: &User) -> Result<bool, DemoError> {
    if user.access_version == 1 {
        return Ok(true);
    }
    if !user.is_active || user.role != account.role {
        return Ok(false);
    }
    let (hasher, hash) = (hasher.clone(), user.password_hash.clone());
    Ok(tokio::task::spawn_blocking(move || hasher.verify(account.password, &hash)).await?)
}

async fn put_account(
    connection: &mut AsyncPgConnection,
    hasher: &Hasher,
    account: &'static Account,
) -> Result<User, DemoError> {
    if let Some(user) = users::find_by_email(connection, account.email).await? {
        return Ok(user);
    }
    let hasher = hasher.clone();
    let password_hash = tokio::task::spawn_blocking(move || hasher.hash(account.password)).await??;
    let new = NewUser {
        id: UserId::from(Uuid::now_v7()),
        name: PersonName::parse(account.name)?,
        email: Email::parse(account.email)?,
        password_hash,
        role: account.role,
    };
    Ok(users::insert(connection, &new).await?)
}

async fn put_event(
    connection: &mut AsyncPgConnection,
    office: &BoxOffice,
    event: &DemoEvent,
    organizer: UserId,
    now: DateTime<Utc>,
) -> Result<(), DemoError> {
    for before in 0..=u16::MAX {
        let id = event.id(before);
        let there = match events::find(connection, id).await? {
            Some(there) if there.details.starts_at <= now => continue,
            Some(there) => there,
            None => {
                let new = NewEvent::draft(id, organizer, event.details(now), event.capacity.into(), now)?;
                match events::insert(connection, new, organizer).await {
                    // The organizer has reached the limit of events, so the demo goes without a new one.
                    Err(repository::Error::Conflict(Conflict::TooManyEvents)) => return Ok(()),
                    made => made?,
                }
            }
        };
        // An event never becomes a draft again, so this one has not been published yet.
        if there.status == EventStatus::Draft && event.status == EventStatus::Published {
            office.submit_by(id, Command::Publish, organizer).await?.decided.outcome?;
        }
        return Ok(());
    }
    Ok(())
}

impl DemoEvent {
    fn id(&self, before: u16) -> EventId {
        Uuid::from_u128(FIRST_ID | u128::from(self.number) << 16 | u128::from(before)).into()
    }

    fn details(&self, now: DateTime<Utc>) -> EventDetails {
        let day = now.date_naive().and_time(NaiveTime::MIN).and_utc() + TimeDelta::days(self.days_ahead);
        let starts_at = day + STARTS_AT;
        EventDetails {
            title: self.title.to_owned(),
            description: self.description.to_owned(),
            location: self.location.to_owned(),
            starts_at,
            ends_at: starts_at + TimeDelta::hours(self.hours),
            time_zone: TIME_ZONE.to_owned(),
            sales_open_at: None,
            sales_close_at: None,
            cancel_until: None,
            verified_buyers_only: false,
        }
    }
}
