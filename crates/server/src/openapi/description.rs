//! The description of a route: what it does and answers, beyond what its place in the table and its handler's arguments
//! say.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::tag::Tag as TagObject;
use utoipa::openapi::{RefOr, Required, Schema};

use super::headers::AnswerHeader;
use crate::http::problems::Problem;
use crate::http::schemas::{Named, custom, named, string};

/// The subject of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    Accounts,
    Events,
    Bookings,
    Door,
    Organizers,
    Administration,
    Operations,
}

impl Tag {
    pub(super) const ALL: [Self; 7] = [
        Self::Accounts,
        Self::Events,
        Self::Bookings,
        Self::Door,
        Self::Organizers,
        Self::Administration,
        Self::Operations,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Events => "events",
            Self::Bookings => "bookings",
            Self::Door => "door",
            Self::Organizers => "organizers",
            Self::Administration => "administration",
            Self::Operations => "operations",
        }
    }

    pub(super) fn object(self) -> TagObject {
        let mut object = TagObject::new(self.name());
        object.description = Some(self.about().to_owned());
        object
    }

    fn about(self) -> &'static str {
        match self {
            Self::Accounts => "Creating an account, signing in, and the caller's account.",
            Self::Events => "Published events, for everybody.",
            Self::Bookings => "Booking seats, and cancelling bookings.",
            Self::Door => "Checking tickets in, for the people who run an event and for its door staff.",
            Self::Organizers => "Events, for the people who run them.",
            Self::Administration => "The stress test, people and the audit log, for admins.",
            Self::Operations => "The server's health and metrics, and this description.",
        }
    }
}

/// What a route does and answers, beyond its place in the table and its handler's arguments.
pub(crate) struct Description {
    pub(super) tag: Tag,
    pub(super) summary: &'static str,
    pub(super) details: Option<&'static str>,
    pub(super) headers: Vec<Parameter>,
    pub(super) request: Option<Value>,
    pub(super) answers: Vec<Answer>,
    pub(super) problems: Vec<Problem>,
    pub(super) asks_database: bool,
}

impl Description {
    /// A route. `summary` says in a few words what it does.
    pub(crate) fn of(tag: Tag, summary: &'static str) -> Self {
        Self {
            tag,
            summary,
            details: None,
            headers: Vec::new(),
            request: None,
            answers: Vec::new(),
            problems: Vec::new(),
            asks_database: true,
        }
    }

    /// More that callers need to know, in sentences.
    pub(crate) fn details(self, details: &'static str) -> Self {
        Self { details: Some(details), ..self }
    }

    /// An example of the request's body. It is dropped if the handler would refuse it.
    pub(crate) fn request<T: DeserializeOwned>(self, example: Value) -> Self {
        let is_taken = T::deserialize(&example).is_ok();
        Self { request: is_taken.then_some(example), ..self }
    }

    /// A header that the handler reads itself.
    pub(crate) fn header(mut self, name: &str, says: &str) -> Self {
        self.headers.push(parameter(ParameterIn::Header, name, says, string()));
        self
    }

    /// An answer that is not a problem.
    pub(crate) fn answer(mut self, answer: Answer) -> Self {
        self.answers.push(answer);
        self
    }

    /// Problems of its own rules. Those of its permission and its handler's arguments are known.
    pub(crate) fn problems(mut self, problems: impl IntoIterator<Item = Problem>) -> Self {
        self.problems.extend(problems);
        self
    }

    /// The handler has the server's state, but does not ask the database.
    pub(crate) fn without_database(self) -> Self {
        Self { asks_database: false, ..self }
    }

    /// The problems of all commands of the box office.
    pub(crate) fn decided(self) -> Self {
        self.problems([Problem::Busy { retry_after_seconds: 1 }, Problem::OutcomeUnknown])
    }
}

/// An answer that is not a problem.
pub(crate) struct Answer {
    pub(super) status: u16,
    pub(super) says: &'static str,
    pub(super) headers: Vec<AnswerHeader>,
    pub(super) body: Option<Body>,
    pub(super) schemas: Vec<Named>,
}

pub(super) struct Body {
    pub(super) media_type: &'static str,
    pub(super) schema: RefOr<Schema>,
    pub(super) example: Value,
}

impl Answer {
    /// JSON like `sample`, which is the example.
    pub(crate) fn json<T: ToSchema + Serialize>(status: u16, says: &'static str, sample: &T) -> Self {
        let (schema, schemas) = named::<T>();
        let example = serde_json::to_value(sample).unwrap_or_default();
        let body = Body { media_type: "application/json", schema, example };
        Self { status, says, headers: Vec::new(), body: Some(body), schemas }
    }

    /// Text of that media type (`text/csv`, `text/event-stream`, `text/plain`), like `sample`.
    pub(crate) fn text(status: u16, says: &'static str, media_type: &'static str, sample: &str) -> Self {
        let body = Body { media_type, schema: string().into(), example: sample.into() };
        Self { status, says, headers: Vec::new(), body: Some(body), schemas: Vec::new() }
    }

    /// A file of that media type.
    pub(crate) fn file(status: u16, says: &'static str, media_type: &'static str) -> Self {
        let schema = string().format(Some(custom("binary"))).into();
        let body = Body { media_type, schema, example: "".into() };
        Self { status, says, headers: Vec::new(), body: Some(body), schemas: Vec::new() }
    }

    /// A status without a body.
    pub(crate) fn empty(status: u16, says: &'static str) -> Self {
        Self { status, says, headers: Vec::new(), body: None, schemas: Vec::new() }
    }

    /// The same. Its text holds values of the type `T`.
    pub(crate) fn telling<T: ToSchema>(mut self) -> Self {
        let (_, schemas) = named::<T>();
        self.schemas.extend(schemas);
        self
    }

    /// The same, with this header.
    pub(crate) fn with(mut self, header: AnswerHeader) -> Self {
        self.headers.push(header);
        self
    }
}

/// A parameter. It may be left out, unless it is in the path.
pub(super) fn parameter(place: ParameterIn, name: &str, says: &str, schema: impl Into<RefOr<Schema>>) -> Parameter {
    let mut parameter = Parameter::new(name);
    parameter.required = if place == ParameterIn::Path { Required::True } else { Required::False };
    parameter.parameter_in = place;
    parameter.description = Some(says.to_owned());
    parameter.schema = Some(schema.into());
    parameter
}
