use super::SiteBody;
use crate::openapi::{Answer, AnswerHeader, Description, Tag};

pub(crate) fn show() -> Description {
    let sample = SiteBody {
        name: "Onsale".to_owned(),
        imprint_url: Some("https://example.org/imprint".to_owned()),
        privacy_url: Some("/privacy.html".to_owned()),
        terms_url: None,
        contact: Some("tickets@example.org".to_owned()),
        sends_mail: true,
    };
    Description::of(Tag::Operations, "Show who runs this server")
        .details("The operator sets these. Members that are not set are null.")
        .header("If-None-Match", "The ETag of the version that the caller has.")
        .answer(Answer::json(200, "The site.", &sample).with(AnswerHeader::ETag))
        .answer(Answer::empty(304, "The caller has the current version.").with(AnswerHeader::ETag))
        .without_database()
}
