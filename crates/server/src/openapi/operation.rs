//! One route's part of the document, put together.

use std::collections::BTreeMap;

use actix_web::ResponseError;
use auth::access::{Permission, anyone_may, may};
use domain::accounts::Role;
use utoipa::openapi::content::Content;
use utoipa::openapi::example::Example;
use utoipa::openapi::path::{Operation as OperationObject, Parameter, ParameterIn};
use utoipa::openapi::request_body::RequestBody;
use utoipa::openapi::schema::OneOf;
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{Ref, RefOr, Required, Response, Responses, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::description::{Answer, named, parameter};
use super::formats::text;
use super::{AnswerHeader, BEARER, Description, Named, example};
use crate::http::access::reads_token;
use crate::http::endpoints::Endpoint;
use crate::http::problems::{self, CONTENT_TYPE, NoSession, Problem};
use crate::http::query::{self, Presence};
use crate::http::request_ids;

/// What is known of a route so far.
pub(crate) struct Operation {
    description: Description,
    parameters: Vec<Parameter>,
    body: Option<RequestBody>,
    problems: Vec<Problem>,
    schemas: Vec<Named>,
}

impl Operation {
    /// All that the table, the handler's arguments and the description say.
    pub(super) fn of(endpoint: &Endpoint) -> Self {
        let mut operation = Self {
            description: (endpoint.description)(),
            parameters: Vec::new(),
            body: None,
            problems: problems_of_all(endpoint),
            schemas: Vec::new(),
        };
        (endpoint.arguments)(&mut operation);
        for query in endpoint.parameters {
            let mut parameter = parameter(ParameterIn::Query, query.name, query.says, (query.schema)());
            if query.presence == Presence::Required {
                parameter.required = Required::True;
            }
            operation.parameters.push(parameter);
        }
        operation.parameters.append(&mut operation.description.headers);
        operation.problems.append(&mut operation.description.problems);
        operation
    }

    /// An id in the path.
    pub(super) fn id<T: ToSchema>(&mut self, name: &str, says: &str) {
        let (schema, schemas) = named::<T>();
        self.parameters.push(parameter(ParameterIn::Path, name, says, schema));
        self.schemas.extend(schemas);
    }

    /// A header that may be there.
    pub(super) fn header<T: PartialSchema>(&mut self, name: &str, says: &str) {
        self.parameters.push(parameter(ParameterIn::Header, name, says, T::schema()));
    }

    /// The body.
    pub(super) fn body<T: ToSchema>(&mut self, required: Required) {
        let (schema, schemas) = named::<T>();
        let mut content = Content::new(Some(schema));
        content.example = self.description.request.take();
        let mut body = RequestBody::new();
        body.content.insert("application/json".to_owned(), RefOr::T(content));
        body.required = Some(required);
        self.body = Some(body);
        self.schemas.extend(schemas);
    }

    /// The handler may ask the database.
    pub(super) fn database(&mut self) {
        if self.description.asks_database {
            self.problem(Problem::Unavailable("the database is away".into()));
        }
    }

    /// A way to fail.
    pub(super) fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// All schemas that it names.
    pub(super) fn into_schemas(self) -> Vec<Named> {
        let answers = self.description.answers.into_iter();
        self.schemas.into_iter().chain(answers.flat_map(|answer| answer.schemas)).collect()
    }

    /// The whole.
    pub(super) fn finish(self, endpoint: &Endpoint) -> OperationObject {
        let Self { description, parameters, body, problems, .. } = self;
        let mut operation = OperationObject::new();
        operation.operation_id = Some(name(endpoint.handler));
        operation.tags = Some(vec![description.tag.name().to_owned()]);
        operation.summary = Some(description.summary.to_owned());
        operation.description =
            Some([description.details.unwrap_or_default(), &who(endpoint.permission)].join("\n\n").trim().to_owned());
        let request_id = Ref::new(format!("#/components/parameters/{}", AnswerHeader::RequestId.name()));
        let parameters = parameters.into_iter().map(RefOr::T);
        operation.parameters = Some(parameters.chain([RefOr::Ref(request_id)]).collect());
        operation.request_body = body.map(RefOr::T);
        operation.security = Some(security(endpoint.permission));
        operation.responses = responses(description.answers, problems);
        operation
    }
}

/// The header that every request may have.
pub(super) fn request_id() -> Parameter {
    let says = "A name for the request in the server's log: letters, digits, `-`, `_` and `.`; any other is replaced.";
    let schema = text(1, request_ids::CHARACTERS_MAX);
    parameter(ParameterIn::Header, AnswerHeader::RequestId.name(), says, schema)
}

/// What may happen to whoever takes the route, whatever its handler does.
fn problems_of_all(endpoint: &Endpoint) -> Vec<Problem> {
    let mut problems = vec![Problem::internal("a bug"), query::unknown("verbose", endpoint.parameters)];
    let permission = endpoint.permission;
    if reads_token(permission) {
        problems.extend([Problem::Unauthenticated(NoSession::NoToken), Problem::TokenExpired]);
    }
    if !Role::ALL.into_iter().all(|role| may(role, permission)) {
        problems.push(Problem::Forbidden);
    }
    problems
}

fn security(permission: Permission) -> Vec<SecurityRequirement> {
    let nobody = anyone_may(permission).then(SecurityRequirement::default);
    let bearer = reads_token(permission).then(|| SecurityRequirement::new::<_, [&str; 0], &str>(BEARER, []));
    // The document says nothing of security in general: a route that asks for none has an empty list.
    match (nobody, bearer) {
        (nobody, Some(bearer)) => nobody.into_iter().chain([bearer]).collect(),
        (_, None) => Vec::new(),
    }
}

fn who(permission: Permission) -> String {
    if anyone_may(permission) {
        return "For anyone.".to_owned();
    }
    let roles: Vec<&str> = Role::ALL.into_iter().filter(|role| may(*role, permission)).map(Role::as_str).collect();
    format!("For {}.", roles.join(", "))
}

/// The handler's module and name: `accounts_register`.
fn name(handler: &str) -> String {
    let mut segments = handler.rsplit("::");
    let (name, module) = (segments.next().unwrap_or_default(), segments.next().unwrap_or_default());
    format!("{module}_{name}")
}

fn responses(answers: Vec<Answer>, problems: Vec<Problem>) -> Responses {
    let mut responses = BTreeMap::<u16, Response>::new();
    for answer in answers {
        let response = responses.entry(answer.status).or_insert_with(|| response(answer.says));
        for header in answer.headers {
            response.headers.insert(header.name().to_owned(), RefOr::Ref(header.reference()));
        }
        if let Some(body) = answer.body {
            let mut content = Content::new(Some(body.schema));
            content.example = Some(body.example);
            response.content.insert(body.media_type.to_owned(), RefOr::T(content));
        }
    }
    let mut by_status = BTreeMap::<u16, Vec<Problem>>::new();
    for problem in problems {
        let same = by_status.entry(problem.status_code().as_u16()).or_default();
        if same.iter().all(|known| known.code() != problem.code()) {
            same.push(problem);
        }
    }
    for (status, problems) in by_status {
        let titles: Vec<&str> = problems.iter().map(Problem::title).collect();
        responses.insert(status, refusal(&titles.join("; "), &problems));
    }
    let responses = responses.into_iter().map(|(status, response)| (status.to_string(), RefOr::T(response)));
    let mut all = Responses::new();
    all.responses.extend(responses);
    all
}

/// An answer that is one of these problems.
pub(super) fn refusal(says: &str, problems: &[Problem]) -> Response {
    let mut references = problems.iter().map(|problem| RefOr::from(Ref::from_schema_name(problem.schema_name())));
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
    for header in problems.iter().flat_map(Problem::headers) {
        response.headers.insert(header.name().to_owned(), RefOr::Ref(header.reference()));
    }
    response
}

/// The example among the components, unless this one says more.
fn shown(problem: &Problem) -> RefOr<Example> {
    let code = problem.code();
    let usual = problems::samples().into_iter().find(|sample| sample.code() == code);
    if usual.is_some_and(|usual| usual.example() == problem.example()) {
        RefOr::Ref(Ref::new(format!("#/components/examples/{code}")))
    } else {
        RefOr::T(example(problem))
    }
}

fn response(says: &str) -> Response {
    let mut response = Response::new(says);
    let id = AnswerHeader::RequestId;
    response.headers.insert(id.name().to_owned(), RefOr::Ref(id.reference()));
    response
}
