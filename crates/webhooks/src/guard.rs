//! The addresses that webhooks may be sent to: those of the public internet. Everything else could be a machine beside
//! this one, which trusts it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// The rule for addresses that may be called.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    /// Networks that are not public and may be called all the same.
    allowed: Vec<IpNet>,
}

/// The special networks of IPv4 (IANA's registry, RFC 6890): this host, private ones, carriers', loopback, link-local
/// with the clouds' metadata, protocol assignments, documentation, the former relay, benchmarks, multicast, reserved.
const SPECIAL_V4: [([u8; 4], u8); 16] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 31, 196, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

/// The part of IPv6 that is given out. All else is special or not in use.
const GLOBAL_V6: ([u16; 8], u8) = ([0x2000, 0, 0, 0, 0, 0, 0, 0], 3);

/// Special networks within [`GLOBAL_V6`]: protocol assignments with Teredo and ORCHID, and documentation.
const SPECIAL_V6: [([u16; 8], u8); 3] =
    [([0x2001, 0, 0, 0, 0, 0, 0, 0], 23), ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20)];

impl Guard {
    /// Lets public addresses pass, and those of the networks `allowed`.
    pub fn new(allowed: Vec<IpNet>) -> Self {
        Self { allowed }
    }

    /// Whether an address is in one of the allowed networks.
    pub(crate) fn allows(&self, address: IpAddr) -> bool {
        let address = unwrapped(address);
        self.allowed.iter().any(|network| network.contains(&address))
    }

    /// Whether an address may be called. An address of IPv6 that stands for one of IPv4 is judged as that one.
    pub fn lets_pass(&self, address: IpAddr) -> bool {
        self.allows(address) || is_public(unwrapped(address))
    }
}

/// The address of IPv4 that an address of IPv6 stands for: mapped (`::ffff:0:0/96`), compatible (`::/96`), translated
/// (`64:ff9b::/96`), or by 6to4 (`2002::/16`).
fn unwrapped(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else { return address };
    let octets = v6.octets();
    let [.., a, b, c, d] = octets;
    let inner = Ipv4Addr::new(a, b, c, d);
    match v6.segments() {
        [0, 0, 0, 0, 0, 0xffff, _, _] | [0x64, 0xff9b, 0, 0, 0, 0, _, _] => inner.into(),
        [0, 0, 0, 0, 0, 0, _, _] if v6 != Ipv6Addr::LOCALHOST && v6 != Ipv6Addr::UNSPECIFIED => inner.into(),
        [0x2002, high, low, ..] => Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)).into(),
        _ => address,
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let within = |(network, length): ([u8; 4], u8)| {
                Ipv4Net::new(network.into(), length).is_ok_and(|network| network.contains(&address))
            };
            !SPECIAL_V4.into_iter().any(within)
        }
        IpAddr::V6(address) => {
            let within = |(network, length): ([u16; 8], u8)| {
                Ipv6Net::new(network.into(), length).is_ok_and(|network| network.contains(&address))
            };
            within(GLOBAL_V6) && !SPECIAL_V6.into_iter().any(within)
        }
    }
}
