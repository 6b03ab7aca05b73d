//! How many connections each address has.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use auth::addresses::AddressKey;
use ipnet::IpNet;

use super::limits::Limits;
use crate::http::client_address::is_of;

/// Counts connections by address.
#[derive(Debug)]
pub(super) struct PerAddress {
    connections_max: usize,
    proxies: Vec<IpNet>,
    inside: Mutex<HashMap<AddressKey, usize>>,
}

/// One connection of an address, counted until this is dropped.
#[derive(Debug)]
pub(super) struct Permit(Option<(Arc<PerAddress>, AddressKey)>);

impl PerAddress {
    pub(super) fn new(limits: &Limits) -> Self {
        let proxies = limits.trusted_proxies.clone();
        Self { connections_max: limits.connections_per_address, proxies, inside: Mutex::default() }
    }

    pub(super) fn enter(self: &Arc<Self>, address: IpAddr) -> Option<Permit> {
        if self.connections_max == 0 || is_of(&self.proxies, address) {
            return Some(Permit(None));
        }
        let address = AddressKey::of(address);
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        let count = inside.entry(address).or_default();
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
        let mut inside = counts.inside.lock().unwrap_or_else(PoisonError::into_inner);
        let left = inside.get(address).map_or(0, |count| count.saturating_sub(1));
        if left == 0 {
            inside.remove(address);
        } else {
            inside.insert(*address, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door(connections_max: usize, proxies: &[&str]) -> Arc<PerAddress> {
        let proxies = proxies.iter().map(|proxy| proxy.parse().unwrap()).collect();
        Arc::new(PerAddress { connections_max, proxies, inside: Mutex::default() })
    }

    #[test]
    fn an_address_has_a_limited_number_of_connections() {
        let (door, one, other) = (door(2, &[]), "10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap());
        let first = door.enter(one).unwrap();
        let _second = door.enter(one).unwrap();
        assert!(door.enter(one).is_none());
        assert!(door.enter(other).is_some());
        drop(first);
        assert!(door.enter(one).is_some());
        assert_eq!(door.inside.lock().unwrap().len(), 1, "nothing is remembered of those who have gone");
    }

    #[test]
    fn a_customer_of_ipv6_is_one_and_a_proxy_is_many() {
        let door = door(1, &["10.0.0.0/8", "2001:db8:0:2::5/128"]);
        let _place = door.enter("2001:db8::1".parse().unwrap()).unwrap();
        assert!(door.enter("2001:db8::2".parse().unwrap()).is_none());
        assert!(door.enter("2001:db8:0:1::1".parse().unwrap()).is_some());
        for proxy in ["10.1.2.3", "2001:db8:0:2::5"] {
            let many: Vec<_> = (0..5).map(|_| door.enter(proxy.parse().unwrap())).collect();
            assert!(many.iter().all(Option::is_some), "{proxy}");
        }
    }
}
