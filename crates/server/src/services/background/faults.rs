//! Faults of a loop, on a test's order.

use std::sync::{Mutex, PoisonError};

/// What a loop does at its next sign of life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It panics.
    Panic,
    /// It waits for ever.
    Stall,
}

/// The fault that is ordered and has not happened yet.
#[derive(Debug, Default)]
pub(crate) struct Orders(Mutex<Option<Fault>>);

impl Orders {
    /// Orders a fault. It happens once.
    pub(crate) fn place(&self, fault: Fault) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(fault);
    }

    pub(super) async fn carry_out(&self) {
        let fault = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        match fault {
            None => {}
            Some(Fault::Panic) => panic!("on purpose"),
            Some(Fault::Stall) => std::future::pending().await,
        }
    }
}
