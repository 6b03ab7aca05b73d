//! Processes, as the system sees them.

use std::fs;

use rustix::process::{Pid, Resource, Signal, getrlimit, kill_process};

use crate::error::Error;

/// What a process has in memory now, in megabytes.
///
/// # Errors
/// [`Error::Io`] if there is none.
pub fn megabytes(pid: u32) -> Result<f64, Error> {
    memory(pid, "VmRSS:")
}

/// The most that it ever had.
///
/// # Errors
/// As [`megabytes`].
pub fn megabytes_at_most(pid: u32) -> Result<f64, Error> {
    memory(pid, "VmHWM:")
}

fn memory(pid: u32, field: &str) -> Result<f64, Error> {
    let path = format!("/proc/{pid}/status");
    let status = fs::read_to_string(&path).map_err(Error::io(path))?;
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    Ok(kilobytes.ok_or_else(|| Error::Failed(format!("{field} is not known")))? / 1_024.0)
}

/// How many files this process may have open, if that is bounded; those that it starts may have as many.
pub fn open_files() -> Option<u64> {
    getrlimit(Resource::Nofile).current
}

/// Sends a signal to a process and to all that it started.
///
/// # Errors
/// [`Error::Io`] where the system does not tell of its processes.
pub fn signal(parent: u32, signal: Signal) -> Result<(), Error> {
    let children = fs::read_dir("/proc").map_err(Error::io("/proc"))?.filter_map(|entry| {
        let pid: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let of: u32 = stat.rsplit(") ").next()?.split(' ').nth(1)?.parse().ok()?;
        (of == parent).then_some(pid)
    });
    for pid in std::iter::once(parent).chain(children) {
        if let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) {
            // One that has ended meanwhile needs no signal.
            let _ = kill_process(pid, signal);
        }
    }
    Ok(())
}
