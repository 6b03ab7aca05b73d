//! Whether the server works.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::problems::Problem;
use crate::state::State;

/// The process answers. Touches nothing else, so that a database that is away gets no server restarted.
pub(crate) async fn live() -> HttpResponse {
    ok()
}

/// The server can do its work, or what keeps it from that.
pub(crate) async fn ready(state: Data<State>) -> Result<HttpResponse, Problem> {
    match state.readiness.failed_check().await {
        None => Ok(ok()),
        Some(failed) => Err(Problem::NotReady { failed }),
    }
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
