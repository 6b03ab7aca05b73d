//! The members of a crowd: accounts with a token each, to which nobody signs in; and some to which people do.

use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use domain::accounts::{Email, PersonName, Role};
use domain::ids::UserId;
use domain::text::InvalidField;
use repository::AsyncPgConnection;
use repository::users::{self, NewUser};
use serde_json::json;
use uuid::Uuid;

use crate::crowd::target::Target;
use crate::error::Error;

/// What no password hashes to.
const NO_PASSWORD: &str = "!";

/// Of all those who sign in.
const PASSWORD: &str = "a crowd that signs in";

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
        let new = enroll(&mut target.database().await?, count, Role::Audience, NO_PASSWORD).await?;
        let mut ids: Vec<UserId> = new.iter().map(|user| user.id).collect();
        // They come in another order than that in which they signed up.
        let order = BuildHasherDefault::<DefaultHasher>::default();
        ids.sort_by_cached_key(|user| order.hash_one(user));
        let tokens = ids.iter().map(|user| target.token(*user, Role::Audience)).collect::<Result<_, _>>()?;
        Ok(Self { ids, tokens })
    }

    /// The first so many of them.
    #[must_use]
    pub fn first(&self, count: usize) -> Self {
        Self {
            ids: self.ids.iter().take(count).copied().collect(),
            tokens: self.tokens.iter().take(count).cloned().collect(),
        }
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

/// Somebody who can sign in.
#[derive(Clone)]
pub struct Account {
    /// The request that does it.
    pub sign_in: Vec<u8>,
}

impl Account {
    /// Opens so many, all with one password. Its hash is one that the server made, so that it is as costly to verify as any
    /// of its users' is.
    ///
    /// # Errors
    /// [`Error::Failed`] if the server opens no account, [`Error::Database`].
    pub async fn open(target: &Target, count: usize) -> Result<Vec<Self>, Error> {
        let mut connection = target.database().await?;
        let model = target.sign_up(PASSWORD).await?;
        let password_hash = match users::find_by_email(&mut connection, &model).await? {
            Some(user) => user.password_hash,
            None => return Err(Error::Failed(format!("there is no account of {model}"))),
        };
        let new = enroll(&mut connection, count, Role::Audience, &password_hash).await?;
        Ok(new.iter().map(|user| Self { sign_in: sign_in(user.email.as_str()) }).collect())
    }
}

/// Opens an organizer's account.
pub(crate) async fn organizer(connection: &mut AsyncPgConnection) -> Result<UserId, Error> {
    let new = enroll(connection, 1, Role::Organizer, NO_PASSWORD).await?;
    new.first().map(|user| user.id).ok_or_else(|| Error::Failed("no organizer was made".to_owned()))
}

fn sign_in(email: &str) -> Vec<u8> {
    let body = json!({ "email": email, "password": PASSWORD }).to_string();
    let head = "POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length";
    format!("{head}: {}\r\n\r\n{body}", body.len()).into_bytes()
}

async fn enroll(
    connection: &mut AsyncPgConnection,
    count: usize,
    role: Role,
    password_hash: &str,
) -> Result<Vec<NewUser>, Error> {
    let new = (0..count).map(|_| new_user(role, password_hash));
    let new: Vec<NewUser> = new.collect::<Result<_, _>>().map_err(not_made)?;
    users::insert_all(connection, &new).await?;
    Ok(new)
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

fn not_made(invalid: InvalidField) -> Error {
    Error::Failed(format!("a member of the crowd: {invalid}"))
}
