//! Every order in which things can happen in a small world, explored by a model checker: the real engine and the real
//! rules, two servers, lost answers, crashes and holds that run out. Each deliberate fault is found.

use std::env;
use std::sync::Arc;
use std::time::Instant;

use domain::events::{Event, EventStatus, NewEvent};
use domain::money::Terms;
use domain::tables::Tables;
use domain::tickets::{Price, Tickets};
use stateright::{Checker, Model};
use uuid::Uuid;

use self::stored::Stored;
use self::world::Rare::{
    Busy, FoundAgain, Lapsed, LostButCommitted, OutcomeUnknown, PaidLate, Promoted, TwoInABatch, Unpayable,
};
use self::world::properties::{ANSWERED, ONCE, PAID, PROMISES, UNCHANGED};
use self::world::{AMOUNT, Action, Planted, Rare, Wish, World};
use crate::clock::{at, details_of_an_event};

mod stored;
mod world;

/// A published event with one seat at this price.
fn event(amount: i64) -> Stored {
    let (id, organizer) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
    let draft = NewEvent::draft(id, organizer, details_of_an_event(), 1, at(0)).unwrap();
    let (event, tickets, _) = Event::new(draft, at(0));
    let [price] = tickets.prices.try_into().unwrap();
    let tickets = Tickets { prices: vec![Price { amount, ..price }], ..tickets };
    let terms = Terms { hold_minutes: Some(15), line_hold_minutes: Some(15), ..event.terms };
    let event = Event { status: EventStatus::Published, terms, ..event };
    Stored::new(Tables::new(event, tickets, at(0)))
}

/// A world without sweepers, in which so much may fail: with more, exploring it takes much longer. `ONSALE_FAILURES`
/// overrides it.
fn world(amount: i64, wishes: &[Wish], failures: u8) -> World {
    let failures = env::var("ONSALE_FAILURES").map_or(failures, |failures| failures.parse().unwrap());
    let (stored, wishes, start) = (event(amount), wishes.to_vec(), Instant::now());
    World { stored, wishes, failures, sweeps: 0, waits: 2, planted: None, start, seen: Arc::default() }
}

const SEAT: Wish = Wish::Seat { has_key: true };
const KEYLESS: Wish = Wish::Seat { has_key: false };

/// Two people want the one seat, and the first of them gives up what came of that.
fn sale() -> World {
    world(0, &[SEAT, KEYLESS, Wish::GiveUp(0)], 2)
}

/// Two organizers add seats while somebody wants the one that there is.
fn edits() -> World {
    let capacity = |seats, if_unedited| Wish::Capacity { seats, if_unedited };
    world(0, &[SEAT, capacity(2, true), capacity(3, false)], 1)
}

/// Two people want the one seat, which is held until it is paid, and somebody pays for the first of them.
fn holds() -> World {
    World { sweeps: 1, waits: 1, ..world(AMOUNT, &[SEAT, KEYLESS, Wish::Pay(0)], 1) }
}

/// Explores a world, which must hold every property. The checker must come upon each of these rare things.
fn explore(world: World, rare: impl IntoIterator<Item = Rare>) {
    let seen = Arc::clone(&world.seen);
    let checker = world.checker().threads(2).spawn_bfs().join();
    let (states, steps) = (checker.unique_state_count(), checker.max_depth());
    println!("{states} states, up to {steps} steps from the first");
    checker.assert_properties();
    let seen = seen.lock().unwrap();
    assert_eq!(rare.into_iter().find(|rare| !seen.contains(rare)), None, "{seen:?}");
}

#[test]
fn a_sale_keeps_its_promises_in_every_order() {
    explore(sale(), [Busy, FoundAgain, LostButCommitted, OutcomeUnknown, Promoted]);
}

#[test]
fn edits_keep_the_promises_in_every_order() {
    explore(edits(), [Busy, FoundAgain, LostButCommitted, OutcomeUnknown, TwoInABatch]);
}

#[test]
fn holds_that_run_out_and_payments_keep_the_promises_in_every_order() {
    explore(holds(), [Busy, FoundAgain, Lapsed, LostButCommitted, PaidLate, Promoted, TwoInABatch, Unpayable]);
}

/// The fewest steps to a state that breaks the property.
fn counterexample(world: &World, property: &'static str) -> Option<Vec<Action>> {
    (1..40).find_map(|depth| {
        let checker = world.clone().checker().target_max_depth(depth).spawn_bfs().join();
        Some(checker.discovery(property)?.into_actions())
    })
}

#[test]
fn every_deliberate_fault_is_found() {
    let faults = [
        (Planted::AnswersBeforeCommit, sale(), PROMISES),
        (Planted::LooksBeforeLock, sale(), PROMISES),
        (Planted::RetriesBlindly, edits(), UNCHANGED),
        (Planted::RefusesWhatWasTaken, sale(), UNCHANGED),
        (Planted::ForgetsTheQueue, sale(), ANSWERED),
        (Planted::LapsesWithoutALook, holds(), PAID),
        (Planted::ForgetsKeys, holds(), ONCE),
    ];
    for (planted, world, property) in faults {
        let world = World { planted: Some(planted), ..world };
        let Some(steps) = counterexample(&world, property) else { panic!("{planted:?} is not found") };
        println!("{planted:?}: {steps:?}");
    }
}
