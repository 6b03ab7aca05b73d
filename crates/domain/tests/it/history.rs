//! Histories that are sound, and the same with each kind of damage.

use std::time::Duration;

use domain::accounts::AccountKind;
use domain::commands::Command;
use domain::events::{Event, EventChanges, EventDecision, EventDecisionKind};
use domain::history::{Fault, History, Place, Told, VIOLATIONS_DESCRIBED_MAX, Verdict, What, verdict};
use domain::ids::{RegistrationId, TransferId};
use domain::registrations::RegistrationStatus;
use domain::tickets::{Choice, Price, Split, TicketType, Tickets};
use domain::transfers::Offer;
use uuid::Uuid;

use crate::stage::{Tables, at, choose, event, give_up, id, register, user};

/// So many seats at the first price.
fn seats(count: i16) -> Split {
    Split::one(1.into(), count).unwrap()
}

fn pair() -> Choice {
    Choice { seats: Some(seats(2)), ..Choice::default() }
}

/// A sale of three seats, of which a registration may have two, at a price whose limit is 8: somebody gives a place up,
/// a party becomes a smaller one, and a seat is added.
fn sale() -> History {
    let (event, mut tickets) = event(3);
    tickets.types[0].seats_per_registration = 2;
    tickets.prices[0].limit = Some(8);
    let mut tables = Tables::of((event, tickets));
    let party = |n| choose(n, pair());
    let fewer = Command::Reduce { registration: id(4), user: user(4), remaining: seats(1), shown_waiting: true };
    let more = Command::Edit { changes: Box::new(EventChanges::of_capacity(4)), expected_version: None };
    for command in [register(1), party(2), register(3), party(4), register(5), give_up(1), fewer, more, register(6)] {
        let decision = tables.settle(at(200), &[command]);
        assert!(decision.answers[0].outcome.is_ok(), "{decision:?}");
    }
    tables.history()
}

#[test]
fn a_sound_history_is_found_sound() {
    let history = sale();
    let numbers = |n: u128| {
        let place = history.places.iter().find(|place| place.id == id(n)).unwrap();
        (place.decision, place.seated_decision, place.cancelled_decision)
    };
    // The damages below build on these numbers.
    assert_eq!(numbers(1), (3, Some(3), Some(8)));
    assert_eq!(numbers(2), (4, Some(4), None));
    assert_eq!(numbers(3), (5, Some(9), None), "promoted");
    assert_eq!(numbers(4), (6, Some(12), None), "10 made the party smaller, 11 added a seat");
    assert_eq!(numbers(5), (7, None, None));
    assert_eq!(numbers(6), (13, None, None));
    assert_eq!(verdict(&history, &[]), Verdict { steps: 13, ..Verdict::default() });
}

/// Damages the registration of the n-th person.
fn place(history: &mut History, n: u128) -> &mut Place {
    history.places.iter_mut().find(|place| place.id == id(n)).unwrap()
}

