//! The page has the server's rules for typed text and for searches. The page's tests read the same files.

use auth::ticket_codes::{NotACode, TicketCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::search::{SearchText, folded, is_passed_over};
use domain::text;
use serde_json::{Value, json};

/// The characters that have this property, as ranges of their numbers.
fn ranges(has: impl Fn(char) -> bool) -> Value {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for code in ('\0'..=char::MAX).filter(|c| has(*c)).map(u32::from) {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == code => *last = code,
            _ => ranges.push((code, code)),
        }
    }
    ranges.iter().map(|(first, last)| json!([format!("{first:04X}"), format!("{last:04X}")])).collect()
}

#[test]
fn the_page_knows_which_characters_the_server_drops_and_refuses() {
    let known: Value = serde_json::from_str(include_str!("../../../../page/tests/invisible.json")).unwrap();
    assert_eq!(ranges(|c| text::trimmed(&format!("{c}a{c}")) == "a"), known["loose"]);
    assert_eq!(ranges(|c| text::line("name", &format!("a{c}a"), 100).is_err()), known["refused_within"]);
    for stray in known["strays"].as_array().unwrap() {
        let refused = text::line("name", stray[0].as_str().unwrap(), 100).unwrap_err();
        assert_eq!(refused.reason, format!("has {}", stray[1].as_str().unwrap()));
    }
    for composed in known["composed"].as_array().unwrap() {
        let [typed, kept] = [0_usize, 1].map(|index| composed[index].as_str().unwrap());
        assert_eq!(text::line("name", typed, 100).unwrap(), kept);
        assert_eq!(text::paragraphs("description", typed, 100).unwrap(), kept);
    }
}

#[test]
fn the_page_and_the_server_search_by_one_rule() {
    let known: Value = serde_json::from_str(include_str!("../../../../page/tests/search.json")).unwrap();
    assert_eq!(ranges(is_passed_over), known["passed_over"]);
    let pairs = |name: &str| {
        let all = known[name].as_array().unwrap().clone();
        all.into_iter().map(|pair| [0_usize, 1].map(|index| pair[index].as_str().unwrap().to_owned()))
    };
    for [text, expected] in pairs("folded") {
        assert_eq!(folded(&text), expected, "{text:?}");
    }
    let is_found = |sought: &str, text: &str| SearchText::of(sought).is_none_or(|sought| sought.is_in(&[text]));
    for [sought, text] in pairs("found") {
        assert!(is_found(&sought, &text), "{sought:?} in {text:?}");
    }
    for [sought, text] in pairs("not_found") {
        assert!(!is_found(&sought, &text), "{sought:?} in {text:?}");
    }
}

#[test]
fn the_page_and_the_server_know_codes_of_tickets_by_one_rule() {
    let known: Value = serde_json::from_str(include_str!("../../../../page/tests/ticket-codes.json")).unwrap();
    for code in known["sound"].as_array().unwrap() {
        let [typed, symbols, digest] = [0_usize, 1, 2].map(|index| code[index].as_str().unwrap());
        let read: TicketCode = typed.parse().unwrap();
        assert_eq!(
            (read.to_string().replace('-', "").as_str(), URL_SAFE_NO_PAD.encode(read.digest()).as_str()),
            (symbols, digest)
        );
    }
    for (list, fault) in [("mistyped", NotACode::Mistyped), ("none", NotACode::Shape)] {
        for typed in known[list].as_array().unwrap() {
            assert_eq!(typed.as_str().unwrap().parse::<TicketCode>(), Err(fault), "{typed}");
        }
    }
}
