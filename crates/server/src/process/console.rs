//! Messages for the person who started the server. The log is separate, in [`crate::process::telemetry`].

use std::fmt::{self, Display, Formatter};
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::process::demo::Account;

/// Prints a line on standard output. Errors are ignored: a closed output is no reason to stop.
pub fn say(text: impl Display) {
    let _ = write(text);
}

/// Prints a line like [`say`], and returns errors. For commands whose purpose is their output.
pub(crate) fn write(text: impl Display) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush())
}

/// Prints a line on standard error: the reason why the server does not run.
pub fn complain(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "onsale: {text}");
}

/// The message that the server is ready.
#[derive(Debug)]
pub struct Banner<'a> {
    /// The address that the server listens on.
    pub address: SocketAddr,
    /// Demo accounts that still have their first password and role.
    pub accounts: &'a [&'static Account],
}

impl Display for Banner<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nOnsale {} is ready: {}", env!("CARGO_PKG_VERSION"), Link(self.address))?;
        if self.address.ip().is_unspecified() {
            writeln!(f, "It listens on {}: every address of this machine.", self.address)?;
        }
        if !self.accounts.is_empty() {
            writeln!(f, "\nDemo accounts:")?;
            for Account { role, email, password, .. } in self.accounts {
                writeln!(f, "  {role:<10} {email:<24} {password}", role = role.as_str())?;
            }
        }
        write!(f, "\nCtrl-C stops it.")
    }
}

/// A URL that a browser on this machine can open.
struct Link(SocketAddr);

impl Display for Link {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}/", from_this_machine(self.0))
    }
}

/// The address at which this machine reaches a listener on `address`, which may stand for every address.
pub(crate) fn from_this_machine(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::from(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::from(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_can_be_opened() {
        for (address, link) in [
            ("127.0.0.1:8080", "http://127.0.0.1:8080/"),
            ("0.0.0.0:80", "http://127.0.0.1:80/"),
            ("[::]:80", "http://[::1]:80/"),
        ] {
            assert_eq!(Link(address.parse().unwrap()).to_string(), link);
        }
    }
}
