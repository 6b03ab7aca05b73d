//! Random batches, decided and committed, beside the sequential model.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use domain::accounts::AccountKind;
use domain::admission::{Attempt, Decision};
use domain::commands::{Command, Order};
use domain::events::{Event, EventChanges};
use domain::figures::{Figures, minute_of};
use domain::ids::{PaymentId, RegistrationId, TransferId, UserId};
use domain::limits::CAPACITY_MAX;
use domain::model::Model;
use domain::money::Terms;
use domain::news::EventNews;
use domain::registrations::{IdempotencyKey, Registration};
use domain::tickets::{Choice, Code, Document, Part, Price, PriceEntry, Split, TicketType, Tickets, TypeEntry};
use domain::transfers::Offer;
use proptest::collection::vec;
use proptest::prelude::*;
use uuid::Uuid;

use crate::stage::{INACTIVE, Tables, accounts, at, event, order, remove, user};

const PEOPLE: u128 = 8;

/// A command, with registrations and payments by number: which ones they are is known only when it is played.
#[derive(Debug, Clone)]
enum Step {
    /// As it is.
    Sent(Command),
    Register {
        user: UserId,
        buyer: AccountKind,
        is_verified: bool,
        key: Option<IdempotencyKey>,
        choice: Choice,
    },
    GiveUp {
        nth: usize,
        stranger: Option<UserId>,
    },
    Reduce {
        nth: usize,
        seats: i16,
        shown_waiting: bool,
    },
    Release {
        nth: usize,
    },
    Remove {
        nth: usize,
        may_book_again: bool,
    },
    MarkPaid {
        nth: usize,
        payment: Option<usize>,
        is_right: bool,
    },
    NotPaid {
        nth: usize,
        payment: usize,
    },
    Lapse {
        nth: Vec<usize>,
    },
    Extend {
        nth: Vec<usize>,
    },
    /// Of the head of the n-th type's line, or else of any.
    Pass {
        nth: usize,
        is_head: bool,
    },
    /// A seat of the n-th registration, at the n-th of its prices, by a new offer or by the latest one.
    TakeOver {
        nth: usize,
        user: UserId,
        is_verified: bool,
        is_new: bool,
        offer: WildOffer,
    },
    EditTickets(TicketsEdit),
}

/// How an offer stands.
#[derive(Debug, Clone, Copy)]
struct WildOffer {
    price: usize,
    expires_at: i64,
    is_withdrawn: bool,
    is_allowed: bool,
}

/// What a document changes of the tickets as they are.
#[derive(Debug, Clone)]
struct TicketsEdit {
    capacities: Vec<Option<i64>>,
    parties: Vec<Option<i64>>,
    limits: Vec<Option<Option<i64>>>,
    amounts: Vec<Option<i64>>,
    closed: Vec<bool>,
    adds_type: bool,
    drops_type: Option<usize>,
    hold_minutes: Option<i32>,
    stale: bool,
}

fn split() -> impl Strategy<Value = Option<Split>> {
    let part = (1..6_i16, 1..4_i16).prop_map(|(price, seats)| Part { price: price.into(), seats });
    prop_oneof![2 => Just(None), 3 => vec(part, 1..3).prop_map(Split::of)]
}

fn choice() -> impl Strategy<Value = Choice> {
    let code = prop::option::weighted(0.3, prop_oneof![Just("A"), Just("B")]);
    let amount = prop_oneof![8 => Just(Some(RIGHT_AMOUNT)), 1 => Just(None), 1 => Just(Some(500))];
    (prop::option::weighted(0.7, 1..4_i16), split(), code, amount).prop_map(|(number, seats, code, amount)| Choice {
        ticket_type: number.map(Into::into),
        seats,
        code: code.map(|code| Code::parse(code).unwrap()),
        amount,
    })
}

/// Stands for the amount that is asked.
const RIGHT_AMOUNT: i64 = -1;

