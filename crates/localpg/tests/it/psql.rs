use std::path::Path;
use std::process::{Command, Stdio};

use localpg::Programs;

/// Runs a statement in the database postgres. The error is the output of psql.
pub(crate) fn psql(socket: &Path, statement: &str) -> Result<String, String> {
    let output = command(socket, statement).output().unwrap();
    if output.status.success() {
        Ok(String::from_utf8(output.stdout).unwrap().trim().to_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

pub(crate) fn command(socket: &Path, statement: &str) -> Command {
    let mut command = Command::new(Programs::find().unwrap().path("psql"));
    command
        .arg("-h")
        .arg(socket.parent().unwrap())
        .args(["-p", "5432", "-U", "postgres", "-d", "postgres", "-XAtqc", statement])
        .stdin(Stdio::null());
    command
}
