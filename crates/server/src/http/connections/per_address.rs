//! The number of open connections of each address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use auth::addresses::AddressKey;
use ipnet::IpNet;

use super::limits::Limits;
use crate::http::client_address::is_of;

/// Counts open connections by address.
#[derive(Debug)]
pub(super) struct PerAddress {
    connections_max: usize,
    proxies: Vec<IpNet>,
    open: Mutex<HashMap<AddressKey, usize>>,
}

/// A connection that counts for its address until the permit is dropped.
#[derive(Debug)]
pub(super) struct Permit(Option<(Arc<PerAddress>, AddressKey)>);

impl PerAddress {
    pub(super) fn new(limits: &Limits) -> Self {
        let proxies = limits.trusted_proxies.clone();
        Self { connections_max: limits.connections_per_address, proxies, open: Mutex::default() }
    }

    /// Counts a connection of this address. `None` means that the address has as many as it may.
    pub(super) fn enter(self: &Arc<Self>, address: IpAddr) -> Option<Permit> {
        if self.connections_max == 0 || is_of(&self.proxies, address) {
            return Some(Permit(None));
        }
        let address = AddressKey::of(address);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(address).or_default();
        if *count >= self.connections_max {
            return None;
        }
        *count += 1;
        Some(Permit(Some((Arc::clone(self), address))))
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let Some((counts, address)) = &self.0 else { return };
        let mut open = counts.open.lock().unwrap_or_else(PoisonError::into_inner);
        let left = open.get(address).map_or(0, |count| count.saturating_sub(1));
        if left == 0 {
            open.remove(address);
        } else {
            open.insert(*address, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts_of(connections_max: usize, proxies: &[&str]) -> Arc<PerAddress> {
        let proxies = proxies.iter().map(|proxy| proxy.parse().unwrap()).collect();
        Arc::new(PerAddress { connections_max, proxies, open: Mutex::default() })
    }

    #[test]
    fn an_address_has_a_limited_number_of_connections() {
        let (counts, one, other) = (counts_of(2, &[]), "10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap());
        let first = counts.enter(one).unwrap();
        let _second = counts.enter(one).unwrap();
        assert!(counts.enter(one).is_none());
        assert!(counts.enter(other).is_some());
        drop(first);
        assert!(counts.enter(one).is_some());
        assert_eq!(counts.open.lock().unwrap().len(), 1, "addresses without connections are forgotten");
    }

    #[test]
    fn an_ipv6_network_counts_as_one_client_and_a_proxy_is_exempt() {
        let counts = counts_of(1, &["10.0.0.0/8", "2001:db8:0:2::5/128"]);
        let _permit = counts.enter("2001:db8::1".parse().unwrap()).unwrap();
        assert!(counts.enter("2001:db8::2".parse().unwrap()).is_none());
        assert!(counts.enter("2001:db8:0:1::1".parse().unwrap()).is_some());
        for proxy in ["10.1.2.3", "2001:db8:0:2::5"] {
            let many: Vec<_> = (0..5).map(|_| counts.enter(proxy.parse().unwrap())).collect();
            assert!(many.iter().all(Option::is_some), "{proxy}");
        }
    }
}
