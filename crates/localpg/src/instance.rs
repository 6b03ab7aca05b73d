//! One cluster: made, started, stopped.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Output};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, io};
use crate::greeting;
use crate::layout::{self, SUPERUSER};
use crate::processes;
use crate::programs::Programs;
use crate::settings::{Durability, Settings};
use crate::user::{RunAs, last_lines, succeeded};

const CONF: &str = "onsale.conf";
const HALF_MADE: &str = "data.new";

/// A clean start takes a second; one after a crash replays up to max_wal_size of log, on a slow disk.
const START_LIMIT: Duration = Duration::from_secs(300);
/// A fast shutdown disconnects all clients and writes a checkpoint.
const STOP_SECONDS: &str = "20";
/// An immediate shutdown kills processes that do not end within five seconds.
const IMMEDIATE_STOP_SECONDS: &str = "10";
/// How long a process may take to end after SIGKILL, or after the removal of its pid file.
const END_LIMIT: Duration = Duration::from_secs(5);
/// How long the backends of a killed postmaster may live: they notice its death when they next wait, unless a statement
/// keeps them busy.
const ORPHAN_LIMIT: Duration = Duration::from_secs(3);
/// How long the shared memory of a killed postmaster may stay in use.
const OCCUPIED_LIMIT: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_millis(20);
/// Its owner alone reads PostgreSQL's log.
const LOG_MODE: u32 = 0o600;

/// At a start, a longer log is renamed.
const LOG_BYTES_MAX: u64 = 8 << 20;
/// More than the last lines in an error message need.
const LOG_TAIL_BYTES: u64 = 16 << 10;
/// A live server answers at once, even while it refuses connections.
const ANSWER_LIMIT: Duration = Duration::from_secs(5);

/// One cluster: its folders, its settings, and the programs and the user that it runs with.
#[derive(Debug)]
pub(crate) struct Instance {
    pub(crate) programs: Programs,
    pub(crate) user: RunAs,
    pub(crate) settings: Settings,
    pub(crate) base: PathBuf,
    pub(crate) socket_dir: PathBuf,
}

/// The contents of postmaster.pid.
struct PidFile {
    pid: u32,
    socket_dir: OsString,
    status: String,
}

/// How a server shuts down.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shutdown {
    /// With a checkpoint: the next start has nothing to recover.
    Fast,
    /// Without a checkpoint, for a cluster that is removed next.
    Immediate,
}

enum Launch {
    Ready,
    /// Processes of a killed postmaster still use its shared memory.
    Occupied(Error),
}

impl Instance {
    pub(crate) fn home(&self) -> PathBuf {
        layout::home(&self.base)
    }

    pub(crate) fn data(&self) -> PathBuf {
        layout::data(&self.base)
    }

    pub(crate) fn socket_path(&self) -> PathBuf {
        layout::socket_path(&self.socket_dir)
    }

    pub(crate) fn log(&self) -> PathBuf {
        layout::log(&self.base)
    }

    pub(crate) fn url(&self, database: &str) -> String {
        layout::url(&self.socket_dir, database)
    }

