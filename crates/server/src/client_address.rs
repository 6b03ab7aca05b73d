//! Where a request comes from.

use std::net::IpAddr;

use actix_web::dev::Payload;
use actix_web::http::header::HeaderMap;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::{Ready, ready};

use crate::problems::Problem;
use crate::state::State;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The client's address: the peer's, or, if that is a trusted proxy, the last one in `X-Forwarded-For` that is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClientAddress(pub(crate) IpAddr);

impl FromRequest for ClientAddress {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let state = request.app_data::<Data<State>>();
        let address = match (request.peer_addr(), state) {
            (Some(peer), Some(state)) => Ok(Self(seen(peer.ip(), request.headers(), &state.trusted_proxies))),
            _ => Err(Problem::internal("a request without an address")),
        };
        ready(address)
    }
}

/// Walks back from the peer for as long as it is told by somebody who is trusted. What cannot be read ends the walk.
fn seen(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let lines: Vec<&str> = headers.get_all(FORWARDED_FOR).map(|line| line.to_str().unwrap_or_default()).collect();
    let mut told = lines.iter().rev().flat_map(|line| line.rsplit(',')).map(|text| text.trim().parse::<IpAddr>());
    let mut address = peer.to_canonical();
    while trusted.iter().any(|proxy| proxy.to_canonical() == address) {
        match told.next() {
            Some(Ok(earlier)) => address = earlier.to_canonical(),
            Some(Err(_)) | None => break,
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    fn seen_from(peer: &str, lines: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(HeaderName::from_static(FORWARDED_FOR), HeaderValue::from_str(line).unwrap());
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|proxy| proxy.parse().unwrap()).collect();
        seen(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn nobody_but_a_trusted_proxy_says_where_a_request_comes_from() {
        assert_eq!(seen_from("9.9.9.9", &["1.1.1.1"], &[]), "9.9.9.9");
        assert_eq!(seen_from("9.9.9.9", &["1.1.1.1"], &["8.8.8.8"]), "9.9.9.9");
        assert_eq!(seen_from("8.8.8.8", &["1.1.1.1"], &["8.8.8.8"]), "1.1.1.1");
        assert_eq!(seen_from("::ffff:8.8.8.8", &["1.1.1.1"], &["8.8.8.8"]), "1.1.1.1");
    }

    #[test]
    fn what_a_client_made_up_is_not_believed() {
        let trusted = ["8.8.8.8", "8.8.4.4"];
        assert_eq!(seen_from("8.8.8.8", &["6.6.6.6, 1.1.1.1, 8.8.4.4"], &trusted), "1.1.1.1");
        assert_eq!(seen_from("8.8.8.8", &["6.6.6.6", "1.1.1.1"], &trusted), "1.1.1.1");
        assert_eq!(seen_from("8.8.8.8", &["6.6.6.6, nonsense"], &trusted), "8.8.8.8");
        assert_eq!(seen_from("8.8.8.8", &[], &trusted), "8.8.8.8");
    }
}
