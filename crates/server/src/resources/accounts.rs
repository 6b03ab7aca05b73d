//! Creating an account, signing in, and the caller's account and password.

pub(crate) mod describe;

use std::time::Instant;

use actix_web::HttpResponse;
use actix_web::web::Data;
use auth::access::may_choose_at_registration;
use auth::passwords::{Hasher, is_same};
use auth::throttle::Limits;
use auth::tokens::sessions_since;
use chrono::{TimeDelta, Utc};
use domain::account_mails::AccountMailKind;
use domain::accounts::{AccountKind, Email, PersonName, PublicContact, Role};
use domain::ids::{OrderId, UserId};
use repository::AsyncPgConnection;
use repository::errors::Conflict;
use repository::own_accounts::ProfileChanges;
use repository::users::{self, NewUser, User};
use repository::{own_accounts, sign_outs};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::access::Caller;
use crate::http::client_address::ClientAddress;
use crate::http::extractors::{Json, NoBody, present};
use crate::http::problems::{NoSession, Problem};
use crate::http::query::{Parameter, Parameters};
use crate::http::schemas::boolean;
use crate::openapi::formats::{
    EmailAddress, NewPassword, OwnRole, Password, PersonName as Name, PublicContact as Contact,
};
use crate::resources::new_passwords::{checked, hash_of_new, not_hashed};
use crate::resources::sign_ins::{
    NOBODYS, UserBody, begin, is_nobodys, known_by_password, own_account, session, settle, verify,
};
use crate::services::access_list::CLOCK_MARGIN;
use crate::services::metrics::SignInFailure;
use crate::state::State;

/// A new account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewAccount)]
pub(crate) struct Registration {
    #[schema(value_type = Name)]
    name: String,
    #[schema(value_type = EmailAddress)]
    email: String,
    #[schema(value_type = NewPassword)]
    password: String,
    /// AUDIENCE if left out.
    #[schema(value_type = Option<OwnRole>)]
    role: Option<Role>,
}

/// Creates an account, for buyers or organizers, and signs its person in: the password is hashed once for both.
pub(crate) async fn register(
    state: Data<State>,
    ClientAddress(address): ClientAddress,
    Json(wanted): Json<Registration>,
) -> Result<HttpResponse, Problem> {
    let role = wanted.role.unwrap_or(Role::Audience);
    if !may_choose_at_registration(role) {
        return Err(Problem::field("role", "must be AUDIENCE or ORGANIZER"));
    }
    let name = PersonName::parse(&wanted.name)?;
    let email = Email::parse(&wanted.email)?;
    if is_nobodys(&email) {
        return Err(Problem::field("email", NOBODYS));
    }
    checked("password", &wanted.password, email.as_str())?;
    let counted = state.sign_ups().begin(email.as_str(), address, Instant::now());
    let counted = counted.map_err(|throttled| Problem::TooManyAccounts {
        limit: state.new_accounts_per_address,
        window_minutes: Limits::default().window.as_secs() / 60,
        retry_after_seconds: throttled.retry_after_seconds,
    })?;
    let hash = move |hasher: &Hasher| hasher.hash(&wanted.password);
    let hashed = state.passwords.run_for_new_account(hash).await;
    // Every new account costs a hash and a row, so the attempt counts unless the server refused to hash.
    match &hashed {
        Ok(_) => state.sign_ups().failed(counted),
        Err(_) => state.sign_ups().undecided(counted),
    }
    let hashed = hashed?;
    let password_hash = hashed.map_err(|error| not_hashed("password", error))?;
    let new = NewUser { id: UserId::from(Uuid::now_v7()), name, email, password_hash, role };
    let made = state
        .pool
        .run(async |connection| {
            // This may be a second try: the first insert may have committed before its connection broke.
            match users::find(connection, new.id).await? {
                Some(user) => Ok(user),
                None => users::insert(connection, &new).await,
            }
        })
        .await;
    match made {
        Ok(user) => {
            // Without it the person asks for another one.
            state.account_mails.try_write(user.id, AccountMailKind::VerifyAddress).await;
            session(&state, HttpResponse::Created(), user)
        }
        Err(repository::Error::Conflict(Conflict::EmailTaken)) => {
            Box::pin(tell_owner(&state, &new.email)).await;
            Err(Problem::EmailTaken)
        }
        Err(error) => Err(error.into()),
    }
}

/// Tells whoever has an account with this address that somebody wanted another one.
async fn tell_owner(state: &State, email: &Email) {
    if !state.account_mails.are_on() {
        return;
    }
    let found = state.pool.run(async |connection| users::find_by_email(connection, email.as_str()).await).await;
    match found {
        Ok(Some(owner)) => state.account_mails.try_write(owner.id, AccountMailKind::AddressTaken).await,
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "could not look up whose address is taken"),
    }
}

/// Credentials for signing in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    /// The account's e-mail address, in upper or lower case.
    email: String,
    #[schema(value_type = Password)]
    password: String,
}

/// Signs in.
pub(crate) async fn login(
    state: Data<State>,
    ClientAddress(address): ClientAddress,
    Json(credentials): Json<Credentials>,
) -> Result<HttpResponse, Problem> {
    let Credentials { email, password } = credentials;
    let attempt = begin(&state, &email, address)?;
    let verified = async {
        let user = match Email::of_account(&email) {
            Some(email) => state.pool.run(async |found| users::find_by_email(found, email.as_str()).await).await?,
            None => None,
        };
        // A simulated buyer has no valid hash, and can never sign in.
        let user = user.filter(|user| user.kind == AccountKind::Person);
        verify(&state, address, user, password).await
    }
    .await;
    let user = settle(&state, attempt, verified)?.ok_or(Problem::WrongCredentials)?;
    if !user.is_active {
        state.metrics.sign_in_failed(SignInFailure::Deactivated);
        return Err(Problem::Unauthenticated(NoSession::Deactivated));
    }
    session(&state, HttpResponse::Ok(), user)
}

