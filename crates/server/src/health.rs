//! Whether the server works.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::web::Data;
use repository::databases;
use serde_json::json;

use crate::problems::Problem;
use crate::state::State;

/// How long the database has to say that it is there.
const READY_WITHIN: Duration = Duration::from_secs(1);

/// The process answers. Touches nothing else, so that a database that is away gets no server restarted.
pub(crate) async fn live() -> HttpResponse {
    ok()
}

/// The server can do its work: the database answers in time.
pub(crate) async fn ready(state: Data<State>) -> Result<HttpResponse, Problem> {
    let ping = state.pool.run(async |connection| databases::ping(connection).await);
    tokio::time::timeout(READY_WITHIN, ping).await.map_err(|error| Problem::Unavailable(error.into()))??;
    Ok(ok())
}

fn ok() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "ok" }))
}
