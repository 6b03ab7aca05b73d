//! What people do by links that were sent to them: prove an address, take another one, set a forgotten password.

pub(crate) mod describe;

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::web::Data;
use auth::secrets::AddressSecret;
use domain::account_mails::AccountMailKind;
use domain::accounts::{AccountKind, Email, Role};
use domain::ids::{AccountMailId, OrderId};
use futures_util::FutureExt;
use repository::AsyncPgConnection;
use repository::account_mails;
use repository::users::{self, User};
use serde::Deserialize;
use tokio::time::{Instant, sleep_until};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::access::Caller;
use crate::http::client_address::ClientAddress;
use crate::http::extractors::{Json, NoBody};
use crate::http::problems::Problem;
use crate::openapi::formats::{EmailAddress, LinkSecret, NewPassword, Password};
use crate::resources::new_passwords::hash_of_new;
use crate::resources::sign_ins::{NOBODYS, is_nobodys, known_by_password, own_account};
use crate::services::account_mails::must_be_written;
use crate::state::State;

/// When a request for a reset is answered, from its beginning, whether a mail was written by then or not, so that the
/// time does not tell which addresses have accounts.
const RESET_ANSWERED_AFTER: Duration = Duration::from_millis(400);

/// Sends the caller another link to prove the account's address. Nothing is sent if it is proven.
pub(crate) async fn send_again(
    state: Data<State>,
    caller: Caller,
    ClientAddress(address): ClientAddress,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    state.account_mails.must_be_on()?;
    let user = own_account(&state, caller).await?;
    if user.verified_at.is_none() {
        // Others' requests for mails to the address do not count against its person's own.
        state.account_mails.count(&user.id.to_string(), address)?;
        must_be_written(state.account_mails.write(user.id, None, AccountMailKind::VerifyAddress).await?)?;
    }
    Ok(HttpResponse::Accepted().finish())
}

/// The proof that somebody got a mail.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AddressProof)]
pub(crate) struct Proof {
    #[schema(value_type = LinkSecret)]
    token: String,
}

/// Proves an address by the link that was sent to it: the account's, or the one that it then has. Only the person of
/// the account can do it: anybody can give an address of somebody else, who would then prove it by one press of a
/// button.
pub(crate) async fn verify(
    state: Data<State>,
    caller: Caller,
    Json(Proof { token }): Json<Proof>,
) -> Result<HttpResponse, Problem> {
    let digest = digest_of(&token)?;
    let (order, notice) = (OrderId::from(Uuid::now_v7()), AccountMailId::from(Uuid::now_v7()));
    let kinds = [AccountMailKind::VerifyAddress, AccountMailKind::ChangeAddress];
    let find = async |connection: &mut AsyncPgConnection| account_mails::find(connection, &kinds, &digest, order).await;
    let link = state.pool.run(find).await?.ok_or(Problem::LinkNotValid)?;
    if link.user != Some(caller.user) {
        return Err(Problem::LinkOfAnother);
    }
    let prove = async |connection: &mut AsyncPgConnection| {
        account_mails::prove_address(connection, &digest, order, notice).await
    };
    let user = state.pool.run(prove).await?.ok_or(Problem::LinkNotValid)?;
    state.account_mails.note_verified(user.id);
    Ok(HttpResponse::NoContent().finish())
}

fn digest_of(token: &str) -> Result<account_mails::Digest, Problem> {
    AddressSecret::parse(token).map(|secret| secret.digest()).ok_or(Problem::LinkNotValid)
}

/// An account whose password was forgotten.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForgottenPassword {
    /// The account's e-mail address, in upper or lower case.
    email: String,
}

/// Sends a link to reset the password, if there is such an account. The answer is the same if there is none, and takes
/// the same time.
pub(crate) async fn forget_password(
    state: Data<State>,
    ClientAddress(address): ClientAddress,
    Json(ForgottenPassword { email }): Json<ForgottenPassword>,
) -> Result<HttpResponse, Problem> {
    state.account_mails.must_be_on()?;
    let begun_at = Instant::now();
    state.account_mails.count(&email, address)?;
    // A database that is slower than the answer finishes later, and does not tell either.
    let writing = actix_web::rt::spawn(async move {
        let written = write_reset(&state, &email).await;
        if let Err(error) = &written {
            tracing::warn!(%error, "could not write a link that resets a password");
        }
        written
    });
    sleep_until(begun_at + RESET_ANSWERED_AFTER).await;
    if let Some(written) = writing.now_or_never() {
        written.map_err(|error| Problem::Internal(error.into()))??;
    }
    Ok(HttpResponse::Accepted().finish())
}

