//! A mail server that takes mail, or refuses it as a test orders.

use std::sync::{Arc, Mutex};

use testdb::patience::eventually;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// A mail as it came over the wire, without the dots that the transfer added.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    pub(crate) to: String,
    pub(crate) text: String,
}

impl Mail {
    /// The value of a header, with its folded lines.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let head = self.text.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ").replace("\r\n\t", " ");
        let start = format!("{}: ", name.to_ascii_lowercase());
        head.lines()
            .find(|line| line.to_ascii_lowercase().starts_with(&start))
            .map(|line| line[start.len()..].to_owned())
    }
}

#[derive(Default)]
struct Desk {
    mails: Vec<Mail>,
    /// The answer to receivers at this domain, such as `550 no such mailbox`.
    refusals: Vec<(String, String)>,
    /// The answer to the sender.
    of_sender: Option<String>,
    /// Mail to receivers at this domain gets no last answer until it is let go.
    held_domain: Option<String>,
    held: usize,
}

#[derive(Clone)]
pub(crate) struct MailServer {
    pub(crate) url: String,
    desk: Arc<Mutex<Desk>>,
    let_go: Arc<Notify>,
}

impl MailServer {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let desk: Arc<Mutex<Desk>> = Arc::default();
        let let_go = Arc::<Notify>::default();
        let (all, gate) = (Arc::clone(&desk), Arc::clone(&let_go));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A client that hangs up in the middle ends the conversation.
                tokio::spawn(converse(stream, Arc::clone(&all), Arc::clone(&gate)));
            }
        });
        Self { url, desk, let_go }
    }

    /// Answers receivers at a domain with this from now on. `None` takes their mail again.
    pub(crate) fn refuse(&self, domain: &str, answer: Option<&str>) {
        let mut desk = self.desk.lock().unwrap();
        desk.refusals.retain(|(known, _)| known != domain);
        desk.refusals.extend(answer.map(|answer| (domain.to_owned(), answer.to_owned())));
    }

    /// Answers every sender with this from now on. `None` takes mail again.
    pub(crate) fn refuse_senders(&self, answer: Option<&str>) {
        self.desk.lock().unwrap().of_sender = answer.map(str::to_owned);
    }

    /// Leaves mail to receivers at a domain without its last answer from now on.
    pub(crate) fn hold(&self, domain: &str) {
        self.desk.lock().unwrap().held_domain = Some(domain.to_owned());
    }

    /// How many mails have come that wait for their answer, or did.
    pub(crate) fn held(&self) -> usize {
        self.desk.lock().unwrap().held
    }

    /// Answers what is held.
    pub(crate) fn let_go(&self) {
        self.desk.lock().unwrap().held_domain = None;
        self.let_go.notify_waiters();
    }

    /// The mails to somebody, as soon as there are so many.
    pub(crate) async fn mails_to(&self, email: &str, count: usize) -> Vec<Mail> {
        eventually(format!("{count} mails to {email}"), async || {
            let found: Vec<Mail> =
                self.desk.lock().unwrap().mails.iter().filter(|mail| mail.to == email).cloned().collect();
            (found.len() >= count).then_some(found)
        })
        .await
    }

    /// How many mails came before the first one to somebody who has one.
    pub(crate) fn place_of(&self, email: &str) -> usize {
        self.desk.lock().unwrap().mails.iter().position(|mail| mail.to == email).unwrap()
    }

    pub(crate) fn count(&self) -> usize {
        self.desk.lock().unwrap().mails.len()
    }
}

async fn converse(stream: TcpStream, desk: Arc<Mutex<Desk>>, let_go: Arc<Notify>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 mail.test\r\n").await?;
    let mut to = String::new();
    while let Some(line) = lines.next_line().await? {
        let command = line.to_ascii_uppercase();
        let answer = if command.starts_with("EHLO") {
            "250-mail.test\r\n250 8BITMIME".to_owned()
        } else if command.starts_with("MAIL FROM:") {
            desk.lock().unwrap().of_sender.clone().unwrap_or_else(|| "250 ok".to_owned())
        } else if command.starts_with("RCPT TO:") {
            to = line["RCPT TO:<".len()..].split('>').next().unwrap().to_owned();
            let desk = desk.lock().unwrap();
            let refusal = desk.refusals.iter().find(|(domain, _)| to.ends_with(domain.as_str()));
            refusal.map_or_else(|| "250 ok".to_owned(), |(_, answer)| answer.clone())
        } else if command == "DATA" {
            write.write_all(b"354 go on\r\n").await?;
            let mut text = String::new();
            while let Some(line) = lines.next_line().await? {
                if line == "." {
                    break;
                }
                text.push_str(line.strip_prefix('.').unwrap_or(&line));
                text.push_str("\r\n");
            }
            let gate = let_go.notified();
            let is_held = {
                let mut desk = desk.lock().unwrap();
                desk.mails.push(Mail { to: to.clone(), text });
                let is_held = desk.held_domain.as_ref().is_some_and(|domain| to.ends_with(domain.as_str()));
                desk.held += usize::from(is_held);
                is_held
            };
            if is_held {
                gate.await;
            }
            "250 taken".to_owned()
        } else if command == "QUIT" {
            write.write_all(b"221 bye\r\n").await?;
            return Ok(());
        } else {
            "250 ok".to_owned()
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}
