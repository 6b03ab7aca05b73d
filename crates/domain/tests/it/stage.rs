//! The tables of one event in memory, and orders that are decided on them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::accounts::{AccountKind, Receiver, Role};
use domain::admission::{Attempt, Decision, Findings, MovingLine, Questions, decide};
use domain::commands::{Authority, Command, Order};
use domain::events::{Event, EventDecision, EventDetails, EventStatus, NewEvent};
use domain::history::{History, Place, Verdict, verdict};
use domain::ids::{OrderId, PaymentId, RegistrationId, TransferId, UserId};
use domain::limits::EVENTS_PER_ORGANIZER_MAX;
use domain::registrations::{Payment, Registration, RegistrationStatus, Removal, RemovalReason};
use domain::tickets::{Choice, Tickets};
use domain::transfers::Offer;
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

/// What a database would keep.
pub(crate) struct Tables {
    pub(crate) event: Event,
    pub(crate) tickets: Tickets,
    pub(crate) rows: BTreeMap<RegistrationId, Registration>,
    pub(crate) payments: BTreeMap<PaymentId, Payment>,
    pub(crate) offers: HashMap<TransferId, Offer>,
    /// The tickets that people are in with.
    pub(crate) admitted: HashSet<(RegistrationId, i16)>,
    decisions: Vec<EventDecision>,
    carried_out: HashSet<OrderId>,
}

impl Tables {
    pub(crate) fn of((event, tickets): (Event, Tickets)) -> Self {
        let (_, _, decisions) = Event::new(NewEvent::rehearsal(event.id, &event, &tickets), at(0));
        Self {
            event: Event { last_decision: decisions.last().unwrap().number, ..event },
            tickets,
            rows: BTreeMap::new(),
            payments: BTreeMap::new(),
            offers: HashMap::new(),
            admitted: HashSet::new(),
            decisions,
            carried_out: HashSet::new(),
        }
    }

    /// The history of all that was decided.
    pub(crate) fn history(&self) -> History {
        let was_passed_on = |id| self.offers.keys().any(|offer| offer.registration() == id);
        let payments = self.payments.values();
        History {
            last_number: self.event.last_decision,
            places: self.rows.values().map(|row| Place::of(row, was_passed_on(row.id))).collect(),
            decisions: self.decisions.clone(),
            payments: payments
                .flat_map(|payment| {
                    [Some(payment.decision), payment.taken_back.map(|(number, _)| number)].into_iter().flatten()
                })
                .collect(),
            types: self.tickets.types.iter().map(Into::into).collect(),
            prices: self.tickets.prices.iter().map(Into::into).collect(),
        }
    }

    /// Finds what the questions name, and nothing more.
    pub(crate) fn look(&self, questions: &Questions) -> Findings {
        let asked =
            |row: &&Registration| questions.registrations.contains(&row.id) || questions.buyers.contains(&row.user);
        let mut waiting: Vec<_> = self.rows.values().filter(|row| row.status.waits()).cloned().collect();
        waiting.sort_by_key(|row| (row.ticket_type, row.decision));
        let mut lines = Vec::new();
        for one in &self.tickets.types {
            let moving = || {
                let rows =
                    questions.moving.iter().collect::<HashSet<_>>().into_iter().filter_map(|id| self.rows.get(id));
                rows.filter(|row| row.ticket_type == one.number)
            };
            let limit = questions.line_limit(MovingLine {
                capacity: one.seats.capacity(),
                remaining: one.seats.remaining(),
                waiting: one.seats.waiting(),
                freed: moving().filter(|row| row.status.takes_seat()).map(|row| i64::from(row.seats())).sum(),
                leaving: moving().filter(|row| row.status.waits()).map(|_| 1).sum(),
            });
            let line = waiting.iter().filter(|row| row.ticket_type == one.number);
            lines.extend(line.take(usize::try_from(limit).unwrap()).cloned());
        }
        let mut admitted = HashMap::new();
        for (id, ticket) in self.admitted.iter().filter(|(id, _)| questions.ending.contains(id)) {
            let highest: &mut i16 = admitted.entry(*id).or_default();
            *highest = (*highest).max(*ticket);
        }
        let offers = questions.offers.iter().filter_map(|id| Some((*id, *self.offers.get(id)?)));
        let places_at_most = usize::try_from(questions.places_at_most).unwrap();
        let mut places: Vec<_> = self.rows.values().filter(|row| row.is_active()).cloned().collect();
        places.sort_by_key(|row| row.id);
        places.truncate(places_at_most);
        Findings {
            registrations: self.rows.values().filter(asked).cloned().collect(),
            lines,
            tails: waiting.iter().rev().take(places_at_most).cloned().collect(),
            places,
            admitted,
            offers: offers.collect(),
            payments: questions.payments.iter().filter_map(|id| self.payments.get(id)).cloned().collect(),
            inactive: questions.payers.iter().copied().filter(|payer| *payer == user(INACTIVE)).collect(),
            receivers: accounts().into_iter().filter(|(id, _)| questions.receivers.contains(id)).collect(),
            carried_out: questions.orders.iter().copied().filter(|order| self.carried_out.contains(order)).collect(),
            ..Findings::default()
        }
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
        for row in &decision.updated {
            assert!(self.rows.insert(row.id, row.clone()).is_some(), "updated what was not there");
        }
        for id in &decision.deleted {
            assert!(self.rows.remove(id).is_some(), "deleted what was not there");
        }
        for row in &decision.inserted {
            assert!(self.rows.insert(row.id, row.clone()).is_none(), "inserted what was there");
        }
        self.payments.extend(decision.payments.iter().map(|payment| (payment.id, payment.clone())));
        self.event = decision.event.clone();
        self.tickets = decision.tickets.clone();
        self.decisions.extend(decision.decisions.iter().cloned());
        self.carried_out.extend(decision.changes.iter().map(|change| change.order));
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