fn steps() -> impl Strategy<Value = Step> {
    let user = (0..PEOPLE).prop_map(|n| UserId::from(Uuid::from_u128(100 + n)));
    let nth = 0..40_usize;
    let key = prop::option::of((0..3_u8).prop_map(|n| IdempotencyKey::parse(&format!("key-{n}")).unwrap()));
    let buyer = prop_oneof![6 => Just(AccountKind::Person), 1 => Just(AccountKind::Simulated)];
    let version = prop::option::weighted(0.2, 1..6_i64);
    prop_oneof![
        14 => (user.clone(), buyer, prop::bool::weighted(0.8), key, choice()).prop_map(
            |(user, buyer, is_verified, key, choice)| Step::Register { user, buyer, is_verified, key, choice }
        ),
        7 => (nth.clone(), prop::option::weighted(0.2, user.clone()))
            .prop_map(|(nth, stranger)| Step::GiveUp { nth, stranger }),
        5 => (nth.clone(), 1..5_i16, prop::bool::ANY)
            .prop_map(|(nth, seats, shown_waiting)| Step::Reduce { nth, seats, shown_waiting }),
        1 => nth.clone().prop_map(|nth| Step::Release { nth }),
        2 => (nth.clone(), prop::bool::weighted(0.7))
            .prop_map(|(nth, may_book_again)| Step::Remove { nth, may_book_again }),
        5 => (nth.clone(), prop::option::weighted(0.2, nth.clone()), prop::bool::weighted(0.9))
            .prop_map(|(nth, payment, is_right)| Step::MarkPaid { nth, payment, is_right }),
        2 => (nth.clone(), nth.clone()).prop_map(|(nth, payment)| Step::NotPaid { nth, payment }),
        5 => vec(nth.clone(), 1..10).prop_map(|nth| Step::Lapse { nth }),
        3 => vec(nth.clone(), 1..10).prop_map(|nth| Step::Extend { nth }),
        5 => (nth.clone(), prop::bool::weighted(0.9)).prop_map(|(nth, is_head)| Step::Pass { nth, is_head }),
        6 => (nth.clone(), user.clone(), prop::bool::weighted(0.9), prop::bool::weighted(0.8), offer()).prop_map(
            |(nth, user, is_verified, is_new, offer)| Step::TakeOver { nth, user, is_verified, is_new, offer }
        ),
        3 => tickets_edits().prop_map(Step::EditTickets),
        4 => (changes(), version.clone()).prop_map(|(changes, expected_version)| {
            Step::Sent(Command::Edit { changes: Box::new(changes), expected_version })
        }),
        2 => (2..9_u128, version).prop_map(|(to, expected_version)| {
            Step::Sent(Command::HandOver { to: Uuid::from_u128(to).into(), expected_version })
        }),
        1 => Just(Step::Sent(Command::Publish)),
        1 => Just(Step::Sent(Command::BeginSimulation)),
        2 => (0..5_usize).prop_map(|at_most| Step::Sent(Command::UndoSimulation { at_most })),
    ]
}

fn offer() -> impl Strategy<Value = WildOffer> {
    (0..3_usize, 95..600_i64, prop::bool::weighted(0.1), prop::bool::weighted(0.9)).prop_map(
        |(price, expires_at, is_withdrawn, is_allowed)| WildOffer { price, expires_at, is_withdrawn, is_allowed },
    )
}

fn tickets_edits() -> impl Strategy<Value = TicketsEdit> {
    let rarely = |value| prop::option::weighted(0.3, value);
    (
        vec(rarely(0..9_i64), 4),
        vec(rarely(1..5_i64), 4),
        vec(prop::option::weighted(0.2, prop::option::of(0..8_i64)), 8),
        vec(prop::option::weighted(0.05, prop_oneof![Just(0_i64), Just(700)]), 8),
        vec(prop::bool::weighted(0.1), 8),
        prop::bool::weighted(0.2),
        prop::option::weighted(0.1, 0..4_usize),
        prop::option::of(15..60_i32),
        prop::bool::weighted(0.1),
    )
        .prop_map(|(capacities, parties, limits, amounts, closed, adds_type, drops_type, hold_minutes, stale)| {
            TicketsEdit { capacities, parties, limits, amounts, closed, adds_type, drops_type, hold_minutes, stale }
        })
}

