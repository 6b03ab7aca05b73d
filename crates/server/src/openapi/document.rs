//! The whole document, made of a table of routes.

mod operations;
mod problems;

use std::collections::BTreeMap;

use actix_web::http::Method;
use auth::api_keys::PREFIX;
use utoipa::openapi::path::{HttpMethod, PathItem};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::server::Server;
use utoipa::openapi::{Components, Info, License, OpenApi, Paths, RefOr};

use self::operations::{API_KEY, BEARER, Described};
use super::description::Tag;
use super::headers::AnswerHeader;
use super::operation::Operation;
use crate::http::problems::Problem;
use crate::http::schemas::Named;

const ABOUT: &str = "Event registration that stays correct and fast when everybody arrives at once.\n\n\
    Times are RFC 3339, in UTC. Every refusal is a problem (RFC 9457) of media type `application/problem+json` with a \
    stable `type`. The schemas whose names end in `Problem` say what each problem means. Later versions may add members \
    to answers and problems. Requests with members that are not described are refused.\n\n\
    HEAD works wherever GET does. Other methods of a known path get the answer `MethodNotAllowed`. Unknown paths get \
    `NoSuchPath`, or `UnreadableFile` if a file of the page cannot be read. Some answers do not depend on the path: \
    `MalformedRequest`, `HeadersTooLarge`, `RequestTimeout`, `MisdirectedRequest` and `TooManyConnections`. All these \
    answers are among the components.";

/// The document of these routes.
pub(crate) fn document(operations: &[Operation]) -> OpenApi {
    let mut paths = BTreeMap::<&'static str, PathItem>::new();
    let mut components = components();
    components.schemas.extend(schemas(operations));
    for operation in operations {
        let Some(method) = method(&operation.endpoint.method) else { continue };
        let item = PathItem::new(method, Described::of(operation).finish());
        paths.entry(operation.endpoint.path).or_default().merge_operations(item);
    }
    let mut all = Paths::new();
    all.paths.extend(paths.into_iter().map(|(path, item)| (path.to_owned(), item)));
    let mut document = OpenApi::new(info(), all);
    document.components = Some(components);
    document.servers = Some(vec![Server::new("/")]);
    document.tags = Some(Tag::ALL.into_iter().map(Tag::object).collect());
    document
}

/// The components that do not depend on the routes.
fn components() -> Components {
    let mut components = Components::new();
    components.security_schemes.insert(BEARER.to_owned(), RefOr::T(bearer()));
    components.security_schemes.insert(API_KEY.to_owned(), RefOr::T(api_key()));
    for header in AnswerHeader::ALL {
        components.headers.insert(header.name().to_owned(), RefOr::T(header.object()));
    }
    let request_id = operations::request_id();
    components.parameters.insert(request_id.name.clone(), RefOr::T(request_id));
    for problem in Problem::samples() {
        components.examples.insert(problem.code().to_owned(), RefOr::T(problems::example(&problem)));
    }
    for (name, says, problem) in [
        ("MethodNotAllowed", "The path does not take this method.", Problem::method_not_allowed(&[Method::POST])),
        ("NoSuchPath", "There is nothing at this path.", Problem::NotFound("page")),
        (
            "UnreadableFile",
            "The server cannot read the file at this path.",
            Problem::Unavailable("a file cannot be read".into()),
        ),
        ("MalformedRequest", "The server cannot read the request.", Problem::MalformedRequest),
        ("HeadersTooLarge", "The request's headers are too large, or too many.", Problem::HeadersTooLarge),
        ("RequestTimeout", "The request did not arrive in time.", Problem::RequestTimeout),
        ("TooManyConnections", "The address has too many open connections.", Problem::Busy { retry_after_seconds: 1 }),
        ("MisdirectedRequest", "The `Host` header does not name this server.", Problem::MisdirectedRequest),
    ] {
        components.responses.insert(name.to_owned(), RefOr::T(problems::answer(says, &[problem])));
    }
    components
}

/// Every schema that the problems and the routes name. A schema that is named twice is there twice.
pub(crate) fn schemas(operations: &[Operation]) -> Vec<Named> {
    let of_problems = Problem::samples().into_iter().flat_map(|problem| problems::schemas(&problem));
    of_problems.chain(operations.iter().flat_map(|operation| Described::of(operation).into_schemas())).collect()
}

fn bearer() -> SecurityScheme {
    let mut http = Http::new(HttpAuthScheme::Bearer);
    http.bearer_format = Some("JWT".to_owned());
    http.description =
        Some("The `token` of `POST /auth/register`, `POST /auth/login` or `POST /auth/password`.".to_owned());
    SecurityScheme::Http(http)
}

fn api_key() -> SecurityScheme {
    let mut http = Http::new(HttpAuthScheme::Bearer);
    http.bearer_format = Some(format!("{PREFIX}..."));
    http.description = Some(
        "The `key` of `POST /auth/me/api-keys`, for a person's own programs. It is not accepted in addresses, nor in \
         cookies."
            .to_owned(),
    );
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

/// The method by its name in the document. A test finds every route in the document.
fn method(method: &Method) -> Option<HttpMethod> {
    match method.as_str() {
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

    use actix_web::HttpResponse;
    use auth::access::Permission;

    use crate::http::endpoints::endpoint;
    use crate::openapi::{Answer, Description};

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
        let operation = Operation::new(endpoint(Method::GET, "/export", Permission::Observe, export), described);
        let operation = serde_json::to_value(Described::of(&operation).finish()).unwrap();
        let content = &operation["responses"]["200"]["content"];
        assert_eq!(content["application/json"]["example"], "a");
        assert_eq!(content["text/csv"]["example"], "name\r\nAlice\r\n");
        assert_eq!(content["text/csv"]["schema"]["type"], "string");
    }
}
