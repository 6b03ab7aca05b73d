//! Codes of tickets: a gate scans them, and people can type them.
//!
//! A code follows from its event's key, its registration and its seat, so that nothing is stored for it. It tells
//! nothing of them. It has 75 bits that cannot be guessed, and a symbol that tells a mistyped code from an unknown one.
//! Gates keep the digests of all codes of an event. A thief of 50,000 digests needs some 2^59 hashes for one code.

use std::fmt;
use std::str::FromStr;

use domain::ids::{EventId, RegistrationId};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest, Sha256};
use thiserror::Error;
use uuid::Uuid;

use crate::secrets::NoRandomness;

/// The symbols of a code, with the last one, which checks the others.
pub const CODE_SYMBOLS: usize = 16;

/// Symbols of a group, as a code is written.
const GROUP_SYMBOLS: usize = 4;

/// The symbols, without letters that look like another (Crockford's base 32, <https://www.crockford.com/base32.html>).
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Their number.
const BASE: u8 = 32;

/// Symbols of the tag of an event.
const TAG_SYMBOLS: usize = 3;

/// The mark between a code and the tag of its event.
const TAG_MARK: char = '.';

/// The length of a key, in bytes.
const KEY_BYTES: usize = 32;

/// The length of a digest, in bytes. By chance, two of a hundred thousand codes have the same one in 2^94 events.
pub const DIGEST_BYTES: usize = 16;

/// The key that the codes of one event are made with. With another one, all of them are others. Its `Debug` does not
/// show it.
#[derive(Clone, PartialEq, Eq)]
pub struct TicketKey([u8; KEY_BYTES]);

impl TicketKey {
    /// A new key, which nobody else knows.
    pub fn random() -> Result<Self, NoRandomness> {
        let mut bytes = [0; KEY_BYTES];
        getrandom::fill(&mut bytes).map_err(NoRandomness)?;
        Ok(Self(bytes))
    }

    /// The key that was stored.
    pub fn stored(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes)
    }

    /// The key itself, to be stored.
    pub fn expose(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    /// The code of a seat of a registration. Seats are counted from 1.
    pub fn code(&self, registration: RegistrationId, seat: i16) -> TicketCode {
        // An HMAC takes a key of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return TicketCode([0; CODE_SYMBOLS]) };
        mac.update(Uuid::from(registration).as_bytes());
        mac.update(&seat.to_be_bytes());
        let mut symbols = [0; CODE_SYMBOLS];
        // One byte has more bits than a symbol needs, and 32 divides 256: each symbol is as likely as another.
        for (symbol, byte) in symbols.iter_mut().zip(mac.finalize().into_bytes()) {
            *symbol = byte % BASE;
        }
        TicketCode::checked(symbols)
    }
}

impl fmt::Debug for TicketKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketKey(..)")
    }
}

/// The code of a ticket: `7K2M-QX0A-94TD-HB5C`. Its `Debug` does not show it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TicketCode([u8; CODE_SYMBOLS]);

/// A text is no code of a ticket of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotACode {
    /// It is one of another event's tickets.
    #[error("the code is of another event")]
    OtherEvent,
    /// It has another number of symbols, or a character that is none.
    #[error("a code has {CODE_SYMBOLS} letters and digits")]
    Shape,
    /// A symbol is wrong, or two have changed their places.
    #[error("the code is mistyped")]
    Mistyped,
}

impl TicketCode {
    /// The same symbols, the last one replaced by that which checks the others.
    fn checked(mut symbols: [u8; CODE_SYMBOLS]) -> Self {
        let [.., last] = &mut symbols;
        *last = 0;
        let sum = sum(&symbols);
        let [.., last] = &mut symbols;
        *last = (BASE - sum) % BASE;
        Self(symbols)
    }

    /// The digest by which a gate without a network knows the code: the first bytes of the SHA-256 of its symbols,
    /// without hyphens.
    pub fn digest(&self) -> [u8; DIGEST_BYTES] {
        let mut digest = [0; DIGEST_BYTES];
        for (byte, of_code) in digest.iter_mut().zip(Sha256::digest(self.symbols())) {
            *byte = of_code;
        }
        digest
    }

