//! The user that PostgreSQL's programs run as, and how they are started.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::error::{Error, io};

const ROOT: u32 = 0;
const PASSWD: &str = "/etc/passwd";

/// The users that may run PostgreSQL's programs when root runs this process, in this order.
const ACCOUNTS: [&str; 2] = ["postgres", "nobody"];

/// Appended to PATH, so that programs find the standard ones even without it.
const STANDARD_PATH: &str = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

/// The user that PostgreSQL's programs run as: this process's user, or another one if this is root, whom they refuse.
#[derive(Debug, Clone)]
pub(crate) struct RunAs {
    /// The user that runs this process.
    own_uid: u32,
    /// The other user, if root runs this process.
    account: Option<Account>,
}

#[derive(Debug, Clone)]
struct Account {
    name: String,
    uid: u32,
    gid: u32,
}

impl RunAs {
    pub(crate) fn detect() -> Result<Self, Error> {
        let own_uid = own_uid()?;
        if own_uid != ROOT {
            return Ok(Self { own_uid, account: None });
        }
        let account =
            passwd(|account| ACCOUNTS.iter().position(|name| account.name == *name)).ok_or(Error::NoAccount)?;
        Ok(Self { own_uid, account: Some(account) })
    }

    /// The owner of an existing cluster: PostgreSQL runs only as the owner of its data folder. `None` if this process
    /// may not run programs as that user; root may, as any user but itself.
    pub(crate) fn owner(&self, uid: u32, gid: u32) -> Option<Self> {
        if uid == self.uid() {
            return Some(self.clone());
        }
        if self.own_uid != ROOT || uid == ROOT {
            return None;
        }
        let named = passwd(|account| (account.uid == uid).then_some(0));
        Some(Self {
            own_uid: self.own_uid,
            account: Some(Account { name: named.map_or_else(|| uid.to_string(), |account| account.name), uid, gid }),
        })
    }

    pub(crate) fn is_another(&self) -> bool {
        self.account.is_some()
    }

    pub(crate) fn own_uid(&self) -> u32 {
        self.own_uid
    }

    pub(crate) fn uid(&self) -> u32 {
        self.account.as_ref().map_or(self.own_uid, |account| account.uid)
    }

    pub(crate) fn name(&self) -> String {
        self.account.as_ref().map_or_else(|| self.own_uid.to_string(), |account| account.name.clone())
    }

    /// A program to run as that user in `folder`, which that user must be able to enter. It gets a process group of its
    /// own, so that Ctrl-C reaches only the server, which then shuts PostgreSQL down. It does not get this process's
    /// environment, in which PGDATA, PGOPTIONS and locales would change its behaviour.
    pub(crate) fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = detached(program, folder);
        if let Some(account) = &self.account {
            // std also drops the supplementary groups of root.
            command.uid(account.uid).gid(account.gid);
        }
        command
    }

    /// Runs `sh -c script` as that user. `arguments` are $1, $2 and so on.
    pub(crate) fn shell(&self, folder: &Path, script: &str, arguments: &[&Path]) -> Result<Output, Error> {
        self.command(Path::new("/bin/sh"), folder)
            .args(["-c", script, "sh"])
            .args(arguments)
            .output()
            .map_err(io("run /bin/sh in", folder))
    }

    /// Replaces a file as that user. Root does not write in a folder of that user, since it could follow a link there.
    pub(crate) fn write(&self, folder: &Path, file: &Path, text: &str) -> Result<(), Error> {
        let mut child = self
            .command(Path::new("/bin/sh"), folder)
            .args(["-c", "cat > \"$1.new\" && mv -f \"$1.new\" \"$1\"", "sh"])
            .arg(file)
            .stdin(Stdio::piped())
            .spawn()
            .map_err(io("run /bin/sh in", folder))?;
        let written = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(text.as_bytes()));
        let output = child.wait_with_output().map_err(io("write", file))?;
        written.map_err(io("write", file))?;
        succeeded("sh", &output)
    }
}

/// A program in a process group of its own. It gets nothing of this process but PATH: no environment, no terminal.
pub(crate) fn detached(program: &Path, folder: &Path) -> Command {
    let mut path = env::var_os("PATH").unwrap_or_default();
    if !path.is_empty() {
        path.push(":");
    }
    path.push(STANDARD_PATH);
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("PATH", path)
        .env("LC_ALL", OsString::from("C"))
        .current_dir(folder)
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// An error if a program failed, with the end of its output.
pub(crate) fn succeeded(program: &str, output: &Output) -> Result<(), Error> {
    if output.status.success() {
        return Ok(());
    }
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    Err(Error::ProgramFailed {
        program: program.to_owned(),
        status: output.status.to_string(),
        output: last_lines(&text),
    })
}

/// The last lines of a program's output: enough for an error message.
pub(crate) fn last_lines(text: &str) -> String {
    const SHOWN: usize = 20;
    let lines: Vec<&str> = text.lines().collect();
    let skipped = lines.len().saturating_sub(SHOWN);
    lines.get(skipped..).unwrap_or_default().join("\n")
}

fn own_uid() -> Result<u32, Error> {
    if let Ok(own) = fs::metadata("/proc/self") {
        return Ok(own.uid());
    }
    let output = Command::new("id").arg("-u").stdin(Stdio::null()).output().map_err(io("run", Path::new("id")))?;
    succeeded("id", &output)?;
    String::from_utf8_lossy(&output.stdout).trim().parse().map_err(|_| Error::ProgramFailed {
        program: "id".to_owned(),
        status: "its output is not a number".to_owned(),
        output: String::from_utf8_lossy(&output.stdout).into_owned(),
    })
}

/// The account in /etc/passwd with the lowest rank.
fn passwd(rank: impl Fn(&Account) -> Option<usize>) -> Option<Account> {
    let text = fs::read(PASSWD).ok()?;
    let text = String::from_utf8_lossy(&text);
    text.lines()
        .filter_map(|line| {
            let mut fields = line.split(':');
            let account = Account {
                name: fields.next()?.to_owned(),
                uid: fields.nth(1)?.parse().ok()?,
                gid: fields.next()?.parse().ok()?,
            };
            // An account of another name with uid 0 is root, too.
            (account.uid != ROOT).then_some(account)
        })
        .filter_map(|account| rank(&account).map(|rank| (rank, account)))
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, account)| account)
}
