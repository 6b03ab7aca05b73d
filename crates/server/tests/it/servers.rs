//! The real program, started and stopped as people do, and everything that it started taken away in the end.

use std::fs::{self, DirBuilder, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use testdb::patience::{LIMIT, POLL, eventually};
use uuid::Uuid;

use crate::client::{Admin, Anonymous, Audience, Client, Organizer, try_send};
use crate::stage::SECRET;

/// Time for requests in flight at the end, beyond [`LIMIT`]: a server that waits for any of it does not end in time.
pub(crate) const LONG_SHUTDOWN: (&str, &str) = ("ONSALE__SERVER__SHUTDOWN_SECONDS", "200");

/// Ends what is left in the folder `$1` once nobody holds its standard input any more, and removes it.
const REAPER: &str = r#"
cat >/dev/null
cd "$1" || exit 0
for pid in $(ls servers); do kill -KILL "$pid"; done
file=data/postgres/data/postmaster.pid
pid=$(head -n 1 "$file" 2>/dev/null)
if [ -n "$pid" ] && kill -QUIT "$pid"; then
    tries=0
    while [ -e "$file" ] && [ "$tries" -lt 100 ]; do tries=$((tries + 1)); sleep 0.1; done
fi
cd / && rm -rf "$1"
"#;

/// A folder of its own to start servers in. Whatever happens to this process, the servers, their PostgreSQL and the
/// folder go with it: a shell waits for that.
pub(crate) struct Ground {
    folder: PathBuf,
    reaper: Child,
}

impl Ground {
    pub(crate) fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("onsale-{}", Uuid::now_v7().simple()));
        // PostgreSQL's user passes through where root runs this.
        DirBuilder::new().mode(0o755).create(&folder).unwrap();
        fs::create_dir(folder.join("servers")).unwrap();
        let reaper = Command::new("/bin/sh")
            .args(["-c", REAPER, "reaper"])
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { folder, reaper }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The data folder of servers that are started here.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The process number of the private PostgreSQL, if its file says so and it is there.
    pub(crate) fn postmaster(&self) -> Option<u32> {
        let text = fs::read_to_string(self.data().join("postgres/data/postmaster.pid")).ok()?;
        let pid = text.lines().next()?.trim().parse().ok()?;
        is_alive(pid).then_some(pid)
    }

    /// A server with its own PostgreSQL here.
    pub(crate) fn private(&self) -> Launch<'_> {
        Launch::new(self)
    }

    /// A server on this database.
    pub(crate) fn on(&self, database_url: &str) -> Launch<'_> {
        Launch::new(self).set("DATABASE_URL", database_url)
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        drop(self.reaper.stdin.take());
        let _ = self.reaper.wait();
    }
}

/// A server to be started: on a free port, with cheap passwords, and nothing of this process's environment that would
/// set anything.
pub(crate) struct Launch<'a> {
    ground: &'a Ground,
    command: Command,
    /// Where it writes to instead of its files.
    out: Option<Stdio>,
    err: Option<Stdio>,
}

