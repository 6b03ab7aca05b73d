//! The audit log: who did what, to what, and when. An entry is written in the transaction that it is about, and never
//! changes.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::accounts::UnknownName;
use domain::admission::Change;
use domain::events::{Event, EventStatus};
use domain::ids::{EventId, OrderId, UserId};
use domain::money::Currency;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::errors::Error;
use crate::schema::{audit_log, events, users};

pub(crate) mod removals;
mod tickets;

/// The kind of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// An event was made.
    EventCreated,
    /// A draft was deleted.
    EventDeleted,
    /// Details or capacity of an event changed.
    EventEdited,
    /// A draft was published.
    EventPublished,
    /// An event was cancelled.
    EventCancelled,
    /// An event was handed over to another organizer.
    EventHandedOver,
    /// An event got a picture, another one or none.
    EventPictureChanged,
    /// The door of an event works in another way.
    DoorChanged,
    /// The tickets of an event have other codes.
    DoorKeyRenewed,
    /// An account joined the door staff of an event.
    DoorStaffAdded,
    /// An account left the door staff of an event.
    DoorStaffRemoved,
    /// A registration was taken away from its person.
    RegistrationRemoved,
    /// An event, or a hidden copy of it, was put under test.
    SimulationBegun,
    /// Somebody asked to stop a running stress test of an event.
    SimulationStopped,
    /// A stress test was undone completely.
    SimulationUndone,
    /// An administrator's account was made on the command line.
    UserCreated,
    /// The role of a person changed.
    UserRoleChanged,
    /// A person was deactivated.
    UserDeactivated,
    /// A person was activated again.
    UserActivated,
    /// A person changed their own password.
    UserPasswordChanged,
    /// An admin, or the command line, set a person's password.
    UserPasswordReset,
    /// A person, or the command line, erased the person's account.
    UserErased,
    /// A person has another e-mail address, which they have proven.
    UserAddressChanged,
    /// An administrator invited somebody, who made an organizer's account.
    UserInvited,
    /// A person made an API key.
    ApiKeyCreated,
    /// A person revoked an API key.
    ApiKeyRevoked,
    /// A person made a webhook.
    WebhookCreated,
    /// A person changed a webhook's address or its kinds, or switched it on or off.
    WebhookChanged,
    /// A person gave a webhook another secret.
    WebhookSecretChanged,
    /// A person deleted a webhook.
    WebhookDeleted,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 30] = [
        Self::EventCreated,
        Self::EventDeleted,
        Self::EventEdited,
        Self::EventPublished,
        Self::EventCancelled,
        Self::EventHandedOver,
        Self::EventPictureChanged,
        Self::DoorChanged,
        Self::DoorKeyRenewed,
        Self::DoorStaffAdded,
        Self::DoorStaffRemoved,
        Self::RegistrationRemoved,
        Self::SimulationBegun,
        Self::SimulationStopped,
        Self::SimulationUndone,
        Self::UserCreated,
        Self::UserRoleChanged,
        Self::UserDeactivated,
        Self::UserActivated,
        Self::UserPasswordChanged,
        Self::UserPasswordReset,
        Self::UserErased,
        Self::UserAddressChanged,
        Self::UserInvited,
        Self::ApiKeyCreated,
        Self::ApiKeyRevoked,
        Self::WebhookCreated,
        Self::WebhookChanged,
        Self::WebhookSecretChanged,
        Self::WebhookDeleted,
    ];

    /// The name that the API and the database use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EventCreated => "EVENT_CREATED",
            Self::EventDeleted => "EVENT_DELETED",
            Self::EventEdited => "EVENT_EDITED",
            Self::EventPublished => "EVENT_PUBLISHED",
            Self::EventCancelled => "EVENT_CANCELLED",
            Self::EventHandedOver => "EVENT_HANDED_OVER",
            Self::EventPictureChanged => "EVENT_PICTURE_CHANGED",
            Self::DoorChanged => "DOOR_CHANGED",
            Self::DoorKeyRenewed => "DOOR_KEY_RENEWED",
            Self::DoorStaffAdded => "DOOR_STAFF_ADDED",
            Self::DoorStaffRemoved => "DOOR_STAFF_REMOVED",
            Self::RegistrationRemoved => "REGISTRATION_REMOVED",
            Self::SimulationBegun => "SIMULATION_BEGUN",
            Self::SimulationStopped => "SIMULATION_STOPPED",
            Self::SimulationUndone => "SIMULATION_UNDONE",
            Self::UserCreated => "USER_CREATED",
            Self::UserRoleChanged => "USER_ROLE_CHANGED",
            Self::UserDeactivated => "USER_DEACTIVATED",
            Self::UserActivated => "USER_ACTIVATED",
            Self::UserPasswordChanged => "USER_PASSWORD_CHANGED",
            Self::UserPasswordReset => "USER_PASSWORD_RESET",
            Self::UserErased => "USER_ERASED",
            Self::UserAddressChanged => "USER_ADDRESS_CHANGED",
            Self::UserInvited => "USER_INVITED",
            Self::ApiKeyCreated => "API_KEY_CREATED",
            Self::ApiKeyRevoked => "API_KEY_REVOKED",
            Self::WebhookCreated => "WEBHOOK_CREATED",
            Self::WebhookChanged => "WEBHOOK_CHANGED",
            Self::WebhookSecretChanged => "WEBHOOK_SECRET_CHANGED",
            Self::WebhookDeleted => "WEBHOOK_DELETED",
        }
    }
}

