use auth::passwords::{
    COST_MAX, COST_MIN, CostOutOfRange, HashError, Hasher, PASSWORD_BYTES_MAX, PASSWORD_CHARACTERS_MIN, WeakPassword,
    check_new, is_same,
};
use proptest::prelude::*;

fn cheap() -> Hasher {
    Hasher::new(COST_MIN).unwrap()
}

const EMAIL: &str = "Dana.Scully@example.com";

fn check(password: &str) -> Result<(), WeakPassword> {
    check_new(password, EMAIL)
}

#[test]
fn new_passwords_have_12_characters_to_71_bytes() {
    assert_eq!((PASSWORD_CHARACTERS_MIN, PASSWORD_BYTES_MAX), (12, 71));
    assert_eq!(check("sun and moo"), Err(WeakPassword::TooShort));
    assert_eq!(check("sun and moon"), Ok(()));
    assert_eq!(check(&"sun ".repeat(18)[..71]), Ok(()));
    assert_eq!(check(&"sun ".repeat(18)), Err(WeakPassword::TooLong));
}

#[test]
fn the_minimum_counts_characters_and_the_maximum_bytes() {
    assert_eq!(check("éàéàéàéàéàé"), Err(WeakPassword::TooShort));
    assert_eq!(check("éàéàéàéàéàéà"), Ok(()));
    assert_eq!(check(&"éà".repeat(18)), Err(WeakPassword::TooLong));
    // Twelve characters as typed, and six letters.
    assert_eq!(check(&"e\u{301}".repeat(6)), Err(WeakPassword::TooShort));
    assert_eq!(check(&format!("a{}", "e\u{301}".repeat(11))), Ok(()));
    // As many bytes as may be once it is normalized, and more characters than the API's description allows.
    assert_eq!(check(&"\u{3b1}\u{313}\u{300}\u{345}".repeat(18)), Err(WeakPassword::TooLong));
}

#[test]
fn a_new_password_has_no_nul() {
    assert_eq!(check("correct\0horse"), Err(WeakPassword::HasNul));
}

#[test]
fn a_new_password_is_not_the_address_and_not_what_everybody_tries_first() {
    for address in [EMAIL, "dana.scully@EXAMPLE.com"] {
        assert_eq!(check(address), Err(WeakPassword::IsAddress));
    }
    for common in ["Password1234", "qwertyuiop123", "123456789012", "aaaaaaaaaaaa", "ééééééééééééé"] {
        assert_eq!(check(common), Err(WeakPassword::IsCommon), "{common}");
    }
    assert_eq!(check("correct horse battery"), Ok(()));
}

#[test]
fn a_letter_is_the_same_in_both_of_its_forms() {
    let hasher = cheap();
    let (composed, decomposed) = ("caf\u{e9} au lait, tous les jours", "cafe\u{301} au lait, tous les jours");
    assert!(is_same(composed, decomposed) && !is_same(composed, "cafe au lait, tous les jours"));
    for stored in [composed, decomposed] {
        let hash = hasher.hash(stored).unwrap();
        assert!(hasher.verify(composed, &hash) && hasher.verify(decomposed, &hash));
        assert!(!hasher.verify("cafe au lait, tous les jours", &hash));
    }
}

#[test]
fn a_hash_from_before_passwords_were_normalized_still_verifies() {
    let typed = "cafe\u{301} au lait, tous les jours";
    let old = bcrypt::non_truncating_hash(typed, COST_MIN).unwrap();
    assert!(cheap().verify(typed, &old));
    assert!(!cheap().verify("cafe\u{300} au lait, tous les jours", &old));
}

#[test]
fn a_password_verifies_against_its_hash_and_no_other_does() {
    let hasher = cheap();
    let hash = hasher.hash("correct horse").unwrap();
    assert!(hasher.verify("correct horse", &hash));
    assert!(!hasher.verify("correct horsf", &hash));
    assert!(!hasher.verify("correct hors", &hash));
    assert!(!hasher.verify("", &hash));
}