impl<'a> Launch<'a> {
    fn new(ground: &'a Ground) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onsale"));
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            let sets = ["ONSALE", "DB_", "DATABASE_URL", "JWT_SECRET", "RUST_"];
            if (sets.iter().any(|start| name.starts_with(start)) && name != "ONSALE_PG_BIN") || name == "PORT" {
                command.env_remove(&*name);
            }
        }
        command
            .current_dir(&ground.folder)
            .env("ONSALE__DATA__FOLDER", ground.data())
            .env("ONSALE__SERVER__PORT", "0")
            .env("ONSALE__AUTH__BCRYPT_COST", "4")
            .env("ONSALE__AUTH__SECRET", SECRET)
            .stdin(Stdio::null());
        Self { ground, command, out: None, err: None }
    }

    pub(crate) fn set(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn unset(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    pub(crate) fn arguments(mut self, arguments: &[&str]) -> Self {
        self.command.args(arguments);
        self
    }

    /// What it finds on its standard input.
    pub(crate) fn input(mut self, text: &str) -> Self {
        let path = self.ground.folder.join(format!("{}.in", Uuid::now_v7().simple()));
        fs::write(&path, text).unwrap();
        self.command.stdin(File::open(path).unwrap());
        self
    }

    /// With an input that does not end.
    pub(crate) fn waiting_for_input(mut self) -> Self {
        self.command.stdin(Stdio::piped());
        self
    }

    /// With a standard output that nobody reads, nor ever will.
    pub(crate) fn unheard(mut self) -> Self {
        let (nobody, out) = std::io::pipe().unwrap();
        drop(nobody);
        self.out = Some(out.into());
        self
    }

    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// With at most so many open files.
    pub(crate) fn open_files(mut self, limit: u32) -> Self {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", "ulimit -n \"$0\"; exec \"$@\"", &limit.to_string()]).arg(self.command.get_program());
        command.args(self.command.get_args()).stdin(Stdio::null());
        for (name, value) in self.command.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command.current_dir(&self.ground.folder);
        self.command = command;
        self
    }

    /// With its log going there.
    pub(crate) fn log_to(self, err: impl Into<Stdio>) -> Self {
        Self { err: Some(err.into()), ..self }
    }

    /// Starts it and does not wait for anything.
    pub(crate) fn spawn(mut self) -> Server {
        let name = Uuid::now_v7().simple().to_string();
        let [out, err] = ["out", "err"].map(|end| self.ground.folder.join(format!("{name}.{end}")));
        let [out_file, err_file] = [&out, &err].map(|file| Stdio::from(File::create(file).unwrap()));
        self.command.stdout(self.out.take().unwrap_or(out_file)).stderr(self.err.take().unwrap_or(err_file));
        let child = self.command.spawn().unwrap();
        let mark = self.ground.folder.join("servers").join(child.id().to_string());
        File::create(&mark).unwrap();
        Server { child, mark, out, err, base: String::new() }
    }

    /// Starts it and waits until it says where it is.
    pub(crate) async fn start(self) -> Server {
        self.spawn().ready().await
    }

    /// Starts it and waits until it has ended by itself, with this code.
    pub(crate) async fn end(self, code: i32) -> Ended {
        let ended = self.spawn().ended().await;
        assert_eq!(ended.status.code(), Some(code), "{ended:?}");
        assert!(!ended.err.contains("panicked"), "{ended:?}");
        ended
    }

    /// Starts it and waits until it has failed.
    pub(crate) async fn fail(self) -> Ended {
        self.end(1).await
    }
}

/// A server that runs, or ran.
pub(crate) struct Server {
    child: Child,
    mark: PathBuf,
    out: PathBuf,
    err: PathBuf,
    base: String,
}

/// How a server ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    /// Whether it had to give up on something that would not end.
    pub(crate) fn was_forced(&self) -> bool {
        self.err.contains("with work still in flight")
    }
}

impl Server {
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn out(&self) -> String {
        fs::read_to_string(&self.out).unwrap()
    }

    pub(crate) fn err(&self) -> String {
        fs::read_to_string(&self.err).unwrap()
    }

    pub(crate) fn port(&self) -> &str {
        self.base.rsplit(':').next().unwrap()
    }

    pub(crate) fn signal(&self, name: &str) {
        signal(name, self.pid());
    }

    /// Waits until it says where it is.
    pub(crate) async fn ready(mut self) -> Self {
        let line = async {
            eventually("the server is ready", async || {
                let out = self.out();
                if let Some(status) = self.child.try_wait().unwrap() {
                    panic!("the server ended with {status}:\n{out}\n{}", self.err());
                }
                let (_, rest) = out.split_once("is ready: ").filter(|(_, rest)| rest.contains('\n'))?;
                rest.lines().next().map(str::to_owned)
            })
            .await
        };
        self.base = line.await.trim_end_matches('/').to_owned();
        self
    }

