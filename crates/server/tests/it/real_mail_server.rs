//! aiosmtpd, a mail server that others wrote, in a process of its own. `smtp_server.py` says how it is told what to do.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use testdb::patience::eventually;

use crate::mail_server::Mail;

/// Names a Python that has the packages of `.ci/smtp/requirements.txt`.
const PYTHON: &str = "ONSALE_SMTP_PYTHON";

pub(crate) struct RealMailServer {
    pub(crate) port: u64,
    process: Child,
    rules: ChildStdin,
    happened: Arc<Mutex<Vec<Value>>>,
}

impl RealMailServer {
    pub(crate) async fn start() -> Self {
        Self::start_at(0).await
    }

    /// At this port; 0 is a free one.
    pub(crate) async fn start_at(port: u64) -> Self {
        let python = std::env::var_os(PYTHON)
            .unwrap_or_else(|| panic!("{PYTHON} must name a Python with the packages of .ci/smtp/requirements.txt"));
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/smtp_server.py");
        let mut command = Command::new(python);
        command.arg(script).arg(port.to_string()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let (rules, out) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let happened: Arc<Mutex<Vec<Value>>> = Arc::default();
        let all = Arc::clone(&happened);
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                all.lock().unwrap().push(serde_json::from_str(&line).unwrap());
            }
        });
        let mut server = Self { port: 0, process, rules, happened };
        server.port = server.next("the mail server is there", |line| line["port"].as_u64()).await;
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Treats receivers at a domain by this rule from now on.
    pub(crate) async fn rule(&mut self, domain: &str, rule: &str) {
        let line = format!("{domain} {rule}");
        writeln!(self.rules, "{line}").unwrap();
        self.next("the rule is set", |happened| (happened["rule"] == line.as_str()).then_some(())).await;
    }

    /// Waits until it has begun to leave somebody without an answer.
    pub(crate) async fn stalls(&self, email: &str) {
        self.next("the connection stalls", |line| (line["stalls"] == email).then_some(())).await;
    }

    async fn next<T>(&self, what: &str, find: impl Fn(&Value) -> Option<T>) -> T {
        eventually(what, async || self.happened.lock().unwrap().iter().find_map(&find)).await
    }

    /// The mails to somebody so far.
    pub(crate) fn mails(&self, email: &str) -> Vec<Mail> {
        let happened = self.happened.lock().unwrap();
        let mails = happened.iter().filter(|line| line["to"] == email);
        let mail = |line: &Value| Mail { to: email.to_owned(), text: line["text"].as_str().unwrap().to_owned() };
        mails.map(mail).collect()
    }

    /// The mails to somebody, as soon as there are so many.
    pub(crate) async fn mails_to(&self, email: &str, count: usize) -> Vec<Mail> {
        eventually(format!("{count} mails to {email}"), async || {
            let mails = self.mails(email);
            (mails.len() >= count).then_some(mails)
        })
        .await
    }
}

impl Drop for RealMailServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
