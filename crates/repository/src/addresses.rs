//! The address of a database, and whether connections to it are encrypted.
//!
//! An address is a URL, as tokio-postgres knows it. `sslmode` and `sslrootcert` are read here, by their names in libpq:
//! the driver's own parser does not know them all, and its default is to continue in the clear if the server offers no
//! TLS.

use std::cmp;
use std::fmt::Write as _;
use std::path::PathBuf;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use thiserror::Error;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode, SslNegotiation};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::certificates::{self, Roots, RootsError};

/// The parameters of a URL that this module reads.
const MODE: &str = "sslmode";
const ROOTS: &str = "sslrootcert";

/// All bytes of a parameter, except those that RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Whether connections over TCP are encrypted. There is nothing between the two: an encrypted connection to an unknown
/// server keeps nobody out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// They are not.
    Disable,
    /// They are, and the server's certificate and its name are verified.
    VerifyFull,
}

impl Tls {
    /// The name in settings and, as `sslmode`, in URLs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Disable => "disable",
            Self::VerifyFull => "verify-full",
        }
    }
}

/// Why an address cannot be used. No message holds a password.
#[derive(Debug, Error)]
pub enum AddressError {
    /// It is not a database's URL.
    #[error("{0}")]
    NotParsed(String),
    /// The part after the question mark is not a list of parameters.
    #[error("the part after ? must be a list of name=value, separated by &, in percent-encoding")]
    Parameters,
    /// The URL's `sslmode` is not one of libpq's.
    #[error("sslmode must be disable, require, verify-ca or verify-full")]
    UnknownMode,
    /// The URL and the settings say different things.
    #[error("the URL says {in_url}, and {setting} says {in_settings}: remove one of them")]
    Contradiction {
        /// The URL's parameter, with its value.
        in_url: String,
        /// The setting's name.
        setting: &'static str,
        /// The setting's value.
        in_settings: String,
    },
    /// Certificates are named, and nothing is encrypted.
    #[error("database.tls_roots is of no use in the clear: set database.tls to verify-full, or remove it")]
    RootsInTheClear,
    /// Some of the hosts are folders of Unix sockets, which cannot be encrypted.
    #[error("TLS is for hosts, and one of these hosts is the folder of a Unix socket")]
    SocketAmongHosts,
}

/// The settings that say how connections are encrypted.
#[derive(Debug, Clone, Default)]
pub struct TlsSettings {
    /// Whether they are; `None` leaves it to the URL.
    pub tls: Option<Tls>,
    /// The file of the certificates by which a server is verified; `None` leaves it to the URL, or to the system.
    pub roots: Option<PathBuf>,
}

/// The URL with these settings in it. A URL that says the same already stays as it is.
///
/// libpq's `require` and `verify-ca` count as `verify-full`: encrypted connections are always verified. Its `prefer`
/// and `allow` promise nothing, and count as if they were not there. Without any, connections are in the clear.
///
/// # Errors
/// Every [`AddressError`].
pub fn with_settings(url: &str, settings: &TlsSettings) -> Result<String, AddressError> {
    let parts = Parts::of(url)?;
    let mut added = url.to_owned();
    let mut separator = if parts.has_parameters { '&' } else { '?' };
    let mut add = |name: &str, value: &str| {
        let _ = write!(added, "{separator}{name}={}", utf8_percent_encode(value, RESERVED));
        separator = '&';
    };
    if let Some(wanted) = settings.tls {
        match parts.tls {
            None if wanted == Tls::VerifyFull => add(MODE, wanted.as_str()),
            Some(given) if given != wanted => {
                return Err(AddressError::Contradiction {
                    in_url: format!("{MODE}={}", given.as_str()),
                    setting: "database.tls",
                    in_settings: wanted.as_str().to_owned(),
                });
            }
            _ => {}
        }
    }
    if let Some(wanted) = &settings.roots {
        if parts.tls.or(settings.tls) != Some(Tls::VerifyFull) {
            return Err(AddressError::RootsInTheClear);
        }
        match &parts.roots {
            None => add(ROOTS, &wanted.to_string_lossy()),
            Some(Roots::File(given)) if given == wanted => {}
            Some(given) => {
                return Err(AddressError::Contradiction {
                    in_url: format!("{ROOTS}={given}"),
                    setting: "database.tls_roots",
                    in_settings: wanted.display().to_string(),
                });
            }
        }
    }
    Address::parse(&added)?;
    Ok(added)
}

/// The hosts beyond this machine to which connections are not encrypted. None, if the URL cannot be parsed.
pub fn hosts_in_the_clear(url: &str) -> Vec<String> {
    Address::parse(url).map(|address| address.hosts_in_the_clear()).unwrap_or_default()
}

/// A database's address, parsed.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    config: Config,
    /// The certificates to verify the server by; `None` in the clear.
    roots: Option<Roots>,
}

