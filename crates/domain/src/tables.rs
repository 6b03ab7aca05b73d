//! The tables of one event in memory: what a database would keep of it, find for a batch, and write. For tests, which
//! let [`decide`](crate::admission::decide) run without a database.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};

use crate::accounts::Receiver;
use crate::admission::{Decision, Findings, MovingLine, Questions};
use crate::events::{Event, EventDecision, NewEvent};
use crate::history::{History, Place};
use crate::ids::{OrderId, PaymentId, RegistrationId, TransferId, UserId};
use crate::registrations::{Payment, Registration};
use crate::tickets::Tickets;
use crate::transfers::Offer;

/// What a database keeps of an event. Everything is in an order, so that equal tables have one text.
#[derive(Debug, Clone)]
pub struct Tables {
    /// The event's row.
    pub event: Event,
    /// The rows of its ticket types and prices.
    pub tickets: Tickets,
    /// Its registrations.
    pub rows: BTreeMap<RegistrationId, Registration>,
    /// The payments that were marked, also those that were taken back.
    pub payments: BTreeMap<PaymentId, Payment>,
    /// Offers of seats.
    pub offers: BTreeMap<TransferId, Offer>,
    /// The tickets that people are in with.
    pub admitted: BTreeSet<(RegistrationId, i16)>,
    /// The accounts that a handing over may name.
    pub receivers: BTreeMap<UserId, Receiver>,
    /// People whose accounts are not active.
    pub inactive: BTreeSet<UserId>,
    decisions: Vec<EventDecision>,
    carried_out: BTreeSet<OrderId>,
}

impl Tables {
    /// The tables of an event that nobody has registered for, which was made at `made_at`.
    pub fn new(event: Event, tickets: Tickets, made_at: DateTime<Utc>) -> Self {
        let (_, _, decisions) = Event::new(NewEvent::rehearsal(event.id, &event, &tickets), made_at);
        let last_decision = decisions.last().map_or(event.last_decision, |decision| decision.number);
        Self {
            event: Event { last_decision, ..event },
            tickets,
            rows: BTreeMap::new(),
            payments: BTreeMap::new(),
            offers: BTreeMap::new(),
            admitted: BTreeSet::new(),
            receivers: BTreeMap::new(),
            inactive: BTreeSet::new(),
            decisions,
            carried_out: BTreeSet::new(),
        }
    }

    /// Whether this order has changed the event as a whole.
    pub fn has_carried_out(&self, order: OrderId) -> bool {
        self.carried_out.contains(&order)
    }

    /// The history of all that was decided.
    pub fn history(&self) -> History {
        let was_passed_on = |id| self.offers.keys().any(|offer| offer.registration() == id);
        let payments = self.payments.values();
        History {
            last_number: self.event.last_decision,
            places: self.rows.values().map(|row| Place::of(row, was_passed_on(row.id))).collect(),
            decisions: self.decisions.clone(),
            payments: payments
                .flat_map(|payment| {
                    [Some(payment.decision), payment.taken_back.map(|(number, _)| number)].into_iter().flatten()
                })
                .collect(),
            types: self.tickets.types.iter().map(Into::into).collect(),
            prices: self.tickets.prices.iter().map(Into::into).collect(),
        }
    }

    /// Finds what the questions name, and nothing more.
    pub fn look(&self, questions: &Questions) -> Findings {
        let asked =
            |row: &&Registration| questions.registrations.contains(&row.id) || questions.buyers.contains(&row.user);
        let mut waiting: Vec<_> = self.rows.values().filter(|row| row.status.waits()).cloned().collect();
        waiting.sort_by_key(|row| (row.ticket_type, row.decision));
        let mut lines = Vec::new();
        for one in &self.tickets.types {
            let moving = || {
                let rows =
                    questions.moving.iter().collect::<HashSet<_>>().into_iter().filter_map(|id| self.rows.get(id));
                rows.filter(|row| row.ticket_type == one.number)
            };
            let limit = questions.line_limit(MovingLine {
                capacity: one.seats.capacity(),
                remaining: one.seats.remaining(),
                waiting: one.seats.waiting(),
                freed: moving().filter(|row| row.status.takes_seat()).map(|row| i64::from(row.seats())).sum(),
                leaving: moving().filter(|row| row.status.waits()).map(|_| 1).sum(),
            });
            let line = waiting.iter().filter(|row| row.ticket_type == one.number);
            lines.extend(line.take(usize::try_from(limit).unwrap_or(usize::MAX)).cloned());
        }
        let mut admitted = HashMap::new();
        for (id, ticket) in self.admitted.iter().filter(|(id, _)| questions.ending.contains(id)) {
            let highest: &mut i16 = admitted.entry(*id).or_default();
            *highest = (*highest).max(*ticket);
        }
        let offers = questions.offers.iter().filter_map(|id| Some((*id, *self.offers.get(id)?)));
        let receivers = questions.receivers.iter().filter_map(|id| Some((*id, *self.receivers.get(id)?)));
        let places_at_most = usize::try_from(questions.places_at_most).unwrap_or(usize::MAX);
        let mut places: Vec<_> = self.rows.values().filter(|row| row.is_active()).cloned().collect();
        places.sort_by_key(|row| row.id);
        places.truncate(places_at_most);
        Findings {
            registrations: self.rows.values().filter(asked).cloned().collect(),
            lines,
            tails: waiting.iter().rev().take(places_at_most).cloned().collect(),
            places,
            admitted,
            offers: offers.collect(),
            payments: questions.payments.iter().filter_map(|id| self.payments.get(id)).cloned().collect(),
            inactive: questions.payers.iter().copied().filter(|payer| self.inactive.contains(payer)).collect(),
            receivers: receivers.collect(),
            carried_out: questions.orders.iter().copied().filter(|order| self.carried_out.contains(order)).collect(),
            ..Findings::default()
        }
    }

    /// Writes a decision.
    ///
    /// # Panics
    /// If it changes a row that is not there, or makes one that is.
    pub fn write(&mut self, decision: &Decision) {
        for row in &decision.updated {
            assert!(self.rows.insert(row.id, row.clone()).is_some(), "updated what was not there");
        }
        for id in &decision.deleted {
            assert!(self.rows.remove(id).is_some(), "deleted what was not there");
        }
        for row in &decision.inserted {
            assert!(self.rows.insert(row.id, row.clone()).is_none(), "inserted what was there");
        }
        self.payments.extend(decision.payments.iter().map(|payment| (payment.id, payment.clone())));
        self.event = decision.event.clone();
        self.tickets = decision.tickets.clone();
        self.decisions.extend(decision.decisions.iter().cloned());
        self.carried_out.extend(decision.changes.iter().map(|change| change.order));
    }
}
