//! Programs that run to their end.

use std::process::{Command, Output};

use crate::error::Error;

/// Runs a program to its end and returns its standard output.
///
/// # Errors
/// [`Error::Io`] if it cannot be started, [`Error::Failed`] with its standard error if it fails.
pub fn run(mut command: Command) -> Result<String, Error> {
    let program = command.get_program().to_string_lossy().into_owned();
    let Output { status, stdout, stderr } = command.output().map_err(Error::io(format!("run {program}")))?;
    if !status.success() {
        return Err(Error::Failed(format!("{program} failed: {}", String::from_utf8_lossy(&stderr).trim())));
    }
    Ok(String::from_utf8_lossy(&stdout).into_owned())
}
