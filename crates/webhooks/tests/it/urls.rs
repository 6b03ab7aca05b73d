//! Addresses of endpoints, however somebody writes them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use proptest::prelude::*;
use webhooks::guard::Guard;
use webhooks::urls::{Encryption, EndpointUrl, UrlError};

fn parse(text: &str) -> Result<EndpointUrl, UrlError> {
    EndpointUrl::parse(text, Encryption::Required, &Guard::default())
}

/// An address of IPv4 in each way that parsers of addresses read.
fn spellings(address: Ipv4Addr) -> Vec<String> {
    let [a, b, c, d] = address.octets();
    let number = u32::from(address);
    vec![
        address.to_string(),
        number.to_string(),
        format!("0x{number:x}"),
        format!("0{number:o}"),
        format!("{a}.{b}.{}", u32::from(c) << 8 | u32::from(d)),
        format!("0x{a:x}.0{b:o}.{c}.{d}"),
        format!("{a}.{b}.{c}.{d}."),
        // The first digit, escaped.
        format!("%3{address}"),
        format!("[{}]", address.to_ipv6_mapped()),
        format!("[64:ff9b::{a:02x}{b:02x}:{c:02x}{d:02x}]"),
        format!("[2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1]"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_address_that_is_taken_makes_one_line_of_a_request_to_where_it_says(
        scheme in "https://|https:|http://|ftp://|",
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "hooks.example", "a", "@", ":", ":8443", ":22", ".", "/", "?", "#", "%0d%0a", "\r\n", " ", "\t", "\0",
                "\\", "[",
                "\u{e9}", "\u{3002}", "..",
            ]),
            0..6,
        ),
    ) {
        let text = format!("{scheme}{}", parts.concat());
        if let Ok(url) = parse(&text) {
            let written = url.as_str();
            prop_assert!(written.starts_with("https://"), "{written}");
            prop_assert!(written.bytes().all(|byte| byte.is_ascii_graphic()), "{written}");
            prop_assert!(!written.contains('#'), "{written}");
            let host = written.trim_start_matches("https://").split(['/', '?']).next().unwrap();
            prop_assert!(!host.contains('@') && !host.is_empty(), "{written}");
            let again = parse(written);
            prop_assert_eq!(again.as_ref(), Ok(&url), "it is the same when it is read again");
        }
    }

    #[test]
    fn an_address_of_ipv4_is_judged_alike_however_it_is_written(number: u32, near in 0_u32..6) {
        // One in six is of this machine, of a private network or of a cloud's metadata.
        let number = match near {
            0 => 0x7f00_0000 | number & 0xff,
            1 => 0x0a00_0000 | number & 0xff_ffff,
            2 => 0xa9fe_a9fe,
            _ => number,
        };
        let address = Ipv4Addr::from(number);
        let is_public = Guard::default().lets_pass(IpAddr::from(address));
        for host in spellings(address) {
            let parsed = parse(&format!("https://{host}/hook"));
            if is_public {
                prop_assert!(matches!(parsed, Ok(_) | Err(UrlError::NotPublic)), "{host}: {parsed:?}");
            } else {
                prop_assert_eq!(parsed, Err(UrlError::NotPublic), "{}", host);
            }
        }
    }

    #[test]
    fn an_address_of_ipv6_is_judged_as_the_guard_judges_it(number: u128, global: bool) {
        let number = if global { number >> 3 | 1 << 125 } else { number };
        let address = Ipv6Addr::from(number);
        let is_public = Guard::default().lets_pass(IpAddr::from(address));
        let parsed = parse(&format!("https://[{address}]/"));
        prop_assert_eq!(parsed.is_ok(), is_public, "{}", address);
    }
}