impl FromStr for Action {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|action| action.as_str() == text).ok_or_else(|| UnknownName(text.to_owned()))
    }
}

/// An entry, with present names.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id, which is that of the order.
    pub id: Uuid,
    /// When, by the database's clock.
    pub at: DateTime<Utc>,
    /// The account that did it; `None` for the server itself.
    pub actor: Option<Actor>,
    /// The name of an [`Action`], or of one that a newer version of this program added.
    pub action: String,
    /// The kind of its subject: USER or EVENT.
    pub subject_kind: String,
    /// The id of its subject.
    pub subject_id: Uuid,
    /// The person's name and address, or the event's title; `None` if the subject is gone, such as the copy of a stress
    /// test.
    pub subject_name: Option<String>,
    /// The changed values, before.
    pub before: Option<Value>,
    /// The changed values, after.
    pub after: Option<Value>,
}

/// The account that an entry names.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The account's id.
    pub id: UserId,
    /// The person's name.
    pub name: String,
    /// The person's e-mail address.
    pub email: String,
}

/// Which entries a list contains. `None` does not filter.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Entries by this person.
    pub actor: Option<UserId>,
    /// Entries about this person or event.
    pub subject: Option<Uuid>,
    /// Entries of this kind.
    pub action: Option<Action>,
}

