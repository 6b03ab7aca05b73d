//! Begins reminders that are due. The journal's loop makes their messages.
//!
//! Every server looks. A row that another one has locked is passed over, and each start of an event is told once.

use std::time::Duration;

use repository::pools::Pool;
use repository::reminders;

use crate::services::background::Pulse;

/// The pause between two signs of life.
const REST: Duration = Duration::from_secs(1);

/// The pauses between two looks. A reminder is about hours.
const RESTS: u32 = 5;

/// The reminders that one statement begins. It waits for whoever has locked an event, so it begins no other meanwhile.
const AT_ONCE: i64 = 1;

/// Begins reminders. A handle.
#[derive(Clone)]
pub(crate) struct Reminders {
    pool: Pool,
}

impl Reminders {
    /// Those of this database.
    pub(crate) fn new(pool: Pool) -> Self {
        Self { pool }
    }

    /// Looks at intervals. Never returns.
    pub(crate) async fn keep_up(&self, pulse: &Pulse) {
        let mut is_reported = false;
        loop {
            let begin = async |connection: &mut _| reminders::begin_due(connection, AT_ONCE).await;
            match self.pool.run(begin).await {
                Ok(begun) => {
                    is_reported = false;
                    if begun > 0 {
                        tracing::info!("began to remind people of an event");
                        pulse.beat().await;
                        continue;
                    }
                }
                Err(error) => {
                    if !is_reported {
                        tracing::warn!(%error, "could not look for reminders that are due");
                    }
                    is_reported = true;
                }
            }
            for _ in 0..RESTS {
                pulse.beat().await;
                tokio::time::sleep(REST).await;
            }
        }
    }
}
