//! The tickets of an event that a crowd books, and what each buyer asks for.

use domain::tickets::{Part, PriceNumber, Split, TypeNumber};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::error::Error;

/// Seats of a party at the first price. The others are at the second one, which costs half.
const ADULTS_MAX: usize = 2;

/// The longest that there is: no hold of a sale lapses by itself.
const HOLD_MINUTES: u32 = 14 * 24 * 60;

/// The ticket types of an event, all with the same prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tickets {
    /// How many types, 1 to 20.
    pub types: usize,
    /// The most seats of one registration, 1 to 10. Types for more than one have two prices.
    pub party: usize,
    /// The first price in minor units. Whoever books at a price above 0 holds the seats and has to pay.
    pub amount: usize,
}

impl Tickets {
    /// One type, a seat for each, for nothing: as every event begins.
    pub const SIMPLE: Self = Self { types: 1, party: 1, amount: 0 };

    /// What buyers ask for in turn: each of the types, with one seat, then with two, and so on.
    ///
    /// # Errors
    /// [`Error::Failed`] if the numbers are none that an event can have.
    pub fn wishes(self) -> Result<Vec<Wish>, Error> {
        let sizes = (1..=self.party).flat_map(|size| (1..=self.types).map(move |ticket_type| (ticket_type, size)));
        sizes.map(|(ticket_type, size)| self.wish(ticket_type, size)).collect()
    }

    /// `size` seats of one of the types, the first being 1.
    ///
    /// # Errors
    /// As [`Tickets::wishes`].
    pub fn wish(self, ticket_type: usize, size: usize) -> Result<Wish, Error> {
        let first = (ticket_type - 1) * self.prices() + 1;
        let adults = size.min(ADULTS_MAX);
        let counts = [(first, adults, self.amount), (first + 1, size - adults, self.amount / 2)];
        let counts: Vec<_> = counts.into_iter().filter(|(_, count, _)| *count > 0).collect();
        let part = |&(price, count, _): &(usize, usize, usize)| {
            Some(Part { price: number(price)?, seats: i16::try_from(count).ok()? })
        };
        let split = counts.iter().map(part).collect::<Option<Vec<_>>>().and_then(Split::of);
        let amount = counts.iter().map(|(_, count, amount)| count * amount).sum::<usize>();
        match (number::<TypeNumber>(ticket_type), split, i64::try_from(amount)) {
            (Some(ticket_type), Some(split), Ok(amount)) => Ok(Wish::new(ticket_type, split, amount)),
            _ => Err(Error::Failed(format!("no event has {size} seats of type {ticket_type} of {self:?}"))),
        }
    }

    /// The seats of each type with which all of these buyers get what they ask for.
    pub fn seats_for(self, buyers: usize) -> usize {
        buyers.div_ceil(self.types * self.party) * self.party * (self.party + 1) / 2
    }

    /// The prices of each type.
    fn prices(self) -> usize {
        if self.party > 1 { 2 } else { 1 }
    }

    /// The document that gives these to a new event.
    pub(super) fn document(self, seats: usize) -> Value {
        let price = |of: usize, at: usize| {
            let number = (of - 1) * self.prices() + at;
            let (name, amount) = if at == 1 { ("Adult", self.amount) } else { ("Child", self.amount / 2) };
            // Whatever is new has no number yet.
            json!({
                "number": (number == 1).then_some(1),
                "name": name,
                "amount": amount,
                "opens_at": null,
                "closes_at": null,
                "limit": null,
                "code": null,
                "is_closed": false,
            })
        };
        let entry = |of: usize| {
            json!({
                "number": (of == 1).then_some(1),
                "name": format!("Type {of}"),
                "capacity": seats,
                "seats_per_registration": self.party,
                "prices": (1..=self.prices()).map(|at| price(of, at)).collect::<Vec<_>>(),
            })
        };
        let is_paid = self.amount > 0;
        json!({
            "currency": is_paid.then_some("EUR"),
            "hold_minutes": is_paid.then_some(HOLD_MINUTES),
            "line_hold_minutes": null, "line_patience_minutes": null,
            "grace_minutes": 0,
            "refund_until": null,
            "payment_instructions": "",
            "ticket_types": (1..=self.types).map(entry).collect::<Vec<_>>(),
        })
    }

    /// Whether the server has numbered the types and the prices in their order, as the wishes do.
    pub(super) fn are_numbered_in(self, answer: Value) -> bool {
        #[derive(Deserialize)]
        struct Answer {
            document: Document,
        }
        #[derive(Deserialize)]
        struct Document {
            ticket_types: Vec<Type>,
        }
        #[derive(Deserialize)]
        struct Type {
            number: usize,
            prices: Vec<Price>,
        }
        #[derive(Deserialize)]
        struct Price {
            number: usize,
        }
        let Ok(Answer { document }) = serde_json::from_value(answer) else { return false };
        let types = document.ticket_types.iter().map(|one| one.number);
        let prices = document.ticket_types.iter().flat_map(|one| one.prices.iter().map(|price| price.number));
        types.eq(1..=self.types) && prices.eq(1..=self.types * self.prices())
    }
}

