//! What the server tells the person who started it. The log is apart from this, in [`crate::process::telemetry`].

use std::fmt::{self, Display, Formatter};
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::process::demo::Account;

/// A line on standard output. Nobody may be reading there, which is no reason to stop.
pub fn say(text: impl Display) {
    let _ = write(text);
}

/// [`say`], where what is said is what a command is for: whether it was taken.
pub(crate) fn write(text: impl Display) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush())
}

/// A line on standard error: why the server does not run.
pub fn complain(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "onsale: {text}");
}

/// What is printed when the server answers.
#[derive(Debug)]
pub struct Banner<'a> {
    /// Where it listens.
    pub address: SocketAddr,
    /// Demo accounts that are as they were made.
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

/// An address that a browser on this machine can open.
struct Link(SocketAddr);

impl Display for Link {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}/", from_this_machine(self.0))
    }
}

/// Where somebody on this machine reaches who listens on `address`, which may be every address.
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
