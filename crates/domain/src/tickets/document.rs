//! The types and prices of an event as their organizer writes them: one document that replaces all of them.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use thiserror::Error;

use super::codes::Code;
use super::kinds::{Price, TicketType, Tickets};
use super::numbers::{PriceNumber, TypeNumber};
use crate::limits::{
    CAPACITY_MAX, PRICES_MAX, SEATS_PER_REGISTRATION_MAX, TICKET_NAME_CHARACTERS_MAX, TICKET_NUMBER_MAX,
    TICKET_TYPES_MAX,
};
use crate::money::{Terms, checked_amount};
use crate::seats::checked_capacity;
use crate::text::{self, InvalidField};

/// All types and prices, and the terms of payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    terms: Terms,
    types: Vec<TypeEntry>,
}

/// A type of a [`Document`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeEntry {
    /// Which type it is; without a number, the one with this name, or a new one.
    pub number: Option<TypeNumber>,
    /// Its name.
    pub name: String,
    /// Its seats.
    pub capacity: i64,
    /// The most seats of one registration.
    pub seats_per_registration: i64,
    /// Its prices.
    pub prices: Vec<PriceEntry>,
}

/// A price of a [`TypeEntry`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceEntry {
    /// Which price it is; without a number, the one with this name, or a new one.
    pub number: Option<PriceNumber>,
    /// Its name.
    pub name: String,
    /// What a seat costs, in minor units.
    pub amount: i64,
    /// When it opens.
    pub opens_at: Option<DateTime<Utc>>,
    /// When it closes.
    pub closes_at: Option<DateTime<Utc>>,
    /// The most seats at this price.
    pub limit: Option<i64>,
    /// The code that unlocks it.
    pub code: Option<Code>,
    /// Whether it is closed.
    pub is_closed: bool,
}

/// Why a document does not fit the event. The capacities, limits and lines are not looked at here.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DocumentError {
    /// A number is none of the event's types.
    #[error("no such ticket type")]
    UnknownType(TypeNumber),
    /// A number is none of the prices of its type.
    #[error("no such price")]
    UnknownPrice(PriceNumber),
    /// The document has two entries for one type or price.
    #[error("an entry comes twice")]
    Twice {
        /// Its name.
        name: String,
    },
    /// People have registered for a type that the document leaves out.
    #[error("the ticket type is in use")]
    TypeInUse(TypeNumber),
    /// People have registered at a price that the document leaves out, or whose amount it changes.
    #[error("the price is in use")]
    PriceInUse(PriceNumber),
    /// People have registered at a price above 0, so the currency stays.
    #[error("the currency is in use")]
    CurrencyInUse,
}

impl Document {
    /// Checks and normalizes the entries by themselves. An error names the first invalid field.
    pub fn checked(terms: Terms, types: Vec<TypeEntry>) -> Result<Self, InvalidField> {
        let terms = terms.checked()?;
        if !(1..=TICKET_TYPES_MAX).contains(&types.len()) {
            return Err(InvalidField::new("types", format!("must be 1 to {TICKET_TYPES_MAX}")));
        }
        if types.iter().map(|one| one.prices.len()).sum::<usize>() > PRICES_MAX {
            return Err(InvalidField::new("types", format!("must have at most {PRICES_MAX} prices in all")));
        }
        let types = types.into_iter().map(TypeEntry::checked).collect::<Result<Vec<_>, _>>()?;
        unique("types", types.iter().map(|one| one.name.as_str()))?;
        let capacity: i64 = types.iter().map(|one| one.capacity).sum();
        if capacity > CAPACITY_MAX.into() {
            return Err(InvalidField::new("types", format!("must have at most {CAPACITY_MAX} seats in all")));
        }
        let is_paid = types.iter().flat_map(|one| &one.prices).any(|price| price.amount > 0);
        if is_paid && terms.currency.is_none() {
            return Err(InvalidField::new("currency", "must be set, because a price is above 0"));
        }
        Ok(Self { terms, types })
    }

    /// The entries that say what the tickets are now.
    pub fn entries(tickets: &Tickets) -> Vec<TypeEntry> {
        let price = |price: &Price| PriceEntry {
            number: Some(price.number),
            name: price.name.clone(),
            amount: price.amount,
            opens_at: price.opens_at,
            closes_at: price.closes_at,
            limit: price.limit.map(i64::from),
            code: price.code.clone(),
            is_closed: price.is_closed,
        };
        let entry = |one: &TicketType| TypeEntry {
            number: Some(one.number),
            name: one.name.clone(),
            capacity: one.seats.capacity().into(),
            seats_per_registration: one.seats_per_registration.into(),
            prices: tickets.prices_of(one.number).map(price).collect(),
        };
        tickets.types.iter().map(entry).collect()
    }

