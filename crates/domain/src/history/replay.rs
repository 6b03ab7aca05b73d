//! The replay: each number's step in turn, on lines and counts of its own.

use std::collections::{HashMap, HashSet, VecDeque};

use super::faults::{Fault, Verdict};
use super::stored::{History, Place, PriceCounts, TypeCounts};
use crate::events::EventDecisionKind;
use crate::ids::{RegistrationId, UserId};
use crate::tickets::{PriceNumber, Split, TypeNumber};

/// The index of a registration in [`History::places`].
type Index = usize;

/// What happened under a number.
#[derive(Clone, Copy)]
enum Step<'a> {
    Made(Index),
    /// It got its seats from the line.
    Seated(Index),
    Cancelled(Index),
    Reduced(RegistrationId, &'a Split),
    Capacity(TypeNumber, i32),
    Limit(PriceNumber, Option<i32>),
    /// Nothing happened to anybody's seats.
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    NotMade,
    Waits,
    Seated,
    Cancelled,
}

/// A ticket type as the replay has it.
#[derive(Default)]
struct Line {
    capacity: i32,
    taken: i32,
    waiting: i32,
    seats_wanted: i32,
    /// Those who wait, in their order, among others who have left the line since.
    order: VecDeque<Index>,
}

/// A change of a type's seats or line.
#[derive(Clone, Copy)]
struct Moved {
    ticket_type: TypeNumber,
    number: i64,
    /// Whether a person gave seats up, or all of a registration.
    is_leaving: bool,
}

impl Line {
    /// So many more registrations wait, for so many more seats; fewer, if a number is negative.
    fn wait(&mut self, registrations: i32, seats: i32) {
        self.waiting += registrations;
        self.seats_wanted += seats;
    }
}

pub(super) struct Replay<'a> {
    history: &'a History,
    pub(super) verdict: Verdict,
    states: Vec<State>,
    /// The seats of each registration at this point; before it is made, those that were booked.
    seats: Vec<Split>,
    /// The place in line of each registration when it was made; 0 if it got its seats at once.
    pub(super) joined_at: Vec<i64>,
    by_id: HashMap<RegistrationId, Index>,
    lines: HashMap<TypeNumber, Line>,
    prices: HashMap<PriceNumber, (i32, Option<i32>)>,
    standing: HashSet<(UserId, TypeNumber)>,
    /// The change of the step before, if it was one of a type's seats or line. That line has not been looked at yet.
    moved: Option<Moved>,
}

impl<'a> Replay<'a> {
    pub(super) fn of(history: &'a History) -> Self {
        let by_id = history.places.iter().enumerate().map(|(index, place)| (place.id, index)).collect();
        let mut replay = Self {
            history,
            verdict: Verdict::default(),
            states: vec![State::NotMade; history.places.len()],
            seats: history.places.iter().map(|place| place.split.clone()).collect(),
            joined_at: vec![0; history.places.len()],
            by_id,
            lines: HashMap::new(),
            prices: HashMap::new(),
            standing: HashSet::new(),
            moved: None,
        };
        replay.give_back_what_was_given_up(&Tests::of(history));
        replay
    }

    fn give_back_what_was_given_up(&mut self, tests: &Tests) {
        for decision in &self.history.decisions {
            let EventDecisionKind::Reduced { registration, seats: taken, .. } = &decision.kind else { continue };
            let Some(seats) = self.by_id.get(registration).and_then(|index| self.seats.get_mut(*index)) else {
                // The undo of a stress test leaves the decision behind.
                if !tests.contain(decision.number) {
                    self.verdict.add(decision.number, Fault::Unknown(*registration));
                }
                continue;
            };
            // More seats than a registration can have are not those that were booked, either.
            if let Some(booked) = seats.with(taken) {
                *seats = booked;
            }
        }
        for (place, booked) in self.history.places.iter().zip(&self.seats) {
            if booked.seats() != place.booked {
                self.verdict.add(place.decision, Fault::Unlike(place.id));
            }
        }
    }

