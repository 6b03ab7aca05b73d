//! The real program, on a database of its own.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use serde_json::Value;
use testdb::Database;

use crate::guard::Guarded;
use crate::mailbox::{Mailbox, SITE};

/// A server that runs.
#[derive(Debug)]
pub(crate) struct Program {
    /// Its address, `127.0.0.1:8080`.
    pub(crate) address: String,
    log: Arc<Mutex<String>>,
    _process: Guarded,
}

impl Program {
    /// Starts `onsale serve` on this database, and waits until it is ready. It sends mail if there is a mailbox for it.
    pub(crate) async fn start(database: &Database, mailbox: Option<&Mailbox>) -> Self {
        let (name, url) = (database.name().to_owned(), database.url());
        let mail_url = mailbox.map(|mailbox| mailbox.url.clone());
        tokio::task::spawn_blocking(move || Self::start_blocking(&name, &url, mail_url.as_deref())).await.unwrap()
    }

    fn start_blocking(name: &str, database_url: &str, mail_url: Option<&str>) -> Self {
        let folder = std::env::temp_dir().join(name);
        let (process, out, err) = Guarded::start(&folder, binary(), &["serve"], |command| {
            settings(command, database_url);
            command.env("ONSALE__DATA__FOLDER", &folder);
            if let Some(url) = mail_url {
                command
                    .env("ONSALE__MAIL__SMTP_URL", url)
                    .env("ONSALE__MAIL__TLS", "none")
                    .env("ONSALE__MAIL__SENDER", "Onsale <tickets@onsale.example>")
                    .env("ONSALE__SITE__ADDRESS", SITE);
            }
        });
        let log = Arc::new(Mutex::new(String::new()));
        keep(err, &log);
        let mut lines = BufReader::new(out).lines().map_while(Result::ok);
        let address =
            lines.find_map(|line| Some(line.split_once("is ready: http://")?.1.trim_end_matches('/').to_owned()));
        let Some(address) = address else {
            std::thread::sleep(Duration::from_millis(200));
            panic!("the server did not start:\n{}", log.lock().unwrap());
        };
        std::thread::spawn(move || lines.for_each(drop));
        Self { address, log, _process: process }
    }

    /// What it has logged, its last lines.
    pub(crate) fn log(&self) -> String {
        let log = self.log.lock().unwrap();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }
}

/// Checks by `onsale verify` that every promise holds in this database.
pub(crate) async fn verify(database: &Database) {
    let mut command = Command::new(binary());
    settings(command.arg("verify"), &database.url());
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "onsale verify:\n{text}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// Cheap passwords, the demo's data, and nothing of this process's environment that would set anything.
fn settings(command: &mut Command, database_url: &str) {
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if ["ONSALE", "DB_", "DATABASE_URL", "JWT_SECRET", "RUST_"].iter().any(|start| name.starts_with(start))
            || name == "PORT"
        {
            command.env_remove(&*name);
        }
    }
    command
        .env("ONSALE_HOME", root())
        .env("DATABASE_URL", database_url)
        .env("ONSALE__SERVER__PORT", "0")
        .env("ONSALE__SERVER__WORKERS", "2")
        // Stories receive webhooks themselves.
        .env("ONSALE__WEBHOOKS__ALLOWED_NETWORKS", "127.0.0.0/8")
        .env("ONSALE__WEBHOOKS__TLS", "optional")
        .env("ONSALE__AUTH__SECRET", "a secret that every server of the stories has")
        .env("ONSALE__AUTH__BCRYPT_COST", "4");
}

fn keep(mut pipe: impl Read + Send + 'static, log: &Arc<Mutex<String>>) {
    let log = Arc::clone(log);
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(length @ 1..) = pipe.read(&mut bytes) {
            log.lock().unwrap().push_str(&String::from_utf8_lossy(&bytes[..length]));
        }
    });
}

/// The file that `ONSALE_BIN` names, or else what cargo builds from this workspace.
fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| match std::env::var_os("ONSALE_BIN") {
        Some(file) => root().join(file),
        None => build(),
    })
}

fn build() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--package", "onsale-server", "--bin", "onsale", "--message-format", "json"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "onsale cannot be built:\n{}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8_lossy(&output.stdout);
    let mut messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    messages.find_map(|message| message["executable"].as_str().map(PathBuf::from)).unwrap()
}

/// The workspace's folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}
