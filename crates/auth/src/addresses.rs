//! Which addresses are one client's, for all that is counted by address.

use std::net::{IpAddr, Ipv6Addr};

/// What counts as one address: an IPv4 address, or an IPv6 prefix of 64 bits, which is what one customer gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AddressKey {
    /// An IPv4 address.
    V4([u8; 4]),
    /// The first half of an IPv6 address.
    V6Prefix([u16; 4]),
}

impl AddressKey {
    /// What `address` counts as.
    pub fn of(address: IpAddr) -> Self {
        // An IPv4 peer of a dual-stack socket looks like ::ffff:a.b.c.d; by its /64 all of them would be one.
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
