//! The attendees of an event, for its organizer.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, SmallInt, Text, Timestamptz, Uuid as PgUuid};
use diesel_async::AsyncPgConnection;
use domain::ids::{EventId, PaymentId, RegistrationId, UserId};
use domain::registrations::{CancellationCause, RegistrationStatus};
use domain::search::SearchText;
use domain::tickets::{Split, TypeNumber};
use uuid::Uuid;

use crate::errors::Error;
use crate::rows;
use crate::searches::{self, SearchPage, Stretch};

/// A person's registration, with the person's name and address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// The registration.
    pub registration: RegistrationId,
    /// Its person.
    pub user: UserId,
    /// The person's name.
    pub name: String,
    /// The person's e-mail address.
    pub email: String,
    /// Its status.
    pub status: RegistrationStatus,
    /// The decision that made it.
    pub decision: i64,
    /// When it was made.
    pub registered_at: DateTime<Utc>,
    /// The type of its seats.
    pub ticket_type: TypeNumber,
    /// Its seats by price.
    pub split: Split,
    /// What they cost, in minor units.
    pub amount: i64,
    /// Until when its person is told to pay, if its seats are held with a deadline.
    pub held_until: Option<DateTime<Utc>>,
    /// Its payment.
    pub payment: Option<PaymentId>,
    /// When it was paid.
    pub paid_at: Option<DateTime<Utc>>,
    /// The part of the payment that is owed back.
    pub owed: i64,
    /// When it got its seats.
    pub seated_at: Option<DateTime<Utc>>,
    /// When it was cancelled.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Why it was cancelled, if it was.
    pub cancellation: Option<CancellationCause>,
    /// The reason that its person was given, if the booking was removed.
    pub removal_reason: Option<String>,
    /// How many of its tickets somebody is in with.
    pub admitted: i64,
    /// The names that its tickets have of their own, by the tickets' numbers.
    pub ticket_names: Vec<String>,
}

/// Which attendees a list contains.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A part of the name, of the e-mail address or of the name on a ticket, as [`domain::search`] finds it.
    pub text: Option<String>,
    /// Registrations with this status. `None` selects active ones.
    pub status: Option<RegistrationStatus>,
    /// Registrations of this type.
    pub ticket_type: Option<TypeNumber>,
    /// Confirmed registrations all of whose tickets are in, or those with at least one that is not.
    pub has_arrived: Option<bool>,
}

#[derive(QueryableByName)]
struct AttendeeRow {
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = PgUuid)]
    user_id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = BigInt)]
    decision: i64,
    #[diesel(sql_type = Timestamptz)]
    registered_at: DateTime<Utc>,
    #[diesel(sql_type = SmallInt)]
    ticket_type: i16,
    #[diesel(sql_type = SmallInt)]
    seats: i16,
    #[diesel(sql_type = Nullable<SmallInt>)]
    price: Option<i16>,
    #[diesel(sql_type = Nullable<Array<SmallInt>>)]
    split: Option<Vec<i16>>,
    #[diesel(sql_type = BigInt)]
    amount: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    held_until: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<PgUuid>)]
    payment_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    paid_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = BigInt)]
    owed: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    seated_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    cancelled_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Text>)]
    cancellation: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    removal_reason: Option<String>,
    #[diesel(sql_type = BigInt)]
    admitted: i64,
    #[diesel(sql_type = Array<Text>)]
    ticket_names: Vec<String>,
}

/// Walks the primary key, and looks each person up by key. The person's kind is compared outside of that lookup,
/// because inside the planner would choose an index of people.
const LIST: &str = "select r.id, r.user_id, person.name, person.email, r.status, r.decision, r.registered_at, \
                    r.ticket_type, r.seats, r.price, r.split, r.amount, r.held_until, r.paid_at, r.owed, \
                    payment.id as payment_id, entries.admitted, coalesce(named.names, '{}') as ticket_names, \
                    r.seated_at, r.cancelled_at, r.cancellation, r.removal_reason, step.is_wanted, r.look from (\
                    select *, row_number() over (order by id) as look from registrations \
                    where event_id = $1 and id > $2 order by id limit $5) r cross join lateral (\
                    select name, email, kind from users where id = r.user_id limit 1) person cross join lateral (\
                    select person.kind = 'PERSON' and r.status = any($3) \
                    and ($6 is null or r.ticket_type = $6) and case when $7 is null then true \
                    else r.status = 'CONFIRMED' and ((select count(*) from check_ins where event_id = $1 \
                    and registration_id = r.id and obstacle is null and undone_at is null) >= r.seats) = $7 end \
                    as is_wanted) step left join lateral (\
                    select count(*) as admitted from check_ins where step.is_wanted and event_id = $1 \
                    and registration_id = r.id and obstacle is null and undone_at is null) entries on true \
                    left join lateral (select array_agg(name order by ticket) as names from ticket_names \
                    where step.is_wanted and r.status = 'CONFIRMED' and event_id = $1 and registration_id = r.id \
                    and ticket <= r.seats) named on true left join lateral (\
                    select id from payments where event_id = $1 and registration_id = r.id \
                    and taken_back_decision is null and r.paid_at is not null limit 1) payment on true \
                    where step.is_wanted or r.look = $5 order by r.id limit $4";