/// Up to three types, some with parties, and prices with amounts, limits and codes.
fn tickets() -> impl Strategy<Value = (Event, Tickets)> {
    let one_type = (0..7_i32, prop_oneof![2 => Just(1), 3 => 2..5_i32]);
    let price = (
        prop_oneof![2 => Just(0_i64), 3 => Just(500)],
        prop::option::weighted(0.4, 0..7_i32),
        prop::option::weighted(0.2, prop_oneof![Just("A"), Just("B")]),
        prop::option::weighted(0.1, (0..80_i64).prop_map(|tens| at(tens * 10))),
    );
    let holds = (prop::option::weighted(0.8, 15..40_i32), prop::option::weighted(0.5, 15..40_i32), 0..10_i32);
    let patience = prop::option::weighted(0.8, 15..30_i32);
    let refunds = prop::option::of((10..90_i64).prop_map(|tens| at(tens * 10)));
    (vec((one_type, vec(price, 1..3)), 1..4), holds, patience, refunds).prop_map(
        |(all, (hold_minutes, line_hold_minutes, grace_minutes), line_patience_minutes, refund_until)| {
            let (event, _) = event(0);
            let mut tickets = Tickets { types: Vec::new(), prices: Vec::new() };
            for ((capacity, party), prices) in all {
                let number = i16::try_from(tickets.types.len() + 1).unwrap().into();
                let capacity = if party > 1 { capacity.max(party) } else { capacity };
                tickets.types.push(TicketType::new(number, format!("type {number}"), capacity, party));
                for (amount, limit, code, opens_at) in prices {
                    let price = i16::try_from(tickets.prices.len() + 1).unwrap();
                    let code = code.map(|code| Code::parse(code).unwrap());
                    let plain = Price::new(price.into(), number, format!("price {price}"), amount);
                    tickets.prices.push(Price { limit, code, opens_at, ..plain });
                }
            }
            let terms = Terms {
                currency: Some("EUR".parse().unwrap()),
                hold_minutes,
                line_hold_minutes,
                line_patience_minutes,
                grace_minutes,
                refund_until,
                instructions: String::new(),
            };
            (Event { terms, seats: tickets.seats(), ..event }, tickets)
        },
    )
}

/// Edits of the capacity, mostly a small one so that people meet its edge, or of the details, or of both.
fn changes() -> impl Strategy<Value = EventChanges> {
    let capacity = prop_oneof![6 => 0..7_i32, 1 => 7..=CAPACITY_MAX];
    let time = || (8..110_i64).prop_map(|tens| at(tens * 10));
    let title = prop_oneof![Just("Summit"), Just("Gala"), Just(" ")].prop_map(str::to_owned);
    let details = (
        prop::option::of(title),
        prop::option::weighted(0.2, time()),
        prop::option::weighted(0.2, time()),
        prop::option::weighted(0.2, prop::option::of(time())),
        prop::option::weighted(0.2, prop::option::of(time())),
        prop::option::weighted(0.2, prop::option::of(time())),
        prop::option::weighted(0.2, prop::bool::ANY),
    )
        .prop_map(|(title, starts_at, ends_at, sales_open_at, sales_close_at, cancel_until, verified)| {
            EventChanges {
                verified_buyers_only: verified,
                title,
                starts_at,
                ends_at,
                sales_open_at,
                sales_close_at,
                cancel_until,
                ..EventChanges::default()
            }
        });
    let both = (details, prop::option::weighted(0.2, 0..7_i32));
    prop_oneof![
        3 => capacity.prop_map(EventChanges::of_capacity),
        2 => both.prop_map(|(details, capacity)| EventChanges { capacity, ..details }),
    ]
}

/// What happens to the answer of a batch's first attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FirstAnswer {
    Told,
    /// The batch was committed, its answer was lost, and it is decided again.
    Lost,
    /// The batch was rolled back and is decided again.
    RolledBack,
}

#[derive(Debug, Clone)]
struct Batch {
    /// The steps of time since the batch before.
    pause: i64,
    steps: Vec<Step>,
    /// A ticket of the n-th registration that somebody is in with before it.
    admitted: Option<(usize, i16)>,
    /// The organizers by whose right the first commands are sent, if it is not an administrator's.
    organizers: Vec<Option<UserId>>,
    first_answer: FirstAnswer,
}

/// Batches. A few of them cancel the event.
fn batches() -> impl Strategy<Value = Vec<Batch>> {
    use FirstAnswer::{Lost, RolledBack, Told};
    let cancel = prop_oneof![60 => steps(), 1 => Just(Step::Sent(Command::Cancel))];
    let pause = prop_oneof![20 => 0..9_i64, 4 => 20..60_i64, 1 => 0..300_i64];
    let first_answer = prop_oneof![8 => Just(Told), 2 => Just(Lost), 1 => Just(RolledBack)];
    let organizers = vec(prop::option::weighted(0.3, (2..5_u128).prop_map(user)), 0..12);
    let admitted = prop::option::weighted(0.3, (0..40_usize, 1..4_i16));
    let batch = (pause, vec(cancel, 1..12), admitted, organizers, first_answer);
    let batch = batch.prop_map(|(pause, steps, admitted, organizers, first_answer)| Batch {
        pause,
        steps,
        admitted,
        organizers,
        first_answer,
    });
    vec(batch, 1..14)
}

