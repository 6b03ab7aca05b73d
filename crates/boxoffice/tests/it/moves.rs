//! Random moves: commands with people, registrations and payments by number. Which ones they are is known only when a
//! move is made ([`crate::known`]).

use domain::accounts::AccountKind;
use domain::commands::Command;
use domain::events::{EventChanges, TicketedEvent};
use domain::limits::CAPACITY_MAX;
use domain::money::Terms;
use domain::tickets::{Choice, Code, Document, Part, PriceEntry, Split, Tickets, TypeEntry};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::clock::at;

/// People and keys are few, so that commands meet.
pub(crate) const PEOPLE: usize = 12;

/// Accounts that hand the event over to each other.
pub(crate) const ORGANIZERS: usize = 3;

#[derive(Debug, Clone)]
pub(crate) enum Move {
    /// As it is.
    Sent(Command),
    Register {
        person: usize,
        buyer: AccountKind,
        is_verified: bool,
        key: Option<u8>,
        wanted: Wanted,
    },
    /// Gives up the n-th registration so far, as its person or as somebody else.
    GiveUp {
        nth: usize,
        stranger: bool,
    },
    /// Keeps so many seats of the n-th registration so far.
    Reduce {
        nth: usize,
        seats: i16,
        shown_waiting: bool,
    },
    /// Gives up the n-th registration so far, because its person's account is deactivated.
    Release {
        nth: usize,
    },
    /// Takes the n-th registration so far away.
    Remove {
        nth: usize,
        may_book_again: bool,
    },
    /// Marks the n-th registration so far as paid.
    MarkPaid {
        nth: usize,
        payment: u8,
        is_right: bool,
    },
    /// Takes a payment of the n-th registration so far back.
    NotPaid {
        nth: usize,
        payment: u8,
        is_of_that: bool,
    },
    /// As a server does that has found these.
    Lapse {
        nth: Vec<usize>,
    },
    /// As a server does that is about to tell these people late.
    Extend {
        nth: Vec<usize>,
    },
    /// As a server does that has found the head of the n-th type's line, or some other registration.
    Pass {
        nth: usize,
        is_head: bool,
    },
    /// Takes over a seat of the n-th registration so far, at the n-th of its prices, by the offer with that number. The
    /// first move with it makes the offer.
    TakeOver {
        offer: u8,
        nth: usize,
        price: usize,
        person: usize,
        is_verified: bool,
    },
    EditTickets(TicketsEdit),
    /// Hands the event over to the n-th of the organizers, or to somebody who runs no events.
    HandOver {
        nth: usize,
        expected_version: Option<i64>,
    },
}

/// What somebody asks for.
#[derive(Debug, Clone)]
pub(crate) enum Wanted {
    /// Whatever there is, if it is just one thing.
    Anything,
    /// These, whether or not there are such.
    Wild(Choice),
    /// Seats of the n-th type, at the n-th of its prices each, for so much too much. Its codes are known, or not.
    Of { nth: usize, parts: Vec<(usize, i16)>, knows_code: bool, too_much: i64 },
}

/// What a document changes of the tickets as they are.
#[derive(Debug, Clone)]
pub(crate) struct TicketsEdit {
    capacities: Vec<Option<i64>>,
    parties: Vec<Option<i64>>,
    limits: Vec<Option<Option<i64>>>,
    amounts: Vec<Option<i64>>,
    closed: Vec<bool>,
    adds_type: bool,
    drops_type: Option<usize>,
    hold_minutes: Option<i32>,
    is_stale: bool,
}

