//! The description of the API: GET /openapi.json, OpenAPI 3.1, made from the table of routes.
//!
//! A route's place in the table says its path, method and permission, and with them who may take it and the problems of
//! whoever may not; `Endpoint::taking` says its query. The types of its handler's
//! arguments say its ids, headers and body, with the problems of each (`arguments`). What remains is said by the
//! function of the handler's name in the module `describe` beside it, which the table asks for: what the route is for,
//! its answers, each with an example, and the problems of its own (`Description`).
//!
//! To describe a route: derive [`ToSchema`](utoipa::ToSchema) for its bodies, with a doc comment on each field (an
//! `Option` in an answer is `#[schema(required)]`, because it is always there); fields that are bounded take a type of
//! `formats`; write the function in `describe`, with samples made of the very types that are sent. An answer that is
//! not JSON is an `Answer::text`, which names the schemas of what its text is `telling`; two answers of one status
//! are two media types of it, and a header of one of them only is, like any that is not always there, known to the
//! tests. A new kind of handler's argument needs its `Argument`. Then look at the document's
//! snapshot; tests hold every answer that they get against the document.

pub(crate) mod arguments;
pub(crate) mod describe;
mod description;
pub(crate) mod formats;
mod headers;
mod operation;
pub(crate) mod samples;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use actix_web::http::Method;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use utoipa::openapi::example::Example;
use utoipa::openapi::path::{HttpMethod, PathItem};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::server::Server;
use utoipa::openapi::{Components, Info, License, OpenApi, Paths, RefOr, Schema};

pub(crate) use self::description::{Answer, Description, Tag, named};
pub(crate) use self::headers::AnswerHeader;
pub(crate) use self::operation::Operation;
use crate::http::endpoints::Endpoint;
use crate::http::problems::{self, Problem};
use crate::resources::events::unless_known;
use crate::routes;

/// The name of the way to say who asks.
const BEARER: &str = "bearer";

const ABOUT: &str = "Events and their places, sold correctly when everybody arrives at once.\n\n\
    Times are RFC 3339, in UTC. Every refusal is a problem (RFC 9457) of media type `application/problem+json` with a \
    stable `type`; the schemas whose names end in `Problem` say what each of them means. Members may be added to answers \
    and problems; requests must not have others than are described.\n\n\
    HEAD is answered wherever GET is. Other methods of a known path get the answer `MethodNotAllowed`, and unknown paths \
    `NoSuchPath`, or `UnreadableFile` where a file of the page cannot be read. What is no request, none for this server, \
    or on one connection too many gets `MalformedRequest`, `HeadersTooLarge`, `RequestTimeout`, `MisdirectedRequest` or \
    `TooManyConnections`, wherever it goes. All of these answers are among the components.";

/// A schema with its name among the components.
pub(crate) type Named = (String, RefOr<Schema>);

/// The whole description, made anew.
pub fn document() -> OpenApi {
    let endpoints = routes::table();
    let components = components(&endpoints);
    let mut paths = BTreeMap::<&'static str, PathItem>::new();
    for endpoint in endpoints {
        let Some(method) = method(&endpoint) else { continue };
        let path = endpoint.path;
        let item = PathItem::new(method, Operation::of(&endpoint).finish(&endpoint));
        paths.entry(path).or_default().merge_operations(item);
    }
    let mut all = Paths::new();
    all.paths.extend(paths.into_iter().map(|(path, item)| (path.to_owned(), item)));
    let mut document = OpenApi::new(info(), all);
    document.components = Some(components);
    document.servers = Some(vec![Server::new("/")]);
    document.tags = Some(Tag::ALL.into_iter().map(Tag::object).collect());
    document
}

