//! Mail by SMTP.

use std::time::Duration;

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart};
use lettre::transport::smtp::AsyncSmtpTransportBuilder;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use thiserror::Error;
use uuid::Uuid;

use crate::calendar::{self, CalendarFile};
use crate::words::Letter;

/// How long one mail may take, from connecting to the server's last answer. The transport's own limit covers connecting
/// only.
///
/// Each mail has a connection of its own. On one that was given up in the middle, the next mail would take the late
/// answers to this one for its own.
pub const SEND_WITHIN: Duration = Duration::from_secs(120);

/// The mail settings cannot be used.
#[derive(Debug, Error)]
pub enum MailError {
    /// The server's address is not valid.
    #[error("the mail server's address must be like smtps://user:password@host:465 or smtp://host:587")]
    Address,
    /// The sender's address is not valid.
    #[error("the sender must be like Name <name@example.org>")]
    Sender,
}

/// Why a mail was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// For good: another try would end the same way.
    ForGood(String),
    /// For now. Where the connection broke off or the time ran out, the server may have taken it.
    ForNow(String),
}

/// Whether the connection to the mail server must be encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// By TLS from the start (`smtps://`), or by STARTTLS (`smtp://`). Nothing is sent otherwise.
    Required,
    /// `smtp://` sends everything in the clear.
    None,
}

/// The enclosures of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Enclosed {
    /// A calendar file, which is attached.
    pub calendar: Option<CalendarFile>,
    /// Tickets as a PDF document, which is attached.
    pub tickets: Option<Vec<u8>>,
    /// Where its receiver can refuse more of its kind.
    pub refusal: Option<String>,
}

/// The names of the files that are attached. Nothing that people have typed is in them.
const CALENDAR_FILE: &str = "booking.ics";
const TICKETS_FILE: &str = "tickets.pdf";

/// The media type of tickets (RFC 8118).
const PDF: &str = "application/pdf";

/// Sends mail. A handle.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Mailbox,
    /// The part after the `@` of message ids.
    host: String,
}

impl Mailer {
    /// Sends by the server at `url`: `smtps://user:password@host:465`, or `smtp://host:587`. `sender` is like
    /// `Name <name@example.org>`. Nothing is connected yet. Must be called on a Tokio runtime.
    pub fn new(url: &str, encryption: Encryption, sender: &str) -> Result<Self, MailError> {
        let (transport, sender) = checked(url, encryption, sender)?;
        let host = sender.email.domain().to_owned();
        Ok(Self { transport: transport.build(), sender, host })
    }

    /// The sender's address.
    pub fn address(&self) -> &str {
        self.sender.email.as_ref()
    }

    /// Asks the server whether it takes mail from here, as far as it can be asked without sending one.
    pub async fn check(&self) -> Result<(), Refused> {
        let checked = tokio::time::timeout(SEND_WITHIN, self.transport.test_connection()).await;
        match checked {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err(Refused::ForNow("the mail server did not answer".to_owned())),
            Ok(Err(error)) => Err(refused(&error)),
            Err(_) => Err(Refused::ForNow("the mail server took too long to answer".to_owned())),
        }
    }

    /// Sends a letter to one person. Every try of one message has the same `Message-ID`, which is made of its id.
    pub async fn send(&self, id: Uuid, to: &str, letter: Letter, enclosed: Enclosed) -> Result<(), Refused> {
        let for_good = |error: &dyn std::fmt::Display| Refused::ForGood(error.to_string());
        let address = to.parse().map_err(|error| for_good(&error))?;
        let words = MultiPart::alternative_plain_html(letter.text, letter.html);
        let body = with_files(words, enclosed.calendar, enclosed.tickets)?;
        let mut message = Message::builder()
            .from(self.sender.clone())
            // Without the name: people choose it themselves, and might choose somebody else's address to write to.
            .to(Mailbox::new(None, address))
            .subject(letter.subject)
            .message_id(Some(format!("<{}@{}>", id.hyphenated(), self.host)))
            .header(AutoSubmitted);
        if let Some(url) = enclosed.refusal {
            // Only over TLS may programs refuse by themselves (RFC 8058, section 3.1).
            let is_one_click = url.starts_with("https://");
            message = message.header(ListUnsubscribe(format!("<{url}>")));
            if is_one_click {
                message = message.header(ListUnsubscribePost);
            }
        }
        let message = message.multipart(body).map_err(|error| for_good(&error))?;
        match tokio::time::timeout(SEND_WITHIN, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(refused(&error)),
            Err(_) => Err(Refused::ForNow("the mail server took too long".to_owned())),
        }
    }
}

