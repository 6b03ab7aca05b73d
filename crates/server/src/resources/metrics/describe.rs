use crate::http::problems::Problem;
use crate::openapi::{Answer, Description, Tag};
use crate::services::metrics::{MEDIA_TYPE, Metrics, SignInFailure};

pub(crate) fn show() -> Description {
    let metrics = Metrics::new();
    metrics.sign_in_failed(SignInFailure::Throttled);
    let (media_type, _) = MEDIA_TYPE.split_once(';').unwrap_or((MEDIA_TYPE, ""));
    Description::of(Tag::Operations, "Show the metrics")
        .details("OpenMetrics, which Prometheus reads. It may have a listener of its own, or none (`metrics.listen`).")
        .answer(Answer::text(200, "All metrics.", media_type, &metrics.text().unwrap_or_default()))
        .without_database()
}

pub(crate) fn show_to_everybody() -> Description {
    show().problems([Problem::NotFound("page")])
}
