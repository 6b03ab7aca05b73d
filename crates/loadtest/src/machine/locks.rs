//! An event's row, locked by another session.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Stdio};

use domain::ids::EventId;

use crate::error::Error;
use crate::machine::test_bed::TestBed;

/// A transaction in another session that locks an event's row. It ends when this is dropped.
pub(super) struct RowLock {
    session: Child,
}

impl RowLock {
    /// Waits until the row is free, and locks it.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Failed`] if there is no such event.
    pub(super) fn take(test_bed: &TestBed, database: &str, event: EventId) -> Result<Self, Error> {
        let mut command = test_bed.psql(database)?;
        let session = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(Error::io("run psql"))?;
        let mut lock = Self { session };
        let text = format!("begin; select 'locked' from events where id = '{event}' for update;\n");
        let (Some(input), Some(output)) = (lock.session.stdin.as_mut(), lock.session.stdout.as_mut()) else {
            return Err(Error::Failed("psql has no input and output".to_owned()));
        };
        input.write_all(text.as_bytes()).map_err(Error::io("run psql"))?;
        let mut output_line = String::new();
        BufReader::new(output).read_line(&mut output_line).map_err(Error::io("run psql"))?;
        if output_line.trim() != "locked" {
            return Err(Error::Failed(format!("could not lock the event's row: {output_line}")));
        }
        Ok(lock)
    }

    /// Ends the transaction.
    pub(super) fn release(mut self) -> Result<(), Error> {
        drop(self.session.stdin.take());
        self.session.wait().map(drop).map_err(Error::io("run psql"))
    }
}

impl Drop for RowLock {
    fn drop(&mut self) {
        drop(self.session.stdin.take());
        let _ = self.session.wait();
    }
}
