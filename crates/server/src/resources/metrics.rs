//! The metrics, for Prometheus.

pub(crate) mod describe;

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{self, Data};

use crate::http::problems::Problem;
use crate::services::metrics::MEDIA_TYPE;
use crate::settings::MetricsListen;
use crate::state::State;

/// All metrics.
pub(crate) async fn show(state: Data<State>) -> Result<HttpResponse, Problem> {
    // Counting open files looks at each.
    let text = web::block(move || state.metrics.text()).await.map_err(|error| Problem::Internal(error.into()))?;
    let text = text.map_err(|error| Problem::Internal(error.into()))?;
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, MEDIA_TYPE)).body(text))
}

/// All metrics, if they belong to the same listener as everything else.
pub(crate) async fn show_to_everybody(state: Data<State>) -> Result<HttpResponse, Problem> {
    match state.metrics_listen {
        MetricsListen::Server => show(state).await,
        MetricsListen::Off | MetricsListen::Address(_) => Err(Problem::NotFound("page")),
    }
}
