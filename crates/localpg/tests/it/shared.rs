use std::path::{Path, PathBuf};
use std::time::Duration;

use localpg::shared_test_cluster;
use testdb::patience::QUIET;

use crate::child::{Other, becomes, copy_of_this_program, lives, signal};
use crate::folder::{Folder, exists};
use crate::psql::psql;

/// How long a shared cluster stays after its last process.
const LINGER: Duration = Duration::from_secs(5);

struct Seen {
    pid: u32,
    socket: PathBuf,
    base: PathBuf,
}

fn joined(other: &mut Other) -> Seen {
    let said = other.says();
    let (pid, socket) = said.split_once(' ').unwrap();
    let socket = PathBuf::from(socket);
    let base = socket.ancestors().nth(3).unwrap().to_path_buf();
    assert!(base.file_name().unwrap().to_str().unwrap().starts_with("onsale-test-"));
    Seen { pid: pid.parse().unwrap(), socket, base }
}

fn join(program: &Path) -> Other {
    Other::start_program(program, "shared", "", &[])
}

#[test]
fn a_process_that_asks_twice_gets_the_same_cluster() {
    let first = shared_test_cluster().unwrap();
    let second = shared_test_cluster().unwrap();
    assert_eq!(first.postmaster_pid(), second.postmaster_pid());
    assert_eq!(first.url("a"), second.url("a"));
    assert_eq!(psql(&first.socket_path(), "show fsync").unwrap(), "off");
    assert_eq!(psql(&first.socket_path(), "show max_connections").unwrap(), "300");
}

#[test]
fn processes_that_come_together_share_one_and_it_goes_after_the_last_even_when_that_is_killed() {
    let target = Folder::new();
    let program = copy_of_this_program(target.path());
    let mut others: Vec<Other> = (0..4).map(|_| join(&program)).collect();
    let seen: Vec<Seen> = others.iter_mut().map(joined).collect();
    let Seen { pid, socket, base } = &seen[0];
    assert!(seen.iter().all(|other| other.pid == *pid && other.socket == *socket));
    let last = others.pop().unwrap();
    for other in others {
        other.finish();
    }
    // A cluster that went with any of its processes would be gone by then.
    std::thread::sleep(QUIET);
    assert_eq!(psql(socket, "select 1").unwrap(), "1");
    last.kill();
    // A process that comes soon finds it unchanged, and keeps it.
    let mut next = join(&program);
    assert_eq!(joined(&mut next).pid, *pid);
    // A cluster that nobody had kept would be gone by then.
    std::thread::sleep(LINGER + QUIET);
    assert_eq!(psql(socket, "select 1").unwrap(), "1");
    next.kill();
    assert!(becomes(|| !exists(base) && !lives(*pid)));
}

#[test]
fn a_shared_cluster_goes_when_the_process_that_makes_it_is_killed_meanwhile() {
    let target = Folder::new();
    let program = copy_of_this_program(target.path());
    let mut first = join(&program);
    let Seen { pid, base, .. } = joined(&mut first);
    signal("KILL", pid);
    first.kill();

    let making = || {
        base.join("postgres").read_dir().is_ok_and(|entries| {
            let mut names = entries.map(|entry| entry.unwrap().file_name());
            names.any(|name| name.to_str().unwrap().starts_with("data.new-"))
        })
    };
    let half = join(&program);
    assert!(becomes(making));
    half.kill();
    // The next process starts a new one at once, in the same place.
    let mut next = join(&program);
    let seen = joined(&mut next);
    assert_eq!(seen.base, base);
    assert_eq!(psql(&seen.socket, "select 1").unwrap(), "1");
    signal("KILL", seen.pid);
    next.kill();
    let half = join(&program);
    assert!(becomes(making));
    half.kill();
    assert!(becomes(|| !exists(&base)));
}

#[test]
fn a_shared_cluster_that_died_is_made_anew_and_a_dead_watchdog_is_replaced() {
    let target = Folder::new();
    let program = copy_of_this_program(target.path());
    let mut first = join(&program);
    let before = joined(&mut first);
    assert!(signal("KILL", before.pid));
    let base = before.base.to_str().unwrap();
    // The shell's process, by its last arguments: the base and the linger.
    let find = format!("pgrep -f 'onsale-watchdog {base} ' || true");
    let output = std::process::Command::new("/bin/sh").args(["-c", &find]).output().unwrap();
    for pid in String::from_utf8(output.stdout).unwrap().split_whitespace() {
        signal("KILL", pid.parse().unwrap());
    }
    let mut second = join(&program);
    let after = joined(&mut second);
    assert_ne!(after.pid, before.pid);
    assert_eq!(psql(&after.socket, "select 1").unwrap(), "1");
    first.finish();
    second.finish();
    assert!(becomes(|| !exists(&after.base) && !lives(after.pid)));
}
