//! The addresses of endpoints.

use domain::limits::WEBHOOK_URL_CHARACTERS_MAX;
use thiserror::Error;
use url::{Host, Url};

use crate::guard::Guard;

/// The ports below this one belong to services that are no web servers. Those of the web are taken all the same.
const FREE_PORTS_FROM: u16 = 1_025;

/// Whether endpoints must be reached by TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// Only `https` is called.
    Required,
    /// `http` is called as well.
    Optional,
}

/// Why an address cannot be an endpoint's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UrlError {
    /// It is too long.
    #[error("must have at most {WEBHOOK_URL_CHARACTERS_MAX} characters")]
    TooLong,
    /// It is not one.
    #[error("must be an address that starts with https:// and a host")]
    Malformed,
    /// It is not encrypted.
    #[error("must start with https://")]
    NotEncrypted,
    /// It has a user's name or a password, or a part after `#`.
    #[error("must have no user name, no password and no part after #")]
    Extra,
    /// The port is another service's.
    #[error("must have port 443, or one above 1024")]
    Port,
    /// It is not on the public internet.
    #[error("must be on the public internet")]
    NotPublic,
}

/// The address of an endpoint, checked as far as it can be without looking its name up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointUrl {
    url: Url,
    host: Host<String>,
    port: u16,
}

impl EndpointUrl {
    /// Checks an address. An address in numbers is in its usual spelling from here on, however it was written.
    pub fn parse(text: &str, encryption: Encryption, guard: &Guard) -> Result<Self, UrlError> {
        if text.chars().count() > WEBHOOK_URL_CHARACTERS_MAX {
            return Err(UrlError::TooLong);
        }
        // The parser would drop these silently.
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(UrlError::Malformed);
        }
        let url = Url::parse(text).map_err(|_| UrlError::Malformed)?;
        let web_port = match url.scheme() {
            "https" => 443,
            "http" if encryption == Encryption::Optional => 80,
            "http" => return Err(UrlError::NotEncrypted),
            _ => return Err(UrlError::Malformed),
        };
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(UrlError::Extra);
        }
        let host = url.host().ok_or(UrlError::Malformed)?.to_owned();
        let port = url.port_or_known_default().ok_or(UrlError::Malformed)?;
        if port != web_port && port < FREE_PORTS_FROM {
            return Err(UrlError::Port);
        }
        let is_public = match host {
            Host::Ipv4(address) => guard.lets_pass(address.into()),
            Host::Ipv6(address) => guard.lets_pass(address.into()),
            Host::Domain(_) => true,
        };
        if !is_public {
            return Err(UrlError::NotPublic);
        }
        // In its own spelling it may be longer.
        if url.as_str().chars().count() > WEBHOOK_URL_CHARACTERS_MAX {
            return Err(UrlError::TooLong);
        }
        Ok(Self { url, host, port })
    }

    /// The text of it.
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    pub(crate) fn is_encrypted(&self) -> bool {
        self.url.scheme() == "https"
    }

    pub(crate) fn host(&self) -> &Host<String> {
        &self.host
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The path with the query.
    pub(crate) fn target(&self) -> &str {
        &self.url[url::Position::BeforePath..]
    }

    /// The value of the header `Host`.
    pub(crate) fn authority(&self) -> String {
        match self.url.port() {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.to_string(),
        }
    }
}
