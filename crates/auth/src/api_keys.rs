//! API keys: secrets with which a person's own programs act for them.
//!
//! A key is [`PREFIX`], 32 random letters and digits, and a checksum. The prefix lets scanners find keys that have
//! leaked. The checksum turns mistyped keys away without the database.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::secrets::{AddressSecret, DIGITS, NoRandomness, SECRET_CHARACTERS};

/// The beginning of every key.
pub const PREFIX: &str = "onsale_live_";

/// Digits of the checksum: as many as 32 bits need.
const CHECKSUM_CHARACTERS: usize = 6;

/// The length of a key, in characters.
pub const KEY_CHARACTERS: usize = PREFIX.len() + SECRET_CHARACTERS + CHECKSUM_CHARACTERS;

/// Characters at the beginning of a key that its owner is shown again: the prefix, which all keys have, and four more.
/// The others are still 167 random bits.
pub const SHOWN_CHARACTERS: usize = PREFIX.len() + 4;

/// Whether an address has something like a key in it, also if its letters are percent-encoded.
pub fn has_key(address: &str) -> bool {
    percent_encoding::percent_decode_str(address).decode_utf8_lossy().contains(PREFIX)
}

/// A key. Its `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(String);

impl ApiKey {
    /// A new key, which nobody else knows.
    pub fn random() -> Result<Self, NoRandomness> {
        let random = format!("{PREFIX}{}", AddressSecret::random()?.expose());
        let checksum = checksum(&random);
        Ok(Self(random + &checksum))
    }

    /// Whether a text is meant to be a key.
    pub fn is_meant(text: &str) -> bool {
        text.starts_with(PREFIX)
    }

    /// The key that somebody sends; `None` if no key looks like that.
    pub fn parse(text: &str) -> Option<Self> {
        let is_key =
            text.len() == KEY_CHARACTERS && text.strip_prefix(PREFIX)?.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let (random, sum) = text.split_at_checked(KEY_CHARACTERS - CHECKSUM_CHARACTERS)?;
        (is_key && sum == checksum(random)).then(|| Self(text.to_owned()))
    }

    /// The key itself, for its owner.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The beginning by which its owner knows it again: [`SHOWN_CHARACTERS`] of it.
    pub fn shown(&self) -> &str {
        self.0.get(..SHOWN_CHARACTERS).unwrap_or(PREFIX)
    }

    /// The stored digest of it. A secret of this many random bits needs no slow hash and no salt.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(..)")
    }
}

/// The CRC-32 of a text, as digits.
fn checksum(text: &str) -> String {
    let mut rest = usize::try_from(crc32fast::hash(text.as_bytes())).unwrap_or(0);
    let mut digits = [b'0'; CHECKSUM_CHARACTERS];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS.get(rest % DIGITS.len()).copied().unwrap_or(b'0');
        rest /= DIGITS.len();
    }
    digits.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test should stop loudly")]

    use super::*;

    #[test]
    fn a_key_is_told_from_a_mistyped_one() {
        let key = ApiKey::random().unwrap();
        let text = key.expose();
        assert_eq!(text.len(), KEY_CHARACTERS);
        assert_eq!(ApiKey::parse(text).unwrap(), key);
        assert_ne!(ApiKey::random().unwrap(), key);
        for at in 0..text.len() {
            let mut mistyped = text.as_bytes().to_vec();
            mistyped[at] = if mistyped[at] == b'a' { b'b' } else { b'a' };
            assert_eq!(ApiKey::parse(std::str::from_utf8(&mistyped).unwrap()), None, "the character {at}");
        }
        for other in ["", PREFIX, &text[1..], &text[..49], &format!("{text}0"), &format!("{PREFIX}{}", "é".repeat(19))]
        {
            assert_eq!(ApiKey::parse(other), None, "{other}");
        }
    }

    #[test]
    fn a_digest_and_the_beginning_do_not_tell_a_key() {
        let key = ApiKey::random().unwrap();
        assert!(!format!("{key:?}").contains(PREFIX));
        assert_eq!(key.digest(), ApiKey::parse(key.expose()).unwrap().digest());
        assert_eq!(key.shown(), &key.expose()[..16]);
    }

    #[test]
    fn a_checksum_is_what_other_programs_make_it() {
        // python3 -c "import zlib; print(zlib.crc32(b'onsale_live_' + b'a' * 32))", in base 62.
        let random = format!("{PREFIX}{}", "a".repeat(SECRET_CHARACTERS));
        assert_eq!(checksum(&random), "4PUBnd");
        assert_eq!(checksum(""), "000000");
    }
}
