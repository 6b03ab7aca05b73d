//! The steps of a world: what the real engine and the real rules make of each.

use std::time::{Duration, Instant};

use boxoffice::engine::{Effect, End, Input, Why};
use domain::accounts::AccountKind;
use domain::admission::{self, Attempt, Questions};
use domain::commands::{Authority, Command, Decided, Done, Order, Origin, Refusal};
use domain::events::EventChanges;
use domain::history::{Told, What};
use domain::money::Hold;
use domain::registrations::{Cancellation, IdempotencyKey, RegistrationStatus};
use domain::tables::Tables;
use domain::tickets::{Choice, Split};
use uuid::Uuid;

use super::{
    AMOUNT, ASKED_MAX, Decision, EARLY, LATE, Orphan, Person, Planted, Rare, SERVERS, STEP, Stage, State, Talk, Ticket,
    Transaction, Wish, World, event_id, order_id, registration_id, user_id,
};
use crate::clock::at;
use crate::interleavings::stored::Stored;

impl World {
    pub(super) fn now(&self, state: &State) -> Instant {
        self.start + STEP * state.time
    }

    pub(super) fn see(&self, rare: Rare, has_happened: bool) {
        if has_happened {
            self.seen.lock().unwrap().insert(rare);
        }
    }

    pub(super) fn store(&self, state: &mut State, stored: Stored) {
        self.see(Rare::Promoted, stored.rows.values().any(|row| row.is_active() && row.is_from_line()));
        self.see(Rare::Lapsed, stored.rows.values().any(|row| row.cancellation == Some(Cancellation::Lapsed)));
        state.stored = stored;
        state.look();
    }

    /// Lets an engine take a step, and performs its effects as the office does.
    pub(super) fn step(&self, state: &mut State, server: usize, input: Input<Ticket>) {
        let now = self.now(state);
        for effect in state.servers[server].engine.step(now, input) {
            match effect {
                Effect::Start { batch, attempt, until, .. } => {
                    self.see(Rare::TwoInABatch, batch.len() > 1);
                    let is_blind = self.planted == Some(Planted::RetriesBlindly);
                    let attempt = if is_blind { Attempt::First } else { attempt };
                    let looked = (self.planted == Some(Planted::LooksBeforeLock)).then(|| state.stored.clone());
                    let stage = Stage::Waits(looked);
                    state.servers[server].transaction = Some(Transaction { batch, attempt, until, stage });
                }
                Effect::Refuse { payload: Ticket::Asked { wish, time }, why } => {
                    let is_open = why == Why::OutcomeUnknown;
                    self.see(Rare::OutcomeUnknown, is_open);
                    self.see(Rare::Busy, why == Why::Busy);
                    if !is_open {
                        state.people[wish].unchanged.push(time);
                    }
                    self.leave_open(state, wish, time, !is_open || self.wishes[wish].is_repeatable());
                }
                Effect::Refuse { payload: Ticket::Swept(_), .. } => {}
            }
        }
    }

    /// Somebody has heard nothing that settles the wish.
    pub(super) fn leave_open(&self, state: &mut State, wish: usize, times: u8, may_ask_again: bool) {
        let asks_again = may_ask_again && times < ASKED_MAX;
        state.people[wish].talk = if asks_again { Talk::Open { times } } else { Talk::Over };
    }

    pub(super) fn ask(&self, state: &mut State, wish: usize, server: usize) {
        let heard_of = state.people.iter().filter_map(|person| person.told).map(|told| told.number()).max();
        let person = &mut state.people[wish];
        let time = match person.talk {
            Talk::Open { times } => times + 1,
            _ => {
                person.asked_after = heard_of.unwrap_or(0);
                1
            }
        };
        person.talk = Talk::Asked { time, server };
        let payload = Ticket::Asked { wish, time };
        self.step(state, server, Input::Submit { event: event_id(), payload });
    }

    /// Takes the lock, looks, and decides by the real rules.
    pub(super) fn decide(&self, state: &mut State, server: usize) {
        let transaction = state.servers[server].transaction.as_mut().unwrap();
        let (batch, attempt) = (transaction.batch.clone(), transaction.attempt);
        let Stage::Waits(looked) = &transaction.stage else { return };
        let tables = looked.clone().unwrap_or(state.stored.clone());
        let orders: Vec<Order> = batch.iter().map(|ticket| self.order(&state.people, ticket)).collect();
        let mut findings = tables.look(&Questions::of(&orders, attempt));
        if self.planted == Some(Planted::LapsesWithoutALook) {
            let swept = batch.iter().filter_map(|ticket| match ticket {
                Ticket::Swept(found) => Some(found),
                Ticket::Asked { .. } => None,
            });
            let swept: Vec<_> = swept.flatten().collect();
            for row in findings.registrations.iter_mut().filter(|row| swept.contains(&&row.id)) {
                let hold = Hold { until: at(EARLY), lapses_at: at(EARLY) };
                (row.status, row.paid, row.hold) = (RegistrationStatus::Held, None, Some(hold));
            }
        }
        let now = at(if state.is_late { LATE } else { EARLY });
        let Ok(decision) = admission::decide(&tables.event, &tables.tickets, now, findings, &orders) else {
            (state.is_inconsistent, state.servers[server].transaction) = (true, None);
            return;
        };
        if decision.inserted.iter().any(|row| state.stored.rows.contains_key(&row.id)) {
            // The primary key refuses it.
            state.servers[server].transaction = None;
            return self.step(state, server, Input::Ended { event: event_id(), end: End::RolledBack(batch) });
        }
        let mut after = Tables::clone(&state.stored);
        after.write(&decision);
        let is_found =
            |answer: &Decided| matches!(answer.outcome, Ok(Done::Registered { origin: Origin::Replayed, .. }));
        self.see(Rare::FoundAgain, attempt == Attempt::Again && decision.answers.iter().any(is_found));
        let mut answers = decision.answers;
        if self.planted == Some(Planted::AnswersBeforeCommit) {
            self.answer(state, &batch, &std::mem::take(&mut answers));
        }
        *state.servers[server].stage() = Stage::Decided(Decision::new(Stored::new(after), answers));
    }

