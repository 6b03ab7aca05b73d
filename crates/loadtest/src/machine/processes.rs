//! Processes: their memory, their open files, signals to them.

use std::fs;

use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, setrlimit};

use crate::error::Error;

/// The resident memory of a process, in megabytes.
///
/// # Errors
/// [`Error::Io`] if there is no such process, [`Error::Failed`] if the system does not report its memory.
pub fn megabytes(pid: u32) -> Result<f64, Error> {
    memory(pid, "VmRSS:")
}

/// The highest resident memory of a process so far, in megabytes.
///
/// # Errors
/// As [`megabytes`].
pub fn peak_megabytes(pid: u32) -> Result<f64, Error> {
    memory(pid, "VmHWM:")
}

fn memory(pid: u32, field: &str) -> Result<f64, Error> {
    let path = format!("/proc/{pid}/status");
    let status = fs::read_to_string(&path).map_err(Error::io(format!("read {path}")))?;
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    Ok(kilobytes.ok_or_else(|| Error::Failed(format!("{path} has no {field}")))? / 1_024.0)
}

/// The limit of open files of this process and of those that it starts; `None` where there is none.
pub fn open_files_limit() -> Option<u64> {
    getrlimit(Resource::Nofile).current
}

/// Raises the limit of open files as far as this process may. A connection is an open file, here and in a server that
/// this process starts.
///
/// # Errors
/// [`Error::Failed`] if that is not enough for `connections`, [`Error::Io`].
pub fn raise_open_files_limit(connections: usize) -> Result<(), Error> {
    // Files other than connections: programs, logs, the database.
    const OTHER_FILES: u64 = 200;
    let needed = u64::try_from(connections).unwrap_or(u64::MAX).saturating_add(OTHER_FILES);
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current != maximum {
        setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum })
            .map_err(|error| Error::io("raise the limit of open files")(error.into()))?;
    }
    match maximum {
        Some(maximum) if maximum < needed => Err(Error::Failed(format!(
            "{connections} connections need {needed} open files, and the system allows {maximum}: raise it with ulimit -n"
        ))),
        _ => Ok(()),
    }
}

/// Sends a signal to a process and to its children.
///
/// # Errors
/// [`Error::Io`] if `/proc` cannot be read.
pub fn signal_with_children(parent: u32, signal: Signal) -> Result<(), Error> {
    let children = fs::read_dir("/proc").map_err(Error::io("read /proc"))?.filter_map(|entry| {
        let pid: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let parent_of_pid: u32 = stat.rsplit(") ").next()?.split(' ').nth(1)?.parse().ok()?;
        (parent_of_pid == parent).then_some(pid)
    });
    for pid in std::iter::once(parent).chain(children) {
        signal_one(pid, signal);
    }
    Ok(())
}

/// Sends a signal to a process. One that has ended in the meantime needs none.
pub fn signal_one(pid: u32, signal: Signal) {
    if let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) {
        let _ = kill_process(pid, signal);
    }
}
