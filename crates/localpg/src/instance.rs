use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Output};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, io};
use crate::processes;
use crate::programs::Programs;
use crate::settings::{Durability, Settings};
use crate::user::{RunAs, last_lines, succeeded};

/// Part of the socket's name only: no cluster here has a TCP port.
pub(crate) const PORT: &str = "5432";
/// PostgreSQL's superuser in every cluster; clients connect as it.
const SUPERUSER: &str = "postgres";

const CONF: &str = "onsale.conf";
const HALF_MADE: &str = "data.new";

/// A clean start takes a second; one after a crash replays up to max_wal_size of log, on a slow disk.
const START_LIMIT: Duration = Duration::from_secs(300);
/// A fast shutdown disconnects everybody and writes a checkpoint.
const STOP_SECONDS: &str = "20";
/// An immediate shutdown kills what does not end within five seconds.
const IMMEDIATE_STOP_SECONDS: &str = "10";
/// After SIGKILL, or once the pid file is gone.
const END_LIMIT: Duration = Duration::from_secs(5);
/// Backends of a killed postmaster notice its death when they next wait, that is soon, unless a statement keeps them.
const ORPHANS_MAY_LIVE: Duration = Duration::from_secs(3);
/// While the system takes apart what they held.
const OCCUPIED_LIMIT: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_millis(20);
/// The log of a kept cluster is put aside at a start when it is longer.
const LOG_BYTES: u64 = 8 << 20;
/// More than the lines that are shown can be.
const LOG_TAIL_BYTES: u64 = 16 << 10;
/// A live server answers at once, even while it refuses connections.
const READY_SECONDS: &str = "5";

/// One cluster's folders and how its programs are run.
///
/// ```text
/// base/              ours: locks, postgres.log
///   postgres/        belongs to the user that PostgreSQL runs as, 0700
///     data/          PostgreSQL's data folder
///     socket/        or a short folder elsewhere
/// ```
#[derive(Debug)]
pub(crate) struct Instance {
    pub(crate) programs: Programs,
    pub(crate) user: RunAs,
    pub(crate) settings: Settings,
    pub(crate) base: PathBuf,
    pub(crate) socket_dir: PathBuf,
}

/// What the lines of postmaster.pid say.
struct PidFile {
    pid: u32,
    socket_dir: OsString,
    status: String,
}

/// How a server is asked to stop.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shutdown {
    /// With a checkpoint: the next start has nothing to recover.
    Fast,
    /// Without: for a cluster that goes away.
    Immediate,
}

enum Launch {
    Ready,
    /// Processes of a killed postmaster still hold its shared memory.
    Occupied(Error),
}

impl Instance {
    pub(crate) fn home(&self) -> PathBuf {
        home(&self.base)
    }

    pub(crate) fn data(&self) -> PathBuf {
        data(&self.base)
    }

    pub(crate) fn socket_path(&self) -> PathBuf {
        socket_path(&self.socket_dir)
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.base.join("postgres.log")
    }

    pub(crate) fn url(&self, database: &str) -> String {
        url(&self.socket_dir, database)
    }

    /// Makes the data folder where there is none, whole or not at all.
    pub(crate) fn create(&self) -> Result<(), Error> {
        self.remove_half_made()?;
        if exists(&self.base) {
            return Ok(());
        }
        let home = self.home();
        let half_made = home.join(crate::folders::fresh_name(HALF_MADE));
        // PostgreSQL 17 brings its own C.UTF-8, the same everywhere. Before, the system's is taken for what is a letter,
        // so that upper and lower case match beyond ASCII; order is by bytes in either case.
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
        // The socket's folder keeps everybody else out, so whoever got there is trusted. No line for TCP.
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

    /// The postmaster that is at work on the data folder, started by whomever.
    pub(crate) fn running(&self) -> Option<u32> {
        running(&self.base).map(|file| file.pid)
    }

    /// Whether a server that is alive is one that this process would have started, is in good health, and so can be used
    /// as it is. Waits for it while it is starting.
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
        // Settings of an older Onsale may not be enough for this one.
        let conf = fs::read_to_string(self.data().join(CONF)).unwrap_or_default();
        conf == self.settings.file(&self.socket_dir) && self.answers()
    }

