//! The order of commands that were answered at once: one that explains all of their answers.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::accounts::{Receiver, Role};
use domain::commands::{Authority, Command, Decided, Order};
use domain::events::{Event, NewEvent};
use domain::ids::UserId;
use domain::model::Model;
use domain::registrations::Payment;
use uuid::Uuid;

use crate::clock::{at, details_of_an_event};
use crate::stage::id;

/// A command that was answered.
#[derive(Debug)]
pub(crate) struct Played {
    pub(crate) order: Order,
    pub(crate) now: DateTime<Utc>,
    pub(crate) decided: Decided,
    pub(crate) attempts_committed: usize,
}

impl Played {
    /// The model after this command, if the model gives the same answer and marks the same payment. Of two who mark the
    /// same transfer at once, both get the same answer.
    fn explained_by(&self, model: &Model, marks: &Marks) -> Option<Model> {
        let mut after = model.clone();
        let is_answered = self.answer_of(&mut after) == self.decided;
        let is_known = |payment: &Payment| model.payments().contains(payment);
        let is_marked = after.payments().iter().all(|payment| is_known(payment) || marks.contains(&mark_of(payment)));
        (is_answered && is_marked).then_some(after)
    }

    /// The model's answer, which is that of the last attempt.
    pub(crate) fn answer_of(&self, model: &mut Model) -> Decided {
        for _ in 1..self.attempts_committed {
            model.carry_out(&self.order, self.now);
        }
        model.carry_out(&self.order, self.now)
    }
}

/// The latest number of each payment, the payment, and who marked it or took it back.
pub(crate) type Marks = HashSet<(i64, Uuid, Option<Uuid>)>;

fn mark_of(payment: &Payment) -> (i64, Uuid, Option<Uuid>) {
    let (number, by) = payment.taken_back.unwrap_or((payment.decision, payment.by));
    (number, payment.id.into(), by.map(Uuid::from))
}

/// The model after these commands, in an order that explains all of their answers. They have the same number: one of
/// them took it, and the others saw what it left, or made an edit, which may take none.
pub(crate) fn explained(mut model: Model, left: &[&Played], marks: &Marks) -> Option<Model> {
    let mut left = left.to_vec();
    // Whatever changes nothing can go first.
    let is_harmless =
        |played: &&Played, model: &Model| played.explained_by(model, marks).is_some_and(|after| is_same(&after, model));
    while let Some(nth) = left.iter().position(|played| is_harmless(played, &model)) {
        let after = left.remove(nth).explained_by(&model, marks);
        model = after?;
    }
    if left.is_empty() {
        return Some(model);
    }
    (0..left.len()).find_map(|nth| {
        let mut others = left.clone();
        let after = others.remove(nth).explained_by(&model, marks)?;
        explained(after, &others, marks)
    })
}

fn is_same(one: &Model, other: &Model) -> bool {
    one.event() == other.event()
        && one.tickets() == other.tickets()
        && one.registrations() == other.registrations()
        && one.payments() == other.payments()
}

#[test]
fn an_order_is_found_that_explains_all_answers_also_if_what_comes_first_could_be_another() {
    let (organizer, receiver): (UserId, UserId) = (id(), id());
    let draft = NewEvent::draft(id(), organizer, details_of_an_event(), 3, at(0)).unwrap();
    let (event, tickets, _) = Event::new(draft, at(0));
    let account = Receiver { role: Role::Organizer, is_active: true, events: 0 };
    let before = Model::new(event, tickets).with_receivers(HashMap::from([(receiver, account)]));
    // Both hand the event over to the same account. The organizer was the first, and would have been refused after the
    // administrator, whose order then found it done.
    let command = Command::HandOver { to: receiver, expected_version: None };
    let own = Order { id: id(), by: Some(organizer), authority: Authority::Organizer, command: command.clone() };
    let any = Order { id: id(), by: None, authority: Authority::Any, command };
    let mut after = before.clone();
    let mut played = [own, any].map(|order| {
        let decided = after.carry_out(&order, at(1));
        Played { order, now: at(1), decided, attempts_committed: 1 }
    });
    assert_eq!(played[0].decided, played[1].decided);
    played.reverse();
    let found = explained(before.clone(), &[&played[0], &played[1]], &Marks::new()).unwrap();
    assert!(is_same(&found, &after));

    played[0].decided.as_of += 1;
    assert!(explained(before, &[&played[0], &played[1]], &Marks::new()).is_none(), "nothing explains this");
}
