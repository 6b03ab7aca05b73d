//! An event's row, locked by another session.

use domain::ids::EventId;

use crate::error::Error;
use crate::machine::sessions::Session;
use crate::machine::test_bed::TestBed;

/// A transaction in another session that locks an event's row. It ends when this is dropped.
pub struct RowLock {
    _session: Session,
}

impl RowLock {
    /// Waits until the row is free, and locks it.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Failed`] if there is no such event.
    pub fn take(test_bed: &TestBed, database: &str, event: EventId) -> Result<Self, Error> {
        let mut session = Session::open(test_bed, database)?;
        let row = session.ask(&format!("begin; select 'locked' from events where id = '{event}' for update;\n"));
        match row.as_deref() {
            Ok("locked") => Ok(Self { _session: session }),
            _ => Err(Error::Failed(format!("could not lock the event's row: {row:?}"))),
        }
    }
}