#[test]
fn every_kind_of_damage_is_found() {
    type Damage = (fn(&mut History), Fault);
    let damages: Vec<Damage> = vec![
        (
            |history| history.decisions[0].kind = EventDecisionKind::Created { ticket_type: 1.into(), seats: 2 },
            Fault::Oversold { ticket_type: 1.into(), taken: 3, capacity: 2 },
        ),
        (
            |history| history.decisions[1].kind = EventDecisionKind::Limit { price: 1.into(), seats: Some(6) },
            Fault::LimitPassed { price: 1.into(), standing: 7, limit: 6 },
        ),
        (|history| history.types[0].remaining += 1, Fault::TypeMiscounted(1.into())),
        (|history| history.types[0].capacity += 1, Fault::TypeMiscounted(1.into())),
        (|history| history.types[0].waiting += 1, Fault::TypeMiscounted(1.into())),
        (|history| history.types[0].seats_wanted += 1, Fault::TypeMiscounted(1.into())),
        (|history| history.types[0].head_wants += 1, Fault::TypeMiscounted(1.into())),
        (|history| history.types.clear(), Fault::TypeMiscounted(1.into())),
        (|history| history.prices[0].standing += 1, Fault::PriceMiscounted(1.into())),
        (|history| history.prices[0].limit = None, Fault::PriceMiscounted(1.into())),
        (|history| history.prices.clear(), Fault::PriceMiscounted(1.into())),
        // Somebody who came while others waited.
        (|history| place(history, 6).seated_decision = Some(13), Fault::Overtook(id(6))),
        // Somebody from the middle of the line.
        (
            |history| {
                place(history, 3).seated_decision = Some(12);
                place(history, 4).seated_decision = Some(9);
            },
            Fault::Overtook(id(4)),
        ),
        (
            |history| {
                place(history, 3).seated_decision = None;
                place(history, 3).status = RegistrationStatus::Waitlisted;
            },
            Fault::LeftWaiting(id(3)),
        ),
        // The last in line, beside a free seat at the end.
        (
            |history| {
                let left = place(history, 2);
                (left.cancelled_decision, left.status) = (Some(14), RegistrationStatus::Cancelled);
                history.last_number = 14;
            },
            Fault::LeftWaiting(id(5)),
        ),
        (|history| place(history, 6).user = user(2), Fault::Twice(id(6))),
        (|history| place(history, 6).decision = 7, Fault::UsedTwice),
        (|history| history.payments.push(13), Fault::UsedTwice),
        (|history| history.places.retain(|place| place.id != id(5)), Fault::Missing),
        (|history| history.places.retain(|place| place.id != id(6)), Fault::Missing),
        (|history| history.last_number = 12, Fault::OutOfRange),
        (|history| place(history, 6).decision = 0, Fault::OutOfRange),
        (|history| place(history, 3).seated_decision = Some(2), Fault::OutOfOrder(id(3))),
        (|history| place(history, 6).cancelled_decision = Some(12), Fault::OutOfOrder(id(6))),
        (|history| place(history, 4).decision = 11, Fault::OutOfOrder(id(4))),
        (|history| place(history, 5).status = RegistrationStatus::Confirmed, Fault::Unlike(id(5))),
        (|history| place(history, 2).status = RegistrationStatus::Waitlisted, Fault::Unlike(id(2))),
        (|history| place(history, 1).status = RegistrationStatus::Confirmed, Fault::Unlike(id(1))),
        (|history| place(history, 2).booked += 1, Fault::Unlike(id(2))),
        (|history| place(history, 4).split = seats(2), Fault::Unlike(id(4))),
        (|history| history.places.retain(|place| place.id != id(4)), Fault::Unknown(id(4))),
    ];
    for (nth, (damage, expected)) in damages.into_iter().enumerate() {
        let mut damaged = sale();
        damage(&mut damaged);
        let Verdict { violations, count, .. } = verdict(&damaged, &[]);
        assert_eq!(count, violations.len());
        assert!(violations.iter().any(|found| found.fault == expected), "{nth}: {expected:?}, not {violations:?}");
    }
}

#[test]
fn only_a_seat_that_was_passed_on_goes_past_the_line() {
    let mut tables = Tables::of(event(1));
    tables.settle(at(200), &[register(1), register(2)]);
    let transfer = TransferId::from(Uuid::from_u128(77));
    let (registration, expires_at) = (id(1), at(900));
    let offer = Offer { registration, price: 1.into(), expires_at, is_withdrawn: false, is_allowed: true };
    tables.offers.insert(transfer, offer);
    let take = Command::TakeOver { transfer, from: registration, user: user(3), is_verified: true };
    assert!(tables.settle(at(201), &[take]).answers[0].outcome.is_ok());
    let mut history = tables.history();
    assert_eq!(verdict(&history, &[]).count, 0);
    // Something else was decided in between, so that the seat was free: a payment, or the same capacity once more.
    let mut apart = history.clone();
    let taker = apart.places.iter_mut().find(|place| place.id == transfer.registration()).unwrap();
    assert_eq!((taker.decision, taker.seated_decision), (5, Some(5)));
    (taker.decision, taker.seated_decision) = (6, Some(6));
    apart.last_number = 6;
    let kind = EventDecisionKind::Capacity { ticket_type: 1.into(), seats: 1 };
    let decisions = apart.decisions.iter().cloned().chain([EventDecision { number: 5, kind }]).collect();
    for between in [History { payments: vec![5], ..apart.clone() }, History { decisions, ..apart }] {
        let found: Vec<_> = verdict(&between, &[]).violations.into_iter().map(|found| found.fault).collect();
        assert_eq!(found.first(), Some(&Fault::LeftWaiting(id(2))), "{found:?}");
        assert_eq!(found.last(), Some(&Fault::Overtook(transfer.registration())), "{found:?}");
    }
    history.places.iter_mut().for_each(|place| place.was_passed_on = false);
    let found: Vec<_> = verdict(&history, &[]).violations.into_iter().map(|found| found.fault).collect();
    assert_eq!(found, [Fault::LeftWaiting(id(2)), Fault::Overtook(transfer.registration())]);
}

