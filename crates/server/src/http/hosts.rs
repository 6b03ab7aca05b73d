//! The host names under which the server answers.
//!
//! They prevent DNS rebinding. A foreign page in a browser on this machine can point its own name to 127.0.0.1. Then it
//! could read this server's answers. Its requests still carry the foreign name, so they are refused.

use std::net::{Ipv4Addr, Ipv6Addr};

use actix_web::http::Uri;
use actix_web::http::header::{HOST, HeaderMap};

/// The accepted host names. IP addresses are always accepted: nobody can point them elsewhere.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hosts(Vec<String>);

impl Hosts {
    /// Accepts these names, or every name if the list is empty.
    pub(crate) fn new(names: &[String]) -> Self {
        Self(names.iter().map(|name| name.to_ascii_lowercase()).collect())
    }

    /// Whether a request is meant for this server. One without a name is accepted, since browsers always send it.
    pub(crate) fn admit(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        self.0.is_empty()
            || (uri.host().is_none_or(|host| self.has(host))
                && headers.get_all(HOST).all(|host| host.to_str().is_ok_and(|host| self.has(host))))
    }

    fn has(&self, host: &str) -> bool {
        if let Some((address, rest)) = host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            let is_port = rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port);
            return is_port && address.parse::<Ipv6Addr>().is_ok();
        }
        let name = match host.split_once(':') {
            Some((name, port)) if is_port(port) => name,
            Some(_) => return false,
            None => host,
        };
        let name = name.strip_suffix('.').unwrap_or(name);
        name.parse::<Ipv4Addr>().is_ok() || self.0.iter().any(|known| known.eq_ignore_ascii_case(name))
    }
}

/// Whether the text is a port number. An empty one stands for the default port (RFC 3986, section 3.2.3).
fn is_port(text: &str) -> bool {
    text.is_empty() || (text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;
    use actix_web::http::uri::Authority;
    use proptest::prelude::*;

    fn admits(names: &[&str], uri: &str, hosts: &[&str]) -> bool {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(HOST, HeaderValue::from_str(host).unwrap());
        }
        Hosts::new(&names).admit(&uri.parse().unwrap(), &headers)
    }

    #[test]
    fn known_names_and_addresses_are_accepted() {
        for host in ["localhost", "LocalHost:8080", "localhost.", "127.0.0.1", "10.1.2.3:80", "[::1]:8080", "[::1]"] {
            assert!(admits(&["localhost"], "/", &[host]), "{host}");
        }
        assert!(admits(&["localhost"], "/", &[]));
        assert!(admits(&["Tickets.Example"], "http://tickets.example/", &["tickets.example"]));
        assert!(admits(&[], "/", &["whatever"]));
    }

    #[test]
    fn other_names_are_refused() {
        for host in
            ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "[evil]", "[::1", "a:80:80"]
        {
            assert!(!admits(&["localhost"], "/", &[host]), "{host}");
        }
        for host in [
            "[::1]evil.example",
            "[::1]:x",
            "127.0.0.1:evil.example",
            "localhost:80:80",
            "localhost:+80",
            "localhost:65536",
        ] {
            assert!(!admits(&["localhost"], "/", &[host]), "{host}");
        }
        assert!(!admits(&["localhost"], "/", &["localhost", "evil.example"]));
        assert!(!admits(&["localhost"], "http://evil.example/", &["localhost"]));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_name_that_is_taken_is_one_of_them_as_addresses_are_read(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "localhost", "LocalHost", "127.0.0.1", "[", "]", "::1", ":", ":80", ":x", ".", "@", "evil", "/",
                    "%00",
                ]),
                1..5,
            ),
        ) {
            let host = parts.concat();
            if admits(&["localhost"], "/", &[&host]) {
                let read: Authority = host.parse().unwrap();
                let name = read.host().trim_end_matches('.').trim_matches(['[', ']']);
                let is_address = name.parse::<std::net::IpAddr>().is_ok();
                prop_assert!(is_address || name.eq_ignore_ascii_case("localhost"), "{host} is {name}");
                prop_assert!(!host.contains('@'), "{host}");
            }
        }
    }
}
