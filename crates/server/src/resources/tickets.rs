//! The ticket types, prices and terms of payment of an event, for the people who run it: one document.

pub(crate) mod describe;

use std::collections::HashMap;

use actix_web::http::header::ETAG;
use actix_web::web::Data;
use actix_web::{HttpResponse, HttpResponseBuilder};
use chrono::{DateTime, Utc};
use domain::commands::Command;
use domain::events::TicketedEvent;
use domain::ids::EventId;
use domain::money::{Currency, Money, Terms};
use domain::tickets::{Code, Document, Price, PriceEntry, PriceNumber, TicketType, Tickets, TypeEntry, TypeNumber};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::extractors::{EventPath, ExpectedVersions, Json, Timestamp, WholeNumber, nullable};
use crate::http::problems::Problem;
use crate::openapi::formats::{
    Amount, CurrencyCode, GraceMinutes, HoldMinutes, PaymentInstructions, PriceAmount, PriceCode, SeatCount, Seats,
    TicketName, TicketNumber,
};
use crate::resources::event_bodies::etag;
use crate::resources::own_events::{change_seen, run_with_tickets};
use crate::state::State;

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
    #[schema(value_type = GraceMinutes)]
    grace_minutes: WholeNumber,
    /// Until when people who give seats up get their money back. Null: never.
    #[serde(deserialize_with = "nullable")]
    #[schema(required)]
    refund_until: Option<Timestamp>,
    #[schema(value_type = PaymentInstructions)]
    payment_instructions: String,
    /// 1 to 20 types, with at most 60 prices in all.
    ticket_types: Vec<TypeBody>,
}

/// A ticket type.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TicketTypeEntry)]
pub(crate) struct TypeBody {
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
    prices: Vec<PriceBody>,
}

/// A price of a ticket type.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PriceEntry)]
pub(crate) struct PriceBody {
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

/// The tickets of an event: the document, and the counts that go with it.
#[derive(Serialize, ToSchema)]
#[schema(as = TicketsAnswer)]
struct TicketsBody {
    document: DocumentBody,
    counts: CountsBody,
}

/// The counts of ticket types and prices.
#[derive(Serialize, ToSchema)]
#[schema(as = TicketsCounts)]
struct CountsBody {
    ticket_types: Vec<TypeCountsBody>,
    prices: Vec<PriceCountsBody>,
}

/// The counts of a ticket type.
#[derive(Serialize, ToSchema)]
#[schema(as = TicketTypeCounts)]
struct TypeCountsBody {
    #[schema(value_type = TicketNumber)]
    number: TypeNumber,
    #[schema(value_type = Seats)]
    seats_taken: i32,
    #[schema(value_type = Seats)]
    seats_remaining: i32,
    /// Registrations on the waitlist.
    #[schema(minimum = 0)]
    waiting: i32,
    /// The seats that those want.
    #[schema(minimum = 0)]
    seats_wanted: i32,
    /// The seats that the first of them wants: more than remain.
    #[schema(minimum = 0)]
    head_wants: i32,
    /// Since when the first of them waits.
    #[schema(required)]
    waiting_since: Option<DateTime<Utc>>,
    /// Whether anybody has ever registered for it. It can then not be removed.
    is_used: bool,
    money: MoneyBody,
}

/// The counts of a price.
#[derive(Serialize, ToSchema)]
#[schema(as = PriceCounts)]
struct PriceCountsBody {
    #[schema(value_type = TicketNumber)]
    number: PriceNumber,
    /// The seats that stand at it: held, confirmed or waiting.
    #[schema(minimum = 0)]
    seats_standing: i32,
    /// Whether anybody has ever registered at it. Its amount then stays.
    is_used: bool,
}

/// Money in the minor unit of the event's currency.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Money)]
pub(crate) struct MoneyBody {
    /// What was paid, refunds not subtracted.
    #[schema(value_type = Amount)]
    taken: i64,
    /// What is asked of those who hold seats and have not paid.
    #[schema(value_type = Amount)]
    held: i64,
    /// The part of what was paid that is owed back.
    #[schema(value_type = Amount)]
    owed: i64,
}

impl From<Money> for MoneyBody {
    fn from(money: Money) -> Self {
        let Money { taken, held, owed } = money;
        Self { taken, held, owed }
    }
}

impl DocumentBody {
    fn of(event: &TicketedEvent) -> Self {
        let TicketedEvent { event, tickets } = event;
        let terms = &event.terms;
        let whole = |number: i32| WholeNumber(number.into());
        Self {
            currency: terms.currency.map(|currency| currency.code().to_owned()),
            hold_minutes: terms.hold_minutes.map(whole),
            line_hold_minutes: terms.line_hold_minutes.map(whole),
            grace_minutes: whole(terms.grace_minutes),
            refund_until: terms.refund_until.map(Timestamp),
            payment_instructions: terms.instructions.clone(),
            ticket_types: tickets.types.iter().map(|one| TypeBody::of(one, tickets)).collect(),
        }
    }

