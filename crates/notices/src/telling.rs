//! Tells messages that are due: looks at what each is about, leaves out what has become untrue, and sends the rest or
//! has it shown in the program.
//!
//! A message is taken for a time. If the server dies before it has stored how the try ended, the message is due again
//! after that time, and its receiver may get it twice, with the same `Message-ID`.

use std::collections::HashSet;
use std::sync::Arc;

use auth::secrets::{AddressSecret, LinkKey};
use chrono::{DateTime, Utc};
use domain::ids::{AccountMailId, EventId, MessageId, RegistrationId};
use domain::messages::{self, MessageKind};
use domain::pictures::PictureSize;
use repository::AsyncPgConnection;
use repository::account_mails::{self, DueMail};
use repository::message_subjects::{self, Subject};
use repository::messages::{self as stored, DueMessage, End};
use repository::pools::Pool;
use repository::{announcements, journal};
use uuid::Uuid;

use crate::calendar::CalendarFile;
use crate::facts::{AnnouncementFacts, Facts, LineFacts, OrganizerFacts, PersonFacts};
use crate::mail::{Enclosed, Mailer, Refused};
use crate::places;
use crate::words::{Links, ShownPicture, Templates};

/// Rows of the journal that become messages in one transaction.
const ROWS_AT_ONCE: i64 = 4;

/// Registrations of an announcement that become messages in one transaction.
const PEOPLE_AT_ONCE: i64 = 1_000;

/// How long a server may take to tell a message that it has taken, in seconds. Longer than
/// [`SEND_WITHIN`](crate::mail::SEND_WITHIN), and than its tickets and the database may take before and after.
const LEASE_SECONDS: i32 = 180;

/// The pauses between tries, in seconds: two and a half days in all. A server that is away for an hour is tried some
/// times in it, and greylisting has passed with the second try.
const PAUSES_SECONDS: [i32; 9] = [60, 300, 900, 3_600, 10_800, 21_600, 43_200, 64_800, 64_800];

/// For how long messages are left alone whose event or registration cannot be read, in seconds.
const UNREADABLE_SECONDS: i32 = 3_600;

/// The reason that they have then.
const UNREADABLE: &str = "its event or its registration cannot be read; the log says why";

/// For how long messages are left alone that have to wait for a longer hold, in seconds.
const HELD_BACK_SECONDS: i32 = 15;

/// Tells messages. A handle.
#[derive(Clone)]
pub struct Teller {
    pool: Pool,
    words: Arc<Templates>,
    mailer: Option<Mailer>,
    links: LinkKey,
}

/// A message or a mail about an account that was taken.
#[derive(Debug)]
pub struct Taken(What);

#[derive(Debug)]
enum What {
    /// With what is told; none if it has become untrue.
    Message {
        message: DueMessage,
        telling: Option<Box<Telling>>,
        comes_too_late: bool,
    },
    AccountMail(DueMail),
}

#[derive(Debug)]
struct Telling {
    facts: Facts,
    email: String,
    calendar: Option<CalendarFile>,
    picture: Option<ShownPicture>,
    attach_tickets: bool,
}

impl Taken {
    /// The receiver's mail domain, in lower case.
    pub fn domain(&self) -> Option<String> {
        let email = match &self.0 {
            What::Message { telling, .. } => &telling.as_ref()?.email,
            What::AccountMail(mail) => &mail.email,
        };
        email.rsplit_once('@').map(|(_, domain)| domain.to_lowercase())
    }

    /// The registration whose tickets are to be attached to the mail, for [`Teller::tell`].
    pub fn tickets_to_attach(&self) -> Option<(EventId, RegistrationId)> {
        match &self.0 {
            What::Message { message, telling: Some(telling), .. } if telling.attach_tickets => {
                Some((message.event, message.registration))
            }
            What::Message { .. } | What::AccountMail(_) => None,
        }
    }

    /// The registration whose person is to be told of seats with [too little time left](messages::comes_too_late) to
    /// pay. It should get more first.
    pub fn late(&self) -> Option<(EventId, RegistrationId)> {
        match &self.0 {
            What::Message { message, comes_too_late: true, .. } => Some((message.event, message.registration)),
            What::Message { .. } | What::AccountMail(_) => None,
        }
    }
}

