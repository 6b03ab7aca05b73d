//! Names on tickets: written by one request at a time, and gone with the account.

use diesel_async::SimpleAsyncConnection;
use domain::accounts::Role;
use domain::ids::{EventId, OrderId, RegistrationId, UserId};
use domain::ticket_names::{NamesRefused, TicketNames, WantedNames};
use futures_util::future::join_all;
use repository::users::NewUser;
use repository::{AsyncPgConnection, Error, check_ins, own_accounts, ticket_names, users};
use uuid::Uuid;

use crate::stage::{connect, count, event, new_user};

/// How long ago an erasure must be before nothing more is written about its person.
const QUIET_SECONDS: i32 = 300;

fn wanted(names: &[Option<&str>]) -> WantedNames {
    let names: Vec<Option<String>> = names.iter().map(|name| name.map(str::to_owned)).collect();
    WantedNames::parse(&names).unwrap()
}

/// A published event, and somebody's confirmed booking of three seats.
struct Booked {
    connection: AsyncPgConnection,
    event: EventId,
    registration: RegistrationId,
    buyer: UserId,
    database: testdb::Database,
}

impl Booked {
    async fn new() -> Self {
        let database = testdb::Database::new().await;
        let mut connection = connect(&database.url()).await;
        let event = event(&mut connection, 20).await.id;
        let new = NewUser { role: Role::Audience, ..new_user("ada@example.com") };
        let buyer = users::insert(&mut connection, &new).await.unwrap().id;
        let registration = Uuid::now_v7();
        connection
            .batch_execute(&format!(
                "update events set status = 'PUBLISHED', seats_remaining = 17, last_decision = 2 where id = '{event}'; \
                 insert into registrations (event_id, id, user_id, status, decision, seated_decision, seats_booked, \
                 seats, registered_at, seated_at) \
                 values ('{event}', '{registration}', '{buyer}', 'CONFIRMED', 2, 2, 3, 3, now(), now())"
            ))
            .await
            .unwrap();
        Self { connection, event, registration: registration.into(), buyer, database }
    }

    async fn write(&mut self, names: &[Option<&str>]) -> Result<(), NamesRefused> {
        let (event, registration, buyer) = (self.event, self.registration, self.buyer);
        ticket_names::write(&mut self.connection, event, registration, buyer, &wanted(names)).await.unwrap()
    }

    async fn names(&mut self) -> TicketNames {
        ticket_names::of_registration(&mut self.connection, self.event, self.registration).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_of_one_booking_in_the_same_moment_leave_the_names_of_one_of_them() {
    let mut booked = Booked::new().await;
    for round in 0..20 {
        let write = async |person: &str| {
            let mut connection = connect(&booked.database.url()).await;
            // Different tickets, so that each would wait for rows of the other.
            let names = match person {
                "a" => wanted(&[Some("a"), None, Some("a")]),
                "b" => wanted(&[None, Some("b"), Some("b")]),
                _ => wanted(&[Some("c"), Some("c"), None]),
            };
            let (event, registration, buyer) = (booked.event, booked.registration, booked.buyer);
            ticket_names::write(&mut connection, event, registration, buyer, &names).await.unwrap().unwrap();
        };
        join_all(["a", "b", "c"].map(write)).await;
        let names = booked.names().await;
        let of: Vec<&String> = names.values().collect();
        assert!(of.len() == 2 && of[0] == of[1], "round {round}: {names:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_written_by_their_buyer_as_the_rule_says_and_do_not_wait_for_a_sale() {
    let mut booked = Booked::new().await;
    let (event, registration) = (booked.event, booked.registration);
    let (somebody, eve) = (Uuid::now_v7().into(), wanted(&[Some("Eve")]));
    let other = ticket_names::write(&mut booked.connection, event, registration, somebody, &eve).await;
    assert!(matches!(other, Err(Error::NotFound)));
    assert_eq!(booked.write(&[None, None, None, None]).await, Err(NamesRefused::TooMany { tickets: 3 }));

    // A batch of the box office has changed the event and the registration. None of its tickets ends.
    let mut batch = connect(&booked.database.url()).await;
    batch
        .batch_execute(&format!(
            "begin; select from events where id = '{event}' for no key update; \
             select from registrations where id = '{registration}' for no key update"
        ))
        .await
        .unwrap();
    booked.write(&[Some("Ada"), Some("Bob"), Some("Eve")]).await.unwrap();
    batch.batch_execute("rollback").await.unwrap();

    // Fewer seats: nobody shows the names of the others, and the next writing deletes them.
    let fewer = format!("update registrations set seats = 1 where id = '{registration}'");
    booked.connection.batch_execute(&fewer).await.unwrap();
    let (listed, _) = check_ins::tickets(&mut booked.connection, event, None, 10).await.unwrap();
    let named: Vec<Option<String>> = listed.into_iter().map(|ticket| ticket.ticket_name).collect();
    assert_eq!(named, [Some("Ada".to_owned())]);
    booked.write(&[Some("Ada")]).await.unwrap();
    assert_eq!(booked.names().await, TicketNames::from([(1, "Ada".to_owned())]));

    // The database's clock decides.
    let started = format!(
        "update events set starts_at = now() - interval '1 minute', ends_at = now() + interval '1 hour' \
         where id = '{event}'"
    );
    booked.connection.batch_execute(&started).await.unwrap();
    assert!(matches!(booked.write(&[Some("Eve")]).await, Err(NamesRefused::Closed(_))));
    assert_eq!(booked.names().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_go_with_the_account_also_those_that_are_written_meanwhile() {
    let mut booked = Booked::new().await;
    booked.write(&[Some("Bob")]).await.unwrap();
    let order = OrderId::from(Uuid::now_v7());
    own_accounts::erase(&mut booked.connection, booked.buyer, None, None, order).await.unwrap().unwrap();
    assert_eq!(count(&mut booked.connection, "ticket_names").await, 0);
    // By a request that was admitted before.
    booked.write(&[Some("Bob")]).await.unwrap();
    own_accounts::clear_erased(&mut booked.connection, QUIET_SECONDS, None, 10).await.unwrap();
    assert_eq!(count(&mut booked.connection, "ticket_names").await, 0);
}
