//! Ticket types and prices as they stand.

use chrono::{DateTime, Utc};

use super::codes::Code;
use super::numbers::{PriceNumber, TypeNumber};
use super::splits::{Part, Split};
use crate::money::Money;
use crate::seats::{Miscounted, Seats};

/// A kind of seat, with its own capacity and its own line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketType {
    /// Its number.
    pub number: TypeNumber,
    /// Its name, unique within the event.
    pub name: String,
    /// Its seats, and how many registrations wait for some.
    pub seats: Seats,
    /// How many seats the head of the line wants; 0 if nobody waits.
    pub head_wants: i32,
    /// Since when seats are free that the present head of the line leaves idle, because it wants more; `None` if nobody
    /// waits, or no seat is free.
    pub idle_since: Option<DateTime<Utc>>,
    /// How many seats everybody in line wants together.
    pub seats_wanted: i32,
    /// The most seats of one registration.
    pub seats_per_registration: i32,
    /// Whether a person has ever registered for it.
    pub is_used: bool,
    /// The money of its registrations.
    pub money: Money,
}

impl TicketType {
    /// A type that nobody has registered for.
    pub fn new(number: TypeNumber, name: impl Into<String>, capacity: i32, seats_per_registration: i32) -> Self {
        Self {
            number,
            name: name.into(),
            seats: Seats::new(capacity),
            head_wants: 0,
            idle_since: None,
            seats_wanted: 0,
            seats_per_registration,
            is_used: false,
            money: Money::default(),
        }
    }

    /// The type as it was stored at a commit, if it keeps P2: nobody waits, or the head of the line wants more than is
    /// free.
    pub fn stored(self) -> Result<Self, Miscounted> {
        // Counts that cannot be are the error's.
        let waiting = self.seats.waiting();
        let is_kept = (waiting == 0) == (self.head_wants == 0)
            && (waiting == 0 || self.seats.remaining() < self.head_wants)
            && self.idle_since.is_some() == (waiting > 0 && self.seats.remaining() > 0)
            && self.seats_wanted >= waiting
            && self.head_wants <= self.seats_wanted;
        if is_kept { Ok(self) } else { Err(self.seats.miscounted()) }
    }

    /// Whether a registration that comes now gets this many seats at once: nobody is before it, and so many are free.
    pub fn seats_at_once(&self, wanted: i32) -> bool {
        wanted <= self.seats.available()
    }
}

/// A price of a ticket type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// Its number.
    pub number: PriceNumber,
    /// The type whose seats have this price.
    pub ticket_type: TypeNumber,
    /// Its name, unique within the type.
    pub name: String,
    /// What a seat costs, in the minor unit of the event's currency; 0 is free.
    pub amount: i64,
    /// When it opens; `None` is with the sale.
    pub opens_at: Option<DateTime<Utc>>,
    /// When it closes; `None` is with the sale.
    pub closes_at: Option<DateTime<Utc>>,
    /// The most seats at this price, waiting ones counted.
    pub limit: Option<i32>,
    /// The code that unlocks it. A price with a code is not shown.
    pub code: Option<Code>,
    /// Whether it is closed, whatever its window says.
    pub is_closed: bool,
    /// How many seats stand at this price: held, confirmed or waiting.
    pub standing: i32,
    /// Whether a person has ever registered at it. Its amount stays then.
    pub is_used: bool,
}

impl Price {
    /// An open price without a window, a limit or a code, at which nobody has registered.
    pub fn new(number: PriceNumber, ticket_type: TypeNumber, name: impl Into<String>, amount: i64) -> Self {
        Self {
            number,
            ticket_type,
            name: name.into(),
            amount,
            opens_at: None,
            closes_at: None,
            limit: None,
            code: None,
            is_closed: false,
            standing: 0,
            is_used: false,
        }
    }

    /// How many seats its limit leaves; `None` if it has no limit.
    pub fn left(&self) -> Option<i32> {
        self.limit.map(|limit| (limit - self.standing).max(0))
    }

    /// Whether everybody may see it.
    pub fn is_public(&self) -> bool {
        self.code.is_none()
    }

    /// Whether it is open at `now`, as far as its window and its organizer say.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        !self.is_closed
            && self.opens_at.is_none_or(|opens_at| opens_at <= now)
            && self.closes_at.is_none_or(|closes_at| now < closes_at)
    }
}

/// The types and the prices of an event, each in the order of their numbers. There is one type at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tickets {
    /// The types.
    pub types: Vec<TicketType>,
    /// The prices.
    pub prices: Vec<Price>,
}

impl Tickets {
    /// The name of the first type and of its price, until the organizer calls them something else.
    pub const FIRST_NAME: &'static str = "Admission";

