//! The document of types, prices and terms: what an organizer may change of them, and when.

use super::Ledger;
use crate::admission::decision::Inconsistent;
use crate::commands::{Outcome, Refusal};
use crate::events::EventDecisionKind;
use crate::limits::{EDITS_PER_EVENT_MAX, PROMOTIONS_PER_BATCH_MAX};
use crate::tickets::{Applied, Document, Price, TicketType, Tickets};

impl Ledger {
    pub(super) fn edit_tickets(&mut self, document: &Document, expected_version: i64) -> Result<Outcome, Inconsistent> {
        let applied = match document.applied_to(&self.tickets, &self.event.terms) {
            Ok(applied) => applied,
            Err(error) => return Ok(Err(error.into())),
        };
        if self.holds_already(&applied, document) {
            return Ok(Ok(self.changed()));
        }
        if let Err(refusal) = self.may_edit_tickets(&applied, expected_version) {
            return Ok(Err(refusal));
        }
        let Applied { tickets, capacities } = applied;
        let before = std::mem::replace(&mut self.tickets, tickets);
        self.event.terms = document.terms().clone();
        self.record_limits(&before);
        for gone in &before.types {
            if self.tickets.ticket_type(gone.number).is_none() {
                self.record(EventDecisionKind::Capacity { ticket_type: gone.number, seats: 0 });
            }
        }
        for (number, capacity) in capacities {
            // A number that is given again had another capacity before.
            if before.ticket_type(number).map(|old| old.seats.capacity()) != Some(capacity) {
                self.resize(number, capacity)?;
            }
        }
        self.edited();
        Ok(Ok(self.changed()))
    }

    fn holds_already(&self, applied: &Applied, document: &Document) -> bool {
        let is_resized = applied.capacities.iter().any(|&(number, capacity)| {
            self.tickets.ticket_type(number).is_none_or(|ticket_type| ticket_type.seats.capacity() != capacity)
        });
        !is_resized && applied.tickets == self.tickets && *document.terms() == self.event.terms
    }

    fn may_edit_tickets(&self, applied: &Applied, expected_version: i64) -> Result<(), Refusal> {
        self.may_take_edit(Some(expected_version), EDITS_PER_EVENT_MAX)?;
        self.still_changes()?;
        if self.event.is_under_test() {
            return Err(Refusal::EventUnderTest);
        }
        let mut promotions = 0;
        for &(number, capacity) in &applied.capacities {
            let Some(ticket_type) = applied.tickets.ticket_type(number) else { continue };
            self.may_resize(ticket_type, capacity)?;
            promotions += ticket_type.seats.promotions_at(capacity);
            if promotions > PROMOTIONS_PER_BATCH_MAX {
                let beyond = promotions - PROMOTIONS_PER_BATCH_MAX;
                return Err(Refusal::TooManyPromotions { capacity_at_most: capacity - beyond });
            }
        }
        let is_lowered = |new: &&TicketType| {
            let old = self.tickets.ticket_type(new.number);
            old.is_some_and(|old| old.seats.waiting() > 0 && new.seats_per_registration < old.seats_per_registration)
        };
        if let Some(lowered) = applied.tickets.types.iter().find(is_lowered) {
            return Err(Refusal::SeatsPerRegistrationInUse(lowered.number));
        }
        let is_below = |price: &&Price| {
            let is_new_limit = self.tickets.price(price.number).is_some_and(|old| old.limit != price.limit);
            is_new_limit && price.limit.is_some_and(|limit| limit < price.standing)
        };
        if let Some(&Price { number, standing, .. }) = applied.tickets.prices.iter().find(is_below) {
            return Err(Refusal::LimitBelowStanding { price: number, standing });
        }
        Ok(())
    }

    /// Numbers the limits that are other ones than before, so that they can be replayed.
    fn record_limits(&mut self, before: &Tickets) {
        let limit_in = |tickets: &Tickets, number| tickets.price(number).and_then(|price| price.limit);
        let mut numbers: Vec<_> = before.prices.iter().chain(&self.tickets.prices).map(|price| price.number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for price in numbers {
            let seats = limit_in(&self.tickets, price);
            if seats != limit_in(before, price) {
                self.record(EventDecisionKind::Limit { price, seats });
            }
        }
    }
}