    /// Plays every step, and compares the end with what is stored. Returns the number of steps.
    pub(super) fn run(&mut self) -> usize {
        let steps = steps_of(self.history);
        let (tests, last) = (Tests::of(self.history), self.history.last_number);
        let mut before = 0;
        for &(number, step) in &steps {
            if number < 1 || number > last {
                self.verdict.add(number, Fault::OutOfRange);
            } else if number == before {
                self.verdict.add(number, Fault::UsedTwice);
            } else if number > before.saturating_add(1) && !tests.have_taken(before, number) {
                self.verdict.add(before.saturating_add(1), Fault::Missing);
            }
            before = number;
            self.take(number, step, tests.contain(number));
        }
        if last > before {
            self.verdict.add(before.saturating_add(1), Fault::Missing);
        }
        self.look_at_line();
        self.look_at_rows();
        self.look_at_counts();
        steps.len()
    }

    /// The steps of a stress test that was undone are not held to P2: those who stood before them may be gone.
    fn take(&mut self, number: i64, step: Step<'_>, is_undone: bool) {
        let is_handed_over = matches!(step, Step::Made(index) if self.is_handed_over(index));
        let goes_on = match step {
            Step::Seated(index) => self.moved.is_some_and(|moved| self.is_of_type(index, moved.ticket_type)),
            _ => is_handed_over,
        };
        if !goes_on {
            self.look_at_line();
        }
        let changed = match step {
            Step::Made(index) => self.made(number, index, is_handed_over || is_undone),
            Step::Seated(index) => self.seated(number, index, is_undone),
            Step::Cancelled(index) => self.cancelled(number, index),
            Step::Reduced(id, taken) => self.reduced(number, id, taken),
            Step::Capacity(ticket_type, seats) => {
                self.lines.entry(ticket_type).or_default().capacity = seats;
                Some(ticket_type)
            }
            Step::Limit(price, limit) => {
                self.prices.entry(price).or_default().1 = limit;
                self.look_at_price(number, price);
                None
            }
            Step::Other => None,
        };
        let Some(ticket_type) = changed else { return };
        let is_leaving = matches!(step, Step::Cancelled(_) | Step::Reduced(..));
        self.moved = Some(Moved { ticket_type, number, is_leaving }).filter(|_| !is_undone);
        let Line { capacity, taken, .. } = *self.line(ticket_type);
        if !(0..=capacity).contains(&taken) {
            self.verdict.add(number, Fault::Oversold { ticket_type, taken, capacity });
        }
    }

    fn is_of_type(&self, index: Index, ticket_type: TypeNumber) -> bool {
        self.place(index).is_some_and(|place| place.ticket_type == ticket_type)
    }

    /// Whether a registration has got its seat from the person who left it in the decision before. That seat was never
    /// free.
    fn is_handed_over(&self, index: Index) -> bool {
        self.place(index).is_some_and(|place| place.was_passed_on)
            && self.moved.is_some_and(|moved| moved.is_leaving && self.is_of_type(index, moved.ticket_type))
    }

    /// `may_pass` says whether it may be seated although others wait.
    fn made(&mut self, number: i64, index: Index, may_pass: bool) -> Option<TypeNumber> {
        let (place, seats) = (self.place(index)?, self.seats.get(index)?.clone());
        let line = self.line(place.ticket_type);
        let (state, joined_at) = if place.is_seated_at_once() {
            line.taken += seats.seats();
            (State::Seated, 0)
        } else {
            line.wait(1, seats.seats());
            line.order.push_back(index);
            (State::Waits, line.waiting.into())
        };
        if state == State::Seated && line.waiting > 0 && !may_pass {
            self.verdict.add(number, Fault::Overtook(place.id));
        }
        *self.states.get_mut(index)? = state;
        *self.joined_at.get_mut(index)? = joined_at;
        if !self.standing.insert((place.user, place.ticket_type)) {
            self.verdict.add(number, Fault::Twice(place.id));
        }
        for part in seats.parts() {
            self.prices.entry(part.price).or_default().0 += i32::from(part.seats);
            self.look_at_price(number, part.price);
        }
        Some(place.ticket_type)
    }

