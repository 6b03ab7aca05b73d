//! The secrets that sign webhooks, and the signatures (Standard Webhooks 1.0.0).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use thiserror::Error;

/// The beginning of every secret, by which people and scanners know it.
const PREFIX: &str = "whsec_";

/// The random bytes of a new secret.
const SECRET_BYTES: usize = 32;

/// The operating system has no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the operating system gives no random bytes: {0}")]
pub struct NoRandomness(getrandom::Error);

/// A secret is not one: a bug, or somebody edited the tables by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the endpoint's secret is not valid")]
pub struct InvalidSecret;

/// A secret that its endpoint knows, too. Its `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new secret, which nobody else knows.
    pub fn random() -> Result<Self, NoRandomness> {
        let mut bytes = [0; SECRET_BYTES];
        getrandom::fill(&mut bytes).map_err(NoRandomness)?;
        Ok(Self(format!("{PREFIX}{}", STANDARD.encode(bytes))))
    }

    /// The text of it, for its owner and for the database.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// The value of `webhook-signature`: one signature for each of the secrets over the id, the time in seconds since 1970,
/// and the exact bytes of the body. Receivers take it if one of them is right.
pub fn signatures(secrets: &[String], id: &str, timestamp: i64, body: &[u8]) -> Result<String, InvalidSecret> {
    let sign = |secret: &String| {
        let encoded = secret.strip_prefix(PREFIX).ok_or(InvalidSecret)?;
        let key = STANDARD.decode(encoded).map_err(|_| InvalidSecret)?;
        let mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| InvalidSecret)?;
        let mac = mac.chain_update(format!("{id}.{timestamp}.")).chain_update(body);
        Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
    };
    Ok(secrets.iter().map(sign).collect::<Result<Vec<_>, _>>()?.join(" "))
}
