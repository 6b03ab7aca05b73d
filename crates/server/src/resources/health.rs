//! Health checks.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::problems::Problem;
use crate::state::State;

/// The process answers. Checks nothing else: a server need not be restarted because its database is away.
pub(crate) async fn live() -> HttpResponse {
    ok()
}

/// The server is ready, or the problem says which check failed.
pub(crate) async fn ready(state: Data<State>) -> Result<HttpResponse, Problem> {
    match state.readiness.failed_check().await {
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
