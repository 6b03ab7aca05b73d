//! Programs that end with the test, however the test ends.

use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

/// Starts the program and waits on its own standard input, which closes when the test process ends. Then it ends the
/// whole process group, because a ChromeDriver that is ended leaves its browsers behind, and removes the folder `$1`.
const SCRIPT: &str = r#"
folder=$1
shift
"$@" &
cat >/dev/null
trap '' TERM
kill -TERM 0
wait
rm -rf "$folder"
kill -KILL 0
"#;

/// A running program. It gets SIGTERM when this is dropped, or when this process ends.
#[derive(Debug)]
pub(crate) struct Guarded {
    shell: Child,
}

impl Guarded {
    /// Starts `program` with `arguments`, with what `prepare` sets. `folder` is removed in the end.
    pub(crate) fn start(
        folder: &std::path::Path,
        program: &std::path::Path,
        arguments: &[&str],
        prepare: impl FnOnce(&mut Command),
    ) -> (Self, ChildStdout, ChildStderr) {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", SCRIPT, "guard"]).arg(folder).arg(program).args(arguments);
        prepare(&mut command);
        command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut shell = command.spawn().unwrap();
        let (out, err) = (shell.stdout.take().unwrap(), shell.stderr.take().unwrap());
        (Self { shell }, out, err)
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        // It ends by its own signal, so its status says nothing.
        let _ = self.shell.wait();
    }
}
