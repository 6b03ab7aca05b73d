//! Endpoints of webhooks, as they are stored, made and deleted.

use std::collections::HashMap;

use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use domain::ids::{OrderId, UserId, WebhookId};
use domain::webhooks::WebhookKind;
use repository::errors::Conflict;
use repository::webhook_deliveries::{self as deliveries, Room};
use repository::webhooks::{self, Changes, NewEndpoint, Order, Switch};
use repository::{Error, users};
use uuid::Uuid;

use crate::pages::blocks_read;
use crate::stage::{connect, count, new_user};

const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

const OTHER_SECRET: &str = "whsec_BBECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

const URL: &str = "https://hooks.example.org/onsale";

/// A page of a clean-up.
const LIMIT: i64 = 10;

async fn person(connection: &mut AsyncPgConnection) -> UserId {
    users::insert(connection, &new_user(&format!("{}@example.com", Uuid::now_v7()))).await.unwrap().id
}

fn order(owner: UserId, endpoint: WebhookId) -> Order {
    Order { id: OrderId::from(Uuid::now_v7()), owner, access_version: 1, endpoint }
}

fn new_endpoint(url: &str) -> NewEndpoint<'_> {
    NewEndpoint { url, kinds: &[WebhookKind::Confirmed], hears_all: false, secret: SECRET }
}

async fn endpoint(connection: &mut AsyncPgConnection, owner: UserId, url: &str) -> WebhookId {
    let order = order(owner, WebhookId::from(Uuid::now_v7()));
    webhooks::create(connection, &order, &new_endpoint(url)).await.unwrap().id
}

