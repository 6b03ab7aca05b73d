//! API keys, as they are stored.

use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use domain::api_keys::{KeyEvents, KeyName, KeyPermission, KeyPermissions};
use domain::ids::{ApiKeyId, OrderId, UserId};
use repository::api_keys::{self, Creation, Holder, NewApiKey};
use repository::{Error, users};
use uuid::Uuid;

use crate::stage::{connect, new_user};

fn new_key(owner: UserId, digest: u8) -> NewApiKey {
    NewApiKey {
        id: ApiKeyId::from(Uuid::now_v7()),
        owner,
        access_version: 1,
        sees_all_events: false,
        name: KeyName::parse("A program").unwrap(),
        digest: [digest; 32],
        shown: "onsale_live_AbCd".to_owned(),
        permissions: KeyPermissions::of([KeyPermission::Book]).unwrap(),
        events: KeyEvents::All,
        days: Some(90),
    }
}

async fn person(connection: &mut AsyncPgConnection) -> UserId {
    users::insert(connection, &new_user("alice@example.com")).await.unwrap().id
}

async fn holder(connection: &mut AsyncPgConnection, digest: u8) -> Holder {
    api_keys::find(connection, &[digest; 32]).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_makes_and_revokes_a_key_once() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let owner = person(&mut connection).await;
    let new = new_key(owner, 1);
    let Creation::Made(made) = api_keys::create(&mut connection, &new).await.unwrap() else { panic!("it was refused") };
    assert_eq!(api_keys::create(&mut connection, &new).await.unwrap(), Creation::Made(made.clone()));
    assert_eq!(api_keys::list(&mut connection, owner).await.unwrap(), [made]);
    let stale = NewApiKey { access_version: 0, ..new_key(owner, 2) };
    assert_eq!(api_keys::create(&mut connection, &stale).await.unwrap(), Creation::AccessChanged);

    let order = OrderId::from(Uuid::now_v7());
    let revoke =
        async |connection: &mut AsyncPgConnection, order| api_keys::revoke(connection, owner, new.id, order).await;
    assert_eq!(revoke(&mut connection, order).await.unwrap(), Some([1; 32]));
    assert_eq!(revoke(&mut connection, order).await.unwrap(), None, "a repeat of the same order");
    let another = revoke(&mut connection, OrderId::from(Uuid::now_v7())).await;
    assert!(matches!(another, Err(Error::NotFound)), "{another:?}");
    assert_eq!(api_keys::find(&mut connection, &[1; 32]).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_use_is_noted_once_a_minute() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let owner = person(&mut connection).await;
    let new = new_key(owner, 1);
    api_keys::create(&mut connection, &new).await.unwrap();
    assert!(holder(&mut connection, 1).await.is_use_due, "it was never used");
    for (ago, is_due) in [("50 seconds", false), ("1 minute", true)] {
        let used = format!("update api_keys set last_used_at = now() - interval '{ago}'");
        connection.batch_execute(&used).await.unwrap();
        assert_eq!(holder(&mut connection, 1).await.is_use_due, is_due, "{ago}");
        let before = api_keys::list(&mut connection, owner).await.unwrap();
        api_keys::note_use(&mut connection, new.id).await.unwrap();
        assert_eq!(api_keys::list(&mut connection, owner).await.unwrap() != before, is_due, "{ago}");
    }
    assert!(!holder(&mut connection, 1).await.is_use_due, "it was just noted");
}
