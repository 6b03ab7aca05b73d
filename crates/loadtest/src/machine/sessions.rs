//! A session of `psql` that stays open. Only `repository` sends SQL from Rust.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Stdio};

use crate::error::Error;
use crate::machine::test_bed::TestBed;

/// An open session. It ends when this is dropped.
#[derive(Debug)]
pub struct Session {
    psql: Child,
    output: BufReader<ChildStdout>,
}

impl Session {
    /// Opens one on one of the cluster's databases.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Failed`].
    pub fn open(test_bed: &TestBed, database: &str) -> Result<Self, Error> {
        let mut command = test_bed.psql(database)?;
        let mut psql = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(Error::io("run psql"))?;
        match psql.stdout.take() {
            Some(output) => Ok(Self { psql, output: BufReader::new(output) }),
            None => Err(Error::Failed("psql has no output".to_owned())),
        }
    }

    /// Runs statements, and returns the first row that they select. They must select one.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Failed`] if the session ends without a row.
    pub fn ask(&mut self, text: &str) -> Result<String, Error> {
        let input = self.psql.stdin.as_mut().ok_or_else(|| Error::Failed("psql has no input".to_owned()))?;
        input.write_all(text.as_bytes()).map_err(Error::io("run psql"))?;
        let mut row = String::new();
        match self.output.read_line(&mut row).map_err(Error::io("run psql"))? {
            0 => Err(Error::Failed(format!("psql ended at {text}"))),
            _ => Ok(row.trim().to_owned()),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        drop(self.psql.stdin.take());
        let _ = self.psql.wait();
    }
}