    fn document(self) -> Result<Document, Problem> {
        let terms = Terms {
            currency: self.currency.map(|code| code.parse::<Currency>()).transpose()?,
            hold_minutes: self.hold_minutes.map(bounded),
            line_hold_minutes: self.line_hold_minutes.map(bounded),
            grace_minutes: bounded(self.grace_minutes),
            refund_until: self.refund_until.map(|at| at.0),
            instructions: self.payment_instructions,
        };
        let types = self.ticket_types.into_iter().map(TypeBody::entry).collect::<Result<_, Problem>>()?;
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

impl TypeBody {
    fn of(one: &TicketType, tickets: &Tickets) -> Self {
        Self {
            number: Some(WholeNumber(i16::from(one.number).into())),
            name: one.name.clone(),
            capacity: WholeNumber(one.seats.capacity().into()),
            seats_per_registration: WholeNumber(one.seats_per_registration.into()),
            prices: tickets.prices_of(one.number).map(PriceBody::of).collect(),
        }
    }

    fn entry(self) -> Result<TypeEntry, Problem> {
        Ok(TypeEntry {
            number: self.number.map(entry_number),
            name: self.name,
            capacity: self.capacity.0,
            seats_per_registration: self.seats_per_registration.0,
            prices: self.prices.into_iter().map(PriceBody::entry).collect::<Result<_, Problem>>()?,
        })
    }
}

impl PriceBody {
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

impl CountsBody {
    fn of(event: &TicketedEvent, waiting_since: &HashMap<TypeNumber, DateTime<Utc>>) -> Self {
        let TicketedEvent { event, tickets } = event;
        let of_type = |one: &TicketType| TypeCountsBody {
            number: one.number,
            seats_taken: one.seats.taken(),
            seats_remaining: one.seats.remaining(),
            waiting: one.seats.waiting(),
            seats_wanted: one.seats_wanted,
            head_wants: one.head_wants,
            waiting_since: waiting_since.get(&one.number).copied(),
            is_used: one.is_used,
            money: event.status.money(one.money).into(),
        };
        let of_price = |price: &Price| PriceCountsBody {
            number: price.number,
            seats_standing: price.standing,
            is_used: price.is_used,
        };
        Self {
            ticket_types: tickets.types.iter().map(of_type).collect(),
            prices: tickets.prices.iter().map(of_price).collect(),
        }
    }
}

/// The tickets of an event that the caller runs.
pub(crate) async fn show(
    state: Data<State>,
    caller: Caller,
    EventPath(id): EventPath,
) -> Result<HttpResponse, Problem> {
    let event = run_with_tickets(&state, caller, id).await?;
    answer(&state, id, &event).await
}

/// Replaces the tickets. Seats that are added go to the lines, in the same transaction.
pub(crate) async fn replace(
    state: Data<State>,
    caller: Caller,
    EventPath(id): EventPath,
    expected: ExpectedVersions,
    Json(body): Json<DocumentBody>,
) -> Result<HttpResponse, Problem> {
    if expected == ExpectedVersions::Any {
        return Err(Problem::PreconditionRequired);
    }
    let document = body.document()?;
    let command = |expected_version: Option<i64>| Command::EditTickets {
        document: Box::new(document.clone()),
        expected_version: expected_version.unwrap_or(0),
    };
    let event = change_seen(&state, caller, id, &expected, command).await?;
    answer(&state, id, &event).await
}

async fn answer(state: &State, id: EventId, event: &TicketedEvent) -> Result<HttpResponse, Problem> {
    let waits = event.tickets.types.iter().any(|one| one.seats.waiting() > 0);
    let since = match waits {
        true => state.pool.run(async |connection| repository::tickets::waiting_since(connection, id).await).await?,
        false => HashMap::new(),
    };
    Ok(body(HttpResponse::Ok(), event, &since))
}

fn body(
    mut response: HttpResponseBuilder,
    event: &TicketedEvent,
    waiting_since: &HashMap<TypeNumber, DateTime<Utc>>,
) -> HttpResponse {
    response.insert_header((ETAG, etag(&event.event))).json(tickets_body(event, waiting_since))
}

fn tickets_body(event: &TicketedEvent, waiting_since: &HashMap<TypeNumber, DateTime<Utc>>) -> TicketsBody {
    TicketsBody { document: DocumentBody::of(event), counts: CountsBody::of(event, waiting_since) }
}
