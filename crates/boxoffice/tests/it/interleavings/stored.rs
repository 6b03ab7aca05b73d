//! What the database has stored of the event, and the answers that people got of it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use domain::tables::Tables;

/// The committed rows. Worlds share them, and compare them by a digest of their text.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    tables: Arc<Tables>,
    digest: u64,
}

impl Stored {
    pub(crate) fn new(tables: Tables) -> Self {
        let mut hasher = DefaultHasher::new();
        format!("{tables:?}").hash(&mut hasher);
        Self { digest: hasher.finish(), tables: Arc::new(tables) }
    }
}

impl Deref for Stored {
    type Target = Tables;

    fn deref(&self) -> &Tables {
        &self.tables
    }
}

impl Hash for Stored {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digest.hash(state);
    }
}

impl PartialEq for Stored {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest
    }
}