    /// The terms of payment.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// What the document makes of the event's tickets. `terms` are those of the event.
    pub(crate) fn applied_to(&self, tickets: &Tickets, terms: &Terms) -> Result<Applied, DocumentError> {
        let is_paid_used = tickets.prices.iter().any(|price| price.is_used && price.amount > 0);
        if is_paid_used && self.terms.currency != terms.currency {
            return Err(DocumentError::CurrencyInUse);
        }
        let (mut kept_types, mut kept_prices) = (HashSet::new(), HashSet::new());
        for entry in &self.types {
            let Some(old) = entry.old(tickets)? else { continue };
            if !kept_types.insert(i16::from(old.number)) {
                return Err(DocumentError::Twice { name: entry.name.clone() });
            }
            for price in &entry.prices {
                let Some(old) = price.old(tickets, old.number)? else { continue };
                if !kept_prices.insert(i16::from(old.number)) {
                    return Err(DocumentError::Twice { name: price.name.clone() });
                }
            }
        }
        let mut new = Tickets { types: Vec::new(), prices: Vec::new() };
        let mut capacities = Vec::new();
        for entry in &self.types {
            let ticket_type = match entry.old(tickets)? {
                Some(old) => entry.changed(old),
                None => {
                    let last = tickets.types.iter().chain(&new.types).map(|one| i16::from(one.number)).max();
                    let is_kept =
                        |number: i16| kept_types.contains(&number) || new.ticket_type(number.into()).is_some();
                    entry.made(free_number(last, is_kept).into())
                }
            };
            let number = ticket_type.number;
            for entry in &entry.prices {
                let price = match entry.old(tickets, number)? {
                    Some(old) => entry.changed(old)?,
                    None => {
                        let last = tickets.prices.iter().chain(&new.prices).map(|one| i16::from(one.number)).max();
                        let is_kept = |number: i16| kept_prices.contains(&number) || new.price(number.into()).is_some();
                        entry.made(free_number(last, is_kept).into(), number)
                    }
                };
                new.prices.push(price);
            }
            capacities.push((number, entry.capacity()));
            new.types.push(ticket_type);
        }
        let is_gone = |old: &&TicketType| new.ticket_type(old.number).is_none();
        if let Some(gone) = tickets.types.iter().filter(is_gone).find(|old| old.is_used || !old.seats.are_unused()) {
            return Err(DocumentError::TypeInUse(gone.number));
        }
        let is_gone = |old: &&Price| new.price(old.number).is_none();
        if let Some(gone) = tickets.prices.iter().filter(is_gone).find(|old| old.is_used || old.standing > 0) {
            return Err(DocumentError::PriceInUse(gone.number));
        }
        new.types.sort_by_key(|one| one.number);
        new.prices.sort_by_key(|one| one.number);
        Ok(Applied { tickets: new, capacities })
    }

    /// The capacities that it asks for, of types that the event may have.
    pub(crate) fn capacities(&self) -> impl Iterator<Item = i32> {
        self.types.iter().map(TypeEntry::capacity)
    }
}

/// What a document makes of an event's tickets.
pub(crate) struct Applied {
    /// The tickets with the counts and capacities as they are. New types have no seat.
    pub(crate) tickets: Tickets,
    /// The capacity that each type is to have.
    pub(crate) capacities: Vec<(TypeNumber, i32)>,
}

/// The number behind the last one or, once numbers run out, the lowest that nothing keeps. What people have used keeps
/// its number, because a document cannot leave it out.
fn free_number(last: Option<i16>, is_kept: impl Fn(i16) -> bool) -> i16 {
    let next = last.map_or(1, |last| last + 1);
    (next..=TICKET_NUMBER_MAX).chain(1..=TICKET_NUMBER_MAX).find(|number| !is_kept(*number)).unwrap_or(next)
}

fn unique<'a>(field: &'static str, names: impl Iterator<Item = &'a str>) -> Result<(), InvalidField> {
    let mut known = HashSet::new();
    for name in names {
        if !known.insert(name) {
            return Err(InvalidField::new(field, format!("must have different names; \"{name}\" comes twice")));
        }
    }
    Ok(())
}

