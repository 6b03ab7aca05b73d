//! Seats that are passed on: the giver makes a link, and the person who gets it takes the seat.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Data;
use auth::secrets::AddressSecret;
use chrono::{DateTime, Utc};
use domain::commands::Command;
use domain::events::{Event, EventStatus};
use domain::ids::{EventId, RegistrationId, TransferId};
use domain::money::Currency;
use domain::registrations::{Registration, RegistrationStatus};
use domain::tickets::{PriceNumber, Tickets};
use domain::transfers::TransferState;
use repository::transfers::{self, Listed, NewTransfer, Offered};
use repository::{AsyncPgConnection, events, registrations, tickets};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::access::Caller;
use crate::http::extractors::{EventPath, Json, NoBody, OptionalJson, RegistrationPath, TransferPath, WholeNumber};
use crate::http::problems::Problem;
use crate::openapi::formats::{LinkSecret, PersonName, PriceAmount, TicketName, TicketNumber};
use crate::resources::bookings::get_seats;
use crate::resources::door_access::{DoorEvent, TypeName, door};
use crate::state::State;

/// The seat to pass on. Without a body, one at the only price of the booking.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewTransfer)]
pub(crate) struct OfferBody {
    /// The price of the seat. Left out: the only one that the booking has.
    #[schema(value_type = Option<TicketNumber>)]
    price: Option<WholeNumber>,
}

/// An offer to pass a seat on, for its giver.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Transfer)]
struct TransferBody {
    id: TransferId,
    #[schema(value_type = TicketNumber)]
    price: PriceNumber,
    #[schema(value_type = TicketName)]
    price_name: String,
    #[schema(value_type = PriceAmount)]
    amount: i64,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    state: TransferState,
    /// The person who has taken the seat.
    #[schema(required, value_type = Option<PersonName>)]
    taken_by: Option<String>,
}

impl TransferBody {
    fn of(listed: Listed, tickets: &Tickets) -> Self {
        let price = tickets.price(listed.price);
        Self {
            id: listed.id,
            price: listed.price,
            price_name: price.map(|price| price.name.clone()).unwrap_or_default(),
            amount: price.map_or(0, |price| price.amount),
            created_at: listed.created_at,
            expires_at: listed.expires_at,
            state: listed.state,
            taken_by: listed.taken_by,
        }
    }
}

/// An offer that was made, with the secret of its link.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MadeTransfer)]
struct MadeBody {
    transfer: TransferBody,
    /// It is told only here. The link is `/take/{event id}#{token}`.
    #[schema(value_type = LinkSecret)]
    token: String,
}

/// The offers of a booking.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Transfers)]
struct TransfersBody {
    /// The newest first.
    #[schema(max_items = 20)]
    items: Vec<TransferBody>,
}

/// The secret of a link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TransferLink)]
pub(crate) struct LinkBody {
    #[schema(value_type = LinkSecret)]
    token: String,
}

/// A seat that is offered, for the person who has the link.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OfferedSeat)]
struct OfferedBody {
    event: DoorEvent,
    event_status: EventStatus,
    /// The person who passes the seat on.
    #[schema(value_type = PersonName)]
    from: String,
    ticket_type: TypeName,
    #[schema(value_type = TicketName)]
    price_name: String,
    /// The seat's price. The taker pays nothing here.
    #[schema(value_type = PriceAmount)]
    amount: i64,
    #[schema(required, pattern = "^[A-Z]{3}$")]
    currency: Option<&'static str>,
    expires_at: DateTime<Utc>,
}

/// Offers a seat of a booking of the caller.
pub(crate) async fn offer(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    RegistrationPath(registration): RegistrationPath,
    OptionalJson(body): OptionalJson<OfferBody>,
) -> Result<HttpResponse, Problem> {
    let secret = AddressSecret::random().map_err(|error| Problem::Internal(error.into()))?;
    let id = TransferId::from(Uuid::now_v7());
    let giver = own(&state, caller, event, registration).await?;
    let price = giver.offerable(body.and_then(|body| body.price))?;
    if !door(&state, event).await?.settings.transfers {
        return Err(Problem::TransfersOff);
    }
    let new = NewTransfer {
        id,
        event,
        registration,
        price,
        digest: secret.digest(),
        event_ends_at: giver.event.details.ends_at,
    };
    state.pool.run(async |connection: &mut AsyncPgConnection| transfers::insert(connection, &new).await).await?;
    let made = listed(&state, event, registration).await?.into_iter().find(|one| one.id == id);
    let made = made.ok_or_else(|| Problem::internal("an offer is not there after it was made"))?;
    let body = MadeBody { transfer: TransferBody::of(made, &giver.tickets), token: secret.expose().to_owned() };
    Ok(HttpResponse::Created().insert_header((CACHE_CONTROL, "no-store")).json(body))
}

