use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use domain::accounts::{Email, PersonName, Role};
use domain::events::{Event, EventDetails, NewEvent};
use repository::users::NewUser;
use repository::{AsyncPgConnection, events, pools, users};
use testdb::patience::LIMIT;
use uuid::Uuid;

pub(crate) async fn connect(url: &str) -> AsyncPgConnection {
    pools::connect_once(url, LIMIT).await.unwrap()
}

/// The error and its causes, on one line.
pub(crate) fn in_one_line(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| (*error).source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

pub(crate) fn new_user(email: &str) -> NewUser {
    NewUser {
        id: Uuid::now_v7().into(),
        name: PersonName::parse("Somebody").unwrap(),
        email: Email::parse(email).unwrap(),
        password_hash: "hash".into(),
        role: Role::Organizer,
    }
}

pub(crate) async fn event(connection: &mut AsyncPgConnection, capacity: i32) -> Event {
    let organizer = users::insert(connection, &new_user(&format!("{}@x.org", Uuid::now_v7()))).await.unwrap().id;
    let starts_at = DateTime::from_timestamp(Utc::now().timestamp(), 0).unwrap() + TimeDelta::days(1);
    let details = EventDetails {
        title: "Summit".into(),
        description: String::new(),
        location: "Hall".into(),
        starts_at,
        ends_at: starts_at + TimeDelta::hours(1),
        time_zone: "UTC".into(),
        sales_open_at: None,
        sales_close_at: None,
        cancel_until: None,
        verified_buyers_only: false,
    };
    let new = NewEvent::draft(Uuid::now_v7().into(), organizer, details, capacity.into(), Utc::now()).unwrap();
    events::insert(connection, new, organizer).await.unwrap()
}

/// The number of rows that this names: a table, and perhaps a condition.
pub(crate) async fn count(connection: &mut AsyncPgConnection, rows: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let count = diesel::sql_query(format!("select count(*) as count from {rows}"));
    count.get_result::<Count>(connection).await.unwrap().count
}
