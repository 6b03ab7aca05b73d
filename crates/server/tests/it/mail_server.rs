//! A mail server that takes mail, or refuses it as a test orders.

use std::sync::{Arc, Mutex};

use testdb::patience::eventually;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

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
}

#[derive(Clone)]
pub(crate) struct MailServer {
    pub(crate) url: String,
    desk: Arc<Mutex<Desk>>,
}

impl MailServer {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let desk: Arc<Mutex<Desk>> = Arc::default();
        let all = Arc::clone(&desk);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A client that hangs up in the middle ends the conversation.
                tokio::spawn(converse(stream, Arc::clone(&all)));
            }
        });
        Self { url, desk }
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

    /// The mails to somebody, as soon as there are so many.
    pub(crate) async fn mails_to(&self, email: &str, count: usize) -> Vec<Mail> {
        eventually(format!("{count} mails to {email}"), async || {
            let found: Vec<Mail> =
                self.desk.lock().unwrap().mails.iter().filter(|mail| mail.to == email).cloned().collect();
            (found.len() >= count).then_some(found)
        })
        .await
    }

    pub(crate) fn count(&self) -> usize {
        self.desk.lock().unwrap().mails.len()
    }
}

async fn converse(stream: TcpStream, desk: Arc<Mutex<Desk>>) -> std::io::Result<()> {
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
            desk.lock().unwrap().mails.push(Mail { to: to.clone(), text });
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