    /// Creates the data folder if there is none. It appears complete, or not at all.
    pub(crate) fn create(&self) -> Result<(), Error> {
        self.remove_half_made()?;
        if layout::exists(&self.base) {
            return Ok(());
        }
        let home = self.home();
        let half_made = home.join(crate::folders::unique_name(HALF_MADE));
        // PostgreSQL 17 has its own C.UTF-8, the same on every system. Older versions take the classes of letters from
        // the system's, so that upper and lower case match beyond ASCII. Either way, the order is by bytes.
        let locales: &[&[&str]] = if self.programs.major_version() >= 17 {
            &[&["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]]
        } else {
            &[&["--locale=C", "--lc-ctype=C.UTF-8"], &["--locale=C"]]
        };
        let mut result = Ok(());
        for locale in locales {
            result = self.initdb(&half_made, locale);
            if result.is_ok() {
                break;
            }
            let _ = fs::remove_dir_all(&half_made);
        }
        result?;
        // Only this user can enter the socket's folder, so connections are trusted. There is no line for TCP.
        self.user.write(&home, &half_made.join("pg_hba.conf"), "local all all trust\n")?;
        let included = self.user.shell(
            &home,
            "echo \"include_if_exists = '$2'\" >> \"$1\"/postgresql.conf",
            &[&half_made, Path::new(CONF)],
        )?;
        succeeded("sh", &included)?;
        if self.settings.kept {
            self.sync(&half_made)?;
        }
        let data = self.data();
        fs::rename(&half_made, &data).map_err(io("create", &data))?;
        if self.settings.kept {
            File::open(&home).and_then(|folder| folder.sync_all()).map_err(io("sync", &home))?;
        }
        Ok(())
    }

    /// The process id of the postmaster on the data folder, whoever started it.
    pub(crate) fn running(&self) -> Option<u32> {
        running(&self.base).map(|file| file.pid)
    }

    /// Whether a running server can be used as it is: this process would have started it with the same settings, and it
    /// answers. Waits while it is starting.
    pub(crate) fn can_be_adopted(&self) -> bool {
        let since = Instant::now();
        loop {
            let Some(file) = self.pid_file() else {
                return false;
            };
            if self.running() != Some(file.pid) || file.socket_dir != self.socket_dir.as_os_str() {
                return false;
            }
            if file.status.starts_with("ready") {
                break;
            }
            if !file.status.starts_with("starting") || since.elapsed() > START_LIMIT {
                return false;
            }
            thread::sleep(POLL);
        }
        // An older version of Onsale may have started it with other settings.
        let conf = fs::read_to_string(self.data().join(CONF)).unwrap_or_default();
        conf == self.settings.file(&self.socket_dir) && self.answers()
    }

    /// Starts the server, which must not be running, and returns when it accepts connections. Cleans up after a crash
    /// first: orphaned processes, a stale pid file.
    pub(crate) fn start(&self) -> Result<(), Error> {
        let home = self.home();
        let conf = self.data().join(CONF);
        self.user.write(&home, &conf, &self.settings.file(&self.socket_dir))?;
        let made = self.user.shell(&home, "mkdir -p -m 700 \"$1\"", &[&self.socket_dir])?;
        succeeded("mkdir", &made)?;
        let since = Instant::now();
        loop {
            self.clear_after_crash();
            match self.launch()? {
                Launch::Ready => return Ok(()),
                Launch::Occupied(error) if since.elapsed() > OCCUPIED_LIMIT => return Err(error),
                Launch::Occupied(_) => thread::sleep(POLL * 10),
            }
        }
    }

    /// Stops the server if it is running: by the given shutdown, then by an immediate one, then by SIGKILL. SIGKILL
    /// comes last, since it leaves shared memory behind.
    pub(crate) fn stop(&self, shutdown: Shutdown) -> Result<(), Error> {
        let Some(pid) = self.running() else {
            return Ok(());
        };
        // A suspended process reacts to no other signal.
        processes::signal("CONT", &[pid]);
        let modes: &[(&str, &str)] = match shutdown {
            Shutdown::Fast => &[("fast", STOP_SECONDS), ("immediate", IMMEDIATE_STOP_SECONDS)],
            Shutdown::Immediate => &[("immediate", IMMEDIATE_STOP_SECONDS)],
        };
        for (mode, seconds) in modes {
            let stopped =
                self.pg_ctl(&["stop", "-m", mode, "-w", "-t", seconds]).is_ok_and(|output| output.status.success());
            // pg_ctl waits until the pid file is gone, which is a moment before the process ends.
            if stopped && has_ended(pid) {
                return Ok(());
            }
        }
        self.kill();
        if has_ended(pid) {
            return Ok(());
        }
        Err(Error::NotStopped { pid, folder: self.data() })
    }

    /// Ends all processes and frees the shared memory, so that the folder can be removed.
    pub(crate) fn shut_down_for_removal(&self) -> Result<(), Error> {
        if self.running().is_none() && self.pid_file().is_some() {
            // A killed server leaves its shared memory. Only another start on this folder can free it.
            self.kill();
            let _ = self.start();
        }
        self.stop(Shutdown::Immediate)?;
        self.kill();
        self.wait_for_initdb();
        Ok(())
    }

    /// Kills the server and all its processes, as a crash would. Returns when they are gone.
    pub(crate) fn kill(&self) {
        let data = self.data();
        let mut pids = Vec::new();
        if let Some(pid) = self.running() {
            // A suspended postmaster starts no children while they are listed.
            processes::signal("STOP", &[pid]);
            pids.push(pid);
            pids.extend(processes::children(pid));
        }
        pids.extend(processes::postgres_on(&data));
        pids.dedup();
        processes::signal("KILL", &pids);
        for pid in pids {
            has_ended(pid);
        }
    }

    fn initdb(&self, folder: &Path, locale: &[&str]) -> Result<(), Error> {
        let mut command = self.user.command(&self.programs.path("initdb"), &self.home());
        command
            .arg("-D")
            .arg(folder)
            .args(["-U", SUPERUSER, "--auth=trust", "-E", "UTF8", "--no-instructions", "--no-sync"])
            .args(["--text-search-config=simple"])
            .args(locale);
        if self.settings.durability == Durability::Durable {
            // Checksums detect damaged pages, at a cost of one or two percent. Fast test clusters do without.
            command.arg("--data-checksums");
        }
        let program = self.programs.path("initdb");
        let output = command.output().map_err(io("run", &program))?;
        succeeded("initdb", &output)
    }

    /// Flushes a new cluster to disk: by one sync(1) for its thousand files, or file by file by initdb where sync has
    /// no such option.
    fn sync(&self, folder: &Path) -> Result<(), Error> {
        let home = self.home();
        if cfg!(target_os = "linux") {
            let synced = self.user.shell(&home, "sync -f \"$1\"", &[folder])?;
            if synced.status.success() {
                return Ok(());
            }
        }
        let program = self.programs.path("initdb");
        let output = self
            .user
            .command(&program, &home)
            .args(["--sync-only", "-D"])
            .arg(folder)
            .output()
            .map_err(io("run", &program))?;
        succeeded("initdb", &output)
    }

    fn remove_half_made(&self) -> Result<(), Error> {
        let home = self.home();
        let entries = fs::read_dir(&home).map_err(io("list", &home))?;
        for entry in entries.flatten() {
            if entry.file_name().as_bytes().starts_with(HALF_MADE.as_bytes()) {
                self.wait_for_initdb();
                // A leftover that cannot be removed does not prevent a start.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        Ok(())
    }

    /// Waits for an initdb whose starter was killed: it ends when it next writes its output. If its folder were removed
    /// before that, it would leave shared memory in the system.
    fn wait_for_initdb(&self) {
        let since = Instant::now();
        while processes::any_in(&self.home(), &self.data()) && since.elapsed() < ORPHAN_LIMIT {
            thread::sleep(POLL);
        }
    }

    fn launch(&self) -> Result<Launch, Error> {
        let (log, start) = self.open_log()?;
        let errors = log.try_clone().map_err(io("open", &self.log()))?;
        let program = self.programs.path("postgres");
        let mut command = self.user.command(&program, &self.home());
        command.arg("-D").arg(self.data());
        for (name, value) in self.settings.fixed(&self.socket_dir) {
            let mut setting = OsString::from(name);
            setting.push("=");
            setting.push(value);
            command.arg("-c").arg(setting);
        }
        // Not by pg_ctl, which would put the folder's name into a shell command without quoting it.
        let mut child = command.stdout(log).stderr(errors).spawn().map_err(io("run", &program))?;
        let since = Instant::now();
        loop {
            if self.is_ready(child.id()) {
                reap(child);
                return Ok(Launch::Ready);
            }
            let status = child.try_wait().map_err(io("wait for", &program))?;
            let reason = match status {
                Some(status) => status.to_string(),
                None if since.elapsed() > START_LIMIT => {
                    processes::signal("QUIT", &[child.id()]);
                    let _ = child.wait();
                    format!("not ready after {} s", START_LIMIT.as_secs())
                }
                None => {
                    thread::sleep(POLL);
                    continue;
                }
            };
            let output = self.log_from(start);
            // The messages are in English, since the command's locale is C.
            let occupied =
                output.contains("pre-existing shared memory block") || output.contains("Is another postmaster");
            let error = Error::NotStarted { folder: self.data(), reason, log: self.log(), output: last_lines(&output) };
            return if occupied { Ok(Launch::Occupied(error)) } else { Err(error) };
        }
    }

    fn is_ready(&self, pid: u32) -> bool {
        self.pid_file().is_some_and(|file| file.pid == pid && file.status.starts_with("ready"))
    }

    fn clear_after_crash(&self) {
        let data = self.data();
        let since = Instant::now();
        while !processes::postgres_on(&data).is_empty() && since.elapsed() < ORPHAN_LIMIT {
            thread::sleep(POLL);
        }
        let orphans = processes::postgres_on(&data);
        // Killing them is safe: without their postmaster they can commit nothing that recovery would not find.
        processes::signal("KILL", &orphans);
        for pid in orphans {
            has_ended(pid);
        }
        // PostgreSQL takes a pid file as stale only if there is no such process. It may be another process by now, or
        // one that was never reaped.
        let files = [data.join("postmaster.pid"), self.socket_path().with_extension("5432.lock")];
        if self.pid_file().is_some() && self.running().is_none() {
            for file in files {
                let _ = fs::remove_file(file);
            }
        }
    }

    fn answers(&self) -> bool {
        greeting::accepts(&self.socket_path(), ANSWER_LIMIT)
    }

    fn pg_ctl(&self, arguments: &[&str]) -> Result<Output, Error> {
        let program = self.programs.path("pg_ctl");
        self.user
            .command(&program, &self.home())
            .args(arguments)
            .arg("-D")
            .arg(self.data())
            .output()
            .map_err(io("run", &program))
    }

    fn pid_file(&self) -> Option<PidFile> {
        pid_file(&self.base)
    }

    /// Statements that fail are in the log, and so are the values of people's fields.
    fn open_log(&self) -> Result<(File, u64), Error> {
        let path = self.log();
        // Earlier versions let others read it.
        let _ = fs::set_permissions(&path, Permissions::from_mode(LOG_MODE));
        let _ = fs::set_permissions(path.with_extension("log.1"), Permissions::from_mode(LOG_MODE));
        if fs::metadata(&path).is_ok_and(|log| log.len() > LOG_BYTES_MAX) {
            let _ = fs::rename(&path, path.with_extension("log.1"));
        }
        let file =
            OpenOptions::new().create(true).append(true).mode(LOG_MODE).open(&path).map_err(io("open", &path))?;
        let length = file.metadata().map_err(io("open", &path))?.len();
        Ok((file, length))
    }

    fn log_from(&self, start: u64) -> String {
        let mut bytes = Vec::new();
        if let Ok(mut file) = File::open(self.log()) {
            let end = file.metadata().map_or(start, |log| log.len());
            let from = start.max(end.saturating_sub(LOG_TAIL_BYTES));
            if file.seek(SeekFrom::Start(from)).is_ok() {
                let _ = file.read_to_end(&mut bytes);
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// The socket's folder of the server on the cluster below `base`, if it accepts connections.
pub(crate) fn ready_socket_dir(base: &Path) -> Option<PathBuf> {
    running(base).filter(|file| file.status.starts_with("ready")).map(|file| PathBuf::from(file.socket_dir))
}

fn running(base: &Path) -> Option<PidFile> {
    pid_file(base).filter(|file| processes::is_postgres_on(file.pid, &layout::data(base)))
}

fn pid_file(base: &Path) -> Option<PidFile> {
    let text = fs::read(layout::data(base).join("postmaster.pid")).ok()?;
    let lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    let line = |number: usize| lines.get(number).copied().unwrap_or_default();
    Some(PidFile {
        pid: std::str::from_utf8(line(0)).ok()?.trim().parse().ok()?,
        socket_dir: std::ffi::OsStr::from_bytes(line(4)).to_owned(),
        status: String::from_utf8_lossy(line(7)).into_owned(),
    })
}

/// Waits until the process has ended. False if it does not within the limit.
fn has_ended(pid: u32) -> bool {
    let since = Instant::now();
    while processes::is_alive(pid) {
        if since.elapsed() > END_LIMIT {
            return false;
        }
        thread::sleep(POLL);
    }
    true
}

/// Waits for the child in the background. A dead child that is not reaped keeps its process id, and PostgreSQL would
/// take it for alive.
fn reap(mut child: Child) {
    thread::spawn(move || child.wait());
}
