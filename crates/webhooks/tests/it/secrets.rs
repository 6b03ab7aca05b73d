use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use webhooks::secrets::{InvalidSecret, Secret, signatures};

/// The example of the specification.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const BODY: &[u8] = br#"{"test": 2432232314}"#;

fn signed(secrets: &[&str], body: &[u8]) -> Result<String, InvalidSecret> {
    let secrets: Vec<String> = secrets.iter().map(|secret| (*secret).to_owned()).collect();
    signatures(&secrets, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body)
}

#[test]
fn the_example_of_the_specification_has_its_signature() {
    assert_eq!(signed(&[SECRET], BODY).unwrap(), SIGNATURE);
    assert_ne!(signed(&[SECRET], br#"{"test":2432232314}"#).unwrap(), SIGNATURE, "each byte counts");
}

#[test]
fn each_secret_has_a_signature_of_its_own() {
    let other = Secret::random().unwrap();
    let both = signed(&[other.expose(), SECRET], BODY).unwrap();
    let (first, second) = both.split_once(' ').unwrap();
    assert_eq!((first, second), (signed(&[other.expose()], BODY).unwrap().as_str(), SIGNATURE));
}

#[test]
fn a_new_secret_is_32_random_bytes_and_is_not_shown_by_chance() {
    let secrets: HashSet<String> = (0..100).map(|_| Secret::random().unwrap().expose().to_owned()).collect();
    assert_eq!(secrets.len(), 100);
    for secret in &secrets {
        assert_eq!(STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap().len(), 32);
    }
    assert_eq!(format!("{:?}", Secret::random().unwrap()), "Secret(..)");
}

#[test]
fn a_secret_that_is_none_signs_nothing() {
    for secret in ["", "whsec_!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] {
        assert_eq!(signed(&[secret], BODY), Err(InvalidSecret), "{secret}");
    }
}