/// The offers of a booking of the caller.
pub(crate) async fn list(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    RegistrationPath(registration): RegistrationPath,
) -> Result<HttpResponse, Problem> {
    let giver = own(&state, caller, event, registration).await?;
    let listed = listed(&state, event, registration).await?;
    let items = listed.into_iter().map(|one| TransferBody::of(one, &giver.tickets)).collect();
    Ok(HttpResponse::Ok().json(TransfersBody { items }))
}

/// Takes an offer of a booking of the caller back.
pub(crate) async fn withdraw(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    RegistrationPath(registration): RegistrationPath,
    TransferPath(transfer): TransferPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    own(&state, caller, event, registration).await?;
    let withdraw =
        async |connection: &mut AsyncPgConnection| transfers::withdraw(connection, event, registration, transfer).await;
    match state.pool.run(withdraw).await {
        Err(repository::Error::NotFound) => Err(Problem::NotFound("transfer")),
        withdrawn => {
            withdrawn?;
            Ok(HttpResponse::NoContent().finish())
        }
    }
}

/// Shows the seat that a link offers.
pub(crate) async fn look(
    state: Data<State>,
    EventPath(event): EventPath,
    Json(LinkBody { token }): Json<LinkBody>,
) -> Result<HttpResponse, Problem> {
    let offered = offered(&state, event, &token).await?;
    let read = async |connection: &mut AsyncPgConnection| Giver::of(connection, event, offered.registration).await;
    let giver = state.pool.run(read).await?.ok_or(Problem::NotFound("transfer"))?;
    let price = giver.tickets.price(offered.price);
    let body = OfferedBody {
        event: DoorEvent::from(&giver.event),
        event_status: giver.event.status,
        from: offered.giver,
        ticket_type: TypeName::of(giver.registration.ticket_type, &giver.tickets),
        price_name: price.map(|price| price.name.clone()).unwrap_or_default(),
        amount: price.map_or(0, |price| price.amount),
        currency: giver.event.terms.currency.map(Currency::code),
        expires_at: offered.expires_at,
    };
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(body))
}

/// Takes the seat that a link offers.
pub(crate) async fn accept(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    Json(LinkBody { token }): Json<LinkBody>,
) -> Result<HttpResponse, Problem> {
    let Offered { id: transfer, registration: from, .. } = offered(&state, event, &token).await?;
    let command = |is_verified| Command::TakeOver { transfer, from, user: caller.user, is_verified };
    get_seats(&state, caller, event, command).await
}

async fn offered(state: &State, event: EventId, token: &str) -> Result<Offered, Problem> {
    let digest = AddressSecret::parse(token).ok_or(Problem::NotFound("transfer"))?.digest();
    let find = async |connection: &mut AsyncPgConnection| transfers::by_digest(connection, event, digest).await;
    state.pool.run(find).await?.ok_or(Problem::NotFound("transfer"))
}

async fn listed(state: &State, event: EventId, registration: RegistrationId) -> Result<Vec<Listed>, Problem> {
    let list =
        async |connection: &mut AsyncPgConnection| transfers::of_registration(connection, event, registration).await;
    Ok(state.pool.run(list).await?)
}

/// A booking whose seats may be passed on, with its event.
struct Giver {
    registration: Registration,
    event: Event,
    tickets: Tickets,
}

impl Giver {
    async fn of(
        connection: &mut AsyncPgConnection,
        event: EventId,
        id: RegistrationId,
    ) -> Result<Option<Self>, repository::Error> {
        let Some(registration) = registrations::find(connection, event, id).await? else { return Ok(None) };
        let Some(event) = events::find(connection, event).await? else { return Ok(None) };
        let tickets = tickets::of_event(connection, event.id).await?;
        Ok(Some(Self { registration, event, tickets }))
    }

    /// The price of a seat that can be offered: the one that is asked for, or else the only one. The box office decides
    /// under the event's lock whether the seat can still be taken.
    fn offerable(&self, asked: Option<WholeNumber>) -> Result<PriceNumber, Problem> {
        if self.event.status == EventStatus::Cancelled {
            return Err(Problem::EventCancelled);
        }
        if self.registration.status != RegistrationStatus::Confirmed {
            return Err(Problem::BookingNotConfirmed);
        }
        let parts = self.registration.split.parts();
        let found = match (asked, parts) {
            (Some(number), _) => parts.iter().find(|part| i64::from(i16::from(part.price)) == number.0),
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        found.map(|part| part.price).ok_or_else(|| Problem::field("price", "must be a price of the booking"))
    }
}

/// A booking of the caller.
async fn own(state: &State, caller: Caller, event: EventId, id: RegistrationId) -> Result<Giver, Problem> {
    let read = async |connection: &mut AsyncPgConnection| Giver::of(connection, event, id).await;
    let found = state.pool.run(read).await?.filter(|giver| giver.registration.user == caller.user);
    found.ok_or(Problem::NotFound("registration"))
}
