//! The subjects of messages, as they stand: events, registrations, people, and places in line.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::events::Event;
use domain::ids::{EventId, RegistrationId, UserId};
use domain::messages::MessageKind;
use domain::registrations::Registration;
use uuid::Uuid;

use crate::doors;
use crate::errors::Error;
use crate::messages::DueMessage;
use crate::presentations::{self, Presentation};
use crate::registrations;
use crate::rows::EventRow;
use crate::schema::{announcement_refusals, announcements, events, users};

/// The subject of a message.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The message.
    pub message: DueMessage,
    /// Its event, and what it is shown with.
    pub event: Arc<(Event, Presentation)>,
    /// Its registration.
    pub registration: Registration,
    /// Its person.
    pub person: Person,
    /// How many registrations are ahead, and how many seats they want, if it waits and the message is about that.
    pub ahead: Option<(usize, i64)>,
    /// Subject and text of the announcement, if it is one.
    pub announcement: Option<(String, String)>,
    /// Whether it is not to be told, although it is true of its registration: it is an announcement, and its person
    /// wants none, or it tells of a place in line that its person has given up or been seated from since.
    pub is_void: bool,
    /// Whether mails that confirm bookings of its event have the tickets attached, where the address is proven.
    pub attach_tickets: bool,
}

/// The receiver of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Whether the account is active.
    pub is_active: bool,
    /// Whether the address is proven to be the person's.
    pub is_verified: bool,
}

/// The subjects of these messages, and the database's clock. A message whose event or registration is unsound is left
/// out, and holds up no other.
pub async fn find(
    connection: &mut AsyncPgConnection,
    messages: Vec<DueMessage>,
) -> Result<(DateTime<Utc>, Vec<Subject>), Error> {
    let now = diesel::select(diesel::dsl::sql::<Timestamptz>("clock_timestamp()")).get_result(connection).await?;
    let people = people(connection, messages.iter().map(|message| message.user.into()).collect()).await?;
    let mut by_event: BTreeMap<EventId, Vec<DueMessage>> = BTreeMap::new();
    for message in messages {
        by_event.entry(message.event).or_default().push(message);
    }
    let mut subjects = Vec::new();
    for (id, messages) in by_event {
        let row: EventRow = events::table.find(Uuid::from(id)).select(EventRow::as_select()).first(connection).await?;
        let event = match Event::try_from(row) {
            Ok(event) => event,
            Err(error) => {
                tracing::error!(event = %id, %error, "an event cannot be read, and its messages cannot be told");
                continue;
            }
        };
        let presentation = presentations::find(connection, &event).await?;
        let attach_tickets = doors::settings(connection, id).await?.attach_tickets;
        let event = Arc::new((event, presentation));
        let successors = messages.iter().filter(|one| one.kind == MessageKind::Passed);
        let successors = successors.map(|one| one.registration.successor());
        let ids = messages.iter().map(|message| message.registration).chain(successors);
        let (registrations, unsound) = registrations::find_all(connection, id, ids).await?;
        let registrations: HashMap<_, _> = registrations.into_iter().map(|one| (one.id, one)).collect();
        let ahead = ahead(connection, &event.0, &messages, &registrations).await?;
        let announced = announced(connection, id, &messages).await?;
        let refusing = refusing(connection, id, &messages).await?;
        for message in messages {
            let registration = registrations.get(&message.registration);
            let Some((registration, person)) = registration.zip(people.get(&message.user)) else { continue };
            if message.kind == MessageKind::Passed && unsound.contains(&message.registration.successor()) {
                continue;
            }
            let stands = registrations.get(&message.registration.successor()).is_some_and(|next| next.status.waits());
            let is_void = match message.kind {
                MessageKind::Announcement => refusing.contains(&message.user),
                MessageKind::Passed => !stands,
                _ => false,
            };
            subjects.push(Subject {
                event: Arc::clone(&event),
                registration: registration.clone(),
                person: person.clone(),
                ahead: ahead.get(&message.registration).copied(),
                is_void,
                attach_tickets,
                announcement: announced.get(&message.number).cloned().filter(|_| is_announcement(&message)),
                message,
            });
        }
    }
    Ok((now, subjects))
}

