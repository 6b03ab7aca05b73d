//! Checks of text that people type.

use std::borrow::Cow;

use thiserror::Error;
use unicode_normalization::{UnicodeNormalization, is_nfc};

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

/// Characters of the text before a refused one that the reason quotes, so that people find it.
const QUOTED_CHARACTERS: usize = 20;

/// The text without white space and invisible characters at its ends, which are pasted along with it. Combining marks,
/// variation selectors and tags stay, because they belong to the character before them.
///
/// `static/scripts/words/text.js` trims the same characters. A test compares both.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(is_loose)
}

/// Whether a character shows nothing at the ends of a text, and is dropped there.
pub fn is_loose(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{180e}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
        )
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
}

/// The text in Unicode's composed form (NFC), in which equal letters have equal characters, however they were typed.
/// Keyboards and file systems differ in it.
///
/// `static/scripts/words/text.js` composes typed text the same way. A test compares both.
pub fn composed(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Whether a text that is typed now is the `stored` one: itself, or the same letters in another composition. Texts from
/// before they were composed stay as they are.
pub fn is_same(stored: &str, typed: &str) -> bool {
    stored == typed || composed(stored) == composed(trimmed(typed))
}

/// Checks, trims and composes one line of text. It must contain a visible character, and at most `characters_max`
/// characters. Control characters, line breaks and invisible characters that reorder the text are refused: a title
/// could look like another one.
pub fn line(field: &'static str, text: &str, characters_max: usize) -> Result<String, InvalidField> {
    let text = composed(trimmed(text));
    if text.chars().all(is_invisible) {
        return Err(InvalidField::new(field, "must not be empty"));
    }
    bounded(field, text, characters_max, |_| false)
}

/// Checks, trims and composes a text of several lines, as [`line()`] does. Newlines and tabs are allowed, and it may be
/// empty. Line ends become `\n`.
pub fn paragraphs(field: &'static str, text: &str, characters_max: usize) -> Result<String, InvalidField> {
    let text = text.replace("\r\n", "\n");
    bounded(field, composed(trimmed(&text)), characters_max, |c| c == '\n' || c == '\t')
}

fn bounded(
    field: &'static str,
    text: Cow<'_, str>,
    characters_max: usize,
    allowed: impl Fn(char) -> bool,
) -> Result<String, InvalidField> {
    if text.chars().count() > characters_max {
        return Err(InvalidField::new(field, format!("must have at most {characters_max} characters")));
    }
    match text.char_indices().find(|(_, c)| is_refused_within(*c) && !allowed(*c)) {
        Some((at, refused)) => Err(InvalidField::new(field, format!("has {}", stray(&text, at, refused)))),
        None => Ok(text.into_owned()),
    }
}

/// Whether a character is refused within a line of text: control characters, line and paragraph separators, and the
/// controls of Unicode's bidirectional algorithm.
///
/// `static/scripts/words/text.js` names the same characters. A test compares both.
pub fn is_refused_within(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// A character that people cannot see, at that index of the text, in words: its name and what stands before it.
pub(crate) fn stray(text: &str, at: usize, c: char) -> String {
    let what = match c {
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => "a line break".to_owned(),
        '\t' => "a tab".to_owned(),
        ' ' => "a space".to_owned(),
        _ => format!("an invisible character U+{:04X}", u32::from(c)),
    };
    let before = text.get(..at).unwrap_or_default();
    let of_line: Vec<char> = before.trim_end().chars().rev().take_while(|c| !is_refused_within(*c)).collect();
    let quoted: String = of_line.iter().take(QUOTED_CHARACTERS).rev().collect();
    match trimmed(&quoted) {
        "" if before.is_empty() => format!("{what} at the beginning"),
        "" => what,
        quoted => format!("{what} after {quoted}"),
    }
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
    fn invisible_characters_at_the_ends_are_dropped() {
        for pasted in ["\u{feff}Dana", "Dana\u{200e}", "\u{202a}Dana\u{202c}", "\u{a0}\u{200b} Dana\u{2060}\n"] {
            assert_eq!(line("name", pasted, 4).unwrap(), "Dana", "{pasted:?}");
            assert_eq!(paragraphs("description", pasted, 4).unwrap(), "Dana", "{pasted:?}");
        }
        // These belong to the character before them.
        for whole in ["Rene\u{325}", "\u{2764}\u{fe0f}", "\u{1f3f4}\u{e0067}\u{e007f}"] {
            assert_eq!(line("name", whole, 100).unwrap(), whole);
        }
    }

    #[test]
    fn a_text_is_composed_before_its_characters_are_counted() {
        for typed in ["Zoe\u{308}", "Zo\u{eb}"] {
            assert_eq!(line("name", typed, 3).unwrap(), "Zo\u{eb}");
            assert_eq!(paragraphs("description", typed, 3).unwrap(), "Zo\u{eb}");
        }
        // Unicode has no composed form of this letter, which takes two characters.
        assert_eq!(line("name", "\u{958}", 2).unwrap(), "\u{915}\u{93c}");
        assert!(line("name", "\u{958}", 1).is_err());
    }

    #[test]
    fn a_text_is_the_same_in_every_composition() {
        let (apart, together) = ("Cafe\u{301}", "Caf\u{e9}");
        for (stored, typed) in [(apart, together), (together, apart), (apart, apart), (apart, " Caf\u{e9}\u{200b}")] {
            assert!(is_same(stored, typed), "{stored:?} {typed:?}");
        }
        // These can be mended.
        for (stored, typed) in [(apart, "Cafe"), (together, "caf\u{e9}"), ("Caf\u{e9} ", together)] {
            assert!(!is_same(stored, typed), "{stored:?} {typed:?}");
        }
        assert!(is_same("x ", "x "));
    }

    #[test]
    fn an_invisible_character_within_a_text_is_named_with_its_place() {
        for (text, reason) in [
            ("Dana\u{200e}Scully", "has an invisible character U+200E after Dana"),
            ("Dana \u{202e}Scully", "has an invisible character U+202E after Dana"),
            ("\0Dana", "has an invisible character U+0000 at the beginning"),
            ("Dana\nScully", "has a line break after Dana"),
            ("Dana\tScully", "has a tab after Dana"),
            ("The long and winding road\u{1b}", "has an invisible character U+001B after ong and winding road"),
            ("a\u{202e}\u{200f}b", "has an invisible character U+202E after a"),
        ] {
            assert_eq!(line("name", text, 100).unwrap_err().reason, reason, "{text:?}");
        }
        let reason = paragraphs("description", "first\nDana\u{200f}c", 100).unwrap_err().reason;
        assert_eq!(reason, "has an invisible character U+200F after Dana");
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
