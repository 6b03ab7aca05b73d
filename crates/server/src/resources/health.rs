//! Health checks.

pub(crate) mod describe;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::web::Data;
use repository::migrations;
use repository::pools::Pool;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::conditional::Fresh;
use crate::http::problems::{Check, Problem};
use crate::state::State;

/// How long the database has to say that it is there.
const READY_WITHIN: Duration = Duration::from_secs(1);

/// How old an answer may be: any number of those who ask cost the database two queries a second.
const AGE_MAX: Duration = Duration::from_millis(500);

/// Whether the server can do its work. That it has much to do is no reason why it could not.
pub(crate) struct Readiness {
    pool: Pool,
    is_stopping: AtomicBool,
    /// What is wrong, if something is.
    known: Fresh<(), Option<Check>>,
}

impl Readiness {
    /// Asks through `pool`, which nobody else uses.
    pub(crate) fn new(pool: Pool) -> Self {
        Self { pool, is_stopping: AtomicBool::new(false), known: Fresh::new(AGE_MAX, 1) }
    }

    /// From now on the server is not ready.
    pub(crate) fn stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    async fn failed(&self) -> Option<Check> {
        if self.is_stopping.load(Ordering::Relaxed) {
            return Some(Check::Stopping);
        }
        self.known.value(&(), async || self.look().await).await
    }

    async fn look(&self) -> Option<Check> {
        let ask = self.pool.run(async |connection| migrations::are_current(connection).await);
        match tokio::time::timeout(READY_WITHIN, ask).await {
            Ok(Ok(true)) => None,
            Ok(Ok(false)) => Some(Check::Migrations),
            Ok(Err(repository::Error::Unavailable(_) | repository::Error::TimedOut(_))) | Err(_) => {
                Some(Check::Database)
            }
            // The table of migrations cannot be read: it is another database.
            Ok(Err(_)) => Some(Check::Migrations),
        }
    }
}

/// The process answers. Checks nothing else: a server need not be restarted because its database is away.
pub(crate) async fn live() -> HttpResponse {
    ok()
}

/// The server is ready, or the problem says which check failed.
pub(crate) async fn ready(state: Data<State>) -> Result<HttpResponse, Problem> {
    match state.readiness.failed().await {
        None => Ok(ok()),
        Some(failed) => Err(Problem::NotReady { failed }),
    }
}

/// The answer of a healthy server.
#[derive(Serialize, ToSchema)]
#[schema(as = Health)]
struct HealthBody {
    /// Always `ok`. A failed check is answered with a problem.
    status: &'static str,
}

impl HealthBody {
    fn ok() -> Self {
        Self { status: "ok" }
    }
}

fn ok() -> HttpResponse {
    HttpResponse::Ok().json(HealthBody::ok())
}