fn is_announcement(message: &DueMessage) -> bool {
    message.kind == MessageKind::Announcement
}

async fn people(connection: &mut AsyncPgConnection, ids: Vec<Uuid>) -> Result<HashMap<UserId, Person>, Error> {
    let rows: Vec<(Uuid, String, String, bool, bool)> = users::table
        .filter(users::id.eq_any(ids))
        .select((users::id, users::name, users::email, users::is_active, users::verified_at.is_not_null()))
        .load(connection)
        .await?;
    let person = |(id, name, email, is_active, is_verified): (Uuid, _, _, _, _)| {
        (id.into(), Person { name, email, is_active, is_verified })
    };
    Ok(rows.into_iter().map(person).collect())
}

/// The longest waitlist that is counted for a message. It is read for every few of them; the page tells the place in
/// longer ones.
const COUNTED_LINE_MAX: i32 = 2_000;

/// The lines are read once for all of these messages.
async fn ahead(
    connection: &mut AsyncPgConnection,
    event: &Event,
    messages: &[DueMessage],
    found: &HashMap<RegistrationId, Registration>,
) -> Result<HashMap<RegistrationId, (usize, i64)>, Error> {
    let of_line = messages.iter().filter(|message| matches!(message.kind, MessageKind::InLine | MessageKind::Passed));
    let waiting: Vec<&Registration> =
        of_line.filter_map(|message| found.get(&message.registration)).filter(|one| one.status.waits()).collect();
    if waiting.is_empty() || event.seats.waiting() > COUNTED_LINE_MAX {
        return Ok(HashMap::new());
    }
    let Some((lines, _)) = registrations::lines(connection, event.id).await? else { return Ok(HashMap::new()) };
    let before = |one: &Registration| {
        let line = lines.get(&one.ticket_type)?;
        let place = line.numbers.binary_search(&one.decision).ok()?;
        let seats = line.seats.iter().take(place).map(|seats| i64::from(*seats)).sum();
        Some((one.id, (place, seats)))
    };
    Ok(waiting.into_iter().filter_map(before).collect())
}

/// Those of the receivers of announcements who want none at this event.
async fn refusing(
    connection: &mut AsyncPgConnection,
    event: EventId,
    messages: &[DueMessage],
) -> Result<HashSet<UserId>, Error> {
    let people: Vec<Uuid> = messages.iter().filter(|one| is_announcement(one)).map(|one| one.user.into()).collect();
    if people.is_empty() {
        return Ok(HashSet::new());
    }
    let found: Vec<Uuid> = announcement_refusals::table
        .filter(announcement_refusals::event_id.eq(Uuid::from(event)))
        .filter(announcement_refusals::user_id.eq_any(people))
        .select(announcement_refusals::user_id)
        .load(connection)
        .await?;
    Ok(found.into_iter().map(UserId::from).collect())
}

async fn announced(
    connection: &mut AsyncPgConnection,
    event: EventId,
    messages: &[DueMessage],
) -> Result<HashMap<i64, (String, String)>, Error> {
    let numbers: Vec<i64> = messages.iter().filter(|one| is_announcement(one)).map(|one| one.number).collect();
    if numbers.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(i64, Option<String>, Option<String>)> = announcements::table
        .filter(announcements::event_id.eq(Uuid::from(event)))
        .filter(announcements::kind.eq(MessageKind::Announcement.as_str()))
        .filter(announcements::number.eq_any(numbers))
        .select((announcements::number, announcements::subject, announcements::body))
        .load(connection)
        .await?;
    Ok(rows.into_iter().filter_map(|(number, subject, body)| Some((number, (subject?, body?)))).collect())
}