/// How a try ended, to be stored.
#[derive(Debug, Clone)]
pub enum Ended {
    /// Of a message.
    Message(stored::Ended),
    /// Of a mail about an account.
    AccountMail(AccountMailId, End),
}

impl Ended {
    /// How.
    pub fn end(&self) -> &End {
        match self {
            Self::Message(stored::Ended { end, .. }) | Self::AccountMail(_, end) => end,
        }
    }
}

impl Teller {
    /// Tells by mail, or in the program alone. The links in mails about accounts have secrets
    /// by this key.
    pub fn new(pool: Pool, words: Arc<Templates>, mailer: Option<Mailer>, links: LinkKey) -> Self {
        Self { pool, words, mailer, links }
    }

    /// Whether messages go out by mail.
    pub fn has_mail(&self) -> bool {
        self.mailer.is_some()
    }

    /// Why the mail server takes no mail from here, if it takes none.
    pub async fn check(&self) -> Option<Refused> {
        match &self.mailer {
            Some(mailer) => mailer.check().await.err(),
            None => None,
        }
    }

    /// Whether this is the secret of the link by which the person of that registration refuses announcements.
    pub fn may_refuse(&self, registration: RegistrationId, secret: &AddressSecret) -> bool {
        self.links.refusal_of(registration.into()).digest() == secret.digest()
    }

    /// Makes messages of some of what people must hear of. Returns whether there may be more.
    pub async fn follow(&self) -> Result<bool, repository::Error> {
        let make_id = || MessageId::from(Uuid::now_v7());
        let follow =
            async |connection: &mut AsyncPgConnection| journal::follow(connection, ROWS_AT_ONCE, make_id).await;
        let followed = self.pool.run(follow).await;
        // Also where the journal has a row that cannot be read.
        let walk =
            async |connection: &mut AsyncPgConnection| announcements::walk(connection, PEOPLE_AT_ONCE, make_id).await;
        let walked = self.pool.run(walk).await?;
        Ok(followed? > 0 || walked.is_some())
    }

    /// Takes at most `limit` messages that are due, but none to receivers at the mail domains `not_to`, and tells
    /// whether there were any. Whose turn it is among the other domains stands in `turn`. Those that cannot be read are
    /// left alone for an hour.
    pub async fn take(
        &self,
        limit: i64,
        not_to: &[String],
        turn: &mut String,
    ) -> Result<(Vec<Taken>, bool), repository::Error> {
        let before = turn.clone();
        let take = async |connection: &mut AsyncPgConnection| {
            stored::take(connection, limit, LEASE_SECONDS, not_to, &before).await
        };
        let (leased, last) = self.pool.run(take).await?;
        *turn = last;
        let has_any = !leased.is_empty();
        Ok((self.look(leased).await?, has_any))
    }

    /// Looks once more at what taken messages are about, because it has changed.
    pub async fn look_again(&self, taken: Vec<Taken>) -> Result<Vec<Taken>, repository::Error> {
        let message = |Taken(what)| match what {
            What::Message { message, .. } => Some(message),
            What::AccountMail(_) => None,
        };
        self.look(taken.into_iter().filter_map(message).collect()).await
    }

    /// Gives messages back that cannot be told now. They are due again in a moment, and that was no try.
    pub async fn give_back(&self, taken: Vec<Taken>) -> Result<(), repository::Error> {
        let id = |Taken(what): &Taken| match what {
            What::Message { message, .. } => Some((message.event, message.id)),
            What::AccountMail(_) => None,
        };
        let ids: Vec<_> = taken.iter().filter_map(id).collect();
        let give_back =
            async |connection: &mut AsyncPgConnection| stored::give_back(connection, &ids, HELD_BACK_SECONDS).await;
        self.pool.run(give_back).await
    }

