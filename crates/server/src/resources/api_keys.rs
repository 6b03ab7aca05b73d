//! API keys of the caller's own programs.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::web::Data;
use auth::access::{Permission, may, may_grant};
use auth::api_keys::ApiKey;
use chrono::{DateTime, Utc};
use domain::accounts::Role;
use domain::api_keys::{KeyEvents, KeyName, KeyPermission, KeyPermissions, KeyState, key_days};
use domain::ids::{ApiKeyId, EventId, OrderId};
use domain::limits::API_KEY_DAYS;
use repository::AsyncPgConnection;
use repository::api_keys::{self as stored, Creation, NewApiKey};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::access::Caller;
use crate::http::client_address::ClientAddress;
use crate::http::extractors::{ApiKeyPath, Json, NoBody, WholeNumber, present};
use crate::http::problems::{NoSession, Problem};
use crate::http::query::Page;
use crate::openapi::formats::{ApiKeyDays, ApiKeyName, ApiKeySecret, Password};
use crate::resources::sign_ins::{known_by_password, own_account};
use crate::state::State;

/// An API key. The key itself is not stored, and cannot be told again.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApiKey)]
struct KeyBody {
    id: ApiKeyId,
    #[schema(value_type = ApiKeyName)]
    name: String,
    /// The beginning of the key.
    #[schema(min_length = 16, max_length = 16)]
    shown: String,
    /// Its permissions.
    #[schema(min_items = 1, max_items = 6)]
    permissions: Vec<KeyPermission>,
    /// The events that it is for, and nothing else. Null: all that the owner may use it for.
    #[schema(required, min_items = 1, max_items = 50)]
    events: Option<Vec<EventId>>,
    created_at: DateTime<Utc>,
    /// When it stops working. Null: when it is revoked.
    #[schema(required)]
    expires_at: Option<DateTime<Utc>>,
    /// When it was last used, to a minute. Null: never.
    #[schema(required)]
    last_used_at: Option<DateTime<Utc>>,
    state: KeyState,
}

impl From<&stored::ApiKey> for KeyBody {
    fn from(key: &stored::ApiKey) -> Self {
        Self {
            id: key.id,
            name: key.name.clone(),
            shown: key.shown.clone(),
            permissions: key.permissions.iter().collect(),
            events: match &key.events {
                KeyEvents::All => None,
                KeyEvents::Chosen(chosen) => Some(chosen.clone()),
            },
            created_at: key.created_at,
            expires_at: key.expires_at,
            last_used_at: key.last_used_at,
            state: KeyState::of(key.expires_at, key.is_current, Utc::now()),
        }
    }
}

/// The caller's keys, the newest first. There are so few that one page has all of them.
pub(crate) async fn list(state: Data<State>, caller: Caller) -> Result<HttpResponse, Problem> {
    let keys = state.pool.run(async |connection| stored::list(connection, caller.user).await).await?;
    Ok(HttpResponse::Ok().json(Page::whole(keys.iter().map(KeyBody::from).collect())))
}

/// An API key that is to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewApiKey)]
pub(crate) struct Wanted {
    #[schema(value_type = ApiKeyName)]
    name: String,
    /// Its permissions, each of which the caller's role must have.
    #[schema(min_items = 1, max_items = 6)]
    permissions: Vec<KeyPermission>,
    /// The events that it is for. Null, or left out: all that the caller may use it for.
    #[schema(min_items = 1, max_items = 50)]
    events: Option<Vec<EventId>>,
    /// The days for which it works. Null: until it is revoked. 90 if left out.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<ApiKeyDays>)]
    expires_in_days: Option<Option<WholeNumber>>,
    #[schema(value_type = Password)]
    current_password: String,
}

/// A new API key, which is told once.
#[derive(Serialize, ToSchema)]
#[schema(as = CreatedApiKey)]
struct CreatedBody {
    #[schema(value_type = ApiKeySecret)]
    key: String,
    api_key: KeyBody,
}

/// Makes a key. It outlives the session that makes it, so the caller proves to know the password.
pub(crate) async fn create(
    state: Data<State>,
    caller: Caller,
    ClientAddress(address): ClientAddress,
    Json(wanted): Json<Wanted>,
) -> Result<HttpResponse, Problem> {
    let Wanted { name, permissions, events, expires_in_days, current_password } = wanted;
    let name = KeyName::parse(&name)?;
    let events = KeyEvents::parse(events)?;
    let days = match expires_in_days {
        None => Some(API_KEY_DAYS),
        Some(days) => days.map(|days| key_days(days.0)).transpose()?,
    };
    let user = own_account(&state, caller).await?;
    let permissions = granted(user.role, &permissions)?;
    let user = known_by_password(&state, address, user, current_password).await?;
    let key = ApiKey::random().map_err(|error| Problem::Internal(error.into()))?;
    let new = NewApiKey {
        id: ApiKeyId::from(Uuid::now_v7()),
        owner: user.id,
        access_version: user.access_version,
        sees_all_events: may(user.role, Permission::RunAnyEvent),
        name,
        digest: key.digest(),
        shown: key.shown().to_owned(),
        permissions,
        events,
        days,
    };
    let create = async |connection: &mut AsyncPgConnection| stored::create(connection, &new).await;
    match state.pool.run(create).await? {
        Creation::Made(made) => {
            let body = CreatedBody { key: key.expose().to_owned(), api_key: KeyBody::from(&made) };
            Ok(HttpResponse::Created().json(body))
        }
        Creation::AccessChanged => Err(Problem::Unauthenticated(NoSession::AccessChanged)),
        Creation::NoSuchEvent(event) => {
            Err(Problem::field("events", format!("must be events that you see, and {event} is none")))
        }
    }
}

/// The set of these permissions, if the role has all of them.
fn granted(role: Role, wanted: &[KeyPermission]) -> Result<KeyPermissions, Problem> {
    let most = KeyPermission::ALL.len();
    if let Some(excess) = wanted.iter().find(|permission| !may_grant(role, **permission)) {
        let reason = format!("must be ones that your role has, and {} is none", excess.as_str());
        return Err(Problem::field("permissions", reason));
    }
    let set = KeyPermissions::of(wanted.iter().copied()).filter(|_| wanted.len() <= most);
    set.ok_or_else(|| Problem::field("permissions", format!("must be 1 to {most} permissions")))
}

/// Ends a key of the caller.
pub(crate) async fn revoke(
    state: Data<State>,
    caller: Caller,
    ApiKeyPath(id): ApiKeyPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let order = OrderId::from(Uuid::now_v7());
    let revoke = async |connection: &mut AsyncPgConnection| stored::revoke(connection, caller.user, id, order).await;
    let digest = state.pool.run(revoke).await.map_err(|error| match error {
        repository::Error::NotFound => Problem::NotFound("API key"),
        error => error.into(),
    })?;
    if let Some(digest) = digest {
        state.api_keys.forget(&digest);
    }
    Ok(HttpResponse::NoContent().finish())
}
