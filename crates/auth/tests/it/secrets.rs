//! Secrets and API keys that somebody sends.

use auth::api_keys::{ApiKey, KEY_CHARACTERS, PREFIX, has_key};
use auth::secrets::{AddressSecret, LinkKey, SECRET_CHARACTERS};
use proptest::prelude::*;
use uuid::Uuid;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_secret_is_letters_and_digits_of_one_length_and_nothing_else(
        text in "[A-Za-z0-9]{32}|[ -~]{30,34}|\\PC{0,40}",
    ) {
        let is_secret = text.len() == SECRET_CHARACTERS && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let parsed = AddressSecret::parse(&text);
        prop_assert_eq!(parsed.as_ref().map(AddressSecret::expose), is_secret.then_some(text.as_str()));
    }

    #[test]
    fn secrets_of_mails_and_of_refusals_differ_and_are_the_same_each_time(one: u128, other: u128) {
        let (key, again) = (LinkKey::new(&[7; 32]).unwrap(), LinkKey::new(&[7; 32]).unwrap());
        let (one, other) = (Uuid::from_u128(one), Uuid::from_u128(other));
        prop_assert_eq!(key.secret_of(one), again.secret_of(one));
        prop_assert_ne!(key.secret_of(one), key.refusal_of(one));
        prop_assert_eq!(key.secret_of(one) == key.secret_of(other), one == other);
        prop_assert!(AddressSecret::parse(key.refusal_of(one).expose()).is_some());
    }

    #[test]
    fn a_key_with_one_character_changed_is_none(at in 0..KEY_CHARACTERS, to in "[A-Za-z0-9_. -]") {
        let key = ApiKey::random().unwrap();
        prop_assert!(ApiKey::parse(key.expose()).is_some_and(|read| read.digest() == key.digest()));
        let mut changed = key.expose().to_owned();
        changed.replace_range(at..=at, &to);
        prop_assert_eq!(ApiKey::parse(&changed).is_some(), changed == key.expose());
    }

    #[test]
    fn what_is_no_key_is_refused(text in "(onsale_live_)?[A-Za-z0-9]{38}|\\PC{0,60}") {
        prop_assert!(ApiKey::parse(&text).is_none());
    }

    #[test]
    fn a_key_in_an_address_is_seen_however_its_letters_are_written(
        encoded in prop::collection::vec(any::<bool>(), KEY_CHARACTERS), before in "[a-z/?=&]{0,9}",
    ) {
        let key = ApiKey::random().unwrap();
        let written = |(c, is_encoded): (char, bool)| {
            if is_encoded { format!("%{:02x}", u32::from(c)) } else { c.to_string() }
        };
        let written: String = key.expose().chars().zip(encoded).map(written).collect();
        let address = format!("/{before}{written}");
        prop_assert!(has_key(&address));
        prop_assert!(!has_key(&address.replace(PREFIX, "")) || written.contains('%'));
    }
}