#[test]
fn whoever_is_left_waiting_is_found_also_if_the_next_seat_is_of_another_type() {
    let (plain, _) = event(0);
    let price = |number: i16| Price::new(number.into(), number.into(), format!("price {number}"), 0);
    let tickets = Tickets {
        types: [1, 2].map(|n: i16| TicketType::new(n.into(), format!("type {n}"), 1, 1)).into(),
        prices: vec![price(1), price(2)],
    };
    let mut tables = Tables::of((Event { seats: tickets.seats(), ..plain }, tickets));
    let of = |n, number: i16| {
        choose(n, Choice { ticket_type: Some(number.into()), seats: Split::one(number.into(), 1), ..Choice::default() })
    };
    tables.settle(at(200), &[of(1, 1), of(2, 1), of(3, 2), of(4, 2), give_up(1)]);
    let mut history = tables.history();
    assert_eq!(verdict(&history, &[]).count, 0);
    let promoted = place(&mut history, 2);
    let number = promoted.seated_decision.take();
    assert!(number.is_some());
    promoted.status = RegistrationStatus::Waitlisted;
    let other = place(&mut history, 4);
    (other.seated_decision, other.status) = (number, RegistrationStatus::Confirmed);
    let violations = verdict(&history, &[]).violations;
    assert!(violations.iter().any(|found| found.fault == Fault::LeftWaiting(id(2))), "{violations:?}");
}

/// A stress test of three buyers at an event with one seat, undone in chunks of one.
fn tested() -> Tables {
    let mut tables = Tables::of(event(1));
    tables.settle(at(200), &[Command::BeginSimulation]);
    for n in 1..=3 {
        let Command::Register { registration, user, choice, .. } = register(n) else { unreachable!() };
        let buyer = AccountKind::Simulated;
        let simulated = Command::Register { registration, user, buyer, is_verified: false, key: None, choice };
        tables.settle(at(200), &[simulated]);
    }
    tables
}

#[test]
fn numbers_of_an_undone_stress_test_may_be_missing_and_no_others() {
    let mut tables = tested();
    for _ in 0..3 {
        // In part, and at last wholly.
        tables.settle(at(200), &[Command::UndoSimulation { at_most: 1 }]);
        assert_eq!(verdict(&tables.history(), &[]).count, 0);
    }
    tables.settle(at(200), &[Command::UndoSimulation { at_most: 1 }]);
    tables.settle(at(200), &[register(4)]);
    let history = tables.history();
    assert_eq!(verdict(&history, &[]).count, 0);
    let (undone, others): (Vec<_>, Vec<_>) = history
        .decisions
        .iter()
        .cloned()
        .partition(|decision| matches!(decision.kind, EventDecisionKind::SimulationUndone(_)));
    assert!(undone.len() >= 3);
    let Verdict { violations, .. } = verdict(&History { decisions: others, ..history }, &[]);
    assert!(violations.iter().any(|found| found.fault == Fault::Missing), "{violations:?}");
}

