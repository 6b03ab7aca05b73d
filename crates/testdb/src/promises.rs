//! The promises, looked at in both ways, at the end of a test.

use domain::history;
use repository::{AsyncPgConnection, histories, promises};

/// Verifies every promise in SQL, and replays the history of every event.
///
/// # Panics
/// If a promise is broken, or the database cannot be read.
#[expect(clippy::unwrap_used, reason = "only tests call this")]
pub async fn assert_promises(connection: &mut AsyncPgConnection) {
    for check in promises::verify(connection, None).await.unwrap() {
        assert_eq!(check.violations, 0, "{check:?}");
    }
    for event in histories::ids(connection, None, i64::MAX).await.unwrap() {
        // An event that has been deleted meanwhile has none.
        let Some(history) = histories::read(connection, event).await.unwrap() else { continue };
        let verdict = history::verdict(&history, &[]);
        assert_eq!(verdict.count, 0, "{event}: {:?}", verdict.violations);
    }
}
