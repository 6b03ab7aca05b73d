//! Whether the server works.

pub(crate) mod describe;

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::web::Data;
use repository::databases;
use serde::Serialize;
use utoipa::ToSchema;

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

/// What a healthy server says.
#[derive(Serialize, ToSchema)]
#[schema(as = Health)]
struct HealthBody {
    /// `ok`; what is not is a problem.
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
