//! Accounts that run events, and the handing over of an event from one to another. [`crate::settlement`] hands over.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::accounts::Receiver;
use domain::events::Event;
use domain::ids::{EventId, UserId};
use uuid::Uuid;

use crate::audit;
use crate::errors::Error;
use crate::schema::{events, users};
use crate::users::{IS_PERSON, role_named};

/// Who runs an event, as everybody may know it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Queryable)]
pub struct Organizer {
    /// The account's name.
    pub name: String,
    /// How the public reaches its person, if the person says so.
    pub public_contact: Option<String>,
}

/// The accounts that events are to be handed over to.
#[derive(Default)]
pub(crate) struct Receivers {
    /// Those of people, locked until the transaction ends.
    pub(crate) locked: HashMap<UserId, Receiver>,
    /// Those that somebody else has locked.
    pub(crate) in_use: HashSet<UserId>,
}

/// Locks the accounts among these that are people's: a receiver is neither erased nor deactivated before the event is
/// theirs, and two events are handed over to one account one after the other.
///
/// An account that somebody else has locked is not waited for, because all buyers of the event would wait with it.
/// `FOR NO KEY UPDATE` does not block bookings, whose foreign key takes a weaker lock.
pub(crate) async fn lock_receivers_in_txn(
    mut connection: &AsyncPgConnection,
    event: EventId,
    accounts: Vec<UserId>,
) -> Result<Receivers, Error> {
    if accounts.is_empty() {
        return Ok(Receivers::default());
    }
    let ids: Vec<Uuid> = accounts.into_iter().map(Uuid::from).collect();
    let is_person = || diesel::dsl::sql::<Bool>(IS_PERSON).and(users::erased_at.is_null());
    let people: Vec<(Uuid, String, bool)> = users::table
        .filter(users::id.eq_any(ids.clone()).and(is_person()))
        .select((users::id, users::role, users::is_active))
        .for_no_key_update()
        .skip_locked()
        .load(&mut connection)
        .await?;
    let is_other = users::id.ne_all(people.iter().map(|(id, ..)| *id).collect::<Vec<_>>());
    let in_use: Vec<Uuid> = users::table
        .filter(users::id.eq_any(ids.clone()).and(is_person()).and(is_other))
        .select(users::id)
        .load(&mut connection)
        .await?;
    // A statement after the lock sees what the transactions before have handed over. The event itself may come and go
    // within the batch.
    let run: Vec<(Uuid, i64)> = events::table
        .filter(events::organizer_id.eq_any(ids).and(events::rehearsal_of.is_null()))
        .filter(events::id.ne(Uuid::from(event)))
        .group_by(events::organizer_id)
        .select((events::organizer_id, diesel::dsl::count_star()))
        .load(&mut connection)
        .await?;
    let run: HashMap<Uuid, i64> = run.into_iter().collect();
    let receiver = |(id, role, is_active): (Uuid, String, bool)| {
        let events = run.get(&id).copied().unwrap_or(0);
        Ok((UserId::from(id), Receiver { role: role_named(&role)?, is_active, events }))
    };
    let locked = people.into_iter().map(receiver).collect::<Result<_, Error>>()?;
    Ok(Receivers { locked, in_use: in_use.into_iter().map(UserId::from).collect() })
}

/// Leaves the key of the request that made the event with the account that sent it, which is `before`'s organizer
/// unless the event was handed over earlier.
pub(crate) async fn keep_key_in_txn(mut connection: &AsyncPgConnection, before: &Event) -> Result<(), Error> {
    let own = events::table.find(Uuid::from(before.id)).filter(events::key_of.is_null());
    let own = own.filter(events::idempotency_key.is_not_null());
    let owner = Some(Uuid::from(before.organizer));
    diesel::update(own).set(events::key_of.eq(owner)).execute(&mut connection).await?;
    Ok(())
}

/// Whether `to` runs the event, and got it by the last handing over of it that `by` has made.
pub async fn has_handed_over(
    connection: &mut AsyncPgConnection,
    event: EventId,
    by: UserId,
    to: UserId,
) -> Result<bool, Error> {
    let of_receiver = events::table.find(Uuid::from(event)).filter(events::organizer_id.eq(Uuid::from(to)));
    let runs_it: bool =
        diesel::select(diesel::dsl::exists(of_receiver.select(events::id))).get_result(connection).await?;
    Ok(runs_it && audit::last_receiver(connection, event, by).await? == Some(to))
}