/// The caller's account, as it is now.
pub(crate) async fn me(state: Data<State>, caller: Caller) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::Ok().json(UserBody::from(own_account(&state, caller).await?)))
}

/// Changes of the caller's account. Fields that are left out do not change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AccountChanges)]
pub(crate) struct Changes {
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Name, required = false)]
    name: Option<String>,
    /// How the public reaches the caller about the events that they run; it stands on their pages. Null removes it.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Contact>)]
    public_contact: Option<Option<String>>,
}

/// Changes the caller's name and public contact.
pub(crate) async fn change(
    state: Data<State>,
    caller: Caller,
    Json(Changes { name, public_contact }): Json<Changes>,
) -> Result<HttpResponse, Problem> {
    let changes = ProfileChanges {
        name: name.as_deref().map(PersonName::parse).transpose()?,
        public_contact: public_contact
            .map(|contact| contact.as_deref().map(PublicContact::parse).transpose())
            .transpose()?,
    };
    if changes == ProfileChanges::default() {
        return me(state, caller).await;
    }
    let change = async |connection: &mut AsyncPgConnection| {
        own_accounts::change_profile(connection, caller.user, &changes).await
    };
    let user = state.pool.run(change).await?.ok_or(Problem::Unauthenticated(NoSession::AccessChanged))?;
    Ok(HttpResponse::Ok().json(UserBody::from(user)))
}

/// The proof that the caller knows the account's password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Erasure {
    #[schema(value_type = Password)]
    current_password: String,
}

/// Erases the caller's account, and cancels all its bookings.
pub(crate) async fn erase(
    state: Data<State>,
    caller: Caller,
    ClientAddress(address): ClientAddress,
    Json(Erasure { current_password }): Json<Erasure>,
) -> Result<HttpResponse, Problem> {
    let user = own_account(&state, caller).await?;
    let user = known_by_password(&state, address, user, current_password).await?;
    let (order, verified) = (OrderId::from(Uuid::now_v7()), Some(user.access_version));
    let erased = async |connection: &mut AsyncPgConnection| {
        own_accounts::erase(connection, user.id, verified, Some(user.id), order).await
    };
    let access = state.pool.run(erased).await?.ok_or(Problem::Unauthenticated(NoSession::AccessChanged))?;
    state.access_list.note(access);
    state.throttle().forget_account(&user.email);
    state.releases.release(user.id, user.id).await;
    Ok(HttpResponse::NoContent().finish())
}

/// A change of the caller's password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordChange {
    #[schema(value_type = Password)]
    current_password: String,
    #[schema(value_type = NewPassword)]
    new_password: String,
}

/// Changes the caller's password. All earlier tokens become invalid; the answer has a new one.
pub(crate) async fn change_password(
    state: Data<State>,
    caller: Caller,
    ClientAddress(address): ClientAddress,
    Json(change): Json<PasswordChange>,
) -> Result<HttpResponse, Problem> {
    let user = own_account(&state, caller).await?;
    checked("new_password", &change.new_password, &user.email)?;
    let is_unchanged = is_same(&change.new_password, &change.current_password);
    let user = known_by_password(&state, address, user, change.current_password).await?;
    if is_unchanged {
        return Err(Problem::field("new_password", "must not be the old one"));
    }
    let hash = hash_of_new(&state, address, change.new_password, &user.email).await?;
    let (order, verified) = (OrderId::from(Uuid::now_v7()), user.access_version);
    let changed = async |connection: &mut AsyncPgConnection| {
        own_accounts::change_password(connection, user.id, verified, &hash, order).await
    };
    let changed = state.pool.run(changed).await?;
    let access_version = changed.ok_or(Problem::Unauthenticated(NoSession::AccessChanged))?;
    let user = User { access_version, ..user };
    state.access_list.note(user.access());
    session(&state, HttpResponse::Ok(), user)
}

/// Whether to end all sessions of the caller.
pub(crate) const EVERYWHERE: Parameter = Parameter::optional(
    "everywhere",
    "True ends all sessions of the account, also those of other browsers. False, as if left out, ends the token's own.",
    boolean,
);

/// Ends the caller's session, or all of them.
pub(crate) async fn logout(
    state: Data<State>,
    caller: Caller,
    parameters: Parameters,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let is_everywhere = parameters.parsed(EVERYWHERE.name, "must be true or false")?.unwrap_or(false);
    // A token from before sessions had ids cannot be told apart from the others.
    let session = if is_everywhere { None } else { caller.session };
    let lifetime = TimeDelta::from_std(state.tokens.lifetime() + CLOCK_MARGIN).unwrap_or(TimeDelta::MAX);
    let oldest = sessions_since(Utc::now().checked_sub_signed(lifetime).unwrap_or_default());
    let ended = async |connection: &mut AsyncPgConnection| match session {
        Some(session) => sign_outs::end_session(connection, caller.user, session, oldest).await,
        None => sign_outs::end_all_sessions(connection, caller.user).await,
    };
    let change = match state.pool.run(ended).await {
        Err(repository::Error::NotFound) => return Err(Problem::Unauthenticated(NoSession::AccessChanged)),
        change => change?,
    };
    state.access_list.note(change);
    Ok(HttpResponse::NoContent().finish())
}