#[test]
fn a_party_of_a_stress_test_that_became_smaller_may_be_gone() {
    let (plain, mut tickets) = event(2);
    tickets.types[0].seats_per_registration = 2;
    let mut tables = Tables::of((plain, tickets));
    let Command::Register { registration, user, choice, .. } = choose(1, pair()) else { unreachable!() };
    let buyer = AccountKind::Simulated;
    let party = Command::Register { registration, user, buyer, is_verified: false, key: None, choice };
    let fewer = Command::Reduce { registration, user, remaining: seats(1), shown_waiting: false };
    tables.settle(at(200), &[Command::BeginSimulation, party, fewer]);
    assert_eq!(tables.rows[&registration].seats(), 1);
    tables.settle(at(200), &[Command::UndoSimulation { at_most: 5 }]);
    assert_eq!((verdict(&tables.history(), &[]).count, tables.rows.len()), (0, 0));
}

#[test]
fn no_more_violations_are_described_than_fit() {
    let mut history = sale();
    history.last_number = 0;
    for place in &mut history.places {
        place.status = RegistrationStatus::Cancelled;
        place.booked = 9;
    }
    let Verdict { count, violations, .. } = verdict(&history, &[]);
    assert!(count > VIOLATIONS_DESCRIBED_MAX);
    assert_eq!(violations.len(), VIOLATIONS_DESCRIBED_MAX);
    assert_eq!(violations[0].to_string().split(':').next(), Some("P4 at number 3"));
}

/// An answer about the n-th person's registration, sent and answered at these seconds.
fn told(n: u128, what: What, (asked, answered): (u64, u64)) -> Told {
    let [asked, answered] = [asked, answered].map(Duration::from_secs);
    Told { registration: id(n), what, asked, answered }
}

fn made(number: i64, is_seated: bool, position: Option<i64>) -> What {
    What::Made { number, is_seated: Some(is_seated), position }
}

/// True answers of the sale.
fn answers() -> Vec<Told> {
    let repeat = What::Made { number: 3, is_seated: None, position: None };
    vec![
        told(1, made(3, true, None), (0, 4)),
        told(2, made(4, true, None), (1, 2)),
        told(3, made(5, false, Some(1)), (1, 9)),
        told(4, made(6, false, Some(2)), (3, 9)),
        told(1, repeat, (20, 21)),
        told(1, What::Cancelled { number: 8 }, (10, 11)),
        told(6, made(13, false, Some(2)), (12, 13)),
    ]
}

#[test]
fn true_answers_in_an_order_that_can_be_are_found_true() {
    let expected = Verdict { steps: 13, answers: 7, ..Verdict::default() };
    assert_eq!(verdict(&sale(), &answers()), expected);
}

#[test]
fn every_kind_of_untrue_answer_is_found() {
    let nobody = RegistrationId::from(Uuid::nil());
    let damages: Vec<(usize, Told, Fault)> = vec![
        (0, Told { registration: nobody, ..answers()[0] }, Fault::NotStored(nobody)),
        (1, told(2, made(5, true, None), (1, 2)), Fault::NotStored(id(2))),
        (5, told(1, What::Cancelled { number: 9 }, (10, 11)), Fault::NotStored(id(1))),
        (5, told(2, What::Cancelled { number: 8 }, (10, 11)), Fault::NotStored(id(2))),
        (1, told(2, made(4, false, None), (1, 2)), Fault::Untrue(id(2))),
        (2, told(3, made(5, true, Some(1)), (1, 9)), Fault::Untrue(id(3))),
        (3, told(4, made(6, false, Some(1)), (3, 9)), Fault::Untrue(id(4))),
        (6, told(6, made(13, false, Some(3)), (12, 13)), Fault::Untrue(id(6))),
        // Answered before others asked, whose numbers are lower: of one who registered, and of one who gave up.
        (6, told(6, made(13, false, Some(2)), (0, 9)), Fault::Overtaken { by: 8 }),
        (2, told(3, made(5, false, Some(1)), (0, 0)), Fault::Overtaken { by: 4 }),
        // A repeat is no later number, and its first request counts.
        (4, told(6, made(13, false, None), (0, 5)), Fault::Overtaken { by: 8 }),
    ];
    for (nth, (which, answer, expected)) in damages.into_iter().enumerate() {
        let mut damaged = answers();
        damaged[which] = answer;
        let Verdict { violations, .. } = verdict(&sale(), &damaged);
        assert!(violations.iter().any(|found| found.fault == expected), "{nth}: {expected:?}, not {violations:?}");
    }
}
