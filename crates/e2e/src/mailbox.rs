//! A mail server that takes everything, for stories whose people read their mail.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::wait::until;

/// The address that links in mails begin with.
pub(crate) const SITE: &str = "https://onsale.example";

/// Everybody's mail: receivers and texts.
#[derive(Debug, Clone)]
pub struct Mailbox {
    pub(crate) url: String,
    mails: Arc<Mutex<Vec<(String, String)>>>,
}

impl Mailbox {
    /// Listens on a port of its own.
    pub(crate) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let mails = Arc::<Mutex<Vec<(String, String)>>>::default();
        let taken = Arc::clone(&mails);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(take(stream, Arc::clone(&taken)));
            }
        });
        Self { url, mails }
    }

    /// The path and the secret of the link to a page in somebody's newest mail that has one.
    pub async fn link(&self, email: &str, page: &str) -> String {
        until(&format!("a link to {page} for {email}"), async || {
            let start = format!("{SITE}{page}#");
            let mails = self.mails.lock().unwrap();
            let texts = mails.iter().rev().filter(|(to, _)| to == email).map(|(_, text)| text.replace("=\n", ""));
            let found = texts.filter_map(|text| {
                let (_, rest) = text.split_once(&start)?;
                Some(format!("{page}#{}", rest.split_whitespace().next()?))
            });
            found.into_iter().next().ok_or_else(|| format!("{} mails", mails.len()))
        })
        .await
    }
}

async fn take(stream: TcpStream, mails: Arc<Mutex<Vec<(String, String)>>>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 mail.test\r\n").await?;
    let mut to = String::new();
    while let Some(line) = lines.next_line().await? {
        let answer: &[u8] = match line.split([' ', ':']).next().unwrap_or_default() {
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                b"250 ok\r\n"
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                let mut text = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    text.push_str(&line);
                    text.push('\n');
                }
                mails.lock().unwrap().push((to.clone(), text));
                b"250 taken\r\n"
            }
            "QUIT" => return write.write_all(b"221 bye\r\n").await,
            _ => b"250 ok\r\n",
        };
        write.write_all(answer).await?;
    }
    Ok(())
}
