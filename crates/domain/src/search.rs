//! The rule by which a text is found in others: its words in any order, without regard to case, accents, and the way in
//! which letters are composed. Where a search forgives, a word may have one typing error.
//!
//! `static/scripts/words/search.js` has the same rule for the page, without the typing errors. `page/tests/search.json`
//! holds both to it.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::text::is_loose;

/// A text to search for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchText(Vec<Word>);

/// A word to search for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    folded: String,
    /// Its letters, if a typing error in them is forgiven. Then there are [`FORGIVEN_LETTERS_MIN`] at least.
    forgiven: Option<Vec<char>>,
}

/// The letters of the shortest word in which a typing error is forgiven. Shorter ones resemble too many others.
const FORGIVEN_LETTERS_MIN: usize = 4;

/// The letters of the shortest word with an error that is also found as the beginning of a longer word: `concrt` finds
/// `Concerts`. Shorter ones resemble too many beginnings.
const BEGINNING_LETTERS_MIN: usize = 6;

impl SearchText {
    /// The text to search for; `None` if nothing is left of it, as of accents alone. Then everything is wanted.
    pub fn of(text: &str) -> Option<Self> {
        let words: Vec<Word> = folded(text).split_whitespace().map(Word::of).collect();
        (!words.is_empty()).then_some(Self(words))
    }

    /// Whether each of its words occurs in one of these texts, as a part of a word or as a whole.
    pub fn is_in(&self, texts: &[&str]) -> bool {
        let texts: Vec<String> = texts.iter().map(|text| folded(text)).collect();
        self.0.iter().all(|word| texts.iter().any(|text| word.is_in(text)))
    }

    /// [`Self::is_in`], with typing errors of one letter forgiven: in a word of four letters or more, one may be missing,
    /// too many or wrong, or two neighbours may be swapped. Words with digits or signs must be exact, because another
    /// number is another thing.
    pub fn is_nearly_in(&self, texts: &[&str]) -> bool {
        let texts: Vec<String> = texts.iter().map(|text| folded(text)).collect();
        self.0.iter().all(|word| texts.iter().any(|text| word.is_in(text) || word.is_mistyped_in(text)))
    }
}

impl Word {
    fn of(folded: &str) -> Self {
        let letters: Vec<char> = folded.chars().collect();
        let is_forgiven = letters.len() >= FORGIVEN_LETTERS_MIN && letters.iter().all(|c| c.is_alphabetic());
        Self { folded: folded.to_owned(), forgiven: is_forgiven.then_some(letters) }
    }

    fn is_in(&self, folded: &str) -> bool {
        folded.contains(&self.folded)
    }

    fn is_mistyped_in(&self, folded: &str) -> bool {
        let Some(typed) = self.forgiven.as_deref() else { return false };
        let mut letters = Vec::new();
        folded.split(|c: char| !c.is_alphanumeric()).any(|word| {
            letters.clear();
            letters.extend(word.chars());
            is_one_error_apart(typed, &letters) || is_mistyped_beginning(typed, &letters)
        })
    }
}

/// Whether the word begins with something that is one typing error apart from what was typed.
fn is_mistyped_beginning(typed: &[char], word: &[char]) -> bool {
    let lengths = typed.len() - 1..=typed.len() + 1;
    typed.len() >= BEGINNING_LETTERS_MIN
        && lengths.filter_map(|length| word.get(..length)).any(|beginning| is_one_error_apart(typed, beginning))
}

/// Whether one typing error makes one of these of the other: a letter that is missing, too many or wrong, or two
/// neighbours that are swapped.
fn is_one_error_apart(mut one: &[char], mut other: &[char]) -> bool {
    while let ([a, after_a @ ..], [b, after_b @ ..]) = (one, other)
        && a == b
    {
        (one, other) = (after_a, after_b);
    }
    while let ([before_a @ .., a], [before_b @ .., b]) = (one, other)
        && a == b
    {
        (one, other) = (before_a, before_b);
    }
    match (one, other) {
        ([_], [] | [_]) | ([], [_]) => true,
        ([a, b], [c, d]) => (a, b) == (d, c),
        _ => false,
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
        SearchText::of(sought).is_none_or(|sought| sought.is_in(&[text]))
    }

    fn is_nearly_found(sought: &str, texts: &[&str]) -> bool {
        SearchText::of(sought).is_none_or(|sought| sought.is_nearly_in(texts))
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
            ("night jazz", "Jazz Night"),
            ("jazz ni jazz", "Night of Jazz"),
            ("a b", "ab"),
            ("", "x"),
            (" \u{301}\u{200b}", "x"),
        ] {
            assert!(is_found(sought, text), "{sought:?} in {text:?}");
        }
        for (sought, text) in [("か", "が"), ("가", "각"), ("कि", "की"), ("jazz x", "Jazz"), ("%", "x"), ("_", "x")]
        {
            assert!(!is_found(sought, text), "{sought:?} in {text:?}");
        }
    }

    #[test]
    fn each_word_is_in_one_of_the_texts() {
        let sought = SearchText::of("berlin jazz").unwrap();
        assert!(sought.is_in(&["Jazz Night", "Berlin"]));
        assert!(!sought.is_in(&["Jazz Night", "Hamburg"]));
        assert!(!sought.is_in(&[]));
        assert!(is_nearly_found("brelin jaz", &["Jazz Night", "Berlin"]));
    }

    #[test]
    fn one_typing_error_in_a_word_is_forgiven() {
        for (sought, text) in [
            ("cocert", "A Concert"),
            ("conncert", "A Concert"),
            ("comcert", "A Concert"),
            ("cnocert", "A Concert"),
            ("oncert", "A Concert"),
            ("xconcert", "A Concert"),
            ("concertx", "A Concert"),
            ("jaazz nihgt", "Night of Jazz"),
            ("jzaz", "Jazz-Night"),
            ("hal", "Hall"),
            ("halle", "Hall"),
            ("kölnn", "Jazz in Koln"),
            ("concrt", "Concerts of the season"),
            ("ΜΟΥΣΙΚΥ", "μουσική"),
        ] {
            assert!(is_nearly_found(sought, &[text]), "{sought:?} in {text:?}");
        }
        for (sought, text) in [
            ("cncrt", "A Concert"),
            ("hxl", "Hall"),
            ("rck", "Rock"),
            ("jxzy", "Jazz"),
            ("jzza", "Jazz"),
            ("2031", "2030"),
            ("it's", "Itzs"),
            ("hallo", "Helsinki"),
            ("jazx", "Jazzmen"),
        ] {
            assert!(!is_nearly_found(sought, &[text]), "{sought:?} in {text:?}");
        }
        assert!(!is_found("cocert", "A Concert"), "people are not found by another name");
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

    /// The word with one typing error: `kind` tells which, and `at` where.
    fn mistyped(word: &str, kind: usize, at: usize, letter: char) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        let at = at % letters.len();
        match kind {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, letter),
            2 => letters[at] = letter,
            _ => letters.swap(at, at + 1),
        }
        letters.into_iter().collect()
    }

    proptest! {
        #[test]
        fn a_word_is_found_by_itself_with_any_one_error(
            word in "[a-z]{5,12}", kind in 0..4_usize, at in 0..12_usize, letter in "[a-z]"
        ) {
            // The last letter has no neighbour to its right.
            let at = if kind == 3 { at % (word.len() - 1) } else { at };
            let typed = mistyped(&word, kind, at, letter.chars().next().unwrap());
            prop_assert!(is_nearly_found(&typed, &[&format!("the {word}, again")]), "{typed:?} in {word:?}");
        }

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