/// What has been made so far, so that steps can name it.
#[derive(Default)]
struct Made {
    registrations: Vec<(RegistrationId, UserId)>,
    payments: Vec<PaymentId>,
    offers: Vec<(TransferId, Offer)>,
}

impl Made {
    fn nth(&self, nth: usize) -> (RegistrationId, UserId) {
        let none = (Uuid::from_u128(9).into(), user(100));
        self.registrations.get(nth % self.registrations.len().max(1)).copied().unwrap_or(none)
    }

    /// An id that nothing has yet. Late payments make registrations whose ids follow theirs.
    fn new_id(&self) -> Uuid {
        Uuid::from_u128(1_000 * (1 + u128::try_from(self.registrations.len()).unwrap()))
    }

    /// Lets somebody in with a ticket of the n-th registration, if it has seats.
    fn admitted(&self, tables: &Tables, batch: &Batch) -> Option<(RegistrationId, i16)> {
        let (nth, ticket) = batch.admitted?;
        let row = tables.rows.get(&self.nth(nth).0)?;
        (row.status.takes_seat() && i32::from(ticket) <= row.seats()).then_some((row.id, ticket))
    }

    fn payment(&self, nth: usize) -> PaymentId {
        self.payments.get(nth % self.payments.len().max(1)).copied().unwrap_or(Uuid::from_u128(8).into())
    }

    fn command(&mut self, tables: &Tables, step: &Step) -> Command {
        match step {
            Step::Sent(command) => command.clone(),
            Step::Register { user, buyer, is_verified, key, choice } => {
                let id = self.new_id().into();
                self.registrations.push((id, *user));
                let mut choice = choice.clone();
                if choice.amount == Some(RIGHT_AMOUNT) {
                    let first = tables.tickets.prices.first().map(|price| Split::single(price.number));
                    choice.amount = choice.seats.as_ref().or(first.as_ref()).map(|split| tables.tickets.amount(split));
                }
                Command::Register {
                    registration: id,
                    user: *user,
                    buyer: *buyer,
                    is_verified: *is_verified,
                    key: key.clone(),
                    choice,
                }
            }
            Step::GiveUp { nth, stranger } => {
                let (registration, user) = self.nth(*nth);
                Command::GiveUp { registration, user: stranger.unwrap_or(user) }
            }
            Step::Reduce { nth, seats, shown_waiting } => {
                let (registration, user) = self.nth(*nth);
                let split = tables.rows.get(&registration).map(|row| row.split.clone());
                let remaining = first_seats(split, *seats);
                Command::Reduce { registration, user, remaining, shown_waiting: *shown_waiting }
            }
            Step::Release { nth } => {
                let (registration, user) = self.nth(*nth);
                Command::Release { registration, user }
            }
            Step::Remove { nth, may_book_again } => remove(self.nth(*nth).0, *may_book_again),
            Step::MarkPaid { nth, payment, is_right } => {
                let (registration, user) = self.nth(*nth);
                let new = || Uuid::from_u128(50_000 + u128::try_from(self.payments.len()).unwrap()).into();
                let payment = payment.map_or_else(new, |nth| self.payment(nth));
                if !self.payments.contains(&payment) {
                    self.payments.push(payment);
                    // If the payment comes too late it may make a registration.
                    self.registrations.push((registration.successor(), user));
                }
                let asked = tables.rows.get(&registration).map_or(0, |row| row.amount);
                Command::MarkPaid { registration, user, payment, amount: asked + i64::from(!*is_right) }
            }
            Step::NotPaid { nth, payment } => {
                let payment = self.payment(*payment);
                let of = tables.payments.get(&payment).map(|known| known.registration);
                Command::NotPaid { registration: of.unwrap_or(self.nth(*nth).0), payment }
            }
            Step::Lapse { nth } => Command::Lapse { registrations: nth.iter().map(|nth| self.nth(*nth).0).collect() },
            Step::Extend { nth } => Command::Extend { registrations: nth.iter().map(|nth| self.nth(*nth).0).collect() },
            Step::Pass { nth, is_head } => {
                let of = tables.tickets.types.get(nth % tables.tickets.types.len()).map(|one| one.number);
                let line = tables.rows.values().filter(|row| row.status.waits() && Some(row.ticket_type) == of);
                let head = line.min_by_key(|row| row.decision).filter(|_| *is_head).map(|row| (row.id, row.user));
                let (registration, user) = head.unwrap_or_else(|| self.nth(*nth));
                self.registrations.push((registration.successor(), user));
                Command::Pass { registration, user }
            }
            Step::TakeOver { nth, user, is_verified, is_new, offer } => {
                let latest = self.offers.last().filter(|_| !is_new).map(|(id, offer)| (*id, offer.registration));
                let (transfer, from) = latest.unwrap_or_else(|| self.offer(tables, *nth, *user, *offer));
                Command::TakeOver { transfer, from, user: *user, is_verified: *is_verified }
            }
            Step::EditTickets(edit) => edit.command(tables),
        }
    }
}

