//! An event's slug: the part of its page's address that names it.
//!
//! A slug is some words of the title, and the id in 26 digits of Crockford's base 32. Only the id counts, so that links
//! survive a new title. `static/scripts/server/slugs.js` reads slugs by the same rule.

use uuid::Uuid;

use crate::ids::EventId;
use crate::search::folded;

/// The digits of Crockford's base 32, which leave out letters that look like others.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// The digits of an id: 128 bits, 5 in each.
const CODE_DIGITS: usize = 26;
const BITS_A_DIGIT: u32 = 5;
/// Longer titles are cut at a word. Addresses are read aloud, printed and typed.
const WORDS_CHARACTERS_MAX: usize = 60;

/// The slug of an event with this title.
pub fn slug(title: &str, id: EventId) -> String {
    let mut slug = String::new();
    let folded = folded(title);
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if slug.chars().count() + word.chars().count() > WORDS_CHARACTERS_MAX {
            break;
        }
        slug.push_str(word);
        slug.push('-');
    }
    let number = Uuid::from(id).as_u128();
    for place in (0..u32::try_from(CODE_DIGITS).unwrap_or(0)).rev() {
        let digit = usize::try_from(number >> (place * BITS_A_DIGIT) & 31).unwrap_or(0);
        slug.push(DIGITS.get(digit).copied().map_or('0', char::from));
    }
    slug
}

/// The event that a slug names. A bare id is a slug as well.
pub fn id_of(slug: &str) -> Option<EventId> {
    if let Ok(id) = slug.parse() {
        return Some(id);
    }
    let code = slug.rsplit('-').next().filter(|code| code.len() == CODE_DIGITS)?;
    let mut number = 0_u128;
    for byte in code.bytes() {
        let digit = DIGITS.iter().position(|digit| *digit == byte.to_ascii_lowercase())?;
        // The first of the digits has three bits only.
        number = number.checked_mul(32)?.checked_add(u128::try_from(digit).ok()?)?;
    }
    Some(Uuid::from_u128(number).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01970000-89ab-7cde-8f01-23456789abcd";
    const CODE: &str = "01jw0012dbfkf8y0938nkrkayd";

    #[test]
    fn a_slug_has_the_titles_words_and_the_id() {
        let id: EventId = ID.parse().unwrap();
        for (title, words) in [
            ("Golang Microservices Summit", "golang-microservices-summit-"),
            ("  Café & Bar: 100 % ÉTÉ!", "cafe-bar-100-ete-"),
            ("Straße / İzmir", "strasse-izmir-"),
            ("東京 コンサート", "東京-コンサート-"),
            ("?!", ""),
            (&format!("One {}", "x".repeat(80)), "one-"),
        ] {
            let slug = slug(title, id);
            assert_eq!(slug, format!("{words}{CODE}"));
            assert_eq!(id_of(&slug), Some(id), "{slug}");
        }
    }

    #[test]
    fn only_the_end_of_a_slug_counts() {
        let id: EventId = ID.parse().unwrap();
        for slug in [CODE, ID, &format!("an-old-title-{CODE}"), &CODE.to_uppercase(), &format!("-{CODE}")] {
            assert_eq!(id_of(slug), Some(id), "{slug}");
        }
        for other in
            ["", "summit", &CODE[1..], &format!("{CODE}0"), &format!("8{}", &CODE[1..]), &CODE.replace('j', "u")]
        {
            assert_eq!(id_of(other), None, "{other}");
        }
    }
}
