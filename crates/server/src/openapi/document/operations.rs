//! One route's part of the document.

use std::collections::BTreeMap;

use auth::access::{Permission, anyone_may, may, of_keys};
use domain::accounts::Role;
use utoipa::openapi::content::Content;
use utoipa::openapi::path::{Operation as OperationObject, Parameter, ParameterIn};
use utoipa::openapi::request_body::RequestBody;
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{Ref, RefOr, Required, Response, Responses};

use super::problems;
use crate::http::access::{reads_token, takes_keys};
use crate::http::arguments::Part;
use crate::http::endpoints::Endpoint;
use crate::http::problems::{KeyRefusal, NoSession, Problem};
use crate::http::query;
use crate::http::request_ids;
use crate::http::schemas::{Named, Presence, custom, string};
use crate::openapi::description::{Answer, Description, parameter};
use crate::openapi::headers::AnswerHeader;
use crate::openapi::operation::Operation;

/// The name of the security scheme of sessions.
pub(super) const BEARER: &str = "bearer";

/// The name of the security scheme of API keys.
pub(super) const API_KEY: &str = "api_key";

/// A route with all that its place in the table, its handler's arguments and its description say.
pub(super) struct Described<'a> {
    endpoint: &'a Endpoint,
    description: Description,
    parameters: Vec<Parameter>,
    body: Option<RequestBody>,
    problems: Vec<Problem>,
    schemas: Vec<Named>,
}

impl<'a> Described<'a> {
    pub(super) fn of(operation: &'a Operation) -> Self {
        let endpoint = &operation.endpoint;
        let mut described = Self {
            endpoint,
            description: (operation.description)(),
            parameters: Vec::new(),
            body: None,
            problems: problems_of_all(endpoint),
            schemas: Vec::new(),
        };
        for part in (endpoint.arguments)() {
            described.add(part);
        }
        for query in endpoint.parameters {
            let mut parameter = parameter(ParameterIn::Query, query.name, query.says, (query.schema)());
            parameter.required = required(query.presence);
            described.parameters.push(parameter);
        }
        described.parameters.append(&mut described.description.headers);
        described.problems.append(&mut described.description.problems);
        described
    }

    fn add(&mut self, part: Part) {
        match part {
            Part::Id { name, says, schema, schemas } => {
                self.parameters.push(parameter(ParameterIn::Path, name, says, schema));
                self.schemas.extend(schemas);
            }
            Part::Header { name, says, schema } => {
                self.parameters.push(parameter(ParameterIn::Header, name, says, schema));
            }
            Part::Body { presence, schema, schemas } => {
                let mut content = Content::new(Some(schema));
                content.example = self.description.request.take();
                let mut body = RequestBody::new();
                body.content.insert("application/json".to_owned(), RefOr::T(content));
                body.required = Some(required(presence));
                self.body = Some(body);
                self.schemas.extend(schemas);
            }
            Part::File { media_types } => {
                let mut body = RequestBody::new();
                for media_type in media_types {
                    let file = string().format(Some(custom("binary")));
                    body.content.insert((*media_type).to_owned(), RefOr::T(Content::new(Some(file))));
                }
                body.required = Some(Required::True);
                self.body = Some(body);
            }
            Part::Database if self.description.asks_database => {
                self.problems.push(Problem::Unavailable("the database is away".into()));
            }
            Part::Database => {}
            Part::Problem(problem) => self.problems.push(problem),
        }
    }

    /// All schemas that it names.
    pub(super) fn into_schemas(self) -> Vec<Named> {
        let answers = self.description.answers.into_iter();
        self.schemas.into_iter().chain(answers.flat_map(|answer| answer.schemas)).collect()
    }

    /// The operation, as the document has it.
    pub(super) fn finish(self) -> OperationObject {
        let Self { endpoint, description, parameters, body, problems, .. } = self;
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

fn required(presence: Presence) -> Required {
    match presence {
        Presence::Required => Required::True,
        Presence::Optional => Required::False,
    }
}

/// The header that every request may have.
pub(super) fn request_id() -> Parameter {
    let says = format!(
        "An id for the request in the server's log: at most {} letters, digits, `-`, `_` and `.`. Any other is replaced.",
        request_ids::CHARACTERS_MAX
    );
    parameter(ParameterIn::Header, AnswerHeader::RequestId.name(), &says, string())
}

/// The problems that follow from the route's place in the table, whatever its handler does.
fn problems_of_all(endpoint: &Endpoint) -> Vec<Problem> {
    let mut problems = vec![Problem::internal("a bug"), query::unknown("verbose", endpoint.parameters)];
    let permission = endpoint.permission;
    if !anyone_may(permission) {
        problems.extend([Problem::Unauthenticated(NoSession::NoToken), Problem::TokenExpired]);
        problems.push(Problem::KeyForbidden(of_keys(permission).map_or(KeyRefusal::NeedsSession, KeyRefusal::Lacks)));
    }
    if !Role::ALL.into_iter().all(|role| may(role, permission)) {
        problems.push(Problem::Forbidden);
    }
    problems
}

fn security(permission: Permission) -> Vec<SecurityRequirement> {
    let nobody = anyone_may(permission).then(SecurityRequirement::default);
    let scheme = |name: &str| SecurityRequirement::new::<_, [&str; 0], &str>(name, []);
    let bearer = reads_token(permission).then(|| scheme(BEARER));
    let api_key = takes_keys(permission).then(|| scheme(API_KEY));
    // The document says nothing of security in general, so a route that asks for none has an empty list.
    match (nobody, bearer) {
        (nobody, Some(bearer)) => nobody.into_iter().chain([bearer]).chain(api_key).collect(),
        (_, None) => Vec::new(),
    }
}

fn who(permission: Permission) -> String {
    if anyone_may(permission) {
        return "For anyone.".to_owned();
    }
    let roles: Vec<&str> = Role::ALL.into_iter().filter(|role| may(*role, permission)).map(Role::as_str).collect();
    let keys = match of_keys(permission) {
        Some(needed) => format!("An API key needs {}.", needed.as_str()),
        None => "Not for API keys.".to_owned(),
    };
    format!("For {}. {keys}", roles.join(", "))
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
        let response = responses.entry(answer.status).or_insert_with(|| problems::response(answer.says));
        for header in answer.headers {
            response.headers.insert(header.name().to_owned(), RefOr::Ref(header.reference()));
        }
        if let Some(body) = answer.body {
            let mut content = Content::new(Some(body.schema));
            content.example = Some(body.example);
            response.content.insert(body.media_type.to_owned(), RefOr::T(content));
        }
    }
    responses.extend(problems::answers(problems));
    let responses = responses.into_iter().map(|(status, response)| (status.to_string(), RefOr::T(response)));
    let mut all = Responses::new();
    all.responses.extend(responses);
    all
}
