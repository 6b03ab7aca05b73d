//! Ctrl-C and SIGTERM.

use std::io;
use std::process;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::process::console;

/// What shells give a program that Ctrl-C ended: 128 and the signal's number.
pub(crate) const INTERRUPTED: u8 = 130;

/// Tells whether somebody wants the server to stop. Clones are told the same.
#[derive(Debug, Clone)]
pub struct Stop {
    wanted: watch::Receiver<bool>,
}

impl Stop {
    /// From now on, Ctrl-C and SIGTERM ask for an orderly stop; a Ctrl-C after that ends the process at once.
    ///
    /// Must be called within a runtime, whose other work may be cut short by that second Ctrl-C.
    pub fn on_signals() -> io::Result<Self> {
        let mut interrupts = signal(SignalKind::interrupt())?;
        let mut terminations = signal(SignalKind::terminate())?;
        let (want, wanted) = watch::channel(false);
        tokio::spawn(async move {
            tokio::select! {
                _ = interrupts.recv() => {}
                _ = terminations.recv() => {}
            }
            want.send_replace(true);
            interrupts.recv().await;
            console::complain("stopped at once; a private PostgreSQL keeps running, and the next start takes it over");
            process::exit(INTERRUPTED.into());
        });
        Ok(Self { wanted })
    }

    /// Returns when a stop is wanted.
    pub async fn wanted(mut self) {
        // An error means that nobody listens for signals any more: then the process is ending anyway.
        let _ = self.wanted.wait_for(|wanted| *wanted).await;
    }
}
