//! Which processes there are, from /proc where there is one and from `ps` elsewhere.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What PostgreSQL's processes are called, whatever title they show.
const PROGRAM: &str = "postgres";

/// Whether this process exists and has not ended. One that ended and that nobody collected (a container without an
/// init) does not count, though kill(2) says it is there.
pub(crate) fn is_alive(pid: u32) -> bool {
    if has_proc() {
        return stat(pid).is_some_and(|stat| stat.state != 'Z' && stat.state != 'X');
    }
    let state = ps(&["-o", "stat=", "-p", &pid.to_string()]);
    !state.is_empty() && !state.starts_with('Z')
}

/// Whether this process is alive and PostgreSQL at work on that data folder. Process numbers come round again: a number
/// in a file proves nothing.
pub(crate) fn is_postgres_on(pid: u32, data: &Path) -> bool {
    if has_proc() {
        return is_alive(pid) && stat(pid).is_some_and(|stat| stat.name == PROGRAM) && works_in(pid, data);
    }
    let command = ps(&["-o", "command=", "-p", &pid.to_string()]);
    command.contains(PROGRAM) && command.contains(&*data.to_string_lossy())
}

/// All PostgreSQL processes at work on that data folder. Without /proc nobody can tell, and there are none.
pub(crate) fn postgres_on(data: &Path) -> Vec<u32> {
    all().into_iter().filter(|pid| is_postgres_on(*pid, data)).collect()
}

/// Whether any process works in this folder or below it, except below `apart`. Without /proc nobody can tell, and none
/// does.
pub(crate) fn any_in(folder: &Path, apart: &Path) -> bool {
    all().into_iter().any(|pid| {
        let place = fs::read_link(format!("/proc/{pid}/cwd")).unwrap_or_default();
        place.starts_with(folder) && !place.starts_with(apart) && is_alive(pid)
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

/// Sends a signal ("KILL", "STOP"), where the process still exists. By the shell, whose kill is always there.
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

/// Every process of PostgreSQL works in its data folder. Compared by inode: the folder may have been moved.
fn works_in(pid: u32, data: &Path) -> bool {
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
