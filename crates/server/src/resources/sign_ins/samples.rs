//! Examples of accounts and sessions for the API's description.

use domain::accounts::Role;
use domain::ids::UserId;

use super::{SessionBody, UserBody};
use crate::http::problems::Problem;
use crate::http::samples::{ALICE, sale};

/// The problems of handlers that verify or hash a password.
pub(crate) fn hashing() -> [Problem; 2] {
    [Problem::TooManyAttempts { retry_after_seconds: 30 }, Problem::Busy { retry_after_seconds: 5 }]
}

/// Alice's account.
pub(crate) fn user() -> UserBody {
    UserBody {
        id: UserId::from(ALICE),
        name: "Alice".to_owned(),
        email: "alice@example.org".to_owned(),
        role: Role::Audience,
        public_contact: None,
        created_at: sale(),
        is_verified: true,
    }
}

/// A session of hers.
pub(crate) fn session() -> SessionBody {
    SessionBody {
        token: "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl".to_owned(),
        token_type: "Bearer",
        expires_in: 43_200,
        user: user(),
    }
}
