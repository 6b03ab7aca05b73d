use webhooks::guard::Guard;
use webhooks::urls::{Encryption, EndpointUrl, UrlError};

const NOT_PUBLIC: [&str; 46] = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.0.1",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "2002:a9fe:a9fe::1",
    "2001::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "3fff::1",
    "fc00::1",
    "fd12:3456:789a::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
];

const PUBLIC: [&str; 14] = [
    "1.1.1.1",
    "8.8.8.8",
    "11.0.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.255.255",
    "172.32.0.1",
    "192.0.1.1",
    "223.255.255.255",
    "2606:4700::1111",
    "2a00:1450:4001::1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::1",
];

#[test]
fn addresses_of_the_public_internet_pass_and_no_others() {
    let guard = Guard::default();
    for address in NOT_PUBLIC {
        assert!(!guard.lets_pass(address.parse().unwrap()), "{address}");
    }
    for address in PUBLIC {
        assert!(guard.lets_pass(address.parse().unwrap()), "{address}");
    }
}

#[test]
fn an_allowed_network_passes_and_its_neighbours_do_not() {
    let guard = Guard::new(vec!["10.1.0.0/16".parse().unwrap(), "::1/128".parse().unwrap()]);
    for (address, passes) in
        [("10.1.2.3", true), ("::ffff:10.1.2.3", true), ("::1", true), ("10.2.0.1", false), ("127.0.0.1", false)]
    {
        assert_eq!(guard.lets_pass(address.parse().unwrap()), passes, "{address}");
    }
}

fn parsed(url: &str) -> Result<EndpointUrl, UrlError> {
    EndpointUrl::parse(url, Encryption::Required, &Guard::default())
}

#[test]
fn addresses_in_numbers_are_judged_however_they_are_written() {
    for host in
        ["2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "0", "[::ffff:7f00:1]", "[::1]", "①②⑦.0.0.1"]
    {
        assert_eq!(parsed(&format!("https://{host}/")), Err(UrlError::NotPublic), "{host}");
    }
    assert_eq!(parsed("https://134744072/").unwrap().as_str(), "https://8.8.8.8/");
}

#[test]
fn an_address_has_a_free_port_and_no_more_than_it_needs() {
    for (url, error) in [
        ("hooks.example.org", UrlError::Malformed),
        ("file:///etc/passwd", UrlError::Malformed),
        ("https://hooks.example.org/a b", UrlError::Malformed),
        ("https://hooks.example.org/\n", UrlError::Malformed),
        ("http://hooks.example.org", UrlError::NotEncrypted),
        ("https://a:b@hooks.example.org", UrlError::Extra),
        ("https://hooks.example.org/#", UrlError::Extra),
        ("https://hooks.example.org:22", UrlError::Port),
        ("https://hooks.example.org:80", UrlError::Port),
        ("https://hooks.example.org:1024", UrlError::Port),
        ("https://hooks.example.org:0", UrlError::Port),
    ] {
        assert_eq!(parsed(url), Err(error), "{url}");
    }
    for url in ["https://hooks.example.org", "https://hooks.example.org:1025/x?y=z", "https://bücher.example/"] {
        parsed(url).unwrap();
    }
    EndpointUrl::parse("http://hooks.example.org", Encryption::Optional, &Guard::default()).unwrap();
    let long = format!("https://hooks.example.org/{}", "ü".repeat(900));
    assert_eq!(parsed(&long), Err(UrlError::TooLong), "it is longer in its own spelling");
}