impl Address {
    /// Parses a URL; [`with_settings`] explains its parameters.
    ///
    /// # Errors
    /// [`AddressError::NotParsed`], [`AddressError::Parameters`], [`AddressError::UnknownMode`],
    /// [`AddressError::SocketAmongHosts`].
    pub(crate) fn parse(url: &str) -> Result<Self, AddressError> {
        let Parts { rest, tls, roots, .. } = Parts::of(url)?;
        let mut config: Config = rest.parse().map_err(not_parsed)?;
        let is_socket = |host: &Host| matches!(host, Host::Unix(_));
        let sockets = config.get_hosts().iter().filter(|host| is_socket(host)).count();
        let only_sockets = sockets > 0 && sockets == config.get_hosts().len();
        if tls != Some(Tls::VerifyFull) || only_sockets {
            config.ssl_mode(SslMode::Disable);
            return Ok(Self { config, roots: None });
        }
        if sockets > 0 {
            return Err(AddressError::SocketAmongHosts);
        }
        config.ssl_mode(SslMode::Require);
        Ok(Self { config, roots: Some(roots.unwrap_or(Roots::System)) })
    }

    fn hosts_in_the_clear(&self) -> Vec<String> {
        if self.roots.is_some() {
            return Vec::new();
        }
        let (hosts, addresses) = (self.config.get_hosts(), self.config.get_hostaddrs());
        let beyond = |index: usize| {
            let host = hosts.get(index).and_then(|host| match host {
                Host::Tcp(name) => Some(name.as_str()),
                Host::Unix(_) => None,
            });
            match addresses.get(index) {
                // Connections go to this address, and the name is for the certificate only.
                Some(address) if address.to_canonical().is_loopback() => None,
                Some(address) => Some(host.map_or_else(|| address.to_string(), str::to_owned)),
                None => host.filter(|name| !is_this_machine(name)).map(str::to_owned),
            }
        };
        (0..cmp::max(hosts.len(), addresses.len())).filter_map(beyond).collect()
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    pub(crate) fn config_mut(&mut self) -> &mut Config {
        &mut self.config
    }

    /// What makes connections encrypted; `None` in the clear. Reads the certificates.
    pub(crate) fn encryption(&self) -> Result<Option<MakeRustlsConnect>, RootsError> {
        let Some(roots) = &self.roots else { return Ok(None) };
        let mut config = certificates::verified_by(roots)?;
        if self.config.get_ssl_negotiation() == SslNegotiation::Direct {
            // A server that is spoken to in TLS from the first byte requires the protocol's name.
            config.alpn_protocols = vec![b"postgresql".to_vec()];
        }
        Ok(Some(MakeRustlsConnect::new(config)))
    }
}

fn not_parsed(error: tokio_postgres::Error) -> AddressError {
    let reason = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
    AddressError::NotParsed(format!("{error}{reason}"))
}

fn is_this_machine(name: &str) -> bool {
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

/// A URL without the parameters of this module, and their values.
struct Parts {
    rest: String,
    has_parameters: bool,
    tls: Option<Tls>,
    roots: Option<Roots>,
}

impl Parts {
    fn of(url: &str) -> Result<Self, AddressError> {
        // As the driver does: the first @ ends user and password, which may hold any other character.
        let start = url.find('@').map_or(0, |at| at + 1);
        let question = url.get(start..).and_then(|rest| rest.find('?')).map(|at| start + at);
        let (address, query) = match question.and_then(|at| url.split_at_checked(at)) {
            Some((address, query)) => (address, query.trim_start_matches('?')),
            None => (url, ""),
        };
        let mut parts = Self { rest: address.to_owned(), has_parameters: question.is_some(), tls: None, roots: None };
        let mut separator = '?';
        for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
            let (name, value) = parameter.split_once('=').ok_or(AddressError::Parameters)?;
            // Other errors repeat a name that they do not know, so it must not be a piece of a password.
            if !name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_') {
                return Err(AddressError::Parameters);
            }
            let decoded = || percent_decode_str(value).decode_utf8().map_err(|_| AddressError::Parameters);
            match name {
                MODE => parts.tls = mode(&decoded()?)?,
                ROOTS => parts.roots = Roots::named(&decoded()?),
                _ => {
                    parts.rest.push(separator);
                    parts.rest.push_str(parameter);
                    separator = '&';
                }
            }
        }
        Ok(parts)
    }
}