    fn seated(&mut self, number: i64, index: Index, is_undone: bool) -> Option<TypeNumber> {
        let (place, wanted) = (self.place(index)?, self.seats.get(index)?.seats());
        if self.state(index) != State::Waits {
            self.verdict.add(number, Fault::OutOfOrder(place.id));
            return None;
        }
        if self.head(place.ticket_type) != Some(index) && !is_undone {
            self.verdict.add(number, Fault::Overtook(place.id));
        }
        *self.states.get_mut(index)? = State::Seated;
        let line = self.line(place.ticket_type);
        line.wait(-1, -wanted);
        line.taken += wanted;
        Some(place.ticket_type)
    }

    fn cancelled(&mut self, number: i64, index: Index) -> Option<TypeNumber> {
        let (place, seats) = (self.place(index)?, self.seats.get(index)?.clone());
        match self.state(index) {
            State::Waits => self.line(place.ticket_type).wait(-1, -seats.seats()),
            State::Seated => self.line(place.ticket_type).taken -= seats.seats(),
            State::NotMade | State::Cancelled => {
                self.verdict.add(number, Fault::OutOfOrder(place.id));
                return None;
            }
        }
        *self.states.get_mut(index)? = State::Cancelled;
        self.standing.remove(&(place.user, place.ticket_type));
        self.leave_prices(&seats);
        Some(place.ticket_type)
    }

    fn reduced(&mut self, number: i64, id: RegistrationId, taken: &Split) -> Option<TypeNumber> {
        let index = *self.by_id.get(&id)?;
        let (place, seats) = (self.place(index)?, self.seats.get(index)?.clone());
        let (State::Waits | State::Seated, Some(left)) = (self.state(index), seats.without(taken)) else {
            self.verdict.add(number, Fault::OutOfOrder(id));
            return None;
        };
        let fewer = left.seats() - seats.seats();
        match self.state(index) {
            State::Seated => self.line(place.ticket_type).taken += fewer,
            _ => self.line(place.ticket_type).wait(0, fewer),
        }
        *self.seats.get_mut(index)? = left;
        self.leave_prices(taken);
        Some(place.ticket_type)
    }

    fn leave_prices(&mut self, seats: &Split) {
        for part in seats.parts() {
            self.prices.entry(part.price).or_default().0 -= i32::from(part.seats);
        }
    }

    fn place(&self, index: Index) -> Option<&'a Place> {
        self.history.places.get(index)
    }

    fn state(&self, index: Index) -> State {
        self.states.get(index).copied().unwrap_or(State::NotMade)
    }

    fn line(&mut self, ticket_type: TypeNumber) -> &mut Line {
        self.lines.entry(ticket_type).or_default()
    }

    /// The first who waits for a type.
    fn head(&mut self, ticket_type: TypeNumber) -> Option<Index> {
        let Self { lines, states, .. } = self;
        let order = &mut lines.get_mut(&ticket_type)?.order;
        while let Some(&index) = order.front() {
            if states.get(index) == Some(&State::Waits) {
                return Some(index);
            }
            order.pop_front();
        }
        None
    }

    fn head_wants(&mut self, ticket_type: TypeNumber) -> i32 {
        let head = self.head(ticket_type).and_then(|head| self.seats.get(head));
        head.map_or(0, Split::seats)
    }

    /// Once everybody is seated who could be, the head of the line wants more than is free.
    fn look_at_line(&mut self) {
        let Some(Moved { ticket_type, number, .. }) = self.moved.take() else { return };
        let Some(place) = self.head(ticket_type).and_then(|head| self.place(head)) else { return };
        let wanted = self.head_wants(ticket_type);
        let Line { capacity, taken, .. } = *self.line(ticket_type);
        if wanted <= capacity.saturating_sub(taken) {
            self.verdict.add(number, Fault::LeftWaiting(place.id));
        }
    }

    fn look_at_price(&mut self, number: i64, price: PriceNumber) {
        let (standing, limit) = self.prices.get(&price).copied().unwrap_or_default();
        if let Some(limit) = limit.filter(|limit| standing > *limit) {
            self.verdict.add(number, Fault::LimitPassed { price, standing, limit });
        }
    }

    fn look_at_rows(&mut self) {
        for (place, state) in self.history.places.iter().zip(&self.states) {
            let is_alike = match state {
                State::Waits => place.status.waits(),
                State::Seated => place.status.takes_seat(),
                State::Cancelled => place.status.is_over(),
                State::NotMade => false,
            };
            if !is_alike {
                self.verdict.add(place.decision, Fault::Unlike(place.id));
            }
        }
    }

    /// Types and prices that are gone have no seats any more.
    fn look_at_counts(&mut self) {
        let (history, last) = (self.history, self.history.last_number);
        let stored: HashMap<_, _> = history.types.iter().map(|counts| (counts.number, *counts)).collect();
        let mut numbers: Vec<_> = self.lines.keys().chain(stored.keys()).copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            let head_wants = self.head_wants(number);
            let Line { capacity, taken, waiting, seats_wanted, .. } = *self.line(number);
            let remaining = capacity.saturating_sub(taken);
            let replayed = TypeCounts { number, capacity, remaining, waiting, seats_wanted, head_wants };
            let gone = TypeCounts { number, capacity: 0, remaining: 0, waiting: 0, seats_wanted: 0, head_wants: 0 };
            if stored.get(&number).copied().unwrap_or(gone) != replayed {
                self.verdict.add(last, Fault::TypeMiscounted(number));
            }
        }
        let stored: HashMap<_, _> = history.prices.iter().map(|counts| (counts.number, *counts)).collect();
        let mut numbers: Vec<_> = self.prices.keys().chain(stored.keys()).copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            let (standing, limit) = self.prices.get(&number).copied().unwrap_or_default();
            let replayed = PriceCounts { number, standing, limit };
            let gone = PriceCounts { number, standing: 0, limit: None };
            if stored.get(&number).copied().unwrap_or(gone) != replayed {
                self.verdict.add(last, Fault::PriceMiscounted(number));
            }
        }
    }
}

