//! The rule by which a text is found in others: without regard to case, accents, and the way in which letters are
//! composed.
//!
//! `static/scripts/words/search.js` has the same rule for the page. `page/tests/search.json` holds both to it.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::text::is_loose;

/// A text to search for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchText(String);

impl SearchText {
    /// The text to search for; `None` if nothing is left of it, as of accents alone. Then everything is wanted.
    pub fn of(text: &str) -> Option<Self> {
        let folded = folded(text);
        (!folded.is_empty()).then_some(Self(folded))
    }

    /// Whether it occurs in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        folded(text).contains(&self.0)
    }
}

/// The text as searches compare it. A text and each of its parts are folded alike, so a letter never depends on its
/// place.
///
/// 1. Compatibility decomposition (NFKD): a letter with an accent is the letter and the accent, however it was typed.
///    Full-width letters, ligatures and the like become plain ones.
/// 2. [Accents and invisible characters](is_passed_over) are dropped.
/// 3. Lower case, upper case, and lower case again, letter by letter: `ẞ` and `ß` are `ss`, `ς` and `Σ` are `σ`, `ı`
///    and `İ` are `i`. Lower case alone keeps such pairs apart, and makes another sigma at the end of a word than
///    within.
/// 4. Letters and signs that Unicode does not decompose become those that people type for them.
/// 5. Composition (NFC): the marks that are left belong to their letters, so `か` does not occur in `が`.
/// 6. White space becomes one space, and goes at the ends.
pub fn folded(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            letters.push(c.to_ascii_lowercase());
        } else if let Some(known) = place_of(c).and_then(|place| FOLDED_APART.get(place)) {
            letters.push_str(known);
        } else if is_itself(c) {
            letters.push(c);
        } else {
            return spaced(&folded_in_steps(text));
        }
    }
    spaced(&letters)
}

/// The steps up to the composition.
fn folded_in_steps(text: &str) -> String {
    let letters = text.nfkd().filter(|c| !is_passed_over(*c)).flat_map(char::to_lowercase);
    let letters = letters.flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    let mut typed = String::with_capacity(text.len());
    for c in letters {
        match plain(c) {
            Some(plain) => typed.push_str(plain),
            None => typed.push(c),
        }
    }
    typed.nfc().collect()
}

/// The characters of [`place_of`], each folded by itself. Walks fold thousands of texts, and most consist of these, of
/// ASCII and of characters that [fold to themselves](is_itself): nothing of them is left that composes with another.
static FOLDED_APART: LazyLock<Vec<String>> = LazyLock::new(|| {
    let characters = ('\u{80}'..='\u{6ff}').chain('\u{1e00}'..='\u{206f}');
    characters.map(|c| folded_in_steps(c.encode_utf8(&mut [0; 4]))).collect()
});

/// The place in [`FOLDED_APART`] of a Latin, Greek, Cyrillic, Armenian, Hebrew or Arabic letter, or of a sign.
fn place_of(c: char) -> Option<usize> {
    match usize::try_from(u32::from(c)).ok()? {
        code @ 0x80..=0x6ff => Some(code - 0x80),
        code @ 0x1e00..=0x206f => Some(code - 0x1e00 + 0x680),
        _ => None,
    }
}

/// Whether a character folds to itself: kana, Chinese characters and Korean syllables.
fn is_itself(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fc}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}')
}

/// The text with one space for any white space in it, and none at its ends.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_whitespace() {
            spaced.push(c);
        } else if !spaced.is_empty() && !spaced.ends_with(' ') {
            spaced.push(' ');
        }
    }
    spaced.truncate(spaced.trim_end().len());
    spaced
}

/// Whether searches pass over a character: accents, points and other marks that may be left out, variation selectors,
/// and invisible characters.
///
/// The vowel signs of Indic and Thai scripts and the voice marks of kana are marks, too. They stay, because they make
/// other letters.
pub fn is_passed_over(c: char) -> bool {
    let is_mark = matches!(c,
        // Latin, Greek and Cyrillic.
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20f0}' | '\u{fe20}'..='\u{fe2f}'
        // Hebrew points.
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        // Arabic points, and the sign that lengthens a word.
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}'
        // Variation selectors.
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    is_mark || (is_loose(c) && !c.is_whitespace())
}

