//! `GET /site`: who runs this server, for the foot of every page.

pub(crate) mod describe;

use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::etags::{tag_of, unless_known};
use crate::http::problems::Problem;
use crate::settings::Site;
use crate::state::State;

/// The site, as its operator names it. What is null is not set.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Site)]
struct SiteBody {
    /// Its name.
    #[schema(min_length = 1)]
    name: String,
    /// The page that says who is responsible for it: an address, or a path on this server.
    #[schema(required)]
    imprint_url: Option<String>,
    /// The page that says what happens to personal data.
    #[schema(required)]
    privacy_url: Option<String>,
    /// The page with the terms of use.
    #[schema(required)]
    terms_url: Option<String>,
    /// How to reach whoever runs it: an e-mail address, or the address of a page.
    #[schema(required)]
    contact: Option<String>,
    /// Whether this server sends mail: links that prove addresses, and those that reset passwords.
    sends_mail: bool,
}

impl SiteBody {
    fn of(Site { name, address: _, imprint_url, privacy_url, terms_url, contact }: Site, sends_mail: bool) -> Self {
        Self { name, imprint_url, privacy_url, terms_url, contact, sends_mail }
    }
}

/// Who runs this server.
pub(crate) async fn show(state: Data<State>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let body = serde_json::to_vec(&SiteBody::of(state.site.clone(), state.account_mails.are_on()));
    let body = Bytes::from(body.map_err(|error| Problem::internal(error.to_string()))?);
    Ok(unless_known(&request, &tag_of(&body), &body))
}
