//! Session tokens: signed statements of who somebody is, so that a request needs no look at the database to know it.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::accounts::Role;
use domain::ids::UserId;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Bytes that a secret has at least: as many as HMAC-SHA-256 puts out (RFC 7518, section 3.2).
pub const SECRET_BYTES_MIN: usize = 32;

/// How far in the future `iat` and `nbf` may lie: servers' clocks differ by a little.
pub const CLOCK_SKEW_SECONDS: i64 = 5;

/// Bytes that a token has at most; ours have about 340. More is refused before anything is decoded.
pub const TOKEN_BYTES_MAX: usize = 1024;

const ISSUER: &str = "onsale";
const AUDIENCE: &str = "onsale";

/// A secret that is too short to sign with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a token secret must have at least {SECRET_BYTES_MIN} bytes, not {0}")]
pub struct WeakSecret(pub usize);

/// Why no token could be signed.
#[derive(Debug, Error)]
#[error("the token could not be signed")]
pub struct IssueError(#[source] jsonwebtoken::errors::Error);

/// Why a token was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TokenError {
    /// It was ours and is too old: sign in again.
    #[error("the token has expired")]
    Expired,
    /// It is not ours, was changed, or is not valid yet.
    #[error("the token is not valid")]
    Invalid,
}

/// What a token says about its bearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// Who it is.
    pub user: UserId,
    /// The role that the account had.
    pub role: Role,
    /// The account's counter of changes to password, role and activity. A token with another one than the account's is
    /// out of date; the caller compares.
    pub access_version: i64,
}

/// A token just made.
#[derive(Clone)]
pub struct IssuedToken {
    /// The token, as it goes into `Authorization: Bearer`.
    pub token: String,
    /// Seconds until it expires.
    pub expires_in_seconds: i64,
}

impl fmt::Debug for IssuedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IssuedToken").field("expires_in_seconds", &self.expires_in_seconds).finish_non_exhaustive()
    }
}

/// A token that was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Who it is.
    pub user: UserId,
    /// The role that the account had when the token was issued.
    pub role: Role,
    /// The account's counter when the token was issued; see [`Subject::access_version`].
    pub access_version: i64,
    /// When it was issued, to the second.
    pub issued_at: DateTime<Utc>,
}

/// Issues and verifies tokens: JWT with HS256, and only that.
#[derive(Clone)]
pub struct Tokens {
    lifetime_seconds: i64,
    header: Header,
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("lifetime_seconds", &self.lifetime_seconds).finish_non_exhaustive()
    }
}

#[derive(Serialize)]
struct IssuedClaims {
    iss: &'static str,
    aud: &'static str,
    sub: UserId,
    role: Role,
    access_version: i64,
    iat: i64,
    nbf: i64,
    exp: i64,
}

#[derive(Deserialize)]
struct ReceivedClaims {
    sub: UserId,
    role: Role,
    access_version: i64,
    iat: i64,
    nbf: i64,
    exp: i64,
}

impl Tokens {
    /// Signs with `secret`, at least [`SECRET_BYTES_MIN`] bytes; tokens live for `lifetime`, in whole seconds.
    pub fn new(secret: &[u8], lifetime: Duration) -> Result<Self, WeakSecret> {
        if secret.len() < SECRET_BYTES_MIN {
            return Err(WeakSecret(secret.len()));
        }
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        // The library would ask the system's clock; `verify` compares with the time that it is given.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        Ok(Self {
            lifetime_seconds: i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX),
            header: Header::new(Algorithm::HS256),
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
            validation,
        })
    }

    /// Makes a token that is valid from `now` for the lifetime.
    pub fn issue(&self, subject: Subject, now: DateTime<Utc>) -> Result<IssuedToken, IssueError> {
        let issued_at = now.timestamp();
        let claims = IssuedClaims {
            iss: ISSUER,
            aud: AUDIENCE,
            sub: subject.user,
            role: subject.role,
            access_version: subject.access_version,
            iat: issued_at,
            nbf: issued_at,
            exp: issued_at.saturating_add(self.lifetime_seconds),
        };
        let token = jsonwebtoken::encode(&self.header, &claims, &self.encoding).map_err(IssueError)?;
        Ok(IssuedToken { token, expires_in_seconds: self.lifetime_seconds })
    }

    /// Reads a token: signed by this secret with HS256, from this issuer for this audience, not from the future (by more
    /// than [`CLOCK_SKEW_SECONDS`]), and before its expiry to the second, with the lifetime that tokens have now if that
    /// is shorter. [`TokenError::Expired`] is said of genuine tokens only.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Session, TokenError> {
        if token.len() > TOKEN_BYTES_MAX {
            return Err(TokenError::Invalid);
        }
        let claims = jsonwebtoken::decode::<ReceivedClaims>(token, &self.decoding, &self.validation)
            .map_err(|_| TokenError::Invalid)?
            .claims;
        let issued_at = DateTime::from_timestamp(claims.iat, 0).ok_or(TokenError::Invalid)?;
        let now = now.timestamp();
        if claims.iat.max(claims.nbf) > now.saturating_add(CLOCK_SKEW_SECONDS) {
            return Err(TokenError::Invalid);
        }
        // Where the lifetime was longer when it was issued, today's counts: accounts that have changed are remembered for
        // as long as that, and no longer.
        if now >= claims.exp.min(claims.iat.saturating_add(self.lifetime_seconds)) {
            return Err(TokenError::Expired);
        }
        Ok(Session { user: claims.sub, role: claims.role, access_version: claims.access_version, issued_at })
    }
}
