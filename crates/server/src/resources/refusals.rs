//! Refusing an organizer's announcements, by the link in one. Mail programs do it for their people (RFC 8058): a POST
//! to the address is enough, whatever its body.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::web::Data;
use auth::secrets::AddressSecret;
use domain::ids::RegistrationId;
use repository::AsyncPgConnection;
use repository::announcements;

use crate::http::extractors::{EventPath, RegistrationPath, SecretPath};
use crate::http::problems::Problem;
use crate::state::State;

/// Has the link's person get no more announcements of the event.
pub(crate) async fn refuse(
    state: Data<State>,
    EventPath(event): EventPath,
    RegistrationPath(registration): RegistrationPath,
    SecretPath(secret): SecretPath,
) -> Result<HttpResponse, Problem> {
    must_be_of(&state, registration, &secret)?;
    let refuse =
        async |connection: &mut AsyncPgConnection| announcements::refuse(connection, event, registration).await;
    state.pool.run(refuse).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Has that person get them again.
pub(crate) async fn allow(
    state: Data<State>,
    EventPath(event): EventPath,
    RegistrationPath(registration): RegistrationPath,
    SecretPath(secret): SecretPath,
) -> Result<HttpResponse, Problem> {
    must_be_of(&state, registration, &secret)?;
    let allow = async |connection: &mut AsyncPgConnection| announcements::allow(connection, event, registration).await;
    state.pool.run(allow).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn must_be_of(state: &State, registration: RegistrationId, secret: &AddressSecret) -> Result<(), Problem> {
    if state.messages.may_refuse(registration, secret) { Ok(()) } else { Err(Problem::NotFound("address")) }
}
