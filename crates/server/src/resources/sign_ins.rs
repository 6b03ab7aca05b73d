//! Accounts and sessions as they are sent, and the counted proof that a caller knows a password.

pub(crate) mod samples;

use std::net::IpAddr;
use std::time::Instant;

use actix_web::{HttpResponse, HttpResponseBuilder};
use auth::passwords::Hasher;
use auth::throttle::Attempt;
use auth::tokens::Subject;
use chrono::{DateTime, Utc};
use domain::accounts::{Email, Role};
use domain::ids::UserId;
use repository::users::{self, User};
use secrecy::ExposeSecret as _;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::access::Caller;
use crate::http::problems::{NoSession, Problem};
use crate::openapi::formats::{EmailAddress, PersonName as Name, PublicContact as Contact};
use crate::services::metrics::SignInFailure;
use crate::state::State;

/// A domain that nobody can own (RFC 2606, section 2). Simulated buyers have addresses there.
const NOBODYS_DOMAIN: &str = ".invalid";

/// The reason why such an address is refused.
pub(crate) const NOBODYS: &str = "must be an address that can receive mail";

/// Whether the address is in that domain.
pub(crate) fn is_nobodys(email: &Email) -> bool {
    email.as_str().to_lowercase().ends_with(NOBODYS_DOMAIN)
}

/// A person's account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = User)]
pub(crate) struct UserBody {
    pub(crate) id: UserId,
    #[schema(value_type = Name)]
    pub(crate) name: String,
    #[schema(value_type = EmailAddress)]
    pub(crate) email: String,
    pub(crate) role: Role,
    /// How the public reaches the person about the events that they run. Null: not said.
    #[schema(required, value_type = Option<Contact>)]
    pub(crate) public_contact: Option<String>,
    /// When it was created.
    pub(crate) created_at: DateTime<Utc>,
    /// Whether the person has proven the e-mail address, by a link that was sent to it.
    pub(crate) is_verified: bool,
}

impl From<User> for UserBody {
    fn from(user: User) -> Self {
        let User { id, name, email, role, public_contact, created_at, verified_at, .. } = user;
        Self { id, name, email, role, public_contact, created_at, is_verified: verified_at.is_some() }
    }
}

/// The answer to signing up and to signing in.
#[derive(Serialize, ToSchema)]
#[schema(as = Session)]
pub(crate) struct SessionBody {
    /// Send it as `Authorization: Bearer`.
    pub(crate) token: String,
    /// `Bearer`.
    pub(crate) token_type: &'static str,
    /// Seconds for which the token is valid, if the account does not change.
    #[schema(minimum = 1)]
    pub(crate) expires_in: i64,
    pub(crate) user: UserBody,
}

/// The caller's account, as it is now.
pub(crate) async fn own_account(state: &State, caller: Caller) -> Result<User, Problem> {
    let user = state.pool.run(async |connection| users::find(connection, caller.user).await).await?;
    user.filter(|user| user.is_active).ok_or(Problem::Unauthenticated(NoSession::AccessChanged))
}

/// The account, if `current_password` is its password. Guessing it with a token counts like guessing it at the door.
pub(crate) async fn known_by_password(
    state: &State,
    address: IpAddr,
    user: User,
    current_password: String,
) -> Result<User, Problem> {
    let attempt = begin(state, &user.email, address)?;
    let verified = verify(state, address, Some(user), current_password).await;
    settle(state, attempt, verified)?.ok_or_else(|| Problem::field("current_password", "is wrong"))
}

/// Counts an attempt to sign in, or refuses it.
pub(crate) fn begin(state: &State, account: &str, address: IpAddr) -> Result<Attempt, Problem> {
    let begun = state.throttle().begin(account, address, Instant::now());
    begun.map_err(|throttled| {
        state.metrics.sign_in_failed(SignInFailure::Throttled);
        throttled.into()
    })
}

/// The account, if the password is right. Takes as long without an account, so that the time does not reveal which
/// addresses have one.
pub(crate) async fn verify(
    state: &State,
    address: IpAddr,
    user: Option<User>,
    password: String,
) -> Result<Option<User>, Problem> {
    let verify = move |hasher: &Hasher| match user {
        Some(user) => hasher.verify(&password, &user.password_hash).then_some(user),
        None => {
            hasher.verify_unknown(&password);
            None
        }
    };
    state.passwords.run(address, verify).await
}

/// Counts the attempt by its outcome.
pub(crate) fn settle<T>(
    state: &State,
    attempt: Attempt,
    verified: Result<Option<T>, Problem>,
) -> Result<Option<T>, Problem> {
    let mut throttle = state.throttle();
    match &verified {
        Ok(Some(_)) => throttle.succeeded(attempt),
        Ok(None) => {
            state.metrics.sign_in_failed(SignInFailure::WrongCredentials);
            throttle.failed(attempt);
        }
        Err(_) => throttle.undecided(attempt),
    }
    verified
}

/// An answer that signs the person in.
pub(crate) fn session(state: &State, mut response: HttpResponseBuilder, user: User) -> Result<HttpResponse, Problem> {
    let subject = Subject {
        user: user.id,
        role: user.role,
        access_version: user.access_version,
        is_verified: user.verified_at.is_some(),
    };
    let issued = state.tokens.issue(subject, Utc::now()).map_err(|error| Problem::Internal(error.into()))?;
    Ok(response.json(SessionBody {
        token: issued.token.expose_secret().to_owned(),
        token_type: "Bearer",
        expires_in: issued.expires_in_seconds,
        user: user.into(),
    }))
}
