//! Types of problems, explained: the `type` of every problem is the address of a page that says what it means.

pub(crate) mod describe;

use std::fmt::Write as _;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use futures_util::future::{Ready, ready};

use crate::http::arguments::{Argument, Part};
use crate::http::etags::public;
use crate::http::problems::Problem;
use crate::http::schemas::names;

const CODE: &str = "code";

/// The problem whose code the path names.
pub(crate) struct Explained(Problem);

impl FromRequest for Explained {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let code = request.match_info().query(CODE);
        let found = Problem::samples().into_iter().find(|problem| problem.code() == code);
        ready(found.map(Self).ok_or(Problem::NotFound(WHAT)))
    }
}

const WHAT: &str = "type of problem";

impl Argument for Explained {
    fn parts() -> Vec<Part> {
        let schema = names(Problem::samples().iter().map(Problem::code)).into();
        let says = "The last part of the problem's `type`.";
        vec![Part::Id { name: CODE, says, schema, schemas: Vec::new() }, Part::Problem(Problem::NotFound(WHAT))]
    }
}

/// The page about a type of problem.
pub(crate) async fn show(Explained(problem): Explained) -> HttpResponse {
    public().content_type("text/html; charset=utf-8").body(page(&problem))
}

/// The page. It needs no other file, since it must also help those who read it while others cannot be had.
fn page(problem: &Problem) -> String {
    let kind = problem.kind();
    let (title, status) = (escaped(kind.title), kind.status);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<h1>{title}</h1>\n<p>{}</p>\n<dl>\n\
         <dt>type</dt>\n<dd><code>{}</code></dd>\n<dt>status</dt>\n<dd>{status}</dd>\n",
        marked(kind.meaning),
        escaped(&kind.uri()),
    );
    for member in problem.described_members() {
        // Writing to a string does not fail.
        let _ = writeln!(page, "<dt>{}</dt>\n<dd>{}</dd>", escaped(member.name), marked(member.says));
    }
    page.push_str("</dl>\n<p><a href=\"/openapi.json\">The description of the API</a></p>\n</html>\n");
    page
}

/// Text as HTML, with the words between backticks as code.
fn marked(text: &str) -> String {
    let parts = escaped(text);
    let parts = parts.split('`').enumerate();
    parts.map(|(n, part)| if n % 2 == 0 { part.to_owned() } else { format!("<code>{part}</code>") }).collect()
}

/// Text as HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_not_markup_and_names_are_code() {
        assert_eq!(marked("a <b> & `c<d` e"), "a &lt;b&gt; &amp; <code>c&lt;d</code> e");
    }

    #[test]
    fn every_page_says_what_its_problem_means() {
        for problem in Problem::samples() {
            let (page, kind) = (page(&problem), problem.kind());
            assert!(page.contains(&format!("<h1>{}</h1>", escaped(kind.title))), "{page}");
            assert!(page.contains(&marked(kind.meaning)) && page.contains(&kind.uri()), "{page}");
            assert!(!page.contains('`'), "{page}");
        }
    }
}
