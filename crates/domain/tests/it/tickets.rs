//! Examples of parties, lines of several types, limits and holds, one command at a time.

use domain::commands::{Command, Done, Refusal};
use domain::events::Event;
use domain::limits::LAPSES_PER_PERSON_MAX;
use domain::money::Terms;
use domain::registrations::RegistrationStatus::{self, Confirmed, Held, Waitlisted};
use domain::tickets::{Choice, ChoiceError, Price, Split, TicketType, Tickets};

use crate::stage::{Tables, at, choose, event, give_up, id};

/// Two types of 4 seats for parties of up to 4: one for nothing, one for 500 with a limit of 5 seats, which are held for
/// 15 minutes.
fn tables() -> Tables {
    let (plain, _) = event(0);
    let price = |number: i16, amount| Price::new(number.into(), number.into(), format!("price {number}"), amount);
    let tickets = Tickets {
        types: [1, 2].map(|n: i16| TicketType::new(n.into(), format!("type {n}"), 4, 4)).into(),
        prices: vec![price(1, 0), Price { limit: Some(5), ..price(2, 500) }],
    };
    let terms = Terms { currency: "EUR".parse().ok(), hold_minutes: Some(15), ..Terms::default() };
    Tables::of((Event { terms, seats: tickets.seats(), ..plain }, tickets))
}

fn seats(of: i16, seats: i16) -> Choice {
    let amount = if of == 2 { Some(500 * i64::from(seats)) } else { None };
    Choice { ticket_type: Some(of.into()), seats: Split::one(of.into(), seats), amount, ..Choice::default() }
}

fn statuses<const N: usize>(tables: &Tables, people: [u128; N]) -> [RegistrationStatus; N] {
    people.map(|n| tables.rows[&id(n)].status)
}

#[test]
fn a_party_waits_whole_and_nobody_behind_it_passes() {
    let mut tables = tables();
    let book = [choose(1, seats(1, 2)), choose(2, seats(1, 3)), choose(3, seats(1, 1)), choose(4, seats(2, 4))];
    tables.settle(at(200), &book);
    assert_eq!(statuses(&tables, [1, 2, 3, 4]), [Confirmed, Waitlisted, Waitlisted, Held], "two seats stay idle");
    // The head leaves: no seat is freed, and yet the line moves.
    tables.settle(at(201), &[give_up(2)]);
    assert_eq!(statuses(&tables, [1, 3]), [Confirmed, Confirmed]);
}

#[test]
fn whoever_comes_and_goes_in_one_batch_behind_a_line_moves_nothing() {
    let mut tables = tables();
    tables.settle(at(200), &[choose(1, seats(1, 2)), choose(2, seats(1, 3))]);
    let fewer = |n: u128| Command::Reduce {
        registration: id(n),
        user: crate::stage::user(n),
        remaining: Split::single(1.into()),
        shown_waiting: true,
    };
    let batch = [choose(3, seats(1, 1)), choose(4, seats(1, 2)), fewer(4), give_up(3)];
    let answers = tables.settle(at(201), &batch).answers;
    assert!(answers.iter().all(|answer| answer.outcome.is_ok()), "{answers:?}");
    assert_eq!(statuses(&tables, [2, 4]), [Waitlisted, Waitlisted]);
}

#[test]
fn a_limit_counts_those_who_wait_and_nobody_waits_for_a_price() {
    let mut tables = tables();
    let book = [choose(1, seats(2, 3)), choose(2, seats(2, 2)), choose(3, seats(2, 1))];
    let answers = tables.settle(at(200), &book).answers;
    assert_eq!(statuses(&tables, [1, 2]), [Held, Waitlisted]);
    let sold_out = ChoiceError::PriceSoldOut { price: 2.into(), left: 0 };
    assert_eq!(answers[2].outcome, Err(Refusal::Choice(sold_out)));
}

#[test]
fn a_hold_lapses_when_it_is_due_and_asked_to_and_three_are_enough() {
    let mut tables = tables();
    for times in 0..LAPSES_PER_PERSON_MAX {
        let begin = 200 + i64::try_from(times).unwrap() * 100;
        // The same person, with a registration of another id each time.
        let mut book = choose(1, seats(2, 4));
        let Command::Register { registration, .. } = &mut book else { unreachable!() };
        *registration = id(1_000 + u128::try_from(times).unwrap());
        let made = *registration;
        tables.settle(at(begin), &[book]);
        let lapse = || Command::Lapse { registrations: vec![made] };
        let early = tables.settle(at(begin + 29), &[lapse()]).answers.remove(0).outcome;
        assert_eq!(early, Ok(Done::Lapsed(0)), "15 minutes are 30 steps");
        let due = tables.settle(at(begin + 30), &[lapse()]).answers.remove(0).outcome;
        assert_eq!(due, Ok(Done::Lapsed(1)));
    }
    let again = tables.settle(at(600), &[choose(1, seats(1, 1))]).answers;
    assert_eq!(again[0].outcome, Err(Refusal::TooManyLapses));
}
