//! What people and programs type: kept as it reads back, or refused.

use chrono::{DateTime, Utc};
use domain::accounts::Email;
use domain::events::EventDetails;
use domain::ids::EventId;
use domain::limits::{CODE_CHARACTERS_MAX, EMAIL_CHARACTERS_MAX, IDEMPOTENCY_KEY_CHARACTERS_MAX};
use domain::registrations::IdempotencyKey;
use domain::slugs;
use domain::text::{self, is_loose, is_refused_within};
use domain::tickets::Code;
use domain::zones::Zone;
use proptest::prelude::*;
use uuid::Uuid;

/// Letters among what ends lines, hides, reorders, combines and escapes.
const HOSTILE: &str = "([a-zA-Z0-9 @.?#<>&'\"/:%-]|[\\x00-\\x1f]|[\u{7f}-\u{a0}]|[\u{200b}-\u{202e}]\
                       |[\u{2060}-\u{206f}]|[\u{300}-\u{304}]|\u{feff}|\u{212a}|\u{e9}|\u{1f3b7}){0,24}";

/// The longest line in these tests.
const CHARACTERS_MAX: usize = 20;

fn details(time_zone: &str, starts_at: DateTime<Utc>) -> EventDetails {
    EventDetails {
        title: "Summit".into(),
        description: String::new(),
        location: "Hall".into(),
        starts_at,
        ends_at: starts_at,
        time_zone: time_zone.to_owned(),
        sales_open_at: None,
        sales_close_at: None,
        cancel_until: None,
        verified_buyers_only: false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_line_that_is_taken_is_one_line_and_is_taken_again_as_it_is(typed in HOSTILE) {
        if let Ok(line) = text::line("title", &typed, CHARACTERS_MAX) {
            prop_assert!(!line.chars().any(is_refused_within) && (1..=CHARACTERS_MAX).contains(&line.chars().count()));
            prop_assert!(!line.starts_with(is_loose) && !line.ends_with(is_loose));
            prop_assert!(text::is_same(&line, &typed));
            prop_assert_eq!(text::line("title", &line, CHARACTERS_MAX), Ok(line));
        } else {
            let shown = text::composed(text::trimmed(&typed)).into_owned();
            let is_long = shown.chars().count() > CHARACTERS_MAX;
            prop_assert!(is_long || shown.chars().any(is_refused_within) || shown.chars().all(text::is_invisible));
        }
    }

    #[test]
    fn paragraphs_that_are_taken_have_no_control_but_line_ends_and_tabs(typed in HOSTILE) {
        if let Ok(kept) = text::paragraphs("description", &typed, CHARACTERS_MAX) {
            prop_assert!(kept.chars().all(|c| c == '\n' || c == '\t' || !is_refused_within(c)), "{kept:?}");
            prop_assert_eq!(text::paragraphs("description", &kept, CHARACTERS_MAX), Ok(kept));
        }
    }

    #[test]
    fn a_reason_for_a_refusal_is_one_short_line_itself(typed in HOSTILE) {
        if let Err(refused) = text::line("title", &typed, CHARACTERS_MAX) {
            prop_assert!(!refused.reason.chars().any(is_refused_within), "{:?}", refused.reason);
            prop_assert!(refused.reason.chars().count() < 80);
        }
    }

    #[test]
    fn an_address_that_is_taken_is_one_receiver_in_a_header_and_in_a_link(
        typed in HOSTILE,
        local in "[a-z.?#{}()<>,:;\"\\\\&=+!-]{1,4}",
        host in "[a-z0-9._-]{1,12}",
    ) {
        for email in [typed, format!("{local}@{host}")].iter().filter_map(|address| Email::parse(address).ok()) {
            let address = email.as_str();
            prop_assert!(address.bytes().all(|byte| byte.is_ascii_graphic()) && address.len() <= EMAIL_CHARACTERS_MAX);
            prop_assert_eq!(address.matches('@').count(), 1);
            prop_assert!(!address.contains([',', ';', '<', '>', '(', ')', '"', '\\']), "{address}");
            prop_assert!(!address.contains(['?', '#', '{', '}', '[', ']', ':']), "{address}");
            prop_assert_eq!(Email::parse(address), Ok(email));
        }
    }

    #[test]
    fn a_key_of_a_request_is_kept_as_it_is_or_refused(key in "[!-~]{0,140}|\\PC{0,20}|[ -~\t\r\n]{0,9}") {
        let is_visible = key.bytes().all(|byte| byte.is_ascii_graphic());
        let is_sound = is_visible && (1..=IDEMPOTENCY_KEY_CHARACTERS_MAX).contains(&key.len());
        prop_assert_eq!(IdempotencyKey::parse(&key).ok().map(|kept| kept.as_str() == key), is_sound.then_some(true));
    }

    #[test]
    fn a_code_is_the_same_however_it_is_written_and_nothing_else_is_one(code in "[A-Za-z0-9_-]{1,45}",
        typed in "[A-Za-z0-9_. ~\u{e9}-]{0,4}") {
        let parsed = Code::parse(&code);
        prop_assert_eq!(parsed.is_ok(), code.len() <= CODE_CHARACTERS_MAX);
        if let Ok(parsed) = parsed {
            for same in [code.to_uppercase(), code.to_lowercase(), format!(" \u{200b}{code}\n")] {
                prop_assert!(Code::parse(&same).unwrap() == parsed);
            }
        }
        if let Ok(code) = Code::parse(&typed) {
            prop_assert!(code.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
            prop_assert!(code.as_str().eq_ignore_ascii_case(text::trimmed(&typed)));
        }
    }

    #[test]
    fn the_address_of_an_event_leads_to_it_whatever_its_title(title in HOSTILE, id: u128) {
        let id = EventId::from(Uuid::from_u128(id));
        let slug = slugs::slug(&title, id);
        prop_assert_eq!(slugs::id_of(&slug), Some(id));
        prop_assert!(slug.chars().all(|c| c.is_alphanumeric() || c == '-') && slug.chars().count() < 100, "{slug}");
    }

    #[test]
    fn an_id_has_one_spelling(id: u128, upper: bool, shape in 0_usize..4) {
        let id = EventId::from(Uuid::from_u128(id));
        let text = if upper { id.to_string().to_uppercase() } else { id.to_string() };
        prop_assert_eq!(text.parse::<EventId>().ok(), Some(id));
        let id = Uuid::from(id);
        let other = [id.simple().to_string(), id.braced().to_string(), id.urn().to_string(), format!("{id} ")];
        prop_assert!(other[shape].parse::<EventId>().is_err());
    }

    #[test]
    fn what_clocks_show_is_found_again_or_was_shown_before(
        name in prop::sample::select(vec![
            "UTC", "Europe/Berlin", "America/Havana", "America/Sao_Paulo", "Pacific/Apia", "Asia/Kathmandu",
            "Australia/Lord_Howe", "Africa/Monrovia",
        ]),
        // Since 1973 every offset has been whole minutes, as RFC 3339 writes them.
        seconds in 100_000_000..4_000_000_000_i64,
    ) {
        let at = DateTime::from_timestamp(seconds, 0).unwrap();
        let zone = Zone::of(&details(name, at));
        let found = zone.instant(zone.clock(at)).unwrap();
        prop_assert!(found <= at, "the first time that clocks show it");
        prop_assert_eq!(zone.clock(found), zone.clock(at));
        prop_assert_eq!(zone.rfc3339(at).parse::<DateTime<Utc>>().unwrap(), at);
    }
}