    /// Waits until it has ended.
    pub(crate) async fn ended(mut self) -> Ended {
        let status = eventually("the server ends", async || self.child.try_wait().unwrap()).await;
        let _ = fs::remove_file(&self.mark);
        Ended { status, out: self.out(), err: self.err() }
    }

    /// Ends it in good order, and checks that it did.
    pub(crate) async fn stop(self, name: &str) -> Ended {
        self.signal(name);
        let ended = self.ended().await;
        assert!(ended.status.success(), "{ended:?}");
        ended
    }

    /// As a power cut would.
    pub(crate) async fn kill(self) {
        self.signal("KILL");
        self.ended().await;
    }

    pub(crate) fn anonymous(&self) -> Anonymous {
        Anonymous(Client::new(&self.base, None))
    }

    /// Somebody who has signed in.
    async fn session(&self, email: &str, password: &str) -> Client {
        let answer = self.anonymous().login(email, password).await;
        assert_eq!(answer.status, 200, "{}\n{}", answer.text, self.err());
        self.anonymous().with_token(answer.body["token"].as_str().unwrap())
    }

    pub(crate) async fn audience(&self, email: &str, password: &str) -> Audience {
        Audience(self.session(email, password).await)
    }

    pub(crate) async fn alice(&self) -> Audience {
        self.audience("alice@student.com", "user123").await
    }

    pub(crate) async fn bob(&self) -> Audience {
        self.audience("bob@engineer.com", "user123").await
    }

    pub(crate) async fn organizer(&self) -> Organizer {
        Organizer(self.audience("events@techcorp.com", "org123").await)
    }

    pub(crate) async fn admin(&self) -> Admin {
        Admin(Organizer(self.audience("admin@eventbrite.local", "admin123").await))
    }

    /// The published events' titles and ids, the next one first.
    pub(crate) async fn events(&self) -> Vec<(String, String)> {
        let list = self.anonymous().events("").await.expect(200);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        list["items"].as_array().unwrap().iter().map(|event| (text(&event["title"]), text(&event["id"]))).collect()
    }

    /// The demo event with ten seats.
    pub(crate) async fn summit(&self) -> String {
        self.events().await.into_iter().find(|(title, _)| title == "Golang Microservices Summit").unwrap().1
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
        let _ = fs::remove_file(&self.mark);
    }
}

/// A booking, to be sent.
pub(crate) fn booking(buyer: &Client, event: &str, key: &str) -> RequestBuilder {
    buyer.request(Method::POST, &format!("/events/{event}/register")).header("idempotency-key", key)
}

/// Sends it again and again, until the server can answer: the status and the body.
pub(crate) async fn at_last(request: RequestBuilder) -> (u16, Value) {
    // The connection may break, also in the middle of an answer.
    let sending = async {
        loop {
            if let Ok(answer) = try_send(request.try_clone().unwrap()).await
                && answer.status != 503
            {
                break (answer.status, answer.body);
            }
            // A server that is starting refuses at once.
            tokio::time::sleep(POLL).await;
        }
    };
    tokio::time::timeout(LIMIT, sending).await.expect("no decision")
}

/// By the shell, whose kill is always there.
pub(crate) fn signal(name: &str, pid: u32) {
    let sent = Command::new("/bin/sh").args(["-c", "kill -s \"$1\" \"$2\"", "sh", name, &pid.to_string()]).status();
    assert!(sent.unwrap().success(), "{name} to {pid}");
}

/// One that has ended and that nobody collected does not count.
pub(crate) fn is_alive(pid: u32) -> bool {
    let state = match fs::read_to_string(format!("/proc/{pid}/stat")) {
        Ok(stat) => stat.rsplit(") ").next().unwrap().to_owned(),
        Err(_) if Path::new("/proc/self").exists() => return false,
        Err(_) => {
            let found = Command::new("ps").args(["-o", "stat=", "-p", &pid.to_string()]).output().unwrap();
            String::from_utf8_lossy(&found.stdout).trim().to_owned()
        }
    };
    !state.is_empty() && !state.starts_with('Z')
}

/// Waits until it holds.
pub(crate) async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    eventually(what, async || holds().then_some(())).await;
}
