//! Codes that unlock prices.

use std::fmt;
use std::sync::Arc;

use crate::limits::CODE_CHARACTERS_MAX;
use crate::text::{self, InvalidField};

/// A code that unlocks prices: 1 to [`CODE_CHARACTERS_MAX`] letters, digits, hyphens and underscores. Capital and small
/// letters are the same.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(Arc<str>);

impl Code {
    /// Checks a code, and turns it into capital letters.
    pub fn parse(text: &str) -> Result<Self, InvalidField> {
        let text = text::trimmed(text).to_ascii_uppercase();
        let is_code = (1..=CODE_CHARACTERS_MAX).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if is_code {
            Ok(Self(text.into()))
        } else {
            let must =
                format!("must be 1 to {CODE_CHARACTERS_MAX} letters from A to Z, digits, hyphens or underscores");
            Err(InvalidField::new("code", must))
        }
    }

    /// Its text, in capital letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Logs must not tell codes.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_in_capital_and_small_letters_and_is_not_logged() {
        let code = Code::parse(" early-bird_1 ").unwrap();
        assert_eq!((code.as_str(), format!("{code:?}").as_str()), ("EARLY-BIRD_1", "Code(..)"));
        for text in ["", " ", "a b", "\u{e4}", &"x".repeat(CODE_CHARACTERS_MAX + 1)] {
            assert_eq!(Code::parse(text).unwrap_err().field, "code", "{text:?}");
        }
    }
}
