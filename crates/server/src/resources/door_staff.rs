//! The door staff of an event: accounts that may check people in there, and run nothing.

pub(crate) mod describe;

use std::time::Instant;

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use domain::accounts::{AccountKind, Email};
use domain::ids::{EventId, UserId};
use repository::door_staff::{self as stored, Member};
use repository::users::User;
use repository::{AsyncPgConnection, users};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::client_address::ClientAddress;
use crate::http::extractors::{EventPath, Json, MemberPath, NoBody};
use crate::http::problems::Problem;
use crate::http::query::Page;
use crate::openapi::formats::{EmailAddress, PersonName};
use crate::resources::own_events::{authority_of, run_by};
use crate::state::State;

/// An account that is to become one of the door staff.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewDoorStaff)]
pub(crate) struct NewMember {
    #[schema(value_type = EmailAddress)]
    email: String,
}

/// An account of the door staff.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DoorStaff)]
struct MemberBody {
    user_id: UserId,
    #[schema(value_type = PersonName)]
    name: String,
    #[schema(value_type = EmailAddress)]
    email: String,
    since: DateTime<Utc>,
}

impl From<Member> for MemberBody {
    fn from(member: Member) -> Self {
        let Member { user, name, email, since } = member;
        Self { user_id: user.into(), name, email, since }
    }
}

/// The door staff of an event.
pub(crate) async fn list(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
) -> Result<HttpResponse, Problem> {
    run_by(&state, caller, event).await?;
    let staff = members(&state, event).await?;
    Ok(HttpResponse::Ok().json(Page::whole(staff.into_iter().map(MemberBody::from).collect())))
}

async fn members(state: &State, event: EventId) -> Result<Vec<Member>, Problem> {
    let list = async |connection: &mut AsyncPgConnection| stored::list(connection, event).await;
    Ok(state.pool.run(list).await?)
}

/// Makes an account one of the door staff. Addresses without an account are counted like wrong codes, so that nobody
/// finds out by many tries which addresses have one.
pub(crate) async fn add(
    state: Data<State>,
    caller: Caller,
    ClientAddress(address): ClientAddress,
    EventPath(event): EventPath,
    Json(NewMember { email }): Json<NewMember>,
) -> Result<HttpResponse, Problem> {
    run_by(&state, caller, event).await?;
    let attempt = state.codes().begin(&format!("staff of {}", caller.user), address, Instant::now())?;
    let found = account_of(&state, &email).await;
    match &found {
        Ok(Some(_)) => state.codes().succeeded(attempt),
        Ok(None) => state.codes().failed(attempt),
        Err(_) => state.codes().undecided(attempt),
    }
    let user = found?.ok_or_else(|| Problem::field("email", "must be the address of an active account"))?;
    let authority = authority_of(caller);
    let add =
        async |connection: &mut AsyncPgConnection| stored::add(connection, event, user, caller.user, authority).await;
    state.pool.run(add).await.map_err(Problem::of_part)?;
    state.doors.forget(event);
    let added = members(&state, event).await?.into_iter().find(|member| UserId::from(member.user) == user);
    // Another request may have taken the account out again.
    let added = added.ok_or(Problem::NotFound("member"))?;
    Ok(HttpResponse::Ok().json(MemberBody::from(added)))
}

async fn account_of(state: &State, email: &str) -> Result<Option<UserId>, Problem> {
    let Some(email) = Email::of_account(email) else { return Ok(None) };
    let find = async |connection: &mut AsyncPgConnection| users::find_by_email(connection, email.as_str()).await;
    let found = state.pool.run(find).await?;
    let active = found.filter(|user: &User| user.is_active && user.kind == AccountKind::Person);
    Ok(active.map(|user| user.id))
}

/// Takes an account out of the door staff. On other servers it may check people in for a second more.
pub(crate) async fn remove(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    MemberPath(user): MemberPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    run_by(&state, caller, event).await?;
    let authority = authority_of(caller);
    let remove = async |connection: &mut AsyncPgConnection| {
        stored::remove(connection, event, user, caller.user, authority).await
    };
    state.pool.run(remove).await.map_err(Problem::of_part)?;
    state.doors.forget(event);
    Ok(HttpResponse::NoContent().finish())
}
