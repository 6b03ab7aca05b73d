//! The messages that follow from a registration as it stands.

use domain::commands::{Command, Done};
use domain::events::Event;
use domain::ids::{RegistrationId, TransferId};
use domain::messages::{MessageKind, comes_too_late, notices};
use domain::money::Terms;
use domain::tickets::{Choice, Part, Price, Split};
use domain::transfers::Offer;
use domain::webhooks::{self, WebhookKind};
use uuid::Uuid;

use crate::stage::{Tables, at, choose, event, id, user};

/// The hold of a seat that was paid, and whose payment was taken back so many steps of half a minute later: when its
/// person is told that it ends soon, and when it does.
fn warned(hold_minutes: i32, taken_back_at: i64) -> (Option<i64>, i64) {
    let (event, mut tickets) = event(3);
    for price in &mut tickets.prices {
        price.amount = 500;
    }
    let terms = Terms { currency: "EUR".parse().ok(), hold_minutes: Some(hold_minutes), ..Terms::default() };
    let mut tables = Tables::of((Event { terms, ..event }, tickets));
    let payment = Uuid::from_u128(7).into();
    tables.settle(at(100), &[choose(1, Choice { amount: Some(500), ..Choice::default() })]);
    tables.settle(at(101), &[Command::MarkPaid { registration: id(1), user: user(1), payment, amount: 500 }]);
    tables.settle(at(taken_back_at), &[Command::NotPaid { registration: id(1), payment }]);
    let registration = &tables.rows[&id(1)];
    let notices = notices(registration, &tables.event, at(taken_back_at));
    let warning = notices.iter().find(|notice| notice.kind == MessageKind::AboutToLapse);
    let step = |time: chrono::DateTime<chrono::Utc>| (time - at(0)).num_seconds() / 30;
    (warning.map(|notice| step(notice.at.unwrap())), step(registration.hold.unwrap().until))
}

#[test]
fn a_hold_that_began_anew_is_warned_of_by_its_own_length() {
    assert_eq!(warned(120, 102), (Some(282), 342), "a quarter before its end");
    assert_eq!(warned(120, 600), (Some(780), 840), "also long after the seats were given");
    assert_eq!(warned(30, 600), (None, 660), "a short one needs no warning");
}

/// Somebody who got a seat from the line at step 102, with two hours to pay where others have half an hour, at an event
/// whose terms have been edited since.
fn from_line(line_hold_minutes_now: Option<i32>) -> Tables {
    let (event, mut tickets) = event(1);
    for price in &mut tickets.prices {
        price.amount = 500;
    }
    let terms = Terms {
        currency: "EUR".parse().ok(),
        hold_minutes: Some(30),
        line_hold_minutes: Some(120),
        ..Terms::default()
    };
    let mut tables = Tables::of((Event { terms, ..event }, tickets));
    for person in [1, 2] {
        tables.settle(at(100), &[choose(person, Choice { amount: Some(500), ..Choice::default() })]);
    }
    tables.settle(at(102), &[Command::GiveUp { registration: id(1), user: user(1) }]);
    tables.event.terms.line_hold_minutes = line_hold_minutes_now;
    tables
}

#[test]
fn whoever_is_told_late_gets_the_whole_time_and_is_warned_before_its_end() {
    let mut tables = from_line(Some(120));
    let is_late = |tables: &Tables, step: i64| {
        comes_too_late(MessageKind::Promoted, &tables.rows[&id(2)], &tables.event, at(step))
    };
    assert_eq!([is_late(&tables, 220), is_late(&tables, 223)], [false, true], "less than half of 240 steps is left");
    let extended = tables.settle(at(300), &[Command::Extend { registrations: vec![id(1), id(2)] }]);
    assert_eq!(extended.answers[0].outcome, Ok(Done::Extended(1)));
    let registration = &tables.rows[&id(2)];
    assert_eq!(registration.hold.unwrap().until, at(540));
    assert!(!is_late(&tables, 301));
    let told = notices(registration, &tables.event, at(300));
    let kinds: Vec<_> = told.iter().map(|notice| (notice.kind, notice.at)).collect();
    let expected =
        [(MessageKind::Promoted, None), (MessageKind::Held, None), (MessageKind::AboutToLapse, Some(at(480)))];
    assert_eq!(kinds, expected);
}

#[test]
fn whoever_is_told_late_has_no_deadline_where_the_event_gives_none_any_more() {
    let mut tables = from_line(None);
    assert!(comes_too_late(MessageKind::Promoted, &tables.rows[&id(2)], &tables.event, at(400)));
    let extended = tables.settle(at(400), &[Command::Extend { registrations: vec![id(2)] }]);
    assert_eq!((&extended.answers[0].outcome, tables.rows[&id(2)].hold), (&Ok(Done::Extended(1)), None));
}

/// A party of one who pays and one who does not, and the one who takes the seat that was paid for.
#[test]
fn whoever_gets_a_seat_that_was_paid_for_is_told_of_the_booking_and_its_giver_of_fewer_seats() {
    let (event, mut tickets) = event(3);
    tickets.types[0].seats_per_registration = 2;
    tickets.prices[0].amount = 500;
    let child = Price::new(2.into(), tickets.types[0].number, "Child".to_owned(), 0);
    tickets.prices.push(child);
    let terms = Terms { currency: "EUR".parse().ok(), ..Terms::default() };
    let mut tables = Tables::of((Event { terms, ..event }, tickets));
    let part = |price: i16| Part { price: price.into(), seats: 1 };
    let seats = Split::of(vec![part(1), part(2)]);
    tables.settle(at(100), &[choose(1, Choice { amount: Some(500), seats, ..Choice::default() })]);
    let payment = Uuid::from_u128(7).into();
    tables.settle(at(101), &[Command::MarkPaid { registration: id(1), user: user(1), payment, amount: 500 }]);
    let transfer = TransferId::from(Uuid::from_u128(9));
    let offer =
        Offer { registration: id(1), price: 1.into(), expires_at: at(200), is_withdrawn: false, is_allowed: true };
    tables.offers.insert(transfer, offer);
    let take = Command::TakeOver { transfer, from: id(1), user: user(3), is_verified: true };
    tables.settle(at(102), &[take]);
    let kinds = |of: RegistrationId| -> Vec<MessageKind> {
        notices(&tables.rows[&of], &tables.event, at(102)).iter().map(|notice| notice.kind).collect()
    };
    assert_eq!(kinds(transfer.registration()), [MessageKind::Confirmed], "the taker has paid nothing here");
    assert_eq!(kinds(id(1)), [MessageKind::Paid, MessageKind::Reduced], "what was told of the payment stays true");
    let changes = webhooks::changes(&tables.rows[&id(1)]);
    assert!(changes.iter().any(|change| change.kind == WebhookKind::Paid), "{changes:?}");
}
