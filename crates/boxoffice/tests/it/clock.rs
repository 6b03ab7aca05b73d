//! The database's clock in the hand of a test: commands are decided by it, so nothing has to be waited for.

use chrono::{DateTime, TimeDelta, Utc};
use diesel_async::SimpleAsyncConnection;
use domain::events::EventDetails;
use repository::AsyncPgConnection;

use crate::stage::{Stage, details};

/// The clock of a stage's database.
pub(crate) struct Clock(AsyncPgConnection);

/// Takes the clock. Sessions that are opened from now on read the time that is set: PostgreSQL looks for a function in
/// its own schema first, unless the search path names another one before that.
pub(crate) async fn take(stage: &Stage) -> Clock {
    let take = "create schema clock; create table clock.hand (at timestamptz not null); \
                insert into clock.hand select clock_timestamp(); \
                create function clock.clock_timestamp() returns timestamptz language sql as 'select at from clock.hand'; \
                do $$ begin \
                execute format('alter database %I set search_path = clock, pg_catalog, public', current_database()); \
                end $$";
    let mut connection = stage.connection().await;
    connection.batch_execute(take).await.unwrap();
    Clock(connection)
}

impl Clock {
    pub(crate) async fn set(&mut self, now: DateTime<Utc>) {
        let set = format!("update clock.hand set at = '{}'", now.to_rfc3339());
        self.0.batch_execute(&set).await.unwrap();
    }
}

/// The time after so many steps of half a minute.
pub(crate) fn at(steps: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(2_000_000_000, 0).unwrap() + TimeDelta::seconds(30 * steps)
}

/// The sale lasts from step 100 to step 800. The event starts at step 900 and ends at step 1,000.
pub(crate) fn details_of_an_event() -> EventDetails {
    EventDetails {
        starts_at: at(900),
        ends_at: at(1_000),
        sales_open_at: Some(at(100)),
        sales_close_at: Some(at(800)),
        ..details()
    }
}
