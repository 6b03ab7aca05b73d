//! A route with its description.

use super::description::Description;
use crate::http::endpoints::Endpoint;
use crate::http::query::Parameter;

/// A route with its description.
pub(crate) struct Operation {
    pub(crate) endpoint: Endpoint,
    pub(super) description: fn() -> Description,
}

impl Operation {
    /// The route that `description` describes.
    pub(crate) fn new(endpoint: Endpoint, description: fn() -> Description) -> Self {
        Self { endpoint, description }
    }

    /// The same, with these parameters in its query.
    pub(crate) fn taking(self, parameters: &'static [Parameter]) -> Self {
        Self { endpoint: self.endpoint.taking(parameters), ..self }
    }
}