/// Entries, the newest first, beginning after the entry `before`.
///
/// The order is that of their ids, which begin with a server's clock in milliseconds. Entries of two servers within the
/// same milliseconds may be swapped.
pub async fn list(
    connection: &mut AsyncPgConnection,
    filter: Filter,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Entry>, Error> {
    let mut query =
        audit_log::table.order(audit_log::id.desc()).limit(limit).select(EntryRow::as_select()).into_boxed();
    if let Some(actor) = filter.actor {
        query = query.filter(audit_log::actor_id.eq(Uuid::from(actor)));
    }
    if let Some(subject) = filter.subject {
        query = query.filter(audit_log::subject_id.eq(subject));
    }
    if let Some(action) = filter.action {
        query = query.filter(audit_log::action.eq(action.as_str()));
    }
    if let Some(before) = before {
        query = query.filter(audit_log::id.lt(before));
    }
    let rows: Vec<EntryRow> = query.load(connection).await?;

    let people: HashSet<Uuid> = rows.iter().flat_map(|row| row.actor_id.into_iter().chain([row.subject_id])).collect();
    let people: HashMap<Uuid, (String, String)> = users::table
        .filter(users::id.eq_any(people))
        .select((users::id, (users::name, users::email)))
        .load::<(Uuid, (String, String))>(connection)
        .await?
        .into_iter()
        .collect();
    let titles: HashMap<Uuid, String> = events::table
        .filter(events::id.eq_any(rows.iter().map(|row| row.subject_id)))
        .select((events::id, events::title))
        .load::<(Uuid, String)>(connection)
        .await?
        .into_iter()
        .collect();
    let entry = |row: EntryRow| {
        let actor = row.actor_id.and_then(|id| {
            let (name, email) = people.get(&id).cloned()?;
            Some(Actor { id: id.into(), name, email })
        });
        let person = people.get(&row.subject_id).map(|(name, email)| format!("{name} <{email}>"));
        Entry {
            id: row.id,
            at: row.at,
            actor,
            action: row.action,
            subject_kind: row.subject_kind,
            subject_id: row.subject_id,
            subject_name: person.or_else(|| titles.get(&row.subject_id).cloned()),
            before: row.before,
            after: row.after,
        }
    };
    Ok(rows.into_iter().map(entry).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_log, check_for_backend(diesel::pg::Pg))]
struct EntryRow {
    id: Uuid,
    at: DateTime<Utc>,
    actor_id: Option<Uuid>,
    action: String,
    subject_kind: String,
    subject_id: Uuid,
    before: Option<Value>,
    after: Option<Value>,
}

#[derive(Insertable)]
#[diesel(table_name = audit_log)]
struct NewEntry {
    id: Uuid,
    actor_id: Option<Uuid>,
    action: &'static str,
    subject_kind: &'static str,
    subject_id: Uuid,
    before: Option<Value>,
    after: Option<Value>,
}

/// One change of an account.
pub(crate) struct UserChange {
    /// The id of its entry.
    pub(crate) id: OrderId,
    pub(crate) action: Action,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

/// Writes an entry for each change of an account.
pub(crate) async fn record_user_changes_in_txn(
    connection: &mut AsyncPgConnection,
    user: UserId,
    by: Option<UserId>,
    changes: &[UserChange],
) -> Result<(), Error> {
    if changes.is_empty() {
        return Ok(());
    }
    let entry = |change: &UserChange| NewEntry {
        id: change.id.into(),
        actor_id: by.map(Uuid::from),
        action: change.action.as_str(),
        subject_kind: "USER",
        subject_id: user.into(),
        before: change.before.clone(),
        after: change.after.clone(),
    };
    let entries: Vec<NewEntry> = changes.iter().map(entry).collect();
    diesel::insert_into(audit_log::table).values(entries).execute(connection).await?;
    Ok(())
}

/// Writes an entry for each change of an event as a whole, under its order's id.
pub(crate) async fn record_changes_in_txn(mut connection: &AsyncPgConnection, changes: &[Change]) -> Result<(), Error> {
    if changes.is_empty() {
        return Ok(());
    }
    let entries: Vec<NewEntry> = changes.iter().map(entry_of).collect();
    diesel::insert_into(audit_log::table).values(entries).execute(&mut connection).await?;
    Ok(())
}

/// How many events this person has made, whatever has become of them. The action is a literal, because a bound one does
/// not prove the condition of the index in a generic plan.
pub(crate) async fn count_creations_in_txn(connection: &mut AsyncPgConnection, by: UserId) -> Result<i64, Error> {
    let entries = audit_log::table
        .filter(audit_log::actor_id.eq(Uuid::from(by)).and(diesel::dsl::sql::<Bool>("action = 'EVENT_CREATED'")));
    Ok(entries.count().get_result(connection).await?)
}

/// Writes the entry of a new event.
pub(crate) async fn record_creation_in_txn(
    connection: &mut AsyncPgConnection,
    event: &Event,
    by: UserId,
) -> Result<(), Error> {
    let mut after = facts(event);
    shorten_description(&mut Map::new(), &mut after);
    let entry = NewEntry {
        id: Uuid::now_v7(),
        actor_id: Some(by.into()),
        action: Action::EventCreated.as_str(),
        subject_kind: "EVENT",
        subject_id: event.id.into(),
        before: None,
        after: Some(after.into()),
    };
    diesel::insert_into(audit_log::table).values(entry).execute(connection).await?;
    Ok(())
}

/// Writes an entry about a part of an event that is no command of the box office.
pub(crate) async fn record_part_in_txn(
    connection: &mut AsyncPgConnection,
    action: Action,
    event: EventId,
    by: UserId,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<(), Error> {
    let entry = NewEntry {
        id: Uuid::now_v7(),
        actor_id: Some(by.into()),
        action: action.as_str(),
        subject_kind: "EVENT",
        subject_id: event.into(),
        before,
        after,
    };
    diesel::insert_into(audit_log::table).values(entry).execute(connection).await?;
    Ok(())
}

/// Writes the entry of a draft that is deleted, under its order's id.
pub(crate) async fn record_deletion_in_txn(
    connection: &mut AsyncPgConnection,
    draft: &Event,
    order: OrderId,
    by: UserId,
) -> Result<(), Error> {
    let mut before = facts(draft);
    shorten_description(&mut before, &mut Map::new());
    let entry = NewEntry {
        id: order.into(),
        actor_id: Some(by.into()),
        action: Action::EventDeleted.as_str(),
        subject_kind: "EVENT",
        subject_id: draft.id.into(),
        before: Some(before.into()),
        after: None,
    };
    diesel::insert_into(audit_log::table).values(entry).execute(connection).await?;
    Ok(())
}

/// Which of these orders about an event were carried out.
pub(crate) async fn carried_out(
    mut connection: &AsyncPgConnection,
    event: EventId,
    orders: Vec<OrderId>,
) -> Result<HashSet<OrderId>, Error> {
    if orders.is_empty() {
        return Ok(HashSet::new());
    }
    let ids: Vec<Uuid> = orders.into_iter().map(Uuid::from).collect();
    let found: Vec<Uuid> = audit_log::table
        .filter(audit_log::subject_id.eq(Uuid::from(event)).and(audit_log::id.eq_any(ids)))
        .select(audit_log::id)
        .load(&mut connection)
        .await?;
    Ok(found.into_iter().map(OrderId::from).collect())
}

/// The account that got the event by the last handing over of it that `by` has made.
pub(crate) async fn last_receiver(
    connection: &mut AsyncPgConnection,
    event: EventId,
    by: UserId,
) -> Result<Option<UserId>, Error> {
    let entry = audit_log::table
        .filter(audit_log::subject_id.eq(Uuid::from(event)).and(audit_log::actor_id.eq(Uuid::from(by))))
        .filter(audit_log::action.eq(Action::EventHandedOver.as_str()))
        .order(audit_log::id.desc())
        .select(audit_log::after)
        .first::<Option<Value>>(connection)
        .await
        .optional()?;
    let receiver = |after: Value| after.get(ORGANIZER)?.as_str()?.parse::<UserId>().ok();
    Ok(entry.flatten().and_then(receiver))
}

/// Whether an order was carried out.
pub(crate) async fn is_recorded(connection: &mut AsyncPgConnection, order: OrderId) -> Result<bool, Error> {
    let entry = audit_log::table.find(Uuid::from(order)).select(audit_log::id);
    Ok(diesel::select(diesel::dsl::exists(entry)).get_result(connection).await?)
}

fn entry_of(change: &Change) -> NewEntry {
    let (mut before, mut after) = (facts(&change.before), facts(&change.after));
    let same: Vec<String> =
        before.iter().filter(|(name, value)| after.get(*name) == Some(value)).map(name_of).collect();
    for name in same {
        before.remove(&name);
        after.remove(&name);
    }
    shorten_description(&mut before, &mut after);
    if change.before.organizer != change.after.organizer {
        before.insert(ORGANIZER.to_owned(), json!(change.before.organizer));
        after.insert(ORGANIZER.to_owned(), json!(change.after.organizer));
    }
    if let Some(tickets) = &change.tickets {
        tickets::describe(&tickets.0, &tickets.1, &mut before, &mut after);
    }
    if let Some(original) = change.after.rehearsal_of {
        after.insert("rehearsal_of".to_owned(), json!(original));
    }
    NewEntry {
        id: change.order.into(),
        actor_id: change.by.map(Uuid::from),
        action: action(change).as_str(),
        subject_kind: "EVENT",
        subject_id: change.after.id.into(),
        before: Some(before.into()),
        after: Some(after.into()),
    }
}

fn name_of((name, _): (&String, &Value)) -> String {
    name.clone()
}

fn action(change: &Change) -> Action {
    let (before, after) = (&change.before, &change.after);
    match (before.status == after.status, after.status) {
        (false, EventStatus::Published) => Action::EventPublished,
        (false, EventStatus::Cancelled) => Action::EventCancelled,
        _ => match (before.is_under_test(), after.is_under_test()) {
            (false, true) => Action::SimulationBegun,
            (true, false) => Action::SimulationUndone,
            _ if before.organizer != after.organizer => Action::EventHandedOver,
            _ => Action::EventEdited,
        },
    }
}

/// The values of an event that people decide.
fn facts(event: &Event) -> Map<String, Value> {
    let details = &event.details;
    let facts = json!({
        "title": details.title,
        "description": details.description,
        "location": details.location,
        "starts_at": details.starts_at,
        "ends_at": details.ends_at,
        "time_zone": details.time_zone,
        "sales_open_at": details.sales_open_at,
        "sales_close_at": details.sales_close_at,
        "cancel_until": details.cancel_until,
        "verified_buyers_only": details.verified_buyers_only,
        "capacity": event.seats.capacity(),
        "currency": event.terms.currency.map(Currency::code),
        "hold_minutes": event.terms.hold_minutes,
        "line_hold_minutes": event.terms.line_hold_minutes,
        "line_patience_minutes": event.terms.line_patience_minutes,
        "grace_minutes": event.terms.grace_minutes,
        "refund_until": event.terms.refund_until,
        "payment_instructions": event.terms.instructions,
        "status": event.status,
        "under_test": event.is_under_test(),
    });
    match facts {
        Value::Object(facts) => facts,
        _ => Map::new(),
    }
}

/// The accounts of a handing over. Their names and addresses are no part of the entry, because entries never change.
const ORGANIZER: &str = "organizer_id";

const DESCRIPTION: &str = "description";

/// The most characters of a description in an entry, so that many edits of a long one do not fill the log.
const EXCERPT_CHARACTERS_MAX: usize = 300;

/// Characters of an excerpt before the first difference.
const EXCERPT_LEAD_CHARACTERS: usize = 40;

/// Shortens long descriptions to the part where they begin to differ, and their lengths.
fn shorten_description(before: &mut Map<String, Value>, after: &mut Map<String, Value>) {
    let text =
        |facts: &Map<String, Value>| facts.get(DESCRIPTION).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (old, new) = (text(before), text(after));
    let same = old.chars().zip(new.chars()).take_while(|(old, new)| old == new).count();
    let from = same.saturating_sub(EXCERPT_LEAD_CHARACTERS);
    for (facts, text) in [(before, old), (after, new)] {
        if let Some(description) = facts.get_mut(DESCRIPTION) {
            *description = excerpt(text, from).into();
        }
    }
}

fn excerpt(text: String, from: usize) -> String {
    let characters = text.chars().count();
    if characters <= EXCERPT_CHARACTERS_MAX {
        return text;
    }
    let excerpt: String = text.chars().skip(from).take(EXCERPT_CHARACTERS_MAX).collect();
    let lead = if from > 0 { "…" } else { "" };
    let tail = if from + EXCERPT_CHARACTERS_MAX < characters { "…" } else { "" };
    format!("{lead}{excerpt}{tail} ({characters} characters)")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shortened(old: &str, new: &str) -> (String, String) {
        let facts = |text: &str| Map::from_iter([(DESCRIPTION.to_owned(), json!(text))]);
        let (mut before, mut after) = (facts(old), facts(new));
        shorten_description(&mut before, &mut after);
        let text = |facts: Map<String, Value>| facts[DESCRIPTION].as_str().unwrap().to_owned();
        (text(before), text(after))
    }

    #[test]
    fn a_short_description_is_kept_whole() {
        assert_eq!(shortened("", "Now with an encore"), (String::new(), "Now with an encore".to_owned()));
    }

    #[test]
    fn of_long_ones_the_place_where_they_differ_is_kept_and_their_lengths() {
        let old = "ö".repeat(10_000);
        let new = format!("{}X{}", "ö".repeat(5_000), "ö".repeat(4_000));
        let (before, after) = shortened(&old, &new);
        assert_eq!(before, format!("…{}… (10000 characters)", "ö".repeat(300)));
        assert_eq!(after, format!("…{}X{}… (9001 characters)", "ö".repeat(40), "ö".repeat(259)));
        assert_eq!(shortened("short", &old).1, format!("{}… (10000 characters)", "ö".repeat(300)));
        let (before, after) = shortened(&old, &format!("{old}X"));
        assert_eq!(before, format!("…{} (10000 characters)", "ö".repeat(40)));
        assert_eq!(after, format!("…{}X (10001 characters)", "ö".repeat(40)));
    }
}
