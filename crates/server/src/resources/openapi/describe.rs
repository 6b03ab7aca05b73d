use serde::Serialize;
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder};
use utoipa::openapi::{Info, OpenApi, Paths, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::http::schemas::string;
use crate::openapi::{Answer, AnswerHeader, Description, Tag};

pub(crate) fn show() -> Description {
    // The whole document inside itself would have no end.
    let sample = OpenApi::new(Info::new("Onsale", env!("CARGO_PKG_VERSION")), Paths::new());
    Description::of(Tag::Operations, "Show this description")
        .header("If-None-Match", "The ETag of the version that the caller has.")
        .answer(Answer::json::<Document>(200, "OpenAPI 3.1.", &Document(sample)).with(AnswerHeader::ETag))
        .answer(Answer::empty(304, "The caller has the current version.").with(AnswerHeader::ETag))
}

/// An OpenAPI document.
#[derive(Serialize)]
#[serde(transparent)]
struct Document(OpenApi);

impl PartialSchema for Document {
    fn schema() -> RefOr<Schema> {
        let document = ObjectBuilder::new().description(Some("An OpenAPI document."));
        let document = document.property("openapi", string()).required("openapi");
        document.additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(true))).into()
    }
}

impl ToSchema for Document {}
