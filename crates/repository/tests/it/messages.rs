//! The taking of messages that are due, beside very many.

use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use domain::messages::MessageKind;
use repository::{Error, messages};

use crate::pages::blocks_read;
use crate::stage::connect;

/// Far fewer than the messages that are due take.
const BLOCKS_MAX: i64 = 300;

const LIMIT: i64 = 4;

/// 100,000 messages to one mail domain, half of them announcements, and three to others.
async fn fill(connection: &mut AsyncPgConnection) {
    connection
        .batch_execute(
            "alter table messages disable trigger all; \
             insert into messages (event_id, id, registration_id, user_id, kind, number, due_at, receiver_domain) \
             select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), \
             case when n % 2 = 0 then 'CONFIRMED' else 'ANNOUNCEMENT' end, n, now() - interval '1 h' + n * interval '1 ms', \
             case when n > 99997 then n || '.other.test' else 'busy.test' end from generate_series(1, 100000) n; \
             analyze messages",
        )
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_to_a_domain_that_is_left_out_are_not_read_and_announcements_are_taken_last() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    fill(&mut connection).await;
    let busy = ["busy.test".to_owned()];
    for (not_to, expected) in [
        (&busy[..0], [MessageKind::Confirmed; 4].to_vec()),
        (&busy[..], vec![MessageKind::Confirmed, MessageKind::Announcement, MessageKind::Confirmed]),
        (&busy[..], vec![]),
    ] {
        let taken = connection.transaction(async |connection| {
            let before = blocks_read(connection).await;
            let (taken, _) = messages::take(connection, LIMIT, 180, not_to, "").await?;
            Ok::<_, Error>((taken, blocks_read(connection).await - before))
        });
        let (taken, read) = taken.await.unwrap();
        let mut kinds: Vec<MessageKind> = taken.iter().map(|one| one.kind).collect();
        let mut expected = expected;
        kinds.sort();
        expected.sort();
        assert_eq!(kinds, expected, "{not_to:?}");
        assert!(read <= BLOCKS_MAX, "{read} blocks were read, {not_to:?}");
    }
}

/// Each domain that is not left out has its turn, also behind many with nothing that is due now.
#[tokio::test(flavor = "multi_thread")]
async fn each_domain_has_its_turn() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    fill(&mut connection).await;
    connection
        .batch_execute(
            "delete from messages where number > 1000; \
             update messages set receiver_domain = lpad(number::text, 6, '0') || '.test', \
             due_at = now() + number * interval '1 day'; \
             update messages set due_at = now() where number = 700",
        )
        .await
        .unwrap();
    let mut turn = String::new();
    let busy = ["busy.test".to_owned()];
    for _ in 0..100 {
        let (taken, last) = messages::take(&mut connection, LIMIT, 180, &busy, &turn).await.unwrap();
        if !taken.is_empty() {
            return;
        }
        turn = last;
    }
    panic!("its turn did not come in 100 looks at 1,000 domains");
}

/// A domain with much that is due for long leaves others their turn, also where they stand behind it.
#[tokio::test(flavor = "multi_thread")]
async fn a_domain_with_much_to_tell_leaves_others_their_turn() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    fill(&mut connection).await;
    connection
        .batch_execute("update messages set receiver_domain = 'a.test' where receiver_domain = 'busy.test'")
        .await
        .unwrap();
    let (busy, mut turn) = (["other".to_owned()], String::new());
    let mut served = Vec::new();
    for _ in 0..2 {
        let (taken, last) = messages::take(&mut connection, 2, 180, &busy, &turn).await.unwrap();
        served.extend(taken.into_iter().map(|one| one.number > 99_997));
        turn = last;
    }
    served.sort_unstable();
    assert_eq!(served, [false, true, true, true], "one of each of the four domains");
}
