//! The words of messages: templates that are files, one for each kind, and two layouts of mail.

use std::fs;
use std::path::{Path, PathBuf};

use domain::account_mails::AccountMailKind;
use domain::messages::MessageKind;
use domain::pictures::Picture;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use serde::Serialize;
use thiserror::Error;

use crate::facts::Facts;
use crate::places;

/// A template cannot be used.
#[derive(Debug, Error)]
pub enum WordsError {
    /// A file cannot be read.
    #[error("cannot read the template {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A template is not valid, or names something that does not exist.
    #[error("a template cannot be used")]
    Template(#[from] minijinja::Error),
}

/// The site, as mails and messages tell of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SiteWords {
    /// Its name.
    pub name: String,
    /// How to reach whoever runs it.
    pub contact: Option<String>,
    /// The page that says who is responsible.
    pub imprint_url: Option<String>,
    /// The page on personal data.
    pub privacy_url: Option<String>,
    /// Where people reach it: scheme, host and port.
    #[serde(skip)]
    pub address: Option<String>,
}

/// A message in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    /// One line.
    pub subject: String,
    /// One line, which stands above the text.
    pub heading: String,
    /// The text.
    pub paragraphs: Vec<String>,
    /// The facts of the event and the booking, in short.
    pub details: Vec<Detail>,
}

/// A fact in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Detail {
    /// Its name.
    pub label: &'static str,
    /// Its value.
    pub value: String,
}

/// The addresses in a mail.
#[derive(Debug, Clone, Copy)]
pub struct Links<'a> {
    /// The path of the page with the booking.
    pub about: &'a str,
    /// Where its receiver can have no more of its kind, if that is possible.
    pub refusal: Option<&'a str>,
    /// The event's picture, if it has one.
    pub picture: Option<&'a ShownPicture>,
}

/// A picture in a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownPicture {
    /// Its address.
    pub url: String,
    /// The width at which it is shown, in pixels.
    pub width: i32,
}

impl ShownPicture {
    /// The picture at this address. It is neither enlarged nor wider than the mail, nor so high that the words below it
    /// are missed.
    pub fn new(url: String, picture: &Picture) -> Self {
        const WIDTH_MAX: i32 = 558;
        const HEIGHT_MAX: i32 = 320;
        let (width, height) = (i32::from(picture.width), i32::from(picture.height).max(1));
        Self { url, width: width.min(WIDTH_MAX).min(HEIGHT_MAX * width / height).max(1) }
    }
}

/// A mail, laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its subject.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As HTML.
    pub html: String,
}

/// The templates, checked.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
    site: SiteWords,
}

const LAYOUTS: [&str; 2] = ["layout.txt", "layout.html"];

fn file_of(kind: MessageKind) -> String {
    format!("{}.txt", kind.as_str().to_ascii_lowercase())
}

fn file_of_account_mail(kind: AccountMailKind) -> String {
    format!("account_{}.txt", kind.as_str().to_ascii_lowercase())
}