    async fn look(&self, messages: Vec<DueMessage>) -> Result<Vec<Taken>, repository::Error> {
        if messages.is_empty() {
            return Ok(Vec::new());
        }
        let find = async |connection: &mut AsyncPgConnection| {
            let (now, subjects) = message_subjects::find(connection, messages.clone()).await?;
            let found: HashSet<MessageId> = subjects.iter().map(|subject| subject.message.id).collect();
            let unreadable = messages.iter().filter(|message| !found.contains(&message.id));
            let ended = unreadable.map(|message| stored::Ended {
                event: message.event,
                id: message.id,
                end: End::Again(UNREADABLE_SECONDS, UNREADABLE.to_owned()),
                told: None,
            });
            stored::end(connection, ended.collect()).await?;
            Ok((now, subjects))
        };
        let (now, subjects) = self.pool.run(find).await?;
        Ok(subjects.into_iter().map(|subject| self.taken(subject, now)).collect())
    }

    fn taken(&self, subject: Subject, now: DateTime<Utc>) -> Taken {
        let Subject { message, event, registration, person, ahead, announcement, is_void, attach_tickets } = subject;
        let (event, presentation) = &*event;
        let organizer = &presentation.organizer;
        let is_true =
            person.is_active && !is_void && messages::is_true(message.kind, message.number, &registration, event, now);
        if !is_true {
            return Taken(What::Message { message, telling: None, comes_too_late: false });
        }
        let line = ahead.map_or_else(LineFacts::default, |(place, seats)| LineFacts {
            position: Some(place + 1),
            seats_ahead: Some(seats),
        });
        let (subject, text) = announcement.unzip();
        let facts = Facts::of(
            event,
            &registration,
            PersonFacts { name: person.name },
            OrganizerFacts { name: organizer.name.clone(), contact: organizer.public_contact.clone() },
            line,
            AnnouncementFacts { subject, text },
        );
        let mailer = self.mailer.as_ref().filter(|_| messages::changes_calendar(message.kind, &registration));
        let calendar = mailer.map(|mailer| {
            let page = self.words.url(&places::event(event));
            let organizer = (organizer.name.as_str(), mailer.address());
            CalendarFile::by_mail(&registration, event, now, page.as_deref(), organizer)
        });
        // Asking for a message once more gives no more time.
        let comes_too_late = !message.was_sent && messages::comes_too_late(message.kind, &registration, event, now);
        let picture = presentation.picture.as_ref();
        let picture = picture.and_then(|one| {
            let url = self.words.url(&places::picture(event.id, one, PictureSize::Small))?;
            Some(ShownPicture::new(url, one))
        });
        // A ticket lets in whoever has it, so none goes to an address that may be somebody else's.
        let attach_tickets = attach_tickets
            && person.is_verified
            && self.mailer.is_some()
            && messages::brings_tickets(message.kind, &registration);
        let telling = Some(Box::new(Telling { facts, email: person.email, calendar, picture, attach_tickets }));
        Taken(What::Message { message, telling, comes_too_late })
    }

    /// Takes at most `limit` mails about accounts that are due, but none to receivers at the mail domains `not_to`.
    /// Without mail they wait until they expire.
    pub async fn take_account_mails(&self, limit: i64, not_to: &[String]) -> Result<Vec<Taken>, repository::Error> {
        if self.mailer.is_none() {
            return Ok(Vec::new());
        }
        let take = async |connection: &mut AsyncPgConnection| {
            account_mails::take(connection, limit, LEASE_SECONDS, not_to).await
        };
        let taken = self.pool.run(take).await?;
        Ok(taken.into_iter().map(|mail| Taken(What::AccountMail(mail))).collect())
    }

    /// Tells one message, or sends one mail. `tickets` are those of [`Taken::tickets_to_attach`], as a PDF document.
    pub async fn tell(&self, Taken(what): Taken, tickets: Option<Vec<u8>>) -> Ended {
        match what {
            What::Message { message, telling, .. } => {
                Ended::Message(self.tell_message(message, telling, tickets).await)
            }
            What::AccountMail(mail) => Ended::AccountMail(mail.id, self.send_account_mail(mail).await),
        }
    }

