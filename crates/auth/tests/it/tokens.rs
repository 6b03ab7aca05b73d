use std::time::Duration;

use auth::tokens::{
    CLOCK_SKEW_SECONDS, SECRET_BYTES_MIN, Session, Subject, TOKEN_BYTES_MAX, TokenError, Tokens, WeakSecret,
    sessions_since,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::accounts::Role;
use domain::ids::UserId;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use proptest::prelude::*;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use uuid::Uuid;

const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";
const OTHER_SECRET: &[u8] = b"0123456789abcdef0123456789abcdeF";
const LIFETIME: Duration = Duration::from_secs(720 * 60);

/// `{"alg":"none","typ":"JWT"}` and `{"alg":"None","typ":"JWT"}`.
const HEADERS_OF_NO_ALGORITHM: [&str; 2] =
    ["eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0", "eyJhbGciOiJOb25lIiwidHlwIjoiSldUIn0"];

fn tokens() -> Tokens {
    Tokens::new(SECRET, LIFETIME).unwrap()
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn alice() -> Subject {
    Subject { user: UserId::from(Uuid::from_u128(0xa11ce)), role: Role::Audience, access_version: 3, is_verified: true }
}

fn issue(subject: Subject, at: DateTime<Utc>) -> String {
    tokens().issue(subject, at).unwrap().token.expose_secret().to_owned()
}

fn genuine() -> String {
    issue(alice(), now())
}

fn claims() -> Value {
    json!({
        "iss": "onsale", "aud": "onsale", "sub": alice().user, "role": "AUDIENCE", "access_version": 3,
        "iat": now().timestamp(), "nbf": now().timestamp(), "exp": now().timestamp() + 60,
    })
}

fn signed(algorithm: Algorithm, claims: &Value, secret: &[u8]) -> String {
    jsonwebtoken::encode(&Header::new(algorithm), claims, &EncodingKey::from_secret(secret)).unwrap()
}

fn with(key: &str, value: Value) -> String {
    let mut claims = claims();
    claims[key] = value;
    signed(Algorithm::HS256, &claims, SECRET)
}

fn without(key: &str) -> String {
    let mut claims = claims();
    claims.as_object_mut().unwrap().remove(key);
    signed(Algorithm::HS256, &claims, SECRET)
}

fn verify(token: &str) -> Result<Session, TokenError> {
    tokens().verify(token, now())
}

#[test]
fn a_shorter_lifetime_holds_for_tokens_that_were_issued_with_a_longer_one() {
    let token = genuine();
    let shorter = Tokens::new(SECRET, LIFETIME / 2).unwrap();
    let half = TimeDelta::from_std(LIFETIME / 2).unwrap();
    assert!(shorter.verify(&token, now() + half - TimeDelta::seconds(1)).is_ok());
    assert_eq!(shorter.verify(&token, now() + half), Err(TokenError::Expired));
    let longer = Tokens::new(SECRET, LIFETIME * 2).unwrap();
    assert_eq!(longer.verify(&token, now() + half * 2), Err(TokenError::Expired), "what it says counts as well");
}

#[test]
fn a_token_says_what_was_put_into_it() {
    for role in Role::ALL {
        let subject = Subject { role, ..alice() };
        let issued = tokens().issue(subject, now()).unwrap();
        assert_eq!(issued.expires_in_seconds, 43_200);
        let session = verify(issued.token.expose_secret()).unwrap();
        assert!(session.id.is_some());
        let expected = Session {
            user: subject.user,
            role,
            access_version: 3,
            is_verified: true,
            id: session.id,
            issued_at: now(),
        };
        assert_eq!(session, expected);
    }
}

#[test]
fn a_token_from_before_addresses_were_proven_is_of_an_unproven_one() {
    assert!(!verify(&without("verified")).unwrap().is_verified);
    let unproven = issue(Subject { is_verified: false, ..alice() }, now());
    assert!(!verify(&unproven).unwrap().is_verified);
}

#[test]
fn each_token_is_a_session_of_its_own_and_their_ids_tell_their_times() {
    let id = |at| tokens().verify(&issue(alice(), at), at).unwrap().id.unwrap();
    let (first, same_second, later) = (id(now()), id(now()), id(now() + TimeDelta::seconds(1)));
    assert!(first != same_second && first < later && same_second < later);
    assert!(sessions_since(now()) < first && first < sessions_since(now() + TimeDelta::milliseconds(1)));
}

#[test]
fn a_token_from_before_sessions_had_ids_is_accepted() {
    assert_eq!(verify(&signed(Algorithm::HS256, &claims(), SECRET)).unwrap().id, None);
    assert_eq!(verify(&with("jti", json!("no id"))), Err(TokenError::Invalid));
}

#[test]
fn the_claims_the_other_tests_change_are_accepted_unchanged() {
    assert!(verify(&signed(Algorithm::HS256, &claims(), SECRET)).is_ok());
}

#[test]
fn a_token_is_valid_until_the_second_of_its_expiry_and_not_in_it() {
    let token = genuine();
    let expiry = now() + TimeDelta::from_std(LIFETIME).unwrap();
    let verify_at = |time| tokens().verify(&token, time).map(|_| ());
    assert_eq!(verify_at(expiry - TimeDelta::milliseconds(1)), Ok(()));
    assert_eq!(verify_at(expiry), Err(TokenError::Expired));
    assert_eq!(verify_at(expiry + TimeDelta::days(3650)), Err(TokenError::Expired));
}

#[test]
fn the_machines_clock_plays_no_part() {
    for days in [-20_000, 20_000] {
        let then = now() + TimeDelta::days(days);
        let token = issue(alice(), then);
        assert!(tokens().verify(&token, then).is_ok());
    }
}

#[test]
fn a_token_from_the_future_is_refused_beyond_the_skew() {
    assert_eq!(CLOCK_SKEW_SECONDS, 5);
    for key in ["iat", "nbf"] {
        assert!(verify(&with(key, json!(now().timestamp() + 5))).is_ok(), "{key}");
        assert_eq!(verify(&with(key, json!(now().timestamp() + 6))), Err(TokenError::Invalid), "{key}");
    }
}

#[test]
fn a_token_of_another_secret_is_refused() {
    assert_eq!(verify(&signed(Algorithm::HS256, &claims(), OTHER_SECRET)), Err(TokenError::Invalid));
}

#[test]
fn an_expired_forgery_is_invalid_and_not_expired() {
    let mut claims = claims();
    claims["exp"] = json!(1);
    assert_eq!(verify(&signed(Algorithm::HS256, &claims, SECRET)), Err(TokenError::Expired));
    assert_eq!(verify(&signed(Algorithm::HS256, &claims, OTHER_SECRET)), Err(TokenError::Invalid));
}

#[test]
fn a_token_of_algorithm_none_is_refused() {
    let token = genuine();
    let parts: Vec<_> = token.split('.').collect();
    for header in HEADERS_OF_NO_ALGORITHM {
        for signature in ["", parts[2]] {
            let forged = format!("{header}.{}.{signature}", parts[1]);
            assert_eq!(verify(&forged), Err(TokenError::Invalid), "{forged}");
        }
    }
}

#[test]
fn other_algorithms_are_refused_even_with_the_right_secret() {
    for algorithm in [Algorithm::HS384, Algorithm::HS512] {
        assert_eq!(verify(&signed(algorithm, &claims(), SECRET)), Err(TokenError::Invalid), "{algorithm:?}");
    }
}

#[test]
fn another_issuer_or_audience_is_refused() {
    for key in ["iss", "aud"] {
        for value in [json!("offsale"), json!(["offsale"]), json!(""), json!(7), json!(null)] {
            assert_eq!(verify(&with(key, value.clone())), Err(TokenError::Invalid), "{key} {value}");
        }
    }
}

#[test]
fn a_missing_claim_is_refused() {
    for key in ["iss", "aud", "sub", "role", "access_version", "iat", "nbf", "exp"] {
        assert_eq!(verify(&without(key)), Err(TokenError::Invalid), "{key}");
    }
}

#[test]
fn a_claim_of_the_wrong_kind_is_refused() {
    for (key, value) in [
        ("sub", json!("alice")),
        ("sub", json!(1)),
        ("role", json!("admin")),
        ("role", json!("OWNER")),
        ("access_version", json!("3")),
        ("access_version", json!(1e30)),
        ("exp", json!("never")),
        ("exp", json!(1e300)),
        ("exp", json!(null)),
        ("iat", json!(i64::MIN)),
    ] {
        assert_eq!(verify(&with(key, value.clone())), Err(TokenError::Invalid), "{key} {value}");
    }
}

#[test]
fn another_role_cannot_be_written_into_a_token() {
    let admin = issue(Subject { role: Role::Admin, ..alice() }, now());
    let own = genuine();
    let (admin, own): (Vec<_>, Vec<_>) = (admin.split('.').collect(), own.split('.').collect());
    let forged = [own[0], admin[1], own[2]].join(".");
    assert_eq!(verify(&forged), Err(TokenError::Invalid));
}

#[test]
fn every_truncation_of_a_token_is_refused() {
    let token = genuine();
    for length in 0..token.len() {
        assert_eq!(verify(&token[..length]), Err(TokenError::Invalid), "{length}");
    }
}

#[test]
fn an_oversized_token_is_refused() {
    assert!(genuine().len() < TOKEN_BYTES_MAX / 2, "{}", genuine().len());
    let mut claims = claims();
    claims["extra"] = json!("x".repeat(TOKEN_BYTES_MAX));
    assert_eq!(verify(&signed(Algorithm::HS256, &claims, SECRET)), Err(TokenError::Invalid));
}

#[test]
fn a_short_secret_is_refused() {
    assert_eq!(Tokens::new(&SECRET[..31], LIFETIME).unwrap_err(), WeakSecret(31));
    assert!(Tokens::new(&[7; SECRET_BYTES_MIN], LIFETIME).is_ok());
}

#[test]
fn nothing_secret_is_in_debug() {
    let issued = tokens().issue(alice(), now()).unwrap();
    let shown = format!("{:?} {:?}", tokens(), issued);
    // As text, and as the numbers of its bytes.
    for secret in [issued.token.expose_secret(), "0123456789", "48, 49, 50"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(shown.contains("[redacted]"), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_refused(text in "\\PC{0,80}|[A-Za-z0-9_-]{0,40}\\.[A-Za-z0-9_-]{0,60}\\.[A-Za-z0-9_-]{0,43}") {
        prop_assert_eq!(verify(&text), Err(TokenError::Invalid));
    }

    #[test]
    fn a_token_with_one_character_changed_is_refused(at in 0usize..400, to in "[A-Za-z0-9_.=-]") {
        let token = genuine();
        let at = at % token.len();
        let mut changed = token.clone();
        changed.replace_range(at..=at, &to);
        prop_assume!(changed != token);
        prop_assert_eq!(verify(&changed), Err(TokenError::Invalid));
    }

    #[test]
    fn every_subject_comes_back(user: u128, role in 0usize..3, access_version: i64, seconds in 0i64..4_000_000_000) {
        let subject = Subject { user: UserId::from(Uuid::from_u128(user)), role: Role::ALL[role], access_version, is_verified: role == 0 };
        let then = DateTime::from_timestamp(seconds, 999_999_999).unwrap();
        let session = tokens().verify(&issue(subject, then), then).unwrap();
        prop_assert_eq!((session.user, session.role, session.access_version), (subject.user, subject.role, access_version));
        prop_assert_eq!(session.issued_at.timestamp(), seconds);
    }
}
