//! Turns transparent huge pages off.

/// Asks the system for pages of the usual size. Most of a connection's buffers are never touched, but a huge page keeps
/// all of them in memory: a third of the memory of a waiting crowd. Huge pages answer no request faster.
#[cfg(target_os = "linux")]
pub(crate) fn avoid() {
    if let Err(error) = rustix::thread::disable_transparent_huge_pages(true) {
        tracing::info!(%error, "could not turn huge pages off; a crowd takes more memory");
    }
}

/// Other systems have no such switch.
#[cfg(not(target_os = "linux"))]
pub(crate) fn avoid() {}