impl Made {
    /// Offers a seat of the n-th registration.
    fn offer(&mut self, tables: &Tables, nth: usize, to: UserId, wild: WildOffer) -> (TransferId, RegistrationId) {
        let (registration, _) = self.nth(nth);
        let prices = tables.rows.get(&registration).map(|row| row.split.parts().to_vec()).unwrap_or_default();
        let offer = Offer {
            registration,
            price: prices.get(wild.price % prices.len().max(1)).map_or(1.into(), |part| part.price),
            expires_at: at(wild.expires_at),
            is_withdrawn: wild.is_withdrawn,
            is_allowed: wild.is_allowed,
        };
        let id = self.new_id();
        self.registrations.push((id.into(), to));
        self.offers.push((id.into(), offer));
        (id.into(), registration)
    }
}

/// So many of the seats, or so many at the first price if there are none.
fn first_seats(split: Option<Split>, seats: i16) -> Split {
    let Some(split) = split else { return Split::one(1.into(), seats).unwrap() };
    let mut left = seats;
    let mut parts = Vec::new();
    for part in split.parts() {
        let taken = left.min(part.seats);
        left -= taken;
        parts.push(Part { seats: taken, ..*part });
    }
    parts.retain(|part| part.seats > 0);
    // More than there are, at times.
    parts[0].seats += i16::from(left == 3);
    Split::of(parts).unwrap()
}

impl TicketsEdit {
    fn command(&self, tables: &Tables) -> Command {
        let mut types = Document::entries(&tables.tickets);
        for (nth, entry) in types.iter_mut().enumerate() {
            entry.capacity = self.capacities.get(nth).copied().flatten().unwrap_or(entry.capacity);
            let party = self.parties.get(nth).copied().flatten().unwrap_or(entry.seats_per_registration);
            entry.seats_per_registration = if party > entry.capacity { 1 } else { party };
        }
        for (nth, price) in types.iter_mut().flat_map(|entry| &mut entry.prices).enumerate() {
            price.limit = self.limits.get(nth).copied().flatten().unwrap_or(price.limit);
            price.amount = self.amounts.get(nth).copied().flatten().unwrap_or(price.amount);
            price.is_closed = self.closed.get(nth).copied().unwrap_or(false);
        }
        if let Some(nth) = self.drops_type.filter(|nth| types.len() > 1 && *nth < types.len()) {
            types.remove(nth);
        }
        if self.adds_type && types.len() < 4 {
            let name = format!("new {}", types.len());
            let entry = PriceEntry {
                number: None,
                name: name.clone(),
                amount: 300,
                opens_at: None,
                closes_at: None,
                limit: Some(2),
                code: None,
                is_closed: false,
            };
            types.retain(|one| one.name != name);
            types.push(TypeEntry { number: None, name, capacity: 3, seats_per_registration: 2, prices: vec![entry] });
        }
        let terms = Terms { hold_minutes: self.hold_minutes, ..tables.event.terms.clone() };
        let document = Box::new(Document::checked(terms, types).unwrap());
        let version = tables.event.edit_version;
        Command::EditTickets { document, expected_version: if self.stale { version + 1 } else { version } }
    }
}

