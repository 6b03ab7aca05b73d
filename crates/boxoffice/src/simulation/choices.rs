//! What simulated buyers ask for.

use domain::tickets::{Choice, Part, Price, PriceNumber, Split, TicketType, Tickets, TypeNumber};

/// Seats of one type at one price, and what they cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OnePrice {
    pub(super) ticket_type: TypeNumber,
    pub(super) price: PriceNumber,
    pub(super) seats: i16,
    pub(super) amount: i64,
}

/// What the crowd of a stress test asks for.
#[derive(Debug, Clone)]
pub(super) struct Choices {
    tickets: Tickets,
    is_mixed: bool,
}

impl Choices {
    /// One seat each of the first type that anybody can book or, `is_mixed`, every type, price and number of seats in turn.
    pub(super) fn of(tickets: Tickets, is_mixed: bool) -> Self {
        Self { tickets, is_mixed }
    }

    /// What the nth buyer asks for, the first one being 0.
    pub(super) fn nth(&self, nth: usize) -> Choice {
        // Nobody could book the others.
        let is_open = |one: &&TicketType| !self.prices_of(one).is_empty();
        let types: Vec<_> = self.tickets.types.iter().filter(is_open).collect();
        let turn = if self.is_mixed { nth } else { 0 };
        let Some(ticket_type) = types.get(turn % types.len().max(1)) else { return Choice::default() };
        let prices = self.prices_of(ticket_type);
        // Each type counts its own turns, so that it meets all of its prices and numbers of seats.
        let turn = turn / types.len().max(1);
        let Some(price) = prices.get(turn % prices.len().max(1)) else { return Choice::default() };
        let seats = if self.is_mixed { 1 + turn % sizes(ticket_type) } else { 1 };
        let second = prices.get((turn + 1) % prices.len().max(1)).filter(|other| other.number != price.number);
        let parts = match second.filter(|_| seats > 1) {
            Some(second) => vec![part(price, seats - 1), part(second, 1)],
            None => vec![part(price, seats)],
        };
        let split = Split::of(parts);
        let amount = split.as_ref().map_or(0, |split| self.tickets.amount(split));
        Choice { ticket_type: Some(ticket_type.number), seats: split, code: None, amount: Some(amount) }
    }

    /// [`Choices::nth`], with all seats at the first of its prices. `None` if there is nothing that anybody can book.
    pub(super) fn nth_at_one_price(&self, nth: usize) -> Option<OnePrice> {
        let Choice { ticket_type, seats, .. } = self.nth(nth);
        let (ticket_type, split) = ticket_type.zip(seats)?;
        let price = split.parts().first()?.price;
        let seats = i16::try_from(split.seats()).ok()?;
        let amount = self.tickets.amount(&Split::one(price, seats)?);
        Some(OnePrice { ticket_type, price, seats, amount })
    }

    /// The prices that anybody can have, those without a limit first.
    fn prices_of(&self, ticket_type: &TicketType) -> Vec<&Price> {
        let open = |price: &&Price| price.is_public() && !price.is_closed;
        let mut prices: Vec<_> = self.tickets.prices_of(ticket_type.number).filter(open).collect();
        prices.sort_by_key(|price| price.limit.is_some());
        prices
    }
}

fn sizes(ticket_type: &TicketType) -> usize {
    let capacity = ticket_type.seats.capacity().max(1);
    usize::try_from(ticket_type.seats_per_registration.min(capacity)).unwrap_or(1)
}

fn part(price: &Price, seats: usize) -> Part {
    Part { price: price.number, seats: i16::try_from(seats).unwrap_or(1) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop loudly")]

    use std::collections::HashSet;

    use domain::tickets::Code;

    use super::*;

    fn tickets() -> Tickets {
        let (one, two) = (TypeNumber::from(1), TypeNumber::from(2));
        let price = |number: i16, of, amount| Price::new(number.into(), of, "x", amount);
        Tickets {
            types: vec![TicketType::new(one, "a", 10, 3), TicketType::new(two, "b", 5, 1)],
            prices: vec![
                Price { limit: Some(2), ..price(1, one, 100) },
                price(2, one, 300),
                Price { code: Some(Code::parse("X").unwrap()), ..price(3, one, 1) },
                Price { is_closed: true, ..price(4, one, 2) },
                price(5, two, 0),
            ],
        }
    }

    #[test]
    fn by_default_everybody_asks_for_one_seat_of_the_first_type_at_a_price_that_lasts() {
        let choices = Choices::of(tickets(), false);
        for nth in [0, 1, 999] {
            let choice = choices.nth(nth);
            assert_eq!((choice.ticket_type, choice.amount), (Some(1.into()), Some(300)));
            assert_eq!(choice.seats, Some(Split::single(2.into())));
        }
    }

    #[test]
    fn a_mixed_crowd_asks_for_all_types_public_prices_and_numbers_of_seats() {
        let choices = Choices::of(tickets(), true);
        let mut seen = HashSet::new();
        for nth in 0..60 {
            let choice = choices.nth(nth);
            let split = choice.seats.unwrap();
            let one = choices.nth_at_one_price(nth).unwrap();
            assert_eq!((Some(one.ticket_type), i32::from(one.seats)), (choice.ticket_type, split.seats()));
            assert_eq!(one.amount, choices.tickets.price(one.price).unwrap().amount * i64::from(one.seats));
            assert_eq!(choice.amount, Some(choices.tickets.amount(&split)));
            seen.insert((choice.ticket_type.unwrap(), split.seats()));
            for part in split.parts() {
                let price = choices.tickets.price(part.price).unwrap();
                assert!(price.is_public() && !price.is_closed && Some(price.ticket_type) == choice.ticket_type);
            }
        }
        let types = [(1, 1), (1, 2), (1, 3), (2, 1)].map(|(number, seats)| (TypeNumber::from(number), seats));
        assert_eq!(seen, HashSet::from(types));
    }
}