    /// The text of its QR code: its symbols without hyphens, a dot, and the tag of its event. QR codes take letters
    /// from A to Z, digits and dots in little room.
    pub fn scanned(&self, event: EventId) -> String {
        format!("{}{TAG_MARK}{}", self.symbols(), tag(event))
    }

    /// Reads what a gate of this event scans, or a person types: a code, with the tag of its event or without.
    pub fn read(text: &str, event: EventId) -> Result<Self, NotACode> {
        let (code, tag_of_code) = text.split_once(TAG_MARK).unzip();
        let code = code.unwrap_or(text).parse()?;
        match tag_of_code.map(str::trim) {
            Some(other) if !other.eq_ignore_ascii_case(&tag(event)) => Err(NotACode::OtherEvent),
            _ => Ok(code),
        }
    }

    /// Its symbols without hyphens.
    fn symbols(&self) -> String {
        self.0.iter().map(|value| symbol(*value)).collect()
    }
}

impl fmt::Display for TicketCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, value) in self.0.iter().enumerate() {
            if at > 0 && at % GROUP_SYMBOLS == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", symbol(*value))?;
        }
        Ok(())
    }
}

impl fmt::Debug for TicketCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketCode(..)")
    }
}

/// Reads a code as a person types it: in any case, with hyphens and spaces anywhere, and with letters that look
/// like the digits that are meant.
impl FromStr for TicketCode {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let mut values = text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(value);
        let mut symbols = [0; CODE_SYMBOLS];
        for symbol in &mut symbols {
            *symbol = values.next().flatten().ok_or(NotACode::Shape)?;
        }
        if values.next().is_some() {
            return Err(NotACode::Shape);
        }
        if sum(&symbols) == 0 { Ok(Self(symbols)) } else { Err(NotACode::Mistyped) }
    }
}

/// Three symbols that stand for an event: of two events, one pair in 32,768 has the same. It keeps no secret; a gate
/// only tells people by it that they have come to the wrong door.
fn tag(event: EventId) -> String {
    Sha256::digest(Uuid::from(event).as_bytes()).iter().take(TAG_SYMBOLS).map(|byte| symbol(*byte)).collect()
}

fn symbol(value: u8) -> char {
    SYMBOLS.get(usize::from(value % BASE)).copied().map_or('0', char::from)
}

fn value(character: char) -> Option<u8> {
    let meant = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    SYMBOLS.iter().position(|symbol| char::from(*symbol) == meant).and_then(|at| u8::try_from(at).ok())
}