fn with_files(
    words: MultiPart,
    calendar: Option<CalendarFile>,
    tickets: Option<Vec<u8>>,
) -> Result<MultiPart, Refused> {
    let typed = |media_type: &str| ContentType::parse(media_type).map_err(|error| Refused::ForGood(error.to_string()));
    if calendar.is_none() && tickets.is_none() {
        return Ok(words);
    }
    let mut mixed = MultiPart::mixed().multipart(words);
    if let Some(CalendarFile { method, text }) = calendar {
        let media_type = format!("{}; charset=utf-8; method={}", calendar::MEDIA_TYPE, method.as_str());
        mixed = mixed.singlepart(Attachment::new(CALENDAR_FILE.to_owned()).body(text, typed(&media_type)?));
    }
    if let Some(tickets) = tickets {
        mixed = mixed.singlepart(Attachment::new(TICKETS_FILE.to_owned()).body(tickets, typed(PDF)?));
    }
    Ok(mixed)
}

/// Checks what [`Mailer::new`] takes.
pub fn check(url: &str, encryption: Encryption, sender: &str) -> Result<(), MailError> {
    checked(url, encryption, sender).map(drop)
}

fn checked(url: &str, encryption: Encryption, sender: &str) -> Result<(AsyncSmtpTransportBuilder, Mailbox), MailError> {
    let is_encrypted = url.starts_with("smtps://");
    if !(is_encrypted || url.starts_with("smtp://")) || url.contains('?') {
        return Err(MailError::Address);
    }
    let url = match encryption {
        Encryption::Required if !is_encrypted => format!("{url}?tls=required"),
        Encryption::Required | Encryption::None => url.to_owned(),
    };
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url).map_err(|_| MailError::Address)?;
    Ok((transport.timeout(Some(SEND_WITHIN)), sender.parse().map_err(|_| MailError::Sender)?))
}

fn refused(error: &lettre::transport::smtp::Error) -> Refused {
    use std::error::Error as _;

    let text = match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    };
    // The other permanent answers are about the sender: wrong credentials, a policy. They change when its operator
    // acts.
    let is_of_receiver = error.status().is_some_and(|code| RECEIVER_CODES.contains(&u16::from(code)));
    if is_of_receiver { Refused::ForGood(text) } else { Refused::ForNow(text) }
}

/// The answers that say that there is no such mailbox (RFC 5321, section 4.2.3).
const RECEIVER_CODES: [u16; 3] = [550, 551, 553];

/// A header that is only written.
macro_rules! written_header {
    ($name:literal, $type:ident, $value:expr) => {
        impl Header for $type {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }

            fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Err("this header is only written".into())
            }

            fn display(&self) -> HeaderValue {
                let value: fn(&Self) -> String = $value;
                HeaderValue::new(Self::name(), value(self))
            }
        }
    };
}

/// Tells other programs that a program wrote the mail, so that none answers it (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

written_header!("Auto-Submitted", AutoSubmitted, |_| "auto-generated".to_owned());

/// The address at which mail programs refuse more (RFC 2369).
#[derive(Clone)]
struct ListUnsubscribe(String);

written_header!("List-Unsubscribe", ListUnsubscribe, |header| header.0.clone());

/// A POST to that address is enough (RFC 8058).
#[derive(Clone)]
struct ListUnsubscribePost;

written_header!("List-Unsubscribe-Post", ListUnsubscribePost, |_| "List-Unsubscribe=One-Click".to_owned());
