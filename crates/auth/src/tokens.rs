//! Session tokens: signed statements of who somebody is, so that a request is authenticated without the database.

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::accounts::Role;
use domain::ids::{SessionId, UserId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::{NoContext, Timestamp, Uuid};

/// The minimum length of a secret in bytes: the output of HMAC-SHA-256 (RFC 7518, section 3.2).
pub const SECRET_BYTES_MIN: usize = 32;

/// How far in the future `iat` and `nbf` may lie, since servers' clocks differ a little.
pub const CLOCK_SKEW_SECONDS: i64 = 5;

/// The maximum length of a token in bytes; ours have about 400. Longer ones are refused before decoding.
pub const TOKEN_BYTES_MAX: usize = 1024;

const ISSUER: &str = "onsale";
const AUDIENCE: &str = "onsale";

/// A secret that is too short to sign with; holds its length in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a token secret must have at least {SECRET_BYTES_MIN} bytes, not {0}")]
pub struct WeakSecret(pub usize);

/// A token could not be signed.
#[derive(Debug, Error)]
#[error("could not sign the token")]
pub struct IssueError(#[source] jsonwebtoken::errors::Error);

/// Why a token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TokenError {
    /// It is genuine, but too old: sign in again.
    #[error("the token has expired")]
    Expired,
    /// It is not genuine, or not valid yet.
    #[error("the token is not valid")]
    Invalid,
}

/// The claims of a token about its bearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// The account.
    pub user: UserId,
    /// Its role.
    pub role: Role,
    /// The account's counter of changes to password, role and activity. A token is out of date if its counter is not
    /// the account's; the caller compares them.
    pub access_version: i64,
    /// Whether the person has proven the account's e-mail address.
    pub is_verified: bool,
}

/// A new token.
#[derive(Debug, Clone)]
pub struct IssuedToken {
    /// The token, for `Authorization: Bearer`.
    pub token: SecretString,
    /// Seconds until it expires.
    pub expires_in_seconds: i64,
}

/// The contents of a verified token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// The account.
    pub user: UserId,
    /// The role that the account had when the token was issued.
    pub role: Role,
    /// The account's counter when the token was issued; see [`Subject::access_version`].
    pub access_version: i64,
    /// Whether the account's e-mail address was proven when the token was issued. It stays proven.
    pub is_verified: bool,
    /// The session that it stands for. Tokens from before sessions had ids have none.
    pub id: Option<SessionId>,
    /// When the token was issued, to the second.
    pub issued_at: DateTime<Utc>,
}

/// Issues and verifies tokens: JWT with HS256 and no other algorithm. The keys are redacted in `Debug`.
#[derive(Debug, Clone)]
pub struct Tokens {
    lifetime_seconds: i64,
    header: Header,
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

#[derive(Serialize)]
struct IssuedClaims {
    iss: &'static str,
    aud: &'static str,
    jti: SessionId,
    sub: UserId,
    role: Role,
    access_version: i64,
    verified: bool,
    iat: i64,
    nbf: i64,
    exp: i64,
}

#[derive(Deserialize)]
struct ReceivedClaims {
    jti: Option<SessionId>,
    sub: UserId,
    role: Role,
    access_version: i64,
    /// Tokens from before addresses were proven do not say it.
    #[serde(default)]
    verified: bool,
    iat: i64,
    nbf: i64,
    exp: i64,
}

impl Tokens {
    /// Signs with `secret`, of at least [`SECRET_BYTES_MIN`] bytes. Tokens are valid for `lifetime`, in whole seconds.
    pub fn new(secret: &[u8], lifetime: Duration) -> Result<Self, WeakSecret> {
        if secret.len() < SECRET_BYTES_MIN {
            return Err(WeakSecret(secret.len()));
        }
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        // The library would read the system's clock. `verify` compares with the time that it is given.
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

    /// How long tokens are valid.
    pub fn lifetime(&self) -> Duration {
        Duration::from_secs(u64::try_from(self.lifetime_seconds).unwrap_or(0))
    }

    /// Issues a token of a new session that is valid from `now` for the lifetime.
    pub fn issue(&self, subject: Subject, now: DateTime<Utc>) -> Result<IssuedToken, IssueError> {
        let issued_at = now.timestamp();
        let claims = IssuedClaims {
            iss: ISSUER,
            aud: AUDIENCE,
            jti: new_session(now),
            sub: subject.user,
            role: subject.role,
            access_version: subject.access_version,
            verified: subject.is_verified,
            iat: issued_at,
            nbf: issued_at,
            exp: issued_at.saturating_add(self.lifetime_seconds),
        };
        let token = jsonwebtoken::encode(&self.header, &claims, &self.encoding).map_err(IssueError)?;
        Ok(IssuedToken { token: token.into(), expires_in_seconds: self.lifetime_seconds })
    }

    /// Verifies a token: the signature, HS256, the issuer, the audience, the times. It may be from the future by at
    /// most [`CLOCK_SKEW_SECONDS`]. It expires to the second, by its own expiry or by the lifetime that tokens have
    /// now, whichever is earlier.
    ///
    /// # Errors
    /// [`TokenError::Expired`] for genuine tokens only, [`TokenError::Invalid`].
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
        // The lifetime may have been longer when the token was issued. Today's counts, since changed accounts are
        // remembered no longer than that.
        if now >= claims.exp.min(claims.iat.saturating_add(self.lifetime_seconds)) {
            return Err(TokenError::Expired);
        }
        let ReceivedClaims { sub: user, role, access_version, verified: is_verified, jti: id, .. } = claims;
        Ok(Session { user, role, access_version, is_verified, id, issued_at })
    }
}

/// The id of a session that begins now. Ids are in the order of their times.
fn new_session(now: DateTime<Utc>) -> SessionId {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos())).into()
}

/// A bound below the ids of all sessions that began at that time or later.
pub fn sessions_since(time: DateTime<Utc>) -> SessionId {
    let milliseconds = u128::try_from(time.timestamp_millis()).unwrap_or(0);
    // The first 48 bits of a UUID of version 7 are its time (RFC 9562, section 5.7).
    Uuid::from_u128(milliseconds << 80).into()
}
