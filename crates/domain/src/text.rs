//! Text that people type, checked once where it comes in.

use thiserror::Error;

/// Why a field was refused. `field` is the name that the caller used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{field}: {reason}")]
pub struct InvalidField {
    /// The field, as callers name it.
    pub field: &'static str,
    /// What is wrong with it, as a sentence for the caller.
    pub reason: String,
}

impl InvalidField {
    /// The field `field` cannot be taken, because of `reason`.
    pub fn new(field: &'static str, reason: impl Into<String>) -> Self {
        Self { field, reason: reason.into() }
    }
}

/// One line of text: trimmed, not empty, at most `characters_max` characters, without control characters or the invisible
/// ones that reorder what is shown (U+202A to U+202E, U+2066 to U+2069), which would let a title lie about itself.
pub fn line(field: &'static str, text: &str, characters_max: usize) -> Result<String, InvalidField> {
    let text = text.trim();
    if text.is_empty() {
        return Err(InvalidField::new(field, "must not be empty"));
    }
    bounded(field, text, characters_max, |_| false)
}

/// Text of several lines: like [`line`], but newlines and tabs are allowed, and it may be empty. Line ends become `\n`.
pub fn paragraphs(field: &'static str, text: &str, characters_max: usize) -> Result<String, InvalidField> {
    let text = text.replace("\r\n", "\n");
    bounded(field, text.trim(), characters_max, |c| c == '\n' || c == '\t')
}

fn bounded(
    field: &'static str,
    text: &str,
    characters_max: usize,
    allowed: impl Fn(char) -> bool,
) -> Result<String, InvalidField> {
    if text.chars().count() > characters_max {
        return Err(InvalidField::new(field, format!("must have at most {characters_max} characters")));
    }
    let reorders = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.chars().any(|c| (c.is_control() && !allowed(c)) || reorders(c)) {
        return Err(InvalidField::new(field, "must not contain control characters"));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_bounded() {
        assert_eq!(line("title", "  Jazz night ", 10).unwrap(), "Jazz night");
        assert!(line("title", "Jazz nights", 10).is_err());
        assert!(line("title", " \t ", 10).is_err());
    }

    #[test]
    fn control_and_reordering_characters_are_refused() {
        for text in ["a\0b", "a\nb", "a\u{1b}[31m", "a\u{202e}b"] {
            assert!(line("title", text, 100).is_err(), "{text:?}");
        }
        assert_eq!(paragraphs("description", "a\r\nb\tc", 100).unwrap(), "a\nb\tc");
        assert!(paragraphs("description", "a\0b", 100).is_err());
    }
}