pub(crate) fn moves() -> impl Strategy<Value = Move> {
    let person = 0..PEOPLE;
    let nth = 0..64_usize;
    let version = prop::option::weighted(0.3, 1..8_i64);
    let buyer = prop_oneof![8 => Just(AccountKind::Person), 1 => Just(AccountKind::Simulated)];
    let payment = 0..24_u8;
    prop_oneof![
        40 => (person, buyer, prop::bool::weighted(0.9), prop::option::weighted(0.3, 0..3_u8), wanted()).prop_map(
            |(person, buyer, is_verified, key, wanted)| Move::Register { person, buyer, is_verified, key, wanted }
        ),
        16 => (nth.clone(), prop::bool::weighted(0.1)).prop_map(|(nth, stranger)| Move::GiveUp { nth, stranger }),
        10 => (nth.clone(), 1..=MORE, prop::bool::ANY)
            .prop_map(|(nth, seats, shown_waiting)| Move::Reduce { nth, seats, shown_waiting }),
        2 => nth.clone().prop_map(|nth| Move::Release { nth }),
        4 => (nth.clone(), prop::bool::weighted(0.7))
            .prop_map(|(nth, may_book_again)| Move::Remove { nth, may_book_again }),
        14 => (nth.clone(), payment.clone(), prop::bool::weighted(0.9))
            .prop_map(|(nth, payment, is_right)| Move::MarkPaid { nth, payment, is_right }),
        9 => (nth.clone(), payment, prop::bool::weighted(0.9))
            .prop_map(|(nth, payment, is_of_that)| Move::NotPaid { nth, payment, is_of_that }),
        12 => vec(nth.clone(), 1..16).prop_map(|nth| Move::Lapse { nth }),
        8 => vec(nth.clone(), 1..16).prop_map(|nth| Move::Extend { nth }),
        // Only one of about a thousand finds a head that has kept others waiting for long enough.
        30 => (nth.clone(), prop::bool::weighted(0.9)).prop_map(|(nth, is_head)| Move::Pass { nth, is_head }),
        12 => (0..60_u8, nth.clone(), 0..3_usize, 0..PEOPLE, prop::bool::weighted(0.9)).prop_map(
            |(offer, nth, price, person, is_verified)| Move::TakeOver { offer, nth, price, person, is_verified }
        ),
        6 => tickets_edits().prop_map(Move::EditTickets),
        5 => (edits(), version.clone()).prop_map(|(changes, expected_version)| {
            Move::Sent(Command::Edit { changes: Box::new(changes), expected_version })
        }),
        3 => (0..=ORGANIZERS, version)
            .prop_map(|(nth, expected_version)| Move::HandOver { nth, expected_version }),
        2 => Just(Move::Sent(Command::Publish)),
        1 => prop_oneof![1 => Just(Move::Sent(Command::Cancel)), 2 => Just(Move::Sent(Command::Publish))],
        2 => Just(Move::Sent(Command::BeginSimulation)),
        4 => (0..6_usize).prop_map(|at_most| Move::Sent(Command::UndoSimulation { at_most })),
    ]
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let seats = prop_oneof![8 => 1..5_i16, 1 => 5..11_i16];
    let of = (
        0..3_usize,
        vec((0..3_usize, seats), 1..3),
        prop::bool::weighted(0.8),
        prop_oneof![5 => Just(0), 1 => Just(1)],
    );
    prop_oneof![
        12 => of.prop_map(|(nth, parts, knows_code, too_much)| Wanted::Of { nth, parts, knows_code, too_much }),
        1 => Just(Wanted::Anything),
        2 => wild().prop_map(Wanted::Wild),
    ]
}

fn wild() -> impl Strategy<Value = Choice> {
    let part = (1..7_i16, prop_oneof![6 => 1..4_i16, 1 => 4..11_i16]);
    let part = part.prop_map(|(price, seats)| Part { price: price.into(), seats });
    let seats = prop_oneof![1 => Just(None), 3 => vec(part, 1..3).prop_map(Split::of)];
    let code = prop::option::weighted(0.4, prop_oneof![Just("A"), Just("B")]);
    (prop::option::weighted(0.8, 1..4_i16), seats, code).prop_map(|(number, seats, code)| Choice {
        ticket_type: number.map(Into::into),
        seats,
        code: code.map(|code| Code::parse(code).unwrap()),
        amount: None,
    })
}

impl Wanted {
    pub(crate) fn choice(&self, tickets: &Tickets) -> Choice {
        match self {
            Self::Anything => Choice::default(),
            Self::Wild(choice) => {
                Choice { amount: choice.seats.as_ref().map(|split| tickets.amount(split)), ..choice.clone() }
            }
            Self::Of { nth, parts, knows_code, too_much } => {
                let ticket_type = &tickets.types[nth % tickets.types.len()];
                let prices: Vec<_> = tickets.prices_of(ticket_type.number).collect();
                // The seats of both parts at one price are those of the first.
                let mut split: Vec<Part> = Vec::new();
                for &(nth, seats) in parts {
                    let price = prices[nth % prices.len()].number;
                    if split.iter().all(|part| part.price != price) {
                        split.push(Part { price, seats });
                    }
                }
                let seats = Split::of(split.clone()).or_else(|| Split::of(split[..1].to_vec()));
                let coded = prices.iter().filter(|price| split.iter().any(|part| part.price == price.number));
                Choice {
                    ticket_type: Some(ticket_type.number),
                    amount: seats.as_ref().map(|seats| tickets.amount(seats) + too_much),
                    seats,
                    code: coded.filter_map(|price| price.code.clone()).next().filter(|_| *knows_code),
                }
            }
        }
    }
}