    pub(super) fn order(&self, people: &[Person], ticket: &Ticket) -> Order {
        let command = match ticket {
            Ticket::Swept(found) => Command::Lapse { registrations: found.clone() },
            Ticket::Asked { wish, time } => match self.wishes[*wish] {
                Wish::Seat { has_key } => {
                    let split = Split::one(1.into(), 1);
                    let amount = split.as_ref().map(|split| self.stored.tickets.amount(split));
                    Command::Register {
                        registration: registration_id(*wish, *time),
                        user: user_id(*wish),
                        buyer: AccountKind::Person,
                        is_verified: true,
                        key: (has_key && self.planted != Some(Planted::ForgetsKeys))
                            .then(|| IdempotencyKey::parse("key").unwrap()),
                        choice: Choice { seats: split, amount, ..Choice::default() },
                    }
                }
                Wish::GiveUp(of) => Command::GiveUp { registration: people[of].has.unwrap(), user: user_id(of) },
                Wish::Pay(of) => Command::MarkPaid {
                    registration: people[of].has.unwrap(),
                    user: user_id(of),
                    payment: Uuid::from_u128(9_000).into(),
                    amount: AMOUNT,
                },
                Wish::Capacity { seats, if_unedited } => Command::Edit {
                    changes: Box::new(EventChanges::of_capacity(seats)),
                    expected_version: if_unedited.then_some(self.stored.event.edit_version),
                },
            },
        };
        let id = match ticket {
            Ticket::Asked { wish, time } => order_id(*wish, *time),
            // The ids of sweeps are never looked for.
            Ticket::Swept(_) => Uuid::from_u128(8_000).into(),
        };
        Order { id, by: None, authority: Authority::Any, command }
    }

    pub(super) fn answer(&self, state: &mut State, batch: &[Ticket], answers: &[Decided]) {
        for (ticket, decided) in batch.iter().zip(answers) {
            let Ticket::Asked { wish, time } = *ticket else { continue };
            let asked = Duration::from_secs(2 * u64::try_from(state.people[wish].asked_after).unwrap() + 1);
            let mut has = None;
            let mut what = None;
            match &decided.outcome {
                Ok(Done::Registered { registration, origin, position }) => {
                    let is_new = *origin == Origin::Made;
                    has = Some(registration.id);
                    what = Some(What::Made {
                        number: registration.decision,
                        is_seated: is_new.then(|| registration.status.takes_seat()),
                        position: position.map(i64::from).filter(|_| is_new),
                    });
                }
                Ok(Done::GivenUp(registration)) => {
                    has = Some(registration.id);
                    what = registration.cancelled_decision.map(|number| What::Cancelled { number });
                }
                Ok(Done::Stands { registration }) => {
                    has = Some(registration.id);
                    let is_new = |of: usize| state.people[of].has != has;
                    self.see(Rare::PaidLate, matches!(self.wishes[wish], Wish::Pay(of) if is_new(of)));
                }
                Ok(_) => {}
                Err(refusal) => {
                    self.see(Rare::Unpayable, matches!(refusal, Refusal::CannotBePaid { .. }));
                    state.people[wish].unchanged.push(time);
                }
            }
            let told = has.zip(what).map(|(registration, what)| {
                let answered = Duration::ZERO;
                let told = Told { registration, what, asked, answered };
                Told { answered: Duration::from_secs(2 * u64::try_from(told.number()).unwrap()), ..told }
            });
            let person = &mut state.people[wish];
            (person.talk, person.has, person.told) = (Talk::Over, has, told);
        }
        state.look();
    }

    /// The connection of a transaction breaks. Returns what its server makes of that.
    pub(super) fn cut(&self, state: &mut State, transaction: Transaction) -> End<Ticket> {
        let Transaction { batch, stage, .. } = transaction;
        let lost = |batch| match self.planted {
            Some(Planted::RefusesWhatWasTaken) => End::NoLock(batch),
            _ => End::Unknown(batch),
        };
        match stage {
            Stage::Waits(_) => End::NoLock(batch),
            Stage::Decided(_) => {
                state.orphan = Some(Orphan { sent: None });
                End::Interrupted(batch)
            }
            Stage::Sent(decision) => {
                state.orphan = Some(Orphan { sent: Some(decision.after) });
                lost(batch)
            }
            Stage::Committed(_) => {
                self.see(Rare::LostButCommitted, true);
                lost(batch)
            }
        }
    }

    pub(super) fn wait(&self, state: &mut State) {
        state.time += 1;
        let now = self.now(state);
        for server in 0..SERVERS {
            self.step(state, server, Input::Tick);
            let is_over = |transaction: &Transaction| transaction.until.is_some_and(|until| until <= now);
            if let Some(transaction) = state.servers[server].transaction.take_if(|transaction| is_over(transaction)) {
                let end = match self.cut(state, transaction) {
                    End::NoLock(batch) | End::Interrupted(batch) => End::Unknown(batch),
                    end => end,
                };
                self.step(state, server, Input::Ended { event: event_id(), end });
            }
        }
    }
}
