//! The processes of the system, from /proc or, on systems without it, from `ps`.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The name of PostgreSQL's processes, whatever their titles.
const PROGRAM: &str = "postgres";

/// Whether a process is running. A process that has ended but was not reaped (in a container without an init) is not,
/// though kill(2) finds it.
pub(crate) fn is_alive(pid: u32) -> bool {
    if has_proc() {
        return stat(pid).is_some_and(|stat| stat.state != 'Z' && stat.state != 'X');
    }
    let state = ps(&["-o", "stat=", "-p", &pid.to_string()]);
    !state.is_empty() && !state.starts_with('Z')
}

/// Whether a process is PostgreSQL running on this data folder. Process ids are reused, so an id in a file proves
/// nothing.
pub(crate) fn is_postgres_on(pid: u32, data: &Path) -> bool {
    if has_proc() {
        return is_alive(pid) && stat(pid).is_some_and(|stat| stat.name == PROGRAM) && has_directory(pid, data);
    }
    let command = ps(&["-o", "command=", "-p", &pid.to_string()]);
    command.contains(PROGRAM) && command.contains(&*data.to_string_lossy())
}

/// All PostgreSQL processes on this data folder. Empty on systems without /proc.
pub(crate) fn postgres_on(data: &Path) -> Vec<u32> {
    all().into_iter().filter(|pid| is_postgres_on(*pid, data)).collect()
}

/// Whether any process has a working directory in this folder or below, but not in `except` or below. False on systems
/// without /proc.
pub(crate) fn any_in(folder: &Path, except: &Path) -> bool {
    all().into_iter().any(|pid| {
        let directory = fs::read_link(format!("/proc/{pid}/cwd")).unwrap_or_default();
        directory.starts_with(folder) && !directory.starts_with(except) && is_alive(pid)
    })
}

/// The children of a process.
pub(crate) fn children(parent: u32) -> Vec<u32> {
    if has_proc() {
        return all().into_iter().filter(|pid| stat(*pid).is_some_and(|stat| stat.parent == parent)).collect();
    }
    ps(&["-A", "-o", "pid=,ppid="])
        .lines()
        .filter_map(|line| {
            let mut numbers = line.split_whitespace().map(str::parse::<u32>);
            let pid = numbers.next()?.ok()?;
            (numbers.next()?.ok()? == parent).then_some(pid)
        })
        .collect()
}

/// Sends a signal ("KILL", "STOP") to the processes that still exist, by the `kill` that every shell has.
pub(crate) fn signal(name: &str, pids: &[u32]) {
    for pid in pids {
        let _ = Command::new("/bin/sh")
            .args(["-c", "kill -s \"$1\" \"$2\"", "sh", name, &pid.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }
}

struct Stat {
    name: String,
    state: char,
    parent: u32,
}

fn stat(pid: u32) -> Option<Stat> {
    let text = fs::read(format!("/proc/{pid}/stat")).ok()?;
    let text = String::from_utf8_lossy(&text);
    // "17 (a (strange) name) S 1 ...": the name ends at the last parenthesis.
    let (start, rest) = text.rsplit_once(") ")?;
    let (_, name) = start.split_once(" (")?;
    let mut fields = rest.split(' ');
    Some(Stat { name: name.to_owned(), state: fields.next()?.chars().next()?, parent: fields.next()?.parse().ok()? })
}

/// Whether a process has this working directory, as every process of PostgreSQL has its data folder. Inodes are
/// compared, since the folder may have been moved.
fn has_directory(pid: u32, data: &Path) -> bool {
    let folder = fs::metadata(format!("/proc/{pid}/cwd"));
    match (folder, fs::metadata(data)) {
        (Ok(folder), Ok(data)) => folder.dev() == data.dev() && folder.ino() == data.ino(),
        _ => false,
    }
}

fn has_proc() -> bool {
    PathBuf::from("/proc/self/stat").exists()
}

fn all() -> Vec<u32> {
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect()
}

fn ps(arguments: &[&str]) -> String {
    Command::new("ps")
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
        .unwrap_or_default()
}