/// All steps, in the order of their numbers.
fn steps_of(history: &History) -> Vec<(i64, Step<'_>)> {
    let mut steps = Vec::with_capacity(history.places.len() * 2 + history.decisions.len() + history.payments.len());
    for (index, place) in history.places.iter().enumerate() {
        steps.push((place.decision, Step::Made(index)));
        let from_line = place.seated_decision.filter(|_| !place.is_seated_at_once());
        steps.extend(from_line.map(|number| (number, Step::Seated(index))));
        steps.extend(place.cancelled_decision.map(|number| (number, Step::Cancelled(index))));
    }
    steps.extend(history.decisions.iter().map(|decision| {
        let step = match &decision.kind {
            EventDecisionKind::Created { ticket_type, seats } | EventDecisionKind::Capacity { ticket_type, seats } => {
                Step::Capacity(*ticket_type, *seats)
            }
            EventDecisionKind::Limit { price, seats } => Step::Limit(*price, *seats),
            EventDecisionKind::Reduced { registration, seats, .. } => Step::Reduced(*registration, seats),
            EventDecisionKind::Published
            | EventDecisionKind::Cancelled
            | EventDecisionKind::SimulationBegun
            | EventDecisionKind::SimulationUndone(_) => Step::Other,
        };
        (decision.number, step)
    }));
    steps.extend(history.payments.iter().map(|number| (*number, Step::Other)));
    steps.sort_by_key(|(number, _)| *number);
    steps
}

/// The numbers of stress tests that were undone, wholly or in part: of each, its first and that of its last undo. The
/// rows of numbers between them may be gone.
struct Tests(Vec<(i64, i64)>);

impl Tests {
    fn of(history: &History) -> Self {
        let mut undone: HashMap<i64, i64> = HashMap::new();
        for decision in &history.decisions {
            if let EventDecisionKind::SimulationUndone(since) = decision.kind {
                let until = undone.entry(since).or_default();
                *until = decision.number.max(*until);
            }
        }
        let mut tests: Vec<_> = undone.into_iter().collect();
        tests.sort_unstable();
        Self(tests)
    }

    /// The last one that began at this number or before.
    fn at(&self, number: i64) -> Option<(i64, i64)> {
        let later = self.0.partition_point(|(since, _)| *since <= number);
        self.0.get(later.checked_sub(1)?).copied()
    }

    /// Whether one of them took all numbers between these two.
    fn have_taken(&self, after: i64, before: i64) -> bool {
        self.at(after).is_some_and(|(_, until)| before <= until)
    }

    fn contain(&self, number: i64) -> bool {
        self.at(number).is_some_and(|(since, until)| since < number && number < until)
    }
}
