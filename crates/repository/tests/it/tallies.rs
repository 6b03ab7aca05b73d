use diesel_async::SimpleAsyncConnection;
use repository::tallies;
use uuid::Uuid;

use crate::stage::{connect, event};

#[tokio::test(flavor = "multi_thread")]
async fn an_event_whose_counts_contradict_each_other_is_left_out_and_the_others_are_not() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let (sound, broken) = (event(&mut connection, 2).await.id, event(&mut connection, 2).await.id);
    connection
        .batch_execute(&format!(
            "alter table events drop constraint events_seats_range; \
             update events set status = 'PUBLISHED', last_decision = 2; \
             insert into event_decisions (event_id, decision, kind, decided_at) \
             select id, 2, 'PUBLISHED', now() from events; \
             update events set seats_remaining = 3 where id = '{}'",
            Uuid::from(broken)
        ))
        .await
        .unwrap();

    let found = tallies::list_public(&mut connection, &[broken, sound]).await.unwrap();
    assert_eq!(found.iter().map(|tally| tally.id).collect::<Vec<_>>(), [sound]);
}