    async fn send_account_mail(&self, mail: DueMail) -> End {
        let DueMail { id, kind, email, tries, digest, is_true } = mail;
        let Some(mailer) = self.mailer.as_ref().filter(|_| is_true) else { return End::Obsolete };
        let secret = digest.is_some().then(|| self.links.secret_of(id.into()));
        if secret.as_ref().map(|secret| secret.digest().to_vec()) != digest {
            return End::Failed("the servers' secret has changed since, so the link would not work".to_owned());
        }
        match self.words.account_letter(kind, secret.as_ref().map(AddressSecret::expose)) {
            Ok(letter) => {
                let sent = mailer.send(id.into(), &email, letter, Enclosed::default()).await;
                match (end_of(sent.clone(), id.into(), tries), kind.pause_seconds_max(), sent) {
                    (End::Again(seconds, reason), Some(most), _) => End::Again(seconds.min(most), reason),
                    // Its hour decides, and not the number of tries.
                    (End::Failed(_), Some(most), Err(Refused::ForNow(reason))) => End::Again(most, reason),
                    (end, ..) => end,
                }
            }
            Err(error) => {
                tracing::error!(%error, kind = kind.as_str(), "a mail about an account could not be put into words");
                End::Failed(WITHOUT_WORDS.to_owned())
            }
        }
    }

    async fn tell_message(
        &self,
        message: DueMessage,
        telling: Option<Box<Telling>>,
        tickets: Option<Vec<u8>>,
    ) -> stored::Ended {
        let DueMessage { event, id, registration, kind, tries, .. } = message;
        let Some(telling) = telling else { return stored::Ended { event, id, end: End::Obsolete, told: None } };
        let Telling { facts, email, calendar, picture, attach_tickets: _ } = *telling;
        let ended = |end| stored::Ended { event, id, end, told: serde_json::to_value(&facts).ok() };
        let Some(mailer) = &self.mailer else { return ended(End::Shown) };
        let refusal = (kind == MessageKind::Announcement).then(|| {
            let secret = self.links.refusal_of(registration.into());
            self.words.url(&places::refusal(event, registration, &secret))
        });
        let refusal = refusal.flatten();
        let links = Links { about: places::TICKETS, refusal: refusal.as_deref(), picture: picture.as_ref() };
        let letter = match self.words.letter(kind, &facts, links) {
            Ok(letter) => letter,
            Err(error) => {
                tracing::error!(%error, kind = kind.as_str(), "a message could not be put into words");
                return ended(End::Failed(WITHOUT_WORDS.to_owned()));
            }
        };
        let sent = mailer.send(id.into(), &email, letter, Enclosed { calendar, tickets, refusal }).await;
        ended(end_of(sent, id.into(), tries))
    }

    /// Stores how tries ended.
    pub async fn end(&self, ended: Vec<Ended>) -> Result<(), repository::Error> {
        let (mut messages, mut mails) = (Vec::new(), Vec::new());
        for one in ended {
            match one {
                Ended::Message(ended) => messages.push(ended),
                Ended::AccountMail(id, end) => mails.push((id, end)),
            }
        }
        let store = async |connection: &mut AsyncPgConnection| {
            if !messages.is_empty() {
                stored::end(connection, messages.clone()).await?;
            }
            account_mails::end(connection, mails.clone()).await
        };
        self.pool.run(store).await
    }
}

/// The reason of a failure whose cause is in the log.
const WITHOUT_WORDS: &str = "the message could not be put into words";

fn end_of(sent: Result<(), Refused>, id: Uuid, tries: i16) -> End {
    match sent {
        Ok(()) => End::Sent,
        Err(Refused::ForGood(reason)) => End::Failed(reason),
        Err(Refused::ForNow(reason)) => match pause(id, tries) {
            Some(seconds) => End::Again(seconds, reason),
            None => End::Failed(reason),
        },
    }
}

/// The seconds until the next try, after so many; `None` if there is none. They are spread by a quarter, so that what
/// failed together does not come back together. The mail's id decides, which is as good as chance.
fn pause(id: Uuid, tries: i16) -> Option<i32> {
    let nth = usize::try_from(tries).ok()?.checked_sub(1)?;
    let seconds = *PAUSES_SECONDS.get(nth)?;
    let [.., last] = *id.as_bytes();
    Some(seconds + seconds / 4 * i32::from(last) / i32::from(u8::MAX))
}
