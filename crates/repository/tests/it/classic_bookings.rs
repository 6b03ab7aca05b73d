//! The classic way to sell a seat, which stress tests compare the box office with.

use diesel_async::SimpleAsyncConnection;
use domain::ids::{EventId, RegistrationId, UserId};
use domain::tickets::{PriceNumber, TypeNumber};
use futures_util::future::join_all;
use repository::classic_bookings::{self, Booked, Wish};
use repository::pools::{Pool, PoolSettings, Purpose};
use repository::{promises, users};
use tokio::runtime::Handle;
use uuid::Uuid;

use crate::stage::{connect, event};

fn wish(user: UserId, seats: i16) -> Wish {
    let registration = RegistrationId::from(Uuid::now_v7());
    Wish { registration, user, ticket_type: TypeNumber::FIRST, price: PriceNumber::FIRST, seats, amount: 0 }
}

async fn book(pool: &Pool, event: EventId, wish: Wish) -> Booked {
    let mut connection = pool.connection().await.unwrap();
    classic_bookings::prepare(&mut connection).await.unwrap();
    classic_bookings::book(&mut connection, event, &wish).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_at_once_gets_all_seats_and_no_more_and_nobody_gets_two_places() {
    let database = testdb::Database::new().await;
    let url = database.url();
    let mut connection = connect(&url).await;
    let event = event(&mut connection, 5).await.id;
    let crowd = users::simulated(&mut connection, 1..=40, || Uuid::now_v7().into()).await.unwrap();
    let settings = PoolSettings { size: 4, connect_timeout: testdb::patience::LIMIT, ..PoolSettings::default() };
    let pool = Pool::new(&url, Purpose::BoxOffice, &settings, Handle::current()).unwrap().another();
    assert_eq!(pool.usage().size, 4);

    // Each buyer asks twice, at the same moment.
    let asked = crowd.iter().chain(&crowd).map(|user| book(&pool, event, wish(*user, 1)));
    let told = join_all(asked).await;
    let count = |what: Booked| told.iter().filter(|one| **one == what).count();
    assert_eq!([Booked::Seated, Booked::Waiting, Booked::Refused].map(count), [5, 35, 40]);
    // The figures are of people's bookings, and such an event is under test.
    let checks = promises::verify(&mut connection, Some(event)).await.unwrap();
    for check in checks.iter().filter(|check| check.promise.code().starts_with('P')) {
        assert_eq!(check.violations, 0, "{check:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_kept_and_a_price_that_is_not_there_is_refused() {
    let database = testdb::Database::new().await;
    let url = database.url();
    let mut connection = connect(&url).await;
    let event = event(&mut connection, 5).await.id;
    let crowd = users::simulated(&mut connection, 1..=4, || Uuid::now_v7().into()).await.unwrap();
    let pool = Pool::new(&url, Purpose::BoxOffice, &PoolSettings::default(), Handle::current()).unwrap();
    connection.batch_execute("update prices set seat_limit = 3").await.unwrap();

    let [first, second, third, fourth] = crowd.as_slice() else { panic!("{crowd:?}") };
    assert_eq!(book(&pool, event, wish(*first, 2)).await, Booked::Seated);
    assert_eq!(book(&pool, event, wish(*second, 2)).await, Booked::Refused, "three are the limit");
    assert_eq!(book(&pool, event, wish(*third, 1)).await, Booked::Seated);
    let elsewhere = Wish { price: PriceNumber::from(9), ..wish(*fourth, 1) };
    assert_eq!(book(&pool, event, elsewhere).await, Booked::Refused);
    assert_eq!(book(&pool, Uuid::now_v7().into(), wish(*fourth, 1)).await, Booked::Refused);
}