fn mode(value: &str) -> Result<Option<Tls>, AddressError> {
    match value {
        "disable" => Ok(Some(Tls::Disable)),
        "require" | "verify-ca" | "verify-full" => Ok(Some(Tls::VerifyFull)),
        "prefer" | "allow" => Ok(None),
        _ => Err(AddressError::UnknownMode),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop loudly")]

    use super::*;

    fn parts(url: &str) -> (String, Option<Tls>, Option<Roots>) {
        let Parts { rest, tls, roots, .. } = Parts::of(url).unwrap();
        (rest, tls, roots)
    }

    #[test]
    fn libpqs_names_are_translated_and_the_other_parameters_stay() {
        let full = Some(Tls::VerifyFull);
        for (url, rest, tls, roots) in [
            ("postgres://u:p@h/d", "postgres://u:p@h/d", None, None),
            ("postgres://u:p?q@h/d?sslmode=disable", "postgres://u:p?q@h/d", Some(Tls::Disable), None),
            ("postgres://h/d?sslmode=require&a=b", "postgres://h/d?a=b", full, None),
            ("postgres://h/d?a=b&sslmode=verify-ca&c=d", "postgres://h/d?a=b&c=d", full, None),
            ("postgres://h?sslmode=verify-full&sslrootcert=system", "postgres://h", full, Some(Roots::System)),
            ("postgres://h/d?sslmode=prefer", "postgres://h/d", None, None),
            ("postgres://h/d?sslmode=allow&sslrootcert=", "postgres://h/d", None, None),
            ("postgres://h/d?sslrootcert=%2Fa%20b", "postgres://h/d", None, Some(Roots::File("/a b".into()))),
        ] {
            assert_eq!(parts(url), (rest.to_owned(), tls, roots), "{url}");
        }
    }

    #[test]
    fn parameters_that_cannot_be_read_are_refused_and_not_repeated() {
        for url in ["postgres://h/d?sslmode", "postgres://u:p@ss?sec&ret=1@h/d", "postgres://h/d?sslmode=%ff"] {
            let error = Address::parse(url).unwrap_err();
            assert!(matches!(error, AddressError::Parameters), "{url}: {error:?}");
        }
        let error = Address::parse("postgres://h/d?sslmode=on").unwrap_err().to_string();
        assert!(error.contains("verify-full"), "{error}");
    }

    #[test]
    fn hosts_beyond_this_machine_are_named_unless_they_are_reached_by_tls() {
        for (url, expected) in [
            ("postgres://u@db/d", &["db"][..]),
            ("postgres://u@db/d?sslmode=prefer", &["db"]),
            ("postgres://u@db/d?sslmode=require", &[]),
            ("postgres://u@localhost,127.0.0.1:1,[::1]/d", &[]),
            ("postgres://u@localhost,10.0.0.1,db:5433/d", &["10.0.0.1", "db"]),
            ("postgres://u@%2Ftmp/d", &[]),
            ("postgres://u@%2Ftmp/d?sslmode=verify-full", &[]),
            ("postgres://u@db/d?hostaddr=127.0.0.2", &[]),
            ("postgres://u@localhost/d?hostaddr=10.0.0.1", &["localhost"]),
            ("postgres://u@[::ffff:127.0.0.1]/d", &[]),
        ] {
            assert_eq!(Address::parse(url).unwrap().hosts_in_the_clear(), expected, "{url}");
        }
        let mixed = Address::parse("postgres://u@%2Ftmp,db/d?sslmode=verify-full").unwrap_err();
        assert!(matches!(mixed, AddressError::SocketAmongHosts), "{mixed:?}");
    }

    #[test]
    fn settings_go_into_the_url_and_must_not_contradict_it() {
        let settings = |tls, roots: Option<&str>| TlsSettings { tls, roots: roots.map(PathBuf::from) };
        let none = settings(None, None);
        let full = settings(Some(Tls::VerifyFull), Some("/a b"));
        let set = |url: &str, settings: &TlsSettings| with_settings(url, settings).map_err(|error| error.to_string());
        assert_eq!(set("postgres://h/d", &none).unwrap(), "postgres://h/d");
        let all = "postgres://h/d?sslmode=verify-full&sslrootcert=%2Fa%20b";
        assert_eq!(set("postgres://h/d", &full).unwrap(), all);
        assert_eq!(set(all, &full).unwrap(), all);
        let only_tls = settings(Some(Tls::VerifyFull), None);
        assert_eq!(set("postgres://u:p?q@h/d", &only_tls).unwrap(), "postgres://u:p?q@h/d?sslmode=verify-full");
        assert!(set("postgres://h/d", &settings(None, Some("/c"))).unwrap_err().contains("database.tls_roots"));
        assert_eq!(
            set("postgres://h/d?a_b=c", &none),
            Err("invalid connection string: unknown option `a_b`".to_owned())
        );
        for (url, parts) in [
            ("postgres://h/d?sslmode=disable", ["sslmode=disable", "database.tls", "verify-full"]),
            ("postgres://h/d?sslrootcert=/c", ["sslrootcert=/c", "database.tls_roots", "/a b"]),
        ] {
            let error = set(url, &full).unwrap_err();
            assert!(parts.iter().all(|part| error.contains(part)), "{error}");
        }
    }
}
