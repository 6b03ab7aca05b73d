//! One event in memory, and orders that are decided on it.

use std::collections::{HashMap, HashSet};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::accounts::{AccountKind, Receiver, Role};
use domain::admission::{Attempt, Decision, Questions, decide};
use domain::commands::{Authority, Command, Order};
use domain::events::{Event, EventDetails, EventStatus, NewEvent};
use domain::history::{Verdict, verdict};
use domain::ids::{RegistrationId, UserId};
use domain::limits::EVENTS_PER_ORGANIZER_MAX;
use domain::registrations::{Registration, RegistrationStatus, Removal, RemovalReason};
use domain::tickets::{Choice, Tickets};
use uuid::Uuid;

/// The time after so many steps of half a minute.
pub(crate) fn at(steps: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(2_000_000_000 + steps * 30, 0).unwrap()
}

/// The sale lasts from step 100 to step 800. The event starts at step 900 and ends at step 1,000.
pub(crate) fn event(capacity: i32) -> (Event, Tickets) {
    let details = EventDetails {
        title: "Summit".into(),
        description: String::new(),
        location: "Hall".into(),
        starts_at: at(900),
        ends_at: at(1_000),
        time_zone: "UTC".into(),
        sales_open_at: Some(at(100)),
        sales_close_at: Some(at(800)),
        cancel_until: None,
        verified_buyers_only: false,
    };
    let (id, organizer) = (Uuid::from_u128(1).into(), user(2));
    let draft = NewEvent::draft(id, organizer, details, capacity.into(), at(0)).unwrap();
    let (event, tickets, _) = Event::new(draft, at(0));
    (Event { status: EventStatus::Published, ..event }, tickets)
}

pub(crate) fn user(n: u128) -> UserId {
    Uuid::from_u128(n).into()
}

/// The id of the registration that [`register`] makes for the n-th person.
pub(crate) fn id(n: u128) -> RegistrationId {
    Uuid::from_u128(10_000 + n).into()
}

pub(crate) fn register(n: u128) -> Command {
    choose(n, Choice::default())
}

pub(crate) fn choose(n: u128, choice: Choice) -> Command {
    Command::Register {
        registration: id(n),
        user: user(n),
        buyer: AccountKind::Person,
        is_verified: true,
        key: None,
        choice,
    }
}

pub(crate) fn give_up(n: u128) -> Command {
    Command::GiveUp { registration: id(n), user: user(n) }
}

pub(crate) fn remove(registration: RegistrationId, may_book_again: bool) -> Command {
    let reason = RemovalReason::parse("Not a student").unwrap();
    Command::Remove { registration, removal: Arc::new(Removal { reason, may_book_again }) }
}

pub(crate) fn orders(commands: &[Command]) -> Vec<Order> {
    commands.iter().map(|command| order(command, None)).collect()
}

/// An order by the right of this organizer, or by an administrator's.
pub(crate) fn order(command: &Command, organizer: Option<UserId>) -> Order {
    let authority = if organizer.is_some() { Authority::Organizer } else { Authority::Any };
    Order { id: Uuid::now_v7().into(), by: organizer, authority, command: command.clone() }
}

/// Accounts: 2 runs the event at first, 3 and 4 may get it, the others may not.
pub(crate) fn accounts() -> HashMap<UserId, Receiver> {
    let account = |role, is_active, events| Receiver { role, is_active, events };
    HashMap::from([
        (user(2), account(Role::Organizer, true, EVENTS_PER_ORGANIZER_MAX - 1)),
        (user(3), account(Role::Organizer, true, 0)),
        (user(4), account(Role::Admin, true, EVENTS_PER_ORGANIZER_MAX - 1)),
        (user(5), account(Role::Audience, true, 0)),
        (user(6), account(Role::Admin, false, 0)),
        (user(7), account(Role::Organizer, true, EVENTS_PER_ORGANIZER_MAX)),
    ])
}

/// A person whose account is not active.
pub(crate) const INACTIVE: u128 = 107;

