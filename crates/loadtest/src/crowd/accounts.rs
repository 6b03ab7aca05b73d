//! Accounts that are written straight to the database, since thousands of sign-ups would take minutes.

use domain::accounts::{Email, PersonName, Role};
use domain::ids::UserId;
use domain::text::InvalidField;
use repository::AsyncPgConnection;
use repository::users::{self, NewUser};
use uuid::Uuid;

use crate::error::Error;

/// No password has this hash.
pub(super) const NO_PASSWORD: &str = "!";

/// Creates `count` accounts of a role, all with this password hash.
///
/// # Errors
/// [`Error::Database`].
pub(super) async fn create(
    connection: &mut AsyncPgConnection,
    count: usize,
    role: Role,
    password_hash: &str,
) -> Result<Vec<NewUser>, Error> {
    let users = (0..count).map(|_| new_user(role, password_hash));
    let users: Vec<NewUser> = users.collect::<Result<_, _>>().map_err(invalid)?;
    users::insert_all(connection, &users).await?;
    Ok(users)
}

/// Creates an organizer's account.
///
/// # Errors
/// [`Error::Database`].
pub(super) async fn create_organizer(connection: &mut AsyncPgConnection) -> Result<UserId, Error> {
    let organizer = new_user(Role::Organizer, NO_PASSWORD).map_err(invalid)?;
    let id = organizer.id;
    users::insert_all(connection, &[organizer]).await?;
    Ok(id)
}

fn new_user(role: Role, password_hash: &str) -> Result<NewUser, InvalidField> {
    let id = Uuid::now_v7();
    Ok(NewUser {
        id: UserId::from(id),
        name: PersonName::parse("Load Test")?,
        email: Email::parse(&format!("{}@load.invalid", id.simple()))?,
        password_hash: password_hash.to_owned(),
        role,
    })
}

fn invalid(field: InvalidField) -> Error {
    Error::Failed(format!("an account of the load test is not valid: {field}"))
}
