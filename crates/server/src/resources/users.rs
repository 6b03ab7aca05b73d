//! People, for admins.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use domain::accounts::{AccountKind, Role};
use domain::ids::{OrderId, UserId};
use repository::AsyncPgConnection;
use repository::administration::{self, AccessChanges};
use repository::users::{self as stored, Filter, User};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::access::Caller;
use crate::http::client_address::ClientAddress;
use crate::http::extractors::{Json, UserPath, present};
use crate::http::problems::Problem;
use crate::http::query::{Page, Parameter, Parameters};
use crate::http::schemas::{boolean, one_of};
use crate::openapi::formats::{EmailAddress, NewPassword, PersonName};
use crate::resources::new_passwords::hash_of_new;
use crate::state::State;

/// The text that people are searched for.
pub(crate) const SEARCH: Parameter =
    Parameter::search("Part of the name or the e-mail address. Case and accents do not matter: `zoe` finds `Zoë`.");

/// The role of the people to list.
pub(crate) const ROLE: Parameter =
    Parameter::optional("role", "Only people with this role.", || one_of(Role::ALL.map(Role::as_str)));

/// Whether to list active or deactivated people.
pub(crate) const IS_ACTIVE: Parameter =
    Parameter::optional("is_active", "Only active people, or only deactivated ones.", boolean);

/// A person, as admins see it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Person)]
struct PersonBody {
    id: UserId,
    #[schema(value_type = PersonName)]
    name: String,
    #[schema(value_type = EmailAddress)]
    email: String,
    role: Role,
    /// False for a deactivated account, which cannot sign in.
    is_active: bool,
    created_at: DateTime<Utc>,
    /// The time of the last change.
    updated_at: DateTime<Utc>,
}

impl From<&User> for PersonBody {
    fn from(user: &User) -> Self {
        Self {
            id: user.id,
            name: user.name.clone(),
            email: user.email.clone(),
            role: user.role,
            is_active: user.is_active,
            created_at: user.created_at,
            updated_at: user.updated_at,
        }
    }
}

/// People, the newest first.
pub(crate) async fn list(state: Data<State>, caller: Caller, parameters: Parameters) -> Result<HttpResponse, Problem> {
    let (limit, before) = (parameters.limit()?, parameters.cursor::<UserId>()?);
    let filter = Filter {
        text: parameters.search()?,
        role: parameters.parsed(ROLE.name, "must be AUDIENCE, ORGANIZER or ADMIN")?,
        is_active: parameters.parsed(IS_ACTIVE.name, "must be true or false")?,
    };
    let is_search = filter.text.is_some() || filter.is_active.is_some();
    let _permit = if is_search { Some(state.searches.acquire(caller.user).await?) } else { None };
    let found = state.pool.run(async |connection| stored::list(connection, &filter, before, limit).await).await?;
    Ok(HttpResponse::Ok().json(Page::of_search(&found, |user| PersonBody::from(user))))
}

/// Changes of a person. Fields that are left out do not change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PersonChanges)]
pub(crate) struct Changes {
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Role, required = false)]
    role: Option<Role>,
    /// False cancels all bookings of the person.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = bool, required = false)]
    is_active: Option<bool>,
}

/// Changes a role, or deactivates an account, which cancels all its bookings.
pub(crate) async fn change(
    state: Data<State>,
    caller: Caller,
    UserPath(id): UserPath,
    Json(Changes { role, is_active }): Json<Changes>,
) -> Result<HttpResponse, Problem> {
    let changes = AccessChanges { role, is_active };
    let changed = async |connection: &mut AsyncPgConnection| {
        administration::administer(connection, id, changes, caller.user).await
    };
    let user = state.pool.run(changed).await?.ok_or(Problem::NotFound("user"))?;
    state.access_list.note(user.access());
    if !user.is_active {
        state.releases.release(user.id, caller.user).await;
    }
    Ok(HttpResponse::Ok().json(PersonBody::from(&user)))
}

/// A new password for a person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordReset {
    #[schema(value_type = NewPassword)]
    new_password: String,
}

/// Resets the password of another person. All earlier tokens become invalid.
pub(crate) async fn reset_password(
    state: Data<State>,
    caller: Caller,
    ClientAddress(address): ClientAddress,
    UserPath(id): UserPath,
    Json(PasswordReset { new_password }): Json<PasswordReset>,
) -> Result<HttpResponse, Problem> {
    if id == caller.user {
        return Err(Problem::OwnPassword);
    }
    let person = state.pool.run(async |connection| stored::find(connection, id).await).await?;
    let person = person.filter(|person| person.kind == AccountKind::Person).ok_or(Problem::NotFound("user"))?;
    let hash = hash_of_new(&state, address, new_password, &person.email).await?;
    let order = OrderId::from(Uuid::now_v7());
    let reset = async |connection: &mut AsyncPgConnection| {
        administration::reset_password(connection, id, &hash, caller.user, order).await
    };
    let user = state.pool.run(reset).await?.ok_or(Problem::NotFound("user"))?;
    state.access_list.note(user.access());
    state.throttle().forget_account(&user.email);
    Ok(HttpResponse::NoContent().finish())
}
