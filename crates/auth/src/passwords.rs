//! Passwords: the rules for new ones, and bcrypt.

use std::borrow::Cow;

use thiserror::Error;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The minimum length of a new password in characters. There are no rules of composition: NIST SP 800-63B, section
/// 3.1.1.2, advises against them.
pub const PASSWORD_CHARACTERS_MIN: usize = 12;

/// The maximum length of a password in bytes, and so in characters. bcrypt takes 72, and one of them is the terminator.
pub const PASSWORD_BYTES_MAX: usize = 71;

/// Passwords that everybody tries first, as far as they are long enough, in lower case. A single character that is
/// repeated is not listed.
const COMMON: [&str; 32] = [
    "010203040506",
    "098765432100",
    "0987654321qwerty",
    "111122223333",
    "112233445566",
    "121212121212",
    "123123123123",
    "123412341234",
    "1234567890123",
    "12345678901234567890",
    "1234567890qwerty",
    "123456789012",
    "123456qwerty",
    "1q2w3e4r5t6y",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc",
    "abc123abc123",
    "abcdefghijkl",
    "administrator",
    "asdfghjkl123",
    "changemechangeme",
    "iloveyouforever",
    "letmeinletmein",
    "passw0rd1234",
    "password1234",
    "password12345",
    "password123456",
    "passwordpassword",
    "qwerty123456",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiopasdfghjkl",
];

/// The lowest cost of bcrypt.
pub const COST_MIN: u32 = 4;

/// The highest cost in use: one hash takes about two seconds. A stored hash of a higher cost is never verified, since
/// each step doubles the time.
pub const COST_MAX: u32 = 15;

/// Why a new password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WeakPassword {
    /// Fewer than [`PASSWORD_CHARACTERS_MIN`] characters.
    #[error("must have at least {PASSWORD_CHARACTERS_MIN} characters")]
    TooShort,
    /// More than [`PASSWORD_BYTES_MAX`] bytes.
    #[error("must have at most {PASSWORD_BYTES_MAX} bytes (characters outside ASCII take two to four)")]
    TooLong,
    /// It contains a NUL character.
    #[error("must not contain the NUL character")]
    HasNul,
    /// It is the account's e-mail address.
    #[error("must not be the e-mail address")]
    IsAddress,
    /// It is one of those that everybody tries first.
    #[error("must not be one that many people use")]
    IsCommon,
}

/// Why a password could not be hashed.
#[derive(Debug, Error)]
pub enum HashError {
    /// bcrypt would ignore a part of it: it has more than [`PASSWORD_BYTES_MAX`] bytes, or a NUL character.
    #[error("the password has more than {PASSWORD_BYTES_MAX} bytes or a NUL character")]
    NotHashable,
    /// The system provided no random bytes for the salt.
    #[error("bcrypt failed")]
    Bcrypt(#[source] bcrypt::BcryptError),
}

/// A cost that is not from [`COST_MIN`] to [`COST_MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("bcrypt's cost must be {COST_MIN} to {COST_MAX}, not {0}")]
pub struct CostOutOfRange(pub u32);

/// Checks a new password of the account with that e-mail address, at registration or at a change. Sign-ins are not
/// checked, since stored passwords may be older than the rules.
pub fn check_new(password: &str, email: &str) -> Result<(), WeakPassword> {
    let normalized = normalized(password);
    // Characters are counted as typed, too: the API's description knows no other form.
    if normalized.chars().count() < PASSWORD_CHARACTERS_MIN {
        Err(WeakPassword::TooShort)
    } else if normalized.len() > PASSWORD_BYTES_MAX || password.chars().count() > PASSWORD_BYTES_MAX {
        Err(WeakPassword::TooLong)
    } else if password.contains('\0') {
        Err(WeakPassword::HasNul)
    } else if normalized.to_lowercase() == email.to_lowercase() {
        Err(WeakPassword::IsAddress)
    } else if is_common(&normalized) {
        Err(WeakPassword::IsCommon)
    } else {
        Ok(())
    }
}

/// Whether both are one password, in whichever form they are typed.
pub fn is_same(one: &str, other: &str) -> bool {
    normalized(one) == normalized(other)
}

fn is_common(password: &str) -> bool {
    let first = password.chars().next();
    password.chars().all(|c| Some(c) == first) || COMMON.contains(&password.to_lowercase().as_str())
}

/// The form that is hashed (NFC). Keyboards and systems write the same letter in different forms.
fn normalized(password: &str) -> Cow<'_, str> {
    if is_nfc(password) { Cow::Borrowed(password) } else { Cow::Owned(password.nfc().collect()) }
}

/// Hashes and verifies with bcrypt at one cost. Every call keeps a core busy for the time of that cost, whatever its
/// result: about a fifth of a second at cost 12.
#[derive(Debug, Clone)]
pub struct Hasher {
    cost: u32,
    dummy_hash: String,
}

