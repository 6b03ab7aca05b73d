//! The cost of each page of a list beside 100,000 past events: a page must read no more for them.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use domain::accounts::Role;
use domain::events::EventStatus;
use domain::ids::{EventId, UserId};
use domain::tickets::TypeNumber;
use repository::audit::{self, Action};
use repository::listings::{self, Order, PublishedFilter, RunFilter, TOTALLED_MAX, Totals};
use repository::registrations::{Due, DueHold, OwnFilter};
use repository::{Error, attendees, registrations, users};
use uuid::Uuid;

use crate::stage::connect;

/// The blocks that one page may read: a few for each of its rows, and some for the way to them. Every table here has
/// more than that.
const BLOCKS_MAX: i64 = 400;

const LIMIT: i64 = 21;

const ORGANIZER: Uuid = Uuid::from_u128(1);
const PERSON: Uuid = Uuid::from_u128(2);
const LARGE: Uuid = Uuid::from_u128(3);
const SMALL: Uuid = Uuid::from_u128(4);

/// 100,000 events of the last 19 years, 5,000 of them within a year; one that has lasted for 300 days; and 50 that are
/// to come. The first organizer runs a hundredth of them. All but the large and the small one are free. At a large one 60,000 people wait, and hold seats of another
/// type: a hold falls due every second, from eight hours ago on. At a small one 21 people wait. One person has booked 48
/// events.
async fn fill(connection: &mut AsyncPgConnection) {
    let event = "title, description, location, ends_at, time_zone, capacity, seats_remaining, waiting, status";
    let shown = "'', 'Hall', starts_at + length, 'UTC', 10, 0, 10, 'PUBLISHED'";
    connection
        .batch_execute(&format!(
            "alter table events disable trigger all; alter table registrations disable trigger all; \
             alter table audit_log disable trigger all; alter table ticket_types disable trigger all; \
             alter table prices disable trigger all; \
             insert into users (id, name, email, password_hash, role, kind) \
             select case when n <= 2 then lpad(n::text, 32, '0')::uuid else gen_random_uuid() end, 'Somebody', \
             n || '@example.com', '!', case when n <= 100 then 'ORGANIZER' else 'AUDIENCE' end, 'PERSON' \
             from generate_series(1, 60000) n; \
             create temporary table organizers as select id, row_number() over (order by id) - 1 as nth from users \
             where role = 'ORGANIZER'; \
             insert into events (id, organizer_id, starts_at, {event}) \
             select gen_random_uuid(), o.id, starts_at, 'Past', {shown} from (\
             select n, now() - interval '2 days' - n * interval '100 minutes' as starts_at, interval '2 hours' as length \
             from generate_series(1, 100000) n) past join organizers o on o.nth = n % 100; \
             insert into events (id, organizer_id, starts_at, {event}) \
             select gen_random_uuid(), '{ORGANIZER}', starts_at, 'Exhibition', {shown} \
             from (values (now() - interval '300 days', interval '330 days')) as long (starts_at, length); \
             insert into events (id, organizer_id, starts_at, {event}) \
             select case n when 50 then '{LARGE}' when 49 then '{SMALL}' else gen_random_uuid() end, '{ORGANIZER}', \
             starts_at, 'Upcoming', {shown} \
             from (select n, now() + n * interval '1 hour' as starts_at, interval '2 hours' as length \
             from generate_series(1, 50) n) upcoming; \
             insert into registrations (event_id, id, user_id, status, decision, registered_at) \
             select '{LARGE}', gen_random_uuid(), id, 'WAITLISTED', row_number() over (), now() from users; \
             insert into registrations (event_id, id, user_id, ticket_type, status, decision, seated_decision, amount, \
             registered_at, seated_at, held_until, lapses_at) \
             select '{LARGE}', gen_random_uuid(), id, 2, 'HELD', 60000 + n, 60000 + n, 500, now(), now(), lapses_at, \
             lapses_at from (select id, n, now() + (n - 30000) * interval '1 second' as lapses_at \
             from (select id, row_number() over () as n from users) numbered) held; \
             insert into registrations (event_id, id, user_id, status, decision, registered_at) \
             select '{SMALL}', gen_random_uuid(), id, 'WAITLISTED', row_number() over (), now() from users limit 21; \
             insert into registrations (event_id, id, user_id, status, decision, registered_at) \
             select id, gen_random_uuid(), '{PERSON}', 'WAITLISTED', 2, now() from events \
             where id not in ('{LARGE}', '{SMALL}') limit 48; \
             insert into ticket_types (event_id, number, name, capacity, seats_remaining, waiting, seats_wanted, head_wants) \
             select id, 1, 'Admission', 10, 0, 10, 10, 1 from events; \
             insert into prices (event_id, number, ticket_type, name, amount) \
             select id, 1, 1, 'Admission', case when id in ('{LARGE}', '{SMALL}') then 500 else 0 end from events; \
             insert into audit_log (id, actor_id, action, subject_kind, subject_id) \
             select gen_random_uuid(), organizer_id, case when random() < 0.9 then 'EVENT_EDITED' else 'EVENT_CREATED' end, \
             'EVENT', id from events"
        ))
        .await
        .unwrap();
}

