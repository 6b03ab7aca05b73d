//! The messages that follow from a registration as it stands.

use domain::commands::Command;
use domain::events::Event;
use domain::messages::{MessageKind, notices};
use domain::money::Terms;
use domain::tickets::Choice;
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
