//! The members of a crowd: accounts that nobody signs in to, each with a token.

use domain::accounts::{Email, PersonName, Role};
use domain::ids::UserId;
use domain::text::InvalidField;
use repository::AsyncPgConnection;
use repository::users::{self, NewUser};
use uuid::Uuid;

use crate::error::Error;
use crate::target::Target;

/// What no password hashes to.
const NO_PASSWORD: &str = "!";

/// People with tokens.
pub struct People {
    /// Who.
    pub ids: Vec<UserId>,
    /// Each one's token.
    pub tokens: Vec<String>,
}

impl People {
    /// Opens so many accounts, for buyers.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn gather(target: &Target, count: usize) -> Result<Self, Error> {
        let ids = enroll(&mut target.database().await?, count, Role::Audience).await?;
        let tokens = ids.iter().map(|user| target.token(*user, Role::Audience)).collect::<Result<_, _>>()?;
        Ok(Self { ids, tokens })
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The token of one of them, or nothing.
    pub fn token(&self, index: usize) -> &str {
        self.tokens.get(index).map(String::as_str).unwrap_or_default()
    }
}

pub(crate) async fn enroll(connection: &mut AsyncPgConnection, count: usize, role: Role) -> Result<Vec<UserId>, Error> {
    let new: Vec<NewUser> = (0..count).map(|_| new_user(role)).collect::<Result<_, _>>().map_err(not_made)?;
    users::insert_all(connection, &new).await?;
    Ok(new.into_iter().map(|user| user.id).collect())
}

fn new_user(role: Role) -> Result<NewUser, InvalidField> {
    let id = Uuid::now_v7();
    Ok(NewUser {
        id: UserId::from(id),
        name: PersonName::parse("Load Test")?,
        email: Email::parse(&format!("{}@load.invalid", id.simple()))?,
        password_hash: NO_PASSWORD.to_owned(),
        role,
    })
}

fn not_made(invalid: InvalidField) -> Error {
    Error::Failed(format!("a member of the crowd: {invalid}"))
}
