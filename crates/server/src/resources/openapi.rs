//! `GET /openapi.json`: the description of the API.

pub(crate) mod describe;

use std::sync::LazyLock;

use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use utoipa::openapi::OpenApi;

use crate::http::etags::{tag_of, unless_known};
use crate::http::problems::Problem;

/// The description as it is sent.
pub(crate) struct Document {
    body: Bytes,
    etag: String,
}

/// The server's description, made when it is first asked for.
pub(crate) struct Served(pub(crate) &'static LazyLock<Result<Document, serde_json::Error>>);

impl Document {
    pub(crate) fn new(document: &OpenApi) -> Result<Self, serde_json::Error> {
        let body = serde_json::to_vec(document)?;
        Ok(Self { etag: tag_of(&body), body: body.into() })
    }
}

/// The description of the API.
pub(crate) async fn show(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let Served(document) = request.app_data().ok_or_else(|| Problem::internal("a server without its description"))?;
    match &***document {
        Ok(Document { body, etag }) => Ok(unless_known(&request, etag, body)),
        Err(error) => Err(Problem::internal(error.to_string())),
    }
}
