//! Passwords: the rules for new ones, and bcrypt.

use thiserror::Error;

/// The minimum length of a new password in bytes. There are no rules of composition: NIST SP 800-63B, section 3.1.1.2,
/// advises against them.
pub const PASSWORD_BYTES_MIN: usize = 12;

/// The maximum length of a password in bytes. bcrypt takes 72, and one of them is the terminator.
pub const PASSWORD_BYTES_MAX: usize = 71;

/// The lowest cost of bcrypt.
pub const COST_MIN: u32 = 4;

/// The highest cost in use: one hash takes about two seconds. A stored hash of a higher cost is never verified, since each
/// step doubles the time.
pub const COST_MAX: u32 = 15;

/// Why a new password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WeakPassword {
    /// Fewer than [`PASSWORD_BYTES_MIN`] bytes.
    #[error("must have at least {PASSWORD_BYTES_MIN} bytes")]
    TooShort,
    /// More than [`PASSWORD_BYTES_MAX`] bytes.
    #[error("must have at most {PASSWORD_BYTES_MAX} bytes (characters outside ASCII take two to four)")]
    TooLong,
    /// It contains a NUL character.
    #[error("must not contain the NUL character")]
    HasNul,
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

/// Checks a new password, at registration or at a change. Sign-ins are not checked, since stored passwords may be older
/// than the rules.
pub fn check_new(password: &str) -> Result<(), WeakPassword> {
    if password.len() < PASSWORD_BYTES_MIN {
        Err(WeakPassword::TooShort)
    } else if password.len() > PASSWORD_BYTES_MAX {
        Err(WeakPassword::TooLong)
    } else if password.contains('\0') {
        Err(WeakPassword::HasNul)
    } else {
        Ok(())
    }
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

    /// Hashes a password with a new random salt. It accepts passwords that are too short for [`check_new`], such as those
    /// of the demo accounts.
    ///
    /// # Errors
    /// [`HashError::NotHashable`] if bcrypt would ignore a part of the password, [`HashError::Bcrypt`].
    pub fn hash(&self, password: &str) -> Result<String, HashError> {
        if !is_hashable(password) {
            return Err(HashError::NotHashable);
        }
        bcrypt::non_truncating_hash(password, self.cost).map_err(HashError::Bcrypt)
    }

    /// Whether the password is the one that was hashed. False for a password that cannot have been hashed, and for a stored
    /// text that is not a bcrypt hash (simulated people have `!`), after as much work as for an unknown account.
    pub fn verify(&self, password: &str, stored_hash: &str) -> bool {
        let is_usable = stored_hash
            .parse::<bcrypt::HashParts>()
            .is_ok_and(|parts| (COST_MIN..=COST_MAX).contains(&parts.get_cost()));
        if !is_usable {
            return self.verify_unknown(password);
        }
        if !is_hashable(password) {
            // The same work with the same hash, so that the time does not depend on the password.
            let _ = compare("", stored_hash);
            return false;
        }
        compare(password, stored_hash)
    }

    /// Stands in for [`Hasher::verify`] if there is no such account: it takes as long as for a hash of this cost and returns
    /// false. So the time does not reveal who has an account.
    pub fn verify_unknown(&self, password: &str) -> bool {
        let tried = if is_hashable(password) { password } else { "" };
        let _ = compare(tried, &self.dummy_hash);
        false
    }
}

/// The only comparison of passwords. The cost of the hash alone decides how much work it is.
fn compare(password: &str, hash: &str) -> bool {
    let compared = bcrypt::non_truncating_verify(password, hash);
    #[cfg(test)]
    tests::count(hash, &compared);
    compared.unwrap_or(false)
}

/// bcrypt repeats the password and its terminator to fill 72 bytes. A password of more than 71 would be cut, and one with a
/// NUL would equal another password's repetition (`ab` and `ab\0ab`).
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
    }
}
