//! The people of a crowd: buyers, who have a token from the start, and accounts that sign in.

use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use domain::accounts::Role;
use domain::ids::UserId;
use repository::users;
use serde_json::json;

use crate::crowd::accounts::{self, NO_PASSWORD};
use crate::crowd::target::Target;
use crate::error::Error;

/// The password of every account that signs in.
const PASSWORD: &str = "a crowd that signs in";

/// Buyers, each with a token.
pub struct People {
    /// Their ids.
    pub ids: Vec<UserId>,
    /// Their tokens, in the order of the ids.
    pub tokens: Vec<String>,
}

impl People {
    /// Creates `count` accounts of buyers.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn create(target: &Target, count: usize) -> Result<Self, Error> {
        let users = accounts::create(&mut target.database().await?, count, Role::Audience, NO_PASSWORD).await?;
        let mut ids: Vec<UserId> = users.iter().map(|user| user.id).collect();
        // People come to a sale in another order than that in which they signed up.
        let order = BuildHasherDefault::<DefaultHasher>::default();
        ids.sort_by_cached_key(|user| order.hash_one(user));
        let tokens = ids.iter().map(|user| target.token(*user, Role::Audience)).collect::<Result<_, _>>()?;
        Ok(Self { ids, tokens })
    }

    /// The first `count` of them.
    #[must_use]
    pub fn first(&self, count: usize) -> Self {
        Self {
            ids: self.ids.iter().take(count).copied().collect(),
            tokens: self.tokens.iter().take(count).cloned().collect(),
        }
    }

    /// The token of one of them; empty if there is no such person.
    pub fn token(&self, index: usize) -> &str {
        self.tokens.get(index).map(String::as_str).unwrap_or_default()
    }
}

/// An account that signs in.
#[derive(Clone)]
pub struct Account {
    /// The HTTP request that signs it in.
    pub sign_in: Vec<u8>,
}

impl Account {
    /// Creates `count` accounts with one password. The server makes its hash, so verifying costs as much as for any
    /// user.
    ///
    /// # Errors
    /// [`Error::Failed`] if the server refuses the sign-up, [`Error::Database`].
    pub async fn create(target: &Target, count: usize) -> Result<Vec<Self>, Error> {
        let mut connection = target.database().await?;
        let email = target.sign_up(PASSWORD).await?;
        let Some(user) = users::find_by_email(&mut connection, &email).await? else {
            return Err(Error::Failed(format!("there is no account of {email}")));
        };
        let users = accounts::create(&mut connection, count, Role::Audience, &user.password_hash).await?;
        Ok(users.iter().map(|user| Self { sign_in: sign_in(user.email.as_str()) }).collect())
    }
}

fn sign_in(email: &str) -> Vec<u8> {
    let body = json!({ "email": email, "password": PASSWORD }).to_string();
    let head = "POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length";
    format!("{head}: {}\r\n\r\n{body}", body.len()).into_bytes()
}
