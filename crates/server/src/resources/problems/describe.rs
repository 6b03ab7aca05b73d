use super::page;
use crate::http::problems::Problem;
use crate::openapi::{Answer, Description, Tag};

pub(crate) fn show() -> Description {
    let sample = page(&Problem::Busy { retry_after_seconds: 1 });
    Description::of(Tag::Operations, "Explain a type of problem")
        .details("The `type` of every problem is the address of its page.")
        .answer(Answer::text(200, "The page.", "text/html", &sample))
}
