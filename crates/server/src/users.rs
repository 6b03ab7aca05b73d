//! People, for admins.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use domain::accounts::Role;
use domain::ids::{OrderId, UserId};
use repository::AsyncPgConnection;
use repository::users::{self as stored, AccessChanges, Filter, User};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::access::Caller;
use crate::accounts::hash_of_new;
use crate::extract::{Json, UserPath, present};
use crate::problems::Problem;
use crate::query::{Page, Parameters};
use crate::state::State;

/// A person, as admins see it.
#[derive(Debug, Serialize)]
struct PersonBody {
    id: UserId,
    name: String,
    email: String,
    role: Role,
    is_active: bool,
    created_at: DateTime<Utc>,
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
pub(crate) async fn list(state: Data<State>, parameters: Parameters) -> Result<HttpResponse, Problem> {
    let (limit, before) = (parameters.limit()?, parameters.cursor::<UserId>()?);
    let filter = Filter {
        text: parameters.search()?,
        role: parameters.parsed("role", "must be AUDIENCE, ORGANIZER or ADMIN")?,
        is_active: parameters.parsed("is_active", "must be true or false")?,
    };
    let found = state.pool.run(async |connection| stored::list(connection, &filter, before, limit + 1).await).await?;
    let page = Page::of(found, limit, |user| user.id.to_string(), |user| PersonBody::from(user));
    Ok(HttpResponse::Ok().json(page))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Changes {
    #[serde(default, deserialize_with = "present")]
    role: Option<Role>,
    #[serde(default, deserialize_with = "present")]
    is_active: Option<bool>,
}

/// Changes what a person may do; what is not named stays. Whoever is deactivated gives all places up.
pub(crate) async fn change(
    state: Data<State>,
    caller: Caller,
    UserPath(id): UserPath,
    Json(Changes { role, is_active }): Json<Changes>,
) -> Result<HttpResponse, Problem> {
    let changes = AccessChanges { role, is_active };
    let changed =
        async |connection: &mut AsyncPgConnection| stored::administer(connection, id, changes, caller.user).await;
    let user = state.pool.run(changed).await?.ok_or(Problem::NotFound("user"))?;
    state.access_list.note(user.access());
    if !user.is_active {
        state.releases.release(user.id, caller.user).await;
    }
    Ok(HttpResponse::Ok().json(PersonBody::from(&user)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordReset {
    new_password: String,
}

/// Gives a person another password. Every session from before ends.
pub(crate) async fn reset_password(
    state: Data<State>,
    caller: Caller,
    UserPath(id): UserPath,
    Json(PasswordReset { new_password }): Json<PasswordReset>,
) -> Result<HttpResponse, Problem> {
    let hash = hash_of_new(&state, new_password).await?;
    let order = OrderId::from(Uuid::now_v7());
    let reset = async |connection: &mut AsyncPgConnection| {
        stored::reset_password(connection, id, &hash, caller.user, order).await
    };
    let user = state.pool.run(reset).await?.ok_or(Problem::NotFound("user"))?;
    state.access_list.note(user.access());
    state.throttle().forget_account(&user.email);
    Ok(HttpResponse::NoContent().finish())
}