async fn write_reset(state: &State, email: &str) -> Result<(), repository::Error> {
    let Some(email) = Email::of_account(email) else { return Ok(()) };
    let found = state.pool.run(async |connection| users::find_by_email(connection, email.as_str()).await).await?;
    // Where the address has had too many, the answer is the same as well.
    // An administrator's address may never have been anybody's: whoever has it must not become one by two requests.
    let may_reset = |user: &User| {
        let is_known = user.role != Role::Admin || user.verified_at.is_some();
        user.is_active && user.kind == AccountKind::Person && is_known
    };
    if let Some(user) = found.filter(may_reset) {
        state.account_mails.write(user.id, None, AccountMailKind::ResetPassword).await?;
    }
    Ok(())
}

/// A new password, in place of a forgotten one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ForgottenPasswordReset)]
pub(crate) struct Reset {
    #[schema(value_type = LinkSecret)]
    token: String,
    #[schema(value_type = NewPassword)]
    new_password: String,
}

/// Sets a new password by a link. All earlier tokens become invalid, and the owner is told by mail.
pub(crate) async fn reset_password(
    state: Data<State>,
    ClientAddress(address): ClientAddress,
    Json(Reset { token, new_password }): Json<Reset>,
) -> Result<HttpResponse, Problem> {
    let digest = digest_of(&token)?;
    let (order, notice) = (OrderId::from(Uuid::now_v7()), AccountMailId::from(Uuid::now_v7()));
    let kinds = [AccountMailKind::ResetPassword];
    // A password that is refused does not use the link up, and a link that does not work costs no hash.
    let find = async |connection: &mut AsyncPgConnection| account_mails::find(connection, &kinds, &digest, order).await;
    let link = state.pool.run(find).await?.ok_or(Problem::LinkNotValid)?;
    let hash = hash_of_new(&state, address, new_password, &link.email).await?;
    let reset = async |connection: &mut AsyncPgConnection| {
        account_mails::reset_password(connection, &digest, &hash, order, notice).await
    };
    let user = state.pool.run(reset).await?.ok_or(Problem::LinkNotValid)?;
    state.access_list.note(user.access());
    state.account_mails.note_verified(user.id);
    state.throttle().forget_account(&user.email);
    Ok(HttpResponse::NoContent().finish())
}

/// Another e-mail address for the caller's account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AddressChange)]
pub(crate) struct AddressChange {
    #[schema(value_type = EmailAddress)]
    email: String,
    #[schema(value_type = Password)]
    current_password: String,
}

/// Sends a link to a new address. The account has that address once the link has been used.
pub(crate) async fn change_address(
    state: Data<State>,
    caller: Caller,
    ClientAddress(address): ClientAddress,
    Json(AddressChange { email, current_password }): Json<AddressChange>,
) -> Result<HttpResponse, Problem> {
    state.account_mails.must_be_on()?;
    let email = Email::parse(&email)?;
    if is_nobodys(&email) {
        return Err(Problem::field("email", NOBODYS));
    }
    let user = own_account(&state, caller).await?;
    let user = known_by_password(&state, address, user, current_password).await?;
    if email.as_str().eq_ignore_ascii_case(&user.email) {
        return Err(Problem::field("email", "must be another one than now"));
    }
    state.account_mails.count(email.as_str(), address)?;
    let taken = state.pool.run(async |connection| users::find_by_email(connection, email.as_str()).await).await?;
    if taken.is_some() {
        return Err(Problem::EmailTaken);
    }
    let written = state.account_mails.write(user.id, Some(&email), AccountMailKind::ChangeAddress).await?;
    must_be_written(written)?;
    Ok(HttpResponse::Accepted().finish())
}
