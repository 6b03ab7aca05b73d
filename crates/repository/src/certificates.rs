//! The certificates by which a server is verified.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use thiserror::Error;

/// libpq's word for the system's own certificates, as a value of `sslrootcert`.
const SYSTEM: &str = "system";

/// Why there are no certificates to verify a server by.
#[derive(Debug, Error)]
pub(crate) enum RootsError {
    /// The file cannot be read, or a part of it is not a certificate. Not a cause in the chain: a second attempt would
    /// find the same.
    #[error("the file of root certificates {}: {reason}", .file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// The reason.
        reason: String,
    },
    /// The system has no certificates.
    #[error(
        "this system has no root certificates: install the package ca-certificates, or name a file of certificates with \
         database.tls_roots (in a URL: sslrootcert){0}"
    )]
    System(String),
    /// The library refuses its own defaults.
    #[error("TLS is not available: {0}")]
    Library(#[from] rustls::Error),
}

/// TLS with servers whose certificates are signed by one of these roots. TLS 1.2 and 1.3.
pub(crate) fn verified_by(roots: &Roots) -> Result<ClientConfig, RootsError> {
    // Named, and not the process's default, which another library might set.
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(config.with_root_certificates(roots.read()?).with_no_client_auth())
}

/// The certificates by which a server is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Roots {
    /// The ones that the system trusts.
    System,
    /// The ones in this file, in PEM format.
    File(PathBuf),
}

impl fmt::Display for Roots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => f.write_str(SYSTEM),
            Self::File(file) => file.display().fmt(f),
        }
    }
}

impl Roots {
    /// The roots by their name in libpq; `None` for an empty one.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "" => None,
            SYSTEM => Some(Self::System),
            file => Some(Self::File(PathBuf::from(file))),
        }
    }

    fn read(&self) -> Result<RootCertStore, RootsError> {
        let mut store = RootCertStore::empty();
        match self {
            Self::System => {
                let found = rustls_native_certs::load_native_certs();
                // A certificate that this library does not understand is of no use to it, and no reason to refuse the
                // others.
                store.add_parsable_certificates(found.certs);
                if store.is_empty() {
                    let reasons: String = found.errors.iter().map(|error| format!("; {error}")).collect();
                    return Err(RootsError::System(reasons));
                }
            }
            Self::File(file) => {
                read_file(file, &mut store).map_err(|reason| RootsError::File { file: file.clone(), reason })?;
            }
        }
        Ok(store)
    }
}

fn read_file(file: &Path, store: &mut RootCertStore) -> Result<(), String> {
    let certificates = CertificateDer::pem_file_iter(file).map_err(|error| error.to_string())?;
    for certificate in certificates {
        let certificate = certificate.map_err(|error| error.to_string())?;
        store.add(certificate).map_err(|error| error.to_string())?;
    }
    if store.is_empty() {
        return Err("it has no certificate in PEM format".to_owned());
    }
    Ok(())
}
