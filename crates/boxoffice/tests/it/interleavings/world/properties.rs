//! What must hold at every moment.

use domain::registrations::RegistrationStatus;
use stateright::{Model, Property};

use super::{ASKED_MAX, State, Wish, World, order_id, registration_id};

pub(crate) const PROMISES: &str = "the history keeps the promises, and every answer is in it";
pub(crate) const UNCHANGED: &str = "what was refused has changed nothing";
pub(crate) const ONCE: &str = "one wish makes one registration";
pub(crate) const PAID: &str = "what was paid stands";
pub(crate) const ANSWERED: &str = "everybody is answered";

pub(super) fn all() -> Vec<Property<World>> {
    vec![
        Property::<World>::always(PROMISES, |_, state| state.faults == 0 && !state.is_inconsistent),
        Property::<World>::always(UNCHANGED, |world, state| world.refused_have_changed_nothing(state)),
        Property::<World>::always(ONCE, |world, state| world.nobody_has_two(state)),
        Property::<World>::always(PAID, |world, state| world.paid_seats_stand(state)),
        Property::<World>::always(ANSWERED, |world, state| world.everybody_is_answered(state)),
    ]
}

impl World {
    fn refused_have_changed_nothing(&self, state: &State) -> bool {
        self.wishes.iter().zip(&state.people).enumerate().all(|(wish, (wanted, person))| {
            person.unchanged.iter().all(|time| match wanted {
                Wish::Seat { .. } => !state.stored.rows.contains_key(&registration_id(wish, *time)),
                Wish::Capacity { .. } => !state.stored.has_carried_out(order_id(wish, *time)),
                Wish::GiveUp(_) | Wish::Pay(_) => true,
            })
        })
    }

    fn nobody_has_two(&self, state: &State) -> bool {
        (0..self.wishes.len()).all(|wish| {
            let made = (1..=ASKED_MAX).filter(|time| state.stored.rows.contains_key(&registration_id(wish, *time)));
            made.count() <= 1
        })
    }

    fn paid_seats_stand(&self, state: &State) -> bool {
        let pay = self.wishes.iter().zip(&state.people).filter(|(wish, _)| matches!(wish, Wish::Pay(_)));
        pay.filter_map(|(_, person)| person.has)
            .all(|paid| state.stored.rows.get(&paid).is_some_and(|row| row.status == RegistrationStatus::Confirmed))
    }

    fn everybody_is_answered(&self, state: &State) -> bool {
        let mut actions = Vec::new();
        self.actions(state, &mut actions);
        !actions.is_empty() || !state.is_waited_for()
    }
}
