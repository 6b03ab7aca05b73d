//! The description of the API (OpenAPI 3.1), made of the table of routes.
//!
//! A route's place in the table says its path, method and permission, and with them who may take it and the problems of
//! people who may not. [`Operation::taking`] says its query. The types of its handler's arguments say its ids, headers
//! and body, with the problems of each (`crate::http::arguments`). The function of the handler's name in the module
//! `describe` beside it says the rest ([`Description`]): what the route is for, its answers, each with an example, and
//! its own problems.
//!
//! To describe a route:
//!
//! - Derive [`ToSchema`](utoipa::ToSchema) for its bodies, with a doc comment on each field. An `Option` in an answer is
//!   `#[schema(required)]`, because it is always there. Bounded fields have a type of [`formats`].
//! - Write the function in `describe`. Its samples are values of the types that are sent.
//! - An answer that is not JSON is an [`Answer::text`], which names the schemas of the values in its text by `telling`.
//!   Two answers of one status are two media types of it. Headers that are not always there are known to the tests.
//! - A new kind of argument implements `Argument`, beside its extractor.
//!
//! Then look at the snapshot of the document. Tests compare every answer that they get with the document.

mod description;
mod document;
pub(crate) mod formats;
mod headers;
mod operation;
pub(crate) mod seats;

pub(crate) use self::description::{Answer, Description, Tag};
pub(crate) use self::document::document;
#[cfg(test)]
pub(crate) use self::document::schemas;
pub(crate) use self::headers::AnswerHeader;
pub(crate) use self::operation::Operation;