impl TypeEntry {
    fn checked(self) -> Result<Self, InvalidField> {
        let name = text::line("name", &self.name, TICKET_NAME_CHARACTERS_MAX)?;
        checked_capacity(self.capacity)?;
        if !(1..=i64::from(SEATS_PER_REGISTRATION_MAX)).contains(&self.seats_per_registration) {
            let must = format!("must be between 1 and {SEATS_PER_REGISTRATION_MAX}");
            return Err(InvalidField::new("seats_per_registration", must));
        }
        if self.seats_per_registration > 1 && self.capacity < self.seats_per_registration {
            let must =
                format!("must be at least {}, as many as one registration may have", self.seats_per_registration);
            return Err(InvalidField::new("capacity", must));
        }
        if self.prices.is_empty() {
            return Err(InvalidField::new("prices", "must not be empty"));
        }
        let prices = self.prices.into_iter().map(PriceEntry::checked).collect::<Result<Vec<_>, _>>()?;
        unique("prices", prices.iter().map(|price| price.name.as_str()))?;
        Ok(Self { name, prices, ..self })
    }

    fn capacity(&self) -> i32 {
        i32::try_from(self.capacity).unwrap_or(CAPACITY_MAX)
    }

    fn seats_per_registration(&self) -> i32 {
        i32::try_from(self.seats_per_registration).unwrap_or(1)
    }

    /// The type that it is about, if there is one already.
    fn old<'a>(&self, tickets: &'a Tickets) -> Result<Option<&'a TicketType>, DocumentError> {
        match self.number {
            Some(number) => tickets.ticket_type(number).ok_or(DocumentError::UnknownType(number)).map(Some),
            None => Ok(tickets.types.iter().find(|old| old.name == self.name)),
        }
    }

    fn made(&self, number: TypeNumber) -> TicketType {
        TicketType::new(number, self.name.clone(), 0, self.seats_per_registration())
    }

    fn changed(&self, old: &TicketType) -> TicketType {
        TicketType { name: self.name.clone(), seats_per_registration: self.seats_per_registration(), ..old.clone() }
    }
}

impl PriceEntry {
    fn checked(self) -> Result<Self, InvalidField> {
        let name = text::line("name", &self.name, TICKET_NAME_CHARACTERS_MAX)?;
        checked_amount("amount", self.amount)?;
        if let (Some(opens_at), Some(closes_at)) = (self.opens_at, self.closes_at)
            && closes_at <= opens_at
        {
            return Err(InvalidField::new("closes_at", "must be after opens_at"));
        }
        if self.limit.is_some_and(|limit| !(0..=i64::from(CAPACITY_MAX)).contains(&limit)) {
            return Err(InvalidField::new("limit", format!("must be between 0 and {CAPACITY_MAX}")));
        }
        let kept = |at: DateTime<Utc>| DateTime::from_timestamp_micros(at.timestamp_micros()).unwrap_or(at);
        Ok(Self { name, opens_at: self.opens_at.map(kept), closes_at: self.closes_at.map(kept), ..self })
    }

    fn limit(&self) -> Option<i32> {
        self.limit.map(|limit| i32::try_from(limit).unwrap_or(CAPACITY_MAX))
    }

    /// The price that it is about, if there is one already.
    fn old<'a>(&self, tickets: &'a Tickets, of: TypeNumber) -> Result<Option<&'a Price>, DocumentError> {
        let Some(number) = self.number else { return Ok(tickets.prices_of(of).find(|old| old.name == self.name)) };
        let old = tickets.price(number).filter(|old| old.ticket_type == of);
        old.ok_or(DocumentError::UnknownPrice(number)).map(Some)
    }

    fn made(&self, number: PriceNumber, ticket_type: TypeNumber) -> Price {
        Price {
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            limit: self.limit(),
            code: self.code.clone(),
            is_closed: self.is_closed,
            ..Price::new(number, ticket_type, self.name.clone(), self.amount)
        }
    }

    fn changed(&self, old: &Price) -> Result<Price, DocumentError> {
        if (old.is_used || old.standing > 0) && old.amount != self.amount {
            return Err(DocumentError::PriceInUse(old.number));
        }
        let Price { standing, is_used, .. } = *old;
        Ok(Price { standing, is_used, ..self.made(old.number, old.ticket_type) })
    }
}