/// The blocks of tables and indexes that this session has read lately. PostgreSQL forgets the counts of a transaction
/// some time after it.
pub(crate) async fn blocks_read(connection: &mut AsyncPgConnection) -> i64 {
    #[derive(QueryableByName)]
    struct Blocks {
        #[diesel(sql_type = BigInt)]
        fetched: i64,
    }
    let all = "select coalesce(sum(pg_stat_get_xact_blocks_fetched(oid)), 0)::bigint as fetched from pg_class \
               where relnamespace = 'public'::regnamespace";
    diesel::sql_query(all).get_result::<Blocks>(connection).await.unwrap().fetched
}

/// Checks that reading any of these tables as a whole reads more than a page may.
async fn assert_large(connection: &mut AsyncPgConnection) {
    #[derive(QueryableByName)]
    struct Table {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = BigInt)]
        blocks: i64,
    }
    let sizes = "select name, pg_relation_size(name::regclass) / current_setting('block_size')::bigint as blocks \
                 from unnest(array['events', 'users', 'registrations', 'audit_log']) as name";
    for Table { name, blocks } in diesel::sql_query(sizes).load::<Table>(connection).await.unwrap() {
        assert!(blocks > BLOCKS_MAX, "{name} has {blocks} blocks");
    }
}

/// Reads each page, and checks its number of rows and of blocks.
macro_rules! pages {
    ($connection:ident, $when:ident, $($name:literal: $rows:literal, |$inner:ident| $page:expr;)*) => {
        $(
            let read = $connection.transaction(async |$inner| {
                let before = blocks_read($inner).await;
                let rows = $page.len();
                Ok::<_, Error>((rows, blocks_read($inner).await - before))
            });
            let (rows, blocks) = read.await.unwrap();
            assert_eq!(rows, $rows, "{}, {}", $name, $when);
            assert!(blocks <= BLOCKS_MAX, "{}, {}: {blocks} blocks", $name, $when);
        )*
    };
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_reads_more_for_100_000_past_events() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    fill(&mut connection).await;
    assert_large(&mut connection).await;
    let (organizer, person) = (UserId::from(ORGANIZER), UserId::from(PERSON));
    let (large, small) = (EventId::from(LARGE), EventId::from(SMALL));
    let whole = PublishedFilter::default();
    let first = listings::published(&mut connection, &whole, None, LIMIT).await.unwrap();
    let titles: Vec<_> = first.found.iter().map(|event| event.details.title.as_str()).collect();
    assert_eq!((titles[0], titles[1]), ("Exhibition", "Upcoming"));
    let (next, some) = (first.next, first.found[5].id);
    let middle = EventId::from(Uuid::from_u128(u128::MAX / 2));
    let text = |text: &str| PublishedFilter { text: Some(text.to_owned()), ..PublishedFilter::default() };
    let (coming, nothing, past, mistyped) = (text("coming"), text("nothing"), text("past"), text("upcomming"));
    let hall = PublishedFilter { place: Some("hall".to_owned()), ..PublishedFilter::default() };
    let [free, paid] = [true, false].map(|is_free| PublishedFilter { is_free: Some(is_free), ..whole.clone() });
    // Half an hour lies between a start or an end and these.
    let in_half_hours = |count: i64| Some(Utc::now() + TimeDelta::minutes(30 * count));
    let window = PublishedFilter { from: in_half_hours(21), to: in_half_hours(41), ..whole.clone() };
    let ever = PublishedFilter { from: Some(DateTime::UNIX_EPOCH), ..whole.clone() };
    let over = PublishedFilter { to: in_half_hours(-2_000), ..text("past") };
    let own_events = RunFilter { organizer: Some(organizer), ..RunFilter::default() };
    let own_published = RunFilter { status: Some(EventStatus::Published), ..own_events.clone() };
    let own_past = RunFilter { text: Some("past".to_owned()), ..own_events.clone() };
    let any_events = RunFilter::default();
    let halfway = Some(listings::After { starts_at: Utc::now() - TimeDelta::days(3_000), id: middle });
    let people = users::Filter::default();
    let organizers = users::Filter { role: Some(Role::Organizer), ..users::Filter::default() };
    let everybody = attendees::Filter::default();
    let own = OwnFilter::default();
    let all = audit::Filter::default();
    let by = audit::Filter { actor: Some(organizer), ..all };
    let about = audit::Filter { subject: Some(some.into()), ..all };
    let made = audit::Filter { action: Some(Action::EventCreated), ..all };
    let lapses_at = Utc::now() - TimeDelta::minutes(1);
    let last_due = DueHold { lapses_at, event: large, registration: Uuid::nil().into() };

    for when in ["before an analyze", "after it"] {
        pages! {
            connection, when,
            "public list": 21, |c| listings::published(c, &whole, None, LIMIT).await?.found;
            "its second page": 21, |c| listings::published(c, &whole, next, LIMIT).await?.found;
            "search": 21, |c| listings::published(c, &coming, None, LIMIT).await?.found;
            "search with a typing error": 21, |c| listings::published(c, &mistyped, None, LIMIT).await?.found;
            "search in vain": 0, |c| listings::published(c, &nothing, None, LIMIT).await?.found;
            "search for what is over": 0, |c| listings::published(c, &past, None, LIMIT).await?.found;
            "events at a place": 21, |c| listings::published(c, &hall, None, LIMIT).await?.found;
            "free events": 21, |c| listings::published(c, &free, None, LIMIT).await?.found;
            "paid events": 2, |c| listings::published(c, &paid, None, LIMIT).await?.found;
            "events of some hours": 13, |c| listings::published(c, &window, None, LIMIT).await?.found;
            "events from long ago on": 21, |c| listings::published(c, &ever, None, LIMIT).await?.found;
            "events that are over": 0, |c| listings::published(c, &over, None, LIMIT).await?.found;
            "an organizer's events": 21, |c| listings::run_by(c, &own_events, Order::NewestFirst, None, LIMIT).await?.found;
            "their second page": 21, |c| listings::run_by(c, &own_events, Order::NewestFirst, halfway, LIMIT).await?.found;
            "their first starts": 21, |c| listings::run_by(c, &own_events, Order::EarliestFirst, None, LIMIT).await?.found;
            "their last starts": 21, |c| listings::run_by(c, &own_events, Order::LatestFirst, None, LIMIT).await?.found;
            "those before": 21, |c| listings::run_by(c, &own_events, Order::LatestFirst, halfway, LIMIT).await?.found;
            "published ones": 21, |c| listings::run_by(c, &own_published, Order::LatestFirst, None, LIMIT).await?.found;
            "a search of them": 21, |c| listings::run_by(c, &own_past, Order::EarliestFirst, None, LIMIT).await?.found;
            "all events": 21, |c| listings::run_by(c, &any_events, Order::NewestFirst, None, LIMIT).await?.found;
            "the first starts": 21, |c| listings::run_by(c, &any_events, Order::EarliestFirst, None, LIMIT).await?.found;
            "the last starts": 21, |c| listings::run_by(c, &any_events, Order::LatestFirst, None, LIMIT).await?.found;
            "the starts after": 21, |c| listings::run_by(c, &any_events, Order::EarliestFirst, halfway, LIMIT).await?.found;
            "attendees": 21, |c| attendees::list(c, large, &everybody, None, LIMIT).await?.found;
            "people": 21, |c| users::list(c, &people, None, LIMIT).await?.found;
            "organizers": 21, |c| users::list(c, &organizers, None, LIMIT).await?.found;
            "audit log": 21, |c| audit::list(c, all, None, LIMIT).await?;
            "audit log of a person": 21, |c| audit::list(c, by, None, LIMIT).await?;
            "audit log of an event": 1, |c| audit::list(c, about, None, LIMIT).await?;
            "audit log of an action": 21, |c| audit::list(c, made, None, LIMIT).await?;
            "own places": 21, |c| registrations::list_of_user(c, person, own, None, LIMIT).await?;
            "the next hold": 1, |c| Vec::from_iter(registrations::next_due(c).await?);
            "due holds": 21, |c| registrations::due(c, Due::All, None, LIMIT).await?;
            "their last page": 21, |c| registrations::due(c, Due::All, Some(last_due), LIMIT).await?;
            "those of five minutes": 21, |c| registrations::due(c, Due::Within(300), None, LIMIT).await?;
            "a line": 21, |c| registrations::lines(c, small).await?.unwrap().0[&TypeNumber::FIRST].numbers;
        }
        connection.batch_execute("analyze").await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_a_search_looks_at_a_bounded_number_of_events() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    connection
        .batch_execute(
            "alter table events disable trigger all; \
             insert into events (id, organizer_id, title, description, location, starts_at, ends_at, time_zone, capacity, \
             seats_remaining, status) select gen_random_uuid(), gen_random_uuid(), \
             case when n in (1, 25000) then 'Needle' else 'Straw' end, '', 'Hall', now() + n * interval '1 minute', \
             now() + n * interval '1 minute' + interval '1 hour', 'UTC', 1, 1, 'PUBLISHED' from generate_series(1, 25000) n",
        )
        .await
        .unwrap();
    let needle = PublishedFilter { text: Some("needle".to_owned()), ..PublishedFilter::default() };
    let (mut after, mut found) = (None, Vec::new());
    loop {
        let page = listings::published(&mut connection, &needle, after, LIMIT).await.unwrap();
        found.push(page.found.len());
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    // On a slow machine a walk ends earlier.
    found.retain(|found| *found > 0);
    assert_eq!(found, [1, 1], "the first page ends before the second needle, and says where to go on");
}

#[tokio::test(flavor = "multi_thread")]
async fn totals_are_of_a_bounded_number_of_events_and_of_what_is_on_sale() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    // The newest ids first: nine events of one organizer, a hidden copy, and more than are counted.
    connection
        .batch_execute(&format!(
            "alter table events disable trigger all; \
             insert into events (id, organizer_id, title, description, location, starts_at, ends_at, time_zone, capacity, \
             seats_remaining, waiting, last_decision, status, under_test_since, rehearsal_of) \
             select lpad((1000000 + n)::text, 32, '0')::uuid, case when n > 10020 then '{ORGANIZER}' else '{PERSON}' end::uuid, \
             'Concert', '', 'Hall', now(), now() + interval '1 hour', 'UTC', 10, 4, 2, 5, \
             case when n in (10021, 10022) then 'DRAFT' when n = 10023 then 'CANCELLED' else 'PUBLISHED' end, \
             case when n = 10024 then 3 end, case when n = 10030 then '{LARGE}'::uuid end from generate_series(1, 10030) n"
        ))
        .await
        .unwrap();
    let own = listings::totals(&mut connection, Some(ORGANIZER.into())).await.unwrap();
    let expected =
        Totals { events: 9, drafts: 2, published: 6, cancelled: 1, seats: 5 * 10, sold: 5 * 6, waiting: 5 * 2 };
    assert_eq!(own, expected);
    let all = listings::totals(&mut connection, None).await.unwrap();
    assert_eq!((all.events, all.drafts, all.cancelled), (TOTALLED_MAX, 2, 1));
    assert_eq!(all.seats, 10 * (TOTALLED_MAX - 4));
    let none = listings::totals(&mut connection, Some(LARGE.into())).await.unwrap();
    assert_eq!(none, Totals { events: 0, drafts: 0, published: 0, cancelled: 0, seats: 0, sold: 0, waiting: 0 });
}
