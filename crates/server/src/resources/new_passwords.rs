//! Passwords that people choose: checked and hashed.

use std::net::IpAddr;

use auth::passwords::{HashError, check_new};

use crate::http::problems::Problem;
use crate::state::State;

/// The hash of the field `new_password`, if it is good enough for the account with that e-mail address.
pub(crate) async fn hash_of_new(
    state: &State,
    address: IpAddr,
    password: String,
    email: &str,
) -> Result<String, Problem> {
    checked("new_password", &password, email)?;
    let hashed = state.passwords.run(address, move |hasher| hasher.hash(&password)).await?;
    hashed.map_err(|error| not_hashed("new_password", error))
}

/// Refuses a password that the account with that e-mail address may not have.
pub(crate) fn checked(field: &'static str, password: &str, email: &str) -> Result<(), Problem> {
    check_new(password, email).map_err(|weak| Problem::field(field, weak.to_string()))
}

/// The problem of a password that was not hashed.
pub(crate) fn not_hashed(field: &'static str, error: HashError) -> Problem {
    match error {
        HashError::NotHashable => Problem::field(field, error.to_string()),
        HashError::Bcrypt(_) => Problem::Internal(error.into()),
    }
}
