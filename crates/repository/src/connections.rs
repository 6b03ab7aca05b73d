//! One connection of a pool, and whether it may be used again.

use std::ops::{Deref, DerefMut};

use diesel_async::AsyncPgConnection;

/// A connection of a pool. One that is given back in the middle of its work is closed, which rolls back.
pub struct Connection {
    inner: AsyncPgConnection,
    is_unfinished: bool,
}

impl Connection {
    pub(crate) fn new(inner: AsyncPgConnection) -> Self {
        Self { inner, is_unfinished: false }
    }

    /// Work begins. Until `mark_finished` the pool closes this connection instead of reusing it.
    pub fn mark_unfinished(&mut self) {
        self.is_unfinished = true;
    }

    /// The work came to its end, and the connection may be used again.
    pub(crate) fn mark_finished(&mut self) {
        self.is_unfinished = false;
    }

    pub(crate) fn is_unusable(&mut self) -> bool {
        use diesel_async::pooled_connection::PoolableConnection;

        self.is_unfinished || self.inner.is_broken()
    }
}

impl Deref for Connection {
    type Target = AsyncPgConnection;

    fn deref(&self) -> &Self::Target {
        &self.inner
    }
}

impl DerefMut for Connection {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.inner
    }
}