impl Templates {
    /// Reads all templates from a folder, and fills each with sample facts. A template that is missing, is not valid or
    /// names something that does not exist is an error.
    pub fn load(folder: &Path, site: SiteWords) -> Result<Self, WordsError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(
            |name| {
                if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
            },
        );
        let of_accounts = AccountMailKind::ALL.into_iter().map(file_of_account_mail);
        let names = MessageKind::ALL.into_iter().map(file_of).chain(of_accounts).chain(LAYOUTS.map(str::to_owned));
        for name in names {
            let path = folder.join(&name);
            let text = fs::read_to_string(&path).map_err(|source| WordsError::Unreadable { path, source })?;
            environment.add_template_owned(name, text)?;
        }
        let templates = Self { environment, site };
        for kind in MessageKind::ALL {
            let picture = ShownPicture { url: "/".to_owned(), width: 1 };
            for (facts, all) in Facts::samples().into_iter().zip([true, false]) {
                let links = Links { about: "/", refusal: all.then_some("/"), picture: all.then_some(&picture) };
                templates.letter(kind, &facts, links)?;
            }
        }
        for kind in AccountMailKind::ALL {
            templates.account_letter(kind, None)?;
        }
        Ok(templates)
    }

    /// The address of a page with this path, if it is known where people reach the site.
    pub fn url(&self, path: &str) -> Option<String> {
        self.site.address.as_ref().map(|address| format!("{address}{path}"))
    }

    /// A message in words.
    pub fn words(&self, kind: MessageKind, facts: &Facts) -> Result<Words, WordsError> {
        let facts = facts.clone().isolated();
        let context = context! { site => Serde(&self.site), ..Value::from(Serde(&facts)) };
        self.render(&file_of(kind), context, details(&facts))
    }

    fn render(&self, file: &str, context: Value, details: Vec<Detail>) -> Result<Words, WordsError> {
        let mut rendered = self.environment.get_template(file)?.render_captured(context)?;
        let mut block = |name: &str| rendered.with_state_mut(|state| state.render_block(name));
        let subject = one_line(&block("subject")?);
        let heading = one_line(&block("heading")?);
        let body = block("body")?;
        Ok(Words { subject, heading, paragraphs: paragraphs(&body), details })
    }

    /// A mail about an account. `secret` is that of its link, if it has one. It stands behind the `#`, where no server
    /// sees it before the page uses it.
    pub fn account_letter(&self, kind: AccountMailKind, secret: Option<&str>) -> Result<Letter, WordsError> {
        let words = self.render(&file_of_account_mail(kind), context! { site => Serde(&self.site) }, Vec::new())?;
        let fragment = secret.map(|secret| format!("#{secret}")).unwrap_or_default();
        let action = way_of(kind).zip(self.site.address.as_ref()).map(|((label, path), address)| {
            context! { label => label, url => format!("{address}{path}{fragment}") }
        });
        let why = format!("You get this message because somebody used this address at {}.", self.site.name);
        self.lay_out(words, action, &why, None, None)
    }

    fn lay_out(
        &self,
        words: Words,
        action: Option<Value>,
        why: &str,
        refusal: Option<&str>,
        picture: Option<&ShownPicture>,
    ) -> Result<Letter, WordsError> {
        let context = context! {
            site => Serde(&self.site), action => action, why => why, unsubscribe_url => refusal,
            picture => picture.map(Serde),
            ..Value::from(Serde(&words))
        };
        let [text, html] = LAYOUTS;
        let lay_out = |name: &str| self.environment.get_template(name)?.render(&context);
        Ok(Letter { text: lay_out(text)?, html: lay_out(html)?, subject: words.subject })
    }

    /// A mail in words, with these addresses.
    pub fn letter(&self, kind: MessageKind, facts: &Facts, links: Links<'_>) -> Result<Letter, WordsError> {
        let words = self.words(kind, facts)?;
        let url = self.url(links.about);
        let action = url.map(|url| context! { label => "See your booking", url => url });
        let why = format!("You get this message because you booked at {}.", self.site.name);
        self.lay_out(words, action, &why, links.refusal, links.picture)
    }
}

/// The label of the button in a mail about an account, and the page that it opens.
fn way_of(kind: AccountMailKind) -> Option<(&'static str, &'static str)> {
    match kind {
        AccountMailKind::VerifyAddress | AccountMailKind::ChangeAddress => {
            Some(("Confirm your e-mail address", "/verify"))
        }
        AccountMailKind::ResetPassword => Some(("Choose a new password", "/reset-password")),
        AccountMailKind::Invitation => Some(("Accept the invitation", "/invitation")),
        AccountMailKind::AddressTaken => Some(("Sign in", "/sign-in")),
        AccountMailKind::PasswordReset => Some(("Reset your password", "/forgot-password")),
        AccountMailKind::WebhookOff => Some(("See your webhooks", places::WEBHOOKS)),
        // It goes to an address that is not the account's any more.
        AccountMailKind::AddressChanged => None,
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Paragraphs are separated by blank lines. Single line breaks stay.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.trim().lines() {
        if line.trim().is_empty() {
            paragraphs.push(String::new());
        } else if let Some(last) = paragraphs.last_mut() {
            if !last.is_empty() {
                last.push('\n');
            }
            last.push_str(line.trim_end());
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

fn details(facts: &Facts) -> Vec<Detail> {
    let detail = |label, value: String| Detail { label, value };
    let event = &facts.event;
    let mut details = vec![
        detail("Event", event.title.clone()),
        detail("When", format!("{} – {} ({})", event.starts, event.ends, event.zone.replace('_', " "))),
    ];
    if !event.location.is_empty() {
        details.push(detail("Where", event.location.clone()));
    }
    details.push(detail("Seats", facts.booking.seats.to_string()));
    details.extend(facts.booking.amount.clone().map(|amount| detail("Amount", amount)));
    details
}