fn number<T: From<i16>>(number: usize) -> Option<T> {
    i16::try_from(number).ok().map(T::from)
}

/// What a buyer asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The type.
    pub ticket_type: TypeNumber,
    /// The seats by price.
    pub split: Split,
    /// What they cost together, in minor units.
    pub amount: i64,
    /// The body of the request.
    pub(crate) body: String,
}

impl Wish {
    fn new(ticket_type: TypeNumber, split: Split, amount: i64) -> Self {
        let seats: Vec<_> = split.parts().iter().map(|&Part { price, seats }| seats_at(price, seats)).collect();
        let body = json!({ "ticket_type": ticket_type, "seats": seats, "amount": amount }).to_string();
        Self { ticket_type, split, amount, body }
    }
}

fn seats_at(price: PriceNumber, count: i16) -> Value {
    json!({ "price": price, "count": count })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(tickets: Tickets) -> Vec<(i16, i32, i64)> {
        let wishes = tickets.wishes().unwrap();
        wishes.iter().map(|wish| (wish.ticket_type.into(), wish.split.seats(), wish.amount)).collect()
    }

    #[test]
    fn buyers_ask_for_every_type_and_every_number_of_seats_in_turn() {
        assert_eq!(sizes(Tickets::SIMPLE), [(1, 1, 0)]);
        assert_eq!(sizes(Tickets { types: 3, ..Tickets::SIMPLE }), [(1, 1, 0), (2, 1, 0), (3, 1, 0)]);
        let families = Tickets { types: 2, party: 3, amount: 2_500 };
        assert_eq!(
            sizes(families),
            [(1, 1, 2_500), (2, 1, 2_500), (1, 2, 5_000), (2, 2, 5_000), (1, 3, 6_250), (2, 3, 6_250)]
        );
        let family: Value = serde_json::from_str(&families.wish(2, 3).unwrap().body).unwrap();
        let seats = json!([{ "price": 3, "count": 2 }, { "price": 4, "count": 1 }]);
        assert_eq!(family, json!({ "ticket_type": 2, "seats": seats, "amount": 6_250 }));
        assert!(families.wish(1, 11).is_err(), "no registration has as many seats");
    }

    #[test]
    fn there_are_seats_for_everybody() {
        for (types, party, buyers) in [(1, 1, 7), (1, 6, 100), (5, 1, 100), (2, 3, 20)] {
            let tickets = Tickets { types, party, amount: 0 };
            let (seats, wishes) = (tickets.seats_for(buyers), tickets.wishes().unwrap());
            for of in 1..=types {
                let of = TypeNumber::from(i16::try_from(of).unwrap());
                let asked = wishes.iter().cycle().take(buyers).filter(|wish| wish.ticket_type == of);
                let wanted: i32 = asked.map(|wish| wish.split.seats()).sum();
                assert!(usize::try_from(wanted).unwrap() <= seats, "{tickets:?}: {wanted} of {seats}");
            }
        }
    }

    #[test]
    fn the_numbers_that_the_server_gives_are_those_of_the_wishes() {
        let tickets = Tickets { types: 2, party: 2, amount: 0 };
        let entry = |number: usize, prices: [usize; 2]| {
            let prices = prices.map(|number| json!({ "number": number, "name": "Adult" }));
            json!({ "number": number, "prices": prices })
        };
        let answer = |entries: [Value; 2]| json!({ "document": { "ticket_types": entries } });
        assert!(tickets.are_numbered_in(answer([entry(1, [1, 2]), entry(2, [3, 4])])));
        for other in [
            answer([entry(1, [1, 2]), entry(3, [3, 4])]),
            answer([entry(1, [1, 2]), entry(2, [4, 3])]),
            json!({ "document": {} }),
        ] {
            assert!(!tickets.are_numbered_in(other));
        }
    }

    #[test]
    fn an_event_with_a_price_has_a_currency_and_a_deadline() {
        let free = Tickets { types: 2, ..Tickets::SIMPLE }.document(10);
        assert_eq!((&free["currency"], &free["hold_minutes"]), (&Value::Null, &Value::Null));
        let numbers: Vec<_> = free["ticket_types"].as_array().unwrap().iter().map(|one| &one["number"]).collect();
        assert_eq!(numbers, [&json!(1), &Value::Null], "the second type is new");
        let paid = Tickets { types: 1, party: 6, amount: 2_500 }.document(10);
        assert_eq!((&paid["currency"], &paid["hold_minutes"]), (&json!("EUR"), &json!(20_160)));
        assert_eq!(paid["ticket_types"][0]["prices"][1]["amount"], 1_250);
    }
}