/// One page of the people who registered for an event, by arrival, beginning after `after`: at most `limit`, and fewer
/// if they are rare among the rows that one walk examines. Simulated buyers are left out.
///
/// A walk through all pages meets each registration that exists from its begin to its end exactly once, because ids do
/// not change.
pub async fn list(
    connection: &mut AsyncPgConnection,
    event: EventId,
    filter: &Filter,
    after: Option<RegistrationId>,
    limit: i64,
) -> Result<SearchPage<Attendee, RegistrationId>, Error> {
    let is_wanted = |status: &RegistrationStatus| filter.status.map_or(!status.is_over(), |wanted| *status == wanted);
    let statuses: Vec<&str> =
        RegistrationStatus::ALL.into_iter().filter(is_wanted).map(RegistrationStatus::as_str).collect();
    let statement = |after: RegistrationId, stretch: Stretch| {
        diesel::sql_query(LIST)
            .into_boxed()
            .bind::<PgUuid, _>(Uuid::from(event))
            .bind::<PgUuid, _>(Uuid::from(after))
            .bind::<Array<Text>, _>(statuses.clone())
            .bind::<BigInt, _>(stretch.rows)
            .bind::<BigInt, _>(stretch.looks)
            .bind::<Nullable<SmallInt>, _>(filter.ticket_type.map(i16::from))
            .bind::<Nullable<Bool>, _>(filter.has_arrived)
    };
    let text = filter.text.as_deref().and_then(SearchText::of);
    let is_match = |row: &AttendeeRow| {
        text.as_ref().is_none_or(|text| {
            text.is_in(&[&row.name, &row.email]) || row.ticket_names.iter().any(|name| text.is_in(&[name]))
        })
    };
    let begin = after.unwrap_or_else(|| Uuid::nil().into());
    let page =
        searches::walk(searches::WALKED_MAX, connection, begin, limit, statement, is_match, |row: &AttendeeRow| {
            row.id.into()
        })
        .await?;
    Ok(SearchPage { found: rows::all(page.found)?, next: page.next })
}

impl TryFrom<AttendeeRow> for Attendee {
    type Error = Error;

    fn try_from(row: AttendeeRow) -> Result<Self, Error> {
        let status = rows::status(&row.status)?;
        let cause = rows::cause(row.cancellation.as_deref())?;
        Ok(Self {
            registration: row.id.into(),
            user: row.user_id.into(),
            name: row.name,
            email: row.email,
            status,
            decision: row.decision,
            registered_at: row.registered_at,
            ticket_type: row.ticket_type.into(),
            split: rows::split(row.price, row.seats, row.split.as_deref())?,
            amount: row.amount,
            held_until: row.held_until,
            payment: row.payment_id.map(PaymentId::from),
            paid_at: row.paid_at,
            owed: row.owed,
            seated_at: row.seated_at,
            cancelled_at: row.cancelled_at,
            cancellation: status.is_over().then_some(cause),
            removal_reason: row.removal_reason,
            admitted: row.admitted,
            ticket_names: row.ticket_names,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "a test that cannot go on should stop loudly"
    )]

    use diesel_async::SimpleAsyncConnection;
    use testdb::patience::LIMIT;

    use super::*;
    use crate::pools;
    use crate::searches::tests::plan_of;
    use crate::searches::{LOOKED_AT_MAX, WALKING};

    #[tokio::test(flavor = "multi_thread")]
    async fn a_walk_that_takes_too_long_ends() {
        let database = testdb::Database::new().await;
        let mut connection = pools::connect_once(&database.url(), LIMIT).await.unwrap();
        let mut other = pools::connect_once(&database.url(), LIMIT).await.unwrap();
        other.batch_execute("begin; lock table registrations").await.unwrap();
        let (event, everybody) = (EventId::from(Uuid::nil()), Filter::default());
        let walk = list(&mut connection, event, &everybody, None, 10);
        let ended = tokio::time::timeout(LIMIT, walk).await.unwrap();
        assert!(matches!(ended, Err(Error::TimedOut(_))), "{ended:?}");
        other.batch_execute("rollback").await.unwrap();
        assert_eq!(list(&mut connection, event, &everybody, None, 10).await.unwrap().found, []);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_page_reads_no_more_than_itself_also_of_an_event_that_nobody_analyzed() {
        let database = testdb::Database::new().await;
        let mut connection = pools::connect_once(&database.url(), LIMIT).await.unwrap();
        let event = "'00000000-0000-7000-8000-000000000001'";
        connection
            .batch_execute(&format!(
                "alter table registrations disable trigger all; \
                 insert into registrations (event_id, id, user_id, status, decision, registered_at) \
                 select {event}, gen_random_uuid(), gen_random_uuid(), 'WAITLISTED', n, now() \
                 from generate_series(1, 20000) n; \
                 prepare page (uuid, uuid, text[], bigint, bigint, smallint, boolean) as {LIST}; \
                 begin; {WALKING}"
            ))
            .await
            .unwrap();
        let page = format!("page({event}, {event}, '{{CONFIRMED, WAITLISTED}}', 1001, {LOOKED_AT_MAX}, null, null)");
        let plan = plan_of(&mut connection, &page).await;
        for wanted in
            ["Index Scan using registrations_pkey", "Index Cond: ((event_id = ", "Index Scan using users_pkey"]
        {
            assert!(plan.contains(wanted), "no {wanted:?} in\n{plan}");
        }
        assert!(!plan.contains("Sort"), "{plan}");
    }
}
