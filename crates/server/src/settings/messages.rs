//! Settings about messages, mail and webhooks.

use notices::mail::{self, Encryption, MailError, Mailer};
use webhooks::urls;

use super::error::SettingsError;
use super::reader::Reader;
use super::sections::{Mail, MailServer, Webhooks};

pub(super) fn read(reader: &mut Reader) -> Result<Mail, SettingsError> {
    let encryptions = [("required", Encryption::Required), ("none", Encryption::None)];
    let encryption = reader.choice("mail.tls", &encryptions)?;
    let sender = reader.optional_text("mail.sender")?;
    let Some(url) = reader.optional_secret("mail.smtp_url")? else { return Ok(Mail { server: None }) };
    let Some(sender) = sender else {
        let problem = "must name the sender, like Onsale <tickets@example.org>, because mail.smtp_url is set";
        return Err(reader.invalid("mail.sender", problem));
    };
    match mail::check(url.expose(), encryption, &sender) {
        Ok(()) => Ok(Mail { server: Some(MailServer { url, sender, encryption }) }),
        Err(error @ MailError::Sender) => Err(reader.invalid("mail.sender", error)),
        Err(error @ MailError::Address) => Err(reader.invalid("mail.smtp_url", error)),
    }
}

pub(super) fn webhooks(reader: &mut Reader) -> Result<Webhooks, SettingsError> {
    let encryptions = [("required", urls::Encryption::Required), ("optional", urls::Encryption::Optional)];
    Ok(Webhooks {
        keep_days: reader.integer("webhooks.keep_days", 1..=365)?,
        allowed_networks: reader.networks("webhooks.allowed_networks")?,
        encryption: reader.choice("webhooks.tls", &encryptions)?,
    })
}

impl Mail {
    /// The sender of mail; none if no mail is set up. Must be called on a Tokio runtime.
    pub fn mailer(&self) -> Result<Option<Mailer>, MailError> {
        let mailer = |server: &MailServer| Mailer::new(server.url.expose(), server.encryption, &server.sender);
        self.server.as_ref().map(mailer).transpose()
    }
}
