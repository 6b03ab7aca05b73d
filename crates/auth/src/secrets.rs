//! Secrets in addresses: whoever knows the address may read what is there, or proves that they got it. They are stored
//! as digests, and cannot be guessed, so that nothing counts failed tries.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest, Sha256};
use thiserror::Error;
use uuid::Uuid;

use crate::tokens::{SECRET_BYTES_MIN, WeakSecret};

/// The characters of a secret: digits and letters, which no program breaks or escapes in an address.
pub(crate) const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The length of a secret, in characters: 190 random bits.
pub const SECRET_CHARACTERS: usize = 32;

/// Random bytes from here on are drawn again, so that every digit is as likely as another.
const FAIR_BYTES: u8 = 248;

/// The operating system has no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the operating system gives no random bytes: {0}")]
pub struct NoRandomness(pub(crate) getrandom::Error);

/// A secret. Its `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct AddressSecret(String);

impl AddressSecret {
    /// A new secret, which nobody else knows.
    pub fn random() -> Result<Self, NoRandomness> {
        let mut secret = String::with_capacity(SECRET_CHARACTERS);
        while secret.len() < SECRET_CHARACTERS {
            let mut bytes = [0; SECRET_CHARACTERS];
            getrandom::fill(&mut bytes).map_err(NoRandomness)?;
            extend(&mut secret, bytes);
        }
        Ok(Self(secret))
    }

    /// The secret that somebody sends; `None` if no secret looks like that.
    pub fn parse(text: &str) -> Option<Self> {
        let is_secret = text.len() == SECRET_CHARACTERS && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_secret.then(|| Self(text.to_owned()))
    }

    /// The secret itself, for its owner.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The stored digest of it. A secret of this many random bits needs no slow hash and no salt.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl fmt::Debug for AddressSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AddressSecret(..)")
    }
}

/// Adds digits to a secret until it is complete, as many as these bytes give.
fn extend(secret: &mut String, bytes: [u8; SECRET_CHARACTERS]) {
    let fair = bytes.into_iter().filter(|byte| *byte < FAIR_BYTES);
    let digits = fair.filter_map(|byte| DIGITS.get(usize::from(byte) % DIGITS.len()));
    secret.extend(digits.take(SECRET_CHARACTERS - secret.len()).map(|digit| char::from(*digit)));
}

/// Makes the secrets of links in mails. The same mail has the same secret each time that it is sent, on every server
/// with this key, so that it need not be stored. Its `Debug` shows nothing.
#[derive(Clone)]
pub struct LinkKey(Hmac<Sha256>);

/// Set these secrets apart from each other, and from all else that is made with the same key.
const LINKS: &[u8] = b"onsale link";
const REFUSALS: &[u8] = b"onsale refusal";

impl LinkKey {
    /// A key made of the servers' secret, of at least [`SECRET_BYTES_MIN`] bytes.
    pub fn new(secret: &[u8]) -> Result<Self, WeakSecret> {
        let weak = WeakSecret(secret.len());
        if secret.len() < SECRET_BYTES_MIN {
            return Err(weak);
        }
        Hmac::new_from_slice(secret).map(Self).map_err(|_| weak)
    }

    /// The secret of the link in the mail with this id.
    pub fn secret_of(&self, mail: Uuid) -> AddressSecret {
        self.made(LINKS, mail)
    }

    /// The secret of the link by which the person of this registration refuses the organizer's announcements.
    pub fn refusal_of(&self, registration: Uuid) -> AddressSecret {
        self.made(REFUSALS, registration)
    }

    fn made(&self, purpose: &[u8], of: Uuid) -> AddressSecret {
        let mut secret = String::with_capacity(SECRET_CHARACTERS);
        let mut round: u8 = 0;
        while secret.len() < SECRET_CHARACTERS {
            let made = self.0.clone().chain_update(purpose).chain_update(of.as_bytes()).chain_update([round]);
            extend(&mut secret, made.finalize().into_bytes().into());
            round = round.wrapping_add(1);
        }
        AddressSecret(secret)
    }
}

impl fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkKey(..)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test should stop loudly")]

    use std::collections::HashSet;

    use super::*;

    #[test]
    fn secrets_differ_and_use_all_digits() {
        let secrets: HashSet<String> =
            (0..1_000).map(|_| AddressSecret::random().unwrap().expose().to_owned()).collect();
        assert_eq!(secrets.len(), 1_000);
        let used: HashSet<u8> = secrets.iter().flat_map(|secret| secret.bytes()).collect();
        assert_eq!(used, DIGITS.iter().copied().collect());
        for secret in &secrets {
            assert_eq!(secret.len(), SECRET_CHARACTERS);
            assert_eq!(AddressSecret::parse(secret).unwrap().expose(), secret);
        }
    }

    #[test]
    fn a_mail_has_one_secret_and_another_mail_or_key_has_another() {
        let key = LinkKey::new(b"a secret that every server of the tests has").unwrap();
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let secret = key.secret_of(one);
        assert_eq!(secret, key.clone().secret_of(one));
        assert!(AddressSecret::parse(secret.expose()).is_some());
        assert_ne!(secret, key.secret_of(other));
        assert_ne!(secret, key.refusal_of(one), "a link is for one thing");
        assert_ne!(secret, LinkKey::new(b"another secret, of somebody else's making").unwrap().secret_of(one));
        let all: HashSet<String> = (0..500).map(|n| key.secret_of(Uuid::from_u128(n)).expose().to_owned()).collect();
        assert_eq!(all.len(), 500);
        assert_eq!(format!("{key:?}"), "LinkKey(..)");
        assert_eq!(LinkKey::new(b"short").unwrap_err(), WeakSecret(5));
    }

    #[test]
    fn other_texts_are_no_secrets() {
        let secret = "a".repeat(SECRET_CHARACTERS);
        assert!(AddressSecret::parse(&secret).is_some());
        let (short, long) = ("a".repeat(SECRET_CHARACTERS - 1), "a".repeat(SECRET_CHARACTERS + 1));
        let (odd, wide) = (format!("{short}-"), "é".repeat(SECRET_CHARACTERS / 2));
        for text in ["", &short, &long, &odd, &wide] {
            assert_eq!(AddressSecret::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_digest_is_the_secrets_and_does_not_show_it() {
        let secret = AddressSecret::random().unwrap();
        assert_eq!(secret.digest(), AddressSecret::parse(secret.expose()).unwrap().digest());
        assert_ne!(secret.digest(), AddressSecret::random().unwrap().digest());
        assert!(!format!("{secret:?}").contains(secret.expose()));
        // echo -n aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | sha256sum
        let known = AddressSecret::parse(&"a".repeat(SECRET_CHARACTERS)).unwrap().digest();
        let hex: String = known.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "3ba3f5f43b92602683c19aee62a20342b084dd5971ddd33808d81a328879a547");
    }
}