/// Plays a batch; returns its orders and the decision of each attempt that was committed.
fn play(tables: &mut Tables, now: DateTime<Utc>, commands: &[Command], batch: &Batch) -> (Vec<Order>, Vec<Decision>) {
    let organizers = batch.organizers.iter().copied().chain(std::iter::repeat(None));
    let orders: Vec<_> = commands.iter().zip(organizers).map(|(command, by)| order(command, by)).collect();
    let decisions = match batch.first_answer {
        FirstAnswer::Told => vec![tables.attempt(now, &orders, Attempt::First)],
        FirstAnswer::Lost => {
            vec![tables.attempt(now, &orders, Attempt::First), tables.attempt(now, &orders, Attempt::Again)]
        }
        FirstAnswer::RolledBack => vec![tables.attempt(now, &orders, Attempt::Again)],
    };
    (orders, decisions)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn batches_come_to_what_one_command_at_a_time_comes_to(tickets in tickets(), batches in batches()) {
        let mut tables = Tables::of(tickets.clone());
        let mut model = Model::new(tables.event.clone(), tickets.1)
            .with_receivers(accounts())
            .with_inactive(HashSet::from([user(INACTIVE)]));
        let mut step = 90;
        let mut made = Made::default();
        for batch in batches {
            step += batch.pause;
            if let Some((registration, ticket)) = made.admitted(&tables, &batch) {
                tables.admitted.insert((registration, ticket));
                model.admit(registration, ticket);
            }
            let commands: Vec<_> = batch.steps.iter().map(|step| made.command(&tables, step)).collect();
            tables.offers = made.offers.iter().copied().collect();
            for &(id, offer) in &made.offers {
                model.offer(id, offer);
            }
            let (orders, decisions) = play(&mut tables, at(step), &commands, &batch);
            for decision in decisions {
                prop_assert_eq!(decision.answers.len(), orders.len());
                let before = model.event();
                for (order, answer) in orders.iter().zip(&decision.answers) {
                    prop_assert_eq!(answer, &model.carry_out(order, at(step)), "{:?} at {}", order, step);
                }
                let mut heard_of = decision.news.registrations;
                heard_of.sort_unstable();
                prop_assert_eq!(heard_of, model.take_news().into_iter().collect::<Vec<_>>());
                prop_assert_eq!(decision.news.event, EventNews::between(&before, &model.event()));
            }
            prop_assert_eq!(&tables.event, &model.event());
            prop_assert_eq!(&tables.tickets, &model.tickets());
            let mut rows: Vec<_> = tables.rows.values().cloned().collect();
            rows.sort_by_key(|row| row.decision);
            prop_assert_eq!(&rows, model.registrations());
            let mut payments: Vec<_> = tables.payments.values().cloned().collect();
            payments.sort_by_key(|payment| payment.decision);
            prop_assert_eq!(&payments, model.payments());
        }
    }

    #[test]
    fn figures_are_what_counting_the_registrations_of_people_by_minute_says(
        tickets in tickets(), batches in batches()
    ) {
        let mut tables = Tables::of(tickets);
        let mut written: BTreeMap<DateTime<Utc>, Figures> = BTreeMap::new();
        let mut step = 90;
        let mut made = Made::default();
        let mut simulated = HashSet::new();
        for batch in batches {
            step += batch.pause;
            let commands: Vec<_> = batch.steps.iter().map(|step| made.command(&tables, step)).collect();
            tables.offers = made.offers.iter().copied().collect();
            for command in &commands {
                if let Command::Register { registration, buyer: AccountKind::Simulated, .. } = command {
                    simulated.insert(*registration);
                }
            }
            for Decision { figures, .. } in play(&mut tables, at(step), &commands, &batch).1 {
                if figures.are_zero() {
                    continue;
                }
                let minute = written.entry(minute_of(at(step))).or_default();
                minute.confirmed += figures.confirmed;
                minute.waitlisted += figures.waitlisted;
                minute.promoted += figures.promoted;
                minute.cancelled += figures.cancelled;
            }
            let registrations = tables.rows.values().filter(|row| !simulated.contains(&row.id));
            prop_assert_eq!(&written, &counted(registrations));
        }
    }
}

fn counted<'a>(registrations: impl Iterator<Item = &'a Registration>) -> BTreeMap<DateTime<Utc>, Figures> {
    let mut figures: BTreeMap<DateTime<Utc>, Figures> = BTreeMap::new();
    for row in registrations {
        let came = figures.entry(minute_of(row.registered_at)).or_default();
        if row.seated_decision == Some(row.decision) {
            came.confirmed += 1;
        } else {
            came.waitlisted += 1;
            if let Some(promoted_at) = row.seated_at {
                figures.entry(minute_of(promoted_at)).or_default().promoted += 1;
            }
        }
        if let Some(cancelled_at) = row.cancelled_at {
            figures.entry(minute_of(cancelled_at)).or_default().cancelled += 1;
        }
    }
    figures
}
