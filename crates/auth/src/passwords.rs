//! Passwords: the rule for new ones, and bcrypt.

use thiserror::Error;

/// Bytes that a new password has at least. Length is the one rule: NIST SP 800-63B, section 3.1.1.2, advises against
/// rules of composition.
pub const PASSWORD_BYTES_MIN: usize = 12;

/// Bytes that a password has at most. bcrypt takes 72, and its terminator is one of them.
pub const PASSWORD_BYTES_MAX: usize = 71;

/// The lowest cost that bcrypt knows.
pub const COST_MIN: u32 = 4;

/// The highest cost in use: one hash takes about two seconds. A stored hash that claims more is never tried, because
/// every further step doubles the time.
pub const COST_MAX: u32 = 15;

/// Why a new password was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WeakPassword {
    /// Fewer than [`PASSWORD_BYTES_MIN`] bytes.
    #[error("must have at least {PASSWORD_BYTES_MIN} bytes")]
    TooShort,
    /// More than [`PASSWORD_BYTES_MAX`] bytes.
    #[error("must have at most {PASSWORD_BYTES_MAX} bytes (letters outside ASCII count for two to four)")]
    TooLong,
    /// A NUL character is in it.
    #[error("must not contain the NUL character")]
    HasNul,
}

/// Why a password could not be hashed.
#[derive(Debug, Error)]
pub enum HashError {
    /// bcrypt would drop a part of it: more than [`PASSWORD_BYTES_MAX`] bytes, or a NUL character.
    #[error("the password has more than {PASSWORD_BYTES_MAX} bytes or a NUL character")]
    NotHashable,
    /// The system gave no random bytes for the salt.
    #[error("bcrypt failed")]
    Bcrypt(#[source] bcrypt::BcryptError),
}

/// A cost outside [`COST_MIN`] to [`COST_MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("bcrypt's cost must be {COST_MIN} to {COST_MAX}, not {0}")]
pub struct CostOutOfRange(pub u32);

/// Checks a password that somebody chooses, at registration or when changing it. Not for signing in: what is stored may
/// be older than the rule.
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

/// Hashes and verifies with bcrypt at one cost. Every call keeps a core busy for the time that the cost asks, whatever
/// the answer; cost 12 takes about a fifth of a second.
#[derive(Debug, Clone)]
pub struct Hasher {
    cost: u32,
    dummy_hash: String,
}

impl Hasher {
    /// A hasher of that cost, [`COST_MIN`] to [`COST_MAX`]; one more doubles the time.
    pub fn new(cost: u32) -> Result<Self, CostOutOfRange> {
        if !(COST_MIN..=COST_MAX).contains(&cost) {
            return Err(CostOutOfRange(cost));
        }
        // A well-formed hash whose digest is all zeros: comparing with it costs what comparing with a real one does.
        Ok(Self { cost, dummy_hash: format!("$2b${cost:02}${}", ".".repeat(53)) })
    }

    /// Hashes a password under a new random salt. Takes shorter ones than [`check_new`] does (the demo accounts'), but
    /// nothing of which bcrypt would drop a part.
    pub fn hash(&self, password: &str) -> Result<String, HashError> {
        if !is_hashable(password) {
            return Err(HashError::NotHashable);
        }
        bcrypt::non_truncating_hash(password, self.cost).map_err(HashError::Bcrypt)
    }

    /// Whether the password is the one that was hashed. A password that cannot have been hashed, and a stored text that
    /// is no bcrypt hash (simulated people have `!`), never verify, after as much work as an unknown account costs.
    pub fn verify(&self, password: &str, stored_hash: &str) -> bool {
        let is_usable = stored_hash
            .parse::<bcrypt::HashParts>()
            .is_ok_and(|parts| (COST_MIN..=COST_MAX).contains(&parts.get_cost()));
        if !is_usable {
            return self.verify_unknown(password);
        }
        if !is_hashable(password) {
            // The same work against the same hash, so that the time does not depend on what was typed.
            let _ = bcrypt::non_truncating_verify("", stored_hash);
            return false;
        }
        bcrypt::non_truncating_verify(password, stored_hash).unwrap_or(false)
    }

    /// What to do when nobody has that address: works as long as [`Hasher::verify`] does for a hash of this cost, and
    /// says no. So the time does not tell who has an account.
    pub fn verify_unknown(&self, password: &str) -> bool {
        let tried = if is_hashable(password) { password } else { "" };
        let _ = bcrypt::non_truncating_verify(tried, &self.dummy_hash);
        false
    }
}

/// bcrypt repeats the password and its terminator to fill 72 bytes. More than 71 would be cut, and one with a NUL
/// inside would equal another password's repetition (`ab` and `ab\0ab`).
fn is_hashable(password: &str) -> bool {
    password.len() <= PASSWORD_BYTES_MAX && !password.contains('\0')
}
