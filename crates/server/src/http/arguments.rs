//! What a handler's arguments read of a request, for the description of the API.

use utoipa::ToSchema;
use utoipa::openapi::schema::ObjectBuilder;
use utoipa::openapi::{RefOr, Schema};

use crate::http::problems::Problem;
use crate::http::schemas::{Named, Presence, named};

/// One thing that an argument reads, or one way in which reading it fails.
pub(crate) enum Part {
    /// An id in the path.
    Id { name: &'static str, says: &'static str, schema: RefOr<Schema>, schemas: Vec<Named> },
    /// A header that may be left out.
    Header { name: &'static str, says: &'static str, schema: ObjectBuilder },
    /// A JSON body.
    Body { presence: Presence, schema: RefOr<Schema>, schemas: Vec<Named> },
    /// A body that is a file of one of these media types.
    File { media_types: &'static [&'static str] },
    /// The database, unless the description of the route says otherwise.
    Database,
    /// A problem that the argument may answer with.
    Problem(Problem),
}

impl Part {
    /// An id of the type `T` in the path.
    pub(crate) fn id<T: ToSchema>(name: &'static str, says: &'static str) -> Self {
        let (schema, schemas) = named::<T>();
        Self::Id { name, says, schema, schemas }
    }

    /// A JSON body of the type `T`.
    pub(crate) fn body<T: ToSchema>(presence: Presence) -> Self {
        let (schema, schemas) = named::<T>();
        Self::Body { presence, schema, schemas }
    }
}

/// An argument of a handler, or all of its arguments. The implementation stands beside the argument's extractor.
pub(crate) trait Argument {
    /// What it reads. Nothing, where the permission, the table of routes or the description of the route says it.
    fn parts() -> Vec<Part> {
        Vec::new()
    }
}

macro_rules! all_of {
    ($($argument:ident)*) => {
        impl<$($argument: Argument),*> Argument for ($($argument,)*) {
            fn parts() -> Vec<Part> {
                [$($argument::parts()),*].into_iter().flatten().collect::<Vec<Part>>()
            }
        }
    };
}

all_of! { A }
all_of! { A B }
all_of! { A B C }
all_of! { A B C D }
all_of! { A B C D E }
all_of! { A B C D E F }
all_of! { A B C D E F G }

impl Argument for () {}
impl Argument for actix_web::HttpRequest {}
impl Argument for actix_web::http::Method {}
