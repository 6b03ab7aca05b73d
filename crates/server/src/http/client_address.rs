//! The address of a request's client.

use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use actix_web::dev::Payload;
use actix_web::http::header::HeaderMap;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::{Ready, ready};
use ipnet::IpNet;

use crate::http::arguments::Argument;
use crate::http::problems::Problem;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The client's address. Behind trusted proxies it is the last address in `X-Forwarded-For` that is not one of them,
/// otherwise the peer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClientAddress(pub(crate) IpAddr);

impl Argument for ClientAddress {}

impl FromRequest for ClientAddress {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let address = match (request.peer_addr(), request.app_data::<Data<TrustedProxies>>()) {
            (Some(peer), Some(proxies)) => Ok(Self(proxies.client(peer.ip(), request.headers()))),
            _ => Err(Problem::internal("a request without an address")),
        };
        ready(address)
    }
}

/// Walks back through `X-Forwarded-For` from the peer, as long as the current address is a trusted proxy's. An
/// unreadable address ends the walk.
fn seen(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let lines: Vec<&str> = headers.get_all(FORWARDED_FOR).map(|line| line.to_str().unwrap_or_default()).collect();
    let mut hops = lines.iter().rev().flat_map(|line| line.rsplit(',')).map(|text| text.trim().parse::<IpAddr>());
    let mut address = peer.to_canonical();
    while is_of(trusted, address) {
        match hops.next() {
            Some(Ok(earlier)) => address = earlier.to_canonical(),
            Some(Err(_)) | None => break,
        }
    }
    address
}

/// Whether an address is in one of these networks. An IPv4-mapped IPv6 address counts as its IPv4 address.
pub(crate) fn is_of(networks: &[IpNet], address: IpAddr) -> bool {
    let address = address.to_canonical();
    networks.iter().any(|network| network.contains(&address))
}

/// The proxies whose `X-Forwarded-For` is trusted. All clients behind another proxy count as one, so the log warns of
/// other addresses that send the header.
#[derive(Debug)]
pub(crate) struct TrustedProxies {
    networks: Vec<IpNet>,
    warning: Warning,
}

impl TrustedProxies {
    /// Trusts the addresses of these networks.
    pub(crate) fn new(networks: Vec<IpNet>) -> Self {
        Self { networks, warning: Warning::new() }
    }

    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let peer = peer.to_canonical();
        if headers.contains_key(FORWARDED_FOR) && !is_of(&self.networks, peer) {
            self.warning.untrusted(peer);
        }
        seen(peer, headers, &self.networks)
    }
}

/// A warning that is logged at most once a minute.
#[derive(Debug)]
struct Warning {
    since: Instant,
    next_second: AtomicU64,
}

const WARNING_PAUSE: Duration = Duration::from_secs(60);

impl Warning {
    fn new() -> Self {
        Self { since: Instant::now(), next_second: AtomicU64::new(0) }
    }

    fn untrusted(&self, peer: IpAddr) {
        if self.is_time(self.since.elapsed()) {
            tracing::warn!(
                %peer,
                "ignored X-Forwarded-For from an address outside server.trusted_proxies; if it is a proxy, add it, or all of \
                 its clients count as one"
            );
        }
    }

    fn is_time(&self, elapsed: Duration) -> bool {
        let (now, next) = (elapsed.as_secs(), self.next_second.load(Ordering::Relaxed));
        let later = now + WARNING_PAUSE.as_secs();
        now >= next && self.next_second.compare_exchange(next, later, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};
    use proptest::prelude::*;
    use std::net::Ipv4Addr;

    fn seen_from(peer: &str, lines: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(HeaderName::from_static(FORWARDED_FOR), HeaderValue::from_str(line).unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|proxy| crate::settings::network(proxy).unwrap()).collect();
        seen(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(seen_from("9.9.9.9", &["1.1.1.1"], &[]), "9.9.9.9");
        assert_eq!(seen_from("9.9.9.9", &["1.1.1.1"], &["8.8.8.8"]), "9.9.9.9");
        assert_eq!(seen_from("8.8.8.8", &["1.1.1.1"], &["8.8.8.8"]), "1.1.1.1");
        assert_eq!(seen_from("::ffff:8.8.8.8", &["1.1.1.1"], &["8.8.8.8"]), "1.1.1.1");
    }

    #[test]
    fn a_range_of_addresses_may_be_trusted() {
        assert_eq!(seen_from("10.1.2.3", &["1.1.1.1, 10.9.9.9"], &["10.0.0.0/8"]), "1.1.1.1");
        assert_eq!(seen_from("::ffff:10.1.2.3", &["1.1.1.1"], &["10.0.0.0/8"]), "1.1.1.1");
        assert_eq!(seen_from("11.1.2.3", &["1.1.1.1"], &["10.0.0.0/8"]), "11.1.2.3");
        assert_eq!(seen_from("2001:db8::5", &["1.1.1.1"], &["2001:db8::/32"]), "1.1.1.1");
    }

    #[test]
    fn the_warning_comes_once_a_minute() {
        let warning = Warning::new();
        let times = [0, 0, 59, 60, 61, 119, 120].map(|second| warning.is_time(Duration::from_secs(second)));
        assert_eq!(times, [true, false, false, true, false, false, true]);
    }

    #[test]
    fn an_address_that_a_client_made_up_is_not_believed() {
        let trusted = ["8.8.8.8", "8.8.4.4"];
        assert_eq!(seen_from("8.8.8.8", &["6.6.6.6, 1.1.1.1, 8.8.4.4"], &trusted), "1.1.1.1");
        assert_eq!(seen_from("8.8.8.8", &["6.6.6.6", "1.1.1.1"], &trusted), "1.1.1.1");
        assert_eq!(seen_from("8.8.8.8", &["6.6.6.6, nonsense"], &trusted), "8.8.8.8");
        assert_eq!(seen_from("8.8.8.8", &[], &trusted), "8.8.8.8");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_that_a_client_sends_hides_the_address_that_its_proxy_saw(
            forged in prop::collection::vec("[ -~]{0,40}|10\\.0\\.0\\.[0-9]|::ffff:10\\.0\\.0\\.1", 0..4),
            client in any::<u32>().prop_filter("no proxy", |client| client >> 24 != 10),
            proxies in prop::collection::vec(0_u8..=255, 1..4),
        ) {
            let client = Ipv4Addr::from(client).to_string();
            let proxy = |last: &u8| format!("10.0.0.{last}");
            // Each proxy adds the address that it saw. The last one is the peer.
            let (peer, between) = proxies.split_first().unwrap();
            let seen: Vec<String> = std::iter::once(client.clone()).chain(between.iter().rev().map(proxy)).collect();
            let lines: Vec<&str> = forged.iter().map(String::as_str).chain(seen.iter().map(String::as_str)).collect();
            prop_assert_eq!(seen_from(&proxy(peer), &lines, &["10.0.0.0/8"]), client.clone());
            prop_assert_eq!(seen_from(&proxy(peer), &[&lines.join(", ")], &["10.0.0.0/8"]), client.clone());
            prop_assert_eq!(seen_from(&client, &lines, &["10.0.0.0/8"]), client, "nobody else is believed");
        }
    }
}
