//! Invitations: an admin invites an organizer by mail.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::web::Data;
use auth::secrets::AddressSecret;
use chrono::{DateTime, Utc};
use domain::account_mails::AccountMailKind;
use domain::accounts::{Email, PersonName, Role};
use domain::ids::{AccountMailId, OrderId, UserId};
use repository::AsyncPgConnection;
use repository::account_mails::{self as stored, Invitation};
use repository::users::NewUser;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::access::Caller;
use crate::http::client_address::ClientAddress;
use crate::http::extractors::{InvitationPath, Json, NoBody};
use crate::http::problems::Problem;
use crate::http::query::{Page, Parameters};
use crate::openapi::formats::{EmailAddress, LinkSecret, NewPassword, PersonName as Name};
use crate::resources::new_passwords::{checked, not_hashed};
use crate::resources::sign_ins::{NOBODYS, is_nobodys, session};
use crate::services::account_mails::must_be_written;
use crate::state::State;

/// An invitation that was not accepted yet.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Invitation)]
struct InvitationBody {
    id: AccountMailId,
    #[schema(value_type = EmailAddress)]
    email: String,
    created_at: DateTime<Utc>,
    /// Until when it can be accepted.
    expires_at: DateTime<Utc>,
    /// Whether the mail server has taken the mail.
    is_sent: bool,
    /// Why the last try to send the mail failed. Null: it did not.
    #[schema(required)]
    last_error: Option<String>,
}

impl From<&Invitation> for InvitationBody {
    fn from(invitation: &Invitation) -> Self {
        let Invitation { id, email, created_at, expires_at, last_error, is_sent } = invitation.clone();
        Self { id, email, created_at, expires_at, is_sent, last_error }
    }
}

/// The invitations that can be accepted, the newest first.
pub(crate) async fn list(state: Data<State>, _: Caller, parameters: Parameters) -> Result<HttpResponse, Problem> {
    let (limit, before) = (parameters.limit()?, parameters.cursor::<AccountMailId>()?);
    let found = state.pool.run(async |connection| stored::invitations(connection, before, limit + 1).await).await?;
    let page = Page::of(found, limit, |one| one.id.to_string(), |one| InvitationBody::from(one));
    Ok(HttpResponse::Ok().json(page))
}

/// Somebody to invite.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewInvitation)]
pub(crate) struct NewInvitation {
    #[schema(value_type = EmailAddress)]
    email: String,
}

/// Invites somebody to run events.
pub(crate) async fn invite(
    state: Data<State>,
    caller: Caller,
    Json(NewInvitation { email }): Json<NewInvitation>,
) -> Result<HttpResponse, Problem> {
    state.account_mails.must_be_on()?;
    let email = Email::parse(&email)?;
    if is_nobodys(&email) {
        return Err(Problem::field("email", NOBODYS));
    }
    let new = state.account_mails.new_mail(AccountMailKind::Invitation);
    let invite = async |connection: &mut AsyncPgConnection| stored::invite(connection, caller.user, &email, &new).await;
    must_be_written(state.pool.run(invite).await?)?;
    Ok(HttpResponse::Accepted().finish())
}

/// Takes an invitation back.
pub(crate) async fn revoke(
    state: Data<State>,
    _: Caller,
    InvitationPath(id): InvitationPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let revoked = state.pool.run(async |connection| stored::revoke(connection, id).await).await;
    revoked.map_err(|error| match error {
        repository::Error::NotFound => Problem::NotFound("invitation"),
        error => error.into(),
    })?;
    Ok(HttpResponse::NoContent().finish())
}

/// The account of somebody who was invited.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = InvitationAcceptance)]
pub(crate) struct Acceptance {
    #[schema(value_type = LinkSecret)]
    token: String,
    #[schema(value_type = Name)]
    name: String,
    #[schema(value_type = NewPassword)]
    password: String,
}

/// Makes an organizer's account by an invitation, and signs its person in.
pub(crate) async fn accept(
    state: Data<State>,
    ClientAddress(address): ClientAddress,
    Json(Acceptance { token, name, password }): Json<Acceptance>,
) -> Result<HttpResponse, Problem> {
    let digest = AddressSecret::parse(&token).map(|secret| secret.digest()).ok_or(Problem::LinkNotValid)?;
    let (order, name) = (OrderId::from(Uuid::now_v7()), PersonName::parse(&name)?);
    let kinds = [AccountMailKind::Invitation];
    let find = async |connection: &mut AsyncPgConnection| stored::find(connection, &kinds, &digest, order).await;
    let link = state.pool.run(find).await?.ok_or(Problem::LinkNotValid)?;
    checked("password", &password, &link.email)?;
    let hashed = state.passwords.run(address, move |hasher| hasher.hash(&password)).await?;
    let password_hash = hashed.map_err(|error| not_hashed("password", error))?;
    let id = UserId::from(Uuid::now_v7());
    let new = NewUser { id, name, email: Email::parse(&link.email)?, password_hash, role: Role::Organizer };
    let accept = async |connection: &mut AsyncPgConnection| stored::accept(connection, &digest, &new, order).await;
    let user = state.pool.run(accept).await?.ok_or(Problem::LinkNotValid)?;
    session(&state, HttpResponse::Created(), user)
}