#[test]
fn two_hashes_of_one_password_differ() {
    assert_ne!(cheap().hash("correct horse").unwrap(), cheap().hash("correct horse").unwrap());
}

#[test]
fn the_demo_accounts_short_passwords_can_be_stored() {
    for password in ["admin123", "org123", "user123"] {
        assert_eq!(check(password), Err(WeakPassword::TooShort));
        assert!(cheap().verify(password, &cheap().hash(password).unwrap()));
    }
}

#[test]
fn a_hash_of_another_cost_still_verifies() {
    let hash = cheap().hash("correct horse").unwrap();
    assert!(Hasher::new(5).unwrap().verify("correct horse", &hash));
}

#[test]
fn a_200_byte_password_is_refused_and_not_cut() {
    let hasher = cheap();
    let long = "x".repeat(200);
    assert!(matches!(hasher.hash(&long), Err(HashError::NotHashable)));
    for length in [71, 72] {
        // The hash that a truncating library would have stored.
        let cut = bcrypt::hash_with_salt(&long[..length], COST_MIN, [7; 16]).unwrap().to_string();
        assert!(!hasher.verify(&long, &cut), "{length}");
    }
    assert!(!hasher.verify_unknown(&long));
}

#[test]
fn the_last_byte_of_the_longest_password_counts() {
    let hasher = cheap();
    let hash = hasher.hash(&"x".repeat(71)).unwrap();
    assert!(hasher.verify(&"x".repeat(71), &hash));
    assert!(!hasher.verify(&format!("{}y", "x".repeat(70)), &hash));
    assert!(!hasher.verify(&"x".repeat(72), &hash));
}

#[test]
fn a_password_repeated_after_a_nul_is_another_password() {
    let hasher = cheap();
    let hash = hasher.hash("ab").unwrap();
    assert!(bcrypt::non_truncating_verify("ab\0ab", &hash).unwrap(), "why NUL is refused");
    assert!(!hasher.verify("ab\0ab", &hash));
    assert!(matches!(hasher.hash("ab\0ab"), Err(HashError::NotHashable)));
}

#[test]
fn a_text_that_is_not_a_bcrypt_hash_never_verifies() {
    let hasher = cheap();
    let hash = hasher.hash("correct horse").unwrap();
    let longer_cost = hash.replacen("$04$", "$31$", 1);
    let zero_cost = hash.replacen("$04$", "$00$", 1);
    let non_ascii = format!("{}é", &hash[..58]);
    for stored in ["!", "", "correct horse", &hash[..59], &longer_cost, &zero_cost, &non_ascii, "$2b$04$"] {
        assert!(!hasher.verify("correct horse", stored), "{stored:?}");
        assert!(!hasher.verify(stored, stored), "{stored:?}");
    }
}

#[test]
fn an_unknown_account_never_verifies() {
    for password in ["", "!", "correct horse", "admin123"] {
        assert!(!cheap().verify_unknown(password));
    }
}

#[test]
fn a_cost_outside_the_range_is_refused() {
    assert_eq!(Hasher::new(COST_MIN - 1).unwrap_err(), CostOutOfRange(3));
    assert_eq!(Hasher::new(COST_MAX + 1).unwrap_err(), CostOutOfRange(16));
    assert!(Hasher::new(COST_MAX).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn only_the_same_text_verifies(stored in "[^\0]{0,24}", typed in "\\PC{0,24}|[a\0]{0,9}") {
        let hasher = cheap();
        let Ok(hash) = hasher.hash(&stored) else { return Ok(()) };
        prop_assert!(hasher.verify(&stored, &hash));
        prop_assert_eq!(hasher.verify(&typed, &hash), is_same(&typed, &stored));
    }

    #[test]
    fn every_password_that_the_rule_accepts_can_be_hashed(password in "\\PC{0,80}") {
        if check(&password).is_ok() {
            prop_assert!(cheap().hash(&password).is_ok());
        }
    }

    #[test]
    fn any_stored_text_is_survived(stored in "(\\$2b\\$0[0-9]\\$)?\\PC{0,60}") {
        prop_assert!(!cheap().verify("correct horse", &stored));
    }
}
