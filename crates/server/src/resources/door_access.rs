//! The door of an event, for those who may check people in there, and for those whose tickets are shown.

use std::sync::Arc;

use auth::ticket_codes::TicketKey;
use chrono::{DateTime, Utc};
use domain::events::Event;
use domain::ids::EventId;
use domain::tickets::{Tickets, TypeNumber};
use repository::AsyncPgConnection;
use repository::doors::{self, Door};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::problems::Problem;
use crate::openapi::formats::{Location, TicketName, TicketNumber, TimeZone, Title};
use crate::services::cache::ReadFailed;
use crate::state::State;

/// An event as its tickets and its gates show it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DoorEvent)]
pub(crate) struct DoorEvent {
    id: EventId,
    #[schema(value_type = Title)]
    title: String,
    #[schema(value_type = Location)]
    location: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    #[schema(value_type = TimeZone)]
    time_zone: String,
}

impl From<&Event> for DoorEvent {
    fn from(event: &Event) -> Self {
        let details = &event.details;
        Self {
            id: event.id,
            title: details.title.clone(),
            location: details.location.clone(),
            starts_at: details.starts_at,
            ends_at: details.ends_at,
            time_zone: details.time_zone.clone(),
        }
    }
}

/// A ticket type, by its name.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = TicketTypeName)]
pub(crate) struct TypeName {
    #[schema(value_type = TicketNumber)]
    number: TypeNumber,
    #[schema(value_type = TicketName)]
    pub(super) name: String,
}

impl TypeName {
    /// The type with this number.
    pub(crate) fn of(number: TypeNumber, tickets: &Tickets) -> Self {
        let name = tickets.ticket_type(number).map(|one| one.name.clone()).unwrap_or_default();
        Self { number, name }
    }
}

/// The door of an event, at most a second old.
pub(crate) async fn door(state: &State, event: EventId) -> Result<Arc<Door>, Problem> {
    let read = async || {
        let find = async |connection: &mut AsyncPgConnection| doors::find(connection, event).await;
        Ok(state.pool.run(find).await.map_err(ReadFailed::of)?.map(Arc::new))
    };
    state.doors.door(event, read).await?.ok_or(Problem::NotFound("event"))
}

/// The door of an event at which the caller may check people in. To everybody else there is none.
pub(crate) async fn door_of_staff(state: &State, caller: Caller, event: EventId) -> Result<Arc<Door>, Problem> {
    let door = door(state, event).await?;
    let is_staff = door.staff.contains(&caller.user);
    let may = caller.may_check_in(door.event.organizer, is_staff);
    if may { Ok(door) } else { Err(Problem::NotFound("event")) }
}

/// The key of an event's tickets. It is made when the first one is shown.
pub(crate) async fn key_of(state: &State, door: &Arc<Door>) -> Result<TicketKey, Problem> {
    if let Some(key) = known_key_of(door) {
        return Ok(key);
    }
    let event = door.event.id;
    let _making = state.doors.making.lock().await;
    // The request that made one meanwhile has forgotten the door, so it is read anew.
    if let Some(key) = known_key_of(&*self::door(state, event).await?) {
        return Ok(key);
    }
    let key = new_key()?;
    let make = async |connection: &mut AsyncPgConnection| doors::make_key(connection, event, key.expose()).await;
    match state.pool.run(make).await {
        Err(repository::Error::NotFound) => return Err(Problem::NotFound("event")),
        made => made?,
    }
    // Another server may have made one at the same moment.
    state.doors.forget(event);
    let door = self::door(state, event).await?;
    known_key_of(&door).ok_or_else(|| Problem::internal("an event has no ticket key after one was made"))
}

/// The key of an event's tickets, if one was ever shown.
pub(crate) fn known_key_of(door: &Door) -> Option<TicketKey> {
    door.key.as_ref().map(|key| TicketKey::stored(key.bytes))
}

/// A key that nobody has.
pub(crate) fn new_key() -> Result<TicketKey, Problem> {
    TicketKey::random().map_err(|error| Problem::Internal(error.into()))
}