/// The sum of all symbols after Luhn, modulo 32; 0 of every sound code. Every second symbol counts double, by the sum
/// of its two digits in base 32, which no two symbols have in common: so one wrong symbol always changes the sum, and
/// two neighbours that have changed places nearly always.
fn sum(symbols: &[u8; CODE_SYMBOLS]) -> u8 {
    let counted = symbols.iter().rev().enumerate().map(|(from_the_end, value)| match from_the_end % 2 {
        0 => *value,
        _ => (2 * value) / BASE + (2 * value) % BASE,
    });
    counted.fold(0, |sum, value| (sum + value) % BASE)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test should stop loudly")]

    use super::*;
    use std::collections::HashSet;

    use proptest::prelude::*;

    fn registration(number: u128) -> RegistrationId {
        RegistrationId::from(Uuid::from_u128(number))
    }

    fn key(byte: u8) -> TicketKey {
        TicketKey([byte; KEY_BYTES])
    }

    proptest! {
        #[test]
        fn a_code_reads_back_however_it_is_typed(bytes: [u8; KEY_BYTES], number: u128, seat in 1..=10_i16) {
            let code = TicketKey(bytes).code(registration(number), seat);
            let shown = code.to_string();
            prop_assert_eq!(shown.len(), CODE_SYMBOLS + 3);
            let spaced = shown.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            for typed in [&shown, &code.symbols(), &spaced, &format!(" {shown}\n")] {
                prop_assert_eq!(typed.parse::<TicketCode>(), Ok(code));
            }
        }

        #[test]
        fn a_code_with_one_wrong_symbol_is_mistyped(number: u128, at in 0..CODE_SYMBOLS, by in 1..BASE) {
            let mut wrong = key(7).code(registration(number), 1);
            wrong.0[at] = (wrong.0[at] + by) % BASE;
            prop_assert_eq!(wrong.to_string().parse::<TicketCode>(), Err(NotACode::Mistyped));
        }

        #[test]
        fn neighbours_that_change_places_are_noticed(number: u128, at in 0..CODE_SYMBOLS - 1) {
            let mut wrong = key(7).code(registration(number), 1);
            let (one, other) = (wrong.0[at], wrong.0[at + 1]);
            // Luhn's sum is the same for the first and the last symbol.
            prop_assume!(one != other && !matches!((one, other), (0, 31) | (31, 0)));
            wrong.0.swap(at, at + 1);
            prop_assert_eq!(wrong.to_string().parse::<TicketCode>(), Err(NotACode::Mistyped));
        }
    }

    #[test]
    fn every_key_registration_and_seat_has_a_code_of_its_own() {
        let keys = [key(1), key(2), TicketKey::random().unwrap(), TicketKey::random().unwrap()];
        let all = keys.iter().flat_map(|key| (0..50).flat_map(move |n| (1..=10).map(move |seat| (key, n, seat))));
        let all: Vec<TicketCode> = all.map(|(key, n, seat)| key.code(registration(n), seat)).collect();
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), 4 * 50 * 10);
        assert_eq!(all.iter().map(TicketCode::digest).collect::<HashSet<_>>().len(), 4 * 50 * 10);
        assert_eq!(TicketKey::stored(*keys[0].expose()), keys[0]);
    }

    #[test]
    fn every_symbol_is_as_likely_as_another() {
        let mut counts = [0; 32];
        for number in 0..2_000 {
            for value in key(9).code(registration(number), 1).0 {
                counts[usize::from(value)] += 1;
            }
        }
        // 1,000 of each, with a standard deviation of 31.
        assert!(counts.iter().all(|count| (800..1_200).contains(count)), "{counts:?}");
    }

    #[test]
    fn other_texts_are_no_codes() {
        let code = key(3).code(registration(1), 1).to_string();
        for text in ["", "-", &code[1..], &format!("{code}0"), &code.replace('-', "U"), &"0".repeat(1_000_000), "é"] {
            assert_eq!(text.parse::<TicketCode>(), Err(NotACode::Shape), "{}", &text[..text.len().min(20)]);
        }
    }

    #[test]
    fn a_code_that_is_scanned_names_its_event() {
        let (here, elsewhere) = (EventId::from(Uuid::from_u128(1)), EventId::from(Uuid::from_u128(2)));
        let code = key(3).code(registration(1), 1);
        let scanned = code.scanned(here);
        assert!(
            scanned.len() == 20 && scanned.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'.')
        );
        for text in [scanned.clone(), scanned.to_lowercase(), format!(" {scanned}\n"), code.to_string()] {
            assert_eq!(TicketCode::read(&text, here), Ok(code), "{text}");
        }
        assert_eq!(TicketCode::read(&scanned, elsewhere), Err(NotACode::OtherEvent));
        let mistyped = code.symbols().replace(|c| c == scanned.chars().next().unwrap(), "Z");
        assert_eq!(TicketCode::read(&mistyped, here), Err(NotACode::Mistyped));
        for text in ["", ".", "https://example.org/a.b", &format!("{scanned}.")] {
            assert!(TicketCode::read(text, here).is_err(), "{text}");
        }
    }

    #[test]
    fn a_code_and_a_key_are_not_shown_by_accident() {
        let (key, code) = (key(3), key(3).code(registration(1), 1));
        assert!(!format!("{key:?}{code:?}").contains(&code.symbols()) && !format!("{key:?}").contains('3'));
    }
}