    /// Starts the server, which must not run, and returns when it takes connections. What a crash left behind (orphans,
    /// a stale pid file) is cleared away or waited for.
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

    /// Stops the server where it runs: in good order if so wanted, then immediately, then by force. Never by force at
    /// first, which would leave its shared memory behind.
    pub(crate) fn stop(&self, shutdown: Shutdown) -> Result<(), Error> {
        let Some(pid) = self.running() else {
            return Ok(());
        };
        // One that somebody stopped hears nothing else.
        processes::signal("CONT", &[pid]);
        let modes: &[(&str, &str)] = match shutdown {
            Shutdown::Fast => &[("fast", STOP_SECONDS), ("immediate", IMMEDIATE_STOP_SECONDS)],
            Shutdown::Immediate => &[("immediate", IMMEDIATE_STOP_SECONDS)],
        };
        for (mode, seconds) in modes {
            let stopped =
                self.pg_ctl(&["stop", "-m", mode, "-w", "-t", seconds]).is_ok_and(|output| output.status.success());
            // pg_ctl waits for the pid file to go, which is a moment before the process ends.
            if stopped && ended(pid) {
                return Ok(());
            }
        }
        self.kill();
        if ended(pid) {
            return Ok(());
        }
        Err(Error::NotStopped { pid, folder: self.data() })
    }

    /// Before the folder is removed: nothing of it runs any more, nor stays in the system.
    pub(crate) fn wind_up(&self) -> Result<(), Error> {
        if self.running().is_none() && self.pid_file().is_some() {
            // A killed server leaves its shared memory, which only the next one on this folder finds.
            self.kill();
            let _ = self.start();
        }
        self.stop(Shutdown::Immediate)?;
        self.kill();
        self.await_initdb();
        Ok(())
    }

    /// Ends the server and all its processes as a crash would, at once. Returns when they are gone.
    pub(crate) fn kill(&self) {
        let data = self.data();
        let mut pids = Vec::new();
        if let Some(pid) = self.running() {
            // A stopped parent has no more children while they are counted.
            processes::signal("STOP", &[pid]);
            pids.push(pid);
            pids.extend(processes::children(pid));
        }
        pids.extend(processes::postgres_on(&data));
        pids.dedup();
        processes::signal("KILL", &pids);
        for pid in pids {
            ended(pid);
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
            // They find rotten pages, for a percent or two; tests that only want speed do without.
            command.arg("--data-checksums");
        }
        let program = self.programs.path("initdb");
        let output = command.output().map_err(io("run", &program))?;
        succeeded("initdb", &output)
    }

