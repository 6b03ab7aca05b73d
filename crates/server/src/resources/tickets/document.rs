//! The document of an event's tickets, as it is sent and shown.

use domain::events::TicketedEvent;
use domain::money::{Currency, Terms};
use domain::tickets::{Code, Document, Price, PriceEntry, TicketType, Tickets, TypeEntry};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::extractors::{Timestamp, WholeNumber, nullable};
use crate::http::problems::Problem;
use crate::openapi::formats::{
    CurrencyCode, GraceMinutes, HoldMinutes, PaymentInstructions, PriceAmount, PriceCode, SeatCount, Seats, TicketName,
    TicketNumber,
};

/// All ticket types and prices of an event, and the terms of payment. Nothing may be left out.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TicketsDocument)]
pub(crate) struct DocumentBody {
    /// The currency of all amounts. It must be set if a price is above 0.
    #[serde(deserialize_with = "nullable")]
    #[schema(required, value_type = Option<CurrencyCode>)]
    currency: Option<String>,
    /// For how many minutes seats are held that somebody booked and has not paid. Null: until they are paid.
    #[serde(deserialize_with = "nullable")]
    #[schema(required, value_type = Option<HoldMinutes>)]
    hold_minutes: Option<WholeNumber>,
    /// The same for seats that came from the waitlist.
    #[serde(deserialize_with = "nullable")]
    #[schema(required, value_type = Option<HoldMinutes>)]
    line_hold_minutes: Option<WholeNumber>,
    /// For how many minutes the head of a waitlist may want more seats than are free, before it goes to the end of the
    /// waitlist. Null: as long as it likes.
    #[serde(deserialize_with = "nullable")]
    #[schema(required, value_type = Option<HoldMinutes>)]
    line_patience_minutes: Option<WholeNumber>,
    #[schema(value_type = GraceMinutes)]
    grace_minutes: WholeNumber,
    /// Until when people who give seats up get their money back. Null: never.
    #[serde(deserialize_with = "nullable")]
    #[schema(required)]
    refund_until: Option<Timestamp>,
    #[schema(value_type = PaymentInstructions)]
    payment_instructions: String,
    /// 1 to 20 types, with at most 60 prices in all.
    ticket_types: Vec<TypeEntryBody>,
}

/// A ticket type.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TicketTypeEntry)]
pub(crate) struct TypeEntryBody {
    /// Which type it is. Null: the one with this name, or a new one.
    #[serde(deserialize_with = "nullable")]
    #[schema(required, value_type = Option<TicketNumber>)]
    number: Option<WholeNumber>,
    #[schema(value_type = TicketName)]
    name: String,
    #[schema(value_type = Seats)]
    capacity: WholeNumber,
    /// The most seats of one registration.
    #[schema(value_type = SeatCount)]
    seats_per_registration: WholeNumber,
    prices: Vec<PriceEntryBody>,
}

/// A price of a ticket type.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PriceEntry)]
pub(crate) struct PriceEntryBody {
    /// Which price it is. Null: the one of the type with this name, or a new one.
    #[serde(deserialize_with = "nullable")]
    #[schema(required, value_type = Option<TicketNumber>)]
    number: Option<WholeNumber>,
    #[schema(value_type = TicketName)]
    name: String,
    #[schema(value_type = PriceAmount)]
    amount: WholeNumber,
    /// Before then, it cannot be booked. Null: from the begin of the sale.
    #[serde(deserialize_with = "nullable")]
    #[schema(required)]
    opens_at: Option<Timestamp>,
    /// From then on, it cannot be booked. Null: to the end of the sale.
    #[serde(deserialize_with = "nullable")]
    #[schema(required)]
    closes_at: Option<Timestamp>,
    /// The most seats at this price, waiting ones counted. Null: none.
    #[serde(deserialize_with = "nullable")]
    #[schema(required, value_type = Option<Seats>)]
    limit: Option<WholeNumber>,
    /// The code that unlocks it. A price with a code is shown to nobody.
    #[serde(deserialize_with = "nullable")]
    #[schema(required, value_type = Option<PriceCode>)]
    code: Option<String>,
    /// Whether it is closed, whatever its times say.
    is_closed: bool,
}

