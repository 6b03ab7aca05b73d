//! Problems in the document: a schema and an example for each code, and the answers that are problems.

use std::collections::BTreeMap;

use actix_web::ResponseError;
use serde_json::Value;
use utoipa::openapi::content::Content;
use utoipa::openapi::example::Example;
use utoipa::openapi::schema::{ObjectBuilder, OneOf, Type};
use utoipa::openapi::{Ref, RefOr, Response, Schema};

use crate::http::problems::{Advice, CONTENT_TYPE, Kind, Member, Problem};
use crate::http::schemas::{Named, Presence, custom, string};
use crate::openapi::headers::AnswerHeader;

/// The id of the request that the examples answer.
const REQUEST_ID: &str = "01923a4b5c6d7e8f8a1b2c3d4e5f6070-42";

/// The schema of all problems of this one's code, with the schemas that it refers to.
pub(super) fn schemas(problem: &Problem) -> Vec<Named> {
    let kind = problem.kind();
    let mut object = ObjectBuilder::new().description(Some(kind.meaning));
    let mut referred = Vec::new();
    for member in standard_members(&kind).into_iter().chain(problem.described_members()) {
        object = object.property(member.name, described(member.schema, member.says));
        if member.presence == Presence::Required {
            object = object.required(member.name);
        }
        referred.extend(member.schemas);
    }
    [(schema_name(&kind), object.into())].into_iter().chain(referred).collect()
}

/// `AlreadyRegisteredProblem`.
fn schema_name(kind: &Kind) -> String {
    let capitalized = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    kind.code.split('-').map(capitalized).chain(["Problem".to_owned()]).collect()
}

fn standard_members(kind: &Kind) -> [Member; 5] {
    let uri = string().format(Some(custom("uri-reference")));
    let status = ObjectBuilder::new().schema_type(Type::Integer).enum_values(Some([kind.status.as_u16()]));
    [
        member("type", "The kind of problem. Stable: callers can rely on it.", uri.enum_values(Some([kind.uri()]))),
        member("title", "The problem in a few words.", string().enum_values(Some([kind.title]))),
        member("status", "The status code of the answer.", status),
        member("detail", "What went wrong this time, for people.", string()),
        member("request_id", "The request's id in the server's log, as in `X-Request-Id`.", string()),
    ]
}

fn member(name: &'static str, says: &'static str, schema: ObjectBuilder) -> Member {
    Member { name, says, presence: Presence::Required, schema: schema.into(), schemas: Vec::new() }
}

fn described(schema: RefOr<Schema>, says: &str) -> RefOr<Schema> {
    match schema {
        RefOr::Ref(mut reference) => {
            reference.description = says.to_owned();
            RefOr::Ref(reference)
        }
        RefOr::T(Schema::Object(mut object)) => {
            object.description = Some(says.to_owned());
            RefOr::T(Schema::Object(object))
        }
        other => other,
    }
}

/// A problem as an example: the body that a request would get.
pub(super) fn example(problem: &Problem) -> Example {
    let mut example = Example::new();
    example.summary = problem.kind().title.to_owned();
    example.value = Some(body(problem));
    example
}

fn body(problem: &Problem) -> Value {
    serde_json::to_value(problem.body(REQUEST_ID)).unwrap_or_default()
}

/// An answer that is one of these problems.
pub(super) fn answer(says: &str, problems: &[Problem]) -> Response {
    let mut references =
        problems.iter().map(|problem| RefOr::from(Ref::from_schema_name(schema_name(&problem.kind()))));
    let schema = match references.len() {
        1 => references.next(),
        _ => Some(Schema::OneOf(OneOf { items: references.collect(), ..OneOf::new() }).into()),
    };
    let mut content = Content::new(schema);
    for problem in problems {
        content.examples.insert(problem.code().to_owned(), shown(problem));
    }
    let mut response = response(says);
    response.content.insert(CONTENT_TYPE.to_owned(), RefOr::T(content));
    for header in problems.iter().filter_map(header) {
        response.headers.insert(header.name().to_owned(), RefOr::Ref(header.reference()));
    }
    response
}

/// One answer for each status of these problems.
pub(super) fn answers(problems: Vec<Problem>) -> impl Iterator<Item = (u16, Response)> {
    let mut by_status = BTreeMap::<u16, Vec<Problem>>::new();
    for problem in problems {
        let same = by_status.entry(problem.status_code().as_u16()).or_default();
        if same.iter().all(|known| known.code() != problem.code()) {
            same.push(problem);
        }
    }
    by_status.into_iter().map(|(status, problems)| {
        let titles: Vec<&str> = problems.iter().map(|problem| problem.kind().title).collect();
        (status, answer(&titles.join("; "), &problems))
    })
}

/// An answer without a body, with the header that all answers have.
pub(super) fn response(says: &str) -> Response {
    let mut response = Response::new(says);
    let id = AnswerHeader::RequestId;
    response.headers.insert(id.name().to_owned(), RefOr::Ref(id.reference()));
    response
}

/// The header that tells the client what to do next.
fn header(problem: &Problem) -> Option<AnswerHeader> {
    problem.advice().map(|advice| match advice {
        Advice::RetryAfter(_) | Advice::RetryAfterAbout(_) => AnswerHeader::RetryAfter,
        Advice::Challenge(_) => AnswerHeader::WwwAuthenticate,
        Advice::Allow(_) => AnswerHeader::Allow,
    })
}

/// The example among the components, unless this one says more.
fn shown(problem: &Problem) -> RefOr<Example> {
    let code = problem.code();
    let usual = Problem::samples().into_iter().find(|sample| sample.code() == code);
    if usual.is_some_and(|usual| body(&usual) == body(problem)) {
        RefOr::Ref(Ref::new(format!("#/components/examples/{code}")))
    } else {
        RefOr::T(example(problem))
    }
}