/// Deliveries of an endpoint, which tell nothing. `columns` and `values` say how they stand.
async fn fill(connection: &mut AsyncPgConnection, endpoint: WebhookId, count: i32, columns: &str, values: &str) {
    let sql = format!(
        "insert into webhook_deliveries (event_id, id, endpoint_id, kind, subject_id, number, event_number, \
         occurred_at, {columns}) select '{}', gen_random_uuid(), '{endpoint}', 'ping', '{endpoint}', n, 0, now(), \
         {values} from generate_series(1, {count}) n",
        Uuid::nil()
    );
    connection.batch_execute(&sql).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_order_is_carried_out_once() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let owner = person(&mut connection).await;
    let made = order(owner, WebhookId::from(Uuid::now_v7()));
    let first = webhooks::create(&mut connection, &made, &new_endpoint(URL)).await.unwrap();
    assert_eq!(webhooks::create(&mut connection, &made, &new_endpoint(URL)).await.unwrap(), first);

    let off = Changes { switch: Some(Switch::Off), ..Changes::default() };
    let (switched, rotated, deleted) = (order(owner, first.id), order(owner, first.id), order(owner, first.id));
    for _ in 0..2 {
        assert!(webhooks::change(&mut connection, &switched, &off).await.unwrap().off.is_some());
    }
    for _ in 0..2 {
        webhooks::rotate(&mut connection, &rotated, OTHER_SECRET).await.unwrap();
    }
    let both = format!("webhook_endpoints where secret = '{OTHER_SECRET}' and former_secret = '{SECRET}'");
    assert_eq!(count(&mut connection, &both).await, 1);
    for _ in 0..2 {
        webhooks::delete(&mut connection, &deleted).await.unwrap();
    }
    let another = webhooks::delete(&mut connection, &order(owner, first.id)).await;
    assert!(matches!(another, Err(Error::NotFound)), "{another:?}");
    assert_eq!(count(&mut connection, "audit_log").await, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_of_an_earlier_access_is_refused() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let owner = person(&mut connection).await;
    let id = endpoint(&mut connection, owner, URL).await;
    let stale = Order { access_version: 0, ..order(owner, id) };
    let refused = [
        webhooks::create(
            &mut connection,
            &Order { endpoint: WebhookId::from(Uuid::now_v7()), ..stale },
            &new_endpoint("https://other.example.org/"),
        )
        .await
        .map(drop),
        webhooks::change(&mut connection, &stale, &Changes { switch: Some(Switch::Off), ..Changes::default() })
            .await
            .map(drop),
        webhooks::rotate(&mut connection, &stale, OTHER_SECRET).await.map(drop),
        webhooks::delete(&mut connection, &stale).await,
    ];
    for refused in refused {
        assert!(matches!(refused, Err(Error::Conflict(Conflict::NoSuchUser))), "{refused:?}");
    }
    assert_eq!(count(&mut connection, "webhook_endpoints where deleted_at is null and off_since is null").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_endpoints_with_one_address_that_are_made_at_once_one_is() {
    const AT_ONCE: usize = 8;
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let owner = person(&mut connection).await;
    let url = database.url();
    let making = (0..AT_ONCE).map(|_| {
        let url = url.clone();
        tokio::spawn(async move {
            let mut connection = connect(&url).await;
            let order = order(owner, WebhookId::from(Uuid::now_v7()));
            webhooks::create(&mut connection, &order, &new_endpoint(URL)).await
        })
    });
    let mut made = 0;
    for one in making.collect::<Vec<_>>() {
        match one.await.unwrap() {
            Ok(_) => made += 1,
            refused => {
                assert!(matches!(refused, Err(Error::Conflict(Conflict::WebhookAddressTaken))), "{refused:?}");
            }
        }
    }
    assert_eq!((made, count(&mut connection, "webhook_endpoints").await), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_deleted_endpoint_leaves_goes_in_pages_and_then_the_endpoint() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let owner = person(&mut connection).await;
    let (gone, kept) =
        (endpoint(&mut connection, owner, URL).await, endpoint(&mut connection, owner, "https://b.example/").await);
    for one in [gone, kept] {
        fill(&mut connection, one, 25, "state", "'DUE'").await;
    }
    webhooks::delete(&mut connection, &order(owner, gone)).await.unwrap();
    let of_gone = format!("webhook_deliveries where endpoint_id = '{gone}'");
    assert_eq!(count(&mut connection, &of_gone).await, 25, "they are not deleted with it");
    // The sender takes none of them.
    let nothing = HashMap::new();
    let room = Room { in_all: 100, per_endpoint: 100, on_their_way: &nothing };
    let taken = deliveries::take(&mut connection, None, room, 60).await.unwrap();
    assert_eq!(taken.due.len(), 25);
    assert!(taken.due.iter().all(|one| one.endpoint == kept));

    let mut other = connect(&database.url()).await;
    other.batch_execute(&format!("begin; select from {of_gone} limit 1 for update")).await.unwrap();
    let mut page = async || deliveries::delete_of_deleted(&mut connection, LIMIT).await.unwrap();
    assert_eq!([page().await, page().await, page().await, page().await], [10, 10, 4, 0], "another server has one");
    other.batch_execute("rollback").await.unwrap();
    assert_eq!(page().await, 2, "the last delivery, and the endpoint");
    assert_eq!(page().await, 0);
    assert_eq!(count(&mut connection, "webhook_deliveries").await, 25);
    assert_eq!(count(&mut connection, &format!("webhook_endpoints where id = '{kept}'")).await, 1);
    assert_eq!(count(&mut connection, "webhook_endpoints").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_is_deleted_in_a_moment_and_a_page_reads_no_more_beside_many_deliveries() {
    /// Far fewer than the deliveries take.
    const BLOCKS_MAX: i64 = 400;
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let owner = person(&mut connection).await;
    let (gone, kept) =
        (endpoint(&mut connection, owner, URL).await, endpoint(&mut connection, owner, "https://b.example/").await);
    for one in [gone, kept] {
        fill(&mut connection, one, 50_000, "state", "'DUE'").await;
    }
    connection.batch_execute("analyze webhook_deliveries; analyze webhook_endpoints").await.unwrap();
    let deleted = order(owner, gone);
    let read = connection.transaction(async |connection| {
        let before = blocks_read(connection).await;
        webhooks::delete(connection, &deleted).await?;
        let between = blocks_read(connection).await;
        assert_eq!(deliveries::delete_of_deleted(connection, LIMIT).await?, 10);
        Ok::<_, Error>((between - before, blocks_read(connection).await - between))
    });
    let (deleting, page) = read.await.unwrap();
    assert!(deleting <= BLOCKS_MAX, "{deleting} blocks were read to delete the endpoint");
    assert!(page <= BLOCKS_MAX, "{page} blocks were read for a page");
}

#[tokio::test(flavor = "multi_thread")]
async fn deliveries_that_were_kept_for_long_enough_go_in_pages() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let owner = person(&mut connection).await;
    let id = endpoint(&mut connection, owner, URL).await;
    let ended = "state, created_at, ended_at";
    fill(&mut connection, id, 25, ended, "'DELIVERED', now() - interval '40 days', now() - interval '31 days'").await;
    connection.batch_execute("update webhook_deliveries set number = number + 100").await.unwrap();
    fill(&mut connection, id, 15, "state, created_at", "'DUE', now() - interval '31 days'").await;
    connection.batch_execute("update webhook_deliveries set number = number + 1000").await.unwrap();
    fill(&mut connection, id, 5, ended, "'FAILED', now() - interval '40 days', now() - interval '29 days'").await;
    connection.batch_execute("update webhook_deliveries set number = number + 10000").await.unwrap();
    fill(&mut connection, id, 5, "state, created_at", "'DUE', now() - interval '29 days'").await;
    let mut page = async || deliveries::delete_old(&mut connection, 30, LIMIT).await.unwrap();
    // Of both, those that have ended and those that are due still.
    assert_eq!([page().await, page().await, page().await, page().await], [20, 15, 5, 0]);
    assert_eq!(count(&mut connection, "webhook_deliveries").await, 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_endpoints_of_an_erased_account_are_marked_and_no_others() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let (owner, other) = (person(&mut connection).await, person(&mut connection).await);
    let id = endpoint(&mut connection, owner, URL).await;
    endpoint(&mut connection, other, URL).await;
    webhooks::rotate(&mut connection, &order(owner, id), OTHER_SECRET).await.unwrap();
    fill(&mut connection, id, 25, "state", "'DUE'").await;
    let erasure = OrderId::from(Uuid::now_v7());
    repository::own_accounts::erase(&mut connection, owner, None, None, erasure).await.unwrap().unwrap();
    let told = "webhook_endpoints where num_nonnulls(url, secret, former_secret) > 0";
    assert_eq!(count(&mut connection, told).await, 1);
    assert_eq!(count(&mut connection, "webhook_endpoints where deleted_at is not null").await, 1);
    assert_eq!(count(&mut connection, "webhook_deliveries").await, 25);
    assert_eq!(webhooks::list(&mut connection, owner).await.unwrap(), []);
    assert_eq!(webhooks::list(&mut connection, other).await.unwrap().len(), 1);
}