    /// What a new event has: one type with `capacity` seats, one for each person, for nothing.
    pub fn simple(capacity: i32) -> Self {
        Self {
            types: vec![TicketType::new(TypeNumber::FIRST, Self::FIRST_NAME, capacity, 1)],
            prices: vec![Price::new(PriceNumber::FIRST, TypeNumber::FIRST, Self::FIRST_NAME, 0)],
        }
    }

    /// The same types and prices, at which nobody has registered.
    pub fn unused(&self) -> Self {
        let type_of = |old: &TicketType| {
            TicketType::new(old.number, old.name.clone(), old.seats.capacity(), old.seats_per_registration)
        };
        Self {
            types: self.types.iter().map(type_of).collect(),
            prices: self.prices.iter().map(|old| Price { standing: 0, is_used: false, ..old.clone() }).collect(),
        }
    }

    /// The seats of all types together.
    pub fn seats(&self) -> Seats {
        self.types.iter().fold(Seats::default(), |sum, one| sum + one.seats)
    }

    /// The money of all types together.
    pub fn money(&self) -> Money {
        self.types.iter().fold(Money::default(), |sum, one| sum + one.money)
    }

    /// Seats for whoever comes now, of all types together.
    pub fn available(&self) -> i32 {
        self.types.iter().map(|one| one.seats.available()).sum()
    }

    /// The only type, if there is just one.
    pub fn only_type(&self) -> Option<&TicketType> {
        if let [only] = self.types.as_slice() { Some(only) } else { None }
    }

    /// The type with this number.
    pub fn ticket_type(&self, number: TypeNumber) -> Option<&TicketType> {
        self.types.iter().find(|one| one.number == number)
    }

    /// The type with this number, to change it.
    pub fn ticket_type_mut(&mut self, number: TypeNumber) -> Option<&mut TicketType> {
        self.types.iter_mut().find(|one| one.number == number)
    }

    /// The price with this number.
    pub fn price(&self, number: PriceNumber) -> Option<&Price> {
        self.prices.iter().find(|one| one.number == number)
    }

    /// The price with this number, to change it.
    pub fn price_mut(&mut self, number: PriceNumber) -> Option<&mut Price> {
        self.prices.iter_mut().find(|one| one.number == number)
    }

    /// The prices of a type, in the order of their numbers.
    pub fn prices_of(&self, ticket_type: TypeNumber) -> impl Iterator<Item = &Price> {
        self.prices.iter().filter(move |price| price.ticket_type == ticket_type)
    }

    /// What the seats of a split cost together. A price that does not exist costs nothing.
    pub fn amount(&self, split: &Split) -> i64 {
        let of = |part: &Part| self.price(part.price).map_or(0, |price| price.amount * i64::from(part.seats));
        split.parts().iter().map(of).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_keeps_its_line_or_is_refused() {
        let stored_with = |remaining, waiting, head_wants, seats_wanted, is_idle: bool| {
            let seats = Seats::stored(10, remaining, waiting).unwrap();
            let plain = TicketType::new(1.into(), "x", 10, 4);
            let idle_since = is_idle.then_some(DateTime::UNIX_EPOCH);
            TicketType { seats, head_wants, idle_since, seats_wanted, ..plain }.stored().is_ok()
        };
        let stored = |remaining, waiting, head_wants, seats_wanted| {
            stored_with(remaining, waiting, head_wants, seats_wanted, remaining > 0 && waiting > 0)
        };
        assert!(!stored_with(2, 1, 3, 3, false) && !stored_with(0, 1, 3, 3, true) && !stored_with(2, 0, 0, 0, true));
        assert!(stored(10, 0, 0, 0) && stored(2, 1, 3, 3) && stored(0, 2, 1, 4));
        for (remaining, waiting, head_wants, seats_wanted) in
            [(3, 1, 3, 3), (0, 1, 0, 1), (0, 0, 1, 1), (0, 2, 1, 1), (0, 1, 3, 2)]
        {
            assert!(!stored(remaining, waiting, head_wants, seats_wanted), "{remaining} {waiting} {head_wants}");
        }
    }

    #[test]
    fn a_price_is_open_in_its_window() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        let plain = Price::new(1.into(), 1.into(), "x", 5);
        let early = Price { opens_at: Some(at(10)), closes_at: Some(at(20)), ..plain.clone() };
        assert_eq!([9, 10, 19, 20].map(|second| early.is_open(at(second))), [false, true, true, false]);
        assert!(!Price { is_closed: true, ..plain.clone() }.is_open(at(15)) && plain.is_open(at(15)));
        assert_eq!(
            [None, Some(3), Some(1)].map(|limit| Price { limit, standing: 2, ..plain.clone() }.left()),
            [None, Some(1), Some(0)]
        );
    }
}
