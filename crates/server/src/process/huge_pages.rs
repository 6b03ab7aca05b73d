//! How much memory stands behind what is allocated.

/// Asks the system for pages of the usual size only. What a connection may need is mostly never touched: in huge pages all
/// of it is in memory, which is a third of what a waiting crowd takes, and no request is answered faster for it. Where the
/// system does not do so, the server takes more.
#[cfg(target_os = "linux")]
pub(crate) fn avoid() {
    if let Err(error) = rustix::thread::disable_transparent_huge_pages(true) {
        tracing::info!(%error, "huge pages cannot be avoided: a crowd takes more memory");
    }
}

/// Other systems have no such switch.
#[cfg(not(target_os = "linux"))]
pub(crate) fn avoid() {}
