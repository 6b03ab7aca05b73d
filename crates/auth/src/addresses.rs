//! Addresses as limits count them.

use std::net::{IpAddr, Ipv6Addr};

/// One address for the purpose of limits: an IPv4 address, or an IPv6 prefix of 64 bits, which providers give to one
/// customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AddressKey {
    /// An IPv4 address.
    V4([u8; 4]),
    /// The first 64 bits of an IPv6 address.
    V6Prefix([u16; 4]),
}

impl AddressKey {
    /// The key of an address.
    pub fn of(address: IpAddr) -> Self {
        // An IPv4 peer of a dual-stack socket looks like ::ffff:a.b.c.d. By their /64, all of them would be one.
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address.octets()),
            IpAddr::V6(address) => Self::V6Prefix(first_half(address)),
        }
    }
}

fn first_half(address: Ipv6Addr) -> [u16; 4] {
    let [a, b, c, d, ..] = address.segments();
    [a, b, c, d]
}