/// The first document of an event: up to three types, most with parties, and prices with amounts, limits and codes.
pub(crate) fn document() -> impl Strategy<Value = Document> {
    let party = prop_oneof![2 => Just(1), 5 => 2..5_i64, 1 => Just(10)];
    let price = (
        prop_oneof![2 => Just(0_i64), 3 => Just(500)],
        prop::option::weighted(0.4, prop_oneof![4 => 0..7_i64, 1 => 7..20_i64]),
        prop::option::weighted(0.2, prop_oneof![Just("A"), Just("B")]),
        prop::option::weighted(0.1, (0..80_i64).prop_map(|tens| at(tens * 10))),
    );
    let holds = (prop::option::weighted(0.8, 15..40_i32), prop::option::weighted(0.5, 15..40_i32), 0..10_i32);
    let patience = prop::option::weighted(0.8, 15..30_i32);
    let refunds = prop::option::of((10..90_i64).prop_map(|tens| at(tens * 10)));
    let one_type = (0..8_i64, party, vec(price, 1..3));
    (vec(one_type, 1..4), holds, patience, refunds).prop_map(
        |(all, (hold_minutes, line_hold_minutes, grace_minutes), line_patience_minutes, refund_until)| {
            let mut types: Vec<TypeEntry> = Vec::new();
            for (capacity, seats_per_registration, prices) in all {
                let is_first = types.is_empty();
                let price = |(nth, (amount, limit, code, opens_at)): (usize, (i64, _, Option<&str>, _))| PriceEntry {
                    number: (is_first && nth == 0).then_some(1.into()),
                    name: format!("price {nth}"),
                    amount,
                    opens_at,
                    closes_at: None,
                    limit,
                    code: code.map(|code| Code::parse(code).unwrap()),
                    is_closed: false,
                };
                types.push(TypeEntry {
                    number: is_first.then_some(1.into()),
                    name: format!("type {}", types.len()),
                    capacity: if seats_per_registration > 1 { capacity.max(seats_per_registration) } else { capacity },
                    seats_per_registration,
                    prices: prices.into_iter().enumerate().map(price).collect(),
                });
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
            Document::checked(terms, types).unwrap()
        },
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
        .prop_map(
            |(capacities, parties, limits, amounts, closed, adds_type, drops_type, hold_minutes, is_stale)| {
                TicketsEdit {
                    capacities,
                    parties,
                    limits,
                    amounts,
                    closed,
                    adds_type,
                    drops_type,
                    hold_minutes,
                    is_stale,
                }
            },
        )
}

/// Edits of the capacity, mostly a small one so that people meet its edge, or of the details, or of both.
fn edits() -> impl Strategy<Value = EventChanges> {
    let capacity = prop_oneof![10 => 0..8_i32, 1 => 8..=CAPACITY_MAX];
    let time = || (8..110_i64).prop_map(|tens| at(tens * 10));
    let title = prop_oneof![Just("Summit"), Just("Gala"), Just("")].prop_map(str::to_owned);
    let details = (
        prop::option::of(title),
        prop::option::weighted(0.1, time()),
        prop::option::weighted(0.1, time()),
        prop::option::weighted(0.2, prop::option::of(time())),
        prop::option::weighted(0.2, prop::option::of(time())),
        prop::option::weighted(0.5, prop::option::of(time())),
        prop::option::weighted(0.3, prop::bool::ANY),
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

/// The seats that make one more at the first price, and none at the others.
pub(crate) const MORE: i16 = 5;

impl TicketsEdit {
    pub(crate) fn command(&self, latest: &TicketedEvent) -> Command {
        let mut types = Document::entries(&latest.tickets);
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
            types.retain(|one| one.name != name);
            types.push(new_type(name));
        }
        let terms = Terms { hold_minutes: self.hold_minutes, ..latest.event.terms.clone() };
        let document = Box::new(Document::checked(terms, types).unwrap());
        let version = latest.event.edit_version;
        Command::EditTickets { document, expected_version: version + i64::from(self.is_stale) }
    }
}

/// A type that an edit adds.
fn new_type(name: String) -> TypeEntry {
    let price = PriceEntry {
        number: None,
        name: name.clone(),
        amount: 300,
        opens_at: None,
        closes_at: None,
        limit: Some(2),
        code: None,
        is_closed: false,
    };
    TypeEntry { number: None, name, capacity: 3, seats_per_registration: 2, prices: vec![price] }
}