impl Hasher {
    /// A hasher of a cost from [`COST_MIN`] to [`COST_MAX`]. Each step doubles the time.
    pub fn new(cost: u32) -> Result<Self, CostOutOfRange> {
        if !(COST_MIN..=COST_MAX).contains(&cost) {
            return Err(CostOutOfRange(cost));
        }
        // A well-formed hash with a digest of zeros: verifying it costs as much as verifying a real one.
        Ok(Self { cost, dummy_hash: format!("$2b${cost:02}${}", ".".repeat(53)) })
    }

    /// Hashes a password with a new random salt. It accepts passwords that are too short for [`check_new`], such as
    /// those of the demo accounts.
    ///
    /// # Errors
    /// [`HashError::NotHashable`] if bcrypt would ignore a part of the password, [`HashError::Bcrypt`].
    pub fn hash(&self, password: &str) -> Result<String, HashError> {
        let password = normalized(password);
        if !is_hashable(&password) {
            return Err(HashError::NotHashable);
        }
        bcrypt::non_truncating_hash(password.as_bytes(), self.cost).map_err(HashError::Bcrypt)
    }

    /// Whether the password is the one that was hashed. False for a password that cannot have been hashed, and for a
    /// stored text that is not a bcrypt hash (simulated people have `!`), after as much work as for an unknown account.
    pub fn verify(&self, password: &str, stored_hash: &str) -> bool {
        let is_usable = stored_hash
            .parse::<bcrypt::HashParts>()
            .is_ok_and(|parts| (COST_MIN..=COST_MAX).contains(&parts.get_cost()));
        if is_usable { matches(password, stored_hash) } else { self.verify_unknown(password) }
    }

    /// Stands in for [`Hasher::verify`] if there is no such account: it takes as long as for a hash of this cost and
    /// returns false. So the time does not reveal who has an account.
    pub fn verify_unknown(&self, password: &str) -> bool {
        let _ = matches(password, &self.dummy_hash);
        false
    }
}

/// Whether the hash is that of the password, as it is hashed today or as it was typed: hashes from before passwords
/// were normalized are of what was typed then.
fn matches(password: &str, hash: &str) -> bool {
    match normalized(password) {
        Cow::Borrowed(password) => compare_hashable(password, hash),
        Cow::Owned(normalized) => compare_hashable(&normalized, hash) || compare_hashable(password, hash),
    }
}

/// False for a password that cannot have been hashed. The work with the hash is the same, so that the time does not
/// depend on the password.
fn compare_hashable(password: &str, hash: &str) -> bool {
    let is_hashable = is_hashable(password);
    let is_equal = compare(if is_hashable { password } else { "" }, hash);
    is_hashable && is_equal
}

/// The only comparison of passwords. The cost of the hash alone decides how much work it is.
fn compare(password: &str, hash: &str) -> bool {
    let compared = bcrypt::non_truncating_verify(password, hash);
    #[cfg(test)]
    tests::count(hash, &compared);
    compared.unwrap_or(false)
}

/// bcrypt repeats the password and its terminator to fill 72 bytes. A password of more than 71 would be cut, and one
/// with a NUL would equal another password's repetition (`ab` and `ab\0ab`).
fn is_hashable(password: &str) -> bool {
    password.len() <= PASSWORD_BYTES_MAX && !password.contains('\0')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop loudly")]

    use std::cell::RefCell;

    use bcrypt::{BcryptResult, HashParts};

    use super::*;

    thread_local! {
        /// The cost of each comparison on this thread. A comparison that bcrypt refuses does no work and is not in it.
        static COSTS: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
    }

    pub(super) fn count(hash: &str, compared: &BcryptResult<bool>) {
        if compared.is_ok() {
            COSTS.with_borrow_mut(|costs| costs.push(hash.parse::<HashParts>().unwrap().get_cost()));
        }
    }

    #[test]
    fn the_work_does_not_tell_who_has_an_account() {
        const COST: u32 = 6;
        let hasher = Hasher::new(COST).unwrap();
        let hash = hasher.hash("correct horse").unwrap();
        let long = "x".repeat(200);
        let kinds: [(&str, &dyn Fn() -> bool); 6] = [
            ("right", &|| hasher.verify("correct horse", &hash)),
            ("wrong", &|| hasher.verify("battery staple", &hash)),
            ("unknown", &|| hasher.verify_unknown("correct horse")),
            ("too long", &|| hasher.verify(&long, &hash)),
            ("too long and unknown", &|| hasher.verify_unknown(&long)),
            ("simulated", &|| hasher.verify("correct horse", "!")),
        ];
        for (what, verify) in kinds {
            let is_right = verify();
            assert_eq!((is_right, COSTS.take()), (what == "right", vec![COST]), "{what}");
        }
        // Text in two forms is compared in both, whoever has an account.
        let kinds: [(&str, &dyn Fn() -> bool); 3] = [
            ("wrong", &|| hasher.verify("cafe\u{301} staple", &hash)),
            ("unknown", &|| hasher.verify_unknown("cafe\u{301} staple")),
            ("simulated", &|| hasher.verify("cafe\u{301} staple", "!")),
        ];
        for (what, verify) in kinds {
            assert_eq!((verify(), COSTS.take()), (false, vec![COST, COST]), "{what}");
        }
    }
}
