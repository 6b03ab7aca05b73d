//! Everything that is stored, to see that nothing has changed.

use std::collections::BTreeMap;

use crate::stage::Stage;

/// Tables that loops beside the requests write to at any time.
const OF_LOOPS: &str = "('journal', 'messages', 'announcements', 'webhook_deliveries', 'account_mails')";

/// What loops write into other tables, and when an API key was last used.
const COLUMNS_OF_LOOPS: &str = "'{failing_since, off_since, off_reason, last_used_at}'";

/// A digest of all rows of each table, without webhooks that are deleted: a loop clears them away.
pub(super) async fn stored(stage: &Stage) -> BTreeMap<String, String> {
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let tables = format!(
        "select table_name::text from information_schema.tables \
         where table_schema = 'public' and table_name not in {OF_LOOPS}"
    );
    let mut digests = BTreeMap::new();
    for table in client.query(&tables, &[]).await.unwrap() {
        let table: String = table.get(0);
        let digest = format!(
            "select coalesce(md5(string_agg(line, ',' order by line)), '') \
             from (select (to_jsonb(stored) - {COLUMNS_OF_LOOPS}::text[])::text as line from {table} stored \
             where to_jsonb(stored) ->> 'deleted_at' is null) lines"
        );
        digests.insert(table, client.query_one(&digest, &[]).await.unwrap().get(0));
    }
    digests
}