/// Tables whose every change is looked at.
pub(crate) struct Tables(domain::tables::Tables);

impl Deref for Tables {
    type Target = domain::tables::Tables;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Tables {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl Tables {
    pub(crate) fn of((event, tickets): (Event, Tickets)) -> Self {
        let mut tables = domain::tables::Tables::new(event, tickets, at(0));
        (tables.receivers, tables.inactive) = (accounts().into_iter().collect(), [user(INACTIVE)].into());
        Self(tables)
    }

    pub(crate) fn settle(&mut self, now: DateTime<Utc>, commands: &[Command]) -> Decision {
        self.attempt(now, &orders(commands), Attempt::First)
    }

    pub(crate) fn attempt(&mut self, now: DateTime<Utc>, orders: &[Order], attempt: Attempt) -> Decision {
        let findings = self.look(&Questions::of(orders, attempt));
        let decision = decide(&self.event, &self.tickets, now, findings, orders).unwrap();
        for row in &decision.inserted {
            let times = [Some(row.registered_at), row.seated_at, row.cancelled_at, row.paid.map(|paid| paid.at)];
            assert!(times.into_iter().flatten().all(|at| at == now), "what is new has happened now: {row:?}");
        }
        self.write(&decision);
        self.assert_promises();
        decision
    }

    /// P1 to P4, and the limits of prices, from the rows alone.
    fn assert_promises(&self) {
        let Verdict { count, violations, .. } = verdict(&self.history(), &[]);
        assert_eq!(count, 0, "{violations:?}");
        let active = || self.rows.values().filter(|row| row.is_active());
        for one in &self.tickets.types {
            let mine = || active().filter(|row| row.ticket_type == one.number);
            let taken: i32 = mine().filter(|row| row.status.takes_seat()).map(Registration::seats).sum();
            assert_eq!(taken + one.seats.remaining(), one.seats.capacity(), "P1");
            assert!(one.seats.remaining() >= 0, "P1");
            let head = mine().filter(|row| row.status.waits()).min_by_key(|row| row.decision);
            assert_eq!(one.head_wants, head.map_or(0, Registration::seats), "P2");
            assert!(head.is_none_or(|head| head.seats() > one.seats.remaining()), "P2");
            let is_passed_on = |id| self.offers.keys().any(|offer| offer.registration() == id);
            let late = mine().filter(|row| row.status.takes_seat() && row.seated_decision == Some(row.decision));
            let late = late.filter(|row| !is_passed_on(row.id));
            let is_behind = |row: &Registration| head.is_some_and(|head| head.decision < row.decision);
            assert!(!late.clone().any(is_behind), "P2: nobody is seated before the head of the line");
        }
        for price in &self.tickets.prices {
            let standing: i32 = active().map(|row| i32::from(row.split.seats_at(price.number))).sum();
            assert_eq!(standing, price.standing, "P1");
            assert!(price.limit.is_none_or(|limit| standing <= limit), "P1: a limit");
        }
        let people: HashSet<_> = active().map(|row| (row.user, row.ticket_type)).collect();
        assert_eq!(people.len(), active().count(), "P3");
        for payment in self.payments.values().filter(|payment| payment.taken_back.is_none()) {
            let paid = self.rows.values().filter_map(|row| row.paid);
            let parts = paid.filter(|paid| paid.decision == payment.decision).map(|paid| paid.amount);
            assert_eq!(parts.sum::<i64>(), payment.amount, "a payment is where its seats are: {payment:?}");
        }
        for row in self.rows.values() {
            assert!(row.owed <= row.paid.map_or(0, |paid| paid.amount), "no more is owed than was paid: {row:?}");
            let seated = row.status.takes_seat().then(|| RegistrationStatus::of_seated(row.amount, row.paid.is_some()));
            assert!(seated.is_none_or(|status| status == row.status), "one rule for HELD and CONFIRMED: {row:?}");
            // The amount of a price stays once a person has used it. Simulated ones use none.
            assert!(!row.is_active() || row.amount == self.tickets.amount(&row.split), "{row:?}");
        }
    }
}
