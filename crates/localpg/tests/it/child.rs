use std::env;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Instant;

use localpg::{Cluster, Durability, Programs, shared_test_cluster};
use testdb::patience::{LIMIT, POLL};

const TASK: &str = "LOCALPG_CHILD_TASK";
const ARGUMENT: &str = "LOCALPG_CHILD_ARGUMENT";
const MARK: &str = "localpg-child: ";

/// The other process; not a test. It keeps open what it opened until its input ends.
#[test]
fn child() {
    let Ok(task) = env::var(TASK) else {
        return;
    };
    let argument = env::var(ARGUMENT).unwrap_or_default();
    let hold = |said: &str| {
        println!("\n{MARK}{said}");
        std::io::stdout().flush().unwrap();
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
    };
    match task.as_str() {
        "open" => match Cluster::open(Path::new(&argument)) {
            Ok(cluster) => hold(&cluster.postmaster_pid().unwrap().to_string()),
            Err(error) => hold(&format!("error {error}")),
        },
        "temporary" => {
            let cluster = Cluster::temporary(Durability::None).unwrap();
            hold(&cluster.data_path().display().to_string());
        }
        "shared" => {
            let cluster = shared_test_cluster().unwrap();
            let pid = cluster.postmaster_pid().unwrap();
            hold(&format!("{pid} {}", cluster.socket_path().display()));
        }
        "programs" => match Programs::find() {
            Ok(programs) => hold(&programs.path("postgres").display().to_string()),
            Err(error) => hold(&error.to_string().replace('\n', "|")),
        },
        task => panic!("{task}"),
    }
}

/// That process; killed when dropped.
pub(crate) struct Other {
    process: Child,
    output: BufReader<std::process::ChildStdout>,
}

impl Other {
    pub(crate) fn start(task: &str, argument: &str) -> Self {
        Self::start_program(&env::current_exe().unwrap(), task, argument, &[])
    }

    pub(crate) fn start_program(program: &Path, task: &str, argument: &str, variables: &[(&str, &str)]) -> Self {
        let mut process = Command::new(program)
            .args(["--exact", "child::child", "--nocapture"])
            .env(TASK, task)
            .env(ARGUMENT, argument)
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        Self { process, output }
    }

    /// The line that it prints once everything is open.
    pub(crate) fn says(&mut self) -> String {
        let mut line = String::new();
        while self.output.read_line(&mut line).unwrap() > 0 {
            if let Some(said) = line.strip_prefix(MARK) {
                return said.trim().to_owned();
            }
            line.clear();
        }
        panic!("the other process ended early");
    }

    /// kill -9
    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Lets it end normally.
    pub(crate) fn finish(mut self) {
        drop(self.process.stdin.take());
        assert!(self.process.wait().unwrap().success());
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Waits until it is so. False if that takes longer than [`LIMIT`].
pub(crate) fn becomes(what: impl Fn() -> bool) -> bool {
    let since = Instant::now();
    while since.elapsed() < LIMIT {
        if what() {
            return true;
        }
        std::thread::sleep(POLL);
    }
    what()
}

/// Does this on another thread.
///
/// # Panics
/// If it panics, or takes longer than [`LIMIT`].
pub(crate) fn within_limit(work: impl FnOnce() + Send + 'static) {
    let (done, wait) = mpsc::channel();
    std::thread::spawn(move || {
        work();
        done.send(())
    });
    wait.recv_timeout(LIMIT).expect("not done");
}

/// kill(1) by the shell.
pub(crate) fn signal(name: &str, pid: u32) -> bool {
    Command::new("/bin/sh")
        .args(["-c", &format!("kill -{name} {pid}")])
        .stderr(Stdio::null())
        .status()
        .unwrap()
        .success()
}

/// Whether a process is there and has not ended: one that init has yet to collect has.
pub(crate) fn lives(pid: u32) -> bool {
    let ended = std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| stat.contains(") Z "));
    signal("0", pid) && !ended
}

/// A copy of this program in a target folder of its own, so that no other tests share its cluster.
pub(crate) fn copy_of_this_program(target: &Path) -> PathBuf {
    std::fs::write(target.join("CACHEDIR.TAG"), "").unwrap();
    let copy = target.join("it");
    // Copied by another process. A file that this process has open for writing may be inherited by a program that
    // another test starts at that moment, and could then not be run.
    let copied = Command::new("cp").arg(env::current_exe().unwrap()).arg(&copy).status();
    assert!(copied.unwrap().success());
    copy
}