fn components(endpoints: &[Endpoint]) -> Components {
    let mut components = Components::new();
    components.security_schemes.insert(BEARER.to_owned(), RefOr::T(bearer()));
    for header in AnswerHeader::ALL {
        components.headers.insert(header.name().to_owned(), RefOr::T(header.object()));
    }
    let request_id = operation::request_id();
    components.parameters.insert(request_id.name.clone(), RefOr::T(request_id));
    for problem in problems::samples() {
        components.examples.insert(problem.code().to_owned(), RefOr::T(example(&problem)));
    }
    for (name, says, problem) in [
        ("MethodNotAllowed", "The path is known, with other methods.", Problem::method_not_allowed(&[Method::POST])),
        ("NoSuchPath", "There is nothing at this path.", Problem::NotFound("page")),
        (
            "UnreadableFile",
            "There is a file of the page at this path, and it cannot be read.",
            Problem::Unavailable("a file cannot be read".into()),
        ),
        ("MalformedRequest", "What arrived is no request.", Problem::MalformedRequest),
        ("HeadersTooLarge", "The head of the request is too long.", Problem::HeadersTooLarge),
        ("RequestTimeout", "The request did not arrive in time.", Problem::RequestTimeout),
        (
            "TooManyConnections",
            "This address has as many connections as it may.",
            Problem::Busy { retry_after_seconds: 1 },
        ),
        ("MisdirectedRequest", "The request is for another server.", Problem::MisdirectedRequest),
    ] {
        components.responses.insert(name.to_owned(), RefOr::T(operation::refusal(says, &[problem])));
    }
    components.schemas.extend(schemas(endpoints));
    components
}

/// The document, as everybody gets it.
pub(crate) async fn show(request: HttpRequest) -> Result<HttpResponse, Problem> {
    static SERVED: LazyLock<Result<(Bytes, String), serde_json::Error>> = LazyLock::new(|| {
        let bytes = serde_json::to_vec(&document())?;
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        Ok((Bytes::from(bytes), format!("\"{:016x}\"", hasher.finish())))
    });
    match &*SERVED {
        Ok((body, etag)) => Ok(unless_known(&request, etag, body)),
        Err(error) => Err(Problem::internal(error.to_string())),
    }
}

/// Every schema that the routes and the problems name. The same name twice is the same schema.
pub(crate) fn schemas(endpoints: &[Endpoint]) -> Vec<Named> {
    let of_problems = problems::samples().into_iter().flat_map(|problem| problem.schemas());
    of_problems.chain(endpoints.iter().flat_map(|endpoint| Operation::of(endpoint).into_schemas())).collect()
}

/// A problem as an example: what a request would get.
fn example(problem: &Problem) -> Example {
    let mut example = Example::new();
    example.summary = problem.title().to_owned();
    example.value = Some(problem.example());
    example
}

fn bearer() -> SecurityScheme {
    let mut http = Http::new(HttpAuthScheme::Bearer);
    http.bearer_format = Some("JWT".to_owned());
    http.description = Some("The `token` of `POST /auth/login` or `POST /auth/password`.".to_owned());
    SecurityScheme::Http(http)
}

fn info() -> Info {
    let mut info = Info::new("Onsale", env!("CARGO_PKG_VERSION"));
    info.description = Some(ABOUT.to_owned());
    let mut license = License::new(env!("CARGO_PKG_LICENSE"));
    license.identifier = Some(env!("CARGO_PKG_LICENSE").to_owned());
    info.license = Some(license);
    info
}

/// What the document calls the method. A test finds every route in the document.
fn method(endpoint: &Endpoint) -> Option<HttpMethod> {
    match endpoint.method.as_str() {
        "GET" => Some(HttpMethod::Get),
        "POST" => Some(HttpMethod::Post),
        "PUT" => Some(HttpMethod::Put),
        "PATCH" => Some(HttpMethod::Patch),
        "DELETE" => Some(HttpMethod::Delete),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use auth::access::Permission;

    use crate::http::endpoints::endpoint;

    #[test]
    fn two_answers_of_one_status_are_two_media_types_of_it() {
        fn described() -> Description {
            Description::of(Tag::Organizers, "A list, or a table")
                .answer(Answer::json(200, "All of them.", &"a"))
                .answer(Answer::text(200, "All of them.", "text/csv", "name\r\nAlice\r\n"))
        }
        async fn export() -> HttpResponse {
            HttpResponse::Ok().finish()
        }
        let endpoint = endpoint(Method::GET, "/export", Permission::Observe, export, described);
        let operation = serde_json::to_value(Operation::of(&endpoint).finish(&endpoint)).unwrap();
        let content = &operation["responses"]["200"]["content"];
        assert_eq!(content["application/json"]["example"], "a");
        assert_eq!(content["text/csv"]["example"], "name\r\nAlice\r\n");
        assert_eq!(content["text/csv"]["schema"]["type"], "string");
    }

    #[test]
    fn a_name_stands_for_one_schema() {
        let mut known = BTreeMap::new();
        for (name, schema) in schemas(&routes::table()) {
            let schema = serde_json::to_value(schema).unwrap();
            let first = known.entry(name.clone()).or_insert_with(|| schema.clone());
            assert_eq!(*first, schema, "{name}");
        }
    }
}
