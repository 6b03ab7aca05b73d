//! Checks of text that people type.

use thiserror::Error;

/// An invalid field.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{field}: {reason}")]
pub struct InvalidField {
    /// The field's name in the API.
    pub field: &'static str,
    /// What the value must be, for the caller.
    pub reason: String,
}

impl InvalidField {
    /// `field` is invalid for this reason.
    pub fn new(field: &'static str, reason: impl Into<String>) -> Self {
        Self { field, reason: reason.into() }
    }
}

/// Checks and trims one line of text. It must contain a visible character, and at most `characters_max` characters. Control
/// characters, line breaks and invisible characters that reorder the text are refused: a title could look like another one.
pub fn line(field: &'static str, text: &str, characters_max: usize) -> Result<String, InvalidField> {
    let text = text.trim();
    if text.chars().all(is_invisible) {
        return Err(InvalidField::new(field, "must not be empty"));
    }
    bounded(field, text, characters_max, |_| false)
}

/// Checks and trims a text of several lines, as [`line()`] does. Newlines and tabs are allowed, and it may be empty. Line ends
/// become `\n`.
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
    if text.chars().any(|c| (c.is_control() && !allowed(c)) || breaks_or_reorders(c)) {
        return Err(InvalidField::new(field, "must not contain control characters"));
    }
    Ok(text.to_owned())
}

/// Line and paragraph separators, and the controls of Unicode's bidirectional algorithm.
fn breaks_or_reorders(c: char) -> bool {
    matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// Whether a character shows nothing by itself: spaces, joiners, fillers, tags, and combining marks.
pub fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        )
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_bounded() {
        assert_eq!(line("title", "  Jazz night ", 10).unwrap(), "Jazz night");
        assert!(line("title", "Jazz nights", 10).is_err());
        for nothing in [" \t ", "\u{200b}", "\u{2060}\u{feff}", "\u{115f}", "\u{301}\u{302}", "\u{e0041}"] {
            assert!(line("title", nothing, 10).is_err(), "{nothing:?}");
        }
    }

    #[test]
    fn control_and_reordering_characters_are_refused() {
        for text in ["a\0b", "a\nb", "a\u{1b}[31m", "a\u{202e}b", "a\u{2028}b", "a\u{200f}b"] {
            assert!(line("title", text, 100).is_err(), "{text:?}");
        }
        assert_eq!(paragraphs("description", "a\r\nb\tc", 100).unwrap(), "a\nb\tc");
        assert!(paragraphs("description", "a\0b", 100).is_err());
    }
}