    /// A new cluster to disk. sync(1) needs one call for all of its thousand files; where it has no such option, initdb
    /// flushes one after the other.
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
                self.await_initdb();
                // Rubbish that cannot be removed is no reason not to start.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        Ok(())
    }

    /// An initdb whose server was killed ends when it next writes to it. With its folder gone before, it would leave
    /// shared memory in the system.
    fn await_initdb(&self) {
        let since = Instant::now();
        while processes::any_in(&self.home(), &self.data()) && since.elapsed() < ORPHANS_MAY_LIVE {
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
        // Started here and not by pg_ctl, which would put the folder's name into a shell command as it stands.
        let mut child = command.stdout(log).stderr(errors).spawn().map_err(io("run", &program))?;
        let since = Instant::now();
        loop {
            if self.is_ready(child.id()) {
                collect(child);
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
            let output = self.log_after(start);
            // In English: the locale of the command is C.
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
        while !processes::postgres_on(&data).is_empty() && since.elapsed() < ORPHANS_MAY_LIVE {
            thread::sleep(POLL);
        }
        let orphans = processes::postgres_on(&data);
        // Without their postmaster they can commit nothing that recovery would not find.
        processes::signal("KILL", &orphans);
        for pid in orphans {
            ended(pid);
        }
        // PostgreSQL takes a pid file as stale when its process is gone. It cannot know when another process has that
        // number by now, or when a dead one was never collected.
        let files = [data.join("postmaster.pid"), socket_path(&self.socket_dir).with_extension("5432.lock")];
        if self.pid_file().is_some() && self.running().is_none() {
            for file in files {
                let _ = fs::remove_file(file);
            }
        }
    }

    fn answers(&self) -> bool {
        self.user
            .command(&self.programs.path("pg_isready"), &self.home())
            .arg("-h")
            .arg(&self.socket_dir)
            .args(["-p", PORT, "-t", READY_SECONDS])
            .output()
            .is_ok_and(|output| output.status.success())
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

    fn open_log(&self) -> Result<(File, u64), Error> {
        let path = self.log();
        if fs::metadata(&path).is_ok_and(|log| log.len() > LOG_BYTES) {
            let _ = fs::rename(&path, path.with_extension("log.1"));
        }
        let file = OpenOptions::new().create(true).append(true).open(&path).map_err(io("open", &path))?;
        let length = file.metadata().map_err(io("open", &path))?.len();
        Ok((file, length))
    }

    fn log_after(&self, start: u64) -> String {
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

/// The folder below `base` that belongs to PostgreSQL's user.
pub(crate) fn home(base: &Path) -> PathBuf {
    base.join("postgres")
}

/// PostgreSQL's data folder below `base`.
pub(crate) fn data(base: &Path) -> PathBuf {
    home(base).join("data")
}

/// Whether there is a data folder. An empty one is none: renaming replaces it.
pub(crate) fn exists(base: &Path) -> bool {
    fs::read_dir(data(base))
        .map_or_else(|error| error.kind() != std::io::ErrorKind::NotFound, |mut entries| entries.next().is_some())
}

/// The folder of the socket of the server that runs on the cluster below `base`, once it takes connections.
pub(crate) fn serving(base: &Path) -> Option<PathBuf> {
    running(base).filter(|file| file.status.starts_with("ready")).map(|file| PathBuf::from(file.socket_dir))
}

/// The address of a database, by the folder of the socket.
pub(crate) fn url(socket_dir: &Path, database: &str) -> String {
    format!(
        "postgres://{SUPERUSER}@{}/{}",
        percent_encoded(socket_dir.as_os_str().as_bytes()),
        percent_encoded(database.as_bytes())
    )
}

fn running(base: &Path) -> Option<PidFile> {
    pid_file(base).filter(|file| processes::is_postgres_on(file.pid, &data(base)))
}

fn pid_file(base: &Path) -> Option<PidFile> {
    let text = fs::read(data(base).join("postmaster.pid")).ok()?;
    let lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    let line = |number: usize| lines.get(number).copied().unwrap_or_default();
    Some(PidFile {
        pid: std::str::from_utf8(line(0)).ok()?.trim().parse().ok()?,
        socket_dir: std::ffi::OsStr::from_bytes(line(4)).to_owned(),
        status: String::from_utf8_lossy(line(7)).into_owned(),
    })
}

/// The socket in its folder.
pub(crate) fn socket_path(socket_dir: &Path) -> PathBuf {
    socket_dir.join(format!(".s.PGSQL.{PORT}"))
}

/// Waits until the process has ended; false where it has not in time.
fn ended(pid: u32) -> bool {
    let since = Instant::now();
    while processes::is_alive(pid) {
        if since.elapsed() > END_LIMIT {
            return false;
        }
        thread::sleep(POLL);
    }
    true
}

/// Waits for the child for as long as this process lives: a dead child that nobody collects still has its number, and
/// PostgreSQL would take it for alive.
fn collect(mut child: Child) {
    thread::spawn(move || child.wait());
}

fn percent_encoded(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        let letter = char::from(*byte);
        if letter.is_ascii_alphanumeric() || "-._~".contains(letter) {
            text.push(letter);
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_keeps_every_byte_of_a_folder() {
        assert_eq!(percent_encoded(b"/tmp/a b\xff"), "%2Ftmp%2Fa%20b%FF");
    }
}