/// The letters or signs that people type for a lower-case letter or a sign, where Unicode does not say so.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ł' => "l",
        'ŧ' => "t",
        'ŋ' => "n",
        'ǥ' => "g",
        'ƶ' => "z",
        // Phones type the curved ones, and titles have either.
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2bc}' => "'",
        '\u{201c}'..='\u{201f}' => "\"",
        // NFKD has made a hyphen of the one that does not break.
        '\u{2010}' | '\u{2012}'..='\u{2015}' | '\u{2212}' => "-",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_found(sought: &str, text: &str) -> bool {
        SearchText::of(sought).is_none_or(|sought| sought.is_in(text))
    }

    /// Upper case makes a letter of it that is read, and people leave it out like an accent.
    const IOTA_SUBSCRIPT: char = '\u{345}';

    #[test]
    fn a_letter_is_found_in_upper_and_lower_case_and_in_every_composition() {
        let mut looked_at = 0;
        for c in '\0'..='\u{1ffff}' {
            let upper: String = c.to_uppercase().collect();
            let lower: String = c.to_lowercase().collect();
            let apart: String = c.nfkd().collect();
            let itself = c.to_string();
            let is_alone = upper == itself && lower == itself && apart == itself && !is_passed_over(c);
            if is_alone || c.nfd().any(|part| part == IOTA_SUBSCRIPT) {
                continue;
            }
            looked_at += 1;
            let once = folded(&itself);
            for other in [once.clone(), upper, lower, apart, c.nfc().collect(), c.nfd().collect(), c.nfkc().collect()] {
                assert_eq!(folded(&other), once, "{c:?} and {other:?}");
            }
        }
        assert!(looked_at > 15_000, "{looked_at}");
    }

    #[test]
    fn a_part_of_a_text_is_found_in_it() {
        for (sought, text) in [
            ("οδος", "ΜΟΥΣΙΚΗΣ ΟΔΟΣ"),
            ("μουσικησ", "Μουσικής οδός"),
            ("STRASSE", "Straße"),
            ("traß", "STRASSE"),
            ("cafe", "Un Cafe\u{301}"),
            ("Cafe\u{301}", "un café"),
            ("ann  lee", "Ann\u{a0}Lee"),
            ("", "x"),
            (" \u{301}\u{200b}", "x"),
        ] {
            assert!(is_found(sought, text), "{sought:?} in {text:?}");
        }
        for (sought, text) in [("か", "が"), ("가", "각"), ("कि", "की"), ("a b", "ab"), ("%", "x"), ("_", "x")]
        {
            assert!(!is_found(sought, text), "{sought:?} in {text:?}");
        }
    }

    #[test]
    fn a_character_has_its_place_among_those_that_are_folded_apart() {
        for c in ('\u{80}'..='\u{6ff}').chain('\u{1e00}'..='\u{206f}') {
            let known = place_of(c).and_then(|place| FOLDED_APART.get(place)).unwrap();
            assert_eq!(*known, folded_in_steps(&c.to_string()), "{c:?}");
        }
        for c in ('\0'..=char::MAX).filter(|c| is_itself(*c)) {
            assert_eq!(folded_in_steps(&c.to_string()), c.to_string());
        }
    }

    proptest! {
        #[test]
        fn a_text_of_known_characters_is_folded_as_any_other(
            text in "[\u{0}-\u{6ff}\u{1e00}-\u{206f}\u{3041}-\u{30fc}\u{ac00}-\u{ac20}\u{1100}-\u{11ff}\u{900}-\u{9ff}]{0,12}"
        ) {
            prop_assert_eq!(folded(&text), spaced(&folded_in_steps(&text)));
        }

        #[test]
        fn every_text_is_found_by_itself_in_any_case_and_composition(text in "\\PC{0,20}", around in "\\PC{0,5}") {
            prop_assume!(!text.nfd().any(|c| c == IOTA_SUBSCRIPT));
            let longer = format!("{around} {text} {around}");
            for sought in [text.to_uppercase(), text.to_lowercase(), text.nfc().collect(), text.nfkd().collect()] {
                prop_assert!(is_found(&sought, &longer), "{sought:?} in {longer:?}");
            }
        }
    }
}
