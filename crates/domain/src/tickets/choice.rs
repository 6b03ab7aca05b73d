//! What somebody asks for: a type, seats at its prices, a code, and the amount that they saw.

use chrono::{DateTime, Utc};
use thiserror::Error;

use super::codes::Code;
use super::kinds::{Price, TicketType, Tickets};
use super::numbers::{PriceNumber, TypeNumber};
use super::splits::{Part, Split};

/// What a registration is to be of. Without anything, it is one seat of the only type at its only open price.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// The type; `None` is the only one.
    pub ticket_type: Option<TypeNumber>,
    /// The seats at prices of that type; `None` is one seat at its only open price.
    pub seats: Option<Split>,
    /// The code that unlocks prices.
    pub code: Option<Code>,
    /// The amount that its person saw, in minor units. It is needed if seats cost something.
    pub amount: Option<i64>,
}

/// Why nothing can be booked as it was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChoiceError {
    /// The event has several types, and none was named.
    #[error("no ticket type was chosen")]
    NoType,
    /// The event has no such type.
    #[error("no such ticket type")]
    UnknownType,
    /// The type has several open prices, and none was named.
    #[error("no price was chosen")]
    NoPrice,
    /// The event has no such price, or its code was not given.
    #[error("no such price")]
    UnknownPrice(PriceNumber),
    /// The price is one of another type.
    #[error("the price is one of another ticket type")]
    PriceOfOtherType(PriceNumber),
    /// The code unlocks none of the chosen prices.
    #[error("the code is wrong")]
    WrongCode,
    /// The price has not opened yet.
    #[error("the price has not opened yet")]
    PriceNotOpen {
        /// The price.
        price: PriceNumber,
        /// When it opens.
        opens_at: DateTime<Utc>,
    },
    /// The price is closed.
    #[error("the price is closed")]
    PriceClosed(PriceNumber),
    /// The limit of the price leaves fewer seats.
    #[error("the price is sold out")]
    PriceSoldOut {
        /// The price.
        price: PriceNumber,
        /// How many seats are left at it.
        left: i32,
    },
    /// The limit of the prices that the code unlocks leaves fewer seats.
    #[error("the code is used up")]
    CodeUsedUp {
        /// How many seats are left.
        left: i32,
    },
    /// More seats than one registration may have.
    #[error("too many seats for one registration")]
    TooManySeats {
        /// The most.
        at_most: i32,
    },
    /// More seats than the type has.
    #[error("more seats than the ticket type has")]
    PartyTooLarge {
        /// Its capacity.
        capacity: i32,
    },
    /// The amount is another one, or none was named.
    #[error("the amount is another one")]
    AmountDiffers {
        /// What the seats cost now, in minor units.
        amount: i64,
    },
}

/// A choice that can be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) ticket_type: TypeNumber,
    pub(crate) split: Split,
    pub(crate) amount: i64,
}

impl Choice {
    /// The type that it is of.
    pub(crate) fn type_in<'a>(&self, tickets: &'a Tickets) -> Result<&'a TicketType, ChoiceError> {
        match self.ticket_type {
            Some(number) => tickets.ticket_type(number).ok_or(ChoiceError::UnknownType),
            None => tickets.only_type().ok_or(ChoiceError::NoType),
        }
    }

    /// How many seats it is about.
    pub(crate) fn seats_wanted(&self) -> i32 {
        self.seats.as_ref().map_or(1, Split::seats)
    }

    /// What it comes to at `now`. Windows of prices do not bind whoever tests the event.
    pub(crate) fn resolved(&self, tickets: &Tickets, now: DateTime<Utc>, is_test: bool) -> Result<Chosen, ChoiceError> {
        let ticket_type = self.type_in(tickets)?;
        // A code that unlocks nothing is told, also beside prices that need none: it was to lower the amount.
        if self.code.is_some() && tickets.prices.iter().all(|price| price.code != self.code) {
            return Err(ChoiceError::WrongCode);
        }
        let split = match &self.seats {
            Some(split) => split.clone(),
            None => Split::single(only_price(tickets, ticket_type, now)?),
        };
        for part in split.parts() {
            self.may_have(part, tickets, ticket_type, now, is_test)?;
        }
        let wanted = split.seats();
        if wanted > ticket_type.seats_per_registration {
            return Err(ChoiceError::TooManySeats { at_most: ticket_type.seats_per_registration });
        }
        // A single seat may always wait: the capacity can be raised.
        if wanted > 1 && wanted > ticket_type.seats.capacity() {
            return Err(ChoiceError::PartyTooLarge { capacity: ticket_type.seats.capacity() });
        }
        let amount = tickets.amount(&split);
        if self.amount.unwrap_or(0) != amount {
            return Err(ChoiceError::AmountDiffers { amount });
        }
        Ok(Chosen { ticket_type: ticket_type.number, split, amount })
    }

    fn may_have(
        &self,
        part: &Part,
        tickets: &Tickets,
        ticket_type: &TicketType,
        now: DateTime<Utc>,
        is_test: bool,
    ) -> Result<(), ChoiceError> {
        let number = part.price;
        // Nobody learns which prices there are behind codes.
        let unlocked = |price: &&Price| price.is_public() || price.code == self.code;
        let price = tickets.price(number).filter(unlocked);
        let price = price.ok_or(if self.code.is_some() {
            ChoiceError::WrongCode
        } else {
            ChoiceError::UnknownPrice(number)
        })?;
        if price.ticket_type != ticket_type.number {
            return Err(ChoiceError::PriceOfOtherType(number));
        }
        let opens_at = price.opens_at.filter(|opens_at| now < *opens_at);
        match opens_at {
            _ if price.is_closed => return Err(ChoiceError::PriceClosed(number)),
            Some(opens_at) if !is_test => return Err(ChoiceError::PriceNotOpen { price: number, opens_at }),
            None if !is_test && !price.is_open(now) => return Err(ChoiceError::PriceClosed(number)),
            _ => {}
        }
        match price.left() {
            Some(left) if left < part.seats.into() && price.is_public() => {
                Err(ChoiceError::PriceSoldOut { price: number, left })
            }
            Some(left) if left < part.seats.into() => Err(ChoiceError::CodeUsedUp { left }),
            _ => Ok(()),
        }
    }
}

/// The only public price of a type that is open, or the only one at all.
fn only_price(tickets: &Tickets, of: &TicketType, now: DateTime<Utc>) -> Result<PriceNumber, ChoiceError> {
    let mut public = tickets.prices_of(of.number).filter(|price| price.is_public());
    let mut open = tickets.prices_of(of.number).filter(|price| price.is_public() && price.is_open(now));
    match (open.next(), open.next()) {
        (Some(only), None) => Ok(only.number),
        (None, _) => match (public.next(), public.next()) {
            // It is refused for its own reason.
            (Some(only), None) => Ok(only.number),
            _ => Err(ChoiceError::NoPrice),
        },
        _ => Err(ChoiceError::NoPrice),
    }
}
