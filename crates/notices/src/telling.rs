//! Tells messages that are due: looks at what each is about, leaves out what has become untrue, and sends the rest or
//! has it shown in the program.
//!
//! A message is taken for a time. If the server dies before it has stored how the try ended, the message is due again
//! after that time, and its receiver may get it twice, with the same `Message-ID`.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::ids::MessageId;
use domain::messages;
use repository::AsyncPgConnection;
use repository::message_subjects::{self, Subject};
use repository::messages::{self as stored, DueMessage, End, Ended};
use repository::pools::Pool;
use repository::{announcements, journal};
use uuid::Uuid;

use crate::calendar::CalendarFile;
use crate::facts::{AnnouncementFacts, Facts, LineFacts, OrganizerFacts, PersonFacts};
use crate::mail::{Enclosed, Mailer, Refused};
use crate::places;
use crate::words::Templates;

/// Rows of the journal that become messages in one transaction.
const ROWS_AT_ONCE: i64 = 4;

/// Registrations of an announcement that become messages in one transaction.
const PEOPLE_AT_ONCE: i64 = 1_000;

/// How long a server may take to tell a message that it has taken, in seconds. Longer than
/// [`SEND_WITHIN`](crate::mail::SEND_WITHIN), and than what the database may take before and after.
const LEASE_SECONDS: i32 = 180;

/// The pauses between tries, in seconds: two and a half days in all. A server that is away for an hour is tried some
/// times in it, and greylisting has passed with the second try.
const PAUSES_SECONDS: [i32; 9] = [60, 300, 900, 3_600, 10_800, 21_600, 43_200, 64_800, 64_800];

/// Tells messages. A handle.
#[derive(Clone)]
pub struct Teller {
    pool: Pool,
    words: Arc<Templates>,
    mailer: Option<Mailer>,
}

/// A message that was taken, and its facts; none if it has become untrue.
#[derive(Debug)]
pub struct Taken {
    message: DueMessage,
    telling: Option<Telling>,
}

#[derive(Debug)]
struct Telling {
    facts: Facts,
    email: String,
    calendar: Option<CalendarFile>,
}

impl Taken {
    /// The receiver's mail domain.
    pub fn domain(&self) -> Option<&str> {
        self.telling.as_ref()?.email.rsplit_once('@').map(|(_, domain)| domain)
    }
}

impl Teller {
    /// Tells by mail, or in the program alone.
    pub fn new(pool: Pool, words: Arc<Templates>, mailer: Option<Mailer>) -> Self {
        Self { pool, words, mailer }
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

    /// Takes at most `limit` messages that are due, but none to receivers at the mail domains `not_to`.
    pub async fn take(&self, limit: i64, not_to: &[String]) -> Result<Vec<Taken>, repository::Error> {
        let found = self
            .pool
            .run(async |connection| {
                let taken = stored::take(connection, limit, LEASE_SECONDS, not_to).await?;
                message_subjects::find(connection, taken).await
            })
            .await;
        let (now, subjects) = found?;
        Ok(subjects.into_iter().map(|subject| self.taken(subject, now)).collect())
    }

    fn taken(&self, subject: Subject, now: DateTime<Utc>) -> Taken {
        let Subject { message, event, registration, person, ahead, announcement } = subject;
        let (event, organizer) = &*event;
        let is_true = person.is_active && messages::is_true(message.kind, message.number, &registration, event, now);
        if !is_true {
            return Taken { message, telling: None };
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
        Taken { message, telling: Some(Telling { facts, email: person.email, calendar }) }
    }

    /// Tells one message.
    pub async fn tell(&self, Taken { message, telling }: Taken) -> Ended {
        let DueMessage { event, id, kind, tries, .. } = message;
        let Some(Telling { facts, email, calendar }) = telling else {
            return Ended { event, id, end: End::Obsolete, told: None };
        };
        let ended = |end| Ended { event, id, end, told: serde_json::to_value(&facts).ok() };
        let Some(mailer) = &self.mailer else { return ended(End::Shown) };
        let letter = match self.words.letter(kind, &facts, places::TICKETS) {
            Ok(letter) => letter,
            Err(error) => {
                tracing::error!(%error, kind = kind.as_str(), "a message could not be put into words");
                return ended(End::Failed("the message could not be put into words".to_owned()));
            }
        };
        ended(match mailer.send(id.into(), &email, letter, Enclosed { calendar }).await {
            Ok(()) => End::Sent,
            Err(Refused::ForGood(reason)) => End::Failed(reason),
            Err(Refused::ForNow(reason)) => match pause(id, tries) {
                Some(seconds) => End::Again(seconds, reason),
                None => End::Failed(reason),
            },
        })
    }

    /// Stores how tries ended.
    pub async fn end(&self, ended: Vec<Ended>) -> Result<(), repository::Error> {
        self.pool.run(async |connection| stored::end(connection, ended.clone()).await).await
    }
}

/// The seconds until the next try, after so many; `None` if there is none. They are spread by a quarter, so that what
/// failed together does not come back together. The message's id decides, which is as good as chance.
fn pause(id: MessageId, tries: i16) -> Option<i32> {
    let nth = usize::try_from(tries).ok()?.checked_sub(1)?;
    let seconds = *PAUSES_SECONDS.get(nth)?;
    let [.., last] = *Uuid::from(id).as_bytes();
    Some(seconds + seconds / 4 * i32::from(last) / i32::from(u8::MAX))
}
