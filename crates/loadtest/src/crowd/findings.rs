//! Faults of the server: answers that are not true, broken promises, lost requests.

use domain::ids::EventId;
use repository::{AsyncPgConnection, promises};
use serde::Serialize;

use crate::error::Error;

/// Findings that are described; further ones are only counted.
const EXAMPLES_MAX: usize = 10;

/// Faults of the server.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Findings {
    /// How many there are.
    pub count: u64,
    /// The first of them, in words.
    pub examples: Vec<String>,
}

impl Findings {
    /// Adds one.
    pub fn add(&mut self, example: impl FnOnce() -> String) {
        self.count += 1;
        if self.examples.len() < EXAMPLES_MAX {
            self.examples.push(example());
        }
    }

    /// Adds all of `other`.
    pub fn absorb(&mut self, other: Self) {
        self.count += other.count;
        self.examples.extend(other.examples);
        self.examples.truncate(EXAMPLES_MAX);
    }

    /// Adds each check of a promise that finds violations in the tables, at one event or at any.
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
