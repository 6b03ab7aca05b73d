//! What was not as it should be: answers that are not true, promises that are broken, requests that are lost.

use domain::ids::EventId;
use repository::{AsyncPgConnection, promises};
use serde::Serialize;

use crate::error::Error;

/// How many are told of in words.
const TOLD_MAX: usize = 10;

/// What was not as it should be.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Untrue {
    /// How often.
    pub count: u64,
    /// The first of it, in words.
    pub told: Vec<String>,
}

impl Untrue {
    /// Counts one.
    pub fn add(&mut self, what: impl FnOnce() -> String) {
        self.count += 1;
        if self.told.len() < TOLD_MAX {
            self.told.push(what());
        }
    }

    /// Adds what others have found.
    pub fn absorb(&mut self, other: Self) {
        self.count += other.count;
        self.told.extend(other.told);
        self.told.truncate(TOLD_MAX);
    }

    /// Adds each part of a promise that the tables break, at one event or at any.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn add_broken_promises(
        &mut self,
        connection: &mut AsyncPgConnection,
        event: Option<EventId>,
    ) -> Result<(), Error> {
        for check in promises::verify(connection, event).await? {
            if check.violations > 0 {
                self.add(|| format!("{} is broken: {} ({:?})", check.promise.code(), check.what, check.example));
            }
        }
        Ok(())
    }
}
