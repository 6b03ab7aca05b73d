use std::time::Duration;

use diesel_async::SimpleAsyncConnection;
use repository::pools::{self, Pool, PoolSettings, Purpose};
use testdb::Wire;
use testdb::patience::{QUIET, scaled};
use tokio::net::{TcpSocket, TcpStream};
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::stage::{connect, in_one_line};

#[tokio::test(flavor = "multi_thread")]
async fn a_session_whose_settings_were_lost_on_the_way_is_not_used_and_they_are_named() {
    let database = testdb::Database::new().await;
    let (wire, url) = Wire::to(&database.url()).await.unwrap();
    let pool = |purpose| Pool::new(&url, purpose, &PoolSettings::default(), Handle::current()).unwrap();
    for purpose in [Purpose::General, Purpose::BoxOffice, Purpose::Doors] {
        pool(purpose).check().await.unwrap();
    }

    wire.drop_options();
    for purpose in [Purpose::General, Purpose::BoxOffice, Purpose::Doors] {
        let error = in_one_line(&pool(purpose).check().await.unwrap_err());
        for part in [
            "statement_timeout is 0 instead of 10000",
            "lock_timeout is 0 instead of 3000",
            "idle_in_transaction_session_timeout is 0 instead of 1500",
            "client_connection_check_interval is 0 instead of 1000",
            "options",
            "alter role",
        ] {
            assert!(error.contains(part), "{part:?} is not in: {error}");
        }
        assert!(!error.contains("enable_seqscan"), "{error}");
    }

    // The limits may come from elsewhere. Without the planner's settings a session is slower, and sound.
    let limits = [
        ("statement_timeout", "10s"),
        ("lock_timeout", "3s"),
        ("idle_in_transaction_session_timeout", "1500"),
        ("client_connection_check_interval", "1s"),
    ];
    let mut admin = connect(&database.url()).await;
    for (name, limit) in limits {
        let statement = format!("alter database \"{}\" set {name} = '{limit}'", database.name());
        admin.batch_execute(&statement).await.unwrap();
    }
    for purpose in [Purpose::General, Purpose::BoxOffice, Purpose::Doors] {
        pool(purpose).check().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_cache_mode_of_the_box_offices_sessions_is_a_setting() {
    use diesel::sql_types::Text;
    use diesel_async::RunQueryDsl;
    use repository::pools::PlanCacheMode;

    let database = testdb::Database::new().await;
    for (plan_cache_mode, purpose, expected) in [
        (PlanCacheMode::ForceGenericPlan, Purpose::BoxOffice, "force_generic_plan off"),
        (PlanCacheMode::Auto, Purpose::BoxOffice, "auto off"),
        (PlanCacheMode::ForceGenericPlan, Purpose::Doors, "force_generic_plan off"),
        (PlanCacheMode::ForceGenericPlan, Purpose::General, "auto on"),
    ] {
        let settings = PoolSettings { plan_cache_mode, ..PoolSettings::default() };
        let pool = Pool::new(&database.url(), purpose, &settings, Handle::current()).unwrap();
        let mut session = pool.connection().await.unwrap();
        let found = diesel::select(diesel::dsl::sql::<Text>(
            "current_setting('plan_cache_mode') || ' ' || current_setting('enable_seqscan')",
        ));
        assert_eq!(found.get_result::<String>(&mut **session).await.unwrap(), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_is_gone_leaves_time_for_the_next() {
    let database = testdb::Database::new().await;
    let (_wire, url) = Wire::to(&database.url()).await.unwrap();
    // Nobody accepts, and the queue is full: the system drops what comes, as a network does for a host that is gone.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let gone = socket.listen(1).unwrap();
    let address = gone.local_addr().unwrap();
    let mut queue = Vec::new();
    while let Ok(queued) = timeout(QUIET, TcpStream::connect(address)).await {
        queue.push(queued.unwrap());
    }
    let both = url.replacen('@', &format!("@{address},"), 1);
    pools::connect_once(&both, scaled(Duration::from_millis(500))).await.unwrap();
}