impl DocumentBody {
    pub(super) fn of(event: &TicketedEvent) -> Self {
        let TicketedEvent { event, tickets } = event;
        let terms = &event.terms;
        let whole = |number: i32| WholeNumber(number.into());
        Self {
            currency: terms.currency.map(|currency| currency.code().to_owned()),
            hold_minutes: terms.hold_minutes.map(whole),
            line_hold_minutes: terms.line_hold_minutes.map(whole),
            line_patience_minutes: terms.line_patience_minutes.map(whole),
            grace_minutes: whole(terms.grace_minutes),
            refund_until: terms.refund_until.map(Timestamp),
            payment_instructions: terms.instructions.clone(),
            ticket_types: tickets.types.iter().map(|one| TypeEntryBody::of(one, tickets)).collect(),
        }
    }

    /// The document that it stands for, checked as far as it can be without the event.
    pub(super) fn document(self) -> Result<Document, Problem> {
        let terms = Terms {
            currency: self.currency.map(|code| code.parse::<Currency>()).transpose()?,
            hold_minutes: self.hold_minutes.map(bounded),
            line_hold_minutes: self.line_hold_minutes.map(bounded),
            line_patience_minutes: self.line_patience_minutes.map(bounded),
            grace_minutes: bounded(self.grace_minutes),
            refund_until: self.refund_until.map(|at| at.0),
            instructions: self.payment_instructions,
        };
        let types = self.ticket_types.into_iter().map(TypeEntryBody::entry).collect::<Result<_, Problem>>()?;
        Ok(Document::checked(terms, types)?)
    }
}

/// A number that is too large to be kept is too large for every rule as well.
fn bounded(number: WholeNumber) -> i32 {
    i32::try_from(number.0).unwrap_or(if number.0 < 0 { i32::MIN } else { i32::MAX })
}

/// A number that is none of an entry's stands for one that nothing has.
fn entry_number<T: From<i16>>(number: WholeNumber) -> T {
    i16::try_from(number.0).unwrap_or(0).into()
}

impl TypeEntryBody {
    fn of(one: &TicketType, tickets: &Tickets) -> Self {
        Self {
            number: Some(WholeNumber(i16::from(one.number).into())),
            name: one.name.clone(),
            capacity: WholeNumber(one.seats.capacity().into()),
            seats_per_registration: WholeNumber(one.seats_per_registration.into()),
            prices: tickets.prices_of(one.number).map(PriceEntryBody::of).collect(),
        }
    }

    fn entry(self) -> Result<TypeEntry, Problem> {
        Ok(TypeEntry {
            number: self.number.map(entry_number),
            name: self.name,
            capacity: self.capacity.0,
            seats_per_registration: self.seats_per_registration.0,
            prices: self.prices.into_iter().map(PriceEntryBody::entry).collect::<Result<_, Problem>>()?,
        })
    }
}

impl PriceEntryBody {
    fn of(price: &Price) -> Self {
        Self {
            number: Some(WholeNumber(i16::from(price.number).into())),
            name: price.name.clone(),
            amount: WholeNumber(price.amount),
            opens_at: price.opens_at.map(Timestamp),
            closes_at: price.closes_at.map(Timestamp),
            limit: price.limit.map(|limit| WholeNumber(limit.into())),
            code: price.code.as_ref().map(|code| code.as_str().to_owned()),
            is_closed: price.is_closed,
        }
    }

    fn entry(self) -> Result<PriceEntry, Problem> {
        Ok(PriceEntry {
            number: self.number.map(entry_number),
            name: self.name,
            amount: self.amount.0,
            opens_at: self.opens_at.map(|at| at.0),
            closes_at: self.closes_at.map(|at| at.0),
            limit: self.limit.map(|limit| limit.0),
            code: self.code.as_deref().map(Code::parse).transpose()?,
            is_closed: self.is_closed,
        })
    }
}
